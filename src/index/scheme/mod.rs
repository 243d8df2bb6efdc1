//! Schemes: how an index is made of its parts, as data (`surveys/schemes/`), with the source of every rule.
//!
//! A scheme names its parts, formula, weights, maxima, point conversions and bands; [`Scheme::evaluate`] and
//! [`Scheme::evaluate_answers`] apply it, and every value carries the scheme's name and formula. What no source
//! establishes is marked in the data and stays marked in the output. [`Series`] says which values continue each other.
#![deny(clippy::indexing_slicing)]

mod answers;
mod band;
mod catalogue;
mod component;
mod covariance;
mod definition;
mod distribution;
mod evaluate;
mod evaluation;
mod input;
mod parse;
mod reader;
mod series;

pub use answers::{AnswerTable, FigureValue, Question, Uneven};
pub use catalogue::{available, embedded, in_force};
pub use component::{Answering, Bilingual, Component, Conversion, MAX_DEPTH, Rate, Standing};
pub use covariance::{CovarianceProblem, Covariances};
pub use definition::{Band, DeclaredBreak, Figure, FigureFormula, Formula, MissingRule, Published, Scheme, SchemeRef};
pub use distribution::{Split, gap, rounding_explains};
pub use evaluation::{Absence, Evaluation, Lack, PartValue, Refusal, Warning};
pub use input::{Given, InputProblem, Item};
pub use parse::parse;
pub use series::{Reason, Run, Selection, Series, SeriesPoint, comparable};

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test may fail where something is missing")]
mod tests;
