//! A backup that is being made when the day is sealed: every answer is in it once, and neither waits long for the other.

use std::time::Duration;

use sea_orm::DbBackend;
use thuocdo::collect::seal;
use thuocdo::store::schema::{OPEN_DAY, tables};
use thuocdo::store::{Database, Dump, Opening};
use thuocdo::words::Day;

use crate::world::databases;

const DAY: Day = Day(20_500);

/// Waits until a task has ended, and not for ever.
async fn ends<T>(task: &tokio::task::JoinHandle<T>) {
    for _ in 0..300 {
        if task.is_finished() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it waits");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_sealed_while_a_backup_is_read_is_in_it_once() {
    for world in databases().await {
        let edition = world.with_town().await;
        let forms: Vec<_> = (0..30).map(|name| world.form(&edition, name, DAY)).collect();
        world.stores(DAY, &forms).await;
        let is_postgres = world.db.reader().get_database_backend() == DbBackend::Postgres;
        let reader = Database::open(&world.url, Opening::Unchanged).await.unwrap();
        let mut dump = Dump::begin(&reader).await.unwrap();
        let tables = tables().unwrap();
        assert_eq!(tables.iter().take(OPEN_DAY.len()).map(|table| table.name.as_str()).collect::<Vec<_>>(), OPEN_DAY);
        // Answers are stored all the same.
        let late = world.form(&edition, 1_000, DAY);
        tokio::time::timeout(Duration::from_secs(5), world.stores(DAY, &[late]))
            .await
            .expect("nobody waits to be stored");
        let (db, province) = (world.db.clone(), world.province);
        let sealing = tokio::spawn(async move { seal::seal(&db, province, DAY, DAY.plus(1)).await.unwrap() });
        // On PostgreSQL sealing empties the open tables for everyone at once, so it waits until they have been read.
        if is_postgres {
            tokio::time::sleep(Duration::from_millis(500)).await;
            assert!(!sealing.is_finished(), "the open day was emptied under the reader");
        } else {
            ends(&sealing).await;
        }
        let mut found = 0;
        for table in &tables {
            if !OPEN_DAY.contains(&table.name.as_str()) {
                dump.let_day_be_sealed().await.unwrap();
            }
            if table.name == "response" {
                // Sealing does not wait for the end of the backup.
                ends(&sealing).await;
            }
            if ["response_open", "response"].contains(&table.name.as_str()) {
                let rows = dump.page(table, None, 1_000).await.unwrap();
                assert_eq!(rows.len(), if table.name == "response" { 0 } else { 30 }, "{}", table.name);
                assert_eq!(u64::try_from(rows.len()).unwrap(), dump.count(table).await.unwrap());
                found += rows.len();
            }
        }
        assert_eq!(found, 30, "as it stood when the backup began");
        let sealed = sealing.await.unwrap();
        assert_eq!(sealed.answers, 31);
        // The log of SQLite still serves the reader; when that has ended it can be emptied.
        assert_eq!(sealed.log_emptied, is_postgres);
        dump.end().await.unwrap();
        assert!(world.db.truncate_log().await.unwrap());
        if let Some(file) = world.db.file() {
            assert_eq!(std::fs::metadata(file.with_extension("db-wal")).unwrap().len(), 0);
        }
        reader.close().await.unwrap();
        world.close().await;
    }
}
