//! Suppressed tables against an adversary who knows every shown cell and every sum: an elimination that solves what can be
//! solved, and a linear programme that bounds the rest. Both are written here and share no code with the program.
//!
//! Where small cells alone are suppressed the adversary finds something out in most of the tables; the test counts them.

use thuocdo::statistics::disclosure::{Cell, Protection, Table, TableRow, protect};

use super::simplex::Programme;
use crate::proof::Draws;

const K: u64 = 10;
/// An interval narrower than this tells too much.
const WIDTH: f64 = 10.0 - 1e-6;

/// Equations of a table: the cells of a sum, and the sum.
fn equations(table: &Table, parents: &[Option<usize>], sheets: &[usize]) -> Vec<(Vec<Cell>, Cell)> {
    let columns: usize = sheets.iter().sum();
    let mut equations: Vec<(Vec<Cell>, Cell)> = Vec::new();
    for row in 0..parents.len() {
        let mut first = 0;
        for n in sheets {
            let cells: Vec<Cell> = (first..first + n).map(|column| Cell { row, column }).collect();
            equations.push((cells, Cell { row, column: columns }));
            first += n;
        }
    }
    for row in 0..parents.len() {
        let below: Vec<usize> = (0..parents.len()).filter(|child| parents[*child] == Some(row)).collect();
        for column in (0..=columns).filter(|_| !below.is_empty()) {
            equations.push((below.iter().map(|row| Cell { row: *row, column }).collect(), Cell { row, column }));
        }
    }
    for (parts, sum) in &equations {
        assert_eq!(parts.iter().map(|cell| table.value(*cell)).sum::<u64>(), table.value(*sum), "{sum:?}");
    }
    equations
}

/// What the adversary knows of hidden cells: rows of coefficients, with what they add up to.
struct Known {
    hidden: Vec<Cell>,
    rows: Vec<(Vec<i64>, i64)>,
}

impl Known {
    fn of(table: &Table, equations: &[(Vec<Cell>, Cell)], is_hidden: &dyn Fn(Cell) -> bool) -> Self {
        let hidden: Vec<Cell> = table.cells().filter(|cell| is_hidden(*cell)).collect();
        let mut rows = Vec::new();
        for (parts, sum) in equations {
            let mut row = vec![0; hidden.len()];
            let mut right = 0;
            for (cell, sign) in parts.iter().map(|cell| (cell, 1)).chain([(sum, -1)]) {
                match hidden.iter().position(|known| known == cell) {
                    Some(at) => row[at] = sign,
                    None => right -= sign * i64::try_from(table.value(*cell)).unwrap(),
                }
            }
            if row.iter().any(|n| *n != 0) {
                rows.push((row, right));
            }
        }
        Self { hidden, rows }
    }

    /// Cells that follow from the equations alone, by elimination in whole numbers.
    fn solved(&self) -> Vec<Cell> {
        let mut rows: Vec<Vec<i128>> =
            self.rows.iter().map(|(row, _)| row.iter().map(|n| i128::from(*n)).collect()).collect();
        let mut rank = 0;
        for column in 0..self.hidden.len() {
            let Some(pivot) = (rank..rows.len()).find(|at| rows[*at][column] != 0) else { continue };
            rows.swap(rank, pivot);
            let lead = rows[rank].clone();
            for (at, row) in rows.iter_mut().enumerate().filter(|(_, row)| row[column] != 0) {
                if at != rank {
                    let (a, b) = (lead[column], row[column]);
                    row.iter_mut().zip(&lead).for_each(|(mine, theirs)| *mine = *mine * a - theirs * b);
                    let divisor = row.iter().fold(0, |d, n| gcd(d, n.abs())).max(1);
                    for n in row.iter_mut() {
                        *n /= divisor;
                    }
                }
            }
            rank += 1;
        }
        let alone = rows.iter().filter(|row| row.iter().filter(|n| **n != 0).count() == 1);
        alone.map(|row| self.hidden[row.iter().position(|n| *n != 0).unwrap()]).collect()
    }

    /// The width of the narrowest interval to which a cell can be bounded.
    fn width(&self, cell: Cell) -> f64 {
        let at = self.hidden.iter().position(|known| *known == cell).unwrap();
        let end = |sign: f64| {
            let mut aim = vec![0.0; self.hidden.len()];
            aim[at] = sign;
            Programme::of(&self.rows).largest(&aim).map(|value| value * sign)
        };
        end(1.0).map_or(f64::INFINITY, |high| high - end(-1.0).unwrap())
    }

