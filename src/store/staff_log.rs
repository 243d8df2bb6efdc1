//! The staff log: names and times belong here, as a hash chain.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use super::rows::{self, one};
use crate::record::sha256;
use crate::words::{Moment, Province};

/// Appends one act to the chain, in the transaction of the act itself.
///
/// `hash = SHA-256(prev ‖ seq ‖ at ‖ actor ‖ act ‖ object)`, texts behind their length; the first act follows 32 zero bytes.
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
    let last = "SELECT seq, hash FROM staff_log WHERE p = $1 ORDER BY p DESC, seq DESC LIMIT 1";
    let last = one(db, last, [province.0.into()], |row| Ok((row.get::<i32>(0)?, row.get::<Vec<u8>>(1)?))).await?;
    let (seq, prev) = last.map_or((1, vec![0; 32]), |(seq, hash)| (seq + 1, hash));
    let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes();
    let hash = sha256(&[
        &prev,
        &seq.to_be_bytes(),
        &at.unix().to_be_bytes(),
        &length(actor),
        actor.as_bytes(),
        &length(act),
        act.as_bytes(),
        &length(object),
        object.as_bytes(),
    ]);
    let row = [
        province.0.into(),
        seq.into(),
        at.unix().into(),
        actor.into(),
        act.into(),
        object.into(),
        prev.into(),
        hash.to_vec().into(),
    ];
    let columns = ["p", "seq", "at", "actor", "act", "object", "prev", "hash"];
    rows::insert(db, "staff_log", columns, "", vec![row]).await?;
    Ok(seq)
}
