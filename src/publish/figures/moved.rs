//! What two persons decided to count elsewhere: raw figures beside cleaned ones, where enough answers were moved.

use std::sync::Arc;

use anyhow::Context;

use super::SourceFigures;
use super::load::Reading;
use super::runs::{Composites, Counts, forms, headline, joined, runs, shown};
use crate::index::{Estimate, PeriodState, Source, Target};
use crate::questionnaire::Tally;
use crate::registry::InstalledEdition;
use crate::registry::moves::{ApprovedMove, Move};
use crate::store::counts::{self, Adjustment};
use crate::store::{ConnectionTrait, figures};
use crate::words::{Day, DecisionReason, Level, Period, PointId};

/// What was moved over the border of a unit in a period.
#[derive(Debug, Clone)]
pub struct MovedFigures {
    /// The decisions, in the order of approval.
    pub moves: Vec<MovedForms>,
    /// Raw beside cleaned, of each source of which anything is moved in the figures; a block that cannot be cut without
    /// isolating fewer than k answers stays unmoved.
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

/// A source of which forms were moved.
#[derive(Debug, Clone)]
pub struct MovedSource {
    /// Headline or level.
    pub source: Source,
    /// Forms that left the unit.
    pub out: u64,
    /// Forms that came to the unit.
    pub into: u64,
    /// The composite as the forms came in; absent where none did.
    pub raw: Option<Estimate>,
    /// The composite after the move. Its interval is that of a fixed number of answers: only raw figures are watched daily.
    pub cleaned: Estimate,
}

/// What was moved over the border of the unit; nothing where nothing was.
pub(super) async fn moved(
    db: &impl ConnectionTrait,
    reading: &Reading<'_>,
    edition: Option<&Arc<InstalledEdition>>,
    (sources, targets): (&[SourceFigures], &[&Target]),
) -> anyhow::Result<Option<MovedFigures>> {
    let crossing: Vec<&ApprovedMove> =
        reading.snapshot.moves.iter().filter(|known| crosses(reading, &known.moved)).collect();
    if crossing.is_empty() {
        return Ok(None);
    }
    let moves = crossing.into_iter().map(|known| told(reading, known)).collect();
    let counts = read(db, reading).await?;
    // A unit that had no answers of its own has those that came to it.
    let Some(edition) = edition.or_else(|| edition_of(reading, &counts)) else {
        return Ok(Some(MovedFigures { moves, sources: Vec::new() }));
    };
    let composites = Composites { edition, state: PeriodState::Closed, targets, transactions: None };
    let open = Some(Source::Level(Level::D)).filter(|_| !edition.edition.headline_levels().contains(&Level::D));
    let of = |source: Source| {
        let raw = sources.iter().find(|figures| figures.source == source);
        let [out, into] = [Adjustment::MovedOut, Adjustment::MovedIn].map(|kind| match source {
            Source::Headline => headline(edition, &counts, &kind).unwrap_or_else(|| Tally::empty(&edition.edition)),
            Source::Level(level) => counts.get(&(kind, edition.number, level)).cloned().unwrap_or_default(),
        });
        if out.forms() == 0 && into.forms() == 0 {
            return None;
        }
        let mut cleaned = raw.map_or_else(|| Tally::empty(&edition.edition), |figures| figures.tally.clone());
        cleaned.subtract(&out);
        cleaned.merge(&into);
        let whole = |n: i64| u64::try_from(n).unwrap_or(0);
        Some(MovedSource {
            source,
            out: whole(out.forms()),
            into: whole(into.forms()),
            raw: raw.and_then(|figures| figures.estimates.first().cloned()),
            cleaned: composites.of(&cleaned, source),
        })
    };
    let sources = [Some(Source::Headline), open].into_iter().flatten().filter_map(of).collect();
    Ok(Some(MovedFigures { moves, sources }))
}

fn edition_of<'a>(reading: &Reading<'a>, counts: &Counts<Adjustment>) -> Option<&'a Arc<InstalledEdition>> {
    let mut candidates = runs(counts, |_| true);
    candidates.retain(|run| reading.is_of_measure(*run));
    let run = shown(reading.snapshot, &candidates, |run| forms(counts, |_| true, run))?;
    reading.snapshot.editions.get(run)
}

/// What the figures say was moved out of the unit and into it, by run and level.
async fn read(db: &impl ConnectionTrait, reading: &Reading<'_>) -> anyhow::Result<Counts<Adjustment>> {
    let (from, to) = (reading.period.from.half(), reading.period.to.half());
    let mut counts: Counts<Adjustment> = Counts::new();
    for (kind, number, level, count) in
        figures::moved(db, reading.snapshot.province, reading.unit, from, to).await.context("while reading moves")?
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

fn told(reading: &Reading<'_>, known: &ApprovedMove) -> MovedForms {
    let directory = &reading.snapshot.directory;
    let Move { from, to, days } = known.moved;
    let name = |point: PointId| {
        let version = directory.point_on(point, days.to);
        let unit = version.and_then(|version| directory.unit_on(version.unit, days.to));
        let names = [version.map(|version| version.name.as_str()), unit.map(|unit| unit.name.as_str())];
        names.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    MovedForms { from: name(from), to: name(to), days, reason: known.reason, decided: known.decided }
}
