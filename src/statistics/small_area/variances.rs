//! Generalised variances: what the areas together say of each one's variance.

use super::super::quality::size;
use super::{DirectShare, SmallAreaError};

/// An area's direct share with its variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AreaVariance {
    /// The share.
    pub share: f64,
    /// Its variance under the design; `None` or zero where there is none to be had: one sampling unit, or all alike.
    pub variance: Option<f64>,
    /// The number of answers.
    pub answers: f64,
}

/// Variances smoothed over areas.
#[derive(Clone, Debug, PartialEq)]
pub struct SmoothedVariances {
    /// ln a of variance = a (p (1-p) / n)^b.
    pub constant: f64,
    /// The power b; near 1 when all areas have the same design effect a.
    pub power: f64,
    /// Σ direct variances / Σ fitted ones, by which the fitted ones are multiplied.
    pub factor: f64,
    /// Each area's smoothed variance, in the order given.
    pub variances: Vec<f64>,
    /// Each area's share with the answers it is worth under the smoothed variance.
    pub shares: Vec<DirectShare>,
}

/// Smooths the variances of direct shares by a regression of ln variance on ln(p (1-p) / n) over the areas.
///
/// The direct variance of a handful of answers is hardly known, and the model takes it as known: a generalised variance
/// function (Wolter 2007, Introduction to Variance Estimation, chapter 7) serves better. A regression on logarithms
/// comes out too low; `factor` restores the sum. Areas with a share of 0 or 1 take the pooled share of all answers in
/// p (1-p), so that unanimity does not look like certainty. Refused with fewer than 5 areas with a variance, and when
/// variances do not grow with p (1-p) / n.
pub fn smooth_variances(areas: &[AreaVariance]) -> Result<SmoothedVariances, SmallAreaError> {
    for (area, own) in areas.iter().enumerate() {
        if !(0.0..=1.0).contains(&own.share) || own.variance.is_some_and(|value| !(value >= 0.0 && value.is_finite())) {
            return Err(SmallAreaError::Unusable { area });
        }
        if !(own.answers > 0.0 && own.answers.is_finite()) {
            return Err(SmallAreaError::NotPositive { area });
        }
    }
    let spread = |share: f64| share * (1.0 - share);
    let all: f64 = areas.iter().map(|own| own.answers).sum();
    let pooled = areas.iter().map(|own| own.answers * own.share).sum::<f64>() / all;
    let usable: Vec<(f64, f64)> = areas
        .iter()
        .filter_map(|own| {
            let base = spread(own.share) / own.answers;
            own.variance.filter(|value| *value > 0.0 && base > 0.0).map(|value| (base.ln(), value.ln()))
        })
        .collect();
    if usable.len() < LEAST {
        return Err(SmallAreaError::TooFewAreas { given: usable.len(), least: LEAST });
    }
    let number = size(usable.len());
    let mean_x = usable.iter().map(|(x, _)| x).sum::<f64>() / number;
    let mean_y = usable.iter().map(|(_, y)| y).sum::<f64>() / number;
    let squares: f64 = usable.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let products: f64 = usable.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    if squares <= 1e-12 * number || products <= 0.0 {
        return Err(SmallAreaError::NoPattern);
    }
    let power = products / squares;
    let constant = mean_y - power * mean_x;
    let fitted: f64 = usable.iter().map(|(x, _)| (constant + power * x).exp()).sum();
    let factor = usable.iter().map(|(_, y)| y.exp()).sum::<f64>() / fitted;
    let (mut variances, mut shares) = (Vec::new(), Vec::new());
    for (area, own) in areas.iter().enumerate() {
        let share = if spread(own.share) > 0.0 { own.share } else { pooled };
        let variance = factor * (constant + power * (spread(share) / own.answers).ln()).exp();
        variances.push(variance);
        let worth = DirectShare::from_effective_n(own.share, spread(share) / variance);
        shares.push(worth.ok_or(SmallAreaError::NotPositive { area })?);
    }
    Ok(SmoothedVariances { constant, power, factor, variances, shares })
}

