//! The letter of the week: once to each person, whichever server writes it, and nothing of any answer in it.

use thuocdo::collect::{Submission, seal};
use thuocdo::digest::{CaseWork, Week, monday_of, want};
use thuocdo::index::alerts::Sign;
use thuocdo::mail;
use thuocdo::schedule::post_digests;
use thuocdo::store::alerts::{self, Node, StoredAlert};
use thuocdo::store::{Database, Opening, outbox, staff};
use thuocdo::words::{Channel, Day, EditionNumber, Grant, Level, Moment, PointId, Role, UnitId};

use super::{Server, mailer};
use crate::office::officer::activated;
use crate::world::{World, databases};

const BASE: &str = "https://do.minhhoa.vn";
const SECRET: &str = "Cán bộ tên Tâm gắt gỏng";

fn at(day: Day, hour: i64) -> Moment {
    Moment::from_unix(Moment::at_end_of(day.plus(-1)).unix() + hour * 3_600)
}

/// The Monday after the next: accounts are made now.
fn monday() -> Day {
    let today = Moment::now().day();
    today.plus(15 - i32::from(today.weekday()))
}

/// Who works where: two managers, Home Affairs, and three who get no letter.
async fn hires(world: &World) {
    for (email, role, unit) in [
        ("quanly4@x.gov.vn", Role::UnitManager, 4),
        ("quanly5@x.gov.vn", Role::UnitManager, 5),
        ("noivu@x.gov.vn", Role::HomeAffairs, 0),
        ("lanhdao@x.gov.vn", Role::Leader, 0),
        ("quantri@x.gov.vn", Role::Administrator, 0),
        ("giamsat@x.gov.vn", Role::Supervisor, 0),
    ] {
        activated(world, email, Grant { role, unit: UnitId(unit) }).await;
    }
}

/// 37 forms at a counter of unit 4, four at one of unit 5, in the week before.
async fn filled(world: &World, monday: Day) {
    let edition = world.with_town().await;
    let day = monday.plus(-3);
    let forms: Vec<Submission> = (0..41)
        .map(|at| {
            let point = PointId(if at < 37 { 11 } else { 13 });
            let comment = (at == 0).then(|| SECRET.to_owned());
            Submission { point, comment, channel: Channel::Paper, level: Level::D, ..world.form(&edition, at, day) }
        })
        .collect();
    world.stores(day, &forms).await;
    seal::seal(&world.db, world.province, monday.plus(-1), monday).await.unwrap();
}

/// An alert of unit 4, and a good sign of unit 5.
async fn alert(world: &World, day: Day) {
    let found = [(11, 4, Sign::Look), (13, 5, Sign::Good)].map(|(point, unit, sign)| StoredAlert {
        day,
        node: Node::Point(PointId(point)),
        edition: EditionNumber(1),
        level: Level::D,
        unit: UnitId(unit),
        sign,
        since: (sign == Sign::Look).then_some(day),
        item: None,
        target: 0.9,
        satisfied: 123,
        answered: 457,
        log_e: Some(15.0),
    });
    let tx = world.db.begin().await.unwrap();
    assert!(alerts::write(&tx, world.province, (day, 2), &found).await.unwrap());
    tx.commit().await.unwrap();
}

/// The letters that a server took, addressee and decoded text, by addressee.
fn letters(server: &Server) -> Vec<(String, String)> {
    let mut letters: Vec<(String, String)> = server
        .letters()
        .iter()
        .map(|letter| {
            let (to, letter) = letter.split_once('\n').unwrap();
            (to.trim().to_owned(), letter.to_owned())
        })
        .collect();
    letters.sort();
    letters
}

