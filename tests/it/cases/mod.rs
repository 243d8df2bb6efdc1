//! Cases: they open once, are read from above alone, and are answered in time or late in general words.

mod office;
mod opening;

use std::sync::Arc;

use thuocdo::cases::{Act, House, Reader, perform};
use thuocdo::collect::{Outcome, Submission};
use thuocdo::questionnaire::Answer;
use thuocdo::record::{CaseCode, Receipt};
use thuocdo::registry::InstalledEdition;
use thuocdo::store::cases::Listed;
use thuocdo::words::{CaseClass, CaseId, CaseState, Day, Grant, Moment, PointId, Right, Role, Scope, UnitId};

use crate::world::World;

/// A complaint, a hint of bribery and a compliment, as citizens write them.
const LATE_RESULT: &str = "Hẹn ngày 15 mà ngày 28 mới có, không ai báo.";
const BRIBERY: &str = "Có người gợi ý bồi dưỡng để làm nhanh.";
const PRAISE: &str = "Cán bộ hướng dẫn tận tình, xin cảm ơn.";

impl World {
    /// A form of a day at the first point (unit 4) with this level for the time and this comment.
    fn complains(
        &self,
        edition: &Arc<InstalledEdition>,
        name: u64,
        day: Day,
        level: u8,
        comment: Option<&str>,
    ) -> Submission {
        let mut form = self.form(edition, name, day);
        form.day = Some(day);
        form.point = PointId(11);
        form.answers[3] = Answer::Level(level);
        form.comment = comment.map(str::to_owned);
        form
    }

    /// Stores forms of a day; their receipts.
    async fn takes(&self, day: Day, forms: &[Submission]) -> Vec<Receipt> {
        let outcomes = self.stores(day, forms).await;
        let receipt = |outcome: &Outcome| match outcome {
            Outcome::Stored(receipt) => *receipt,
            other => panic!("{other:?}"),
        };
        outcomes.iter().map(receipt).collect()
    }

    /// Opens the cases of the open days.
    async fn opens(&self) -> usize {
        thuocdo::collect::cases::open_cases(&self.db, &self.snapshot().await).await.unwrap()
    }

    /// Every case.
    async fn cases(&self) -> Vec<Listed> {
        let mut all = Vec::new();
        for hint in [false, true] {
            all.extend(thuocdo::cases::list(self.db.reader(), self.province, CaseState::ALL, hint).await.unwrap());
        }
        all
    }

    /// The comment of a case.
    async fn comment(&self, id: CaseId) -> Option<String> {
        thuocdo::cases::get(self.db.reader(), self.province, id).await.unwrap().unwrap().comment
    }

    /// The code of the case with this comment.
    async fn code(&self, comment: &str) -> String {
        for case in self.cases().await {
            if self.comment(case.id).await.as_deref() == Some(comment) {
                return CaseCode::of(case.id).to_string();
            }
        }
        panic!("no case has the comment “{comment}”");
    }

    /// Somebody from outside charges the rated unit with a case, and answers it.
    pub(crate) async fn handles_a_case(&self, now: Moment) {
        let directory = self.snapshot().await.directory;
        let scope = Scope::of(&[Grant { role: Role::HomeAffairs, unit: UnitId::NONE }], Right::HandleCases, None);
        let case = self.cases().await.into_iter().find(|case| !case.hint).expect("there is a case");
        let below = directory.path(case.unit, now.day());
        let mut units = directory.units().map(|(unit, _)| unit).filter(|unit| directory.is_alive(*unit, now.day()));
        let own_unit = units.find(|unit| !below.contains(unit)).unwrap();
        let reader = Reader { own_unit, reads: scope.as_ref(), handles: scope.as_ref(), accusations: None };
        let house = House { province: self.province, directory: &directory, now, by: "an@minhhoa.gov.vn" };
        let assign = Act::Assign { class: CaseClass::Rules, unit: case.unit, task: "Chỗ ngồi chờ còn thiếu." };
        for act in [assign, Act::Answer("Đã kê thêm ghế.")] {
            perform(&self.db, &house, &reader, case.id, act).await.unwrap();
        }
    }
}
