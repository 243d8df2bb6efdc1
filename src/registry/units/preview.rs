//! What an act on units would do, without doing it.

use std::collections::BTreeSet;

use anyhow::Context;

use super::plan::{Plan, Written};
use super::{Done, Merging, NewUnit, Splitting, UnitChange, UnitRefusal, divided, merged};
use crate::registry::{ActError, Directory};
use crate::store::places::{self, Places, UnitVersion};
use crate::store::{Database, installation};
use crate::words::{Day, PointId, Province, UnitId};

/// What would become of units and of their points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The units that end, with their last days.
    pub ends: Vec<UnitVersion>,
    /// The units that begin.
    pub begins: Vec<UnitVersion>,
    /// Codes of the units that take over.
    pub successors: Vec<String>,
    /// Codes of the open points that go to the successor.
    pub moves: Vec<String>,
    /// Codes of the open points that stay with the units that end.
    pub stays: Vec<String>,
}

/// Why each of these units could not be added by itself, if it could not; in their order.
pub async fn look_at_adding(
    db: &Database,
    province: Province,
    new: &[NewUnit<'_>],
    from: Day,
) -> anyhow::Result<Vec<Option<UnitRefusal>>> {
    let (places, _) = read(db, province).await?;
    let added = |new: &NewUnit<'_>| {
        let mut plan = Plan::new(&places, from);
        plan.add(new).and_then(|_unit| plan.written()).err()
    };
    Ok(new.iter().map(added).collect())
}

/// Why a unit could not be changed, if it could not.
pub async fn look_at_changing(
    db: &Database,
    province: Province,
    unit: &str,
    change: &UnitChange<'_>,
    from: Day,
) -> anyhow::Result<Option<UnitRefusal>> {
    let (places, sealed) = read(db, province).await?;
    let mut plan = Plan::new(&places, from);
    Ok(plan.change(unit, change, sealed).and_then(|()| plan.written()).err())
}

/// What a merger would do.
pub async fn look_at_merging(db: &Database, province: Province, merging: &Merging<'_>) -> Done<Preview> {
    let (places, sealed) = read(db, province).await?;
    let (written, _) = merged(&places, merging, sealed).map_err(ActError::Refused)?;
    Ok(preview(places, written, merging.from))
}

/// What a split would do.
pub async fn look_at_splitting(db: &Database, province: Province, splitting: &Splitting<'_>) -> Done<Preview> {
    let (places, _) = read(db, province).await?;
    let (written, _) = divided(&places, splitting).map_err(ActError::Refused)?;
    Ok(preview(places, written, splitting.from))
}

async fn read(db: &Database, province: Province) -> anyhow::Result<(Places, Option<Day>)> {
    let reader = db.reader();
    let places = places::all(reader, province).await.context("while reading the units")?;
    let installation = installation::find(reader, province).await.context("while reading the installation")?;
    Ok((places, installation.and_then(|installation| installation.sealed_through)))
}

/// What would be written, as people look at it. Pure.
fn preview(places: Places, written: Written, from: Day) -> Preview {
    let (ends, begins): (Vec<_>, Vec<_>) = written.units.into_iter().partition(|unit| unit.valid_from < from);
    let going: BTreeSet<PointId> = written.points.iter().map(|version| version.point).collect();
    let directory = Directory::new(places);
    let ended: BTreeSet<UnitId> = ends.iter().map(|version| version.unit).collect();
    let open = ended.iter().flat_map(|unit| directory.points_of(*unit, from));
    let (moves, stays): (Vec<_>, Vec<_>) = open.map(|open| open.point).partition(|point| going.contains(&point.point));
    let codes = |points: Vec<&places::Point>| {
        let mut codes: Vec<String> = points.into_iter().map(|point| point.code.clone()).collect();
        codes.sort_unstable();
        codes
    };
    Preview { ends, begins, successors: written.successors, moves: codes(moves), stays: codes(stays) }
}
