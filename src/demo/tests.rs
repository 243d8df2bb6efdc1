//! A year of the demonstration against its table, and the model's codes against the files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::counters::COUNTERS;
use super::procedures::PROCEDURES;
use super::province::{LINE_COUNTERS, UNITS};
use super::*;
use crate::words::{Channel, Level, Measure};

const UNITS_CSV: &str = include_str!("../../surveys/demonstration/units.csv");
const POINTS_CSV: &str = include_str!("../../surveys/demonstration/points.csv");
const PROCEDURES_CSV: &str = include_str!("../../surveys/demonstration/procedures.csv");
const TARGETS_CSV: &str = include_str!("../../surveys/demonstration/targets.csv");

type Told = Vec<(Circumstance, SimulatedAnswer)>;

fn day(month: u8, day: u8) -> Day {
    Day::of(2026, month, day).unwrap()
}

/// The answers of 2026, made once.
fn year() -> &'static Told {
    static YEAR: OnceLock<Told> = OnceLock::new();
    YEAR.get_or_init(|| (0..365).flat_map(|n| answers_with_circumstances(day(1, 1).plus(n))).collect())
}

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn column(text: &str, name: &str) -> BTreeSet<String> {
    rows(text).into_iter().map(|row| row[name].clone()).collect()
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

/// Mean over the criteria of the percent satisfied.
fn satisfied<'a>(answers: &(impl Iterator<Item = &'a SimulatedAnswer> + Clone)) -> f64 {
    let share = |criterion: usize| {
        let rated = answers.clone().filter_map(|answer| match answer.levels[criterion] {
            Rated::Level(level) => Some(level),
            Rated::Blank | Rated::NotApplicable => None,
        });
        let (yes, n) = rated.fold((0.0, 0.0), |(yes, n), level| (yes + f64::from(u8::from(level >= 4)), n + 1.0));
        100.0 * yes / n
    };
    (0..5).map(share).sum::<f64>() / 5.0
}

