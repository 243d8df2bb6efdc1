//! What an approved move does: cells out of one point and into the other, exactly; figures as far as nobody is isolated.

use std::collections::BTreeMap;

use anyhow::Context;

use super::plan::{Piece, pieces};
use crate::collect::seal::k_of;
use crate::questionnaire::{Edition, Tally, decode};
use crate::registry::moves::{ApprovedMove, Move};
use crate::registry::{Directory, Editions};
use crate::store::counts::{self, Adjustment, Count, Series};
use crate::store::figures::{self, FigureKey};
use crate::store::{ConnectionTrait, answers, blocks};
use crate::words::{Day, EditionNumber, Period, Province};

/// What a move depends on beside itself.
pub(super) struct Before<'a> {
    /// Units and points.
    pub directory: &'a Directory,
    /// Moves that were approved before, in their order.
    pub approved: &'a [ApprovedMove],
    /// Whether the data are a simulation.
    pub simulated: bool,
}

/// Moves the counts. The answers themselves stay as they are.
pub(super) async fn execute(
    tx: &impl ConnectionTrait,
    province: Province,
    moved: &Move,
    before: &Before<'_>,
) -> anyhow::Result<()> {
    let (first, last) = moved.halves();
    let raw = (moved.from, Adjustment::Raw);
    let cells = counts::cells_of_point(tx, province, raw, first.first(), last.last())
        .await
        .context("while reading the cells of the point")?;
    move_cells(tx, province, moved, &cells).await?;
    let blocks = blocks::of_halves(tx, province, first, last).await.context("while reading the blocks")?;
    let own = before.approved.iter().filter(|known| known.moved.from == moved.from);
    let ranges: Vec<Period> = own.map(|known| known.moved.days).chain([moved.days]).collect();
    let pieces = pieces(moved.from, &ranges, &blocks, &cells, k_of(before.simulated));
    if pieces.is_empty() {
        return Ok(());
    }
    let editions = Editions::load(tx).await?;
    let mut out: BTreeMap<FigureKey, Tally> = BTreeMap::new();
    let mut into: BTreeMap<FigureKey, Tally> = BTreeMap::new();
    for piece in &pieces {
        let edition = edition_of(&editions, piece.block.edition)?;
        let sum = sum_of(tx, province, moved, piece, &cells, edition).await?;
        let (losing, gaining) = moved.sides(before.directory, piece.block.through);
        for (figures, units) in [(&mut out, losing), (&mut into, gaining)] {
            for unit in units {
                let (edition_number, level, half) = (piece.block.edition, piece.block.level, piece.block.half);
                let key = FigureKey { unit, edition: edition_number, level, half };
                figures.entry(key).or_insert_with(|| Tally::with_pairs(edition)).merge(&sum);
            }
        }
    }
    for (adjustment, sums) in [(Adjustment::MovedOut, out), (Adjustment::MovedIn, into)] {
        let rows: BTreeMap<FigureKey, Vec<Count>> = sums
            .iter()
            .map(|(key, tally)| Ok((*key, counts::counts_of(edition_of(&editions, key.edition)?, tally))))
            .collect::<anyhow::Result<_>>()?;
        figures::adjust(tx, province, adjustment, &rows).await.context("while moving the figures")?;
    }
    Ok(())
}

async fn move_cells(
    tx: &impl ConnectionTrait,
    province: Province,
    moved: &Move,
    cells: &[(Series, Count)],
) -> anyhow::Result<()> {
    let mut out: BTreeMap<Series, Vec<Count>> = BTreeMap::new();
    for (series, count) in cells.iter().filter(|(series, _)| moved.takes(series.point, series.day)) {
        out.entry(*series).or_default().push(*count);
    }
    let into = out.iter().map(|(series, counts)| (moved.there(*series), counts.clone())).collect();
    for (adjustment, cells) in [(Adjustment::MovedOut, &out), (Adjustment::MovedIn, &into)] {
        counts::adjust_cells(tx, province, adjustment, cells).await.context("while moving the cells")?;
    }
    Ok(())
}

/// The counts of a piece. Pairs of editions whose cells hold none come from the answers of its days.
async fn sum_of(
    tx: &impl ConnectionTrait,
    province: Province,
    moved: &Move,
    piece: &Piece,
    cells: &[(Series, Count)],
    edition: &Edition,
) -> anyhow::Result<Tally> {
    let mut sum = Tally::empty(edition);
    let is_of = |series: &Series| {
        series.edition == piece.block.edition && series.level == piece.block.level && piece.days.contains(&series.day)
    };
    for (_, count) in cells.iter().filter(|(series, _)| is_of(series)) {
        counts::add_count(edition, &mut sum, count);
    }
    if edition.pairs_from_answers() {
        let mut counted = Tally::with_pairs(edition);
        for day in &piece.days {
            for answer in of_point(tx, province, moved, *day, piece.block.edition).await? {
                if answer.level == piece.block.level {
                    counted.add_answers(edition, &decode(edition, &answer.answers).context("in a stored answer")?);
                }
            }
        }
        sum.pairs = counted.pairs;
    }
    Ok(sum)
}

async fn of_point(
    tx: &impl ConnectionTrait,
    province: Province,
    moved: &Move,
    day: Day,
    edition: EditionNumber,
) -> anyhow::Result<Vec<answers::CountedAnswer>> {
    let mut found =
        answers::of_day(tx, province, day, &[edition]).await.context("while reading the answers of a day")?;
    found.retain(|answer| answer.point == moved.from);
    Ok(found)
}

fn edition_of(editions: &Editions, number: EditionNumber) -> anyhow::Result<&Edition> {
    let installed = editions.get(number).with_context(|| format!("edition {number} is not stored"))?;
    Ok(&installed.edition)
}

/// Whether answers of the first point that were entered late for one of the half-months wait to be sealed, and whether there
/// is anything on the days.
pub(super) async fn state_of(
    tx: &impl ConnectionTrait,
    province: Province,
    moved: &Move,
) -> anyhow::Result<(bool, bool)> {
    let (_, last) = moved.halves();
    let open = answers::open_answers(tx, province, last.last()).await.context("while reading the open days")?;
    let are_waiting = open.iter().any(|answer| answer.point == moved.from && moved.touches(answer.day));
    let raw = (moved.from, Adjustment::Raw);
    let cells = counts::cells_of_point(tx, province, raw, moved.days.from, moved.days.to)
        .await
        .context("while reading the cells of the point")?;
    Ok((are_waiting, !cells.is_empty()))
}
