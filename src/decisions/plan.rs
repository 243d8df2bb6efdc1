//! Which blocks of a point a decision takes along in the figures. Pure.
//!
//! A figure is a sum of blocks, and whoever reads figures may add and subtract them. So a decision may cut a block only into
//! pieces that hold at least k answers each, or none; where the block is shown divided by kinds of parts, so must every atom
//! of those kinds in every piece ([`split`]). What cannot be cut so stays as it is in the figures.
//!
//! A cut stays: what was taken back counts again, but is never joined to the rest of its block. Who read the figures before
//! and after could otherwise compare a cut with a later one, days apart from it.

use std::collections::{BTreeMap, BTreeSet};

use crate::collect::split::{self, Atom};
use crate::registry::decided::{Decided, DecidedStep};
use crate::registry::exclusions::Exclusion;
use crate::registry::moves::Move;
use crate::store::blocks::{Block, Node};
use crate::store::counts::{Count, Series};
use crate::store::figures::PartKind;
use crate::words::{Channel, Day, DecisionId, EditionNumber, Level, Period, PointId};

/// Forms of one day and channel: nothing smaller is ever taken.
pub(super) type Slice = (Day, Channel);

/// Slices of one block that are taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The block.
    pub block: Block,
    /// Days and channels with answers of it.
    pub slices: BTreeSet<Slice>,
}

/// What a decision takes out of the figures of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taking {
    decision: DecisionId,
    days: Period,
    level: Option<Level>,
    channel: Option<Channel>,
}

/// One decision on the answers of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Takes answers.
    Take(Taking),
    /// Gives back what this decision took.
    Back(DecisionId),
}

impl Step {
    /// A move takes everything.
    pub(super) const fn moved(decision: DecisionId, moved: &Move) -> Self {
        Self::Take(Taking { decision, days: moved.days, level: None, channel: None })
    }

    /// An exclusion takes one level, by one channel or by all.
    pub(super) const fn excluded(decision: DecisionId, exclusion: &Exclusion) -> Self {
        let (days, level, channel) = (exclusion.days, Some(exclusion.level), exclusion.channel);
        Self::Take(Taking { decision, days, level, channel })
    }
}

impl Taking {
    fn takes(&self, (day, channel): Slice) -> bool {
        self.days.contains(day) && self.channel.is_none_or(|only| only == channel)
    }
}

/// What was approved about the answers of a point, in that order.
pub(super) fn steps_of(point: PointId, decided: &Decided) -> Vec<Step> {
    let of_point = |step: &DecidedStep| match step {
        DecidedStep::Moved(id, moved) => (moved.from == point).then(|| Step::moved(*id, moved)),
        DecidedStep::Excluded(id, exclusion) => (exclusion.point == point).then(|| Step::excluded(*id, exclusion)),
        DecidedStep::Restored(id) => {
            let known = decided.exclusion(*id).filter(|known| known.exclusion.point == point);
            known.map(|known| Step::Back(known.id))
        }
    };
    decided.steps.iter().filter_map(of_point).collect()
}

type Forms = BTreeMap<Atom, i64>;
type Stream = (EditionNumber, Level);

/// The pieces that the last of these steps of a point takes or gives back; those before it were approved before it.
pub(super) fn pieces(
    point: PointId,
    steps: &[Step],
    blocks: &[Block],
    cells: &[(Series, Count)],
    k: i64,
) -> Vec<Piece> {
    let Some((last, earlier)) = steps.split_last() else { return Vec::new() };
    let forms = forms_by_slice(point, cells);
    let mut own: Vec<&Block> = blocks.iter().filter(|block| block.node == Node::Point(point)).collect();
    own.sort_by_key(|block| (block.edition, block.level, block.half, block.number));
    let mut found = Vec::new();
    let mut before: Option<&Block> = None;
    for block in own {
        let same =
            |other: &&Block| (other.edition, other.level, other.half) == (block.edition, block.level, block.half);
        let first = before.filter(same).map_or(block.half.first(), |other| other.through.plus(1));
        before = Some(block);
        let Some(slices) = forms.get(&(block.edition, block.level)) else { continue };
        let is_held = |(day, _): &Slice| first <= *day && *day <= block.through;
        let slices: BTreeMap<Slice, &Forms> =
            slices.iter().filter(|(slice, _)| is_held(slice)).map(|(slice, of)| (*slice, of)).collect();
        if slices.values().flat_map(|of| of.values()).sum::<i64>() != block.n {
            continue;
        }
        let mut cut = Cut::of(block.level, slices, k);
        for step in earlier {
            cut.apply(step);
        }
        let slices = cut.apply(last);
        found.extend((!slices.is_empty()).then_some(Piece { block: *block, slices }));
    }
    found
}

