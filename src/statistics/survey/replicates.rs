//! Variances from replicate weights.
#![expect(clippy::indexing_slicing, reason = "factors go unit by unit and sums domain by domain, as sized here")]

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::super::design::{Design, Exact, LonelyRule};
use super::super::interval::real;
use super::answers::Domains;
use super::calibration::Calibration;
use super::influence::Target;
use super::solution::Solution;
use super::totals::{Grids, Source, add_row};

/// The most replicates.
pub const MAX_REPLICATES: usize = 10_000;

/// How replicates are made, or were.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReplicateMethod {
    /// Jackknife of an unstratified design: each unit left out once.
    Jk1,
    /// Jackknife of a stratified design: each unit left out once, its stratum scaled up.
    Jkn,
    /// Balanced repeated replication (McCarthy 1969): half samples from strata of two units.
    Brr,
    /// BRR with the left-out half kept at `rho` (Judkins 1990).
    Fay {
        /// Between 0 and 1.
        rho: f64,
    },
    /// Rescaled bootstrap of n − 1 units per stratum (Rao & Wu 1988; Rao, Wu & Yue 1992 with population counts).
    Bootstrap {
        /// Replicates.
        count: usize,
        /// The seed; the same one gives the same replicates everywhere.
        seed: u64,
    },
}

/// Why there are no replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReplicateError {
    /// More than [`MAX_REPLICATES`], or fewer than two.
    Number(usize),
    /// JK1 of a design with several strata.
    Stratified,
    /// A stratum has one unit, at this row.
    Lonely {
        /// A row of it, counted from 0.
        row: usize,
    },
    /// Half samples need strata of two units, or of an even number; this row's has another.
    NotPaired {
        /// A row of it, counted from 0.
        row: usize,
        /// Its units.
        units: usize,
    },
    /// `rho` is not between 0 and 1.
    Rho,
    /// A column has another number of rows than the design.
    Length {
        /// The column, counted from 0.
        column: usize,
    },
    /// A replicate weight is not a number.
    Weight {
        /// The column, counted from 0.
        column: usize,
        /// The row, counted from 0.
        row: usize,
    },
    /// JKn columns without their scales, which the columns alone do not tell.
    NoScales,
    /// Nothing varies: every stratum was taken completely, or is left out by the rule.
    Nothing,
}

impl std::fmt::Display for ReplicateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(given) => {
                write!(f, "{given} replicates: 2 to {MAX_REPLICATES} are possible; for more units use a bootstrap")
            }
            Self::Stratified => f.write_str("JK1 is for designs without strata: use JKn"),
            Self::Lonely { row } => {
                write!(f, "row {}: its stratum has one sampling unit, which cannot be left out", row + 1)
            }
            Self::NotPaired { row, units } => {
                write!(
                    f,
                    "row {}: its stratum has {units} sampling units; half samples need two, or an even number",
                    row + 1
                )
            }
            Self::Rho => f.write_str("rho must be at least 0 and below 1"),
            Self::Length { column } => write!(f, "replicate column {}: one weight per row is needed", column + 1),
            Self::Weight { column, row } => {
                write!(f, "replicate column {}, row {}: the weight must be a number", column + 1, row + 1)
            }
            Self::NoScales => f.write_str("JKn columns need rscales, one per column: (n − 1)/n of the stratum"),
            Self::Nothing => f.write_str("no stratum leaves anything to vary: use linearisation"),
        }
    }
}

impl std::error::Error for ReplicateError {}

#[derive(Clone, Debug)]
enum Factors {
    /// One unit left out: (stratum, unit) of each replicate.
    LeftOut(Vec<(usize, usize)>),
    /// A whole stratum of one unit left out beside those: as R's rule "adjust" has it.
    LeftOutOrStratum(Vec<(usize, Option<usize>)>),
    /// Half samples: for each pair of units the row of a Hadamard matrix.
    Halves {
        pairs: Vec<(usize, usize)>,
        matrix: Vec<Vec<bool>>,
        rho: f64,
    },
    Bootstrap {
        seed: u64,
    },
    /// Full weights, one list per replicate.
    Given(Vec<Vec<f64>>),
}

