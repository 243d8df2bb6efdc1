//! Filling an empty database in one transaction: everything is there when it commits, and nothing if it does not.

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr};

use super::connect::{OpenError, Opening, Place, check_file, connect_owner, connect_sqlite, refusal, without_password};
use super::migrate;
use super::rows::{insert_wide, one};
use super::schema::{self, Datum, Table, quoted};

/// A database that is being filled. Its tables are written as their owner, the only one who may make them; the triggers and
/// rights they are made with hold from the first row on.
#[derive(Debug)]
pub struct Restoring {
    connection: DatabaseConnection,
    tx: DatabaseTransaction,
    is_new_file: Option<std::path::PathBuf>,
}

impl Restoring {
    /// Begins with an empty database and takes the first `steps` steps of the schema.
    pub async fn begin(url: &str, steps: usize) -> Result<Self, OpenError> {
        let place = Place::of(url)?;
        let (shown, connection, is_new_file) = match place {
            Place::File(path) => {
                check_file(path, Opening::Create)?;
                let is_new = (!path.exists()).then(|| path.to_owned());
                (path.display().to_string(), connect_sqlite(path, 1).await?, is_new)
            }
            Place::Server(url) => {
                let shown = without_password(url);
                let owner = connect_owner(url).await.map_err(|reason| refusal(&shown, &reason))?;
                (shown, owner, None)
            }
        };
        let refused = |reason: DbErr| refusal(&shown, &reason);
        let tx = migrate::begin_alone(&connection).await.map_err(refused)?;
        if !is_empty(&tx).await.map_err(refused)? {
            return Err(OpenError::Taken(shown));
        }
        migrate::take(&tx, Some(steps)).await.map_err(refused)?;
        Ok(Self { connection, tx, is_new_file })
    }

    /// The tables as the steps have made them.
    pub async fn tables(&self) -> Result<Vec<Table>, DbErr> {
        schema::stored(&self.tx).await
    }

    /// Inserts rows; each has a value for every column.
    pub async fn put(&self, table: &Table, rows: Vec<Vec<Datum>>) -> Result<(), DbErr> {
        let columns = table.quoted(0..table.columns.len());
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let mut bound = Vec::with_capacity(rows.len());
        for row in rows {
            let values = row.into_iter().zip(&table.columns).map(|(datum, column)| datum.bound(column.kind));
            bound.push(values.collect::<Result<Vec<_>, DbErr>>()?);
        }
        insert_wide(&self.tx, &quoted(&table.name), &columns, "", bound.into_iter()).await
    }

    /// Takes the steps of the schema that are missing.
    pub async fn bring_up(&self) -> Result<(), DbErr> {
        migrate::take(&self.tx, None).await
    }

    /// The transaction, for what is written beside the tables.
    pub const fn transaction(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Commits everything.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.tx.commit().await?;
        let backend = self.connection.get_database_backend();
        // So much was written at once that the planner would know nothing of it; and the log has served its time.
        let tidy = if backend == DbBackend::Postgres { "ANALYZE" } else { "PRAGMA wal_checkpoint(TRUNCATE)" };
        self.connection.execute_unprepared(tidy).await?;
        self.connection.close().await
    }

    /// Takes everything back; a file that was not there before is removed.
    pub async fn abandon(self) -> Result<(), DbErr> {
        self.tx.rollback().await?;
        self.connection.close().await?;
        if let Some(file) = self.is_new_file {
            for end in ["", "-wal", "-shm"] {
                let mut name = file.as_os_str().to_owned();
                name.push(end);
                // What is not there needs no removing.
                let _ = std::fs::remove_file(name);
            }
        }
        Ok(())
    }
}

/// Whether none of our tables is there; an embedded database belongs to us alone and has to hold nothing at all.
async fn is_empty(tx: &DatabaseTransaction) -> Result<bool, DbErr> {
    let sql = match tx.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT 1 WHERE to_regclass('public.seaql_migrations') IS NOT NULL
                OR to_regclass('public.installation') IS NOT NULL OR to_regclass('public.response') IS NOT NULL"
        }
        _ => "SELECT 1 FROM sqlite_schema LIMIT 1",
    };
    Ok(one(tx, sql, [], |row| row.get::<i32>(0)).await?.is_none())
}
