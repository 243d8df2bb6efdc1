//! Files that were uploaded and wait to be imported.

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::rows::{self, bind, one};
use crate::words::{Moment, Province, StaffId};

/// A file that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// What it holds, as the command line calls it.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Keeps a file for a person; an earlier one of that person is forgotten.
pub async fn keep(
    tx: &impl ConnectionTrait,
    province: Province,
    id: &[u8],
    staff: StaffId,
    upload: Upload,
    at: Moment,
) -> Result<(), DbErr> {
    let sql = "DELETE FROM upload WHERE p = $1 AND staff = $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), staff.0.into()])).await?;
    let row: [Value; 7] = [
        province.0.into(),
        id.to_vec().into(),
        staff.0.into(),
        upload.kind.into(),
        upload.name.into(),
        upload.content.into(),
        at.unix().into(),
    ];
    rows::insert(tx, "upload", ["p", "id", "staff", "kind", "name", "content", "made"], "", vec![row]).await
}

/// The file a person uploaded under this number.
pub async fn find(
    db: &impl ConnectionTrait,
    province: Province,
    id: &[u8],
    staff: StaffId,
) -> Result<Option<Upload>, DbErr> {
    let sql = "SELECT kind, name, content FROM upload WHERE p = $1 AND id = $2 AND staff = $3";
    let values = [province.0.into(), id.to_vec().into(), staff.0.into()];
    one(db, sql, values, |row| Ok(Upload { kind: row.get(0)?, name: row.get(1)?, content: row.get(2)? })).await
}

/// Forgets a file.
pub async fn forget(tx: &impl ConnectionTrait, province: Province, id: &[u8]) -> Result<(), DbErr> {
    let sql = "DELETE FROM upload WHERE p = $1 AND id = $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), id.to_vec().into()])).await.map(drop)
}

/// Forgets files that were uploaded before.
pub async fn forget_before(tx: &impl ConnectionTrait, province: Province, before: Moment) -> Result<(), DbErr> {
    let sql = "DELETE FROM upload WHERE p = $1 AND made < $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), before.unix().into()])).await.map(drop)
}
