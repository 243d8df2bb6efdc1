//! Writing a file: rows are read here, and written by a thread of their own.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, bail};
use tokio::sync::mpsc;

use super::book::Book;
use super::plan::Plan;
use super::rows::{Row, Rows};
use super::writer::{Format, Writer};
use crate::registry::Snapshot;
use crate::store::Database;
use crate::words::{Day, Period};

/// Rows after which the progress is told.
const TOLD_EACH: u64 = 500;

/// How far a file has come.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    all: AtomicU64,
}

impl Progress {
    /// Answers written, and all there will be.
    pub fn now(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    pub(super) fn begin(&self, all: u64) {
        self.all.store(all, Ordering::Relaxed);
    }

    /// “34000 of 100000 answers (34 %)”.
    pub fn line(&self) -> String {
        let (done, all) = self.now();
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or(0);
        format!("{done} of {all} answers ({percent} %)")
    }
}

/// A file to be written.
#[derive(Debug)]
pub struct Order<'a> {
    /// The registry as it was when the file was planned.
    pub snapshot: &'a Snapshot,
    /// What it will hold.
    pub plan: Plan,
    /// Its form.
    pub format: Format,
    /// Today.
    pub made: Day,
    /// A private folder for what is laid aside meanwhile.
    pub folder: &'a Path,
}

/// Writes a file. It is whole, or there is an error.
pub async fn export<W: Write + Send + 'static>(
    db: &Database,
    order: Order<'_>,
    out: W,
    progress: &Arc<Progress>,
) -> anyhow::Result<W> {
    let Order { snapshot, plan, format, made, folder } = order;
    progress.begin(plan.rows);
    let book = Arc::new(Book::of(plan, snapshot, made));
    let (sender, receiver) = mpsc::channel(1);
    let writing = {
        let (book, progress, folder) = (Arc::clone(&book), Arc::clone(progress), folder.to_path_buf());
        tokio::task::spawn_blocking(move || write(&book, format, out, &folder, receiver, &progress))
    };
    let mut rows = Rows::of(db, snapshot, &book.plan);
    let read = loop {
        match rows.some().await {
            Ok(Some(some)) => {
                if sender.send(some).await.is_err() {
                    // The writer has ended, and says why.
                    break Ok(());
                }
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    drop(sender);
    let written = writing.await.context("the writer of the file ended")?;
    read.and(written)
}

fn write<W: Write + Send>(
    book: &Book,
    format: Format,
    out: W,
    folder: &Path,
    mut rows: mpsc::Receiver<Vec<Row>>,
    progress: &Progress,
) -> anyhow::Result<W> {
    let mut writer = Writer::begin(format, book, BufWriter::new(out), folder)?;
    let mut written: u64 = 0;
    while let Some(some) = rows.blocking_recv() {
        for row in &some {
            writer.row(row).context("while writing the file")?;
            written += 1;
            if written.is_multiple_of(TOLD_EACH) {
                progress.done.store(written, Ordering::Relaxed);
            }
        }
    }
    if written != book.plan.rows {
        bail!("{written} of {} answers were written: the file is not whole", book.plan.rows);
    }
    progress.done.store(written, Ordering::Relaxed);
    let out = writer.end().context("while ending the file")?;
    out.into_inner().map_err(std::io::IntoInnerError::into_error).context("while ending the file")
}

/// A name that says what the file holds: `thuocdo-P01-2026Q3-counter-1.sav`.
pub fn file_name(unit: &str, period: Period, edition: &str, format: Format) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    let plain =
        |text: &str| -> String { text.chars().map(|sign| if is_plain(sign) { sign } else { '-' }).take(64).collect() };
    let (year, quarter) = Period::quarter_of(period.to);
    let when = if Period::reporting_quarter(year, quarter) == Some(period) {
        format!("{year}Q{quarter}")
    } else if Period::reporting_year(year) == period {
        year.to_string()
    } else {
        format!("{}-{}", period.from.iso(), period.to.iso())
    };
    format!("thuocdo-{}-{when}-{}.{}", plain(unit), plain(edition), format.word())
}
