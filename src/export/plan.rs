//! Which answers a file holds: those of the blocks that count for a unit in a period, found without reading an answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, bail};

use crate::registry::{Directory, InstalledEdition, Snapshot};
use crate::store::blocks::{self, Block, Node};
use crate::store::counts::Count;
use crate::store::{ConnectionTrait, figures};
use crate::text::Both;
use crate::text::office::exports::refused as words;
use crate::words::{Day, EditionNumber, Half, Level, Measure, Period, PointId, UnitId};

/// Years of a period at most.
const MOST_YEARS: i32 = 20;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The unit, with everything below it.
    pub unit: UnitId,
    /// Whole half-months.
    pub period: Period,
    /// Edition: one file has one set of columns.
    pub edition: EditionNumber,
    /// One level alone.
    pub level: Option<Level>,
}

/// The answers of one unit in one half-month.
#[derive(Debug, Clone)]
pub(super) struct Share {
    /// Half-month.
    pub(super) half: Half,
    /// Place of the unit in the list of the plan.
    pub(super) unit: usize,
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
    /// Points whose answers may be among them.
    pub(super) points: Vec<PointId>,
}

impl Share {
    /// Answers it holds.
    pub(super) fn n(&self) -> usize {
        self.blocks.iter().map(|block| usize::try_from(block.n).unwrap_or(0)).sum()
    }
}

/// A unit that has answers of its own in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnUnit {
    /// Its code on the last day of the period.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// Its number.
    pub unit: UnitId,
}

/// What a file will hold.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What was asked for.
    pub asked: Asked,
    /// The edition.
    pub edition: Arc<InstalledEdition>,
    /// Answers it will hold.
    pub rows: u64,
    /// The units with answers of their own, by code.
    pub units: Vec<OwnUnit>,
    /// By half-month and unit.
    pub(super) shares: Vec<Share>,
    /// Every block of the edition in the period, those of other units as well: they tell which answers are theirs.
    pub(super) blocks: Vec<Block>,
}

/// A period of whole half-months, or why it is none.
pub fn period_of(from: Day, to: Day) -> Result<Period, Both> {
    let Some(period) = Period::new(from, to) else {
        return Err(Both::of(|lang| words::backwards(lang, from, to)));
    };
    let (first, last) = (from.half().first(), to.half().last());
    if (first, last) != (from, to) {
        return Err(Both::of(|lang| words::not_whole(lang, from, to, first, last)));
    }
    if to.half().0 - from.half().0 >= MOST_YEARS * 24 {
        return Err(Both::of(|lang| words::too_long(lang, u64::from(MOST_YEARS.unsigned_abs()))));
    }
    Ok(period)
}

/// The editions with answers of a unit in a period, with their number; of one level alone where it is named.
pub async fn editions_of(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    level: Option<Level>,
) -> anyhow::Result<BTreeMap<EditionNumber, u64>> {
    let all = blocks_in(db, snapshot, period).await?;
    let mut found: BTreeMap<EditionNumber, u64> = BTreeMap::new();
    for block in all.iter().filter(|block| counts(snapshot, unit, level, block)) {
        *found.entry(block.edition).or_default() += u64::try_from(block.n).unwrap_or(0);
    }
    Ok(found)
}

/// Which questionnaire is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant<'a> {
    /// The one with answers; where there are several, somebody has to say which.
    Only,
    /// The one with answers of a measure, likewise.
    Of(Measure),
    /// The one with this code and version, as `counter-1`.
    Named(&'a str),
}

/// The edition that is meant, of those with answers; or why none is.
pub fn choose(
    snapshot: &Snapshot,
    found: &BTreeMap<EditionNumber, u64>,
    meant: Meant<'_>,
) -> Result<EditionNumber, Both> {
    let name = |number: &EditionNumber| snapshot.editions.get(*number).map(|one| one.edition.name().to_string());
    let fits = |number: &&EditionNumber| match meant {
        Meant::Only => true,
        Meant::Of(measure) => snapshot.editions.get(**number).is_some_and(|one| one.edition.measure() == measure),
        Meant::Named(wanted) => name(number).as_deref() == Some(wanted),
    };
    if let Meant::Named(wanted) = meant
        && !snapshot.editions.iter().any(|one| one.edition.name().to_string() == wanted)
    {
        return Err(Both::of(|lang| words::no_edition(lang, wanted)));
    }
    let fitting: Vec<&EditionNumber> = found.keys().filter(fits).collect();
    match fitting.as_slice() {
        [] => Err(words::NONE.into()),
        [one] => Ok(**one),
        several => {
            let names: Vec<String> = several.iter().filter_map(|number| name(number)).collect();
            Err(Both::of(|lang| words::several(lang, &names.join(", "))))
        }
    }
}

impl Plan {
    /// What the staff log says of it.
    pub fn log_line(&self, directory: &Directory, format: &str) -> String {
        let Asked { unit, period, level, .. } = self.asked;
        let code = directory.unit_on(unit, period.to).map_or("", |unit| unit.code.as_str());
        let level = level.map_or("every level", Level::word);
        format!(
            "{code}, {} – {}, {}, {level}, {format}, {} answers",
            period.from.iso(),
            period.to.iso(),
            self.edition_name(),
            self.rows
        )
    }

