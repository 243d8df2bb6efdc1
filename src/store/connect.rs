//! Opening a database: one URL decides between SQLite and PostgreSQL.

use std::path::{Path, PathBuf};
use std::time::Duration;

use migration::{APPLICATION_ROLE, Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use super::condition;

/// Older versions can lose committed writes when a checkpoint and a write meet (fixed in 3.51.3).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// How long a second writer waits before it is refused.
const WAIT_FOR_WRITER: Duration = Duration::from_secs(10);
/// Connections for reading.
const READERS: u32 = 4;

/// Whether a missing database may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Make it if it is missing.
    Create,
    /// It has to be there.
    Existing,
}

/// Why a database cannot be opened; each variant is one sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither of the two kinds of URL.
    #[error("database: “{0}” is not a database URL; write sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME")]
    Url(String),
    /// The file is not there.
    #[error("database: there is no file {}; start `thuocdo` once to make it, or name another with --database", .0.display())]
    Missing(PathBuf),
    /// The folder of the file is not there.
    #[error("database: the folder of {} does not exist; make it first", .0.display())]
    Folder(PathBuf),
    /// An old SQLite was linked.
    #[error("database: SQLite {0} is too old, at least 3.51.3 is needed; older ones can lose committed answers")]
    OldSqlite(String),
    /// The schema is not there and may not be made by this command.
    #[error("database: {0} holds no Thước Đo installation; start `thuocdo` once to make it")]
    Empty(String),
    /// The database refused.
    #[error("database: cannot open {url}: {reason}")]
    Refused {
        /// URL without its password.
        url: String,
        /// What the database said.
        reason: String,
    },
}

/// An open database: one connection for writing, some for reading.
#[derive(Debug, Clone)]
pub struct Database {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    file: Option<PathBuf>,
}

impl Database {
    /// Opens the database and brings its schema up to date.
    pub async fn open(url: &str, opening: Opening) -> Result<Self, OpenError> {
        if let Some(path) = sqlite_file(url) {
            Self::open_sqlite(path, opening).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::open_postgres(url, opening).await
        } else {
            Err(OpenError::Url(url.to_owned()))
        }
    }

    async fn open_sqlite(path: &Path, opening: Opening) -> Result<Self, OpenError> {
        if path.as_os_str().is_empty() {
            return Err(OpenError::Url("sqlite:".to_owned()));
        }
        if !path.exists() {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            if folder.is_some_and(|folder| !folder.is_dir()) {
                return Err(OpenError::Folder(path.to_owned()));
            }
            if opening == Opening::Existing {
                return Err(OpenError::Missing(path.to_owned()));
            }
        }
        let refused = |reason: DbErr| OpenError::Refused { url: path.display().to_string(), reason: said(&reason) };
        let writer = sea_orm::Database::connect(sqlite_options(path, 1)).await.map_err(refused)?;
        let row =
            writer.query_one_raw(statement(DbBackend::Sqlite, "SELECT sqlite_version()")).await.map_err(refused)?;
        let version: String = row.map(|row| row.try_get_by_index(0)).transpose().map_err(refused)?.unwrap_or_default();
        if parse_version(&version).is_none_or(|version| version < OLDEST_SQLITE) {
            return Err(OpenError::OldSqlite(version));
        }
        Migrator::up(&writer, None).await.map_err(refused)?;
        let reader = sea_orm::Database::connect(sqlite_options(path, READERS)).await.map_err(refused)?;
        Ok(Self { writer, reader, file: Some(path.to_owned()) })
    }

