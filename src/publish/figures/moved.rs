//! What two persons decided to count elsewhere or not at all: raw figures beside cleaned ones, where enough answers were
//! excluded or moved.

use std::sync::Arc;

use anyhow::Context;

use super::SourceFigures;
use super::load::Reading;
use super::runs::{Composites, Counts, forms, headline, joined, runs, shown};
use crate::index::{Estimate, PeriodState, Source, Target};
use crate::questionnaire::Tally;
use crate::registry::InstalledEdition;
use crate::registry::exclusions::{ApprovedExclusion, Exclusion};
use crate::registry::moves::{ApprovedMove, Move};
use crate::store::counts::{self, Adjustment};
use crate::store::{ConnectionTrait, figures};
use crate::words::{Channel, Day, DecisionReason, Level, Period, PointId};

/// What was excluded from a unit, or moved over its border, in a period.
#[derive(Debug, Clone)]
pub struct MovedFigures {
    /// The moves, in the order of approval.
    pub moves: Vec<MovedForms>,
    /// The exclusions, in the order of approval, with those that were taken back.
    pub exclusions: Vec<ExcludedForms>,
    /// Raw beside cleaned, of each source of which anything is excluded or moved in the figures; a block that cannot be cut without
    /// isolating fewer than k answers stays as it is.
    pub sources: Vec<MovedSource>,
}

/// One decision as the page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedForms {
    /// Where the forms came in: the point and its unit.
    pub from: String,
    /// Where they belong.
    pub to: String,
    /// Days of the forms.
    pub days: Period,
    /// Why.
    pub reason: DecisionReason,
    /// The day of the approval.
    pub decided: Day,
}

/// One exclusion as the page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcludedForms {
    /// Where the forms came in: the point and its unit.
    pub point: String,
    /// Their level.
    pub level: Level,
    /// Their channel, where it is one alone.
    pub channel: Option<Channel>,
    /// Days of the forms.
    pub days: Period,
    /// Why.
    pub reason: DecisionReason,
    /// The day of the approval.
    pub decided: Day,
    /// The day on which it was taken back.
    pub restored: Option<Day>,
}

/// A source of which forms were excluded or moved.
#[derive(Debug, Clone)]
pub struct MovedSource {
    /// Headline or level.
    pub source: Source,
    /// Forms that were excluded.
    pub excluded: u64,
    /// Forms that left the unit.
    pub out: u64,
    /// Forms that came to the unit.
    pub into: u64,
    /// The composite as the forms came in; absent where none did.
    pub raw: Option<Estimate>,
    /// The composite after all of it. Its interval is that of a fixed number of answers: only raw figures are watched daily.
    pub cleaned: Estimate,
}

/// What was excluded from the unit or moved over its border; nothing where nothing was.
pub(super) async fn moved(
    db: &impl ConnectionTrait,
    reading: &Reading<'_>,
    edition: Option<&Arc<InstalledEdition>>,
    (sources, targets): (&[SourceFigures], &[&Target]),
) -> anyhow::Result<Option<MovedFigures>> {
    let crossing: Vec<&ApprovedMove> =
        reading.snapshot.moves.iter().filter(|known| crosses(reading, &known.moved)).collect();
    let exclusions: Vec<ExcludedForms> = reading
        .snapshot
        .exclusions
        .iter()
        .filter(|known| excludes(reading, &known.exclusion))
        .map(|known| told_exclusion(reading, known))
        .collect();
    if crossing.is_empty() && exclusions.is_empty() {
        return Ok(None);
    }
    let moves = crossing.into_iter().map(|known| told(reading, known)).collect();
    let counts = read(db, reading).await?;
    // A unit that had no answers of its own has those that came to it.
    let Some(edition) = edition.or_else(|| edition_of(reading, &counts)) else {
        return Ok(Some(MovedFigures { moves, exclusions, sources: Vec::new() }));
    };
    let composites =
        Composites { only: reading.only, edition, state: PeriodState::Closed, targets, transactions: None };
    let open = Some(Source::Level(Level::D)).filter(|_| !edition.edition.headline_levels().contains(&Level::D));
    let of = |source: Source| {
        let raw = sources.iter().find(|figures| figures.source == source);
        let kinds = [Adjustment::Excluded, Adjustment::MovedOut, Adjustment::MovedIn];
        let [excluded, out, into] = kinds.map(|kind| match source {
            Source::Headline => {
                headline(reading.only, edition, &counts, &kind).unwrap_or_else(|| Tally::empty(&edition.edition))
            }
            Source::Level(level) => counts.get(&(kind, edition.number, level)).cloned().unwrap_or_default(),
        });
        if [&excluded, &out, &into].iter().all(|tally| tally.forms() == 0) {
            return None;
        }
        let mut cleaned = raw.map_or_else(|| Tally::empty(&edition.edition), |figures| figures.tally.clone());
        cleaned.subtract(&excluded);
        cleaned.subtract(&out);
        cleaned.merge(&into);
        let whole = |n: i64| u64::try_from(n).unwrap_or(0);
        Some(MovedSource {
            source,
            excluded: whole(excluded.forms()),
            out: whole(out.forms()),
            into: whole(into.forms()),
            raw: raw.and_then(|figures| figures.estimates.first().cloned()),
            cleaned: composites.of(&cleaned, source),
        })
    };
    let sources = [Some(Source::Headline), open].into_iter().flatten().filter_map(of).collect();
    Ok(Some(MovedFigures { moves, exclusions, sources }))
}

