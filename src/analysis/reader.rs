//! The data file, read once into columns.
//!
//! Names become numbers while they are read, so a million rows of 26 columns take some 60 MB. A file without quotes in
//! its first half is read by two threads. Lines without quotes are found by [`super::lines`], others by the `csv` crate.
#![expect(clippy::indexing_slicing, reason = "columns are looked up by positions found in the header")]

mod dictionary;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use dictionary::{Dictionary, Levels, UNSEEN};

use super::lines::{PlainLine, Record, plain_lines};
use super::problems::Problems;
use super::progress::Progress;

/// The columns to read, by name. A name may stand in several lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    /// Numbers that must be there and not be negative.
    pub(super) weights: Option<String>,
    /// Numbers that must be there.
    pub(super) numbers: Vec<String>,
    /// Names; may be empty.
    pub(super) names: Vec<String>,
    /// Levels of answers; may be empty.
    pub(super) items: Vec<String>,
}

/// Names of one column.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// The name of each row, as its place in `names`; [`Names::EMPTY`] where the cell is empty.
    pub(super) of_row: Vec<u32>,
    /// The names, in order.
    pub(super) names: Vec<String>,
}

impl Names {
    pub(super) const EMPTY: u32 = u32::MAX;

    pub(super) fn name(&self, row: usize) -> &str {
        self.of_row.get(row).and_then(|code| self.names.get(*code as usize)).map_or("", String::as_str)
    }
}

/// What was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Data {
    pub(super) rows: usize,
    pub(super) weights: Vec<f64>,
    pub(super) numbers: Vec<Vec<f64>>,
    pub(super) names: Vec<Names>,
    /// Codes of all items, row by row; code 0 is an empty cell.
    pub(super) codes: Vec<u16>,
    /// What the codes of each item stand for.
    pub(super) levels: Vec<Vec<String>>,
    /// Cells “NA” that were taken as empty.
    pub(super) not_available: u64,
}

/// Largest file.
const MOST_BYTES: u64 = 64 * 1024 * 1024 * 1024;
const MOST_ROWS: usize = 2_000_000_000;
const MOST_COLUMNS: usize = 100_000;
const LONGEST_NAME: usize = 1000;
/// Files below this are read by one thread.
const WORTH_SPLITTING: u64 = 4 * 1024 * 1024;

/// A name in Unicode's composed form, so that the same word is the same bytes.
pub(super) fn normal(name: &str) -> String {
    if is_nfc(name) { name.to_owned() } else { name.nfc().collect() }
}

fn failed(path: &Path, error: &std::io::Error) -> Problems {
    let mut problems = Problems::default();
    problems.add(format!("cannot read {}: {error}", path.display()));
    problems
}

