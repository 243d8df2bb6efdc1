//! How many dossiers there were to answer about: the denominators of the response rates.

use std::collections::BTreeMap;

use super::dossiers::{Door, LONGEST_WAY, Punctuality, dossiers_of};
use super::province::UNITS;
use crate::words::{Day, Half};

/// Dossiers of a point, deciding unit and field in a half-month, as in `volumes.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedVolume {
    /// Code of the point where they were handed in: a counter, or the unit's web link.
    pub point: String,
    /// Code of the deciding unit.
    pub deciding_unit: &'static str,
    /// Field; `None` for "thủ tục khác".
    pub field: Option<&'static str>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Received in these days.
    pub received: u32,
    /// Returned in these days.
    pub returned: u32,
    /// Of those returned, late.
    pub late: u32,
}

#[derive(Default)]
struct Counts {
    received: u32,
    returned: u32,
    late: u32,
}

/// The volumes of the calendar month that `month_first` lies in, by half-month (1st to 14th, 15th to end). A dossier
/// counts as received in the half it came in and as returned in the half it went out; equal on every run.
pub fn volumes_of(month_first: Day) -> Vec<SimulatedVolume> {
    let first = month_first.plus(1 - i32::from(month_first.day_of_month())).half();
    let halves = [first, first.next()];
    let last = first.next().last();
    let days = last.0 - first.first().0 + LONGEST_WAY;
    let mut all = Vec::new();
    for unit in &UNITS {
        let mut counts: BTreeMap<(Half, Door, Option<&'static str>), Counts> = BTreeMap::new();
        for day in (0..=days).map(|n| first.first().plus(n)) {
            for dossier in dossiers_of(unit, day) {
                let field = dossier.field();
                if halves.contains(&dossier.received.half()) {
                    counts.entry((dossier.received.half(), dossier.door, field)).or_default().received += 1;
                }
                if day <= last {
                    let counts = counts.entry((day.half(), dossier.door, field)).or_default();
                    counts.returned += 1;
                    counts.late += u32::from(dossier.punctuality == Punctuality::Late);
                }
            }
        }
        all.extend(counts.into_iter().map(|((half, door, field), counts)| SimulatedVolume {
            point: door.point(unit),
            deciding_unit: unit.code,
            field,
            from: half.first(),
            to: half.last(),
            received: counts.received,
            returned: counts.returned,
            late: counts.late,
        }));
    }
    all
}
