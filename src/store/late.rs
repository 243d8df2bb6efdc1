//! Late dossiers and their apologies.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::rows::{Row, all, bind, insert, one};
use crate::words::{Day, Period, PointId, ProcedureId, Province, UnitId};

/// Numbers asked for in one statement.
const AT_A_TIME: usize = 500;

/// A late dossier as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateDossier {
    /// Drawn at random.
    pub id: i64,
    /// Number; `None` once it is forgotten.
    pub number: Option<String>,
    /// Receiving point.
    pub point: PointId,
    /// Deciding unit, where known.
    pub deciding_unit: UnitId,
    /// The unit that owes the apology: the deciding one, otherwise that of the point.
    pub unit: UnitId,
    /// Procedure, where known.
    pub procedure: ProcedureId,
    /// Day on which it was received.
    pub received: Day,
    /// Day on which the result was due.
    pub due: Day,
    /// Day on which the result was returned.
    pub returned: Option<Day>,
    /// Day of the last file that named it.
    pub seen: Day,
    /// Day on which an apology was last drafted.
    pub drafted: Option<Day>,
    /// New day of the result.
    pub new_due: Option<Day>,
    /// The apology that has left.
    pub sent: Option<Sent>,
}

/// An apology that has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Day of the signed document.
    pub day: Day,
    /// Its number.
    pub number: String,
    /// Day on which this was noted.
    pub noted: Day,
}

/// Which of them are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// All of them.
    #[default]
    All,
    /// No apology has left.
    Without,
    /// An apology has left.
    With,
    /// The result was returned.
    Returned,
}

/// Part of the late dossiers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Units that owe the apology; `None` = all.
    pub units: Option<&'a [UnitId]>,
    /// State.
    pub state: State,
    /// Signs of the number, in capitals; empty = any.
    pub number: &'a str,
}

/// How many late dossiers there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All of them.
    pub all: u64,
    /// Those with an apology.
    pub with: u64,
    /// Those whose result was returned.
    pub returned: u64,
}

const COLUMNS: [&str; 16] = [
    "p",
    "id",
    "number",
    "point",
    "deciding_unit",
    "unit",
    "procedure",
    "received",
    "due",
    "returned",
    "seen_day",
    "drafted_day",
    "new_due",
    "sent_day",
    "sent_number",
    "noted_day",
];
const READ: &str = "id, number, point, deciding_unit, unit, procedure, received, due, returned, seen_day, drafted_day, \
     new_due, sent_day, sent_number, noted_day";

/// Writes late dossiers, in the order of their random keys.
pub async fn put(tx: &impl ConnectionTrait, province: Province, dossiers: &[LateDossier]) -> Result<(), DbErr> {
    let mut ordered: Vec<&LateDossier> = dossiers.iter().collect();
    ordered.sort_unstable_by_key(|dossier| dossier.id);
    let day = |day: Option<Day>| Value::from(day.map(|day| day.0));
    let rows = ordered.into_iter().map(|one| -> [Value; 16] {
        [
            province.0.into(),
            one.id.into(),
            one.number.clone().into(),
            one.point.0.into(),
            one.deciding_unit.0.into(),
            one.unit.0.into(),
            one.procedure.0.into(),
            one.received.0.into(),
            one.due.0.into(),
            day(one.returned),
            one.seen.0.into(),
            day(one.drafted),
            day(one.new_due),
            day(one.sent.as_ref().map(|sent| sent.day)),
            one.sent.as_ref().map(|sent| sent.number.clone()).into(),
            day(one.sent.as_ref().map(|sent| sent.noted)),
        ]
    });
    let again = "ON CONFLICT (p, id) DO UPDATE SET number = excluded.number, point = excluded.point,
                 deciding_unit = excluded.deciding_unit, unit = excluded.unit, procedure = excluded.procedure,
                 received = excluded.received, due = excluded.due, returned = excluded.returned,
                 seen_day = excluded.seen_day, drafted_day = excluded.drafted_day, new_due = excluded.new_due,
                 sent_day = excluded.sent_day, sent_number = excluded.sent_number, noted_day = excluded.noted_day";
    insert(tx, "late_dossier", COLUMNS, again, rows.collect()).await
}

/// Takes late dossiers away: they are not late.
pub async fn remove(tx: &impl ConnectionTrait, province: Province, ids: &[i64]) -> Result<(), DbErr> {
    for id in ids {
        let sql = "DELETE FROM late_dossier WHERE p = $1 AND id = $2";
        tx.execute_raw(bind(tx, sql, [province.0.into(), (*id).into()])).await?;
    }
    Ok(())
}

/// Those of these numbers that are known to be late.
pub async fn of_numbers(
    db: &impl ConnectionTrait,
    province: Province,
    numbers: &BTreeSet<&str>,
) -> Result<BTreeMap<String, LateDossier>, DbErr> {
    let numbers: Vec<&str> = numbers.iter().copied().collect();
    let mut found = BTreeMap::new();
    for chunk in numbers.chunks(AT_A_TIME) {
        let marks: Vec<String> = (0..chunk.len()).map(|at| format!("${}", at + 2)).collect();
        let sql = format!("SELECT {READ} FROM late_dossier WHERE p = $1 AND number IN ({})", marks.join(", "));
        let values = [Value::from(province.0)].into_iter().chain(chunk.iter().map(|number| (*number).into()));
        for dossier in all(db, sql, values, read).await? {
            found.extend(dossier.number.clone().map(|number| (number, dossier)));
        }
    }
    Ok(found)
}

