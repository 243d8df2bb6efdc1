//! McDonald's omega from a factor model with one factor.

use nalgebra::DVector;

use super::matrix::{Definite, covariance, eigen, unit_diagonal};
use super::{Items, QualityError};

/// No uniqueness falls below this: there the likelihood of the factor model has no maximum inside.
const LEAST_UNIQUENESS: f64 = 0.005;

/// The most steps of the maximisation.
const MAX_STEPS: usize = 20_000;

/// The largest change of a loading that counts as rest.
const REST: f64 = 1e-11;

/// Omega and the model behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Omega {
    /// Respondents with an answer to every item.
    pub respondents: usize,
    /// (Σλ)² / ((Σλ)² + Σψ): the part of the variance of the sum of scaled items that the factor carries.
    pub omega: f64,
    /// The loadings λ of the scaled items, with a sum that is not negative.
    pub loadings: Vec<f64>,
    /// Their uniquenesses ψ.
    pub uniquenesses: Vec<f64>,
    /// Whether an item's uniqueness stopped at its least value 0.005 (a Heywood case): read omega with care.
    pub at_bound: bool,
}

/// McDonald's omega of one factor, fitted by maximum likelihood to the correlations of the complete cases.
///
/// McDonald (1999, Test Theory); likelihood as in Lawley & Maxwell (1971), maximised by the EM steps of Rubin & Thayer
/// (1982), which never lower it; uniquenesses stay at 0.005 or above. Needs three items that vary and more respondents
/// than items; refused as [`QualityError::Singular`] when an item follows from the others.
pub fn omega(items: &Items) -> Result<Omega, QualityError> {
    let k = items.items();
    if k < 3 {
        return Err(QualityError::TooFewItems { given: k, least: 3 });
    }
    let (columns, who) = items.complete();
    if who.len() <= k {
        return Err(QualityError::TooFew { given: who.len(), least: k + 1 });
    }
    let correlations = unit_diagonal(&covariance(&columns, None)).ok_or(QualityError::NoVariation)?;
    Definite::new(&correlations).ok_or(QualityError::Singular)?;
    // The first principal component is a start on the right side of zero for every item.
    let start = eigen(&correlations).ok_or(QualityError::NotConverged)?;
    let first = start.eigenvalues.imax();
    let mut loadings: DVector<f64> = start.eigenvectors.column(first) * (0.5 * start.eigenvalues.max()).sqrt();
    let unique = |explained: f64| (1.0 - explained).max(LEAST_UNIQUENESS);
    let mut uniquenesses = loadings.map(|loading| unique(loading * loading));
    let mut rests = false;
    for _ in 0..MAX_STEPS {
        // The factor given the answers has the coefficients β and the second moment `moment`.
        let scaled = loadings.component_div(&uniquenesses);
        let beta = &scaled / (1.0 + loadings.dot(&scaled));
        let cross = &correlations * &beta;
        let moment = 1.0 - beta.dot(&loadings) + beta.dot(&cross);
        let next = &cross / moment;
        uniquenesses = next.zip_map(&cross, |loading, with_factor| unique(loading * with_factor));
        let change = (&next - &loadings).amax();
        loadings = next;
        if !change.is_finite() {
            return Err(QualityError::NotConverged);
        }
        if change <= REST {
            rests = true;
            break;
        }
    }
    if !rests {
        return Err(QualityError::NotConverged);
    }
    if loadings.sum() < 0.0 {
        loadings.neg_mut();
    }
    let carried = loadings.sum() * loadings.sum();
    Ok(Omega {
        respondents: who.len(),
        omega: carried / (carried + uniquenesses.sum()),
        at_bound: uniquenesses.iter().any(|unique| *unique <= LEAST_UNIQUENESS * (1.0 + 1e-9)),
        loadings: loadings.iter().copied().collect(),
        uniquenesses: uniquenesses.iter().copied().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns of sums of `parts` of five independent yes-or-no variables, over all 32 combinations of them.
    fn items(parts: &[[f64; 5]]) -> Items {
        let value = |part: &[f64; 5], row: u32| {
            part.iter().enumerate().map(|(bit, size)| size * f64::from(row >> bit & 1)).sum::<f64>()
        };
        Items::new(parts.iter().map(|part| (0..32).map(|row| Some(value(part, row))).collect()).collect()).unwrap()
    }

    #[test]
    fn three_items_have_the_loadings_their_correlations_give() {
        // Correlations 1/√(1+a²) √(1+b²) with a, b = 1, 2, 3: the loadings are 1/√2, 1/√5 and 1/√10.
        let found = omega(&items(&[[1., 1., 0., 0., 0.], [1., 0., 2., 0., 0.], [1., 0., 0., 3., 0.]])).unwrap();
        let expected = [0.5_f64, 0.2, 0.1].map(f64::sqrt);
        for (loading, expected) in found.loadings.iter().zip(expected) {
            assert!((loading - expected).abs() < 1e-7, "{found:?}");
        }
        let carried = expected.iter().sum::<f64>().powi(2);
        assert!((found.omega - carried / (carried + 2.2)).abs() < 1e-7 && !found.at_bound);
    }

    #[test]
    fn an_item_that_would_be_the_factor_itself_stops_at_the_bound() {
        // The first item is the sum of the parts of the other two, which share little.
        let found = omega(&items(&[[1., 1., 0.1, 0., 0.], [1., 0., 0., 0.1, 0.], [0., 1., 0., 0., 0.1]])).unwrap();
        assert!(
            found.at_bound && found.omega < 1.0 && found.loadings.iter().all(|loading| *loading > 0.0),
            "{found:?}"
        );
    }

    #[test]
    fn what_cannot_be_fitted_is_named() {
        let one = [1., 0., 0., 0., 0.];
        assert_eq!(omega(&items(&[one, one])), Err(QualityError::TooFewItems { given: 2, least: 3 }));
        assert_eq!(omega(&items(&[one, one, [0., 1., 0., 0., 0.]])), Err(QualityError::Singular));
        assert_eq!(omega(&items(&[one, [0.; 5], [0., 1., 0., 0., 0.]])), Err(QualityError::NoVariation));
        let few = Items::new(vec![vec![Some(1.0), Some(2.0), None]; 3]).unwrap();
        assert_eq!(omega(&few), Err(QualityError::TooFew { given: 2, least: 4 }));
        // Without a common factor there is no maximum to come to rest at, or one with hardly any loadings.
        let apart = omega(&items(&[one, [0., 1., 0., 0., 0.], [0., 0., 1., 0., 0.]]));
        assert!(apart.is_err() || apart.is_ok_and(|found| found.omega < 0.5));
    }
}
