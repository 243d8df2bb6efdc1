//! The area-level model of Fay & Herriot.

use nalgebra::{DMatrix, DVector};

use super::super::interval::{Confidence, Interval};
use super::SmallAreaError;
use super::likelihood::{Regression, Sampled};

/// The most areas and the most features: the country's communes, with room.
const MOST: (usize, usize) = (20_000, 20);

/// An area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its own estimate; `None` for an area without answers.
    pub direct: Option<Direct>,
    /// Its features, the same for every area, without a constant.
    pub features: Vec<f64>,
}

/// A direct estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Direct {
    /// The estimate.
    pub estimate: f64,
    /// Its sampling variance, above zero and taken as known.
    pub variance: f64,
}

/// How the variance between areas is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Restricted maximum likelihood.
    RestrictedLikelihood,
    /// Maximum likelihood.
    Likelihood,
    /// Restricted maximum likelihood times the variance, which is never zero (Li & Lahiri 2010).
    AdjustedRestrictedLikelihood,
    /// Maximum likelihood times the variance, which is never zero (Li & Lahiri 2010).
    AdjustedLikelihood,
}

impl Method {
    pub(super) fn restricted(self) -> bool {
        matches!(self, Self::RestrictedLikelihood | Self::AdjustedRestrictedLikelihood)
    }

    pub(super) fn adjusted(self) -> bool {
        matches!(self, Self::AdjustedRestrictedLikelihood | Self::AdjustedLikelihood)
    }
}

/// What an estimate is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Makeup {
    /// The area's own answers and the regression.
    DirectAndRegression,
    /// The regression alone: the area has no direct estimate, or the variance between areas is zero. To be marked
    /// openly wherever it is shown.
    Synthetic,
}

/// A model-based estimate: for targeting, never for a verdict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModelBased {
    /// The estimate.
    pub estimate: f64,
    /// Its estimated mean squared error under the model.
    pub mean_squared_error: f64,
    /// The normal interval; it covers areas on average, under the model.
    pub interval: Interval,
    /// The weight of the direct estimate, from 0 to 1.
    pub weight_of_direct: f64,
    /// What it is made of.
    pub makeup: Makeup,
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaFit {
    /// How the variance between areas was estimated.
    pub method: Method,
    /// The variance between areas that the regression leaves; 0 means that it was not told from sampling error.
    pub variance_between: f64,
    /// The coefficients, the constant first.
    pub coefficients: Vec<f64>,
    /// Each area, in the order given.
    pub areas: Vec<ModelBased>,
}

/// Model-based estimates by restricted maximum likelihood, or, where that finds no variance between areas, by the
/// adjusted one, so that no area's own answers are thrown away; [`AreaFit::method`] tells which.
///
/// See [`fit_areas`].
pub fn estimate_areas(areas: &[Area], confidence: Confidence) -> Result<AreaFit, SmallAreaError> {
    let found = fit_areas(areas, Method::RestrictedLikelihood, confidence)?;
    if found.variance_between > 0.0 {
        Ok(found)
    } else {
        fit_areas(areas, Method::AdjustedRestrictedLikelihood, confidence)
    }
}

/// The empirical best predictor γ y + (1-γ) xᵀβ with γ = σ² / (σ² + D) for each area.
///
/// The mean squared error is g₁ + g₂ + 2 g₃ - (1-γ)² b with the bias b of σ²: zero with restricted likelihood
/// (Prasad & Rao 1990; Datta & Lahiri 2000), Datta & Lahiri's with likelihood, Li & Lahiri's (2010, Journal of
/// Multivariate Analysis 101) with the adjusted ones, whose correction is not carried below g₂. An area without direct
/// estimate has the regression, with σ² + g₂. Needs three areas with a direct estimate more than features and constant;
/// at most 20,000 areas and 20 features.
pub fn fit_areas(areas: &[Area], method: Method, confidence: Confidence) -> Result<AreaFit, SmallAreaError> {
    let sampled = sampled(areas)?;
    let variance_between = sampled.most_likely(method)?;
    let regression = sampled.regression(variance_between).ok_or(SmallAreaError::Collinear)?;
    let information = regression.weights.dot(&regression.weights);
    let of_adjustment = if method.adjusted() { 2.0 / (variance_between * information) } else { 0.0 };
    let of_likelihood = if method.restricted() { 0.0 } else { -regression.leverage / information };
    let known = Known { variance_between, bias: of_adjustment + of_likelihood, information };
    let z = confidence.z();
    let estimates = areas.iter().map(|area| known.estimate(area, &regression, z));
    Ok(AreaFit {
        method,
        variance_between,
        coefficients: regression.coefficients.iter().copied().collect(),
        areas: estimates.collect(),
    })
}

/// What all areas have in common once the model is fitted.
struct Known {
    variance_between: f64,
    bias: f64,
    /// Σ 1 / (σ² + D)².
    information: f64,
}

