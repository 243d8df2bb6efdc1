//! Whether two questions have something to do with each other: tests of independence under a design.
#![expect(clippy::indexing_slicing, reason = "matrices are indexed by the cells and terms they are made of")]

use nalgebra::{DMatrix, DVector};

use super::super::interval::real;
use super::super::special::{ChiSquared, FisherF};
use super::figure::{Figure, NoFigure, count};
use super::general::Sample;
use super::linear::{inverse, square};

/// A test of independence in a two-way table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Association {
    /// Pearson's X² over the sum of its design effects, against F with Satterthwaite's degrees of freedom (Rao & Scott
    /// 1984, second order; Thomas & Rao 1987; R's `statistic = "F"`).
    RaoScottF,
    /// Pearson's X² over its mean design effect, against χ² (Rao & Scott 1981, first order; R's `"Chisq"`).
    RaoScottChiSquared,
    /// Wald's test of the differences from independence, with the correction for few units (Fellegi 1980; R's
    /// `"adjWald"`).
    AdjustedWald,
}

/// What a test found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TestResult {
    /// The statistic: F or χ².
    pub statistic: f64,
    /// Its degrees of freedom, of F those of the numerator.
    pub df: f64,
    /// Of F the degrees of freedom of the denominator; infinite for χ².
    pub df_below: f64,
    /// The chance of such a statistic or a larger one if nothing is going on.
    pub p_value: f64,
}

impl TestResult {
    /// F with its p-value.
    pub(super) fn of_f(statistic: f64, df: f64, df_below: f64) -> Result<Self, NoTest> {
        let distribution = FisherF::new(df, df_below).ok_or(NoTest::TooFewUnits)?;
        let p_value = distribution.tails(statistic).upper;
        if p_value.is_nan() { Err(NoTest::Dependent) } else { Ok(Self { statistic, df, df_below, p_value }) }
    }
}

/// Why there is no test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTest {
    /// The numbers it needs are missing.
    NoFigure(NoFigure),
    /// A question has fewer than two levels with answers.
    OneLevel,
    /// Too few sampling units for so many cells or terms.
    TooFewUnits,
    /// Cells or terms depend on each other, or the design leaves no variance.
    Dependent,
    /// The fit does not settle: the predictors tell all outcomes of some rows.
    Separated,
    /// A term that the fit does not have.
    UnknownTerm(usize),
}

impl From<NoFigure> for NoTest {
    fn from(why: NoFigure) -> Self {
        Self::NoFigure(why)
    }
}

impl std::fmt::Display for NoTest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoFigure(why) => why.fmt(f),
            Self::OneLevel => f.write_str("a question has fewer than two levels with answers: nothing to compare"),
            Self::TooFewUnits => {
                f.write_str("too few sampling units for so many cells or terms: merge levels or leave terms out")
            }
            Self::Dependent => {
                f.write_str("cells or terms depend on each other or do not vary: merge or leave some out")
            }
            Self::Separated => {
                f.write_str("the predictors tell some outcomes with certainty: merge levels or leave a predictor out")
            }
            Self::UnknownTerm(term) => write!(f, "there is no term {}", term + 1),
        }
    }
}

impl std::error::Error for NoTest {}

/// Two questions of the rows that answered both, levels without an answer left out.
struct Table {
    /// The cell of each row, row level by row level.
    cells: Vec<Option<u32>>,
    rows: usize,
    columns: usize,
}

impl Table {
    fn new(
        sample: &Sample<'_>,
        first: &[Option<u32>],
        second: &[Option<u32>],
        domain: &[bool],
    ) -> Result<Self, NoTest> {
        let weights = sample.design.weights();
        for given in [first.len(), second.len(), domain.len()] {
            if given != weights.len() {
                return Err(NoFigure::Length { given, rows: weights.len() }.into());
            }
        }
        let pairs = first.iter().zip(second).zip(domain.iter().zip(weights));
        let pairs: Vec<Option<(u32, u32)>> = pairs
            .map(|((first, second), (inside, weight))| first.zip(*second).filter(|_| *inside && *weight != 0.0))
            .collect();
        let levels = |of: fn((u32, u32)) -> u32| {
            let mut levels: Vec<u32> = pairs.iter().flatten().map(|pair| of(*pair)).collect();
            levels.sort_unstable();
            levels.dedup();
            levels
        };
        let (one, two) = (levels(|(first, _)| first), levels(|(_, second)| second));
        if one.is_empty() {
            return Err(NoFigure::Nobody.into());
        }
        if one.len() < 2 || two.len() < 2 {
            return Err(NoTest::OneLevel);
        }
        let cell = |(first, second): (u32, u32)| {
            let (row, column) = (one.binary_search(&first).ok()?, two.binary_search(&second).ok()?);
            u32::try_from(row * two.len() + column).ok()
        };
        Ok(Self { cells: pairs.iter().map(|pair| pair.and_then(cell)).collect(), rows: one.len(), columns: two.len() })
    }

