//! What people read: every word, number and date, in Vietnamese and English, from one place.
//!
//! A fixed text is a `Say`: `form::BUTTON_SEND.get(lang)`. A text with something to fill in is a function whose
//! parameters are what it needs: `form::err_summary(lang, 3)`; both languages are checked by the compiler, so nobody can
//! forget a value. Numbers and dates enter such functions as numbers and dates (`Shown`) and leave them in the
//! official shape of the language.
//!
//! The room knows no database, no index and no web. Whoever computes a verdict hands its numbers over as the plain
//! structs of `figure`.

#[macro_use]
mod say;

pub mod apology;
mod both;
pub mod cases;
pub mod challenge;
pub mod chart;
pub mod date;
pub mod decision;
pub mod figure;
pub mod figures;
pub mod form;
pub mod history;
pub mod import;
pub mod late;
pub mod mail;
pub mod measures;
pub mod methods;
pub mod number;
pub mod office;
pub mod open_data;
pub mod parts;
pub mod poster;
pub mod privacy;
pub mod publication;
pub mod record;
pub mod refusal;
pub mod registry;
pub mod reports;
pub mod search;
pub mod site;
pub mod ticket;
pub mod unit;
pub mod unit_list;

pub use both::Both;
pub use say::{Say, Sentence, Shown, capital, fill};
