//! Ranks of values, ties sharing the middle one.

/// Each value's place: the weight of smaller values and half the weight of equal ones, its own included.
///
/// Without weights that is the mid-rank less a half, which leaves correlations as they are.
pub(super) fn mid_ranks(values: &[f64], weights: Option<&[f64]>) -> Vec<f64> {
    let weight = |place: usize| weights.map_or(1.0, |all| all.get(place).copied().unwrap_or(0.0));
    let mut order: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let mut ranks = vec![0.0; values.len()];
    let mut below = 0.0;
    // Values come as numbers from answers: equal ones have the same bits once a zero has no sign.
    for tied in order.chunk_by(|(_, a), (_, b)| (a + 0.0).to_bits() == (b + 0.0).to_bits()) {
        let own: f64 = tied.iter().map(|(place, _)| weight(*place)).sum();
        for (place, _) in tied {
            if let Some(rank) = ranks.get_mut(*place) {
                *rank = below + 0.5 * own;
            }
        }
        below += own;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::mid_ranks;

    #[test]
    fn ties_share_the_middle_and_weights_count_as_often() {
        assert_eq!(mid_ranks(&[5.0, 1.0, 5.0, 0.0, -0.0], None), [4.0, 2.5, 4.0, 1.0, 1.0]);
        assert_eq!(mid_ranks(&[5.0, 1.0], Some(&[2.0, 3.0])), [4.0, 1.5]);
        assert!(mid_ranks(&[], None).is_empty());
    }
}
