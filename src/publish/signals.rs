//! Signals of units in a month that is over, for people from outside of them.
//!
//! Counts are those of a unit's own points, never of the units below: no two of them can be subtracted. They are read once
//! the month is over and sealed, so that no two days of one month can be compared either.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use anyhow::Context;

use super::tallies;
use crate::index::signals::{Class, Peers, Reading, UnitMonth};
use crate::index::{Figure, PeriodState, Source, overall};
use crate::questionnaire::Tally;
use crate::registry::Snapshot;
use crate::statistics::Estimated;
use crate::store::places::UnitVersion;
use crate::store::{ConnectionTrait, Database, installation, signals, tickets, volumes};
use crate::words::{Day, EditionNumber, Half, Level, Period, UnitGroup, UnitId};

/// Months of the drawn sample that tickets are held against.
const SAMPLE_HALVES: i32 = 24;

/// A unit with its signals.
#[derive(Debug, Clone)]
pub struct UnitSignals {
    /// The unit as it was at the end of the month.
    pub unit: UnitVersion,
    /// All its signals.
    pub readings: Vec<Reading>,
}

impl UnitSignals {
    /// What they say together.
    pub fn class(&self) -> Class {
        Class::of(&self.readings)
    }
}

/// Signals held in memory: one revision of the installation, one day; at most as many months as may be chosen.
#[derive(Debug, Default)]
pub struct HeldSignals(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    at: Option<(i64, Day)>,
    months: BTreeMap<Day, (i64, Arc<Vec<UnitSignals>>)>,
}

impl HeldSignals {
    /// Months that are held at most.
    const MOST: usize = 24;

    /// The signals of a month, read once for each revision and day, and again when marks came since.
    pub async fn of_month(
        &self,
        db: &Database,
        snapshot: &Snapshot,
        period: Period,
        today: Day,
    ) -> anyhow::Result<Arc<Vec<UnitSignals>>> {
        let at = Some((snapshot.installation.revision, today));
        let (first, last) = (period.from.half(), period.to.half());
        let marks = signals::marks_of_halves(db.reader(), snapshot.province, first, last).await;
        let marks = marks.context("while counting marks")?;
        let held = || self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        {
            let mut held = held();
            if held.at != at {
                *held = Held { at, months: BTreeMap::new() };
            }
            if let Some((_, found)) = held.months.get(&period.from).filter(|(known, _)| *known == marks) {
                return Ok(found.clone());
            }
        }
        let found = Arc::new(of_month(db, snapshot, period).await?);
        let mut held = held();
        if held.at == at {
            if held.months.len() >= Self::MOST {
                held.months.clear();
            }
            held.months.insert(period.from, (marks, found.clone()));
        }
        Ok(found)
    }
}

/// The last month that is over and sealed; `None` while there is none.
pub async fn last_month(db: &Database, snapshot: &Snapshot) -> anyhow::Result<Option<Period>> {
    let found = installation::find(db.reader(), snapshot.province).await.context("while reading the installation")?;
    let Some(sealed) = found.and_then(|installed| installed.sealed_through) else { return Ok(None) };
    // The day after the last sealed one lies in a month that is not over; the month before it is.
    let running = sealed.plus(1);
    let last = Day(running.0 - i32::from(running.day_of_month()));
    Ok(Period::calendar_month(last.year(), last.month()))
}

/// The signals of every unit that has own points with answers or dossiers in the month.
pub async fn of_month(db: &Database, snapshot: &Snapshot, period: Period) -> anyhow::Result<Vec<UnitSignals>> {
    let tx = db.begin_reading().await.context("while beginning to read")?;
    let mut months = counted(&tx, snapshot, period).await?;
    let units: Vec<UnitId> = months.keys().copied().collect();
    let (first, last) = (period.from.half(), period.to.half());
    let here = shares(&tx, snapshot, &units, (first, last), Level::B).await?;
    let year = (Half(last.0 - SAMPLE_HALVES + 1), last);
    let sample = shares(&tx, snapshot, &units, year, Level::A).await?;
    tx.rollback().await.context("while ending to read")?;
    for (unit, month) in &mut months {
        // The same questions on both sides, or there is nothing to compare.
        let of_run = |(run, share): &(EditionNumber, Estimated)| {
            let same = sample.get(unit)?.iter().find(|(other, _)| other == run)?;
            Some((*share, same.1))
        };
        if let Some((tickets, sample)) = here.get(unit).into_iter().flatten().find_map(of_run) {
            (month.tickets, month.sample) = (Some(tickets), Some(sample));
        }
    }
    Ok(read(snapshot, period, &months))
}

