//! Freezing: the figures of units in a period that is over, as pages show them, with everything needed to compute them again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::protect::{self, Hidden, ItemCounts};
use crate::bundle::{
    BlockSum, Both, CheckpointRef, DecisionRef, EditionRef, Evidence, EvidenceBlock, EvidencePoint, FORMAT, FieldPart,
    Group, MethodRef, Publication, TargetRef, UnitRef, WithheldMonth,
};
use crate::collect::seal::k_of;
use crate::index::{Estimate, FEWEST_PUBLISHED, PeriodState, Source, Statistic, What};
use crate::publish::figures::{Asked, PartName, SourceFigures, Why};
use crate::publish::{Figures, UnitFigures};
use crate::record::{Checkpoint, Note, hex, sha256};
use crate::registry::{InstalledEdition, Snapshot};
use crate::store::blocks::{self, Block, Node};
use crate::store::checkpoints::{self, StoredCheckpoint};
use crate::store::{Database, batches};
use crate::text::methods;
use crate::words::{Day, EditionNumber, Half, Level, Measure, Period, UnitId, UnitKind};

/// Units of a publication at most.
const MOST_UNITS: usize = 4_000;

/// Which units below the one at the top are published beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Below {
    /// None.
    Nothing,
    /// Those next below.
    Next,
    /// All of them.
    All,
}

/// What somebody chose to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The unit at the top.
    pub unit: i32,
    /// First day of the period.
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// Code of the measure.
    pub measure: i16,
    /// Units below.
    pub below: Below,
    /// Each source by itself, beside the headline.
    pub sources: bool,
    /// By field, of the unit at the top.
    pub fields: bool,
    /// Quarters of this year and the two before, of the unit at the top.
    pub series: bool,
}

/// What a frozen content is called.
#[derive(Debug, Clone)]
pub struct Freezing<'a> {
    /// Name in the address.
    pub slug: &'a str,
    /// 1, or one more than what it corrects.
    pub version: u32,
    /// Title.
    pub title: Both,
    /// Why an earlier version is corrected.
    pub reason: Option<String>,
    /// Hash of the approval before.
    pub previous: Option<String>,
}

/// Why nothing can be frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFrozen {
    /// The unit did not exist then.
    NoUnit,
    /// The period is none of whole half-months.
    NoPeriod,
    /// The period still runs, or its last day is not sealed.
    NotOver(Day),
    /// There are no figures that may be published.
    NoFigures,
    /// More units than may stand in one publication.
    TooManyUnits(usize),
    /// No checkpoint is signed over the period yet.
    NotSigned,
}