/// A late dossier by its key.
pub async fn find(db: &impl ConnectionTrait, province: Province, id: i64) -> Result<Option<LateDossier>, DbErr> {
    let sql = format!("SELECT {READ} FROM late_dossier WHERE p = $1 AND id = $2");
    one(db, sql, [province.0.into(), id.into()], read).await
}

/// Part of the late dossiers, those without an apology first, then those due first; and how many there are.
pub async fn list(
    db: &impl ConnectionTrait,
    province: Province,
    wanted: &Wanted<'_>,
    (after, most): (u64, u64),
) -> Result<(Vec<LateDossier>, u64), DbErr> {
    let (condition, values) = condition(province, wanted);
    let sql = format!("SELECT count(*) FROM late_dossier WHERE {condition}");
    let count: i64 = one(db, sql, values.clone(), |row| row.get(0)).await?.unwrap_or(0);
    let sql = format!(
        "SELECT {READ} FROM late_dossier WHERE {condition}
         ORDER BY CASE WHEN sent_day IS NULL THEN 0 ELSE 1 END, due, id LIMIT {most} OFFSET {after}"
    );
    Ok((all(db, sql, values, read).await?, u64::try_from(count).unwrap_or(0)))
}

/// How many late dossiers some units have; with a period, those whose result was returned in it.
pub async fn counts(
    db: &impl ConnectionTrait,
    province: Province,
    units: Option<&[UnitId]>,
    returned_in: Option<Period>,
) -> Result<Counts, DbErr> {
    let wanted = Wanted { units, ..Wanted::default() };
    let (mut condition, mut values) = condition(province, &wanted);
    if let Some(period) = returned_in {
        values.extend([period.from.0.into(), period.to.0.into()]);
        let to = values.len();
        condition = format!("{condition} AND returned BETWEEN ${} AND ${to}", to - 1);
    }
    let sql = format!("SELECT count(*), count(sent_day), count(returned) FROM late_dossier WHERE {condition}");
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    let read = |row: &Row<'_>| {
        Ok(Counts { all: number(row.get(0)?), with: number(row.get(1)?), returned: number(row.get(2)?) })
    };
    Ok(one(db, sql, values, read).await?.unwrap_or_default())
}

/// Forgets numbers of dossiers that were returned, or of which nobody has spoken since their apology was noted, on or before
/// `numbers`; and whole rows of those returned, or last named, on or before `rows`.
pub async fn forget(tx: &impl ConnectionTrait, province: Province, numbers: Day, rows: Day) -> Result<(), DbErr> {
    let sql = "UPDATE late_dossier SET number = NULL
               WHERE p = $1 AND number IS NOT NULL AND (returned <= $2 OR (noted_day <= $2 AND seen_day <= $2))";
    tx.execute_raw(bind(tx, sql, [province.0.into(), numbers.0.into()])).await?;
    let sql = "DELETE FROM late_dossier WHERE p = $1 AND COALESCE(returned, seen_day) <= $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), rows.0.into()])).await?;
    Ok(())
}

/// A condition with what it binds. Units are numbers of our own, written out: there may be more of them than a statement binds.
fn condition(province: Province, wanted: &Wanted<'_>) -> (String, Vec<Value>) {
    let mut parts = vec!["p = $1".to_owned()];
    let mut values = vec![Value::from(province.0)];
    if let Some(units) = wanted.units {
        let marks: Vec<String> = units.iter().map(|unit| unit.0.to_string()).collect();
        let marks = if marks.is_empty() { "NULL".to_owned() } else { marks.join(", ") };
        parts.push(format!("unit IN ({marks})"));
    }
    match wanted.state {
        State::All => {}
        State::Without => parts.push("sent_day IS NULL".to_owned()),
        State::With => parts.push("sent_day IS NOT NULL".to_owned()),
        State::Returned => parts.push("returned IS NOT NULL".to_owned()),
    }
    if !wanted.number.is_empty() {
        let signs: Vec<String> = wanted.number.chars().map(escaped).collect();
        values.push(format!("%{}%", signs.concat()).into());
        parts.push("number LIKE $2 ESCAPE '!'".to_owned());
    }
    (parts.join(" AND "), values)
}

fn escaped(sign: char) -> String {
    if ['%', '_', '!'].contains(&sign) { format!("!{sign}") } else { sign.to_string() }
}

fn read(row: &Row<'_>) -> Result<LateDossier, DbErr> {
    let day = |at: usize| Ok::<_, DbErr>(row.get::<Option<i32>>(at)?.map(Day));
    let sent = match (day(12)?, row.get::<Option<String>>(13)?, day(14)?) {
        (Some(day), Some(number), Some(noted)) => Some(Sent { day, number, noted }),
        _ => None,
    };
    Ok(LateDossier {
        id: row.get(0)?,
        number: row.get(1)?,
        point: PointId(row.get(2)?),
        deciding_unit: UnitId(row.get(3)?),
        unit: UnitId(row.get(4)?),
        procedure: ProcedureId(row.get(5)?),
        received: Day(row.get(6)?),
        due: Day(row.get(7)?),
        returned: day(8)?,
        seen: Day(row.get(9)?),
        drafted: day(10)?,
        new_due: day(11)?,
        sent,
    })
}
