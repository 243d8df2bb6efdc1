//! Documents as offices write them, in the format of Decree 30/2020/NĐ-CP, for a word processor: A4, Times New Roman, the
//! heading of agency and state, a title, paragraphs, tables, a signature. They are drafts: number, day and signature come in
//! the office's own system of documents.

mod docx;

pub use docx::docx;

/// The media type of a Word document.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Agency and state.
    pub heading: Heading,
    /// What follows, in order.
    pub blocks: Vec<Block>,
}

/// The heading: the agency to the left, the state to the right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The agency above the issuing one; none for one without.
    pub above: Option<String>,
    /// The issuing agency, in capitals.
    pub agency: String,
    /// Number and sign.
    pub number: String,
    /// The name of the state, in capitals.
    pub state: String,
    /// Its motto.
    pub motto: String,
    /// Place and day.
    pub place_and_day: String,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Lines of the title, bold and centred.
    Title(Vec<String>),
    /// A centred line.
    Centred(Vec<Span>),
    /// The heading of a section.
    Section(String),
    /// A paragraph, even on both sides, its first line set in.
    Paragraph(Vec<Span>),
    /// A table.
    Table(Table),
    /// Recipients to the left, the signer to the right.
    Signature {
        /// Who gets a copy, the first line being the words before them.
        recipients: Vec<String>,
        /// Title of the signer, in lines.
        signer: Vec<String>,
        /// What the signer does there.
        how: String,
    },
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Words.
    pub text: String,
    /// How they are written.
    pub style: Style,
}

/// How words are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Upright.
    Plain,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
}

impl Span {
    /// Upright words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::Plain }
    }

    /// Bold words.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::Bold }
    }
}

/// A table with ruled lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it holds, above it.
    pub caption: String,
    /// Columns: names, parts of the width, and whether they hold numbers, which stand to the right.
    pub columns: Vec<Column>,
    /// Rows, with as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Name.
    pub name: String,
    /// Part of the width, against those of the others.
    pub part: u16,
    /// Whether it holds numbers.
    pub is_number: bool,
}
