//! Acts of two persons, through the library and on every database: who may do what, what an approval moves, what is shown.

mod acts;
mod counts;
mod editions;
mod exclusions;
mod figures;
mod shown;

use std::sync::Arc;

use thuocdo::collect::Submission;
use thuocdo::collect::seal;
use thuocdo::decisions::{self, MoveProposal, NotDone, Person, Refusal, Who};
use thuocdo::registry::InstalledEdition;
use thuocdo::store::places::{self, UnitVersion};
use thuocdo::words::{Day, DecisionId, DecisionReason, Moment, PointId, StaffId, UnitId, UnitKind};

use crate::world::World;

/// The department beside the town, in which the persons work who decide.
const DEPARTMENT: i32 = 20;
/// First day of the half-month in which things happen.
const FIRST: (i32, u8, u8) = (2025, 3, 1);

fn day(number: i32) -> Day {
    Day::of(FIRST.0, FIRST.1, FIRST.2).unwrap().plus(number - 1)
}

/// A moment of the morning of a day.
fn morning(day: Day) -> Moment {
    Moment::from_unix(Moment::at_end_of(day.plus(-1)).unix() + 9 * 3_600)
}

/// The day on which people act here: a while after the half-month.
fn today() -> Day {
    day(40)
}

fn who(staff: i32, own_unit: i32, now: Moment) -> Who<'static> {
    Who { person: Person { staff: StaffId(staff), own_unit: UnitId(own_unit) }, by: "Người Thử", now }
}

/// The first and the second person, both of the department.
fn first() -> Who<'static> {
    who(1, DEPARTMENT, morning(today()))
}

fn second() -> Who<'static> {
    who(2, DEPARTMENT, morning(today()))
}

fn asked(from: i32, to: i32, first: i32, last: i32) -> MoveProposal<'static> {
    MoveProposal {
        from: PointId(from),
        to: PointId(to),
        day_from: day(first),
        day_to: day(last),
        reason: DecisionReason::WrongPlace,
        note: "Biên bản kiểm tra ngày 20/3",
    }
}

/// The refusals of an act that did not happen.
fn refusals<T: std::fmt::Debug>(done: Result<T, NotDone>) -> Vec<Refusal> {
    match done.unwrap_err() {
        NotDone::Refused(refusals) => refusals,
        NotDone::Fault(fault) => panic!("{fault:#}"),
    }
}

impl World {
    /// The town with a department beside it, and one more as far away.
    async fn with_department(&self) -> Arc<InstalledEdition> {
        let edition = self.with_town().await;
        let department = |unit: i32| UnitVersion {
            unit: UnitId(unit),
            valid_from: Day::of(2020, 1, 1).unwrap(),
            valid_to: None,
            code: format!("D{unit}"),
            admin_code: None,
            name: format!("Sở {unit}"),
            kind: UnitKind::Department,
            parent: Some(UnitId(1)),
        };
        let tx = self.db.begin().await.unwrap();
        places::put_units(&tx, self.province, &[department(DEPARTMENT), department(21)]).await.unwrap();
        tx.commit().await.unwrap();
        edition
    }

    /// Stores forms of one point on one day.
    async fn answered(&self, edition: &Arc<InstalledEdition>, point: i32, on: i32, n: u64) {
        let name = |serial: u64| u64::try_from(point * 10_000 + on * 100).unwrap() + serial;
        let forms: Vec<Submission> = (0..n)
            .map(|serial| Submission { point: PointId(point), ..self.form(edition, name(serial), day(on)) })
            .collect();
        self.stores(day(on), &forms).await;
    }

    /// Seals everything up to the day before the one on which people act.
    async fn seals(&self) {
        seal::seal(&self.db, self.province, today().plus(-1), today()).await.unwrap();
    }

    async fn proposes(&self, proposal: &MoveProposal<'_>) -> DecisionId {
        decisions::propose_move(&self.db, self.province, &first(), proposal).await.unwrap()
    }

    /// Proposes and approves.
    async fn moves(&self, proposal: &MoveProposal<'_>) -> DecisionId {
        let id = self.proposes(proposal).await;
        decisions::approve(&self.db, self.province, &second(), id).await.unwrap();
        id
    }
}
