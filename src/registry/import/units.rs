//! `units.csv`: units with their history. A row names a version by code and first day.

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::Context;

use super::unit_history::UnitHistory;
use super::values::{code, optional_day, text, word};
use super::{Columns, CsvFile, ImportError, Kind, Line, OtherColumns, Problems, Report, Run, Source, act};
use crate::store::Database;
use crate::store::places::{self, Places, Succession, UnitVersion};
use crate::text::Both;
use crate::text::import::{FileDay, digits, rows as say, values};
use crate::words::{Day, Province, SuccessionKind, UnitId, UnitKind};

pub(in crate::registry) const COLUMNS: Columns = Columns {
    required: &["code", "name", "kind", "parent"],
    optional: &["valid_from", "valid_to", "successors", "admin_code"],
    others: OtherColumns::Refused,
};
pub(in crate::registry) const LONGEST_NAME: usize = 300;
/// Successors of one unit.
const MOST_SUCCESSORS: usize = 200;

/// The value of an optional column.
enum Given<T> {
    /// The file does not have the column: what is stored is kept.
    Nothing,
    /// The column holds this, or is empty.
    Value(Option<T>),
}

impl<T> Given<T> {
    fn or_kept(self, kept: Option<T>) -> Option<T> {
        match self {
            Self::Nothing => kept,
            Self::Value(value) => value,
        }
    }
}

/// A row that could be read.
struct Row {
    line: u64,
    code: String,
    name: String,
    kind: UnitKind,
    parent: Option<String>,
    valid_from: Option<Day>,
    valid_to: Given<Day>,
    successors: Vec<String>,
    admin_code: Given<String>,
}

/// What an import writes.
#[derive(Default)]
struct Plan {
    report: Report,
    versions: Vec<UnitVersion>,
    successions: Vec<Succession>,
}

/// Imports units.
pub async fn units(
    db: &Database,
    province: Province,
    source: &Source<'_>,
    run: Run<'_>,
) -> Result<Report, ImportError> {
    let file = CsvFile::read(source, &COLUMNS)?;
    let tx = act::begin(db, province).await?;
    let places = places::all(&tx, province).await.context("while reading the units")?;
    let mut problems = file.faults();
    let rows = read_rows(&file, &places, &mut problems);
    let mut plan = plan(rows, &places, &mut problems);
    plan.report.rows = file.len();
    if let Err(refused) = problems.into_result(source.name) {
        return Err(act::refuse(tx, refused).await);
    }
    places::put_units(&tx, province, &plan.versions).await.context("while writing the units")?;
    places::put_successions(&tx, province, &plan.successions).await.context("while writing the successions")?;
    act::finish(tx, province, Kind::Units, &file, "", run).await?;
    Ok(plan.report)
}

fn read_rows(file: &CsvFile, places: &Places, problems: &mut Problems) -> Vec<Row> {
    // Codes of bad lines count as known, so that one fault is told once and not again at every child.
    let mut known: HashSet<&str> = file.lines().map(|line| line.get("code")).collect();
    known.extend(places.units.iter().map(|version| version.code.as_str()));
    let mut rows = Vec::new();
    for line in file.lines() {
        rows.extend(read(line, &known, problems));
    }
    rows
}

fn read(line: Line<'_>, known: &HashSet<&str>, problems: &mut Problems) -> Option<Row> {
    let n = line.number();
    let own = problems.keep(n, "code", code(line.get("code")));
    let name = problems.keep(n, "name", text(line.get("name"), LONGEST_NAME));
    let kind = problems.keep(n, "kind", word(UnitKind::parse(line.get("kind"))));
    let unit = |value: &str| {
        let code = code(value)?;
        if known.contains(code.as_str()) { Ok(code) } else { Err(Both::of(|lang| say::no_unit_here(lang, &code))) }
    };
    let parent = line.get("parent");
    let parent = problems.keep(n, "parent", if parent.is_empty() { Ok(None) } else { unit(parent).map(Some) });
    let valid_from = problems.keep(n, "valid_from", optional_day(line.get("valid_from")));
    let valid_to = problems.keep(n, "valid_to", given(line.find("valid_to"), optional_day));
    let successors = line.get("successors");
    let list = successors.split('|').map(str::trim).filter(|_| !successors.is_empty());
    let successors = list.take(MOST_SUCCESSORS + 1).map(unit).collect::<Result<Vec<String>, Both>>();
    let successors = successors.and_then(|list| match list.len() {
        0..=MOST_SUCCESSORS => Ok(list),
        _ => Err(Both::of(|lang| say::too_many_successors(lang, digits(MOST_SUCCESSORS)))),
    });
    let successors = problems.keep(n, "successors", successors);
    let admin_code = problems.keep(n, "admin_code", given(line.find("admin_code"), read_admin_code));
    Some(Row {
        line: n,
        code: own?,
        name: name?,
        kind: kind?,
        parent: parent?,
        valid_from: valid_from?,
        valid_to: valid_to?,
        successors: successors?,
        admin_code: admin_code?,
    })
}

