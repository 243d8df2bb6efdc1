//! Which items go with overall satisfaction, and how much: associations, not causes.
//!
//! People who are content answer everything better, so that an item that goes with the overall answer need not move it
//! when it is improved. The measures here divide up the variance of an outcome that a linear model of some items (the
//! drivers) goes with; they say where to look, and are to be called associations.

mod bootstrap;
mod error;
mod lmg;
mod quadrant;
mod ranks;

use nalgebra::{DMatrix, DVector};

use super::quality::{Definite, Items, covariance, eigen, unit_diagonal};
pub use bootstrap::{LmgIntervals, lmg_intervals};
pub use error::DriversError;
use lmg::Decomposition;
pub use quadrant::{Placed, Quadrant, importance_performance};

/// The most drivers: 4,096 models.
pub const MAX_DRIVERS: usize = 12;

/// An outcome and its drivers for the respondents who answered all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct DriverData {
    /// The drivers and, last, the outcome.
    columns: Vec<Vec<f64>>,
    weights: Option<Vec<f64>>,
    /// The places of the respondents among those given.
    who: Vec<usize>,
    given: usize,
    /// Correlations of the columns.
    correlations: DMatrix<f64>,
    /// The inverse of the correlations of the drivers.
    inverse: DMatrix<f64>,
}

impl DriverData {
    /// An outcome, one column for each driver, and a weight for each respondent (from 0 up to 10^12).
    ///
    /// Only respondents with every answer and a positive weight are used. Refused with no driver or more than
    /// [`MAX_DRIVERS`], with fewer respondents than drivers and two, and when the outcome or a driver does not vary or
    /// a driver follows from others.
    pub fn new(outcome: &[Option<f64>], drivers: &Items, weights: Option<&[f64]>) -> Result<Self, DriversError> {
        let (k, given) = (drivers.items(), drivers.respondents());
        if k > MAX_DRIVERS {
            return Err(DriversError::TooManyDrivers { given: k });
        }
        for length in [Some(outcome.len()), weights.map(<[f64]>::len)].into_iter().flatten() {
            if length != given {
                return Err(DriversError::Lengths { given: length, expected: given });
            }
        }
        if let Some(respondent) = outcome.iter().position(|answer| answer.is_some_and(|value| !value.is_finite())) {
            return Err(DriversError::AnswerUnusable { respondent });
        }
        if let Some(respondent) = weights.and_then(|all| all.iter().position(|weight| !(0.0..=1e12).contains(weight))) {
            return Err(DriversError::WeightUnusable { respondent });
        }
        let counts = |row: usize| weights.is_none_or(|all| all.get(row).is_some_and(|weight| *weight > 0.0));
        let answers = |row: usize| drivers.row(row).chain([outcome.get(row).copied().flatten()]);
        let who: Vec<usize> =
            (0..given).filter(|&row| counts(row) && answers(row).all(|answer| answer.is_some())).collect();
        if who.len() < k + 2 {
            return Err(DriversError::TooFewRespondents { given: who.len(), least: k + 2 });
        }
        let kept = |column: &[Option<f64>]| -> Vec<f64> {
            who.iter().filter_map(|&row| column.get(row).copied().flatten()).collect()
        };
        let columns: Vec<Vec<f64>> = drivers.columns().iter().map(Vec::as_slice).chain([outcome]).map(kept).collect();
        let weights = weights.map(|all| who.iter().filter_map(|&row| all.get(row).copied()).collect::<Vec<_>>());
        if let Some(column) = columns.iter().position(|column| !varies(column)) {
            let driver = (column < k).then_some(column);
            return Err(driver.map_or(DriversError::OutcomeDoesNotVary, |driver| DriversError::DoesNotVary { driver }));
        }
        let correlations =
            unit_diagonal(&covariance(&columns, weights.as_deref())).ok_or(DriversError::OutcomeDoesNotVary)?;
        let inverse = independent(&correlations)?;
        Ok(Self { columns, weights, who, given, correlations, inverse })
    }

    /// How many drivers.
    pub fn drivers(&self) -> usize {
        self.columns.len() - 1
    }

    /// How many respondents are used.
    pub fn respondents(&self) -> usize {
        self.who.len()
    }

    /// How many respondents are left out for want of an answer or a weight.
    pub fn left_out(&self) -> usize {
        self.given - self.who.len()
    }

    /// The correlations of the drivers with the outcome.
    fn with_outcome(&self) -> DVector<f64> {
        self.correlations.view((0, self.drivers()), (self.drivers(), 1)).column(0).into_owned()
    }
}

