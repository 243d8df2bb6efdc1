//! Inverses of small symmetric matrices.

use nalgebra::{DMatrix, SymmetricEigen};

/// Smallest eigenvalue, after scaling to a diagonal of ones, that is no rounding error.
const SMALLEST: f64 = 1e-12;

/// The inverse of a symmetric positive definite matrix; `None` where a row depends on others.
pub(super) fn inverse(matrix: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    if matrix.nrows() == 0 || matrix.nrows() != matrix.ncols() {
        return None;
    }
    let scales = matrix.diagonal().map(f64::sqrt);
    if scales.iter().any(|scale| !(scale.is_finite() && *scale > 0.0)) {
        return None;
    }
    let outer = &scales * scales.transpose();
    let eigen = SymmetricEigen::try_new(matrix.component_div(&outer), f64::EPSILON, 10_000)?;
    if eigen.eigenvalues.iter().any(|value| value.is_nan() || *value < SMALLEST) {
        return None;
    }
    let inner = DMatrix::from_diagonal(&eigen.eigenvalues.map(|value| 1.0 / value));
    let inverse = &eigen.eigenvectors * inner * eigen.eigenvectors.transpose();
    Some(inverse.component_div(&outer))
}

/// Rows of a matrix as a matrix; `None` where they are not all as long as there are rows.
pub(super) fn square(rows: &[Vec<f64>]) -> Option<DMatrix<f64>> {
    let size = rows.len();
    rows.iter()
        .all(|row| row.len() == size)
        .then(|| DMatrix::from_row_iterator(size, size, rows.iter().flatten().copied()))
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests index what they have just made")]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_undoes_the_matrix_whatever_the_units_of_its_rows() {
        let matrix = square(&[vec![4e12, 1e6, 0.0], vec![1e6, 2.0, 1e-7], vec![0.0, 1e-7, 3e-13]]).unwrap();
        let product = inverse(&matrix).unwrap() * &matrix;
        for (row, column) in [(0, 0), (1, 1), (2, 2)] {
            assert!((product[(row, column)] - 1.0).abs() < 1e-12);
        }
        assert!(product[(1, 2)].abs() < 1e-12);
    }

    #[test]
    fn dependent_rows_have_no_inverse() {
        assert!(inverse(&square(&[vec![1.0, 2.0], vec![2.0, 4.0]]).unwrap()).is_none());
        assert!(inverse(&square(&[vec![0.0]]).unwrap()).is_none());
        assert!(square(&[vec![1.0], vec![2.0]]).is_none());
    }
}
