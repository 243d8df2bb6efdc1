//! Reading the file: nothing in it is believed before it is checked, and nothing takes more memory than a block may have.

use std::io::{BufRead, ErrorKind, Read};

use sha2::{Digest, Sha256};

use super::block::{END, Hashing, ROWS, TABLE_END, unpack};
use super::header::Header;
use super::{FORMAT, LONGEST_HEADER, MOST_OF_BLOCK, WORD, row};
use crate::record::{hex, sha256};
use crate::store::schema::{Datum, Table};

/// Most tables of a backup.
const MOST_TABLES: usize = 1_000;

/// Rows and the table they belong to.
pub type Rows<'a> = (&'a Table, Vec<Vec<Datum>>);

/// Why a file is not read; each is one sentence for the operator, to be put behind the name of the file.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Something else.
    #[error("is no backup of Thước Đo: it does not begin with “thuocdo-backup”")]
    Foreign,
    /// A later format.
    #[error("has the backup format {0}; this version {version} reads format 1: use the version that wrote it, or a later one", version = env!("CARGO_PKG_VERSION"))]
    Newer(String),
    /// Cut off.
    #[error("ends too early, after {0} bytes: it was cut off; take another copy")]
    CutOff(u64),
    /// Changed.
    #[error("is damaged before byte {at}: {what}; take another copy")]
    Damaged {
        /// Bytes read until it showed.
        at: u64,
        /// What does not fit.
        what: String,
    },
    /// The disk refused.
    #[error("cannot be read: {0}")]
    Io(std::io::Error),
}

/// A backup that is being read.
pub struct Reader<R> {
    input: Hashing<R>,
    header: Header,
    tables: Vec<Table>,
    /// The table whose rows come next.
    present: usize,
    rows: u64,
    hash: Sha256,
    last: Option<Vec<Datum>>,
    digest: Option<[u8; 32]>,
}

