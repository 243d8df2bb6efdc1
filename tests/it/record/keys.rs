//! The key that signs checkpoints can be turned, and what it signed before stays good.

use thuocdo::audit::{self, rotation};
use thuocdo::record::{Keyring, Keys, NoteKey, Secret};
use thuocdo::store::checkpoints;
use thuocdo::words::Moment;

use super::FIRST;
use crate::program::Home;
use crate::world::databases;

#[tokio::test]
async fn a_key_is_turned_and_who_trusts_the_first_trusts_what_follows() {
    for mut world in databases().await {
        let edition = world.with_town().await;
        let mut serial = 0;
        let mut receipts = Vec::new();
        let old = world.keys.clone();
        for turn in 0_u8..3 {
            let day = FIRST.plus(i32::from(turn));
            receipts.extend(world.answers(&edition, &mut serial, day, 30).await);
            world.signs(day).await;
            let new = Secret::new([100 + turn; 32]);
            rotation::turn(&world.db, &world.keys, world.province, &new, false, Moment::now()).await.unwrap();
            world.keys = Keys { checkpoint: vec![new], ..world.keys.clone() };
        }
        let first = thuocdo::collect::first_key(world.province, &old).unwrap();
        let pinned = NoteKey::parse(&first.vkey).unwrap();
        for receipt in receipts.iter().step_by(7) {
            let proof = audit::inclusion(world.db.reader(), world.province, receipt).await.unwrap().unwrap();
            assert!(proof.verify(Some(&pinned)).is_ok());
        }
        let keys = checkpoints::keys(world.db.reader(), world.province).await.unwrap();
        let ring = Keyring::follow(&keys, Some(&pinned)).unwrap();
        assert_eq!((keys.len(), ring.orphans.len()), (4, 0));
        // The old key signs nothing any more: the day is sealed, and waits.
        world.answers(&edition, &mut serial, FIRST.plus(3), 30).await;
        let stale = std::mem::replace(&mut world.keys, old);
        world.signs(FIRST.plus(3)).await;
        assert_eq!(world.latest().await.size, 90);
        world.keys = stale;
        world.signs(FIRST.plus(3)).await;
        assert_eq!((world.latest().await.size, world.latest().await.key_id), (120, 4));
        assert_eq!(world.is_whole().await.remarks, Vec::<String>::new());
        world.close().await;
    }
}

#[tokio::test]
async fn a_lost_key_is_replaced_and_everybody_is_told() {
    for mut world in databases().await {
        let edition = world.with_town().await;
        let mut serial = 0;
        world.answers(&edition, &mut serial, FIRST, 30).await;
        world.signs(FIRST).await;
        world.keys.checkpoint = vec![Secret::new([66; 32])];
        let new = Secret::new([67; 32]);
        let turned = rotation::turn(&world.db, &world.keys, world.province, &new, false, Moment::now()).await;
        assert!(turned.unwrap_err().to_string().contains("--lost"));
        rotation::turn(&world.db, &world.keys, world.province, &new, true, Moment::now()).await.unwrap();
        world.keys.checkpoint = vec![new];
        world.answers(&edition, &mut serial, FIRST.plus(1), 30).await;
        world.signs(FIRST.plus(1)).await;
        let report = world.is_whole().await;
        assert!(report.remarks.len() == 1 && report.remarks[0].contains("key 2"), "{:?}", report.remarks);
        world.close().await;
    }
}

#[tokio::test]
async fn the_commands_turn_the_key_print_the_checkpoint_and_check_the_record() {
    for world in databases().await {
        let edition = world.with_town().await;
        let home = Home::with(&world.url, &world.keys);
        assert!(home.does(&["record"]).contains("nothing sealed and signed yet"));
        assert!(home.does(&["record", "verify"]).contains("nothing is sealed"));
        for command in [&["record", "checkpoint"][..], &["record", "rotate-key"]] {
            let told = home.run(command);
            assert!(told.code == Some(1) && told.err.contains("yet"), "{}", told.err);
        }
        let mut serial = 0;
        let receipt = world.answers(&edition, &mut serial, FIRST, 30).await[0];
        home.does(&["seal"]);
        let noted = home.does(&["record", "checkpoint"]);
        std::fs::write(home.path().join("noted.txt"), &noted).unwrap();
        let told = home.does(&["record", "rotate-key"]);
        assert!(told.contains("key 2 signs from now on"), "{told}");
        assert!(home.does(&["check"]).contains("record: 30 sealed answers"));
        world.answers(&edition, &mut serial, FIRST.plus(1), 30).await;
        home.does(&["seal"]);
        assert!(home.does(&["record"]).contains("60 sealed answers"));
        let whole = home.does(&["record", "verify", "--checkpoint", "noted.txt"]);
        assert!(whole.contains("the record is whole") && whole.contains("lies on it"), "{whole}");
        let proof = audit::inclusion(world.db.reader(), world.province, &receipt).await.unwrap().unwrap().write();
        std::fs::write(home.path().join("bien-nhan.txt"), &proof).unwrap();
        let key = checkpoints::keys(world.db.reader(), world.province).await.unwrap()[0].vkey.clone();
        let good = home.does(&["receipt", "verify", "bien-nhan.txt", "--key", &key]);
        assert!(
            good.starts_with("good: ") && good.contains(&receipt.to_string()) && !good.contains("believed"),
            "{good}"
        );
        assert!(home.does(&["receipt", "verify", "bien-nhan.txt"]).contains("the first key in the file was believed"));
        std::fs::write(home.path().join("bad.txt"), proof.replace("index ", "index 1")).unwrap();
        let bad = home.run(&["receipt", "verify", "bad.txt"]);
        assert!(bad.code == Some(1) && bad.err.contains("does not show"), "{}", bad.err);
        world.close().await;
    }
}
