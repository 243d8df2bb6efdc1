//! Near misses beside a crowd: nothing that only looks like a ticket is taken for one, and nobody with a true one waits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thuocdo::record::{Keys, Ticket};
use thuocdo::words::{Level, Moment, Province, TicketStage};

use super::{Served, open};
use crate::program::form::field;
use crate::program::http::Client;
use crate::world::databases;

const CITIZENS: usize = 300;
/// Bad requests a minute beside them.
const BAD_A_MINUTE: u64 = 5_000;
const SEED: u64 = 20_261_122;

/// Something that is no ticket here.
fn near_miss(keys: &Keys, random: &mut ChaCha8Rng) -> String {
    let of = |province: i16, dossier: &str, stage| Ticket::of(keys, Province(province), dossier, stage).code();
    let dossier = format!("HS-{}", random.random_range(0..CITIZENS));
    match random.random_range(0..4) {
        0 => {
            let mut code: Vec<char> = of(1, &dossier, TicketStage::Result).chars().collect();
            let at = random.random_range(0..code.len());
            code[at] = if code[at] == '7' { '8' } else { '7' };
            code.into_iter().collect()
        }
        1 => of(1, &dossier, TicketStage::Reception),
        2 => of(2, &dossier, TicketStage::Result),
        _ => of(1, &format!("{dossier}-0"), TicketStage::Result),
    }
}

#[tokio::test]
async fn three_hundred_citizens_behind_one_address_never_wait_for_five_thousand_guesses_a_minute() {
    for world in databases().await {
        let served = Served::of(world);
        let tickets = served.dossiers(0..CITIZENS);
        // The form of a true ticket, with which every near miss is sent, too.
        let form = open(&mut served.client(), &tickets[0]);
        let (done, limited, bad) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let (began, address) = (Instant::now(), served.server.address);
        std::thread::scope(|scope| {
            for guesser in 0..4 {
                let (keys, form, done, limited, bad) = (&served.world.keys, &form, &done, &limited, &bad);
                scope.spawn(move || {
                    let mut random = ChaCha8Rng::seed_from_u64(SEED + guesser);
                    let mut client = Client::new(address);
                    let pause = Duration::from_millis(60_000 * 4 / BAD_A_MINUTE);
                    while done.load(Ordering::Relaxed) < CITIZENS {
                        let code = near_miss(keys, &mut random);
                        let answer = if random.random_bool(0.5) {
                            client.get(&format!("/p/{code}")).unwrap()
                        } else {
                            let fields = form.but("_phieu", Some(&code)).filled(&[("attitude", "5")]);
                            client.post("/p", &fields).unwrap()
                        };
                        bad.fetch_add(1, Ordering::Relaxed);
                        match answer.status {
                            404 => {}
                            429 => {
                                limited.fetch_add(1, Ordering::Relaxed);
                            }
                            other => panic!("{other} after {code}: {}", answer.text()),
                        }
                        std::thread::sleep(pause);
                    }
                });
            }
            for (citizen, ticket) in tickets.iter().enumerate() {
                if citizen % 30 == 0 {
                    std::thread::sleep(Duration::from_millis(600));
                }
                let done = &done;
                scope.spawn(move || {
                    let mut client = Client::new(address);
                    let answer = open(&mut client, ticket).send(&mut client, &[("attitude", "4")]).unwrap();
                    done.fetch_add(1, Ordering::Relaxed);
                    assert_eq!(answer.status, 303, "{}", answer.text());
                });
            }
        });
        let (limited, bad) = (limited.into_inner(), bad.into_inner());
        println!(
            "{CITIZENS} thanked beside {bad} near misses in {:?}, {limited} of them told to wait",
            began.elapsed()
        );
        assert!(limited > 0 && bad > limited, "the bucket of failures was never full, or always");
        assert_eq!(served.levels().await, [(Level::B.code(), 300)]);
        served.end().await;
    }
}

#[tokio::test]
async fn a_ticket_is_none_for_whoever_holds_other_keys() {
    for world in databases().await {
        let served = Served::of(world);
        served.dossiers(0..1);
        let mut keys = served.world.keys.clone();
        keys.ticket = thuocdo::record::Secret::new([9; 32]);
        let foreign = Ticket::of(&keys, served.world.province, "HS-0", TicketStage::Result);
        let mut client = served.client();
        assert_eq!(client.get(&super::address(&foreign)).unwrap().status, 404);
        assert_eq!(client.post("/p", &[field("_phieu", &foreign.code())]).unwrap().status, 404);
        let today = Moment::now().day();
        assert_eq!(served.world.snapshot().await.installation.sealed_through.filter(|day| *day >= today), None);
        served.end().await;
    }
}