    /// Whether nothing is solved and nothing bounded to less than k.
    fn is_safe(&self, first: &[Cell]) -> bool {
        let rest = self.hidden.iter().filter(|cell| !first.contains(cell));
        self.solved().is_empty() && first.iter().chain(rest).all(|cell| self.width(*cell) > WIDTH)
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A random table: its rows and sheets.
fn drawn(draws: &mut Draws, kind: u64) -> (Vec<TableRow>, Vec<usize>) {
    let size = |draws: &mut Draws, least: u64, more: u64| usize::try_from(least + draws.below(more)).unwrap();
    let groups = if kind == 1 { 2 + draws.below(2) } else { 0 };
    let sheets: Vec<usize> = (0..if kind == 2 { 3 } else { 1 }).map(|_| size(draws, 2, 4)).collect();
    let mut rows = vec![TableRow { parent: None, counts: Vec::new() }];
    let busy = draws.pick(&[12, 40, 150]);
    let count = |draws: &mut Draws| if draws.below(6) == 0 { 0 } else { draws.below(busy) };
    let leaves: Vec<Option<usize>> = if groups == 0 {
        vec![Some(0); size(draws, 2, 5)]
    } else {
        (0..groups)
            .flat_map(|_| {
                rows.push(TableRow { parent: Some(0), counts: Vec::new() });
                vec![Some(rows.len() - 1); size(draws, 1, 3)]
            })
            .collect()
    };
    for parent in leaves {
        let mut counts: Vec<u64> = (0..sheets[0]).map(|_| count(draws)).collect();
        let total: u64 = counts.iter().sum();
        for n in &sheets[1..] {
            // The same forms, counted by something else.
            let mut other = vec![0; *n];
            (0..total).for_each(|_| other[usize::try_from(draws.below(*n as u64)).unwrap()] += 1);
            counts.extend(other);
        }
        rows.push(TableRow { parent, counts });
    }
    (rows, sheets)
}

/// Tables of an ordinary run; `SUPPRESSION_TABLES` names another number.
const TABLES: u64 = 200;

#[test]
fn no_suppressed_cell_is_solved_or_bounded_to_less_than_k() {
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; the length is chosen by whoever runs it")]
    let tables = std::env::var("SUPPRESSION_TABLES").map_or(TABLES, |number| number.parse().unwrap());
    let mut draws = Draws::of(77);
    let (mut cells, mut primary, mut others, mut attacked, mut open) = (0, 0, 0, 0, 0);
    for at in 0..tables {
        let (rows, sheets) = drawn(&mut draws, at % 3);
        let parents: Vec<Option<usize>> = rows.iter().map(|row| row.parent).collect();
        let table = Table::new(&rows, &sheets).unwrap();
        let found = protect(&table, K, at % 7 == 0);
        let places: Vec<Cell> = table.cells().collect();
        let of = |cell: Cell| found[places.iter().position(|place| *place == cell).unwrap()];
        for (cell, protection) in places.iter().zip(&found) {
            let value = table.value(*cell);
            assert!(
                !(1..K).contains(&value) || *protection == Protection::TooFew,
                "table {at}: {cell:?} holds {value}"
            );
            assert!(value > 0 || *protection == Protection::Shown, "table {at}: nothing is shown as nothing");
        }
        let equations = equations(&table, &parents, &sheets);
        let known = Known::of(&table, &equations, &|cell| of(cell) != Protection::Shown);
        assert_eq!(known.solved(), [], "table {at}: {rows:?}");
        for cell in &known.hidden {
            let width = known.width(*cell);
            assert!(width > WIDTH, "table {at}: {cell:?} is known within {width}: {rows:?} {found:?}");
            attacked += 1;
        }
        // Without the cells that protect others the adversary does find something out, or there was nothing to find.
        let alone = Known::of(&table, &equations, &|cell| of(cell) == Protection::TooFew);
        open += u64::from(!alone.hidden.is_empty() && !alone.is_safe(&[]));
        cells += found.len();
        primary += alone.hidden.len();
        others += known.hidden.len() - alone.hidden.len();
    }
    assert!(open > tables / 4, "{open} of {tables} tables need protection: too few to prove anything");
    println!(
        "{tables} tables of {cells} cells: {primary} too few, {others} ({} in 1,000) to protect them, {attacked} attacked, none found; \
         {open} tables would be open without protection",
        1_000 * others / cells
    );
}

/// The fewest cells that protect the small ones of a small table, by trying all.
fn fewest(table: &Table, equations: &[(Vec<Cell>, Cell)], primary: &[Cell], most: usize) -> usize {
    let others: Vec<Cell> = table.cells().filter(|cell| !primary.contains(cell) && table.value(*cell) > 0).collect();
    for n in 0..most {
        let mut chosen: Vec<usize> = (0..n).collect();
        loop {
            let hidden = |cell: Cell| primary.contains(&cell) || chosen.iter().any(|at| others[*at] == cell);
            if Known::of(table, equations, &hidden).is_safe(primary) {
                return n;
            }
            // The next choice of n in order.
            let Some(at) = (0..n).rev().find(|at| chosen[*at] < others.len() - n + at) else { break };
            chosen[at] += 1;
            for next in at + 1..n {
                chosen[next] = chosen[next - 1] + 1;
            }
        }
    }
    most
}

#[test]
fn what_is_suppressed_beyond_need_on_small_tables_is_known() {
    let mut draws = Draws::of(5);
    let (mut ours, mut best, mut tables) = (0, 0, 0);
    while tables < 25 {
        let rows: Vec<TableRow> = [TableRow { parent: None, counts: Vec::new() }]
            .into_iter()
            .chain((0..3).map(|_| TableRow { parent: Some(0), counts: (0..3).map(|_| draws.below(45)).collect() }))
            .collect();
        let table = Table::new(&rows, &[3]).unwrap();
        let primary: Vec<Cell> = table.cells().filter(|cell| (1..K).contains(&table.value(*cell))).collect();
        if primary.is_empty() {
            continue;
        }
        tables += 1;
        let parents: Vec<Option<usize>> = rows.iter().map(|row| row.parent).collect();
        let added = protect(&table, K, false).iter().filter(|of| **of == Protection::ProtectsOthers).count();
        let fewest = fewest(&table, &equations(&table, &parents, &[3]), &primary, added);
        assert!(fewest <= added);
        (ours, best) = (ours + added, best + fewest);
    }
    println!("{tables} tables of 3 × 3: {ours} cells suppressed to protect others, {best} would do");
    assert!(ours <= best + best / 2 + 3, "{ours} where {best} would do");
}
