//! The directory: units with their history, points and codes, held in memory and asked by day.

use std::collections::{BTreeMap, HashMap};

use crate::store::places::{Places, Point, PointVersion, Succession, UnitVersion};
use crate::words::{Day, FieldId, PointId, UnitId, UnitKind};

/// Deepest unit tree that is followed; a path beyond it is cut.
const DEEPEST: usize = 16;

/// Where a public code leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeLeadsTo<'a> {
    /// An open point.
    Point(OpenPoint<'a>),
    /// A point that was closed, or a code that was revoked.
    Closed {
        /// First day on which it is closed.
        since: Day,
    },
    /// A point whose unit was taken over by others.
    Merged {
        /// The unit as it was.
        old: &'a UnitVersion,
        /// Its successors today.
        new: Vec<&'a UnitVersion>,
    },
}

/// A point that takes answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenPoint<'a> {
    /// The point.
    pub point: &'a Point,
    /// What it is today.
    pub version: &'a PointVersion,
    /// Its unit.
    pub unit: &'a UnitVersion,
}

/// Units, points and codes of a province.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    units: BTreeMap<UnitId, Vec<UnitVersion>>,
    unit_codes: HashMap<String, UnitId>,
    successions: Vec<Succession>,
    successors: BTreeMap<UnitId, Vec<UnitId>>,
    points: BTreeMap<PointId, (Point, Vec<PointVersion>)>,
    point_codes: HashMap<String, PointId>,
    public: HashMap<String, (PointId, Option<Day>)>,
    fields: BTreeMap<FieldId, String>,
}

impl Directory {
    /// Builds the directory from what is stored.
    pub fn new(places: Places) -> Self {
        let mut directory = Self::default();
        let mut units = places.units;
        units.sort_by_key(|version| (version.unit, version.valid_from));
        for version in units {
            directory.unit_codes.insert(version.code.clone(), version.unit);
            directory.units.entry(version.unit).or_default().push(version);
        }
        for succession in &places.successions {
            directory.successors.entry(succession.from).or_default().push(succession.to);
        }
        directory.successions = places.successions;
        directory.successions.sort_by_key(|succession| (succession.day, succession.from, succession.to));
        let mut versions: BTreeMap<PointId, Vec<PointVersion>> = BTreeMap::new();
        for version in places.point_versions {
            versions.entry(version.point).or_default().push(version);
        }
        for point in places.points {
            let mut own = versions.remove(&point.point).unwrap_or_default();
            own.sort_by_key(|version| version.valid_from);
            directory.point_codes.insert(point.code.clone(), point.point);
            directory.points.insert(point.point, (point, own));
        }
        for code in places.codes {
            directory.public.insert(code.code, (code.point, code.revoked));
        }
        directory.fields = places.fields.into_iter().map(|field| (field.field, field.name)).collect();
        directory
    }

    /// What a unit is on a day; before its first day the first version, after its last day the last one.
    pub fn unit_on(&self, unit: UnitId, day: Day) -> Option<&UnitVersion> {
        let versions = self.units.get(&unit)?;
        versions.iter().rev().find(|version| version.valid_from <= day).or_else(|| versions.first())
    }

    /// The unit with this code.
    pub fn unit_by_code(&self, code: &str) -> Option<UnitId> {
        self.unit_codes.get(code).copied()
    }

    /// All units with all their versions, by number.
    pub fn units(&self) -> impl Iterator<Item = (UnitId, &[UnitVersion])> {
        self.units.iter().map(|(unit, versions)| (*unit, versions.as_slice()))
    }

    /// Whether a unit exists on a day.
    pub fn is_alive(&self, unit: UnitId, day: Day) -> bool {
        self.unit_on(unit, day)
            .is_some_and(|version| version.valid_from <= day && version.valid_to.is_none_or(|last| day <= last))
    }