    fn number(&self) -> usize {
        self.rows * self.columns
    }

    /// Cells beyond the first row and column: the terms of an interaction.
    fn inner(&self) -> impl Iterator<Item = (usize, usize)> {
        let columns = self.columns;
        (1..self.rows).flat_map(move |row| (1..columns).map(move |column| (row, column)))
    }
}

impl Sample<'_> {
    /// Tests whether two questions are independent among the rows of the domain that answered both.
    ///
    /// Degrees of freedom are those of the whole domain, answered or not, as in R; so is the number of rows in Pearson's
    /// X² of [`Association::RaoScottChiSquared`].
    pub fn independence(
        &self,
        first: &[Option<u32>],
        second: &[Option<u32>],
        domain: &[bool],
        test: Association,
    ) -> Result<TestResult, NoTest> {
        let table = Table::new(self, first, second, domain)?;
        let df = self.design.degrees_of_freedom(domain);
        if df < 1.0 {
            return Err(NoTest::TooFewUnits);
        }
        match test {
            Association::AdjustedWald => self.adjusted_wald(&table, domain, df),
            _ => self.rao_scott(&table, domain, df, test),
        }
    }

    fn rao_scott(&self, table: &Table, domain: &[bool], df: f64, test: Association) -> Result<TestResult, NoTest> {
        let number = u32::try_from(table.number()).ok().ok_or(NoTest::TooFewUnits)?;
        let shares = self.shares(&table.cells, number, domain)?;
        let matrix = self.covariance(&shares.iter().collect::<Vec<_>>()).ok_or(NoTest::Dependent)?;
        let covariance = square(&matrix).ok_or(NoTest::Dependent)?;
        let p = DMatrix::from_row_iterator(table.rows, table.columns, shares.iter().map(Figure::estimate));
        let (of_row, of_column) = (p.column_sum(), p.row_sum());
        let weigh = DVector::from_iterator(
            table.number(),
            shares.iter().map(|share| if share.estimate() > 0.0 { 1.0 / share.estimate() } else { 0.0 }),
        );
        // Contrasts of interaction that sum to zero over rows and over columns.
        let terms: Vec<(usize, usize)> = table.inner().collect();
        let contrasts = DMatrix::from_fn(table.number(), terms.len(), |cell, term| {
            let (row, column) = (cell / table.columns, cell % table.columns);
            let part = |own: usize, index: usize, levels: usize| {
                (if own == index { 1.0 } else { 0.0 }) - 1.0 / real(levels as u64)
            };
            terms.get(term).map_or(0.0, |(i, j)| part(row, *i, table.rows) * part(column, *j, table.columns))
        });
        let weighted = DMatrix::from_diagonal(&weigh) * &contrasts;
        let below = inverse(&(contrasts.transpose() * &weighted)).ok_or(NoTest::Dependent)?;
        // The eigenvalues of this matrix are design effects (times the rows).
        let effects = below * (weighted.transpose() * covariance * &weighted);
        let trace = effects.trace();
        let squares = (&effects * &effects).trace();
        if !(trace > 0.0 && squares > 0.0) {
            return Err(NoTest::Dependent);
        }
        let mut square = 0.0;
        for (row, total) in of_row.iter().enumerate() {
            for (column, other) in of_column.iter().enumerate() {
                let expected = total * other;
                let apart = p[(row, column)] - expected;
                square += apart * apart / expected;
            }
        }
        if test == Association::RaoScottChiSquared {
            let df = real(terms.len() as u64);
            let chi = ChiSquared::new(df).ok_or(NoTest::TooFewUnits)?;
            let p_value = chi.tails(square * df / trace).upper;
            let inside: Vec<bool> =
                domain.iter().zip(self.design.weights()).map(|(inside, weight)| *inside && *weight != 0.0).collect();
            return Ok(TestResult { statistic: square * real(count(&inside)), df, df_below: f64::INFINITY, p_value });
        }
        let above = trace * trace / squares;
        TestResult::of_f(square / trace, above, above * df)
    }

    fn adjusted_wald(&self, table: &Table, domain: &[bool], df: f64) -> Result<TestResult, NoTest> {
        let total = |chosen: &dyn Fn(usize, usize) -> bool| {
            let mark = |cell: &Option<u32>| {
                let cell = (*cell)? as usize;
                Some(if chosen(cell / table.columns, cell % table.columns) { 1.0 } else { 0.0 })
            };
            self.total(&table.cells.iter().map(mark).collect::<Vec<_>>(), domain)
        };
        let all = total(&|_, _| true)?;
        let mut apart = Vec::new();
        for (i, j) in table.inner() {
            let (row, column) = (total(&|row, _| row == i)?, total(&|_, column| column == j)?);
            let cell = total(&|row, column| row == i && column == j)?;
            let (of_row, of_column) = (row.estimate() / all.estimate(), column.estimate() / all.estimate());
            let parts = [(1.0, &cell), (-of_column, &row), (-of_row, &column), (of_row * of_column, &all)];
            apart.push(Figure::linear(&parts).ok_or(NoTest::Dependent)?);
        }
        self.wald(&apart.iter().collect::<Vec<_>>(), Below::Corrected(df))
    }

    /// Wald's test that some figures are all zero.
    pub(super) fn wald(&self, figures: &[&Figure], below: Below) -> Result<TestResult, NoTest> {
        let (Below::Plain(df) | Below::Corrected(df)) = below;
        if df < real(figures.len() as u64) {
            return Err(NoTest::TooFewUnits);
        }
        let matrix = self.covariance(figures).ok_or(NoTest::Dependent)?;
        let inverse = square(&matrix).and_then(|matrix| inverse(&matrix)).ok_or(NoTest::Dependent)?;
        let values = DVector::from_iterator(figures.len(), figures.iter().map(|figure| figure.estimate()));
        let terms = real(figures.len() as u64);
        let wald = values.dot(&(inverse * &values));
        match below {
            Below::Plain(df) => TestResult::of_f(wald / terms, terms, df),
            Below::Corrected(df) => TestResult::of_f(wald / terms * (df - terms + 1.0) / df, terms, df - terms + 1.0),
        }
    }
}

