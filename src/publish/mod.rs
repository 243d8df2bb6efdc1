//! What readers get: figures, charts, QR codes, and the writers of tables and files.

pub mod alerts;
pub mod charts;
pub mod cleaned;
pub mod differences;
pub mod figures;
pub mod open_data;
pub mod other_measures;
pub mod published;
pub mod qr;
pub mod report;
pub mod signals;
pub mod tallies;
pub mod verdicts;
pub mod visible;

pub use figures::{Figures, UnitFigures};
pub use other_measures::{OtherMeasure, other_measures};
