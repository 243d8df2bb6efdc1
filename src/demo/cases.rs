//! What the demonstration's offices do with the cases that opened: the same acts as people's, on the days on which they would
//! have been done.

use anyhow::Context;

use super::dossiers::next_working_day;
use crate::cases::{self, Act, House, NotDone, Reader};
use crate::registry::{By, Directory, Snapshot};
use crate::store::cases::{Case, Listed};
use crate::store::{Database, DatabaseTransaction};
use crate::words::{CaseClass, CaseState, Day, Grant, Moment, Right, Role, Scope, UnitId};

/// Where those work who read from above, the second for the cases of the first.
const ABOVE: [&str; 2] = ["MH.SNV", "MH.VP"];
/// Seconds before midnight at which everything is done: four in the afternoon.
const AFTERNOON: i64 = 8 * 3_600;

/// A text of the demonstration as those put it who charge a unit, and what that unit answers.
type Handled = (&'static str, CaseClass, &'static str, &'static str);

const HANDLED: [Handled; 8] = [
    (
        "cho lau qua",
        CaseClass::Rules,
        "Thời gian chờ đến lượt quá lâu.",
        "Đã bố trí thêm một quầy vào giờ cao điểm và thông báo những khung giờ vắng trên bảng hướng dẫn.",
    ),
    (
        "Ghế ngồi ít",
        CaseClass::Rules,
        "Khu vực chờ thiếu chỗ ngồi, nhất là cho người cao tuổi.",
        "Đã kê thêm ghế và dành hàng đầu cho người cao tuổi, phụ nữ có thai.",
    ),
    (
        "Máy lấy số hỏng",
        CaseClass::Rules,
        "Thiết bị lấy số trục trặc, thứ tự phục vụ không rõ.",
        "Đã sửa thiết bị; khi có sự cố, cán bộ phát số bằng giấy.",
    ),
    (
        "Hẹn ngày 15",
        CaseClass::Rules,
        "Kết quả trả chậm so với ngày hẹn và không được báo trước.",
        "Đã rà soát khâu chậm; hồ sơ có nguy cơ quá hạn được báo trước và xin lỗi bằng văn bản.",
    ),
    (
        "Phải đi lại 3 lần",
        CaseClass::Conduct,
        "Hướng dẫn hồ sơ chưa đủ ngay lần đầu, người dân phải bổ sung nhiều lần.",
        "Đã nhắc nhở, tập huấn lại cán bộ tiếp nhận và dán danh mục giấy tờ tại quầy.",
    ),
    (
        "Đề nghị làm thêm",
        CaseClass::Rules,
        "Đề nghị mở thêm giờ làm việc ngoài giờ hành chính.",
        "Đang xem xét; trước mắt hồ sơ nộp trực tuyến được tiếp nhận mọi lúc.",
    ),
    (
        "Nộp trên mạng",
        CaseClass::Rules,
        "Nộp hồ sơ trực tuyến còn khó với người dân.",
        "Đã bố trí người hướng dẫn nộp trực tuyến tại quầy hỗ trợ.",
    ),
    (
        "Biển chỉ dẫn",
        CaseClass::Rules,
        "Chưa có chỉ dẫn bằng ngôn ngữ của đồng bào.",
        "Đã đặt làm bảng chỉ dẫn song ngữ, treo trong tháng sau.",
    ),
];

/// What becomes of a case, and after how many days. Its random number decides, so that every run has some of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fate {
    /// Days from the answer until somebody reads it.
    read_after: i32,
    /// Days from then until it is answered.
    answered_after: i32,
    is_passed_on: bool,
}

impl Fate {
    fn of(case: &Listed) -> Self {
        let draw = |step: i64, below: i64| i32::try_from((case.id.0 / step).rem_euclid(below)).unwrap_or(0);
        let is_slow = draw(1_000_003, 9) == 0;
        Self {
            read_after: if draw(101, 40) == 0 { 45 } else { 1 + draw(7, 4) },
            answered_after: if is_slow { 24 + draw(31, 9) } else { 3 + draw(31, 14) },
            is_passed_on: draw(10_007, 8) == 0,
        }
    }
}

/// Somebody of the demonstration who acts.
struct Person {
    own_unit: UnitId,
    right: Right,
    scope: Option<Scope>,
}