fn forms_by_slice(point: PointId, cells: &[(Series, Count)]) -> BTreeMap<Stream, BTreeMap<Slice, Forms>> {
    let mut forms: BTreeMap<Stream, BTreeMap<Slice, Forms>> = BTreeMap::new();
    for (series, count) in cells.iter().filter(|(series, _)| series.point == point) {
        if matches!(count, Count::Item(0, _)) {
            let stream = forms.entry((series.edition, series.level)).or_default();
            let of = stream.entry((series.day, series.channel)).or_default();
            *of.entry(split::atom_of(series)).or_default() += split::forms_of(count);
        }
    }
    forms
}

/// A block as it was cut so far.
struct Cut<'a> {
    level: Level,
    forms: BTreeMap<Slice, &'a Forms>,
    /// The kinds of parts by which the block is shown divided.
    kinds: Vec<PartKind>,
    k: i64,
    /// Its pieces, each with the decision that took it, where one did.
    pieces: Vec<(BTreeSet<Slice>, Option<DecisionId>)>,
}

impl<'a> Cut<'a> {
    fn of(level: Level, forms: BTreeMap<Slice, &'a Forms>, k: i64) -> Self {
        let mut sums = Forms::new();
        for (atom, n) in forms.values().flat_map(|of| of.iter()) {
            *sums.entry(*atom).or_default() += n;
        }
        let pieces = vec![(forms.keys().copied().collect(), None)];
        Self { level, forms, kinds: split::kinds_of(&sums, k), k, pieces }
    }

    /// What a step takes or gives back.
    fn apply(&mut self, step: &Step) -> BTreeSet<Slice> {
        match step {
            Step::Back(decision) => self.give_back(*decision),
            Step::Take(taking) if taking.level.is_none_or(|only| only == self.level) => self.take(taking),
            Step::Take(_) => BTreeSet::new(),
        }
    }

    fn give_back(&mut self, decision: DecisionId) -> BTreeSet<Slice> {
        let mut given = BTreeSet::new();
        for (slices, by) in self.pieces.iter_mut().filter(|(_, by)| *by == Some(decision)) {
            given.extend(slices.iter().copied());
            *by = None;
        }
        given
    }

    /// Takes of every piece that still counts what is asked for, if neither side of the cut would isolate anybody.
    fn take(&mut self, taking: &Taking) -> BTreeSet<Slice> {
        let mut all = BTreeSet::new();
        for (slices, by) in std::mem::take(&mut self.pieces) {
            let (taken, left): (BTreeSet<Slice>, BTreeSet<Slice>) =
                slices.iter().partition(|slice| by.is_none() && taking.takes(**slice));
            if taken.is_empty() || !self.isolates_nobody(&taken) || !self.isolates_nobody(&left) {
                self.pieces.push((slices, by));
                continue;
            }
            all.extend(taken.iter().copied());
            self.pieces.push((taken, Some(taking.decision)));
            self.pieces.extend((!left.is_empty()).then_some((left, None)));
        }
        all
    }

    fn isolates_nobody(&self, slices: &BTreeSet<Slice>) -> bool {
        let forms = slices.iter().filter_map(|slice| self.forms.get(slice)).flat_map(|of| of.iter());
        split::isolates_nobody(forms, &self.kinds, self.k)
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
