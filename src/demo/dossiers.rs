//! The flow of dossiers: how many a unit returns on a day, of which procedure, handed in where, and when.

use super::counters::{Counter, counters_for, counters_of};
use super::draws::{Draws, Purpose};
use super::procedures::{Procedure, mix_of};
use super::province::DecidingUnit;
use crate::words::Day;

/// January to December against the mean month; February holds Tết. The mean is 1.
const MONTH_FACTORS: [f64; 12] = [0.98, 0.62, 1.08, 1.02, 1.02, 1.12, 1.17, 1.15, 1.02, 0.96, 0.94, 0.92];
/// Public holidays with a fixed date (day, month). The lunar ones are left to the month factor.
const HOLIDAYS: [(u8, u8); 4] = [(1, 1), (30, 4), (1, 5), (2, 9)];
/// Term in working days where no procedure is named.
const USUAL_TERM: u8 = 3;
/// A late dossier is late by 1 to this many days.
const LATEST: f64 = 14.0;
/// No dossier is returned more days after it was received: 35 working days, the latest delay, two weekends.
pub(crate) const LONGEST_WAY: i32 = 70;

/// Where a dossier was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Door {
    /// At a counter.
    Counter(&'static Counter),
    /// Online or by post.
    Web,
}

impl Door {
    /// The code of the collection point.
    pub(crate) fn point(self, unit: &DecidingUnit) -> String {
        match self {
            Self::Counter(counter) => counter.code.to_owned(),
            Self::Web => format!("{}.W1", unit.code),
        }
    }
}

/// Whether the result came in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Punctuality {
    /// In time.
    InTime,
    /// Late.
    Late,
}

/// A returned dossier.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dossier {
    /// Where it was handed in.
    pub(crate) door: Door,
    /// Its procedure; `None` is "thủ tục khác".
    pub(crate) procedure: Option<&'static Procedure>,
    /// Whether it came in time.
    pub(crate) punctuality: Punctuality,
    /// The day it was received.
    pub(crate) received: Day,
}

impl Dossier {
    /// The field, where the procedure is known.
    pub(crate) fn field(&self) -> Option<&'static str> {
        self.procedure.map(|procedure| procedure.field)
    }
}

/// Whether offices are open.
pub(crate) fn is_working_day(day: Day) -> bool {
    day.weekday() <= 5 && !HOLIDAYS.contains(&(day.day_of_month(), day.month()))
}

/// The first working day on or after a day.
pub(crate) fn next_working_day(day: Day) -> Day {
    (0..14).map(|n| day.plus(n)).find(|day| is_working_day(*day)).unwrap_or(day)
}

fn weight(day: Day) -> f64 {
    match day.weekday() {
        _ if !is_working_day(day) => 0.0,
        1 => 1.3,
        5 => 0.9,
        _ => 1.0,
    }
}

/// The part of a mean month's work that falls on a day: a month sums to its factor whatever its working days.
pub(crate) fn share_of_month(day: Day) -> f64 {
    let today = weight(day);
    if today <= 0.0 {
        return 0.0;
    }
    let first = day.plus(1 - i32::from(day.day_of_month()));
    let whole: f64 = (0..31).map(|n| first.plus(n)).filter(|d| d.month() == day.month()).map(weight).sum();
    MONTH_FACTORS[usize::from(day.month() - 1)] * today / whole
}

/// The dossiers a unit returns on a day.
pub(crate) fn dossiers_of(unit: &DecidingUnit, day: Day) -> Vec<Dossier> {
    let share = share_of_month(day);
    if share <= 0.0 {
        return Vec::new();
    }
    let mut draws = Draws::of(unit.code, day, Purpose::Dossiers);
    let mix = mix_of(unit);
    let open = counters_of(unit, day);
    let count = draws.count(unit.dossiers * share);
    (0..count).map(|_| dossier(unit, day, &mix, &open, &mut draws)).collect()
}

