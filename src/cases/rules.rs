//! Who reads and handles which case. Pure: directory and day are given.

use crate::registry::Directory;
use crate::store::cases::Listed;
use crate::text::search::fold;
use crate::words::{CaseState, Day, Scope, UnitId};

/// From so many words in a row on, a text repeats a comment.
pub const ONES_OWN_WORDS: usize = 6;

/// Somebody of the office, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Where they work; [`UnitId::NONE`] where that is not known.
    pub own_unit: UnitId,
    /// Where they may read cases.
    pub reads: Option<&'a Scope>,
    /// Where they may handle them.
    pub handles: Option<&'a Scope>,
    /// Where they may read and handle accusations.
    pub accusations: Option<&'a Scope>,
}

/// How much of a case somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// The task of the unit that was charged with it, and nothing of the comment.
    Task,
    /// The comment.
    Comment,
}

impl Reader<'_> {
    /// How much of an ordinary case they see. The comment is read from above the rated unit; where a unit was charged with
    /// the case, its task is read by whoever may read cases of that unit.
    pub fn sight(&self, case: &Listed, directory: &Directory, today: Day) -> Option<Sight> {
        if case.is_accusation() {
            return None;
        }
        let holds = |unit: UnitId| self.reads.is_some_and(|scope| scope.holds(&directory.path(unit, today)));
        if holds(case.unit) && self.is_outside(case, directory, today) {
            return Some(Sight::Comment);
        }
        case.assigned.filter(|unit| holds(*unit)).map(|_unit| Sight::Task)
    }

    /// Whether they read and handle an accusation.
    pub fn investigates(&self, case: &Listed, directory: &Directory, today: Day) -> bool {
        let holds = |scope: &&Scope| scope.holds(&directory.path(case.unit, today));
        case.is_accusation() && self.accusations.is_some_and(|s| holds(&s)) && self.is_outside(case, directory, today)
    }

    /// Whether they decide who is charged with a case, or that it goes elsewhere.
    pub fn directs(&self, case: &Listed, directory: &Directory, today: Day) -> bool {
        self.sight(case, directory, today) == Some(Sight::Comment) && self.handles(case.unit, directory, today)
    }

    /// Whether they may answer a case: whoever directs it, and whoever handles cases of the unit that was charged.
    pub fn answers(&self, case: &Listed, directory: &Directory, today: Day) -> bool {
        let is_charged = || case.assigned.is_some_and(|unit| self.handles(unit, directory, today));
        let is_theirs =
            self.directs(case, directory, today) || (self.sight(case, directory, today).is_some() && is_charged());
        is_theirs && case.state == CaseState::InWork
    }

    fn handles(&self, unit: UnitId, directory: &Directory, today: Day) -> bool {
        self.handles.is_some_and(|scope| scope.holds(&directory.path(unit, today)))
    }

    /// Whether they work neither in the rated unit nor below it: on the day of the answer, today, and whatever became of
    /// either. Of whom nobody knows where they work, nobody knows that.
    fn is_outside(&self, case: &Listed, directory: &Directory, today: Day) -> bool {
        if case.unit == UnitId::NONE || directory.unit_on(self.own_unit, today).is_none() {
            return false;
        }
        let with_successors = |unit: UnitId| -> Vec<UnitId> {
            let successors = directory.successors_on(unit, today);
            [unit].into_iter().chain(successors.into_iter().map(|successor| successor.unit)).collect()
        };
        let (own, rated) = (with_successors(self.own_unit), with_successors(case.unit));
        let is_inside =
            |day: Day| own.iter().any(|unit| directory.path(*unit, day).iter().any(|above| rated.contains(above)));
        !is_inside(case.day) && !is_inside(today)
    }
}

