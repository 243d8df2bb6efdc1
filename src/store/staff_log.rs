//! The staff log: names and times belong here, as a hash chain (`record::StaffEntry`) with its head beside it.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::rows::{self, Row, all, bind, one};
use crate::record::{StaffEntry, StaffHead};
use crate::words::{Moment, Province};

/// Most acts that are read at a time.
pub const LARGEST_PAGE: u16 = 200;

/// The head as it stands beside the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHead {
    /// Number of the last act.
    pub seq: i32,
    /// Its hash, of whatever length it was found.
    pub hash: Vec<u8>,
}

/// Appends one act to the chain and moves its head, in the transaction of the act itself.
///
/// An act is written even where the chain was tampered with: it hangs on the head, under the next free number, so that the
/// break stays to be found.
pub async fn append(
    db: &impl ConnectionTrait,
    province: Province,
    at: Moment,
    actor: &str,
    act: &str,
    object: &str,
) -> Result<(), DbErr> {
    append_line(db, province, at, actor, act, object).await.map(|_| ())
}

/// The same, for whoever has to point to the line: its number in the chain.
pub async fn append_line(
    db: &impl ConnectionTrait,
    province: Province,
    at: Moment,
    actor: &str,
    act: &str,
    object: &str,
) -> Result<i32, DbErr> {
    // Two nodes must not hang two acts on the same one; the lock is let go with the transaction.
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("SELECT pg_advisory_xact_lock(7413)").await?;
    }
    let before = head(db, province).await?;
    let (seq, hash) = before.as_ref().map_or((0, &StaffHead::START.hash[..]), |head| (head.seq, &head.hash));
    let prev = hash.try_into().unwrap_or(StaffHead::START.hash);
    let seq = last_number(db, province).await?.max(seq).checked_add(1);
    let seq = seq.ok_or_else(|| DbErr::Custom("the staff log has no free number".to_owned()))?;
    let entry = StaffEntry::after(&prev, seq, at, actor, act, object);
    let hash = entry.hash.clone();
    let row = [
        province.0.into(),
        entry.seq.into(),
        entry.at.unix().into(),
        entry.actor.into(),
        entry.act.into(),
        entry.object.into(),
        entry.prev.into(),
        entry.hash.into(),
    ];
    rows::insert(db, "staff_log", ["p", "seq", "at", "actor", "act", "object", "prev", "hash"], "", vec![row]).await?;
    let sql = if before.is_some() {
        "UPDATE staff_log_head SET seq = $2, hash = $3 WHERE p = $1"
    } else {
        "INSERT INTO staff_log_head (p, seq, hash) VALUES ($1, $2, $3)"
    };
    db.execute_raw(bind(db, sql, [province.0.into(), seq.into(), hash.into()])).await?;
    Ok(seq)
}

/// The head of the chain; none before the first act.
pub async fn head(db: &impl ConnectionTrait, province: Province) -> Result<Option<StoredHead>, DbErr> {
    let sql = "SELECT seq, hash FROM staff_log_head WHERE p = $1";
    one(db, sql, [province.0.into()], |row| Ok(StoredHead { seq: row.get(0)?, hash: row.get(1)? })).await
}

async fn last_number(db: &impl ConnectionTrait, province: Province) -> Result<i32, DbErr> {
    let sql = "SELECT seq FROM staff_log WHERE p = $1 ORDER BY p DESC, seq DESC LIMIT 1";
    Ok(one(db, sql, [province.0.into()], |row| row.get(0)).await?.unwrap_or(0))
}

/// Up to `limit` acts in their order, those after number `after` (from the first with `None`).
///
/// Columns are read as bytes, so that a row somebody put there by hand is read and found, whatever it holds.
pub async fn entries(
    db: &impl ConnectionTrait,
    province: Province,
    after: Option<i32>,
    limit: u16,
) -> Result<Vec<StaffEntry>, DbErr> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT CAST(seq AS BIGINT), at, convert_to(actor, 'UTF8'), convert_to(act, 'UTF8'),
                    convert_to(object, 'UTF8'), prev, hash
             FROM staff_log WHERE p = $1 AND seq > $2 ORDER BY p, seq LIMIT $3"
        }
        _ => {
            "SELECT CAST(seq AS INTEGER), CAST(at AS INTEGER), CAST(actor AS BLOB), CAST(act AS BLOB),
                    CAST(object AS BLOB), CAST(prev AS BLOB), CAST(hash AS BLOB)
             FROM staff_log WHERE p = $1 AND seq > $2 ORDER BY p, seq LIMIT $3"
        }
    };
    let after = after.map_or(i64::MIN, i64::from);
    let limit = i64::from(limit.min(LARGEST_PAGE));
    all(db, sql, [province.0.into(), after.into(), limit.into()], entry).await
}

/// One page for reading: up to `limit` acts, newest first, those before number `before`, and only those whose actor or act
/// holds `filter`, letter by letter.
pub async fn page(
    db: &impl ConnectionTrait,
    province: Province,
    before: Option<i32>,
    filter: &str,
    limit: u16,
) -> Result<Vec<StaffEntry>, DbErr> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT CAST(seq AS BIGINT), at, convert_to(actor, 'UTF8'), convert_to(act, 'UTF8'),
                    convert_to(object, 'UTF8'), prev, hash
             FROM staff_log WHERE p = $1 AND seq < $2 AND (strpos(actor, $3) > 0 OR strpos(act, $3) > 0)
             ORDER BY p DESC, seq DESC LIMIT $4"
        }
        _ => {
            "SELECT CAST(seq AS INTEGER), CAST(at AS INTEGER), CAST(actor AS BLOB), CAST(act AS BLOB),
                    CAST(object AS BLOB), CAST(prev AS BLOB), CAST(hash AS BLOB)
             FROM staff_log WHERE p = $1 AND seq < $2 AND (instr(actor, $3) > 0 OR instr(act, $3) > 0)
             ORDER BY p DESC, seq DESC LIMIT $4"
        }
    };
    let before = before.map_or(i64::MAX, i64::from);
    let limit = i64::from(limit.min(LARGEST_PAGE));
    let values: [Value; 4] = [province.0.into(), before.into(), filter.into(), limit.into()];
    all(db, sql, values, entry).await
}

fn entry(row: &Row<'_>) -> Result<StaffEntry, DbErr> {
    // A number no act can have, and bytes that are no text, cannot have the hash of the act.
    let seq: i64 = row.get(0)?;
    let seq = i32::try_from(seq).unwrap_or(if seq < 0 { i32::MIN } else { i32::MAX });
    let text = |at: usize| row.get::<Vec<u8>>(at).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let at = Moment::from_unix(row.get(1)?);
    let (actor, act, object) = (text(2)?, text(3)?, text(4)?);
    Ok(StaffEntry { seq, at, actor, act, object, prev: row.get(5)?, hash: row.get(6)? })
}
