//! The part of the province an import may touch.

use super::{CsvFile, Problems};
use crate::registry::Directory;
use crate::text::Both;
use crate::text::import::rows as say;
use crate::words::{Day, Scope, UnitId};

/// The part of the province in which somebody may import.
#[derive(Debug, Clone, Copy)]
pub struct Within<'a>(Option<&'a Scope>);

impl<'a> Within<'a> {
    /// Everywhere: for whoever sits at the server.
    pub const ALL: Self = Self(None);

    /// In a scope.
    pub const fn scope(scope: &'a Scope) -> Self {
        Self(Some(scope))
    }

    fn holds(self, directory: &Directory, unit: UnitId, today: Day) -> bool {
        self.0.is_none_or(|scope| scope.holds(&directory.path(unit, today)))
    }

    /// Tells every line of a file of points that is about another part: the unit a point goes to, and the one it leaves.
    pub(super) fn check_points(self, file: &CsvFile, directory: &Directory, today: Day, problems: &mut Problems) {
        for line in file.lines() {
            let unit = line.get("unit");
            if directory.unit_by_code(unit).is_some_and(|unit| !self.holds(directory, unit, today)) {
                problems.add(line.number(), "unit", Both::of(|lang| say::unit_outside(lang, unit)));
            }
            self.check_point(line.number(), "code", line.get("code"), directory, today, problems);
        }
    }

    /// Tells every line of a file of volumes whose receiving point is in another part.
    pub(super) fn check_volumes(self, file: &CsvFile, directory: &Directory, today: Day, problems: &mut Problems) {
        for line in file.lines() {
            self.check_point(line.number(), "point", line.get("point"), directory, today, problems);
        }
    }

    fn check_point(
        self,
        line: u64,
        column: &str,
        code: &str,
        directory: &Directory,
        today: Day,
        problems: &mut Problems,
    ) {
        let point = directory.point_by_code(code);
        let unit = point.and_then(|point| directory.receiving_unit(point, today));
        if unit.is_some_and(|unit| !self.holds(directory, unit, today)) {
            problems.add(line, column, Both::of(|lang| say::point_outside(lang, code)));
        }
    }
}