fn dossier(
    unit: &DecidingUnit,
    day: Day,
    mix: &[(Option<&'static Procedure>, f64)],
    open: &[&'static Counter],
    draws: &mut Draws,
) -> Dossier {
    let procedure = draws.pick(mix).flatten();
    let door = if draws.chance(unit.counter_share) {
        let field = procedure.map_or("", |procedure| procedure.field);
        draws.pick(&counters_for(open, field)).map_or(Door::Web, Door::Counter)
    } else {
        Door::Web
    };
    let punctuality = if draws.chance(unit.late_share) { Punctuality::Late } else { Punctuality::InTime };
    let term = f64::from(procedure.map_or(USUAL_TERM, |procedure| procedure.term)) * 7.0 / 5.0;
    let days = match punctuality {
        Punctuality::InTime => term * (0.5 + 0.5 * draws.uniform()),
        Punctuality::Late => term + 1.0 + (LATEST - 1.0) * draws.uniform(),
    };
    Dossier { door, procedure, punctuality, received: received_on(day, days) }
}

/// The working day on which a dossier came in that is returned on `day` after about `days`.
fn received_on(day: Day, days: f64) -> Day {
    let back = i32::try_from(super::draws::whole(days)).unwrap_or(0);
    let about = day.plus(-back);
    (0..7).map(|n| about.plus(-n)).find(|day| is_working_day(*day)).unwrap_or(about)
}

#[cfg(test)]
mod tests {
    use super::super::province::{UNITS, unit_named};
    use super::*;

    fn year(year: i32) -> impl Iterator<Item = Day> {
        let first = Day::of(year, 1, 1).unwrap();
        (0..366).map(move |n| first.plus(n)).filter(move |day| day.year() == year)
    }

    #[test]
    fn a_year_of_shares_is_twelve_months_and_mondays_are_busiest() {
        let total: f64 = year(2026).map(share_of_month).sum();
        assert!((total - 12.0).abs() < 1e-9, "{total}");
        let of = |day| share_of_month(Day::of(2026, 7, day).unwrap());
        assert!((of(6) / of(7) - 1.3).abs() < 1e-9);
        assert!((of(10) / of(7) - 0.9).abs() < 1e-9);
        assert!(of(11) <= 0.0 && share_of_month(Day::of(2026, 9, 2).unwrap()) <= 0.0);
    }

    #[test]
    fn a_year_of_dossiers_has_the_size_lateness_and_doors_of_its_unit() {
        for code in ["MH.CN1", "MH.P01", "MH.SNV"] {
            let unit = unit_named(code).unwrap();
            let all: Vec<Dossier> = year(2026).flat_map(|day| dossiers_of(unit, day)).collect();
            let n = f64::from(u32::try_from(all.len()).unwrap());
            assert!((n / (12.0 * unit.dossiers) - 1.0).abs() < 5.0 / (12.0 * unit.dossiers).sqrt());
            let share = |yes: fn(&Dossier) -> bool| {
                f64::from(u32::try_from(all.iter().filter(|d| yes(d)).count()).unwrap()) / n
            };
            let late = share(|d| d.punctuality == Punctuality::Late);
            assert!((late - unit.late_share).abs() < 2.5 / n.sqrt(), "{code} late {late}");
            let counter = share(|d| d.door != Door::Web);
            assert!((counter - unit.counter_share).abs() < 2.5 / n.sqrt(), "{code} counter {counter}");
        }
    }

    #[test]
    fn no_dossier_comes_in_after_it_is_returned_or_longer_before_than_the_longest_way() {
        for unit in &UNITS {
            for day in year(2026).step_by(5) {
                for dossier in dossiers_of(unit, day) {
                    assert!(dossier.received <= day && day <= dossier.received.plus(LONGEST_WAY));
                    assert!(is_working_day(dossier.received));
                }
            }
        }
    }
}