/// Level D at the counters of a room.
fn at_counters(room: &'static str) -> impl Iterator<Item = &'static SimulatedAnswer> + Clone {
    let prefix = format!("{room}.Q");
    year().iter().map(|(_, a)| a).filter(move |a| a.level == Level::D && a.point.starts_with(&prefix))
}

/// Level B of a deciding unit.
fn by_ticket(unit: &'static str) -> impl Iterator<Item = &'static SimulatedAnswer> + Clone {
    year().iter().map(|(_, a)| a).filter(move |a| a.level == Level::B && a.deciding_unit.as_deref() == Some(unit))
}

fn near(what: &str, found: f64, stated: f64, within: f64) {
    assert!((found - stated).abs() <= within, "{what}: {found:.2}, stated {stated}");
}

#[test]
fn every_code_the_model_emits_stands_in_the_files() {
    let (units, points) = (column(UNITS_CSV, "code"), column(POINTS_CSV, "code"));
    let procedures = column(PROCEDURES_CSV, "code");
    for (_, answer) in year() {
        assert!(points.contains(&answer.point), "{}", answer.point);
        assert!(answer.deciding_unit.as_ref().is_none_or(|unit| units.contains(unit)));
        assert!(answer.procedure.as_ref().is_none_or(|procedure| procedures.contains(procedure)));
    }
    let fields = column(PROCEDURES_CSV, "field");
    for volume in volumes_of(day(3, 1)) {
        assert!(points.contains(&volume.point) && units.contains(volume.deciding_unit));
        assert!(volume.field.is_none_or(|field| fields.contains(field)));
    }
}

#[test]
fn the_tables_of_the_model_and_the_files_say_the_same() {
    let points = rows(POINTS_CSV);
    let of_kind = |kind: &str| points.iter().filter(|row| row["kind"] == kind).count();
    assert_eq!((of_kind("kiosk"), of_kind("web")), (15, 28));
    assert_eq!(of_kind("counter"), COUNTERS.len() + LINE_COUNTERS.len());
    for counter in &COUNTERS {
        let row = points.iter().find(|row| row["code"] == counter.code).unwrap();
        assert_eq!((row["kind"].as_str(), row["field"].as_str()), ("counter", counter.field), "{}", counter.code);
        assert!(counter.serves.iter().all(|code| UNITS.iter().any(|unit| unit.code == *code)));
    }
    let told = PROCEDURES.iter().map(|p| (p.code.to_owned(), p.field.to_owned()));
    let listed = rows(PROCEDURES_CSV).into_iter().map(|row| (row["code"].clone(), row["field"].clone()));
    assert_eq!(told.collect::<BTreeSet<_>>(), listed.collect::<BTreeSet<_>>());
}

#[test]
fn the_files_point_only_at_units_that_exist_when_they_are_pointed_at() {
    let units = rows(UNITS_CSV);
    let lives = |code: &str, from: &str, to: &str| {
        let ends = |row: &BTreeMap<String, String>| {
            row["valid_to"].is_empty() || (row["valid_to"].as_str() >= to && !to.is_empty())
        };
        units.iter().any(|row| row["code"] == code && row["valid_from"].as_str() <= from && ends(row))
    };
    let codes = column(UNITS_CSV, "code");
    let mut versions = BTreeSet::new();
    for row in &units {
        assert!(versions.insert((row["code"].clone(), row["valid_from"].clone())), "{row:?}");
        assert!(row["parent"].is_empty() || lives(&row["parent"], &row["valid_from"], &row["valid_to"]), "{row:?}");
        assert!(row["successors"].is_empty() || row["successors"].split('|').all(|code| codes.contains(code)));
        assert!(row["admin_code"].is_empty() || row["admin_code"].starts_with("98"));
    }
    for row in rows(POINTS_CSV) {
        assert!(lives(&row["unit"], "2025-07-01", ""), "{row:?}");
    }
    assert_eq!(units.iter().filter(|row| row["kind"] == "district").count(), 27);
}

#[test]
fn the_targets_keep_their_contradiction() {
    let targets = rows(TARGETS_CSV);
    let units = column(UNITS_CSV, "code");
    for row in &targets {
        assert!(units.contains(&row["unit"]) && row["citation"].contains("mô phỏng"), "{row:?}");
        assert!(row["measure"].split('|').all(|measure| Measure::parse(measure).is_ok()));
    }
    let of_sxd: Vec<&str> =
        targets.iter().filter(|row| row["unit"] == "MH.SXD").map(|row| row["threshold"].as_str()).collect();
    assert_eq!(of_sxd, ["95%", "90%"]);
}

#[test]
fn a_year_has_60_to_80_thousand_answers_at_three_levels() {
    let n = year().len();
    assert!((60_000..=80_000).contains(&n), "{n}");
    for level in [Level::B, Level::C, Level::D] {
        assert!(year().iter().filter(|(_, answer)| answer.level == level).count() > 8_000, "{level}");
    }
}

#[test]
fn two_offices_that_serve_alike_look_unlike_at_the_counter() {
    near("CN1 at the counter", satisfied(&at_counters("MH.CN1")), 73.0, 2.0);
    near("CN2 at the counter", satisfied(&at_counters("MH.CN2")), 92.0, 1.0);
    near("CN1 by ticket", satisfied(&by_ticket("MH.CN1")), 62.0, 2.5);
    near("CN2 by ticket", satisfied(&by_ticket("MH.CN2")), 66.0, 2.5);
    near("CN1 a month", count(at_counters("MH.CN1").count()) / 12.0, 306.0, 25.0);
    near("CN2 a month", count(at_counters("MH.CN2").count()) / 12.0, 1_420.0, 60.0);
}

#[test]
fn a_day_is_equal_on_every_run_and_days_off_are_empty() {
    let monday = day(3, 9);
    assert_eq!(answers_of(monday), answers_of(monday));
    assert_ne!(answers_of(monday).len(), 0);
    assert_eq!(answers_of(day(3, 8)), []);
    assert_eq!(answers_of(day(9, 2)), []);
}

#[test]
fn only_tickets_know_who_decides() {
    for (_, answer) in year() {
        assert_eq!(answer.deciding_unit.is_some(), answer.level == Level::B);
        assert!(answer.procedure.is_none() || answer.level == Level::B);
        assert_eq!(answer.channel == Channel::Kiosk, answer.level == Level::C);
        assert!(answer.levels.iter().any(|rated| matches!(rated, Rated::Level(1..=5))));
    }
}

#[test]
fn staff_fill_tickets_of_one_commune_from_august_on() {
    let filled: Vec<_> = year().iter().filter(|(why, _)| *why == Circumstance::FilledByStaff).collect();
    assert!(filled.iter().all(|(_, a)| a.deciding_unit.as_deref() == Some("MH.X02") && a.day >= day(8, 1)));
    // 20% of the tickets, 35% of the dossiers that may be asked.
    near("filled", count(filled.len()), 0.2 * 0.35 * 0.96 * 1_150.0 * 4.99, 70.0);
    let before = by_ticket("MH.X02").filter(|a| a.day < day(8, 1));
    let after = by_ticket("MH.X02").filter(|a| a.day >= day(8, 1));
    assert!(satisfied(&after) > satisfied(&before) + 5.0);
    let halves = std::iter::successors(Some(day(1, 1).half()), |half| Some(half.next())).take(24);
    assert_eq!(halves.filter_map(disputes_of).map(|(_, n)| n).sum::<u32>(), 6);
}

#[test]
fn one_more_counter_shortens_the_wait_in_september() {
    let minutes = |from: Day, to: Day| {
        let told = at_counters("MH.P01").filter(|a| from <= a.day && a.day <= to).filter_map(|a| a.minutes);
        told.clone().map(f64::from).sum::<f64>() / count(told.count())
    };
    // Staff steer the content, who waited a little less.
    assert!(minutes(day(1, 1), day(8, 31)) > 24.0 && minutes(day(9, 1), day(12, 31)) < 20.5);
    assert!(year().iter().all(|(_, a)| a.point != "MH.P01.Q10" || a.day >= day(9, 1)));
    assert!(year().iter().any(|(_, a)| a.point == "MH.P01.Q10"));
}

#[test]
fn small_offices_stay_small() {
    assert!(by_ticket("MH.SDTTG").count() <= 9);
    assert!(by_ticket("MH.STP").count() <= 30);
}

#[test]
fn kiosk_answers_of_the_outage_arrive_together_afterwards() {
    let kiosk = |from, to| year().iter().filter(move |(_, a)| a.point == "MH.DK1.K1" && from <= a.day && a.day <= to);
    assert_eq!(kiosk(day(10, 5), day(10, 18)).count(), 0);
    assert!(kiosk(day(10, 19), day(10, 19)).count() > 0);
    assert!(kiosk(day(10, 19), day(10, 19)).all(|(why, _)| *why == Circumstance::ArrivedLate));
    assert_eq!(year().iter().filter(|(why, a)| *why == Circumstance::ArrivedLate && a.day != day(10, 19)).count(), 0);
}

#[test]
fn one_code_at_two_desks_takes_the_answers_of_both() {
    let at = |point: &'static str, from, to| {
        year().iter().filter(move |(_, a)| a.point == point && a.level == Level::D && from <= a.day && a.day <= to)
    };
    assert_eq!(at("MH.X03.Q02", day(5, 4), day(5, 24)).count(), 0);
    assert!(at("MH.X03.Q02", day(5, 25), day(7, 31)).count() > 0);
    let wrong = at("MH.X03.Q01", day(5, 4), day(5, 24)).filter(|(why, _)| *why == Circumstance::UnderWrongCode);
    assert!(wrong.count() > 0);
}

#[test]
fn gio_ngan_has_three_answers_in_february_and_none_in_march() {
    let of = |month: u8| {
        let here = |a: &SimulatedAnswer| {
            a.deciding_unit.as_deref() == Some("MH.X05") || a.point.starts_with("MH.X05.") && !a.point.contains(".CA.")
        };
        year().iter().filter(|(_, a)| a.day.month() == month && here(a)).count()
    };
    assert_eq!((of(2), of(3)), (3, 0));
    assert!(of(4) > 20);
}

#[test]
fn the_burst_is_400_open_answers_of_one_day() {
    let burst: Vec<_> = year().iter().filter(|(why, _)| *why == Circumstance::Burst).map(|(_, a)| a).collect();
    assert_eq!(burst.len(), 400);
    assert!(burst.iter().all(|a| a.level == Level::D && a.day == day(6, 10) && a.point == "MH.P02.Q01"));
}

#[test]
fn volumes_are_the_dossiers_the_answers_come_from() {
    let volumes = volumes_of(day(6, 1));
    let returned: u32 = volumes.iter().map(|volume| volume.returned).sum();
    let received: u32 = volumes.iter().map(|volume| volume.received).sum();
    near("returned in June", f64::from(returned), 31_885.0 * 1.12, 1_000.0);
    near("received in June", f64::from(received), 31_885.0 * 1.14, 2_000.0);
    assert!(volumes.iter().all(|v| v.late <= v.returned && v.from.half() == v.to.half()));
    assert!(volumes.iter().all(|v| v.from == v.from.half().first() && v.to == v.to.half().last()));
    let of_cn1 = |count: fn(&SimulatedVolume) -> u32| -> u32 {
        volumes.iter().filter(|v| v.deciding_unit == "MH.CN1").map(count).sum()
    };
    near("late at CN1", f64::from(of_cn1(|v| v.late)) / f64::from(of_cn1(|v| v.returned)), 0.34, 0.02);
    let mut keys = BTreeSet::new();
    assert!(volumes.iter().all(|v| keys.insert((v.point.clone(), v.deciding_unit, v.field, v.from))));
    // Every dossier received in a month is returned sooner or later, and counted once.
    assert_eq!(volumes, volumes_of(day(6, 17)));
}