/// Around what replicates are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Centre {
    /// Their own mean, as R does by default.
    #[default]
    Mean,
    /// The estimate from the full sample (R's `mse = TRUE`).
    Estimate,
}

/// Replicate weights with their scales.
#[derive(Clone, Debug)]
pub struct Replicates {
    factors: Factors,
    /// Units and population of each first-stage stratum, and each unit's stratum.
    strata: Vec<(usize, f64)>,
    stratum_of_unit: Vec<usize>,
    unit_of_row: Vec<u32>,
    scale: f64,
    scales: Vec<f64>,
    centre: Centre,
}

impl Replicates {
    /// Makes replicates from the first stage of a design.
    pub fn of_design(design: &Design, method: ReplicateMethod) -> Result<Self, ReplicateError> {
        let tree = design.tree();
        let strata = tree.first_stage_strata();
        let mut stratum_of_unit = Vec::new();
        let mut first_rows = Vec::new();
        for (group, _, rows) in tree.first_stage() {
            stratum_of_unit.push(group);
            first_rows.push(rows.first().map_or(0, |row| *row as usize));
        }
        let mut made = Self {
            factors: Factors::Given(Vec::new()),
            unit_of_row: tree.unit_of_row(),
            strata,
            stratum_of_unit,
            scale: 1.0,
            scales: Vec::new(),
            centre: Centre::Mean,
        };
        match method {
            ReplicateMethod::Jk1 if made.strata.len() > 1 => return Err(ReplicateError::Stratified),
            ReplicateMethod::Jkn => made.jackknife(design.lonely_rule(), &first_rows)?,
            ReplicateMethod::Jk1 => {
                made.jackknife(design.lonely_rule(), &first_rows)?;
                // One stratum has one scale.
                made.scale = made.scales.first().copied().unwrap_or(1.0);
                made.scales.fill(1.0);
            }
            ReplicateMethod::Brr => made.halves(0.0, &first_rows)?,
            ReplicateMethod::Fay { rho } => made.halves(rho, &first_rows)?,
            ReplicateMethod::Bootstrap { count, seed } => {
                let lonely = made.lonely().next();
                if let Some(unit) = lonely.filter(|_| design.lonely_rule() == LonelyRule::Fail) {
                    return Err(ReplicateError::Lonely { row: first_rows[unit] });
                }
                made.factors = Factors::Bootstrap { seed };
                made.scales = vec![1.0; count];
                made.scale = 1.0 / (real(count as u64) - 1.0);
            }
        }
        match made.scales.len() {
            0 => Err(ReplicateError::Nothing),
            number if !(2..=MAX_REPLICATES).contains(&number) => Err(ReplicateError::Number(number)),
            _ => Ok(made),
        }
    }

    /// Takes given full replicate weights; scales as R's `svrepdesign` has them unless given.
    pub fn given(
        rows: usize,
        method: ReplicateMethod,
        columns: Vec<Vec<f64>>,
        scale: Option<f64>,
        scales: Option<Vec<f64>>,
    ) -> Result<Self, ReplicateError> {
        let number = columns.len();
        if !(2..=MAX_REPLICATES).contains(&number) {
            return Err(ReplicateError::Number(number));
        }
        for (column, weights) in columns.iter().enumerate() {
            if weights.len() != rows {
                return Err(ReplicateError::Length { column });
            }
            if let Some(row) = weights.iter().position(|weight| !weight.is_finite()) {
                return Err(ReplicateError::Weight { column, row });
            }
        }
        let count = real(number as u64);
        let usual = match method {
            ReplicateMethod::Jk1 => (count - 1.0) / count,
            ReplicateMethod::Jkn if scales.is_none() => return Err(ReplicateError::NoScales),
            ReplicateMethod::Jkn => 1.0,
            ReplicateMethod::Brr => 1.0 / count,
            ReplicateMethod::Fay { rho } if !(0.0..1.0).contains(&rho) => return Err(ReplicateError::Rho),
            ReplicateMethod::Fay { rho } => 1.0 / (count * (1.0 - rho) * (1.0 - rho)),
            ReplicateMethod::Bootstrap { .. } => 1.0 / (count - 1.0),
        };
        let scales = scales.unwrap_or_else(|| vec![1.0; number]);
        if scales.len() != number {
            return Err(ReplicateError::NoScales);
        }
        Ok(Self {
            factors: Factors::Given(columns),
            strata: Vec::new(),
            stratum_of_unit: Vec::new(),
            unit_of_row: Vec::new(),
            scale: scale.unwrap_or(usual),
            scales,
            centre: Centre::Mean,
        })
    }

