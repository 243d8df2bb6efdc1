//! The weekly letter: who was sent the one of which week, and who wants none.

use sea_orm::{ConnectionTrait, DbErr};

use super::rows::{all, bind, one};
use crate::words::{Day, Province, StaffId};

/// Takes the letter of a week for a person, in the transaction that lays it into the outbox: whether it is theirs to take.
/// Nobody takes it twice, and nobody takes one for a person who wants none.
pub async fn take(tx: &impl ConnectionTrait, province: Province, staff: StaffId, monday: Day) -> Result<bool, DbErr> {
    let sql = "INSERT INTO digest (p, staff, week, unwanted) VALUES ($1, $2, $3, FALSE)
               ON CONFLICT (p, staff) DO UPDATE SET week = excluded.week
               WHERE digest.week < excluded.week AND NOT digest.unwanted";
    let values = [province.0.into(), staff.0.into(), monday.0.into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() == 1)
}

/// The people who need no letter for a week: it was taken for them, or they want none.
pub async fn done(db: &impl ConnectionTrait, province: Province, monday: Day) -> Result<Vec<StaffId>, DbErr> {
    let sql = "SELECT staff FROM digest WHERE p = $1 AND (week >= $2 OR unwanted) ORDER BY staff";
    all(db, sql, [province.0.into(), monday.0.into()], |row| row.get(0).map(StaffId)).await
}

/// The people who want no letters.
pub async fn all_unwanted(db: &impl ConnectionTrait, province: Province) -> Result<Vec<StaffId>, DbErr> {
    let sql = "SELECT staff FROM digest WHERE p = $1 AND unwanted ORDER BY staff";
    all(db, sql, [province.0.into()], |row| row.get(0).map(StaffId)).await
}

/// Whether a person wants none.
pub async fn is_unwanted(db: &impl ConnectionTrait, province: Province, staff: StaffId) -> Result<bool, DbErr> {
    let sql = "SELECT unwanted FROM digest WHERE p = $1 AND staff = $2";
    Ok(one(db, sql, [province.0.into(), staff.0.into()], |row| row.get(0)).await?.unwrap_or(false))
}

/// Notes whether a person wants none.
pub async fn want(tx: &impl ConnectionTrait, province: Province, staff: StaffId, is_wanted: bool) -> Result<(), DbErr> {
    let sql = "INSERT INTO digest (p, staff, week, unwanted) VALUES ($1, $2, 0, $3)
               ON CONFLICT (p, staff) DO UPDATE SET unwanted = excluded.unwanted";
    let values = [province.0.into(), staff.0.into(), (!is_wanted).into()];
    tx.execute_raw(bind(tx, sql, values)).await.map(drop)
}
