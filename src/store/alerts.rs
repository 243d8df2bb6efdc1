//! Alerts: what was found of each node at each moment. Written once, never changed.

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::answers::level;
use super::rows::{self, Row, all, bind, one};
use crate::index::alerts::Sign;
use crate::words::{Day, EditionNumber, Level, PointId, Province, UnitId};

/// Whose answers are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A point that several officers share.
    Point(PointId),
    /// The points of a unit that are not looked at alone.
    Unit(UnitId),
}

impl Node {
    /// Points are stored as they are, units as negative numbers.
    const fn code(self) -> i32 {
        match self {
            Self::Point(point) => point.0,
            Self::Unit(unit) => -unit.0,
        }
    }

    const fn from_code(code: i32) -> Self {
        if code < 0 { Self::Unit(UnitId(-code)) } else { Self::Point(PointId(code)) }
    }
}

/// What was found of a node at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAlert {
    /// The moment: the last day that is counted.
    pub day: Day,
    /// The node.
    pub node: Node,
    /// Edition under which the counts are shown.
    pub edition: EditionNumber,
    /// Level.
    pub level: Level,
    /// The unit the node belonged to.
    pub unit: UnitId,
    /// What it says.
    pub sign: Sign,
    /// First of the moments one after the other at which it was marked; `None` where it is not.
    pub since: Option<Day>,
    /// Number of the lowest item, where one has enough answers.
    pub item: Option<usize>,
    /// The target, between 0 and 1.
    pub target: f64,
    /// Satisfied with the lowest item.
    pub satisfied: i64,
    /// Who answered it.
    pub answered: i64,
    /// Natural logarithm of the e-value, where there is one.
    pub log_e: Option<f64>,
}

/// Writes what was found at a moment; false, and nothing written, if another server has.
pub async fn write(
    tx: &impl ConnectionTrait,
    province: Province,
    (day, tested): (Day, usize),
    found: &[StoredAlert],
) -> Result<bool, DbErr> {
    let sql = "INSERT INTO alert_look (p, day, tested) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let tested = i32::try_from(tested).unwrap_or(i32::MAX);
    if tx.execute_raw(bind(tx, sql, [province.0.into(), day.0.into(), tested.into()])).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let columns = [
        "p",
        "day",
        "node",
        "edition",
        "level",
        "unit",
        "sign",
        "since",
        "item",
        "target",
        "satisfied",
        "answered",
        "log_e",
    ];
    let values = found.iter().map(|one| -> [Value; 13] {
        [
            province.0.into(),
            one.day.0.into(),
            one.node.code().into(),
            one.edition.0.into(),
            one.level.code().into(),
            one.unit.0.into(),
            one.sign.code().into(),
            one.since.map(|day| day.0).into(),
            one.item.and_then(|item| i16::try_from(item).ok()).into(),
            one.target.into(),
            one.satisfied.into(),
            one.answered.into(),
            one.log_e.into(),
        ]
    });
    rows::insert(tx, "alert", columns, "", values.collect()).await?;
    Ok(true)
}

/// The moments within these days at which was looked, ascending, each with the number of nodes there were.
pub async fn looks(
    db: &impl ConnectionTrait,
    province: Province,
    (from, to): (Day, Day),
) -> Result<Vec<(Day, i32)>, DbErr> {
    let sql = "SELECT day, tested FROM alert_look WHERE p = $1 AND day BETWEEN $2 AND $3 ORDER BY day";
    all(db, sql, [province.0.into(), from.0.into(), to.0.into()], |row| Ok((Day(row.get(0)?), row.get(1)?))).await
}

/// The last moment at which was looked.
pub async fn last_look(db: &impl ConnectionTrait, province: Province) -> Result<Option<(Day, i32)>, DbErr> {
    let sql = "SELECT day, tested FROM alert_look WHERE p = $1 ORDER BY day DESC LIMIT 1";
    one(db, sql, [province.0.into()], |row| Ok((Day(row.get(0)?), row.get(1)?))).await
}

const COLUMNS: &str = "day, node, edition, level, unit, sign, since, item, target, satisfied, answered, log_e";

fn read(row: &Row<'_>) -> Result<StoredAlert, DbErr> {
    let sign: i16 = row.get(5)?;
    Ok(StoredAlert {
        day: Day(row.get(0)?),
        node: Node::from_code(row.get(1)?),
        edition: EditionNumber(row.get(2)?),
        level: level(row, 3)?,
        unit: UnitId(row.get(4)?),
        sign: Sign::from_code(sign).ok_or_else(|| DbErr::Type(format!("there is no sign {sign}")))?,
        since: row.get::<Option<i32>>(6)?.map(Day),
        item: row.get::<Option<i16>>(7)?.and_then(|item| usize::try_from(item).ok()),
        target: row.get(8)?,
        satisfied: row.get(9)?,
        answered: row.get(10)?,
        log_e: row.get(11)?,
    })
}

/// Everything found at one moment, in key order.
pub async fn of_moment(db: &impl ConnectionTrait, province: Province, day: Day) -> Result<Vec<StoredAlert>, DbErr> {
    let sql = format!("SELECT {COLUMNS} FROM alert WHERE p = $1 AND day = $2 ORDER BY node, edition, level");
    all(db, sql, [province.0.into(), day.0.into()], read).await
}

/// The marked nodes of the moments within these days, the latest moment first.
pub async fn marked(
    db: &impl ConnectionTrait,
    province: Province,
    (from, to): (Day, Day),
) -> Result<Vec<StoredAlert>, DbErr> {
    let sql = format!(
        "SELECT {COLUMNS} FROM alert WHERE p = $1 AND day BETWEEN $2 AND $3 AND sign = $4
         ORDER BY day DESC, node, edition, level"
    );
    all(db, sql, [province.0.into(), from.0.into(), to.0.into(), Sign::Look.code().into()], read).await
}

/// Forgets the moments before a day.
pub async fn forget_before(tx: &impl ConnectionTrait, province: Province, day: Day) -> Result<(), DbErr> {
    for table in ["alert", "alert_look"] {
        let sql = format!("DELETE FROM {table} WHERE p = $1 AND day < $2");
        tx.execute_raw(bind(tx, sql, [province.0.into(), day.0.into()])).await?;
    }
    Ok(())
}