    /// The same replicates, compared around something else.
    #[must_use]
    pub fn around(mut self, centre: Centre) -> Self {
        self.centre = centre;
        self
    }

    /// Number of replicates.
    pub fn number(&self) -> usize {
        self.scales.len()
    }

    /// The common scale and the scale of each replicate.
    pub fn scales(&self) -> (f64, &[f64]) {
        (self.scale, &self.scales)
    }

    fn lonely(&self) -> impl Iterator<Item = usize> {
        self.stratum_of_unit
            .iter()
            .enumerate()
            .filter(|(_, stratum)| {
                let (units, population) = self.strata[**stratum];
                units == 1 && population > 1.0 + 1e-7
            })
            .map(|(unit, _)| unit)
    }

    fn left_out(&self, stratum: usize) -> f64 {
        let (units, population) = self.strata[stratum];
        if population.is_infinite() { 1.0 } else { (1.0 - real(units as u64) / population).max(0.0) }
    }

    fn jackknife(&mut self, rule: LonelyRule, first_rows: &[usize]) -> Result<(), ReplicateError> {
        let lonely: Vec<usize> = self.lonely().collect();
        if let Some(unit) = lonely.first().filter(|_| rule == LonelyRule::Fail) {
            return Err(ReplicateError::Lonely { row: first_rows[*unit] });
        }
        let strata = real(self.strata.len() as u64);
        let mut replicates: Vec<(usize, Option<usize>)> = Vec::new();
        for (unit, stratum) in self.stratum_of_unit.iter().enumerate() {
            let (units, left_out) = (real(self.strata[*stratum].0 as u64), self.left_out(*stratum));
            if self.strata[*stratum].0 > 1 {
                replicates.push((*stratum, Some(unit)));
                self.scales.push(left_out * (units - 1.0) / units);
            } else if rule == LonelyRule::Adjust && lonely.contains(&unit) && self.strata.len() > 1 {
                replicates.push((*stratum, None));
                self.scales.push((strata - 1.0) / strata);
            }
        }
        if rule == LonelyRule::Average && !replicates.is_empty() {
            // R leaves replicates of completely taken strata out of this count.
            let varying = self.scales.iter().filter(|scale| **scale > 0.0).count().max(1);
            self.scale = real(self.stratum_of_unit.len() as u64) / real(varying as u64);
        }
        let plain: Option<Vec<(usize, usize)>> =
            replicates.iter().map(|(stratum, unit)| unit.map(|unit| (*stratum, unit))).collect();
        self.factors = match plain {
            Some(plain) => Factors::LeftOut(plain),
            None => Factors::LeftOutOrStratum(replicates),
        };
        Ok(())
    }

    fn halves(&mut self, rho: f64, first_rows: &[usize]) -> Result<(), ReplicateError> {
        if !(0.0..1.0).contains(&rho) {
            return Err(ReplicateError::Rho);
        }
        let mut pairs = [Vec::new(), Vec::new()];
        let mut start = 0;
        for (units, _) in &self.strata {
            if units % 2 == 1 {
                return Err(ReplicateError::NotPaired { row: first_rows[start], units: *units });
            }
            // Larger strata are split into pairs, which come first, as in R.
            let into = &mut pairs[usize::from(*units == 2)];
            into.extend((start..start + units).step_by(2).map(|unit| (unit, unit + 1)));
            start += units;
        }
        let pairs = pairs.concat();
        if pairs.len() >= MAX_REPLICATES {
            return Err(ReplicateError::Number(pairs.len()));
        }
        let matrix = super::hadamard::at_least(pairs.len() + 1);
        let count = real(matrix.len() as u64);
        self.scales = vec![1.0; matrix.len()];
        self.scale = 1.0 / (count * (1.0 - rho) * (1.0 - rho));
        self.factors = Factors::Halves { pairs, matrix, rho };
        Ok(())
    }

