//! The office's counts after everything that two persons decided: raw − excluded − moved out + moved in, exactly.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use super::tallies::OfficeKey;
use crate::questionnaire::{Tally, decode};
use crate::registry::exclusions::Exclusion;
use crate::registry::moves::Move;
use crate::registry::{InstalledEdition, Snapshot};
use crate::store::counts::{self, Adjustment};
use crate::store::{ConnectionTrait, Database, answers};
use crate::words::{Channel, Day, EditionNumber, Level, Measure, Period, PointId, UnitId};

/// Counts of a unit.
type Counts = BTreeMap<OfficeKey, Tally>;

/// The counts of a unit with all exclusions and moves taken into account; nothing where no answer of the period was excluded
/// or crossed its border.
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
        let days = Days::of(known.moved.days, period, unit, |day| known.moved.sides(&snapshot.directory, day));
        sum.add_all(&tx, &Taken::of_move(&known.moved), &days, measure).await?;
    }
    for known in snapshot.exclusions.iter().filter(|known| known.is_in_force()) {
        let lost = |day| (known.exclusion.losing(&snapshot.directory, day), Vec::new());
        let days = Days::of(known.exclusion.days, period, unit, lost);
        sum.add_all(&tx, &Taken::of_exclusion(&known.exclusion), &days, measure).await?;
    }
    tx.rollback().await.context("while ending to read")?;
    Ok(sum.is_changed.then_some(sum.counts))
}

/// The answers that a decision takes, on its days.
struct Taken {
    point: PointId,
    /// Under which their cells stand a second time.
    adjustment: Adjustment,
    level: Option<Level>,
    channel: Option<Channel>,
}

impl Taken {
    const fn of_move(moved: &Move) -> Self {
        Self { point: moved.from, adjustment: Adjustment::MovedOut, level: None, channel: None }
    }

    const fn of_exclusion(exclusion: &Exclusion) -> Self {
        let (level, channel) = (Some(exclusion.level), exclusion.channel);
        Self { point: exclusion.point, adjustment: Adjustment::Excluded, level, channel }
    }

    fn holds(&self, level: Level, channel: Channel) -> bool {
        self.level.is_none_or(|only| only == level) && self.channel.is_none_or(|only| only == channel)
    }
}

/// Days of a decision on which a unit loses answers, and on which it gains them.
struct Days {
    losing: BTreeSet<Day>,
    gaining: BTreeSet<Day>,
}

impl Days {
    /// The days of the decision that lie in the period; `sides` names the units that lose and that gain on a day.
    fn of(decided: Period, period: Period, unit: UnitId, sides: impl Fn(Day) -> (Vec<UnitId>, Vec<UnitId>)) -> Self {
        let (first, last) = (decided.from.max(period.from), decided.to.min(period.to));
        let mut days = Self { losing: BTreeSet::new(), gaining: BTreeSet::new() };
        for day in (first.0..=last.0).map(Day) {
            let (losing, gaining) = sides(day);
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
    async fn add_all(
        &mut self,
        tx: &impl ConnectionTrait,
        taken: &Taken,
        days: &Days,
        measure: Measure,
    ) -> anyhow::Result<()> {
        self.add_cells(tx, taken, days).await?;
        self.add_long_forms(tx, taken, days, measure).await
    }

    async fn add_cells(&mut self, tx: &impl ConnectionTrait, taken: &Taken, days: &Days) -> anyhow::Result<()> {
        let Some((first, last)) = days.all().min().zip(days.all().max()) else { return Ok(()) };
        let of = (taken.point, taken.adjustment);
        let cells = counts::cells_of_point(tx, self.snapshot.province, of, first, last)
            .await
            .context("while reading what was excluded or moved")?;
        for (series, count) in cells.into_iter().filter(|(series, _)| taken.holds(series.level, series.channel)) {
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
        taken: &Taken,
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
            let is_taken = |answer: &answers::CountedAnswer| {
                answer.point == taken.point && taken.holds(answer.level, answer.channel)
            };
            for answer in found.into_iter().filter(is_taken) {
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
