//! Sealing signs the record, and a receipt proves its place in it, then and later.

use std::time::Instant;

use sea_orm::ConnectionTrait;
use thuocdo::audit;
use thuocdo::collect::seal;
use thuocdo::record::{ReceiptFile, Shown};
use thuocdo::store::answers::{self, Standing};

use super::{FIRST, drop_guards};
use crate::world::{World, databases};

#[tokio::test]
async fn every_receipt_is_proven_when_its_day_is_sealed_and_for_ever() {
    for world in databases().await {
        let edition = world.with_town().await;
        let (mut serial, mut receipts, mut files) = (0, Vec::new(), Vec::new());
        for (offset, n) in [(0, 1), (1, 300), (2, 0), (3, 700), (4, 2)] {
            let day = FIRST.plus(offset);
            receipts.extend(world.answers(&edition, &mut serial, day, n).await);
            let waiting = receipts.last().unwrap();
            let is_open = n > 0;
            let promise =
                audit::promise(world.db.reader(), &world.keys, world.province, waiting).await.unwrap().unwrap();
            assert!(matches!(promise.verify(None), Ok(Shown::Promised(_))));
            let early = audit::inclusion(world.db.reader(), world.province, waiting).await.unwrap();
            assert_eq!(early.is_none(), is_open);
            world.signs(day).await;
            let proof = audit::inclusion(world.db.reader(), world.province, waiting).await.unwrap().unwrap();
            files.push((receipts.len(), proof.write()));
        }
        let latest = world.latest().await;
        assert_eq!(latest.size, 1_003);
        let first_key = thuocdo::collect::first_key(world.province, &world.keys).unwrap();
        let pinned = thuocdo::record::NoteKey::parse(&first_key.vkey).unwrap();
        let mut places = std::collections::BTreeSet::new();
        for receipt in &receipts {
            let proof = audit::inclusion(world.db.reader(), world.province, receipt).await.unwrap().unwrap();
            let read = ReceiptFile::parse(&proof.write()).unwrap();
            let Shown::Sealed(at) = read.verify(Some(&pinned)).unwrap() else { panic!("not sealed") };
            let known = audit::checkpoint_of(world.db.reader(), world.province, receipt).await.unwrap().unwrap();
            assert_eq!((u64::try_from(known.size), at.through), (Ok(at.size), receipt.day()));
            assert!(places.insert(read.inclusion.unwrap().index));
            let standing = answers::standing(world.db.reader(), world.province, receipt).await.unwrap();
            assert!(matches!(standing, Some(Standing::Sealed(_))));
        }
        assert!(places.into_iter().eq(0..1_003));
        for (n, file) in files {
            let Shown::Sealed(at) = ReceiptFile::parse(&file).unwrap().verify(Some(&pinned)).unwrap() else { panic!() };
            assert_eq!(usize::try_from(at.size).unwrap(), n, "a proof taken earlier stays good");
        }
        let report = world.is_whole().await;
        assert_eq!((report.sealed, report.open, report.batches, report.checkpoints), (1_003, 0, 4, 4));
        world.close().await;
    }
}

#[tokio::test]
async fn what_comes_late_is_sealed_into_a_further_batch_and_proven() {
    for world in databases().await {
        let edition = world.with_town().await;
        let mut serial = 0;
        for offset in 0..4 {
            world.answers(&edition, &mut serial, FIRST.plus(offset), 90).await;
            world.signs(FIRST.plus(offset)).await;
        }
        let late = world.answers(&edition, &mut serial, FIRST.plus(1), 40).await;
        let later = world.answers(&edition, &mut serial, FIRST.plus(4), 30).await;
        let report = world.is_whole().await;
        assert_eq!((report.sealed, report.open), (360, 70));
        world.signs(FIRST.plus(4)).await;
        let again = world.answers(&edition, &mut serial, FIRST.plus(1), 3).await;
        world.signs(FIRST.plus(5)).await;
        for receipt in late.iter().chain(&later).chain(&again) {
            let proof = audit::inclusion(world.db.reader(), world.province, receipt).await.unwrap().unwrap();
            assert!(proof.verify(None).is_ok());
        }
        let report = world.is_whole().await;
        assert_eq!((report.sealed, report.batches, report.checkpoints), (433, 7, 6));
        assert_eq!(world.rows("batch_late").await, 43);
        for (from, to) in [(90, 180), (90, 433), (360, 430), (270, 433)] {
            let proof = audit::consistency(world.db.reader(), world.province, (from, to)).await.unwrap().unwrap();
            assert!(!proof.is_empty());
        }
        for (from, to) in [(0, 90), (91, 180), (180, 90), (90, 434), (-1, 90)] {
            assert_eq!(audit::consistency(world.db.reader(), world.province, (from, to)).await.unwrap(), None);
        }
        world.close().await;
    }
}

