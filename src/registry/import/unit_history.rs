//! The histories of units as they stand after an import: versions that do not overlap, and a tree without circles.

use std::collections::{BTreeMap, HashSet};

use super::Problems;
use crate::store::places::UnitVersion;
use crate::text::Both;
use crate::text::import::{FileDay, digits, rows as say};
use crate::words::{Day, UnitId};

/// Deepest tree that is accepted: a path is followed this far and no further.
const DEEPEST: usize = 16;

/// A version with where it comes from.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Held {
    /// As it stands after the import.
    pub(in crate::registry) version: UnitVersion,
    /// The line of the file that describes it.
    pub(in crate::registry) line: Option<u64>,
    /// As it was stored before.
    pub(in crate::registry) stored: Option<UnitVersion>,
}

/// All versions of all units.
#[derive(Debug, Default)]
pub(in crate::registry) struct UnitHistory {
    units: BTreeMap<UnitId, BTreeMap<Day, Held>>,
}

impl UnitHistory {
    /// The stored histories.
    pub(in crate::registry) fn new(stored: &[UnitVersion]) -> Self {
        let mut units: BTreeMap<UnitId, BTreeMap<Day, Held>> = BTreeMap::new();
        for version in stored {
            let held = Held { version: version.clone(), line: None, stored: Some(version.clone()) };
            units.entry(version.unit).or_default().insert(version.valid_from, held);
        }
        Self { units }
    }

    /// The first day of the latest version of a unit.
    pub(in crate::registry) fn latest(&self, unit: UnitId) -> Option<Day> {
        self.units.get(&unit)?.keys().next_back().copied()
    }

    /// The version of a unit that begins on a day.
    pub(in crate::registry) fn beginning(&self, unit: UnitId, day: Day) -> Option<&Held> {
        self.units.get(&unit)?.get(&day)
    }

    /// Puts the version of a line in; the line that described the same version before, if one did.
    pub(in crate::registry) fn put(&mut self, version: UnitVersion, line: u64) -> Result<(), u64> {
        let versions = self.units.entry(version.unit).or_default();
        let before = versions.get(&version.valid_from);
        if let Some(first) = before.and_then(|held| held.line) {
            return Err(first);
        }
        let stored = before.and_then(|held| held.stored.clone());
        versions.insert(version.valid_from, Held { version, line: Some(line), stored });
        Ok(())
    }

    /// All versions.
    pub(in crate::registry) fn versions(&self) -> impl Iterator<Item = &Held> {
        self.units.values().flat_map(BTreeMap::values)
    }

    /// Closes open versions on the eve of the next one, and notes versions that overlap.
    pub(in crate::registry) fn close_on_the_eve(&mut self, problems: &mut Problems) {
        for versions in self.units.values_mut() {
            if versions.values().all(|held| held.line.is_none()) {
                continue;
            }
            let starts: Vec<(Day, Option<u64>)> = versions.iter().map(|(day, held)| (*day, held.line)).collect();
            for (held, (next, next_line)) in versions.values_mut().zip(starts.into_iter().skip(1)) {
                match held.version.valid_to {
                    None => held.version.valid_to = Some(next.plus(-1)),
                    Some(last) if last >= next => {
                        let code = &held.version.code;
                        let what = Both::of(|lang| say::overlapping(lang, code, FileDay(last), FileDay(next)));
                        problems.add_line(next_line.or(held.line).unwrap_or(1), what);
                    }
                    Some(_) => {}
                }
            }
        }
    }

    /// Notes circles among parents, and paths that are too long to be followed.
    ///
    /// A circle exists from the day on which the last of its versions begins; so every version is followed on its first day.
    pub(in crate::registry) fn check_tree(&self, problems: &mut Problems) {
        let mut told = HashSet::new();
        for start in self.versions() {
            let day = start.version.valid_from;
            let mut path = vec![start];
            while let Some(above) = path.last().and_then(|held| self.on(held.version.parent?, day)) {
                let circle = path.iter().any(|held| held.version.unit == above.version.unit);
                if !circle && path.len() < DEEPEST {
                    path.push(above);
                    continue;
                }
                let line = start.line.or_else(|| path.iter().find_map(|held| held.line));
                if let Some(line) = line.filter(|line| told.insert(*line)) {
                    let codes: Vec<&str> = path.iter().map(|held| held.version.code.as_str()).take(DEEPEST).collect();
                    let what = if circle {
                        Both::of(|lang| say::circle(lang, &codes.join(&format!(" {} ", say::UNDER.get(lang)))))
                    } else {
                        Both::of(|lang| say::too_deep(lang, digits(DEEPEST)))
                    };
                    problems.add(line, "parent", what);
                }
                break;
            }
        }
    }

    /// What a unit is on a day; before its first day the first version, after its last day the last one.
    fn on(&self, unit: UnitId, day: Day) -> Option<&Held> {
        let versions = self.units.get(&unit)?;
        versions.range(..=day).next_back().or_else(|| versions.iter().next()).map(|(_, held)| held)
    }
}
