//! The verdict (kết luận): what an interval allows to conclude about a target, and nothing more.

use super::target::Comparison;
use crate::statistics::survey::{DesignShare, IntervalMethod};
use crate::statistics::{Confidence, Interval, Share};

/// Answers below which nothing is published.
pub const FEWEST_PUBLISHED: u64 = 10;
/// Answers below which a count settles nothing.
pub const FEWEST_FOR_VERDICT: u64 = 30;
/// Name of the rule, stored and shown with every verdict.
pub const RULE: &str = "verdict-1";

/// What may be concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Đạt: the whole interval satisfies the target.
    Met,
    /// Chưa đạt: no part of the interval does.
    NotMet,
    /// Chưa đủ cơ sở.
    Undetermined {
        /// How many more answers would settle it if the estimate stays; none if it lies at the target or out of sight.
        answers_needed: Option<u64>,
    },
    /// Too few answers or no degrees of freedom: no figure either.
    NotPublishable,
}

impl Verdict {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Undetermined { .. } => "undetermined",
            Self::NotPublishable => "not_publishable",
        }
    }
}

/// About whom a figure speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A drawn sample: everybody it was drawn from.
    Sample,
    /// Everybody was asked.
    Census,
    /// Those who answered; no more.
    Respondents,
    /// Open feedback: nobody but the answers themselves; never a verdict.
    Open,
}

impl Basis {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sample => "sample",
            Self::Census => "census",
            Self::Respondents => "respondents",
            Self::Open => "open",
        }
    }
}

/// Judges an interval against a threshold (statistics specification, 5.4): the interval that is shown decides.
///
/// `None` for the comparison "rises", which has no threshold. `needed` is asked only where the verdict is open.
pub fn judge(
    interval: Option<Interval>,
    n: u64,
    comparison: Comparison,
    threshold: f64,
    needed: impl FnOnce() -> Option<u64>,
) -> Option<Verdict> {
    if n < FEWEST_PUBLISHED {
        return Some(Verdict::NotPublishable);
    }
    let Some(interval) = interval else { return Some(Verdict::NotPublishable) };
    let (holds, fails) = match comparison {
        Comparison::AtLeast => (interval.low >= threshold, interval.high < threshold),
        Comparison::MoreThan => (interval.low > threshold, interval.high <= threshold),
        Comparison::AtMost => (interval.high <= threshold, interval.low > threshold),
        Comparison::Rises => return None,
    };
    Some(if n < FEWEST_FOR_VERDICT {
        Verdict::Undetermined { answers_needed: needed() }
    } else if holds {
        Verdict::Met
    } else if fails {
        Verdict::NotMet
    } else {
        Verdict::Undetermined { answers_needed: needed() }
    })
}

/// A share from a survey as it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShownShare {
    /// The share and what its design says about it.
    pub share: DesignShare,
    /// The method of the interval that decides.
    pub method: IntervalMethod,
    /// Its level.
    pub confidence: Confidence,
    /// The interval; `None` where there is none.
    pub interval: Option<Interval>,
    /// Whether the presentation rules show it.
    pub shown: bool,
}

/// Judges a share from a survey against a target to be reached (statistics specification, 5.4).
///
/// Not publishable without a degree of freedom, without the deciding interval, or where the presentation rules suppress
/// it; these rules take the place of the limit of 30 answers for counts. The answers needed assume that the variance
/// falls with their number while the sampling units stay as they are.
pub fn judge_survey(shown: &ShownShare, target: Share) -> Verdict {
    let Some(interval) = shown.interval.filter(|_| shown.shown) else {
        return Verdict::NotPublishable;
    };
    if interval.low >= target.value() {
        Verdict::Met
    } else if interval.high < target.value() {
        Verdict::NotMet
    } else {
        let answers_needed = shown.share.more_rows_to_settle(shown.method, shown.confidence, target.value());
        Verdict::Undetermined { answers_needed }
    }
}

/// Judges a share of a population that was asked completely: by the share itself, without an interval.
pub fn judge_census(share: f64, rows: u64, target: Share) -> Verdict {
    if rows < FEWEST_PUBLISHED {
        Verdict::NotPublishable
    } else if share >= target.value() - 1e-12 {
        // A count that reaches the target must not miss it by the rounding of a division.
        Verdict::Met
    } else {
        Verdict::NotMet
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Count;

    fn words(successes: u64, trials: u64) -> [&'static str; 4] {
        let interval = Count::new(successes, trials).unwrap().clopper_pearson(Confidence::P95);
        [0.80, 0.85, 0.90, 0.95].map(|t| judge(interval, trials, Comparison::AtLeast, t, || None).unwrap().word())
    }

    #[test]
    fn closed_periods_against_the_four_thresholds() {
        assert_eq!(words(9, 10), ["undetermined"; 4]);
        assert_eq!(words(27, 30), ["undetermined"; 4]);
        assert_eq!(words(180, 200), ["met", "undetermined", "undetermined", "not_met"]);
        assert_eq!(words(200, 200), ["met"; 4]);
        assert_eq!(words(0, 5), ["not_publishable"; 4]);
    }

    #[test]
    fn a_limit_at_the_threshold_meets_at_least_and_not_more_than() {
        let at = Some(Interval { low: 0.9, high: 0.95 });
        assert_eq!(judge(at, 100, Comparison::AtLeast, 0.9, || None), Some(Verdict::Met));
        let more = judge(at, 100, Comparison::MoreThan, 0.9, || None);
        assert_eq!(more, Some(Verdict::Undetermined { answers_needed: None }));
        assert_eq!(judge(at, 100, Comparison::Rises, 0.9, || None), None);
        let minutes = Some(Interval { low: 20.0, high: 25.0 });
        assert_eq!(judge(minutes, 100, Comparison::AtMost, 25.0, || None), Some(Verdict::Met));
        assert_eq!(judge(minutes, 100, Comparison::AtMost, 19.0, || None), Some(Verdict::NotMet));
    }
}
