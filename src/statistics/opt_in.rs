//! What voluntary answers say about those who did not answer.

use super::interval::{Interval, Share, real};

/// How much of the whole the answers reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reach {
    /// The number of transactions is not known, or there were none: nothing can be said about the silent.
    Unknown,
    /// The part of the transactions that was answered, from 0 up to but below 1.
    Part(Share),
    /// As many answers as transactions: no one is silent.
    Whole,
    /// More answers than transactions: one of the two numbers is wrong, so nothing is said about the silent.
    Excess,
}

/// How satisfied the silent must be for a target to hold among all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BreakEven {
    /// The target holds even if no silent person is satisfied.
    Holds,
    /// The target holds if at least this share of the silent is satisfied.
    AtLeast(f64),
    /// The target fails even if every silent person is satisfied.
    OutOfReach,
}

impl Reach {
    /// The reach of `answers` among `transactions`.
    pub fn of(answers: u64, transactions: Option<u64>) -> Self {
        match transactions {
            None | Some(0) => Self::Unknown,
            Some(all) if answers > all => Self::Excess,
            Some(all) if answers == all => Self::Whole,
            // Rounding could lift the ratio of two huge neighbours to 1.
            Some(all) => {
                Share::new(real(answers) / real(all)).filter(|r| r.value() < 1.0).map_or(Self::Whole, Self::Part)
            }
        }
    }

    /// The response ratio; `None` when it is unknown or makes no sense.
    pub fn ratio(self) -> Option<f64> {
        match self {
            Self::Part(ratio) => Some(ratio.value()),
            Self::Whole => Some(1.0),
            Self::Unknown | Self::Excess => None,
        }
    }

    /// Where the share among all lies when `share` of the answers are satisfied: from r p to r p + 1 - r.
    ///
    /// Needs no assumption about the silent; `None` when the reach is unknown.
    pub fn bounds(self, share: Share) -> Option<Interval> {
        let ratio = self.ratio()?;
        let low = ratio * share.value();
        Some(Interval { low, high: (low + 1.0 - ratio).min(1.0) })
    }

    /// What the silent would have to think for `target` to hold among all: (T - r p) / (1 - r).
    ///
    /// `None` when the reach is unknown, and when no one is silent.
    pub fn break_even(self, share: Share, target: Share) -> Option<BreakEven> {
        let Self::Part(ratio) = self else {
            return None;
        };
        let needed = (target.value() - ratio.value() * share.value()) / (1.0 - ratio.value());
        Some(if needed <= 0.0 {
            BreakEven::Holds
        } else if needed > 1.0 {
            BreakEven::OutOfReach
        } else {
            BreakEven::AtLeast(needed)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(value: f64) -> Share {
        Share::new(value).unwrap()
    }

    #[test]
    fn a_small_response_leaves_wide_bounds_and_a_high_demand_on_the_silent() {
        let reach = Reach::of(150, Some(1_000));
        let bounds = reach.bounds(share(0.96)).unwrap();
        assert!((bounds.low - 0.144).abs() < 1e-15 && (bounds.high - 0.994).abs() < 1e-15);
        let Some(BreakEven::AtLeast(needed)) = reach.break_even(share(0.96), share(0.9)) else { panic!("a demand") };
        assert!((needed - (0.9 - 0.144) / 0.85).abs() < 1e-15);
    }

    #[test]
    fn a_target_can_hold_or_fail_whatever_the_silent_think() {
        let most = Reach::of(95, Some(100));
        assert_eq!(most.break_even(share(1.0), share(0.9)), Some(BreakEven::Holds));
        assert_eq!(most.break_even(share(0.5), share(0.9)), Some(BreakEven::OutOfReach));
    }

    #[test]
    fn unknown_or_impossible_numbers_of_transactions_say_nothing() {
        assert_eq!(Reach::of(5, None), Reach::Unknown);
        assert_eq!(Reach::of(0, Some(0)), Reach::Unknown);
        assert_eq!(Reach::of(6, Some(5)), Reach::Excess);
        assert_eq!(Reach::Excess.bounds(share(0.9)), None);
        assert_eq!(Reach::of(5, Some(5)), Reach::Whole);
        assert_eq!(Reach::Whole.bounds(share(0.75)), Some(Interval { low: 0.75, high: 0.75 }));
        assert_eq!(Reach::Whole.break_even(share(0.8), share(0.9)), None);
        assert_eq!(Reach::of(u64::MAX - 1, Some(u64::MAX)), Reach::Whole);
    }

    proptest! {
        #[test]
        fn at_break_even_the_share_among_all_is_the_target(answers in 1_u64..1_000, silent in 1_u64..1_000, p in 0.0..=1.0, t in 0.0..=1.0) {
            let reach = Reach::of(answers, Some(answers + silent));
            let bounds = reach.bounds(share(p)).unwrap();
            prop_assert!(0.0 <= bounds.low && bounds.low <= bounds.high && bounds.high <= 1.0);
            match reach.break_even(share(p), share(t)).unwrap() {
                BreakEven::Holds => prop_assert!(bounds.low >= t - 1e-12),
                BreakEven::OutOfReach => prop_assert!(bounds.high < t + 1e-12),
                BreakEven::AtLeast(needed) => {
                    let r = reach.ratio().unwrap();
                    prop_assert!((r * p + (1.0 - r) * needed - t).abs() < 1e-12);
                }
            }
        }
    }
}
