//! The formats, and one way to write all of them.

use std::io::Write;
use std::path::Path;

use super::book::Book;
use super::rows::Row;
use super::{csv, json, sav, xlsx};

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A workbook with a code book.
    Xlsx,
    /// Comma-separated values.
    Csv,
    /// A system file of SPSS.
    Sav,
    /// One object.
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Xlsx, Self::Csv, Self::Sav, Self::Json];

    /// The word in addresses and commands, and the end of a file's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Sav => "sav",
            Self::Json => "json",
        }
    }

    /// The format of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// What a browser is told.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Sav => "application/x-spss-sav",
            Self::Json => "application/json",
        }
    }
}

/// A file that is being written, row by row.
pub enum Writer<'a, W: Write + Send> {
    /// A workbook.
    Xlsx(Box<xlsx::File<'a, W>>),
    /// Comma-separated values.
    Csv(Box<csv::File<'a, W>>),
    /// A system file of SPSS.
    Sav(sav::File<'a, W>),
    /// One object.
    Json(json::File<'a, W>),
}

impl<W: Write + Send> std::fmt::Debug for Writer<'_, W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer")
    }
}

impl<'a, W: Write + Send> Writer<'a, W> {
    /// Begins a file. `folder` takes what a workbook lays aside while it is written.
    pub fn begin(format: Format, book: &'a Book, out: W, folder: &Path) -> anyhow::Result<Self> {
        Ok(match format {
            Format::Xlsx => Self::Xlsx(Box::new(xlsx::File::begin(book, out, folder)?)),
            Format::Csv => Self::Csv(Box::new(csv::File::begin(book, out)?)),
            Format::Sav => Self::Sav(sav::File::begin(book, out)?),
            Format::Json => Self::Json(json::File::begin(book, out)?),
        })
    }

    /// Writes one more row.
    pub fn row(&mut self, row: &Row) -> anyhow::Result<()> {
        match self {
            Self::Xlsx(file) => file.row(row),
            Self::Csv(file) => file.row(row),
            Self::Sav(file) => file.row(row),
            Self::Json(file) => file.row(row),
        }
    }

    /// Ends the file.
    pub fn end(self) -> anyhow::Result<W> {
        match self {
            Self::Xlsx(file) => file.end(),
            Self::Csv(file) => file.end(),
            Self::Sav(file) => file.end(),
            Self::Json(file) => file.end(),
        }
    }
}
