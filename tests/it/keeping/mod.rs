//! What keeps the data: backup and restore, the turn of a migration, several nodes, erasing and forgetting.

mod commands;
mod damage;
mod erasing;
mod forgetting;
mod load;
mod midnight;
mod migrating;
mod nodes;
mod whole;

use std::path::Path;
use std::sync::Arc;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::{EntityTrait, QueryOrder};
use thuocdo::backup::{self, Order, Progress, Saved};
use thuocdo::collect::{Submission, import, seal};
use thuocdo::decisions::{self, MoveProposal, NotDone, Person, Refusal, Who};
use thuocdo::index::published::PublishedValue;
use thuocdo::index::scheme::Bilingual;
use thuocdo::late::{LateDossier, Sent};
use thuocdo::publish::alerts;
use thuocdo::questionnaire::Answer;
use thuocdo::record::{FormKey, TicketHash, sha256};
use thuocdo::registry::By;
use thuocdo::registry::import::{Kind, Mode, Run, Source};
use thuocdo::store::invitations::{self, Invitation};
use thuocdo::store::measures::MeasureInput;
use thuocdo::store::publications::{self, PublicationState, StoredPublication};
use thuocdo::store::tickets::StoredTicket;
use thuocdo::store::uploads::{self, Upload};
use thuocdo::store::{Database, outbox, tickets};
use thuocdo::words::{
    Channel, Day, DecisionReason, FieldId, Grant, Helper, Indicator, Level, LevelReason, Measure, Moment, PARTS,
    Period, PointId, ProcedureId, Role, SeriesFrame, SeriesKind, StaffId, TicketStage, UnitId,
};

use crate::office::officer;
use crate::world::World;

/// Answers stored at a time.
const AT_A_TIME: u64 = 2_048;

impl World {
    /// A province with everything a database can hold: history, targets, volumes, `sealed` sealed answers of the last sixty
    /// days, and `open` ones of today, some with comments.
    async fn with_everything(&self, sealed: u64, open: u64) {
        let today = Moment::now().day();
        for (kind, text) in [
            (Kind::Units, include_str!("../../../surveys/demonstration/units.csv")),
            (Kind::Procedures, include_str!("../../../surveys/demonstration/procedures.csv")),
            (Kind::Points, include_str!("../../../surveys/demonstration/points.csv")),
            (Kind::Targets, include_str!("../../../surveys/demonstration/targets.csv")),
        ] {
            self.imports(kind, text).await;
        }
        let snapshot = self.snapshot().await;
        let points: Vec<(PointId, String)> =
            snapshot.directory.points().into_iter().map(|(point, _)| (point.point, point.code.clone())).collect();
        let volume = format!(
            "point,deciding_unit,field,from,to,received,returned,late\n{},,,2026-01-01,2026-03-31,90,80,3\n",
            points[0].1
        );
        self.imports(Kind::Volumes, &volume).await;
        let edition = snapshot.editions.in_force("counter", today).unwrap().clone();
        let mut random = ChaCha8Rng::seed_from_u64(sealed);
        let mut submission = |serial: u64, day: Day| {
            let level = |random: &mut ChaCha8Rng| {
                if random.random_bool(0.1) { Answer::Blank } else { Answer::Level(random.random_range(2..=5)) }
            };
            let mut answers: Vec<Answer> = (0..5).map(|_| level(&mut random)).collect();
            answers.push(Answer::Number(random.random_range(0..60)));
            Submission {
                key: FormKey::of_import(&self.keys, &serial.to_be_bytes(), day),
                day: Some(day),
                edition: Arc::clone(&edition),
                point: points[random.random_range(0..points.len())].0,
                deciding_unit: UnitId::NONE,
                procedure: ProcedureId::NONE,
                field: FieldId::NONE,
                channel: Channel::CounterQr,
                level: if random.random_bool(0.5) { Level::C } else { Level::D },
                reason: LevelReason::None,
                ticket: None,
                helper: Helper::None,
                answers,
                comment: random.random_bool(0.1).then(|| format!("Góp ý số {serial} – cần thêm ghế “chờ”")),
            }
        };
        let mut late: Vec<Submission> = Vec::new();
        for first in (0..sealed).step_by(usize::try_from(AT_A_TIME).unwrap()) {
            let last = sealed.min(first + AT_A_TIME);
            let days = (first..last).map(|serial| (serial, today.plus(-1 - i32::try_from(serial % 60).unwrap())));
            let mut batch: Vec<Submission> = days.map(|(serial, day)| submission(serial, day)).collect();
            if last == sealed {
                late.extend(batch.pop());
            }
            self.stores(today, &batch).await;
        }
        seal::seal_and_sign(&self.db, &self.keys, self.province, today.plus(-1), today).await.unwrap();
        // One answer comes after its day has been sealed.
        self.stores(today, &late).await;
        seal::seal_and_sign(&self.db, &self.keys, self.province, today.plus(-1), today).await.unwrap();
        self.decides(today, &points).await;
        self.handles_a_case(Moment::now()).await;
        let batch: Vec<Submission> = (sealed..sealed + open).map(|serial| submission(serial, today)).collect();
        self.stores(today, &batch).await;
        let tx = self.db.begin().await.unwrap();
        assert!(outbox::enqueue(&tx, self.province, "activation", "{}", Moment::now()).await.unwrap());
        tx.commit().await.unwrap();
        self.hires().await;
        self.tickets(points[0].0, today).await;
        self.looks().await;
        self.late_and_measured(points[0].0, today).await;
    }