/// The fewest areas with a variance.
const LEAST: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn areas(rows: &[(f64, f64)], variance: impl Fn(f64, f64) -> Option<f64>) -> Vec<AreaVariance> {
        let area = |&(share, answers)| AreaVariance { share, variance: variance(share, answers), answers };
        rows.iter().map(area).collect()
    }

    const ROWS: [(f64, f64); 6] = [(0.8, 20.0), (0.9, 50.0), (0.7, 10.0), (0.85, 200.0), (0.95, 30.0), (0.6, 80.0)];

    #[test]
    fn a_common_design_effect_is_found_and_given_to_unanimous_areas() {
        let mut given = areas(&ROWS, |p, n| Some(2.5 * p * (1.0 - p) / n));
        given.push(AreaVariance { share: 1.0, variance: Some(0.0), answers: 12.0 });
        given.push(AreaVariance { share: 0.75, variance: None, answers: 12.0 });
        let found = smooth_variances(&given).unwrap();
        assert!((found.power - 1.0).abs() < 1e-12 && (found.constant - 2.5_f64.ln()).abs() < 1e-12);
        assert!((found.factor - 1.0).abs() < 1e-12);
        for (share, area) in found.shares.iter().zip(&given) {
            assert!((share.effective_n() / (area.answers / 2.5) - 1.0).abs() < 1e-12, "{share:?}");
        }
        let unanimous = found.shares.get(6).unwrap();
        assert!((unanimous.share() - 1.0).abs() < 1e-15 && found.variances.iter().all(|variance| *variance > 0.0));
    }

    #[test]
    fn what_cannot_be_smoothed_is_named() {
        let good = areas(&ROWS, |p, n| Some(p * (1.0 - p) / n));
        assert_eq!(smooth_variances(good.split_at(4).0), Err(SmallAreaError::TooFewAreas { given: 4, least: 5 }));
        assert_eq!(smooth_variances(&[]), Err(SmallAreaError::TooFewAreas { given: 0, least: 5 }));
        let reversed = areas(&ROWS, |_, n| Some(n));
        assert_eq!(smooth_variances(&reversed), Err(SmallAreaError::NoPattern));
        assert_eq!(smooth_variances(&vec![*good.first().unwrap(); 9]), Err(SmallAreaError::NoPattern));
        let with = |last: AreaVariance| smooth_variances(&[good.as_slice(), &[last]].concat());
        let empty = AreaVariance { share: 0.5, variance: Some(0.1), answers: 0.0 };
        assert_eq!(with(empty), Err(SmallAreaError::NotPositive { area: 6 }));
        assert_eq!(with(AreaVariance { share: 1.2, ..empty }), Err(SmallAreaError::Unusable { area: 6 }));
        let bad = AreaVariance { variance: Some(f64::NAN), answers: 9.0, ..empty };
        assert_eq!(with(bad), Err(SmallAreaError::Unusable { area: 6 }));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn smoothed_variances_keep_the_sum_and_follow_the_pattern(
            rows in prop::collection::vec((0.05_f64..0.95, 5.0_f64..500.0, 0.3_f64..3.0), 5..30),
        ) {
            let area = |(share, answers, noise): &(f64, f64, f64)| AreaVariance {
                share: *share,
                variance: Some(noise * share * (1.0 - share) / answers),
                answers: *answers,
            };
            let given: Vec<AreaVariance> = rows.iter().map(area).collect();
            if let Ok(found) = smooth_variances(&given) {
                let direct: f64 = given.iter().filter_map(|area| area.variance).sum();
                prop_assert!((found.variances.iter().sum::<f64>() / direct - 1.0).abs() < 1e-9);
                prop_assert!(found.variances.iter().all(|variance| *variance > 0.0));
            }
        }
    }
}
