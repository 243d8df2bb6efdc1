//! Alerts of counters and units at fixed moments: signals to look for a reason, never verdicts.
//!
//! A moment is the end of a half-month, once it is sealed. Every server looks; the first one writes.

mod counts;
mod look;

use anyhow::Context;

use crate::index::alerts::Sign;
use crate::registry::Snapshot;
use crate::store::alerts::{self, Node, StoredAlert};
use crate::store::places::UnitVersion;
use crate::store::{ConnectionTrait, Database};
use crate::words::{Day, Lang, Level, Period, UnitId};

pub use self::look::{due, forget, look};

/// What was found of a counter or a unit at a moment, as people read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// The moment: the last day that is counted.
    pub day: Day,
    /// The unit as it was at the moment.
    pub unit: UnitVersion,
    /// Name of the point; `None` where it is the points of the unit together that are not looked at alone.
    pub point: Option<String>,
    /// Code of the edition.
    pub edition: String,
    /// Level of the answers.
    pub level: Level,
    /// What it says.
    pub sign: Sign,
    /// First of the moments one after the other at which it was marked; `None` where it is not.
    pub since: Option<Day>,
    /// The lowest item in both languages.
    pub item: Option<Item>,
    /// The target, between 0 and 1.
    pub target: f64,
}

/// The lowest item of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is rated, by language.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// Satisfied with it.
    pub satisfied: u64,
    /// Who answered it.
    pub answered: u64,
}

impl Item {
    /// What is rated.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Vi => &self.vi,
        }
    }
}

/// A moment at which was looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The last day that is counted.
    pub day: Day,
    /// How many nodes there were.
    pub tested: usize,
}

/// The last moment at which was looked; `None` before the first.
pub async fn last_look(db: &impl ConnectionTrait, snapshot: &Snapshot) -> anyhow::Result<Option<Look>> {
    let found = alerts::last_look(db, snapshot.province).await.context("while reading the last moment")?;
    Ok(found.map(|(day, tested)| Look { day, tested: usize::try_from(tested).unwrap_or(0) }))
}

/// Everything that was found at a moment, good and bad, of the units that are held; the gravest first.
pub async fn of_moment(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    day: Day,
    is_held: impl Fn(UnitId) -> bool,
) -> anyhow::Result<Vec<Alert>> {
    let found = alerts::of_moment(db, snapshot.province, day).await.context("while reading alerts")?;
    let mut found = told(snapshot, found, is_held);
    found.sort_by_key(|alert| alert.sign);
    Ok(found)
}

/// What was marked before a moment in its reporting year, of the units that are held, the latest first.
pub async fn earlier(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    day: Day,
    is_held: impl Fn(UnitId) -> bool,
) -> anyhow::Result<Vec<Alert>> {
    let year = Period::reporting_year(Period::year_of(day));
    let found = alerts::marked(db, snapshot.province, (year.from, day.plus(-1))).await;
    Ok(told(snapshot, found.context("while reading earlier alerts")?, is_held))
}

/// What was found at the last moment of a unit and those below it; the gravest first.
pub async fn of_unit(db: &Database, snapshot: &Snapshot, unit: UnitId) -> anyhow::Result<Vec<Alert>> {
    let Some(look) = last_look(db.reader(), snapshot).await? else { return Ok(Vec::new()) };
    let is_held = |of: UnitId| snapshot.directory.path(of, look.day).contains(&unit);
    of_moment(db.reader(), snapshot, look.day, is_held).await
}

fn told(snapshot: &Snapshot, found: Vec<StoredAlert>, is_held: impl Fn(UnitId) -> bool) -> Vec<Alert> {
    let held = found.into_iter().filter(|alert| is_held(alert.unit));
    held.filter_map(|alert| shown(snapshot, &alert)).collect()
}

fn shown(snapshot: &Snapshot, found: &StoredAlert) -> Option<Alert> {
    let edition = snapshot.editions.get(found.edition)?;
    let point = match found.node {
        Node::Point(point) => Some(snapshot.directory.point_on(point, found.day)?.name.clone()),
        Node::Unit(_) => None,
    };
    let item = found.item.and_then(|number| {
        let rating = edition.edition.item_numbered(number)?.rating()?;
        Some(Item {
            vi: rating.label.get(Lang::Vi).to_owned(),
            en: rating.label.get(Lang::En).to_owned(),
            satisfied: u64::try_from(found.satisfied).ok()?,
            answered: u64::try_from(found.answered).ok()?,
        })
    });
    Some(Alert {
        day: found.day,
        unit: snapshot.directory.unit_on(found.unit, found.day)?.clone(),
        point,
        edition: edition.edition.code().to_owned(),
        level: found.level,
        sign: found.sign,
        since: found.since,
        item,
        target: found.target,
    })
}