/// Whether two values differ.
fn varies(column: &[f64]) -> bool {
    let (low, high) =
        column.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
    low < high
}

/// The inverse of the correlations of the drivers, all columns but the last; or the first that follows from others.
fn independent(correlations: &DMatrix<f64>) -> Result<DMatrix<f64>, DriversError> {
    let k = correlations.nrows() - 1;
    let first = |number: usize| Definite::new(&correlations.view((0, 0), (number, number)).into_owned());
    first(k).map(|definite| definite.inverse).ok_or_else(|| {
        let driver = (0..k).find(|&driver| first(driver + 1).is_none()).unwrap_or(k - 1);
        DriversError::Collinear { driver }
    })
}

/// How strongly each driver goes with the outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Associations {
    /// The part of the outcome's variance that the linear model of all drivers goes with (R²).
    pub r_squared: f64,
    /// Each driver, in the order given.
    pub drivers: Vec<Association>,
}

/// How strongly one driver goes with the outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Association {
    /// Its part of R²: the growth of R² when it enters, averaged over all orders of entering (Lindeman, Merenda & Gold
    /// 1980; the Shapley value of R²). The parts add up to R² and none is negative.
    pub lmg: f64,
    /// [`Self::lmg`] over R²; `None` when R² is zero.
    pub share: Option<f64>,
    /// R² of the driver alone.
    pub first: f64,
    /// Growth of R² when it enters last.
    pub last: f64,
    /// Coefficient in the model of all drivers, all scaled to variance one; its sign is that of a partial association.
    pub standardised_beta: f64,
    /// Pearson's correlation with the outcome.
    pub pearson: f64,
    /// Spearman's correlation with the outcome, of mid-ranks (with weights: of mid-places in the weighted order).
    pub spearman: f64,
    /// Relative weight (Johnson 2000): its part of R² through the orthogonal variables closest to the drivers.
    pub relative_weight: f64,
    /// [`Self::relative_weight`] over R²; `None` when R² is zero.
    pub relative_share: Option<f64>,
}

/// All measures of association of the drivers with the outcome, weighted if the data are.
///
/// Refused only when the eigenvectors of the correlations are not found, which no finite data are known to do.
pub fn associations(data: &DriverData) -> Result<Associations, DriversError> {
    let k = data.drivers();
    let found = Decomposition::new(&data.correlations);
    let with_outcome = data.with_outcome();
    let beta = &data.inverse * &with_outcome;
    let relative = relative_weights(&data.correlations, &with_outcome)?;
    let ranks: Vec<Vec<f64>> =
        data.columns.iter().map(|column| ranks::mid_ranks(column, data.weights.as_deref())).collect();
    let ranked = unit_diagonal(&covariance(&ranks, data.weights.as_deref())).ok_or(DriversError::OutcomeDoesNotVary)?;
    let r_squared = found.r_squared();
    let share = |part: f64| (r_squared > 0.0).then(|| part / r_squared);
    let drivers = (0..k).map(|driver| {
        let of = |vector: &DVector<f64>| vector.get(driver).copied().unwrap_or_default();
        let (lmg, relative_weight) = (found.lmg(driver), of(&relative));
        Association {
            lmg,
            share: share(lmg),
            first: found.first(driver),
            last: found.last(driver),
            standardised_beta: of(&beta),
            pearson: of(&with_outcome),
            spearman: ranked.get((driver, k)).copied().unwrap_or_default(),
            relative_weight,
            relative_share: share(relative_weight),
        }
    });
    Ok(Associations { r_squared, drivers: drivers.collect() })
}

/// Johnson (2000, Multivariate Behavioral Research 35): with L the symmetric root of the drivers' correlations and
/// b = L⁻¹ r, driver j has Σ_m L_jm² b_m².
fn relative_weights(correlations: &DMatrix<f64>, with_outcome: &DVector<f64>) -> Result<DVector<f64>, DriversError> {
    let k = with_outcome.len();
    let found = eigen(&correlations.view((0, 0), (k, k)).into_owned()).ok_or(DriversError::NotConverged)?;
    let roots = found.eigenvalues.map(|value| value.max(0.0).sqrt());
    if roots.iter().any(|root| *root <= 0.0) {
        return Err(DriversError::NotConverged);
    }
    let vectors = &found.eigenvectors;
    let root = vectors * DMatrix::from_diagonal(&roots) * vectors.transpose();
    let coefficients = vectors * vectors.tr_mul(with_outcome).component_div(&roots);
    Ok(root.component_mul(&root) * coefficients.component_mul(&coefficients))
}

#[cfg(test)]
mod tests;
