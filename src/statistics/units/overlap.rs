//! Error bars whose overlap may be read pairwise.

use super::super::interval::{Confidence, real};
use super::super::special::{Probe, find_root, normal_quantile, normal_tails};

/// The multiplier m for which two bars estimate ± m · standard error fail to overlap with the chance of the error, on
/// average over all pairs of units that do not differ.
///
/// Goldstein & Healy (1995, Journal of the Royal Statistical Society A 158): the mean over pairs of
/// 2 Φ(-m (s_i + s_j) / √(s_i² + s_j²)) is the error. About 1.39 instead of 1.96 with equal standard errors. Bars of
/// this length are for comparing units, not for saying how well one is known. `None` for fewer than two units, or a
/// standard error that is not positive and finite (a unit where all agree needs the one of (x + ½) / (n + 1)).
pub fn overlap_multiplier(standard_errors: &[f64], confidence: Confidence) -> Option<f64> {
    if standard_errors.len() < 2 || standard_errors.iter().any(|s| !(*s > 0.0 && s.is_finite())) {
        return None;
    }
    let ratios: Vec<f64> = standard_errors
        .iter()
        .enumerate()
        .flat_map(|(index, one)| standard_errors.iter().skip(index + 1).map(move |two| (one + two) / one.hypot(*two)))
        .collect();
    let pairs = real(ratios.len() as u64);
    // The ratio lies between 1 and √2, the multiplier between the normal quantile over √2 and itself.
    let z = -normal_quantile(confidence.tail());
    let probe = |m: f64| {
        let (mut chance, mut fall) = (0.0, 0.0);
        for ratio in &ratios {
            let at = m * ratio;
            chance += 2.0 * normal_tails(at).upper;
            fall += 2.0 * ratio * (-0.5 * at * at).exp();
        }
        let excess = confidence.error() - chance / pairs;
        let slope = fall / pairs / std::f64::consts::TAU.sqrt();
        Probe { excess, step: -excess / slope, enough: 1e-9 }
    };
    Some(find_root(z * std::f64::consts::FRAC_1_SQRT_2, z, 0.75 * z, probe))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fewer_than_two_units_or_a_unit_without_error_have_no_multiplier() {
        for errors in [&[][..], &[0.1], &[0.1, 0.0], &[0.1, f64::NAN], &[0.1, f64::INFINITY]] {
            assert_eq!(overlap_multiplier(errors, Confidence::P95), None, "{errors:?}");
        }
    }

    #[test]
    fn equal_standard_errors_need_the_quantile_over_the_root_of_two() {
        let found = overlap_multiplier(&[0.02; 12], Confidence::P95).unwrap();
        assert!((found - 1.385_903_824_349_678).abs() < 1e-12, "{found}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn the_multiplier_lies_between_one_and_a_half_quantiles_and_gives_the_error(
            errors in prop::collection::vec(0.001_f64..0.3, 2..25), level in 0.5_f64..0.999,
        ) {
            let confidence = Confidence::new(level).unwrap();
            let found = overlap_multiplier(&errors, confidence).unwrap();
            let (mut chance, mut pairs) = (0.0, 0.0);
            for (index, one) in errors.iter().enumerate() {
                for two in errors.iter().take(index) {
                    chance += 2.0 * normal_tails(found * (one + two) / one.hypot(*two)).upper;
                    pairs += 1.0;
                }
            }
            prop_assert!((chance / pairs - confidence.error()).abs() < 1e-12);
        }
    }
}
