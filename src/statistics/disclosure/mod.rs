//! Tables of counts with totals, of which small cells must not become known.
//!
//! A cell below k is suppressed, and with it so many others that whoever knows every shown cell and every total cannot solve
//! a suppressed one nor bound it to an interval narrower than k.
//!
//! **The rule.** Every suppressed cell lies on a *move*: a set of suppressed cells of which some grow by k and the others shrink
//! by k, so that all sums of the table stay right and no cell falls below zero. Applied to the true table a move gives another
//! table that agrees with everything shown and in which each of its cells differs by k. So no cell of it can be solved, and any
//! interval that holds its possible values, whole numbers or not, is at least k wide. Suppressing more cells never takes a
//! move away: what was protected stays so.
//!
//! **Moves.** Along the tree of rows a move takes the path between two leaves, one side growing and the other shrinking, or the
//! path from a leaf to the top, which then changes too; across, it takes two columns of one sheet with opposite signs, or one
//! column of every sheet together with their common total. Empty cells are always shown and in no move. This is the hypercube
//! method of Repsilber and Giessing, with the margins taken along instead of repeated for every sub-table. A move to the top
//! through a column and the totals always exists, so every table can be protected.
//!
//! Whoever is told which suppressed cells are small and which protect others knows more than the rule reckons with: publish that a cell is
//! suppressed, not why, or say "fewer than k" of both.
//!
//! The choice is greedy, followed by a clean-up that shows again what nobody needs: simple and provable, not optimal.

mod moves;
mod protect;

pub use protect::{Protection, protect};

/// Why a table is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableError {
    /// There is no row, no sheet, or a sheet without columns.
    Empty,
    /// The rows are no tree with one top: this one is its own ancestor, names no row, or is a second top.
    NoTree(usize),
    /// This row has not as many counts as there are columns, or has counts although other rows stand below it.
    Columns(usize),
    /// The sheets of this row do not add up to one total.
    Unequal(usize),
    /// More cells than [`MOST_CELLS`].
    TooLarge,
}

/// Most cells of a table, totals included.
pub const MOST_CELLS: usize = 20_000;

/// A cell: its row, and its column counted over all sheets; the column behind the last one is their common total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The row in whose sums it counts; `None` for the top, the grand total.
    pub parent: Option<usize>,
    /// Counts by column over all sheets; empty for a row that sums others.
    pub counts: Vec<u64>,
}

/// Counts by rows and columns with all their sums.
///
/// Rows form a tree: a flat table has one top over all rows, groups stand between. Columns form sheets: one sheet is an ordinary
/// table, several are linked tables over the same rows that share the totals of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    parents: Vec<Option<usize>>,
    /// First column of each sheet, and the number of columns.
    sheets: Vec<(usize, usize)>,
    columns: usize,
    /// Row by row, the total of each behind its columns.
    values: Vec<u64>,
    leaves: Vec<usize>,
}

impl Table {
    /// A table of these rows and of sheets with these numbers of columns; sums are computed.
    ///
    /// # Errors
    ///
    /// Where rows or columns are none of a table, or sheets disagree about the total of a row.
    pub fn new(rows: &[TableRow], sheets: &[usize]) -> Result<Self, TableError> {
        let columns: usize = sheets.iter().fold(0, |sum, n| sum.saturating_add(*n));
        if rows.is_empty() || sheets.is_empty() || sheets.contains(&0) {
            return Err(TableError::Empty);
        }
        let width = columns.saturating_add(1);
        if rows.len().checked_mul(width).is_none_or(|cells| cells > MOST_CELLS) {
            return Err(TableError::TooLarge);
        }
        let parents: Vec<Option<usize>> = rows.iter().map(|row| row.parent).collect();
        check_tree(&parents)?;
        let mut starts = Vec::with_capacity(sheets.len());
        let mut first = 0;
        for n in sheets {
            starts.push((first, *n));
            first += n;
        }
        let mut table =
            Self { parents, sheets: starts, columns, values: vec![0; rows.len() * width], leaves: Vec::new() };
        for (at, row) in rows.iter().enumerate() {
            let is_leaf = !table.parents.contains(&Some(at));
            if row.counts.len() != if is_leaf { columns } else { 0 } {
                return Err(TableError::Columns(at));
            }
            if is_leaf {
                table.add(at, &row.counts)?;
                table.leaves.push(at);
            }
        }
        Ok(table)
    }

