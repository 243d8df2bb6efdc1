//! Marks of answers, as counts by point and half-month.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::rows::{self, all, one};
use crate::questionnaire::FLAG_ALL_EQUAL;
use crate::words::{Channel, Day, Half, Helper, Mark, Period, PointId, Province};

/// Counts of marks.
pub type Marks = BTreeMap<(PointId, Half, Mark), i64>;

/// Adds to the counts, in key order, so that nodes never wait for each other in a circle.
pub async fn add(db: &impl ConnectionTrait, province: Province, marks: &Marks) -> Result<(), DbErr> {
    let values = marks.iter().filter(|(_, n)| **n > 0).map(|((point, half, mark), n)| -> [Value; 5] {
        [province.0.into(), point.0.into(), half.0.into(), mark.code().into(), (*n).into()]
    });
    let again = "ON CONFLICT (p, point, half, kind) DO UPDATE SET n = signal.n + excluded.n";
    rows::insert(db, "signal", ["p", "point", "half", "kind", "n"], again, values.collect()).await
}

/// What the answers of open days up to a day show of themselves: how many there are, and how many bear a mark.
pub async fn of_open_answers(db: &impl ConnectionTrait, province: Province, through: Day) -> Result<Marks, DbErr> {
    let sql = "SELECT point, day, CAST(COUNT(*) AS BIGINT),
                      CAST(SUM(CASE WHEN (flags & $3) <> 0 THEN 1 ELSE 0 END) AS BIGINT),
                      CAST(SUM(CASE WHEN helper = $4 THEN 1 ELSE 0 END) AS BIGINT)
               FROM response_open WHERE p = $1 AND day <= $2 GROUP BY point, day";
    let values = [province.0.into(), through.0.into(), FLAG_ALL_EQUAL.into(), Helper::Staff.code().into()];
    let found = all(db, sql, values, |row| {
        Ok((PointId(row.get(0)?), Day(row.get(1)?), [row.get::<i64>(2)?, row.get(3)?, row.get(4)?]))
    })
    .await?;
    let mut marks = Marks::new();
    for (point, day, counts) in found {
        for (mark, n) in [Mark::Answered, Mark::Straight, Mark::StaffHelped].into_iter().zip(counts) {
            *marks.entry((point, day.half(), mark)).or_default() += n;
        }
    }
    Ok(marks)
}

/// The counts of all points in these half-months, in key order.
pub async fn of_halves(db: &impl ConnectionTrait, province: Province, from: Half, to: Half) -> Result<Marks, DbErr> {
    let sql = "SELECT point, half, kind, n FROM signal WHERE p = $1 AND half BETWEEN $2 AND $3
               ORDER BY point, half, kind";
    let found = all(db, sql, [province.0.into(), from.0.into(), to.0.into()], |row| {
        let kind: i16 = row.get(2)?;
        let mark = Mark::from_code(kind).ok_or_else(|| DbErr::Type(format!("there is no mark {kind}")))?;
        Ok(((PointId(row.get(0)?), Half(row.get(1)?), mark), row.get(3)?))
    })
    .await?;
    Ok(found.into_iter().collect())
}

/// How many marks there are of all points in these half-months: whether more came since they were read.
pub async fn marks_of_halves(
    db: &impl ConnectionTrait,
    province: Province,
    from: Half,
    to: Half,
) -> Result<i64, DbErr> {
    let sql = "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM signal WHERE p = $1 AND half BETWEEN $2 AND $3";
    let found = one(db, sql, [province.0.into(), from.0.into(), to.0.into()], |row| row.get(0)).await?;
    Ok(found.unwrap_or_default())
}

/// Answers that two persons excluded, by point and day.
pub async fn excluded(
    db: &impl ConnectionTrait,
    province: Province,
    period: Period,
) -> Result<Vec<(PointId, Day, i64)>, DbErr> {
    forms(db, province, period, "adj = 1").await
}

/// Forms that came with a ticket, by point and day.
pub async fn tickets_spent(
    db: &impl ConnectionTrait,
    province: Province,
    period: Period,
) -> Result<Vec<(PointId, Day, i64)>, DbErr> {
    forms(db, province, period, &format!("adj = 0 AND channel = {}", Channel::Slip.code())).await
}

async fn forms(
    db: &impl ConnectionTrait,
    province: Province,
    period: Period,
    which: &str,
) -> Result<Vec<(PointId, Day, i64)>, DbErr> {
    let sql = format!(
        "SELECT point, day, CAST(SUM(n_blank + n1 + n2 + n3 + n4 + n5 + n6 + n7) AS BIGINT) FROM cell
         WHERE p = $1 AND day BETWEEN $2 AND $3 AND item = 0 AND {which} GROUP BY point, day ORDER BY point, day"
    );
    all(db, sql, [province.0.into(), period.from.0.into(), period.to.0.into()], |row| {
        Ok((PointId(row.get(0)?), Day(row.get(1)?), row.get(2)?))
    })
    .await
}