impl Known {
    fn estimate(&self, area: &Area, regression: &Regression, z: f64) -> ModelBased {
        let features = with_constant(&area.features);
        let synthetic = features.dot(&regression.coefficients);
        let of_coefficients = features.dot(&(&regression.spread * &features));
        let (estimate, mean_squared_error, weight) = match area.direct {
            None => (synthetic, self.variance_between + of_coefficients, 0.0),
            Some(Direct { estimate, variance }) => {
                let total = self.variance_between + variance;
                let weight = self.variance_between / total;
                let rest = variance / total;
                let g1 = weight * variance;
                let g2 = rest * rest * of_coefficients;
                let g3 = rest * rest / total * 2.0 / self.information;
                let error = (g1 + g2 + 2.0 * g3 - rest * rest * self.bias).max(g2);
                (synthetic + weight * (estimate - synthetic), error, weight)
            }
        };
        let reach = z * mean_squared_error.sqrt();
        ModelBased {
            estimate,
            mean_squared_error,
            interval: Interval { low: estimate - reach, high: estimate + reach },
            weight_of_direct: weight,
            makeup: if weight > 0.0 { Makeup::DirectAndRegression } else { Makeup::Synthetic },
        }
    }
}

/// A constant before the features.
fn with_constant(features: &[f64]) -> DVector<f64> {
    DVector::from_iterator(features.len() + 1, [1.0].into_iter().chain(features.iter().copied()))
}

