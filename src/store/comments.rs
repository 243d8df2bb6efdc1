//! Erasing the text of a comment: the one change an answer's surroundings ever see.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, TransactionTrait};

use super::connect::Database;
use super::rows::{bind, one};
use crate::record::{Leaf, Receipt};
use crate::words::{Day, Province};

/// How long the rewriting of a table waits for others who still see what was erased.
const PATIENCE: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(100);

/// A comment that stands, or stood, in one of the two tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Table.
    table: &'static str,
    /// Key of its answer.
    pub leaf: Leaf,
    /// Day on which it was erased, if it was.
    pub erased: Option<Day>,
}

/// The comment of the answer that has this receipt.
pub async fn find(db: &impl ConnectionTrait, province: Province, receipt: &Receipt) -> Result<Option<Found>, DbErr> {
    let (low, high) = receipt.leaf_range();
    for table in ["comment", "comment_open"] {
        let sql = format!(
            "SELECT leaf, erased FROM {table} WHERE p = $1 AND day = $2 AND leaf BETWEEN $3 AND $4 ORDER BY leaf"
        );
        let values = [province.0.into(), receipt.day().0.into(), low.0.to_vec().into(), high.0.to_vec().into()];
        let found = one(db, sql, values, |row| Ok((row.get::<Vec<u8>>(0)?, row.get::<Option<i32>>(1)?))).await?;
        if let Some((leaf, erased)) = found {
            let leaf = leaf.try_into().map_err(|_bytes| DbErr::Type("a leaf has 32 bytes".to_owned()))?;
            return Ok(Some(Found { table, leaf: Leaf(leaf), erased: erased.map(Day) }));
        }
    }
    Ok(None)
}

/// Erases text and salt; the commitment in the record stays, and with it the leaf.
pub async fn erase(
    db: &impl ConnectionTrait,
    province: Province,
    day: Day,
    found: &Found,
    today: Day,
) -> Result<(), DbErr> {
    let sql = format!(
        "UPDATE {} SET text = NULL, salt = NULL, erased = $4 WHERE p = $1 AND day = $2 AND leaf = $3 AND erased IS NULL",
        found.table
    );
    let values = [province.0.into(), day.0.into(), found.leaf.0.to_vec().into(), today.0.into()];
    db.execute_raw(bind(db, sql, values)).await.map(|_| ())
}

/// Sees to it that the files of the database no longer hold what was erased: SQLite has overwritten it and empties its log,
/// PostgreSQL writes the table anew, in key order. False if somebody is still reading what was there before.
pub async fn wipe(db: &Database, found: &Found) -> Result<bool, DbErr> {
    let Some(owner) = db.owner().await? else { return db.truncate_log().await };
    let wiped = rewrite(&owner, found.table).await;
    owner.close().await?;
    wiped
}

async fn rewrite(owner: &DatabaseConnection, table: &str) -> Result<bool, DbErr> {
    // PostgreSQL copies what an older transaction may still see.
    let now = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)";
    let erased: f64 = one(owner, now, [], |row| row.get(0)).await?.unwrap_or_default();
    let older = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                 AND backend_xmin IS NOT NULL AND xact_start < to_timestamp($1) LIMIT 1";
    let tries = PATIENCE.as_millis() / PAUSE.as_millis();
    for _ in 0..tries {
        if one(owner, older, [erased.into()], |row| row.get::<i32>(0)).await?.is_none() {
            return cluster(owner, table).await;
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(false)
}

async fn cluster(owner: &DatabaseConnection, table: &str) -> Result<bool, DbErr> {
    let tx = owner.begin().await?;
    debug_assert_eq!(tx.get_database_backend(), DbBackend::Postgres);
    // Answers wait behind the lock this waits for.
    tx.execute_unprepared(&format!("SET LOCAL lock_timeout = '{}s'", PATIENCE.as_secs())).await?;
    match tx.execute_unprepared(&format!("CLUSTER {table} USING {table}_pkey")).await {
        Ok(_) => tx.commit().await.map(|()| true),
        Err(error) if error.to_string().contains("lock timeout") => tx.rollback().await.map(|()| false),
        Err(error) => Err(error),
    }
}
