//! Letters before reports: who was sent which.

use sea_orm::{ConnectionTrait, DbErr};

use super::rows::bind;
use crate::words::{Day, Province, StaffId};

/// Takes the letter to a person before a deadline, in the transaction that lays it into the outbox: whether it is theirs to
/// take. Nobody takes it twice.
pub async fn take(
    tx: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
    due: Day,
    days: i16,
) -> Result<bool, DbErr> {
    let sql = "INSERT INTO report_letter (p, staff, due, days) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    let values = [province.0.into(), staff.0.into(), due.0.into(), days.into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() == 1)
}

/// Forgets the letters before deadlines of long ago.
pub async fn forget(tx: &impl ConnectionTrait, province: Province, before: Day) -> Result<(), DbErr> {
    let sql = "DELETE FROM report_letter WHERE p = $1 AND due < $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), before.0.into()])).await.map(drop)
}
