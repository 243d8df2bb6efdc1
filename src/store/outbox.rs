//! Letters that wait to be sent. One is taken by one server at a time: taking it moves its next try so far ahead that it is
//! sent, or has failed, before anybody else looks.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use super::connect::Database;
use super::rows::{bind, one};
use crate::words::{Moment, Province};

/// Most letters that may wait.
pub const MOST_WAITING: i64 = 10_000;

/// A letter that was taken to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its number, drawn at random.
    pub id: i64,
    /// What kind of letter it is.
    pub kind: String,
    /// The letter itself.
    pub body: String,
    /// How often it was taken, this time included.
    pub attempts: i16,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Waiting({}, attempt {})", self.kind, self.attempts)
    }
}

/// Lays a letter down, in the transaction of the act it tells of. False where too many wait already.
pub async fn enqueue(
    db: &impl ConnectionTrait,
    province: Province,
    kind: &str,
    body: &str,
    not_before: Moment,
) -> Result<bool, DbErr> {
    if waiting(db, province).await? >= MOST_WAITING {
        return Ok(false);
    }
    let id = i64::from(rand::random::<u32>()) << 31 | i64::from(rand::random::<u32>() >> 1);
    let sql = "INSERT INTO outbox (p, id, kind, body, not_before, attempts) VALUES ($1, $2, $3, $4, $5, 0)";
    let values = [province.0.into(), id.into(), kind.into(), body.into(), not_before.unix().into()];
    db.execute_raw(bind(db, sql, values)).await.map(|_| true)
}

/// How many letters wait.
pub async fn waiting(db: &impl ConnectionTrait, province: Province) -> Result<i64, DbErr> {
    let sql = "SELECT COUNT(*) FROM outbox WHERE p = $1";
    Ok(one(db, sql, [province.0.into()], |row| row.get(0)).await?.unwrap_or(0))
}

/// Takes the letter that is due longest; until `until` it is nobody else's.
pub async fn take_due(db: &Database, province: Province, now: Moment, until: Moment) -> Result<Option<Waiting>, DbErr> {
    let tx = db.begin().await?;
    let sql = match tx.get_database_backend() {
        DbBackend::Postgres => {
            "UPDATE outbox SET attempts = attempts + 1, not_before = $3 WHERE p = $1 AND id = (
                 SELECT id FROM outbox WHERE p = $1 AND not_before <= $2 AND attempts < 32000
                 ORDER BY not_before, id LIMIT 1 FOR UPDATE SKIP LOCKED)
             RETURNING id, kind, body, attempts"
        }
        _ => {
            "UPDATE outbox SET attempts = attempts + 1, not_before = $3 WHERE p = $1 AND id = (
                 SELECT id FROM outbox WHERE p = $1 AND not_before <= $2 AND attempts < 32000
                 ORDER BY not_before, id LIMIT 1)
             RETURNING id, kind, body, attempts"
        }
    };
    let values = [province.0.into(), now.unix().into(), until.unix().into()];
    let taken = one(&tx, sql, values, |row| {
        Ok(Waiting { id: row.get(0)?, kind: row.get(1)?, body: row.get(2)?, attempts: row.get(3)? })
    })
    .await?;
    tx.commit().await?;
    Ok(taken)
}

/// Removes a letter that was sent, or that is given up.
pub async fn remove(db: &Database, province: Province, id: i64) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    tx.execute_raw(bind(&tx, "DELETE FROM outbox WHERE p = $1 AND id = $2", [province.0.into(), id.into()])).await?;
    tx.commit().await
}

/// Lets a letter that could not be sent wait for its next try.
pub async fn put_off(db: &Database, province: Province, id: i64, not_before: Moment) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    let sql = "UPDATE outbox SET not_before = $3 WHERE p = $1 AND id = $2";
    tx.execute_raw(bind(&tx, sql, [province.0.into(), id.into(), not_before.unix().into()])).await?;
    tx.commit().await
}

/// Removes the letters whose time to be sent lies before a moment; how many there were.
pub async fn remove_stale(db: &Database, province: Province, before: Moment) -> Result<u64, DbErr> {
    // Looking takes nobody's turn to write; there is hardly ever one.
    let sql = "SELECT 1 FROM outbox WHERE p = $1 AND not_before < $2 LIMIT 1";
    let values = || [province.0.into(), before.unix().into()];
    if one(db.reader(), sql, values(), |row| row.get::<i32>(0)).await?.is_none() {
        return Ok(0);
    }
    let tx = db.begin().await?;
    let sql = "DELETE FROM outbox WHERE p = $1 AND not_before < $2";
    let removed = tx.execute_raw(bind(&tx, sql, values())).await?.rows_affected();
    tx.commit().await?;
    Ok(removed)
}

/// Whether a letter is due.
pub async fn is_due(db: &impl ConnectionTrait, province: Province, now: Moment) -> Result<bool, DbErr> {
    let sql = "SELECT 1 FROM outbox WHERE p = $1 AND not_before <= $2 LIMIT 1";
    Ok(one(db, sql, [province.0.into(), now.unix().into()], |row| row.get::<i32>(0)).await?.is_some())
}
