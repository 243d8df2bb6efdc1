//! From counts to what may be concluded: measures, composites, verdicts against targets, disclosure. Pure.
//!
//! Nothing here reads a database; it takes tallies and targets and returns estimates that carry their n, their interval,
//! the method that decides and the rule by which it decides.

pub mod alerts;
mod census;
mod estimate;
mod importance;
pub mod official;
pub mod published;
pub mod scheme;
mod score;
pub mod signals;
mod target;
mod verdict;

pub use census::{item_weights, judge_census_limits};
pub use estimate::{Estimate, Judgement, Method, Source, Statistic, What, Withheld};
pub use importance::{Corner, Importance, importance};
pub use scheme::{Evaluation, Scheme, SchemeRef, Series, SeriesPoint};
pub use score::{Figure, PeriodState, options, overall, score};
pub use target::{Applicable, Comparison, Contradiction, Target, TargetValue, applicable, contradictory};
pub use verdict::{
    Basis, FEWEST_FOR_VERDICT, FEWEST_PUBLISHED, RULE, ShownShare, Verdict, judge, judge_census, judge_survey,
};
