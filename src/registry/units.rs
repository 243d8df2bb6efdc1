//! Acts on units: adding, changing, reorganising, closing. Each begins on a day; what was before stays as it was.

mod plan;
mod preview;
mod refusal;

use anyhow::Context;

pub use self::preview::{Preview, look_at_adding, look_at_changing, look_at_merging, look_at_splitting};
pub use self::refusal::UnitRefusal;

use self::plan::{Plan, Written};
use super::act::{self, ActError};
use super::{By, Directory};
use crate::store::places::{self, Places};
use crate::store::{Database, DatabaseTransaction};
use crate::words::{Day, Province, SuccessionKind, UnitId};

/// Most units one act reorganises, both sides together.
pub const MOST_AT_ONCE: usize = 200;

/// A unit as it is typed in.
#[derive(Debug, Clone, Copy)]
pub struct NewUnit<'a> {
    /// Electronic identifier.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// Kind, by its word in files.
    pub kind: &'a str,
    /// Code of the unit above; empty = none.
    pub parent: &'a str,
    /// Five-digit administrative code; may be empty.
    pub admin_code: &'a str,
}

/// What becomes different of a unit; `None` = stays.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnitChange<'a> {
    /// Electronic identifier.
    pub code: Option<&'a str>,
    /// Name.
    pub name: Option<&'a str>,
    /// Kind, by its word in files.
    pub kind: Option<&'a str>,
    /// Code of the unit above; empty = none.
    pub parent: Option<&'a str>,
    /// Five-digit administrative code; empty = none.
    pub admin_code: Option<&'a str>,
}

/// A unit that takes over.
#[derive(Debug, Clone, Copy)]
pub enum Successor<'a> {
    /// One that is there, by its code.
    Known(&'a str),
    /// One that begins on the day.
    New(NewUnit<'a>),
}

/// What becomes of the points of units that end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Points {
    /// They stay with the old unit: their QR leads to the page that names the successors.
    Stay,
    /// They go to the successor from the day on, and take answers for it.
    Move,
}

/// Several units that become one.
#[derive(Debug, Clone, Copy)]
pub struct Merging<'a> {
    /// Codes of the units that end.
    pub units: &'a [&'a str],
    /// The one that takes over.
    pub into: Successor<'a>,
    /// First day of the new order; the old units end on its eve.
    pub from: Day,
    /// Document that says so.
    pub citation: &'a str,
    /// What becomes of their points.
    pub points: Points,
}

/// One unit that becomes several. Its points stay with it: each QR leads to the page that names the successors.
#[derive(Debug, Clone, Copy)]
pub struct Splitting<'a> {
    /// Code of the unit that ends.
    pub unit: &'a str,
    /// Those that take over.
    pub into: &'a [Successor<'a>],
    /// First day of the new order; the old unit ends on its eve.
    pub from: Day,
    /// Document that says so.
    pub citation: &'a str,
}

/// What an act on units came to.
type Done<T> = Result<T, ActError<UnitRefusal>>;

/// Adds a unit that exists from a day on.
pub async fn add(db: &Database, province: Province, new: &NewUnit<'_>, from: Day, by: By<'_>) -> Done<UnitId> {
    let object = |written: &Written| format!("{} from {}", written.codes(), from.iso());
    act(db, province, by, "add unit", object, |places, _| {
        let mut plan = Plan::new(places, from);
        let unit = plan.add(new)?;
        Ok((plan.written()?, unit))
    })
    .await
}

/// Changes a unit from a day on; the version before ends on the eve.
pub async fn change(
    db: &Database,
    province: Province,
    unit: &str,
    change: &UnitChange<'_>,
    from: Day,
    by: By<'_>,
) -> Done<()> {
    let object = |written: &Written| format!("{unit}: {} from {}", written.codes(), from.iso());
    act(db, province, by, "change unit", object, |places, sealed| {
        let mut plan = Plan::new(places, from);
        plan.change(unit, change, sealed)?;
        Ok((plan.written()?, ()))
    })
    .await
}

