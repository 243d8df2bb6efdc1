//! The schema is brought up to date once, whoever starts at the same time, and a newer one is left alone.

use futures_util::future::join_all;
use sea_orm::ConnectionTrait;
use thuocdo::store::{Database, OpenError, Opening, schema_steps};

use crate::program::Home;
use crate::proof::query;
use crate::world::{Empty, databases, empty_databases};

/// Programs that start at once.
const AT_ONCE: usize = 6;

async fn steps(empty: &Empty) -> Vec<String> {
    let owner = sea_orm::Database::connect(&empty.url).await.unwrap();
    let rows = query(&owner, "SELECT version FROM seaql_migrations ORDER BY version").await;
    owner.close().await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_that_start_at_once_on_a_new_database_migrate_it_once() {
    for _ in 0..5 {
        for empty in empty_databases().await {
            let opened = join_all((0..AT_ONCE).map(|_| {
                let url = empty.url.clone();
                tokio::spawn(async move { Database::open(&url, Opening::Create).await })
            }));
            for opened in opened.await {
                opened.unwrap().unwrap().close().await.unwrap();
            }
            assert_eq!(steps(&empty).await, schema_steps());
            empty.remove().await;
        }
    }
}

#[tokio::test]
async fn processes_that_start_at_once_all_find_one_installation() {
    for empty in empty_databases().await {
        let home = Home::empty();
        let units = home.path().join("units.csv");
        std::fs::write(&units, "code,name,kind,parent\nP,Tỉnh Thử,province,\n").unwrap();
        let processes: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let mut command = home.command(&["import", "units", "units.csv"]);
                command.env("THUOCDO_DATABASE", &empty.url).spawn().unwrap()
            })
            .collect();
        for process in processes {
            let output = process.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(steps(&empty).await, schema_steps());
        let owner = sea_orm::Database::connect(&empty.url).await.unwrap();
        for (table, rows) in [("installation", 1), ("unit", 1), ("staff_log", 6)] {
            let found = query(&owner, &format!("SELECT COUNT(*) FROM {table}")).await;
            assert_eq!(found[0].try_get_by_index::<i64>(0).unwrap(), rows, "{table}");
        }
        owner.close().await.unwrap();
        empty.remove().await;
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_in_one_sentence_and_left_alone() {
    for world in databases().await {
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m0999_later', 0)";
        owner.execute_unprepared(later).await.unwrap();
        for opening in [Opening::Create, Opening::Existing, Opening::Unchanged] {
            match Database::open(&world.url, opening).await {
                Err(OpenError::Newer { step, .. }) => assert_eq!(step, "m0999_later"),
                other => panic!("{other:?}"),
            }
        }
        let home = Home::with(&world.url, &world.keys);
        for command in [&["serve"][..], &["point", "list"], &["backup", "b"], &["seal"]] {
            let ended = home.run(command);
            assert_eq!(ended.code, Some(1));
            assert!(ended.err.contains("was brought up to date by a newer version of thuocdo"), "{}", ended.err);
            assert!(ended.err.contains("“m0999_later”") && !ended.err.trim_end().contains('\n'), "{}", ended.err);
        }
        owner.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn a_database_of_an_earlier_version_is_brought_up_to_date_but_not_by_a_backup() {
    for world in databases().await {
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        // The last step gives rights only, and may be taken again.
        owner.execute_unprepared("DELETE FROM seaql_migrations WHERE version = 'm0006_rights'").await.unwrap();
        assert!(matches!(Database::open(&world.url, Opening::Unchanged).await, Err(OpenError::Older(_))));
        Database::open(&world.url, Opening::Existing).await.unwrap().close().await.unwrap();
        Database::open(&world.url, Opening::Unchanged).await.unwrap().close().await.unwrap();
        owner.close().await.unwrap();
        world.close().await;
    }
}
