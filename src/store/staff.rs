//! People with accounts: who they are, what they may do, how they prove it.

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::rows::{self, Row, all, bind, one};
use crate::words::{Grant, Moment, Province, Role, StaffId, UnitId};

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Number.
    pub staff: StaffId,
    /// Address with which the person signs in, in lower case.
    pub email: String,
    /// Name.
    pub name: String,
    /// Unit the person works in; [`UnitId::NONE`] where there is none yet.
    pub own_unit: UnitId,
    /// When the account was made.
    pub made: Moment,
    /// When the person activated it.
    pub activated: Option<Moment>,
    /// When it was closed.
    pub closed: Option<Moment>,
}

/// What a person signs in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Argon2id as a PHC string.
    pub password: String,
    /// Seed of the secret of one-time codes.
    pub code_seed: Vec<u8>,
}

/// A failing series of sign-ins under one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// Failures in a row.
    pub n: i32,
    /// The last one.
    pub last: Moment,
}

const PERSON: &str = "staff, email, name, own_unit, made, activated, closed";

fn person(row: &Row<'_>) -> Result<Person, DbErr> {
    let moment = |column| Ok::<_, DbErr>(row.get::<Option<i64>>(column)?.map(Moment::from_unix));
    Ok(Person {
        staff: StaffId(row.get(0)?),
        email: row.get(1)?,
        name: row.get(2)?,
        own_unit: UnitId(row.get(3)?),
        made: Moment::from_unix(row.get(4)?),
        activated: moment(5)?,
        closed: moment(6)?,
    })
}

/// Takes the turn to change accounts: two nodes must not give two people one number. Held until the transaction ends.
pub async fn take_turn(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7415)").await?;
    }
    Ok(())
}

/// Everybody, by number; those who left among them.
pub async fn everybody(db: &impl ConnectionTrait, province: Province) -> Result<Vec<Person>, DbErr> {
    let sql = format!("SELECT {PERSON} FROM staff WHERE p = $1 ORDER BY staff");
    all(db, sql, [province.0.into()], person).await
}

/// The person of a number.
pub async fn find(db: &impl ConnectionTrait, province: Province, staff: StaffId) -> Result<Option<Person>, DbErr> {
    let sql = format!("SELECT {PERSON} FROM staff WHERE p = $1 AND staff = $2");
    one(db, sql, [province.0.into(), staff.0.into()], person).await
}

/// The person who signs in under an address; not who has left.
pub async fn by_email(db: &impl ConnectionTrait, province: Province, email: &str) -> Result<Option<Person>, DbErr> {
    let sql = format!("SELECT {PERSON} FROM staff WHERE p = $1 AND email = $2 AND closed IS NULL");
    one(db, sql, [province.0.into(), email.into()], person).await
}

/// Adds a person under the next number.
pub async fn add(
    tx: &impl ConnectionTrait,
    province: Province,
    email: &str,
    name: &str,
    own_unit: UnitId,
    at: Moment,
) -> Result<StaffId, DbErr> {
    let last = "SELECT COALESCE(MAX(staff), 0) FROM staff WHERE p = $1";
    let last: i32 = one(tx, last, [province.0.into()], |row| row.get(0)).await?.unwrap_or(0);
    let staff = last + 1;
    let row: [Value; 7] =
        [province.0.into(), staff.into(), email.into(), name.into(), own_unit.0.into(), 0_i64.into(), at.unix().into()];
    rows::insert(tx, "staff", ["p", "staff", "email", "name", "own_unit", "code_step", "made"], "", vec![row]).await?;
    Ok(StaffId(staff))
}

/// Changes name and own unit.
pub async fn change(
    tx: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
    name: &str,
    own_unit: UnitId,
) -> Result<(), DbErr> {
    let sql = "UPDATE staff SET name = $1, own_unit = $2 WHERE p = $3 AND staff = $4";
    let values = [name.into(), own_unit.0.into(), province.0.into(), staff.0.into()];
    tx.execute_raw(bind(tx, sql, values)).await.map(drop)
}