    /// The unit and its ancestors on a day, nearest first.
    pub fn path(&self, unit: UnitId, day: Day) -> Vec<UnitId> {
        let mut path = vec![unit];
        let mut at = unit;
        while let Some(parent) = self.unit_on(at, day).and_then(|version| version.parent) {
            if path.len() >= DEEPEST || path.contains(&parent) {
                break;
            }
            path.push(parent);
            at = parent;
        }
        path
    }

    /// The units whose figure an answer of this unit counts in: its path, ended at a line agency, which is shown apart and
    /// never counted in the province's figure.
    pub fn counted_path(&self, unit: UnitId, day: Day) -> Vec<UnitId> {
        let mut path = self.path(unit, day);
        let line = path
            .iter()
            .rposition(|unit| self.unit_on(*unit, day).is_some_and(|version| version.kind == UnitKind::Line));
        if let Some(line) = line {
            path.truncate(line + 1);
        }
        path
    }

    /// The units that stand directly under a unit on a day, by code.
    pub fn children(&self, unit: UnitId, day: Day) -> Vec<&UnitVersion> {
        let mut children: Vec<&UnitVersion> = self
            .units
            .keys()
            .filter(|child| self.is_alive(**child, day))
            .filter_map(|child| self.unit_on(*child, day))
            .filter(|version| version.parent == Some(unit))
            .collect();
        children.sort_by(|a, b| a.code.cmp(&b.code));
        children
    }

    /// The unit at the top: alive on the day, without a parent, a province before any other.
    pub fn root(&self, day: Day) -> Option<&UnitVersion> {
        let tops = || {
            self.units
                .keys()
                .filter(|unit| self.is_alive(**unit, day))
                .filter_map(|unit| self.unit_on(*unit, day))
                .filter(|version| version.parent.is_none())
        };
        tops().find(|version| version.kind == UnitKind::Province).or_else(|| tops().next())
    }

    /// The units alive on a day that took over from a unit, through any number of steps.
    pub fn successors_on(&self, unit: UnitId, day: Day) -> Vec<&UnitVersion> {
        let mut found = Vec::new();
        let mut seen = vec![unit];
        let mut at = 0;
        while let Some(from) = seen.get(at).copied() {
            at += 1;
            for to in self.successors.get(&from).into_iter().flatten() {
                if seen.contains(to) {
                    continue;
                }
                seen.push(*to);
                if self.is_alive(*to, day) {
                    found.extend(self.unit_on(*to, day));
                }
            }
        }
        found
    }

    /// The units that no longer exist on a day and whose work a unit does then, by their last versions.
    pub fn predecessors_on(&self, unit: UnitId, day: Day) -> Vec<&UnitVersion> {
        self.units
            .iter()
            .filter(|(old, _)| **old != unit && !self.is_alive(**old, day))
            .filter(|(old, _)| self.successors_on(**old, day).iter().any(|new| new.unit == unit))
            .filter_map(|(_, versions)| versions.last())
            .collect()
    }

    /// How a unit took over from others and others from it, by day.
    pub fn successions_of(&self, unit: UnitId) -> impl Iterator<Item = &Succession> {
        self.successions.iter().filter(move |succession| [succession.from, succession.to].contains(&unit))
    }

    /// A point by its code.
    pub fn point_by_code(&self, code: &str) -> Option<PointId> {
        self.point_codes.get(code).copied()
    }

    /// A point and all its versions.
    pub fn point(&self, point: PointId) -> Option<(&Point, &[PointVersion])> {
        self.points.get(&point).map(|(point, versions)| (point, versions.as_slice()))
    }

    /// All points, by code.
    pub fn points(&self) -> Vec<(&Point, &[PointVersion])> {
        let mut points: Vec<_> = self.points.values().map(|(point, versions)| (point, versions.as_slice())).collect();
        points.sort_by(|a, b| a.0.code.cmp(&b.0.code));
        points
    }