    async fn open_postgres(url: &str, opening: Opening) -> Result<Self, OpenError> {
        let shown = without_password(url);
        let refused = |reason: DbErr| OpenError::Refused { url: shown.clone(), reason: said(&reason) };
        let mut owner = quiet(ConnectOptions::new(url));
        owner.max_connections(1);
        let owner = sea_orm::Database::connect(owner).await.map_err(refused)?;
        if opening == Opening::Existing && !has_schema(&owner).await.map_err(refused)? {
            return Err(OpenError::Empty(shown));
        }
        // Two nodes that start at once must not both make the schema.
        owner.execute_unprepared("SELECT pg_advisory_lock(7411)").await.map_err(refused)?;
        let migrated = Migrator::up(&owner, None).await;
        owner.execute_unprepared("SELECT pg_advisory_unlock(7411)").await.map_err(refused)?;
        migrated.map_err(refused)?;
        condition::show_migrations(&owner).await.map_err(refused)?;
        owner.close().await.map_err(refused)?;
        let connect = |connections| {
            let mut options = quiet(ConnectOptions::new(url));
            options.max_connections(connections);
            options.map_sqlx_postgres_opts(|options| options.options([("role", APPLICATION_ROLE)]));
            options
        };
        let writer = sea_orm::Database::connect(connect(2)).await.map_err(refused)?;
        let reader = sea_orm::Database::connect(connect(READERS)).await.map_err(refused)?;
        Ok(Self { writer, reader, file: None })
    }

    /// A connection for reading. Never used to write.
    pub const fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Begins a transaction for writing: immediate on SQLite, so that it waits for its turn instead of failing.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let sqlite_transaction_mode =
            (self.writer.get_database_backend() == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate);
        self.writer.begin_with_options(TransactionOptions { sqlite_transaction_mode, ..Default::default() }).await
    }

    /// Begins a transaction for reading, in which everything is seen as it stands at its first question.
    pub async fn begin_reading(&self) -> Result<DatabaseTransaction, DbErr> {
        let isolation_level =
            (self.reader.get_database_backend() == DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead);
        self.reader.begin_with_options(TransactionOptions { isolation_level, ..Default::default() }).await
    }

    /// The file of an embedded database.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Moves everything from the write-ahead log into the database and empties the log, which holds the order of arrival.
    pub async fn truncate_log(&self) -> Result<(), DbErr> {
        if self.file.is_some() {
            self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    /// Closes all connections.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        self.writer.close().await
    }
}

/// The file that a URL of an embedded database names.
pub fn sqlite_file(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(Path::new(path.split('?').next().unwrap_or(path)))
}

/// A statement without values.
fn statement(backend: DbBackend, sql: &str) -> sea_orm::Statement {
    sea_orm::Statement::from_string(backend, sql)
}

pub(super) fn sqlite_options(path: &Path, connections: u32) -> ConnectOptions {
    let mut options = quiet(ConnectOptions::new(format!("sqlite://{}?mode=rwc", path.display())));
    options.max_connections(connections).min_connections(1).test_before_acquire(false);
    options.map_sqlx_sqlite_opts(|options| {
        options
            .foreign_keys(true)
            .busy_timeout(WAIT_FOR_WRITER)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("secure_delete", "ON")
            .pragma("cache_size", "-32768")
    });
    options
}

/// sea-orm would write every statement, and with it every answer, to the log: not here.
pub(super) fn quiet(mut options: ConnectOptions) -> ConnectOptions {
    options.sqlx_logging(false).record_stmt_in_spans(false).acquire_timeout(Duration::from_secs(8));
    options
}

async fn has_schema(db: &DatabaseConnection) -> Result<bool, DbErr> {
    let sql = "SELECT to_regclass('public.installation') IS NOT NULL";
    let row = db.query_one_raw(statement(DbBackend::Postgres, sql)).await?;
    row.map_or(Ok(false), |row| row.try_get_by_index(0))
}

fn parse_version(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

/// What the database said, in one line.
pub(super) fn said(error: &DbErr) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A URL as it may be shown: without the password.
pub(super) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((credentials, host)) => {
            let user = credentials.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:…@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://u:p@ss@h/db"), "postgres://u:…@h/db");
        assert_eq!(without_password("postgres://h/db"), "postgres://h/db");
    }

    #[test]
    fn versions_compare_by_their_numbers() {
        assert!(parse_version("3.51.3").unwrap() >= OLDEST_SQLITE);
        assert!(parse_version("3.9.9").unwrap() < OLDEST_SQLITE);
        assert_eq!(parse_version("three"), None);
    }
}
