//! Weights brought to known totals, and what that does to the errors.
//!
//! Rows enter only through the cell of their margins' levels, so every method works on sums of cells. Errors use the
//! residuals R uses: of a post-stratification from cell means; of raking from ten rounds of projections on unweighted
//! means (`rake`); of generalised regression from the regression on the margins with the weights before (`calibrate`).
#![expect(clippy::indexing_slicing, reason = "cells and levels are numbered by this file")]

use nalgebra::{DMatrix, DVector};

use super::super::design::{Exact, Grid, sum};
use super::super::interval::real;
use super::influence::Target;
use super::solution::Solution;
use super::totals::Source;

/// How weights are changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CalibrationMethod {
    /// Each cell of one margin is scaled to its total.
    Poststratify,
    /// Margins are scaled in turn until all fit (Deming & Stephan 1940).
    Rake,
    /// Generalised regression: g = 1 + x'λ (Deville & Särndal 1992); weights may become negative.
    Linear,
    /// g = exp(x'λ): the weights of raking, with regression residuals.
    Exponential,
    /// g between two bounds by the logit distance of Deville & Särndal.
    Bounded {
        /// Smallest g, below 1.
        low: f64,
        /// Largest g, above 1.
        high: f64,
    },
}

/// A variable, or several crossed, with the totals of its levels.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// The level of each row.
    pub of_row: Vec<u32>,
    /// The total of each level.
    pub totals: Vec<f64>,
}

/// Why weights cannot be brought to totals. Margins, levels and rows count from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CalibrationError {
    /// No margin, or several for a post-stratification.
    Margins(usize),
    /// A margin has another number of rows.
    Length {
        /// The margin.
        margin: usize,
    },
    /// A row has a level without a total.
    NoTotal {
        /// The margin.
        margin: usize,
        /// The row.
        row: usize,
    },
    /// A total is negative or not a number.
    BadTotal {
        /// The margin.
        margin: usize,
        /// The level.
        level: usize,
    },
    /// A level has a total but no weight in the sample.
    EmptyLevel {
        /// The margin.
        margin: usize,
        /// The level.
        level: usize,
    },
    /// Two margins add up to different totals.
    TotalsDiffer {
        /// The margin.
        margin: usize,
        /// Its sum.
        sum: f64,
        /// The sum of the first margin.
        first: f64,
    },
    /// No weights reach all totals.
    NotReached,
    /// Bounds that do not enclose 1.
    BadBounds,
}

impl std::fmt::Display for CalibrationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Margins(given) => write!(f, "{given} margins: give one to post-stratify, one or more otherwise"),
            Self::Length { margin } => write!(f, "margin {}: one level per row is needed", margin + 1),
            Self::NoTotal { margin, row } => {
                write!(f, "margin {}: row {} has a level without a total", margin + 1, row + 1)
            }
            Self::BadTotal { margin, level } => {
                write!(f, "margin {}: the total of level {} must be a number from 0 up", margin + 1, level + 1)
            }
            Self::EmptyLevel { margin, level } => write!(
                f,
                "margin {}: level {} has a total but nobody in the sample; merge it with another level",
                margin + 1,
                level + 1
            ),
            Self::TotalsDiffer { margin, sum, first } => {
                write!(f, "margin {} adds up to {sum}, the first margin to {first}: they must agree", margin + 1)
            }
            Self::NotReached => f.write_str("no weights reach all totals: merge small levels or use fewer margins"),
            Self::BadBounds => f.write_str("the bounds must enclose 1"),
        }
    }
}

impl std::error::Error for CalibrationError {}

/// Weights and what they were before.
#[derive(Clone, Debug)]
pub struct Calibration {
    method: CalibrationMethod,
    base: Vec<f64>,
    /// The cell of each row, and the level of each cell in each margin.
    of_row: Vec<u32>,
    cells: Vec<Vec<u32>>,
    rows_in_cell: Vec<u64>,
    totals: Vec<Vec<f64>>,
    factors: Vec<f64>,
}

/// Rounds of raking or Newton steps at most.
const MOST_ROUNDS: usize = 2000;
/// Largest relative distance from a total.
const NEAR: f64 = 1e-12;
/// Rounds of projections for the residuals of raking, as R has it.
const PROJECTIONS: usize = 10;

