//! The demonstration province "tỉnh Minh Họa": invented units, and answers drawn from a stated model.
//!
//! The province is fictional, and nothing here may be taken for a measurement: "minh họa" means illustration, its codes
//! (`MH`, `H98`, `98xxx`) are not assigned, and no unit bears the name of a real one. The units, points, procedures and
//! targets are files in `surveys/demonstration/`, imported like those of any province. The answers and the dossiers
//! behind them are made here, for any day asked for:
//!
//! * every returned dossier is one user, with an own leaning, a wait and a result in time or late ([`model`]);
//! * a user may answer by ticket (level B), at the kiosk (C) and by the counter's QR (D); each way attracts other
//!   people, and staff of some units choose whom to ask;
//! * planted situations bend this where a page should have something to show ([`situations`]).
//!
//! Everything is a function of the day: a day's answers are the same on every run and whatever range they are asked in.
//! Level A comes from waves and is not made here. Two simplifications: the visit and the result fall on one day, and
//! lunar holidays are left to the month's factor.

mod answers;
mod cases;
mod comments;
mod counters;
mod dossiers;
mod draws;
pub mod filling;
mod history;
mod late;
pub mod model;
mod procedures;
mod province;
mod publishing;
pub mod situations;
mod volumes;

pub use answers::{SimulatedAnswer, answers_with_circumstances};
pub use model::{CRITERIA, Rated};
pub use situations::{Circumstance, disputes_of};
pub use volumes::{SimulatedVolume, volumes_of};

use crate::words::Day;

/// The answers of a day, levels B, C and D. Equal on every run.
pub fn answers_of(day: Day) -> Vec<SimulatedAnswer> {
    answers_with_circumstances(day).into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests;
