//! `points.csv`: collection points. A point that changes its unit, questionnaire or field begins a new version today, so that
//! answers of before stay where they were given.

use std::collections::{HashMap, HashSet};

use anyhow::Context;

use super::fields::Fields;
use super::values::{code, known_unit, text, whole, word};
use super::{Columns, CsvFile, ImportError, Kind, Line, OtherColumns, Problems, Report, Run, Source, Within, act};
use crate::record::PublicCode;
use crate::registry::{Directory, Editions};
use crate::store::places::{self, Places, Point, PointCode, PointVersion};
use crate::store::{Database, DatabaseTransaction};
use crate::text::Both;
use crate::text::import::{FileDay, digits, rows as say};
use crate::words::{Day, FieldId, PointId, PointKind, Province, UnitId};

pub(in crate::registry) const COLUMNS: Columns = Columns {
    required: &["code", "unit", "name", "kind", "questionnaire"],
    optional: &["field", "officers"],
    others: OtherColumns::Refused,
};
const LONGEST_NAME: usize = 300;
const MOST_OFFICERS: i64 = 500;
/// Draws of a public code until a free one is found; the second draw is already next to impossible.
const MOST_DRAWS: usize = 100;

/// A row that could be read; `None` = the file does not have the column.
pub(in crate::registry) struct Row {
    line: u64,
    code: String,
    pub(in crate::registry) unit: UnitId,
    pub(in crate::registry) name: String,
    kind: PointKind,
    pub(in crate::registry) questionnaire: String,
    pub(in crate::registry) field: Option<FieldId>,
    pub(in crate::registry) officers: Option<i16>,
}

/// What an import writes.
#[derive(Default)]
struct Plan {
    report: Report,
    points: Vec<Point>,
    versions: Vec<PointVersion>,
    codes: Vec<PointCode>,
}

/// Imports collection points.
pub async fn points(
    db: &Database,
    province: Province,
    source: &Source<'_>,
    run: Run<'_>,
) -> Result<Report, ImportError> {
    points_within(db, province, source, run, Within::ALL).await
}

/// The same in a part of the province.
pub(super) async fn points_within(
    db: &Database,
    province: Province,
    source: &Source<'_>,
    run: Run<'_>,
    within: Within<'_>,
) -> Result<Report, ImportError> {
    let file = CsvFile::read(source, &COLUMNS)?;
    let tx = act::begin(db, province).await?;
    match points_in(&tx, province, &file, run.today, within).await {
        Ok(report) => {
            act::finish(tx, province, Kind::Points, &file, "", run).await?;
            Ok(report)
        }
        Err(error) => Err(act::give_back(tx, error).await),
    }
}

/// Reads, checks and writes the lines of a file in a transaction.
pub(in crate::registry) async fn points_in(
    tx: &DatabaseTransaction,
    province: Province,
    file: &CsvFile,
    today: Day,
    within: Within<'_>,
) -> Result<Report, ImportError> {
    let places = places::all(tx, province).await.context("while reading units and points")?;
    let editions = Editions::load(tx).await?;
    let mut fields = Fields::new(&places.fields);
    let directory = Directory::new(places.clone());
    let mut problems = file.faults();
    let rows = read_rows(file, &directory, &editions, &mut fields, &mut problems);
    within.check_points(file, &directory, today, &mut problems);
    let mut plan = plan(rows, &places, &directory, today, &mut problems);
    plan.report.rows = file.len();
    problems.into_result(file.name())?;
    places::add_fields(tx, province, &fields.new).await.context("while adding the fields")?;
    places::add_points(tx, province, &plan.points).await.context("while adding the points")?;
    places::put_point_versions(tx, province, &plan.versions).await.context("while writing the points")?;
    places::add_codes(tx, province, &plan.codes).await.context("while adding the public codes")?;
    Ok(plan.report)
}

/// The lines that can be read.
pub(in crate::registry) fn read_rows(
    file: &CsvFile,
    directory: &Directory,
    editions: &Editions,
    fields: &mut Fields,
    problems: &mut Problems,
) -> Vec<Row> {
    let questionnaires: HashSet<&str> = editions.iter().map(|installed| installed.edition.code()).collect();
    let mut rows = Vec::new();
    for line in file.lines() {
        rows.extend(read(line, directory, &questionnaires, fields, problems));
    }
    rows
}