async fn without_record(world: &World) {
    let owner = world.owner().await;
    drop_guards(&owner).await;
    for table in ["batch", "batch_late", "tree_node", "checkpoint", "record_key"] {
        owner.execute_unprepared(&format!("DELETE FROM {table}")).await.unwrap();
    }
    owner.close().await.unwrap();
}

/// `RECORD_ANSWERS` says how many answers the day has (2,000 without it); prints how long each step takes.
#[tokio::test]
async fn a_large_day_is_sealed_checked_and_proven() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test has no settings; how long it runs is said by whoever runs it"
    )]
    let asked = std::env::var("RECORD_ANSWERS").ok().and_then(|asked| asked.parse().ok());
    let n: u64 = asked.unwrap_or(2_000);
    for world in databases().await {
        let edition = world.with_town().await;
        let (mut serial, mut receipts) = (0, Vec::new());
        while serial < n {
            let next = (n - serial).min(2_000);
            receipts.extend(world.answers(&edition, &mut serial, FIRST, next).await);
        }
        let began = Instant::now();
        world.signs(FIRST).await;
        let sealed = began.elapsed();
        let began = Instant::now();
        assert_eq!(world.is_whole().await.sealed, n);
        let checked = began.elapsed();
        without_record(&world).await;
        let began = Instant::now();
        world.signs(FIRST.plus(1)).await;
        let rebuilt = began.elapsed();
        let began = Instant::now();
        let proofs = receipts.iter().step_by(usize::try_from(n / 20).unwrap());
        for receipt in proofs {
            let proof = audit::inclusion(world.db.reader(), world.province, receipt).await.unwrap().unwrap();
            assert!(proof.verify(None).is_ok());
        }
        let proven = began.elapsed() / 20;
        println!(
            "{n} answers: sealed in {sealed:?}, checked in {checked:?}, tree rebuilt in {rebuilt:?}, proof in {proven:?}"
        );
        world.close().await;
    }
}

#[tokio::test]
async fn days_sealed_before_there_was_a_tree_come_into_it_at_the_next_sealing() {
    for world in databases().await {
        let edition = world.with_town().await;
        let mut serial = 0;
        let mut receipts = Vec::new();
        for offset in 0..3 {
            receipts.extend(world.answers(&edition, &mut serial, FIRST.plus(offset), 200).await);
            world.signs(FIRST.plus(offset)).await;
        }
        // As a database stood before the migration, or an older backup brings it back.
        without_record(&world).await;
        let report = world.checked(None).await;
        assert!(report.faults.iter().all(|fault| fault.table == "batch") && report.faults.len() == 3);
        receipts.extend(world.answers(&edition, &mut serial, FIRST.plus(3), 50).await);
        world.signs(FIRST.plus(3)).await;
        let report = world.is_whole().await;
        assert_eq!((report.sealed, report.batches, report.checkpoints), (650, 4, 1));
        for receipt in receipts.iter().step_by(37) {
            let proof = audit::inclusion(world.db.reader(), world.province, receipt).await.unwrap().unwrap();
            assert!(proof.verify(None).is_ok());
        }
        world.close().await;
    }
}

#[tokio::test]
async fn a_day_sealed_without_the_key_is_signed_at_the_next_sealing_with_it() {
    for world in databases().await {
        let edition = world.with_town().await;
        let mut serial = 0;
        world.answers(&edition, &mut serial, FIRST, 20).await;
        world.signs(FIRST).await;
        world.answers(&edition, &mut serial, FIRST.plus(1), 20).await;
        seal::seal(&world.db, world.province, FIRST.plus(1), FIRST.plus(2)).await.unwrap();
        let report = world.checked(None).await;
        assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
        assert_eq!(report.faults[0].table, "checkpoint");
        assert_eq!(world.latest().await.size, 20);
        world.signs(FIRST.plus(1)).await;
        assert_eq!(world.latest().await.size, 40);
        world.is_whole().await;
        world.close().await;
    }
}

#[tokio::test]
async fn the_tables_of_the_record_are_only_added_to() {
    for world in databases().await {
        let edition = world.with_town().await;
        let mut serial = 0;
        for day in [FIRST, FIRST] {
            world.answers(&edition, &mut serial, day, 300).await;
            world.signs(day).await;
        }
        let owner = world.owner().await;
        let columns =
            [("batch", "n = n"), ("batch_late", "number = 1"), ("tree_node", "idx = 0"), ("checkpoint", "day = 1")];
        for (table, set) in columns.into_iter().chain([("record_key", "id = 1")]) {
            for statement in [
                format!("UPDATE {table} SET {set}"),
                format!("DELETE FROM {table}"),
                format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
                format!("INSERT INTO {table} SELECT * FROM {table}"),
                format!("TRUNCATE {table}"),
            ] {
                assert!(owner.execute_unprepared(&statement).await.is_err(), "{statement}");
            }
        }
        owner.close().await.unwrap();
        world.is_whole().await;
        world.close().await;
    }
}
