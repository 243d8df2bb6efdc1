//! Parts of a unit's figures: by field, and by the office that decides.

use super::load::Reading;
use super::runs::{Composites, Counts, headline, joined};
use super::{OwnedTargets, PartFigures, PartName};
use crate::index::{Target, score};
use crate::publish::tallies;
use crate::registry::InstalledEdition;
use crate::store::ConnectionTrait;
use crate::store::figures::{NOT_SPLIT, PartKind};
use crate::words::{FieldId, UnitId, UnitKind};
use std::sync::Arc;

/// Parts that are shown at most: the largest; the bound is far above the offices of a province.
const MOST_PARTS: usize = 200;

/// By field; empty where not at least two are told apart.
pub(super) async fn fields(
    db: &impl ConnectionTrait,
    reading: &Reading<'_>,
    edition: &Arc<InstalledEdition>,
) -> anyhow::Result<Vec<PartFigures>> {
    let counts = read(db, reading, (reading.unit, PartKind::Field, None)).await?;
    let name = |part: i32| {
        let field = i16::try_from(part).ok().map(FieldId)?;
        if field == FieldId::NONE {
            return Some(PartName::Unknown);
        }
        Some(PartName::Field(field, reading.snapshot.directory.field_name(field)?.to_owned()))
    };
    Ok(told_apart(reading, edition, &counts, name))
}

/// By the office that decides what is received here; empty where not at least two are told apart.
pub(super) async fn deciders(
    db: &impl ConnectionTrait,
    reading: &Reading<'_>,
    edition: &Arc<InstalledEdition>,
) -> anyhow::Result<Vec<PartFigures>> {
    let counts = read(db, reading, (reading.unit, PartKind::DecidingUnit, None)).await?;
    let name = |part: i32| match UnitId(part) {
        UnitId::NONE => Some(PartName::Unknown),
        unit => reading.snapshot.directory.unit_on(unit, reading.day).cloned().map(PartName::Decider),
    };
    Ok(told_apart(reading, edition, &counts, name))
}

/// As the deciding office, with the units below it, of dossiers received anywhere in the province; of the province itself
/// everything is.
pub(super) async fn decided(
    db: &impl ConnectionTrait,
    reading: &Reading<'_>,
    edition: &Arc<InstalledEdition>,
) -> anyhow::Result<Option<PartFigures>> {
    let directory = &reading.snapshot.directory;
    let top = reading.path.last().copied().filter(|top| *top != reading.unit);
    let Some((top, unit)) = top.zip(directory.unit_on(reading.unit, reading.day)) else {
        return Ok(None);
    };
    if unit.kind == UnitKind::Line {
        return Ok(None);
    }
    let below = directory.units().map(|(unit, _)| unit);
    let offices: Vec<i32> = below
        .filter(|office| directory.path(*office, reading.day).contains(&reading.unit))
        .map(|office| office.0)
        .take(MOST_PARTS)
        .collect();
    let counts = read(db, reading, (top, PartKind::DecidingUnit, Some(&offices))).await?;
    let mut sums: Counts<i32> = Counts::new();
    for ((_, run, level), tally) in &counts {
        sums.entry((reading.unit.0, *run, *level)).or_default().merge(tally);
    }
    let part = PartName::Decider(unit.clone());
    Ok(headline(reading.only, edition, &sums, &reading.unit.0)
        .map(|_| figures_of(reading, edition, &sums, reading.unit.0, part)))
}

async fn read(
    db: &impl ConnectionTrait,
    reading: &Reading<'_>,
    of: (UnitId, PartKind, Option<&[i32]>),
) -> anyhow::Result<Counts<i32>> {
    let (from, to) = (reading.period.from.half(), reading.period.to.half());
    let mut counts = joined(reading.snapshot, tallies::parts(db, reading.snapshot, of, from, to).await?);
    counts.retain(|(_, _, level), _| reading.only.level.is_none_or(|own| own == *level));
    Ok(counts)
}

fn told_apart(
    reading: &Reading<'_>,
    edition: &Arc<InstalledEdition>,
    counts: &Counts<i32>,
    name: impl Fn(i32) -> Option<PartName>,
) -> Vec<PartFigures> {
    let mut parts: Vec<i32> =
        counts.keys().filter(|(_, run, _)| *run == edition.number).map(|(part, ..)| *part).collect();
    parts.dedup();
    let named = parts.into_iter().filter_map(|part| {
        let name = if part == NOT_SPLIT { PartName::NotSplit } else { name(part)? };
        headline(reading.only, edition, counts, &part).map(|_| figures_of(reading, edition, counts, part, name))
    });
    let mut found: Vec<PartFigures> = named.take(MOST_PARTS).collect();
    // What is not known or not split is told last, and says nothing alone.
    found.sort_by_key(|part| match part.part {
        PartName::Field(..) | PartName::Decider(_) => 0,
        PartName::Unknown => 1,
        PartName::NotSplit => 2,
    });
    let is_told_apart = found.iter().any(|part| matches!(part.part, PartName::Field(..) | PartName::Decider(_)));
    if is_told_apart && found.len() > 1 { found } else { Vec::new() }
}

fn figures_of(
    reading: &Reading<'_>,
    edition: &Arc<InstalledEdition>,
    counts: &Counts<i32>,
    part: i32,
    name: PartName,
) -> PartFigures {
    let targets = match &name {
        PartName::Field(field, _) => reading.targets_of_field(*field),
        _ => reading.targets(reading.measure, &reading.path, reading.period.to.year()),
    };
    let current: Vec<&Target> = targets.current.iter().collect();
    let composites =
        Composites { only: reading.only, edition, state: reading.state, targets: &current, transactions: None };
    let tally = headline(reading.only, edition, counts, &part).unwrap_or_default();
    let estimates = score(&composites.figure(&tally, reading.only.source()));
    PartFigures { part: name, estimates, targets }
}

/// The targets of fields that have one of their own, by name of the field.
pub(super) fn field_targets(reading: &Reading<'_>) -> Vec<(String, OwnedTargets)> {
    let directory = &reading.snapshot.directory;
    let mut fields: Vec<FieldId> = reading.snapshot.targets.iter().map(|target| target.field).collect();
    fields.sort_unstable();
    fields.dedup();
    let of = |field: FieldId| {
        let name = directory.field_name(field)?.to_owned();
        let own = reading.targets_of_just(field);
        let has_any = !(own.current.is_empty() && own.coming.is_empty() && own.undecided.is_empty());
        has_any.then_some((name, own))
    };
    fields.into_iter().filter(|field| *field != FieldId::NONE).filter_map(of).collect()
}
