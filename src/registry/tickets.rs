//! Unit-months of which the figure by dossier codes (level B) was set aside because of disputes and counts again, because two
//! persons looked into them.

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use crate::store::decisions::StoredDecision;
use crate::words::{Day, DecisionId, DecisionReason, Half, Period, UnitId};

/// A unit and a calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnitMonth {
    /// The unit.
    pub unit: UnitId,
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
}

/// A unit-month as it stands in the record.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    unit: i32,
    month: String,
}

impl UnitMonth {
    /// The month of a word such as `2026-11`; `None` if it is none.
    pub fn of(unit: UnitId, month: &str) -> Option<Self> {
        let first = Day::parse(&format!("{month}-01"))?;
        Some(Self { unit, year: first.year(), month: first.month() })
    }

    /// The word of the month: `2026-11`.
    pub fn month_word(&self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// Its days.
    pub fn days(&self) -> Period {
        Period::calendar_month(self.year, self.month).unwrap_or(Period { from: Day(0), to: Day(0) })
    }

    /// Its two half-months.
    pub fn halves(&self) -> (Half, Half) {
        let days = self.days();
        (days.from.half(), days.to.half())
    }

    /// Whether it holds the half-month of a unit.
    pub fn holds(&self, unit: UnitId, half: Half) -> bool {
        let (first, last) = self.halves();
        self.unit == unit && (first..=last).contains(&half)
    }

    /// The canonical text: the same unit-month is the same text, everywhere.
    pub fn subject(&self) -> String {
        let subject = Subject { unit: self.unit.0, month: self.month_word() };
        serde_json::to_string(&subject).unwrap_or_default()
    }

    /// Reads the canonical text.
    pub fn parse(subject: &str) -> anyhow::Result<Self> {
        let read: Subject = serde_json::from_str(subject).context("while reading a unit and a month")?;
        let Some(found) = Self::of(UnitId(read.unit), &read.month) else { bail!("there is no month {}", read.month) };
        Ok(found)
    }
}

/// A unit-month that two persons decided to count again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApprovedTickets {
    /// Number of the decision.
    pub id: DecisionId,
    /// Why.
    pub reason: DecisionReason,
    /// The day on which the second person decided.
    pub decided: Day,
    /// The unit and the month.
    pub of: UnitMonth,
}

impl ApprovedTickets {
    pub(super) fn of(decision: &StoredDecision) -> anyhow::Result<Self> {
        let decided = decision.decided_at.context("an approved decision has no time")?.day();
        let of = UnitMonth::parse(&decision.subject).with_context(|| format!("in decision {}", decision.id))?;
        Ok(Self { id: decision.id, reason: decision.reason, decided, of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_month_is_one_text_and_holds_its_two_halves() {
        let of = UnitMonth::of(UnitId(4), "2026-03").unwrap();
        assert_eq!(of.subject(), r#"{"unit":4,"month":"2026-03"}"#);
        assert_eq!(UnitMonth::parse(&of.subject()).unwrap(), of);
        let day = |month, day| Day::of(2026, month, day).unwrap().half();
        assert!(of.holds(UnitId(4), day(3, 1)) && of.holds(UnitId(4), day(3, 31)));
        assert!(!of.holds(UnitId(4), day(2, 28)) && !of.holds(UnitId(4), day(4, 1)) && !of.holds(UnitId(2), day(3, 1)));
        for bad in ["2026-13", "2026", "", "2026-03-01", "x"] {
            assert_eq!(UnitMonth::of(UnitId(4), bad), None, "{bad}");
        }
        assert!(UnitMonth::parse(r#"{"unit":4,"month":"2026-03","x":1}"#).is_err());
    }
}
