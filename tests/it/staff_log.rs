//! The staff log is a chain: every single alteration is found and placed, nothing whole is called broken, and many acts at
//! once hang one behind the other.

use std::collections::BTreeMap;

use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use thuocdo::record::{StaffEntry, StaffHead, hex};
use thuocdo::staff::log;
use thuocdo::staff::{ChainBreak, ChainFault};
use thuocdo::store::{Database, Opening, staff_log};
use thuocdo::words::Moment;

use crate::program::Home;
use crate::world::{World, databases};

/// Acts in the log that is tampered with.
const ACTS: i32 = 40;
/// Single alterations on each database.
const ALTERATIONS: usize = 500;

async fn owner(world: &World) -> DatabaseConnection {
    sea_orm::Database::connect(&world.url).await.unwrap()
}

async fn does(world: &World, act: &str, object: &str) {
    let tx = world.db.begin().await.unwrap();
    let at = Moment::from_unix(1_795_000_000);
    staff_log::append(&tx, world.province, at, "nguyen.thi.hoa", act, object).await.unwrap();
    tx.commit().await.unwrap();
}

async fn entries(world: &World) -> Vec<StaffEntry> {
    staff_log::entries(world.db.reader(), world.province, None, 200).await.unwrap()
}

async fn broken(world: &World) -> Option<ChainBreak> {
    log::verify(&world.db, world.province, None).await.unwrap().broken
}

/// A text and bytes as both databases write them in a statement.
fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

fn bytes(backend: DbBackend, value: &[u8]) -> String {
    if backend == DbBackend::Postgres { format!("'\\x{}'::bytea", hex(value)) } else { format!("x'{}'", hex(value)) }
}

/// The whole log and its head as statements that put them there.
fn as_it_was(backend: DbBackend, entries: &[StaffEntry]) -> Vec<String> {
    let last = entries.last().unwrap();
    let rows: Vec<String> = entries.iter().map(|entry| row(backend, entry)).collect();
    vec![
        "DELETE FROM staff_log".to_owned(),
        "DELETE FROM staff_log_head".to_owned(),
        format!("INSERT INTO staff_log (p, seq, at, actor, act, object, prev, hash) VALUES {}", rows.join(", ")),
        format!("INSERT INTO staff_log_head VALUES (1, {}, {})", last.seq, bytes(backend, &last.hash)),
    ]
}

fn row(backend: DbBackend, entry: &StaffEntry) -> String {
    let StaffEntry { seq, at, actor, act, object, prev, hash } = entry;
    let texts = [actor, act, object].map(|value| text(value)).join(", ");
    format!("(1, {seq}, {}, {texts}, {}, {})", at.unix(), bytes(backend, prev), bytes(backend, hash))
}

async fn drop_guards(owner: &DatabaseConnection) {
    let backend = owner.get_database_backend();
    let mut dropped = 0;
    for guard in migration::guards(backend == DbBackend::Postgres) {
        if let Some(rest) = guard.strip_prefix("staff_log") {
            let table = if rest.starts_with("_head") { "staff_log_head" } else { "staff_log" };
            let on = if backend == DbBackend::Postgres { format!(" ON {table}") } else { String::new() };
            owner.execute_unprepared(&format!("DROP TRIGGER {guard}{on}")).await.unwrap();
            dropped += 1;
        }
    }
    assert!(dropped >= 6, "{dropped}");
}

/// A text that differs in one place.
fn changed(random: &mut ChaCha8Rng, value: &str) -> String {
    let mut letters: Vec<char> = value.chars().collect();
    match random.random_range(0..4) {
        0 => letters.push(' '),
        1 => drop(letters.pop()),
        2 => letters.insert(0, '='),
        _ => letters.swap(0, 1),
    }
    letters.into_iter().collect()
}

fn flipped(random: &mut ChaCha8Rng, value: &[u8]) -> Vec<u8> {
    let mut value = value.to_vec();
    match random.random_range(0..3) {
        0 => drop(value.pop()),
        1 => value.push(0),
        _ => value[random.random_range(0..32)] ^= 1 << random.random_range(0..8),
    }
    value
}

/// One alteration: its kind, its statements, and where it has to be found.
struct Alteration {
    kind: &'static str,
    sql: Vec<String>,
    found: Vec<ChainBreak>,
}

const KINDS: [&str; 16] = [
    "p",
    "seq",
    "at",
    "actor",
    "act",
    "object",
    "prev",
    "hash",
    "delete",
    "insert",
    "swap",
    "head seq",
    "head hash",
    "head p",
    "no head",
    "tail",
];

