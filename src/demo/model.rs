//! The stated model: what a user of a unit says, who answers, and how content people are asked.
//!
//! For a user of a unit and criterion `c`: `η = unit + a_c + field + late + wait + channel + b`, `b ~ N(0; 2.4²)`, and
//! `P(level ≤ k) = logistic(κ_k − η)`. Levels 4 and 5 are "satisfied", so their probability is `logistic(η)`. The
//! response ratios are assumptions: no Vietnamese figures are published.

use super::dossiers::Punctuality;
use super::draws::{Draws, whole};
use super::province::{DecidingUnit, Steering};
use crate::words::Day;

/// The rated criteria in the order of the questionnaire.
pub const CRITERIA: [&str; 5] = ["reception", "waiting", "attitude", "time", "quality"];
/// Where the criteria stand in an answer.
pub(crate) const WAITING: usize = 1;
pub(crate) const ATTITUDE: usize = 2;
pub(crate) const TIME: usize = 3;
pub(crate) const QUALITY: usize = 4;

const THRESHOLDS: [f64; 4] = [-3.9, -2.4, 0.0, 4.4];
const CRITERION_EFFECT: [f64; 5] = [0.25, -0.40, 0.35, -0.25, 0.05];
const SPREAD_OF_USERS: f64 = 2.4;
const WAIT_SHAPE: f64 = 1.6;
/// Share of dossiers whose applicant is invited to level B.
pub(crate) const INVITED: f64 = 0.35;
/// Share of answers at counters that come before the result: time and quality do not apply.
const BEFORE_RESULT_AT_COUNTER: f64 = 0.55;
const NOT_APPLICABLE_BY_TICKET: f64 = 0.02;
const BLANK: f64 = 0.015;
const MINUTES_REPORTED: f64 = 0.55;
const MINUTES_ROUNDED: f64 = 0.60;

/// How one criterion was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rated {
    /// Left out.
    Blank,
    /// "Tôi chưa nhận kết quả" or "Không áp dụng".
    NotApplicable,
    /// 1 (very dissatisfied) to 5 (very satisfied).
    Level(u8),
}

impl Rated {
    /// Whether the level is at most `k`.
    pub(crate) fn at_most(self, k: u8) -> bool {
        matches!(self, Self::Level(level) if level <= k)
    }
}

/// The way an answer may come, as far as the model tells ways apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// One-time ticket.
    Ticket,
    /// Kiosk.
    Kiosk,
    /// Printed QR of a counter.
    CounterQr,
}

/// A user: the person's own leaning, the wait, and whether the result was late.
#[derive(Debug, Clone, Copy)]
pub(crate) struct User {
    /// `b`, on the scale of η.
    pub(crate) leaning: f64,
    /// Minutes waited.
    pub(crate) minutes: f64,
    /// Whether the result was late.
    pub(crate) punctuality: Punctuality,
}

impl User {
    /// A user of a unit on a day.
    pub(crate) fn draw(unit: &DecidingUnit, day: Day, punctuality: Punctuality, draws: &mut Draws) -> Self {
        let wait = super::situations::wait_of(unit, day);
        Self { leaning: SPREAD_OF_USERS * draws.normal(), minutes: draws.gamma(WAIT_SHAPE, wait), punctuality }
    }

    /// η of the five criteria.
    fn propensities(&self, unit: &DecidingUnit, way: Way) -> [f64; 5] {
        let excess = (self.minutes - 15.0).clamp(0.0, 60.0);
        let shift = unit.effect + self.leaning + courtesy(unit, way);
        let mut eta = CRITERION_EFFECT.map(|criterion| criterion + shift);
        eta[TIME] += unit.field_effect;
        eta[QUALITY] += 0.6 * unit.field_effect;
        eta[WAITING] -= 0.06 * excess;
        eta[ATTITUDE] -= 0.015 * excess;
        if self.punctuality == Punctuality::Late {
            eta[TIME] -= 3.0;
            eta[QUALITY] -= 1.2;
            eta[ATTITUDE] -= 0.5;
        }
        eta
    }

    /// The levels the user would give on a way of answering.
    pub(crate) fn levels(&self, unit: &DecidingUnit, way: Way, draws: &mut Draws) -> [u8; 5] {
        self.propensities(unit, way).map(|eta| {
            let u = draws.uniform();
            THRESHOLDS.iter().fold(1, |level, threshold| level + u8::from(u > logistic(threshold - eta)))
        })
    }

    /// Whether the user answers when the way is offered.
    pub(crate) fn answers(&self, unit: &DecidingUnit, way: Way, draws: &mut Draws) -> bool {
        let b = self.leaning;
        draws.chance(logistic(match (way, unit.steering) {
            (Way::Ticket, _) => -2.35 - 0.08 * b,
            (Way::Kiosk, _) => -2.2 + 0.05 * b,
            (Way::CounterQr, Steering::Honest) => -3.1 + 0.08 * b + 0.12 * b.abs(),
            (Way::CounterQr, Steering::Steered) => -0.7 + 0.6 * b,
        }))
    }

    /// The minutes as the user reports them, if at all: many round to five.
    pub(crate) fn reported_minutes(&self, draws: &mut Draws) -> Option<u16> {
        if !draws.chance(MINUTES_REPORTED) {
            return None;
        }
        let minutes = if draws.chance(MINUTES_ROUNDED) { 5.0 * (self.minutes / 5.0).round() } else { self.minutes };
        u16::try_from(whole(minutes)).ok()
    }
}

/// `s`: kindness where somebody may look on, and the choice of whom to ask.
fn courtesy(unit: &DecidingUnit, way: Way) -> f64 {
    match (way, unit.steering) {
        (Way::Ticket, _) => 0.0,
        (Way::Kiosk, _) => 0.35,
        (Way::CounterQr, Steering::Honest) => 0.2,
        (Way::CounterQr, Steering::Steered) => 0.9,
    }
}

/// What stands on the sheet: levels with what is left out or does not apply. Reception stays, so that no sheet is empty.
pub(crate) fn sheet(levels: [u8; 5], way: Way, draws: &mut Draws) -> [Rated; 5] {
    let mut sheet = levels.map(Rated::Level);
    let missing = if way == Way::Ticket { NOT_APPLICABLE_BY_TICKET } else { BEFORE_RESULT_AT_COUNTER };
    if draws.chance(missing) {
        sheet[TIME] = Rated::NotApplicable;
        sheet[QUALITY] = Rated::NotApplicable;
    }
    for rated in &mut sheet {
        if draws.chance(BLANK) {
            *rated = Rated::Blank;
        }
    }
    if !sheet.iter().any(|rated| matches!(rated, Rated::Level(_))) {
        sheet[0] = Rated::Level(levels[0]);
    }
    sheet
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
