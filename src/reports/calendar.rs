//! The administrative calendar: which reports there are, of which days, and before which day they are due.

use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::text::reports::paper::Kind;
use crate::words::{Day, Period, UnitKind};

/// The calendar that comes with the program.
const EMBEDDED: &str = include_str!("../../surveys/report_calendar.toml");
/// Largest file that is read, in bytes.
const LARGEST: u64 = 64 * 1_024;
/// Lines of a calendar at most.
const MOST: usize = 100;

/// To whom a deadline applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Communes, wards, special zones, and what belongs to them.
    Commune,
    /// Departments and all other offices.
    Department,
    /// The province, which reports to the ministry.
    Province,
}

impl Level {
    /// The level of a unit by its kind.
    pub const fn of(kind: UnitKind) -> Self {
        match kind {
            UnitKind::Commune | UnitKind::Ward | UnitKind::SpecialZone | UnitKind::Town | UnitKind::District => {
                Self::Commune
            }
            UnitKind::Country | UnitKind::Province => Self::Province,
            _ => Self::Department,
        }
    }
}

/// A report that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub kind: Kind,
    /// Of which year.
    pub year: i32,
    /// The day before which it has to be there.
    pub before: Day,
    /// The document that says so.
    pub source: String,
}

/// Deadlines, as documents give them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    lines: Vec<Deadline>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Deadline {
    level: Level,
    kind: Kind,
    month: u8,
    day: u8,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    due: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    level: Level,
    report: String,
    before: String,
    source: String,
}

impl Calendar {
    /// The province's own calendar where it has one, otherwise the one that comes with the program.
    pub fn load(own: Option<&Path>) -> anyhow::Result<Self> {
        let Some(file) = own else { return Self::parse(EMBEDDED).context("in the calendar of reports of the program") };
        let named = || format!("in the calendar of reports {}", file.display());
        let size = std::fs::metadata(file).with_context(named)?.len();
        if size > LARGEST {
            bail!("{}: {size} bytes are too many, at most {LARGEST} are read", named());
        }
        Self::parse(&std::fs::read_to_string(file).with_context(named)?).with_context(named)
    }

    /// Reads a calendar; every fault is told at once.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let file: File = toml::from_str(text)?;
        if file.due.len() > MOST {
            bail!("{} deadlines are too many, at most {MOST}", file.due.len());
        }
        let (mut lines, mut faults): (Vec<Deadline>, Vec<String>) = (Vec::new(), Vec::new());
        for (at, line) in file.due.into_iter().enumerate() {
            match line.read() {
                Ok(one) if lines.iter().any(|known| known.level == one.level && known.kind == one.kind) => {
                    faults.push(format!("deadline {}: the report has one already", at + 1));
                }
                Ok(one) => lines.push(one),
                Err(fault) => faults.push(format!("deadline {}: {fault}", at + 1)),
            }
        }
        if faults.is_empty() { Ok(Self { lines }) } else { bail!("{}", faults.join("; ")) }
    }

    /// The reports of a year for a level: those of every office, with the day where a document gives one.
    pub fn of_year(&self, level: Level, year: i32) -> Vec<(Kind, Option<Due>)> {
        let known = |kind| self.lines.iter().find(|line| line.level == level && line.kind == kind);
        let due = |kind| {
            let line = known(kind)?;
            let before = Day::of(year, line.month, line.day)?;
            Some(Due { kind, year, before, source: line.source.clone() })
        };
        // Quarter III is sent alone or as nine months: the other one stands there where it has a day of its own.
        let is_sent = |kind: &Kind| *kind != Kind::NineMonths || known(Kind::NineMonths).is_some();
        Kind::ALL.into_iter().filter(is_sent).map(|kind| (kind, due(kind))).collect()
    }

    /// The reports of a level that are due after a day, within so many days.
    pub fn due_within(&self, level: Level, today: Day, days: i32) -> Vec<Due> {
        let years = [today.year(), today.year() + 1];
        let all = years.into_iter().flat_map(|year| self.of_year(level, year)).filter_map(|(_, due)| due);
        all.filter(|due| due.before > today && due.before.0 - today.0 <= days).collect()
    }
}

impl Line {
    fn read(self) -> Result<Deadline, String> {
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == self.report);
        let kind = kind.ok_or_else(|| format!("“{}” is no report", self.report))?;
        let wrong = || format!("“{}” is no day of the year; write it like 06-10", self.before);
        let (month, day) = self.before.split_once('-').filter(|_| self.before.len() == 5).ok_or_else(wrong)?;
        let (month, day) = (month.parse::<u8>().ok(), day.parse::<u8>().ok());
        // A day that no common year has is no deadline.
        let found = month.zip(day).filter(|(month, day)| Day::of(2_025, *month, *day).is_some()).ok_or_else(wrong)?;
        if self.source.trim().is_empty() {
            return Err("without a source".to_owned());
        }
        Ok(Deadline { level: self.level, kind, month: found.0, day: found.1, source: self.source })
    }
}

