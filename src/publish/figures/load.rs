//! Reading the figures of a unit: everything its page shows, in one reading transaction.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context;

use super::runs::{Composites, Counts, forms, headline, joined, measures, runs, shown};
use super::series::{months_of, quarters_of, series};
use super::{
    Asked, ChildFigures, GroupFigures, Only, OtherFigures, OwnedTargets, SourceFigures, UnitFigures, funnel, moved,
    parts, ranks, wider,
};
use crate::index::{FEWEST_PUBLISHED, PeriodState, Source, Statistic, Target, What, applicable, importance, score};
use crate::publish::tallies;
use crate::questionnaire::Tally;
use crate::registry::{InstalledEdition, Snapshot};
use crate::store::Database;
use crate::store::places::UnitVersion;
use crate::words::{Day, EditionNumber, FieldId, Half, Level, Measure, Period, UnitGroup, UnitId};

/// What every part of the reading needs.
pub(super) struct Reading<'a> {
    /// The registry.
    pub snapshot: &'a Snapshot,
    /// Whose figures.
    pub unit: UnitId,
    /// The unit and those above it, the nearest first.
    pub path: Vec<UnitId>,
    /// Of when.
    pub period: Period,
    /// Whether it still runs.
    pub state: PeriodState,
    /// The day on which the unit is looked at.
    pub day: Day,
    /// Today.
    pub today: Day,
    /// Of which measure.
    pub measure: Measure,
    /// Of which answers alone.
    pub only: Only,
    /// First day of the unit, where it took over from others.
    pub reorganised: Option<Day>,
}

impl Reading<'_> {
    /// Whether a run counts for the measure.
    pub(super) fn is_of_measure(&self, run: EditionNumber) -> bool {
        self.snapshot.editions.get(run).is_some_and(|installed| installed.edition.measure() == self.measure)
    }

    /// First day of an edition.
    pub(super) fn first_day_of(&self, edition: EditionNumber) -> Day {
        // A run is named by its last edition; it began with its first.
        let of_run = self.snapshot.editions.iter().filter(|e| self.snapshot.editions.continued_by(e.number) == edition);
        of_run.map(|installed| installed.first_day).min().unwrap_or(self.period.from)
    }

    /// Targets for a measure: those of the field that alone is asked for where it has any, the general ones otherwise.
    pub(super) fn targets(&self, measure: Measure, path: &[UnitId], year: i32) -> OwnedTargets {
        let of = |field| applicable(&self.snapshot.targets, measure, field, path, year);
        let own = self.only.field.filter(|_| measure != Measure::Minutes).map(of).filter(|own| !own.current.is_empty());
        own.unwrap_or_else(|| of(FieldId::NONE)).into()
    }

    /// Targets for a field; the general ones where it has none of its own.
    pub(super) fn targets_of_field(&self, field: FieldId) -> OwnedTargets {
        let own = self.targets_of_just(field);
        if own.current.is_empty() { self.targets(self.measure, &self.path, self.period.to.year()) } else { own }
    }

    /// Targets for just this field.
    pub(super) fn targets_of_just(&self, field: FieldId) -> OwnedTargets {
        applicable(&self.snapshot.targets, self.measure, field, &self.path, self.period.to.year()).into()
    }
}

