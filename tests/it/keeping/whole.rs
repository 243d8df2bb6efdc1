//! Everything that is in the database is in the backup, and everything that is in the backup is in the restored database.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;

use sea_orm::DbBackend;
use thuocdo::backup::{self, Header, Progress, Reader};
use thuocdo::registry::Snapshot;
use thuocdo::store::schema::{Datum, NOT_KEPT};
use thuocdo::store::{ConnectionTrait, Database, Opening};
use thuocdo::words::Moment;

use super::{save, sealed_hash};
use crate::proof::query;
use crate::world::{databases, empty_databases};

/// Every row of a file, by table.
fn rows(file: &std::path::Path) -> (Header, BTreeMap<String, Vec<Vec<Datum>>>) {
    let mut reader = Reader::open(BufReader::new(File::open(file).unwrap())).unwrap();
    let header = reader.header().clone();
    let mut tables: BTreeMap<String, Vec<Vec<Datum>>> = BTreeMap::new();
    while let Some((table, rows)) = reader.next_rows().unwrap() {
        tables.entry(table.name.clone()).or_default().extend(rows);
    }
    (header, tables)
}

/// The tables and columns of a database as it tells them itself, keys first to last; nothing of this is taken from the program.
async fn catalogue(owner: &impl ConnectionTrait) -> BTreeMap<String, (Vec<String>, Vec<String>)> {
    let sql = match owner.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT c.table_name::text, c.column_name::text,
                    COALESCE((SELECT k.ordinal_position FROM information_schema.key_column_usage k
                              JOIN information_schema.table_constraints t USING (constraint_schema, constraint_name, table_name)
                              WHERE t.constraint_type = 'PRIMARY KEY' AND k.table_schema = 'public'
                                AND k.table_name = c.table_name AND k.column_name = c.column_name), 0)::int
             FROM information_schema.columns c WHERE c.table_schema = 'public'"
        }
        _ => {
            "SELECT t.name, c.name, CAST(c.pk AS INTEGER) FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_'"
        }
    };
    let mut tables: BTreeMap<String, (Vec<String>, BTreeMap<i32, String>)> = BTreeMap::new();
    for row in query(owner, sql).await {
        let (table, column): (String, String) = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        let (columns, key) = tables.entry(table).or_default();
        let place: i32 = row.try_get_by_index(2).unwrap();
        if place > 0 {
            key.insert(place, column.clone());
        }
        columns.push(column);
        columns.sort_unstable();
    }
    let plain = |(columns, key): (Vec<String>, BTreeMap<i32, String>)| (columns, key.into_values().collect());
    tables.into_iter().map(|(table, found)| (table, plain(found))).collect()
}

#[tokio::test]
async fn every_table_column_and_key_of_the_database_itself_is_in_the_backup() {
    for world in databases().await {
        let folder = tempfile::tempdir().unwrap();
        world.with_everything(400, 30).await;
        let saved = world.saves(&folder.path().join("b")).await;
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        let mut stored = catalogue(&owner).await;
        owner.close().await.unwrap();
        // What the schema went through stands in the header.
        assert!(stored.remove("seaql_migrations").is_some());
        assert!(stored.len() > 25, "{stored:?}");
        let in_file: BTreeMap<String, (Vec<String>, Vec<String>)> = saved
            .header
            .tables
            .iter()
            .map(|table| {
                let mut columns: Vec<String> = table.columns.iter().map(|(name, _, _)| name.clone()).collect();
                columns.sort_unstable();
                (table.name.clone(), (columns, table.key.clone()))
            })
            .collect();
        assert_eq!(in_file, stored);
        for table in &saved.header.tables {
            let stored = world.rows(&table.name).await;
            // Where somebody can be reached does not outlive the sending of a link.
            let kept = if NOT_KEPT.contains(&table.name.as_str()) { 0 } else { stored };
            assert_eq!(i64::try_from(table.rows).unwrap(), kept, "{}", table.name);
            assert!(stored > 0, "{} has rows in this test, or it shows nothing", table.name);
        }
        world.close().await;
    }
}