    /// Adds the counts of a leaf to itself and to every row above it.
    fn add(&mut self, leaf: usize, counts: &[u64]) -> Result<(), TableError> {
        let mut sums = self.sheets.iter().map(|(first, n)| counts.iter().skip(*first).take(*n).sum::<u64>());
        let total = sums.next().unwrap_or(0);
        if sums.any(|sum| sum != total) {
            return Err(TableError::Unequal(leaf));
        }
        for row in self.path(leaf) {
            for (column, n) in counts.iter().chain([&total]).enumerate() {
                let at = row * (self.columns + 1) + column;
                if let Some(value) = self.values.get_mut(at) {
                    *value = value.saturating_add(*n);
                }
            }
        }
        Ok(())
    }

    /// A row and those above it, up to the top.
    fn path(&self, row: usize) -> Vec<usize> {
        std::iter::successors(Some(row), |row| self.parents.get(*row).copied().flatten()).collect()
    }

    /// The column of totals.
    pub const fn total_column(&self) -> usize {
        self.columns
    }

    /// Number of rows.
    pub const fn rows(&self) -> usize {
        self.parents.len()
    }

    /// What a cell holds; 0 where there is none.
    pub fn value(&self, cell: Cell) -> u64 {
        if cell.column > self.columns { 0 } else { self.values.get(self.at(cell)).copied().unwrap_or(0) }
    }

    /// All cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = Cell> {
        let columns = self.columns;
        (0..self.parents.len()).flat_map(move |row| (0..=columns).map(move |column| Cell { row, column }))
    }

    /// The sums of which a cell is a part: along its row in its sheet, and along its column among the rows beside it.
    pub fn totals_of(&self, cell: Cell) -> Vec<Cell> {
        let along_row = (cell.column < self.columns).then_some(Cell { column: self.columns, ..cell });
        let above = self.parents.get(cell.row).copied().flatten().map(|row| Cell { row, ..cell });
        along_row.into_iter().chain(above).collect()
    }

    const fn at(&self, cell: Cell) -> usize {
        cell.row * (self.columns + 1) + cell.column
    }
}

/// Whether parents name rows and lead to one top.
fn check_tree(parents: &[Option<usize>]) -> Result<(), TableError> {
    let mut top = None;
    for (row, parent) in parents.iter().enumerate() {
        if parent.is_none() && top.replace(row).is_some() {
            return Err(TableError::NoTree(row));
        }
        let mut at = row;
        for step in 0.. {
            match parents.get(at) {
                Some(Some(above)) if step < parents.len() => at = *above,
                Some(None) => break,
                _ => return Err(TableError::NoTree(row)),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(parent: usize, counts: &[u64]) -> TableRow {
        TableRow { parent: Some(parent), counts: counts.to_vec() }
    }

    fn sum(parent: Option<usize>) -> TableRow {
        TableRow { parent, counts: Vec::new() }
    }

    #[test]
    fn sums_are_those_of_the_leaves_below() {
        let rows = [sum(None), sum(Some(0)), leaf(1, &[1, 2, 3]), leaf(1, &[4, 5, 9]), leaf(0, &[7, 0, 7])];
        let table = Table::new(&rows, &[2, 1]).unwrap();
        let row = |row| (0..4).map(|column| table.value(Cell { row, column })).collect::<Vec<_>>();
        assert_eq!((row(0), row(1), row(4)), (vec![12, 7, 19, 19], vec![5, 7, 12, 12], vec![7, 0, 7, 7]));
        let cell = |row, column| Cell { row, column };
        assert_eq!(table.totals_of(cell(2, 0)), [cell(2, 3), cell(1, 0)]);
        assert_eq!(table.totals_of(cell(1, 3)), [cell(0, 3)]);
        assert!(table.totals_of(cell(0, 3)).is_empty());
    }

    #[test]
    fn what_is_no_table_is_refused_with_the_place() {
        use TableError as E;
        let of = |rows: &[TableRow], sheets: &[usize]| Table::new(rows, sheets).unwrap_err();
        assert_eq!(of(&[], &[1]), E::Empty);
        assert_eq!(of(&[sum(None)], &[]), E::Empty);
        assert_eq!(of(&[sum(None), leaf(0, &[1])], &[1, 0]), E::Empty);
        assert_eq!(of(&[sum(None), sum(None)], &[1]), E::NoTree(1), "two tops");
        assert_eq!(of(&[sum(Some(1)), sum(Some(0))], &[1]), E::NoTree(0), "a circle");
        assert_eq!(of(&[sum(None), leaf(5, &[1])], &[1]), E::NoTree(1), "no such row");
        assert_eq!(of(&[sum(None), leaf(0, &[1])], &[2]), E::Columns(1));
        assert_eq!(of(&[leaf(1, &[1]), TableRow { parent: None, counts: vec![1] }], &[1]), E::Columns(1));
        assert_eq!(of(&[sum(None), leaf(0, &[1, 2])], &[1, 1]), E::Unequal(1));
        assert_eq!(of(&[sum(None), leaf(0, &[1])], &[usize::MAX]), E::TooLarge);
    }
}
