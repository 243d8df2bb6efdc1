//! Signed checkpoints, and the public keys that sign them.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::rows::{self, Row, all, one};
use crate::record::KeyRow;
use crate::words::{Day, Province};

/// A checkpoint as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCheckpoint {
    /// Number of leaves.
    pub size: i64,
    /// Last day sealed by then.
    pub day: Day,
    /// The signed note.
    pub note: String,
    /// Number of the key that signed it.
    pub key_id: i32,
}

/// Text as bytes, so that whatever somebody put there by hand is read.
fn text(db: &impl ConnectionTrait, column: &str) -> String {
    match db.get_database_backend() {
        DbBackend::Postgres => format!("convert_to({column}, 'UTF8')"),
        _ => format!("CAST({column} AS BLOB)"),
    }
}

fn read_text(row: &Row<'_>, at: usize) -> Result<String, DbErr> {
    row.get::<Vec<u8>>(at).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

async fn find(
    db: &impl ConnectionTrait,
    tail: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<StoredCheckpoint>, DbErr> {
    let sql = format!("SELECT size, day, {}, key_id FROM checkpoint WHERE p = $1 {tail}", text(db, "note"));
    let read = |row: &Row<'_>| {
        Ok(StoredCheckpoint { size: row.get(0)?, day: Day(row.get(1)?), note: read_text(row, 2)?, key_id: row.get(3)? })
    };
    all(db, sql, values, read).await
}

/// The latest checkpoint.
pub async fn latest(db: &impl ConnectionTrait, province: Province) -> Result<Option<StoredCheckpoint>, DbErr> {
    Ok(find(db, "ORDER BY p DESC, size DESC LIMIT 1", [province.0.into()]).await?.pop())
}

/// The checkpoint of a size.
pub async fn of_size(
    db: &impl ConnectionTrait,
    province: Province,
    size: i64,
) -> Result<Option<StoredCheckpoint>, DbErr> {
    Ok(find(db, "AND size = $2", [province.0.into(), size.into()]).await?.pop())
}

/// The first checkpoint over more leaves than these.
pub async fn first_above(
    db: &impl ConnectionTrait,
    province: Province,
    leaves: i64,
) -> Result<Option<StoredCheckpoint>, DbErr> {
    Ok(find(db, "AND size > $2 ORDER BY p, size LIMIT 1", [province.0.into(), leaves.into()]).await?.pop())
}

/// All checkpoints over more leaves than these, by size; at most `limit`.
pub async fn above(
    db: &impl ConnectionTrait,
    province: Province,
    leaves: i64,
    limit: u16,
) -> Result<Vec<StoredCheckpoint>, DbErr> {
    let values: [Value; 3] = [province.0.into(), leaves.into(), i64::from(limit).into()];
    find(db, "AND size > $2 ORDER BY p, size LIMIT $3", values).await
}

/// Stores a checkpoint.
pub async fn append(db: &impl ConnectionTrait, province: Province, checkpoint: &StoredCheckpoint) -> Result<(), DbErr> {
    let StoredCheckpoint { size, day, note, key_id } = checkpoint;
    let row = [province.0.into(), (*size).into(), day.0.into(), note.clone().into(), (*key_id).into()];
    rows::insert(db, "checkpoint", ["p", "size", "day", "note", "key_id"], "", vec![row]).await
}

/// The public keys, by number.
pub async fn keys(db: &impl ConnectionTrait, province: Province) -> Result<Vec<KeyRow>, DbErr> {
    let sql = format!(
        "SELECT id, {}, first_size, {} FROM record_key WHERE p = $1 ORDER BY id",
        text(db, "vkey"),
        text(db, "endorsement")
    );
    let read = |row: &Row<'_>| {
        let first_size = u64::try_from(row.get::<i64>(2)?).unwrap_or(u64::MAX);
        Ok(KeyRow { id: row.get(0)?, vkey: read_text(row, 1)?, first_size, endorsement: read_text(row, 3)? })
    };
    all(db, sql, [province.0.into()], read).await
}

/// The number and text of the key in use.
pub async fn current_key(db: &impl ConnectionTrait, province: Province) -> Result<Option<(i32, String)>, DbErr> {
    let sql = format!("SELECT id, {} FROM record_key WHERE p = $1 ORDER BY p DESC, id DESC LIMIT 1", text(db, "vkey"));
    one(db, sql, [province.0.into()], |row| Ok((row.get(0)?, read_text(row, 1)?))).await
}

/// Stores a public key.
pub async fn append_key(db: &impl ConnectionTrait, province: Province, key: &KeyRow) -> Result<(), DbErr> {
    let first_size = i64::try_from(key.first_size).unwrap_or(i64::MAX);
    let row =
        [province.0.into(), key.id.into(), key.vkey.clone().into(), first_size.into(), key.endorsement.clone().into()];
    rows::insert(db, "record_key", ["p", "id", "vkey", "first_size", "endorsement"], "", vec![row]).await
}
