//! The difference of two independent shares.

use super::interval::{Confidence, Interval};
use super::proportion::Count;

/// A difference of shares with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// First share minus second, from -1 to 1.
    pub estimate: f64,
    /// The interval of the difference.
    pub interval: Interval,
}

/// First share minus second with Newcombe's hybrid score interval (1998, method 10); `None` if one has no trial.
///
/// For independent simple samples only: shares that come from the same persons or clusters need their covariance.
pub fn newcombe(first: Count, second: Count, confidence: Confidence) -> Option<Difference> {
    let (p, q) = (first.share()?, second.share()?);
    let (one, two) = (first.wilson(confidence)?, second.wilson(confidence)?);
    let estimate = p - q;
    let interval = Interval {
        low: (estimate - (p - one.low).hypot(two.high - q)).max(-1.0),
        high: (estimate + (one.high - p).hypot(q - two.low)).min(1.0),
    };
    Some(Difference { estimate, interval })
}

/// An estimate with the error it is known by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// The degrees of freedom of that error; infinite for a known one.
    pub df: f64,
}

/// First estimate minus second, of two sets of answers that share no person, with Welch's interval: t with the degrees of
/// freedom of Satterthwaite (1946), cut at -1 and 1.
///
/// `None` unless both errors are finite, one of them is above 0, and both have a degree of freedom.
pub fn independent_difference(first: Estimated, second: Estimated, confidence: Confidence) -> Option<Difference> {
    let (one, two) = (first.se * first.se, second.se * second.se);
    let variance = one + two;
    if !(variance > 0.0 && variance.is_finite() && first.df >= 1.0 && second.df >= 1.0) {
        return None;
    }
    let df = variance * variance / (one * one / first.df + two * two / second.df);
    let estimate = first.value - second.value;
    let margin = confidence.t_or_z(df)? * variance.sqrt();
    let interval = Interval { low: (estimate - margin).max(-1.0), high: (estimate + margin).min(1.0) };
    Some(Difference { estimate, interval })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(successes: u64, trials: u64) -> Count {
        Count::new(successes, trials).unwrap()
    }

    #[test]
    fn the_examples_of_newcombes_paper_come_out() {
        for (s1, n1, s2, n2, low, high) in [
            (56, 70, 48, 80, 0.0524, 0.3339),
            (9, 10, 3, 10, 0.1705, 0.8090),
            (6, 7, 2, 7, 0.0582, 0.8062),
            (5, 56, 0, 29, -0.0381, 0.1926),
            (0, 10, 0, 20, -0.1611, 0.2775),
            (10, 10, 0, 20, 0.6791, 1.0),
            (10, 10, 0, 10, 0.6075, 1.0),
        ] {
            let got = newcombe(count(s1, n1), count(s2, n2), Confidence::P95).unwrap().interval;
            assert!((got.low - low).abs() < 6e-5 && (got.high - high).abs() < 6e-5, "{s1}/{n1} {s2}/{n2}: {got:?}");
        }
    }

    #[test]
    fn the_difference_of_two_estimates_is_welchs() {
        // R: t.test(c(1,0,1,1,0,1,1,1), c(0,0,1,0,1,0,1,0,0,1,0,1)) gives -0.1347346937 to 0.8014013603.
        let estimated =
            |value: f64, n: f64| Estimated { value, se: (value * (1.0 - value) / (n - 1.0)).sqrt(), df: n - 1.0 };
        let got = independent_difference(estimated(0.75, 8.0), estimated(5.0 / 12.0, 12.0), Confidence::P95).unwrap();
        assert!((got.estimate - 1.0 / 3.0).abs() < 1e-12);
        assert!(
            (got.interval.low + 0.134_734_693_7).abs() < 1e-9 && (got.interval.high - 0.801_401_360_3).abs() < 1e-9,
            "{got:?}"
        );
        let none = Estimated { value: 0.5, se: 0.0, df: 9.0 };
        assert_eq!(independent_difference(none, none, Confidence::P95), None);
        assert_eq!(independent_difference(Estimated { se: f64::NAN, ..none }, none, Confidence::P95), None);
        assert_eq!(independent_difference(Estimated { se: 0.1, df: 0.0, ..none }, none, Confidence::P95), None);
    }

    #[test]
    fn a_side_without_answers_has_no_difference() {
        assert_eq!(newcombe(count(1, 2), Count::default(), Confidence::P95), None);
    }

    fn counts() -> impl Strategy<Value = Count> {
        (1_u64..500).prop_flat_map(|n| (0..=n).prop_map(move |s| count(s, n)))
    }

    proptest! {
        #[test]
        fn swapping_the_sides_changes_only_the_sign(one in counts(), two in counts()) {
            let [there, back] = [(one, two), (two, one)].map(|(x, y)| newcombe(x, y, Confidence::P95).unwrap());
            prop_assert!((there.estimate + back.estimate).abs() < 1e-15);
            prop_assert!((there.interval.low + back.interval.high).abs() < 1e-14);
            prop_assert!(there.interval.contains(there.estimate));
            prop_assert!(there.interval.low >= -1.0 && there.interval.high <= 1.0);
        }
    }
}
