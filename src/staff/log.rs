//! The staff log as a chain that anyone can check: here, in the database, and far from it, in an exported file.

mod file;

use std::io::{Read, Write};

use anyhow::Context;

use super::chain::{ChainBreak, ChainCheck};
use crate::record::{StaffEntry, StaffHead};
use crate::store::{Database, DatabaseTransaction, staff_log};
use crate::words::Province;

/// Largest exported file that is checked, in bytes.
const LARGEST_FILE: u64 = 1 << 30;

/// What a check of the chain came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The last act up to which everything is as it was written.
    pub good: StaffHead,
    /// The first fault.
    pub broken: Option<ChainBreak>,
}

/// Checks the chain in the database against its head, and against a head that was noted earlier.
pub async fn verify(db: &Database, province: Province, noted: Option<StaffHead>) -> anyhow::Result<Verdict> {
    walk(db, province, noted, |_| Ok(())).await
}

/// Writes the whole log as CSV, as it stands, and says whether its chain is whole.
pub async fn export_csv(db: &Database, province: Province, out: impl Write) -> anyhow::Result<Verdict> {
    let mut file = file::Writing::begin(out).context("while writing the file")?;
    let verdict = walk(db, province, None, |entry| file.put(entry).context("while writing the file")).await?;
    file.end().context("while writing the file")?;
    Ok(verdict)
}

/// Checks an exported file, without a database. A head that was noted earlier has to lie on its chain: without one, a file
/// whose end is missing cannot be told from an older one.
pub fn verify_export(bytes: impl Read, noted: Option<StaffHead>) -> anyhow::Result<Verdict> {
    let mut check = ChainCheck::new(noted);
    let mut broken = None;
    file::read(bytes.take(LARGEST_FILE), |entry| {
        if broken.is_none() {
            broken = check.take(entry).err();
        }
    })?;
    Ok(verdict(&check, broken.or_else(|| check.end().err())))
}

fn verdict(check: &ChainCheck, broken: Option<ChainBreak>) -> Verdict {
    Verdict { good: check.last(), broken }
}

/// Goes through the whole log, page by page, as it stands at one moment.
async fn walk(
    db: &Database,
    province: Province,
    noted: Option<StaffHead>,
    mut each: impl FnMut(&StaffEntry) -> anyhow::Result<()>,
) -> anyhow::Result<Verdict> {
    let tx = db.begin_reading().await.context("while reading the staff log")?;
    let head = staff_log::head(&tx, province).await.context("while reading the head of the staff log")?;
    let mut check = ChainCheck::new(noted);
    let mut broken = None;
    let mut after = None;
    while let Some(page) = next_page(&tx, province, after).await? {
        for entry in &page {
            if broken.is_none() {
                broken = check.take(entry).err();
            }
            each(entry)?;
        }
        after = page.last().map(|entry| entry.seq);
    }
    tx.rollback().await.context("while ending the reading of the staff log")?;
    let end = || check.end_at(head.as_ref().map(|head| (head.seq, head.hash.as_slice()))).err();
    Ok(verdict(&check, broken.or_else(end)))
}

async fn next_page(
    tx: &DatabaseTransaction,
    province: Province,
    after: Option<i32>,
) -> anyhow::Result<Option<Vec<StaffEntry>>> {
    let page = staff_log::entries(tx, province, after, staff_log::LARGEST_PAGE);
    let page = page.await.context("while reading the staff log")?;
    // A number that does not grow was put there by hand; it was found bad, and must not be read for ever.
    let grows = page.last().is_some_and(|last| after.is_none_or(|after| last.seq > after));
    Ok(grows.then_some(page))
}
