//! Comma-separated values: one line of names, one line a row, for spreadsheets and for programs.

use std::io::Write;

use anyhow::Context;

use super::book::Book;
use super::columns::{Cell, Missing};
use super::rows::Row;

/// Spreadsheets take a file without this mark for another encoding.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file that is being written.
pub struct File<'a, W: Write> {
    book: &'a Book,
    out: ::csv::Writer<W>,
    line: ::csv::ByteRecord,
}

impl<'a, W: Write> File<'a, W> {
    pub(super) fn begin(book: &'a Book, mut out: W) -> anyhow::Result<Self> {
        out.write_all(BYTE_ORDER_MARK.as_bytes()).context("while beginning the file")?;
        let mut out = ::csv::Writer::from_writer(out);
        out.write_record(book.columns.iter().map(|column| column.name.as_str()))?;
        Ok(Self { book, out, line: ::csv::ByteRecord::new() })
    }

    pub(super) fn row(&mut self, row: &Row) -> anyhow::Result<()> {
        self.line.clear();
        for column in &self.book.columns {
            match column.cell(row, &self.book.plan, &self.book.edition) {
                Cell::Text(text) | Cell::Coded(_, text) => self.line.push_field(guarded(text).as_bytes()),
                Cell::Day(day) => self.line.push_field(day.iso().as_bytes()),
                Cell::Number(number) => {
                    let mut digits = [0; 12];
                    self.line.push_field(written(number, &mut digits));
                }
                // Of the surroundings nothing else can be empty, so that no word is needed.
                Cell::Missing(Missing::NotDivided) if !column.is_answer() => self.line.push_field(b""),
                Cell::Missing(missing) => self.line.push_field(missing.word().as_bytes()),
            }
        }
        Ok(self.out.write_byte_record(&self.line)?)
    }

    pub(super) fn end(self) -> anyhow::Result<W> {
        let mut out = self.out.into_inner().map_err(::csv::IntoInnerError::into_error)?;
        out.flush()?;
        Ok(out)
    }
}

/// The digits of a number, without making a text of it.
fn written(number: i32, into: &mut [u8; 12]) -> &[u8] {
    use std::io::Cursor;
    let mut cursor = Cursor::new(&mut into[..]);
    let length = write!(cursor, "{number}").map_or(0, |()| usize::try_from(cursor.position()).unwrap_or(0));
    into.get(..length).unwrap_or_default()
}

/// A cell that a spreadsheet would read as a formula gets an apostrophe in front.
fn guarded(cell: &str) -> std::borrow::Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}
