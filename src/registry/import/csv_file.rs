//! A CSV file as offices send it: comma or semicolon, with or without byte-order mark, values trimmed and in NFC.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{Problems, Refused};
use crate::record::sha256;
use crate::text::Both;
use crate::text::import::{digits, file as say};

/// A larger file is refused before it is read.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// More lines are refused.
const MOST_LINES: u64 = 2_000_000;
/// Columns of a header that are looked at.
const MOST_COLUMNS: usize = 500;

/// A file before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Its name, as the person knows it.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What happens to columns the format does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherColumns {
    /// They are faults.
    Refused,
    /// They are kept: their names are data, such as the codes of criteria.
    Kept,
}

/// The columns of a format.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// These have to be there.
    pub required: &'static [&'static str],
    /// These may be there.
    pub optional: &'static [&'static str],
    /// All others.
    pub others: OtherColumns,
}

/// A file whose every line has as many values as the header.
#[derive(Debug, Clone)]
pub struct CsvFile {
    name: String,
    hash: [u8; 32],
    columns: Vec<String>,
    /// All values one after another: half a million lines must not become millions of allocations.
    text: String,
    /// Where each value ends.
    ends: Vec<usize>,
    /// Physical line of every row.
    lines: Vec<u64>,
    /// Lines that are not rows of this header.
    faults: Problems,
}

/// One row of a file.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    file: &'a CsvFile,
    row: usize,
}

impl<'a> Line<'a> {
    /// Its physical line, the header being line 1.
    pub fn number(self) -> u64 {
        self.file.lines.get(self.row).copied().unwrap_or(0)
    }

    /// The value in a column; empty if the file does not have the column.
    pub fn get(self, column: &str) -> &'a str {
        self.find(column).unwrap_or_default()
    }

    /// The value in a column; `None` if the file does not have the column.
    pub fn find(self, column: &str) -> Option<&'a str> {
        let at = self.file.columns.iter().position(|name| name == column)?;
        self.at(at)
    }

    /// All columns with their values.
    pub fn values(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let columns = self.file.columns.iter().enumerate();
        columns.map(move |(at, name)| (name.as_str(), self.at(at).unwrap_or_default()))
    }

    fn at(self, column: usize) -> Option<&'a str> {
        let place = self.row * self.file.columns.len() + column;
        let start = place.checked_sub(1).map_or(Some(0), |before| self.file.ends.get(before).copied())?;
        self.file.text.get(start..*self.file.ends.get(place)?)
    }
}

impl CsvFile {
    /// Reads a file. A file whose header or encoding is wrong is refused at once; lines that do not fit the header are kept
    /// as faults, to be told together with those of the other lines.
    pub fn read(source: &Source<'_>, columns: &Columns) -> Result<Self, Refused> {
        let mut problems = Problems::default();
        let file = parse(source, columns, &mut problems);
        problems.into_result(source.name)?;
        Ok(file)
    }

    /// The faults of single lines.
    pub fn faults(&self) -> Problems {
        self.faults.clone()
    }

    /// Name of the file as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of the bytes.
    pub const fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// SHA-256 of the bytes in hexadecimal digits.
    pub fn hash_hex(&self) -> String {
        use std::fmt::Write as _;
        self.hash.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Names of the columns, lower case.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Number of rows below the header; lines without any value are none.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The rows.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        (0..self.lines.len()).map(|row| Line { file: self, row })
    }
}

