//! Erasing a comment at the wish of the person who wrote it: by the receipt code, which is all that leads to it.

use anyhow::Context;

use crate::record::Receipt;
use crate::store::{Database, answers, seal as moving, staff_log};
use crate::words::{Moment, Province};

/// What became of the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    /// The text is gone; the ratings stay.
    Erased,
    /// The form has no comment, or it was erased before.
    NoComment,
    /// No form has this receipt code.
    Unknown,
}

/// Erases the comment of a form. The staff log keeps the day of the form and nothing that leads to it.
pub async fn comment(db: &Database, province: Province, receipt: &Receipt, now: Moment) -> anyhow::Result<Erased> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    // A comment that is just being sealed would be in neither table.
    moving::take_open_day(&tx).await.context("while waiting for the open day")?;
    let known = answers::standing(&tx, province, receipt).await.context("while looking for a receipt")?;
    if known.is_none() {
        return Ok(Erased::Unknown);
    }
    if answers::erase_comment(&tx, province, receipt, now.day()).await.context("while erasing a comment")? == 0 {
        return Ok(Erased::NoComment);
    }
    let object = format!("of a form of {}", receipt.day().iso());
    staff_log::append(&tx, province, now, "cli", "erase comment", &object)
        .await
        .context("while writing the staff log")?;
    tx.commit().await.context("while committing")?;
    // The write-ahead log still holds the page with the text.
    db.truncate_log().await.context("while emptying the write-ahead log")?;
    Ok(Erased::Erased)
}
