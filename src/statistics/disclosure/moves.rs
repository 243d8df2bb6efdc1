//! Moves through a cell, and the cheapest of them.

use super::{Cell, Table};

/// What it costs to suppress a cell that is shown: inner cells first, small ones before large ones, the grand total last.
const INNER: u64 = 1_000;
const SUM: u64 = 3_000;
const GRAND_TOTAL: u64 = 1_000_000;

/// The rows of a move: one side grows and the other shrinks in one column, the other way round in another.
#[derive(Debug, Clone)]
struct Rows {
    one: Vec<usize>,
    other: Vec<usize>,
}

/// Looks for moves of a table.
pub(super) struct Search<'a> {
    table: &'a Table,
    k: u64,
    paths: Vec<Vec<usize>>,
}

/// Suppressed cells, in the order of the table.
pub(super) type Suppressed = [bool];

impl<'a> Search<'a> {
    pub(super) fn new(table: &'a Table, k: u64) -> Self {
        Self { table, k, paths: table.leaves.iter().map(|leaf| table.path(*leaf)).collect() }
    }

    /// The cells of the cheapest move through a cell, and what it costs to suppress those of them that are shown.
    pub(super) fn cheapest(&self, cell: Cell, suppressed: &Suppressed) -> Option<(u64, Vec<Cell>)> {
        let mut best: Option<(u64, Vec<Cell>)> = None;
        for path in self.paths.iter().filter(|path| path.contains(&cell.row)) {
            let to_top = [Rows { one: path.clone(), other: Vec::new() }];
            let beside = self.paths.iter().filter_map(|other| between(path, other, cell.row));
            for rows in to_top.into_iter().chain(beside) {
                // In either direction: a cell of at least k may as well shrink.
                for rows in [Rows { one: rows.other.clone(), other: rows.one.clone() }, rows] {
                    let found = self.across(cell, &rows, suppressed);
                    best = match (best, found) {
                        (Some(best), Some(found)) if found.0 >= best.0 => Some(best),
                        (best, found) => found.or(best),
                    };
                    if best.as_ref().is_some_and(|(cost, _)| *cost == 0) {
                        return best;
                    }
                }
            }
        }
        best
    }

    /// The cheapest columns for the rows of a move, the column of the cell among them.
    fn across(&self, cell: Cell, rows: &Rows, suppressed: &Suppressed) -> Option<(u64, Vec<Cell>)> {
        let total = self.table.total_column();
        let own = self.cost(rows, cell.column, true, suppressed)?;
        let sheet_of =
            |column: usize| self.table.sheets.iter().find(|(first, n)| (*first..first + n).contains(&column));
        let cheapest = |(first, n): &(usize, usize), grows: bool| {
            let others = (*first..first + n).filter(|column| *column != cell.column);
            others.filter_map(|column| Some((self.cost(rows, column, grows, suppressed)?, column))).min()
        };
        // Two columns of one sheet, with opposite signs: the totals of rows stay.
        let in_sheet = sheet_of(cell.column).and_then(|sheet| cheapest(sheet, false));
        let in_sheet = in_sheet.map(|(cost, column)| (own + cost, vec![cell.column, column]));
        // One column of every sheet, and their total.
        let with_total = || {
            let mut cost = if cell.column == total { 0 } else { self.cost(rows, total, true, suppressed)? };
            let mut columns = vec![total];
            for sheet in &self.table.sheets {
                let (more, column) =
                    if sheet_of(cell.column) == Some(sheet) { (0, cell.column) } else { cheapest(sheet, true)? };
                cost += more;
                columns.push(column);
            }
            Some((own + cost, columns))
        };
        let (cost, columns) = in_sheet.into_iter().chain(with_total()).min()?;
        let cells = rows.one.iter().chain(&rows.other);
        let cells = cells.flat_map(|row| columns.iter().map(|column| Cell { row: *row, column: *column })).collect();
        Some((cost, cells))
    }

    /// What it costs to move a column along the rows; `None` where a cell is empty or would fall below zero.
    fn cost(&self, rows: &Rows, column: usize, grows: bool, suppressed: &Suppressed) -> Option<u64> {
        let mut sum = 0;
        let one = rows.one.iter().map(|row| (*row, grows));
        for (row, grows) in one.chain(rows.other.iter().map(|row| (*row, !grows))) {
            let cell = Cell { row, column };
            let value = self.table.value(cell);
            if value == 0 || (!grows && value < self.k) {
                return None;
            }
            if !suppressed.get(self.table.at(cell)).copied().unwrap_or(false) {
                sum += self.price(cell, value);
            }
        }
        Some(sum)
    }

    fn price(&self, cell: Cell, value: u64) -> u64 {
        let is_top = self.table.parents.get(cell.row).copied().flatten().is_none();
        let is_total = cell.column == self.table.total_column();
        let base = match (is_top && is_total, is_total || !self.table.leaves.contains(&cell.row)) {
            (true, _) => GRAND_TOTAL,
            (false, true) => SUM,
            (false, false) => INNER,
        };
        base + value.min(INNER - 1)
    }
}

/// The rows of the path between two leaves without their common ancestors, where it holds a row on the first side.
fn between(path: &[usize], other: &[usize], through: usize) -> Option<Rows> {
    let one: Vec<usize> = path.iter().copied().filter(|row| !other.contains(row)).collect();
    let other: Vec<usize> = other.iter().copied().filter(|row| !path.contains(row)).collect();
    one.contains(&through).then_some(Rows { one, other })
}