/// Merges units into one, new or known; the successor.
pub async fn merge(db: &Database, province: Province, merging: &Merging<'_>, by: By<'_>) -> Done<UnitId> {
    let Merging { units, from, citation, points, .. } = *merging;
    let moved = if points == Points::Move { ", points move" } else { "" };
    let object = |written: &Written| {
        format!("{} into {} from {}{moved}: {citation}", units.join(", "), written.successors.join(", "), from.iso())
    };
    act(db, province, by, "merge units", object, |places, sealed| merged(places, merging, sealed)).await
}

fn merged(places: &Places, merging: &Merging<'_>, sealed: Option<Day>) -> Result<(Written, UnitId), UnitRefusal> {
    let mut plan = Plan::new(places, merging.from);
    let successors = plan.reorganise(merging.units, &[merging.into], SuccessionKind::Merge, merging.citation)?;
    let successor = successors.first().copied().ok_or(UnitRefusal::Nobody)?;
    if merging.points == Points::Move {
        plan.move_points(successor, sealed)?;
    }
    Ok((plan.written()?, successor))
}

/// Splits a unit into several, new or known; the successors.
pub async fn split(db: &Database, province: Province, splitting: &Splitting<'_>, by: By<'_>) -> Done<Vec<UnitId>> {
    let Splitting { unit, from, citation, .. } = *splitting;
    let object =
        |written: &Written| format!("{unit} into {} from {}: {citation}", written.successors.join(", "), from.iso());
    act(db, province, by, "split unit", object, |places, _| divided(places, splitting)).await
}

fn divided(places: &Places, splitting: &Splitting<'_>) -> Result<(Written, Vec<UnitId>), UnitRefusal> {
    let mut plan = Plan::new(places, splitting.from);
    let Splitting { unit, into, citation, .. } = *splitting;
    let successors = plan.reorganise(&[unit], into, SuccessionKind::Split, citation)?;
    Ok((plan.written()?, successors))
}

/// Closes a unit without a successor: from the day on the QR of its points lead to a page that says so.
pub async fn close(db: &Database, province: Province, unit: &str, from: Day, by: By<'_>) -> Done<()> {
    let object = |_: &Written| format!("{unit} from {}", from.iso());
    act(db, province, by, "close unit", object, |places, _| {
        let mut plan = Plan::new(places, from);
        plan.end(&[unit])?;
        Ok((plan.written()?, ()))
    })
    .await
}

/// Plans an act against what is stored, in the transaction that writes it.
async fn act<T>(
    db: &Database,
    province: Province,
    by: By<'_>,
    name: &str,
    object: impl FnOnce(&Written) -> String,
    plan: impl FnOnce(&Places, Option<Day>) -> Result<(Written, T), UnitRefusal>,
) -> Done<T> {
    let tx = act::begin(db).await?;
    let places = places::all(&tx, province).await.context("while reading the units")?;
    let sealed = act::sealed_through(&tx, province).await?;
    match plan(&places, sealed) {
        Ok((written, result)) => {
            write(&tx, province, &written).await?;
            act::finish(tx, province, by, name, &object(&written)).await?;
            Ok(result)
        }
        Err(refusal) => Err(act::refuse(tx, refusal).await),
    }
}

async fn write(tx: &DatabaseTransaction, province: Province, written: &Written) -> anyhow::Result<()> {
    places::put_units(tx, province, &written.units).await.context("while writing the units")?;
    places::put_successions(tx, province, &written.successions).await.context("while writing the successions")?;
    places::put_point_versions(tx, province, &written.points).await.context("while moving the points")
}

/// The units alive on a day as lines of code, kind, code of the unit above and name, by code.
pub fn listed(directory: &Directory, day: Day) -> Vec<[String; 4]> {
    let alive = directory.units().filter(|(unit, _)| directory.is_alive(*unit, day));
    let mut lines: Vec<[String; 4]> = alive
        .filter_map(|(unit, _)| {
            let version = directory.unit_on(unit, day)?;
            let above = version.parent.and_then(|parent| directory.unit_on(parent, day));
            let above = above.map(|parent| parent.code.clone()).unwrap_or_default();
            Some([version.code.clone(), version.kind.word().to_owned(), above, version.name.clone()])
        })
        .collect();
    lines.sort_unstable();
    lines
}
