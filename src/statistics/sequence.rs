//! Limits that may be watched while answers arrive.
//!
//! A confidence sequence covers the truth at all times together with its level, so looking every day and stopping at
//! a convenient moment does not spoil it, as it does an ordinary interval. The price is a width of 1.6 to 3 times.

use super::interval::{Confidence, Interval, NoInterval, Share, real};
use super::proportion::Count;
use super::special::{Beta, Probe, find_root, ln_beta};

/// What a sequence promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// Covers a constant share at its level, at any time.
    ConstantShare,
    /// Covers the average of shares that may have changed, at its level, at any time.
    RunningAverage,
    /// Comes close to its level as answers grow; not exact at any number of them.
    Approximate,
}

/// The limits of a confidence sequence now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sequence {
    /// The limits, within 0 and 1.
    pub interval: Interval,
    /// What they promise.
    pub validity: Validity,
}

/// The mixture parameter of [`running_average_sequence`], fixed before any look.
///
/// The limits are narrowest near an intrinsic time t/4 of about 8.2 ρ (Howard et al. 2021, proposition 3, at 95 %):
/// with 12.5 near 400 answers, a month or a quarter of most counters.
pub const MIXTURE_RHO: f64 = 12.5;

/// The mixture parameter of [`asymptotic_sequence`], fixed before any look.
///
/// Narrowest near (2 ln 20 + ln(2 ln 20) + 1) / ρ² answers: with 0.2 near 220.
pub const ASYMPTOTIC_RHO: f64 = 0.2;

/// The prior shape of the beta-binomial mixture, on both sides.
const PRIOR: f64 = 0.5;

/// The beta-binomial confidence sequence of a share; `None` without a trial.
///
/// All p with ln B(½+S, ½+t-S) - ln B(½, ½) - S ln p - (t-S) ln(1-p) < ln(1/α): the mixture likelihood ratio is a
/// martingale (Robbins 1970), so by Ville's inequality it ever reaches 1/α at the true p with chance α at most. The
/// promise holds for answers of a constant share; restart it each period. Limits of successive looks may be
/// intersected; an empty intersection says that the share was not constant.
pub fn beta_binomial_sequence(count: Count, confidence: Confidence) -> Option<Sequence> {
    count.share()?;
    let (s, f) = (real(count.successes()), real(count.failures()));
    let bound = -confidence.error().ln();
    let low = if count.successes() == 0 { 0.0 } else { lower_limit(s, f, bound)? };
    let high = if count.failures() == 0 { 1.0 } else { 1.0 - lower_limit(f, s, bound)? };
    Some(Sequence { interval: Interval { low, high }, validity: Validity::ConstantShare })
}

/// Where the mixture likelihood ratio comes down to e^bound left of the share; `s` > 0.
fn lower_limit(s: f64, f: f64, bound: f64) -> Option<f64> {
    let mixture = Beta::new(s + PRIOR, f + PRIOR)?;
    let constant = bound + ln_beta(PRIOR, PRIOR);
    // On the logit scale the log-likelihood is concave, with derivatives s y - f x and -(s + f) x y.
    let probe = |t: f64| {
        let small = (-t.abs()).exp();
        let (near, far) = (small / (1.0 + small), 1.0 / (1.0 + small));
        let (x, y) = if t < 0.0 { (near, far) } else { (far, near) };
        let ln_prior = -PRIOR * (t.abs() + 2.0 * small.ln_1p());
        let excess = constant + mixture.ln_logit_density(t) - ln_prior;
        Probe::concave(excess, s * y - f * x, (s + f) * x * y, 1e-14 * t.abs().max(0.01))
    };
    let guess = ((s + PRIOR) / (f + PRIOR)).ln();
    let best = if f > 0.0 { (s / f).ln() } else { HIGHEST_LOGIT };
    let t = find_root(-HIGHEST_LOGIT, best, guess.min(best), probe);
    Some(super::interval::from_logit(t))
}

/// Beyond this logit a share is 1 in double precision.
const HIGHEST_LOGIT: f64 = 750.0;

/// The sub-Gaussian normal-mixture sequence for an average of means that may drift; `None` without an answer.
///
/// mean ± √((t/4 + ρ) ln((t/4 + ρ) / (α² ρ))) / t: Howard, Ramdas, McAuliffe & Sekhon (2021, Annals of Statistics 49,
/// equation 14) for values in 0..1, whose sub-Gaussian scale is 1/2. It covers the running average of the true means,
/// the honest target when a service changes within the period; two to three times as wide as Wilson's interval.
pub fn running_average_sequence(mean: Share, n: u64, confidence: Confidence) -> Option<Sequence> {
    if n == 0 {
        return None;
    }
    let time = 0.25 * real(n) + MIXTURE_RHO;
    let log = (time / MIXTURE_RHO).ln() - 2.0 * confidence.error().ln();
    Some(around(mean.value(), (time * log).sqrt() / real(n), Validity::RunningAverage))
}

