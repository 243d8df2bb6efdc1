//! A linear programme: the largest value of a sum of numbers that are not negative and obey equations. Two phases of the simplex
//! method with Bland's rule, for the adversary of `disclosure`.

const NONE: f64 = 1e-9;

/// Equations in numbers that are not negative.
pub(super) struct Programme {
    /// Rows of the tableau: coefficients, those of the artificial numbers, right side.
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
    columns: usize,
}

impl Programme {
    pub(super) fn of(equations: &[(Vec<i64>, i64)]) -> Self {
        let columns = equations.first().map_or(0, |(row, _)| row.len());
        let rows: Vec<Vec<f64>> = equations
            .iter()
            .enumerate()
            .map(|(at, (row, right))| {
                let sign = if *right < 0 { -1.0 } else { 1.0 };
                let artificial = (0..equations.len()).map(|other| f64::from(u8::from(other == at)));
                let real = |n: i64| f64::from(i32::try_from(n).unwrap());
                let own = row.iter().map(|n| sign * real(*n));
                own.chain(artificial).chain([sign * real(*right)]).collect()
            })
            .collect();
        Self { basis: (columns..columns + rows.len()).collect(), rows, columns }
    }

    /// The largest value of a sum with these weights; `None` where it has no bound.
    pub(super) fn largest(mut self, weights: &[f64]) -> Option<f64> {
        let width = self.columns + self.rows.len();
        let mut first = vec![0.0; width];
        first[self.columns..].fill(-1.0);
        let feasible = self.climb(&first, width).expect("the artificial numbers are bounded");
        assert!(feasible.abs() < 1e-6, "the true table obeys the equations");
        // Artificial numbers that are still in the basis are 0: they leave it, or their row says nothing.
        for row in 0..self.rows.len() {
            if self.basis[row] >= self.columns
                && let Some(column) = (0..self.columns).find(|column| self.rows[row][*column].abs() > NONE)
            {
                self.pivot(row, column);
            }
        }
        let mut aim = weights.to_vec();
        aim.resize(width, 0.0);
        self.climb(&aim, self.columns)
    }

    /// Climbs to the largest value among the first `columns` numbers.
    fn climb(&mut self, aim: &[f64], columns: usize) -> Option<f64> {
        let last = self.columns + self.rows.len();
        for _ in 0..100_000 {
            let gain = |column: usize| {
                let held: f64 = self.basis.iter().zip(&self.rows).map(|(own, row)| aim[*own] * row[column]).sum();
                aim[column] - held
            };
            let Some(column) = (0..columns).find(|column| !self.basis.contains(column) && gain(*column) > NONE) else {
                return Some(self.basis.iter().zip(&self.rows).map(|(own, row)| aim[*own] * row[last]).sum());
            };
            let mut leaving: Option<(f64, usize)> = None;
            for (row, of) in self.rows.iter().enumerate().filter(|(_, of)| of[column] > NONE) {
                let ratio = of[last] / of[column];
                let is_better = leaving.is_none_or(|(best, known)| {
                    ratio < best - NONE || (ratio < best + NONE && self.basis[row] < self.basis[known])
                });
                if is_better {
                    leaving = Some((ratio, row));
                }
            }
            self.pivot(leaving?.1, column);
        }
        panic!("the simplex method does not end");
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let by = self.rows[row][column];
        self.rows[row].iter_mut().for_each(|n| *n /= by);
        let lead = self.rows[row].clone();
        for (at, of) in self.rows.iter_mut().enumerate().filter(|(at, of)| *at != row && of[column].abs() > 0.0) {
            let by = of[column];
            assert_ne!(at, row);
            of.iter_mut().zip(&lead).for_each(|(mine, theirs)| *mine -= by * theirs);
        }
        self.basis[row] = column;
    }
}

#[test]
fn the_simplex_method_finds_what_is_known() {
    // x + y + s = 4, x + 3y + t = 6: the largest x + 2y is 5, at (3, 1); the largest y alone 2; x − y at least −2.
    let equations = [(vec![1, 1, 1, 0], 4), (vec![1, 3, 0, 1], 6)];
    let largest = |aim: [f64; 4]| Programme::of(&equations).largest(&aim).unwrap();
    assert!((largest([1.0, 2.0, 0.0, 0.0]) - 5.0).abs() < 1e-9);
    assert!((largest([0.0, 1.0, 0.0, 0.0]) - 2.0).abs() < 1e-9);
    assert!((largest([-1.0, 1.0, 0.0, 0.0]) - 2.0).abs() < 1e-9);
    assert_eq!(Programme::of(&[(vec![1, -1], 0)]).largest(&[1.0, 0.0]), None, "without a bound");
}
