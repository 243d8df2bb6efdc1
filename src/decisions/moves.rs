//! What may be moved. Pure: everything it depends on is given.

use std::collections::BTreeSet;

use super::refusal::Refusal;
use crate::registry::Directory;
use crate::registry::decided::Decided;
use crate::registry::moves::Move;
use crate::words::{Day, DecisionKind, DecisionReason, Period, PointId, UnitId};

/// Most days of one move.
pub const LONGEST_MOVE: i32 = 366;

/// What somebody proposes to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveProposal<'a> {
    /// Where the answers came in.
    pub from: PointId,
    /// Where they belong.
    pub to: PointId,
    /// First day.
    pub day_from: Day,
    /// Last day.
    pub day_to: Day,
    /// Why.
    pub reason: DecisionReason,
    /// What else there is to say about it.
    pub note: &'a str,
}

/// What is stored, as far as a move depends on it.
#[derive(Debug)]
pub(super) struct Stored<'a> {
    /// Units and points.
    pub directory: &'a Directory,
    /// Last sealed day.
    pub sealed_through: Option<Day>,
    /// Whether answers of the half-months that were entered late wait to be sealed.
    pub are_waiting: bool,
    /// Whether there is anything on these days.
    pub is_anything: bool,
    /// What was approved.
    pub decided: &'a Decided,
    /// Today.
    pub today: Day,
}

/// The move that is proposed, if it is one at all.
pub(super) fn asked(proposal: &MoveProposal<'_>) -> Result<Move, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !DecisionKind::Move.reasons().contains(&proposal.reason) {
        refusals.push(Refusal::OtherReason);
    }
    if proposal.from == proposal.to {
        refusals.push(Refusal::SamePoint);
    }
    let Some(days) = Period::new(proposal.day_from, proposal.day_to) else {
        refusals.push(Refusal::EndsBeforeItBegins);
        return Err(refusals);
    };
    if days.to.0.saturating_sub(days.from.0) >= LONGEST_MOVE {
        refusals.push(Refusal::TooManyDays(LONGEST_MOVE));
    }
    let moved = Move { from: proposal.from, to: proposal.to, days };
    if refusals.is_empty() { Ok(moved) } else { Err(refusals) }
}

/// Everything that stands against a move now.
pub(super) fn against(moved: &Move, stored: &Stored<'_>) -> Vec<Refusal> {
    let unknown = [moved.from, moved.to].into_iter().filter(|point| stored.directory.point(*point).is_none());
    let mut refusals: Vec<Refusal> = unknown.map(Refusal::UnknownPoint).collect();
    if refusals.is_empty() && !is_there(stored.directory, moved, stored.today) {
        refusals.push(Refusal::ToPointNotThere);
    }
    let (_, last) = moved.halves();
    let is_sealed = stored.sealed_through.is_some_and(|through| through >= last.last());
    if !is_sealed || stored.are_waiting {
        refusals.push(Refusal::NotOver(last.last().max(stored.today).plus(1)));
    } else if refusals.is_empty() && !stored.is_anything {
        refusals.push(Refusal::NothingThere);
    }
    let overlapping = stored.decided.moves.iter().find(|known| known.moved.overlaps(moved));
    refusals.extend(overlapping.map(|known| Refusal::Overlaps(known.id, known.moved.days)));
    let mut excluded = stored.decided.exclusions.iter().filter(|known| known.is_in_force());
    let excluded = excluded.find(|known| known.exclusion.overlaps_move(moved));
    refusals.extend(excluded.map(|known| Refusal::OverlapsExclusion(known.id, known.exclusion.days)));
    refusals
}

/// Whether the second point was open on all of the days, or is open today.
fn is_there(directory: &Directory, moved: &Move, today: Day) -> bool {
    let versions = directory.point(moved.to).map(|(_, versions)| versions).unwrap_or_default();
    let is_open = |day: Day| {
        versions.iter().any(|version| {
            version.valid_from <= day
                && version.valid_to.is_none_or(|last| day <= last)
                && directory.is_alive(version.unit, day)
        })
    };
    is_open(today) || (moved.days.from.0..=moved.days.to.0).map(Day).all(is_open)
}