/// Reads everything.
pub(super) async fn load(db: &Database, snapshot: &Snapshot, asked: Asked, today: Day) -> anyhow::Result<UnitFigures> {
    let Asked { unit, period, .. } = asked;
    let directory = &snapshot.directory;
    let day = period.to.min(today);
    let own = directory.unit_on(unit, day).context("the unit is not in the directory")?.clone();
    let children: Vec<UnitVersion> = directory.children(unit, day).into_iter().cloned().collect();
    let units: Vec<UnitId> = [unit].into_iter().chain(children.iter().map(|child| child.unit)).collect();
    let tx = db.begin_reading().await.context("while beginning to read")?;
    let (from, to) = (period.from.half(), period.to.half());
    let only = asked.only;
    let counts = tallies::for_pages(&tx, snapshot, &units, only.field, (from, to)).await;
    let counts = of_level(only, joined(snapshot, counts.context("while reading figures")?));
    let transactions = tallies::transactions(&tx, snapshot, &units, only.field, period).await;
    let transactions = transactions.context("while reading volumes")?;
    let (measures, measure) = measure_of(snapshot, &counts, asked);
    let state = match asked.rolls {
        true => PeriodState::Rolling,
        false if period.runs_on(today) => PeriodState::Running,
        false => PeriodState::Closed,
    };
    let path = directory.path(unit, day);
    let reorganised = reorganised(snapshot, unit, today);
    let reading = Reading { snapshot, unit, path, period, state, day, today, measure, only, reorganised };
    let (edition, others) = edition_of(&reading, &counts);
    let quarters = quarters_of(period);
    let first = quarters.first().map_or(from, |quarter| quarter.from.half()).min(from);
    let last = quarters.last().map_or(to, |quarter| quarter.to.half()).max(to);
    let halves = tallies::by_half(&tx, snapshot, unit, only.field, (first, last)).await;
    let halves = halves.context("while reading the series")?;
    let corrected = corrected(&reading, edition.as_deref(), &halves);
    let halves = of_level(only, joined(snapshot, halves));
    let mut figures = UnitFigures {
        unit: own,
        above: reading.path.iter().skip(1).filter_map(|unit| directory.unit_on(*unit, day)).cloned().collect(),
        period,
        state,
        counted_through: counted_through(snapshot, period, today),
        only,
        field_name: only.field.and_then(|field| directory.field_name(field)).map(str::to_owned),
        measure,
        measures,
        edition: edition.clone(),
        corrected,
        others: Vec::new(),
        sources: Vec::new(),
        targets: reading.targets(measure, &reading.path, period.to.year()),
        field_targets: parts::field_targets(&reading),
        minutes: reading.targets(Measure::Minutes, &reading.path, period.to.year()),
        transactions: transactions.get(&unit).copied(),
        offered: tallies::offered(&tx, snapshot, unit, only.field, period).await.context("while counting tickets")?,
        children: Vec::new(),
        groups: Vec::new(),
        funnel: None,
        ranks: Vec::new(),
        fields: Vec::new(),
        decided: None,
        deciders: Vec::new(),
        moved: None,
        wider: Vec::new(),
        disputed: snapshot.disputes.of(unit, period).copied().collect(),
        months: series(&reading, &halves, &months_of(period), false),
        quarters: series(&reading, &halves, &quarters, true),
    };
    figures.others = others.iter().map(|other| other_figures(&reading, &counts, other, &figures)).collect();
    if let Some(edition) = &edition {
        figures.sources = sources(edition, &counts, &figures);
        figures.groups = groups(edition, &counts, &children, &figures);
    }
    // A field has no further parts: what is split by two things at once would be too small.
    if let Some(edition) = edition.as_ref().filter(|_| only.field.is_none()) {
        figures.fields = parts::fields(&tx, &reading, edition).await.context("while reading fields")?;
        figures.deciders = parts::deciders(&tx, &reading, edition).await.context("while reading deciding offices")?;
        figures.decided = parts::decided(&tx, &reading, edition).await.context("while reading what was decided")?;
    }
    let current: Vec<&Target> = figures.targets.current.iter().collect();
    let own = (figures.sources.as_slice(), current.as_slice());
    if only == Only::ALL {
        figures.moved =
            moved::moved(&tx, &reading, edition.as_ref(), own).await.context("while reading moved forms")?;
    }
    if !figures.sources.iter().any(|source| source.forms >= FEWEST_PUBLISHED) {
        figures.wider = wider::wider(&tx, &reading, &halves).await.context("while reading wider figures")?;
    }
    tx.rollback().await.context("while ending to read")?;
    let below = |child: UnitVersion| child_figures(&reading, child, edition.as_ref(), &counts, &transactions);
    figures.children = children.into_iter().map(below).collect();
    let common = figures.source(only.source()).and_then(|source| source.estimates.first());
    figures.funnel = funnel::funnel(common, &figures.children);
    figures.ranks = ranks::ranks(&figures.children);
    Ok(figures)
}

