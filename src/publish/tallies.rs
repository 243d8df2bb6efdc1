//! Counts of a unit: for the office from the cells, open days included; for pages from the figures alone.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;

use crate::questionnaire::{Tally, decode};
use crate::registry::Snapshot;
use crate::store::counts::{self, Count};
use crate::store::{ConnectionTrait, Database, answers, figures, volumes};
use crate::words::{Channel, Day, EditionNumber, FieldId, Half, Level, Period, PointId, UnitId};

/// What the office's counts are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OfficeKey {
    /// Edition.
    pub edition: EditionNumber,
    /// Level.
    pub level: Level,
    /// Channel.
    pub channel: Channel,
    /// Field.
    pub field: FieldId,
}

/// Counts of a unit's subtree in a period for the office: everything stored, open days included.
///
/// Whole half-months that are sealed come from the subtotals, other days from the cells: the sum is the sum of the cells.
pub async fn for_office(
    db: &Database,
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
) -> anyhow::Result<BTreeMap<OfficeKey, Tally>> {
    let tx = db.begin_reading().await.context("while beginning to read")?;
    let mut sums = Sums { snapshot, unit, tallies: BTreeMap::new(), within: HashMap::new() };
    let sealed = crate::store::installation::find(&tx, snapshot.province).await?.and_then(|i| i.sealed_through);
    let whole = sealed.and_then(|sealed| whole_halves(period, sealed));
    let mut edges = vec![period];
    if let Some((first, last)) = whole {
        for (series, count) in counts::subtotals(&tx, snapshot.province, unit, first, last).await? {
            let key = OfficeKey {
                edition: series.edition,
                level: series.level,
                channel: series.channel,
                field: series.field,
            };
            sums.add(key, &count)?;
        }
        // Answers that were entered for a sealed day and wait to be sealed themselves.
        for answer in answers::open_answers(&tx, snapshot.province, last.last()).await? {
            if answer.day >= first.first() && sums.is_within(answer.point, answer.day) {
                let installed = edition(snapshot, answer.edition)?;
                let sheet = decode(&installed.edition, &answer.answers).context("while reading a stored answer")?;
                let key = OfficeKey {
                    edition: answer.edition,
                    level: answer.level,
                    channel: answer.channel,
                    field: answer.field,
                };
                sums.tally(key)?.add_answers(&installed.edition, &sheet);
            }
        }
        edges = [Period::new(period.from, first.first().plus(-1)), Period::new(last.last().plus(1), period.to)]
            .into_iter()
            .flatten()
            .collect();
    }
    for edge in edges {
        for (series, count) in counts::cells(&tx, snapshot.province, edge.from, edge.to).await? {
            if sums.is_within(series.point, series.day) {
                let key = OfficeKey {
                    edition: series.edition,
                    level: series.level,
                    channel: series.channel,
                    field: series.field,
                };
                sums.add(key, &count)?;
            }
        }
    }
    tx.rollback().await.context("while ending to read")?;
    Ok(sums.tallies)
}

/// The half-months that lie wholly inside the period and are wholly sealed.
fn whole_halves(period: Period, sealed: Day) -> Option<(Half, Half)> {
    let first = period.from.half();
    let first = if first.first() < period.from { first.next() } else { first };
    let end = period.to.min(sealed);
    let last = end.half();
    let last = if last.last() > end { Half(last.0 - 1) } else { last };
    (first <= last).then_some((first, last))
}

struct Sums<'a> {
    snapshot: &'a Snapshot,
    unit: UnitId,
    tallies: BTreeMap<OfficeKey, Tally>,
    within: HashMap<(PointId, Day), bool>,
}

