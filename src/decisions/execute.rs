//! What an approval does to the counts: cells exactly; figures as far as nobody is isolated. The answers stay as they are.

use std::collections::BTreeMap;

use anyhow::Context;

use super::plan::{Piece, Step, pieces, steps_of};
use crate::collect::seal::k_of;
use crate::questionnaire::{Edition, Tally, decode};
use crate::registry::decided::Decided;
use crate::registry::exclusions::Exclusion;
use crate::registry::moves::Move;
use crate::registry::{Directory, Editions};
use crate::store::counts::{self, Adjustment, Count, Series};
use crate::store::figures::{self, FigureKey};
use crate::store::{ConnectionTrait, answers, blocks};
use crate::words::{Channel, Day, DecisionId, EditionNumber, Half, Level, Period, PointId, Province, UnitId};

/// What an approval depends on beside what it decides.
pub(super) struct Before<'a> {
    /// Number of the decision.
    pub id: DecisionId,
    /// Units and points.
    pub directory: &'a Directory,
    /// What was approved before.
    pub decided: &'a Decided,
    /// Whether the data are a simulation.
    pub simulated: bool,
}

/// Moves the counts.
pub(super) async fn moved(
    tx: &impl ConnectionTrait,
    province: Province,
    moved: &Move,
    before: &Before<'_>,
) -> anyhow::Result<()> {
    let cells = raw_cells(tx, province, moved.from, moved.halves()).await?;
    let out = taken(&cells, |series| moved.takes(series.point, series.day));
    let into = out.iter().map(|(series, counts)| (moved.there(*series), counts.clone())).collect();
    for (adjustment, cells) in [(Adjustment::MovedOut, &out), (Adjustment::MovedIn, &into)] {
        counts::adjust_cells(tx, province, adjustment, cells).await.context("while moving the cells")?;
    }
    let change = Change { point: moved.from, halves: moved.halves(), step: Step::moved(before.id, moved), sign: 1 };
    let sides = |through| {
        let (losing, gaining) = moved.sides(before.directory, through);
        vec![(Adjustment::MovedOut, losing), (Adjustment::MovedIn, gaining)]
    };
    change.figures(tx, province, before, &cells, sides).await
}

/// Excludes the counts.
pub(super) async fn excluded(
    tx: &impl ConnectionTrait,
    province: Province,
    exclusion: &Exclusion,
    before: &Before<'_>,
) -> anyhow::Result<()> {
    let cells = raw_cells(tx, province, exclusion.point, exclusion.halves()).await?;
    let out = taken(&cells, |series| exclusion.takes((series.point, series.level, series.channel), series.day));
    counts::adjust_cells(tx, province, Adjustment::Excluded, &out).await.context("while excluding the cells")?;
    let step = Step::excluded(before.id, exclusion);
    let change = Change { point: exclusion.point, halves: exclusion.halves(), step, sign: 1 };
    let sides = |through| vec![(Adjustment::Excluded, exclusion.losing(before.directory, through))];
    change.figures(tx, province, before, &cells, sides).await
}

/// Takes an exclusion back: what it took out of cells and figures, and nothing else.
pub(super) async fn restored(
    tx: &impl ConnectionTrait,
    province: Province,
    (id, exclusion): (DecisionId, &Exclusion),
    before: &Before<'_>,
) -> anyhow::Result<()> {
    let of = (exclusion.point, Adjustment::Excluded);
    let excluded = counts::cells_of_point(tx, province, of, exclusion.days.from, exclusion.days.to)
        .await
        .context("while reading what was excluded")?;
    let mut back = taken(&excluded, |series| exclusion.takes((series.point, series.level, series.channel), series.day));
    back.values_mut().flatten().for_each(|count| *count = count.negated());
    counts::adjust_cells(tx, province, Adjustment::Excluded, &back).await.context("while restoring the cells")?;
    let cells = raw_cells(tx, province, exclusion.point, exclusion.halves()).await?;
    let change = Change { point: exclusion.point, halves: exclusion.halves(), step: Step::Back(id), sign: -1 };
    let sides = |through| vec![(Adjustment::Excluded, exclusion.losing(before.directory, through))];
    change.figures(tx, province, before, &cells, sides).await
}

async fn raw_cells(
    tx: &impl ConnectionTrait,
    province: Province,
    point: PointId,
    (first, last): (Half, Half),
) -> anyhow::Result<Vec<(Series, Count)>> {
    let raw = (point, Adjustment::Raw);
    let found = counts::cells_of_point(tx, province, raw, first.first(), last.last()).await;
    found.context("while reading the cells of the point")
}

fn taken(cells: &[(Series, Count)], is_taken: impl Fn(&Series) -> bool) -> BTreeMap<Series, Vec<Count>> {
    let mut found: BTreeMap<Series, Vec<Count>> = BTreeMap::new();
    for (series, count) in cells.iter().filter(|(series, _)| is_taken(series)) {
        found.entry(*series).or_default().push(*count);
    }
    found
}

