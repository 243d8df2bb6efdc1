//! Who may propose and who may decide. Pure: time and directory are given.

use super::refusal::Refusal;
use crate::registry::Directory;
use crate::store::decisions::StoredDecision;
use crate::words::{Day, DecisionState, Moment, Period, StaffId, UnitId};

/// Days in which a proposal may be decided.
pub const VALID_DAYS: i64 = 14;
/// Longest note, in characters.
pub const LONGEST_NOTE: usize = 1_000;

/// Somebody of the office, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub staff: StaffId,
    /// Where they work; [`UnitId::NONE`] where that is not known.
    pub own_unit: UnitId,
}

/// When the answers were given that an act is about, and today.
#[derive(Debug, Clone, Copy)]
pub(super) struct Then {
    /// Days of the answers.
    pub days: Period,
    /// The day of the act.
    pub today: Day,
}

impl Then {
    fn all(self) -> impl Iterator<Item = Day> {
        (self.days.from.0..=self.days.to.0).map(Day).chain([self.today])
    }
}

/// When a proposal of this moment expires.
pub(super) fn expiry(now: Moment) -> Moment {
    Moment::from_unix(now.unix() + VALID_DAYS * 86_400)
}

/// Nobody acts on answers about their own unit or its subtree: as it was then, as it is today, and whatever became of it.
pub(super) fn outside(person: Person, rated: &[UnitId], directory: &Directory, then: Then) -> Result<(), Refusal> {
    if person.own_unit == UnitId::NONE || directory.unit_on(person.own_unit, then.today).is_none() {
        return Err(Refusal::OwnUnitUnknown);
    }
    let with_successors = |unit: UnitId| -> Vec<UnitId> {
        let successors = directory.successors_on(unit, then.today);
        [unit].into_iter().chain(successors.into_iter().map(|successor| successor.unit)).collect()
    };
    let own = with_successors(person.own_unit);
    let rated: Vec<UnitId> = rated.iter().flat_map(|unit| with_successors(*unit)).collect();
    let holds = |day: Day, unit: UnitId| directory.path(unit, day).iter().any(|above| own.contains(above));
    if then.all().any(|day| rated.iter().any(|unit| holds(day, *unit))) { Err(Refusal::OwnUnit) } else { Ok(()) }
}

/// Whether a person is far enough from a unit to look at its signals: outside of it and of what is above it, and not below
/// it either. That the whole province is above everybody keeps nobody away.
pub fn may_look_at(person: Person, unit: UnitId, directory: &Directory, days: Period, today: Day) -> bool {
    let is_top = directory.root(today).is_some_and(|root| root.unit == unit);
    let is_below = || directory.path(person.own_unit, today).contains(&unit);
    outside(person, &[unit], directory, Then { days, today }).is_ok() && (is_top || !is_below())
}

/// Whether a proposal is still open.
pub(super) fn is_open(decision: &StoredDecision, now: Moment) -> Result<(), Refusal> {
    if decision.state != DecisionState::Proposed {
        return Err(Refusal::Decided(decision.state));
    }
    if decision.has_expired(now) {
        return Err(Refusal::Expired(decision.expires_at.day()));
    }
    Ok(())
}