/// The asymptotic confidence sequence of a composite or any other mean-like share.
///
/// share ± √(v · 2 (tρ² + 1) / (t² ρ²) · ln(√(tρ² + 1) / α)) with v = `unit_variance`, the variance of one respondent's
/// contribution: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024, Annals of Statistics 52). Approximate.
pub fn asymptotic_sequence(
    share: Share,
    unit_variance: f64,
    n: u64,
    confidence: Confidence,
) -> Result<Sequence, NoInterval> {
    if n < 2 {
        return Err(NoInterval::TooFewAnswers);
    }
    if unit_variance.is_nan() || unit_variance <= 0.0 {
        return Err(NoInterval::NoVariation);
    }
    let t = real(n);
    let grown = t * ASYMPTOTIC_RHO * ASYMPTOTIC_RHO + 1.0;
    let log = 0.5 * grown.ln() - confidence.error().ln();
    let half = (unit_variance * 2.0 * grown * log).sqrt() / (t * ASYMPTOTIC_RHO);
    Ok(around(share.value(), half, Validity::Approximate))
}

fn around(centre: f64, half: f64, validity: Validity) -> Sequence {
    Sequence { interval: Interval { low: centre - half, high: centre + half }.within_shares(), validity }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(successes: u64, trials: u64) -> Count {
        Count::new(successes, trials).unwrap()
    }

    #[test]
    fn nothing_is_said_without_answers_or_variation() {
        assert_eq!(beta_binomial_sequence(Count::default(), Confidence::P95), None);
        assert_eq!(running_average_sequence(Share::new(0.9).unwrap(), 0, Confidence::P95), None);
        let share = Share::new(1.0).unwrap();
        assert_eq!(asymptotic_sequence(share, 0.1, 1, Confidence::P95), Err(NoInterval::TooFewAnswers));
        assert_eq!(asymptotic_sequence(share, 0.0, 50, Confidence::P95), Err(NoInterval::NoVariation));
    }

    #[test]
    fn one_success_leaves_shares_from_a_half_of_the_error_up() {
        // B(1.5, 0.5) / B(0.5, 0.5) = 1/2, so 1 / (2 p) reaches 1/α at α / 2.
        for confidence in [Confidence::P95, Confidence::P90, Confidence::new(0.2).unwrap()] {
            let found = beta_binomial_sequence(count(1, 1), confidence).unwrap().interval;
            assert!((found.low - 0.5 * confidence.error()).abs() < 1e-14, "{found:?}");
            assert!((found.high - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn a_billion_answers_still_have_limits() {
        let found = beta_binomial_sequence(count(900_000_000, 1_000_000_000), Confidence::P95).unwrap().interval;
        assert!(found.contains(0.9) && found.width() > 8e-5 && found.width() < 1.1e-4, "{found:?}");
    }

    proptest! {
        #[test]
        fn the_sequence_holds_the_share_and_is_wider_than_an_interval_for_one_look(
            (s, n) in (1_u64..3_000).prop_flat_map(|n| (0..=n, Just(n))),
        ) {
            let count = count(s, n);
            let sequence = beta_binomial_sequence(count, Confidence::P95).unwrap().interval;
            let fixed = count.jeffreys(Confidence::P95).unwrap();
            prop_assert!(sequence.contains(count.share().unwrap()));
            prop_assert!(0.0 <= sequence.low && sequence.high <= 1.0);
            prop_assert!(sequence.low <= fixed.low + 1e-12 && fixed.high <= sequence.high + 1e-12);
            let drifting = running_average_sequence(Share::new(count.share().unwrap()).unwrap(), n, Confidence::P95);
            prop_assert!(drifting.unwrap().interval.contains(count.share().unwrap()));
        }

        #[test]
        fn at_a_limit_the_mixture_ratio_is_one_over_the_error((s, n) in (2_u64..100_000).prop_flat_map(|n| (1..n, Just(n)))) {
            let limits = beta_binomial_sequence(count(s, n), Confidence::P95).unwrap().interval;
            let (s, f) = (real(s), real(n - s));
            for p in [limits.low, limits.high] {
                let ratio = ln_beta(0.5 + s, 0.5 + f) - ln_beta(0.5, 0.5) - s * p.ln() - f * (-p).ln_1p();
                prop_assert!((ratio - 20_f64.ln()).abs() < 1e-6, "{}", ratio);
            }
        }
    }
}