/// The days of a report, from the 15th to the 14th.
pub fn period_of(kind: Kind, year: i32) -> Option<Period> {
    let quarter = |number| Period::reporting_quarter(year, number);
    let upto = |number| Period::new(quarter(1)?.from, quarter(number)?.to);
    match kind {
        Kind::FirstQuarter => quarter(1),
        Kind::SixMonths => upto(2),
        Kind::ThirdQuarter => quarter(3),
        Kind::NineMonths => upto(3),
        Kind::Year => Some(Period::reporting_year(year)),
    }
}

/// What a report is compared with: a quarter with the one before it, everything else with the same days of the year before.
pub fn before(kind: Kind, year: i32) -> Option<Period> {
    match kind {
        Kind::FirstQuarter => Period::reporting_quarter(year - 1, 4),
        Kind::ThirdQuarter => Period::reporting_quarter(year, 2),
        other => period_of(other, year - 1),
    }
}

/// The report that is usual on a day: the last one whose period has begun, cumulative ones before the quarter.
pub fn usual(today: Day) -> (Kind, i32) {
    let (year, quarter) = Period::quarter_of(today);
    let kind = match quarter {
        1 => Kind::FirstQuarter,
        2 => Kind::SixMonths,
        3 => Kind::ThirdQuarter,
        _ => Kind::Year,
    };
    (kind, year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> Day {
        Day::parse(iso).unwrap()
    }

    #[test]
    fn every_report_has_the_days_of_the_administrative_calendar() {
        let days = |kind| period_of(kind, 2026).map(|period| (period.from.iso(), period.to.iso())).unwrap();
        let of = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(days(Kind::FirstQuarter), of("2025-12-15", "2026-03-14"));
        assert_eq!(days(Kind::SixMonths), of("2025-12-15", "2026-06-14"));
        assert_eq!(days(Kind::ThirdQuarter), of("2026-06-15", "2026-09-14"));
        assert_eq!(days(Kind::NineMonths), of("2025-12-15", "2026-09-14"));
        assert_eq!(days(Kind::Year), of("2025-12-15", "2026-12-14"));
        for kind in Kind::ALL {
            let (now, then) = (period_of(kind, 2026).unwrap(), before(kind, 2026).unwrap());
            assert!(then.to < now.from, "{kind:?} is compared with days before its own");
            assert!((then.to.0 - then.from.0 - (now.to.0 - now.from.0)).abs() <= 3, "{kind:?}: as long");
        }
    }

    #[test]
    fn deadlines_stand_in_documents_and_where_there_is_none_there_is_no_day() {
        let calendar = Calendar::load(None).unwrap();
        let communes = calendar.of_year(Level::Commune, 2026);
        let days: Vec<Option<String>> = communes.iter().map(|(_, due)| Some(due.as_ref()?.before.iso())).collect();
        let known = ["2026-03-10", "2026-06-10", "2026-09-10", "2026-12-10"].map(|day| Some(day.to_owned()));
        assert_eq!(days, known);
        let departments = calendar.of_year(Level::Department, 2026);
        assert_eq!(departments.iter().filter_map(|(_, due)| due.as_ref()).count(), 1);
        assert!(calendar.of_year(Level::Province, 2026).iter().all(|(_, due)| due.is_none()), "no invented day");
        assert_eq!(departments[3].1.as_ref().unwrap().before.iso(), "2026-12-25");
    }

    #[test]
    fn what_is_due_soon_is_found_over_the_end_of_a_year_too() {
        let calendar = Calendar::load(None).unwrap();
        let found = |today: &str, days| calendar.due_within(Level::Commune, day(today), days);
        assert_eq!(found("2026-08-31", 10).len(), 1);
        assert!(found("2026-08-30", 10).is_empty(), "eleven days before");
        assert!(found("2026-09-10", 10).is_empty(), "on the day it is too late");
        assert_eq!(found("2026-12-20", 90)[0].before.iso(), "2027-03-10");
    }

    #[test]
    fn a_bad_calendar_is_refused_with_all_its_faults() {
        let text = "[[due]]\nlevel = \"commune\"\nreport = \"quy-2\"\nbefore = \"03-10\"\nsource = \"x\"\n\
                    [[due]]\nlevel = \"commune\"\nreport = \"nam\"\nbefore = \"02-30\"\nsource = \"x\"\n\
                    [[due]]\nlevel = \"province\"\nreport = \"nam\"\nbefore = \"12-10\"\nsource = \" \"\n";
        let told = Calendar::parse(text).unwrap_err().to_string();
        for part in ["deadline 1: “quy-2”", "deadline 2: “02-30”", "deadline 3: without a source"] {
            assert!(told.contains(part), "{part} in {told}");
        }
        assert!(Calendar::parse("[[due]]\nlevel = \"x\"").is_err() && Calendar::parse("").is_ok());
    }

    #[test]
    fn the_usual_report_is_that_of_the_period_of_the_day() {
        assert_eq!(usual(day("2026-09-08")), (Kind::ThirdQuarter, 2026));
        assert_eq!(usual(day("2026-11-22")), (Kind::Year, 2026));
        assert_eq!(usual(day("2026-12-20")), (Kind::FirstQuarter, 2027));
    }
}
