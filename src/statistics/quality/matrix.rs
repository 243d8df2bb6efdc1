//! Symmetric matrices of items: covariances, correlations, their inverses and eigenvectors.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::items::size;

/// Of a variable scaled to variance one, this much has to be its own for an inverse to be trusted.
const OWN_PART: f64 = 1e-10;

/// The most sweeps of an eigenvalue search.
const MAX_SWEEPS: usize = 1_000;

/// A symmetric positive definite matrix, by its inverse.
pub(crate) struct Definite {
    /// The inverse.
    pub(crate) inverse: DMatrix<f64>,
    /// The logarithm of the determinant of the matrix itself.
    pub(crate) ln_determinant: f64,
}

impl Definite {
    /// `None` for a matrix that is not positive definite, or whose scaled form is as good as singular.
    pub(crate) fn new(matrix: &DMatrix<f64>) -> Option<Self> {
        let scale = matrix.diagonal().map(f64::sqrt);
        if matrix.nrows() == 0 || !scale.iter().all(|root| *root > 0.0 && root.is_finite()) {
            return None;
        }
        let products = &scale * scale.transpose();
        let factor = matrix.component_div(&products).cholesky()?;
        if !factor.l_dirty().diagonal().iter().all(|pivot| pivot * pivot >= OWN_PART) {
            return None;
        }
        let ln_determinant = factor.ln_determinant() + 2.0 * scale.map(f64::ln).sum();
        Some(Self { inverse: factor.inverse().component_div(&products), ln_determinant })
    }

    /// For a correlation matrix, the share of each variable that the others explain: 1 - 1 / (R⁻¹)_ii.
    pub(crate) fn squared_multiple_correlations(&self) -> DVector<f64> {
        self.inverse.diagonal().map(|own| 1.0 - 1.0 / own)
    }
}

/// The covariance matrix of columns of equal length, with the divisor n - 1, or Σw when there are weights.
pub(crate) fn covariance(columns: &[Vec<f64>], weights: Option<&[f64]>) -> DMatrix<f64> {
    let rows = columns.first().map_or(0, Vec::len);
    let values = DMatrix::from_iterator(rows, columns.len(), columns.iter().flatten().copied());
    let weight = weights.map_or_else(|| DVector::repeat(rows, 1.0), DVector::from_column_slice);
    let total = weight.sum();
    let means = values.tr_mul(&weight) / total;
    let mut centred = values;
    for (mut column, mean) in centred.column_iter_mut().zip(&means) {
        column.add_scalar_mut(-mean);
    }
    let mut weighted = centred.clone();
    for mut column in weighted.column_iter_mut() {
        column.component_mul_assign(&weight);
    }
    let divisor = if weights.is_some() { total } else { size(rows) - 1.0 };
    centred.tr_mul(&weighted) / divisor
}

/// A covariance matrix scaled to a diagonal of ones; `None` when something does not vary.
pub(crate) fn unit_diagonal(covariance: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let deviations = covariance.diagonal().map(f64::sqrt);
    if !deviations.iter().all(|deviation| *deviation > 0.0 && deviation.is_finite()) {
        return None;
    }
    let mut scaled = covariance.component_div(&(&deviations * deviations.transpose()));
    scaled.fill_diagonal(1.0);
    Some(scaled)
}

/// Eigenvalues and eigenvectors; `None` when the search does not end.
pub(crate) fn eigen(matrix: &DMatrix<f64>) -> Option<SymmetricEigen<f64, nalgebra::Dyn>> {
    if !matrix.iter().all(|entry| entry.is_finite()) {
        return None;
    }
    SymmetricEigen::try_new(matrix.clone(), f64::EPSILON, MAX_SWEEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_and_determinant_are_those_of_the_textbook() {
        let matrix = DMatrix::from_row_slice(2, 2, &[4.0, 2.0, 2.0, 3.0]);
        let found = Definite::new(&matrix).unwrap();
        let expected = DMatrix::from_row_slice(2, 2, &[0.375, -0.25, -0.25, 0.5]);
        assert!((found.inverse - expected).amax() < 1e-15);
        assert!((found.ln_determinant - 8.0_f64.ln()).abs() < 1e-14);
    }

    #[test]
    fn a_matrix_without_an_inverse_is_refused() {
        let of = |entries: &[f64]| Definite::new(&DMatrix::from_row_slice(2, 2, entries)).is_none();
        assert!(of(&[1.0, 1.0, 1.0, 1.0]) && of(&[1.0, 2.0, 2.0, 1.0]) && of(&[0.0, 0.0, 0.0, 1.0]));
        assert!(of(&[1.0, f64::NAN, f64::NAN, 1.0]) && of(&[f64::INFINITY, 0.0, 0.0, 1.0]));
        assert!(Definite::new(&DMatrix::zeros(0, 0)).is_none());
        assert!(eigen(&DMatrix::repeat(2, 2, f64::NAN)).is_none());
        assert!(unit_diagonal(&DMatrix::zeros(2, 2)).is_none());
    }

    #[test]
    fn equal_weights_change_the_covariance_by_its_divisor_only() {
        let columns = [vec![1.0, 2.0, 4.0], vec![3.0, 1.0, 2.0]];
        let plain = covariance(&columns, None);
        let weighted = covariance(&columns, Some(&[7.0, 7.0, 7.0]));
        assert!((plain * (2.0 / 3.0) - weighted).amax() < 1e-15);
    }
}
