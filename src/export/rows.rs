//! The rows of a file, some units at a time: read, put into their blocks, stripped of what may not be shown, sorted.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, bail};

use super::divided;
use super::plan::{Plan, Share, pools_of};
use crate::collect::seal::k_of;
use crate::questionnaire::{Answer, Edition, Item, decode};
use crate::registry::Snapshot;
use crate::store::Database;
use crate::store::answers::{self, CountedAnswer, Wanted};
use crate::store::blocks::{Block, Node};
use crate::store::counts::Series;
use crate::store::figures::{NOT_SPLIT, PartKind};
use crate::words::{Day, Half, Level, PointId, UnitId};

/// Answers that are held at a time, as far as a single unit has no more in a half-month.
const AT_A_TIME: usize = 20_000;
/// Points named in one question; beyond it, answers of all points are read and the others passed over.
const MOST_POINTS: usize = 2_000;
/// Answers asked for at a time.
const PAGE: usize = 2_048;

/// Values of an answer that are none. They stand below everything that can be answered.
pub(super) const NOT_DIVIDED: i32 = -6;
pub(super) const NOT_ASKED: i32 = -7;
pub(super) const NOT_APPLICABLE: i32 = -8;
pub(super) const BLANK: i32 = -9;

/// One answer, as far as it may be shown. Rows are ordered by what they hold, from the first field to the last, so that the
/// place of a row says nothing that the row does not say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Half-month.
    pub half: Half,
    /// Place of the unit in the list of the plan.
    pub unit: usize,
    /// Level.
    pub level: Level,
    /// Deciding unit, field, channel; [`NOT_SPLIT`] where it may not be told.
    pub parts: [i32; 3],
    /// One value for each counted item that is not sensitive: a level, an option, options as bits, a number; below zero
    /// where there is none.
    pub values: Box<[i32]>,
}

/// The rows of a plan, read as they are asked for.
#[derive(Debug)]
pub struct Rows<'a> {
    db: &'a Database,
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    next: usize,
}

impl<'a> Rows<'a> {
    /// From the first row on.
    pub const fn of(db: &'a Database, snapshot: &'a Snapshot, plan: &'a Plan) -> Self {
        Self { db, snapshot, plan, next: 0 }
    }

    /// The next rows in their order; `None` after the last ones.
    pub async fn some(&mut self) -> anyhow::Result<Option<Vec<Row>>> {
        let rest = self.plan.shares.get(self.next..).unwrap_or_default();
        let Some(first) = rest.first() else { return Ok(None) };
        let (mut held, mut taken) = (0, 0);
        for share in rest.iter().take_while(|share| share.half == first.half) {
            if taken > 0 && held + share.n() > AT_A_TIME {
                break;
            }
            held += share.n();
            taken += 1;
        }
        self.next += taken;
        let shares = rest.get(..taken).unwrap_or_default();
        let mut rows = self.read(shares).await?;
        rows.sort_unstable();
        Ok(Some(rows))
    }

    async fn read(&self, shares: &[Share]) -> anyhow::Result<Vec<Row>> {
        let edition = &self.plan.edition.edition;
        let mut holding = Holding::of(self.snapshot, self.plan, shares);
        let mut points: Vec<PointId> = shares.iter().flat_map(|share| share.points.iter().copied()).collect();
        points.sort_unstable();
        points.dedup();
        let named = if points.len() > MOST_POINTS { &[][..] } else { points.as_slice() };
        let half = shares.first().context("no share is left")?.half;
        let through = shares.iter().flat_map(|share| &share.blocks).map(|block| block.through).max();
        let days = (half.first(), through.unwrap_or_else(|| half.last()));
        let wanted = Wanted { days, edition: self.plan.asked.edition, points: named };
        let mut after = None;
        // Keys only grow, and a half-month has an end.
        loop {
            let page = answers::sealed_page(self.db.reader(), self.snapshot.province, &wanted, after, PAGE).await;
            let (page, next) = page.context("while reading answers")?;
            for answer in page {
                if let Some(at) = holding.holder(&answer) {
                    holding.take(at, edition, &answer)?;
                }
            }
            match next {
                Some(key) => after = Some(key),
                None => break,
            }
        }
        holding.rows(k_of(self.snapshot.installation.simulated), edition)
    }
}

/// The last day of a block, and its place among those that are filled.
type Ended = (Day, Option<usize>);

/// Blocks that are being filled with their answers.
struct Holding<'a> {
    snapshot: &'a Snapshot,
    half: Half,
    /// Every block of a point in the half-month by its last day, with the place of those that are filled.
    points: HashMap<(PointId, Level), Vec<Ended>>,
    /// The pools, likewise.
    pools: HashMap<(UnitId, Level), Option<usize>>,
    /// Into whose pools the remainder of a point may go.
    paths: HashMap<PointId, Vec<UnitId>>,
    filled: Vec<Filled>,
}

/// A block with its answers.
struct Filled {
    unit: usize,
    block: Block,
    answers: Vec<([i32; 3], Box<[i32]>)>,
}

