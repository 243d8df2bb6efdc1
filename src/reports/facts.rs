//! What a report is made of: the same figures as pages show, and the counts beside them.

use std::sync::Arc;

use anyhow::Context;

use super::calendar::{before, period_of};
use crate::cases::counts::{self, CaseCounts};
use crate::late;
use crate::publish::figures::Asked as Wanted;
use crate::publish::{Figures, OtherMeasure, UnitFigures, other_measures};
use crate::registry::Snapshot;
use crate::store::Database;
use crate::text::date;
use crate::text::reports::LANG;
use crate::text::reports::paper::Kind;
use crate::words::{Day, Measure, Period, UnitId};

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Of whom.
    pub unit: UnitId,
    /// Of which year.
    pub year: i32,
    /// Which.
    pub kind: Kind,
}

/// What whoever writes the report knows of signals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticed {
    /// Units with one.
    pub units: u64,
    /// Which signals, in words.
    pub signals: Vec<String>,
}

/// Everything a report says.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Which report.
    pub kind: Kind,
    /// Of which year.
    pub year: i32,
    /// Its days.
    pub period: Period,
    /// The last day that is counted, where it is not the last of the period.
    pub through: Option<Day>,
    /// Today.
    pub today: Day,
    /// The figures.
    pub figures: Arc<UnitFigures>,
    /// What they are compared with, and its name.
    pub before: Option<(String, Arc<UnitFigures>)>,
    /// Collection points that were open in the period, and offices that have one.
    pub points: (u64, u64),
    /// Complaints that came in with forms.
    pub cases: CaseCounts,
    /// Late dossiers: all, and those with an apology; none where nobody recorded any.
    pub late: Option<(u64, u64)>,
    /// Figures of other systems.
    pub others: Vec<OtherMeasure>,
    /// Signals; none where the writer may not read them.
    pub noticed: Option<Noticed>,
    /// Address of the pages.
    pub base_url: String,
    /// Whether nobody is behind the answers.
    pub is_simulated: bool,
    /// Whether there are line agencies below the unit.
    pub has_line_agencies: bool,
    /// Plan that the report follows.
    pub plan: Option<String>,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum NoReport {
    /// Its period has not begun, or the unit did not exist in it.
    #[error("there is nothing to report of this period yet")]
    NotBegun,
    /// Something failed.
    #[error(transparent)]
    Fault(#[from] anyhow::Error),
}

/// Reads what a report is made of.
pub async fn facts(
    db: &Database,
    snapshot: &Snapshot,
    figures: &Figures,
    asked: Asked,
    (today, base_url, noticed): (Day, &str, Option<Noticed>),
) -> Result<Facts, NoReport> {
    let Asked { unit, year, kind } = asked;
    let period = period_of(kind, year).filter(|period| period.from <= today).ok_or(NoReport::NotBegun)?;
    let on = period.to.min(today);
    snapshot.directory.unit_on(unit, on).ok_or(NoReport::NotBegun)?;
    let wanted = |period| Wanted::all(unit, period, Some(Measure::Counter));
    let found = figures.of_unit(db, snapshot, wanted(period), today).await?;
    let then = earlier(db, snapshot, figures, asked, today).await?;
    let cases = counts::counts(db.reader(), snapshot, unit, period, today).await?;
    let below: Vec<UnitId> = snapshot
        .directory
        .units()
        .map(|(own, _)| own)
        .filter(|own| snapshot.directory.counted_path(*own, on).contains(&unit))
        .collect();
    let late = late::counts(db, snapshot.province, Some(&below), Some(period)).await?;
    let others = other_measures(db, snapshot, unit, period).await.context("while reading figures of other systems")?;
    let plan = found.targets.current.first().map(|target| target.citation.clone());
    Ok(Facts {
        kind,
        year,
        period,
        through: found.counted_through.filter(|last| *last < period.to),
        today,
        before: then,
        points: points(snapshot, &below, period),
        cases,
        late: (late.all > 0).then_some((late.all, late.with)),
        others,
        noticed,
        base_url: base_url.to_owned(),
        is_simulated: snapshot.installation.simulated,
        has_line_agencies: found.children.iter().any(|child| child.unit.kind == crate::words::UnitKind::Line),
        plan,
        figures: found,
    })
}

/// The figures of the period before, where the unit was there.
async fn earlier(
    db: &Database,
    snapshot: &Snapshot,
    figures: &Figures,
    asked: Asked,
    today: Day,
) -> anyhow::Result<Option<(String, Arc<UnitFigures>)>> {
    let Some(period) = before(asked.kind, asked.year) else { return Ok(None) };
    let name = date::name(LANG, period).unwrap_or_else(|| date::span(LANG, period));
    if snapshot.directory.unit_on(asked.unit, period.to).is_none() {
        return Ok(None);
    }
    let wanted = Wanted::all(asked.unit, period, Some(Measure::Counter));
    Ok(Some((name, figures.of_unit(db, snapshot, wanted, today).await?)))
}

/// Points of units that were open within a period, and how many of the units have one.
fn points(snapshot: &Snapshot, units: &[UnitId], period: Period) -> (u64, u64) {
    let directory = &snapshot.directory;
    let mut offices: Vec<UnitId> = Vec::new();
    let mut points = 0;
    for (_, versions) in directory.points() {
        let open = versions
            .iter()
            .find(|version| version.valid_from <= period.to && version.valid_to.is_none_or(|last| last >= period.from));
        let Some(version) = open.filter(|version| units.contains(&version.unit)) else { continue };
        points += 1;
        if !offices.contains(&version.unit) {
            offices.push(version.unit);
        }
    }
    (points, u64::try_from(offices.len()).unwrap_or(u64::MAX))
}