/// Whether a text repeats so many words of a comment in a row, marks and case aside.
pub(super) fn repeats(text: &str, comment: &str) -> bool {
    let text = format!(" {} ", fold(text));
    let comment = fold(comment);
    let words: Vec<&str> = comment.split(' ').collect();
    words.windows(ONES_OWN_WORDS).any(|own| text.contains(&format!(" {} ", own.join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::places::{Places, Succession, UnitVersion};
    use crate::words::{CaseId, Grant, Right, Role, SuccessionKind, UnitKind};

    const TODAY: Day = Day(300);

    fn version(unit: i32, to: Option<i32>, parent: i32) -> UnitVersion {
        UnitVersion {
            unit: UnitId(unit),
            valid_from: Day(0),
            valid_to: to.map(Day),
            code: format!("U{unit}"),
            admin_code: None,
            name: String::new(),
            kind: UnitKind::Commune,
            parent: (parent > 0).then_some(UnitId(parent)),
        }
    }

    /// The province 1 with the communes 2 and 3, a centre 4 in commune 2 and a desk 5 in it, a department 9; 6 was a commune
    /// until day 150 and went on in 3.
    fn directory() -> Directory {
        let units = vec![
            version(1, None, 0),
            version(2, None, 1),
            version(3, None, 1),
            version(4, None, 2),
            version(5, None, 4),
            version(6, Some(150), 1),
            version(9, None, 1),
        ];
        let day = Day(151);
        let succession =
            Succession { from: UnitId(6), to: UnitId(3), day, kind: SuccessionKind::Successor, citation: None };
        Directory::new(Places { units, successions: vec![succession], ..Places::default() })
    }

    fn case(unit: i32) -> Listed {
        Listed {
            id: CaseId(1),
            day: Day(100),
            unit: UnitId(unit),
            state: CaseState::New,
            hint: false,
            class: None,
            assigned: None,
            released: None,
            due: None,
            ended: None,
        }
    }

    fn charged(unit: i32, with: i32) -> Listed {
        Listed { state: CaseState::InWork, assigned: Some(UnitId(with)), ..case(unit) }
    }

    /// What somebody with this role in a scope, who works somewhere, sees, directs, answers and investigates.
    fn of(role: Role, own: i32, scope: i32, case: &Listed) -> (Option<Sight>, bool, bool, bool) {
        let grants = [Grant { role, unit: UnitId(scope) }];
        let scope_of = |right| Scope::of(&grants, right, Some(UnitId(1)));
        let (reads, handles) = (scope_of(Right::ReadCases), scope_of(Right::HandleCases));
        let accusations = scope_of(Right::ReadAccusations);
        let reader = Reader {
            own_unit: UnitId(own),
            reads: reads.as_ref(),
            handles: handles.as_ref(),
            accusations: accusations.as_ref(),
        };
        let directory = directory();
        (
            reader.sight(case, &directory, TODAY),
            reader.directs(case, &directory, TODAY),
            reader.answers(case, &directory, TODAY),
            reader.investigates(case, &directory, TODAY),
        )
    }

    const NOTHING: (Option<Sight>, bool, bool, bool) = (None, false, false, false);

    #[test]
    fn the_level_above_reads_the_comment_and_the_rated_unit_never_does() {
        let reads = (Some(Sight::Comment), true, false, false);
        assert_eq!(of(Role::HomeAffairs, 9, 1, &case(4)), reads, "from beside, with the whole province");
        assert_eq!(of(Role::UnitManager, 2, 2, &case(4)), reads, "the commune above the centre");
        assert_eq!(of(Role::Leader, 9, 0, &case(4)), (Some(Sight::Comment), false, false, false), "reads only");
        assert_eq!(of(Role::UnitManager, 4, 4, &case(4)), NOTHING, "the rated unit");
        assert_eq!(of(Role::HomeAffairs, 4, 1, &case(4)), NOTHING, "the rated unit, whatever its scope");
        assert_eq!(of(Role::HomeAffairs, 5, 1, &case(4)), NOTHING, "below the rated unit");
        assert_eq!(of(Role::UnitManager, 3, 3, &case(4)), NOTHING, "the neighbour has no scope");
        assert_eq!(of(Role::HomeAffairs, 0, 1, &case(4)), NOTHING, "nobody knows where they work");
        assert_eq!(of(Role::HomeAffairs, 77, 1, &case(4)), NOTHING, "a unit nobody knows");
        assert_eq!(of(Role::Supervisor, 9, 1, &case(4)), NOTHING, "no such right");
    }

    #[test]
    fn whoever_took_over_a_unit_is_that_unit() {
        assert_eq!(of(Role::HomeAffairs, 3, 1, &case(6)), NOTHING, "the unit that took over");
        assert_eq!(of(Role::HomeAffairs, 6, 1, &case(3)), NOTHING, "an account that still names the unit before");
        assert_eq!(of(Role::HomeAffairs, 2, 1, &case(6)).0, Some(Sight::Comment));
    }

    #[test]
    fn the_unit_that_is_charged_reads_its_task_and_answers() {
        let task = (Some(Sight::Task), false, true, false);
        assert_eq!(of(Role::UnitManager, 4, 4, &charged(4, 4)), task);
        assert_eq!(of(Role::UnitManager, 3, 3, &charged(4, 3)), task, "another unit may be charged");
        assert_eq!(of(Role::Leader, 4, 4, &charged(4, 4)), (Some(Sight::Task), false, false, false));
        assert_eq!(of(Role::HomeAffairs, 4, 1, &charged(4, 4)), task, "the rated unit never more than the task");
        assert_eq!(of(Role::UnitManager, 4, 4, &charged(4, 3)), NOTHING, "not charged");
        assert_eq!(of(Role::HomeAffairs, 9, 1, &charged(4, 4)), (Some(Sight::Comment), true, true, false));
        let answered = Listed { state: CaseState::Answered, ..charged(4, 4) };
        assert_eq!(of(Role::UnitManager, 4, 4, &answered), (Some(Sight::Task), false, false, false), "once");
    }

    #[test]
    fn a_hint_and_what_was_passed_on_are_there_for_the_auditor_alone_and_never_for_one_of_the_rated_unit() {
        let hint = Listed { hint: true, ..case(4) };
        let passed_on = Listed { state: CaseState::PassedOn, ..charged(4, 4) };
        for case in [hint, passed_on] {
            for role in Role::ALL.iter().filter(|role| **role != Role::Auditor) {
                for (own, scope) in [(9, 1), (2, 2), (4, 4), (1, 1)] {
                    assert_eq!(of(*role, own, scope, &case), NOTHING, "{role}");
                }
            }
            assert_eq!(of(Role::Auditor, 9, 1, &case), (None, false, false, true));
            assert_eq!(of(Role::Auditor, 9, 2, &case), (None, false, false, true), "a scope that holds the unit");
            assert_eq!(of(Role::Auditor, 9, 3, &case), NOTHING, "another scope");
            assert_eq!(of(Role::Auditor, 4, 1, &case), NOTHING, "of the rated unit");
            assert_eq!(of(Role::Auditor, 5, 1, &case), NOTHING, "below it");
        }
        assert_eq!(of(Role::Auditor, 9, 1, &case(4)), NOTHING, "an ordinary case is none of theirs");
    }

    #[test]
    fn six_words_in_a_row_repeat_a_comment() {
        let comment = "Hẹn ngày 15 mà ngày 28 mới có, không ai báo.";
        assert!(repeats("Công dân viết: hẹn ngày 15, mà NGÀY 28 mới có", comment));
        assert!(repeats("ngay 28 moi co khong ai bao", comment), "without marks");
        assert!(!repeats("Trả kết quả muộn, không ai báo cho người dân", comment));
        assert!(!repeats("hẹn ngày 15 mà ngày", comment), "five words");
        assert!(!repeats("Tốt", "Tốt") && !repeats("", comment) && !repeats("chậm", ""));
        assert!(!repeats("xhẹn ngày 15 mà ngày 28y", comment), "whole words");
    }
}