fn parse(source: &Source<'_>, columns: &Columns, problems: &mut Problems) -> CsvFile {
    let mut file = CsvFile {
        name: source.name.to_owned(),
        hash: sha256(&[source.bytes]),
        columns: Vec::new(),
        text: String::new(),
        ends: Vec::new(),
        lines: Vec::new(),
        faults: Problems::default(),
    };
    if source.bytes.len() > MOST_BYTES {
        problems.add_line(1, say::TOO_LARGE);
        return file;
    }
    let text = match std::str::from_utf8(source.bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let good = source.bytes.get(..error.valid_up_to()).unwrap_or_default();
            let mut place = Place::default();
            place.move_to(good, good.len());
            problems.add_line(place.line, say::NOT_UTF8);
            return file;
        }
    };
    let bytes = text.as_bytes();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)).from_reader(bytes);
    let mut record = csv::StringRecord::new();
    let mut place = Place::default();
    let mut is_header = true;
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(bytes.len());
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            // Everything is in memory and flexible: only text that is not UTF-8 fails, and that was ruled out above.
            Err(error) => {
                problems.add_line(place.line, Both::of(|lang| say::unreadable(lang, &error.to_string())));
                break;
            }
        }
        place.move_to(bytes, start);
        place.skip_line_ends(bytes);
        if place.line > MOST_LINES {
            problems.add_line(place.line, say::TOO_MANY_LINES);
            break;
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(bytes.len());
        let row = bytes.get(start..end).unwrap_or_default();
        if row.iter().fold(false, |open, byte| open != (*byte == b'"')) {
            file.faults.add_line(place.line, say::OPEN_QUOTE);
        } else if is_header {
            is_header = false;
            file.columns = header(&record, place.line, columns, problems);
            if !problems.is_empty() {
                return file;
            }
        } else {
            file.take(&record, place.line);
        }
    }
    if is_header && problems.is_empty() {
        problems.add_line(1, Both::of(|lang| say::empty_file(lang, &names(columns))));
    }
    file
}

impl CsvFile {
    fn take(&mut self, record: &csv::StringRecord, line: u64) {
        if record.iter().all(|value| value.trim().is_empty()) {
            return;
        }
        if record.len() != self.columns.len() {
            let (has, wants) = (record.len(), self.columns.len());
            self.faults.add_line(line, Both::of(|lang| say::values_and_columns(lang, digits(has), digits(wants))));
            return;
        }
        for (value, column) in record.iter().zip(&self.columns) {
            if value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
                self.faults.add(line, column, say::CONTROL_CHARACTER);
            }
            let value = value.trim();
            if is_nfc(value) {
                self.text.push_str(value);
            } else {
                self.text.extend(value.nfc());
            }
            self.ends.push(self.text.len());
        }
        self.lines.push(line);
    }
}

/// Reads the header line.
fn header(record: &csv::StringRecord, line: u64, columns: &Columns, problems: &mut Problems) -> Vec<String> {
    if record.len() > MOST_COLUMNS {
        problems.add_line(line, Both::of(|lang| say::too_many_columns(lang, digits(MOST_COLUMNS))));
        return Vec::new();
    }
    let names_found: Vec<String> = record.iter().map(|name| name.trim().to_lowercase().nfc().collect()).collect();
    let mut seen: Vec<&str> = Vec::new();
    for name in &names_found {
        let known = columns.required.contains(&name.as_str()) || columns.optional.contains(&name.as_str());
        if name.is_empty() {
            problems.add_line(line, say::NAMELESS_COLUMN);
        } else if seen.contains(&name.as_str()) {
            problems.add(line, name, say::COLUMN_TWICE);
        } else if !known && columns.others == OtherColumns::Refused {
            problems.add(line, name, Both::of(|lang| say::no_such_column(lang, &names(columns))));
        }
        seen.push(name);
    }
    for name in columns.required.iter().filter(|name| !seen.contains(name)) {
        problems.add(line, name, say::COLUMN_MISSING);
    }
    names_found
}

fn names(columns: &Columns) -> String {
    columns.required.iter().chain(columns.optional).copied().collect::<Vec<_>>().join(", ")
}

/// The separator of the header line: whichever of the two stands in it more often.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |wanted: char| header.chars().filter(|c| *c == wanted).count();
    if count(';') > count(',') { b';' } else { b',' }
}

/// A place in the bytes with its physical line; a line ends with LF, CR LF or CR.
struct Place {
    at: usize,
    line: u64,
}

