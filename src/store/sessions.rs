//! Sessions of people who signed in, and one-time links; of both, only hashes.

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::rows::{self, Row, all, bind, one};
use crate::words::{Moment, Province, StaffId};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of its token.
    pub hash: [u8; 32],
    /// Who signed in.
    pub staff: StaffId,
    /// When.
    pub began: Moment,
    /// Last page, to the minute.
    pub seen: Moment,
    /// Last one-time code.
    pub confirmed: Moment,
}

/// What a one-time link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// The first administrator makes an own account.
    First,
    /// A person activates an account: password, one-time codes, recovery codes.
    Activate,
    /// A person chooses a new password; one-time codes stay.
    Password,
}

impl LinkKind {
    /// The number under which it is stored.
    pub const fn code(self) -> i16 {
        match self {
            Self::First => 1,
            Self::Activate => 2,
            Self::Password => 3,
        }
    }

    const fn from_code(code: i16) -> Option<Self> {
        match code {
            1 => Some(Self::First),
            2 => Some(Self::Activate),
            3 => Some(Self::Password),
            _ => None,
        }
    }
}

/// A one-time link that was given out and not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredLink {
    /// For whom; 0 for the first administrator.
    pub staff: StaffId,
    /// What for.
    pub kind: LinkKind,
    /// From when on it is void.
    pub expires: Moment,
}

fn session(row: &Row<'_>) -> Result<Session, DbErr> {
    let hash: Vec<u8> = row.get(0)?;
    Ok(Session {
        hash: hash.try_into().map_err(|_length| DbErr::Type("a session has no hash of 32 bytes".to_owned()))?,
        staff: StaffId(row.get(1)?),
        began: Moment::from_unix(row.get(2)?),
        seen: Moment::from_unix(row.get(3)?),
        confirmed: Moment::from_unix(row.get(4)?),
    })
}

/// Adds a session.
pub async fn add(tx: &impl ConnectionTrait, province: Province, session: &Session) -> Result<(), DbErr> {
    let row: [Value; 6] = [
        province.0.into(),
        session.hash.to_vec().into(),
        session.staff.0.into(),
        session.began.unix().into(),
        session.seen.unix().into(),
        session.confirmed.unix().into(),
    ];
    rows::insert(tx, "staff_session", ["p", "hash", "staff", "began", "seen", "confirmed"], "", vec![row]).await
}

/// The session of a token's hash.
pub async fn find(db: &impl ConnectionTrait, province: Province, hash: &[u8; 32]) -> Result<Option<Session>, DbErr> {
    let sql = "SELECT hash, staff, began, seen, confirmed FROM staff_session WHERE p = $1 AND hash = $2";
    one(db, sql, [province.0.into(), hash.to_vec().into()], session).await
}

/// The sessions of a person, newest first.
pub async fn of_person(db: &impl ConnectionTrait, province: Province, staff: StaffId) -> Result<Vec<Session>, DbErr> {
    let sql = "SELECT hash, staff, began, seen, confirmed FROM staff_session WHERE p = $1 AND staff = $2
               ORDER BY began DESC, hash";
    all(db, sql, [province.0.into(), staff.0.into()], session).await
}

/// Notes that a session was used.
pub async fn touch(tx: &impl ConnectionTrait, province: Province, hash: &[u8; 32], at: Moment) -> Result<(), DbErr> {
    let sql = "UPDATE staff_session SET seen = $1 WHERE p = $2 AND hash = $3 AND seen < $4";
    let values = [at.unix().into(), province.0.into(), hash.to_vec().into(), at.unix().into()];
    tx.execute_raw(bind(tx, sql, values)).await.map(drop)
}

/// Notes that a person showed a one-time code again.
pub async fn confirm(tx: &impl ConnectionTrait, province: Province, hash: &[u8; 32], at: Moment) -> Result<(), DbErr> {
    let sql = "UPDATE staff_session SET confirmed = $1 WHERE p = $2 AND hash = $3";
    tx.execute_raw(bind(tx, sql, [at.unix().into(), province.0.into(), hash.to_vec().into()])).await.map(drop)
}

