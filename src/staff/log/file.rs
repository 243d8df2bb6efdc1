//! The staff log as a CSV file: UTF-8 with a byte order mark, one act a line, exact enough to be checked again.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` or a control character for a formula. Such a cell gets an
//! apostrophe in front; so does one that begins with an apostrophe, so that reading can take exactly one away.

use std::io::{Read, Write};

use anyhow::{Context, anyhow, bail};

use crate::record::{StaffEntry, hex, unhex};
use crate::words::{Day, Moment};

const MARK: &[u8] = "\u{feff}".as_bytes();
const COLUMNS: [&str; 7] = ["seq", "at", "actor", "act", "object", "prev", "hash"];
const SECONDS_A_DAY: i64 = 86_400;

/// A file that is being written.
pub(super) struct Writing<W: Write>(csv::Writer<W>);

impl<W: Write> Writing<W> {
    pub(super) fn begin(mut out: W) -> anyhow::Result<Self> {
        out.write_all(MARK)?;
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(COLUMNS)?;
        Ok(Self(writer))
    }

    pub(super) fn put(&mut self, entry: &StaffEntry) -> anyhow::Result<()> {
        let StaffEntry { seq, at, actor, act, object, prev, hash } = entry;
        let cells = [seq.to_string(), iso(*at), guarded(actor), guarded(act), guarded(object), hex(prev), hex(hash)];
        Ok(self.0.write_record(cells)?)
    }

    pub(super) fn end(mut self) -> anyhow::Result<()> {
        Ok(self.0.flush()?)
    }
}

/// Reads a file act by act; a line that is none is named.
pub(super) fn read(mut bytes: impl Read, mut each: impl FnMut(&StaffEntry)) -> anyhow::Result<()> {
    let mut start = Vec::with_capacity(MARK.len());
    bytes.by_ref().take(MARK.len() as u64).read_to_end(&mut start).context("the file cannot be read")?;
    let rest: &[u8] = if start == MARK { &[] } else { &start };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(rest.chain(bytes));
    let header = reader.byte_headers().context("the file cannot be read")?;
    if header.iter().ne(COLUMNS.map(str::as_bytes)) {
        bail!("this is no exported staff log: its first line has to be {}", COLUMNS.join(","));
    }
    let mut row = csv::ByteRecord::new();
    while reader.read_byte_record(&mut row).context("the file cannot be read")? {
        let line = row.position().map_or(0, csv::Position::line);
        let entry = entry(&row).map_err(|column| anyhow!("line {line}: “{column}” is not as it was exported"))?;
        each(&entry);
    }
    Ok(())
}

/// The act of a line, or the column that is none.
fn entry(row: &csv::ByteRecord) -> Result<StaffEntry, &'static str> {
    if row.len() != COLUMNS.len() {
        return Err("the number of columns");
    }
    let cell = |at: usize| {
        let column = COLUMNS.get(at).copied().unwrap_or_default();
        row.get(at).and_then(|bytes| std::str::from_utf8(bytes).ok()).ok_or(column)
    };
    let text = |at: usize| cell(at).map(|cell| cell.strip_prefix('\'').unwrap_or(cell).to_owned());
    Ok(StaffEntry {
        seq: cell(0)?.parse().map_err(|_number| "seq")?,
        at: moment(cell(1)?).ok_or("at")?,
        actor: text(2)?,
        act: text(3)?,
        object: text(4)?,
        prev: unhex(cell(5)?).ok_or("prev")?,
        hash: unhex(cell(6)?).ok_or("hash")?,
    })
}

fn guarded(text: &str) -> String {
    let is_formula = |first: char| "=+-@＝＋－＠'".contains(first) || first.is_control();
    if text.starts_with(is_formula) { format!("'{text}") } else { text.to_owned() }
}

/// `2026-11-21T08:05:09+07:00`.
fn iso(at: Moment) -> String {
    let (hour, minute, second) = at.clock();
    format!("{}T{hour:02}:{minute:02}:{second:02}+07:00", at.day().iso())
}

