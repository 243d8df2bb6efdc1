//! Differences and changes that can be told from none.

use super::super::interval::{Confidence, Interval, Share};
use super::super::special::{StudentT, normal_quantile, normal_tails};
use super::{PlanError, Power};

/// The answers in each of two groups that tell two shares apart with a chance of `power`, before rounding up.
///
/// (z_α √(2 p̄ (1 - p̄)) + z_β √(p (1 - p) + q (1 - q)))² / (p - q)² with p̄ the mean of both (Fleiss, Levin & Paik
/// 2003, Statistical Methods for Rates and Proportions, chapter 4), for the two-sided chi-square test without correction
/// in simple random samples. Shares of 0 and 1 are allowed as long as they differ.
pub fn answers_for_two_proportions(
    first: Share,
    second: Share,
    confidence: Confidence,
    power: Power,
) -> Result<f64, PlanError> {
    let (difference, under_equality, under_difference) = spreads(first, second)?;
    let reach = z(confidence) * under_equality + power.z() * under_difference;
    let answers = (reach.max(0.0) / difference).powi(2);
    if answers.is_finite() { Ok(answers.max(1.0)) } else { Err(PlanError::TooMany) }
}

/// The chance that the two-sided chi-square test tells two shares apart with `answers` in each group.
///
/// The inverse of [`answers_for_two_proportions`]; a difference in the wrong direction does not count.
pub fn power_of_two_proportions(
    first: Share,
    second: Share,
    confidence: Confidence,
    answers: f64,
) -> Result<f64, PlanError> {
    let (difference, under_equality, under_difference) = spreads(first, second)?;
    if !(answers >= 1.0 && answers.is_finite()) {
        return Err(PlanError::NoAnswers);
    }
    let excess = answers.sqrt() * difference - z(confidence) * under_equality;
    // Between 0 and 1 nothing varies; the excess then is above zero or not.
    Ok(if under_difference > 0.0 {
        normal_tails(excess / under_difference).lower
    } else if excess > 0.0 {
        1.0
    } else {
        0.0
    })
}

/// The difference and the standard deviations of one answer from each group, without and with it.
fn spreads(first: Share, second: Share) -> Result<(f64, f64, f64), PlanError> {
    let (p, q) = (first.value(), second.value());
    let difference = (p - q).abs();
    if difference <= 0.0 {
        return Err(PlanError::NoDifference);
    }
    let mean = 0.5 * (p + q);
    Ok((difference, (2.0 * mean * (1.0 - mean)).sqrt(), (p * (1.0 - p) + q * (1.0 - q)).sqrt()))
}

fn z(confidence: Confidence) -> f64 {
    -normal_quantile(0.5 * confidence.error())
}

/// The standard error of the change between two estimates with this covariance: √(s² + t² - 2 c).
///
/// The covariance is that of overlapping samples, such as communes that both waves share; 0 for independent ones.
/// `None` unless both standard errors are 0 or more and the covariance is one they can have.
pub fn change_standard_error(first: f64, second: f64, covariance: f64) -> Option<f64> {
    let allowed = first >= 0.0 && second >= 0.0 && covariance.abs() <= first * second * (1.0 + 1e-12);
    let variance = first * first + second * second - 2.0 * covariance;
    (allowed && variance.is_finite()).then(|| variance.max(0.0).sqrt())
}

/// The smallest true change that a two-sided test finds with a chance of `power`: (t_α + t_β) · standard error.
///
/// Degrees of freedom as for the interval of the change; infinitely many give the normal. `None` unless the standard
/// error is above 0 and there is a degree of freedom.
pub fn minimum_detectable_change(
    standard_error: f64,
    degrees_of_freedom: f64,
    confidence: Confidence,
    power: Power,
) -> Option<f64> {
    if !(standard_error > 0.0 && standard_error.is_finite() && degrees_of_freedom >= 1.0) {
        return None;
    }
    let t = StudentT::new(degrees_of_freedom)?;
    let reach = t.quantile(power.chance()) - t.quantile(0.5 * confidence.error());
    (reach > 0.0).then_some(reach * standard_error)
}

/// Whether a change is demonstrably no worse than a loss of `margin`: its lower limit lies above -margin.
///
/// `None` for a negative margin or limits that are no numbers. A margin of 0 asks for an improvement.
pub fn not_inferior(change: Interval, margin: f64) -> Option<bool> {
    (margin >= 0.0 && change.low <= change.high).then_some(change.low > -margin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(value: f64) -> Share {
        Share::new(value).unwrap()
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        let same = answers_for_two_proportions(share(0.9), share(0.9), Confidence::P95, Power::P80);
        assert_eq!(same, Err(PlanError::NoDifference));
        let none = power_of_two_proportions(share(0.9), share(0.8), Confidence::P95, 0.0);
        assert_eq!(none, Err(PlanError::NoAnswers));
        assert_eq!(power_of_two_proportions(share(0.0), share(1.0), Confidence::P95, 1.0), Ok(0.0));
        assert_eq!(power_of_two_proportions(share(0.0), share(1.0), Confidence::P95, 3.0), Ok(1.0));
        assert!(Power::new(0.0).is_none() && Power::new(1.0).is_none() && Power::new(f64::NAN).is_none());
    }

    #[test]
    fn a_change_needs_a_standard_error_and_its_covariance_must_fit() {
        assert_eq!(minimum_detectable_change(0.0, 20.0, Confidence::P95, Power::P80), None);
        assert_eq!(minimum_detectable_change(0.04, 0.0, Confidence::P95, Power::P80), None);
        assert_eq!(change_standard_error(0.03, 0.04, 0.0013), None);
        assert_eq!(change_standard_error(0.03, -0.04, 0.0), None);
        let independent = change_standard_error(0.03, 0.04, 0.0).unwrap();
        assert!((independent - 0.05).abs() < 1e-15);
        assert!(change_standard_error(0.03, 0.04, 0.0005).unwrap() < independent);
        // 1.959964 + 0.841621 with the normal.
        let normal = minimum_detectable_change(0.05, f64::INFINITY, Confidence::P95, Power::P80).unwrap();
        assert!((normal - 0.05 * 2.801_585_218_113_9).abs() < 1e-12, "{normal}");
        assert!(minimum_detectable_change(0.05, 12.0, Confidence::P95, Power::P80).unwrap() > normal);
    }

    #[test]
    fn a_loss_within_the_margin_is_not_inferior() {
        let change = |low, high| Interval { low, high };
        assert_eq!(not_inferior(change(-0.019, 0.05), 0.02), Some(true));
        assert_eq!(not_inferior(change(-0.02, 0.05), 0.02), Some(false));
        assert_eq!(not_inferior(change(-0.01, 0.05), -0.02), None);
        assert_eq!(not_inferior(change(f64::NAN, 0.05), 0.02), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn the_answers_planned_have_the_power(
            p in 0.0_f64..0.4, q in 0.5_f64..1.0, level in 0.8_f64..0.999, power in 0.5_f64..0.99,
        ) {
            let (confidence, wanted) = (Confidence::new(level).unwrap(), Power::new(power).unwrap());
            let answers = answers_for_two_proportions(share(p), share(q), confidence, wanted).unwrap();
            let found = power_of_two_proportions(share(q), share(p), confidence, answers).unwrap();
            prop_assert!((found - power).abs() < 1e-9 || answers <= 1.0 && found >= power);
        }
    }
}
