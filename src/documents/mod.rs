//! Documents as offices write them, in the format of Decree 30/2020/NĐ-CP, for a word processor: A4, Times New Roman, the
//! heading of agency and state, a title, paragraphs, tables, pictures, a signature. They are drafts: number, day and signature
//! come in the office's own system of documents.

mod docx;
mod drawn;
mod sheets;

pub use docx::docx;
pub use drawn::{Picture, drawn};
pub use sheets::{Cell, Sheet, SheetColumn, xlsx};

/// The media type of a Word document.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// The media type of a workbook.
pub const WORKBOOK_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Agency and state.
    pub heading: Heading,
    /// Size of the letters; the decree gives 13 to 14 points.
    pub letters: Letters,
    /// What follows, in order.
    pub blocks: Vec<Block>,
}

/// Size of the letters of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// 14 points.
    Usual,
    /// 13 points, and smaller tables, for a paper that has to be short.
    Small,
}

/// The heading: the agency to the left, the state to the right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The agency above the issuing one, in lines; none for one without.
    pub above: Option<String>,
    /// The issuing agency, in capitals, in lines.
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
    /// The short line below a title.
    Rule,
    /// A centred line.
    Centred(Vec<Span>),
    /// The heading of a section.
    Section(String),
    /// A paragraph, even on both sides, its first line set in.
    Paragraph(Vec<Span>),
    /// A table.
    Table(Table),
    /// A drawing with its name below it; the paper stays with both.
    Picture(Picture, String),
    /// Small words, such as the source below a table.
    Note(String),
    /// From here on a new page lies across, for wide tables; once in a document.
    Across,
    /// A new page.
    Page,
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

    /// Italic words.
    pub fn italic(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::Italic }
    }
}

/// A table with ruled lines. Its head stands on every page, and no row is cut by the end of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it holds, above it; empty = nothing.
    pub caption: String,
    /// Columns: names, parts of the width, and whether they hold numbers, which stand to the right.
    pub columns: Vec<Column>,
    /// Rows, with as many cells as there are columns; a row of one cell goes across all of them.
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