/// Freezes what was chosen. `Ok(Err(…))` says why it cannot be.
pub async fn freeze(
    db: &Database,
    snapshot: &Snapshot,
    figures: &Figures,
    choice: &Choice,
    meta: &Freezing<'_>,
    today: Day,
) -> anyhow::Result<Result<(Publication, Evidence), NotFrozen>> {
    let asked = match Asking::of(snapshot, choice, today) {
        Ok(asked) => asked,
        Err(why) => return Ok(Err(why)),
    };
    let mut loaded = Vec::with_capacity(asked.units.len());
    for (unit, _) in &asked.units {
        let of = Asked::all(*unit, asked.period, Some(asked.measure));
        loaded.push(figures.of_unit(db, snapshot, of, today).await.context("while reading figures")?);
    }
    let Some(edition) = loaded.first().and_then(|top| top.edition.clone()) else {
        return Ok(Err(NotFrozen::NoFigures));
    };
    let frozen = Frozen { snapshot, choice, asked: &asked, edition: &edition, loaded: &loaded };
    let (groups, targets) = frozen.groups();
    if !groups.iter().any(|group| group.figures.iter().any(|figure| figure.n.is_some())) {
        return Ok(Err(NotFrozen::NoFigures));
    }
    let halves = (asked.period.from.half(), asked.period.to.half());
    let found = blocks::of_halves(db.reader(), snapshot.province, halves.0, halves.1).await;
    let (sums, evidence) = frozen.blocks(&found.context("while reading blocks")?);
    let Some((stored, signed)) = checkpoint(db, snapshot, asked.period).await? else {
        return Ok(Err(NotFrozen::NotSigned));
    };
    let publication = Publication {
        format: FORMAT.to_owned(),
        origin: signed.origin.clone(),
        province: snapshot.province.0,
        simulated: snapshot.installation.simulated,
        slug: meta.slug.to_owned(),
        version: meta.version,
        title: meta.title.clone(),
        reason: meta.reason.clone(),
        previous: meta.previous.clone(),
        software: env!("CARGO_PKG_VERSION").to_owned(),
        measure: asked.measure.word().to_owned(),
        unit: loaded.first().map(|top| top.unit.code.clone()).unwrap_or_default(),
        from: asked.period.from.iso(),
        to: asked.period.to.iso(),
        fewest: FEWEST_PUBLISHED,
        block: u64::try_from(k_of(snapshot.installation.simulated)).unwrap_or(1),
        methods: methods_of(&groups),
        editions: frozen.editions(),
        checkpoint: Some(batches_of(db, snapshot, asked.period, &stored, &signed).await?),
        units: frozen.units(),
        fields: frozen.fields(),
        targets,
        decisions: decisions(snapshot, asked.period),
        withheld: frozen.withheld(),
        blocks: sums,
        evidence: evidence.hash(),
        groups,
    };
    Ok(Ok((publication, evidence)))
}

/// What was asked for, found in the registry.
struct Asking {
    period: Period,
    measure: Measure,
    /// Units, parents first, each with the place of the one above it.
    units: Vec<(UnitId, Option<usize>)>,
}

impl Asking {
    fn of(snapshot: &Snapshot, choice: &Choice, today: Day) -> Result<Self, NotFrozen> {
        let period = Period::new(Day(choice.from), Day(choice.to)).ok_or(NotFrozen::NoPeriod)?;
        let is_whole = period.from == period.from.half().first() && period.to == period.to.half().last();
        let measure = Measure::from_code(choice.measure).ok_or(NotFrozen::NoFigures)?;
        if !is_whole {
            return Err(NotFrozen::NoPeriod);
        }
        let is_sealed = snapshot.installation.sealed_through.is_some_and(|through| through >= period.to);
        if period.to >= today || !is_sealed {
            return Err(NotFrozen::NotOver(period.to));
        }
        let directory = &snapshot.directory;
        let top = UnitId(choice.unit);
        directory.unit_on(top, period.to).ok_or(NotFrozen::NoUnit)?;
        let mut units = vec![(top, None)];
        let mut at = 0;
        // Every step looks at one unit more; the tree has no circles, and the number is bounded.
        while let Some((unit, _)) = units.get(at).copied() {
            if choice.below == Below::All || (choice.below == Below::Next && at == 0) {
                units.extend(directory.children(unit, period.to).iter().map(|child| (child.unit, Some(at))));
            }
            if units.len() > MOST_UNITS {
                return Err(NotFrozen::TooManyUnits(MOST_UNITS));
            }
            at += 1;
        }
        Ok(Self { period, measure, units })
    }
}

/// What is put together.
struct Frozen<'a> {
    snapshot: &'a Snapshot,
    choice: &'a Choice,
    asked: &'a Asking,
    /// The run of the unit at the top.
    edition: &'a Arc<InstalledEdition>,
    loaded: &'a [Arc<UnitFigures>],
}

fn name_of(edition: &InstalledEdition) -> String {
    format!("{}-{}", edition.edition.code(), edition.edition.version())
}

