//! `volumes.csv`: dossiers received, returned and late, by point and span of days.

use std::collections::BTreeMap;

use anyhow::Context;

use super::fields::Fields;
use super::values::{code, day, known_unit, whole};
use super::{Columns, CsvFile, ImportError, Kind, Line, OtherColumns, Problems, Report, Run, Source, Within, act};
use crate::registry::Directory;
use crate::store::volumes::{self as table, Volume};
use crate::store::{Database, DatabaseTransaction, places};
use crate::text::Both;
use crate::text::import::{FileDay, digits, rows as say};
use crate::words::{Day, FieldId, Period, PointId, Province, UnitId};

pub(in crate::registry) const COLUMNS: Columns = Columns {
    required: &["point", "from", "to", "received", "returned", "late"],
    optional: &["deciding_unit", "field"],
    others: OtherColumns::Refused,
};
/// Longest span: a year and a month.
const MOST_DAYS: i32 = 400;
const MOST_DOSSIERS: i64 = 1_000_000_000;

/// What must not overlap in time.
type Series = (PointId, UnitId, FieldId);

/// Imports volumes.
pub(super) async fn volumes(
    db: &Database,
    province: Province,
    source: &Source<'_>,
    run: Run<'_>,
    within: Within<'_>,
) -> Result<Report, ImportError> {
    let file = CsvFile::read(source, &COLUMNS)?;
    let tx = act::begin(db, province).await?;
    match volumes_in(&tx, province, &file, run.today, within).await {
        Ok(report) => {
            act::finish(tx, province, Kind::Volumes, &file, "", run).await?;
            Ok(report)
        }
        Err(error) => Err(act::give_back(tx, error).await),
    }
}

/// Reads, checks and writes the lines of a file in a transaction.
pub(in crate::registry) async fn volumes_in(
    tx: &DatabaseTransaction,
    province: Province,
    file: &CsvFile,
    today: Day,
    within: Within<'_>,
) -> Result<Report, ImportError> {
    let places = places::all(tx, province).await.context("while reading units and points")?;
    let fields = Fields::new(&places.fields);
    let directory = Directory::new(places);
    let mut problems = file.faults();
    let mut rows = Vec::new();
    for line in file.lines() {
        rows.extend(read(line, &directory, &fields, &mut problems).map(|volume| (line.number(), volume)));
    }
    within.check_volumes(file, &directory, today, &mut problems);
    // All the days the file speaks of: a stored span elsewhere cannot meet one of its own.
    let first = rows.iter().map(|(_, volume)| volume.period.from).min().unwrap_or(Day(0));
    let last = rows.iter().map(|(_, volume)| volume.period.to).max().unwrap_or(first);
    let days = Period { from: first, to: last };
    let stored = table::overlapping(tx, province, days).await.context("while reading the volumes")?;
    let (report, put) = plan(&rows, &stored, &mut problems);
    problems.into_result(file.name())?;
    table::put(tx, province, &put).await.context("while writing the volumes")?;
    Ok(Report { rows: file.len(), ..report })
}

fn read(line: Line<'_>, directory: &Directory, fields: &Fields, problems: &mut Problems) -> Option<Volume> {
    let n = line.number();
    let point = code(line.get("point"))
        .and_then(|code| directory.point_by_code(&code).ok_or_else(|| Both::of(|lang| say::no_point(lang, &code))));
    let point = problems.keep(n, "point", point);
    let deciding_unit = match line.get("deciding_unit") {
        "" => Ok(UnitId::NONE),
        value => known_unit(directory, value),
    };
    let deciding_unit = problems.keep(n, "deciding_unit", deciding_unit);
    let field = problems.keep(n, "field", fields.known(line.get("field")));
    let from = problems.keep(n, "from", day(line.get("from")));
    let to = problems.keep(n, "to", day(line.get("to")));
    let period = from.zip(to).and_then(|(from, to)| problems.keep(n, "to", span(from, to)));
    let received = problems.keep(n, "received", whole(line.get("received"), 0, MOST_DOSSIERS));
    let returned = problems.keep(n, "returned", whole(line.get("returned"), 0, MOST_DOSSIERS));
    let late = problems.keep(n, "late", whole(line.get("late"), 0, MOST_DOSSIERS));
    if let Some((returned, late)) = returned.zip(late).filter(|(returned, late)| late > returned) {
        let what = Both::of(|lang| say::late_above_returned(lang, digits(late), digits(returned)));
        problems.add(n, "late", what);
    }
    Some(Volume {
        point: point?,
        deciding_unit: deciding_unit?,
        field: field?,
        period: period?,
        received: received?,
        returned: returned?,
        late: late?,
    })
}

