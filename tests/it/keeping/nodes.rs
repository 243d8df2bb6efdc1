//! Several nodes on one PostgreSQL: what they store and seal together is what one would have stored and sealed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use sea_orm::DbBackend;
use thuocdo::backup::Reader;
use thuocdo::collect::{Intake, Outcome, Submission, seal};
use thuocdo::store::schema::Datum;
use thuocdo::store::{Database, Opening};
use thuocdo::words::{Day, Moment, PointId};

use crate::kill::cells_are_the_sum_of_the_answers;
use crate::program::Home;
use crate::program::form::OpenForm;
use crate::world::{World, databases};

const DAYS: i32 = 6;
/// Answers of a day.
const A_DAY: u64 = 400;
/// Points of the town.
const POINTS: [i32; 4] = [11, 12, 13, 15];

/// A world of its own on SQLite and one on PostgreSQL; nothing without a server.
async fn both() -> Option<(World, World)> {
    let mut worlds = databases().await;
    let Some(shared) = worlds.iter().position(|world| world.db.reader().get_database_backend() == DbBackend::Postgres)
    else {
        for world in worlds {
            world.close().await;
        }
        return None;
    };
    let shared = worlds.remove(shared);
    Some((worlds.remove(0), shared))
}

/// The forms of a day.
async fn forms(world: &World, day: Day) -> Vec<Submission> {
    let snapshot = world.snapshot().await;
    let edition = snapshot.editions.in_force("counter", day).unwrap();
    (0..A_DAY)
        .map(|at| {
            let mut form = world.form(edition, u64::try_from(day.0).unwrap() * 1_000 + at, day);
            form.day = Some(day);
            form.point = PointId(POINTS[usize::try_from(at % 4).unwrap()]);
            form.comment = (at % 7 == 0).then(|| format!("Góp ý {at}"));
            form
        })
        .collect()
}

/// Every row of a world but the staff log, by table.
async fn rows(world: &World) -> BTreeMap<String, Vec<Vec<Datum>>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("b");
    world.saves(&file).await;
    let mut reader = Reader::open(BufReader::new(File::open(&file).unwrap())).unwrap();
    let mut tables: BTreeMap<String, Vec<Vec<Datum>>> = BTreeMap::new();
    while let Some((table, rows)) = reader.next_rows().unwrap() {
        tables.entry(table.name.clone()).or_default().extend(rows);
    }
    // Sealing by two is noted by two.
    tables.remove("installation");
    tables
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_that_store_and_seal_at_once_come_to_what_one_alone_comes_to() {
    let Some((alone, shared)) = both().await else { return };
    for world in [&alone, &shared] {
        world.with_town().await;
    }
    // Young enough that no form key is forgotten.
    let first = Moment::now().day().plus(-20);
    for day in (0..DAYS).map(|day| first.plus(day)) {
        alone.stores(day, &forms(&alone, day).await).await;
        seal::seal_and_sign(&alone.db, &alone.keys, alone.province, day, day.plus(1)).await.unwrap();
    }
    let other = Database::open(&shared.url, Opening::Existing).await.unwrap();
    let nodes = [shared.db.clone(), other.clone()];
    let (intakes, tasks): (Vec<Intake>, Vec<_>) =
        nodes.iter().map(|db| Intake::start(db.clone(), shared.province, shared.keys.clone())).unzip();
    let began = Instant::now();
    let doubly = AtomicUsize::new(0);
    let mut sealing: Vec<tokio::task::JoinHandle<usize>> = Vec::new();
    for day in (0..DAYS).map(|day| first.plus(day)) {
        // The day before is sealed by both while this one's answers come in at both, every tenth at both.
        let stored = join_all(forms(&shared, day).await.into_iter().enumerate().map(|(at, form)| {
            let (own, second) = (&intakes[at % 2], (at % 10 == 0).then(|| &intakes[1 - at % 2]));
            let doubly = &doubly;
            async move {
                let copy = form.clone();
                let send_again = async {
                    match second {
                        Some(second) => Some(second.store(copy).await.unwrap()),
                        None => None,
                    }
                };
                let (first, again) = tokio::join!(own.store(form), send_again);
                let first = first.unwrap();
                if let Some(again) = again {
                    doubly.fetch_add(1, Ordering::Relaxed);
                    let receipt = |outcome: Outcome| match outcome {
                        Outcome::Stored(receipt) => (receipt, true),
                        Outcome::Again(receipt) => (receipt, false),
                        Outcome::ChangedBody | Outcome::TicketSpent => panic!("it is the same form"),
                    };
                    let ((one, new), (two, newer)) = (receipt(first), receipt(again));
                    assert_eq!(one, two, "one form has one receipt");
                    assert!(new != newer, "stored once");
                }
            }
        }));
        stored.await;
        // Sealed before the next day's blocks grow, as nights are; the next day's answers do not wait for it.
        let sealed: Vec<usize> = join_all(sealing.drain(..)).await.into_iter().map(Result::unwrap).collect();
        assert!(sealed.is_empty() || sealed.iter().sum::<usize>() == usize::try_from(A_DAY).unwrap(), "{sealed:?}");
        sealing = intakes
            .iter()
            .cloned()
            .map(|intake| tokio::spawn(async move { intake.seal(day).await.unwrap().answers }))
            .collect();
    }
    join_all(sealing).await;
    drop(intakes);
    for task in tasks {
        task.await.unwrap();
    }
    println!(
        "{} answers, {} of them sent to both nodes at once, and {DAYS} days sealed by both in {:.1} s",
        A_DAY * u64::try_from(DAYS).unwrap(),
        doubly.into_inner(),
        began.elapsed().as_secs_f64()
    );
    assert_eq!(shared.rows("response_open").await, 0);
    assert_eq!(shared.rows("response").await, i64::try_from(A_DAY).unwrap() * i64::from(DAYS));
    cells_are_the_sum_of_the_answers(&shared).await;
    let (one, two) = (rows(&alone).await, rows(&shared).await);
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (table, rows) in &one {
        assert_eq!(Some(rows), two.get(table), "{table}");
    }
    assert!(!one["figure"].is_empty() && !one["block"].is_empty());
    other.close().await.unwrap();
    shared.close().await;
    alone.close().await;
}

