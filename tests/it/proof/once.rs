//! A form is stored exactly once, however often and wherever it is sent.
//!
//! Seen failing with the question for used keys answered by "none": the database's key then refuses the second row, and
//! the senders get a fault instead of their receipt.

use std::collections::BTreeMap;

use sea_orm::DbBackend;
use thuocdo::collect::storing::Outcome;
use thuocdo::collect::{Intake, seal};
use thuocdo::questionnaire::Answer;
use thuocdo::store::{Database, Opening};
use thuocdo::words::{Day, Moment};
use tokio::task::JoinSet;

use super::query;
use crate::world::{World, databases};

impl World {
    /// Answers in the record, keys, and forms in the cells.
    async fn stored(&self) -> (i64, i64, i64) {
        let answers = self.rows("response").await + self.rows("response_open").await;
        let sql = "SELECT CAST(COALESCE(SUM(n1 + n_blank), 0) AS BIGINT) FROM cell WHERE item = 0";
        let forms = query(self.db.reader(), sql).await[0].try_get_by_index(0).unwrap();
        (answers, self.rows("idempotency").await, forms)
    }
}

#[tokio::test]
async fn a_thousand_senders_of_one_form_store_one_answer_and_hold_one_receipt() {
    for world in databases().await {
        let edition = world.with_town().await;
        let form = world.form(&edition, 1, Moment::now().day());
        let (intake, task) = Intake::start(world.db.clone(), world.province, world.keys.clone());
        let mut senders = JoinSet::new();
        for _ in 0..1_000 {
            let (intake, form) = (intake.clone(), form.clone());
            senders.spawn(async move { intake.store(form).await.unwrap() });
        }
        let (mut stored, mut again) = (Vec::new(), Vec::new());
        for outcome in senders.join_all().await {
            match outcome {
                Outcome::Stored(receipt) => stored.push(receipt),
                Outcome::Again(receipt) => again.push(receipt),
                Outcome::ChangedBody | Outcome::TicketSpent => panic!("the body is the same"),
            }
        }
        assert_eq!((stored.len(), again.len()), (1, 999));
        assert!(again.iter().all(|receipt| *receipt == stored[0]));
        let mut other = form.clone();
        other.answers[0] = Answer::Level(1);
        assert_eq!(intake.store(other).await, Ok(Outcome::ChangedBody));
        let mut other = form.clone();
        other.comment = Some("Thêm một câu".to_owned());
        assert_eq!(intake.store(other).await, Ok(Outcome::ChangedBody));
        assert_eq!(intake.store(form).await, Ok(Outcome::Again(stored[0])));
        assert_eq!(world.stored().await, (1, 1, 1));
        drop(intake);
        task.await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn one_form_with_two_bodies_in_one_batch_keeps_the_first() {
    for world in databases().await {
        let edition = world.with_town().await;
        let day = Day(20_500);
        let first = world.form(&edition, 1, day);
        let mut second = first.clone();
        second.answers[4] = Answer::Blank;
        let outcomes = world.stores(day, &[first.clone(), second, first]).await;
        let [Outcome::Stored(receipt), Outcome::ChangedBody, Outcome::Again(again)] = outcomes[..] else {
            panic!("{outcomes:?}")
        };
        assert_eq!(receipt, again);
        assert_eq!(world.stored().await, (1, 1, 1));
        world.close().await;
    }
}

#[tokio::test]
async fn a_form_sent_again_the_next_day_is_found_open_or_sealed() {
    for world in databases().await {
        let edition = world.with_town().await;
        let day = Day(20_500);
        let form = world.form(&edition, 1, day);
        let mut changed = form.clone();
        changed.answers[0] = Answer::NotApplicable;
        let Outcome::Stored(receipt) = world.stores(day, std::slice::from_ref(&form)).await[0] else {
            panic!("the first one is stored")
        };
        for sealed in [false, true] {
            if sealed {
                seal::seal(&world.db, world.province, day, day.plus(1)).await.unwrap();
            }
            let outcomes = world.stores(day.plus(1), &[form.clone(), changed.clone()]).await;
            assert_eq!(outcomes, [Outcome::Again(receipt), Outcome::ChangedBody], "sealed: {sealed}");
        }
        // Keys are kept for 30 days after the opening and no longer.
        for (today, kept) in [(day.plus(30), 1), (day.plus(31), 0)] {
            seal::seal(&world.db, world.province, today.plus(-1), today).await.unwrap();
            assert_eq!(world.stored().await, (1, kept, 1));
        }
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_on_one_database_store_every_form_once() {
    for world in databases().await {
        if world.db.reader().get_database_backend() == DbBackend::Postgres {
            let edition = world.with_town().await;
            let other = Database::open(&world.url, Opening::Existing).await.unwrap();
            let nodes =
                [world.db.clone(), other.clone()].map(|db| Intake::start(db, world.province, world.keys.clone()));
            let mut senders = JoinSet::new();
            for round in 0..6_u64 {
                for name in 0..300_u64 {
                    let form = world.form(&edition, name, Moment::now().day());
                    let at = usize::try_from((name + round) % 2).unwrap();
                    let intake = nodes[at].0.clone();
                    senders.spawn(async move { (name, intake.store(form).await.unwrap()) });
                }
            }
            let mut outcomes: BTreeMap<u64, Vec<Outcome>> = BTreeMap::new();
            for (name, outcome) in senders.join_all().await {
                outcomes.entry(name).or_default().push(outcome);
            }
            for (name, outcomes) in outcomes {
                let stored: Vec<_> = outcomes.iter().filter(|o| matches!(o, Outcome::Stored(_))).collect();
                let [Outcome::Stored(receipt)] = stored[..] else { panic!("form {name}: {outcomes:?}") };
                let again = outcomes.iter().filter(|outcome| **outcome == Outcome::Again(*receipt)).count();
                assert_eq!(again, 5, "form {name}: {outcomes:?}");
            }
            assert_eq!(world.stored().await, (300, 300, 300));
            for (intake, task) in nodes {
                drop(intake);
                task.await.unwrap();
            }
            other.close().await.unwrap();
        }
        world.close().await;
    }
}
