//! Counts of nodes: sums of whole blocks, as everything that is shown. What no block holds is not counted, and nobody is
//! counted alone.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use crate::questionnaire::{Edition, Tally};
use crate::registry::{Directory, Snapshot};
use crate::store::ConnectionTrait;
use crate::store::alerts::Node;
use crate::store::blocks::{self, Block, Node as BlockNode};
use crate::store::counts::{self, Count};
use crate::words::{Day, EditionNumber, Half, Level, PointId, UnitId};

/// A node with the edition its counts are shown under and their level: what is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject {
    pub node: Node,
    /// The unit the node belongs to.
    pub unit: UnitId,
    pub run: EditionNumber,
    pub level: Level,
}

/// The answers of one point, edition and level.
type Stream = (PointId, EditionNumber, Level);

/// Blocks of one node in a half-month, or what two nodes were pooled into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Source {
    unit: UnitId,
    /// `None` for what several points were pooled into.
    point: Option<PointId>,
    edition: EditionNumber,
    level: Level,
}

/// The counts of all nodes, of whole half-months.
pub(super) async fn within_blocks(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    (first, last): (Half, Half),
) -> anyhow::Result<BTreeMap<Subject, Tally>> {
    let mut sources: BTreeMap<Source, Tally> = BTreeMap::new();
    for half in (first.0..=last.0).map(Half) {
        let blocks = blocks::of_halves(db, snapshot.province, half, half).await.context("while reading blocks")?;
        let cells = counts::items_by_day(db, snapshot.province, half.first(), half.last());
        let cells = cells.await.context("while reading cells")?;
        for (source, tally) in of_half(snapshot, half, &blocks, cells)? {
            sources.entry(source).or_default().merge(&tally);
        }
    }
    Ok(nodes(snapshot, last.last(), sources))
}

/// How many nodes had blocks in these half-months.
pub(super) async fn nodes_with_blocks(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    (first, last): (Half, Half),
) -> anyhow::Result<usize> {
    let blocks = blocks::of_halves(db, snapshot.province, first, last).await.context("while reading blocks")?;
    let watched = blocks.iter().filter(|block| is_watched(block.level));
    let nodes: BTreeSet<_> =
        watched.map(|block| (block.node, snapshot.editions.continued_by(block.edition), block.level)).collect();
    Ok(nodes.len())
}

/// A drawn sample has its own design and its own verdict; what comes in by itself is watched.
const fn is_watched(level: Level) -> bool {
    !matches!(level, Level::A)
}

/// The counts of the blocks of a half-month. A block whose forms are not those of the cells is left out: statistics never go
/// round the blocks.
fn of_half(
    snapshot: &Snapshot,
    half: Half,
    blocks: &[Block],
    cells: Vec<((PointId, EditionNumber, Level, Day), Count)>,
) -> anyhow::Result<BTreeMap<Source, Tally>> {
    let known = Known::of(blocks);
    let mut found: BTreeMap<Source, Tally> = BTreeMap::new();
    let mut left_out: BTreeSet<Source> = BTreeSet::new();
    for ((point, number, level, day), count) in cells {
        let Some(unit) = snapshot.directory.receiving_unit(point, half.last()) else { continue };
        let path = snapshot.directory.counted_path(unit, half.last());
        let Some(source) = known.source((point, number, level), day, &path) else { continue };
        // What units were pooled into above them says nothing about any of them; nor does what is disputed.
        let is_foreign = source.point.is_none() && source.unit != unit;
        if is_foreign || !is_watched(level) || snapshot.disputes.withholds(unit, half, level) {
            left_out.insert(source);
        }
        let edition = edition(snapshot, number)?;
        counts::add_count(edition, found.entry(source).or_insert_with(|| Tally::empty(edition)), &count);
    }
    found.retain(|source, tally| known.forms.get(source) == Some(&tally.forms()) && !left_out.contains(source));
    Ok(found)
}

/// The blocks of a half-month by what they hold.
struct Known {
    /// The last day of each stream that is in blocks of its point.
    through: BTreeMap<Stream, Day>,
    /// Units to which remainders were pooled.
    pools: BTreeSet<(UnitId, EditionNumber, Level)>,
    forms: BTreeMap<Source, i64>,
}

impl Known {
    fn of(blocks: &[Block]) -> Self {
        let mut known = Self { through: BTreeMap::new(), pools: BTreeSet::new(), forms: BTreeMap::new() };
        for block in blocks {
            let Block { edition, level, .. } = *block;
            let source = match block.node {
                BlockNode::Point(point) => {
                    let through = known.through.entry((point, edition, level)).or_insert(block.through);
                    *through = block.through.max(*through);
                    Source { unit: UnitId::NONE, point: Some(point), edition, level }
                }
                BlockNode::Pool(unit) => {
                    known.pools.insert((unit, edition, level));
                    Source { unit, point: None, edition, level }
                }
            };
            *known.forms.entry(source).or_default() += block.n;
        }
        known
    }

    /// Which blocks hold the answers of a stream on a day; `None` where none does.
    fn source(&self, stream: Stream, day: Day, path: &[UnitId]) -> Option<Source> {
        let (point, edition, level) = stream;
        if self.through.get(&stream).is_some_and(|through| day <= *through) {
            return Some(Source { unit: UnitId::NONE, point: Some(point), edition, level });
        }
        let unit = path.iter().copied().find(|unit| self.pools.contains(&(*unit, edition, level)))?;
        Some(Source { unit, point: None, edition, level })
    }
}

fn edition(snapshot: &Snapshot, number: EditionNumber) -> anyhow::Result<&Edition> {
    let installed = snapshot.editions.get(number).with_context(|| format!("edition {number} is not stored"))?;
    Ok(&installed.edition)
}

/// The blocks of every node, summed.
fn nodes(snapshot: &Snapshot, day: Day, sources: BTreeMap<Source, Tally>) -> BTreeMap<Subject, Tally> {
    let alone = points_of_one(&snapshot.directory, day, sources.keys());
    let mut found: BTreeMap<Subject, Tally> = BTreeMap::new();
    for (source, tally) in sources {
        let run = snapshot.editions.continued_by(source.edition);
        let unit = source.point.and_then(|point| snapshot.directory.receiving_unit(point, day)).unwrap_or(source.unit);
        // One officer alone at the only such counter of a unit would be what is left when the others are taken away.
        let is_apart = alone.get(&unit).is_none_or(|points| points.len() != 1);
        let node = match source.point {
            Some(point) if is_apart && is_shared(&snapshot.directory, point, day) => Node::Point(point),
            _ => Node::Unit(unit),
        };
        found.entry(Subject { node, unit, run, level: source.level }).or_default().merge(&tally);
    }
    found
}

/// Whether at least two officers share a point.
fn is_shared(directory: &Directory, point: PointId, day: Day) -> bool {
    directory.point_on(point, day).is_some_and(|version| version.officers >= 2)
}

/// The points with blocks at which one officer sits alone, by unit.
fn points_of_one<'a>(
    directory: &Directory,
    day: Day,
    sources: impl Iterator<Item = &'a Source>,
) -> BTreeMap<UnitId, BTreeSet<PointId>> {
    let mut alone: BTreeMap<UnitId, BTreeSet<PointId>> = BTreeMap::new();
    for point in sources.filter_map(|source| source.point).filter(|point| !is_shared(directory, *point, day)) {
        if let Some(unit) = directory.receiving_unit(point, day) {
            alone.entry(unit).or_default().insert(point);
        }
    }
    alone
}
