//! Moves: the answers of whole days at one point belong to another, because a QR hung there. Never single answers.

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use super::Directory;
use crate::store::counts::Series;
use crate::store::decisions::StoredDecision;
use crate::words::{Day, DecisionId, DecisionReason, Half, Period, PointId, UnitId};

/// The answers of one point on these days belong to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Move {
    /// Where they came in.
    pub from: PointId,
    /// Where they belong.
    pub to: PointId,
    /// Whole days, both ends included.
    pub days: Period,
}

/// A move as it stands in the record.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    from_point: i32,
    to_point: i32,
    day_from: String,
    day_to: String,
}

impl Move {
    /// The canonical text: the same move is the same text, everywhere.
    pub fn subject(&self) -> String {
        let subject = Subject {
            from_point: self.from.0,
            to_point: self.to.0,
            day_from: self.days.from.iso(),
            day_to: self.days.to.iso(),
        };
        serde_json::to_string(&subject).unwrap_or_default()
    }

    /// Reads the canonical text.
    pub fn parse(subject: &str) -> anyhow::Result<Self> {
        let read: Subject = serde_json::from_str(subject).context("while reading what a decision moves")?;
        let days = Day::parse(&read.day_from).zip(Day::parse(&read.day_to));
        let Some(days) = days.and_then(|(from, to)| Period::new(from, to)) else {
            bail!("the days of a move are no period: {subject}");
        };
        Ok(Self { from: PointId(read.from_point), to: PointId(read.to_point), days })
    }

    /// Whether answers of this point and day are moved.
    pub fn takes(&self, point: PointId, day: Day) -> bool {
        self.from == point && self.days.contains(day)
    }

    /// Whether two moves would take the same answers.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from == other.from && self.days.from <= other.days.to && other.days.from <= self.days.to
    }

    /// The half-months it touches, whole.
    pub fn halves(&self) -> (Half, Half) {
        (self.days.from.half(), self.days.to.half())
    }

    /// Whether a day lies in a half-month that it touches.
    pub fn touches(&self, day: Day) -> bool {
        let (first, last) = self.halves();
        (first..=last).contains(&day.half())
    }

    /// Where a cell that is moved counts instead.
    pub fn there(&self, series: Series) -> Series {
        Series { point: self.to, ..series }
    }

    /// The units that lose and the units that gain what was answered on a day. A unit above both points does neither.
    pub fn sides(&self, directory: &Directory, day: Day) -> (Vec<UnitId>, Vec<UnitId>) {
        let path = |point| {
            let unit = directory.receiving_unit(point, day);
            unit.map(|unit| directory.counted_path(unit, day)).unwrap_or_default()
        };
        let (from, to) = (path(self.from), path(self.to));
        let without = |units: &[UnitId], others: &[UnitId]| -> Vec<UnitId> {
            units.iter().copied().filter(|unit| !others.contains(unit)).collect()
        };
        (without(&from, &to), without(&to, &from))
    }
}

/// A move that two persons decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApprovedMove {
    /// Number of the decision.
    pub id: DecisionId,
    /// Why.
    pub reason: DecisionReason,
    /// The day on which the second person decided.
    pub decided: Day,
    /// What is moved.
    pub moved: Move,
}

impl ApprovedMove {
    pub(super) fn of(decision: &StoredDecision) -> anyhow::Result<Self> {
        let decided = decision.decided_at.context("an approved decision has no time")?;
        let moved = Move::parse(&decision.subject).with_context(|| format!("in decision {}", decision.id))?;
        Ok(Self { id: decision.id, reason: decision.reason, decided: decided.day(), moved })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(from: i32, to: i32, first: i32, last: i32) -> Move {
        Move { from: PointId(from), to: PointId(to), days: Period { from: Day(first), to: Day(last) } }
    }

    #[test]
    fn a_move_is_one_text_and_the_text_is_the_move() {
        let moved = of(11, 15, 20_500, 20_507);
        let text = r#"{"from_point":11,"to_point":15,"day_from":"2026-02-16","day_to":"2026-02-23"}"#;
        assert_eq!(moved.subject(), text);
        assert_eq!(Move::parse(text).unwrap(), moved);
        for bad in ["", "{}", &text.replace("23", "01"), &text.replace('}', r#","x":1}"#)] {
            assert!(Move::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn moves_overlap_only_where_they_take_the_same_answers() {
        let one = of(1, 2, 10, 20);
        assert!(one.overlaps(&of(1, 3, 20, 25)) && one.overlaps(&of(1, 3, 12, 13)));
        assert!(!one.overlaps(&of(1, 3, 21, 25)) && !one.overlaps(&of(2, 1, 10, 20)));
        assert!(one.takes(PointId(1), Day(10)) && !one.takes(PointId(2), Day(10)) && !one.takes(PointId(1), Day(21)));
    }
}
