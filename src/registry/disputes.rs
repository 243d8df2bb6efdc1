//! Months in which too many people said that somebody else had answered with their ticket: there the figure by tickets is set
//! aside, until two persons from outside the unit decide that it counts.

use std::collections::BTreeMap;

use anyhow::Context;

use super::Directory;
use super::tickets::UnitMonth;
use crate::store::{ConnectionTrait, counts, tickets};
use crate::words::{Day, Half, Level, Period, Province, UnitId};

/// Disputes from which on a month is looked at.
pub const FEWEST: i64 = 3;
/// Disputes are too many where they are at least one in so many tickets spent.
pub const ONE_IN: i64 = 100;

/// A month of a unit with too many disputes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisputedMonth {
    /// First half of the month.
    pub month: Half,
    /// People who said so.
    pub disputes: i64,
    /// Tickets spent in the month, as far as they are sealed.
    pub spent: i64,
}

impl DisputedMonth {
    /// First day of the month.
    pub fn first_day(&self) -> Day {
        self.month.first()
    }

    /// Share of the tickets spent that is disputed, at most 1.
    pub fn share(&self) -> f64 {
        let number = |n: i64| f64::from(i32::try_from(n).unwrap_or(i32::MAX));
        number(self.disputes) / number(self.spent.max(self.disputes).max(1))
    }
}

/// The disputed months of all units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disputes {
    months: BTreeMap<(UnitId, Half), DisputedMonth>,
}

/// The first half of the month in which a half-month lies.
pub const fn month_of(half: Half) -> Half {
    Half(half.0 - half.0.rem_euclid(2))
}

/// Whether so many disputes of so many spent tickets are too many. Pure.
pub const fn are_too_many(disputes: i64, spent: i64) -> bool {
    disputes >= FEWEST && disputes.saturating_mul(ONE_IN) >= spent
}

impl Disputes {
    /// Reads them, but for the months that two persons let count again.
    pub async fn load(
        db: &impl ConnectionTrait,
        province: Province,
        directory: &Directory,
        counted_again: &[UnitMonth],
    ) -> anyhow::Result<Self> {
        let ever = (Half(0), Half(i32::MAX));
        let found = tickets::disputes(db, province, ever.0, ever.1).await.context("while reading disputes")?;
        let mut disputes: BTreeMap<(UnitId, Half), i64> = BTreeMap::new();
        for ((point, half), n) in found {
            let Some(unit) = directory.receiving_unit(point, half.last()) else { continue };
            for unit in directory.counted_path(unit, half.last()) {
                *disputes.entry((unit, month_of(half))).or_default() += n;
            }
        }
        disputes.retain(|(unit, month), n| *n >= FEWEST && !counted_again.iter().any(|one| one.holds(*unit, *month)));
        let mut months = BTreeMap::new();
        for ((unit, month), n) in disputes {
            let spent = counts::tickets_spent(db, province, unit, (month, month.next())).await;
            let spent = spent.context("while counting spent tickets")?;
            if are_too_many(n, spent) {
                months.insert((unit, month), DisputedMonth { month, disputes: n, spent });
            }
        }
        Ok(Self { months })
    }

    /// Whether a level of a unit is set aside in a half-month: then the drawn sample alone speaks for it, and open feedback,
    /// which is never judged, stays.
    pub fn withholds(&self, unit: UnitId, half: Half, level: Level) -> bool {
        matches!(level, Level::B | Level::C) && self.months.contains_key(&(unit, month_of(half)))
    }

    /// The disputed months of a unit that share a day with a period.
    pub fn of(&self, unit: UnitId, period: Period) -> impl Iterator<Item = &DisputedMonth> {
        let months = self.months.range((unit, Half(i32::MIN))..=(unit, Half(i32::MAX))).map(|(_, month)| month);
        months.filter(move |one| one.month.first() <= period.to && one.month.next().last() >= period.from)
    }

    /// The half-months from one to another as spans that are counted alike: whether the levels above are set aside in each.
    pub fn spans(&self, unit: UnitId, from: Half, to: Half) -> Vec<(Half, Half, bool)> {
        let mut spans = Vec::new();
        let mut next = from;
        let period = Period { from: from.first(), to: to.last() };
        for one in self.of(unit, period) {
            let (first, last) = (one.month.max(from), one.month.next().min(to));
            if next < first {
                spans.push((next, Half(first.0 - 1), false));
            }
            spans.push((first, last, true));
            next = last.next();
        }
        if next <= to {
            spans.push((next, to, false));
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_disputes_and_one_in_a_hundred_are_too_many() {
        assert!(!are_too_many(2, 2) && are_too_many(3, 300) && !are_too_many(3, 301) && are_too_many(4, 0));
    }

    #[test]
    fn a_span_of_half_months_is_cut_at_disputed_months() {
        let (unit, march) = (UnitId(5), Day::of(2026, 3, 1).unwrap().half());
        let month = DisputedMonth { month: march, disputes: 3, spent: 30 };
        let disputes = Disputes { months: [((unit, march), month)].into() };
        let half = |n: i32| Half(march.0 + n);
        assert_eq!(
            disputes.spans(unit, half(-2), half(5)),
            [(half(-2), half(-1), false), (half(0), half(1), true), (half(2), half(5), false)]
        );
        assert_eq!(disputes.spans(unit, half(1), half(1)), [(half(1), half(1), true)]);
        assert_eq!(disputes.spans(UnitId(6), half(0), half(1)), [(half(0), half(1), false)]);
        assert!(disputes.withholds(unit, half(1), Level::B) && disputes.withholds(unit, half(0), Level::C));
        assert!(!disputes.withholds(unit, half(0), Level::A) && !disputes.withholds(unit, half(2), Level::B));
        assert!((month.share() - 0.1).abs() < 1e-12);
    }
}