/// The degrees of freedom of the denominator of a Wald F.
#[derive(Clone, Copy)]
pub(super) enum Below {
    /// As they are.
    Plain(f64),
    /// Less the terms but one, and the statistic scaled accordingly.
    Corrected(f64),
}

#[cfg(test)]
mod tests {
    use super::super::super::design::Design;
    use super::super::Variance;
    use super::*;

    fn levels(counts: [u32; 4]) -> (Vec<Option<u32>>, Vec<Option<u32>>) {
        let rows = [(0, 0), (0, 7), (3, 0), (3, 7)];
        let all = rows.iter().zip(counts).flat_map(|(row, count)| std::iter::repeat_n(*row, count as usize));
        all.map(|(first, second)| (Some(first), Some(second))).unzip()
    }

    #[test]
    fn a_simple_sample_gives_pearsons_test_and_levels_may_have_gaps() {
        let (first, second) = levels([30, 20, 10, 40]);
        let design = Design::independent(vec![2.0; 100]).unwrap();
        let sample = Sample::new(&design, Variance::Linearised(None));
        let test = |test| sample.independence(&first, &second, &sample.everybody(), test).unwrap();
        // X² = 100 (30·40 − 20·10)² / (50·50·40·60) = 16.667; the design effect of a simple sample is 100/99 here.
        let chi = test(Association::RaoScottChiSquared);
        assert!((chi.statistic - 100.0 / 6.0).abs() < 1e-10 && chi.df_below.is_infinite());
        let f = test(Association::RaoScottF);
        assert!((f.df - 1.0).abs() < 1e-10 && (f.df_below - 99.0).abs() < 1e-8);
        assert!(f.p_value < 1e-4 && test(Association::AdjustedWald).p_value < 1e-4);
    }

    #[test]
    fn a_question_with_one_level_and_a_lack_of_units_are_refused() {
        let design = Design::independent(vec![1.0; 4]).unwrap();
        let sample = Sample::new(&design, Variance::Linearised(None));
        let (first, second) = levels([1, 1, 1, 1]);
        let test = |first: &[Option<u32>], domain: &[bool]| {
            sample.independence(first, &second, domain, Association::RaoScottF).unwrap_err()
        };
        assert_eq!(test(&[Some(1); 4], &[true; 4]), NoTest::OneLevel);
        assert_eq!(test(&[None; 4], &[true; 4]), NoTest::NoFigure(NoFigure::Nobody));
        assert_eq!(test(&first[..3], &[true; 4]), NoTest::NoFigure(NoFigure::Length { given: 3, rows: 4 }));
        assert!(NoTest::OneLevel.to_string().contains("two levels"));
        assert!(NoTest::UnknownTerm(2).to_string().contains('3'));
    }
}
