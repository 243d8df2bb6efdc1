//! A signal as it is read.

use super::{FEWEST_MARKED, Signal};
use crate::statistics::Interval;

/// What a signal says, as coarse as it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Somebody from outside should look.
    Look,
    /// Nothing stands out.
    Good,
    /// There is nothing to hold it against.
    Unclear,
    /// Too few answers.
    TooFew,
    /// Nothing of the kind was recorded.
    Unknown,
}

impl Class {
    /// The class of several signals together: the gravest; of what says nothing, the one nearest to saying something.
    pub fn of(readings: &[Reading]) -> Self {
        readings.iter().map(|reading| reading.class).min().unwrap_or(Self::Unknown)
    }
}

/// The difference between tickets and the drawn sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Tickets minus sample, from -1 to 1.
    pub estimate: f64,
    /// At 95%.
    pub interval: Interval,
}

/// The number beside a signal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown {
    /// There is none to be shown.
    Nothing,
    /// Answers of answers, none of the two parts below ten.
    Share {
        /// With the mark.
        marked: u64,
        /// Of how many.
        of: u64,
    },
    /// Fewer than ten of these answers.
    Below {
        /// Of how many.
        of: u64,
    },
    /// All but fewer than ten of these answers.
    NearlyAll {
        /// Of how many.
        of: u64,
    },
    /// Answers for dossiers returned.
    Reach {
        /// Answers.
        answers: u64,
        /// Dossiers.
        returned: u64,
    },
    /// Tickets against the drawn sample.
    Gap(Gap),
}

impl Shown {
    /// A count among answers as far as it may be shown.
    pub(super) const fn share(marked: u64, of: u64) -> Self {
        if of < FEWEST_MARKED {
            Self::Nothing
        } else if marked < FEWEST_MARKED {
            Self::Below { of }
        } else if of - marked < FEWEST_MARKED {
            Self::NearlyAll { of }
        } else {
            Self::Share { marked, of }
        }
    }
}

/// A signal of a unit-month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Which.
    pub signal: Signal,
    /// What it says.
    pub class: Class,
    /// The number beside it.
    pub shown: Shown,
    /// The middle of the units of the same kind, for shares: 0 to 1.
    pub usual: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_answers_below_ten_is_a_number() {
        assert_eq!(Shown::share(3, 9), Shown::Nothing);
        assert_eq!(Shown::share(0, 40), Shown::Below { of: 40 });
        assert_eq!(Shown::share(9, 40), Shown::Below { of: 40 });
        assert_eq!(Shown::share(10, 40), Shown::Share { marked: 10, of: 40 });
        assert_eq!(Shown::share(30, 40), Shown::Share { marked: 30, of: 40 });
        assert_eq!(Shown::share(31, 40), Shown::NearlyAll { of: 40 });
        assert_eq!(Shown::share(9, 10), Shown::Below { of: 10 });
    }

    #[test]
    fn the_gravest_signal_names_the_unit() {
        let reading = |class| Reading { signal: Signal::Quick, class, shown: Shown::Nothing, usual: None };
        assert_eq!(Class::of(&[Class::Good, Class::Look, Class::Unknown].map(reading)), Class::Look);
        assert_eq!(Class::of(&[Class::TooFew, Class::Unclear].map(reading)), Class::Unclear);
        assert_eq!(Class::of(&[]), Class::Unknown);
    }
}