impl Default for Place {
    fn default() -> Self {
        Self { at: 0, line: 1 }
    }
}

impl Place {
    fn move_to(&mut self, bytes: &[u8], to: usize) {
        while self.at < to {
            self.step(bytes);
        }
    }

    fn skip_line_ends(&mut self, bytes: &[u8]) {
        while matches!(bytes.get(self.at), Some(b'\n' | b'\r')) {
            self.step(bytes);
        }
    }

    fn step(&mut self, bytes: &[u8]) {
        let ends = match bytes.get(self.at) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(self.at + 1) != Some(&b'\n'),
            _ => false,
        };
        self.at += 1;
        self.line += u64::from(ends);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns =
        Columns { required: &["code", "name"], optional: &["note"], others: OtherColumns::Refused };

    fn read(text: &[u8]) -> Result<CsvFile, Refused> {
        CsvFile::read(&Source { name: "f.csv", bytes: text }, &COLUMNS)
    }

    fn rows(text: &str) -> Vec<(u64, String, String)> {
        let file = read(text.as_bytes()).unwrap();
        file.lines().map(|l| (l.number(), l.get("code").to_owned(), l.get("name").to_owned())).collect()
    }

    fn faults(text: &[u8]) -> Vec<(u64, Option<String>)> {
        read(text)
            .and_then(|file| file.faults().into_result("f.csv"))
            .unwrap_err()
            .problems
            .into_iter()
            .map(|p| (p.line, p.column))
            .collect()
    }

    #[test]
    fn a_byte_order_mark_semicolons_and_upper_case_headers_change_nothing() {
        let expected = [(2, "A".to_owned(), "Một, hai".to_owned())];
        assert_eq!(rows("code,name\nA,\"Một, hai\"\n"), expected);
        assert_eq!(rows("\u{feff} Code ;NAME;note\r\n A ; Một, hai ;x\r\n"), expected);
        assert_eq!(rows("code,name\nA,\"Mô\u{323}t, hai\"\n").len(), 1);
        assert_eq!(rows("code,name\nA,Mo\u{302}\u{323}t\n")[0].2, "Một");
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["code,name", "A,1", "", "", "B,\"two", "lines\"", ",", "C,3"].join(end);
            let lines: Vec<u64> = read(text.as_bytes()).unwrap().lines().map(Line::number).collect();
            assert_eq!(lines, [2, 5, 8], "{end:?}");
        }
    }

    #[test]
    fn every_fault_of_the_form_is_told_with_its_line() {
        assert_eq!(faults(b"code,name\nA\nB,1\nC,1,2\n"), [(2, None), (4, None)]);
        assert_eq!(
            faults(b"code,naem,code\n"),
            [(1, Some("naem".to_owned())), (1, Some("code".to_owned())), (1, Some("name".to_owned())),]
        );
        assert_eq!(faults(b"code,name\nA,1\nB,\xff\n"), [(3, None)]);
        assert_eq!(faults(b"code,name\nA,1\nB,\"x\nC,2\n"), [(3, None)]);
        assert_eq!(faults(b"code,name\nA,1\nB,a\0b\n"), [(3, Some("name".to_owned()))]);
        assert_eq!(faults(b""), [(1, None)]);
    }

    #[test]
    fn an_unknown_column_is_answered_with_the_known_ones() {
        let refused = read(b"code,name,nmae\n").unwrap_err();
        assert!(
            refused.to_string().contains("column nmae: there is no such column; the columns are: code, name, note")
        );
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_before_it_is_read() {
        let bytes = vec![b'\n'; MOST_BYTES + 1];
        assert!(read(&bytes).unwrap_err().to_string().contains("64 MiB"));
        let lines = format!("code,name\n{}", "a,b\n".repeat(2_000_000));
        assert!(read(lines.as_bytes()).unwrap_err().to_string().contains("2,000,000"));
    }
}
