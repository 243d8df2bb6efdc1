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
use thuocdo::questionnaire::Answer;
use thuocdo::record::{FormKey, sha256};
use thuocdo::registry::import::{Kind, Mode, Source};
use thuocdo::store::{Database, outbox};
use thuocdo::words::{Channel, Day, FieldId, Helper, Level, Moment, PointId, ProcedureId, UnitId};

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
                reason: 0,
                helper: Helper::None,
                answers,
                comment: random.random_bool(0.1).then(|| format!("Góp ý số {serial} – cần thêm ghế “chờ”")),
            }
        };
        for first in (0..sealed).step_by(usize::try_from(AT_A_TIME).unwrap()) {
            let last = sealed.min(first + AT_A_TIME);
            let days = (first..last).map(|serial| (serial, today.plus(-1 - i32::try_from(serial % 60).unwrap())));
            let batch: Vec<Submission> = days.map(|(serial, day)| submission(serial, day)).collect();
            self.stores(today, &batch).await;
        }
        seal::seal(&self.db, self.province, today.plus(-1), today).await.unwrap();
        let batch: Vec<Submission> = (sealed..sealed + open).map(|serial| submission(serial, today)).collect();
        self.stores(today, &batch).await;
        let tx = self.db.begin().await.unwrap();
        assert!(outbox::enqueue(&tx, self.province, "activation", "{}", Moment::now()).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn imports(&self, kind: Kind, text: &str) {
        let source = Source { name: "file.csv", bytes: text.as_bytes() };
        let today = Moment::now().day();
        import::import(&self.db, &self.keys, self.province, kind, &source, today, Mode::Write).await.unwrap();
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