/// The counts of one level alone, where one is asked for.
fn of_level<K: Ord>(only: Only, mut counts: Counts<K>) -> Counts<K> {
    counts.retain(|(_, _, level), _| only.level.is_none_or(|own| own == *level));
    counts
}

fn counted_through(snapshot: &Snapshot, period: Period, today: Day) -> Option<Day> {
    let through = if snapshot.installation.simulated { Some(today) } else { snapshot.installation.sealed_through };
    through.map(|day| day.min(period.to))
}

/// The measures with answers, and the one that is shown: as asked, otherwise counters, otherwise the first.
fn measure_of(snapshot: &Snapshot, counts: &Counts<UnitId>, asked: Asked) -> (Vec<Measure>, Measure) {
    let own = runs(counts, |unit| *unit == asked.unit);
    let all = if own.is_empty() { runs(counts, |_| true) } else { own };
    let measures = measures(snapshot, &all);
    let shown = asked.measure.or_else(|| measures.first().copied()).unwrap_or(Measure::Counter);
    (measures, shown)
}

/// The edition that is shown, and the other runs of the measure: of the unit, or of the units below where it has none.
fn edition_of(
    reading: &Reading<'_>,
    counts: &Counts<UnitId>,
) -> (Option<Arc<InstalledEdition>>, Vec<Arc<InstalledEdition>>) {
    let is_own = |unit: &UnitId| *unit == reading.unit;
    let of_measure = |runs: Vec<EditionNumber>| -> Vec<EditionNumber> {
        runs.into_iter().filter(|run| reading.is_of_measure(*run)).collect()
    };
    let own = of_measure(runs(counts, is_own));
    let candidates = if own.is_empty() { of_measure(runs(counts, |_| true)) } else { own.clone() };
    let main = shown(reading.snapshot, &candidates, |run| forms(counts, |unit| own.is_empty() || is_own(unit), run));
    let installed = |run: &EditionNumber| reading.snapshot.editions.get(*run).cloned();
    (main.as_ref().and_then(installed), own.iter().filter(|run| Some(**run) != main).filter_map(installed).collect())
}

/// First day of the edition that is shown, where one that it only corrects has answers in the period, too.
fn corrected(
    reading: &Reading<'_>,
    edition: Option<&InstalledEdition>,
    halves: &BTreeMap<(Half, EditionNumber, Level), Tally>,
) -> Option<Day> {
    let edition = edition?;
    let editions = &reading.snapshot.editions;
    let (from, to) = (reading.period.from.half(), reading.period.to.half());
    let is_corrected = halves.keys().any(|(half, number, _)| {
        (from..=to).contains(half) && *number != edition.number && editions.continued_by(*number) == edition.number
    });
    is_corrected.then_some(edition.first_day)
}

/// First day of a unit that took over from others.
fn reorganised(snapshot: &Snapshot, unit: UnitId, today: Day) -> Option<Day> {
    let directory = &snapshot.directory;
    let first = directory.units().find(|(of, _)| *of == unit).and_then(|(_, versions)| versions.first())?;
    (!directory.predecessors_on(unit, today).is_empty()).then_some(first.valid_from)
}

fn other_figures(
    reading: &Reading<'_>,
    counts: &Counts<UnitId>,
    edition: &Arc<InstalledEdition>,
    figures: &UnitFigures,
) -> OtherFigures {
    let targets: Vec<&Target> = figures.targets.current.iter().collect();
    let composites =
        Composites { only: reading.only, edition, state: reading.state, targets: &targets, transactions: None };
    let headline = composites.headline(counts, &reading.unit);
    let open = composites.open(counts, &reading.unit);
    OtherFigures { edition: edition.clone(), headline, open }
}

