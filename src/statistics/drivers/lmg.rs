//! R² of every model of some drivers, and its division among them.

use nalgebra::DMatrix;

use super::super::interval::real;

/// R² of all models, by the drivers in them: bit j of the place stands for driver j.
pub(super) struct Decomposition {
    r_squared: Vec<f64>,
    drivers: usize,
}

impl Decomposition {
    /// From the correlations of at most [`super::MAX_DRIVERS`] independent drivers and, last, the outcome.
    ///
    /// Each model is reached once from the one without its last driver, by one step of elimination on the drivers that
    /// may still follow: what is left of the outcome's variance is 1 - R².
    pub(super) fn new(correlations: &DMatrix<f64>) -> Self {
        let drivers = correlations.nrows().saturating_sub(1).min(super::MAX_DRIVERS);
        let mut found = Self { r_squared: vec![0.0; 1 << drivers], drivers };
        found.extend(correlations, 0, 0);
        found
    }

    /// Fills in the models that extend `model` by drivers from `next` on; `left` is what the model leaves of the
    /// covariances of these drivers and the outcome.
    fn extend(&mut self, left: &DMatrix<f64>, next: usize, model: usize) {
        for step in 0..self.drivers.saturating_sub(next) {
            let rest = left.nrows() - step - 1;
            let own = left.get((step, step)).copied().unwrap_or_default();
            let column = left.view((step + 1, step), (rest, 1));
            let mut reduced = left.view((step + 1, step + 1), (rest, rest)).into_owned();
            // Rounding may leave nothing of a driver; it then adds nothing.
            if own > 0.0 {
                reduced -= column * column.transpose() / own;
            }
            let unexplained = reduced.get((rest - 1, rest - 1)).copied().unwrap_or_default();
            let extended = model | 1 << (next + step);
            if let Some(r_squared) = self.r_squared.get_mut(extended) {
                *r_squared = (1.0 - unexplained).clamp(0.0, 1.0);
            }
            self.extend(&reduced, next + step + 1, extended);
        }
    }

    fn of(&self, model: usize) -> f64 {
        self.r_squared.get(model).copied().unwrap_or_default()
    }

    /// R² of the model of all drivers.
    pub(super) fn r_squared(&self) -> f64 {
        self.r_squared.last().copied().unwrap_or_default()
    }

    /// R² of a driver alone.
    pub(super) fn first(&self, driver: usize) -> f64 {
        self.of(1 << driver)
    }

    /// Growth of R² when a driver enters last.
    pub(super) fn last(&self, driver: usize) -> f64 {
        (self.r_squared() - self.of((self.r_squared.len() - 1) & !(1 << driver))).max(0.0)
    }

    /// Growth of R² when a driver enters, averaged over all orders: a model of s others precedes it in
    /// s! (k-1-s)! / k! of them.
    pub(super) fn lmg(&self, driver: usize) -> f64 {
        let mut growth = vec![0.0; self.drivers];
        for model in (0..self.r_squared.len()).filter(|model| model >> driver & 1 == 0) {
            if let Some(sum) = usize::try_from(model.count_ones()).ok().and_then(|size| growth.get_mut(size)) {
                *sum += self.of(model | 1 << driver) - self.of(model);
            }
        }
        let others = u64::try_from(self.drivers).unwrap_or(1).saturating_sub(1);
        let mut weight = 1.0 / real(others + 1);
        let mut average = 0.0;
        for (size, growth) in (0..).zip(growth) {
            average += weight * growth;
            weight *= real(size + 1) / real(others.saturating_sub(size).max(1));
        }
        average.max(0.0)
    }
}
