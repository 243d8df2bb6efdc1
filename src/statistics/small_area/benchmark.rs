//! Bringing areas to the total that is known better.

use super::super::interval::{Interval, Share};
use super::{ModelBased, SmallAreaError};

/// Areas brought to a total.
#[derive(Clone, Debug, PartialEq)]
pub struct Benchmarked {
    /// What every share was multiplied by; far from 1 the model is in doubt.
    pub factor: f64,
    /// Each area, in the order given.
    pub areas: Vec<ModelBased>,
}

/// Multiplies model-based shares so that their mean over `sizes` (people of each area) is the direct share `total` of
/// the province (ratio benchmarking; Rao & Molina 2015, Small Area Estimation, 6.4.6).
///
/// Limits and errors are multiplied too, as if the factor were known; upper limits end at 1. Refused with
/// [`SmallAreaError::LeavesShares`] where an estimate would exceed 1.
pub fn benchmark(areas: &[ModelBased], sizes: &[f64], total: Share) -> Result<Benchmarked, SmallAreaError> {
    if sizes.len() != areas.len() {
        return Err(SmallAreaError::Lengths { given: sizes.len(), expected: areas.len() });
    }
    if areas.is_empty() {
        return Err(SmallAreaError::TooFewAreas { given: 0, least: 1 });
    }
    if let Some(area) = sizes.iter().position(|size| !(*size > 0.0 && size.is_finite())) {
        return Err(SmallAreaError::NotPositive { area });
    }
    let whole: f64 = sizes.iter().sum();
    let mean = areas.iter().zip(sizes).map(|(area, size)| area.estimate * (size / whole)).sum::<f64>();
    if mean.is_nan() || mean <= 0.0 {
        return Err(SmallAreaError::NothingToScale);
    }
    let factor = total.value() / mean;
    if let Some(area) = areas.iter().position(|area| area.estimate * factor > 1.0 + 1e-12) {
        return Err(SmallAreaError::LeavesShares { area });
    }
    let scaled = |area: &ModelBased| {
        let Interval { low, high } = area.interval;
        ModelBased {
            estimate: (area.estimate * factor).min(1.0),
            mean_squared_error: area.mean_squared_error * factor * factor,
            interval: Interval { low: (low * factor).min(1.0), high: (high * factor).min(1.0) },
            ..*area
        }
    };
    Ok(Benchmarked { factor, areas: areas.iter().map(scaled).collect() })
}

#[cfg(test)]
mod tests {
    use super::super::Makeup;
    use super::*;

    fn area(estimate: f64) -> ModelBased {
        ModelBased {
            estimate,
            mean_squared_error: 0.01,
            interval: Interval { low: estimate - 0.1, high: estimate + 0.1 },
            weight_of_direct: 0.5,
            makeup: Makeup::DirectAndRegression,
        }
    }

    #[test]
    fn areas_come_to_their_total() {
        let found = benchmark(&[area(0.8), area(0.9)], &[300.0, 100.0], Share::new(0.86625).unwrap()).unwrap();
        assert!((found.factor - 1.05).abs() < 1e-12);
        let [first, second] = found.areas.as_slice() else { panic!("{found:?}") };
        assert!((0.75 * first.estimate + 0.25 * second.estimate - 0.86625).abs() < 1e-12);
        assert!((first.interval.low - 0.735).abs() < 1e-12 && (second.interval.high - 1.0).abs() < 1e-12);
        assert_eq!(first.makeup, Makeup::DirectAndRegression);
    }

    #[test]
    fn what_no_factor_mends_is_named() {
        let total = Share::new(0.9).unwrap();
        let of = |areas: &[ModelBased], sizes: &[f64]| benchmark(areas, sizes, total);
        assert_eq!(of(&[area(0.5), area(0.99)], &[10.0, 1.0]), Err(SmallAreaError::LeavesShares { area: 1 }));
        assert_eq!(of(&[area(0.0)], &[1.0]), Err(SmallAreaError::NothingToScale));
        assert_eq!(of(&[area(0.5)], &[]), Err(SmallAreaError::Lengths { given: 0, expected: 1 }));
        assert_eq!(of(&[area(0.5)], &[0.0]), Err(SmallAreaError::NotPositive { area: 0 }));
        assert_eq!(of(&[], &[]), Err(SmallAreaError::TooFewAreas { given: 0, least: 1 }));
    }
}