#[tokio::test]
async fn a_backup_from_either_database_restores_into_either_with_every_row_as_it_was() {
    for world in databases().await {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("b");
        world.with_everything(700, 40).await;
        let saved = world.saves(&file).await;
        let (_, before) = rows(&file);
        for empty in empty_databases().await {
            let now = Moment::now();
            let restored = backup::restore(&empty.url, &file, world.province, now, &Progress::default()).await.unwrap();
            assert_eq!((restored.digest, &restored.header), (saved.digest, &saved.header));
            let db = Database::open(&empty.url, Opening::Unchanged).await.unwrap();
            assert_eq!(sealed_hash(&db).await, sealed_hash(&world.db).await);
            let again = folder.path().join(format!("again-{:?}", db.reader().get_database_backend()));
            save(&db, &again).await;
            let (_, mut after) = rows(&again);
            // The act of restoring is the last one of the staff log; everything else is the same, row by row.
            let log = after.get_mut("staff_log").unwrap();
            let last = log.pop().unwrap();
            assert!(last.contains(&Datum::Text("restore".to_owned())), "{last:?}");
            let head = after.insert("staff_log_head".to_owned(), before["staff_log_head"].clone()).unwrap();
            assert!(head[0].iter().all(|datum| last.contains(datum)), "its head is the last one: {head:?}");
            assert_eq!(before, after);
            let chain = thuocdo::staff::log::verify(&db, world.province, None).await.unwrap();
            assert!(chain.broken.is_none() && chain.good.seq > 1, "{chain:?}");
            let snapshot = Snapshot::load(&db, world.province).await.unwrap();
            assert_eq!(snapshot.directory.points().len(), world.snapshot().await.directory.points().len());
            db.close().await.unwrap();
            empty.remove().await;
        }
        world.close().await;
    }
}

#[tokio::test]
async fn the_same_answers_make_the_same_file_whichever_came_first_and_whichever_database_holds_them() {
    let mut files = Vec::new();
    let folder = tempfile::tempdir().unwrap();
    for is_reversed in [false, true] {
        for world in databases().await {
            let edition = world.with_town().await;
            for (day, is_sealed) in [(super::Day(20_500), true), (super::Day(20_501), false)] {
                let mut forms: Vec<_> = (0..40)
                    .map(|name| {
                        let mut form = world.form(&edition, 100 * name + u64::from(is_sealed), day);
                        form.comment = (name % 3 == 0).then(|| format!("Góp ý {name}"));
                        form
                    })
                    .collect();
                // All at once, or the last first and one by one.
                if is_reversed {
                    forms.reverse();
                }
                for some in forms.chunks(if is_reversed { 1 } else { 40 }) {
                    world.stores(day, some).await;
                }
                if is_sealed {
                    thuocdo::collect::seal::seal(&world.db, world.province, day, day.plus(1)).await.unwrap();
                }
            }
            let file = folder.path().join(format!("b{}", files.len()));
            world.saves(&file).await;
            files.push(std::fs::read(&file).unwrap());
            world.close().await;
        }
    }
    assert!(files.windows(2).all(|pair| pair[0] == pair[1]), "the file tells one history from another");
}

#[tokio::test]
async fn a_restored_database_keeps_what_is_appended_and_still_knows_what_was_sent() {
    let mut worlds = databases().await;
    let world = worlds.remove(0);
    for other in worlds {
        other.close().await;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("b");
    let edition = world.with_town().await;
    let day = Moment::now().day();
    let form = world.form(&edition, 1, day);
    let first = world.stores(day, std::slice::from_ref(&form)).await;
    world.saves(&file).await;
    for empty in empty_databases().await {
        backup::restore(&empty.url, &file, world.province, Moment::now(), &Progress::default()).await.unwrap();
        let db = Database::open(&empty.url, Opening::Existing).await.unwrap();
        let tx = db.begin().await.unwrap();
        let again =
            thuocdo::collect::storing::store(&tx, world.province, &world.keys, day, std::slice::from_ref(&form))
                .await
                .unwrap();
        tx.commit().await.unwrap();
        let (thuocdo::collect::Outcome::Stored(receipt), thuocdo::collect::Outcome::Again(same)) = (first[0], again[0])
        else {
            panic!("{first:?} {again:?}")
        };
        assert_eq!(receipt, same);
        let owner = sea_orm::Database::connect(&empty.url).await.unwrap();
        for sql in ["UPDATE response_open SET point = 12", "DELETE FROM response_open"] {
            let refused = owner.execute_unprepared(sql).await.unwrap_err().to_string();
            assert!(refused.contains("append-only") || refused.contains("only when it is sealed"), "{refused}");
            let tx = db.begin().await.unwrap();
            assert!(tx.execute_unprepared(sql).await.is_err(), "the program is refused, too: {sql}");
            tx.rollback().await.unwrap();
        }
        if owner.get_database_backend() == DbBackend::Postgres {
            let tx = db.begin().await.unwrap();
            let refused = tx.execute_unprepared("SELECT ctid FROM response_open").await.unwrap_err().to_string();
            assert!(refused.contains("permission denied"), "{refused}");
            tx.rollback().await.unwrap();
        }
        owner.close().await.unwrap();
        thuocdo::collect::seal::seal(&db, world.province, day, day.plus(1)).await.unwrap();
        db.close().await.unwrap();
        empty.remove().await;
    }
    world.close().await;
}
