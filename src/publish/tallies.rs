//! Counts of a unit: for the office from the cells, open days included; for pages from the figures alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Context;

use crate::index::FEWEST_PUBLISHED;
use crate::questionnaire::{Answer, Tally, decode};
use crate::registry::Snapshot;
use crate::store::answers::CountedAnswer;
use crate::store::counts::{self, Count};
use crate::store::figures::PartKind;
use crate::store::{ConnectionTrait, Database, answers, figures, installation, tickets, volumes};
use crate::words::{Channel, Day, EditionNumber, FieldId, Half, Level, Measure, Period, PointId, UnitId};

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
/// A level that is set aside because of disputes is not among them.
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
    let sealed = installation::find(&tx, snapshot.province).await?.and_then(|installed| installed.sealed_through);
    let stored = counts::days(&tx, snapshot.province).await?;
    let covered = sealed.zip(stored).and_then(|(sealed, (first, _))| covered_by_subtotals(period, sealed, first));
    let mut edges = vec![period];
    if let Some(covered) = covered {
        let (first, last) = (covered.from.half(), covered.to.half());
        for (first, last, _) in snapshot.disputes.spans(unit, first, last) {
            for (series, count) in counts::subtotals(&tx, snapshot.province, unit, first, last).await? {
                if !snapshot.disputes.withholds(unit, first, series.level) {
                    sums.add(key_of(series.edition, series.level, series.channel, series.field), &count)?;
                }
            }
        }
        // Answers that were entered for a sealed day and wait to be sealed themselves.
        for answer in answers::open_answers(&tx, snapshot.province, covered.to).await? {
            let is_withheld = snapshot.disputes.withholds(unit, answer.day.half(), answer.level);
            if answer.day >= covered.from && !is_withheld && sums.is_within(answer.point, answer.day) {
                let installed = edition(snapshot, answer.edition)?;
                let sheet = decode(&installed.edition, &answer.answers).context("while reading a stored answer")?;
                let key = key_of(answer.edition, answer.level, answer.channel, answer.field);
                sums.tally(key)?.add_answers(&installed.edition, &sheet);
            }
        }
        edges = [Period::new(period.from, covered.from.plus(-1)), Period::new(covered.to.plus(1), period.to)]
            .into_iter()
            .flatten()
            .collect();
    }
    for edge in edges {
        for (series, count) in counts::cells(&tx, snapshot.province, edge.from, edge.to).await? {
            let is_withheld = snapshot.disputes.withholds(unit, series.day.half(), series.level);
            if !is_withheld && sums.is_within(series.point, series.day) {
                sums.add(key_of(series.edition, series.level, series.channel, series.field), &count)?;
            }
        }
    }
    tx.rollback().await.context("while ending to read")?;
    Ok(sums.tallies)
}

/// Counts anew, from the answers of their days, the editions whose cells hold no pairs: the composite of a long form needs
/// them. Everything else stays as it is.
pub async fn count_long_forms(
    db: &Database,
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    measure: Measure,
    tallies: &mut BTreeMap<OfficeKey, Tally>,
) -> anyhow::Result<()> {
    let is_long = |number: &EditionNumber| {
        let installed = snapshot.editions.get(*number);
        installed.is_some_and(|i| i.edition.measure() == measure && i.edition.pairs_from_answers())
    };
    let long: BTreeSet<EditionNumber> = tallies.keys().map(|key| key.edition).filter(is_long).collect();
    let long: Vec<EditionNumber> = long.into_iter().collect();
    if long.is_empty() {
        return Ok(());
    }
    tallies.retain(|key, _| !long.contains(&key.edition));
    let tx = db.begin_reading().await.context("while beginning to read")?;
    let province = snapshot.province;
    let days =
        counts::days_of(&tx, province, (period.from, period.to), &long).await.context("while finding the days")?;
    for day in days {
        for answer in answers::of_day(&tx, province, day, &long).await.context("while reading the answers of a day")? {
            let is_withheld = snapshot.disputes.withholds(unit, day.half(), answer.level);
            if is_withheld || !is_within(snapshot, answer.point, day, unit) {
                continue;
            }
            let installed = edition(snapshot, answer.edition)?;
            let sheet = decode(&installed.edition, &answer.answers).context("while reading a stored answer")?;
            let key = key_of(answer.edition, answer.level, answer.channel, answer.field);
            let tally = tallies.entry(key).or_insert_with(|| Tally::with_pairs(&installed.edition));
            tally.add_answers(&installed.edition, &sheet);
        }
    }
    tx.rollback().await.context("while ending to read")?;
    Ok(())
}

const fn key_of(edition: EditionNumber, level: Level, channel: Channel, field: FieldId) -> OfficeKey {
    OfficeKey { edition, level, channel, field }
}