/// Headline first, then every level with answers.
fn sources(edition: &Arc<InstalledEdition>, counts: &Counts<UnitId>, figures: &UnitFigures) -> Vec<SourceFigures> {
    let unit = figures.unit.unit;
    let targets: Vec<&Target> = figures.targets.current.iter().chain(&figures.minutes.current).collect();
    let transactions = figures.transactions;
    let composites = Composites { only: figures.only, edition, state: figures.state, targets: &targets, transactions };
    let levels = Level::ALL.iter().filter_map(|level| {
        let tally = counts.get(&(unit, edition.number, *level))?;
        Some((Source::Level(*level), tally.clone()))
    });
    // Of one level alone the level itself is the figure.
    let is_whole = figures.only.level.is_none();
    let headline = headline(figures.only, edition, counts, &unit).filter(|_| is_whole);
    let headline = headline.map(|tally| (Source::Headline, tally));
    headline
        .into_iter()
        .chain(levels)
        .map(|(source, tally)| {
            let estimates = score(&composites.figure(&tally, source));
            let importance = importance(&edition.edition, &tally, &estimates);
            SourceFigures { source, forms: u64::try_from(tally.forms()).unwrap_or(0), estimates, importance, tally }
        })
        .collect()
}

/// The units below pooled by what they are; line agencies stay apart from each other, too.
fn groups(
    edition: &Arc<InstalledEdition>,
    counts: &Counts<UnitId>,
    children: &[UnitVersion],
    figures: &UnitFigures,
) -> Vec<GroupFigures> {
    let targets: Vec<&Target> = figures.targets.current.iter().collect();
    let composites =
        Composites { only: figures.only, edition, state: figures.state, targets: &targets, transactions: None };
    let of = |group: UnitGroup| {
        let units: Vec<UnitId> =
            children.iter().filter(|child| child.kind.group() == group).map(|child| child.unit).collect();
        let mut sums: Counts<()> = Counts::new();
        for ((_, run, level), tally) in counts.iter().filter(|((unit, ..), _)| units.contains(unit)) {
            sums.entry(((), *run, *level)).or_default().merge(tally);
        }
        (units.len() > 1).then(|| GroupFigures {
            group,
            units: units.len(),
            headline: composites.headline(&sums, &()),
            open: composites.open(&sums, &()),
        })
    };
    [UnitGroup::Departments, UnitGroup::Communes, UnitGroup::Others].into_iter().filter_map(of).collect()
}

fn child_figures(
    reading: &Reading<'_>,
    unit: UnitVersion,
    edition: Option<&Arc<InstalledEdition>>,
    counts: &Counts<UnitId>,
    transactions: &BTreeMap<UnitId, u64>,
) -> ChildFigures {
    let path = reading.snapshot.directory.path(unit.unit, reading.day);
    let targets = reading.targets(reading.measure, &path, reading.period.to.year());
    let transactions = transactions.get(&unit.unit).copied();
    let current: Vec<&Target> = targets.current.iter().collect();
    let mut child = ChildFigures {
        headline: None,
        open: None,
        items: Vec::new(),
        targets: OwnedTargets::default(),
        transactions,
        unit,
    };
    if let Some(edition) = edition {
        let composites =
            Composites { only: reading.only, edition, state: reading.state, targets: &current, transactions };
        child.headline = composites.headline(counts, &child.unit.unit);
        child.open = composites.open(counts, &child.unit.unit);
        let source = match headline(reading.only, edition, counts, &child.unit.unit) {
            Some(tally) => Some((reading.only.source(), tally)),
            None => counts
                .get(&(child.unit.unit, edition.number, Level::D))
                .map(|tally| (Source::Level(Level::D), tally.clone())),
        };
        if let Some((source, tally)) = source {
            let scored = score(&composites.figure(&tally, source)).into_iter();
            let is_item = |what: &What| matches!(what, What::Item(_));
            child.items = scored.filter(|one| is_item(&one.what) && one.statistic == Statistic::Share).collect();
        }
    }
    child.targets = targets;
    child
}