/// Closes an account and forgets what it was proved with.
pub async fn close(tx: &impl ConnectionTrait, province: Province, staff: StaffId, at: Moment) -> Result<(), DbErr> {
    let sql = "UPDATE staff SET closed = $1, password = NULL, code_seed = NULL WHERE p = $2 AND staff = $3";
    tx.execute_raw(bind(tx, sql, [at.unix().into(), province.0.into(), staff.0.into()])).await?;
    forget_recovery(tx, province, staff).await
}

/// The grants of a person.
pub async fn grants(db: &impl ConnectionTrait, province: Province, staff: StaffId) -> Result<Vec<Grant>, DbErr> {
    let sql = "SELECT role, scope_unit FROM staff_grant WHERE p = $1 AND staff = $2 ORDER BY role, scope_unit";
    all(db, sql, [province.0.into(), staff.0.into()], |row| grant(row, 0)).await
}

/// Every grant there is.
pub async fn all_grants(db: &impl ConnectionTrait, province: Province) -> Result<Vec<(StaffId, Grant)>, DbErr> {
    let sql = "SELECT staff, role, scope_unit FROM staff_grant WHERE p = $1 ORDER BY staff, role, scope_unit";
    all(db, sql, [province.0.into()], |row| Ok((StaffId(row.get(0)?), grant(row, 1)?))).await
}

fn grant(row: &Row<'_>, at: usize) -> Result<Grant, DbErr> {
    let role: i16 = row.get(at)?;
    let role = Role::from_code(role).ok_or_else(|| DbErr::Type(format!("there is no role {role}")))?;
    Ok(Grant { role, unit: UnitId(row.get(at + 1)?) })
}

/// Adds a grant that is not there yet.
pub async fn add_grant(
    tx: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
    grant: Grant,
) -> Result<(), DbErr> {
    let row: [Value; 4] = [province.0.into(), staff.0.into(), grant.role.code().into(), grant.unit.0.into()];
    let columns = ["p", "staff", "role", "scope_unit"];
    rows::insert(tx, "staff_grant", columns, "ON CONFLICT DO NOTHING", vec![row]).await
}

/// Withdraws a grant; whether there was one.
pub async fn withdraw_grant(
    tx: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
    grant: Grant,
) -> Result<bool, DbErr> {
    let sql = "DELETE FROM staff_grant WHERE p = $1 AND staff = $2 AND role = $3 AND scope_unit = $4";
    let values = [province.0.into(), staff.0.into(), grant.role.code().into(), grant.unit.0.into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() > 0)
}

/// What a person signs in with; none before activation and after closing.
pub async fn credentials(
    db: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
) -> Result<Option<Credentials>, DbErr> {
    let sql = "SELECT password, code_seed FROM staff WHERE p = $1 AND staff = $2 AND closed IS NULL
               AND password IS NOT NULL AND code_seed IS NOT NULL";
    let read = |row: &Row<'_>| Ok(Credentials { password: row.get(0)?, code_seed: row.get(1)? });
    one(db, sql, [province.0.into(), staff.0.into()], read).await
}

/// Sets a new password; the first one activates the account.
pub async fn set_password(
    tx: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
    password: &str,
    at: Moment,
) -> Result<(), DbErr> {
    let sql = "UPDATE staff SET password = $1, activated = COALESCE(activated, $2) WHERE p = $3 AND staff = $4";
    let values = [password.into(), at.unix().into(), province.0.into(), staff.0.into()];
    tx.execute_raw(bind(tx, sql, values)).await.map(drop)
}

/// Sets the seed of new one-time codes, together with the step whose code has just been shown.
pub async fn set_code_seed(
    tx: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
    seed: &[u8],
    step: i64,
) -> Result<(), DbErr> {
    let sql = "UPDATE staff SET code_seed = $1, code_step = $2 WHERE p = $3 AND staff = $4";
    let values = [seed.to_vec().into(), step.into(), province.0.into(), staff.0.into()];
    tx.execute_raw(bind(tx, sql, values)).await.map(drop)
}

