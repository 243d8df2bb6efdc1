//! The office's counts after every move that two persons decided: raw − moved out + moved in, exactly.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use super::tallies::OfficeKey;
use crate::questionnaire::{Tally, decode};
use crate::registry::moves::Move;
use crate::registry::{InstalledEdition, Snapshot};
use crate::store::counts::{self, Adjustment};
use crate::store::{ConnectionTrait, Database, answers};
use crate::words::{Day, EditionNumber, Measure, Period, UnitId};

/// Counts of a unit.
type Counts = BTreeMap<OfficeKey, Tally>;

/// The counts of a unit with all moves taken into account; nothing where no answer of the period crossed its border.
pub async fn cleaned(
    db: &Database,
    snapshot: &Snapshot,
    (unit, period): (UnitId, Period),
    measure: Measure,
    raw: &Counts,
) -> anyhow::Result<Option<Counts>> {
    let tx = db.begin_reading().await.context("while beginning to read")?;
    let mut sum = Sum { snapshot, counts: raw.clone(), is_changed: false };
    for known in &snapshot.moves {
        let days = Days::of(snapshot, &known.moved, unit, period);
        if !days.losing.is_empty() || !days.gaining.is_empty() {
            sum.add_cells(&tx, &known.moved, &days).await?;
            sum.add_long_forms(&tx, &known.moved, &days, measure).await?;
        }
    }
    tx.rollback().await.context("while ending to read")?;
    Ok(sum.is_changed.then_some(sum.counts))
}

/// Days of a move on which a unit loses answers, and on which it gains them.
struct Days {
    losing: BTreeSet<Day>,
    gaining: BTreeSet<Day>,
}

impl Days {
    fn of(snapshot: &Snapshot, moved: &Move, unit: UnitId, period: Period) -> Self {
        let (first, last) = (moved.days.from.max(period.from), moved.days.to.min(period.to));
        let mut days = Self { losing: BTreeSet::new(), gaining: BTreeSet::new() };
        for day in (first.0..=last.0).map(Day) {
            let (losing, gaining) = moved.sides(&snapshot.directory, day);
            if losing.contains(&unit) {
                days.losing.insert(day);
            }
            if gaining.contains(&unit) {
                days.gaining.insert(day);
            }
        }
        days
    }

    fn all(&self) -> impl Iterator<Item = Day> {
        self.losing.union(&self.gaining).copied()
    }
}

struct Sum<'a> {
    snapshot: &'a Snapshot,
    counts: Counts,
    is_changed: bool,
}

impl Sum<'_> {
    async fn add_cells(&mut self, tx: &impl ConnectionTrait, moved: &Move, days: &Days) -> anyhow::Result<()> {
        let Some((first, last)) = days.all().min().zip(days.all().max()) else { return Ok(()) };
        let of = (moved.from, Adjustment::MovedOut);
        let cells = counts::cells_of_point(tx, self.snapshot.province, of, first, last)
            .await
            .context("while reading what was moved")?;
        for (series, count) in cells {
            let installed = edition(self.snapshot, series.edition)?;
            if installed.edition.pairs_from_answers() {
                continue;
            }
            let (edition, level, channel, field) = (series.edition, series.level, series.channel, series.field);
            let mut tally = Tally::empty(&installed.edition);
            counts::add_count(&installed.edition, &mut tally, &count);
            self.add(OfficeKey { edition, level, channel, field }, series.day, &tally, days);
        }
        Ok(())
    }

    /// Editions whose cells hold no pairs are counted from the answers, as the raw counts are.
    async fn add_long_forms(
        &mut self,
        tx: &impl ConnectionTrait,
        moved: &Move,
        days: &Days,
        measure: Measure,
    ) -> anyhow::Result<()> {
        let snapshot = self.snapshot;
        let is_long = |installed: &&std::sync::Arc<InstalledEdition>| {
            installed.edition.measure() == measure && installed.edition.pairs_from_answers()
        };
        let long: Vec<EditionNumber> = snapshot.editions.iter().filter(is_long).map(|e| e.number).collect();
        if long.is_empty() {
            return Ok(());
        }
        for day in days.all() {
            let found =
                answers::of_day(tx, snapshot.province, day, &long).await.context("while reading the answers")?;
            for answer in found.into_iter().filter(|answer| answer.point == moved.from) {
                let installed = edition(snapshot, answer.edition)?;
                let sheet = decode(&installed.edition, &answer.answers).context("while reading a stored answer")?;
                let mut tally = Tally::with_pairs(&installed.edition);
                tally.add_answers(&installed.edition, &sheet);
                let (edition, level) = (answer.edition, answer.level);
                let key = OfficeKey { edition, level, channel: answer.channel, field: answer.field };
                self.add(key, day, &tally, days);
            }
        }
        Ok(())
    }

    fn add(&mut self, key: OfficeKey, day: Day, tally: &Tally, days: &Days) {
        let sum = self.counts.entry(key).or_default();
        if days.losing.contains(&day) {
            sum.subtract(tally);
            self.is_changed = true;
        }
        if days.gaining.contains(&day) {
            sum.merge(tally);
            self.is_changed = true;
        }
    }
}

fn edition(snapshot: &Snapshot, number: EditionNumber) -> anyhow::Result<&InstalledEdition> {
    let found = snapshot.editions.get(number).map(std::convert::AsRef::as_ref);
    found.with_context(|| format!("edition {number} is missing"))
}
