//! Whether a stored order knows anything of the order of arrival, or only as much as chance does.

use std::collections::BTreeMap;

/// Two-sided 99.9 % bound of a standard normal.
pub(super) const BOUND: f64 = 3.291;

/// What is seen of one day: the place of each answer in the order of arrival, in the order in which it is stored.
pub(super) type StoredDay = Vec<usize>;

/// Ranks from 1, equal values sharing the mean of theirs.
pub(super) fn ranks<T: Ord>(values: &[T]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    for group in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let below = order.iter().position(|at| *at == group[0]).unwrap();
        for at in group {
            ranks[*at] = number(below) + 0.5 + number(group.len()) / 2.0;
        }
    }
    ranks
}

/// Spearman's correlation; `None` where one side does not vary (Spearman 1904, as Pearson's of the ranks).
fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / number(values.len());
    let (mx, my) = (mean(x), mean(y));
    let cov: f64 = x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum();
    let var = |values: &[f64], m: f64| values.iter().map(|a| (a - m) * (a - m)).sum::<f64>();
    let scale = (var(x, mx) * var(y, my)).sqrt();
    (scale > 0.0).then(|| cov / scale)
}

/// Rank correlation of value and arrival within the days, as a standard normal of all days together: the days themselves
/// are known to everybody. Under chance the variance of one day's correlation is 1 / (n - 1), ties or not.
pub(super) fn rank_score<T: Ord>(days: &[(Vec<T>, Vec<usize>)]) -> f64 {
    let scores: Vec<f64> = days
        .iter()
        .filter_map(|(values, arrival)| {
            let r = correlation(&ranks(values), &ranks(arrival))?;
            Some(r * (number(arrival.len()) - 1.0).sqrt())
        })
        .collect();
    if scores.is_empty() { 0.0 } else { scores.iter().sum::<f64>() / number(scores.len()).sqrt() }
}

/// Probability that chance makes as many stored neighbours arrival neighbours as there are: about Poisson (Kaplansky 1945),
/// with 2 / n for each two of the n copies that arrived one after the other. Where everything stands once, that is
/// 2 (n - 1) / n; what stands in several tables has more such pairs.
pub(super) fn neighbours_by_chance(days: &[StoredDay]) -> f64 {
    let seen: usize = days.iter().map(|day| day.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) == 1).count()).sum();
    let mean: f64 =
        days.iter().filter(|day| day.len() > 1).map(|day| 2.0 * number(pairs(day)) / number(day.len())).sum();
    let (mut term, mut below) = ((-mean).exp(), 0.0);
    for k in 0..seen {
        below += term;
        term *= mean / number(k + 1);
    }
    1.0 - below
}

/// How many pairs of copies there are whose answers arrived one after the other.
fn pairs(day: &StoredDay) -> usize {
    let mut copies: BTreeMap<usize, usize> = BTreeMap::new();
    for at in day {
        *copies.entry(*at).or_default() += 1;
    }
    copies.iter().map(|(at, n)| n * copies.get(&(at + 1)).copied().unwrap_or(0)).sum()
}

fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

#[cfg(test)]
mod tests {
    use super::super::Draws;
    use super::*;

    fn shuffled(n: usize, draws: &mut Draws) -> StoredDay {
        let mut day: StoredDay = (0..n).collect();
        for at in (1..n).rev() {
            day.swap(at, usize::try_from(draws.below(at as u64 + 1)).unwrap());
        }
        day
    }

    fn places(days: &[StoredDay]) -> Vec<(Vec<usize>, Vec<usize>)> {
        days.iter().map(|day| ((0..day.len()).collect(), day.clone())).collect()
    }

    #[test]
    fn order_is_found_where_it_is_and_not_where_it_is_not() {
        let mut draws = Draws::of(5);
        let random: Vec<StoredDay> = (0..20).map(|_| shuffled(150, &mut draws)).collect();
        assert!(rank_score(&places(&random)).abs() < BOUND);
        assert!(neighbours_by_chance(&random) > 0.001);
        // Three copies of everything, each in a random order of its own, are no order either.
        let copies: Vec<StoredDay> =
            (0..20).map(|_| (0..3).flat_map(|_| shuffled(150, &mut draws)).collect()).collect();
        assert!(neighbours_by_chance(&copies) > 0.001);
        let arrival: Vec<StoredDay> = (0..20).map(|_| (0..150).collect()).collect();
        assert!(rank_score(&places(&arrival)) > 50.0);
        assert!(neighbours_by_chance(&arrival) < 1e-6);
        // Batches that are sorted inside still tell who came early and who came late.
        let batches: Vec<StoredDay> = (0..20)
            .map(|_| {
                (0..10).flat_map(|batch| shuffled(15, &mut draws).into_iter().map(move |at| batch * 15 + at)).collect()
            })
            .collect();
        assert!(rank_score(&places(&batches)) > 50.0);
        // A shuffle of pairs that came together has no trend, but its neighbours betray it.
        let pairs: Vec<StoredDay> = (0..20)
            .map(|_| shuffled(75, &mut draws).into_iter().flat_map(|at| [at * 2, at * 2 + 1]).collect())
            .collect();
        assert!(neighbours_by_chance(&pairs) < 1e-6);
    }
}