impl Person {
    fn new(role: Role, own_unit: UnitId, scope: UnitId, right: Right) -> Self {
        Self { own_unit, right, scope: Scope::of(&[Grant { role, unit: scope }], right, None) }
    }

    fn reader(&self) -> Reader<'_> {
        let scope = self.scope.as_ref();
        let of = |right: Right| scope.filter(|_scope| self.right == right);
        let handles = of(Right::HandleCases);
        Reader { own_unit: self.own_unit, reads: handles, handles, accusations: of(Right::ReadAccusations) }
    }
}

/// Does what is due before `today` with the cases that have not ended; how many acts that were.
pub(super) async fn handle(db: &Database, snapshot: &Snapshot, today: Day) -> anyhow::Result<usize> {
    let states = [CaseState::New, CaseState::InWork];
    let mut due: Vec<(Day, Listed)> = Vec::new();
    for hint in [false, true] {
        for case in cases::list(db.reader(), snapshot.province, &states, hint).await? {
            let read = next_working_day(case.day.plus(Fate::of(&case).read_after));
            due.push((read, case));
        }
    }
    let answers = due.iter().filter(|(_, case)| !case.hint).map(|(read, case)| {
        let charged = case.released.unwrap_or(*read);
        (next_working_day(charged.plus(Fate::of(case).answered_after)), *case)
    });
    let mut acts: Vec<(Day, bool, Listed)> = answers.map(|(day, case)| (day, true, case)).collect();
    acts.extend(due.iter().filter(|(_, case)| case.state == CaseState::New).map(|(day, case)| (*day, false, *case)));
    acts.retain(|(day, ..)| *day < today);
    acts.sort_by_key(|(day, is_answer, case)| (*day, *is_answer, case.id));
    let tx = db.begin().await.context("while taking the turn to write")?;
    let mut done = 0;
    for (day, is_answer, case) in &acts {
        done += usize::from(act(&tx, snapshot, *day, *is_answer, case).await?);
    }
    tx.commit().await.context("while committing")?;
    Ok(done)
}

/// One act; `false` where the case has ended without it.
async fn act(
    tx: &DatabaseTransaction,
    snapshot: &Snapshot,
    day: Day,
    is_answer: bool,
    listed: &Listed,
) -> anyhow::Result<bool> {
    let Some(case) = cases::get(tx, snapshot.province, listed.id).await? else { return Ok(false) };
    let directory = &snapshot.directory;
    let text = case.comment.as_deref().unwrap_or_default();
    let handled = HANDLED.iter().find(|(begin, ..)| text.starts_with(begin));
    let (person, act) = match (is_answer, handled) {
        _ if listed.hint => (above(directory, &case, Role::Auditor, Right::ReadAccusations), Act::TakeOver),
        (true, Some((.., answer))) => {
            let unit = case.listed.assigned.unwrap_or(listed.unit);
            (Person::new(Role::UnitManager, unit, unit, Right::HandleCases), Act::Answer(answer))
        }
        (true, None) => return Ok(false),
        (false, handled) => {
            let director = above(directory, &case, Role::HomeAffairs, Right::HandleCases);
            let act = match handled {
                Some((_, CaseClass::Conduct, ..)) if Fate::of(listed).is_passed_on => Act::PassOn,
                Some((_, class, task, _)) => Act::Assign { class: *class, unit: listed.unit, task },
                None => Act::Close,
            };
            (director, act)
        }
    };
    let now = Moment::from_unix(Moment::at_end_of(day).unix() - AFTERNOON);
    let house = House { province: snapshot.province, directory, now, by: By::COMMAND_LINE };
    match cases::perform_in(tx, &house, &person.reader(), listed.id, act).await {
        Ok(()) => Ok(true),
        // A unit that is no more answers nothing, and what was passed on is not answered either.
        Err(NotDone::Refused(_)) => Ok(false),
        Err(NotDone::Fault(fault)) => Err(fault),
    }
}

/// Somebody from outside the rated unit.
fn above(directory: &Directory, case: &Case, role: Role, right: Right) -> Person {
    let rated = case.listed.unit;
    let is_outside = |unit: &UnitId| !directory.path(*unit, case.listed.day).contains(&rated);
    let mut known = ABOVE.iter().filter_map(|code| directory.unit_by_code(code));
    Person::new(role, known.find(is_outside).unwrap_or(UnitId::NONE), UnitId::NONE, right)
}
