//! Turning the key that signs checkpoints: the old one vouches for the new one, and the act stands in the staff log.

use anyhow::{Context, bail};

use crate::collect::signer_of;
use crate::record::{KeyRow, Keys, NoteKey, Secret, Signer};
use crate::store::{Database, checkpoints, seal, staff_log};
use crate::words::{Moment, Province};

/// The act in the staff log.
pub const ACT: &str = "turn record key";

/// Puts a new key into use. The secret of the one in use has to be among the keys at hand, unless it was lost: then the new
/// key begins without its word, and whoever checks the record is told so.
pub async fn turn(
    db: &Database,
    keys: &Keys,
    province: Province,
    new: &Secret,
    is_lost: bool,
    now: Moment,
) -> anyhow::Result<KeyRow> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    // No checkpoint is signed meanwhile.
    seal::take_open_day(&tx).await.context("while waiting for the sealing of a day")?;
    let current = checkpoints::current_key(&tx, province).await.context("while reading the keys of the record")?;
    let Some((id, vkey)) = current else {
        bail!("the record has no key yet: it gets one when the first day is sealed");
    };
    let name = NoteKey::parse(&vkey).with_context(|| format!("key {id} of the record is no key"))?.name().to_owned();
    let next = Signer::new(&name, new).context("the new key is no key")?;
    let by = match signer_of(&vkey, &keys.checkpoint) {
        Some(old) => old,
        None if is_lost => Signer::new(&name, new).context("the new key is no key")?,
        None => bail!(
            "the key file does not hold key {id}, which is in use; put the copy of the key file back, or, where the key is \
             lost for good, use --lost: whoever follows the record then has to be told the new key"
        ),
    };
    let latest = checkpoints::latest(&tx, province).await.context("while reading the last checkpoint")?;
    let first_size = u64::try_from(latest.map_or(0, |latest| latest.size))? + 1;
    let mut row = KeyRow { id: id + 1, vkey: next.key().to_string(), first_size, endorsement: String::new() };
    row.endorsement = by.sign(&row.endorsed(&name));
    checkpoints::append_key(&tx, province, &row).await.context("while writing the new key")?;
    let how = if by.key() == next.key() { "without the key before, which was lost" } else { "endorsed" };
    let object = format!("key {} {} {how}", row.id, row.vkey);
    staff_log::append(&tx, province, now, "cli", ACT, &object).await.context("while writing the staff log")?;
    tx.commit().await.context("while committing the new key")?;
    Ok(row)
}
