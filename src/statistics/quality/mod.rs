//! Signals about the quality of answers: they mark, and never delete.
//!
//! How well items agree (reliability), how much was left unanswered, who answered every question alike, which answers
//! resemble each other more than chance allows, who was fast, what goes with the interviewer. Every result is a reason
//! to look; what becomes of an answer is decided by people, and estimates are to be shown with and without it.
//!
//! Answers come as [`Items`]: one column of `Option<f64>` for each item, one place in it for each respondent.

mod alike;
mod bursts;
mod draws;
mod error;
mod interviewers;
mod items;
mod matches;
mod matrix;
mod numbers;
mod omega;
mod packed;
mod reliability;
mod response;
mod straight;

pub use alike::{AlikePair, AlikeTest, InterviewerAlike, NearDuplicates, PairTally, near_duplicates};
pub use bursts::{Burst, Bursts, bursts};
pub use error::QualityError;
pub use interviewers::{InterviewerEffect, interviewer_effect};
pub use items::Items;
pub use matches::{PercentMatch, exact_duplicates, percent_match};
pub use numbers::{LastDigits, last_digits, log_time_scores};
pub use omega::{Omega, omega};
pub use packed::MAX_PAIRS;
pub use reliability::{Basis, ItemReliability, Reliability, feldt_interval, reliability};
pub use response::{ItemResponse, NON_RESPONSE_WARNING};
pub use straight::{StraightLine, straight_lines};

pub(crate) use draws::Draws;
pub(crate) use items::size;
pub(crate) use matrix::{Definite, covariance, eigen, unit_diagonal};