/// The units of both points, on the days and today.
pub(super) fn rated(moved: &Move, directory: &Directory, today: Day) -> Vec<UnitId> {
    let days = (moved.days.from.0..=moved.days.to.0).map(Day).chain([today]);
    let units: BTreeSet<UnitId> = days
        .flat_map(|day| [moved.from, moved.to].into_iter().filter_map(move |p| directory.receiving_unit(p, day)))
        .collect();
    units.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::exclusions::{ApprovedExclusion, Exclusion};
    use crate::registry::moves::ApprovedMove;
    use crate::store::places::{Places, Point, PointVersion, UnitVersion};
    use crate::words::{DecisionId, FieldId, Level, PointKind, UnitKind};

    fn directory() -> Directory {
        let unit = |unit: i32| UnitVersion {
            unit: UnitId(unit),
            valid_from: Day(0),
            valid_to: None,
            code: format!("U{unit}"),
            admin_code: None,
            name: String::new(),
            kind: UnitKind::Commune,
            parent: None,
        };
        let version = |point: i32, unit: i32, from: i32, to: Option<i32>| PointVersion {
            point: PointId(point),
            valid_from: Day(from),
            valid_to: to.map(Day),
            unit: UnitId(unit),
            name: String::new(),
            questionnaire: "counter".to_owned(),
            field: FieldId::NONE,
            officers: 2,
        };
        Directory::new(Places {
            units: vec![unit(1), unit(2), unit(3)],
            points: (1..=3)
                .map(|point| Point { point: PointId(point), code: format!("Q{point}"), kind: PointKind::Counter })
                .collect(),
            point_versions: vec![
                version(1, 1, 0, None),
                version(2, 2, 20_400, None),
                version(3, 1, 0, Some(20_504)),
                version(3, 3, 20_505, Some(20_520)),
            ],
            ..Places::default()
        })
    }

    fn proposal(from: i32, to: i32, first: i32, last: i32) -> MoveProposal<'static> {
        let reason = DecisionReason::WrongPlace;
        let (from, to) = (PointId(from), PointId(to));
        MoveProposal { from, to, day_from: Day(first), day_to: Day(last), reason, note: "" }
    }

    fn found(from: i32, to: i32, days: (i32, i32), change: impl Fn(&mut Stored<'_>)) -> Vec<Refusal> {
        let directory = directory();
        let other = Move { from: PointId(1), to: PointId(3), days: Period { from: Day(20_300), to: Day(20_310) } };
        let known = (DecisionId(7), DecisionReason::WrongPlace, Day(20_400));
        let moves = vec![ApprovedMove { id: known.0, reason: known.1, decided: known.2, moved: other }];
        let excluded = Period { from: Day(20_320), to: Day(20_330) };
        let exclusion = Exclusion { point: PointId(1), level: Level::D, channel: None, days: excluded };
        let of = |id: i32, exclusion, restored| {
            let (id, reason, decided) = (DecisionId(id), DecisionReason::Training, Day(20_400));
            ApprovedExclusion { id, reason, decided, exclusion, restored }
        };
        let earlier = Exclusion { days: Period { from: Day(20_340), to: Day(20_350) }, ..exclusion };
        let exclusions = vec![of(8, exclusion, None), of(9, earlier, Some(Day(20_401)))];
        let decided = Decided { moves, exclusions, ..Decided::default() };
        let mut stored = Stored {
            directory: &directory,
            sealed_through: Some(Day(20_599)),
            are_waiting: false,
            is_anything: true,
            decided: &decided,
            today: Day(20_600),
        };
        change(&mut stored);
        against(&asked(&proposal(from, to, days.0, days.1)).unwrap(), &stored)
    }

    #[test]
    fn what_is_no_move_at_all_is_said_at_once() {
        assert_eq!(asked(&proposal(1, 1, 9, 8)), Err(vec![Refusal::SamePoint, Refusal::EndsBeforeItBegins]));
        assert_eq!(asked(&proposal(1, 2, 0, 366)), Err(vec![Refusal::TooManyDays(366)]));
        assert!(asked(&proposal(1, 2, 0, 365)).is_ok());
        let reason = DecisionReason::Questionnaire;
        assert_eq!(asked(&MoveProposal { reason, ..proposal(1, 2, 0, 9) }), Err(vec![Refusal::OtherReason]));
    }

    #[test]
    fn a_move_waits_until_its_half_months_are_sealed_to_their_end() {
        let days = (20_500, 20_502);
        let last = Day(20_502).half().last();
        assert_eq!(found(1, 2, days, |_| ()), []);
        assert_eq!(found(1, 2, days, |stored| stored.sealed_through = Some(last)), []);
        let early = |stored: &mut Stored<'_>| {
            (stored.sealed_through, stored.today) = (Some(last.plus(-1)), last.plus(-3));
        };
        assert_eq!(found(1, 2, days, early), [Refusal::NotOver(last.plus(1))]);
        let waiting = |stored: &mut Stored<'_>| stored.are_waiting = true;
        assert_eq!(found(1, 2, days, waiting), [Refusal::NotOver(Day(20_601))]);
        assert_eq!(found(1, 2, days, |stored| stored.sealed_through = None), [Refusal::NotOver(Day(20_601))]);
    }

    #[test]
    fn the_second_point_was_there_then_or_is_there_today() {
        assert_eq!(found(1, 3, (20_500, 20_510), |_| ()), [], "open on all of the days under either unit");
        assert_eq!(found(1, 2, (20_399, 20_402), |_| ()), [], "not then, but today");
        assert_eq!(found(1, 3, (20_515, 20_521), |_| ()), [Refusal::ToPointNotThere]);
        let both = [Refusal::UnknownPoint(PointId(8)), Refusal::UnknownPoint(PointId(9))];
        assert_eq!(found(8, 9, (20_500, 20_502), |_| ()), both);
    }

    #[test]
    fn the_same_answers_are_moved_once_and_only_where_there_are_any() {
        assert_eq!(
            found(1, 2, (20_310, 20_312), |_| ()),
            [Refusal::Overlaps(DecisionId(7), Period { from: Day(20_300), to: Day(20_310) })]
        );
        let excluded = Refusal::OverlapsExclusion(DecisionId(8), Period { from: Day(20_320), to: Day(20_330) });
        assert_eq!(found(1, 2, (20_330, 20_332), |_| ()), [excluded]);
        assert_eq!(found(1, 2, (20_340, 20_341), |_| ()), [], "that exclusion was taken back");
        assert_eq!(found(1, 2, (20_311, 20_312), |stored| stored.is_anything = false), [Refusal::NothingThere]);
    }

    #[test]
    fn every_unit_of_either_point_is_rated() {
        let moved = asked(&proposal(2, 3, 20_500, 20_510)).unwrap();
        assert_eq!(rated(&moved, &directory(), Day(20_600)), [UnitId(1), UnitId(2), UnitId(3)]);
    }
}
