//! How far the division of R² would move with another sample.

use std::collections::BTreeMap;

use nalgebra::DMatrix;

use super::super::interval::{Confidence, Interval};
use super::super::quality::{Draws, size, unit_diagonal};
use super::lmg::Decomposition;
use super::{DriverData, DriversError, independent};

/// The fewest units that are drawn from.
const LEAST_UNITS: usize = 10;

/// The fewest and the most replicates.
const REPLICATES: std::ops::RangeInclusive<u32> = 100..=10_000;

/// The most units times replicates.
const MAX_STEPS: u64 = 20_000_000;

/// Bootstrap intervals of the division of R².
#[derive(Clone, Debug, PartialEq)]
pub struct LmgIntervals {
    /// For each driver, of its part of R².
    pub lmg: Vec<Interval>,
    /// For each driver, of its part over R².
    pub share: Vec<Interval>,
    /// Units drawn in each replicate.
    pub units: usize,
    /// Replicates the intervals rest on.
    pub replicates: u32,
    /// Replicates left out because a driver did not vary or followed from others.
    pub unusable: u32,
}

/// Percentile bootstrap intervals of each driver's part of R² (Efron & Tibshirani 1993).
///
/// `units` labels the sampling unit of each respondent given to [`DriverData::new`]; whole units are drawn, with
/// replacement, so that people of one commune stay together. Without labels respondents are drawn, which is right for
/// simple random samples only. Weights stay with their respondents; strata are not kept. From 100 to 10,000 replicates,
/// at least 10 units (with fewer than some 30 the intervals are rough), and units times replicates up to 20 million.
pub fn lmg_intervals(
    data: &DriverData,
    units: Option<&[usize]>,
    replicates: u32,
    seed: u64,
    confidence: Confidence,
) -> Result<LmgIntervals, DriversError> {
    if !REPLICATES.contains(&replicates) {
        return Err(DriversError::Replicates { given: replicates });
    }
    let moments = moments(data, units)?;
    if moments.len() < LEAST_UNITS {
        return Err(DriversError::TooFewUnits { given: moments.len(), least: LEAST_UNITS });
    }
    let steps = u64::try_from(moments.len()).unwrap_or(u64::MAX).saturating_mul(u64::from(replicates));
    if steps > MAX_STEPS {
        return Err(DriversError::TooMuchWork { steps, limit: MAX_STEPS });
    }
    let (k, mut draws) = (data.drivers(), Draws::new(seed));
    let (mut lmg, mut share) = (vec![Vec::new(); k], vec![Vec::new(); k]);
    let mut unusable = 0;
    for _ in 0..replicates {
        let mut times = vec![0_u32; moments.len()];
        for _ in 0..moments.len() {
            if let Some(times) = times.get_mut(draws.below(moments.len())) {
                *times += 1;
            }
        }
        let Some(found) = decomposed(&moments, &times, k) else {
            unusable += 1;
            continue;
        };
        let whole = found.r_squared();
        for (driver, (lmg, share)) in lmg.iter_mut().zip(&mut share).enumerate() {
            let part = found.lmg(driver);
            lmg.push(part);
            share.push(if whole > 0.0 { part / whole } else { 0.0 });
        }
    }
    if unusable > replicates / 10 {
        return Err(DriversError::ReplicatesUnusable { unusable, replicates });
    }
    let limits = |values: Vec<Vec<f64>>| values.into_iter().map(|values| percentiles(values, confidence)).collect();
    Ok(LmgIntervals {
        lmg: limits(lmg),
        share: limits(share),
        units: moments.len(),
        replicates: replicates - unusable,
        unusable,
    })
}

