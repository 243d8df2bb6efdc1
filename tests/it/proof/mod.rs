//! Proofs about the record, through the library and on every database: what is stored stays, is stored once, keeps no
//! order, is counted right, and is shown in portions of at least k.

mod adversary;
mod append_only;
mod chance;
pub(crate) mod counts;
mod dashboards;
mod once;
mod order;
mod schema;

use std::sync::Arc;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use thuocdo::collect::Submission;
use thuocdo::collect::storing::{self, Outcome};
use thuocdo::questionnaire::Answer;
use thuocdo::record::FormKey;
use thuocdo::registry::InstalledEdition;
use thuocdo::store::places::{self, Point, PointVersion, UnitVersion};
use thuocdo::words::{
    Channel, Day, FieldId, Helper, Level, LevelReason, PointId, PointKind, ProcedureId, UnitId, UnitKind,
};

use crate::world::World;

/// Units of the town: number, parent (0 = none), kind. The line agency 6 stands in the province and is not counted in it.
pub(crate) const UNITS: [(i32, i32, UnitKind); 7] = [
    (1, 0, UnitKind::Province),
    (2, 1, UnitKind::Commune),
    (3, 1, UnitKind::Ward),
    (4, 2, UnitKind::Centre),
    (5, 2, UnitKind::Site),
    (6, 1, UnitKind::Line),
    (7, 6, UnitKind::Branch),
];
/// Points of the town: number and unit.
pub(crate) const POINTS: [(i32, i32); 8] = [(11, 4), (12, 4), (13, 5), (14, 2), (15, 3), (16, 6), (17, 7), (18, 1)];

/// The units an answer of this unit counts for, nearest first, written out by hand.
fn counts_for(unit: i32) -> &'static [i32] {
    match unit {
        1 => &[1],
        2 => &[2, 1],
        3 => &[3, 1],
        4 => &[4, 2, 1],
        5 => &[5, 2, 1],
        6 => &[6],
        7 => &[7, 6],
        _ => &[],
    }
}

/// The unit of a point.
fn unit_of(point: PointId) -> i32 {
    POINTS.iter().find(|(known, _)| *known == point.0).map_or(0, |(_, unit)| *unit)
}

/// Draws that are the same on every run.
pub(crate) struct Draws(ChaCha8Rng);

impl Draws {
    pub(crate) fn of(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number from 0 to `n - 1`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0.next_u64() % n
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    /// Answers of any kind to the counter form: five ratings and a number of minutes.
    pub(crate) fn sheet(&mut self) -> Vec<Answer> {
        let mut answers: Vec<Answer> = (0..5)
            .map(|_| match self.below(8) {
                0 => Answer::Blank,
                1 => Answer::NotApplicable,
                n => Answer::Level(u8::try_from(n.min(6) - 1).unwrap()),
            })
            .collect();
        answers.push(if self.below(2) == 0 {
            Answer::Blank
        } else {
            Answer::Number(u16::try_from(self.below(90)).unwrap())
        });
        answers
    }
}

impl World {
    /// Puts the town up.
    pub(crate) async fn with_town(&self) -> Arc<InstalledEdition> {
        let from = Day::of(2020, 1, 1).unwrap();
        let units: Vec<UnitVersion> = UNITS
            .iter()
            .map(|(unit, parent, kind)| UnitVersion {
                unit: UnitId(*unit),
                valid_from: from,
                valid_to: None,
                code: format!("U{unit}"),
                admin_code: None,
                name: format!("Đơn vị {unit}"),
                kind: *kind,
                parent: (*parent > 0).then_some(UnitId(*parent)),
            })
            .collect();
        let points: Vec<Point> = POINTS
            .iter()
            .map(|(point, _)| Point { point: PointId(*point), code: format!("Q{point}"), kind: PointKind::Counter })
            .collect();
        let versions: Vec<PointVersion> = POINTS
            .iter()
            .map(|(point, unit)| PointVersion {
                point: PointId(*point),
                valid_from: from,
                valid_to: None,
                unit: UnitId(*unit),
                name: format!("Quầy {point}"),
                questionnaire: "counter".to_owned(),
                field: FieldId::NONE,
                officers: 2,
            })
            .collect();
        let tx = self.db.begin().await.unwrap();
        places::put_units(&tx, self.province, &units).await.unwrap();
        places::add_points(&tx, self.province, &points).await.unwrap();
        places::put_point_versions(&tx, self.province, &versions).await.unwrap();
        tx.commit().await.unwrap();
        self.snapshot().await.editions.in_force("counter", from).unwrap().clone()
    }

    /// An ordinary form at the first point; `name` names its key.
    pub(crate) fn form(&self, edition: &Arc<InstalledEdition>, name: u64, opened: Day) -> Submission {
        Submission {
            key: FormKey::of_import(&self.keys, &name.to_be_bytes(), opened),
            day: None,
            edition: edition.clone(),
            point: PointId(POINTS[0].0),
            deciding_unit: UnitId::NONE,
            procedure: ProcedureId::NONE,
            field: FieldId::NONE,
            channel: Channel::CounterQr,
            level: Level::D,
            reason: LevelReason::None,
            ticket: None,
            helper: Helper::None,
            answers: [4, 5, 5, 3, 4].map(Answer::Level).into_iter().chain([Answer::Number(12)]).collect(),
            comment: None,
        }
    }

    /// Stores submissions in one transaction of a day.
    pub(crate) async fn stores(&self, today: Day, submissions: &[Submission]) -> Vec<Outcome> {
        let tx = self.db.begin().await.unwrap();
        let outcomes = storing::store(&tx, self.province, &self.keys, today, submissions).await.unwrap();
        tx.commit().await.unwrap();
        outcomes
    }

    /// Number of rows of a table.
    pub(crate) async fn rows(&self, table: &str) -> i64 {
        let found = query(self.db.reader(), &format!("SELECT COUNT(*) FROM {table}")).await;
        found[0].try_get_by_index(0).unwrap()
    }
}

/// The rows of a question without values.
pub(crate) async fn query(db: &impl ConnectionTrait, sql: &str) -> Vec<QueryResult> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap()
}