fn edition_of<'a>(reading: &Reading<'a>, counts: &Counts<Adjustment>) -> Option<&'a Arc<InstalledEdition>> {
    let mut candidates = runs(counts, |_| true);
    candidates.retain(|run| reading.is_of_measure(*run));
    let run = shown(reading.snapshot, &candidates, |run| forms(counts, |_| true, run))?;
    reading.snapshot.editions.get(run)
}

/// What the figures say was excluded from the unit, moved out of it and into it, by run and level.
async fn read(db: &impl ConnectionTrait, reading: &Reading<'_>) -> anyhow::Result<Counts<Adjustment>> {
    let (from, to) = (reading.period.from.half(), reading.period.to.half());
    let mut counts: Counts<Adjustment> = Counts::new();
    for (kind, number, level, count) in figures::adjusted(db, reading.snapshot.province, reading.unit, from, to)
        .await
        .context("while reading what was excluded or moved")?
    {
        let installed = reading.snapshot.editions.get(number).context("an edition is missing")?;
        let tally = counts.entry((kind, number, level)).or_insert_with(|| Tally::with_pairs(&installed.edition));
        counts::add_count(&installed.edition, tally, &count);
    }
    Ok(joined(reading.snapshot, counts))
}

/// Whether a move takes forms over the border of the unit in the period.
fn crosses(reading: &Reading<'_>, moved: &Move) -> bool {
    let (first, last) = (moved.days.from.max(reading.period.from), moved.days.to.min(reading.period.to));
    (first.0..=last.0).map(Day).any(|day| {
        let (losing, gaining) = moved.sides(&reading.snapshot.directory, day);
        losing.contains(&reading.unit) || gaining.contains(&reading.unit)
    })
}

/// Whether an exclusion takes forms of the unit in the period.
fn excludes(reading: &Reading<'_>, exclusion: &Exclusion) -> bool {
    let (first, last) = (exclusion.days.from.max(reading.period.from), exclusion.days.to.min(reading.period.to));
    let mut days = (first.0..=last.0).map(Day);
    days.any(|day| exclusion.losing(&reading.snapshot.directory, day).contains(&reading.unit))
}

fn told(reading: &Reading<'_>, known: &ApprovedMove) -> MovedForms {
    let Move { from, to, days } = known.moved;
    let name = |point| name(reading, point, days.to);
    MovedForms { from: name(from), to: name(to), days, reason: known.reason, decided: known.decided }
}

fn told_exclusion(reading: &Reading<'_>, known: &ApprovedExclusion) -> ExcludedForms {
    let Exclusion { point, level, channel, days } = known.exclusion;
    let (reason, decided, restored) = (known.reason, known.decided, known.restored);
    ExcludedForms { point: name(reading, point, days.to), level, channel, days, reason, decided, restored }
}

/// A point and its unit, on a day.
fn name(reading: &Reading<'_>, point: PointId, day: Day) -> String {
    let directory = &reading.snapshot.directory;
    let version = directory.point_on(point, day);
    let unit = version.and_then(|version| directory.unit_on(version.unit, day));
    let names = [version.map(|version| version.name.as_str()), unit.map(|unit| unit.name.as_str())];
    names.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
