//! A workbook: the rows, the code book, the notes. Rows go to disk as they are written; texts are never formulas.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::book::Book;
use super::columns::{Cell, Column, LABELS, Missing, Scale, Shape};
use super::rows::Row;
use crate::text::office::exports::book as words;

/// Rows of a sheet at most, below the limit of the format; what goes on goes on in the next sheet.
const MOST_ROWS: u32 = 1_000_000;
/// Days from the first of the format to 1970-01-01.
const FIRST_DAY: i32 = 25_569;

/// A file that is being written.
pub struct File<'a, W: Write + Send> {
    book: &'a Book,
    out: W,
    workbook: Workbook,
    head: Format,
    day: Format,
    /// Place of the sheet that is being written, and its next row.
    sheet: usize,
    next: u32,
}

impl<'a, W: Write + Send> File<'a, W> {
    pub(super) fn begin(book: &'a Book, out: W, folder: &Path) -> anyhow::Result<Self> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).context("while preparing a folder for the workbook")?;
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let mut file = Self { book, out, workbook, head: Format::new().set_bold(), day, sheet: 0, next: 0 };
        file.data_sheet()?;
        Ok(file)
    }

    /// Begins a sheet of rows.
    fn data_sheet(&mut self) -> anyhow::Result<()> {
        let name = words::DATA.get(LABELS);
        let name = if self.sheet == 0 { name.to_owned() } else { format!("{name} {}", self.sheet + 1) };
        let sheet = self.workbook.add_worksheet_with_constant_memory().context("while beginning a sheet")?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, column) in (0_u16..).zip(&self.book.columns) {
            if column.shape == Shape::Day {
                sheet.set_column_width(at, 11)?;
            }
            sheet.write_string_with_format(0, at, column.name.as_str(), &self.head)?;
        }
        self.next = 1;
        Ok(())
    }

    pub(super) fn row(&mut self, row: &Row) -> anyhow::Result<()> {
        if self.next > MOST_ROWS {
            self.sheet += 1;
            self.data_sheet()?;
        }
        let sheet = self.workbook.worksheet_from_index(self.sheet)?;
        for (at, column) in (0_u16..).zip(&self.book.columns) {
            match column.cell(row, &self.book.plan, &self.book.edition) {
                Cell::Text(text) | Cell::Coded(_, text) => sheet.write_string(self.next, at, text)?,
                Cell::Day(day) => sheet.write_number_with_format(self.next, at, day.0 + FIRST_DAY, &self.day)?,
                Cell::Number(number) => sheet.write_number(self.next, at, number)?,
                Cell::Missing(Missing::Blank) => continue,
                Cell::Missing(Missing::NotDivided) if !column.is_answer() => continue,
                Cell::Missing(missing) => sheet.write_string(self.next, at, missing.word())?,
            };
        }
        self.next += 1;
        Ok(())
    }

    pub(super) fn end(mut self) -> anyhow::Result<W> {
        self.codes()?;
        self.notes()?;
        self.workbook.save_to_writer(&mut self.out).context("while putting the workbook together")?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// The code book: every column with what its values mean.
    fn codes(&mut self) -> anyhow::Result<()> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(words::CODES.get(LABELS))?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, width) in (0_u16..).zip([18, 70, 12, 18, 16, 44, 12]) {
            sheet.set_column_width(at, width)?;
        }
        let head = [words::NAME, words::LABEL, words::SCALE, words::VALUE, words::CODE, words::MEANING, words::MISSING];
        for (at, say) in (0_u16..).zip(head) {
            sheet.write_string_with_format(0, at, say.get(LABELS), &self.head)?;
        }
        let mut next = 1;
        for column in &self.book.columns {
            sheet.write_string(next, 0, column.name.as_str())?;
            sheet.write_string(next, 1, column.label.as_str())?;
            sheet.write_string(next, 2, scale(column.scale))?;
            let is_plain = column.values.is_empty() && column.missing.is_empty();
            for value in &column.values {
                value_line(sheet, next, column, (&value.word, value.code), &value.label)?;
                next += 1;
            }
            for missing in &column.missing {
                let is_empty = missing.word().is_empty() || !column.is_answer();
                let word = if is_empty { words::EMPTY.get(LABELS) } else { missing.word() };
                value_line(sheet, next, column, (word, missing.code()), missing.say().get(LABELS))?;
                sheet.write_string(next, 6, words::YES.get(LABELS))?;
                next += 1;
            }
            next += u32::from(is_plain);
        }
        for unit in &self.book.plan.units {
            sheet.write_string(next, 0, "don_vi")?;
            sheet.write_string(next, 3, unit.code.as_str())?;
            sheet.write_string(next, 5, unit.name.as_str())?;
            next += 1;
        }
        Ok(())
    }

    fn notes(&mut self) -> anyhow::Result<()> {
        let wrapped = Format::new().set_text_wrap();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(words::NOTES.get(LABELS))?;
        sheet.set_column_width(0, 18)?;
        sheet.set_column_width(1, 100)?;
        for (at, (name, text)) in (0_u32..).zip(&self.book.notes) {
            sheet.write_string_with_format(at, 0, name.as_str(), &self.head)?;
            sheet.write_string_with_format(at, 1, text.as_str(), &wrapped)?;
        }
        Ok(())
    }
}

fn scale(scale: Scale) -> &'static str {
    match scale {
        Scale::Nominal => words::NOMINAL.get(LABELS),
        Scale::Ordinal => words::ORDINAL.get(LABELS),
        Scale::Numeric => words::NUMERIC.get(LABELS),
    }
}

/// A value with its meaning: as a number where the sheet holds numbers.
fn value_line(
    sheet: &mut Worksheet,
    row: u32,
    column: &Column,
    (word, code): (&str, i32),
    label: &str,
) -> anyhow::Result<()> {
    match column.shape {
        Shape::Number if code >= 0 => sheet.write_number(row, 3, code)?,
        _ => sheet.write_string(row, 3, word)?,
    };
    sheet.write_number(row, 4, code)?;
    sheet.write_string(row, 5, label)?;
    Ok(())
}