    /// Plans a file. Its number of answers is held against the figures: they come from the same blocks, and where they differ
    /// nothing is written.
    pub async fn make(db: &impl ConnectionTrait, snapshot: &Snapshot, asked: Asked) -> anyhow::Result<Self> {
        let edition = snapshot.editions.get(asked.edition).context("the questionnaire is not stored")?.clone();
        let mut blocks = blocks_in(db, snapshot, asked.period).await?;
        blocks.retain(|block| block.edition == asked.edition);
        let directory = &snapshot.directory;
        let mut of: BTreeMap<(Half, UnitId), Vec<Block>> = BTreeMap::new();
        let mut sums: BTreeMap<(Half, Level), i64> = BTreeMap::new();
        for block in blocks.iter().filter(|block| counts(snapshot, asked.unit, asked.level, block)) {
            let Some(unit) = unit_of(directory, block) else { continue };
            of.entry((block.half, unit)).or_default().push(*block);
            *sums.entry((block.half, block.level)).or_default() += block.n;
        }
        compare(db, snapshot, asked, &sums).await?;
        let mut units: Vec<OwnUnit> = Vec::new();
        for (_, unit) in of.keys() {
            let known = directory.unit_on(*unit, asked.period.to).context("a unit of the figures is not known")?;
            units.push(OwnUnit { code: known.code.clone(), name: known.name.clone(), unit: *unit });
        }
        units.sort();
        units.dedup();
        let mut shares = Vec::with_capacity(of.len());
        for ((half, unit), blocks) in of {
            let unit = units.iter().position(|own| own.unit == unit).context("a unit was lost")?;
            let points = points_of(directory, &blocks);
            shares.push(Share { half, unit, blocks, points });
        }
        shares.sort_by_key(|share| (share.half, share.unit));
        let rows = u64::try_from(sums.values().sum::<i64>()).unwrap_or(0);
        Ok(Self { asked, edition, rows, units, shares, blocks })
    }

    /// Code and version of the edition.
    pub fn edition_name(&self) -> String {
        self.edition.edition.name().to_string()
    }
}

async fn blocks_in(db: &impl ConnectionTrait, snapshot: &Snapshot, period: Period) -> anyhow::Result<Vec<Block>> {
    let (from, to) = (period.from.half(), period.to.half());
    let mut all = blocks::of_halves(db, snapshot.province, from, to).await.context("while reading the blocks")?;
    all.sort_unstable();
    Ok(all)
}

/// Whether a block counts for a unit, at a level, and is not set aside there.
fn counts(snapshot: &Snapshot, unit: UnitId, level: Option<Level>, block: &Block) -> bool {
    level.is_none_or(|level| level == block.level)
        && !snapshot.disputes.withholds(unit, block.half, block.level)
        && unit_of(&snapshot.directory, block)
            .is_some_and(|own| snapshot.directory.counted_path(own, block.through).contains(&unit))
}

/// The unit for which a block counts first.
fn unit_of(directory: &Directory, block: &Block) -> Option<UnitId> {
    match block.node {
        Node::Point(point) => directory.receiving_unit(point, block.through),
        Node::Pool(unit) => Some(unit),
    }
}

/// The points whose answers may lie in these blocks.
fn points_of(directory: &Directory, blocks: &[Block]) -> Vec<PointId> {
    let mut points: Vec<PointId> = Vec::new();
    for block in blocks {
        match block.node {
            Node::Point(point) => points.push(point),
            Node::Pool(unit) => {
                let all = directory.points().into_iter().map(|(point, _)| point.point);
                points.extend(all.filter(|point| pools_of(directory, *point, block.half).contains(&unit)));
            }
        }
    }
    points.sort_unstable();
    points.dedup();
    points
}

/// The units into whose pools the remainder of a point may go, nearest first.
pub(super) fn pools_of(directory: &Directory, point: PointId, half: Half) -> Vec<UnitId> {
    let unit = directory.receiving_unit(point, half.last());
    unit.map(|unit| directory.counted_path(unit, half.last())).unwrap_or_default()
}

/// Refuses to go on where blocks and figures do not hold the same number of answers.
async fn compare(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    asked: Asked,
    sums: &BTreeMap<(Half, Level), i64>,
) -> anyhow::Result<()> {
    let halves = (asked.period.from.half(), asked.period.to.half());
    let found = figures::by_half(db, snapshot.province, asked.unit, None, halves).await;
    let mut shown: BTreeMap<(Half, Level), i64> = BTreeMap::new();
    for (key, count) in found.context("while reading the figures")? {
        let Count::Item(0, forms) = count else { continue };
        let is_left_out = asked.level.is_some_and(|level| level != key.level)
            || snapshot.disputes.withholds(asked.unit, key.half, key.level);
        if key.edition == asked.edition && !is_left_out {
            *shown.entry((key.half, key.level)).or_default() += forms.answered() + forms.blank;
        }
    }
    if shown != *sums {
        bail!(
            "the blocks of {} do not hold as many answers as its figures; nothing is exported: was the history of a point or \
             a unit changed by hand?",
            snapshot.directory.unit_on(asked.unit, asked.period.to).map_or("the unit", |unit| unit.code.as_str())
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u8, day: u8) -> Day {
        Day::of(2026, month, day).unwrap()
    }

    #[test]
    fn a_period_is_made_of_whole_half_months_or_told_which_it_should_be() {
        assert!(period_of(day(6, 15), day(9, 14)).is_ok() && period_of(day(2, 1), day(2, 28)).is_ok());
        let told = period_of(day(6, 14), day(9, 14)).unwrap_err();
        let first = crate::text::date::short(crate::words::Lang::En, day(6, 1));
        assert!(told.to_string().contains("not made of whole half-months") && told.to_string().contains(&first));
        assert!(period_of(day(9, 15), day(9, 14)).unwrap_err().to_string().contains("before it begins"));
        assert!(period_of(Day::of(1999, 1, 1).unwrap(), day(9, 14)).unwrap_err().to_string().contains("20 years"));
    }
}
