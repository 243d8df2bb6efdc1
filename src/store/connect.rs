//! Opening a database: one URL decides between SQLite and PostgreSQL.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use migration::APPLICATION_ROLE;
use sea_orm::sqlx::Connection;
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use super::condition;
use super::migrate::{self, SchemaFault};

/// Older versions can lose committed writes when a checkpoint and a write meet (fixed in 3.51.3).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// How long a second writer waits before it is refused.
const WAIT_FOR_WRITER: Duration = Duration::from_secs(10);
/// How long the emptying of the write-ahead log waits for readers; it is tried again later.
const WAIT_FOR_READERS: Duration = Duration::from_millis(300);
/// How long a first connection waits before it tries again to make a new file its kind of database.
const BETWEEN_TRIES: Duration = Duration::from_millis(20);
/// Connections for reading.
const READERS: u32 = 4;

/// Whether a missing database may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Make it if it is missing.
    Create,
    /// It has to be there; its schema is brought up to date.
    Existing,
    /// It has to be there with the present schema: nothing is changed.
    Unchanged,
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
    /// A later version of the program made it what it is.
    #[error(
        "database: {url} was brought up to date by a newer version of thuocdo (it knows “{step}”, this version {version} \
         does not); run that version, or restore a backup made before the upgrade"
    )]
    Newer {
        /// URL without its password.
        url: String,
        /// The first step this program does not know.
        step: String,
        /// This program's version.
        version: &'static str,
    },
    /// An earlier version of the program made it.
    #[error(
        "database: {0} was made by an earlier version of thuocdo and is not changed by this command; run it with that \
         version, or start this one once to bring the database up to date"
    )]
    Older(String),
    /// Another process is writing.
    #[error("database: another process is writing to {0}, or brings it up to date; try again when it is done")]
    Busy(String),
    /// Something is there already.
    #[error(
        "database: {0} is not empty, and a backup is restored into an empty database only; name a database that does not \
         exist yet with --database, or move this one away"
    )]
    Taken(String),
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
    url: String,
}

impl Database {
    /// Opens the database and brings its schema up to date.
    pub async fn open(url: &str, opening: Opening) -> Result<Self, OpenError> {
        match Place::of(url)? {
            Place::File(path) => Self::open_sqlite(path, opening).await,
            Place::Server(url) => Self::open_postgres(url, opening).await,
        }
    }

    async fn open_sqlite(path: &Path, opening: Opening) -> Result<Self, OpenError> {
        check_file(path, opening)?;
        let shown = path.display().to_string();
        let refused = |reason: DbErr| refusal(&shown, &reason);
        let writer = connect_sqlite(path, 1).await?;
        check_schema(&writer, opening).await.map_err(|fault| told(&shown, fault))?;
        let reader = sea_orm::Database::connect(sqlite_options(path, READERS)).await.map_err(refused)?;
        Ok(Self { writer, reader, file: Some(path.to_owned()), url: shown })
    }

    async fn open_postgres(url: &str, opening: Opening) -> Result<Self, OpenError> {
        let shown = without_password(url);
        let refused = |reason: DbErr| refusal(&shown, &reason);
        let owner = connect_owner(url).await.map_err(refused)?;
        check_schema(&owner, opening).await.map_err(|fault| told(&shown, fault))?;
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
        Ok(Self { writer, reader, file: None, url: url.to_owned() })
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
    /// False if somebody else was reading: the log is still there, and has to be emptied later. Nobody waits for it long.
    pub async fn truncate_log(&self) -> Result<bool, DbErr> {
        let Some(file) = &self.file else { return Ok(true) };
        let mut options = sqlite_options(file, 1);
        options.map_sqlx_sqlite_opts(|options| options.busy_timeout(WAIT_FOR_READERS));
        let own = sea_orm::Database::connect(options).await?;
        let row = own.query_one_raw(statement(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)")).await;
        own.close().await?;
        let busy: i32 = row?.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(1);
        Ok(busy == 0)
    }

    /// A connection of the tables' owner; none for an embedded database, which has no owners.
    pub(super) async fn owner(&self) -> Result<Option<DatabaseConnection>, DbErr> {
        if self.file.is_some() { Ok(None) } else { connect_owner(&self.url).await.map(Some) }
    }

    /// Closes all connections.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        self.writer.close().await
    }
}

/// Where a URL leads.
pub(super) enum Place<'a> {
    /// To a file of SQLite.
    File(&'a Path),
    /// To a server of PostgreSQL.
    Server(&'a str),
}

impl<'a> Place<'a> {
    pub(super) fn of(url: &'a str) -> Result<Self, OpenError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            let path = path.split('?').next().unwrap_or(path);
            if !path.is_empty() {
                return Ok(Self::File(Path::new(path)));
            }
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Server(url));
        }
        Err(OpenError::Url(url.to_owned()))
    }
}

/// The file of an embedded database that a URL names.
pub fn file_of(url: &str) -> Option<&Path> {
    match Place::of(url) {
        Ok(Place::File(path)) => Some(path),
        _ => None,
    }
}

/// The file is there, or may be made where it should be.
pub(super) fn check_file(path: &Path, opening: Opening) -> Result<(), OpenError> {
    if !path.exists() {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            return Err(OpenError::Folder(path.to_owned()));
        }
        if opening != Opening::Create {
            return Err(OpenError::Missing(path.to_owned()));
        }
    }
    Ok(())
}

