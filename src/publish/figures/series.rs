//! Figures over time: months and quarters, with the breaks across which nothing is compared.

use std::sync::Arc;

use super::OwnedTargets;
use super::load::Reading;
use super::runs::{Composites, Counts, forms, runs, shown};
use crate::index::{Estimate, PeriodState, Target};
use crate::registry::InstalledEdition;
use crate::words::{Day, EditionNumber, Half, Period};

/// Years that the quarters reach back, the shown one included.
pub(super) const YEARS: i32 = 3;

/// Periods in the order of time.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// One point for each period, empty ones included.
    pub points: Vec<SeriesPoint>,
    /// Where the series breaks, in the order of time.
    pub breaks: Vec<SeriesBreak>,
}

/// One period of a series.
#[derive(Debug, Clone)]
pub struct SeriesPoint {
    /// The period.
    pub period: Period,
    /// Whether it still runs.
    pub state: PeriodState,
    /// The edition its figures are of.
    pub edition: Option<Arc<InstalledEdition>>,
    /// The composite of the headline, where there are answers.
    pub headline: Option<Estimate>,
    /// The composite of open feedback, where there are answers.
    pub open: Option<Estimate>,
    /// Targets in force then.
    pub targets: Vec<Target>,
}

/// A break: nothing before it is compared with anything after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesBreak {
    /// Place of the first point after it.
    pub before: usize,
    /// Why.
    pub why: Why,
}

/// Why a series breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Another questionnaire, or one that counts otherwise, from this day on.
    Questionnaire(Day),
    /// The unit was reorganised on this day.
    Reorganised(Day),
}

impl Series {
    /// Whether any point has a figure.
    pub fn has_figures(&self) -> bool {
        self.points.iter().any(|point| point.headline.is_some() || point.open.is_some())
    }
}

/// The months of the year of a period, in the calendar of the period.
pub(super) fn months_of(period: Period) -> Vec<Period> {
    let (year, is_calendar) = year_of(period);
    let month = if is_calendar { Period::calendar_month } else { Period::reporting_month };
    (1..=12).filter_map(|number| month(year, number)).collect()
}

/// The quarters of the year of a period and of the years before it, in the calendar of the period.
pub(super) fn quarters_of(period: Period) -> Vec<Period> {
    let (year, is_calendar) = year_of(period);
    let quarter = if is_calendar { Period::calendar_quarter } else { Period::reporting_quarter };
    let years = year - YEARS + 1..=year;
    years.flat_map(|year| (1..=4).filter_map(move |number| quarter(year, number))).collect()
}

/// The reporting year a period lies in, or the calendar year of one that begins on the first of a month.
pub(super) fn year_of(period: Period) -> (i32, bool) {
    if period.from.day_of_month() == 1 { (period.to.year(), true) } else { (Period::year_of(period.to), false) }
}

/// A series over periods: each point is the sum of its half-months.
pub(super) fn series(reading: &Reading<'_>, halves: &Counts<Half>, periods: &[Period], from_first: bool) -> Series {
    let begun = periods.iter().filter(|period| period.from <= reading.today);
    let mut points: Vec<(SeriesPoint, Option<EditionNumber>)> =
        begun.map(|period| point(reading, halves, *period)).collect();
    if from_first {
        let first = points.iter().position(|(point, _)| point.edition.is_some()).unwrap_or(points.len());
        points.drain(..first);
    }
    let breaks = breaks(reading, &points);
    Series { points: points.into_iter().map(|(point, _)| point).collect(), breaks }
}

fn point(reading: &Reading<'_>, halves: &Counts<Half>, period: Period) -> (SeriesPoint, Option<EditionNumber>) {
    let (from, to) = (period.from.half(), period.to.half());
    let within = |half: &Half| (from..=to).contains(half);
    let of_measure: Vec<EditionNumber> =
        runs(halves, within).into_iter().filter(|run| reading.is_of_measure(*run)).collect();
    let run = shown(reading.snapshot, &of_measure, |run| forms(halves, within, run));
    let state = if period.runs_on(reading.today) { PeriodState::Running } else { PeriodState::Closed };
    let targets: OwnedTargets = reading.targets(reading.measure, &reading.path, period.to.year());
    let edition = run.and_then(|run| reading.snapshot.editions.get(run)).cloned();
    let mut point = SeriesPoint { period, state, edition, headline: None, open: None, targets: targets.current };
    let mut sums: Counts<()> = Counts::new();
    for ((half, own, level), tally) in halves {
        if within(half) && Some(*own) == run {
            sums.entry(((), *own, *level)).or_default().merge(tally);
        }
    }
    if let Some(edition) = &point.edition {
        let current: Vec<&Target> = point.targets.iter().collect();
        let composites = Composites { only: reading.only, edition, state, targets: &current, transactions: None };
        (point.headline, point.open) = (composites.headline(&sums, &()), composites.open(&sums, &()));
    }
    (point, run)
}

fn breaks(reading: &Reading<'_>, points: &[(SeriesPoint, Option<EditionNumber>)]) -> Vec<SeriesBreak> {
    let mut breaks = Vec::new();
    let mut last: Option<EditionNumber> = None;
    for (place, (point, run)) in points.iter().enumerate() {
        if let Some(day) = reading.reorganised.filter(|day| point.period.contains(*day) && place > 0) {
            breaks.push(SeriesBreak { before: place, why: Why::Reorganised(day) });
        }
        if let (Some(before), Some(now)) = (last, *run)
            && before != now
        {
            breaks.push(SeriesBreak { before: place, why: Why::Questionnaire(reading.first_day_of(now)) });
        }
        last = run.or(last);
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period::new(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap()
    }

    #[test]
    fn a_series_keeps_the_calendar_of_the_period_it_stands_beside() {
        let reporting = months_of(Period::reporting_quarter(2026, 3).unwrap());
        assert_eq!((reporting.len(), reporting[0]), (12, period("2025-12-15", "2026-01-14")));
        let calendar = months_of(Period::calendar_year(2026));
        assert_eq!(calendar[11], period("2026-12-01", "2026-12-31"));
        let quarters = quarters_of(Period::reporting_year(2026));
        assert_eq!(
            (quarters.len(), quarters[0], quarters[11]),
            (12, period("2023-12-15", "2024-03-14"), period("2026-09-15", "2026-12-14"),)
        );
        assert_eq!(quarters_of(Period::calendar_year(2026))[11], period("2026-10-01", "2026-12-31"));
    }
}
