//! Sealed days into the tree of answers, and a signed checkpoint over it: part of the transaction that seals them.
//!
//! One batch for each sealed day; an answer that comes after its day was sealed goes into a further batch of that day, and is
//! noted by name. The tree is never read again: its largest complete subtrees are enough to go on.

use std::collections::BTreeSet;

use anyhow::{Context, bail};

use crate::record::tree::{Hash, Peaks, Subtree};
use crate::record::{Checkpoint, KeyRow, Keys, Leaf, NoteKey, Secret, Signer, StaffHead, origin_of};
use crate::store::batches::{self, Batch, LEVELS, Source};
use crate::store::checkpoints::{self, StoredCheckpoint};
use crate::store::{ConnectionTrait, staff_log};
use crate::words::{Day, Province};

/// Leaves that are read at a time, and rows that wait to be written.
const AT_A_TIME: u16 = 4_096;

/// Appends the open answers up to a day to the tree, in key order; the first time, those that were sealed before there was
/// a tree come before them.
pub(super) async fn append(tx: &impl ConnectionTrait, province: Province, through: Day) -> anyhow::Result<()> {
    let last = batches::last(tx, province).await.context("while reading the last batch")?;
    let mut growing = Growing::after(tx, province, last.as_ref()).await?;
    if last.is_none() {
        growing.take(tx, Source::Sealed, Day(i32::MAX)).await?;
    }
    growing.take(tx, Source::Open, through).await
}

/// A tree that grows batch by batch.
struct Growing {
    province: Province,
    number: i32,
    whole: Peaks,
    /// Days that have a batch already.
    known: BTreeSet<Day>,
    open: Option<OpenBatch>,
    nodes: Vec<(Subtree, Hash)>,
    late: Vec<(Day, Leaf, i32)>,
}

struct OpenBatch {
    day: Day,
    first: u64,
    is_late: bool,
    own: Peaks,
}

impl Growing {
    async fn after(tx: &impl ConnectionTrait, province: Province, last: Option<&Batch>) -> anyhow::Result<Self> {
        let (number, whole) = match last {
            None => (0, Peaks::default()),
            Some(last) => {
                let size = u64::try_from(last.first.saturating_add(last.n)).unwrap_or(0);
                let peaks = Peaks::read(size, &last.peaks);
                let peaks = peaks.with_context(|| format!("batch {} of the record was altered", last.number))?;
                (last.number, peaks)
            }
        };
        let known = batches::days(tx, province).await.context("while reading the days of the record")?;
        Ok(Self { province, number, whole, known, open: None, nodes: Vec::new(), late: Vec::new() })
    }

    /// Appends everything of a table up to a day, and closes the last batch.
    async fn take(&mut self, tx: &impl ConnectionTrait, source: Source, through: Day) -> anyhow::Result<()> {
        let mut after = None;
        // Every turn reads on from the last key, hence it ends.
        loop {
            let page = batches::keys(tx, self.province, source, through, after, AT_A_TIME).await;
            let page = page.context("while reading leaves")?;
            for (day, leaf) in &page {
                if self.open.as_ref().is_none_or(|open| open.day != *day) {
                    self.close(tx).await?;
                    self.begin(*day)?;
                }
                self.push(*leaf);
            }
            self.flush(tx).await?;
            after = page.last().copied();
            if page.len() < usize::from(AT_A_TIME) {
                return self.close(tx).await;
            }
        }
    }

    fn begin(&mut self, day: Day) -> anyhow::Result<()> {
        self.number = self.number.checked_add(1).context("the record has no free number")?;
        let (first, is_late) = (self.whole.size(), !self.known.insert(day));
        self.open = Some(OpenBatch { day, first, is_late, own: Peaks::default() });
        Ok(())
    }

    fn push(&mut self, leaf: Leaf) {
        let Some(open) = &mut self.open else { return };
        open.own.append(leaf.0, |_, _| ());
        if open.is_late {
            self.late.push((open.day, leaf, self.number));
        }
        let nodes = &mut self.nodes;
        self.whole.append(leaf.0, |at, hash| {
            if LEVELS.contains(&at.level) {
                nodes.push((at, *hash));
            }
        });
    }

