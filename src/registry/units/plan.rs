//! What an act on units would write, decided on what is stored. Pure.

use std::collections::BTreeSet;

use super::{MOST_AT_ONCE, NewUnit, Successor, UnitChange, UnitRefusal};
use crate::registry::import::{
    LONGEST_UNIT_NAME, Problems, UnitHistory, cleaned, code as read_code, read_admin_code, text, word,
};
use crate::registry::{Directory, points};
use crate::store::places::{Places, PointVersion, Succession, UnitVersion};
use crate::text::Both;
use crate::words::{Day, SuccessionKind, UnitId, UnitKind};

/// Longest citation.
const LONGEST_CITATION: usize = 1_000;
/// A typed form is one line.
const LINE: u64 = 1;

/// What an act writes.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Versions of units that are new or differ from what is stored.
    pub(super) units: Vec<UnitVersion>,
    /// Who takes over from whom.
    pub(super) successions: Vec<Succession>,
    /// Versions of points that move.
    pub(super) points: Vec<PointVersion>,
    /// Codes of the units that take over.
    pub(super) successors: Vec<String>,
}

impl Written {
    /// The codes of the versions that are written, each once.
    pub(super) fn codes(&self) -> String {
        let codes: BTreeSet<&str> = self.units.iter().map(|version| version.code.as_str()).collect();
        codes.into_iter().collect::<Vec<_>>().join(", ")
    }
}

/// An act on units from a day on.
pub(super) struct Plan<'a> {
    places: &'a Places,
    directory: Directory,
    history: UnitHistory,
    from: Day,
    highest: i32,
    /// Codes of units that begin with this act.
    new: BTreeSet<String>,
    /// Units that end with this act.
    ended: BTreeSet<UnitId>,
    successors: Vec<String>,
    successions: Vec<Succession>,
    points: Vec<PointVersion>,
}

impl<'a> Plan<'a> {
    /// Nothing done yet.
    pub(super) fn new(places: &'a Places, from: Day) -> Self {
        let directory = Directory::new(places.clone());
        let (UnitId(highest), ..) = directory.highest();
        Self {
            places,
            history: UnitHistory::new(&places.units),
            directory,
            from,
            highest,
            new: BTreeSet::new(),
            ended: BTreeSet::new(),
            successors: Vec::new(),
            successions: Vec::new(),
            points: Vec::new(),
        }
    }

    /// A unit begins.
    pub(super) fn add(&mut self, new: &NewUnit<'_>) -> Result<UnitId, UnitRefusal> {
        let mut problems = Problems::default();
        let own = problems.keep(LINE, "code", read_code(&cleaned(new.code)));
        let name = problems.keep(LINE, "name", text(&cleaned(new.name), LONGEST_UNIT_NAME));
        let kind = problems.keep(LINE, "kind", word(UnitKind::parse(new.kind)));
        let admin_code = problems.keep(LINE, "admin_code", read_admin_code(&cleaned(new.admin_code)));
        problems.into_result("").map_err(UnitRefusal::Form)?;
        let parent = self.parent(new.parent)?;
        let (Some(code), Some(name), Some(kind)) = (own, name, kind) else { return Err(UnitRefusal::Nobody) };
        if self.directory.unit_by_code(&code).is_some() || !self.new.insert(code.clone()) {
            return Err(UnitRefusal::Taken(code));
        }
        self.highest += 1;
        let unit = UnitId(self.highest);
        let admin_code = admin_code.flatten();
        self.put(UnitVersion { unit, valid_from: self.from, valid_to: None, code, admin_code, name, kind, parent });
        Ok(unit)
    }

