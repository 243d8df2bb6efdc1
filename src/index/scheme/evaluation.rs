//! The value of an index with everything that belongs beside it.

use super::covariance::Covariances;
use super::definition::{MissingRule, SchemeRef};
use crate::words::Measure;

/// Why a part has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// Nothing was given for it.
    NotGiven,
    /// It does not apply, or there is nothing to count: a denominator of 0.
    NotApplicable,
}

/// Why an index or a group has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No part has a value.
    #[error("no part has a value; give at least one")]
    NothingGiven,
    /// The scheme asks for every part.
    #[error("the scheme asks for every part, and “{component}” has no value")]
    Missing {
        /// The first part without a value.
        component: String,
    },
    /// A rule is not established and the scheme does not make one up.
    #[error("the option values of “{component}” are not established; give its points, or the values in a scheme")]
    NotEstablished {
        /// The part.
        component: String,
    },
    /// The formula looks at persons, not at shares.
    #[error("this formula counts persons; give the answers of each, not shares")]
    NeedsAnswers,
    /// The formula adds up answers, so their numbers are needed.
    #[error("pooled answers need the number of answers behind “{item}”; give counts, or the share with its n")]
    NeedsCounts {
        /// The first item without numbers.
        item: String,
    },
}

/// What a reader has to know beside the value.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Warning {
    /// A complement fell below 0 and counts as 0.
    #[error("“{item}”: late dossiers and complaints together exceed all dossiers; the rate counts as 0")]
    BelowZero {
        /// Item.
        item: String,
    },
    /// The shares of the options do not make a whole.
    #[error("“{item}”: the shares sum to {total:.4}, not to 1: rounding, or answers are missing")]
    DoesNotSum {
        /// Item.
        item: String,
        /// Their sum.
        total: f64,
    },
    /// Parts left and the others were scaled up.
    #[error("parts without a value left the index, and the weights of the others were scaled up")]
    ScaledUp,
    /// The formula is not linear in its items, so their covariance gives no variance.
    #[error("the formula is not linear in its parts; their covariance gives it no variance")]
    NotLinear,
    /// An item has no covariance.
    #[error("“{item}” has no covariance; independence is not assumed, so there is no variance")]
    NoCovariance {
        /// Item.
        item: String,
    },
}

/// One part of the index with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct PartValue {
    /// Code of the part.
    pub code: String,
    /// 1 for a direct part of the index.
    pub depth: usize,
    /// Its formula, or how its rate becomes points; a plain share has none.
    pub formula: Option<&'static str>,
    /// Its share or points.
    pub value: Option<f64>,
    /// Most points it can have; `None` for a share.
    pub maximum: Option<f64>,
    /// Answers or cases behind it, where all are known.
    pub answers: Option<u64>,
    /// Why it has no value.
    pub lack: Option<Lack>,
    /// Whether a source was found for it.
    pub sourced: bool,
}

/// Why there is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// There is nothing to compute from.
    Absent(Absence),
    /// There is something, and the scheme refuses.
    Refused(Refusal),
}

/// The value of an index by one scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The scheme.
    pub scheme: SchemeRef,
    /// Which of the satisfaction numbers it is.
    pub measure: Measure,
    /// How the parts became the index.
    pub formula: &'static str,
    /// The index: a share from 0 to 1, or points from 0 to the maximum. Unrounded.
    pub value: Option<f64>,
    /// Why there is none.
    pub refusal: Option<Refusal>,
    /// Most it can be.
    pub maximum: f64,
    /// Code of the band it lies in.
    pub band: Option<String>,
    /// Its variance, where the formula is linear and the covariance of all its items is given.
    pub variance: Option<f64>,
    /// How much each item counts, where the formula is linear: value = constant + sum of coefficient × rate.
    pub coefficients: Option<Vec<(String, f64)>>,
    /// Satisfied answers and all answers, of a pooled index. Answers of one person are not independent.
    pub pooled: Option<(f64, f64)>,
    /// Satisfied persons and all persons, of an index of persons.
    pub persons: Option<(u64, u64)>,
    /// All parts, in the order of the scheme.
    pub parts: Vec<PartValue>,
    /// Items and parts without a value, and why.
    pub missing: Vec<(String, Absence)>,
    /// What the scheme does about them.
    pub missing_rule: MissingRule,
    /// What is not established: parts by their codes, `index` for the formula, `band …` for the band of the value.
    pub unsourced: Vec<String>,
    /// What a reader has to know.
    pub warnings: Vec<Warning>,
}

impl Evaluation {
    /// Fills the variance from the items' covariance: sum over all pairs of k k' cov.
    pub(super) fn with_variance(mut self, covariances: &Covariances) -> Self {
        if self.value.is_none() {
            return self;
        }
        match self.coefficients.as_deref().map(|terms| covariances.quadratic(terms)) {
            None => self.warnings.push(Warning::NotLinear),
            Some(Ok(variance)) => self.variance = Some(variance),
            Some(Err(item)) => self.warnings.push(Warning::NoCovariance { item }),
        }
        self
    }
}