impl Frozen<'_> {
    /// Whether a unit stands apart from the sums of the one above it.
    fn is_apart(&self, at: usize) -> bool {
        at > 0 && self.loaded.get(at).is_some_and(|figures| figures.unit.kind == UnitKind::Line)
    }

    /// Sources of a unit that are published: of the same run as those of the unit at the top.
    fn sources<'b>(&self, figures: &'b UnitFigures) -> Vec<&'b SourceFigures> {
        if figures.edition.as_ref().map(|edition| edition.number) != Some(self.edition.number) {
            return Vec::new();
        }
        let is_chosen = |source: Source| match source {
            Source::Headline => true,
            // Open feedback never stands without the headline; where there is none it is all there is.
            Source::Level(_) => self.choice.sources || figures.source(Source::Headline).is_none(),
        };
        figures.sources.iter().filter(|source| is_chosen(source.source)).collect()
    }

    fn hidden(&self) -> Hidden {
        let mut hidden = Hidden::new();
        // A line agency is the top of a tree of its own.
        let tops = (0..self.loaded.len()).filter(|at| *at == 0 || self.is_apart(*at));
        for top in tops {
            self.hide_below(top, &mut hidden);
        }
        hidden
    }

    /// Hides what has to be hidden in the tree of sums below a unit.
    fn hide_below(&self, top: usize, hidden: &mut Hidden) {
        let mut places = vec![top];
        for at in top + 1..self.loaded.len() {
            let parent = self.asked.units.get(at).and_then(|(_, parent)| *parent);
            if parent.is_some_and(|parent| places.contains(&parent)) && !self.is_apart(at) {
                places.push(at);
            }
        }
        let place_of = |at: usize| places.iter().position(|known| *known == at);
        let parent = |at: &usize| self.asked.units.get(*at).and_then(|(_, parent)| place_of((*parent)?));
        let parents: Vec<Option<usize>> = places.iter().map(parent).collect();
        let mut counts: BTreeMap<What, ItemCounts> = BTreeMap::new();
        for (place, figures) in places.iter().enumerate().filter_map(|(place, at)| Some((place, self.loaded.get(*at)?)))
        {
            for source in figures.sources.iter().filter(|_| !self.sources(figures).is_empty()) {
                let Source::Level(level) = source.source else { continue };
                for one in source.estimates.iter().filter(|one| matches!(one.what, What::Item(_))) {
                    counts.entry(one.what.clone()).or_default().n.insert((place, level), one.n);
                }
            }
        }
        let headline = self.edition.edition.headline_levels();
        for (item, counts) in &counts {
            let mut found = Hidden::new();
            if protect::hide(item, counts, &parents, headline, &mut found).is_err() {
                // A table too large to be protected shows no item at all.
                let sources = || Level::ALL.iter().map(|level| Source::Level(*level)).chain([Source::Headline]);
                let everything = (0..places.len()).flat_map(|place| sources().map(move |source| (place, source)));
                found.extend(everything.map(|(place, source)| (place, source, item.clone())));
            }
            hidden.extend(
                found.into_iter().filter_map(|(place, source, what)| Some((*places.get(place)?, source, what))),
            );
        }
    }

    fn groups(&self) -> (Vec<Group>, Vec<TargetRef>) {
        let mut targets: Vec<TargetRef> = Vec::new();
        let hidden = self.hidden();
        let mut groups = Vec::new();
        for (at, figures) in self.loaded.iter().enumerate() {
            for SourceFigures { source, estimates, forms, tally, .. } in self.sources(figures) {
                let hides = |what: &What| hidden.contains(&(at, *source, what.clone()));
                let mut figures_of = self.freeze(estimates, hides, &mut targets);
                crate::bundle::distribute(&mut figures_of, &self.edition.edition, tally);
                groups.push(Group {
                    unit: figures.unit.code.clone(),
                    field: None,
                    period: None,
                    break_before: None,
                    source: source.word().to_owned(),
                    run: name_of(self.edition),
                    forms: (*forms >= FEWEST_PUBLISHED).then_some(*forms),
                    figures: figures_of,
                });
            }
        }
        if let Some(top) = self.loaded.first() {
            self.parts(top, &mut targets, &mut groups);
            self.series(top, &mut targets, &mut groups);
        }
        (groups, targets)
    }

    fn freeze(
        &self,
        estimates: &[Estimate],
        hides: impl Fn(&What) -> bool,
        targets: &mut Vec<TargetRef>,
    ) -> Vec<crate::bundle::Frozen> {
        crate::bundle::freeze(&self.edition.edition, estimates, hides, |target| place_of(targets, target))
    }

    /// By field, of the unit at the top: the composite alone, so that nothing small can be found out from items.
    fn parts(&self, top: &UnitFigures, targets: &mut Vec<TargetRef>, groups: &mut Vec<Group>) {
        for part in top.fields.iter().filter(|_| self.choice.fields) {
            let (PartName::Field(field, _), Some(composite)) = (&part.part, part.estimates.first()) else { continue };
            groups.push(Group {
                unit: top.unit.code.clone(),
                field: Some(field.0),
                period: None,
                break_before: None,
                source: composite.source.word().to_owned(),
                run: name_of(self.edition),
                forms: None,
                figures: self.freeze(std::slice::from_ref(composite), |_| false, targets),
            });
        }
    }

    /// Quarters that are over, of the unit at the top.
    fn series(&self, top: &UnitFigures, targets: &mut Vec<TargetRef>, groups: &mut Vec<Group>) {
        if !self.choice.series {
            return;
        }
        let mut reason: Option<String> = None;
        for (at, point) in top.quarters.points.iter().enumerate() {
            for one in top.quarters.breaks.iter().filter(|one| one.before == at) {
                let why = match one.why {
                    Why::Questionnaire(day) => format!("questionnaire {}", day.iso()),
                    Why::Reorganised(day) => format!("reorganised {}", day.iso()),
                };
                reason = Some(reason.map_or(why.clone(), |known| format!("{known}; {why}")));
            }
            let is_over = point.state == PeriodState::Closed && point.period.to <= self.asked.period.to;
            let (Some(composite), Some(edition), true) = (&point.headline, &point.edition, is_over) else { continue };
            let figures = crate::bundle::freeze(
                &edition.edition,
                std::slice::from_ref(composite),
                |_| false,
                |target| place_of(targets, target),
            );
            groups.push(Group {
                unit: top.unit.code.clone(),
                field: None,
                period: Some((point.period.from.iso(), point.period.to.iso())),
                break_before: reason.take(),
                source: Source::Headline.word().to_owned(),
                run: name_of(edition),
                forms: None,
                figures,
            });
        }
    }

    fn units(&self) -> Vec<UnitRef> {
        let code = |at: usize| self.loaded.get(at).map(|figures| figures.unit.code.clone());
        let places = self.loaded.iter().zip(&self.asked.units).enumerate();
        places
            .map(|(at, (figures, (_, parent)))| UnitRef {
                code: figures.unit.code.clone(),
                name: figures.unit.name.clone(),
                kind: figures.unit.kind.word().to_owned(),
                parent: parent.and_then(code),
                apart: self.is_apart(at),
                returned: figures.transactions,
                offered: figures.offered,
            })
            .collect()
    }

    fn fields(&self) -> Vec<FieldPart> {
        let parts = self.loaded.first().filter(|_| self.choice.fields).map(|top| top.fields.iter());
        let named = |part: &crate::publish::figures::PartFigures| match &part.part {
            PartName::Field(field, name) => Some(FieldPart { id: field.0, name: name.clone() }),
            _ => None,
        };
        parts.into_iter().flatten().filter_map(named).collect()
    }

    /// Editions of the runs that figures are of.
    fn editions(&self) -> Vec<EditionRef> {
        let editions = &self.snapshot.editions;
        let mut runs: BTreeSet<EditionNumber> = BTreeSet::from([self.edition.number]);
        if let Some(top) = self.loaded.first().filter(|_| self.choice.series) {
            runs.extend(top.quarters.points.iter().filter_map(|point| Some(point.edition.as_ref()?.number)));
        }
        let of_run = editions.iter().filter(|one| runs.contains(&editions.continued_by(one.number)));
        of_run
            .filter_map(|one| {
                Some(EditionRef {
                    name: name_of(one),
                    run: name_of(editions.get(editions.continued_by(one.number))?),
                    hash: hex(&one.hash),
                    first_day: one.first_day.iso(),
                })
            })
            .collect()
    }

    fn withheld(&self) -> Vec<WithheldMonth> {
        let mut found = Vec::new();
        let halves = || (self.asked.period.from.half().0..=self.asked.period.to.half().0).map(Half);
        for figures in self.loaded.iter().filter(|figures| !figures.disputed.is_empty()) {
            for (half, level) in halves().flat_map(|half| Level::ALL.iter().map(move |level| (half, *level))) {
                if self.snapshot.disputes.withholds(figures.unit.unit, half, level) {
                    found.push(WithheldMonth {
                        unit: figures.unit.code.clone(),
                        half: half.first().iso(),
                        level: level.word().to_owned(),
                    });
                }
            }
        }
        found.sort();
        found
    }

    /// Block sums of the published units, and the blocks themselves.
    fn blocks(&self, found: &[Block]) -> (Vec<BlockSum>, Evidence) {
        let (directory, editions) = (&self.snapshot.directory, &self.snapshot.editions);
        let code = |unit: &UnitId, day: Day| directory.unit_on(*unit, day).map(|unit| unit.code.clone());
        let published: BTreeMap<UnitId, String> =
            self.loaded.iter().map(|figures| (figures.unit.unit, figures.unit.code.clone())).collect();
        let is_of_run = |block: &&Block| editions.continued_by(block.edition) == self.edition.number;
        let (mut sums, mut evidence): (BTreeMap<_, BlockSum>, Evidence) = (BTreeMap::new(), Evidence::default());
        let mut points: BTreeSet<(i32, Half)> = BTreeSet::new();
        for block in found.iter().filter(is_of_run) {
            let unit = match block.node {
                Node::Point(point) => directory.receiving_unit(point, block.through),
                Node::Pool(unit) => Some(unit),
            };
            let Some((unit, edition)) = unit.zip(editions.get(block.edition)) else { continue };
            let path = directory.counted_path(unit, block.through);
            let Some(of) = path.iter().find_map(|unit| published.get(unit)) else { continue };
            let n = u64::try_from(block.n).unwrap_or(0);
            let key = (of.clone(), name_of(edition), block.level, block.half);
            let sum = sums.entry(key).or_insert_with(|| BlockSum {
                unit: of.clone(),
                edition: name_of(edition),
                level: block.level.word().to_owned(),
                half: block.half.first().iso(),
                blocks: 0,
                smallest: u64::MAX,
                forms: 0,
            });
            sum.blocks += 1;
            sum.smallest = sum.smallest.min(n);
            sum.forms += n;
            let point = match block.node {
                Node::Point(point) => Some(point.0),
                Node::Pool(_) => None,
            };
            evidence.blocks.push(EvidenceBlock {
                point,
                path: path.iter().filter_map(|unit| code(unit, block.through)).collect(),
                edition: name_of(edition),
                level: block.level.word().to_owned(),
                half: block.half.first().0,
                number: block.number,
                through: block.through.0,
                n,
            });
            points.extend(directory.points().iter().map(|(point, _)| (point.point.0, block.half)));
        }
        for (point, half) in points {
            let last = half.last();
            let Some(unit) = directory.receiving_unit(crate::words::PointId(point), last) else { continue };
            let path = directory.counted_path(unit, last);
            let path = path.iter().filter_map(|unit| code(unit, last)).collect();
            evidence.points.push(EvidencePoint { point, half: half.first().0, path });
        }
        evidence.blocks.sort();
        evidence.points.sort();
        (sums.into_values().collect(), evidence)
    }
}