impl<R> std::fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reader at table {}", self.present)
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads the header.
    pub fn open(input: R) -> Result<Self, Fault> {
        let mut input = Hashing::new(input);
        let first = line(&mut input, WORD.len() + 12).map_err(|fault| match fault {
            Fault::Io(error) => Fault::Io(error),
            _ => Fault::Foreign,
        })?;
        let format = first.strip_prefix(WORD).and_then(|rest| rest.strip_prefix(' ')).ok_or(Fault::Foreign)?;
        if format != FORMAT.to_string() {
            return Err(Fault::Newer(format.to_owned()));
        }
        let text = line(&mut input, LONGEST_HEADER)?;
        let hash = line(&mut input, 64)?;
        if hash != hex(&sha256(&[text.as_bytes()])) {
            return Err(damaged(&input, "the header is not what was written"));
        }
        let header: Header =
            serde_json::from_str(&text).map_err(|error| damaged(&input, &format!("the header: {error}")))?;
        let tables: Option<Vec<Table>> = header.tables.iter().map(super::TableHeader::table).collect();
        let tables = tables.filter(|tables| tables.len() <= MOST_TABLES);
        let tables = tables.ok_or_else(|| damaged(&input, "the header describes no tables"))?;
        Ok(Self { input, header, tables, present: 0, rows: 0, hash: Sha256::new(), last: None, digest: None })
    }

    /// The header.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The hash of the whole file, once it has been read to its end and found whole.
    pub const fn digest(&self) -> Option<[u8; 32]> {
        self.digest
    }

    /// The next rows and their table; `None` at the end of a whole file.
    pub fn next_rows(&mut self) -> Result<Option<Rows<'_>>, Fault> {
        // Every turn reads a block; a table without rows has only its end.
        loop {
            let tag = self.take(1)?.first().copied();
            match tag {
                Some(ROWS) if self.present < self.tables.len() => {
                    let rows = self.rows()?;
                    // The table is there: it was asked for above.
                    return Ok(self.tables.get(self.present).map(|table| (table, rows)));
                }
                Some(TABLE_END) if self.present < self.tables.len() => self.end_table()?,
                Some(END) if self.present == self.tables.len() => {
                    self.end()?;
                    return Ok(None);
                }
                _ => return Err(damaged(&self.input, "no block begins here")),
            }
        }
    }

    fn rows(&mut self) -> Result<Vec<Vec<Datum>>, Fault> {
        let (length, packed) = (self.length()?, self.length()?);
        let packed = self.take(packed)?;
        let bytes = unpack(&packed, length).ok_or_else(|| damaged(&self.input, "a block does not unpack"))?;
        self.hash.update(&bytes);
        let wrong = |what: &str| damaged(&self.input, what);
        let table = self.tables.get(self.present).ok_or_else(|| wrong("there are too many tables"))?;
        let announced = self.header.tables.get(self.present).map_or(0, |table| table.rows);
        let mut rows: Vec<Vec<Datum>> = Vec::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let row = row::read(&mut rest, table).ok_or_else(|| wrong(&format!("a row of {}", table.name)))?;
            if rows.last().or(self.last.as_ref()).is_some_and(|last| !comes_before(table, last, &row)) {
                return Err(wrong(&format!("rows of {} are not in the order of their key", table.name)));
            }
            self.rows += 1;
            if self.rows > announced {
                return Err(wrong(&format!("{} has more rows than the header says", table.name)));
            }
            rows.push(row);
        }
        self.last = rows.last().cloned();
        Ok(rows)
    }

    fn end_table(&mut self) -> Result<(), Fault> {
        let told = self.take(40)?;
        let hash: [u8; 32] = std::mem::take(&mut self.hash).finalize().into();
        let announced = self.header.tables.get(self.present).map(|table| table.rows);
        if told != [self.rows.to_be_bytes().as_slice(), &hash].concat() || announced != Some(self.rows) {
            let name = self.tables.get(self.present).map_or("", |table| table.name.as_str());
            return Err(damaged(&self.input, &format!("the rows of {name} are not what was written")));
        }
        self.present += 1;
        self.rows = 0;
        self.last = None;
        Ok(())
    }

    fn end(&mut self) -> Result<(), Fault> {
        let digest = self.input.digest();
        if self.take(32)? != digest {
            return Err(damaged(&self.input, "the file is not what was written"));
        }
        if self.input.read(&mut [0]).map_err(Fault::Io)? > 0 {
            return Err(damaged(&self.input, "something follows its end"));
        }
        self.digest = Some(digest);
        Ok(())
    }

    /// A length that a block may have.
    fn length(&mut self) -> Result<usize, Fault> {
        let bytes = self.take(4)?;
        let length = bytes.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte));
        if length > MOST_OF_BLOCK {
            return Err(damaged(&self.input, "a block is larger than a backup has"));
        }
        Ok(length)
    }

    /// Exactly so many bytes. Memory is taken as they come, not as they are announced.
    fn take(&mut self, count: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::with_capacity(count.min(64 * 1024));
        let most = u64::try_from(count).unwrap_or(u64::MAX);
        (&mut self.input).take(most).read_to_end(&mut bytes).map_err(Fault::Io)?;
        if bytes.len() == count { Ok(bytes) } else { Err(Fault::CutOff(self.input.bytes)) }
    }
}

/// Whether one key comes before another.
fn comes_before(table: &Table, first: &[Datum], second: &[Datum]) -> bool {
    let (first, second) = (table.key_of(first), table.key_of(second));
    first
        .iter()
        .zip(&second)
        .map(|(a, b)| a.compare(b))
        .find(|order| order.is_ne())
        .is_some_and(std::cmp::Ordering::is_lt)
}

/// The next line without its end.
fn line<R: BufRead>(input: &mut Hashing<R>, most: usize) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    for _ in 0..=most {
        let mut byte = [0];
        match input.read_exact(&mut byte) {
            Ok(()) if byte == *b"\n" => {
                return String::from_utf8(bytes).map_err(|_error| damaged(input, "the header is no text"));
            }
            Ok(()) => bytes.extend(byte),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(Fault::CutOff(input.bytes)),
            Err(error) => return Err(Fault::Io(error)),
        }
    }
    Err(damaged(input, "the header is too long"))
}

fn damaged<R>(input: &Hashing<R>, what: &str) -> Fault {
    Fault::Damaged { at: input.bytes, what: what.to_owned() }
}