impl Calibration {
    /// Brings `weights` to the totals of the margins, or tells everything that stands against it.
    pub fn new(
        weights: Vec<f64>,
        method: CalibrationMethod,
        margins: Vec<Margin>,
    ) -> Result<Self, Vec<CalibrationError>> {
        let rows = weights.len();
        let mut errors = Vec::new();
        if margins.is_empty() || (method == CalibrationMethod::Poststratify && margins.len() > 1) {
            return Err(vec![CalibrationError::Margins(margins.len())]);
        }
        if let CalibrationMethod::Bounded { low, high } = method
            && !(low < 1.0 && high > 1.0 && low.is_finite() && high.is_finite())
        {
            errors.push(CalibrationError::BadBounds);
        }
        for (margin, given) in margins.iter().enumerate() {
            if given.of_row.len() != rows {
                errors.push(CalibrationError::Length { margin });
                continue;
            }
            let unknown = given.of_row.iter().position(|level| *level as usize >= given.totals.len());
            errors.extend(unknown.map(|row| CalibrationError::NoTotal { margin, row }));
            let bad = |total: &f64| !(0.0..=1e100).contains(total);
            errors.extend(given.totals.iter().position(bad).map(|level| CalibrationError::BadTotal { margin, level }));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        for (margin, given) in margins.iter().enumerate() {
            let mut weight = vec![0.0_f64; given.totals.len()];
            given.of_row.iter().zip(&weights).for_each(|(level, own)| weight[*level as usize] += own.abs());
            let empty = weight
                .iter()
                .zip(&given.totals)
                .enumerate()
                .filter(|(_, (weight, total))| **weight <= 0.0 && **total > 0.0);
            errors.extend(empty.map(|(level, _)| CalibrationError::EmptyLevel { margin, level }));
        }
        let sums: Vec<f64> = margins.iter().map(|margin| sum(margin.totals.iter().copied())).collect();
        for (margin, sum) in sums.iter().enumerate().skip(1) {
            if (sum - sums[0]).abs() > 1e-6 * sums[0].abs() {
                errors.push(CalibrationError::TotalsDiffer { margin, sum: *sum, first: sums[0] });
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let (of_row, cells) = cells_of(&margins, rows);
        let mut rows_in_cell = vec![0; cells.len()];
        for cell in &of_row {
            rows_in_cell[*cell as usize] += 1;
        }
        let totals = margins.into_iter().map(|margin| margin.totals).collect();
        let mut calibration = Self { method, base: weights, of_row, cells, rows_in_cell, totals, factors: Vec::new() };
        let base = std::mem::take(&mut calibration.base);
        calibration.factors = calibration.factors_for(&base).ok_or_else(|| vec![CalibrationError::NotReached])?;
        calibration.base = base;
        Ok(calibration)
    }

    /// The weights after.
    pub fn weights(&self) -> Vec<f64> {
        self.base.iter().zip(&self.of_row).map(|(weight, cell)| weight * self.factors[*cell as usize]).collect()
    }

    /// The weights before.
    pub fn base(&self) -> &[f64] {
        &self.base
    }

    /// Smallest and largest ratio of weights after to before.
    pub fn range(&self) -> (f64, f64) {
        let factors = self.factors.iter().copied();
        (factors.clone().fold(f64::INFINITY, f64::min), factors.fold(f64::NEG_INFINITY, f64::max))
    }

    pub(super) fn cell(&self, row: u32) -> usize {
        self.of_row[row as usize] as usize
    }

    /// Sums of weights by cell.
    fn cell_weights(&self, weights: &[f64]) -> Vec<f64> {
        let grid = Grid::new(sum(weights.iter().map(|weight| weight.abs())), weights.len());
        let mut sums = vec![Exact::default(); self.cells.len()];
        for (cell, weight) in self.of_row.iter().zip(weights) {
            sums[*cell as usize].add(grid, *weight);
        }
        sums.into_iter().map(Exact::value).collect()
    }

    /// The factor of each cell that brings these weights to the totals; `None` if nothing does.
    pub(super) fn factors_for(&self, weights: &[f64]) -> Option<Vec<f64>> {
        let cells = self.cell_weights(weights);
        match self.method {
            CalibrationMethod::Poststratify | CalibrationMethod::Rake => self.raked(&cells),
            _ => self.regressed(&cells),
        }
    }

    fn raked(&self, cells: &[f64]) -> Option<Vec<f64>> {
        let mut factors = vec![1.0; cells.len()];
        let rounds = if self.totals.len() == 1 { 1 } else { MOST_ROUNDS };
        for round in 0..rounds {
            let mut furthest = 0.0_f64;
            for (margin, totals) in self.totals.iter().enumerate() {
                let mut sums = vec![0.0; totals.len()];
                for ((levels, weight), factor) in self.cells.iter().zip(cells).zip(&factors) {
                    sums[levels[margin] as usize] += weight * factor;
                }
                for (sum, total) in sums.iter_mut().zip(totals) {
                    // A level without weight is an empty one with total 0, or lost in this replicate.
                    if *sum <= 0.0 && *total > 0.0 {
                        return None;
                    }
                    let scale = if *sum > 0.0 { total / *sum } else { 1.0 };
                    furthest = furthest.max((scale - 1.0).abs());
                    *sum = scale;
                }
                for (levels, factor) in self.cells.iter().zip(&mut factors) {
                    *factor *= sums[levels[margin] as usize];
                }
            }
            if furthest <= NEAR || self.totals.len() == 1 {
                return Some(factors);
            }
            if round + 1 == rounds && furthest <= 1e-8 {
                return Some(factors);
            }
        }
        None
    }

    /// One column for all and one for every level but the first of each margin.
    fn design_matrix(&self) -> DMatrix<f64> {
        let columns = 1 + self.totals.iter().map(|totals| totals.len() - 1).sum::<usize>();
        let mut matrix = DMatrix::zeros(self.cells.len(), columns);
        for (cell, levels) in self.cells.iter().enumerate() {
            matrix[(cell, 0)] = 1.0;
            let mut start = 1;
            for (level, totals) in levels.iter().zip(&self.totals) {
                if *level > 0 {
                    matrix[(cell, start + *level as usize - 1)] = 1.0;
                }
                start += totals.len() - 1;
            }
        }
        matrix
    }

    fn regressed(&self, cells: &[f64]) -> Option<Vec<f64>> {
        let matrix = self.design_matrix();
        let all: f64 = self.totals.first()?.iter().sum();
        let others = self.totals.iter().flat_map(|totals| totals.iter().skip(1).copied());
        let totals = DVector::from_iterator(matrix.ncols(), std::iter::once(all).chain(others));
        let mut lambda = DVector::zeros(matrix.ncols());
        let mut factors = vec![1.0; cells.len()];
        for _ in 0..100 {
            let weighted = DVector::from_iterator(cells.len(), cells.iter().zip(&factors).map(|(w, g)| w * g));
            let missing = &totals - matrix.transpose() * &weighted;
            if missing.iter().zip(&totals).all(|(missing, _)| missing.abs() <= NEAR * all.abs().max(f64::MIN_POSITIVE))
            {
                return Some(factors);
            }
            let slopes: Vec<f64> = (&matrix * &lambda).iter().map(|u| self.slope(*u)).collect();
            let scaled = DMatrix::from_fn(matrix.nrows(), matrix.ncols(), |row, column| {
                matrix[(row, column)] * cells[row] * slopes[row]
            });
            lambda += solved(matrix.transpose() * scaled, &missing)?;
            for (factor, u) in factors.iter_mut().zip((&matrix * &lambda).iter()) {
                *factor = self.factor(*u);
            }
            if factors.iter().any(|factor| !factor.is_finite()) {
                return None;
            }
        }
        // What rounding leaves is no failure.
        let weighted = DVector::from_iterator(cells.len(), cells.iter().zip(&factors).map(|(w, g)| w * g));
        let missing = &totals - matrix.transpose() * &weighted;
        missing.iter().all(|missing| missing.abs() <= 1e-8 * all.abs()).then_some(factors)
    }

    fn factor(&self, u: f64) -> f64 {
        match self.method {
            CalibrationMethod::Exponential => u.exp(),
            CalibrationMethod::Bounded { low, high } => {
                let steep = ((high - low) / ((1.0 - low) * (high - 1.0)) * u).exp();
                if steep.is_infinite() {
                    return high;
                }
                (low * (high - 1.0) + high * (1.0 - low) * steep) / (high - 1.0 + (1.0 - low) * steep)
            }
            _ => 1.0 + u,
        }
    }

    fn slope(&self, u: f64) -> f64 {
        match self.method {
            CalibrationMethod::Exponential => u.exp(),
            CalibrationMethod::Bounded { low, high } => {
                let factor = self.factor(u);
                let rate = (high - low) / ((1.0 - low) * (high - 1.0));
                rate * (factor - low) * (high - factor) / (high - low)
            }
            _ => 1.0,
        }
    }

    /// The part of unweighted influences that the margins explain, cell by cell. `sums` holds per cell Σ q u with the
    /// weight q of the method: 1 for raking, the weight before otherwise.
    pub(super) fn explained(&self, sums: &[f64]) -> Vec<f64> {
        match self.method {
            CalibrationMethod::Poststratify => {
                let weights = self.cell_weights(&self.base);
                sums.iter().zip(weights).map(|(sum, weight)| if weight == 0.0 { 0.0 } else { sum / weight }).collect()
            }
            CalibrationMethod::Rake => self.projected(sums),
            _ => {
                let weights = self.cell_weights(&self.base);
                let matrix = self.design_matrix();
                let scaled = DMatrix::from_fn(matrix.nrows(), matrix.ncols(), |row, column| {
                    matrix[(row, column)] * weights[row]
                });
                let right = matrix.transpose() * DVector::from_column_slice(sums);
                match solved(matrix.transpose() * scaled, &right) {
                    Some(slopes) => (&matrix * slopes).iter().copied().collect(),
                    None => vec![0.0; sums.len()],
                }
            }
        }
    }

    fn projected(&self, sums: &[f64]) -> Vec<f64> {
        let mut explained = vec![0.0; sums.len()];
        for _ in 0..PROJECTIONS {
            for (margin, totals) in self.totals.iter().enumerate() {
                let mut means = vec![(0.0, 0.0); totals.len()];
                for (cell, levels) in self.cells.iter().enumerate() {
                    let rows = real(self.rows_in_cell[cell]);
                    let level = &mut means[levels[margin] as usize];
                    level.0 += sums[cell] - rows * explained[cell];
                    level.1 += rows;
                }
                for (cell, levels) in self.cells.iter().enumerate() {
                    let (total, rows) = means[levels[margin] as usize];
                    explained[cell] += if rows > 0.0 { total / rows } else { 0.0 };
                }
            }
        }
        explained
    }

    /// Explained parts of unweighted row influences, one column; for estimators that work row by row.
    pub fn residuals(&self, influences: &[f64]) -> Vec<f64> {
        let weigh = |row: usize| if self.method == CalibrationMethod::Rake { 1.0 } else { self.base[row] };
        let terms = influences.iter().enumerate().map(|(row, value)| weigh(row) * value);
        let grid = Grid::new(sum(terms.clone().map(f64::abs)), influences.len());
        let mut sums = vec![Exact::default(); self.cells.len()];
        for (term, cell) in terms.zip(&self.of_row) {
            sums[*cell as usize].add(grid, term);
        }
        let sums: Vec<f64> = sums.into_iter().map(Exact::value).collect();
        let explained = self.explained(&sums);
        influences.iter().zip(&self.of_row).map(|(value, cell)| value - explained[*cell as usize]).collect()
    }
}

/// Solves a symmetric system, in the least-squares sense where margins depend on each other.
fn solved(matrix: DMatrix<f64>, right: &DVector<f64>) -> Option<DVector<f64>> {
    let scale = matrix.amax();
    if !scale.is_finite() || scale <= 0.0 {
        return None;
    }
    matrix.svd(true, true).solve(right, 1e-12 * scale).ok()
}

fn cells_of(margins: &[Margin], rows: usize) -> (Vec<u32>, Vec<Vec<u32>>) {
    let levels = |row: usize| margins.iter().map(|margin| margin.of_row[row]).collect::<Vec<u32>>();
    let mut numbers = std::collections::BTreeMap::new();
    let mut last = (Vec::new(), 0_u32);
    let mut raw = Vec::with_capacity(rows);
    for row in 0..rows {
        let key = levels(row);
        if row == 0 || key != last.0 {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(key.clone()).or_insert(next);
            last = (key, number);
        }
        raw.push(last.1);
    }
    // Cells in the order of their levels, whatever the order of the rows.
    let mut place = vec![0_u32; numbers.len()];
    for (sorted, number) in numbers.values().enumerate() {
        place[*number as usize] = u32::try_from(sorted).unwrap_or(u32::MAX);
    }
    (raw.into_iter().map(|number| place[number as usize]).collect(), numbers.into_keys().collect())
}

/// What is taken off the influence of every row, for all outputs.
pub(super) struct Residuals<'a> {
    calibration: &'a Calibration,
    /// Cell by cell, one value per output and measure.
    explained: Vec<f64>,
    width: usize,
    bound: f64,
}

impl<'a> Residuals<'a> {
    pub(super) fn new(
        calibration: &'a Calibration,
        source: &Source<'_>,
        solution: &Solution,
        target: &Target<'_>,
    ) -> Self {
        let (cells, items) = (calibration.cells.len(), source.answers.items());
        let width = target.number * solution.measures;
        let rake = calibration.method == CalibrationMethod::Rake;
        let weigh = |row: usize| if rake { 1.0 } else { calibration.base[row] };
        let rows = calibration.base.len();
        let grid = Grid::new(sum((0..rows).map(|row| weigh(row).abs())) * source.largest, rows);
        let mut sums = vec![(Exact::default(), Exact::default()); target.domains.number * cells * items];
        for row in 0..rows {
            let narrow = u32::try_from(row).unwrap_or(u32::MAX);
            let Some(domain) = target.domains.of(narrow) else { continue };
            let start = (domain * cells + calibration.cell(narrow)) * items;
            let codes = source.answers.row(row);
            for ((code, table), (answered, sum)) in
                codes.iter().zip(&source.tables).zip(&mut sums[start..start + items])
            {
                let entry = &table[usize::from(*code)];
                answered.add(grid, weigh(row) * entry.is);
                sum.add(grid, weigh(row) * entry.value);
            }
        }
        let mut influences = vec![0.0; cells * width];
        for (domain, (output, sign)) in target.of_domain.iter().enumerate() {
            for cell in 0..cells {
                let own = &sums[(domain * cells + cell) * items..(domain * cells + cell + 1) * items];
                let answered: Vec<f64> = own.iter().map(|(answered, _)| answered.value()).collect();
                let values: Vec<f64> = own.iter().map(|(_, sum)| sum.value()).collect();
                let start = cell * width + output * solution.measures;
                let into = &mut influences[start..start + solution.measures];
                solution.influence(domain, &answered, &values, *sign, into);
            }
        }
        let mut explained = vec![0.0; cells * width];
        for column in 0..width {
            let own: Vec<f64> = (0..cells).map(|cell| influences[cell * width + column]).collect();
            for (cell, value) in calibration.explained(&own).into_iter().enumerate() {
                explained[cell * width + column] = value;
            }
        }
        let after = calibration.cell_weights(&calibration.weights());
        let largest = (0..width)
            .map(|column| (0..cells).map(|cell| (after[cell] * explained[cell * width + column]).abs()).sum::<f64>())
            .fold(0.0, f64::max);
        Self { calibration, explained, width, bound: 1.0 + largest }
    }

    pub(super) fn bound(&self) -> f64 {
        self.bound
    }

    pub(super) fn cells(&self) -> usize {
        self.calibration.cells.len()
    }

    pub(super) fn cell(&self, row: u32) -> usize {
        self.calibration.cell(row)
    }

    pub(super) fn take_off(&self, cell: usize, weight: f64, values: &mut [f64]) {
        let explained = &self.explained[cell * self.width..(cell + 1) * self.width];
        values.iter_mut().zip(explained).for_each(|(value, explained)| *value -= weight * explained);
    }
}