fn read(
    line: Line<'_>,
    directory: &Directory,
    questionnaires: &HashSet<&str>,
    fields: &mut Fields,
    problems: &mut Problems,
) -> Option<Row> {
    let n = line.number();
    let own = problems.keep(n, "code", code(line.get("code")));
    let unit = problems.keep(n, "unit", known_unit(directory, line.get("unit")));
    let name = problems.keep(n, "name", text(line.get("name"), LONGEST_NAME));
    let kind = problems.keep(n, "kind", word(PointKind::parse(line.get("kind"))));
    let questionnaire = text(line.get("questionnaire"), LONGEST_NAME).and_then(|name| {
        if questionnaires.contains(name.as_str()) {
            return Ok(name);
        }
        let mut known: Vec<&str> = questionnaires.iter().copied().collect();
        known.sort_unstable();
        Err(Both::of(|lang| say::no_questionnaire(lang, &name, &known.join(", "))))
    });
    let questionnaire = problems.keep(n, "questionnaire", questionnaire);
    let field = problems.keep(n, "field", line.find("field").map(|name| fields.known_or_new(name)).transpose());
    let officers = problems.keep(n, "officers", line.find("officers").map(read_officers).transpose());
    Some(Row {
        line: n,
        code: own?,
        unit: unit?,
        name: name?,
        kind: kind?,
        questionnaire: questionnaire?,
        field: field?,
        officers: officers?,
    })
}

fn read_officers(value: &str) -> Result<i16, Both> {
    if value.is_empty() {
        return Ok(1);
    }
    let officers = whole(value, 1, MOST_OFFICERS)?;
    Ok(i16::try_from(officers).unwrap_or(i16::MAX))
}

fn plan(rows: Vec<Row>, places: &Places, directory: &Directory, today: Day, problems: &mut Problems) -> Plan {
    let mut plan = Plan::default();
    let mut codes: HashSet<String> = places.codes.iter().map(|code| code.code.clone()).collect();
    let mut highest = places.points.iter().map(|point| point.point.0).max().unwrap_or(0);
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in rows {
        if let Some(first) = seen.insert(row.code.clone(), row.line) {
            let what = Both::of(|lang| say::twice(lang, &row.code, digits(first)));
            problems.add(row.line, "code", what);
            continue;
        }
        let known = directory.point_by_code(&row.code).and_then(|id| directory.point(id));
        let Some((point, versions)) = known else {
            highest += 1;
            plan.add(row, PointId(highest), &mut codes, problems);
            continue;
        };
        if point.kind != row.kind {
            let what = Both::of(|lang| say::keeps_kind(lang, &row.code, point.kind.word()));
            problems.add(row.line, "kind", what);
            continue;
        }
        let before = directory.point_on(point.point, today).or_else(|| versions.first());
        match before {
            Some(before) => plan.update(row, before, today),
            None => plan.versions.push(first_version(row, point.point)),
        }
    }
    plan
}

impl Plan {
    fn add(&mut self, row: Row, point: PointId, codes: &mut HashSet<String>, problems: &mut Problems) {
        let Some(public) = free_code(codes) else {
            problems.add_line(row.line, say::NO_FREE_CODE);
            return;
        };
        self.report.added += 1;
        self.points.push(Point { point, code: row.code.clone(), kind: row.kind });
        self.codes.push(PointCode { code: public, point, revoked: None });
        self.versions.push(first_version(row, point));
    }

    fn update(&mut self, row: Row, before: &PointVersion, today: Day) {
        let after = PointVersion {
            unit: row.unit,
            name: row.name,
            questionnaire: row.questionnaire,
            field: row.field.unwrap_or(before.field),
            officers: row.officers.unwrap_or(before.officers),
            ..before.clone()
        };
        let closed = before.valid_to.is_some_and(|last| last < today);
        let moved =
            after.unit != before.unit || after.questionnaire != before.questionnaire || after.field != before.field;
        if after == *before && !closed {
            self.report.unchanged += 1;
            return;
        }
        self.report.changed += 1;
        if closed {
            self.report.notes.push(Both::of(|lang| say::reopened(lang, &row.code, FileDay(today))));
            self.versions.push(PointVersion { valid_from: today, valid_to: None, ..after });
        } else if moved && before.valid_from < today {
            self.versions.push(PointVersion { valid_to: Some(today.plus(-1)), ..before.clone() });
            self.versions.push(PointVersion { valid_from: today, ..after });
        } else {
            self.versions.push(after);
        }
    }
}

/// A public code that no point has yet; it is one of the codes afterwards.
pub(in crate::registry) fn free_code(codes: &mut HashSet<String>) -> Option<String> {
    let drawn = std::iter::repeat_with(|| PublicCode::from_random(rand::random::<u64>()).to_string());
    drawn.take(MOST_DRAWS).find(|code| codes.insert(code.clone()))
}

fn first_version(row: Row, point: PointId) -> PointVersion {
    PointVersion {
        point,
        valid_from: Day(0),
        valid_to: None,
        unit: row.unit,
        name: row.name,
        questionnaire: row.questionnaire,
        field: row.field.unwrap_or(FieldId::NONE),
        officers: row.officers.unwrap_or(1),
    }
}