/// The moment that is written exactly so.
fn moment(text: &str) -> Option<Moment> {
    let (day, clock) = text.split_once('T')?;
    let day = Day::parse(day)?;
    let clock = clock.strip_suffix("+07:00")?;
    let mut seconds = 0;
    for part in clock.splitn(3, ':') {
        seconds = seconds * 60 + i64::from(part.parse::<u8>().ok()?);
    }
    let moment = Moment::from_unix(Moment::at_end_of(day).unix() - SECONDS_A_DAY + seconds);
    Some(moment).filter(|moment| iso(*moment) == text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(entries: &[StaffEntry]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut file = Writing::begin(&mut bytes).unwrap();
        for entry in entries {
            file.put(entry).unwrap();
        }
        file.end().unwrap();
        bytes
    }

    fn read_back(bytes: &[u8]) -> anyhow::Result<Vec<StaffEntry>> {
        let mut entries = Vec::new();
        read(bytes, |entry| entries.push(entry.clone()))?;
        Ok(entries)
    }

    #[test]
    fn no_cell_is_a_formula_and_every_text_comes_back_as_it_was() {
        let texts = ["=1+1", "+84", "-1", "@x", "\tx", "\0x", "\r\n=x", "'", "''=x", "'=x", "", "a,\"b\"\r\nc", "＝1"];
        let entries: Vec<StaffEntry> =
            texts.iter().map(|text| StaffEntry::after(&[0; 32], 1, Moment::from_unix(0), text, text, text)).collect();
        let bytes = written(&entries);
        assert!(bytes.starts_with(MARK));
        for row in csv::Reader::from_reader(&bytes[..]).records() {
            for cell in row.unwrap().iter().skip(2).take(3) {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\0', '\r', '\n', '＝']), "{cell:?}");
            }
        }
        assert_eq!(read_back(&bytes).unwrap(), entries);
        assert_eq!(read_back(&bytes[MARK.len()..]).unwrap(), entries, "a file without its mark is read, too");
    }

    #[test]
    fn moments_are_written_at_the_time_of_the_country_and_read_to_the_letter() {
        let at = Moment::from_unix(1_795_280_400);
        assert_eq!(iso(at), format!("{}T00:00:00+07:00", at.day().iso()));
        for second in (0..200_000).step_by(777) {
            let at = Moment::from_unix(1_795_280_400 + second);
            assert_eq!(moment(&iso(at)), Some(at));
        }
        for bad in [
            "",
            "2026-11-21",
            "2026-11-21T08:05:09Z",
            "2026-11-21T08:05:60+07:00",
            "2026-11-21T8:05:09+07:00",
            "21/11/2026T08:05:09+07:00",
            "2026-11-21T08:05+07:00",
        ] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_file_that_is_none_and_a_line_that_is_none_are_named() {
        let good = String::from_utf8(written(&[StaffEntry::after(&[0; 32], 1, Moment::from_unix(0), "a", "b", "c")]));
        let good = good.unwrap();
        let told = |text: &str| read_back(text.as_bytes()).unwrap_err().to_string();
        assert!(told("").contains("no exported staff log") && told("a,b\n1,2\n").contains("no exported staff log"));
        for (from, to, column) in [
            ("\n1,", "\nx,", "seq"),
            ("1970-01-01T", "1970-02-30T", "at"),
            (",a,b,", ",a,", "the number of columns"),
            (",c,00", ",c,0g", "prev"),
        ] {
            assert!(good.contains(from), "{good}");
            let told = told(&good.replacen(from, to, 1));
            assert!(told.starts_with("line 2: ") && told.contains(column), "{told}");
        }
    }

    proptest! {
        #[test]
        fn whatever_was_done_is_read_back_exactly(
            seq in any::<i32>(), at in 0..4_000_000_000_i64, actor in ".*", act in "\\PC*", object in "[\\x00-\\x40'\",]*",
        ) {
            let entry = StaffEntry::after(&[7; 32], seq, Moment::from_unix(at), &actor, &act, &object);
            prop_assert_eq!(read_back(&written(std::slice::from_ref(&entry))).unwrap(), vec![entry]);
        }
    }
}
