//! A share of independent answers and its intervals.

use super::interval::{Confidence, Interval, real};
use super::special::Beta;

/// How many of the trials were successes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Count {
    successes: u64,
    trials: u64,
}

/// Why two numbers are not a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountError {
    /// More successes than trials; the numbers may have been swapped.
    MoreSuccessesThanTrials {
        /// The successes given.
        successes: u64,
        /// The trials given.
        trials: u64,
    },
    /// More trials than [`Count::MAX_TRIALS`].
    TooMany {
        /// The trials given.
        trials: u64,
    },
}

impl std::fmt::Display for CountError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::MoreSuccessesThanTrials { successes, trials } => {
                write!(f, "{successes} successes of {trials} trials: give successes first, at most as many as trials")
            }
            Self::TooMany { trials } => write!(f, "{trials} trials: at most {} can be counted", Count::MAX_TRIALS),
        }
    }
}

impl std::error::Error for CountError {}

impl Count {
    /// The most trials; ten times the answers of every person alive.
    pub const MAX_TRIALS: u64 = 1_000_000_000_000;

    /// A count, refused when there are more successes than trials.
    pub fn new(successes: u64, trials: u64) -> Result<Self, CountError> {
        if trials > Self::MAX_TRIALS {
            Err(CountError::TooMany { trials })
        } else if successes > trials {
            Err(CountError::MoreSuccessesThanTrials { successes, trials })
        } else {
            Ok(Self { successes, trials })
        }
    }

    /// The successes.
    pub fn successes(self) -> u64 {
        self.successes
    }

    /// The trials.
    pub fn trials(self) -> u64 {
        self.trials
    }

    /// The trials that were no success.
    pub fn failures(self) -> u64 {
        self.trials - self.successes
    }

    /// The share of successes; `None` without a trial.
    pub fn share(self) -> Option<f64> {
        (self.trials > 0).then(|| real(self.successes) / real(self.trials))
    }

    /// Both counts together.
    pub fn merged(self, other: Self) -> Result<Self, CountError> {
        Self::new(self.successes + other.successes, self.trials + other.trials)
    }

    /// Wilson's score interval (1927); `None` without a trial.
    ///
    /// Describes well and covers about 95 % on average, but errs above its level on one side for shares near 1.
    pub fn wilson(self, confidence: Confidence) -> Option<Interval> {
        let (share, n, z) = (self.share()?, real(self.trials), confidence.z());
        let square = z * z / n;
        let centre = (share + 0.5 * square) / (1.0 + square);
        let half = z * (share * (1.0 - share) / n + 0.25 * square / n).sqrt() / (1.0 + square);
        Some(self.with_exact_ends(centre - half, centre + half))
    }

    /// The Clopper-Pearson interval (1934), which never covers less than its level; `None` without a trial.
    pub fn clopper_pearson(self, confidence: Confidence) -> Option<Interval> {
        let (s, f) = (real(self.successes), real(self.failures()));
        self.beta_limits(confidence, Beta::new(s, f + 1.0), Beta::new(s + 1.0, f))
    }

    /// The Jeffreys interval, with limit 0 at no success and 1 at no failure; `None` without a trial.
    pub fn jeffreys(self, confidence: Confidence) -> Option<Interval> {
        let posterior = Beta::new(real(self.successes) + 0.5, real(self.failures()) + 0.5);
        self.beta_limits(confidence, posterior, posterior)
    }

    /// The Agresti-Coull interval (1998), not cut at 0 and 1; `None` without a trial.
    pub fn agresti_coull(self, confidence: Confidence) -> Option<Interval> {
        self.share()?;
        let z = confidence.z();
        let trials = real(self.trials) + z * z;
        let share = (real(self.successes) + 0.5 * z * z) / trials;
        let half = z * (share * (1.0 - share) / trials).sqrt();
        Some(Interval { low: share - half, high: share + half })
    }

