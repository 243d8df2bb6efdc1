//! Erasing a comment whose author, or somebody it names, asks for it.

use anyhow::{Context, bail};

use crate::record::Receipt;
use crate::store::{Database, answers, comments, staff_log};
use crate::words::{Day, Moment, Province};

/// What became of the comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// Whether it had been erased before, and when.
    pub before: Option<Day>,
    /// Whether the files of the database no longer hold it either; if not, the act is to be repeated.
    pub is_wiped: bool,
}

/// Erases the text of the comment with this receipt, open or sealed; its answer stays, and counts. The act stands in the
/// staff log, without the text.
pub async fn erase_comment(
    db: &Database,
    province: Province,
    receipt: &Receipt,
    now: Moment,
) -> anyhow::Result<Erased> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    answers::share_open_day(&tx).await.context("while waiting for the sealing of a day")?;
    let found = comments::find(&tx, province, receipt).await.context("while looking for the comment")?;
    let Some(found) = found else {
        let known = answers::standing(&tx, province, receipt).await.context("while looking for the answer")?;
        tx.rollback().await.context("while ending the search")?;
        match known {
            Some(_) => bail!("the answer with the receipt {receipt} has no comment: nothing is to be erased"),
            None => {
                bail!("there is no answer with the receipt {receipt}; mend the code, or the database with --database")
            }
        }
    };
    if found.erased.is_none() {
        comments::erase(&tx, province, receipt.day(), &found, now.day()).await.context("while erasing the comment")?;
        // The day alone: the log has times, and a leaf beside a time would lead to one form.
        let object = format!("of a form of {}", receipt.day().iso());
        let noted = staff_log::append(&tx, province, now, "cli", "erase comment", &object).await;
        noted.context("while writing the staff log")?;
    }
    tx.commit().await.context("while committing the erasure")?;
    let is_wiped = comments::wipe(db, &found).await.context("while writing over what was erased")?;
    Ok(Erased { before: found.erased, is_wiped })
}
