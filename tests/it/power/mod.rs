//! Power cuts and failing disks, on SQLite: the server runs on a disk that keeps synced bytes only (`shim.c`).
//!
//! After a cut the database is what was synced, or that with any part of what was not. With `synchronous=FULL` nothing that
//! was thanked for may be missing; with NORMAL something must be, or the harness proves nothing.

mod disk;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thuocdo::record::Receipt;
use thuocdo::store::{Database, Opening, answers};

use self::disk::Disk;
use crate::kill::{Sent, ask, post_until_it_dies};
use crate::program::Home;
use crate::program::http::Client;
use crate::world::{World, databases};

const CLIENTS: u64 = 12;
/// Cuts in an ordinary run; `POWER_CUTS` names another number.
const CUTS: u64 = 30;
/// Cuts with NORMAL: enough that some of them meets an answer that was not synced.
const CUTS_OF_NORMAL: u64 = 10;
/// Failures in an ordinary run; `DISK_FAULTS` names another number.
const FAULTS: u64 = 20;

fn from_environment(name: &str, otherwise: u64) -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; whoever runs it names the number")]
    std::env::var(name).map_or(otherwise, |number| number.parse().unwrap())
}

async fn sqlite() -> World {
    let mut worlds = databases().await;
    let world = worlds.remove(0);
    for other in worlds {
        other.close().await;
    }
    world.db.clone().close().await.unwrap();
    world
}

/// Thanked, lost and stored after a number of power cuts.
#[derive(Debug, Default)]
struct Tally {
    thanked: usize,
    lost: usize,
    resent: usize,
}

async fn cut(world: &World, cuts: u64, normal: bool) -> Option<Tally> {
    let home = Home::with(&world.url, &world.keys);
    home.with_counters();
    let codes = ["X1.Q1", "X1.Q2", "X2.Q1"].map(|point| home.public_code(point));
    let disk = Disk::under(&world.url)?;
    let mut tally = Tally::default();
    let mut settings = disk.settings();
    settings.extend(normal.then_some(("POWER_SYNCHRONOUS".to_owned(), "NORMAL".to_owned())));
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut receipts: BTreeSet<String> = BTreeSet::new();
    for number in 0..cuts {
        let mut random = ChaCha8Rng::seed_from_u64(number);
        let server = home.serve_with(&settings);
        let (enough, sent) = (random.random_range(5..120), Mutex::new(Vec::new()));
        let (thanked, told) = channel();
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let (thanked, sent, codes, address) = (thanked.clone(), &sent, &codes, server.address);
                scope.spawn(move || {
                    let random = ChaCha8Rng::seed_from_u64(number * CLIENTS + client);
                    let forms = post_until_it_dies(Client::new(address), codes, random, &thanked);
                    sent.lock().unwrap().extend(forms);
                });
            }
            for _ in 0..enough {
                told.recv_timeout(Duration::from_mins(1)).expect("the clients post");
            }
            server.kill();
        });
        disk.lose_power(&mut random);
        let sent: Vec<Sent> = sent.into_inner().unwrap();
        let of_cut: Vec<String> = sent.iter().filter_map(|sent| sent.receipt.clone()).collect();
        tally.thanked += of_cut.len();
        tally.lost += lost(world, &of_cut).await;
        receipts.extend(of_cut);
        if !normal {
            // What nobody was thanked for is sent again, and stored once whether it had been or not.
            let server = home.serve();
            let mut client = server.client();
            for unanswered in sent.iter().filter(|sent| sent.receipt.is_none()) {
                let (receipt, _) = unanswered.send(&mut client).expect("the new server answers");
                tally.resent += 1;
                assert!(receipts.insert(receipt), "two forms with one receipt");
            }
            assert_eq!(server.stop(), Some(0), "{}", home.server_log());
            let db = Database::open(&world.url, Opening::Existing).await.unwrap();
            let stored: i64 = ask(&db, "SELECT count(*) FROM response_open").await;
            db.close().await.unwrap();
            assert_eq!(stored, i64::try_from(receipts.len()).unwrap(), "after {} cuts", number + 1);
        }
    }
    Some(tally)
}

