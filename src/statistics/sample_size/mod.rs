//! How many people to ask, and what a number of answers can show.
//!
//! For a margin of error, for demonstrating a target, and for telling two shares or two waves apart. Numbers for simple
//! random samples are multiplied by the design effect of the sample that will be drawn.

use super::special::normal_quantile;

mod demonstrate;
mod detect;
mod margin;

pub use demonstrate::{Demonstration, DemonstrationSize, MOST_ANSWERS, Rule};
pub use detect::{
    answers_for_two_proportions, change_standard_error, minimum_detectable_change, not_inferior,
    power_of_two_proportions,
};
pub use margin::{GuidanceSize, MarginPlan, SampleSize, cluster_design_effect, guidance_size};

/// The chance of showing what is so, strictly between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Power(f64);

impl Power {
    /// The usual power.
    pub const P80: Self = Self(0.80);

    /// A chance strictly between 0 and 1; `None` otherwise.
    pub fn new(chance: f64) -> Option<Self> {
        (chance > 0.0 && chance < 1.0).then_some(Self(chance))
    }

    /// The chance.
    pub fn chance(self) -> f64 {
        self.0
    }

    fn z(self) -> f64 {
        normal_quantile(self.0)
    }
}

/// Why a plan has no number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlanError {
    /// The share expected, or the target, is 0 or 1, where answers do not vary.
    ShareAtEnd,
    /// The margin is not strictly between 0 and 1.
    Margin(f64),
    /// The design effect is not above 0.
    DesignEffect(f64),
    /// The response rate is not above 0 and at most 1.
    ResponseRate(f64),
    /// The population has no members.
    NoMembers,
    /// No answers are planned.
    NoAnswers,
    /// The share expected does not exceed the target, or the two shares are the same: no number of answers shows more.
    NoDifference,
    /// More answers than can be planned for.
    TooMany,
}

impl std::fmt::Display for PlanError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ShareAtEnd => {
                write!(f, "the share is 0 or 1: plan with one in between, such as 0.5 or that of the last wave")
            }
            Self::Margin(margin) => write!(f, "the margin {margin} is not between 0 and 1: give 0.03 for 3 points"),
            Self::DesignEffect(effect) => {
                write!(f, "the design effect {effect} is not above 0: give 1 for a simple sample")
            }
            Self::ResponseRate(rate) => {
                write!(f, "the response rate {rate} is not above 0 and at most 1: give 0.7 for 70 %")
            }
            Self::NoMembers => {
                write!(f, "the population has no members: give their number, or none for an endless one")
            }
            Self::NoAnswers => write!(f, "no answers: give their number"),
            Self::NoDifference => {
                write!(f, "there is no difference to show: the shares must differ, the one expected above the target")
            }
            Self::TooMany => write!(f, "more answers than can be planned for: choose a larger margin or difference"),
        }
    }
}

impl std::error::Error for PlanError {}

/// The next whole number, unless rounding alone put a number above one.
fn whole_answers(exact: f64) -> Result<u64, PlanError> {
    if exact.is_nan() || exact > MOST_PLANNED {
        return Err(PlanError::TooMany);
    }
    Ok(rounded_up((exact - 1e-9).max(1.0)))
}

/// The most answers and invitations of a plan: those of every person alive, a hundred times.
const MOST_PLANNED: f64 = 1e12;

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to MOST_PLANNED")]
fn rounded_up(number: f64) -> u64 {
    number.ceil() as u64
}
