//! Proofs from the stored tree: that a leaf stands in it, and that it only grew. A proof reads a few hundred hashes, however
//! large the record is.

use anyhow::Context;

use crate::collect::{first_key, signer_of};
use crate::record::tree::{self, Hash, Peaks, Range, Subtree, subtrees};
use crate::record::{Inclusion, Keys, Leaf, Receipt, ReceiptFile};
use crate::store::batches::{self, Batch, LEVELS, Source};
use crate::store::checkpoints::{self, StoredCheckpoint};
use crate::store::{ConnectionTrait, raw};
use crate::words::Province;

/// The proof that the answer of a receipt stands in the record; none while it does not, or no checkpoint is signed over it.
pub async fn inclusion(
    db: &impl ConnectionTrait,
    province: Province,
    receipt: &Receipt,
) -> anyhow::Result<Option<ReceiptFile>> {
    let Some((leaf, batch)) = sealed(db, province, receipt).await? else { return Ok(None) };
    let rank = batches::rank(db, province, &batch, &leaf).await.context("while looking for the place of a leaf")?;
    let index = u64::try_from(batch.first.saturating_add(rank))?;
    let Some(checkpoint) = over(db, province, &batch).await? else { return Ok(None) };
    let ranges =
        tree::inclusion_ranges(index, u64::try_from(checkpoint.size)?).context("the leaf is not in the tree")?;
    let path = hashes(db, province, &ranges).await?;
    let keys = checkpoints::keys(db, province).await.context("while reading the keys of the record")?;
    let inclusion = Some(Inclusion { index, path });
    Ok(Some(ReceiptFile { day: receipt.day(), leaf, inclusion, keys, note: checkpoint.note }))
}

/// The signed promise to seal the answer of a receipt; none if there is no such answer, or the key is not at hand.
pub async fn promise(
    db: &impl ConnectionTrait,
    keys: &Keys,
    province: Province,
    receipt: &Receipt,
) -> anyhow::Result<Option<ReceiptFile>> {
    let found = raw::leaf_of(db, province, receipt).await.context("while looking for the answer of a receipt")?;
    let mut known = checkpoints::keys(db, province).await.context("while reading the keys of the record")?;
    if known.is_empty() {
        // The key that the first checkpoint will be signed with.
        known.extend(first_key(province, keys));
    }
    let signer = known.last().and_then(|key| signer_of(&key.vkey, &keys.checkpoint));
    let (Some((_, leaf)), Some(signer)) = (found, signer) else { return Ok(None) };
    let (day, leaf) = (receipt.day(), Leaf(leaf));
    let note = crate::record::promise(&signer, day, &leaf);
    Ok(Some(ReceiptFile { day, leaf, inclusion: None, keys: known, note }))
}

/// Whether promises can be signed: the secret of the key in use is at hand.
pub async fn can_promise(db: &impl ConnectionTrait, keys: &Keys, province: Province) -> anyhow::Result<bool> {
    let current = checkpoints::current_key(db, province).await.context("while reading the keys of the record")?;
    Ok(current.is_none_or(|(_, vkey)| signer_of(&vkey, &keys.checkpoint).is_some()))
}

/// The first signed checkpoint over the answer of a receipt.
pub async fn checkpoint_of(
    db: &impl ConnectionTrait,
    province: Province,
    receipt: &Receipt,
) -> anyhow::Result<Option<StoredCheckpoint>> {
    match sealed(db, province, receipt).await? {
        Some((_, batch)) => over(db, province, &batch).await,
        None => Ok(None),
    }
}

/// The proof that the record of one checkpoint is the beginning of that of another; none unless both are signed checkpoints.
pub async fn consistency(
    db: &impl ConnectionTrait,
    province: Province,
    (from, to): (i64, i64),
) -> anyhow::Result<Option<Vec<Hash>>> {
    for size in [from, to] {
        let known = checkpoints::of_size(db, province, size).await.context("while looking for a checkpoint")?;
        if known.is_none() {
            return Ok(None);
        }
    }
    let Some(ranges) = tree::consistency_ranges(u64::try_from(from)?, u64::try_from(to)?) else { return Ok(None) };
    hashes(db, province, &ranges).await.map(Some)
}

