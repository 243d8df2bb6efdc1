//! An estimate with everything that belongs beside it.

use super::target::{Comparison, TargetValue};
use super::verdict::{Basis, Verdict};
use crate::statistics::Interval;
use crate::words::Level;

/// Of what a figure is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// All rated items, joined by the edition's aggregation.
    Composite,
    /// A factor: the mean of its items.
    Factor(String),
    /// One item.
    Item(String),
    /// One option of a choice: the code of the item, `=`, the option.
    Option(String),
}

impl What {
    /// The code used in files.
    pub fn code(&self) -> &str {
        match self {
            Self::Composite => "composite",
            Self::Factor(code) | Self::Item(code) | Self::Option(code) => code,
        }
    }
}

/// Which answers a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The levels the edition declares as its headline, together.
    Headline,
    /// One level alone.
    Level(Level),
}

impl Source {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Level(level) => level.word(),
        }
    }
}

/// What is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Share of satisfied, 0 to 1.
    Share,
    /// Mean of a number, in its own unit.
    Mean,
}

impl Statistic {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Mean => "mean",
        }
    }
}

/// How an interval was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Beta-binomial confidence sequence: may be looked at every day.
    BetaBinomialSequence,
    /// Asymptotic confidence sequence: may be looked at every day, approximate.
    AsymptoticSequence,
    /// Sub-Gaussian mixture sequence for an average that may drift: may be looked at every day.
    RunningAverageSequence,
    /// Clopper–Pearson, exact.
    ClopperPearson,
    /// Wilson; printed beside, never decides.
    Wilson,
    /// Logit t on the linearised variance.
    Xlogit,
    /// Student t of a mean.
    Mean,
    /// Where the share of a whole group lies, whatever those who did not answer think: no sampling error.
    Census,
}

impl Method {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BetaBinomialSequence => "beta_binomial_sequence",
            Self::AsymptoticSequence => "asymptotic_sequence",
            Self::RunningAverageSequence => "running_average_sequence",
            Self::ClopperPearson => "clopper_pearson",
            Self::Wilson => "wilson",
            Self::Xlogit => "xlogit",
            Self::Mean => "mean",
            Self::Census => "census_limits",
        }
    }
}

/// Why a figure is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// Fewer answers than are published.
    Few,
    /// No interval can be given: everybody agrees, or there are no degrees of freedom.
    NoInterval,
}

/// A figure held against one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Threshold: share, minutes or points.
    pub threshold: f64,
    /// Comparison.
    pub comparison: Comparison,
    /// Kind of number.
    pub value: TargetValue,
    /// Document.
    pub citation: String,
    /// What may be concluded; `None` for open feedback, which carries no verdict.
    pub verdict: Option<Verdict>,
    /// The administrative reading: the estimate satisfies the comparison, its error left aside.
    pub estimate_reaches: Option<bool>,
    /// How satisfied those who did not answer would have to be for the target to hold among all.
    pub break_even: Option<crate::statistics::BreakEven>,
}

/// A figure. It never stands without its n, its interval and the method that decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Of what.
    pub what: What,
    /// Share or mean.
    pub statistic: Statistic,
    /// Which answers.
    pub source: Source,
    /// About whom it speaks.
    pub basis: Basis,
    /// Answers used: with an answer to what is estimated.
    pub n: u64,
    /// The estimate; `None` without an answer.
    pub estimate: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub df: Option<f64>,
    /// p(1 − p)/se², at most n; of a share.
    pub n_effective: Option<f64>,
    /// Intervals; the first decides.
    pub intervals: Vec<(Method, Interval)>,
    /// Why it may not be shown.
    pub withheld: Option<Withheld>,
    /// Against each target in force.
    pub judgements: Vec<Judgement>,
    /// The answers as a part of the transactions.
    pub response_ratio: Option<f64>,
    /// Where the share among all users lies, whatever the silent think.
    pub bounds: Option<Interval>,
    /// What a reader has to know.
    pub warnings: Vec<&'static str>,
}

impl Estimate {
    /// The interval that is shown and decides.
    pub fn interval(&self) -> Option<Interval> {
        self.intervals.first().map(|(_, interval)| *interval)
    }
}
