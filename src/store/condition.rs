//! The condition a database is in: its schema, its guards, its size. Looking changes nothing.

use migration::APPLICATION_ROLE;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

use super::connect::{OpenError, file_of, quiet, said, sqlite_options, without_password};
use super::migrate;

/// What a look at a database found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Migrations of this program that the database has not had.
    pub pending: Vec<String>,
    /// Migrations the database has had that this program does not know: a later version has been at work.
    pub unknown: Vec<String>,
    /// Triggers that keep answers and the staff log appended and are missing.
    pub missing_guards: Vec<String>,
    /// Rights that the program's role has on answers or the staff log and must not have (PostgreSQL).
    pub excess_rights: Vec<String>,
    /// What the database itself finds wrong with its file (SQLite); at most a few lines.
    pub damage: Vec<String>,
}

/// Looks at a database that exists, without bringing its schema up to date.
pub async fn look(url: &str) -> Result<Condition, OpenError> {
    let (options, shown) = match file_of(url) {
        Some(path) if path.as_os_str().is_empty() => return Err(OpenError::Url(url.to_owned())),
        Some(path) if !path.exists() => return Err(OpenError::Missing(path.to_owned())),
        Some(path) => (sqlite_options(path, 1), path.display().to_string()),
        None if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            let mut options = quiet(ConnectOptions::new(url));
            options.max_connections(1);
            (options, without_password(url))
        }
        None => return Err(OpenError::Url(url.to_owned())),
    };
    let refused = |reason: DbErr| OpenError::Refused { url: shown.clone(), reason: said(&reason) };
    let db = sea_orm::Database::connect(options).await.map_err(refused)?;
    let found = condition(&db).await.map_err(refused)?;
    db.close().await.map_err(refused)?;
    if found.pending.len() == migrate::steps().len() { Err(OpenError::Empty(shown)) } else { Ok(found) }
}

/// Lets the program's role see which migrations there were; for the owner, after migrating. Of several that start at once
/// one grants it and the others wait: two changes of one table's rights at once would fail.
pub(super) async fn show_migrations(owner: &DatabaseConnection) -> Result<(), DbErr> {
    let sql = "SELECT 'x' WHERE has_table_privilege($1, 'seaql_migrations', 'SELECT')";
    let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, [APPLICATION_ROLE.into()]);
    if owner.query_one_raw(asked).await?.is_some() {
        return Ok(());
    }
    let tx = migrate::begin_alone(owner).await?;
    tx.execute_unprepared(&format!("GRANT SELECT ON seaql_migrations TO {APPLICATION_ROLE}")).await?;
    tx.commit().await
}

async fn condition(db: &DatabaseConnection) -> Result<Condition, DbErr> {
    let applied = migrate::taken(db).await?;
    let known = migrate::steps();
    let pending: Vec<String> = known.iter().filter(|name| !applied.contains(name)).cloned().collect();
    let unknown = applied.iter().filter(|name| !known.contains(name)).cloned().collect();
    let mut found = Condition {
        missing_guards: Vec::new(),
        excess_rights: Vec::new(),
        damage: damage(db).await?,
        unknown,
        pending,
    };
    // Guards come with the migrations; without those there is nothing to guard.
    if found.pending.is_empty() {
        let standing = guards(db).await?;
        found.missing_guards = migration::guards(db.get_database_backend() == DbBackend::Postgres);
        found.missing_guards.retain(|name| !standing.contains(name));
        found.excess_rights = excess_rights(db).await?;
    }
    Ok(found)
}

/// Whether the database has had every migration of this program.
pub async fn is_current(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let applied = migrate::taken(db).await?;
    Ok(migrate::steps().iter().all(|step| applied.contains(step)))
}

/// Size in bytes, without write-ahead logs.
pub async fn size(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT pg_database_size(current_database())",
        _ => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    };
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let bytes: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(bytes).unwrap_or(0))
}

async fn guards(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
        _ => "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    };
    names(db, sql).await
}

async fn excess_rights(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(Vec::new());
    }
    let sql = "SELECT right_name || ' on ' || table_name
               FROM unnest(ARRAY['response', 'response_open', 'comment', 'comment_open']) AS table_name,
                    unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS right_name
               WHERE has_table_privilege($1, table_name, right_name)
               UNION ALL
               SELECT right_name || ' on ' || table_name
               FROM (VALUES ('staff_log', 'UPDATE'), ('staff_log', 'DELETE'), ('staff_log', 'TRUNCATE'),
                            ('staff_log_head', 'DELETE'), ('staff_log_head', 'TRUNCATE')) AS log(table_name, right_name)
               WHERE has_table_privilege($1, table_name, right_name)
               ORDER BY 1";
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [APPLICATION_ROLE.into()]);
    db.query_all_raw(statement).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// A quick look of SQLite at its own file.
async fn damage(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        return Ok(Vec::new());
    }
    let mut told = names(db, "PRAGMA quick_check(5)").await?;
    told.retain(|line| line != "ok");
    Ok(told)
}

async fn names(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<String>, DbErr> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