/// Reads the wanted columns, or tells every line that cannot be read.
pub(super) fn read(path: &Path, wanted: &Wanted, progress: &Progress) -> Result<Data, Problems> {
    let io = |error: std::io::Error| failed(path, &error);
    let mut file = File::open(path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    if size > MOST_BYTES {
        let mut problems = Problems::default();
        problems.add(format!("{} has {size} bytes; at most {MOST_BYTES} are read", path.display()));
        return Err(problems);
    }
    progress.begin("reading", size);
    let (layout, start) = header(&mut file, path, wanted)?;
    let middle = split_point(&mut file, start, size).map_err(io)?;
    let part = |from: u64, to: u64| Part::read(path, from..to, &layout, progress).map_err(|error| failed(path, &error));
    let parts = match middle {
        None => vec![part(start, size)?],
        Some(middle) => std::thread::scope(|scope| {
            let second = scope.spawn(|| part(middle, size));
            let first = part(start, middle);
            let second = match second.join() {
                Ok(second) => second,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            Ok::<_, Problems>(vec![first?, second?])
        })?,
    };
    joined(parts, &layout)
}

/// Why the beginning of a file is no header of a CSV, where that can be seen.
fn not_a_table(first: &[u8]) -> Option<&'static str> {
    let line = first.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let has = |wanted: &[u8]| line.iter().any(|byte| wanted.contains(byte));
    if first.starts_with(&[0xff, 0xfe]) || first.starts_with(&[0xfe, 0xff]) || first.contains(&0) {
        Some("is not UTF-8 text (it looks like UTF-16 or a spreadsheet file): save it as “CSV UTF-8”")
    } else if has(b"|") && !has(b",;\t") {
        Some("parts its columns with “|”: save it with commas, semicolons or tabs")
    } else {
        None
    }
}

/// Where every wanted column stands.
struct Layout {
    delimiter: u8,
    columns: usize,
    weights: Option<(usize, String)>,
    numbers: Vec<(usize, String)>,
    names: Vec<(usize, String)>,
    items: Vec<(usize, String)>,
    /// Lines before the first row.
    lines: u64,
}

fn header(file: &mut File, path: &Path, wanted: &Wanted) -> Result<(Layout, u64), Problems> {
    let io = |error: std::io::Error| failed(path, &error);
    let mut problems = Problems::default();
    let mut start = [0_u8; 3];
    let read = file.read(&mut start).map_err(io)?;
    let mark = if start.get(..read) == Some(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
    file.seek(SeekFrom::Start(mark)).map_err(io)?;
    let mut first = Vec::new();
    file.by_ref().take(1024 * 1024).read_to_end(&mut first).map_err(io)?;
    if let Some(problem) = not_a_table(&first) {
        problems.add(format!("{} {problem}", path.display()));
        return Err(problems);
    }
    let line = first.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.split(|byte| *byte == delimiter).count();
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|delimiter| (count(*delimiter), *delimiter == b',')).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(first.as_slice());
    let mut record = csv::ByteRecord::new();
    match reader.read_byte_record(&mut record) {
        Ok(true) => {}
        Ok(false) => {
            problems.add(format!("{} is empty: a header line and rows are needed", path.display()));
            return Err(problems);
        }
        Err(error) => problems.add(format!("{}: the header cannot be read: {error}", path.display())),
    }
    if record.len() > MOST_COLUMNS {
        problems.add(format!("{} has {} columns; at most {MOST_COLUMNS} are read", path.display(), record.len()));
    }
    let mut names = Vec::new();
    for (column, name) in record.iter().enumerate() {
        match std::str::from_utf8(name) {
            Ok(name) => names.push(normal(name.trim())),
            Err(_not_utf8) => {
                problems.add(format!("the name of column {} is not UTF-8: save the file as UTF-8", column + 1));
                names.push(String::new());
            }
        }
    }
    let mut find = |name: &String, what: &str| {
        let mut places = names.iter().enumerate().filter(|(_, known)| *known == name).map(|(column, _)| column);
        match (places.next(), places.next()) {
            (Some(column), None) => Some((column, name.clone())),
            (Some(_), Some(_)) => {
                problems.add(format!("the data have two columns “{name}” ({what}): rename one"));
                None
            }
            (None, _) => {
                problems.add(format!("the data have no column “{name}” ({what})"));
                None
            }
        }
    };
    let weights = wanted.weights.as_ref().and_then(|name| find(name, "weights"));
    let numbers = wanted.numbers.iter().filter_map(|name| find(name, "fpc or replicate weights")).collect();
    let codes = wanted.names.iter().filter_map(|name| find(name, "strata, ids, by, differences or margins")).collect();
    let items = wanted.items.iter().filter_map(|name| find(name, "items")).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let position = reader.position().clone();
    let layout = Layout {
        delimiter,
        columns: names.len(),
        weights,
        numbers,
        names: codes,
        items,
        lines: position.line().saturating_sub(1),
    };
    Ok((layout, mark + position.byte()))
}

/// The start of a line near the middle, if the file is worth splitting and holds no quotes before it.
fn split_point(file: &mut File, start: u64, size: u64) -> std::io::Result<Option<u64>> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if size < start + WORTH_SPLITTING || threads < 2 {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(start))?;
    let half = (size - start) / 2;
    let mut buffer = vec![0_u8; 256 * 1024];
    let mut at = 0_u64;
    loop {
        let read = file.read(&mut buffer)?;
        let bytes = &buffer[..read];
        if read == 0 || bytes.contains(&b'"') {
            return Ok(None);
        }
        let next = at + read as u64;
        if next > half {
            let from = usize::try_from(half.saturating_sub(at)).unwrap_or(0).min(read);
            if let Some(end) = bytes[from..].iter().position(|byte| *byte == b'\n') {
                return Ok(Some(start + at + (from + end) as u64 + 1));
            }
        }
        at = next;
    }
}

/// What one thread read.
struct Part {
    rows: usize,
    lines: u64,
    /// Lines before the reader at hand began.
    before: u64,
    weights: Vec<f64>,
    numbers: Vec<Vec<f64>>,
    names: Vec<Dictionary>,
    items: Vec<Levels>,
    codes: Vec<u16>,
    not_available: u64,
    /// Line, counted from the first of this part, and what is wrong.
    problems: Vec<(u64, String)>,
    more: u64,
}

/// A number, with a decimal comma where columns are parted otherwise.
#[inline]
fn number(cell: &[u8], comma: bool) -> Option<f64> {
    let text = std::str::from_utf8(cell).ok()?;
    let value = match text.parse::<f64>() {
        Ok(value) => value,
        Err(_not_plain) if comma && text.contains(',') => text.replace(',', ".").parse().ok()?,
        Err(_) => return None,
    };
    value.is_finite().then_some(value)
}

