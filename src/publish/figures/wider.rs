//! Wider views for a unit that alone has too few answers: more time, its group, the unit above.

use super::load::Reading;
use super::runs::{Composites, Counts, forms, joined, runs, shown};
use super::series::{YEARS, year_of};
use crate::index::{Estimate, PeriodState, Target};
use crate::publish::tallies;
use crate::store::ConnectionTrait;
use crate::store::places::UnitVersion;
use crate::words::{EditionNumber, Half, Period, UnitGroup, UnitId};

/// What is pooled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wider {
    /// The same unit over a longer time.
    Time(Period),
    /// The units of its kind under the same unit, with their number.
    Group(UnitGroup, usize),
    /// The unit above.
    Above(UnitVersion),
}

/// A figure of more than the unit or its period alone.
#[derive(Debug, Clone)]
pub struct WiderFigures {
    /// What is pooled.
    pub wider: Wider,
    /// Composite of the headline, or of open feedback where there is none.
    pub estimate: Estimate,
}

/// More time, then more units; each only where it has enough answers to be shown.
pub(super) async fn wider(
    db: &impl ConnectionTrait,
    reading: &Reading<'_>,
    halves: &Counts<Half>,
) -> anyhow::Result<Vec<WiderFigures>> {
    let mut found = Vec::new();
    for period in longer(reading.period) {
        let sum = summed(halves, |half| (period.from.half()..=period.to.half()).contains(half));
        found.extend(of(reading, &sum, Wider::Time(period), &reading.path, period));
        if !found.is_empty() {
            break;
        }
    }
    let (directory, period) = (&reading.snapshot.directory, reading.period);
    let Some((parent, own)) = reading.path.get(1).copied().zip(directory.unit_on(reading.unit, reading.day)) else {
        return Ok(found);
    };
    let group = own.kind.group();
    let of_group = directory.children(parent, reading.day);
    let members: Vec<UnitId> =
        of_group.iter().filter(|unit| unit.kind.group() == group).map(|unit| unit.unit).collect();
    let units: Vec<UnitId> = members.iter().copied().chain([parent]).collect();
    let (from, to) = (period.from.half(), period.to.half());
    let mut counts = joined(
        reading.snapshot,
        tallies::for_pages(db, reading.snapshot, &units, reading.only.field, (from, to)).await?,
    );
    counts.retain(|(_, _, level), _| reading.only.level.is_none_or(|own| own == *level));
    let above: Vec<UnitId> = reading.path.iter().copied().skip(1).collect();
    if members.len() > 1 {
        let sum = summed(&counts, |unit| members.contains(unit));
        found.extend(of(reading, &sum, Wider::Group(group, members.len()), &above, period));
    }
    if let Some(parent_unit) = directory.unit_on(parent, reading.day) {
        let sum = summed(&counts, |unit| *unit == parent);
        found.extend(of(reading, &sum, Wider::Above(parent_unit.clone()), &above, period));
    }
    Ok(found)
}

/// The year the period lies in, then that year with the years before it.
fn longer(period: Period) -> Vec<Period> {
    let (year, is_calendar) = year_of(period);
    let whole = if is_calendar { Period::calendar_year } else { Period::reporting_year };
    let years = Period { from: whole(year - YEARS + 1).from, to: whole(year).to };
    [whole(year), years].into_iter().filter(|longer| *longer != period).collect()
}

fn summed<K: Ord>(counts: &Counts<K>, of: impl Fn(&K) -> bool) -> Counts<()> {
    let mut sums: Counts<()> = Counts::new();
    for ((key, run, level), tally) in counts {
        if of(key) {
            sums.entry(((), *run, *level)).or_default().merge(tally);
        }
    }
    sums
}

fn of(reading: &Reading<'_>, sums: &Counts<()>, wider: Wider, path: &[UnitId], period: Period) -> Option<WiderFigures> {
    let candidates: Vec<EditionNumber> =
        runs(sums, |()| true).into_iter().filter(|run| reading.is_of_measure(*run)).collect();
    let run = shown(reading.snapshot, &candidates, |run| forms(sums, |()| true, run))?;
    let edition = reading.snapshot.editions.get(run)?;
    let targets = reading.targets(reading.measure, path, period.to.year()).current;
    let current: Vec<&Target> = targets.iter().collect();
    let state = if period.runs_on(reading.today) { PeriodState::Running } else { PeriodState::Closed };
    let composites = Composites { only: reading.only, edition, state, targets: &current, transactions: None };
    let is_enough = |estimate: &Estimate| estimate.withheld.is_none();
    let estimate = composites.headline(sums, &()).filter(is_enough).or_else(|| composites.open(sums, &()))?;
    is_enough(&estimate).then_some(WiderFigures { wider, estimate })
}
