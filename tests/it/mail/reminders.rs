//! The letters before reports are due: once each, whichever server posts them.

use thuocdo::mail;
use thuocdo::reports::{Calendar, reminders};
use thuocdo::store::{Database, Opening, digest, outbox, staff};
use thuocdo::words::{Day, Grant, Moment, Role, UnitId};

use super::{Server, mailer};
use crate::office::officer::activated;
use crate::world::databases;

fn at(day: Day, hour: i64) -> Moment {
    Moment::from_unix(Moment::at_end_of(day.plus(-1)).unix() + hour * 3_600)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letters_before_a_report_arrive_once_each_whichever_server_posts_them() {
    for world in databases().await {
        let Some(server) = Server::here("") else { return };
        world.with_town().await;
        for (email, role, unit) in [
            ("quanly4@x.gov.vn", Role::UnitManager, 4),
            ("tat4@x.gov.vn", Role::UnitManager, 4),
            ("noivu@x.gov.vn", Role::HomeAffairs, 0),
            ("nhap4@x.gov.vn", Role::DataEntry, 4),
        ] {
            activated(&world, email, Grant { role, unit: UnitId(unit) }).await;
        }
        let unwanted =
            staff::by_email(world.db.reader(), world.province, "tat4@x.gov.vn").await.unwrap().unwrap().staff;
        let tx = world.db.begin().await.unwrap();
        digest::want(&tx, world.province, unwanted, false).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = world.snapshot().await;
        let line = |level: &str| {
            format!("[[due]]\nlevel = \"{level}\"\nreport = \"nam\"\nbefore = \"12-10\"\nsource = \"Kế hoạch thử\"\n")
        };
        let calendar = Calendar::parse(&[line("commune"), line("department")].concat()).unwrap();
        let due = Day::of(Moment::now().day().year() + 1, 12, 10).unwrap();
        let posts = async |db: &Database, day: Day, hour| {
            reminders::post(db, &snapshot, &calendar, "https://do.vn", at(day, hour)).await.unwrap()
        };
        assert_eq!(posts(&world.db, due.plus(-11), 12).await, 0, "eleven days before");
        assert_eq!(posts(&world.db, due.plus(-10), 6).await, 0, "at night");
        let other = Database::open(&world.url, Opening::Existing).await.unwrap();
        let (one, two) = tokio::join!(posts(&world.db, due.plus(-10), 7), posts(&other, due.plus(-10), 7));
        assert_eq!(one + two, 1, "the manager alone: one wants none, the province has no day, the clerk no right");
        let mailer = mailer(&format!("smtp://127.0.0.1:{}", server.port));
        assert_eq!(mail::turn(&world.db, world.province, &mailer, at(due.plus(-10), 8)).await.unwrap().sent, 1);
        for later in [-10, -7, -3] {
            assert_eq!(posts(&world.db, due.plus(later), 9).await, 0);
        }
        let (one, two) = tokio::join!(posts(&world.db, due.plus(-2), 7), posts(&other, due.plus(-2), 7));
        assert_eq!(one + two, 1);
        assert_eq!(posts(&other, due.plus(-1), 12).await + posts(&other, due, 12).await, 0);
        assert_eq!(outbox::waiting(world.db.reader(), world.province).await.unwrap(), 1);
        assert_eq!(mail::turn(&world.db, world.province, &mailer, at(due.plus(-2), 8)).await.unwrap().sent, 1);
        assert_eq!(server.letters().len(), 2);
        for letter in server.letters() {
            assert!(letter.contains("quanly4@x.gov.vn") && letter.contains("/quan-tri/bao-cao"), "{letter}");
        }
        other.close().await.unwrap();
        world.close().await;
    }
}