impl<'a> Holding<'a> {
    fn of(snapshot: &'a Snapshot, plan: &Plan, shares: &[Share]) -> Self {
        let half = shares.first().map_or(Half(0), |share| share.half);
        let own = shares.iter().flat_map(|share| share.blocks.iter().map(move |block| (share.unit, *block)));
        let filled: Vec<Filled> = own.map(|(unit, block)| Filled { unit, block, answers: Vec::new() }).collect();
        let places: BTreeMap<Block, usize> = filled.iter().enumerate().map(|(at, one)| (one.block, at)).collect();
        let mut points: HashMap<(PointId, Level), Vec<Ended>> = HashMap::new();
        let mut pools = HashMap::new();
        for block in plan.blocks.iter().filter(|block| block.half == half) {
            let place = places.get(block).copied();
            match block.node {
                Node::Point(point) => points.entry((point, block.level)).or_default().push((block.through, place)),
                Node::Pool(unit) => {
                    pools.insert((unit, block.level), place);
                }
            }
        }
        for blocks in points.values_mut() {
            blocks.sort_unstable();
        }
        Self { snapshot, half, points, pools, paths: HashMap::new(), filled }
    }

    /// The block that holds an answer, where it is one of those that are filled.
    fn holder(&mut self, answer: &CountedAnswer) -> Option<usize> {
        let own = self.points.get(&(answer.point, answer.level));
        if let Some((_, place)) = own.and_then(|blocks| blocks.iter().find(|(through, _)| answer.day <= *through)) {
            return *place;
        }
        let (directory, half) = (&self.snapshot.directory, self.half);
        let path = self.paths.entry(answer.point).or_insert_with(|| pools_of(directory, answer.point, half));
        // The nearest pool took the remainder; one further up was formed of what others left.
        path.iter().find_map(|unit| self.pools.get(&(*unit, answer.level))).copied().flatten()
    }

    fn take(&mut self, at: usize, edition: &Edition, answer: &CountedAnswer) -> anyhow::Result<()> {
        let sheet = decode(edition, &answer.answers).context("while reading a stored answer")?;
        let told = edition.numbered().zip(&sheet).filter(|((_, item), _)| is_told(item));
        let values: Box<[i32]> = told.map(|(_, answer)| value_of(*answer)).collect();
        let series = Series {
            day: answer.day,
            point: answer.point,
            deciding_unit: answer.deciding_unit,
            edition: answer.edition,
            level: answer.level,
            channel: answer.channel,
            field: answer.field,
        };
        let parts = PartKind::ALL.map(|kind| kind.part_of(&series));
        let filled = self.filled.get_mut(at).context("a block was lost")?;
        filled.answers.push((parts, values));
        Ok(())
    }

    /// The rows, without what would single somebody out.
    fn rows(self, k: i64, edition: &Edition) -> anyhow::Result<Vec<Row>> {
        let choices = choices_of(edition);
        let mut rows = Vec::new();
        for Filled { unit, block, answers } in self.filled {
            if i64::try_from(answers.len()) != Ok(block.n) {
                bail!(
                    "a block of the half-month from {} says {} answers and {} are stored; nothing is exported: `thuocdo record \
                     verify` tells what is wrong",
                    block.half.first().iso(),
                    block.n,
                    answers.len()
                );
            }
            let part = |form: usize, kind: usize| {
                let Some((parts, values)) = answers.get(form) else { return 0 };
                let choice = || choices.get(kind - parts.len()).and_then(|at| values.get(*at));
                parts.get(kind).or_else(choice).copied().unwrap_or(0)
            };
            let shown = divided::shown(answers.len(), PartKind::ALL.len() + choices.len(), part, k);
            for (mut parts, mut values) in answers {
                let hidden = |kind: usize| !shown.get(kind).copied().unwrap_or(false);
                for (_, part) in parts.iter_mut().enumerate().filter(|(kind, _)| hidden(*kind)) {
                    *part = NOT_SPLIT;
                }
                for (_, at) in choices.iter().enumerate().filter(|(at, _)| hidden(PartKind::ALL.len() + at)) {
                    if let Some(value) = values.get_mut(*at) {
                        *value = NOT_DIVIDED;
                    }
                }
                rows.push(Row { half: block.half, unit, level: block.level, parts, values });
            }
        }
        Ok(rows)
    }
}

/// Whether an item may stand in a file: no comment, and nothing that the law guards especially.
pub(super) fn is_told(item: &Item) -> bool {
    match item {
        Item::Rating(_) | Item::Number(_) => true,
        Item::Choice(choice) => !choice.sensitive,
        Item::Comment(_) => false,
    }
}

/// The places of the choices among the values of a row.
fn choices_of(edition: &Edition) -> Vec<usize> {
    let told = edition.numbered().filter(|(_, item)| is_told(item)).enumerate();
    told.filter(|(_, (_, item))| matches!(item, Item::Choice(_))).map(|(at, _)| at).collect()
}

fn value_of(answer: Answer) -> i32 {
    match answer {
        Answer::Blank => BLANK,
        Answer::NotAsked => NOT_ASKED,
        Answer::NotApplicable => NOT_APPLICABLE,
        Answer::Level(value) | Answer::Choice(value) | Answer::Choices(value) => value.into(),
        Answer::Number(value) => value.into(),
    }
}