/// A change of the figures of a point.
struct Change {
    point: PointId,
    halves: (Half, Half),
    step: Step,
    /// 1, or -1 where it gives back.
    sign: i8,
}

impl Change {
    /// Adds the pieces it takes to the figures of the units that `sides` names for the last day of their block.
    async fn figures(
        &self,
        tx: &impl ConnectionTrait,
        province: Province,
        before: &Before<'_>,
        cells: &[(Series, Count)],
        sides: impl Fn(Day) -> Vec<(Adjustment, Vec<UnitId>)>,
    ) -> anyhow::Result<()> {
        let (first, last) = self.halves;
        let blocks = blocks::of_halves(tx, province, first, last).await.context("while reading the blocks")?;
        let steps = [steps_of(self.point, before.decided), vec![self.step]].concat();
        let pieces = pieces(self.point, &steps, &blocks, cells, k_of(before.simulated));
        if pieces.is_empty() {
            return Ok(());
        }
        let editions = Editions::load(tx).await?;
        let mut sums: BTreeMap<Adjustment, BTreeMap<FigureKey, Tally>> = BTreeMap::new();
        for piece in &pieces {
            let (number, level, half) = (piece.block.edition, piece.block.level, piece.block.half);
            let edition = edition_of(&editions, number)?;
            let sum = self.sum_of(tx, province, piece, cells, edition).await?;
            for (adjustment, units) in sides(piece.block.through) {
                for unit in units {
                    let figures = sums.entry(adjustment).or_default();
                    let key = FigureKey { unit, edition: number, level, half };
                    let figure = figures.entry(key).or_insert_with(|| Tally::with_pairs(edition));
                    if self.sign < 0 { figure.subtract(&sum) } else { figure.merge(&sum) }
                }
            }
        }
        for (adjustment, sums) in sums {
            let rows: BTreeMap<FigureKey, Vec<Count>> = sums
                .iter()
                .map(|(key, tally)| Ok((*key, counts::counts_of(edition_of(&editions, key.edition)?, tally))))
                .collect::<anyhow::Result<_>>()?;
            figures::adjust(tx, province, adjustment, &rows).await.context("while changing the figures")?;
        }
        Ok(())
    }

    /// The counts of a piece. Pairs of editions whose cells hold none come from the answers of its days.
    async fn sum_of(
        &self,
        tx: &impl ConnectionTrait,
        province: Province,
        piece: &Piece,
        cells: &[(Series, Count)],
        edition: &Edition,
    ) -> anyhow::Result<Tally> {
        let mut sum = Tally::empty(edition);
        let is_of = |series: &Series| {
            (series.edition, series.level) == (piece.block.edition, piece.block.level)
                && piece.slices.contains(&(series.day, series.channel))
        };
        for (_, count) in cells.iter().filter(|(series, _)| is_of(series)) {
            counts::add_count(edition, &mut sum, count);
        }
        if edition.pairs_from_answers() {
            let mut counted = Tally::with_pairs(edition);
            let days: std::collections::BTreeSet<Day> = piece.slices.iter().map(|(day, _)| *day).collect();
            for day in days {
                let found = answers::of_day(tx, province, day, &[piece.block.edition])
                    .await
                    .context("while reading the answers of a day")?;
                for answer in found {
                    let is_of_piece = answer.point == self.point
                        && answer.level == piece.block.level
                        && piece.slices.contains(&(day, answer.channel));
                    if is_of_piece {
                        counted.add_answers(edition, &decode(edition, &answer.answers).context("in a stored answer")?);
                    }
                }
            }
            sum.pairs = counted.pairs;
        }
        Ok(sum)
    }
}

fn edition_of(editions: &Editions, number: EditionNumber) -> anyhow::Result<&Edition> {
    let installed = editions.get(number).with_context(|| format!("edition {number} is not stored"))?;
    Ok(&installed.edition)
}

/// Which answers of a point a proposal is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub point: PointId,
    pub days: Period,
    pub level: Option<Level>,
    pub channel: Option<Channel>,
}

/// Whether answers of the point that were entered late for one of the half-months wait to be sealed, and whether there is
/// anything that is asked about.
pub(super) async fn state_of(
    tx: &impl ConnectionTrait,
    province: Province,
    asked: &Asked,
) -> anyhow::Result<(bool, bool)> {
    let halves = asked.days.from.half()..=asked.days.to.half();
    let open = answers::open_answers(tx, province, halves.end().last()).await.context("while reading the open days")?;
    let are_waiting = open.iter().any(|answer| answer.point == asked.point && halves.contains(&answer.day.half()));
    let raw = (asked.point, Adjustment::Raw);
    let cells = counts::cells_of_point(tx, province, raw, asked.days.from, asked.days.to)
        .await
        .context("while reading the cells of the point")?;
    let is_asked = |series: &Series| {
        asked.level.is_none_or(|level| level == series.level)
            && asked.channel.is_none_or(|channel| channel == series.channel)
    };
    Ok((are_waiting, cells.iter().any(|(series, _)| is_asked(series))))
}