    async fn flush(&mut self, tx: &impl ConnectionTrait) -> anyhow::Result<()> {
        let nodes = std::mem::take(&mut self.nodes);
        batches::put_nodes(tx, self.province, &nodes).await.context("while writing nodes of the tree")?;
        let late = std::mem::take(&mut self.late);
        batches::append_late(tx, self.province, &late).await.context("while noting late answers")
    }

    async fn close(&mut self, tx: &impl ConnectionTrait) -> anyhow::Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let batch = Batch {
            number: self.number,
            day: open.day,
            first: i64::try_from(open.first)?,
            n: i64::try_from(open.own.size())?,
            root: open.own.root().to_vec(),
            peaks: self.whole.bytes(),
        };
        batches::append(tx, self.province, &batch).await.context("while writing a batch")
    }
}

/// Signs the tree as it stands, if it grew and the key in use is at hand; false if it is not, and somebody else has to.
pub(super) async fn sign(
    tx: &impl ConnectionTrait,
    province: Province,
    keys: &Keys,
    through: Day,
) -> anyhow::Result<bool> {
    let Some(last) = batches::last(tx, province).await.context("while reading the last batch")? else {
        return Ok(true);
    };
    let before = checkpoints::latest(tx, province).await.context("while reading the last checkpoint")?;
    let before = before.map_or(0, |checkpoint| checkpoint.size);
    let size = last.first.saturating_add(last.n);
    if size == before {
        return Ok(true);
    }
    if size < before {
        bail!("the record has {size} answers, and a checkpoint over {before} was signed: answers were removed");
    }
    let Some((key_id, signer)) = signer(tx, province, keys).await? else { return Ok(false) };
    let peaks = Peaks::read(u64::try_from(size)?, &last.peaks).context("the last batch was altered")?;
    let head = staff_log::head(tx, province).await.context("while reading the head of the staff log")?;
    let head = head.and_then(|head| Some(StaffHead { seq: head.seq, hash: head.hash.try_into().ok()? }));
    let checkpoint = Checkpoint {
        origin: signer.key().name().to_owned(),
        size: peaks.size(),
        root: peaks.root(),
        before: u64::try_from(before)?,
        through,
        staff_log: head.unwrap_or(StaffHead::START),
    };
    let note = signer.sign(&checkpoint.text());
    let stored = StoredCheckpoint { size, day: through, note, key_id };
    checkpoints::append(tx, province, &stored).await.context("while writing the checkpoint")?;
    Ok(true)
}

/// The key in use, which is made known if it is the first; none if its secret is not at hand.
async fn signer(tx: &impl ConnectionTrait, province: Province, keys: &Keys) -> anyhow::Result<Option<(i32, Signer)>> {
    let current = checkpoints::current_key(tx, province).await.context("while reading the keys of the record")?;
    if let Some((id, vkey)) = current {
        return Ok(signer_of(&vkey, &keys.checkpoint).map(|signer| (id, signer)));
    }
    let Some(row) = first_key(province, keys) else { return Ok(None) };
    checkpoints::append_key(tx, province, &row).await.context("while writing the key of the record")?;
    Ok(signer_of(&row.vkey, &keys.checkpoint).map(|signer| (row.id, signer)))
}

/// The key with which the record of a province begins.
pub fn first_key(province: Province, keys: &Keys) -> Option<KeyRow> {
    let secret = keys.checkpoint.first()?;
    let signer = Signer::new(&origin_of(province, secret)?, secret)?;
    Some(KeyRow { id: 1, vkey: signer.key().to_string(), first_size: 1, endorsement: String::new() })
}

/// The secret of a public key among those at hand.
pub fn signer_of(vkey: &str, secrets: &[Secret]) -> Option<Signer> {
    let key = NoteKey::parse(vkey)?;
    let mut signers = secrets.iter().filter_map(|secret| Signer::new(key.name(), secret));
    signers.find(|signer| *signer.key() == key)
}
