//! Runs statements written once for both databases.

use sea_orm_migration::prelude::{DbErr, SchemaManager};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs the statements in order, with `{bytes}`, `{clustered}` and `{text}` replaced by the database's own words.
///
/// `{clustered}` is `WITHOUT ROWID` on SQLite: the table is its key, so that no row number keeps the order of arrival.
/// `{text}` compares byte by byte on PostgreSQL, as SQLite does.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let (bytes, clustered, text) = match manager.get_database_backend() {
        DbBackend::Postgres => ("BYTEA", "", r#"TEXT COLLATE "C""#),
        _ => ("BLOB", "WITHOUT ROWID", "TEXT"),
    };
    for statement in statements {
        let sql = statement.replace("{bytes}", bytes).replace("{clustered}", clustered).replace("{text}", text);
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Runs statements that only one database knows.
pub(crate) async fn run_on(
    manager: &SchemaManager<'_>,
    backend: DbBackend,
    statements: &[String],
) -> Result<(), DbErr> {
    if manager.get_database_backend() == backend {
        for statement in statements {
            manager.get_connection().execute_unprepared(statement).await?;
        }
    }
    Ok(())
}

/// Drops tables, last made first.
pub(crate) async fn drop(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables.iter().rev() {
        manager.get_connection().execute_unprepared(&format!("DROP TABLE IF EXISTS {table}")).await?;
    }
    Ok(())
}
