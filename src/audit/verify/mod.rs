//! `thuocdo record verify`: everything the record says, computed again from its rows, and every fault with its place.
//!
//! It reads day by day and batch by batch, in one moment's view of the database, while answers keep coming in.

mod days;
mod signed;
mod tree;

use anyhow::Context;

use crate::record::{Checkpoint, Leaf, Receipt};
use crate::registry::Editions;
use crate::store::{Database, Dump, batches::Source, raw};
use crate::words::{Day, Province};

/// Faults that are named; the others are counted.
const MOST_NAMED: usize = 1_000;

/// Something that is not as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Table.
    pub table: &'static str,
    /// Where in it: a day, a receipt code, a batch, a key.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}: {}", self.table, self.place, self.what)
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Sealed answers that were read.
    pub sealed: u64,
    /// Answers of open days that were read.
    pub open: u64,
    /// Batches.
    pub batches: u64,
    /// Checkpoints.
    pub checkpoints: u64,
    /// The latest checkpoint that a key of the record signed.
    pub latest: Option<Checkpoint>,
    /// Faults, the first of them.
    pub faults: Vec<Fault>,
    /// Faults beyond those.
    pub unnamed: u64,
    /// What is no fault and has to be known.
    pub remarks: Vec<String>,
}

impl Report {
    fn fault(&mut self, table: &'static str, place: impl Into<String>, what: impl Into<String>) {
        if self.faults.len() < MOST_NAMED {
            self.faults.push(Fault { table, place: place.into(), what: what.into() });
        } else {
            self.unnamed += 1;
        }
    }

    /// Whether everything is as it was recorded.
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }
}

/// A receipt code for a leaf as it was found, or its first bytes where it is none.
fn receipt(day: Day, leaf: &[u8]) -> String {
    match leaf.try_into() {
        Ok(leaf) => format!("{} receipt {}", day.iso(), Receipt::of(day, &Leaf(leaf))),
        Err(_length) => format!("{} leaf {}…", day.iso(), crate::record::hex(leaf.get(..4).unwrap_or(leaf))),
    }
}

/// Checks the whole record. A checkpoint that was noted elsewhere has to lie on it.
pub async fn verify(db: &Database, province: Province, noted: Option<&str>) -> anyhow::Result<Report> {
    let mut dump = Dump::begin(db).await.context("while beginning to read")?;
    let report = check(&mut dump, province, noted).await;
    dump.end().await.context("while ending the reading")?;
    report
}

async fn check(dump: &mut Dump, province: Province, noted: Option<&str>) -> anyhow::Result<Report> {
    let mut report = Report::default();
    let editions = Editions::load(dump.seen()).await?;
    let days = days::Days::new(province, &editions, signed::erasures(dump.seen(), province).await?);
    // The open days first, with all there is of them: until then no day is sealed.
    let mut seen = Vec::new();
    while let Some(day) =
        raw::day_after(dump.seen(), province, seen.last().copied(), Source::Open).await.context("while reading days")?
    {
        days.check(dump.seen(), day, true, &mut report).await?;
        seen.push(day);
    }
    dump.let_day_be_sealed().await.context("while letting the day be sealed")?;
    let mut last = None;
    while let Some(day) =
        raw::day_after(dump.seen(), province, last, Source::Sealed).await.context("while reading days")?
    {
        if !seen.contains(&day) {
            days.check(dump.seen(), day, false, &mut report).await?;
        }
        last = Some(day);
    }
    let grown = tree::check(dump.seen(), province, &mut report).await?;
    signed::check(dump.seen(), province, &grown, noted, &mut report).await?;
    Ok(report)
}
