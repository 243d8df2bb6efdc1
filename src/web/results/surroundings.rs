//! What a unit's page says about the unit itself: who was before it, who came after, where it collects.

use crate::publish::UnitFigures;
use crate::registry::Snapshot;
use crate::store::places::UnitVersion;
use crate::words::{Day, UnitId};

/// Points that are listed with their forms at most.
const MOST_POINTS: usize = 50;

/// A unit's past, future and points.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct Surroundings {
    /// Name of the unit at the top: who collects.
    pub collector: String,
    /// Whether it or a unit below has a point today.
    pub has_points: bool,
    /// Its own points of today.
    pub points: Vec<PointLink>,
    /// Its first day.
    pub began: Option<Day>,
    /// Names of the units it took over from.
    pub predecessors: Vec<String>,
    /// Its last day, where it no longer exists today.
    pub ended: Option<Day>,
    /// The units of today that took over from it.
    pub successors: Vec<UnitVersion>,
}

/// A point whose form can be opened.
#[derive(Debug, Clone)]
pub(in crate::web) struct PointLink {
    /// Name.
    pub name: String,
    /// The code in its QR.
    pub code: String,
}

/// Looks around a unit as it is today.
pub(in crate::web) fn look_around(snapshot: &Snapshot, figures: &UnitFigures, today: Day) -> Surroundings {
    let directory = &snapshot.directory;
    let unit = figures.unit.unit;
    let points = directory.points_of(unit, today);
    let has_points = !points.is_empty() || has_points_below(snapshot, unit, today);
    let points = points.into_iter().filter_map(|open| {
        let code = directory.public_code(open.point.point)?;
        Some(PointLink { name: open.version.name.clone(), code: code.to_owned() })
    });
    let versions =
        directory.units().find(|(other, _)| *other == unit).map(|(_, versions)| versions).unwrap_or_default();
    let ended = versions.last().and_then(|version| version.valid_to).filter(|last| *last < today);
    Surroundings {
        collector: directory.root(today).map(|root| root.name.clone()).unwrap_or_default(),
        has_points,
        points: points.take(MOST_POINTS).collect(),
        began: versions.first().map(|version| version.valid_from),
        predecessors: directory.predecessors_on(unit, today).iter().map(|old| old.name.clone()).collect(),
        ended,
        successors: ended
            .map(|_| directory.successors_on(unit, today))
            .unwrap_or_default()
            .into_iter()
            .cloned()
            .collect(),
    }
}

fn has_points_below(snapshot: &Snapshot, unit: UnitId, today: Day) -> bool {
    let directory = &snapshot.directory;
    directory.points().into_iter().filter_map(|(_, versions)| versions.last()).any(|version| {
        version.valid_to.is_none_or(|last| today <= last) && directory.path(version.unit, today).contains(&unit)
    })
}
