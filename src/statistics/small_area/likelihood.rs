//! The likelihood of the Fay-Herriot model along the variance between areas.

use nalgebra::{DMatrix, DVector};

use super::super::quality::Definite;
use super::{Method, SmallAreaError};

/// Steps of the grid on which the maximum is looked for, from 10^-10 of the upper end up.
const GRID: u32 = 40;

/// Halvings between two steps of the grid.
const HALVINGS: u32 = 55;

/// Doublings until the likelihood falls.
const DOUBLINGS: u32 = 200;

/// Areas with a direct estimate: features with the constant, estimates, sampling variances.
pub(super) struct Sampled {
    pub(super) features: DMatrix<f64>,
    pub(super) direct: DVector<f64>,
    pub(super) variances: DVector<f64>,
}

/// The regression at one variance between areas.
pub(super) struct Regression {
    /// The coefficients, the constant first.
    pub(super) coefficients: DVector<f64>,
    /// Their covariance matrix (XᵀV⁻¹X)⁻¹.
    pub(super) spread: DMatrix<f64>,
    /// Direct estimates minus regression.
    residuals: DVector<f64>,
    /// 1 / (σ² + D) for each area.
    pub(super) weights: DVector<f64>,
    /// ln |XᵀV⁻¹X|.
    ln_determinant: f64,
    /// tr((XᵀV⁻¹X)⁻¹ XᵀV⁻²X).
    pub(super) leverage: f64,
}

impl Sampled {
    /// The regression with variance `sigma2` between areas; `None` if features follow from each other.
    pub(super) fn regression(&self, sigma2: f64) -> Option<Regression> {
        let weights = self.variances.map(|variance| 1.0 / (sigma2 + variance));
        let scaled = |power: &DVector<f64>| {
            let mut scaled = self.features.clone();
            for mut column in scaled.column_iter_mut() {
                column.component_mul_assign(power);
            }
            scaled
        };
        let weighted = scaled(&weights);
        let information = Definite::new(&self.features.tr_mul(&weighted))?;
        let coefficients = &information.inverse * weighted.tr_mul(&self.direct);
        let residuals = &self.direct - &self.features * &coefficients;
        let leverage = information.inverse.dot(&weighted.tr_mul(&weighted));
        let found = coefficients.iter().chain(&residuals).all(|value| value.is_finite());
        found.then_some(Regression {
            coefficients,
            spread: information.inverse,
            residuals,
            weights,
            ln_determinant: information.ln_determinant,
            leverage,
        })
    }

    /// The variance between areas that maximises the likelihood of `method`, zero if it is largest there.
    ///
    /// The highest place of a grid is refined by halving on the sign of the derivative, so that neither the start nor
    /// a second, lower maximum matters, and the search ends after some 100 regressions as a rule.
    pub(super) fn most_likely(&self, method: Method) -> Result<f64, SmallAreaError> {
        let flat = self.regression(0.0).ok_or(SmallAreaError::Collinear)?;
        let slope = |sigma2: f64| {
            self.regression(sigma2).map(|found| found.slope(sigma2, method)).ok_or(SmallAreaError::NotConverged)
        };
        let mut upper = flat.residuals.amax().powi(2).max(self.variances.max());
        let mut doublings = 0;
        while slope(upper)? > 0.0 {
            upper *= 2.0;
            doublings += 1;
            if doublings > DOUBLINGS || !upper.is_finite() {
                return Err(SmallAreaError::NotConverged);
            }
        }
        let step = |index: u32| upper * 10_f64.powf(10.0 * (f64::from(index) / f64::from(GRID) - 1.0));
        let mut places: Vec<f64> = (0..=GRID).map(step).collect();
        places.insert(0, 0.0);
        let mut best: Option<(f64, usize)> = None;
        for (index, place) in places.iter().enumerate() {
            let height = self.regression(*place).ok_or(SmallAreaError::NotConverged)?.height(*place, method);
            if best.is_none_or(|(highest, _)| height > highest) {
                best = Some((height, index));
            }
        }
        let Some((_, best)) = best else { return Err(SmallAreaError::NotConverged) };
        let place = |index: usize| places.get(index).copied();
        let highest = place(best).unwrap_or(0.0);
        let rises = slope(highest)? > 0.0;
        if !rises && best == 0 {
            return Ok(0.0);
        }
        let (mut low, mut high) = if rises {
            (highest, place(best + 1).unwrap_or(highest))
        } else {
            (place(best.saturating_sub(1)).unwrap_or(0.0), highest)
        };
        for _ in 0..HALVINGS {
            let middle = low + 0.5 * (high - low);
            if slope(middle)? > 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        Ok(low + 0.5 * (high - low))
    }
}

impl Regression {
    /// The logarithm of the likelihood, up to a constant.
    fn height(&self, sigma2: f64, method: Method) -> f64 {
        let squares = self.residuals.component_mul(&self.residuals).dot(&self.weights);
        let likelihood = 0.5 * (self.weights.map(f64::ln).sum() - squares);
        let restricted = if method.restricted() { -0.5 * self.ln_determinant } else { 0.0 };
        let adjusted = if method.adjusted() { sigma2.ln() } else { 0.0 };
        likelihood + restricted + adjusted
    }

    /// Its derivative by the variance between areas.
    fn slope(&self, sigma2: f64, method: Method) -> f64 {
        let scaled = self.residuals.component_mul(&self.weights);
        let likelihood = 0.5 * (scaled.dot(&scaled) - self.weights.sum());
        let restricted = if method.restricted() { 0.5 * self.leverage } else { 0.0 };
        let adjusted = if method.adjusted() { 1.0 / sigma2 } else { 0.0 };
        likelihood + restricted + adjusted
    }
}
