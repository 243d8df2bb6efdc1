//! Answers and comments as they lie in their tables, for whoever checks them: nothing is taken for granted.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::batches::{Batch, Source};
use super::rows::{Row, all, one};
use crate::record::Receipt;
use crate::words::{Day, Province};

/// An answer with its columns as they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are those of the table, which its entity describes")]
pub struct RawAnswer {
    pub leaf: Vec<u8>,
    pub format: i16,
    pub edition: i16,
    pub point: i32,
    pub deciding_unit: i32,
    pub procedure: i32,
    pub field: i16,
    pub channel: i16,
    pub level: i16,
    pub reason: i16,
    pub helper: i16,
    pub flags: i16,
    pub wave: Option<i32>,
    pub place: Option<i32>,
    pub answers: Vec<u8>,
    pub comment_hash: Option<Vec<u8>>,
    pub salt: Vec<u8>,
}

/// A comment as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawComment {
    /// Its answer.
    pub leaf: Vec<u8>,
    /// Text.
    pub text: Option<String>,
    /// Salt of its commitment.
    pub salt: Option<Vec<u8>>,
    /// Day of erasure.
    pub erased: Option<i32>,
}

fn table(source: Source, name: &str) -> String {
    format!("{name}{}", if source == Source::Open { "_open" } else { "" })
}

/// Answers of a day in key order, `limit` of them after a leaf.
pub async fn answers(
    db: &impl ConnectionTrait,
    (province, day): (Province, Day),
    source: Source,
    after: &[u8],
    limit: u16,
) -> Result<Vec<RawAnswer>, DbErr> {
    let sql = format!(
        "SELECT leaf, format, edition, point, deciding_unit, procedure, field, channel, level, reason, helper, flags, wave,
                place, answers, comment_hash, salt
         FROM {} WHERE p = $1 AND day = $2 AND leaf > $3 ORDER BY p, day, leaf LIMIT $4",
        table(source, "response")
    );
    let values: [Value; 4] = [province.0.into(), day.0.into(), after.to_vec().into(), i64::from(limit).into()];
    all(db, sql, values, read).await
}

/// Answers of a batch in the order of the tree, `limit` of them after a leaf.
pub async fn of_batch(
    db: &impl ConnectionTrait,
    province: Province,
    batch: &Batch,
    after: &[u8],
    limit: u16,
) -> Result<Vec<RawAnswer>, DbErr> {
    let rows = super::batches::rows_of(db, province, batch).await?;
    let sql = format!(
        "SELECT r.leaf, r.format, r.edition, r.point, r.deciding_unit, r.procedure, r.field, r.channel, r.level, r.reason,
                r.helper, r.flags, r.wave, r.place, r.answers, r.comment_hash, r.salt
         {rows} AND r.leaf > $4 ORDER BY r.p, r.day, r.leaf LIMIT $5"
    );
    let values: [Value; 5] =
        [province.0.into(), batch.day.0.into(), batch.number.into(), after.to_vec().into(), i64::from(limit).into()];
    all(db, sql, values, read).await
}

fn read(row: &Row<'_>) -> Result<RawAnswer, DbErr> {
    Ok(RawAnswer {
        leaf: row.get(0)?,
        format: row.get(1)?,
        edition: row.get(2)?,
        point: row.get(3)?,
        deciding_unit: row.get(4)?,
        procedure: row.get(5)?,
        field: row.get(6)?,
        channel: row.get(7)?,
        level: row.get(8)?,
        reason: row.get(9)?,
        helper: row.get(10)?,
        flags: row.get(11)?,
        wave: row.get(12)?,
        place: row.get(13)?,
        answers: row.get(14)?,
        comment_hash: row.get(15)?,
        salt: row.get(16)?,
    })
}

/// All comments of a day, in key order.
pub async fn comments(
    db: &impl ConnectionTrait,
    (province, day): (Province, Day),
    source: Source,
) -> Result<Vec<RawComment>, DbErr> {
    let text = match db.get_database_backend() {
        DbBackend::Postgres => "convert_to(text, 'UTF8')",
        _ => "CAST(text AS BLOB)",
    };
    let table = table(source, "comment");
    let sql = format!("SELECT leaf, {text}, salt, erased FROM {table} WHERE p = $1 AND day = $2 ORDER BY p, day, leaf");
    all(db, sql, [province.0.into(), day.0.into()], |row| {
        let text: Option<Vec<u8>> = row.get(1)?;
        let text = text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(RawComment { leaf: row.get(0)?, text, salt: row.get(2)?, erased: row.get(3)? })
    })
    .await
}

/// Tables that hold something of a day that a check has to see.
const OF_DAYS: [&str; 5] = ["response", "comment", "batch_late", "cell", "cell_pair"];
const OF_OPEN_DAYS: [&str; 2] = ["response_open", "comment_open"];

/// The first day after one of which any table holds something: the tables of open days alone, or all the others.
pub async fn day_after(
    db: &impl ConnectionTrait,
    province: Province,
    day: Option<Day>,
    source: Source,
) -> Result<Option<Day>, DbErr> {
    let tables: &[&str] = if source == Source::Open { &OF_OPEN_DAYS } else { &OF_DAYS };
    let mut first: Option<i32> = None;
    for table in tables {
        let sql = format!("SELECT day FROM {table} WHERE p = $1 AND day > $2 ORDER BY p, day LIMIT 1");
        let values = [province.0.into(), day.map_or(i64::from(i32::MIN) - 1, |day| i64::from(day.0)).into()];
        let found: Option<i32> = one(db, sql, values, |row| row.get(0)).await?;
        first = [first, found].into_iter().flatten().min();
    }
    Ok(first.map(Day))
}

/// The leaf of a receipt's answer, sealed or open; none if there is no such answer.
pub async fn leaf_of(
    db: &impl ConnectionTrait,
    province: Province,
    receipt: &Receipt,
) -> Result<Option<(Source, [u8; 32])>, DbErr> {
    let (low, high) = receipt.leaf_range();
    for source in [Source::Sealed, Source::Open] {
        let table = table(source, "response");
        let sql =
            format!("SELECT leaf FROM {table} WHERE p = $1 AND day = $2 AND leaf BETWEEN $3 AND $4 ORDER BY leaf");
        let values: [Value; 4] =
            [province.0.into(), receipt.day().0.into(), low.0.to_vec().into(), high.0.to_vec().into()];
        let read = |row: &Row<'_>| row.get::<Vec<u8>>(0);
        if let Some(leaf) = one(db, sql, values, read).await? {
            let leaf = leaf.try_into().map_err(|_bytes| DbErr::Type("a leaf has 32 bytes".to_owned()))?;
            return Ok(Some((source, leaf)));
        }
    }
    Ok(None)
}