fn span(from: Day, to: Day) -> Result<Period, Both> {
    let period = Period::new(from, to).ok_or_else(|| Both::of(|lang| say::to_before_from(lang, FileDay(to))))?;
    if to.0 - from.0 >= MOST_DAYS {
        return Err(Both::of(|lang| say::span_too_long(lang, digits(MOST_DAYS))));
    }
    Ok(period)
}

/// Compares rows with what is stored: rows that replace or add, and spans that overlap. A row with the first day of a stored
/// span of the same point, deciding unit and field replaces it.
fn plan(rows: &[(u64, Volume)], stored: &[Volume], problems: &mut Problems) -> (Report, Vec<Volume>) {
    let mut report = Report::default();
    let mut spans: BTreeMap<Series, BTreeMap<Day, (Volume, Option<u64>)>> = BTreeMap::new();
    for volume in stored {
        spans.entry(series(volume)).or_default().insert(volume.period.from, (*volume, None));
    }
    let mut put = Vec::new();
    for (line, volume) in rows {
        let before = spans.entry(series(volume)).or_default().insert(volume.period.from, (*volume, Some(*line)));
        match before {
            Some((_, Some(first))) => {
                problems.add(*line, "from", Both::of(|lang| say::same_first_day(lang, digits(first))));
            }
            Some((before, None)) if before == *volume => report.unchanged += 1,
            Some(_) => {
                report.changed += 1;
                put.push(*volume);
            }
            None => {
                report.added += 1;
                put.push(*volume);
            }
        }
    }
    for own in spans.values() {
        for ((one, line), (next, next_line)) in own.values().zip(own.values().skip(1)) {
            let Some(told) = next_line.or(*line).filter(|_| one.period.to >= next.period.from) else { continue };
            let (from, to) = (FileDay(next.period.from), FileDay(one.period.to.min(next.period.to)));
            let other = |lang| match line.and(*next_line).and(*line) {
                Some(line) => say::in_line(lang, digits(line)),
                None => say::STORED_SPAN.get(lang).to_owned(),
            };
            problems.add(told, "from", Both::of(|lang| say::counted_twice(lang, from, to, &other(lang))));
        }
    }
    (report, put)
}

const fn series(volume: &Volume) -> Series {
    (volume.point, volume.deciding_unit, volume.field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn volume(point: i32, from: i32, to: i32, returned: i64) -> Volume {
        Volume {
            point: PointId(point),
            deciding_unit: UnitId::NONE,
            field: FieldId::NONE,
            period: Period::new(Day(from), Day(to)).unwrap(),
            received: 0,
            returned,
            late: 0,
        }
    }

    #[test]
    fn a_span_of_the_same_first_day_replaces_and_one_that_overlaps_is_a_fault() {
        let stored = [volume(1, 10, 19, 5), volume(1, 20, 29, 5)];
        let of = |rows: &[(u64, Volume)]| {
            let mut problems = Problems::default();
            let (report, put) = plan(rows, &stored, &mut problems);
            ((report.added, report.changed, report.unchanged, put.len()), problems.into_result("v.csv").is_ok())
        };
        assert_eq!(of(&[(2, volume(1, 10, 19, 5)), (3, volume(1, 30, 39, 5))]), ((1, 0, 1, 1), true));
        assert_eq!(of(&[(2, volume(1, 10, 15, 6))]), ((0, 1, 0, 1), true));
        assert_eq!(of(&[(2, volume(1, 10, 20, 6))]), ((0, 1, 0, 1), false));
        assert_eq!(of(&[(2, volume(1, 25, 40, 6))]), ((1, 0, 0, 1), false));
        assert_eq!(of(&[(2, volume(2, 25, 40, 6)), (3, volume(2, 40, 50, 6))]), ((2, 0, 0, 2), false));
        assert_eq!(of(&[(2, volume(2, 25, 39, 6)), (3, volume(2, 40, 50, 6))]), ((2, 0, 0, 2), true));
    }
}
