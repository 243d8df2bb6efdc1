//! Killed in the middle of storing: what a citizen was thanked for is stored, and nothing is stored twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use thuocdo::questionnaire::{Tally, decode};
use thuocdo::record::Receipt;
use thuocdo::store::answers::{self, Standing};
use thuocdo::store::counts::{self, Count, Series};
use thuocdo::store::{Database, Opening};
use thuocdo::words::{Day, Level};

use crate::program::Home;
use crate::program::form::OpenForm;
use crate::program::http::Client;
use crate::world::{World, databases};

/// Clients that post at the same time.
const CLIENTS: u64 = 12;
/// Kills of each database in an ordinary run; `KILL_CYCLES` names another number.
const CYCLES: u64 = 20;
/// Thanked forms after which a server is killed, at most; `KILL_FORMS` names another number.
const FORMS: u64 = 150;

/// A form that was sent.
pub(crate) struct Sent {
    form: OpenForm,
    answers: [(&'static str, String); 3],
    /// The receipt, if the client was thanked.
    pub(crate) receipt: Option<String>,
}

impl Sent {
    pub(crate) fn send(&self, client: &mut Client) -> Option<(String, bool)> {
        let answers: Vec<(&str, &str)> = self.answers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = self.form.send(client, &answers).ok()?;
        assert_eq!(answer.status, 303, "{}", answer.text());
        Some(answer.receipt().unwrap())
    }
}

#[tokio::test]
async fn a_kill_loses_no_thanked_form_and_stores_none_twice() {
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; whoever runs it names the numbers")]
    let asked = |name: &str, otherwise| std::env::var(name).map_or(otherwise, |number| number.parse().unwrap());
    let (cycles, most) = (asked("KILL_CYCLES", CYCLES), asked("KILL_FORMS", FORMS));
    for world in databases().await {
        // Nobody but the server holds the database when it is killed, so that it is the restart that recovers it.
        world.db.clone().close().await.unwrap();
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        let codes = ["X1.Q1", "X1.Q2", "X2.Q1"].map(|point| home.public_code(point));
        let mut server = home.serve();
        let mut receipts: BTreeSet<String> = BTreeSet::new();
        let mut unanswered = 0;
        for cycle in 0..cycles {
            let mut random = ChaCha8Rng::seed_from_u64(cycle);
            let enough = random.random_range(most / 8..most);
            let sent = Mutex::new(Vec::new());
            let (thanked, told) = channel();
            std::thread::scope(|scope| {
                for client in 0..CLIENTS {
                    let (thanked, sent, codes, address) = (thanked.clone(), &sent, &codes, server.address);
                    scope.spawn(move || {
                        let random = ChaCha8Rng::seed_from_u64(cycle * CLIENTS + client);
                        let forms = post_until_it_dies(Client::new(address), codes, random, &thanked);
                        sent.lock().unwrap().extend(forms);
                    });
                }
                for _ in 0..enough {
                    told.recv_timeout(Duration::from_mins(1)).expect("the clients post");
                }
                server.kill();
            });
            server = home.serve();
            let mut client = server.client();
            let mut of_cycle = Vec::new();
            for sent in sent.into_inner().unwrap() {
                // Every lost answer is sent again, and some that were answered.
                let (receipt, again) = match &sent.receipt {
                    Some(receipt) if random.random_bool(0.9) => (receipt.clone(), true),
                    _ => sent.send(&mut client).expect("the new server answers"),
                };
                if let Some(thanked) = &sent.receipt {
                    assert_eq!((&receipt, again), (thanked, true), "a form sent again is the same form");
                } else {
                    unanswered += 1;
                }
                of_cycle.push(receipt.clone());
                assert!(receipts.insert(receipt), "two forms with one receipt");
            }
            let stored = stored(&world, &of_cycle).await;
            assert_eq!(stored, i64::try_from(receipts.len()).unwrap(), "after {} kills", cycle + 1);
        }
        assert!(unanswered > 0, "no kill met a form on its way: the test shows nothing");
        println!("{cycles} kills, {} forms, {unanswered} of them unanswered at first", receipts.len());
        assert_eq!(server.stop(), Some(0), "{}", home.server_log());
        stored(&world, &receipts.into_iter().collect::<Vec<_>>()).await;
        cells_are_the_sum_of_the_answers(&world).await;
        world.close().await;
    }
}

/// Opens forms and sends them until the server is gone.
pub(crate) fn post_until_it_dies(
    mut client: Client,
    codes: &[String],
    mut random: ChaCha8Rng,
    thanked: &Sender<()>,
) -> Vec<Sent> {
    let mut all: Vec<Sent> = Vec::new();
    // Far more than one client sends before the kill.
    for _ in 0..10_000 {
        let code = &codes[random.random_range(0..codes.len())];
        let Ok(form) = OpenForm::open(&mut client, code) else { break };
        let answers = [
            ("waiting", random.random_range(1..=5).to_string()),
            ("attitude", random.random_range(1..=5).to_string()),
            ("minutes", random.random_range(0..=90).to_string()),
        ];
        let mut sent = Sent { form, answers, receipt: None };
        sent.receipt = sent.send(&mut client).map(|(receipt, _)| receipt);
        let is_answered = sent.receipt.is_some();
        all.push(sent);
        if !is_answered || thanked.send(()).is_err() {
            break;
        }
    }
    all
}

/// Number of stored answers, after the database has been found whole and each of these receipts in it.
async fn stored(world: &World, receipts: &[String]) -> i64 {
    let db = Database::open(&world.url, Opening::Existing).await.unwrap();
    if db.reader().get_database_backend() == DatabaseBackend::Sqlite {
        assert_eq!(ask::<String>(&db, "PRAGMA integrity_check").await, "ok");
    }
    for receipt in receipts {
        let receipt = Receipt::parse(receipt).unwrap();
        let standing = answers::standing(db.reader(), world.province, &receipt).await.unwrap();
        assert!(matches!(standing, Some(Standing::Open(Level::D) | Standing::Sealed(Level::D))), "{receipt} is lost");
    }
    let open: i64 = ask(&db, "SELECT count(*) FROM response_open").await;
    let sealed: i64 = ask(&db, "SELECT count(*) FROM response").await;
    let keys: i64 = ask(&db, "SELECT count(*) FROM idempotency").await;
    assert_eq!(keys, open + sealed);
    db.close().await.unwrap();
    open + sealed
}

pub(crate) async fn ask<T: sea_orm::TryGetable>(db: &Database, sql: &str) -> T {
    let backend = db.reader().get_database_backend();
    let row = db.reader().query_one_raw(Statement::from_string(backend, sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// Counts every stored answer anew and compares with the cells.
pub(crate) async fn cells_are_the_sum_of_the_answers(world: &World) {
    let db = Database::open(&world.url, Opening::Existing).await.unwrap();
    let snapshot = thuocdo::registry::Snapshot::load(&db, world.province).await.unwrap();
    let last = Day(i32::MAX);
    let mut answers = answers::open_answers(db.reader(), world.province, last).await.unwrap();
    answers.extend(answers::sealed_answers(db.reader(), world.province, last).await.unwrap());
    let mut tallies: BTreeMap<Series, Tally> = BTreeMap::new();
    for answer in &answers {
        let edition = &snapshot.editions.get(answer.edition).unwrap().edition;
        let sheet = decode(edition, &answer.answers).unwrap();
        let series = Series {
            day: answer.day,
            point: answer.point,
            deciding_unit: answer.deciding_unit,
            edition: answer.edition,
            level: answer.level,
            channel: answer.channel,
            field: answer.field,
        };
        tallies.entry(series).or_insert_with(|| Tally::empty(edition)).add_answers(edition, &sheet);
    }
    let mut expected: Vec<(Series, Count)> = Vec::new();
    for (series, tally) in tallies {
        let edition = &snapshot.editions.get(series.edition).unwrap().edition;
        expected.extend(counts::counts_of(edition, &tally).into_iter().map(|count| (series, count)));
    }
    let order = |(series, count): &(Series, Count)| match count {
        Count::Item(item, _) => (*series, *item, 0),
        Count::Pair(first, second, _) => (*series, *first, *second),
    };
    let mut cells = counts::cells(db.reader(), world.province, Day(0), last).await.unwrap();
    cells.sort_by_key(order);
    expected.sort_by_key(order);
    assert!(!expected.is_empty());
    assert_eq!(cells, expected);
    db.close().await.unwrap();
}
