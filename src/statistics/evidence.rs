//! Evidence that may be watched: one-sided e-values and the e-BH procedure.
//!
//! An e-value is a number whose mean is at most 1 while the hypothesis it speaks against is true. Watched as answers
//! arrive it ever reaches 1/α with chance α at most (Ville's inequality), so one may look at any time and stop at a
//! convenient moment; and many e-values together control the rate of false signals whatever they have to do with each
//! other. All values are natural logarithms: ln 20 = 3.0 stands for an error of 5 %.

use super::interval::{Confidence, Share, real};
use super::planning::MAX_MORE;
use super::proportion::Count;
use super::special::Beta;

/// What the evidence speaks against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Claim {
    /// The share is this or lower; evidence against it shows that a target is exceeded.
    AtMost(Share),
    /// The share is this or higher; evidence against it shows that a target is missed.
    AtLeast(Share),
}

/// The prior shape of the mixture, on both sides, as in the confidence sequence of a share.
const PRIOR: f64 = 0.5;

/// Natural logarithm of the e-value of a count against a claim.
///
/// The likelihood of the answers, averaged over Beta(½, ½) restricted to the shares that contradict the claim, over the
/// likelihood at the claimed share (Robbins 1970; Ramdas, Grünwald, Vovk & Shafer 2023, Statistical Science 38). Valid
/// for answers of a constant share; begin anew each period. 0, which is no evidence, without an answer; at a share of
/// 0 or 1 it is a number as at any other; `None` if the claim is about 0 or 1, which any single answer can decide.
pub fn log_e_value(count: Count, claim: Claim) -> Option<f64> {
    log_evidence(real(count.successes()), real(count.failures()), claim)
}

fn log_evidence(successes: f64, failures: f64, claim: Claim) -> Option<f64> {
    let (s, f, bound) = match claim {
        Claim::AtMost(share) => (successes, failures, share.value()),
        Claim::AtLeast(share) => (failures, successes, 1.0 - share.value()),
    };
    if !(bound > 0.0 && bound < 1.0) {
        return None;
    }
    if s + f <= 0.0 {
        return Some(0.0);
    }
    let (prior, posterior) = (Beta::new(PRIOR, PRIOR)?, Beta::new(PRIOR + s, PRIOR + f)?);
    // Density of the posterior over that of the prior at the bound: the likelihood there over its mean.
    let logit = (bound / (1.0 - bound)).ln();
    let at_bound = posterior.ln_logit_density(logit) - prior.ln_logit_density(logit);
    Some(posterior.ln_tails(bound).upper - prior.ln_tails(bound).upper - at_bound)
}

/// How many answers it takes until the e-value against `claim` reaches 1/α if the share is `share` all along.
///
/// A plan, not a promise: the number at which the evidence is enough if the answers fall exactly as expected. Chance
/// brings it earlier in more than half of all cases (truth 94 % against 90 %: 461 here, 304 in the median of
/// simulations) and later in the others. `None` if the share does not contradict the claim, or beyond [`MAX_MORE`].
pub fn answers_for_evidence(share: Share, claim: Claim, confidence: Confidence) -> Option<u64> {
    more_answers(0.0, share.value(), claim, confidence)
}

/// How many more answers it takes until the e-value against `claim` reaches 1/α if the share stays as it is.
///
/// `Some(0)` if it has; `None` without an answer, if the share does not contradict the claim, or beyond [`MAX_MORE`].
pub fn more_answers_for_evidence(count: Count, claim: Claim, confidence: Confidence) -> Option<u64> {
    more_answers(real(count.trials()), count.share()?, claim, confidence)
}