/// A sealed answer's leaf and the batch that holds it.
async fn sealed(
    db: &impl ConnectionTrait,
    province: Province,
    receipt: &Receipt,
) -> anyhow::Result<Option<(Leaf, Batch)>> {
    let found = raw::leaf_of(db, province, receipt).await.context("while looking for the answer of a receipt")?;
    let Some((Source::Sealed, leaf)) = found else { return Ok(None) };
    let (day, leaf) = (receipt.day(), Leaf(leaf));
    let late = batches::late_batch(db, province, day, &leaf).await.context("while looking for a late answer")?;
    let batches = batches::of_day(db, province, day).await.context("while reading the batches of a day")?;
    let batch = batches.into_iter().find(|batch| late.is_none_or(|number| number == batch.number));
    Ok(batch.map(|batch| (leaf, batch)))
}

async fn over(
    db: &impl ConnectionTrait,
    province: Province,
    batch: &Batch,
) -> anyhow::Result<Option<StoredCheckpoint>> {
    checkpoints::first_above(db, province, batch.first).await.context("while looking for a checkpoint")
}

/// The root of each range.
async fn hashes(db: &impl ConnectionTrait, province: Province, ranges: &[Range]) -> anyhow::Result<Vec<Hash>> {
    let mut blocks = Blocks { province, read: Vec::new() };
    let mut hashes = Vec::with_capacity(ranges.len());
    for range in ranges {
        let mut parts = Vec::new();
        for at in subtrees(*range) {
            parts.push(blocks.subtree(db, at).await?);
        }
        hashes.push(tree::fold(&parts));
    }
    Ok(hashes)
}

/// Leaves below one stored subtree each, read once: a proof needs those beside its leaf and those at the end of a tree.
struct Blocks {
    province: Province,
    /// Place of the first leaf, and the leaves.
    read: Vec<(i64, Vec<Hash>)>,
}

impl Blocks {
    /// The root of a complete subtree, from the stored ones next below it, or from leaves.
    async fn subtree(&mut self, db: &impl ConnectionTrait, at: Subtree) -> anyhow::Result<Hash> {
        let stored = LEVELS.into_iter().rev().find(|level| *level <= at.level).unwrap_or(0);
        let height = u32::from(at.level - stored);
        let from = i64::try_from(at.index.checked_shl(height).context("the tree is too large")?)?;
        let to = from.saturating_add(1_i64.checked_shl(height).context("the tree is too large")?);
        let below: Vec<Hash> = if stored == 0 {
            self.leaves(db, (from, to)).await?
        } else {
            let nodes = batches::nodes(db, self.province, i16::from(stored), (from, to)).await;
            let nodes = nodes.context("while reading nodes of the tree")?;
            nodes.into_iter().filter_map(|(_, hash)| hash.try_into().ok()).collect()
        };
        if i64::try_from(below.len())? != to - from {
            anyhow::bail!("the tree of answers has gaps; `thuocdo record verify` names them");
        }
        let mut peaks = Peaks::default();
        for hash in below {
            peaks.append(hash, |_, _| ());
        }
        Ok(peaks.root())
    }

    /// Leaves `from..to`, which lie in one block.
    async fn leaves(&mut self, db: &impl ConnectionTrait, (from, to): (i64, i64)) -> anyhow::Result<Vec<Hash>> {
        let size = 1_i64 << LEVELS[0];
        let first = from - from % size;
        if !self.read.iter().any(|(known, _)| *known == first) {
            self.read.push((first, leaves(db, self.province, (first, first + size)).await?));
        }
        let block = self.read.iter().find(|(known, _)| *known == first).map(|(_, leaves)| leaves.as_slice());
        let range = usize::try_from(from - first)?..usize::try_from(to - first)?;
        Ok(block.and_then(|leaves| leaves.get(range)).unwrap_or_default().to_vec())
    }
}

async fn leaves(db: &impl ConnectionTrait, province: Province, (from, to): (i64, i64)) -> anyhow::Result<Vec<Hash>> {
    let mut leaves = Vec::new();
    for batch in batches::holding(db, province, (from, to)).await.context("while reading batches")? {
        let offset = from.max(batch.first) - batch.first;
        let limit = to.min(batch.first.saturating_add(batch.n)) - batch.first - offset;
        leaves.extend(batches::leaves(db, province, &batch, (offset, limit)).await.context("while reading leaves")?);
    }
    Ok(leaves)
}