    /// A late dossier with its apology, and a figure of another system.
    async fn late_and_measured(&self, point: PointId, today: Day) {
        let tx = self.db.begin().await.unwrap();
        let late = LateDossier {
            id: 77,
            number: Some("H15-1".to_owned()),
            point,
            deciding_unit: UnitId::NONE,
            unit: UnitId(1),
            procedure: ProcedureId::NONE,
            received: today.plus(-20),
            due: today.plus(-9),
            returned: None,
            seen: today,
            drafted: Some(today),
            new_due: Some(today.plus(5)),
            sent: Some(Sent { day: today, number: "7/XL".to_owned(), noted: today }),
        };
        thuocdo::store::late::put(&tx, self.province, &[late]).await.unwrap();
        let input = MeasureInput {
            unit: UnitId(1),
            period: Period { from: today.plus(-90), to: today },
            indicator: Indicator::Qd766Dossiers,
            value: 464_494 * PARTS,
        };
        thuocdo::store::measures::put(&tx, self.province, &[input]).await.unwrap();
        thuocdo::store::series::put(&tx, self.province, &[published()]).await.unwrap();
        let submitted = StoredPublication {
            slug: "counter-u1".to_owned(),
            version: 1,
            title: ("Công bố".to_owned(), "Publication".to_owned()),
            choice: "{}".to_owned(),
            reason: None,
            checkpoint_size: 5,
            submitter: StaffId(1),
            submitted_at: Moment::now(),
            submit_line: 1,
            state: PublicationState::Submitted,
            decider: None,
            decided_at: None,
            decision: None,
            release_at: None,
            decide_line: None,
            approval_hash: None,
            has_document: false,
        };
        publications::add(&tx, self.province, &submitted, vec![1, 2], vec![3]).await.unwrap();
        publications::ask(&tx, self.province, ("counter-u1", 1), "Kiểm tra", (StaffId(2), Moment::now()))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// What was found of counters at the moments that are over, and somebody who wants no weekly letter.
    async fn looks(&self) {
        let snapshot = self.snapshot().await;
        for moment in alerts::due(&self.db, self.province).await.unwrap() {
            alerts::look(&self.db, &snapshot, moment).await.unwrap().unwrap();
        }
        thuocdo::digest::want(&self.db, &snapshot, StaffId(1), false).await.unwrap();
        let tx = self.db.begin().await.unwrap();
        thuocdo::store::reminders::take(&tx, self.province, StaffId(1), Day(20_000), 10).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A ticket that waits, one that was spent and disputed, one spent today, and a contact.
    async fn tickets(&self, point: PointId, today: Day) {
        let tx = self.db.begin().await.unwrap();
        let ticket = |n: u8| StoredTicket {
            hash: TicketHash([n; 32]),
            stage: TicketStage::Result,
            point,
            deciding_unit: UnitId::NONE,
            procedure: ProcedureId::NONE,
            field: FieldId::NONE,
            issued: today,
            expires: (n == 1).then(|| today.plus(30)),
            reason: LevelReason::None,
            invited: false,
        };
        tickets::put(&tx, self.province, &[ticket(1), ticket(2), ticket(3)]).await.unwrap();
        tickets::spend(&tx, self.province, &[TicketHash([2; 32])].into()).await.unwrap();
        thuocdo::store::seal::move_open_answers(&tx, self.province, Day(0)).await.unwrap();
        tickets::spend(&tx, self.province, &[TicketHash([3; 32])].into()).await.unwrap();
        let invitation = Invitation {
            hash: TicketHash([1; 32]),
            contact: [4; 32],
            address: Some("lan@noi.vn".to_owned()),
            sealed: Some(vec![5; 32]),
            not_before: Moment::now(),
            delete_on: today.plus(7),
        };
        invitations::put(&tx, self.province, &[invitation]).await.unwrap();
        assert!(tickets::dispute(&tx, self.province, &ticket(2), today.half()).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// Somebody with an account and a session, somebody who is invited, a failed sign-in, and a file that waits.
    async fn hires(&self) {
        let unit = UnitId::NONE;
        officer::activated(self, "lan@x1.gov.vn", Grant { role: Role::Administrator, unit }).await;
        officer::invited(self, "mai@x1.gov.vn", unit, Grant { role: Role::Leader, unit }).await;
        let tx = self.db.begin().await.unwrap();
        thuocdo::store::staff::fail(&tx, self.province, &[7; 32], Moment::now()).await.unwrap();
        let upload = Upload { kind: "units".to_owned(), name: "x.csv".to_owned(), content: b"code,name".to_vec() };
        uploads::keep(&tx, self.province, &[8; 16], StaffId(1), upload, Moment::now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Two persons move the answers of the last half-month that is over from some point to another.
    async fn decides(&self, today: Day, points: &[(PointId, String)]) {
        let last = today.half().first().plus(-1);
        let directory = self.snapshot().await.directory;
        for (from, to) in points.iter().zip(points.iter().skip(1)) {
            let path = |point| directory.path(directory.receiving_unit(point, today).unwrap(), today);
            let near = [path(from.0), path(to.0)].concat();
            let mut alive = directory.units().map(|(unit, _)| unit).filter(|unit| directory.is_alive(*unit, today));
            let own_unit = alive.find(|unit| !near.contains(unit)).unwrap();
            let person = |staff: i32| Person { staff: StaffId(staff), own_unit };
            let who = |staff: i32| Who { person: person(staff), by: "Người Thử", now: Moment::now() };
            let proposal = MoveProposal {
                from: from.0,
                to: to.0,
                day_from: last.half().first(),
                day_to: last,
                reason: DecisionReason::Exchanged,
                note: "Biên bản “kiểm tra”",
            };
            match decisions::propose_move(&self.db, self.province, &who(1), &proposal).await {
                Ok(id) => return decisions::approve(&self.db, self.province, &who(2), id).await.unwrap(),
                Err(NotDone::Refused(refusals)) => assert_eq!(refusals, [Refusal::NothingThere]),
                Err(fault) => panic!("{fault}"),
            }
        }
        panic!("no point has answers that can be moved");
    }

    async fn imports(&self, kind: Kind, text: &str) {
        let source = Source { name: "file.csv", bytes: text.as_bytes() };
        let today = Moment::now().day();
        import::import(
            &self.db,
            &self.keys,
            self.province,
            kind,
            &source,
            Run { today, mode: Mode::Write, by: By::CommandLine },
        )
        .await
        .unwrap();
    }

    /// A backup of this world.
    async fn saves(&self, file: &Path) -> Saved {
        save(&self.db, file).await
    }
}

/// A backup of a database.
async fn save(db: &Database, file: &Path) -> Saved {
    let order = Order { file, replace: false, keys: None, today: Moment::now().day() };
    backup::save(db, &order, &Progress::default()).await.unwrap()
}

/// A hash over everything that is sealed, in key order, as the entities read it.
async fn sealed_hash(db: &Database) -> [u8; 32] {
    use entity::{comment, response};
    let answers = response::Entity::find()
        .order_by_asc(response::Column::P)
        .order_by_asc(response::Column::Day)
        .order_by_asc(response::Column::Leaf);
    let comments = comment::Entity::find()
        .order_by_asc(comment::Column::P)
        .order_by_asc(comment::Column::Day)
        .order_by_asc(comment::Column::Leaf);
    let mut answers = answers.all(db.reader()).await.unwrap();
    let mut comments = comments.all(db.reader()).await.unwrap();
    // The order is the program's own, whatever a database thinks of it.
    answers.sort_by(|a, b| (a.p, a.day, &a.leaf).cmp(&(b.p, b.day, &b.leaf)));
    comments.sort_by(|a, b| (a.p, a.day, &a.leaf).cmp(&(b.p, b.day, &b.leaf)));
    let texts: Vec<String> =
        answers.iter().map(|row| format!("{row:?}")).chain(comments.iter().map(|row| format!("{row:?}"))).collect();
    assert!(!texts.is_empty());
    let parts: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
    sha256(&parts)
}

/// A number another body published, with every column filled.
fn published() -> PublishedValue {
    let both = |vi: &str, en: &str| Some(Bilingual { vi: vi.to_owned(), en: en.to_owned() });
    PublishedValue {
        series: "sipas".to_owned(),
        year: 2022,
        kind: SeriesKind::Percent,
        value: Some(800_800),
        decimals: 2,
        rank_of: Some(63),
        place: "toàn quốc".to_owned(),
        measure: Measure::Sipas,
        publisher: "Bộ Nội vụ".to_owned(),
        frame: Some(SeriesFrame::Residents),
        method: "từ năm 2022".to_owned(),
        citation: "báo".to_owned(),
        note: both("ghi chú", "note"),
        broken: both("lý do", "reason"),
    }
}