fn shown(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("“{short}…”") } else { format!("“{short}”") }
}

fn is_missing(cell: &[u8]) -> bool {
    cell.is_empty() || cell == b"NA"
}

impl Part {
    fn new(layout: &Layout) -> Self {
        Self {
            rows: 0,
            lines: 0,
            before: 0,
            weights: Vec::new(),
            numbers: vec![Vec::new(); layout.numbers.len()],
            names: layout.names.iter().map(|_| Dictionary::default()).collect(),
            items: layout.items.iter().map(|_| Levels::new()).collect(),
            codes: Vec::new(),
            not_available: 0,
            problems: Vec::new(),
            more: 0,
        }
    }

    fn read(path: &Path, range: std::ops::Range<u64>, layout: &Layout, progress: &Progress) -> std::io::Result<Self> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(range.start))?;
        let mut part = Self::new(layout);
        let from = file.by_ref().take(range.end - range.start);
        let each = |line: &PlainLine<'_>| part.row(line, layout);
        let reached = plain_lines(from, layout.delimiter, each, |bytes| progress.add(bytes))?;
        part.lines = reached.lines;
        if !reached.all {
            part.read_general(file, range.start + reached.bytes..range.end, layout, progress)?;
        }
        Ok(part)
    }

    /// The rest of a file in which cells may be quoted.
    fn read_general(
        &mut self,
        mut file: File,
        range: std::ops::Range<u64>,
        layout: &Layout,
        progress: &Progress,
    ) -> std::io::Result<()> {
        file.seek(SeekFrom::Start(range.start))?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(layout.delimiter)
            .buffer_capacity(256 * 1024)
            .from_reader(file.take(range.end - range.start));
        let mut record = csv::ByteRecord::new();
        let mut told = 0;
        self.before = self.lines;
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) => self.row(&record, layout),
                Err(error) => {
                    let at = error.position().map_or(0, csv::Position::line);
                    if let csv::ErrorKind::Io(_) = error.kind() {
                        return Err(std::io::Error::other(error));
                    }
                    self.problem(at, error.to_string());
                }
            }
            if self.rows.is_multiple_of(8192) {
                let byte = reader.position().byte();
                progress.add(byte - told);
                told = byte;
            }
        }
        self.lines += reader.position().line().saturating_sub(1);
        Ok(())
    }

    fn problem(&mut self, line: u64, what: String) {
        if self.problems.len() < 200 { self.problems.push((self.before + line, what)) } else { self.more += 1 }
    }

    fn row(&mut self, record: &impl Record, layout: &Layout) {
        let line = || record.line();
        if record.count() != layout.columns {
            self.problem(line(), format!("{} values, the header has {}", record.count(), layout.columns));
            return;
        }
        if self.rows >= MOST_ROWS {
            self.problem(line(), format!("more than {MOST_ROWS} rows"));
            return;
        }
        self.rows += 1;
        let comma = layout.delimiter != b',';
        if let Some((column, name)) = &layout.weights {
            let cell = record.cell(*column).trim_ascii();
            let weight = number(cell, comma);
            match weight {
                Some(weight) if weight >= 0.0 => self.weights.push(weight),
                _ => {
                    self.weights.push(0.0);
                    let what = match weight {
                        Some(_) => format!("the weight {} ({name}) is negative", shown(cell)),
                        None if is_missing(cell) => format!("the weight ({name}) is empty"),
                        None => format!("the weight {} ({name}) is no number", shown(cell)),
                    };
                    self.problem(line(), what);
                }
            }
        }
        for (place, (column, name)) in layout.numbers.iter().enumerate() {
            let cell = record.cell(*column).trim_ascii();
            let value = number(cell, comma);
            if value.is_none() {
                let what =
                    if is_missing(cell) { "is empty".to_owned() } else { format!("{} is no number", shown(cell)) };
                self.problem(line(), format!("{name} {what}"));
            }
            self.numbers[place].push(value.unwrap_or(1.0));
        }
        for (place, (column, name)) in layout.names.iter().enumerate() {
            let cell = record.cell(*column).trim_ascii();
            let code = if is_missing(cell) {
                self.not_available += u64::from(!cell.is_empty());
                Names::EMPTY
            } else if let Some(code) = self.names[place].code(cell) {
                code
            } else {
                self.problem(line(), format!("{name}: {} is too long or not UTF-8", shown(cell)));
                Names::EMPTY
            };
            self.names[place].of_row.push(code);
        }
        for (place, (column, name)) in layout.items.iter().enumerate() {
            let mut cell = record.cell(*column);
            // Most levels are one letter that was seen before.
            if let [byte] = cell {
                let code = self.items[place].short[usize::from(*byte)];
                if code != UNSEEN {
                    self.codes.push(code);
                    continue;
                }
            }
            if cell.len() > 1 {
                cell = cell.trim_ascii();
            }
            let code = match cell {
                [] | b" " => 0,
                b"NA" => {
                    self.not_available += 1;
                    0
                }
                cell => self.items[place].code(cell).unwrap_or_else(|| {
                    self.problem(
                        line(),
                        format!("{name}: {}: more than 65,000 levels, too long or not UTF-8", shown(cell)),
                    );
                    0
                }),
            };
            self.codes.push(code);
        }
    }
}

