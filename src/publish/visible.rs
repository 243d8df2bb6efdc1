//! The one gate through which a figure reaches a page or a file: too few, everybody alike, or shown.

use crate::index::{Estimate, FEWEST_PUBLISHED, Statistic};
use crate::statistics::Interval;
use crate::text::Say;
use crate::text::figures::{NEARLY_ALL, NEARLY_NONE};

/// A share from here on would be printed as 100,0%.
const READS_AS_ALL: f64 = 0.9995;
/// A share below this would be printed as 0,0%.
const READS_AS_NONE: f64 = 0.0005;

/// How much of a figure may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Visible {
    /// No answers.
    Nothing,
    /// Fewer answers than are published: neither the figure nor the count.
    Few,
    /// Everybody agrees, or nearly: the figure is a bound, because it would tell how each person answered.
    Masked(Bound),
    /// Enough answers, but no interval; a figure never stands without one.
    NoInterval,
    /// The figure with the interval that decides.
    Shown {
        /// Share or mean.
        estimate: f64,
        /// Its interval.
        interval: Interval,
    },
}

/// What stands in place of a masked share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At least 95%.
    NearlyAll,
    /// At most 5%.
    NearlyNone,
}

impl Bound {
    /// The bound in words.
    pub const fn say(self) -> Say {
        match self {
            Self::NearlyAll => NEARLY_ALL,
            Self::NearlyNone => NEARLY_NONE,
        }
    }

    /// The bound in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NearlyAll => ">=95%",
            Self::NearlyNone => "<=5%",
        }
    }
}

/// Whether a share may be printed as it is, beside one that says so for the whole figure.
pub fn is_printable(share: f64) -> bool {
    (READS_AS_NONE..READS_AS_ALL).contains(&share)
}

/// How much of an estimate may be shown.
pub fn visible(estimate: &Estimate) -> Visible {
    let Some(value) = estimate.estimate.filter(|_| estimate.n > 0) else { return Visible::Nothing };
    if estimate.n < FEWEST_PUBLISHED {
        return Visible::Few;
    }
    if estimate.statistic == Statistic::Share {
        if value >= READS_AS_ALL {
            return Visible::Masked(Bound::NearlyAll);
        }
        if value < READS_AS_NONE {
            return Visible::Masked(Bound::NearlyNone);
        }
    }
    match estimate.interval() {
        Some(interval) => Visible::Shown { estimate: value, interval },
        None => Visible::NoInterval,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Method, Source, What};

    /// A share of this many satisfied among this many, and an interval around it.
    #[expect(clippy::cast_precision_loss, reason = "counts of a test")]
    fn estimate(satisfied: u64, n: u64) -> Estimate {
        let share = (n > 0).then(|| satisfied as f64 / n as f64);
        Estimate {
            what: What::Composite,
            statistic: Statistic::Share,
            source: Source::Headline,
            basis: crate::index::Basis::Respondents,
            n,
            estimate: share,
            se: None,
            df: None,
            n_effective: None,
            intervals: share
                .map(|p| (Method::Wilson, Interval { low: p / 2.0, high: p.midpoint(1.0) }))
                .into_iter()
                .collect(),
            withheld: None,
            judgements: Vec::new(),
            response_ratio: None,
            bounds: None,
            warnings: Vec::new(),
        }
    }

    #[test]
    fn fewer_than_ten_answers_and_unanimity_are_not_shown() {
        let of = |satisfied, n| visible(&estimate(satisfied, n));
        assert_eq!(of(0, 0), Visible::Nothing);
        assert_eq!(of(8, 9), Visible::Few);
        assert_eq!(of(9, 9), Visible::Few);
        assert_eq!(of(10, 10), Visible::Masked(Bound::NearlyAll));
        assert_eq!(of(0, 40), Visible::Masked(Bound::NearlyNone));
        assert!(matches!(of(9, 10), Visible::Shown { .. }));
    }

    #[test]
    fn nothing_that_is_shown_reads_as_everybody() {
        assert_eq!(visible(&estimate(9_999, 10_000)), Visible::Masked(Bound::NearlyAll));
        assert!(matches!(visible(&estimate(9_990, 10_000)), Visible::Shown { .. }));
    }
}