/// How many of these receipts have no answer, after the database has been found whole.
async fn lost(world: &World, receipts: &[String]) -> usize {
    let db = Database::open(&world.url, Opening::Existing).await.unwrap();
    assert_eq!(ask::<String>(&db, "PRAGMA integrity_check").await, "ok");
    let mut lost = 0;
    for receipt in receipts {
        let receipt = Receipt::parse(receipt).unwrap();
        let standing = answers::standing(db.reader(), world.province, &receipt).await.unwrap();
        lost += usize::from(standing.is_none());
    }
    db.close().await.unwrap();
    lost
}

#[tokio::test]
async fn a_power_cut_loses_nothing_that_was_thanked_for_and_the_same_with_less_syncing_does() {
    let (full, normal) = (sqlite().await, sqlite().await);
    let cuts = from_environment("POWER_CUTS", CUTS);
    let Some(with_full) = cut(&full, cuts, false).await else { return };
    let with_normal = cut(&normal, CUTS_OF_NORMAL.max(cuts / 10), true).await.unwrap();
    println!("FULL: {cuts} power cuts: {with_full:?}\nNORMAL: {with_normal:?}");
    assert_eq!(with_full.lost, 0);
    assert!(with_full.thanked > 0 && with_full.resent > 0, "{with_full:?}");
    assert!(with_normal.lost > 0, "with NORMAL nothing is lost: the harness proves nothing");
    for world in [full, normal] {
        world.close().await;
    }
}

#[tokio::test]
async fn a_full_or_failing_disk_thanks_nobody_in_vain_and_recovers_by_itself() {
    let world = sqlite().await;
    let home = Home::with(&world.url, &world.keys);
    home.with_counters();
    let codes = ["X1.Q1", "X1.Q2", "X2.Q1"].map(|point| home.public_code(point));
    let Some(disk) = Disk::under(&world.url) else { return };
    let settings = disk.settings();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let server = home.serve_with(&settings);
    let faults = from_environment("DISK_FAULTS", FAULTS);
    let (mut thanked, mut refused) = (Vec::new(), 0);
    for fault in 0..faults {
        let mut random = ChaCha8Rng::seed_from_u64(fault);
        let (first, calls) = (random.random_range(1..40), random.random_range(1..30));
        let no_space = random.random_bool(0.5);
        disk.fail(first, calls, if no_space { disk::NO_SPACE } else { disk::IO_ERROR });
        let mut client = server.client();
        let (mut good, mut met) = (0, false);
        // Posting goes on until the disk has been good again for a while.
        for _ in 0..2_000 {
            let code = &codes[random.random_range(0..codes.len())];
            let form = crate::program::form::OpenForm::open(&mut client, code).unwrap();
            let answer = form.send(&mut client, &[("attitude", "4")]).unwrap();
            match answer.status {
                303 => {
                    thanked.push(answer.receipt().unwrap().0);
                    good += 1;
                }
                503 => {
                    (refused, good, met) = (refused + 1, 0, true);
                    assert!(answer.text().contains("_khoa"), "the form comes back filled in");
                }
                other => panic!("{other}: {}", answer.text()),
            }
            if disk.is_good_again() && good >= 5 {
                break;
            }
        }
        assert!(
            disk.is_good_again() && good >= 5,
            "fault {fault} (met: {met}, {good} good, {:?}) did not end",
            disk.state()
        );
    }
    println!("{faults} faults: {} thanked, {refused} told that it was not stored", thanked.len());
    assert!(refused > 0, "no fault met a form");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(lost(&world, &thanked).await, 0);
    let db = Database::open(&world.url, Opening::Existing).await.unwrap();
    let stored: i64 = ask(&db, "SELECT count(*) FROM response_open").await;
    // A form that was refused may be stored where the failure came after the commit; never one less than was thanked for.
    assert!(stored >= i64::try_from(thanked.len()).unwrap());
    db.close().await.unwrap();
    crate::kill::cells_are_the_sum_of_the_answers(&world).await;
    world.close().await;
}
