//! Tables as a workbook. Numbers are numbers; words are words whatever they begin with, and never formulas.

use anyhow::Context;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet};

/// Rows of a sheet at most, its title, head and notes among them: what the format has room for.
const MOST_ROWS: usize = 1_000_000;
/// Letters of a cell at most: what the format has room for.
const MOST_LETTERS: usize = 32_767;
/// Letters of the name of a sheet at most.
const MOST_NAME: usize = 31;

/// A table of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name on the tab.
    pub name: String,
    /// What it holds, above the table.
    pub title: String,
    /// Columns.
    pub columns: Vec<SheetColumn>,
    /// Rows, with at most as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Lines below the table.
    pub notes: Vec<String>,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// Name.
    pub name: String,
    /// Width in letters.
    pub letters: u16,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is known or said.
    Empty,
    /// Words.
    Words(String),
    /// A whole number.
    Count(u64),
    /// A share from 0 to 1.
    Share(f64),
    /// Any number, with so many decimals, at most two.
    Number(f64, u8),
}

/// The workbook as the bytes of a file.
pub fn xlsx(sheets: &[Sheet]) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let formats = Formats::new();
    for (at, sheet) in sheets.iter().enumerate() {
        write(book.add_worksheet(), sheet, at, &formats).with_context(|| format!("while writing sheet {}", at + 1))?;
    }
    book.save_to_buffer().context("while writing a workbook")
}

struct Formats {
    title: Format,
    head: Format,
    words: Format,
    whole: Format,
    share: Format,
    decimals: [Format; 3],
    note: Format,
}

impl Formats {
    fn new() -> Self {
        let base = || Format::new().set_font_name("Times New Roman").set_font_size(12);
        let number = |shape: &str| base().set_num_format(shape);
        Self {
            title: base().set_bold(),
            head: base().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_background_color(0x00E6_E6E6),
            words: base(),
            whole: number("#,##0"),
            share: number("0.0%"),
            decimals: ["0", "0.0", "0.00"].map(number),
            note: base().set_italic(),
        }
    }
}

fn write(to: &mut Worksheet, sheet: &Sheet, at: usize, formats: &Formats) -> anyhow::Result<()> {
    anyhow::ensure!(sheet.rows.len() + sheet.notes.len() + 4 <= MOST_ROWS, "too many rows for a sheet");
    to.set_name(tab(&sheet.name, at))?;
    to.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(2, 2)?;
    to.write_string_with_format(0, 0, words(&sheet.title), &formats.title)?;
    for (column, SheetColumn { name, letters }) in (0..).zip(&sheet.columns) {
        to.set_column_width(column, f64::from(*letters))?;
        to.write_string_with_format(2, column, words(name), &formats.head)?;
    }
    to.set_freeze_panes(3, 1)?;
    let mut line = 3;
    for row in &sheet.rows {
        for (column, cell) in (0..).zip(row.iter().take(sheet.columns.len())) {
            put(to, (line, column), cell, formats)?;
        }
        line += 1;
    }
    for note in &sheet.notes {
        line += 1;
        to.write_string_with_format(line, 0, words(note), &formats.note)?;
    }
    Ok(())
}

fn put(to: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, formats: &Formats) -> anyhow::Result<()> {
    match cell {
        Cell::Words(text) => to.write_string_with_format(row, column, words(text), &formats.words)?,
        Cell::Count(n) => {
            #[expect(
                clippy::cast_precision_loss,
                reason = "workbooks hold numbers this way; counts lie far below 2^53"
            )]
            let number = *n as f64;
            to.write_number_with_format(row, column, number, &formats.whole)?
        }
        Cell::Share(share) if share.is_finite() => to.write_number_with_format(row, column, *share, &formats.share)?,
        Cell::Number(value, places) if value.is_finite() => {
            let [none, one, two] = &formats.decimals;
            let format = match places {
                0 => none,
                1 => one,
                _ => two,
            };
            to.write_number_with_format(row, column, *value, format)?
        }
        Cell::Empty | Cell::Share(_) | Cell::Number(..) => return Ok(()),
    };
    Ok(())
}

/// Words without what no XML file may hold, as far as a cell has room.
fn words(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    kept.take(MOST_LETTERS).collect()
}

/// A name that tabs may have; those of two sheets differ by their number where they would be alike.
fn tab(name: &str, at: usize) -> String {
    let kept: String = words(name).chars().map(|c| if "[]:*?/\\'".contains(c) { '-' } else { c }).collect();
    let short: String = kept.trim().chars().take(MOST_NAME).collect();
    if short.trim().is_empty() { (at + 1).to_string() } else { short }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn numbers_are_numbers_and_words_are_never_formulas() {
        let typed = ["=HYPERLINK(\"http://x\")", "+1", "-1", "@x", "\t=1", "{=1}", "http://x.vn"];
        let mut rows: Vec<Vec<Cell>> =
            typed.iter().map(|text| vec![Cell::Words((*text).to_owned()), Cell::Empty]).collect();
        rows.push(vec![Cell::Share(0.916), Cell::Count(1_234)]);
        rows.push(vec![Cell::Number(18.4, 1), Cell::Share(f64::NAN)]);
        let column = |name: &str| SheetColumn { name: name.to_owned(), letters: 20 };
        let sheet = Sheet {
            name: "Bảng 1: [đơn vị]/*".to_owned(),
            title: "=1+1".to_owned(),
            columns: vec![column("Đơn vị"), column("Số phiếu")],
            rows,
            notes: vec!["=cmd".to_owned()],
        };
        let bytes = xlsx(&[sheet]).unwrap();
        let (sheet, strings) = (part(&bytes, "xl/worksheets/sheet1.xml"), part(&bytes, "xl/sharedStrings.xml"));
        assert!(!sheet.contains("<f>") && !sheet.contains("hyperlink"), "{sheet}");
        assert!(sheet.contains("<v>0.916</v>") && sheet.contains("<v>1234</v>") && sheet.contains("<v>18.4</v>"));
        assert!(strings.contains("=HYPERLINK(") && strings.contains("=1+1") && strings.contains("=cmd"), "{strings}");
        assert!(part(&bytes, "xl/styles.xml").contains("0.0%") && !sheet.contains("NaN"));
        assert!(part(&bytes, "xl/workbook.xml").contains("name=\"Bảng 1- -đơn vị---\""));
    }
}
