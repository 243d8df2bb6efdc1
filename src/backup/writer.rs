//! Writing the file.

use std::io::{Error, ErrorKind, Result, Write};

use sha2::{Digest, Sha256};

use super::block::{END, Hashing, ROWS, TABLE_END, pack};
use super::header::Header;
use super::{BLOCK, FORMAT, LONGEST_HEADER, MOST_OF_BLOCK, WORD, row};
use crate::record::{hex, sha256};
use crate::store::schema::{Datum, Table};

/// A backup that is being written: the header, then every table in its order, then the end.
pub(super) struct Writer<W> {
    out: Hashing<W>,
    /// Rows that are not written yet.
    waiting: Vec<u8>,
    hash: Sha256,
    rows: u64,
}

impl<W: Write> Writer<W> {
    /// Writes the header.
    pub(super) fn begin(out: W, header: &Header) -> Result<Self> {
        let line = serde_json::to_string(header).map_err(Error::other)?;
        if line.len() > LONGEST_HEADER {
            return Err(refused("the header is too long"));
        }
        let mut out = Hashing::new(out);
        write!(out, "{WORD} {FORMAT}\n{line}\n{}\n", hex(&sha256(&[line.as_bytes()])))?;
        Ok(Self { out, waiting: Vec::with_capacity(BLOCK), hash: Sha256::new(), rows: 0 })
    }

    /// Adds a row of the present table.
    pub(super) fn add(&mut self, table: &Table, datums: &[Datum]) -> Result<()> {
        if !row::write(&mut self.waiting, table, datums) {
            return Err(refused("a row does not fit its table"));
        }
        self.rows += 1;
        if self.waiting.len() >= BLOCK { self.write_block() } else { Ok(()) }
    }

    fn write_block(&mut self) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let packed = pack(&self.waiting)?;
        if self.waiting.len().max(packed.len()) > MOST_OF_BLOCK {
            return Err(refused("a row is larger than a backup holds"));
        }
        self.hash.update(&self.waiting);
        self.out.write_all(&[ROWS])?;
        for length in [self.waiting.len(), packed.len()] {
            self.out.write_all(&u32::try_from(length).map_err(Error::other)?.to_be_bytes())?;
        }
        self.out.write_all(&packed)?;
        self.waiting.clear();
        Ok(())
    }

    /// Ends the present table.
    pub(super) fn end_table(&mut self) -> Result<()> {
        self.write_block()?;
        self.out.write_all(&[TABLE_END])?;
        self.out.write_all(&self.rows.to_be_bytes())?;
        let hash: [u8; 32] = std::mem::take(&mut self.hash).finalize().into();
        self.out.write_all(&hash)?;
        self.rows = 0;
        Ok(())
    }

    /// Ends the file: what it was written to, the hash of everything before the last 32 bytes, and the length of the file.
    pub(super) fn end(mut self) -> Result<(W, [u8; 32], u64)> {
        self.out.write_all(&[END])?;
        let digest = self.out.digest();
        self.out.write_all(&digest)?;
        self.out.flush()?;
        Ok((self.out.inner, digest, self.out.bytes))
    }
}

fn refused(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}
