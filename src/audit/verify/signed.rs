//! What is signed: the keys, each endorsed by the one before, and the checkpoints over the tree and the staff log.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use super::Report;
use super::tree::Grown;
use crate::record::{Checkpoint, KeyRow, Keyring, Note, StaffHead};
use crate::store::checkpoints::{self, StoredCheckpoint};
use crate::store::{ConnectionTrait, staff_log};
use crate::words::Province;

/// Comments that were erased, by the day of their form, as the staff log has them.
pub(super) async fn erasures(db: &impl ConnectionTrait, province: Province) -> anyhow::Result<BTreeMap<String, usize>> {
    let mut erasures = BTreeMap::new();
    each_act(db, province, |act, object| {
        if let Some(day) = object.strip_prefix("of a form of ").filter(|_| act == "erase comment") {
            *erasures.entry(day.to_owned()).or_default() += 1;
        }
    })
    .await?;
    Ok(erasures)
}

async fn each_act(
    db: &impl ConnectionTrait,
    province: Province,
    mut see: impl FnMut(&str, &str),
) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let page = staff_log::entries(db, province, after, staff_log::LARGEST_PAGE).await;
        let page = page.context("while reading the staff log")?;
        for entry in &page {
            see(&entry.act, &entry.object);
        }
        match page.last() {
            Some(last) if after != Some(last.seq) => after = Some(last.seq),
            _ => return Ok(()),
        }
    }
}

/// Checks keys and checkpoints, and a checkpoint that was noted elsewhere.
pub(super) async fn check(
    db: &impl ConnectionTrait,
    province: Province,
    grown: &Grown,
    noted: Option<&str>,
    report: &mut Report,
) -> anyhow::Result<()> {
    let keys = checkpoints::keys(db, province).await.context("while reading the keys of the record")?;
    if keys.is_empty() && grown.size == 0 {
        let any = checkpoints::latest(db, province).await.context("while reading the last checkpoint")?;
        if any.is_some() || noted.is_some() {
            report.fault("checkpoint", "all", "the record is empty: everything was removed");
        }
        return Ok(());
    }
    let ring = match Keyring::follow(&keys, None) {
        Ok(ring) => ring,
        Err(fault) => {
            report.fault("record_key", "all", fault.to_string());
            return Ok(());
        }
    };
    of_keys(db, province, &keys, &ring, report).await?;
    let last = of_checkpoints(db, province, &ring, grown, report).await?;
    if last != grown.size {
        let what = format!("no checkpoint is signed over the whole record: the last is over {last} answers");
        report.fault("checkpoint", format!("size {}", grown.size), what);
    }
    if let Some(noted) = noted {
        of_noted(&ring, grown, noted, report);
    }
    Ok(())
}

/// Every key but the first was put in place by an act that stands in the staff log.
async fn of_keys(
    db: &impl ConnectionTrait,
    province: Province,
    keys: &[KeyRow],
    ring: &Keyring,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut turned = BTreeSet::new();
    each_act(db, province, |act, object| {
        if act == crate::audit::rotation::ACT {
            turned.insert(object.split(' ').take(3).collect::<Vec<_>>().join(" "));
        }
    })
    .await?;
    for key in keys.iter().skip(1) {
        if !turned.contains(&format!("key {} {}", key.id, key.vkey)) {
            report.fault("record_key", format!("key {}", key.id), "the staff log does not know of it");
        }
    }
    for orphan in &ring.orphans {
        report.remarks.push(format!(
            "key {orphan} began without the word of the key before it, which was lost: whoever knew the older key has to be \
             told the new one"
        ));
    }
    Ok(())
}

/// Checks every checkpoint; the size of the last.
async fn of_checkpoints(
    db: &impl ConnectionTrait,
    province: Province,
    ring: &Keyring,
    grown: &Grown,
    report: &mut Report,
) -> anyhow::Result<u64> {
    let (mut before, mut after) = (0, i64::MIN);
    loop {
        let page = checkpoints::above(db, province, after, 256).await.context("while reading checkpoints")?;
        for stored in &page {
            report.checkpoints += 1;
            let place = format!("size {} of {}", stored.size, stored.day.iso());
            if ring.current().is_some_and(|(current, _)| stored.key_id > current) {
                report.fault(
                    "record_key",
                    format!("key {}", stored.key_id),
                    "it is missing, and a checkpoint names it",
                );
            }
            // What is no checkpoint of this size at all was put there, and is not before the next one.
            let signed = ring.checkpoint(&stored.note).and_then(|read| i64::try_from(read.size).ok());
            let is_foreign = signed.is_some_and(|size| size != stored.size);
            match of_checkpoint(ring, grown, stored, before) {
                Ok(read) => {
                    if let Some(what) = of_head(db, province, read.staff_log).await? {
                        report.fault("staff_log", format!("act {}", read.staff_log.seq), what);
                    }
                    report.latest = Some(read);
                }
                Err(what) => report.fault("checkpoint", place, what),
            }
            if !is_foreign {
                before = u64::try_from(stored.size).unwrap_or(0);
            }
        }
        match page.last() {
            Some(last) => after = last.size,
            None => return Ok(before),
        }
    }
}

fn of_checkpoint(ring: &Keyring, grown: &Grown, stored: &StoredCheckpoint, before: u64) -> Result<Checkpoint, String> {
    let size = u64::try_from(stored.size).unwrap_or(0);
    let read = ring.checkpoint(&stored.note).ok_or("it was altered: no key of the record signed it")?;
    let key = ring.for_size(read.size).map(|(id, _)| id);
    if (read.size, read.through, key) != (size, stored.day, Some(stored.key_id)) {
        return Err("its size, day or key is not the one that was signed".to_owned());
    }
    if read.before != before {
        return Err(format!("the checkpoint before it was over {} answers and is missing", read.before));
    }
    match grown.roots.get(&size) {
        Some(root) if *root == read.root => Ok(read),
        Some(_) => Err("the record up to it is not the one that was signed".to_owned()),
        None => Err("the record has no batch that ends there".to_owned()),
    }
}

/// Whether the head of the staff log in a checkpoint lies on the log.
async fn of_head(
    db: &impl ConnectionTrait,
    province: Province,
    head: StaffHead,
) -> anyhow::Result<Option<&'static str>> {
    if head == StaffHead::START {
        return Ok(None);
    }
    let found = staff_log::entries(db, province, Some(head.seq.saturating_sub(1)), 1).await;
    let found = found.context("while reading the staff log")?;
    let there = found.first().is_some_and(|entry| entry.seq == head.seq && entry.hash == head.hash);
    Ok((!there).then_some("a checkpoint was signed over this act, and it is missing or another one now"))
}

/// Whether a checkpoint that was noted elsewhere lies on the record.
fn of_noted(ring: &Keyring, grown: &Grown, noted: &str, report: &mut Report) {
    let Some(read) = Note::parse(noted).and_then(|note| Checkpoint::parse(note.text())) else {
        report.fault("checkpoint", "the one noted elsewhere", "the file holds no checkpoint");
        return;
    };
    let place = format!("the one noted elsewhere, size {}", read.size);
    if ring.checkpoint(noted).is_none() {
        report.fault(
            "checkpoint",
            place,
            "no key of this record signed it: it belongs to another record, or the keys were changed",
        );
    } else if read.size > grown.size {
        let what = format!("the record has {} answers only: it was rolled back", grown.size);
        report.fault("checkpoint", place, what);
    } else if grown.roots.get(&read.size) != Some(&read.root) {
        report.fault("checkpoint", place, "the record up to it is another one now: it was rewritten");
    }
}
