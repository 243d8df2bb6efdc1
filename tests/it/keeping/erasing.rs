//! An erased comment is gone, from the tables and from the files; its answer stays as it was.

use sea_orm::{ConnectionTrait, DbBackend};
use thuocdo::collect::{Outcome, seal};
use thuocdo::record::Receipt;
use thuocdo::words::{Day, Moment};

use super::sealed_hash;
use crate::program::Home;
use crate::proof::query;
use crate::world::{World, databases};

/// Words that stand nowhere else.
const SEALED: &str = "Chị Lan ở quầy năm nói rất to 739146";
const OPEN: &str = "Anh Tùng ở quầy sáu hút thuốc 739147";

/// A sealed and an open answer with a comment, and an open one without.
async fn receipts(world: &World) -> [Receipt; 3] {
    let edition = world.with_town().await;
    let today = Moment::now().day();
    let mut receipts = Vec::new();
    for (name, day, text) in [(1, today.plus(-1), Some(SEALED)), (2, today, Some(OPEN)), (3, today, None)] {
        let mut form = world.form(&edition, name, day);
        form.comment = text.map(str::to_owned);
        let outcomes = world.stores(day, &[form]).await;
        let Outcome::Stored(receipt) = outcomes[0] else { panic!("{outcomes:?}") };
        receipts.push(receipt);
        if name == 1 {
            seal::seal(&world.db, world.province, day, today).await.unwrap();
        }
    }
    receipts.try_into().unwrap()
}

/// Which of the words the files of the database hold.
async fn held(world: &World) -> Vec<&'static str> {
    let holds = |bytes: &[u8], words: &str| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    let mut bytes = Vec::new();
    if let Some(file) = world.db.file() {
        for end in ["db", "db-wal"] {
            bytes.extend(std::fs::read(file.with_extension(end)).unwrap_or_default());
        }
    } else {
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        owner.execute_unprepared("CHECKPOINT").await.unwrap();
        for table in ["comment", "comment_open"] {
            let sql = format!("SELECT pg_read_binary_file(pg_relation_filepath('{table}'))");
            for row in query(&owner, &sql).await {
                bytes.extend(row.try_get_by_index::<Vec<u8>>(0).unwrap());
            }
        }
        owner.close().await.unwrap();
    }
    [SEALED, OPEN].into_iter().filter(|words| holds(&bytes, words)).collect()
}

/// Whether the files of PostgreSQL may be read; only a superuser may.
async fn may_look(world: &World) -> bool {
    if world.db.file().is_some() {
        return true;
    }
    let owner = sea_orm::Database::connect(&world.url).await.unwrap();
    let rows = query(&owner, "SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER").await;
    owner.close().await.unwrap();
    let may = rows[0].try_get_by_index::<bool>(0).unwrap();
    if !may {
        println!("the files of PostgreSQL are not looked at: the user of TEST_DATABASE_URL is no superuser");
    }
    may
}

#[tokio::test]
async fn an_erased_comment_is_in_no_table_and_in_no_file_and_its_answer_stays() {
    for world in databases().await {
        let [sealed, open, silent] = receipts(&world).await;
        let home = Home::with(&world.url, &world.keys);
        // Beside a running server.
        let server = home.serve();
        let look = may_look(&world).await;
        if look {
            assert_eq!(held(&world).await, [SEALED, OPEN], "the test finds what is there");
        }
        let before = query(world.db.reader(), "SELECT leaf, comment_hash, salt FROM response ORDER BY leaf").await;
        for receipt in [sealed, open] {
            let told = home.does(&["erase-comment", &receipt.to_string()]);
            assert_eq!(told, format!("the comment of {receipt} is erased; its answer stays\n"));
            let told = home.does(&["erase-comment", &receipt.to_string().to_lowercase()]);
            let today = Moment::now().day().iso();
            assert_eq!(told, format!("the comment of {receipt} had been erased on {today} already\n"));
        }
        for table in ["comment", "comment_open"] {
            let sql = format!("SELECT text, salt, erased FROM {table}");
            let rows = query(world.db.reader(), &sql).await;
            assert_eq!(rows.len(), 1, "{table}");
            assert_eq!(rows[0].try_get_by_index::<Option<String>>(0).unwrap(), None);
            assert_eq!(rows[0].try_get_by_index::<Option<Vec<u8>>>(1).unwrap(), None);
            assert_eq!(Day(rows[0].try_get_by_index::<i32>(2).unwrap()), Moment::now().day());
        }
        if look {
            assert_eq!(held(&world).await, [""; 0], "nothing is left in the files");
        }
        let after = query(world.db.reader(), "SELECT leaf, comment_hash, salt FROM response ORDER BY leaf").await;
        for (row, now) in before.iter().zip(&after) {
            for at in 0..3 {
                let read = |row: &sea_orm::QueryResult| row.try_get_by_index::<Option<Vec<u8>>>(at).unwrap();
                assert_eq!(read(row), read(now));
            }
        }
        // The act is in the log, twice and not four times, and says nothing of what was said.
        let acts =
            query(world.db.reader(), "SELECT object FROM staff_log WHERE act = 'erase comment' ORDER BY seq").await;
        let objects: Vec<String> = acts.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert_eq!(objects.len(), 2, "{objects:?}");
        for object in &objects {
            assert!(object.starts_with("of a form of 20"), "{object}");
            assert!(!object.contains("739"), "{object}");
        }
        let refused = |code: &str| home.run(&["erase-comment", code]).err;
        assert!(refused(&silent.to_string()).contains("has no comment"), "{}", refused(&silent.to_string()));
        let unknown = Receipt::of(Moment::now().day(), &thuocdo::record::Leaf([9; 32])).to_string();
        assert!(refused(&unknown).contains("there is no answer with the receipt"), "{}", refused(&unknown));
        assert!(refused("ABC").contains("is no receipt"));
        let text = sealed.to_string();
        let mistyped = format!("{}{}", &text[..text.len() - 1], if text.ends_with('0') { '1' } else { '0' });
        assert!(refused(&mistyped).contains("one character"), "{}", refused(&mistyped));
        assert_eq!(server.stop(), Some(0), "{}", home.server_log());
        // It does not stand in the way of sealing, and a backup of it holds nothing either.
        let today = Moment::now().day();
        seal::seal(&world.db, world.province, today, today.plus(1)).await.unwrap();
        assert_eq!(world.rows("comment").await, 2);
        sealed_hash(&world.db).await;
        world.close().await;
    }
}

#[tokio::test]
async fn while_somebody_still_reads_what_was_there_the_operator_is_told_to_come_again() {
    for world in databases().await {
        let [sealed, ..] = receipts(&world).await;
        let home = Home::with(&world.url, &world.keys);
        let reading = world.db.begin_reading().await.unwrap();
        query(&reading, "SELECT COUNT(*) FROM comment").await;
        let ended = home.run(&["erase-comment", &sealed.to_string()]);
        assert_eq!(ended.code, Some(1));
        assert!(ended.err.contains("run the command again"), "{}", ended.err);
        reading.rollback().await.unwrap();
        assert!(home.does(&["erase-comment", &sealed.to_string()]).contains("already"));
        if may_look(&world).await {
            assert_eq!(held(&world).await, [OPEN]);
        }
        let backend = world.db.reader().get_database_backend();
        assert!(matches!(backend, DbBackend::Sqlite | DbBackend::Postgres));
        world.close().await;
    }
}