fn place_of(targets: &mut Vec<TargetRef>, target: &TargetRef) -> usize {
    targets.iter().position(|known| known == target).unwrap_or_else(|| {
        targets.push(target.clone());
        targets.len() - 1
    })
}

/// The first signed checkpoint over every batch of the period.
async fn checkpoint(
    db: &Database,
    snapshot: &Snapshot,
    period: Period,
) -> anyhow::Result<Option<(StoredCheckpoint, Checkpoint)>> {
    let end = span(db, snapshot, period).await?.map_or(0, |(_, end)| end);
    let found = checkpoints::first_above(db.reader(), snapshot.province, end - 1).await;
    let Some(stored) = found.context("while looking for a checkpoint")? else { return Ok(None) };
    let read = Note::parse(&stored.note).and_then(|note| Checkpoint::parse(note.text()));
    Ok(read.map(|read| (stored, read)))
}

/// Places of the first leaf of the period and behind the last.
async fn span(db: &Database, snapshot: &Snapshot, period: Period) -> anyhow::Result<Option<(i64, i64)>> {
    let found = batches::of_days(db.reader(), snapshot.province, (period.from, period.to)).await;
    let found = found.context("while reading batches")?;
    let first = found.iter().map(|batch| batch.first).min();
    let end = found.iter().map(|batch| batch.first.saturating_add(batch.n)).max();
    Ok(first.zip(end))
}

