//! Reading a whole database as it stands at one moment, table by table in key order, while answers keep coming in.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Value};

use super::answers::share_open_day;
use super::connect::Database;
use super::rows::{all, one, placeholders};
use super::schema::{Datum, Table, quoted};
use crate::words::{Day, Province};

/// Everything at one moment. On PostgreSQL it reads as the program's own role, which cannot see where a row lies.
#[derive(Debug)]
pub struct Dump {
    tx: DatabaseTransaction,
    /// Keeps the day from being sealed while the open tables are read; PostgreSQL only.
    open_day: Option<DatabaseTransaction>,
}

impl Dump {
    /// Begins.
    ///
    /// Sealing empties the open tables of PostgreSQL by TRUNCATE, which older snapshots see at once: an answer would be in
    /// neither table. So the snapshot is taken, and the open tables are read, while sealing waits. Answers do not wait.
    pub async fn begin(db: &Database) -> Result<Self, DbErr> {
        let postgres = db.reader().get_database_backend() == DbBackend::Postgres;
        let open_day = if postgres {
            let turn = db.begin().await?;
            share_open_day(&turn).await?;
            Some(turn)
        } else {
            None
        };
        let tx = db.begin_reading().await?;
        // The first question fixes what is seen (SQLite: the first of a table); locks taken after it go with the savepoint.
        tx.execute_unprepared(if postgres { "SELECT 1" } else { "SELECT 1 FROM sqlite_schema LIMIT 1" }).await?;
        if postgres {
            tx.execute_unprepared("SAVEPOINT open_day").await?;
        }
        Ok(Self { tx, open_day })
    }

    /// The open tables have been read: from now on the day may be sealed, and no lock of this reading stands in the way.
    pub async fn let_day_be_sealed(&mut self) -> Result<(), DbErr> {
        if let Some(turn) = self.open_day.take() {
            self.tx.execute_unprepared("ROLLBACK TO SAVEPOINT open_day").await?;
            turn.rollback().await?;
        }
        Ok(())
    }

    /// What is seen at that moment, for questions of any kind.
    pub const fn seen(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Number of rows of a table.
    pub async fn count(&self, table: &Table) -> Result<u64, DbErr> {
        let sql = format!("SELECT COUNT(*) FROM {}", quoted(&table.name));
        let count = one(&self.tx, sql, [], |row| row.get::<i64>(0)).await?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
    }

    /// The next rows of a table in key order, after the one with this key; at most `limit`.
    pub async fn page(&self, table: &Table, after: Option<&[Datum]>, limit: usize) -> Result<Vec<Vec<Datum>>, DbErr> {
        let backend = self.tx.get_database_backend();
        let columns = table.quoted(0..table.columns.len()).join(", ");
        let key = table.quoted(table.key.iter().copied()).join(", ");
        let mut values: Vec<Value> = Vec::with_capacity(table.key.len());
        let later = if let Some(after) = after {
            for (at, datum) in table.key.iter().zip(after) {
                let kind = table.columns.get(*at).map(|column| column.kind);
                values
                    .push(datum.clone().bound(kind.ok_or_else(|| DbErr::Type("a key column is missing".to_owned()))?)?);
            }
            format!("WHERE ({key}) > {}", placeholders(backend, 1, table.key.len()))
        } else {
            String::new()
        };
        let sql = format!("SELECT {columns} FROM {} {later} ORDER BY {key} LIMIT {limit}", quoted(&table.name));
        all(&self.tx, sql, values, |row| {
            table.columns.iter().enumerate().map(|(at, column)| Datum::read(row, at, column.kind)).collect()
        })
        .await
    }

    /// The provinces of the database: whether each is simulated, and the last sealed day.
    pub async fn provinces(&self) -> Result<Vec<(Province, bool, Option<Day>)>, DbErr> {
        let sql = "SELECT p, simulated, sealed_through FROM installation ORDER BY p";
        all(&self.tx, sql, [], |row| Ok((Province(row.get(0)?), row.get(1)?, row.get::<Option<i32>>(2)?.map(Day))))
            .await
    }

    /// Ends the reading.
    pub async fn end(mut self) -> Result<(), DbErr> {
        self.let_day_be_sealed().await?;
        self.tx.rollback().await
    }
}
