//! The figures of a unit as pages show them, held in memory as long as nothing changes.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use anyhow::Context;

use super::tallies;
use crate::index::{Applicable, Estimate, Figure, PeriodState, Source, Target, applicable, overall, score};
use crate::questionnaire::Tally;
use crate::registry::{InstalledEdition, Snapshot};
use crate::store::Database;
use crate::store::places::UnitVersion;
use crate::words::{Day, EditionNumber, FieldId, Level, Measure, Period, UnitId, UnitKind};

/// Units and periods held at most; beyond it everything is forgotten and read again.
const MOST_HELD: usize = 4_000;

/// The figures of one unit in one period.
#[derive(Debug, Clone)]
pub struct UnitFigures {
    /// The unit as it is on the last day of the period (or today).
    pub unit: UnitVersion,
    /// The units above it, the nearest first.
    pub above: Vec<UnitVersion>,
    /// The period: whole half-months.
    pub period: Period,
    /// Whether it still runs.
    pub state: PeriodState,
    /// Last day that is counted, where any is.
    pub counted_through: Option<Day>,
    /// The edition the figures are of: the latest with answers in the period.
    pub edition: Option<Arc<InstalledEdition>>,
    /// Whether answers to an earlier edition exist in the period, too: a break in the series.
    pub is_broken: bool,
    /// Estimates and counts of the headline and of each level with answers; the composite comes first in each.
    pub sources: Vec<SourceFigures>,
    /// Targets for shares, of the unit itself or its nearest ancestor that has one.
    pub targets: OwnedTargets,
    /// Targets for minutes.
    pub minutes: OwnedTargets,
    /// Dossiers returned in the period, where they are known.
    pub transactions: Option<u64>,
    /// The units below, by code.
    pub children: Vec<ChildFigures>,
}

/// The figures of one source.
#[derive(Debug, Clone)]
pub struct SourceFigures {
    /// Headline or level.
    pub source: Source,
    /// Forms counted.
    pub forms: u64,
    /// Counts.
    pub tally: Tally,
    /// Estimates; the composite first.
    pub estimates: Vec<Estimate>,
}

/// The figures of a unit below.
#[derive(Debug, Clone)]
pub struct ChildFigures {
    /// The unit.
    pub unit: UnitVersion,
    /// The composite of the headline, where there are answers.
    pub headline: Option<Estimate>,
    /// The composite of open feedback, where there are answers.
    pub open: Option<Estimate>,
    /// Targets in force for it.
    pub targets: OwnedTargets,
    /// Dossiers returned in the period.
    pub transactions: Option<u64>,
}

/// Targets that concern a figure.
#[derive(Debug, Clone, Default)]
pub struct OwnedTargets {
    /// In force.
    pub current: Vec<Target>,
    /// For later years.
    pub coming: Vec<Target>,
    /// In force, measure undecided.
    pub undecided: Vec<Target>,
    /// No longer in force.
    pub past: Vec<Target>,
    /// Whether those in force contradict each other.
    pub is_contradictory: bool,
}

impl From<Applicable<'_>> for OwnedTargets {
    fn from(found: Applicable<'_>) -> Self {
        let own = |targets: &[&Target]| targets.iter().map(|target| (*target).clone()).collect();
        Self {
            is_contradictory: found.is_contradictory(),
            current: own(&found.current),
            coming: own(&found.coming),
            undecided: own(&found.undecided),
            past: own(&found.past),
        }
    }
}

impl UnitFigures {
    /// Whether the unit is a line agency: shown apart, never counted in the province's figure.
    pub fn is_line_agency(&self) -> bool {
        self.unit.kind == UnitKind::Line || self.above.iter().any(|unit| unit.kind == UnitKind::Line)
    }

    /// The figures of a source.
    pub fn source(&self, source: Source) -> Option<&SourceFigures> {
        self.sources.iter().find(|figures| figures.source == source)
    }
}

