//! A system file of SPSS, as the documentation of PSPP describes it: a dictionary with labels in UTF-8, then the cases,
//! compressed byte by byte.

mod dictionary;

use std::io::Write;

use anyhow::Context;

use self::dictionary::{Variable, variables};
use super::book::Book;
use super::columns::Cell;
use super::rows::Row;

/// Added to a small whole number to make its byte.
const BIAS: i32 = 100;
/// Largest byte that stands for a number.
const LARGEST: i32 = 251;
/// Bytes with a meaning of their own.
const END: u8 = 252;
const LITERAL: u8 = 253;
const SPACES: u8 = 254;
/// Bytes of a number, and of a piece of text.
const PIECE: usize = 8;
/// Seconds of a day; days are counted in seconds since 14 October 1582.
const DAY: f64 = 86_400.0;
/// Days from 14 October 1582 to 1 January 1970.
const FIRST_DAY: f64 = 141_428.0;

/// A file that is being written.
pub struct File<'a, W: Write> {
    book: &'a Book,
    out: W,
    variables: Vec<Variable>,
    /// Up to eight bytes, and what follows them.
    codes: Vec<u8>,
    literals: Vec<u8>,
}

impl<'a, W: Write> File<'a, W> {
    pub(super) fn begin(book: &'a Book, mut out: W) -> anyhow::Result<Self> {
        let variables = variables(book);
        let header = dictionary::write(book, &variables)?;
        out.write_all(&header).context("while beginning the file")?;
        Ok(Self { book, out, variables, codes: Vec::new(), literals: Vec::new() })
    }

    pub(super) fn row(&mut self, row: &Row) -> anyhow::Result<()> {
        let book = self.book;
        for (at, column) in book.columns.iter().enumerate() {
            let pieces = self.variables.get(at).map_or(1, Variable::pieces);
            match column.cell(row, &book.plan, &book.edition) {
                Cell::Text(text) => self.text(text, pieces)?,
                Cell::Day(day) => self.literal(((f64::from(day.0) + FIRST_DAY) * DAY).to_le_bytes())?,
                Cell::Number(number) | Cell::Coded(number, _) => self.number(number)?,
                Cell::Missing(missing) => self.number(missing.code())?,
            }
        }
        Ok(())
    }

    pub(super) fn end(mut self) -> anyhow::Result<W> {
        self.codes.push(END);
        self.codes.resize(PIECE, 0);
        self.send()?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn number(&mut self, number: i32) -> anyhow::Result<()> {
        let biased = number.saturating_add(BIAS);
        match u8::try_from(biased) {
            Ok(byte) if (1..=LARGEST).contains(&biased) => self.code(byte),
            _ => self.literal(f64::from(number).to_le_bytes()),
        }
    }

    fn text(&mut self, text: &str, pieces: usize) -> anyhow::Result<()> {
        let bytes = text.as_bytes();
        for piece in 0..pieces {
            let own = bytes.get(piece * PIECE..).unwrap_or_default();
            let own = own.get(..PIECE).unwrap_or(own);
            if own.iter().all(|byte| *byte == b' ') {
                self.code(SPACES)?;
                continue;
            }
            let mut padded = [b' '; PIECE];
            for (place, byte) in padded.iter_mut().zip(own) {
                *place = *byte;
            }
            self.literal(padded)?;
        }
        Ok(())
    }

    fn literal(&mut self, bytes: [u8; PIECE]) -> anyhow::Result<()> {
        self.codes.push(LITERAL);
        self.literals.extend(bytes);
        self.send_when_full()
    }

    fn code(&mut self, byte: u8) -> anyhow::Result<()> {
        self.codes.push(byte);
        self.send_when_full()
    }

    fn send_when_full(&mut self) -> anyhow::Result<()> {
        if self.codes.len() == PIECE { self.send() } else { Ok(()) }
    }

    fn send(&mut self) -> anyhow::Result<()> {
        self.out.write_all(&self.codes)?;
        self.out.write_all(&self.literals)?;
        self.codes.clear();
        self.literals.clear();
        Ok(())
    }
}
