//! The covariance of the items of an index, by their codes.

/// Entries that differ by less than this, relative to the variances, are equal.
const TOLERANCE: f64 = 1e-9;

/// A covariance matrix of shares or rates.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariances {
    codes: Vec<String>,
    rows: Vec<Vec<f64>>,
}

/// Why numbers are no covariance matrix.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CovarianceProblem {
    /// Not one row and one column for each item, or an item twice.
    #[error("a covariance matrix has one row and one column for each item, each item once")]
    Shape,
    /// An entry is infinite or not a number, or a variance is negative.
    #[error("the covariance of “{first}” and “{second}” is no covariance; correct the number")]
    Unusable {
        /// Item of the row.
        first: String,
        /// Item of the column.
        second: String,
    },
    /// Two entries for one pair.
    #[error("the covariance of “{first}” and “{second}” stands there with two values; correct one")]
    NotSymmetric {
        /// Item of the row.
        first: String,
        /// Item of the column.
        second: String,
    },
}

impl Covariances {
    /// A matrix with one row and one column for each code, in their order.
    pub fn new(codes: Vec<String>, rows: Vec<Vec<f64>>) -> Result<Self, CovarianceProblem> {
        let repeated = codes.iter().enumerate().any(|(at, code)| codes.iter().take(at).any(|other| other == code));
        if repeated || rows.len() != codes.len() || rows.iter().any(|row| row.len() != codes.len()) {
            return Err(CovarianceProblem::Shape);
        }
        let matrix = Self { codes, rows };
        for (row, first) in matrix.codes.iter().enumerate() {
            for (column, second) in matrix.codes.iter().enumerate() {
                let (here, there) = (matrix.entry(row, column), matrix.entry(column, row));
                let (own, other) = (matrix.entry(row, row), matrix.entry(column, column));
                // Cauchy–Schwarz. An unusable variance of the column is refused in its own row.
                let bound = (own * other).sqrt() * (1.0 + TOLERANCE);
                if !own.is_finite() || own < 0.0 || !here.is_finite() || here.abs() > bound {
                    return Err(CovarianceProblem::Unusable { first: first.clone(), second: second.clone() });
                }
                if there.is_finite() && (here - there).abs() > TOLERANCE * bound {
                    return Err(CovarianceProblem::NotSymmetric { first: first.clone(), second: second.clone() });
                }
            }
        }
        Ok(matrix)
    }

    fn entry(&self, row: usize, column: usize) -> f64 {
        self.rows.get(row).and_then(|row| row.get(column)).copied().unwrap_or(f64::NAN)
    }

    /// The covariance of two items; `None` if one is not in the matrix.
    pub fn between(&self, first: &str, second: &str) -> Option<f64> {
        let place = |code: &str| self.codes.iter().position(|other| other == code);
        Some(self.entry(place(first)?, place(second)?))
    }

    /// Sum over all pairs of k k' cov, not below 0; the item that is not in the matrix otherwise.
    pub(super) fn quadratic(&self, terms: &[(String, f64)]) -> Result<f64, String> {
        let mut sum = 0.0;
        for (first, k) in terms {
            for (second, other) in terms {
                let covariance = self.between(first, second);
                let covariance = covariance.ok_or_else(|| {
                    let absent = |code: &&String| !self.codes.contains(code);
                    [first, second].into_iter().find(absent).unwrap_or(first).clone()
                })?;
                sum += k * other * covariance;
            }
        }
        Ok(sum.max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: [[f64; 2]; 2]) -> Result<Covariances, CovarianceProblem> {
        Covariances::new(vec!["a".into(), "b".into()], rows.iter().map(|row| row.to_vec()).collect())
    }

    #[test]
    fn what_is_no_covariance_matrix_is_refused() {
        assert!(matrix([[1.0, 0.5], [0.5, 2.0]]).is_ok());
        assert!(matrix([[0.0, 0.0], [0.0, 2.0]]).is_ok());
        let refused = |rows| matrix(rows).unwrap_err();
        assert!(matches!(refused([[1.0, 0.5], [0.4, 2.0]]), CovarianceProblem::NotSymmetric { .. }));
        assert!(matches!(refused([[-1.0, 0.0], [0.0, 2.0]]), CovarianceProblem::Unusable { .. }));
        assert!(matches!(refused([[1.0, 0.0], [0.0, -2.0]]), CovarianceProblem::Unusable { .. }));
        assert!(matches!(refused([[1.0, 1.5], [1.5, 2.0]]), CovarianceProblem::Unusable { .. }));
        assert!(matches!(refused([[1.0, f64::NAN], [f64::NAN, 2.0]]), CovarianceProblem::Unusable { .. }));
        assert_eq!(Covariances::new(vec!["a".into()], Vec::new()), Err(CovarianceProblem::Shape));
        let twice = Covariances::new(vec!["a".into(), "a".into()], vec![vec![1.0, 1.0], vec![1.0, 1.0]]);
        assert_eq!(twice, Err(CovarianceProblem::Shape));
    }

    #[test]
    fn a_sum_has_the_variance_of_its_parts_and_twice_their_covariance() {
        let matrix = matrix([[1.0, 0.5], [0.5, 2.0]]).unwrap();
        let terms = |k: f64, l: f64| vec![("a".to_owned(), k), ("b".to_owned(), l)];
        assert!((matrix.quadratic(&terms(1.0, 1.0)).unwrap() - 4.0).abs() < 1e-12);
        assert!((matrix.quadratic(&terms(0.6, -0.4)).unwrap() - (0.36 - 0.24 + 0.32)).abs() < 1e-12);
        assert_eq!(matrix.quadratic(&[("a".to_owned(), 1.0), ("c".to_owned(), 1.0)]), Err("c".to_owned()));
        assert_eq!(matrix.between("b", "a"), Some(0.5));
    }
}