/// Figures held in memory: one revision of the installation, one day.
#[derive(Debug, Default)]
pub struct Figures {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    revision: i64,
    today: Option<Day>,
    figures: HashMap<(UnitId, Period), Arc<UnitFigures>>,
}

impl Figures {
    /// The figures of a unit in a period of whole half-months.
    pub async fn of_unit(
        &self,
        db: &Database,
        snapshot: &Snapshot,
        unit: UnitId,
        period: Period,
        today: Day,
    ) -> anyhow::Result<Arc<UnitFigures>> {
        // A simulated installation shows the open day, which changes without a new revision.
        let may_hold = !snapshot.installation.simulated;
        if may_hold && let Some(held) = self.held(snapshot.installation.revision, today, unit, period) {
            return Ok(held);
        }
        let figures = Arc::new(load(db, snapshot, unit, period, today).await?);
        if may_hold {
            let mut held = self.held.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if held.revision == snapshot.installation.revision && held.today == Some(today) {
                if held.figures.len() >= MOST_HELD {
                    held.figures.clear();
                }
                held.figures.insert((unit, period), figures.clone());
            }
        }
        Ok(figures)
    }

    fn held(&self, revision: i64, today: Day, unit: UnitId, period: Period) -> Option<Arc<UnitFigures>> {
        let mut held = self.held.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if held.revision != revision || held.today != Some(today) {
            *held = Held { revision, today: Some(today), figures: HashMap::new() };
        }
        held.figures.get(&(unit, period)).cloned()
    }
}

type Tallies = BTreeMap<(UnitId, EditionNumber, Level), Tally>;

async fn load(
    db: &Database,
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    today: Day,
) -> anyhow::Result<UnitFigures> {
    let directory = &snapshot.directory;
    let day = period.to.min(today);
    let own = directory.unit_on(unit, day).context("the unit is not in the directory")?.clone();
    let children: Vec<UnitVersion> = directory.children(unit, day).into_iter().cloned().collect();
    let mut units = vec![unit];
    units.extend(children.iter().map(|child| child.unit));
    let state = if period.runs_on(today) { PeriodState::Running } else { PeriodState::Closed };
    let tx = db.begin_reading().await.context("while beginning to read")?;
    let (from, to) = (period.from.half(), period.to.half());
    let tallies = tallies::for_pages(&tx, snapshot, &units, from, to).await.context("while reading figures")?;
    let transactions = tallies::transactions(&tx, snapshot, &units, period).await.context("while reading volumes")?;
    tx.rollback().await.context("while ending to read")?;
    let (edition, is_broken) = latest_edition(snapshot, &tallies, unit, &units);
    let path = directory.path(unit, day);
    let measure = edition.as_ref().map_or(Measure::Counter, |installed| installed.edition.measure());
    let targets = targets_of(snapshot, measure, &path, period);
    let minutes = targets_of(snapshot, Measure::Minutes, &path, period);
    let mut figures = UnitFigures {
        unit: own,
        above: path.iter().skip(1).filter_map(|unit| directory.unit_on(*unit, day)).cloned().collect(),
        period,
        state,
        counted_through: counted_through(snapshot, period, today),
        edition: edition.clone(),
        is_broken,
        sources: Vec::new(),
        targets,
        minutes,
        transactions: transactions.get(&unit).copied(),
        children: Vec::new(),
    };
    if let Some(edition) = &edition {
        figures.sources = sources(edition, &tallies, unit, &figures);
    }
    figures.children = children
        .into_iter()
        .map(|child| {
            let transactions = transactions.get(&child.unit).copied();
            let targets = targets_of(snapshot, measure, &directory.path(child.unit, day), period);
            child_figures(child, edition.as_deref(), &tallies, state, targets, transactions)
        })
        .collect();
    Ok(figures)
}

fn counted_through(snapshot: &Snapshot, period: Period, today: Day) -> Option<Day> {
    let through = if snapshot.installation.simulated { Some(today) } else { snapshot.installation.sealed_through };
    through.map(|day| day.min(period.to))
}

