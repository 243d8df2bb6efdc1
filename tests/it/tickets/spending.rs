//! A ticket gives one answer, whoever sends it how often and at whatever moment.
//!
//! Seen failing with the question for spent tickets answered by "none": the database's key then refuses the second row, and
//! the senders get a fault instead of the page of a spent ticket.

use std::collections::BTreeSet;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};

use thuocdo::collect::storing::Outcome;
use thuocdo::collect::{Intake, seal};
use thuocdo::record::{FormKey, Ticket, TicketHash};
use thuocdo::store::{Database, Opening};
use thuocdo::words::{Channel, Level, Moment};
use tokio::task::JoinSet;

use super::Served;
use crate::program::form::{OpenForm, hidden};
use crate::program::http::Client;
use crate::world::databases;

/// Tickets, each posted by so many clients at once.
const TICKETS: usize = 50;
const CLIENTS: usize = 200;

fn from_environment(name: &str, otherwise: usize) -> usize {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test has no settings; the long form is asked for by whoever runs it"
    )]
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[tokio::test]
async fn two_hundred_posts_at_once_spend_a_ticket_once() {
    for world in databases().await {
        let served = Served::of(world);
        let tickets = served.dossiers(0..from_environment("TICKETS", TICKETS));
        let (thanked, used) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (barrier, address, others) = (Barrier::new(CLIENTS), served.server.address, Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| {
                    let mut client = Client::new(address);
                    for ticket in &tickets {
                        // All of them open the form before anybody sends it. Nobody may end early: the others would wait.
                        let form = opened(&mut client, ticket);
                        barrier.wait();
                        match form.and_then(|form| form.send(&mut client, &[("attitude", "5")]).ok()).map(|a| a.status)
                        {
                            Some(303) => drop(thanked.fetch_add(1, Ordering::Relaxed)),
                            Some(410) => drop(used.fetch_add(1, Ordering::Relaxed)),
                            other => others.lock().unwrap().push(other),
                        }
                        barrier.wait();
                    }
                });
            }
        });
        let (thanked, used, others) = (thanked.into_inner(), used.into_inner(), others.into_inner().unwrap());
        println!("{} tickets × {CLIENTS} posts: {thanked} thanked, {used} told that it is used", tickets.len());
        assert_eq!((others, thanked, thanked + used), (Vec::new(), tickets.len(), tickets.len() * CLIENTS));
        let stored = i64::try_from(tickets.len()).unwrap();
        assert_eq!(served.levels().await, [(Level::B.code(), stored)]);
        assert_eq!(served.world.rows("ticket_spent_open").await, stored);
        served.end().await;
    }
}

/// The form of a ticket, if it could be opened.
fn opened(client: &mut Client, ticket: &Ticket) -> Option<OpenForm> {
    let page = client.get(&super::address(ticket)).ok().filter(|page| page.status == 200)?;
    Some(OpenForm { path: super::action(&page), hidden: hidden(&page.text()) })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_ticket_posted_while_days_are_sealed_is_spent_once() {
    for world in databases().await {
        let edition = world.with_town().await;
        let today = Moment::now().day();
        let nodes = if world.url.starts_with("postgres") { 2 } else { 1 };
        let mut intakes = Vec::new();
        for node in 0..nodes {
            let db = match node {
                0 => world.db.clone(),
                _ => Database::open(&world.url, Opening::Existing).await.unwrap(),
            };
            intakes.push(Intake::start(db, world.province, world.keys.clone()));
        }
        let sealing = {
            let (db, province) = (world.db.clone(), world.province);
            tokio::spawn(async move {
                for _ in 0..40 {
                    seal::seal(&db, province, today.plus(-1), today).await.unwrap();
                }
            })
        };
        let mut senders = JoinSet::new();
        for sender in 0..12_u64 {
            for ticket in 0..60_u8 {
                let mut form = world.form(&edition, u64::from(ticket) * 100 + sender, today);
                form.ticket = Some(TicketHash([ticket; 32]));
                (form.level, form.channel) = (Level::B, Channel::Slip);
                let intake = intakes[usize::try_from(sender).unwrap() % intakes.len()].0.clone();
                senders.spawn(async move { (ticket, intake.store(form).await.unwrap()) });
            }
        }
        let mut stored = BTreeSet::new();
        for (ticket, outcome) in senders.join_all().await {
            match outcome {
                Outcome::Stored(_) => assert!(stored.insert(ticket), "ticket {ticket} was spent twice"),
                Outcome::TicketSpent => {}
                other => panic!("{other:?}"),
            }
        }
        sealing.await.unwrap();
        assert_eq!(stored.len(), 60);
        assert_eq!(world.rows("response_open").await, 60);
        seal::seal(&world.db, world.province, today.plus(-1), today).await.unwrap();
        assert_eq!((world.rows("ticket_spent").await, world.rows("ticket_spent_open").await), (60, 0));
        for (intake, task) in intakes {
            drop(intake);
            task.await.unwrap();
        }
        world.close().await;
    }
}

#[tokio::test]
async fn the_same_form_again_is_the_same_receipt_and_another_form_finds_the_ticket_spent() {
    for world in databases().await {
        let edition = world.with_town().await;
        let today = Moment::now().day();
        let mut form = world.form(&edition, 1, today);
        form.ticket = Some(TicketHash([9; 32]));
        form.level = Level::B;
        let mut other = form.clone();
        other.key = FormKey::of_import(&world.keys, b"another", today);
        let first = world.stores(today, &[form.clone(), other.clone(), form.clone()]).await;
        let [Outcome::Stored(receipt), Outcome::TicketSpent, Outcome::Again(again)] = first[..] else {
            panic!("{first:?}")
        };
        assert_eq!(receipt, again);
        for sealed in [false, true] {
            if sealed {
                seal::seal(&world.db, world.province, today, today.plus(1)).await.unwrap();
            }
            let outcomes = world.stores(today.plus(1), &[other.clone(), form.clone()]).await;
            assert_eq!(outcomes, [Outcome::TicketSpent, Outcome::Again(receipt)], "sealed: {sealed}");
        }
        assert_eq!(world.rows("response").await, 1);
        world.close().await;
    }
}
