//! What everybody may take away: data sets with their code books, their tables, the catalogue of them.
//!
//! The list is made from the held snapshot alone. A data set is a [`DataSet`]; one more of them is one more entry in
//! [`data_sets`], and, where its rows are ours to write, one more arm of [`table()`].

mod catalogue;
mod code_book;
mod licence;
mod published;
mod registry;
mod series;
mod sets;
mod table;

pub use catalogue::{Publisher, catalogue};
pub use licence::Licence;
pub use published::PublishedSet;
pub use series::series_table;
pub use sets::{PROCEDURES, data_sets, table};
pub use table::{Column, DataTable, Datum, Holds};

use crate::registry::Snapshot;
use crate::store::procedures::Procedure;
use crate::text::Both;
use crate::words::Day;

/// What data sets are made from.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'a> {
    /// The registry.
    pub snapshot: &'a Snapshot,
    /// The procedures; read for their own table only, empty otherwise.
    pub procedures: &'a [Procedure],
    /// Publications that are public, each with its latest version.
    pub published: &'a [PublishedSet],
    /// Whether current figures are public.
    pub live: bool,
    /// Whether there is a signed record.
    pub has_record: bool,
    /// The day.
    pub today: Day,
    /// Address people type, without a slash at the end.
    pub base: &'a str,
}

/// A data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataSet {
    /// The last part of its address.
    pub id: String,
    /// Title.
    pub title: Both,
    /// What it holds.
    pub description: Both,
    /// The code book of its files.
    pub columns: Vec<Column>,
    /// Its files; never none.
    pub files: Vec<DataFile>,
    /// Whom it speaks of, where that is not the whole of the province.
    pub place: Option<String>,
    /// First and last day it speaks of, as far as they are known.
    pub span: (Option<Day>, Option<Day>),
    /// Day it was first given, where it is known.
    pub issued: Option<Day>,
    /// Last day of a change, where it is known.
    pub modified: Option<Day>,
    /// Path of the method it follows.
    pub conforms_to: Option<String>,
    /// Path of a page on the same matter.
    pub page: Option<String>,
    /// Whether what it holds is made up, as in a demonstration.
    pub is_simulated: bool,
}

/// A file of a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Its path.
    pub path: String,
    /// Its format.
    pub media: Media,
    /// What it is.
    pub title: Both,
    /// The same in a word or two, beside the title of its data set.
    pub label: Both,
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// CSV in UTF-8 with a byte-order mark.
    Csv,
    /// JSON.
    Json,
    /// Plain text.
    Text,
    /// A workbook.
    Workbook,
    /// A ZIP file.
    Zip,
}

impl Media {
    /// The registered media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Json => "application/json",
            Self::Text => "text/plain",
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Text => "TXT",
            Self::Workbook => "XLSX",
            Self::Zip => "ZIP",
        }
    }
}