/// Uses the code of a step; false if that code, or one of a later step, was used before.
pub async fn use_step(tx: &impl ConnectionTrait, province: Province, staff: StaffId, step: i64) -> Result<bool, DbErr> {
    let sql = "UPDATE staff SET code_step = $1 WHERE p = $2 AND staff = $3 AND code_step < $4";
    let values = [step.into(), province.0.into(), staff.0.into(), step.into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() == 1)
}

/// Replaces the recovery codes.
pub async fn set_recovery(
    tx: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
    hashes: &[[u8; 32]],
) -> Result<(), DbErr> {
    forget_recovery(tx, province, staff).await?;
    let row = |hash: &[u8; 32]| -> [Value; 3] { [province.0.into(), staff.0.into(), hash.to_vec().into()] };
    rows::insert(tx, "staff_recovery", ["p", "staff", "hash"], "", hashes.iter().map(row).collect()).await
}

async fn forget_recovery(tx: &impl ConnectionTrait, province: Province, staff: StaffId) -> Result<(), DbErr> {
    let sql = "DELETE FROM staff_recovery WHERE p = $1 AND staff = $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), staff.0.into()])).await.map(drop)
}

/// Uses a recovery code; false if there is no such code any more.
pub async fn use_recovery(
    tx: &impl ConnectionTrait,
    province: Province,
    staff: StaffId,
    hash: &[u8; 32],
) -> Result<bool, DbErr> {
    let sql = "DELETE FROM staff_recovery WHERE p = $1 AND staff = $2 AND hash = $3";
    let values = [province.0.into(), staff.0.into(), hash.to_vec().into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() == 1)
}

/// How many recovery codes a person has left.
pub async fn recovery_left(db: &impl ConnectionTrait, province: Province, staff: StaffId) -> Result<i64, DbErr> {
    let sql = "SELECT COUNT(*) FROM staff_recovery WHERE p = $1 AND staff = $2";
    Ok(one(db, sql, [province.0.into(), staff.0.into()], |row| row.get(0)).await?.unwrap_or(0))
}

/// The failures under an address, known by its keyed hash.
pub async fn failures(
    db: &impl ConnectionTrait,
    province: Province,
    who: &[u8; 32],
) -> Result<Option<Failures>, DbErr> {
    let sql = "SELECT n, last FROM sign_in_failure WHERE p = $1 AND who = $2";
    let read = |row: &Row<'_>| Ok(Failures { n: row.get(0)?, last: Moment::from_unix(row.get(1)?) });
    one(db, sql, [province.0.into(), who.to_vec().into()], read).await
}

/// Counts one more failure; how many they are now.
pub async fn fail(tx: &impl ConnectionTrait, province: Province, who: &[u8; 32], at: Moment) -> Result<i32, DbErr> {
    let sql = "INSERT INTO sign_in_failure (p, who, n, last) VALUES ($1, $2, 1, $3)
               ON CONFLICT (p, who) DO UPDATE SET n = sign_in_failure.n + 1, last = excluded.last RETURNING n";
    let values = [province.0.into(), who.to_vec().into(), at.unix().into()];
    Ok(one(tx, sql, values, |row| row.get(0)).await?.unwrap_or(1))
}

/// Forgets the failures under an address.
pub async fn forgive(tx: &impl ConnectionTrait, province: Province, who: &[u8; 32]) -> Result<(), DbErr> {
    let sql = "DELETE FROM sign_in_failure WHERE p = $1 AND who = $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), who.to_vec().into()])).await.map(drop)
}

/// Forgets failures whose last one is older.
pub async fn forgive_before(tx: &impl ConnectionTrait, province: Province, before: Moment) -> Result<(), DbErr> {
    let sql = "DELETE FROM sign_in_failure WHERE p = $1 AND last < $2";
    tx.execute_raw(bind(tx, sql, [province.0.into(), before.unix().into()])).await.map(drop)
}
