//! Which numbers of answers have to be hidden so that no small one can be found out by subtraction. Pure.
//!
//! For every item the answers of the units stand in a tree, and by level beside their sum, the headline. A number below the
//! fewest is hidden, and others with it until nobody can solve for it ([`crate::statistics::disclosure`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::index::{FEWEST_PUBLISHED, Source, What};
use crate::statistics::disclosure::{Protection, Table, TableError, TableRow, protect};
use crate::words::Level;

/// Answers to one item, by unit (its place among the units, parents first) and level.
#[derive(Debug, Clone, Default)]
pub(super) struct ItemCounts {
    /// By unit and level.
    pub n: BTreeMap<(usize, Level), u64>,
}

/// What is hidden: unit, source, item.
pub(super) type Hidden = BTreeSet<(usize, Source, What)>;

/// What has to be hidden of one item. `parents` tells for each unit the place of the one above it; `headline` the levels whose
/// sum is shown as the headline.
pub(super) fn hide(
    item: &What,
    counts: &ItemCounts,
    parents: &[Option<usize>],
    headline: &[Level],
    hidden: &mut Hidden,
) -> Result<(), TableError> {
    let apart: Vec<Vec<Level>> =
        Level::ALL.iter().filter(|level| !headline.contains(level)).map(|l| vec![*l]).collect();
    for levels in [headline.to_vec()].into_iter().chain(apart).filter(|levels| !levels.is_empty()) {
        of_levels(item, counts, parents, (&levels, headline), hidden)?;
    }
    Ok(())
}

fn of_levels(
    item: &What,
    counts: &ItemCounts,
    parents: &[Option<usize>],
    (levels, headline): (&[Level], &[Level]),
    hidden: &mut Hidden,
) -> Result<(), TableError> {
    let of = |unit: usize, level: Level| counts.n.get(&(unit, level)).copied().unwrap_or(0);
    if (0..parents.len()).all(|unit| levels.iter().all(|level| of(unit, *level) == 0)) {
        return Ok(());
    }
    // A unit with others below it gets a row of what is its own: answers of its points, and what was pooled up to it.
    let has_below: Vec<bool> = (0..parents.len()).map(|unit| parents.contains(&Some(unit))).collect();
    let mut rows: Vec<TableRow> =
        parents.iter().map(|parent| TableRow { parent: *parent, counts: Vec::new() }).collect();
    for unit in 0..parents.len() {
        let below = |level: &Level| -> u64 {
            parents
                .iter()
                .enumerate()
                .filter(|(_, parent)| **parent == Some(unit))
                .map(|(child, _)| of(child, *level))
                .sum()
        };
        let own: Vec<u64> = levels.iter().map(|level| of(unit, *level).saturating_sub(below(level))).collect();
        if has_below.get(unit).copied().unwrap_or(false) {
            rows.push(TableRow { parent: Some(unit), counts: own });
        } else if let Some(row) = rows.get_mut(unit) {
            row.counts = own;
        }
    }
    let table = Table::new(&rows, &[levels.len()])?;
    let shown = protect(&table, FEWEST_PUBLISHED, false);
    for (cell, protection) in table.cells().zip(shown) {
        if protection == Protection::Shown || cell.row >= parents.len() {
            continue;
        }
        match levels.get(cell.column) {
            Some(level) => _ = hidden.insert((cell.row, Source::Level(*level), item.clone())),
            None if levels == headline => _ = hidden.insert((cell.row, Source::Headline, item.clone())),
            None => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(of: &[(usize, Level, u64)]) -> ItemCounts {
        ItemCounts { n: of.iter().map(|(unit, level, n)| ((*unit, *level), *n)).collect() }
    }

    #[test]
    fn a_small_number_takes_another_along_and_the_sum_stays() {
        let item = What::Item("time".to_owned());
        // The top with three units below it; the first has four answers.
        let parents = [None, Some(0), Some(0), Some(0)];
        let answers = [(0, Level::D, 104), (1, Level::D, 4), (2, Level::D, 40), (3, Level::D, 60)];
        let mut hidden = Hidden::new();
        hide(&item, &counts(&answers), &parents, &[Level::A, Level::B], &mut hidden).unwrap();
        let units: Vec<usize> = hidden.iter().map(|(unit, ..)| *unit).collect();
        assert_eq!(units.len(), 2, "{hidden:?}");
        assert!(units.contains(&1) && !units.contains(&0));
    }

    #[test]
    fn a_level_that_follows_from_the_headline_and_the_other_is_hidden_with_it() {
        let item = What::Item("time".to_owned());
        let parents = [None];
        let answers = [(0, Level::A, 3), (0, Level::B, 200)];
        let mut hidden = Hidden::new();
        hide(&item, &counts(&answers), &parents, &[Level::A, Level::B], &mut hidden).unwrap();
        assert!(hidden.contains(&(0, Source::Level(Level::A), item.clone())));
        assert!(hidden.contains(&(0, Source::Level(Level::B), item)), "headline less B would tell A");
    }

    #[test]
    fn where_nothing_is_small_nothing_is_hidden() {
        let item = What::Item("time".to_owned());
        let answers = [(0, Level::B, 100), (1, Level::B, 40), (2, Level::B, 60)];
        let mut hidden = Hidden::new();
        hide(&item, &counts(&answers), &[None, Some(0), Some(0)], &[Level::A, Level::B], &mut hidden).unwrap();
        assert!(hidden.is_empty());
    }
}