    /// The factor of every first-stage unit in one replicate.
    fn unit_factors(&self, replicate: usize) -> Vec<f64> {
        let mut factors = vec![1.0; self.stratum_of_unit.len()];
        let leave_out = |stratum: usize, unit: usize, factors: &mut [f64]| {
            let units = real(self.strata[stratum].0 as u64);
            for (other, (factor, own)) in factors.iter_mut().zip(&self.stratum_of_unit).enumerate() {
                if other == unit {
                    *factor = 0.0;
                } else if *own == stratum {
                    *factor = units / (units - 1.0);
                }
            }
        };
        match &self.factors {
            Factors::LeftOut(replicates) => {
                let (stratum, unit) = replicates[replicate];
                leave_out(stratum, unit, &mut factors);
            }
            Factors::LeftOutOrStratum(replicates) => match replicates[replicate] {
                (stratum, Some(unit)) => leave_out(stratum, unit, &mut factors),
                (stratum, None) => {
                    let strata = real(self.strata.len() as u64);
                    for (factor, own) in factors.iter_mut().zip(&self.stratum_of_unit) {
                        *factor = if *own == stratum { 0.0 } else { strata / (strata - 1.0) };
                    }
                }
            },
            Factors::Halves { pairs, matrix, rho } => {
                for (index, (first, second)) in pairs.iter().enumerate() {
                    let kept = matrix[index + 1][replicate];
                    factors[*first] = if kept { 2.0 - rho } else { *rho };
                    factors[*second] = if kept { *rho } else { 2.0 - rho };
                }
            }
            Factors::Bootstrap { seed } => self.drawn(*seed, replicate, &mut factors),
            Factors::Given(_) => {}
        }
        factors
    }

