//! Shares of independent groups compared: two of them, and a trend over several.

use super::super::difference::Difference;
use super::super::interval::{Confidence, Interval, real};
use super::super::proportion::Count;
use super::super::special::ChiSquared;

/// Two independent shares compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoProportions {
    /// The score statistic, chi-square with one degree of freedom if the shares are equal.
    pub statistic: f64,
    /// The chance of such a statistic or a larger one if they are.
    pub p_value: f64,
    /// First share minus second with Wald's interval.
    pub difference: Difference,
}

/// Pearson's chi-square test (1900) of two independent shares, without continuity correction.
///
/// The interval is Wald's, p - q ± z √(p(1-p)/n + q(1-q)/m), cut at -1 and 1; Newcombe's is the better one to show.
/// `None` if one has no trial or all answers of both agree. For independent simple samples only.
pub fn two_proportions(first: Count, second: Count, confidence: Confidence) -> Option<TwoProportions> {
    let (p, q) = (first.share()?, second.share()?);
    let (n, m) = (real(first.trials()), real(second.trials()));
    let pooled = first.merged(second).ok()?.share()?;
    let spread = pooled * (1.0 - pooled);
    if spread <= 0.0 {
        return None;
    }
    let estimate = p - q;
    let statistic = estimate * estimate / (spread * (1.0 / n + 1.0 / m));
    let half = confidence.z() * (p * (1.0 - p) / n + q * (1.0 - q) / m).sqrt();
    let interval = Interval { low: (estimate - half).max(-1.0), high: (estimate + half).min(1.0) };
    let p_value = ChiSquared::new(1.0)?.tails(statistic).upper;
    Some(TwoProportions { statistic, p_value, difference: Difference { estimate, interval } })
}

/// A trend of shares over ordered groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// The change of the share for one step of the score, by weighted least squares.
    pub slope: f64,
    /// The statistic, chi-square with one degree of freedom without a trend.
    pub statistic: f64,
    /// The chance of such a statistic or a larger one without a trend.
    pub p_value: f64,
}

/// The test of Cochran (1954) and Armitage (1955) for a trend over groups with scores, such as waves 1, 2, 3.
///
/// (Σ n (p - p̄)(s - s̄))² / (p̄ (1 - p̄) Σ n (s - s̄)²). Groups without a trial have no part in it. `None` if fewer than
/// two different scores have answers, a score is not finite, or all answers agree. For independent simple samples only.
pub fn trend_in_proportions(groups: &[(Count, f64)]) -> Option<Trend> {
    if groups.iter().any(|(_, score)| !score.is_finite()) {
        return None;
    }
    let all = groups.iter().try_fold(Count::default(), |sum, (group, _)| sum.merged(*group).ok())?;
    let (pooled, answers) = (all.share()?, real(all.trials()));
    let centre = groups.iter().map(|(group, score)| real(group.trials()) * score).sum::<f64>() / answers;
    let (mut cross, mut squares) = (0.0, 0.0);
    for (group, score) in groups {
        let off = score - centre;
        cross += (real(group.successes()) - real(group.trials()) * pooled) * off;
        squares += real(group.trials()) * off * off;
    }
    let scale = pooled * (1.0 - pooled) * squares;
    // Scores that are the same but for rounding leave nothing to go by.
    let size = groups.iter().map(|(_, score)| score.abs()).fold(0.0, f64::max);
    if !(scale > 0.0 && scale.is_finite()) || squares <= 1e-20 * answers * size * size {
        return None;
    }
    let statistic = cross * cross / scale;
    Some(Trend { slope: cross / squares, statistic, p_value: ChiSquared::new(1.0)?.tails(statistic).upper })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(successes: u64, trials: u64) -> Count {
        Count::new(successes, trials).unwrap()
    }

    #[test]
    fn without_answers_or_variation_nothing_is_tested() {
        assert_eq!(two_proportions(Count::default(), count(3, 4), Confidence::P95), None);
        assert_eq!(two_proportions(count(5, 5), count(4, 4), Confidence::P95), None);
        assert_eq!(trend_in_proportions(&[]), None);
        assert_eq!(trend_in_proportions(&[(count(3, 4), 1.0)]), None);
        assert_eq!(trend_in_proportions(&[(count(3, 4), 0.1), (count(1, 4), 0.1)]), None);
        assert_eq!(trend_in_proportions(&[(count(3, 4), 1.0), (Count::default(), 2.0)]), None);
        assert_eq!(trend_in_proportions(&[(count(4, 4), 1.0), (count(4, 4), 2.0)]), None);
        assert_eq!(trend_in_proportions(&[(count(3, 4), f64::NAN), (count(2, 4), 2.0)]), None);
    }

    #[test]
    fn single_answers_that_differ_can_be_compared() {
        let found = two_proportions(count(1, 1), count(0, 1), Confidence::P95).unwrap();
        assert!((found.statistic - 2.0).abs() < 1e-14 && found.difference.interval.contains(1.0));
    }

    fn counts() -> impl Strategy<Value = Count> {
        (2_u64..500).prop_flat_map(|n| (1..n).prop_map(move |s| count(s, n)))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn a_trend_over_two_groups_is_their_difference_whatever_the_scores(
            one in counts(), two in counts(), start in -5.0_f64..5.0, step in 0.1_f64..3.0,
        ) {
            let found = two_proportions(two, one, Confidence::P95).unwrap();
            let trend = trend_in_proportions(&[(one, start), (two, start + step)]).unwrap();
            prop_assert!((trend.statistic - found.statistic).abs() <= 1e-10 * found.statistic.max(1.0));
            prop_assert!((trend.slope * step - found.difference.estimate).abs() < 1e-11);
            prop_assert!((0.0..=1.0).contains(&found.p_value));
        }

        #[test]
        fn swapping_the_sides_changes_only_the_sign(one in counts(), two in counts()) {
            let [there, back] = [(one, two), (two, one)].map(|(x, y)| two_proportions(x, y, Confidence::P95).unwrap());
            prop_assert!((there.p_value - back.p_value).abs() < 1e-12);
            prop_assert!((there.difference.interval.low + back.difference.interval.high).abs() < 1e-14);
            prop_assert!(there.difference.interval.contains(there.difference.estimate));
        }
    }
}