/// Names in order: by number where all are numbers, by letters otherwise.
fn in_order(names: &[String]) -> Vec<usize> {
    let numbers: Option<Vec<f64>> = names.iter().map(|name| name.parse().ok()).collect();
    let mut order: Vec<usize> = (0..names.len()).collect();
    match numbers {
        Some(numbers) => {
            order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]).then_with(|| names[*a].cmp(&names[*b])));
        }
        None => order.sort_by(|a, b| names[*a].cmp(&names[*b])),
    }
    order
}

fn joined(parts: Vec<Part>, layout: &Layout) -> Result<Data, Problems> {
    let mut problems = Problems::default();
    let mut lines = layout.lines;
    let mut data = Data::default();
    let mut dictionaries: Vec<Dictionary> = layout.names.iter().map(|_| Dictionary::default()).collect();
    let mut levels: Vec<Levels> = layout.items.iter().map(|_| Levels::new()).collect();
    data.numbers = vec![Vec::new(); layout.numbers.len()];
    for (index, part) in parts.into_iter().enumerate() {
        for (line, what) in part.problems {
            problems.add(format!("line {}: {what}", lines + line));
        }
        problems.count_more(part.more);
        lines += part.lines;
        data.rows += part.rows;
        data.not_available += part.not_available;
        append(&mut data.weights, part.weights);
        for (mine, theirs) in data.numbers.iter_mut().zip(part.numbers) {
            append(mine, theirs);
        }
        for (mine, theirs) in dictionaries.iter_mut().zip(part.names) {
            if index == 0 {
                *mine = theirs;
                continue;
            }
            let places: Vec<u32> =
                theirs.names.iter().map(|name| mine.code(name.as_bytes()).unwrap_or(Names::EMPTY)).collect();
            let place = |code: u32| if code == Names::EMPTY { code } else { places[code as usize] };
            mine.of_row.extend(theirs.of_row.into_iter().map(place));
        }
        if index == 0 {
            levels = part.items;
            data.codes = part.codes;
            continue;
        }
        let mut places: Vec<Vec<u16>> = Vec::new();
        for ((mine, theirs), (_, name)) in levels.iter_mut().zip(&part.items).zip(&layout.items) {
            let mut own = Vec::new();
            for level in &theirs.names {
                let code = if level.is_empty() { Some(0) } else { mine.named(level) };
                own.push(code.unwrap_or_else(|| {
                    problems.add(format!("{name}: more than 65,000 levels"));
                    0
                }));
            }
            places.push(own);
        }
        if !places.is_empty() {
            data.codes.reserve_exact(part.codes.len());
            for row in part.codes.chunks_exact(places.len()) {
                data.codes.extend(row.iter().zip(&places).map(|(code, places)| places[usize::from(*code)]));
            }
        }
    }
    if data.rows == 0 && problems.is_empty() {
        problems.add("there is no row after the header".to_owned());
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    data.levels = levels.into_iter().map(|levels| levels.names).collect();
    data.names = dictionaries.into_iter().map(sorted).collect();
    Ok(data)
}

fn append(mine: &mut Vec<f64>, theirs: Vec<f64>) {
    if mine.is_empty() { *mine = theirs } else { mine.extend(theirs) }
}

/// Codes in the order of the names, so that nothing depends on the order of the rows.
fn sorted(dictionary: Dictionary) -> Names {
    let order = in_order(&dictionary.names);
    let mut place = vec![0_u32; order.len()];
    for (sorted, code) in order.iter().enumerate() {
        place[*code] = u32::try_from(sorted).unwrap_or(Names::EMPTY);
    }
    let mut names = dictionary.names;
    let mut of_row = dictionary.of_row;
    of_row.iter_mut().filter(|code| **code != Names::EMPTY).for_each(|code| *code = place[*code as usize]);
    let names = order.iter().map(|code| std::mem::take(&mut names[*code])).collect();
    Names { of_row, names }
}