fn alteration(random: &mut ChaCha8Rng, backend: DbBackend, log: &[StaffEntry]) -> Alteration {
    let kind = *KINDS.choose(random).unwrap();
    let entry = log.choose(random).unwrap();
    let (seq, last) = (entry.seq, log.last().unwrap().seq);
    let update = |set: String| vec![format!("UPDATE staff_log SET {set} WHERE p = 1 AND seq = {seq}")];
    let head = |set: String| vec![format!("UPDATE staff_log_head SET {set} WHERE p = 1")];
    let at = |seq: i32, fault: ChainFault| vec![ChainBreak { seq, fault }];
    let gone = |seq: i32| at(seq, if seq == last { ChainFault::Cut } else { ChainFault::Missing });
    let (sql, found) = match kind {
        "p" => (update("p = 2".to_owned()), gone(seq)),
        "seq" => {
            let far = [i32::MIN, -7, 0, last + 1, last + 50, i32::MAX];
            let to = *far.choose(random).unwrap();
            let found = if to <= 0 {
                at(to, ChainFault::Repeated)
            } else if seq == last && to == last + 1 {
                at(last, ChainFault::Missing)
            } else {
                at(seq, ChainFault::Missing)
            };
            (update(format!("seq = {to}")), found)
        }
        "at" => {
            let by = *[-86_400, -1, 1, 3_600].choose(random).unwrap();
            (update(format!("at = at + ({by})")), at(seq, ChainFault::Altered))
        }
        "actor" | "act" | "object" => {
            let old = match kind {
                "actor" => &entry.actor,
                "act" => &entry.act,
                _ => &entry.object,
            };
            (update(format!("{kind} = {}", text(&changed(random, old)))), at(seq, ChainFault::Altered))
        }
        "prev" => {
            (update(format!("prev = {}", bytes(backend, &flipped(random, &entry.prev)))), at(seq, ChainFault::Broken))
        }
        "hash" => {
            (update(format!("hash = {}", bytes(backend, &flipped(random, &entry.hash)))), at(seq, ChainFault::Altered))
        }
        "delete" => (vec![format!("DELETE FROM staff_log WHERE p = 1 AND seq = {seq}")], gone(seq)),
        "insert" => {
            // One that follows the last act as it should, or one with a number no act has.
            let prev: [u8; 32] = log.last().unwrap().hash.clone().try_into().unwrap();
            let to = *[last + 1, 0, -1, last + 9].choose(random).unwrap();
            let new = StaffEntry::after(&prev, to, entry.at, "quan.tri", "close point", "X");
            let found = match to {
                to if to <= 0 => at(to, ChainFault::Repeated),
                to if to == last + 1 => at(to, ChainFault::Beyond),
                _ => at(last + 1, ChainFault::Missing),
            };
            let into = "INSERT INTO staff_log (p, seq, at, actor, act, object, prev, hash) VALUES ";
            (vec![format!("{into}{}", row(backend, &new))], found)
        }
        "swap" => {
            let other = log.iter().filter(|other| other.seq != seq).collect::<Vec<_>>();
            let other = other.choose(random).unwrap().seq;
            let moves = [(seq, 100_000), (other, seq), (100_000, other)];
            let sql = moves.map(|(from, to)| format!("UPDATE staff_log SET seq = {to} WHERE p = 1 AND seq = {from}"));
            (sql.to_vec(), at(seq.min(other), ChainFault::Broken))
        }
        "head seq" => {
            let to = *[-1, 0, 1, last - 1, last + 1, last + 1_000].choose(random).unwrap();
            let found = if to < last { at(to.max(0) + 1, ChainFault::Beyond) } else { at(last + 1, ChainFault::Cut) };
            (head(format!("seq = {to}")), found)
        }
        "head hash" => {
            let old = &log.last().unwrap().hash;
            let new = if random.random_bool(0.5) { flipped(random, old) } else { log[0].hash.clone() };
            (head(format!("hash = {}", bytes(backend, &new))), at(last, ChainFault::OtherHead))
        }
        "head p" => (head("p = 3".to_owned()), at(1, ChainFault::Beyond)),
        "no head" => (vec!["DELETE FROM staff_log_head".to_owned()], at(1, ChainFault::Beyond)),
        _ => {
            let from = random.random_range(1..=last);
            (vec![format!("DELETE FROM staff_log WHERE p = 1 AND seq >= {from}")], at(from, ChainFault::Cut))
        }
    };
    Alteration { kind, sql, found }
}