fn given<T>(value: Option<&str>, read: impl Fn(&str) -> Result<Option<T>, Both>) -> Result<Given<T>, Both> {
    value.map_or(Ok(Given::Nothing), |value| read(value).map(Given::Value))
}

pub(in crate::registry) fn read_admin_code(value: &str) -> Result<Option<String>, Both> {
    match value.len() {
        0 => Ok(None),
        5 if value.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(value.to_owned())),
        _ => Err(values::NOT_ADMIN_CODE.into()),
    }
}

fn plan(rows: Vec<Row>, places: &Places, problems: &mut Problems) -> Plan {
    let ids = numbered(&rows, places);
    let id = |code: &str| ids.get(code).copied().unwrap_or(UnitId::NONE);
    let mut history = UnitHistory::new(&places.units);
    let before: HashMap<UnitId, Day> = ids.values().filter_map(|unit| Some((*unit, history.latest(*unit)?))).collect();
    let mut successions: BTreeSet<(UnitId, UnitId, Day)> = BTreeSet::new();
    let mut succeeded: HashSet<u64> = HashSet::new();
    let stored: HashSet<(UnitId, UnitId, Day)> = places.successions.iter().map(|s| (s.from, s.to, s.day)).collect();
    for row in rows {
        let unit = id(&row.code);
        let valid_from = row.valid_from.or_else(|| before.get(&unit).copied()).unwrap_or(Day(0));
        let kept = history.beginning(unit, valid_from).and_then(|held| held.stored.clone());
        let valid_to = row.valid_to.or_kept(kept.as_ref().and_then(|version| version.valid_to));
        if let Some(last) = valid_to.filter(|last| *last < valid_from) {
            let what = Both::of(|lang| say::valid_to_before(lang, FileDay(last), FileDay(valid_from)));
            problems.add(row.line, "valid_to", what);
        }
        for code in &row.successors {
            match valid_to {
                None => {
                    problems.add(row.line, "successors", say::SUCCESSOR_WITHOUT_END);
                    break;
                }
                Some(_) if *code == row.code => {
                    problems.add(row.line, "successors", say::SUCCEEDS_ITSELF);
                }
                Some(last) => {
                    let new = (unit, id(code), last.plus(1));
                    if !stored.contains(&new) && successions.insert(new) {
                        succeeded.insert(row.line);
                    }
                }
            }
        }
        let version = UnitVersion {
            unit,
            valid_from,
            valid_to,
            code: row.code.clone(),
            admin_code: row.admin_code.or_kept(kept.and_then(|version| version.admin_code)),
            name: row.name.clone(),
            kind: row.kind,
            parent: row.parent.as_deref().map(id),
        };
        if let Err(first) = history.put(version, row.line) {
            let what = Both::of(|lang| say::described_twice(lang, digits(first), &row.code));
            problems.add(row.line, "code", what);
        }
    }
    history.close_on_the_eve(problems);
    history.check_tree(problems);
    let successions = successions
        .into_iter()
        .map(|(from, to, day)| Succession { from, to, day, kind: SuccessionKind::Successor, citation: None })
        .collect();
    written(&history, successions, &succeeded)
}

/// The numbers of all units by code: stored ones keep theirs, new ones follow in the order of the file.
fn numbered(rows: &[Row], places: &Places) -> HashMap<String, UnitId> {
    let mut ids: HashMap<String, UnitId> =
        places.units.iter().map(|version| (version.code.clone(), version.unit)).collect();
    let mut highest = places.units.iter().map(|version| version.unit.0).max().unwrap_or(0);
    for row in rows {
        ids.entry(row.code.clone()).or_insert_with(|| {
            highest += 1;
            UnitId(highest)
        });
    }
    ids
}

/// What differs from what is stored. `succeeded` are the lines that name a new succession.
fn written(history: &UnitHistory, successions: Vec<Succession>, succeeded: &HashSet<u64>) -> Plan {
    let mut plan = Plan { successions, ..Plan::default() };
    for held in history.versions() {
        let same = held.stored.as_ref() == Some(&held.version);
        match held.line {
            Some(_) if held.stored.is_none() => plan.report.added += 1,
            Some(line) if same && !succeeded.contains(&line) => plan.report.unchanged += 1,
            Some(_) => plan.report.changed += 1,
            None if same => {}
            None => {
                // A version that is closed on the eve of the next one has a last day.
                let (code, last) = (&held.version.code, held.version.valid_to.unwrap_or(held.version.valid_from));
                plan.report.notes.push(Both::of(|lang| say::ended_earlier(lang, code, FileDay(last))));
            }
        }
        if !same {
            plan.versions.push(held.version.clone());
        }
    }
    plan
}
