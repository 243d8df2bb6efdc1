//! Looking: what is found at a moment is written once, and never changed.

use std::collections::BTreeMap;

use anyhow::Context;

use super::counts::{Subject, nodes_with_blocks, within_blocks};
use crate::index::alerts::{Sign, Watched, read};
use crate::index::{Comparison, Target, TargetValue, applicable};
use crate::questionnaire::Tally;
use crate::registry::{InstalledEdition, Snapshot};
use crate::statistics::{Count, Share};
use crate::store::alerts::{self, Node, StoredAlert};
use crate::store::{ConnectionTrait, Database, counts, installation};
use crate::words::{Day, EditionNumber, FieldId, Half, Level, Period, Province};

/// Half-months of a quarter, and hence moments.
const MOMENTS: i32 = 6;
/// Years for which what was found is kept.
const KEPT_YEARS: i32 = 3;

/// The quarter a moment lies in, from its first half-month to the moment.
fn quarter_to(moment: Half) -> Option<(Half, Half, i32)> {
    let (year, quarter) = Period::quarter_of(moment.last());
    let quarter = Period::reporting_quarter(year, quarter)?;
    Some((quarter.from.half(), moment, quarter.to.year()))
}

/// The moments of the running quarter that are sealed and were not looked at yet, in order; a server that stood still for
/// longer begins with the quarter.
pub async fn due(db: &Database, province: Province) -> anyhow::Result<Vec<Half>> {
    let found = installation::find(db.reader(), province).await.context("while reading the installation")?;
    let Some(sealed) = found.and_then(|installed| installed.sealed_through) else { return Ok(Vec::new()) };
    // The day after the last sealed one lies in a half-month that is not over; the one before it is.
    let last = Half(sealed.plus(1).half().0 - 1);
    let Some((first, ..)) = quarter_to(last) else { return Ok(Vec::new()) };
    let looks = alerts::looks(db.reader(), province, (first.first(), last.last())).await;
    let looked: Vec<Day> = looks.context("while reading the moments")?.into_iter().map(|(day, _)| day).collect();
    // What lies before a moment that was looked at stays as it was left.
    let next = looked.iter().max().map_or(first, |day| day.half().next());
    if next > last {
        return Ok(Vec::new());
    }
    let stored = counts::days(db.reader(), province).await.context("while asking for the first answer")?;
    let Some((began, _)) = stored else { return Ok(Vec::new()) };
    let next = next.max(began.half());
    Ok((next.0..=last.0).map(Half).take(usize::try_from(MOMENTS).unwrap_or(0)).collect())
}

/// Looks at a moment, the end of a half-month that is sealed; how many nodes are marked. `None` if another server has looked.
pub async fn look(db: &Database, snapshot: &Snapshot, moment: Half) -> anyhow::Result<Option<usize>> {
    let Some((first, last, year)) = quarter_to(moment) else { return Ok(None) };
    let day = last.last();
    let tx = db.begin_reading().await.context("while beginning to read")?;
    let counts = within_blocks(&tx, snapshot, (first, last)).await?;
    // With those of the quarter before, so that a quarter does not begin with a few early ones.
    let nodes = nodes_with_blocks(&tx, snapshot, (Half(first.0 - MOMENTS), last)).await?;
    let before = alerts::looks(&tx, snapshot.province, (first.first(), day.plus(-1))).await?.pop();
    let before = match before {
        Some((before, _)) => alerts::of_moment(&tx, snapshot.province, before).await?,
        None => Vec::new(),
    };
    tx.rollback().await.context("while ending to read")?;
    let (found, tested) = found(snapshot, (day, year), &counts, nodes, &before);
    let marked = found.iter().filter(|alert| alert.sign == Sign::Look).count();
    let tx = db.begin().await.context("while taking the turn to write")?;
    let is_ours = alerts::write(&tx, snapshot.province, (day, tested), &found).await.context("while writing alerts")?;
    tx.commit().await.context("while committing")?;
    Ok(is_ours.then_some(marked))
}

/// Forgets what was found too long ago.
pub async fn forget(tx: &impl ConnectionTrait, province: Province, today: Day) -> anyhow::Result<()> {
    let before = today.plus(-KEPT_YEARS * 366);
    alerts::forget_before(tx, province, before).await.context("while forgetting old alerts")
}

type Known = BTreeMap<(Node, EditionNumber, Level), Option<Day>>;

/// What is found of the nodes with a target, and how many nodes there are. Pure.
fn found(
    snapshot: &Snapshot,
    (day, year): (Day, i32),
    counts: &BTreeMap<Subject, Tally>,
    nodes: usize,
    before: &[StoredAlert],
) -> (Vec<StoredAlert>, usize) {
    let since: Known = before.iter().map(|alert| ((alert.node, alert.edition, alert.level), alert.since)).collect();
    let watched: Vec<(&Subject, Vec<Item>, Watched)> = counts
        .iter()
        .filter_map(|(subject, tally)| {
            let edition = snapshot.editions.get(subject.run)?;
            let items = items(edition, tally);
            let target = target(snapshot, subject, edition, day, year)?;
            let counts = items.iter().map(|item| item.count).collect();
            Some((subject, items, Watched { items: counts, target }))
        })
        .collect();
    let all: Vec<Watched> = watched.iter().map(|(_, _, watched)| watched.clone()).collect();
    let tested = nodes.max(all.len());
    let found = watched.iter().zip(read(&all, tested)).map(|((subject, items, watched), reading)| {
        let key = (subject.node, subject.run, subject.level);
        let known = since.get(&key).copied().flatten();
        let item = reading.lowest.and_then(|at| items.get(at));
        let count = item.map(|item| item.count).unwrap_or_default();
        StoredAlert {
            day,
            node: subject.node,
            edition: subject.run,
            level: subject.level,
            unit: subject.unit,
            sign: reading.sign,
            since: (reading.sign == Sign::Look).then(|| known.unwrap_or(day)),
            item: item.map(|item| item.number),
            target: watched.target.value(),
            satisfied: whole(count.successes()),
            answered: whole(count.trials()),
            log_e: reading.log_e,
        }
    });
    (found.collect(), tested)
}

/// An item of a node.
struct Item {
    number: usize,
    count: Count,
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The items of the index, each with satisfied of answered.
fn items(edition: &InstalledEdition, tally: &Tally) -> Vec<Item> {
    let count = |number: usize| {
        let (satisfied, answered) = tally.satisfied(&edition.edition, number)?;
        Count::new(u64::try_from(satisfied).ok()?, u64::try_from(answered).ok()?).ok()
    };
    let ratings = edition.edition.index_ratings();
    ratings.map(|(number, _)| Item { number, count: count(number).unwrap_or_default() }).collect()
}

/// The target of a node: of the measure of its edition, of its unit or the nearest above it. Where documents contradict each
/// other the lowest: whoever is below it is below all of them.
fn target(snapshot: &Snapshot, subject: &Subject, edition: &InstalledEdition, day: Day, year: i32) -> Option<Share> {
    let path = snapshot.directory.path(subject.unit, day);
    let measure = edition.edition.measure();
    let current = applicable(&snapshot.targets, measure, FieldId::NONE, &path, year).current;
    let is_share = |target: &&Target| {
        target.value == TargetValue::Percent && matches!(target.comparison, Comparison::AtLeast | Comparison::MoreThan)
    };
    let shares = current.into_iter().filter(is_share).filter_map(|target| target.threshold);
    let within = shares.filter(|threshold| *threshold > 0.0 && *threshold < 1.0);
    within.min_by(f64::total_cmp).and_then(Share::new)
}