    /// n − 1 units drawn with replacement from each stratum; factor 1 − λ + λ n/(n − 1) times drawn, λ² = 1 − n/N.
    fn drawn(&self, seed: u64, replicate: usize, factors: &mut [f64]) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(replicate as u64);
        let mut start = 0;
        for (stratum, (units, _)) in self.strata.iter().enumerate() {
            let own = &mut factors[start..start + units];
            start += units;
            if *units < 2 {
                continue;
            }
            own.fill(0.0);
            for _ in 1..*units {
                own[random.random_range(0..*units)] += 1.0;
            }
            let (n, lambda) = (real(*units as u64), self.left_out(stratum).sqrt());
            for times in own {
                *times = 1.0 - lambda + lambda * n / (n - 1.0) * *times;
            }
        }
    }

    /// The full weights of one replicate, row by row, from the weights before calibration.
    pub fn weights(&self, replicate: usize, base: &[f64]) -> Vec<f64> {
        if let Factors::Given(columns) = &self.factors {
            return columns.get(replicate).cloned().unwrap_or_default();
        }
        let factors = self.unit_factors(replicate);
        base.iter().zip(&self.unit_of_row).map(|(weight, unit)| weight * factors[*unit as usize]).collect()
    }

    /// The final weights of one replicate: a calibration is redone in it; `None` where its totals cannot be reached.
    pub(super) fn final_weights(
        &self,
        replicate: usize,
        design: &Design,
        calibration: Option<&Calibration>,
    ) -> Option<Vec<f64>> {
        let Some(calibration) = calibration else { return Some(self.weights(replicate, design.weights())) };
        let mut weights = self.weights(replicate, calibration.base());
        let factors = calibration.factors_for(&weights)?;
        for (row, weight) in weights.iter_mut().enumerate() {
            *weight *= factors[calibration.cell(u32::try_from(row).unwrap_or(u32::MAX))];
        }
        Some(weights)
    }

    /// The variance of an estimate from its value in every replicate; replicates without a value are left out.
    pub fn variance(&self, estimate: f64, values: &[Option<f64>]) -> Option<f64> {
        self.covariance((estimate, values), (estimate, values))
    }

    /// The covariance of two estimates, each with its value in every replicate; replicates without both are left out.
    pub fn covariance(
        &self,
        (first, firsts): (f64, &[Option<f64>]),
        (second, seconds): (f64, &[Option<f64>]),
    ) -> Option<f64> {
        let pairs = firsts.iter().zip(seconds).map(|(first, second)| first.zip(*second));
        let known: Vec<((f64, f64), f64)> =
            pairs.zip(&self.scales).filter_map(|(pair, scale)| pair.map(|pair| (pair, *scale))).collect();
        let varying = known.iter().filter(|(_, scale)| *scale > 0.0).map(|(pair, _)| *pair);
        let number = real(varying.clone().count() as u64);
        if number < 1.0 {
            // Everything was taken: the replicates that there are do not count.
            return (!known.is_empty()).then_some(0.0);
        }
        let centre = match self.centre {
            Centre::Estimate => (first, second),
            Centre::Mean => {
                let (one, two) = varying.fold((0.0, 0.0), |(one, two), (first, second)| (one + first, two + second));
                (one / number, two / number)
            }
        };
        let of = |((one, two), scale): &((f64, f64), f64)| scale * (one - centre.0) * (two - centre.1);
        Some(self.scale * known.iter().map(of).sum::<f64>())
    }

    /// Variances of every output of the target.
    pub(super) fn variances(
        &self,
        design: &Design,
        source: &Source<'_>,
        domains: &Domains,
        target: &Target<'_>,
        calibration: Option<&Calibration>,
    ) -> Vec<Spread> {
        let one = |replicate: usize| {
            let weights = self.final_weights(replicate, design, calibration)?;
            Some(estimates(source, domains, target, &weights))
        };
        let full = estimates(source, domains, target, design.weights());
        let threads = super::super::threads(design.rows() * self.number().max(1)).min(self.number());
        let chunk = self.number().div_ceil(threads.max(1)).max(1);
        let starts: Vec<usize> = (0..self.number()).step_by(chunk).collect();
        let values: Vec<Option<Vec<Option<f64>>>> = std::thread::scope(|scope| {
            let one = &one;
            let running: Vec<_> = starts
                .iter()
                .map(|start| {
                    let end = (start + chunk).min(self.number());
                    scope.spawn(move || (*start..end).map(one).collect::<Vec<_>>())
                })
                .collect();
            let joined = running.into_iter().flat_map(|thread| match thread.join() {
                Ok(values) => values,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            joined.collect()
        });
        full.iter()
            .enumerate()
            .map(|(output, full)| {
                let column: Vec<Option<f64>> =
                    values.iter().map(|values| values.as_ref().and_then(|values| values[output])).collect();
                let logits: Vec<Option<f64>> = column.iter().map(|value| value.and_then(logit)).collect();
                let lost = column.iter().filter(|value| value.is_none()).count();
                Spread {
                    variance: full.and_then(|full| self.variance(full, &column)),
                    logit: full.and_then(logit).and_then(|full| self.variance(full, &logits)),
                    lost,
                }
            })
            .collect()
    }
}

/// How far an output varies between replicates.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spread {
    pub(super) variance: Option<f64>,
    /// The variance of its logit.
    pub(super) logit: Option<f64>,
    /// Replicates without a value.
    pub(super) lost: usize,
}

fn logit(share: f64) -> Option<f64> {
    (share > 0.0 && share < 1.0).then(|| (share / (1.0 - share)).ln())
}

/// Every output under one set of weights.
fn estimates(source: &Source<'_>, domains: &Domains, target: &Target<'_>, weights: &[f64]) -> Vec<Option<f64>> {
    let grids = Grids::new(source, weights);
    let items = source.answers.items();
    let mut answered = vec![Exact::default(); domains.number * items];
    let mut sums = vec![Exact::default(); domains.number * items];
    for (row, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight != 0.0) {
        let Some(domain) = domains.of(u32::try_from(row).unwrap_or(u32::MAX)) else { continue };
        let cells = domain * items..(domain + 1) * items;
        let codes = source.answers.row(row);
        add_row(source, grids, codes, *weight, &mut answered[cells.clone()], &mut sums[cells]);
    }
    let solution = Solution::new(source.measures, items, &answered, &sums);
    let mut outputs = vec![Some(0.0); target.number * solution.measures];
    for (domain, own) in solution.estimates.chunks_exact(solution.measures.max(1)).enumerate() {
        let (output, sign) = target.of_domain[domain];
        for (measure, value) in own.iter().enumerate() {
            let place = &mut outputs[output * solution.measures + measure];
            *place = place.zip(*value).map(|(sum, value)| sum + sign * value);
        }
    }
    outputs
}