    fn beta_limits(self, confidence: Confidence, low: Option<Beta>, high: Option<Beta>) -> Option<Interval> {
        self.share()?;
        let tail = confidence.tail();
        let low = if self.successes == 0 { 0.0 } else { low?.quantile(tail) };
        let high = if self.failures() == 0 { 1.0 } else { high?.upper_quantile(tail) };
        Some(Interval { low, high })
    }

    fn with_exact_ends(self, low: f64, high: f64) -> Interval {
        let low = if self.successes == 0 { 0.0 } else { low };
        let high = if self.failures() == 0 { 1.0 } else { high };
        Interval { low, high }.within_shares()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Method = fn(Count, Confidence) -> Option<Interval>;
    const BOUNDED: [Method; 3] = [Count::wilson, Count::clopper_pearson, Count::jeffreys];

    #[test]
    fn more_successes_than_trials_are_refused_with_the_numbers() {
        let refused = Count::new(3, 2).unwrap_err();
        assert_eq!(refused, CountError::MoreSuccessesThanTrials { successes: 3, trials: 2 });
        assert!(refused.to_string().contains("3 successes of 2 trials"));
        assert!(Count::new(0, Count::MAX_TRIALS + 1).is_err());
    }

    #[test]
    fn without_a_trial_there_is_neither_share_nor_interval() {
        let nothing = Count::default();
        assert_eq!(nothing.share(), None);
        for method in BOUNDED.into_iter().chain([Count::agresti_coull as Method]) {
            assert_eq!(method(nothing, Confidence::P95), None);
        }
    }

    #[test]
    fn the_largest_count_still_has_tight_limits_around_its_share() {
        let count = Count::new(900_000_000_000, Count::MAX_TRIALS).unwrap();
        let limits = count.clopper_pearson(Confidence::P95).unwrap();
        assert!(limits.contains(0.9) && limits.width() < 1.2e-6 && limits.width() > 1.1e-6, "{limits:?}");
    }

    fn counts() -> impl Strategy<Value = Count> {
        (1_u64..5_000).prop_flat_map(|n| (0..=n).prop_map(move |s| Count::new(s, n).unwrap()))
    }

    proptest! {
        #[test]
        fn intervals_hold_the_share_and_stay_between_zero_and_one(count in counts(), level in 0.5_f64..0.999) {
            let confidence = Confidence::new(level).unwrap();
            let share = count.share().unwrap();
            for method in BOUNDED {
                let limits = method(count, confidence).unwrap();
                prop_assert!(limits.contains(share), "{count:?} {limits:?}");
                prop_assert!(0.0 <= limits.low && limits.high <= 1.0);
            }
            prop_assert!(count.agresti_coull(confidence).unwrap().contains(share));
        }

        #[test]
        fn ten_times_the_answers_narrow_every_interval(count in counts()) {
            let more = Count::new(count.successes() * 10, count.trials() * 10).unwrap();
            for method in BOUNDED.into_iter().chain([Count::agresti_coull as Method]) {
                let [few, many] = [count, more].map(|c| method(c, Confidence::P95).unwrap().width());
                prop_assert!(many < few);
            }
        }

        #[test]
        fn swapping_success_and_failure_mirrors_the_limits(count in counts()) {
            let mirrored = Count::new(count.failures(), count.trials()).unwrap();
            for method in BOUNDED {
                let [one, two] = [count, mirrored].map(|c| method(c, Confidence::P95).unwrap());
                prop_assert!((one.low + two.high - 1.0).abs() < 1e-12 && (one.high + two.low - 1.0).abs() < 1e-12);
            }
        }

        #[test]
        fn clopper_pearson_is_never_narrower_than_jeffreys(count in counts()) {
            let [exact, mild] = [Count::clopper_pearson, Count::jeffreys].map(|m| m(count, Confidence::P95).unwrap());
            prop_assert!(exact.low <= mild.low && mild.high <= exact.high);
        }

        #[test]
        fn merging_does_not_depend_on_the_order(one in counts(), two in counts(), three in counts()) {
            prop_assert_eq!(one.merged(two), two.merged(one));
            prop_assert_eq!(
                one.merged(two).unwrap().merged(three),
                one.merged(two.merged(three).unwrap())
            );
        }
    }
}