/// For each unit the sums Σ w z zᵀ with z = (1, drivers, outcome), as the rows of the upper triangle.
///
/// Values are taken from their overall mean, so that the covariance of a replicate keeps its digits.
fn moments(data: &DriverData, units: Option<&[usize]>) -> Result<Vec<Vec<f64>>, DriversError> {
    if let Some(units) = units
        && units.len() != data.given
    {
        return Err(DriversError::Lengths { given: units.len(), expected: data.given });
    }
    let mean = |column: &Vec<f64>| column.iter().sum::<f64>() / size(column.len());
    let means: Vec<f64> = data.columns.iter().map(mean).collect();
    let width = data.columns.len() + 1;
    let mut found = BTreeMap::<usize, Vec<f64>>::new();
    for (place, &respondent) in data.who.iter().enumerate() {
        let unit = units.map_or(respondent, |units| units.get(respondent).copied().unwrap_or_default());
        let weight = data.weights.as_ref().map_or(1.0, |all| all.get(place).copied().unwrap_or_default());
        let values = data.columns.iter().zip(&means).map(|(column, mean)| column.get(place).map_or(0.0, |v| v - mean));
        let z: Vec<f64> = [1.0].into_iter().chain(values).collect();
        let sums = found.entry(unit).or_insert_with(|| vec![0.0; width * (width + 1) / 2]);
        let products = z.iter().enumerate().flat_map(|(row, a)| z.iter().skip(row).map(move |b| weight * a * b));
        for (sum, product) in sums.iter_mut().zip(products) {
            *sum += product;
        }
    }
    Ok(found.into_values().collect())
}

/// The division of R² in a replicate that holds each unit so many times; `None` if it cannot be made.
fn decomposed(moments: &[Vec<f64>], times: &[u32], drivers: usize) -> Option<Decomposition> {
    let width = drivers + 2;
    let mut sums = vec![0.0; width * (width + 1) / 2];
    for (unit, times) in moments.iter().zip(times).filter(|(_, times)| **times > 0) {
        for (sum, part) in sums.iter_mut().zip(unit) {
            *sum += f64::from(*times) * part;
        }
    }
    let mut entries = sums.into_iter();
    let mut matrix = DMatrix::zeros(width, width);
    for row in 0..width {
        for column in row..width {
            let entry = entries.next()?;
            *matrix.get_mut((row, column))? = entry;
            *matrix.get_mut((column, row))? = entry;
        }
    }
    let total = *matrix.get((0, 0))?;
    let sum = matrix.view((1, 0), (width - 1, 1));
    let products = matrix.view((1, 1), (width - 1, width - 1));
    let covariances = (products - sum * sum.transpose() / total) / total;
    // What rounding leaves of a variance is no variance.
    let varies =
        covariances.diagonal().iter().zip(products.diagonal().iter()).all(|(own, raw)| *own > 1e-12 * raw / total);
    let correlations = unit_diagonal(&covariances).filter(|_| varies)?;
    independent(&correlations).ok()?;
    Some(Decomposition::new(&correlations))
}

/// The two percentiles that leave out `confidence.error()` together, between the values next to them.
fn percentiles(mut values: Vec<f64>, confidence: Confidence) -> Interval {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    let at = |part: f64| {
        // The place is found by counting, at most 10,000 steps, to stay clear of casts.
        let place = part * size(last);
        let below = (0..=last).take_while(|step| size(*step) <= place).last().unwrap_or(0);
        let value = |step: usize| values.get(step.min(last)).copied().unwrap_or(0.0);
        let over = place - size(below);
        value(below) + over * (value(below + 1) - value(below))
    };
    let tail = confidence.tail();
    Interval { low: at(tail), high: at(1.0 - tail) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_between_the_values_next_to_them() {
        let values: Vec<f64> = (0..=40).rev().map(size).collect();
        let found = percentiles(values, Confidence::P90);
        assert!((found.low - 2.0).abs() < 1e-12 && (found.high - 38.0).abs() < 1e-12, "{found:?}");
        let one = percentiles(vec![7.0], Confidence::P95);
        assert!((one.low - 7.0).abs() < 1e-15 && (one.high - 7.0).abs() < 1e-15);
    }
}