/// By doubling and halving: along a fixed share the evidence falls at most once before it rises for good.
fn more_answers(answers: f64, share: f64, claim: Claim, confidence: Confidence) -> Option<u64> {
    let wanted = -confidence.error().ln();
    let enough = |more: u64| {
        let all = answers + real(more);
        log_evidence(share * all, (1.0 - share) * all, claim).is_some_and(|found| found >= wanted)
    };
    if enough(0) {
        return Some(0);
    }
    let contradicts = match claim {
        Claim::AtMost(bound) => share > bound.value(),
        Claim::AtLeast(bound) => share < bound.value(),
    };
    if !contradicts {
        return None;
    }
    let (mut open, mut reached) = (0, 1);
    while !enough(reached) {
        if reached >= MAX_MORE {
            return None;
        }
        open = reached;
        reached = (2 * reached).min(MAX_MORE);
    }
    while reached - open > 1 {
        let middle = open + (reached - open) / 2;
        if enough(middle) {
            reached = middle;
        } else {
            open = middle;
        }
    }
    Some(reached)
}

/// e-BH: for each unit the smallest rate of false signals at which it is signalled.
///
/// Wang & Ramdas (2022, Journal of the Royal Statistical Society B 84): with K e-values in falling order, the k largest
/// are signalled for the largest k whose e-value is K / (k α) at least; among what is signalled at α, the expected part
/// of false signals is then α at most, whatever the dependence. Signal the units whose value is at most α; values are
/// at most 1. Give e-values at a moment fixed beforehand, never their running maxima, which lose the promise.
///
/// A NaN stands for a unit without evidence: it counts among the K and is never signalled (its value is 1).
pub fn e_benjamini_hochberg(log_e_values: &[f64]) -> Vec<f64> {
    let ln_all = real(log_e_values.len() as u64).ln();
    let mut falling: Vec<(usize, f64)> =
        log_e_values.iter().map(|e| if e.is_nan() { 0.0 } else { *e }).enumerate().collect();
    falling.sort_by(|(_, one), (_, two)| two.total_cmp(one));
    let mut rates = vec![1.0; log_e_values.len()];
    let mut smallest = 1.0_f64;
    for (before, (unit, log_e)) in falling.into_iter().enumerate().rev() {
        smallest = smallest.min((ln_all - real(before as u64 + 1).ln() - log_e).exp());
        if let (Some(rate), Some(false)) = (rates.get_mut(unit), log_e_values.get(unit).map(|e| e.is_nan())) {
            *rate = smallest;
        }
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::super::special::Binomial;
    use super::*;
    use proptest::prelude::*;

    fn count(successes: u64, trials: u64) -> Count {
        Count::new(successes, trials).unwrap()
    }

    fn share(value: f64) -> Share {
        Share::new(value).unwrap()
    }

    #[test]
    fn without_answers_there_is_no_evidence_and_claims_about_certainty_have_no_e_value() {
        assert_eq!(log_e_value(Count::default(), Claim::AtMost(share(0.9))), Some(0.0));
        for end in [0.0, 1.0] {
            assert_eq!(log_e_value(count(3, 4), Claim::AtMost(share(end))), None);
            assert_eq!(log_e_value(count(3, 4), Claim::AtLeast(share(end))), None);
        }
    }

    #[test]
    fn one_answer_has_the_closed_form() {
        // Against p <= 1/2 one success has the mean of p over the upper half of the arcsine law, 1/2 + 1/π, over 1/2.
        let found = log_e_value(count(1, 1), Claim::AtMost(share(0.5))).unwrap();
        assert!((found - (1.0 + 2.0 / std::f64::consts::PI).ln()).abs() < 1e-14, "{found}");
    }

    #[test]
    fn a_billion_answers_still_have_an_e_value_on_either_side() {
        let many = count(900_000_000, 1_000_000_000);
        for claim in [Claim::AtMost(share(0.5)), Claim::AtMost(share(0.99)), Claim::AtLeast(share(0.5))] {
            assert!(log_e_value(many, claim).unwrap().is_finite(), "{claim:?}");
        }
        assert!(log_e_value(many, Claim::AtMost(share(0.5))).unwrap() > 3e8);
        assert!(log_e_value(many, Claim::AtMost(share(0.99))).unwrap() < -10.0);
    }

    #[test]
    fn the_answers_planned_are_those_at_which_r_finds_enough_evidence() {
        let needed = |truth| answers_for_evidence(share(truth), Claim::AtMost(share(0.9)), Confidence::P95);
        assert_eq!((needed(0.94), needed(0.97)), (Some(461), Some(110)));
        assert_eq!(needed(0.9), None);
        assert_eq!(needed(0.8), None);
        assert!(answers_for_evidence(share(0.8), Claim::AtLeast(share(0.9)), Confidence::P95).is_some());
        assert_eq!(more_answers_for_evidence(Count::default(), Claim::AtMost(share(0.9)), Confidence::P95), None);
    }

    #[test]
    fn signals_are_those_of_the_largest_k_that_is_large_enough() {
        // At 5 %: 4 e-values need 80, 40, 26.7 and 20; the third is too small, but the fourth is not.
        let logs = [90.0_f64, 45.0, 25.0, 21.0].map(f64::ln);
        assert!(e_benjamini_hochberg(&logs).into_iter().all(|rate| rate <= 0.05));
        let logs = [90.0_f64, 19.0, 45.0, f64::NAN].map(f64::ln);
        assert_eq!(e_benjamini_hochberg(&logs).map_at_most(0.05), [true, false, true, false]);
        assert!(e_benjamini_hochberg(&[]).is_empty());
        assert_eq!(e_benjamini_hochberg(&[f64::INFINITY, f64::NEG_INFINITY]), [0.0, 1.0]);
    }

    trait Signals {
        fn map_at_most(self, rate: f64) -> Vec<bool>;
    }

    impl Signals for Vec<f64> {
        fn map_at_most(self, rate: f64) -> Vec<bool> {
            self.into_iter().map(|found| found <= rate).collect()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn the_mean_e_value_is_one_at_the_claimed_share_and_less_within_the_claim(
            n in 1_u64..150, bound in 0.05_f64..0.95, inside in 0.01_f64..0.99,
        ) {
            let claim = Claim::AtMost(share(bound));
            let mean = |truth: f64| -> f64 {
                let answers = Binomial::new(real(n), truth).unwrap();
                (0..=n).map(|s| (answers.ln_mass(s) + log_e_value(count(s, n), claim).unwrap()).exp()).sum()
            };
            prop_assert!((mean(bound) - 1.0).abs() < 1e-9);
            prop_assert!(mean(bound * inside) < 1.0 + 1e-9);
        }

        #[test]
        fn the_two_claims_mirror_each_other(
            (s, n) in (1_u64..5_000).prop_flat_map(|n| (0..=n, Just(n))), bound in 1_u32..64,
        ) {
            // Such bounds have an exact complement.
            let bound = f64::from(bound) / 64.0;
            let there = log_e_value(count(s, n), Claim::AtLeast(share(bound))).unwrap();
            let back = log_e_value(count(n - s, n), Claim::AtMost(share(1.0 - bound))).unwrap();
            prop_assert!((there - back).abs() <= 1e-12 * there.abs());
        }

        #[test]
        fn one_answer_fewer_would_not_be_enough(truth in 0.5_f64..0.999, gap in 0.02_f64..0.4) {
            let claim = Claim::AtMost(share(truth - gap));
            let needed = answers_for_evidence(share(truth), claim, Confidence::P95).unwrap();
            let found = |n: u64| log_evidence(truth * real(n), (1.0 - truth) * real(n), claim).unwrap();
            prop_assert!(found(needed) >= 20_f64.ln() && found(needed - 1) < 20_f64.ln());
        }

        #[test]
        fn signals_agree_with_the_definition(
            logs in prop::collection::vec(-3.0_f64..9.0, 1..40), alpha in 0.01_f64..0.3,
        ) {
            let mut falling = logs.clone();
            falling.sort_by(|one, two| two.total_cmp(one));
            let all = real(logs.len() as u64);
            let enough = |(before, log_e): (usize, &f64)| {
                (log_e.exp() >= all / (real(before as u64 + 1) * alpha)).then_some(*log_e)
            };
            let weakest = falling.iter().enumerate().rev().find_map(enough).unwrap_or(f64::INFINITY);
            for (log_e, rate) in logs.iter().zip(e_benjamini_hochberg(&logs)) {
                prop_assert_eq!(rate <= alpha, *log_e >= weakest);
            }
        }
    }
}