/// The areas with a direct estimate, once all areas are found in order.
fn sampled(areas: &[Area]) -> Result<Sampled, SmallAreaError> {
    let features = areas.first().map_or(0, |area| area.features.len());
    for (given, most) in [(areas.len(), MOST.0), (features, MOST.1)] {
        if given > most {
            return Err(SmallAreaError::TooMany { given, most });
        }
    }
    let mut direct = Vec::new();
    let mut rows = Vec::new();
    for (place, area) in areas.iter().enumerate() {
        if area.features.len() != features {
            return Err(SmallAreaError::Lengths { given: area.features.len(), expected: features });
        }
        let mut numbers = area.features.iter().chain(area.direct.iter().map(|own| &own.estimate));
        if !numbers.all(|number| number.is_finite()) {
            return Err(SmallAreaError::Unusable { area: place });
        }
        if let Some(own) = area.direct {
            if !(own.variance > 0.0 && own.variance.is_finite()) {
                return Err(SmallAreaError::NotPositive { area: place });
            }
            direct.push(own);
            rows.push(with_constant(&area.features).transpose());
        }
    }
    let least = features + 4;
    if direct.len() < least {
        return Err(SmallAreaError::TooFewAreas { given: direct.len(), least });
    }
    Ok(Sampled {
        features: DMatrix::from_rows(&rows),
        direct: DVector::from_iterator(direct.len(), direct.iter().map(|own| own.estimate)),
        variances: DVector::from_iterator(direct.len(), direct.iter().map(|own| own.variance)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn area(estimate: f64, variance: f64, features: &[f64]) -> Area {
        Area { direct: Some(Direct { estimate, variance }), features: features.to_vec() }
    }

    fn reml(areas: &[Area]) -> Result<AreaFit, SmallAreaError> {
        fit_areas(areas, Method::RestrictedLikelihood, Confidence::P95)
    }

    #[test]
    fn areas_alike_have_the_textbook_variance_and_shrink_to_their_mean() {
        // Equal variances and no features: σ² = s² - D, the mean is the regression.
        let estimates = [0.5, 0.7, 0.8, 0.9, 0.6];
        let areas: Vec<Area> = estimates.iter().map(|estimate| area(*estimate, 0.01, &[])).collect();
        let found = reml(&areas).unwrap();
        assert!((found.variance_between - 0.015).abs() < 1e-12, "{found:?}");
        assert!((found.coefficients.first().unwrap() - 0.7).abs() < 1e-12);
        let first = found.areas.first().unwrap();
        assert!((first.weight_of_direct - 0.6).abs() < 1e-10 && (first.estimate - 0.58).abs() < 1e-10);
        // g1 = 0.006, g2 = 0.16 · 0.025 / 5, g3 = 0.16 / 0.025 · 2 · 0.025² / 5.
        let expected = 0.006 + 0.16 * 0.005 + 2.0 * 0.16 * 0.01;
        assert!((first.mean_squared_error - expected).abs() < 1e-10);
        // Likelihood divides by 5 instead of 4: s² = 0.02.
        let likelihood = fit_areas(&areas, Method::Likelihood, Confidence::P95).unwrap();
        assert!((likelihood.variance_between - 0.01).abs() < 1e-12);
    }

    #[test]
    fn at_the_boundary_the_synthetic_estimate_is_marked_and_the_adjusted_likelihood_leaves_it() {
        let areas: Vec<Area> = (0..12_u32)
            .map(|place| area(0.8 + 0.01 * f64::from(place % 3), 0.01 + 0.001 * f64::from(place), &[f64::from(place)]))
            .collect();
        let found = reml(&areas).unwrap();
        assert!(found.variance_between.abs() < f64::MIN_POSITIVE);
        assert!(found.areas.iter().all(|one| one.makeup == Makeup::Synthetic && one.weight_of_direct <= 0.0));
        assert!(found.areas.iter().all(|one| one.mean_squared_error > 0.0));
        let adjusted = estimate_areas(&areas, Confidence::P95).unwrap();
        assert_eq!(adjusted.method, Method::AdjustedRestrictedLikelihood);
        assert!(adjusted.variance_between > 0.0 && adjusted.variance_between < 0.01, "{adjusted:?}");
        assert!(adjusted.areas.iter().all(|one| one.makeup == Makeup::DirectAndRegression));
        let other = fit_areas(&areas, Method::AdjustedLikelihood, Confidence::P95).unwrap();
        assert!(other.variance_between > 0.0 && other.areas.iter().all(|one| one.mean_squared_error > 0.0));
    }

    #[test]
    fn an_area_without_answers_has_the_regression_and_says_so() {
        let mut areas: Vec<Area> = [0.5, 0.7, 0.8, 0.9, 0.6].map(|estimate| area(estimate, 0.01, &[])).to_vec();
        areas.push(Area { direct: None, features: Vec::new() });
        let last = *reml(&areas).unwrap().areas.last().unwrap();
        assert_eq!((last.makeup, last.weight_of_direct), (Makeup::Synthetic, 0.0));
        assert!((last.estimate - 0.7).abs() < 1e-12 && (last.mean_squared_error - 0.02).abs() < 1e-10);
    }

    #[test]
    fn equal_estimates_leave_no_variance() {
        let areas = vec![area(1.0, 0.01, &[]); 6];
        let found = reml(&areas).unwrap();
        assert!(
            found.variance_between.abs() < f64::MIN_POSITIVE
                && (found.areas.last().unwrap().estimate - 1.0).abs() < 1e-12
        );
        assert!(estimate_areas(&areas, Confidence::P95).unwrap().variance_between > 0.0);
    }

    #[test]
    fn what_cannot_be_fitted_is_named() {
        let good = vec![area(0.8, 0.01, &[1.0]); 6];
        assert_eq!(reml(&good), Err(SmallAreaError::Collinear));
        assert_eq!(reml(&[]), Err(SmallAreaError::TooFewAreas { given: 0, least: 4 }));
        assert_eq!(reml(good.split_at(4).0), Err(SmallAreaError::TooFewAreas { given: 4, least: 5 }));
        let with = |last: Area| reml(&[good.clone(), vec![last]].concat());
        assert_eq!(with(area(0.8, 0.0, &[2.0])), Err(SmallAreaError::NotPositive { area: 6 }));
        assert_eq!(with(area(0.8, 0.1, &[])), Err(SmallAreaError::Lengths { given: 0, expected: 1 }));
        assert_eq!(with(area(0.8, 0.1, &[f64::NAN])), Err(SmallAreaError::Unusable { area: 6 }));
        assert_eq!(with(area(f64::INFINITY, 0.1, &[1.0])), Err(SmallAreaError::Unusable { area: 6 }));
        let wide = vec![area(0.8, 0.01, &[0.0; 21]); 30];
        assert_eq!(reml(&wide), Err(SmallAreaError::TooMany { given: 21, most: 20 }));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn every_estimate_lies_between_direct_and_regression_whatever_the_scale(
            rows in prop::collection::vec((0.0_f64..1.0, -6.0_f64..-1.0, -3.0_f64..3.0), 6..12),
            exponent in -5.0_f64..5.0,
            method in prop::sample::select(vec![
                Method::RestrictedLikelihood,
                Method::Likelihood,
                Method::AdjustedRestrictedLikelihood,
                Method::AdjustedLikelihood,
            ]),
        ) {
            let fit = |scale: f64| {
                let row = |(y, d, x): &(f64, f64, f64)| area(y * scale, 10_f64.powf(*d) * scale * scale, &[*x]);
                fit_areas(&rows.iter().map(row).collect::<Vec<_>>(), method, Confidence::P95).unwrap()
            };
            let found = fit(1.0);
            let [constant, slope] = found.coefficients.as_slice() else { panic!("{found:?}") };
            for (own, (y, _, x)) in found.areas.iter().zip(&rows) {
                let regression = constant + slope * x;
                prop_assert!(own.estimate >= y.min(regression) - 1e-9 && own.estimate <= y.max(regression) + 1e-9);
                prop_assert!(own.mean_squared_error > 0.0 && own.interval.contains(own.estimate));
            }
            let unit = 10_f64.powf(exponent).powi(2);
            let other = fit(10_f64.powf(exponent)).variance_between / unit;
            prop_assert!((found.variance_between - other).abs() <= 1e-6 * other + 1e-9);
        }
    }
}