/// The days of a period whose sealed answers are just those in the subtotals of the half-months they lie in: from the
/// beginning of a half-month (or before the first stored answer) to the end of one (or to the last sealed day).
fn covered_by_subtotals(period: Period, sealed: Day, first_stored: Day) -> Option<Period> {
    let first = period.from.half();
    let is_whole = first.first() >= period.from || first_stored >= period.from;
    let first = if is_whole { first } else { first.next() };
    let to = if period.to >= sealed {
        sealed
    } else {
        let last = period.to.half();
        if last.last() > period.to { last.first().plus(-1) } else { period.to }
    };
    Period::new(first.first(), to)
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
/// added, and its pages say so. Of one field alone where it is named.
pub async fn for_pages(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    units: &[UnitId],
    field: Option<FieldId>,
    (from, to): (Half, Half),
) -> anyhow::Result<BTreeMap<(UnitId, EditionNumber, Level), Tally>> {
    let mut tallies: BTreeMap<(UnitId, EditionNumber, Level), Tally> = BTreeMap::new();
    // Units with disputed months are asked for span by span; there are hardly ever any.
    let period = Period { from: from.first(), to: to.last() };
    let is_disputed = |unit: &&UnitId| snapshot.disputes.of(**unit, period).next().is_some();
    let (disputed, plain): (Vec<&UnitId>, Vec<&UnitId>) = units.iter().partition(is_disputed);
    let plain: Vec<UnitId> = plain.into_iter().copied().collect();
    let editions = all_editions(snapshot);
    let cut = cut_of(field, &editions);
    let mut found = figures::of_units(db, snapshot.province, &plain, cut, (from, to)).await?;
    for unit in disputed {
        for (first, last, _) in snapshot.disputes.spans(*unit, from, to) {
            let of = figures::of_units(db, snapshot.province, &[*unit], cut, (first, last)).await?;
            found.extend(of.into_iter().filter(|(_, _, level, _)| !snapshot.disputes.withholds(*unit, first, *level)));
        }
    }
    for (unit, number, level, count) in found {
        let installed = edition(snapshot, number)?;
        let tally = tallies.entry((unit, number, level)).or_insert_with(|| Tally::with_pairs(&installed.edition));
        counts::add_count(&installed.edition, tally, &count);
    }
    // What is open is not split.
    let open = if field.is_none() { open_of_simulation(db, snapshot, from, to).await? } else { Vec::new() };
    for open in open {
        let counts = |unit: &&UnitId| {
            let (half, level) = (open.answer.day.half(), open.answer.level);
            open.counts_for(snapshot, **unit) && !snapshot.disputes.withholds(**unit, half, level)
        };
        for unit in units.iter().filter(counts) {
            open.add_to(snapshot, &mut tallies, (*unit, open.answer.edition, open.answer.level))?;
        }
    }
    Ok(tallies)
}

fn all_editions(snapshot: &Snapshot) -> Vec<EditionNumber> {
    snapshot.editions.iter().map(|installed| installed.number).collect()
}

/// The part of figures that a field is.
fn cut_of(field: Option<FieldId>, editions: &[EditionNumber]) -> Option<figures::Cut<'_>> {
    field.map(|field| figures::Cut { part: (PartKind::Field, i32::from(field.0)), editions })
}

/// The same for one unit, told apart by half-month.
pub async fn by_half(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    unit: UnitId,
    field: Option<FieldId>,
    (from, to): (Half, Half),
) -> anyhow::Result<BTreeMap<(Half, EditionNumber, Level), Tally>> {
    let mut tallies: BTreeMap<(Half, EditionNumber, Level), Tally> = BTreeMap::new();
    let is_withheld = |half, level| snapshot.disputes.withholds(unit, half, level);
    let editions = all_editions(snapshot);
    for (key, count) in figures::by_half(db, snapshot.province, unit, cut_of(field, &editions), (from, to)).await? {
        if is_withheld(key.half, key.level) {
            continue;
        }
        let installed = edition(snapshot, key.edition)?;
        let tally = tallies.entry((key.half, key.edition, key.level));
        counts::add_count(&installed.edition, tally.or_insert_with(|| Tally::with_pairs(&installed.edition)), &count);
    }
    let open = if field.is_none() { open_of_simulation(db, snapshot, from, to).await? } else { Vec::new() };
    for open in open {
        if open.counts_for(snapshot, unit) && !is_withheld(open.answer.day.half(), open.answer.level) {
            let key = (open.answer.day.half(), open.answer.edition, open.answer.level);
            open.add_to(snapshot, &mut tallies, key)?;
        }
    }
    Ok(tallies)
}