/// Opens a file of SQLite, with a version of SQLite that loses nothing.
pub(super) async fn connect_sqlite(path: &Path, connections: u32) -> Result<DatabaseConnection, OpenError> {
    let refused = |reason: DbErr| refusal(&path.display().to_string(), &reason);
    let connection = connect_in_turn(path, connections).await.map_err(refused)?;
    let row = connection.query_one_raw(statement(DbBackend::Sqlite, "SELECT sqlite_version()")).await;
    let row = row.map_err(refused)?;
    let version: String = row.map(|row| row.try_get_by_index(0)).transpose().map_err(refused)?.unwrap_or_default();
    if parse_version(&version).is_none_or(|version| version < OLDEST_SQLITE) {
        return Err(OpenError::OldSqlite(version));
    }
    Ok(connection)
}

/// Connects to a file whose journal somebody else may be switching over at this moment. SQLite reads the file before it
/// switches, and whoever has read is refused at once instead of waiting for the writer, since two of them would wait for
/// each other. Whoever tries again finds it switched.
async fn connect_in_turn(path: &Path, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let until = Instant::now() + WAIT_FOR_WRITER;
    loop {
        match sea_orm::Database::connect(sqlite_options(path, connections)).await {
            Err(reason) if is_locked(&said(&reason)) && Instant::now() < until => {
                tokio::time::sleep(BETWEEN_TRIES).await;
            }
            came => return came,
        }
    }
}

/// Whether SQLite said that somebody else is writing.
fn is_locked(reason: &str) -> bool {
    reason.contains("database is locked")
}

/// Connects to PostgreSQL as the user of the URL, who owns the tables.
pub(super) async fn connect_owner(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = quiet(ConnectOptions::new(url));
    options.max_connections(1);
    sea_orm::Database::connect(options).await
}

async fn check_schema(owner: &DatabaseConnection, opening: Opening) -> Result<(), SchemaFault> {
    match (opening, migrate::is_present(owner).await) {
        (_, Ok(())) => Ok(()),
        (Opening::Create, Err(SchemaFault::Missing))
        | (Opening::Create | Opening::Existing, Err(SchemaFault::Older)) => migrate::bring_up(owner).await,
        // A file without a schema may be one that was made and not filled: it is what a first start leaves when it fails.
        (Opening::Existing, Err(SchemaFault::Missing)) if owner.get_database_backend() == DbBackend::Sqlite => {
            migrate::bring_up(owner).await
        }
        (_, Err(fault)) => Err(fault),
    }
}

/// The sentence for the operator.
pub(super) fn told(url: &str, fault: SchemaFault) -> OpenError {
    let url = url.to_owned();
    match fault {
        SchemaFault::Newer(step) => OpenError::Newer { url, step, version: env!("CARGO_PKG_VERSION") },
        SchemaFault::Older => OpenError::Older(url),
        SchemaFault::Missing => OpenError::Empty(url),
        SchemaFault::Database(reason) => refusal(&url, &reason),
    }
}

/// Why a database refused to be opened.
pub(super) fn refusal(url: &str, reason: &DbErr) -> OpenError {
    let reason = said(reason);
    if is_locked(&reason) {
        return OpenError::Busy(url.to_owned());
    }
    OpenError::Refused { url: url.to_owned(), reason }
}

/// A statement without values.
fn statement(backend: DbBackend, sql: &str) -> sea_orm::Statement {
    sea_orm::Statement::from_string(backend, sql)
}

/// Every commit is flushed to the disk before anybody is thanked.
#[cfg(not(debug_assertions))]
const fn synchronous() -> &'static str {
    "FULL"
}

/// The same, but that the programme of power cuts may ask for less, to show that it would find what is lost then. Builds
/// that are given to anybody do not know the name.
#[cfg(debug_assertions)]
fn synchronous() -> &'static str {
    #[expect(clippy::disallowed_methods, reason = "no setting: it exists in builds for tests alone")]
    let asked = std::env::var("POWER_SYNCHRONOUS");
    if asked.as_deref() == Ok("NORMAL") { "NORMAL" } else { "FULL" }
}

pub(super) fn sqlite_options(path: &Path, connections: u32) -> ConnectOptions {
    let mut options = quiet(ConnectOptions::new(format!("sqlite://{}?mode=rwc", path.display())));
    options.max_connections(connections).min_connections(1).test_before_acquire(false);
    options.map_sqlx_sqlite_opts(|options| {
        options
            .foreign_keys(true)
            .busy_timeout(WAIT_FOR_WRITER)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", synchronous())
            .pragma("secure_delete", "ON")
            .pragma("cache_size", "-32768")
    });
    // A COMMIT that fails ends the transaction in SQLite, while the driver goes on counting it: what is begun next on such a
    // connection is a savepoint of nothing, and its "commit" writes nothing to the disk. So the connection is given up.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
    });
    options
}

/// sea-orm would write every statement, and with it every answer, to the log: not here.
pub(super) fn quiet(mut options: ConnectOptions) -> ConnectOptions {
    options.sqlx_logging(false).record_stmt_in_spans(false).acquire_timeout(Duration::from_secs(8));
    options
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