impl Sums<'_> {
    fn tally(&mut self, key: OfficeKey) -> anyhow::Result<&mut Tally> {
        let installed = edition(self.snapshot, key.edition)?;
        Ok(self.tallies.entry(key).or_insert_with(|| Tally::empty(&installed.edition)))
    }

    fn add(&mut self, key: OfficeKey, count: &Count) -> anyhow::Result<()> {
        let snapshot = self.snapshot;
        let installed = edition(snapshot, key.edition)?;
        counts::add_count(&installed.edition, self.tally(key)?, count);
        Ok(())
    }

    fn is_within(&mut self, point: PointId, day: Day) -> bool {
        let (snapshot, unit) = (self.snapshot, self.unit);
        *self.within.entry((point, day)).or_insert_with(|| is_within(snapshot, point, day, unit))
    }
}

/// Whether an answer at a point on a day counts for a unit.
fn is_within(snapshot: &Snapshot, point: PointId, day: Day, unit: UnitId) -> bool {
    let receiving = snapshot.directory.receiving_unit(point, day);
    receiving.is_some_and(|receiving| snapshot.directory.counted_path(receiving, day).contains(&unit))
}

fn edition(snapshot: &Snapshot, number: EditionNumber) -> anyhow::Result<&crate::registry::InstalledEdition> {
    snapshot
        .editions
        .get(number)
        .map(std::convert::AsRef::as_ref)
        .with_context(|| format!("edition {number} is missing"))
}

/// Counts for pages: of each unit by edition and level, from the figures. In a simulated installation the open day is
/// added, and its pages say so.
pub async fn for_pages(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    units: &[UnitId],
    from: Half,
    to: Half,
) -> anyhow::Result<BTreeMap<(UnitId, EditionNumber, Level), Tally>> {
    let mut tallies: BTreeMap<(UnitId, EditionNumber, Level), Tally> = BTreeMap::new();
    for (unit, number, level, count) in figures::of_units(db, snapshot.province, units, from, to).await? {
        let installed = edition(snapshot, number)?;
        let tally = tallies.entry((unit, number, level)).or_insert_with(|| Tally::empty(&installed.edition));
        counts::add_count(&installed.edition, tally, &count);
    }
    if snapshot.installation.simulated {
        for answer in answers::open_answers(db, snapshot.province, to.last()).await? {
            if answer.day < from.first() {
                continue;
            }
            let installed = edition(snapshot, answer.edition)?;
            let sheet = decode(&installed.edition, &answer.answers).context("while reading a stored answer")?;
            for unit in units.iter().filter(|unit| is_within(snapshot, answer.point, answer.day, **unit)) {
                tallies
                    .entry((*unit, answer.edition, answer.level))
                    .or_insert_with(|| Tally::empty(&installed.edition))
                    .add_answers(&installed.edition, &sheet);
            }
        }
    }
    Ok(tallies)
}

/// Dossiers returned in a period at the points of each unit's subtree; absent where none were entered.
pub async fn transactions(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    units: &[UnitId],
    period: Period,
) -> anyhow::Result<BTreeMap<UnitId, u64>> {
    let mut sums: BTreeMap<UnitId, u64> = BTreeMap::new();
    for (point, day, returned) in volumes::returned_by_point(db, snapshot.province, period).await? {
        let Some(receiving) = snapshot.directory.receiving_unit(point, day) else { continue };
        for unit in snapshot.directory.counted_path(receiving, day) {
            if units.contains(&unit) {
                *sums.entry(unit).or_default() += u64::try_from(returned).unwrap_or(0);
            }
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_sealed_halves_come_from_the_subtotals() {
        let day = |text| Day::parse(text).unwrap();
        let period = Period::new(day("2026-01-10"), day("2026-03-20")).unwrap();
        let (first, last) = whole_halves(period, day("2026-12-31")).unwrap();
        assert_eq!((first.first().iso(), last.last().iso()), ("2026-01-15".to_owned(), "2026-03-14".to_owned()));
        let (_, last) = whole_halves(period, day("2026-02-20")).unwrap();
        assert_eq!(last.last().iso(), "2026-02-14");
        assert_eq!(whole_halves(Period::new(day("2026-01-02"), day("2026-01-20")).unwrap(), day("2026-12-31")), None);
    }
}