/// Parts of a unit's figures by deciding unit or field, with edition and level; of these alone where they are named. What
/// is open is not split, in a simulation either.
pub async fn parts(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    of: (UnitId, PartKind, Option<&[i32]>),
    from: Half,
    to: Half,
) -> anyhow::Result<BTreeMap<(i32, EditionNumber, Level), Tally>> {
    let mut tallies: BTreeMap<(i32, EditionNumber, Level), Tally> = BTreeMap::new();
    let mut found = Vec::new();
    for (first, last, _) in snapshot.disputes.spans(of.0, from, to) {
        let part = figures::parts(db, snapshot.province, of, first, last).await?;
        found.extend(part.into_iter().filter(|(_, _, level, _)| !snapshot.disputes.withholds(of.0, first, *level)));
    }
    for (part, number, level, count) in found {
        let installed = edition(snapshot, number)?;
        let tally = tallies.entry((part, number, level));
        counts::add_count(&installed.edition, tally.or_insert_with(|| Tally::with_pairs(&installed.edition)), &count);
    }
    Ok(tallies)
}

/// An answer of the open day of a simulation, which its pages show at once and say so.
struct OpenAnswer {
    answer: CountedAnswer,
    sheet: Vec<Answer>,
}

async fn open_of_simulation(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    from: Half,
    to: Half,
) -> anyhow::Result<Vec<OpenAnswer>> {
    if !snapshot.installation.simulated {
        return Ok(Vec::new());
    }
    let open = answers::open_answers(db, snapshot.province, to.last()).await?;
    let shown = open.into_iter().filter(|answer| answer.day >= from.first());
    shown
        .map(|answer| {
            let installed = edition(snapshot, answer.edition)?;
            let sheet = decode(&installed.edition, &answer.answers).context("while reading a stored answer")?;
            Ok(OpenAnswer { answer, sheet })
        })
        .collect()
}

impl OpenAnswer {
    fn counts_for(&self, snapshot: &Snapshot, unit: UnitId) -> bool {
        is_within(snapshot, self.answer.point, self.answer.day, unit)
    }

    fn add_to<K: Ord>(&self, snapshot: &Snapshot, tallies: &mut BTreeMap<K, Tally>, key: K) -> anyhow::Result<()> {
        let installed = edition(snapshot, self.answer.edition)?;
        let tally = tallies.entry(key).or_insert_with(|| Tally::with_pairs(&installed.edition));
        tally.add_answers(&installed.edition, &self.sheet);
        Ok(())
    }
}

/// Dossiers returned in a period at the points of each unit's subtree; absent where none were entered.
pub async fn transactions(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    units: &[UnitId],
    field: Option<FieldId>,
    period: Period,
) -> anyhow::Result<BTreeMap<UnitId, u64>> {
    let mut sums: BTreeMap<UnitId, u64> = BTreeMap::new();
    for (point, day, returned) in volumes::returned_by_point(db, snapshot.province, field, period).await? {
        let Some(receiving) = snapshot.directory.receiving_unit(point, day) else { continue };
        for unit in snapshot.directory.counted_path(receiving, day) {
            if units.contains(&unit) {
                *sums.entry(unit).or_default() += u64::try_from(returned).unwrap_or(0);
            }
        }
    }
    Ok(sums)
}

/// One-time tickets given out in a period at the points of a unit's subtree; `None` where there were none, or fewer than a
/// figure may be of.
pub async fn offered(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    unit: UnitId,
    field: Option<FieldId>,
    period: Period,
) -> anyhow::Result<Option<u64>> {
    let mut sum = 0;
    for (point, day, n) in tickets::issued_by_point(db, snapshot.province, field, period).await? {
        if is_within(snapshot, point, day, unit) {
            sum += u64::try_from(n).unwrap_or(0);
        }
    }
    Ok((sum >= FEWEST_PUBLISHED).then_some(sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_are_whole_in_the_subtotals_come_from_them() {
        let day = |text| Day::parse(text).unwrap();
        let covered = |from, to, sealed, stored| {
            let period = Period::new(day(from), day(to)).unwrap();
            covered_by_subtotals(period, day(sealed), day(stored)).map(|c| (c.from.iso(), c.to.iso()))
        };
        let days = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
        let early = "2020-01-01";
        assert_eq!(covered("2026-01-10", "2026-03-20", "2026-12-31", early), days("2026-01-15", "2026-03-14"));
        assert_eq!(covered("2026-01-10", "2026-03-20", "2026-02-20", early), days("2026-01-15", "2026-02-20"));
        assert_eq!(covered("2026-01-10", "2026-03-20", "2026-02-20", "2026-01-12"), days("2026-01-01", "2026-02-20"));
        assert_eq!(covered("2026-01-02", "2026-01-13", "2026-12-31", early), None);
    }
}