async fn batches_of(
    db: &Database,
    snapshot: &Snapshot,
    period: Period,
    stored: &StoredCheckpoint,
    signed: &Checkpoint,
) -> anyhow::Result<CheckpointRef> {
    let first = span(db, snapshot, period).await?.map_or(stored.size, |(first, _)| first);
    let found = batches::holding(db.reader(), snapshot.province, (first, stored.size)).await;
    let found = found.context("while reading batches")?;
    let batches = found.iter().map(|batch| (batch.day.iso(), u64::try_from(batch.n).unwrap_or(0))).collect();
    Ok(CheckpointRef {
        size: signed.size,
        root: hex(&signed.root),
        through: signed.through.iso(),
        first: u64::try_from(first)?,
        batches,
    })
}

/// The methods that the figures name, each with the hash of its entry.
fn methods_of(groups: &[Group]) -> Vec<MethodRef> {
    let words: BTreeSet<&str> =
        groups.iter().flat_map(|group| &group.figures).filter_map(|figure| figure.method.as_deref()).collect();
    let named = words.into_iter().chain([crate::index::RULE, Statistic::Share.word()]);
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for method in named.filter_map(methods::find) {
        let formula = method.formula.as_ref().map_or("", |formula| formula.en.as_str());
        let parts = [&method.id, &method.title.en, &method.what.en, formula, &method.edge.en];
        found.insert(method.id.clone(), hex(&sha256(&[parts.join("\n").as_bytes()])));
    }
    found.into_iter().map(|(id, hash)| MethodRef { id, hash }).collect()
}

/// Decisions about answers of the period.
fn decisions(snapshot: &Snapshot, period: Period) -> Vec<DecisionRef> {
    let shares = |days: Period| days.from <= period.to && days.to >= period.from;
    let moves = snapshot.moves.iter().filter(|known| shares(known.moved.days));
    let moves = moves.map(|known| (known.id, "move", known.reason));
    let exclusions = snapshot.exclusions.iter().filter(|known| known.is_in_force() && shares(known.exclusion.days));
    let exclusions = exclusions.map(|known| (known.id, "exclude", known.reason));
    let of = |(id, kind, reason): (crate::words::DecisionId, &str, crate::words::DecisionReason)| DecisionRef {
        id: id.0,
        kind: kind.to_owned(),
        reason: reason.word().to_owned(),
    };
    moves.chain(exclusions).map(of).collect()
}