/// Counts of the own points of units.
async fn counted(
    tx: &impl ConnectionTrait,
    snapshot: &Snapshot,
    period: Period,
) -> anyhow::Result<BTreeMap<UnitId, UnitMonth>> {
    let (province, directory) = (snapshot.province, &snapshot.directory);
    let whole = |n: i64| u64::try_from(n).unwrap_or(0);
    let mut months: BTreeMap<UnitId, UnitMonth> = BTreeMap::new();
    let marks = signals::of_halves(tx, province, period.from.half(), period.to.half()).await;
    for ((point, half, mark), n) in marks.context("while reading marks")? {
        let Some(unit) = directory.receiving_unit(point, half.last()) else { continue };
        *months.entry(unit).or_default().marks.entry(mark).or_default() += whole(n);
    }
    let returned = volumes::returned_by_point(tx, province, None, period).await.context("while reading volumes")?;
    for (point, day, n) in returned {
        let Some(unit) = directory.receiving_unit(point, day) else { continue };
        *months.entry(unit).or_default().returned.get_or_insert(0) += whole(n);
    }
    for (point, day, n) in signals::excluded(tx, province, period).await.context("while reading exclusions")? {
        let Some(unit) = directory.receiving_unit(point, day) else { continue };
        months.entry(unit).or_default().excluded += whole(n);
    }
    let spent = signals::tickets_spent(tx, province, period).await.context("while counting spent tickets")?;
    for (point, day, n) in spent {
        let Some(unit) = directory.receiving_unit(point, day) else { continue };
        months.entry(unit).or_default().disputes.get_or_insert_default().spent += whole(n);
    }
    let (first, last) = (period.from.half(), period.to.half());
    let disputes = tickets::disputes(tx, province, first, last).await.context("while reading disputes")?;
    for ((point, half), n) in disputes {
        let Some(unit) = directory.receiving_unit(point, half.last()) else { continue };
        months.entry(unit).or_default().disputes.get_or_insert_default().disputed += whole(n);
    }
    Ok(months)
}

/// The composite of one level by unit and run, from what pages show.
async fn shares(
    tx: &impl ConnectionTrait,
    snapshot: &Snapshot,
    units: &[UnitId],
    (from, to): (Half, Half),
    level: Level,
) -> anyhow::Result<BTreeMap<UnitId, Vec<(EditionNumber, Estimated)>>> {
    let counts = tallies::for_pages(tx, snapshot, units, None, (from, to)).await.context("while reading figures")?;
    let mut runs: BTreeMap<(UnitId, EditionNumber), Tally> = BTreeMap::new();
    for ((unit, edition, own), tally) in counts {
        if own == level {
            runs.entry((unit, snapshot.editions.continued_by(edition))).or_default().merge(&tally);
        }
    }
    let mut found: BTreeMap<UnitId, Vec<(EditionNumber, Estimated)>> = BTreeMap::new();
    for ((unit, run), tally) in runs {
        let Some(installed) = snapshot.editions.get(run) else { continue };
        let (source, state) = (Source::Level(level), PeriodState::Closed);
        let edition = &installed.edition;
        let estimate = overall(&Figure { edition, tally: &tally, source, state, targets: &[], transactions: None });
        if estimate.withheld.is_none()
            && let (Some(value), Some(se), Some(df)) = (estimate.estimate, estimate.se, estimate.df)
        {
            found.entry(unit).or_default().push((run, Estimated { value, se, df }));
        }
    }
    Ok(found)
}

/// Every unit against those of its kind.
fn read(snapshot: &Snapshot, period: Period, months: &BTreeMap<UnitId, UnitMonth>) -> Vec<UnitSignals> {
    let known: Vec<(&UnitVersion, &UnitMonth)> = months
        .iter()
        .filter_map(|(unit, month)| Some((snapshot.directory.unit_on(*unit, period.to)?, month)))
        .collect();
    let mut groups: BTreeMap<UnitGroup, Vec<&UnitMonth>> = BTreeMap::new();
    for (unit, month) in &known {
        groups.entry(unit.kind.group()).or_default().push(month);
    }
    let peers: BTreeMap<UnitGroup, Peers> =
        groups.into_iter().map(|(group, months)| (group, Peers::of(&months))).collect();
    known
        .into_iter()
        .filter_map(|(unit, month)| {
            let readings = peers.get(&unit.kind.group())?.read(month);
            Some(UnitSignals { unit: unit.clone(), readings })
        })
        .collect()
}