    /// What a point is on a day; before its first day the first version, after its last day the last one.
    pub fn point_on(&self, point: PointId, day: Day) -> Option<&PointVersion> {
        let (_, versions) = self.points.get(&point)?;
        versions.iter().rev().find(|version| version.valid_from <= day).or_else(|| versions.first())
    }

    /// The unit that receives at a point on a day.
    pub fn receiving_unit(&self, point: PointId, day: Day) -> Option<UnitId> {
        self.point_on(point, day).map(|version| version.unit)
    }

    /// The open points of a unit itself on a day, by code.
    pub fn points_of(&self, unit: UnitId, day: Day) -> Vec<OpenPoint<'_>> {
        let mut points: Vec<OpenPoint<'_>> = self
            .points
            .values()
            .filter_map(|(point, _)| {
                let version = self.point_on(point.point, day).filter(|version| version.unit == unit)?;
                let open = version.valid_to.is_none_or(|last| day <= last);
                open.then_some(OpenPoint { point, version, unit: self.unit_on(unit, day)? })
            })
            .collect();
        points.sort_by(|a, b| a.point.code.cmp(&b.point.code));
        points
    }

    /// The code that stands in a point's QR today.
    pub fn public_code(&self, point: PointId) -> Option<&str> {
        let mut codes: Vec<&str> = self
            .public
            .iter()
            .filter(|(_, (of, revoked))| *of == point && revoked.is_none())
            .map(|(code, _)| code.as_str())
            .collect();
        codes.sort_unstable();
        codes.first().copied()
    }

    /// All codes of a point with the day from which each is revoked: valid ones first, then by code.
    pub fn codes_of(&self, point: PointId) -> Vec<(&str, Option<Day>)> {
        let own = self.public.iter().filter(|(_, (of, _))| *of == point);
        let mut codes: Vec<(&str, Option<Day>)> = own.map(|(code, (_, revoked))| (code.as_str(), *revoked)).collect();
        codes.sort_unstable_by_key(|(code, revoked)| (revoked.is_some(), *code));
        codes
    }

    /// The point of a public code that is not revoked.
    pub fn point_of_code(&self, public_code: &str) -> Option<PointId> {
        self.public.get(public_code).filter(|(_, revoked)| revoked.is_none()).map(|(point, _)| *point)
    }

    /// Where a public code leads on a day; `None` for a code nobody gave out.
    pub fn follow(&self, public_code: &str, day: Day) -> Option<CodeLeadsTo<'_>> {
        let (point, revoked) = self.public.get(public_code)?;
        let (point, _) = self.points.get(point)?;
        let version = self.point_on(point.point, day)?;
        let unit = self.unit_on(version.unit, day)?;
        if let Some(last) = unit.valid_to.filter(|last| day > *last) {
            let new = self.successors_on(unit.unit, day);
            return Some(if new.is_empty() {
                CodeLeadsTo::Closed { since: last.plus(1) }
            } else {
                CodeLeadsTo::Merged { old: unit, new }
            });
        }
        let closed = [*revoked, version.valid_to.map(|last| last.plus(1))].into_iter().flatten().min();
        Some(match closed.filter(|since| day >= *since) {
            Some(since) => CodeLeadsTo::Closed { since },
            None => CodeLeadsTo::Point(OpenPoint { point, version, unit }),
        })
    }

    /// Name of a field.
    pub fn field_name(&self, field: FieldId) -> Option<&str> {
        self.fields.get(&field).map(String::as_str)
    }

    /// All fields, by number.
    pub fn fields(&self) -> impl Iterator<Item = (FieldId, &str)> {
        self.fields.iter().map(|(field, name)| (*field, name.as_str()))
    }

    /// The field with this name.
    pub fn field_by_name(&self, name: &str) -> Option<FieldId> {
        self.fields.iter().find(|(_, known)| known.as_str() == name).map(|(field, _)| *field)
    }

    /// Highest numbers given out: unit, point, field.
    pub fn highest(&self) -> (UnitId, PointId, FieldId) {
        (
            self.units.keys().next_back().copied().unwrap_or(UnitId(0)),
            self.points.keys().next_back().copied().unwrap_or(PointId(0)),
            self.fields.keys().next_back().copied().unwrap_or(FieldId(0)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::places::PointCode;
    use crate::words::{PointKind, SuccessionKind};

    fn unit(unit: i32, code: &str, kind: UnitKind, parent: Option<i32>, to: Option<i32>) -> UnitVersion {
        UnitVersion {
            unit: UnitId(unit),
            valid_from: Day(100),
            valid_to: to.map(Day),
            code: code.to_owned(),
            admin_code: None,
            name: code.to_owned(),
            kind,
            parent: parent.map(UnitId),
        }
    }

    fn directory() -> Directory {
        let point = |number: i32, unit: i32| {
            (
                Point { point: PointId(number), code: format!("Q{number}"), kind: PointKind::Counter },
                PointVersion {
                    point: PointId(number),
                    valid_from: Day(0),
                    valid_to: (number == 3).then_some(Day(300)),
                    unit: UnitId(unit),
                    name: String::new(),
                    questionnaire: "counter".to_owned(),
                    field: FieldId::NONE,
                    officers: 2,
                },
            )
        };
        let (points, point_versions) = [point(1, 2), point(2, 4), point(3, 2)].into_iter().unzip();
        let code = |code: &str, point| PointCode { code: code.to_owned(), point: PointId(point), revoked: None };
        Directory::new(Places {
            units: vec![
                unit(1, "P", UnitKind::Province, None, None),
                unit(2, "X", UnitKind::Commune, Some(1), None),
                unit(3, "CA", UnitKind::Line, Some(2), None),
                unit(4, "OLD", UnitKind::Commune, Some(1), Some(200)),
            ],
            successions: vec![Succession {
                from: UnitId(4),
                to: UnitId(2),
                day: Day(201),
                kind: SuccessionKind::Successor,
                citation: None,
            }],
            points,
            point_versions,
            codes: vec![code("A", 1), code("B", 2), code("C", 3)],
            fields: Vec::new(),
        })
    }

    #[test]
    fn a_code_leads_to_its_point_to_the_successors_or_to_the_closing_day() {
        let directory = directory();
        assert!(matches!(directory.follow("A", Day(400)), Some(CodeLeadsTo::Point(open)) if open.unit.code == "X"));
        assert!(matches!(directory.follow("B", Day(200)), Some(CodeLeadsTo::Point(_))));
        let Some(CodeLeadsTo::Merged { old, new }) = directory.follow("B", Day(201)) else { panic!("not merged") };
        assert_eq!((old.code.as_str(), new[0].code.as_str()), ("OLD", "X"));
        assert_eq!(directory.follow("C", Day(301)), Some(CodeLeadsTo::Closed { since: Day(301) }));
        assert_eq!(directory.follow("D", Day(301)), None);
    }

    #[test]
    fn a_line_agency_is_counted_for_itself_alone() {
        let directory = directory();
        assert_eq!(directory.counted_path(UnitId(2), Day(400)), [UnitId(2), UnitId(1)]);
        assert_eq!(directory.counted_path(UnitId(3), Day(400)), [UnitId(3)]);
        assert_eq!(directory.path(UnitId(3), Day(400)), [UnitId(3), UnitId(2), UnitId(1)]);
    }

    #[test]
    fn a_unit_that_has_ended_is_no_child_any_more() {
        let codes = |day| directory().children(UnitId(1), day).iter().map(|v| v.code.clone()).collect::<Vec<_>>();
        assert_eq!(codes(Day(150)), ["OLD", "X"]);
        assert_eq!(codes(Day(250)), ["X"]);
        assert_eq!(directory().root(Day(250)).unwrap().code, "P");
    }
}