    /// A unit becomes another from the day on. Where its answers count does not change on days that are sealed.
    pub(super) fn change(
        &mut self,
        unit: &str,
        change: &UnitChange<'_>,
        sealed: Option<Day>,
    ) -> Result<(), UnitRefusal> {
        let before = self.alive(self.find(unit)?)?.clone();
        if before.valid_from > self.from {
            return Err(UnitRefusal::ChangedLater { code: before.code, day: before.valid_from });
        }
        let mut problems = Problems::default();
        let code = problems.keep(LINE, "code", given(change.code, &before.code, read_code));
        let name = problems.keep(LINE, "name", given(change.name, &before.name, |v| text(v, LONGEST_UNIT_NAME)));
        let kind = problems.keep(LINE, "kind", given(change.kind, &before.kind, |v| word(UnitKind::parse(v))));
        let admin = problems.keep(LINE, "admin_code", given(change.admin_code, &before.admin_code, read_admin_code));
        problems.into_result("").map_err(UnitRefusal::Form)?;
        let parent = match change.parent {
            Some(parent) => self.parent(parent)?,
            None => before.parent,
        };
        let (Some(code), Some(name), Some(kind), Some(admin_code)) = (code, name, kind, admin) else {
            return Err(UnitRefusal::Nobody);
        };
        if self.directory.unit_by_code(&code).is_some_and(|other| other != before.unit) {
            return Err(UnitRefusal::Taken(code));
        }
        if let Some(through) = sealed.filter(|through| self.from <= *through)
            && (parent != before.parent || kind != before.kind)
        {
            return Err(UnitRefusal::Sealed { through });
        }
        let after = UnitVersion { code, admin_code, name, kind, parent, ..before.clone() };
        if after != before {
            self.put(UnitVersion { valid_from: self.from, ..after });
        }
        Ok(())
    }

    /// Units end on the eve of the day. Whatever stands below them has to end with them.
    pub(super) fn end(&mut self, units: &[&str]) -> Result<Vec<UnitId>, UnitRefusal> {
        let mut old = Vec::with_capacity(units.len());
        for code in units {
            let unit = self.find(code)?;
            if !self.ended.insert(unit) {
                return Err(UnitRefusal::Twice((*code).to_owned()));
            }
            let last = self.alive(unit)?.clone();
            if last.valid_from >= self.from {
                let (code, day) = (last.code, last.valid_from);
                let first = self.first_day(unit) >= self.from;
                return Err(if first {
                    UnitRefusal::BeforeFirst { code, first: day }
                } else {
                    UnitRefusal::ChangedLater { code, day }
                });
            }
            self.put(UnitVersion { valid_to: Some(self.from.plus(-1)), ..last });
            old.push(unit);
        }
        for (unit, code) in old.iter().zip(units) {
            let children = self.directory.children(*unit, self.from);
            let below: Vec<String> = children
                .into_iter()
                .filter(|child| !self.ended.contains(&child.unit))
                .map(|child| child.code.clone())
                .collect();
            if !below.is_empty() {
                return Err(UnitRefusal::StillBelow { code: (*code).to_owned(), below });
            }
        }
        Ok(old)
    }

