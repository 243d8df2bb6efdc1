//! What is asked: editions of questionnaires, what a person sent, and how answers are counted.
//!
//! Pure: values in, values or typed refusals out. An edition is read from TOML (`surveys/`), is sound or does not exist,
//! and is never edited after its first use, only succeeded.

mod canonical;
mod catalogue;
mod definition;
mod discontent;
mod hint;
mod identity;
mod item;
mod localized;
mod mask;
mod parse;
mod problem;
mod routing;
mod sheet;
mod tally;

pub use canonical::{FORMAT, NotThisEdition, decode, encode};
pub use catalogue::embedded;
pub use definition::{
    Aggregation, Edition, EditionRef, Factor, MAX_RATED_FOR_PAIRS, MAX_RATED_FROM_ANSWERS, Page, Weight,
};
pub use discontent::is_discontent;
pub use hint::hints_at_bribery;
pub use item::{Asked, Choice, ChoiceOption, Comment, Condition, Item, Number, Rates, Rating, Scale, ScaleLevel};
pub use localized::Localized;
pub use mask::{MARK, Masked, mask};
pub use parse::parse;
pub use problem::{Problem, Unsound};
pub use sheet::{Answer, AnswerSheet, Entered, FieldError, FieldProblem, Refusal, clean};
pub use tally::{FLAG_ALL_EQUAL, FLAG_ONE_ITEM, ItemTally, PairTally, Tally, flags};

#[cfg(test)]
mod properties;
