//! p-values of many tests, adjusted so that a list of signals keeps its error rate.

use super::super::interval::real;

/// What the adjusted values control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// The expected part of false signals, for tests that are independent or positively dependent (Benjamini & Hochberg
    /// 1995, Journal of the Royal Statistical Society B 57).
    BenjaminiHochberg,
    /// The expected part of false signals, whatever the dependence (Benjamini & Yekutieli 2001, Annals of Statistics
    /// 29): for units that share clusters.
    BenjaminiYekutieli,
    /// The chance of any false signal, whatever the dependence (Holm 1979, Scandinavian Journal of Statistics 6).
    Holm,
}

/// A value that is not a p-value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NotAProbability {
    /// Its place in the list, from 0.
    pub place: usize,
    /// The value.
    pub value: f64,
}

impl std::fmt::Display for NotAProbability {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { place, value } = self;
        write!(
            f,
            "value {value} at place {place} is no p-value: give numbers from 0 to 1 and leave out units without a test"
        )
    }
}

impl std::error::Error for NotAProbability {}

/// The adjusted p-values, in the order given and at most 1: a unit is signalled at a rate α if its value is at most α.
///
/// With p-values in rising order p_1..p_K: Benjamini-Hochberg takes the smallest of p_j K/j over j >= i,
/// Benjamini-Yekutieli the same times 1 + 1/2 + … + 1/K, Holm the largest of p_j (K - j + 1) over j <= i. A single
/// p-value stays as it is, equal p-values stay equal, and no p-values give none.
pub fn adjusted(p_values: &[f64], method: Adjustment) -> Result<Vec<f64>, NotAProbability> {
    if let Some((place, value)) = p_values.iter().enumerate().find(|(_, p)| !(0.0..=1.0).contains(*p)) {
        return Err(NotAProbability { place, value: *value });
    }
    let all = real(p_values.len() as u64);
    let mut rising: Vec<(usize, f64)> = p_values.iter().copied().enumerate().collect();
    rising.sort_by(|(_, one), (_, two)| one.total_cmp(two));
    let mut found = vec![1.0; p_values.len()];
    let mut keep = |unit: usize, value: f64| {
        if let Some(place) = found.get_mut(unit) {
            *place = value;
        }
    };
    if method == Adjustment::Holm {
        let mut largest = 0.0_f64;
        for (before, (unit, p)) in rising.into_iter().enumerate() {
            largest = largest.max((all - real(before as u64)) * p);
            keep(unit, largest.min(1.0));
        }
    } else {
        let harmonic: f64 = (1..=p_values.len() as u64).map(|j| 1.0 / real(j)).sum();
        let factor = if method == Adjustment::BenjaminiYekutieli { harmonic } else { 1.0 };
        let mut smallest = 1.0_f64;
        for (before, (unit, p)) in rising.into_iter().enumerate().rev() {
            smallest = smallest.min(factor * all / real(before as u64 + 1) * p);
            keep(unit, smallest);
        }
    }
    Ok(found)
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const METHODS: [Adjustment; 3] = [Adjustment::BenjaminiHochberg, Adjustment::BenjaminiYekutieli, Adjustment::Holm];

    #[test]
    fn what_is_no_probability_is_named() {
        let refused = adjusted(&[0.1, 1.2], Adjustment::Holm).unwrap_err();
        assert!(refused.to_string().contains("1.2 at place 1"));
        assert!(adjusted(&[f64::NAN], Adjustment::Holm).is_err());
    }

    #[test]
    fn none_and_one_p_value_stay_as_they_are() {
        for method in METHODS {
            assert!(adjusted(&[], method).unwrap().is_empty());
            assert_eq!(adjusted(&[0.03], method).unwrap(), [0.03]);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn signals_agree_with_the_step_up_and_step_down_rules(
            p_values in prop::collection::vec(0.0_f64..1.0, 1..40), alpha in 0.01_f64..0.5,
        ) {
            let mut rising = p_values.clone();
            rising.sort_by(f64::total_cmp);
            let all = p_values.len();
            let ratio = |part: usize, whole: usize| real(part as u64) / real(whole as u64);
            let up = (1..=all).rev().find(|k| rising[k - 1] <= alpha * ratio(*k, all)).unwrap_or(0);
            let down = (1..=all).find(|k| rising[k - 1] > alpha / real((all - k + 1) as u64)).map_or(all, |k| k - 1);
            for (method, signals) in [(Adjustment::BenjaminiHochberg, up), (Adjustment::Holm, down)] {
                let values = adjusted(&p_values, method).unwrap();
                // Rounding may decide where a p-value is exactly on the line.
                let count = |shift: f64| values.iter().filter(|value| **value <= alpha * shift).count();
                prop_assert!(count(1.0 - 1e-12) <= signals && signals <= count(1.0 + 1e-12));
            }
        }

        #[test]
        fn adjusted_values_are_larger_ordered_alike_and_strictest_for_any_dependence(
            p_values in prop::collection::vec(0.0_f64..1.0, 1..40),
        ) {
            let [bh, by, holm] = METHODS.map(|method| adjusted(&p_values, method).unwrap());
            for (unit, p) in p_values.iter().enumerate() {
                let slack = 1.0 - 1e-12;
                prop_assert!(p * slack <= bh[unit] && bh[unit] * slack <= by[unit] && bh[unit] * slack <= holm[unit]);
                prop_assert!(by[unit] <= 1.0 && holm[unit] <= 1.0);
                for (other, q) in p_values.iter().enumerate().filter(|(_, q)| p < *q) {
                    prop_assert!(bh[unit] <= bh[other] && by[unit] <= by[other] && holm[unit] <= holm[other], "{q}");
                }
            }
        }
    }
}
