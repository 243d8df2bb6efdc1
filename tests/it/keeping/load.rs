//! Backup while answers keep coming in, restored into every kind of database: complete, and the same to the bit.
//!
//! A large run, with numbers and times:
//! `BACKUP_ANSWERS=100000 cargo test --release --test it backup_under_load -- --nocapture`.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thuocdo::record::Receipt;
use thuocdo::store::answers::{self, Standing};
use thuocdo::store::{Database, Opening};
use thuocdo::words::{Level, Moment};

use super::sealed_hash;
use crate::program::form::OpenForm;
use crate::program::http::Client;
use crate::program::{Home, Server};
use crate::world::{databases, empty_databases};

/// Sealed answers in an ordinary run; `BACKUP_ANSWERS` names another number.
const ANSWERS: u64 = 3_000;
/// Clients that keep posting.
const CLIENTS: u64 = 6;

/// What a client was thanked for, with how long it took.
struct Thanked {
    receipt: String,
    took: Duration,
}

/// Posts until it is told to stop; every form has to be thanked for.
fn post(mut client: Client, codes: &[String], seed: u64, stop: &AtomicBool, count: &AtomicUsize) -> Vec<Thanked> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut thanked = Vec::new();
    // Far more than are sent while a backup is made.
    for _ in 0..1_000_000 {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let form = OpenForm::open(&mut client, &codes[random.random_range(0..codes.len())]).unwrap();
        let level = random.random_range(1..=5).to_string();
        let began = Instant::now();
        let answer = form.send(&mut client, &[("waiting", &level), ("attitude", "4")]).unwrap();
        assert_eq!(answer.status, 303, "{}", answer.text());
        let (receipt, _) = answer.receipt().unwrap();
        thanked.push(Thanked { receipt, took: began.elapsed() });
        count.fetch_add(1, Ordering::Relaxed);
    }
    thanked
}

/// Runs a command to its end, however long it takes; its output and how long it took.
fn run(home: &Home, database: &str, arguments: &[&str]) -> (String, Duration) {
    let began = Instant::now();
    let output = home.command(arguments).env("THUOCDO_DATABASE", database).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    (String::from_utf8(output.stdout).unwrap(), began.elapsed())
}

/// The index of the province and of a unit, through yesterday or with the open day.
fn figures(home: &Home, database: &str, to: Option<&str>) -> String {
    let mut all = Vec::new();
    for unit in ["MH", "MH.P01"] {
        let mut asked = vec!["index", "--measure", "counter", "--unit", unit, "--format", "json"];
        asked.extend(to.map(|_| "--to"));
        asked.extend(to);
        all.push(run(home, database, &asked).0);
    }
    all.concat()
}

/// The figures of a unit as its page gives them away.
fn csv(server: &Server) -> String {
    let answer = server.client().get("/don-vi/MH/so-lieu.csv").unwrap();
    assert_eq!(answer.status, 200);
    answer.text()
}

