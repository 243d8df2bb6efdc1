//! Requests no form of ours sends: each is refused in words, none is stored, none brings the server down.

mod requests;

use std::collections::BTreeMap;
use std::sync::Mutex;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use thuocdo::store::{Database, Opening};

use crate::program::Home;
use crate::program::form::OpenForm;
use crate::program::http::Client;
use crate::world::databases;
use requests::{Expected, Forms, KINDS, Malformed};

/// Clients at the same time.
const CLIENTS: u64 = 8;
/// Requests to the first database (SQLite), and to every other: they differ in what they store, not in what they refuse.
const REQUESTS: [u64; 2] = [20_000, 2_000];
const SEED: u64 = 20_261_121;

#[tokio::test]
async fn nothing_malformed_is_stored_or_brings_the_server_down() {
    for (world, requests) in databases().await.into_iter().zip(REQUESTS) {
        world.db.clone().close().await.unwrap();
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        let server = home.serve();
        let code = home.public_code("X1.Q1");
        let form = OpenForm::open(&mut server.client(), &code).unwrap();
        let other = OpenForm::open(&mut server.client(), &home.public_code("X2.Q1")).unwrap();
        let forms = Forms { form, other };
        let seen = Mutex::new(BTreeMap::new());
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let (forms, seen, address) = (&forms, &seen, server.address);
                scope.spawn(move || {
                    let mut random = ChaCha8Rng::seed_from_u64(SEED + client);
                    let mut client = Client::new(address);
                    for _ in 0..requests / CLIENTS {
                        let kind = KINDS[random.random_range(0..KINDS.len())];
                        let outcome = attempt(&mut client, &kind.make(&mut random, forms));
                        let mut seen = seen.lock().unwrap();
                        *seen.entry((kind.name(), outcome)).or_insert(0) += 1;
                    }
                });
            }
        });
        let seen = seen.into_inner().unwrap();
        println!("{seen:#?}");
        for kind in KINDS {
            let answered = seen.keys().filter(|(name, outcome)| *name == kind.name() && outcome.is_some()).count();
            assert!(answered > 0, "no “{}” was ever answered", kind.name());
        }
        assert_eq!(server.client().get("/readyz").unwrap().status, 200);
        assert_eq!(home.server_log(), "", "the server complains of nothing people send");
        assert_eq!(rows(&world.url).await, 0);
        // The very form that was sent malformed so often is good when it is sent as it was given.
        let answer = forms.form.send(&mut server.client(), &[("attitude", "4")]).unwrap();
        assert_eq!((answer.status, answer.receipt().unwrap().1), (303, false));
        assert_eq!(rows(&world.url).await, 1);
        assert_eq!(server.stop(), Some(0));
        world.close().await;
    }
}

/// Sends a request; its status, or nothing where the server closed the connection and may.
fn attempt(client: &mut Client, malformed: &Malformed) -> Option<u16> {
    let Malformed { method, bytes, expected } = malformed;
    let shown = || String::from_utf8_lossy(&bytes[..bytes.len().min(600)]).into_owned();
    match (client.send(method, bytes), expected) {
        (Ok(answer), Expected::Page(status, words)) => {
            assert_eq!(answer.status, *status, "{}", shown());
            assert!(answer.text().contains(words.as_str()), "“{words}” is missing after {}", shown());
            Some(answer.status)
        }
        (Ok(answer), Expected::Refusal) => {
            assert!((300..500).contains(&answer.status), "{} after {}", answer.status, shown());
            Some(answer.status)
        }
        (Ok(answer), Expected::NoFault) => {
            assert!(answer.status < 500, "{} after {}", answer.status, shown());
            Some(answer.status)
        }
        (Err(error), Expected::Page(..)) => panic!("{error} after {}", shown()),
        (Err(_closed), Expected::Refusal | Expected::NoFault) => None,
    }
}

async fn rows(url: &str) -> i64 {
    let db = Database::open(url, Opening::Existing).await.unwrap();
    let backend: DatabaseBackend = db.reader().get_database_backend();
    let sql = "SELECT (SELECT count(*) FROM response_open) + (SELECT count(*) FROM response)
                    + (SELECT count(*) FROM comment_open) + (SELECT count(*) FROM idempotency)
                    + (SELECT count(*) FROM cell)";
    let row = db.reader().query_one_raw(Statement::from_string(backend, sql)).await.unwrap().unwrap();
    let rows: i64 = row.try_get_by_index(0).unwrap();
    db.close().await.unwrap();
    // One stored form fills several cells: what matters is whether there is any.
    rows.min(1)
}
