//! The tree: batches from their leaves, complete subtrees, the roots after every batch.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use super::Report;
use crate::record::tree::{Hash, Peaks, Subtree};
use crate::store::ConnectionTrait;
use crate::store::batches::{self, Batch, LEVELS};
use crate::words::Province;

/// Rows that are read at a time.
const AT_A_TIME: u16 = 4_096;

/// What the batches amount to.
#[derive(Debug, Default)]
pub(super) struct Grown {
    /// Number of leaves.
    pub(super) size: u64,
    /// Root of the tree after each batch, by size.
    pub(super) roots: BTreeMap<u64, Hash>,
}

/// Checks the batches one after another.
///
/// A batch that does not have its leaves is told of once: what follows is checked from the state it left behind, so that one
/// act does not make everything after it look altered.
pub(super) async fn check(db: &impl ConnectionTrait, province: Province, report: &mut Report) -> anyhow::Result<Grown> {
    let mut walk = Walk { province, whole: Peaks::default(), next: 1, grown: Grown::default() };
    let mut after = i32::MIN;
    loop {
        let page = batches::after(db, province, after, 256).await.context("while reading batches")?;
        for batch in &page {
            walk.batch(db, batch, report).await.with_context(|| format!("while reading batch {}", batch.number))?;
        }
        match page.last() {
            Some(last) => after = last.number,
            None => break,
        }
    }
    walk.grown.size = walk.whole.size();
    walk.all_nodes(db, report).await.context("while reading nodes of the tree")?;
    Ok(walk.grown)
}

struct Walk {
    province: Province,
    whole: Peaks,
    next: i32,
    grown: Grown,
}

impl Walk {
    async fn batch(&mut self, db: &impl ConnectionTrait, batch: &Batch, report: &mut Report) -> anyhow::Result<()> {
        let place = format!("batch {} of {}", batch.number, batch.day.iso());
        if batch.number != self.next {
            let missing = format!("batch {}", self.next);
            let told = format!("it is missing: batch {} follows", batch.number);
            report.fault("batch", missing, told);
        }
        self.next = batch.number.saturating_add(1);
        report.batches += 1;
        let is_in_place = u64::try_from(batch.first) == Ok(self.whole.size());
        let own = self.leaves(db, batch).await?;
        let has_leaves = own.peaks.root().as_slice() == batch.root;
        if !has_leaves {
            let (is, should) = (own.peaks.size(), batch.n);
            let what = match u64::try_from(should).unwrap_or(0).cmp(&is) {
                std::cmp::Ordering::Greater => format!("it has {is} answers and had {should}: answers were removed"),
                std::cmp::Ordering::Less => format!("it has {is} answers and had {should}: answers were added"),
                std::cmp::Ordering::Equal => "its answers are not those that were sealed".to_owned(),
            };
            report.fault("batch", place.clone(), what);
        }
        if !is_in_place {
            let what = format!("it begins at {}, and {} answers come before it", batch.first, self.whole.size());
            report.fault("batch", place.clone(), what);
        }
        let left = u64::try_from(batch.first.saturating_add(batch.n)).ok().and_then(|n| Peaks::read(n, &batch.peaks));
        if has_leaves && is_in_place {
            if own.whole.bytes() != batch.peaks || u64::try_from(batch.n) != Ok(own.peaks.size()) {
                report.fault("batch", place, "its numbers are not those of its answers");
            }
            self.nodes(db, &own.nodes, report).await?;
            self.whole = own.whole;
        } else {
            // What came before is not as it was: the state this batch left behind is the best there is.
            self.whole = left.unwrap_or(own.whole);
        }
        self.grown.roots.insert(self.whole.size(), self.whole.root());
        Ok(())
    }

    async fn leaves(&self, db: &impl ConnectionTrait, batch: &Batch) -> anyhow::Result<Own> {
        let mut own = Own { peaks: Peaks::default(), whole: self.whole.clone(), nodes: BTreeMap::new() };
        let mut after = Vec::new();
        loop {
            let page = batches::leaves_after(db, self.province, batch, &after, AT_A_TIME).await?;
            for leaf in &page {
                // A leaf of another length is told of with its row; here it is just another one.
                let leaf = leaf.as_slice().try_into().unwrap_or([0; 32]);
                own.peaks.append(leaf, |_, _| ());
                let nodes = &mut own.nodes;
                own.whole.append(leaf, |at, hash| {
                    if LEVELS.contains(&at.level) {
                        nodes.insert(at, *hash);
                    }
                });
            }
            match page.into_iter().last() {
                Some(last) => after = last,
                None => return Ok(own),
            }
        }
    }

    /// Compares complete subtrees with the stored ones; missing ones are told of later.
    async fn nodes(
        &self,
        db: &impl ConnectionTrait,
        nodes: &BTreeMap<Subtree, Hash>,
        report: &mut Report,
    ) -> anyhow::Result<()> {
        for (at, hash) in nodes {
            let index = i64::try_from(at.index)?;
            let stored = batches::nodes(db, self.province, i16::from(at.level), (index, index + 1)).await?;
            if stored.first().is_some_and(|(_, stored)| stored.as_slice() != hash) {
                let place = format!("level {} number {index}", at.level);
                report.fault("tree_node", place, "the node is not that of its answers");
            }
        }
        Ok(())
    }

    /// Every complete subtree is stored, and nothing else.
    async fn all_nodes(&self, db: &impl ConnectionTrait, report: &mut Report) -> anyhow::Result<()> {
        let count = |level: i16| u32::try_from(level).ok().map_or(0, |level| self.whole.size() >> level.min(63));
        let mut next: BTreeMap<i16, i64> = LEVELS.map(|level| (i16::from(level), 0)).into();
        let mut after = (i16::MIN, i64::MIN);
        loop {
            let page = batches::nodes_after(db, self.province, after, AT_A_TIME).await?;
            for (level, index) in &page {
                let is_due = u64::try_from(*index).is_ok_and(|index| index < count(*level));
                if let Some(next) = next.get_mut(level).filter(|_| is_due) {
                    if *next < *index {
                        let place = format!("level {level} number {next}");
                        report.fault("tree_node", place, "the node is missing");
                    }
                    *next = index.saturating_add(1);
                } else {
                    let place = format!("level {level} number {index}");
                    report.fault("tree_node", place, "there is no such node in the tree");
                }
            }
            match page.last() {
                Some(last) => after = *last,
                None => break,
            }
        }
        let short: BTreeSet<(i16, i64)> = next
            .into_iter()
            .filter(|(level, next)| u64::try_from(*next).is_ok_and(|next| next < count(*level)))
            .collect();
        for (level, next) in short {
            report.fault("tree_node", format!("level {level} number {next}"), "the node is missing");
        }
        Ok(())
    }
}

/// What the leaves of a batch amount to.
struct Own {
    peaks: Peaks,
    whole: Peaks,
    nodes: BTreeMap<Subtree, Hash>,
}