#[tokio::test]
async fn each_of_500_single_alterations_is_found_and_placed() {
    for world in databases().await {
        let mut random = ChaCha8Rng::seed_from_u64(7_413);
        for number in 0..ACTS {
            does(&world, "import units", &format!("don-vi-{number}.csv sha256 {:016x}", random.next_u64())).await;
        }
        let whole = entries(&world).await;
        let owner = owner(&world).await;
        let backend = owner.get_database_backend();
        drop_guards(&owner).await;
        let (mut found, mut alarms) = (BTreeMap::<&str, usize>::new(), 0);
        for number in 0..ALTERATIONS {
            let Alteration { kind, sql, found: expected } = alteration(&mut random, backend, &whole);
            for statement in &sql {
                owner.execute_unprepared(statement).await.unwrap();
            }
            let told = broken(&world).await;
            assert!(told.is_some_and(|told| expected.contains(&told)), "{kind} {sql:?}: {told:?}, not {expected:?}");
            *found.entry(kind).or_default() += 1;
            for statement in as_it_was(backend, &whole) {
                owner.execute_unprepared(&statement).await.unwrap();
            }
            // What was put back as it was is whole again.
            alarms += usize::from(broken(&world).await.is_some());
            assert_eq!(alarms, 0, "after alteration {number}");
        }
        println!(
            "{backend:?}: {} of {ALTERATIONS} found and placed, {alarms} false alarms; {found:?}",
            found.values().sum::<usize>()
        );
        assert_eq!(found.len(), KINDS.len(), "every kind was tried");
        owner.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn a_head_noted_elsewhere_finds_a_tail_that_was_cut_off_together_with_its_head() {
    for world in databases().await {
        for number in 0..12 {
            does(&world, "import units", &number.to_string()).await;
        }
        let whole = entries(&world).await;
        let mut file = Vec::new();
        let exported = log::export_csv(&world.db, world.province, &mut file).await.unwrap();
        let noted = exported.good;
        let owner = owner(&world).await;
        drop_guards(&owner).await;
        for statement in as_it_was(owner.get_database_backend(), &whole[..9]) {
            owner.execute_unprepared(&statement).await.unwrap();
        }
        assert_eq!(broken(&world).await, None, "nothing inside the database can tell");
        let verdict = log::verify(&world.db, world.province, Some(noted)).await.unwrap();
        assert_eq!(verdict.broken, Some(ChainBreak { seq: 10, fault: ChainFault::Cut }));
        // The exported file is good; one that lost its end is good only to those who noted no head.
        assert_eq!(log::verify_export(&file[..], Some(noted)).unwrap(), exported);
        let mut shorter = Vec::new();
        log::export_csv(&world.db, world.province, &mut shorter).await.unwrap();
        assert_eq!(log::verify_export(&shorter[..], None).unwrap().broken, None);
        assert_eq!(log::verify_export(&shorter[..], Some(noted)).unwrap().broken, verdict.broken);
        // Later acts hang on what is left, and the head noted before is still missed.
        for _ in 0..5 {
            does(&world, "close point", "X").await;
        }
        let verdict = log::verify(&world.db, world.province, Some(noted)).await.unwrap();
        assert_eq!(verdict.broken, Some(ChainBreak { seq: 12, fault: ChainFault::OtherHead }));
        owner.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn acts_after_a_tampering_are_written_and_do_not_hide_it() {
    for world in databases().await {
        for number in 0..6 {
            does(&world, "import units", &number.to_string()).await;
        }
        let whole = entries(&world).await;
        let owner = owner(&world).await;
        let backend = owner.get_database_backend();
        drop_guards(&owner).await;
        let at = |seq, fault| Some(ChainBreak { seq, fault });
        for (sql, expected) in [
            ("DELETE FROM staff_log WHERE seq = 6", at(6, ChainFault::Missing)),
            ("DELETE FROM staff_log_head", at(7, ChainFault::Broken)),
            ("UPDATE staff_log_head SET hash = prev FROM staff_log WHERE staff_log.seq = 6", at(7, ChainFault::Broken)),
            // The head had the right hash: the next act follows, and nothing is lost.
            ("UPDATE staff_log_head SET seq = 2", None),
        ] {
            owner.execute_unprepared(sql).await.unwrap();
            does(&world, "close point", "X").await;
            does(&world, "close point", "Y").await;
            assert_eq!(broken(&world).await, expected, "{sql}");
            assert!(entries(&world).await.len() >= 7);
            for statement in as_it_was(backend, &whole) {
                owner.execute_unprepared(&statement).await.unwrap();
            }
        }
        owner.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn with_its_guards_the_log_can_be_changed_by_nobody() {
    for world in databases().await {
        for number in 0..3 {
            does(&world, "import units", &number.to_string()).await;
        }
        let whole = entries(&world).await;
        let owner = owner(&world).await;
        let backend = owner.get_database_backend();
        let row = row(backend, &whole[1]);
        let mut tries = vec![
            "UPDATE staff_log SET actor = 'x' WHERE seq = 2".to_owned(),
            "UPDATE staff_log SET p = 2".to_owned(),
            "DELETE FROM staff_log WHERE seq = 3".to_owned(),
            "DELETE FROM staff_log_head".to_owned(),
            "UPDATE staff_log_head SET seq = 2".to_owned(),
            "UPDATE staff_log_head SET seq = 9".to_owned(),
            "UPDATE staff_log_head SET p = 2".to_owned(),
            format!("UPDATE staff_log_head SET hash = {}", bytes(backend, &[0; 32])),
            format!("INSERT INTO staff_log (p, seq, at, actor, act, object, prev, hash) VALUES {row}"),
        ];
        if backend == DbBackend::Postgres {
            tries.extend(["TRUNCATE staff_log", "TRUNCATE staff_log_head"].map(str::to_owned));
        } else {
            tries.push(format!(
                "INSERT OR REPLACE INTO staff_log (p, seq, at, actor, act, object, prev, hash) VALUES {row}"
            ));
            tries.push("INSERT OR REPLACE INTO staff_log_head VALUES (1, 2, x'00')".to_owned());
            tries.push(
                "REPLACE INTO staff_log SELECT p, seq, at, 'x', act, object, prev, hash FROM staff_log".to_owned(),
            );
        }
        for sql in &tries {
            assert!(owner.execute_unprepared(sql).await.is_err(), "the owner was not refused: {sql}");
            let tx = world.db.begin().await.unwrap();
            assert!(tx.execute_unprepared(sql).await.is_err(), "the program was not refused: {sql}");
            tx.rollback().await.unwrap();
        }
        assert_eq!(entries(&world).await, whole);
        assert_eq!(broken(&world).await, None);
        owner.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_transactions_at_once_hang_their_acts_one_behind_the_other() {
    for world in databases().await {
        let mut nodes = vec![world.db.clone()];
        for _ in 0..3 {
            nodes.push(Database::open(&world.url, Opening::Existing).await.unwrap());
        }
        for round in 0..5 {
            let acts = (0..20).map(|number| {
                let (db, province) = (nodes[number % nodes.len()].clone(), world.province);
                tokio::spawn(async move {
                    let tx = db.begin().await.unwrap();
                    let object = number.to_string();
                    staff_log::append(&tx, province, Moment::now(), "cli", "import", &object).await.unwrap();
                    // Every fifth is taken back, and leaves no gap.
                    if number % 5 == 4 { tx.rollback().await.unwrap() } else { tx.commit().await.unwrap() }
                })
            });
            for done in futures_util::future::join_all(acts).await {
                done.unwrap();
            }
            let verdict = log::verify(&world.db, world.province, None).await.unwrap();
            assert_eq!((verdict.good.seq, verdict.broken), (16 * (round + 1), None));
        }
        for node in nodes.into_iter().skip(1) {
            node.close().await.unwrap();
        }
        world.close().await;
    }
}

#[tokio::test]
async fn a_log_of_an_earlier_version_gets_its_head_from_its_last_act() {
    for world in databases().await {
        for number in 0..4 {
            does(&world, "import units", &number.to_string()).await;
        }
        let last = entries(&world).await.pop().unwrap();
        let owner = owner(&world).await;
        drop_guards(&owner).await;
        owner.execute_unprepared("DROP TABLE staff_log_head").await.unwrap();
        if owner.get_database_backend() == DbBackend::Postgres {
            owner.execute_unprepared("DROP FUNCTION thuocdo_log_forward()").await.unwrap();
        }
        let earlier = "DELETE FROM seaql_migrations WHERE version = 'm0009_staff_log_guard'";
        owner.execute_unprepared(earlier).await.unwrap();
        owner.close().await.unwrap();
        let db = Database::open(&world.url, Opening::Existing).await.unwrap();
        let head = staff_log::head(db.reader(), world.province).await.unwrap().unwrap();
        assert_eq!((head.seq, head.hash), (last.seq, last.hash));
        db.close().await.unwrap();
        does(&world, "close point", "X").await;
        assert_eq!(broken(&world).await, None);
        world.close().await;
    }
}

#[tokio::test]
async fn pages_are_read_newest_first_and_by_who_or_what() {
    for world in databases().await {
        for number in 0..450 {
            does(&world, if number % 3 == 0 { "close point" } else { "import units" }, &number.to_string()).await;
        }
        let of = |before, filter, limit| staff_log::page(world.db.reader(), world.province, before, filter, limit);
        let numbers = |page: Vec<StaffEntry>| page.iter().map(|entry| entry.seq).collect::<Vec<_>>();
        assert_eq!(numbers(of(None, "", 3).await.unwrap()), [450, 449, 448]);
        assert_eq!(numbers(of(Some(448), "", 2).await.unwrap()), [447, 446]);
        assert_eq!(numbers(of(None, "close", 2).await.unwrap()), [448, 445]);
        assert_eq!(of(None, "", 60_000).await.unwrap().len(), 200, "a page has its bound");
        assert_eq!(of(None, "thi.hoa", 9).await.unwrap().len(), 9);
        for nobody in ["%", "_", "Close", "' OR 1=1 --"] {
            assert_eq!(of(None, nobody, 9).await.unwrap(), [], "{nobody}");
        }
        assert_eq!(of(Some(1), "", 9).await.unwrap(), []);
        assert_eq!(log::verify(&world.db, world.province, None).await.unwrap().good.seq, 450);
        world.close().await;
    }
}

#[tokio::test]
async fn an_exported_file_is_checked_far_from_the_database_and_every_changed_letter_is_found() {
    for world in databases().await {
        for object in ["=1+1", "'x", "a,\"b\"\n", "Xã Một", "\tx"] {
            does(&world, "import units", object).await;
        }
        world.db.clone().close().await.unwrap();
        let home = Home::with(&world.url, &world.keys);
        let told = home.does(&["staff", "log", "--verify"]);
        assert!(told.contains("5 acts, the chain is whole"), "{told}");
        let head = told.lines().find_map(|line| line.strip_prefix("head ")).unwrap().to_owned();
        assert_eq!(home.does(&["staff", "log", "--verify", "--head", &head]), told);
        assert_eq!(home.does(&["staff", "log"]).lines().count(), 5);
        home.does(&["staff", "log", "--export", "log.csv"]);
        let again = home.run(&["staff", "log", "--export", "log.csv"]);
        assert!(again.code == Some(1) && again.err.contains("cannot make log.csv"), "{}", again.err);
        let file = home.path().join("log.csv");
        let good = std::fs::read(&file).unwrap();
        assert!(home.does(&["staff", "log", "--check", "log.csv", "--head", &head]).contains("the chain is whole"));
        assert!(home.does(&["staff", "log", "--check", "log.csv"]).contains("only a head noted elsewhere can tell"));
        let noted = StaffHead::parse(&head);
        let start = good.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        for at in start..good.len() {
            let mut bad = good.clone();
            // Letters stay letters and digits digits, so that it is the chain that notices.
            bad[at] = match bad[at] {
                digit @ b'0'..=b'8' => digit + 1,
                b'9' => b'0',
                letter @ b'a'..=b'e' => letter + 1,
                b'f' => b'a',
                letter if letter.is_ascii_alphabetic() => letter ^ 0x20,
                _ => continue,
            };
            let verdict = log::verify_export(&bad[..], noted);
            assert!(verdict.is_err() || verdict.is_ok_and(|verdict| verdict.broken.is_some()), "byte {at}");
        }
        let text = String::from_utf8(good).unwrap();
        std::fs::write(&file, text.replace("Xã Một", "Xã Hai")).unwrap();
        let altered = home.run(&["staff", "log", "--check", "log.csv"]);
        assert!(altered.code == Some(1) && altered.err.contains("act number 4 was altered"), "{}", altered.err);
        let bad = home.run(&["staff", "log", "--verify", "--head", "4:00"]);
        assert!(bad.code == Some(2) && bad.err.contains("64 hexadecimal digits"), "{}", bad.err);
        world.close().await;
    }
}

#[tokio::test]
async fn check_names_the_first_bad_act() {
    for world in databases().await {
        for number in 0..5 {
            does(&world, "import units", &number.to_string()).await;
        }
        let home = Home::with(&world.url, &world.keys);
        assert!(home.run(&["check"]).out.contains("staff log: 5 acts, the chain is whole"));
        let owner = owner(&world).await;
        drop_guards(&owner).await;
        owner.execute_unprepared("UPDATE staff_log SET object = 'x' WHERE seq = 3").await.unwrap();
        owner.close().await.unwrap();
        let told = home.run(&["check"]);
        assert_eq!(told.code, Some(1));
        assert!(told.err.contains("error: staff log: act number 3 was altered"), "{}", told.err);
        world.close().await;
    }
}
