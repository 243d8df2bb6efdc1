//! Which cells of a table are shown.

use super::moves::Search;
use super::{Cell, Table};

/// What becomes of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protection {
    /// It is shown.
    Shown,
    /// It is suppressed because it is small, or because the rest of a sum without it is.
    TooFew,
    /// It is suppressed because others could be computed from it.
    ProtectsOthers,
}

/// Which cells of a table are shown, in the order of [`Table::cells`]: none of at least 1 and less than k is, and none that
/// helps to find one out. `complements` = a cell is suppressed as well where the rest of one of its sums is at least 1 and
/// less than k: whoever is one of the rest could find out about the others.
pub fn protect(table: &Table, k: u64, complements: bool) -> Vec<Protection> {
    let cells: Vec<Cell> = table.cells().collect();
    let is_few = |n: u64| n > 0 && n < k;
    let is_primary = |cell: &Cell| {
        let value = table.value(*cell);
        let mut rests = table.totals_of(*cell).into_iter().map(|total| table.value(total).saturating_sub(value));
        is_few(value) || (complements && value > 0 && rests.any(is_few))
    };
    let primary: Vec<bool> = cells.iter().map(is_primary).collect();
    let search = Search::new(table, k);
    let mut suppressed = primary.clone();
    // Cells on a move that was chosen are protected by it; every step protects one more at least.
    let mut protected = vec![false; cells.len()];
    while let Some(cell) = next(&cells, &suppressed, &protected) {
        let (_, on_it) = search.cheapest(cell, &suppressed).unwrap_or_else(|| (0, vec![cell]));
        for at in on_it.into_iter().chain([cell]).map(|cell| table.at(cell)) {
            mark(&mut suppressed, at, true);
            mark(&mut protected, at, true);
        }
    }
    show_again(table, &search, &cells, &primary, &mut suppressed);
    let of = |(primary, suppressed): (&bool, &bool)| match (primary, suppressed) {
        (true, _) => Protection::TooFew,
        (false, true) => Protection::ProtectsOthers,
        (false, false) => Protection::Shown,
    };
    primary.iter().zip(&suppressed).map(of).collect()
}

/// The next suppressed cell that no move protects yet.
fn next(cells: &[Cell], suppressed: &[bool], protected: &[bool]) -> Option<Cell> {
    let mut open = cells.iter().zip(suppressed.iter().zip(protected));
    open.find(|(_, (suppressed, protected))| **suppressed && !**protected).map(|(cell, _)| *cell)
}

/// Shows every cell again that nothing needs, the largest first: all that stays suppressed still lies on a move.
fn show_again(table: &Table, search: &Search<'_>, cells: &[Cell], primary: &[bool], suppressed: &mut [bool]) {
    let mut added: Vec<Cell> = cells.iter().copied().filter(|cell| has(suppressed, table.at(*cell))).collect();
    added.retain(|cell| !has(primary, table.at(*cell)));
    added.sort_by_key(|cell| std::cmp::Reverse(table.value(*cell)));
    for cell in added {
        mark(suppressed, table.at(cell), false);
        let is_safe = |cell: &Cell| search.cheapest(*cell, suppressed).is_some_and(|(cost, _)| cost == 0);
        if !cells.iter().filter(|cell| has(suppressed, table.at(**cell))).all(is_safe) {
            mark(suppressed, table.at(cell), true);
        }
    }
}

fn has(marks: &[bool], at: usize) -> bool {
    marks.get(at).copied().unwrap_or(false)
}

fn mark(marks: &mut [bool], at: usize, to: bool) {
    if let Some(mark) = marks.get_mut(at) {
        *mark = to;
    }
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test may stop where a row is missing")]
mod tests {
    use super::super::TableRow;
    use super::*;

    /// A flat table with its totals: `.` shown, `x` too few, `o` protects others.
    fn drawn(rows: &[&[u64]], complements: bool) -> Vec<String> {
        let top = TableRow { parent: None, counts: Vec::new() };
        let leaves = rows.iter().map(|counts| TableRow { parent: Some(0), counts: counts.to_vec() });
        let all: Vec<TableRow> = [top].into_iter().chain(leaves).collect();
        let table = Table::new(&all, &[rows[0].len()]).unwrap();
        let sign = |of: &Protection| match of {
            Protection::Shown => '.',
            Protection::TooFew => 'x',
            Protection::ProtectsOthers => 'o',
        };
        let signs: Vec<char> = protect(&table, 10, complements).iter().map(sign).collect();
        signs.chunks(table.total_column() + 1).map(|row| row.iter().collect()).collect()
    }

    #[test]
    fn where_nothing_is_small_everything_is_shown() {
        assert_eq!(drawn(&[&[10, 20], &[0, 40]], false), ["...", "...", "..."]);
    }

    #[test]
    fn one_small_cell_takes_three_others_along_and_no_total() {
        let seen = drawn(&[&[3, 20, 50], &[30, 15, 60], &[90, 80, 70]], false);
        assert_eq!(seen, ["....", "xo..", "oo..", "...."]);
    }

    #[test]
    fn an_empty_cell_is_shown_and_protects_nobody() {
        let seen = drawn(&[&[3, 0, 50], &[30, 15, 60], &[90, 80, 70]], false);
        assert_eq!(seen, ["....", "x.o.", "o.o.", "...."]);
    }

    #[test]
    fn a_small_total_is_suppressed_with_what_adds_up_to_it() {
        let seen = drawn(&[&[3, 4], &[30, 40]], false);
        assert_eq!(seen[1], "xxx");
        assert!(seen[2].contains('o') && seen[0] == "...", "{seen:?}");
    }

    #[test]
    fn the_rest_of_a_sum_counts_where_it_is_asked_for() {
        let rows: [&[u64]; 3] = [&[95, 10, 0], &[50, 50, 50], &[40, 30, 60]];
        assert_eq!(drawn(&rows, false), ["....", "....", "....", "...."]);
        let rows: [&[u64]; 3] = [&[95, 3, 0], &[50, 50, 50], &[40, 30, 60]];
        assert_eq!(drawn(&rows, true)[1][..2], *"xx", "95 of 98 tell of the three");
    }
}