/// The latest edition with answers of the unit, or of a unit below; and whether an earlier one of the same measure has answers,
/// too.
fn latest_edition(
    snapshot: &Snapshot,
    tallies: &Tallies,
    unit: UnitId,
    units: &[UnitId],
) -> (Option<Arc<InstalledEdition>>, bool) {
    let of = |units: &[UnitId]| {
        let mut numbers: Vec<EditionNumber> =
            tallies.keys().filter(|(of, ..)| units.contains(of)).map(|(_, number, _)| *number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    };
    let own = of(&[unit]);
    let mut numbers = if own.is_empty() { of(units) } else { own };
    // Two measures are never mixed: counter feedback where there is any, else the measure of the latest edition.
    let measure = |number: &EditionNumber| snapshot.editions.get(*number).map(|installed| installed.edition.measure());
    let is_counter = numbers.iter().any(|number| measure(number) == Some(Measure::Counter));
    let shown = if is_counter { Some(Measure::Counter) } else { numbers.last().and_then(measure) };
    numbers.retain(|number| measure(number) == shown);
    (numbers.last().and_then(|number| snapshot.editions.get(*number)).cloned(), numbers.len() > 1)
}

fn targets_of(snapshot: &Snapshot, measure: Measure, path: &[UnitId], period: Period) -> OwnedTargets {
    applicable(&snapshot.targets, measure, FieldId::NONE, path, period.to.year()).into()
}

/// Headline first, then every level with answers.
fn sources(edition: &InstalledEdition, tallies: &Tallies, unit: UnitId, figures: &UnitFigures) -> Vec<SourceFigures> {
    let targets: Vec<&Target> = figures.targets.current.iter().chain(&figures.minutes.current).collect();
    let levels = Level::ALL.iter().filter_map(|level| {
        let tally = tallies.get(&(unit, edition.number, *level))?;
        Some((Source::Level(*level), tally.clone()))
    });
    let headline = headline(edition, tallies, unit).map(|tally| (Source::Headline, tally));
    headline
        .into_iter()
        .chain(levels)
        .map(|(source, tally)| {
            let figure = Figure {
                edition: &edition.edition,
                tally: &tally,
                source,
                state: figures.state,
                targets: &targets,
                transactions: figures.transactions,
            };
            let estimates = score(&figure);
            SourceFigures { source, forms: u64::try_from(tally.forms()).unwrap_or(0), estimates, tally }
        })
        .collect()
}

/// The levels that the edition declares as its headline, together.
fn headline(edition: &InstalledEdition, tallies: &Tallies, unit: UnitId) -> Option<Tally> {
    edition.edition.headline_levels().iter().filter_map(|level| tallies.get(&(unit, edition.number, *level))).fold(
        None,
        |sum: Option<Tally>, tally| {
            let mut sum = sum.unwrap_or_else(|| Tally::empty(&edition.edition));
            sum.merge(tally);
            Some(sum)
        },
    )
}

fn child_figures(
    unit: UnitVersion,
    edition: Option<&InstalledEdition>,
    tallies: &Tallies,
    state: PeriodState,
    targets: OwnedTargets,
    transactions: Option<u64>,
) -> ChildFigures {
    let current: Vec<&Target> = targets.current.iter().collect();
    let estimate = |edition: &InstalledEdition, tally: &Tally, source| {
        let targets = current.as_slice();
        overall(&Figure { edition: &edition.edition, tally, source, state, targets, transactions })
    };
    let headline = edition.and_then(|edition| {
        let tally = headline(edition, tallies, unit.unit)?;
        Some(estimate(edition, &tally, Source::Headline))
    });
    let open = edition.and_then(|edition| {
        let tally = tallies.get(&(unit.unit, edition.number, Level::D))?;
        Some(estimate(edition, tally, Source::Level(Level::D)))
    });
    ChildFigures { unit, headline, open, targets, transactions }
}