/// Whether a person may approve or refuse what another proposed: everything that stands against it, `outside` being
/// whether they are far enough from what it is about.
pub(super) fn against_deciding(
    person: Person,
    decision: &StoredDecision,
    outside: Result<(), Refusal>,
) -> Vec<Refusal> {
    let is_proposer = (person.staff == decision.proposer).then_some(Refusal::Proposer(decision.kind));
    is_proposer.into_iter().chain(outside.err()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::places::{Places, Succession, UnitVersion};
    use crate::words::{DecisionId, DecisionKind, DecisionReason, SuccessionKind, UnitKind};

    fn version(unit: i32, from: i32, to: Option<i32>, parent: i32) -> UnitVersion {
        UnitVersion {
            unit: UnitId(unit),
            valid_from: Day(from),
            valid_to: to.map(Day),
            code: format!("U{unit}"),
            admin_code: None,
            name: String::new(),
            kind: UnitKind::Commune,
            parent: (parent > 0).then_some(UnitId(parent)),
        }
    }

    /// 1 above all; 4 stood under 2 and stands under 3 since day 200; 5 ended on day 150 and went on in 3; 9 is the department.
    fn directory() -> Directory {
        Directory::new(Places {
            units: vec![
                version(1, 0, None, 0),
                version(2, 0, None, 1),
                version(3, 0, None, 1),
                version(4, 0, Some(199), 2),
                version(4, 200, None, 3),
                version(5, 0, Some(150), 1),
                version(9, 0, None, 1),
            ],
            successions: vec![Succession {
                from: UnitId(5),
                to: UnitId(3),
                day: Day(151),
                kind: SuccessionKind::Successor,
                citation: None,
            }],
            ..Places::default()
        })
    }

    fn barred(own: i32, rated: i32) -> Option<Refusal> {
        let then = Then { days: Period { from: Day(100), to: Day(120) }, today: Day(300) };
        outside(Person { staff: StaffId(1), own_unit: UnitId(own) }, &[UnitId(rated)], &directory(), then).err()
    }

    #[test]
    fn nobody_acts_on_their_own_unit_or_what_is_below_it_then_or_today() {
        assert_eq!(barred(4, 4), Some(Refusal::OwnUnit));
        assert_eq!(barred(2, 4), Some(Refusal::OwnUnit), "then");
        assert_eq!(barred(3, 4), Some(Refusal::OwnUnit), "today");
        assert_eq!(barred(1, 4), Some(Refusal::OwnUnit), "the province holds all");
        assert_eq!(barred(3, 5), Some(Refusal::OwnUnit), "the unit that took over");
        assert_eq!(barred(5, 3), Some(Refusal::OwnUnit), "whoever came from the unit that was taken over");
        assert_eq!((barred(9, 4), barred(4, 2)), (None, None));
        assert_eq!((barred(0, 4), barred(77, 4)), (Some(Refusal::OwnUnitUnknown), Some(Refusal::OwnUnitUnknown)));
    }

    #[test]
    fn whoever_looks_at_signals_is_neither_of_the_unit_nor_above_nor_below_it() {
        let days = Period { from: Day(210), to: Day(220) };
        let looks = |own: i32, unit: i32| {
            let person = Person { staff: StaffId(1), own_unit: UnitId(own) };
            may_look_at(person, UnitId(unit), &directory(), days, Day(300))
        };
        assert!(looks(9, 4) && looks(9, 3) && looks(2, 3), "from outside");
        assert!(!looks(3, 3) && !looks(3, 4) && !looks(4, 3), "own, above, below");
        assert!(looks(9, 1) && !looks(1, 9), "the province is above everybody");
        assert!(!looks(0, 4) && !looks(77, 4), "nobody knows where they work");
    }

    #[test]
    fn a_proposal_is_decided_once_in_time_and_by_somebody_else() {
        let decision = StoredDecision {
            id: DecisionId(1),
            kind: DecisionKind::Move,
            reason: DecisionReason::WrongPlace,
            note: String::new(),
            subject: String::new(),
            rated: vec![UnitId(4)],
            proposer: StaffId(1),
            proposed_at: Moment::from_unix(0),
            expires_at: expiry(Moment::from_unix(0)),
            state: DecisionState::Proposed,
            decider: None,
            decided_at: None,
            log_seq: None,
        };
        let last = Moment::from_unix(14 * 86_400 - 1);
        assert_eq!(is_open(&decision, last), Ok(()));
        let late = Moment::from_unix(14 * 86_400);
        assert_eq!(is_open(&decision, late), Err(Refusal::Expired(late.day())));
        let closed = StoredDecision { state: DecisionState::Refused, ..decision.clone() };
        assert_eq!(is_open(&closed, late), Err(Refusal::Decided(DecisionState::Refused)));
        let then = Then { days: Period { from: Day(100), to: Day(120) }, today: Day(300) };
        let against = |staff, own| {
            let person = Person { staff: StaffId(staff), own_unit: UnitId(own) };
            against_deciding(person, &decision, outside(person, &decision.rated, &directory(), then))
        };
        assert_eq!(against(1, 2), [Refusal::Proposer(DecisionKind::Move), Refusal::OwnUnit], "all at once");
        assert_eq!(against(2, 9), []);
    }
}
