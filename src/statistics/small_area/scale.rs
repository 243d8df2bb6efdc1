//! Shares on a scale on which the model fits them.

use super::super::interval::{Confidence, Interval, from_logit};
use super::{Area, AreaFit, Direct, ModelBased, SmallAreaError, estimate_areas};

/// A direct share, and how many independent answers it is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DirectShare {
    share: f64,
    effective_n: f64,
}

impl DirectShare {
    /// A share strictly between 0 and 1 with its variance, worth p (1-p) / variance answers; `None` otherwise.
    pub fn from_variance(share: f64, variance: f64) -> Option<Self> {
        (share > 0.0 && share < 1.0 && variance > 0.0)
            .then(|| Self { share, effective_n: share * (1.0 - share) / variance })
            .filter(|direct| direct.effective_n > 0.0)
    }

    /// A share from 0 to 1 worth so many answers; `None` unless that is above zero and finite.
    pub fn from_effective_n(share: f64, effective_n: f64) -> Option<Self> {
        ((0.0..=1.0).contains(&share) && effective_n > 0.0 && effective_n.is_finite())
            .then_some(Self { share, effective_n })
    }

    /// The share.
    pub fn share(self) -> f64 {
        self.share
    }

    /// The answers it is worth.
    pub fn effective_n(self) -> f64 {
        self.effective_n
    }
}

/// The scale on which shares are modelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    /// ln(p / (1-p)), with the variance 1 / (n p (1-p)) by the delta method; not for shares of 0 and 1.
    Logit,
    /// arcsin √p, with the variance 1 / (4 n) by the delta method; also for shares of 0 and 1.
    ArcsineRoot,
}

impl Scale {
    fn direct(self, DirectShare { share, effective_n }: DirectShare) -> Option<Direct> {
        match self {
            Self::Logit => (share > 0.0 && share < 1.0).then(|| Direct {
                estimate: (share / (1.0 - share)).ln(),
                variance: 1.0 / (effective_n * share * (1.0 - share)),
            }),
            Self::ArcsineRoot => Some(Direct { estimate: share.sqrt().asin(), variance: 0.25 / effective_n }),
        }
    }

    /// The share at a place of the scale; places beyond its ends are the ends.
    fn share(self, place: f64) -> f64 {
        match self {
            Self::Logit => from_logit(place),
            Self::ArcsineRoot => place.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2),
        }
    }

    /// A place of the scale brought back to shares, its error by the delta method, its limits as they are.
    fn back(self, found: ModelBased) -> ModelBased {
        let share = self.share(found.estimate);
        let derivative = match self {
            Self::Logit => share * (1.0 - share),
            Self::ArcsineRoot => 2.0 * (share * (1.0 - share)).sqrt(),
        };
        let Interval { low, high } = found.interval;
        ModelBased {
            estimate: share,
            mean_squared_error: derivative * derivative * found.mean_squared_error,
            interval: Interval { low: self.share(low), high: self.share(high) },
            ..found
        }
    }
}

/// An area with a share.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareArea {
    /// Its own share; `None` for an area without answers.
    pub direct: Option<DirectShare>,
    /// Its features, the same for every area, without a constant.
    pub features: Vec<f64>,
}

/// Model-based shares.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareFit {
    /// The scale of the model.
    pub scale: Scale,
    /// The model on its scale.
    pub model: AreaFit,
    /// Each area's share, brought back to 0..1 with its limits.
    pub shares: Vec<ModelBased>,
}

/// Model-based shares, fitted on `scale` as [`estimate_areas`] does and brought back.
///
/// The share at the estimated place of the scale is nearer to the middle of the area's possible shares than to their
/// mean; with [`super::benchmark()`] the areas come to their total. Refused with [`SmallAreaError::ShareAtEnd`] where a
/// share of 0 or 1 has no logit.
pub fn estimate_shares(areas: &[ShareArea], scale: Scale, confidence: Confidence) -> Result<ShareFit, SmallAreaError> {
    let mut placed = Vec::with_capacity(areas.len());
    for (area, own) in areas.iter().enumerate() {
        let direct = match own.direct {
            None => None,
            Some(share) => Some(scale.direct(share).ok_or(SmallAreaError::ShareAtEnd { area })?),
        };
        placed.push(Area { direct, features: own.features.clone() });
    }
    let model = estimate_areas(&placed, confidence)?;
    let shares = model.areas.iter().map(|found| scale.back(*found)).collect();
    Ok(ShareFit { scale, model, shares })
}

#[cfg(test)]
mod tests {
    use super::super::Makeup;
    use super::*;
    use proptest::prelude::*;

    fn area(share: f64, answers: f64) -> ShareArea {
        ShareArea { direct: DirectShare::from_effective_n(share, answers), features: Vec::new() }
    }

    #[test]
    fn a_variance_and_the_answers_it_is_worth_are_the_same() {
        let from_variance = DirectShare::from_variance(0.8, 0.0016).unwrap();
        assert!((from_variance.effective_n() - 100.0).abs() < 1e-10 && (from_variance.share() - 0.8).abs() < 1e-15);
        for (share, variance) in [(0.0, 0.1), (1.0, 0.1), (0.5, 0.0), (f64::NAN, 0.1), (0.5, f64::INFINITY)] {
            assert_eq!(DirectShare::from_variance(share, variance), None);
        }
        assert_eq!(DirectShare::from_effective_n(1.1, 5.0), None);
        assert_eq!(DirectShare::from_effective_n(0.5, 0.0), None);
        assert!(DirectShare::from_effective_n(1.0, 5.0).is_some());
    }

    #[test]
    fn unanimous_areas_have_no_logit_but_an_arcsine() {
        let areas = [area(0.8, 30.0), area(0.9, 40.0), area(1.0, 8.0), area(0.7, 25.0), area(0.85, 60.0)];
        let refused = estimate_shares(&areas, Scale::Logit, Confidence::P95);
        assert_eq!(refused, Err(SmallAreaError::ShareAtEnd { area: 2 }));
        let found = estimate_shares(&areas, Scale::ArcsineRoot, Confidence::P95).unwrap();
        let unanimous = found.shares.get(2).unwrap();
        assert!(unanimous.estimate < 0.99 && unanimous.estimate > 0.8 && unanimous.interval.high <= 1.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn shares_and_limits_stay_within_zero_and_one_and_mirror_for_the_dissatisfied(
            rows in prop::collection::vec((0.02_f64..0.98, 2.0_f64..300.0), 4..10),
            scale in prop::sample::select(vec![Scale::Logit, Scale::ArcsineRoot]),
        ) {
            let fit = |turn: fn(f64) -> f64| {
                let mut areas: Vec<ShareArea> = rows.iter().map(|(share, n)| area(turn(*share), *n)).collect();
                areas.push(ShareArea { direct: None, features: Vec::new() });
                estimate_shares(&areas, scale, Confidence::P95).unwrap()
            };
            let (found, other) = (fit(|share| share), fit(|share| 1.0 - share));
            prop_assert_eq!(found.shares.last().unwrap().makeup, Makeup::Synthetic);
            for (one, other) in found.shares.iter().zip(&other.shares) {
                prop_assert!(0.0 <= one.interval.low && one.interval.high <= 1.0);
                prop_assert!(one.interval.contains(one.estimate));
                prop_assert!((one.estimate + other.estimate - 1.0).abs() < 1e-6);
                prop_assert!((one.interval.low + other.interval.high - 1.0).abs() < 1e-6);
            }
        }
    }
}
