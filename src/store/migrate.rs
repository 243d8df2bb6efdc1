//! Bringing the schema up to date: once, whoever starts, and never on a database that a later version has made.

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use super::rows::{all, one};

/// Why the schema is not what this program needs.
#[derive(Debug)]
pub(super) enum SchemaFault {
    /// A later version of the program has been here: a step this one does not know.
    Newer(String),
    /// An earlier version made it, and this command changes nothing.
    Older,
    /// There is none.
    Missing,
    /// The database refused.
    Database(DbErr),
}

impl From<DbErr> for SchemaFault {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

/// The steps of the present schema, first to last, by name.
pub fn steps() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}

/// The steps a database has taken, by name.
pub(super) async fn taken(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let there = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT 1 WHERE to_regclass('seaql_migrations') IS NOT NULL",
        _ => "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'seaql_migrations'",
    };
    if one(db, there, [], |row| row.get::<i32>(0)).await?.is_none() {
        return Ok(Vec::new());
    }
    let mut taken: Vec<String> = all(db, "SELECT version FROM seaql_migrations", [], |row| row.get(0)).await?;
    taken.sort_unstable();
    Ok(taken)
}

/// Checks that the schema is exactly the present one.
pub(super) async fn is_present(db: &impl ConnectionTrait) -> Result<(), SchemaFault> {
    let (steps, taken) = (steps(), taken(db).await?);
    if let Some(unknown) = taken.iter().find(|step| !steps.contains(step)) {
        return Err(SchemaFault::Newer(unknown.clone()));
    }
    match taken.len() {
        0 => Err(SchemaFault::Missing),
        known if known < steps.len() => Err(SchemaFault::Older),
        _ => Ok(()),
    }
}

/// Brings the schema up to date in one transaction, all steps or none. Whoever comes second waits, and finds it done.
pub(super) async fn bring_up(db: &DatabaseConnection) -> Result<(), SchemaFault> {
    // Nothing to do is the usual case, and needs no turn to write.
    if is_needed(is_present(db).await)? {
        let tx = begin_alone(db).await?;
        if is_needed(is_present(&tx).await)? {
            Migrator::up(&tx, None).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

fn is_needed(present: Result<(), SchemaFault>) -> Result<bool, SchemaFault> {
    match present {
        Ok(()) => Ok(false),
        Err(SchemaFault::Older | SchemaFault::Missing) => Ok(true),
        Err(fault) => Err(fault),
    }
}

/// Begins a transaction in which no other process changes the schema.
pub(super) async fn begin_alone(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let backend = db.get_database_backend();
    let sqlite_transaction_mode = (backend == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate);
    let tx = db.begin_with_options(TransactionOptions { sqlite_transaction_mode, ..Default::default() }).await?;
    if backend == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7411)").await?;
    }
    Ok(tx)
}

/// Takes the first steps of the schema, or, without a number, all that are missing.
pub(super) async fn take(tx: &DatabaseTransaction, number: Option<usize>) -> Result<(), DbErr> {
    let number = number.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    Migrator::up(tx, number).await
}