#[tokio::test]
async fn two_servers_see_each_others_answers_and_changes_of_the_registry() {
    let Some((alone, shared)) = both().await else { return };
    alone.close().await;
    let homes = [Home::with(&shared.url, &shared.keys), Home::with(&shared.url, &shared.keys)];
    homes[0].with_counters();
    let servers = [homes[0].serve(), homes[1].serve()];
    let codes = ["X1.Q1", "X1.Q2", "X2.Q1"].map(|point| homes[0].public_code(point));
    // Many clients at both servers, each form sent to both.
    std::thread::scope(|scope| {
        for seed in 0..8_usize {
            let codes = &codes;
            let mut clients = [servers[seed % 2].client(), servers[1 - seed % 2].client()];
            scope.spawn(move || {
                for at in 0..60 {
                    let form = OpenForm::open(&mut clients[at % 2], &codes[at % 3]).unwrap();
                    let level = (at % 5 + 1).to_string();
                    let receipts = clients.each_mut().map(|client| {
                        let answer = form.send(client, &[("waiting", &level)]).unwrap();
                        assert_eq!(answer.status, 303, "{}", answer.text());
                        answer.receipt().unwrap()
                    });
                    assert_eq!(receipts[0].0, receipts[1].0, "the second server knows the form");
                    assert!(!receipts[0].1 && receipts[1].1);
                }
            });
        }
    });
    assert_eq!(shared.rows("response_open").await, 480);
    cells_are_the_sum_of_the_answers(&shared).await;
    // A point that is imported is served by both within two seconds, without a restart; a closed one no more.
    homes[0].import("points", "code,unit,name,kind,questionnaire,field,officers\nX2.Q9,X2,Quầy 9,counter,counter,,2\n");
    let code = homes[1].public_code("X2.Q9");
    for server in &servers {
        let began = Instant::now();
        while server.client().get(&format!("/q/{code}")).unwrap().status != 200 {
            assert!(began.elapsed() < Duration::from_secs(2), "a node does not see the new point");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    homes[1].does(&["point", "close", "X2.Q9"]);
    for server in &servers {
        let began = Instant::now();
        while server.client().get(&format!("/q/{code}")).unwrap().status == 200 {
            assert!(began.elapsed() < Duration::from_secs(2), "a node does not see the closed point");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    for (server, home) in servers.into_iter().zip(&homes) {
        assert_eq!(server.stop(), Some(0), "{}", home.server_log());
        assert_eq!(home.server_log(), "");
    }
    shared.close().await;
}
