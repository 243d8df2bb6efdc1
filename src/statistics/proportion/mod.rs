//! A share of independent answers and its intervals.
//!
//! Two-sided intervals take the confidence level of both limits together. A one-sided limit (`…_lower`, `…_upper`) has
//! all its error on its own side: at 95 % it is the limit of the two-sided interval at 90 %.

use super::interval::real;

mod approximate;
mod exact;

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
}

#[cfg(test)]
mod tests {
    use super::super::interval::{Confidence, Interval};
    use super::*;
    use proptest::prelude::*;

    type Method = fn(Count, Confidence) -> Option<Interval>;
    type Limit = fn(Count, Confidence) -> Option<f64>;
    const BOUNDED: [Method; 6] = [
        Count::wilson,
        Count::wilson_continuity,
        Count::arcsine,
        Count::clopper_pearson,
        Count::jeffreys,
        Count::mid_p,
    ];
    const UNBOUNDED: [Method; 3] = [Count::agresti_coull, Count::wald, |count, level| count.logit(level).ok()];
    const ONE_SIDED: [(Limit, Limit); 3] = [
        (Count::wilson_lower, Count::wilson_upper),
        (Count::clopper_pearson_lower, Count::clopper_pearson_upper),
        (Count::jeffreys_lower, Count::jeffreys_upper),
    ];

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
        for method in BOUNDED.into_iter().chain(UNBOUNDED) {
            assert_eq!(method(nothing, Confidence::P95), None);
        }
        for (lower, upper) in ONE_SIDED {
            assert_eq!((lower(nothing, Confidence::P95), upper(nothing, Confidence::P95)), (None, None));
        }
    }

    #[test]
    fn one_answer_leaves_bounded_limits_that_end_where_the_answer_is() {
        for (count, end) in [(Count::new(1, 1).unwrap(), 1.0), (Count::new(0, 1).unwrap(), 0.0)] {
            for method in BOUNDED {
                let limits = method(count, Confidence::P95).unwrap();
                assert!(limits.contains(end) && limits.width() > 0.5 && limits.width() < 1.0, "{limits:?}");
            }
        }
    }

    #[test]
    fn the_largest_count_still_has_tight_limits_around_its_share() {
        let count = Count::new(900_000_000_000, Count::MAX_TRIALS).unwrap();
        for method in BOUNDED.into_iter().chain(UNBOUNDED) {
            let limits = method(count, Confidence::P95).unwrap();
            assert!(limits.contains(0.9) && limits.width() < 1.2e-6 && limits.width() > 1.1e-6, "{limits:?}");
        }
    }

    fn counts() -> impl Strategy<Value = Count> {
        (1_u64..5_000).prop_flat_map(|n| (0..=n).prop_map(move |s| Count::new(s, n).unwrap()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn intervals_hold_the_share_and_stay_between_zero_and_one(count in counts(), level in 0.5_f64..0.999) {
            let confidence = Confidence::new(level).unwrap();
            let share = count.share().unwrap();
            for method in BOUNDED {
                let limits = method(count, confidence).unwrap();
                prop_assert!(limits.contains(share), "{count:?} {limits:?}");
                prop_assert!(0.0 <= limits.low && limits.high <= 1.0);
            }
            for method in UNBOUNDED {
                prop_assert!(method(count, confidence).is_none_or(|limits| limits.contains(share)));
            }
            // At 50 % a one-sided limit is a median, which need not lie on its side of the share.
            let confidence = Confidence::new(level.max(0.8)).unwrap();
            for (lower, upper) in ONE_SIDED {
                let (low, high) = (lower(count, confidence).unwrap(), upper(count, confidence).unwrap());
                let limits = Interval { low, high };
                prop_assert!(limits.contains(share) && 0.0 <= limits.low && limits.high <= 1.0, "{count:?} {limits:?}");
            }
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
        fn a_higher_level_widens_every_interval(count in counts(), level in 0.5_f64..0.99, more in 0.001_f64..0.009) {
            let [narrow, wide] = [level, level + more].map(|level| Confidence::new(level).unwrap());
            // Agresti-Coull's lower limit, not cut at 0, rises a little with the level at a single answer.
            let methods = BOUNDED.into_iter().chain(UNBOUNDED.into_iter().skip(1));
            for method in methods {
                if let (Some(narrow), Some(wide)) = (method(count, narrow), method(count, wide)) {
                    prop_assert!(wide.low <= narrow.low && narrow.high <= wide.high, "{count:?} {narrow:?} {wide:?}");
                }
            }
        }

        #[test]
        fn a_one_sided_limit_is_the_limit_of_the_interval_with_twice_the_error(
            count in counts(), level in 0.6_f64..0.999,
        ) {
            let [one, two] = [level, 2.0 * level - 1.0].map(|level| Confidence::new(level).unwrap());
            let intervals = [Count::wilson, Count::clopper_pearson, Count::jeffreys];
            for ((lower, upper), method) in ONE_SIDED.into_iter().zip(intervals) {
                let (low, high) = (lower(count, one).unwrap(), upper(count, one).unwrap());
                let limits = method(count, two).unwrap();
                prop_assert!((low - limits.low).abs() < 1e-11 && (high - limits.high).abs() < 1e-11);
            }
        }

        #[test]
        fn clopper_pearson_is_never_narrower_than_jeffreys_or_mid_p(count in counts()) {
            let exact = count.clopper_pearson(Confidence::P95).unwrap();
            for method in [Count::jeffreys, Count::mid_p] {
                let mild = method(count, Confidence::P95).unwrap();
                prop_assert!(exact.low <= mild.low && mild.high <= exact.high);
            }
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