    /// Units end and others take over; those that take over.
    pub(super) fn reorganise(
        &mut self,
        units: &[&str],
        into: &[Successor<'_>],
        kind: SuccessionKind,
        citation: &str,
    ) -> Result<Vec<UnitId>, UnitRefusal> {
        if units.len() + into.len() > MOST_AT_ONCE {
            return Err(UnitRefusal::TooMany { most: MOST_AT_ONCE });
        }
        if units.is_empty() || into.is_empty() {
            return Err(UnitRefusal::Nobody);
        }
        let mut problems = Problems::default();
        let citation = problems.keep(LINE, "citation", text(&cleaned(citation), LONGEST_CITATION));
        problems.into_result("").map_err(UnitRefusal::Form)?;
        let old = self.end(units)?;
        let mut successors = Vec::with_capacity(into.len());
        for successor in into {
            let (unit, code) = match successor {
                Successor::New(new) => (self.add(new)?, new.code.to_owned()),
                Successor::Known(code) => (self.known_successor(code)?, (*code).to_owned()),
            };
            if successors.contains(&unit) {
                return Err(UnitRefusal::Twice(code));
            }
            successors.push(unit);
            self.successors.push(code);
        }
        let day = self.from;
        let pairs = old.iter().flat_map(|from| successors.iter().map(move |to| (*from, *to)));
        self.successions =
            pairs.map(|(from, to)| Succession { from, to, day, kind, citation: citation.clone() }).collect();
        Ok(successors)
    }

    /// The open points of the units that end go to their successor. Not on days that are sealed: their answers are counted.
    pub(super) fn move_points(&mut self, to: UnitId, sealed: Option<Day>) -> Result<(), UnitRefusal> {
        let open = |version: &PointVersion| version.valid_to.is_none_or(|last| self.from <= last);
        let mut moved = Vec::new();
        for (point, versions) in self.directory.points() {
            let Some(last) = versions.last().filter(|last| self.ended.contains(&last.unit) && open(last)) else {
                continue;
            };
            if let Some(through) = sealed.filter(|through| self.from <= *through) {
                return Err(UnitRefusal::Sealed { through });
            }
            let after = PointVersion { unit: to, valid_from: self.from, ..last.clone() };
            moved.extend(points::continued(&point.code, versions, after).map_err(UnitRefusal::Point)?);
        }
        self.points = moved;
        Ok(())
    }

    /// What is to be written, if the tree bears it.
    pub(super) fn written(mut self) -> Result<Written, UnitRefusal> {
        let mut problems = Problems::default();
        self.history.close_on_the_eve(&mut problems);
        self.history.check_tree(&mut problems);
        problems.into_result("").map_err(UnitRefusal::Form)?;
        let changed = self.history.versions().filter(|held| held.stored.as_ref() != Some(&held.version));
        Ok(Written {
            units: changed.map(|held| held.version.clone()).collect(),
            successions: self.successions,
            points: self.points,
            successors: self.successors,
        })
    }

    fn put(&mut self, version: UnitVersion) {
        // A version is put once: no unit is named twice.
        let _ = self.history.put(version, LINE);
    }

    fn find(&self, code: &str) -> Result<UnitId, UnitRefusal> {
        self.directory.unit_by_code(code.trim()).ok_or_else(|| UnitRefusal::Unknown(code.trim().to_owned()))
    }

    fn first_day(&self, unit: UnitId) -> Day {
        let own = self.places.units.iter().filter(|version| version.unit == unit);
        own.map(|version| version.valid_from).min().unwrap_or(self.from)
    }

    /// The latest version of a unit that exists on the day.
    fn alive(&self, unit: UnitId) -> Result<&'a UnitVersion, UnitRefusal> {
        let own = self.places.units.iter().filter(|version| version.unit == unit);
        let last = own.max_by_key(|version| version.valid_from).ok_or(UnitRefusal::Nobody)?;
        let code = || last.code.clone();
        let first = self.first_day(unit);
        if self.from < first {
            return Err(UnitRefusal::BeforeFirst { code: code(), first });
        }
        if last.valid_to.is_some_and(|to| to < self.from) {
            return Err(UnitRefusal::NotAlive { code: code(), day: self.from });
        }
        Ok(last)
    }

    fn parent(&self, code: &str) -> Result<Option<UnitId>, UnitRefusal> {
        if code.trim().is_empty() {
            return Ok(None);
        }
        let unit = self.find(code)?;
        if self.ended.contains(&unit) || !self.directory.is_alive(unit, self.from) {
            return Err(UnitRefusal::NotAlive { code: code.trim().to_owned(), day: self.from });
        }
        Ok(Some(unit))
    }

    fn known_successor(&self, code: &str) -> Result<UnitId, UnitRefusal> {
        let unit = self.find(code)?;
        if self.ended.contains(&unit) {
            return Err(UnitRefusal::Itself(code.trim().to_owned()));
        }
        if !self.directory.is_alive(unit, self.from) {
            return Err(UnitRefusal::NotAlive { code: code.trim().to_owned(), day: self.from });
        }
        Ok(unit)
    }
}

/// The value that was typed, or what was before.
fn given<T: Clone>(typed: Option<&str>, before: &T, read: impl Fn(&str) -> Result<T, Both>) -> Result<T, Both> {
    typed.map_or_else(|| Ok(before.clone()), |value| read(&cleaned(value)))
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