#[tokio::test]
async fn a_backup_under_load_restores_to_the_same_figures_and_the_same_bytes() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test has no settings; whoever runs it names the number of answers"
    )]
    let size = std::env::var("BACKUP_ANSWERS").map_or(ANSWERS, |number| number.parse().unwrap());
    let yesterday = Moment::now().day().plus(-1).iso();
    for world in databases().await {
        let kind = world.url.split(':').next().unwrap().to_owned();
        let began = Instant::now();
        world.with_everything(size, 50).await;
        println!("{kind}: {size} answers stored and sealed in {:.1} s", began.elapsed().as_secs_f64());
        let home = Home::with(&world.url, &world.keys);
        let server = home.serve();
        let codes: Vec<String> = home.does(&["point", "list"]).lines().take(8).map(code_of).collect();
        let (stop, count) = (AtomicBool::new(false), AtomicUsize::new(0));
        let thanked: Mutex<Vec<Thanked>> = Mutex::new(Vec::new());
        let file = home.path().join("b");
        let name = file.display().to_string();
        let (mut before, mut during) = (0, 0);
        std::thread::scope(|scope| {
            for seed in 0..CLIENTS {
                let (client, codes, stop, count, thanked) = (server.client(), &codes, &stop, &count, &thanked);
                scope.spawn(move || {
                    let own = post(client, codes, seed, stop, count);
                    thanked.lock().unwrap().extend(own);
                });
            }
            while count.load(Ordering::Relaxed) < 30 {
                std::thread::sleep(Duration::from_millis(5));
            }
            before = count.load(Ordering::Relaxed);
            let (told, took) = run(&home, &world.url, &["backup", &name]);
            during = count.load(Ordering::Relaxed) - before;
            stop.store(true, Ordering::Relaxed);
            print!("{kind}: {told}");
            let seconds = took.as_secs_f64();
            println!("{kind}: backup took {seconds:.2} s, {during} answers were stored meanwhile");
        });
        let thanked = thanked.into_inner().unwrap();
        let slowest = thanked.iter().map(|one| one.took).max().unwrap();
        println!("{kind}: {} posted, the slowest was thanked after {slowest:?}", thanked.len());
        assert!(during > 0, "nothing was posted during the backup: the test shows nothing");
        assert!(slowest < Duration::from_secs(8), "the intake stood still");
        let (bytes, index, page) =
            (sealed_hash(&world.db).await, figures(&home, &world.url, Some(&yesterday)), csv(&server));
        // Then the same with nobody posting, the open day included.
        let quiet = home.path().join("quiet").display().to_string();
        run(&home, &world.url, &["backup", &quiet]);
        let whole = figures(&home, &world.url, None);
        assert_eq!(server.stop(), Some(0), "{}", home.server_log());
        for (backup, is_quiet) in [(&name, false), (&quiet, true)] {
            for empty in empty_databases().await {
                let to = empty.url.split(':').next().unwrap().to_owned();
                let (_, took) = run(&home, &empty.url, &["restore", backup]);
                println!("{kind} to {to}: restore took {:.2} s", took.as_secs_f64());
                let db = Database::open(&empty.url, Opening::Unchanged).await.unwrap();
                assert_eq!(sealed_hash(&db).await, bytes, "the sealed rows are the same");
                assert_eq!(figures(&home, &empty.url, Some(&yesterday)), index);
                let open = answers::open_answers(db.reader(), world.province, Moment::now().day()).await.unwrap().len();
                if is_quiet {
                    assert_eq!(figures(&home, &empty.url, None), whole);
                    assert_eq!(open, 50 + thanked.len());
                    for one in &thanked {
                        let receipt = Receipt::parse(&one.receipt).unwrap();
                        let standing = answers::standing(db.reader(), world.province, &receipt).await.unwrap();
                        assert_eq!(standing, Some(Standing::Open(Level::D)), "{receipt} is lost");
                    }
                } else {
                    assert!((50 + before..=50 + thanked.len()).contains(&open), "{open} open answers");
                }
                cells_agree(&db, world.province, open).await;
                db.close().await.unwrap();
                let restored = Home::with(&empty.url, &world.keys);
                let server = restored.serve();
                assert_eq!(csv(&server), page);
                assert_eq!(server.stop(), Some(0), "{}", restored.server_log());
                empty.remove().await;
            }
        }
        world.close().await;
    }
}

fn code_of(line: &str) -> String {
    line.rsplit('/').next().unwrap().to_owned()
}

/// The cells of today count exactly the open answers: rows and counts are of the same moment.
async fn cells_agree(db: &Database, province: thuocdo::words::Province, open: usize) {
    use thuocdo::store::counts::{self, Count};
    let today = Moment::now().day();
    let cells = counts::cells(db.reader(), province, today, today).await.unwrap();
    let forms: i64 = cells
        .iter()
        .map(|(_, count)| if let Count::Item(0, tally) = count { tally.answered() + tally.blank } else { 0 })
        .sum();
    assert_eq!(usize::try_from(forms).unwrap(), open);
}
