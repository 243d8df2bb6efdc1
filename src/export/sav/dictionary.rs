//! The dictionary of a system file: header, variables, labels, and what later versions of the format added.

use std::io::Write;

use anyhow::Context;

use super::super::book::Book;
use super::super::columns::{Column, Missing, Scale, Shape, WEIGHT};
use super::PIECE;

/// Bytes of a variable's label that every program reads.
const LONGEST_LABEL: usize = 252;
/// Bytes of a value's label that every program reads.
const LONGEST_VALUE_LABEL: usize = 120;
/// Bytes of a name at most.
const LONGEST_NAME: usize = 64;
/// Bytes of the file's label.
const FILE_LABEL: usize = 64;
/// Formats of cells: text, number, day as 2026/11/21.
const TEXT_FORMAT: i32 = 1;
const NUMBER_FORMAT: i32 = 5;
const DAY_FORMAT: i32 = 39;
/// Number of the code page UTF-8.
const UTF_8: i32 = 65_001;
/// The lowest number but one, from which ranges without a lower end begin.
const LOWEST: f64 = -1.797_693_134_862_315_5e308;

/// A variable: a column as this format has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Variable {
    /// Eight letters and digits that no other variable has.
    short: String,
    /// Its whole name.
    name: String,
    label: String,
    /// Bytes of its texts; 0 for numbers.
    width: usize,
    format: i32,
    scale: Scale,
    /// Number and meaning; a text that fits one piece has its own.
    values: Vec<(i32, String)>,
    missing: bool,
}

impl Variable {
    /// Eight-byte pieces of a value.
    pub(super) fn pieces(&self) -> usize {
        self.width.div_ceil(PIECE).max(1)
    }

    fn kind(&self) -> i32 {
        i32::try_from(self.width).unwrap_or(0)
    }

    /// Characters that a table shows of it.
    fn shown(&self) -> i32 {
        match self.width {
            0 if self.format == DAY_FORMAT => 10,
            0 => 8,
            width => i32::try_from(width.min(40)).unwrap_or(8),
        }
    }
}

/// The variables of a book.
pub(super) fn variables(book: &Book) -> Vec<Variable> {
    (1..).zip(&book.columns).map(|(number, column)| variable(number, column)).collect()
}

fn variable(number: usize, column: &Column) -> Variable {
    let (width, format) = match column.shape {
        // Longer texts would need the segments of very long strings; codes and names of editions are far shorter.
        Shape::Text(length) => (length.clamp(1, 255), TEXT_FORMAT),
        Shape::Day => (0, DAY_FORMAT),
        Shape::Number | Shape::Coded => (0, NUMBER_FORMAT),
    };
    let meant = column.values.iter().map(|value| (value.code, cut(&value.label, LONGEST_VALUE_LABEL)));
    let missing = column
        .missing
        .iter()
        .map(|missing| (missing.code(), missing.say().get(super::super::columns::LABELS).to_owned()));
    Variable {
        short: format!("V{number}"),
        name: cut_plain(&column.name, number),
        label: cut(&column.label, LONGEST_LABEL),
        width,
        format,
        scale: column.scale,
        values: missing.chain(meant).collect(),
        missing: !column.missing.is_empty(),
    }
}

/// A name that fits; a longer one is cut and gets its number, so that no two become one.
fn cut_plain(name: &str, number: usize) -> String {
    if name.len() <= LONGEST_NAME {
        return name.to_owned();
    }
    let mark = format!("_{number}");
    format!("{}{mark}", cut(name, LONGEST_NAME - mark.len()).trim_end_matches('…'))
}

/// A text of at most so many bytes, whole letters only; one that was cut ends with an ellipsis.
fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let mut end = most - '…'.len_utf8();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", text.get(..end).unwrap_or_default().trim_end())
}

/// The whole dictionary, from the first byte of the file to the last before the cases.
pub(super) fn write(book: &Book, variables: &[Variable]) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    header(&mut out, book, variables)?;
    for variable in variables {
        record(&mut out, variable)?;
    }
    let mut place = 1;
    for variable in variables {
        labels(&mut out, variable, place)?;
        place += i32::try_from(variable.pieces()).context("a text is too long")?;
    }
    extensions(&mut out, book, variables)?;
    ints(&mut out, &[999, 0])?;
    Ok(out)
}

fn ints(out: &mut Vec<u8>, numbers: &[i32]) -> anyhow::Result<()> {
    for number in numbers {
        out.write_all(&number.to_le_bytes())?;
    }
    Ok(())
}

