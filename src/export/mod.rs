//! Answers as a file: who may learn what of a row, the order in which rows stand, and the writers of four formats.
//!
//! A row is a sealed answer that counts in a block of the figures, so a file has as many rows as the pages say there are
//! answers. What a row holds, and why its place tells nothing, stands in docs/INTEGRITY.md.

mod book;
mod columns;
mod csv;
mod divided;
mod jobs;
mod json;
mod plan;
mod rows;
mod run;
mod sav;
#[cfg(test)]
mod tests;
mod writer;
mod xlsx;

pub use self::book::Book;
pub use self::columns::{Cell, Column, Missing, Scale, Shape};
pub use self::jobs::{Busy, Folder, Handed, Jobs, State, Status};
pub use self::plan::{Asked, Meant, Plan, choose, editions_of, period_of};
pub use self::rows::{Row, Rows};
pub use self::run::{Order, Progress, export, file_name};
pub use self::writer::{Format, Writer};
