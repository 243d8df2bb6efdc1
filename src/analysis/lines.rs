//! Lines of a file without quotes, found faster than a general reader of CSV can.
//!
//! Most data files hold numbers and short words and not one quote. For these a line ends at a line feed and a cell at a
//! delimiter. As soon as a block holds a quote, or a carriage return that ends a line by itself, reading stops there and
//! the `csv` crate goes on.
#![expect(clippy::indexing_slicing, reason = "positions were found in the same block")]

use std::io::Read;

/// One record, whoever found it.
pub(super) trait Record {
    /// Number of cells.
    fn count(&self) -> usize;
    /// One cell; empty beyond the last.
    fn cell(&self, column: usize) -> &[u8];
    /// The line it begins on, the first being 1.
    fn line(&self) -> u64;
}

impl Record for csv::ByteRecord {
    fn count(&self) -> usize {
        self.len()
    }

    fn cell(&self, column: usize) -> &[u8] {
        self.get(column).unwrap_or_default()
    }

    fn line(&self) -> u64 {
        self.position().map_or(0, csv::Position::line)
    }
}

/// A line without quotes.
pub(super) struct PlainLine<'a> {
    bytes: &'a [u8],
    /// Where each cell ends.
    ends: &'a [usize],
    line: u64,
}

impl Record for PlainLine<'_> {
    fn count(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    fn cell(&self, column: usize) -> &[u8] {
        let start = if column == 0 { 0 } else { self.ends.get(column - 1).map_or(0, |end| end + 1) };
        self.ends.get(column).and_then(|end| self.bytes.get(start..*end)).unwrap_or_default()
    }

    fn line(&self) -> u64 {
        self.line
    }
}

/// How far plain reading came.
pub(super) struct Reached {
    /// Bytes that were dealt with.
    pub(super) bytes: u64,
    /// Lines that were.
    pub(super) lines: u64,
    /// Whether that is all there is.
    pub(super) all: bool,
}

const BLOCK: usize = 256 * 1024;
/// A line longer than this is left to the general reader.
const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// Hands out line by line until the end, or to where only a general reader can go on. Empty lines are left out.
pub(super) fn plain_lines(
    mut from: impl Read,
    delimiter: u8,
    mut each: impl FnMut(&PlainLine<'_>),
    mut told: impl FnMut(u64),
) -> std::io::Result<Reached> {
    let mut buffer = vec![0_u8; BLOCK];
    let mut reached = Reached { bytes: 0, lines: 0, all: false };
    let (mut kept, mut ends) = (0, Vec::new());
    loop {
        if kept == buffer.len() {
            if kept >= LONGEST_LINE {
                return Ok(reached);
            }
            buffer.resize(2 * kept, 0);
        }
        let read = from.read(&mut buffer[kept..])?;
        let block = &buffer[..kept + read];
        if needs_more(block, read == 0) {
            return Ok(reached);
        }
        let mut start = 0;
        ends.clear();
        let mut line = |end: usize, start: usize, ends: &mut Vec<usize>, number: u64| {
            let bytes = block[start..end].strip_suffix(b"\r").unwrap_or(&block[start..end]);
            if !bytes.is_empty() {
                ends.push(bytes.len());
                each(&PlainLine { bytes, ends, line: number });
            }
            ends.clear();
        };
        for (place, byte) in block.iter().enumerate() {
            if *byte == delimiter {
                ends.push(place - start);
            } else if *byte == b'\n' {
                reached.lines += 1;
                line(place, start, &mut ends, reached.lines);
                start = place + 1;
            }
        }
        if read == 0 {
            line(block.len(), start, &mut ends, reached.lines + 1);
            reached.bytes += block.len() as u64;
            reached.all = true;
            return Ok(reached);
        }
        reached.bytes += start as u64;
        told(start as u64);
        kept = block.len() - start;
        buffer.copy_within(start..start + kept, 0);
    }
}

/// Whether a block holds what only a general reader understands.
fn needs_more(block: &[u8], last: bool) -> bool {
    let alone = |place: usize| block.get(place + 1).map_or(last, |next| *next != b'\n');
    block.contains(&b'"')
        || (block.contains(&b'\r') && block.iter().enumerate().any(|(place, byte)| *byte == b'\r' && alone(place)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A line's number and its cells.
    type Line = (u64, Vec<Vec<u8>>);

    fn plain(text: &[u8]) -> (Vec<Line>, Reached) {
        let mut found = Vec::new();
        let each = |line: &PlainLine<'_>| {
            found.push((line.line(), (0..line.count()).map(|column| line.cell(column).to_vec()).collect()));
        };
        let reached = plain_lines(text, b',', each, |_| {}).unwrap();
        (found, reached)
    }

    fn general(text: &[u8]) -> Vec<Line> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
        let records = reader.byte_records().map(Result::unwrap);
        records.map(|record| (record.line(), record.iter().map(<[u8]>::to_vec).collect())).collect()
    }

    #[test]
    fn a_quote_or_a_lone_return_stops_before_its_block() {
        for text in [&b"a,b\n\"c\",d\n"[..], b"a,b\rc,d\n", b"a,b\r"] {
            let (found, reached) = plain(text);
            assert!(found.is_empty() && !reached.all && reached.bytes == 0);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn lines_without_quotes_are_those_of_the_csv_crate(text in "([a-c,]{0,5}(\r\n|\n)){0,12}[a-c,]{0,4}") {
            let (found, reached) = plain(text.as_bytes());
            prop_assert!(reached.all && reached.bytes == text.len() as u64);
            let cells = |lines: Vec<Line>| lines.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>();
            let numbers: Vec<u64> = found.iter().map(|(line, _)| *line).collect();
            prop_assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(cells(found), cells(general(text.as_bytes())));
        }
    }
}