/// A text in a field of fixed length.
fn padded(out: &mut Vec<u8>, text: &str, length: usize) {
    let bytes = text.as_bytes();
    out.extend(bytes.iter().copied().chain(std::iter::repeat(b' ')).take(length));
}

fn header(out: &mut Vec<u8>, book: &Book, variables: &[Variable]) -> anyhow::Result<()> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    padded(out, "$FL2", 4);
    padded(out, &format!("@(#) SPSS DATA FILE - thuocdo {}", env!("CARGO_PKG_VERSION")), 60);
    let pieces: usize = variables.iter().map(Variable::pieces).sum();
    let before = variables.iter().take_while(|variable| variable.name != WEIGHT).map(Variable::pieces).sum::<usize>();
    let weight = if before < pieces { before + 1 } else { 0 };
    let cases = i32::try_from(book.plan.rows).unwrap_or(-1);
    ints(out, &[2, i32::try_from(pieces)?, 1, i32::try_from(weight)?, cases])?;
    out.extend(f64::from(super::BIAS).to_le_bytes());
    let made = book.made;
    let month = MONTHS.get(usize::from(made.month()).saturating_sub(1)).copied().unwrap_or("Jan");
    padded(out, &format!("{:02} {month} {:02}", made.day_of_month(), made.year().rem_euclid(100)), 9);
    padded(out, "00:00:00", 8);
    padded(out, &cut(book.title(), FILE_LABEL), FILE_LABEL);
    out.extend([0; 3]);
    Ok(())
}

fn record(out: &mut Vec<u8>, variable: &Variable) -> anyhow::Result<()> {
    let width = if variable.width == 0 { variable.shown() } else { variable.kind() };
    let format = (variable.format << 16) | (width << 8);
    // A range: everything from the lowest missing value to the highest.
    let missing = if variable.missing { -2 } else { 0 };
    ints(out, &[2, variable.kind(), 1, missing, format, format])?;
    padded(out, &variable.short, 8);
    ints(out, &[i32::try_from(variable.label.len())?])?;
    padded(out, &variable.label, variable.label.len().next_multiple_of(4));
    if variable.missing {
        let codes = Missing::ALL.map(Missing::code);
        for end in [codes.iter().min(), codes.iter().max()] {
            out.extend(f64::from(end.copied().unwrap_or_default()).to_le_bytes());
        }
    }
    for _ in 1..variable.pieces() {
        ints(out, &[2, -1, 0, 0, 0, 0])?;
        padded(out, "", 8);
    }
    Ok(())
}

fn labels(out: &mut Vec<u8>, variable: &Variable, place: i32) -> anyhow::Result<()> {
    if variable.values.is_empty() {
        return Ok(());
    }
    ints(out, &[3, i32::try_from(variable.values.len())?])?;
    for (value, label) in &variable.values {
        out.extend(f64::from(*value).to_le_bytes());
        out.push(u8::try_from(label.len()).context("a label is too long")?);
        padded(out, label, (label.len() + 1).next_multiple_of(PIECE) - 1);
    }
    ints(out, &[4, 1, place])
}

fn extensions(out: &mut Vec<u8>, book: &Book, variables: &[Variable]) -> anyhow::Result<()> {
    // The machine: version of the program, IEEE numbers, lowest byte first, UTF-8.
    ints(out, &[7, 3, 4, 8, 0, 1, 0, -1, 1, 1, 2, UTF_8])?;
    ints(out, &[7, 4, 8, 3])?;
    for number in [-f64::MAX, f64::MAX, LOWEST] {
        out.extend(number.to_le_bytes());
    }
    ints(out, &[7, 11, 4, i32::try_from(variables.len() * 3)?])?;
    for variable in variables {
        let scale = match variable.scale {
            Scale::Nominal => 1,
            Scale::Ordinal => 2,
            Scale::Numeric => 3,
        };
        let alignment = i32::from(variable.width == 0);
        ints(out, &[scale, variable.shown(), alignment])?;
    }
    let names: Vec<String> = variables.iter().map(|one| format!("{}={}", one.short, one.name)).collect();
    let names = names.join("\t");
    ints(out, &[7, 13, 1, i32::try_from(names.len())?])?;
    out.extend(names.bytes());
    ints(out, &[7, 16, 8, 2])?;
    out.extend(1_i64.to_le_bytes());
    out.extend(i64::try_from(book.plan.rows)?.to_le_bytes());
    ints(out, &[7, 20, 1, 5])?;
    out.extend(b"UTF-8");
    Ok(())
}
