//! Official reports of any unit by the administrative calendar: a Word file in the format of Decree 30/2020/NĐ-CP and a
//! workbook, made of the figures that pages show. See docs/adr/0020-reports.md.

mod annexes;
pub mod calendar;
mod charts;
mod facts;
mod grid;
mod issuer;
mod paragraphs;
mod quarterly;
pub mod reminders;
mod tables;
mod targets;
mod workbook;

pub use calendar::{Calendar, Due, Level};
pub use facts::{Asked, Facts, NoReport, Noticed, facts};
pub use paragraphs::preview;
pub use quarterly::document;
pub use workbook::sheets;

use crate::documents::{self, docx, xlsx};

/// The report as a Word file.
pub fn word(facts: &Facts) -> anyhow::Result<Vec<u8>> {
    docx(&document(facts)?)
}

/// The report as a workbook.
pub fn workbook(facts: &Facts) -> anyhow::Result<Vec<u8>> {
    xlsx(&sheets(facts))
}

/// The name of a file, without its ending: letters, digits and hyphens alone.
pub fn file_name(facts: &Facts) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c } else { '-' };
    let code: String = facts.figures.unit.code.chars().map(plain).collect();
    format!("bao-cao-{code}-{}-{}", facts.kind.word(), facts.year)
}

/// The media types of both files.
pub const TYPES: (&str, &str) = (documents::MEDIA_TYPE, documents::WORKBOOK_TYPE);