async fn posts(world: &World, now: Moment) -> usize {
    post_digests(&world.db, world.province, BASE, now).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_of_a_week_arrives_once_whichever_server_writes_it() {
    for world in databases().await {
        let Some(server) = Server::here("") else { return };
        let monday = monday();
        hires(&world).await;
        filled(&world, monday).await;
        alert(&world, monday.plus(-2)).await;
        assert_eq!(posts(&world, at(monday.plus(-7), 6)).await, 0, "accounts of this week begin with the next");
        let last = at(monday.plus(-7), 6);
        assert!(monday_of(last).is_none());
        let other = Database::open(&world.url, Opening::Existing).await.unwrap();
        let now = at(monday, 7);
        let (one, two) = tokio::join!(
            post_digests(&world.db, world.province, BASE, now),
            post_digests(&other, world.province, BASE, now)
        );
        assert_eq!(one.unwrap() + two.unwrap(), 3);
        // A restart, a later day of the week.
        for later in [at(monday, 8), at(monday.plus(3), 12), at(monday.plus(6), 23)] {
            assert_eq!(posts(&world, later).await, 0);
        }
        assert_eq!(outbox::waiting(world.db.reader(), world.province).await.unwrap(), 3);
        let mailer = mailer(&format!("smtp://127.0.0.1:{}", server.port));
        assert_eq!(mail::turn(&world.db, world.province, &mailer, now).await.unwrap().sent, 3);
        let letters = letters(&server);
        let to: Vec<&str> = letters.iter().map(|(to, _)| to.as_str()).collect();
        assert_eq!(to, ["noivu@x.gov.vn", "quanly4@x.gov.vn", "quanly5@x.gov.vn"]);
        assert!(letters.iter().all(|(_, letter)| letter.contains("Auto-Submitted: auto-generated")));
        other.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn everybody_reads_of_their_own_units_and_nothing_below_ten() {
    for world in databases().await {
        let monday = monday();
        hires(&world).await;
        filled(&world, monday).await;
        let snapshot = world.snapshot().await;
        let now = at(monday, 7);
        let week = Week::at(&world.db, &snapshot, now).await.unwrap().unwrap();
        assert_eq!(week.due.len(), 3);
        let text = |place: usize, work| week.letter(&snapshot, &week.due[place], BASE, work);
        assert_eq!(text(0, None).subject(), "[Thước Đo] Đơn vị 4: số liệu tuần");
        assert!(text(0, None).text().contains("tuần qua có 37 phiếu mới"), "{}", text(0, None).text());
        assert!(text(1, None).text().contains("dưới 10 phiếu mới"), "{}", text(1, None).text());
        // Four forms below ten wait for more; nobody counts them.
        assert!(text(2, None).text().contains("tuần qua có 37 phiếu mới") && text(2, None).text().contains("Đơn vị 1"));
        assert!(!text(0, None).text().contains("cảnh báo"), "nothing was looked at");
        let work = CaseWork { open: 2, due_soon: 1, earliest_due: Some(monday.plus(4)) };
        assert!(text(0, Some(work)).subject().ends_with("2 phản ánh cần xử lý, 1 sắp đến hạn"));
        alert(&world, monday.plus(-1)).await;
        let week = Week::at(&world.db, &snapshot, now).await.unwrap().unwrap();
        let with_alerts = [0, 1, 2].map(|at: usize| week.letter(&snapshot, &week.due[at], BASE, None).alerts);
        assert_eq!(with_alerts, [Some(1), Some(0), Some(1)]);
        for due in &week.due {
            let text = week.letter(&snapshot, due, BASE, None).text();
            assert!(
                text.contains("Thư này không chứa nội dung phiếu.") && !text.contains(SECRET) && !text.contains('%')
            );
        }
        world.close().await;
    }
}

#[tokio::test]
async fn who_wants_none_gets_none_and_a_missed_week_is_not_made_up_for() {
    for world in databases().await {
        let monday = monday();
        hires(&world).await;
        world.with_town().await;
        let snapshot = world.snapshot().await;
        let manager =
            staff::by_email(world.db.reader(), world.province, "quanly4@x.gov.vn").await.unwrap().unwrap().staff;
        want(&world.db, &snapshot, manager, false).await.unwrap();
        // Nobody was there on Monday, nor the week after: then one letter leaves, late, and no second one.
        assert_eq!(posts(&world, at(monday.plus(7 + 2), 15)).await, 2);
        assert_eq!(posts(&world, at(monday.plus(7 + 3), 15)).await, 0);
        want(&world.db, &snapshot, manager, true).await.unwrap();
        assert_eq!(posts(&world, at(monday.plus(14), 6)).await, 0, "early on Monday");
        assert_eq!(posts(&world, at(monday.plus(14), 7)).await, 3);
        // Who has left gets no more.
        let tx = world.db.begin().await.unwrap();
        staff::close(&tx, world.province, manager, Moment::now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(posts(&world, at(monday.plus(21), 7)).await, 2);
        world.close().await;
    }
}