/// Ends a session of a person; whether there was one.
pub async fn end(
    tx: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
    hash: &[u8; 32],
) -> Result<bool, DbErr> {
    let sql = "DELETE FROM staff_session WHERE p = $1 AND staff = $2 AND hash = $3";
    let values = [province.0.into(), staff.0.into(), hash.to_vec().into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() > 0)
}

/// Ends a session, whoever's it is: that of a browser in which somebody signs in.
pub async fn end_any(tx: &impl ConnectionTrait, province: Province, hash: &[u8; 32]) -> Result<(), DbErr> {
    let sql = "DELETE FROM staff_session WHERE p = $1 AND hash = $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), hash.to_vec().into()])).await.map(drop)
}

/// Ends every session of a person but one.
pub async fn end_others(
    tx: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
    but: Option<&[u8; 32]>,
) -> Result<u64, DbErr> {
    let sql = "DELETE FROM staff_session WHERE p = $1 AND staff = $2 AND hash <> $3";
    let values = [province.0.into(), staff.0.into(), but.map_or_else(Vec::new, |hash| hash.to_vec()).into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected())
}

/// Forgets sessions that began or were last used before, and links that are void.
pub async fn forget(
    tx: &impl ConnectionTrait,
    province: Province,
    began_before: Moment,
    seen_before: Moment,
    now: Moment,
) -> Result<u64, DbErr> {
    let sql = "DELETE FROM staff_session WHERE p = $1 AND (began < $2 OR seen < $3)";
    let values = [province.0.into(), began_before.unix().into(), seen_before.unix().into()];
    let sessions = tx.execute_raw(bind(tx, sql, values)).await?.rows_affected();
    let sql = "DELETE FROM staff_link WHERE p = $1 AND expires <= $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), now.unix().into()])).await?;
    Ok(sessions)
}

/// Gives out a link; earlier ones of the same person become void.
pub async fn add_link(
    tx: &impl ConnectionTrait,
    province: Province,
    hash: &[u8; 32],
    link: StoredLink,
) -> Result<(), DbErr> {
    void_links(tx, province, link.staff).await?;
    put_link(tx, province, hash, link).await
}

/// Gives out a link beside those there are.
pub async fn put_link(
    tx: &impl ConnectionTrait,
    province: Province,
    hash: &[u8; 32],
    link: StoredLink,
) -> Result<(), DbErr> {
    let row: [Value; 5] = [
        province.0.into(),
        hash.to_vec().into(),
        link.staff.0.into(),
        link.kind.code().into(),
        link.expires.unix().into(),
    ];
    rows::insert(tx, "staff_link", ["p", "hash", "staff", "kind", "expires"], "", vec![row]).await
}

/// Voids every link of a person.
pub async fn void_links(tx: &impl ConnectionTrait, province: Province, staff: StaffId) -> Result<(), DbErr> {
    let sql = "DELETE FROM staff_link WHERE p = $1 AND staff = $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), staff.0.into()])).await.map(drop)
}

/// The link of a token's hash.
pub async fn find_link(
    db: &impl ConnectionTrait,
    province: Province,
    hash: &[u8; 32],
) -> Result<Option<StoredLink>, DbErr> {
    let sql = "SELECT staff, kind, expires FROM staff_link WHERE p = $1 AND hash = $2";
    one(db, sql, [province.0.into(), hash.to_vec().into()], |row| {
        let kind: i16 = row.get(1)?;
        Ok(StoredLink {
            staff: StaffId(row.get(0)?),
            kind: LinkKind::from_code(kind).ok_or_else(|| DbErr::Type(format!("there is no kind of link {kind}")))?,
            expires: Moment::from_unix(row.get(2)?),
        })
    })
    .await
}

/// Uses a link up; false if somebody else did so before.
pub async fn use_link(tx: &impl ConnectionTrait, province: Province, hash: &[u8; 32]) -> Result<bool, DbErr> {
    let sql = "DELETE FROM staff_link WHERE p = $1 AND hash = $2";
    let values = [province.0.into(), hash.to_vec().into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() == 1)
}
