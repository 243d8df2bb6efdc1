//! The binomial distribution, through the incomplete beta, also with an effective number of trials that is not whole.

use super::beta::Beta;
use super::gamma::{ln_1p_minus, stirling_error};

/// The number of successes in a number of trials with a fixed share.
///
/// With a number of trials that is not whole (an effective sample size) the tails are those of the incomplete beta,
/// which pass smoothly from one whole number to the next.
#[derive(Clone, Copy, Debug)]
pub struct Binomial {
    trials: f64,
    share: f64,
}

impl Binomial {
    /// The most trials.
    pub const MAX_TRIALS: f64 = 1e12;

    /// Above no and at most [`Self::MAX_TRIALS`] trials with a share strictly between 0 and 1; `None` otherwise.
    pub fn new(trials: f64, share: f64) -> Option<Self> {
        let allowed = trials > 0.0 && trials <= Self::MAX_TRIALS && share > 0.0 && share < 1.0;
        allowed.then_some(Self { trials, share })
    }

    /// Natural logarithm of the chance of exactly `k` successes; minus infinity for more successes than trials.
    ///
    pub fn ln_mass(&self, k: u64) -> f64 {
        let (n, k) = (self.trials, whole(k));
        ln_mass(n, k, k - n * self.share, (self.share, 1.0 - self.share))
    }

    /// The chance of `k` successes or fewer.
    pub fn at_most(&self, k: u64) -> f64 {
        let rest = self.trials - whole(k);
        if rest <= 0.0 {
            return 1.0;
        }
        Beta::new(whole(k) + 1.0, rest).map_or(1.0, |beta| beta.tails(self.share).upper)
    }

    /// The chance of `k` successes or more.
    pub fn at_least(&self, k: u64) -> f64 {
        if k == 0 {
            return 1.0;
        }
        let rest = self.trials - whole(k) + 1.0;
        if rest <= 0.0 {
            return 0.0;
        }
        Beta::new(whole(k), rest).map_or(0.0, |beta| beta.tails(self.share).lower)
    }

    /// The smallest number of successes that, or less, has a chance of `p` at least; `None` unless 0 < `p` < 1.
    ///
    /// By halving: at most 41 evaluations.
    pub fn quantile(&self, p: f64) -> Option<u64> {
        if !(p > 0.0 && p < 1.0) {
            return None;
        }
        let (mut below, mut reached) = (None, ceiling(self.trials));
        loop {
            let first = below.map_or(0, |below: u64| below + 1);
            if first >= reached {
                return Some(reached);
            }
            let middle = first + (reached - first) / 2;
            if self.at_most(middle) >= p {
                reached = middle;
            } else {
                below = Some(middle);
            }
        }
    }
}

/// Logarithm of the chance of `k` successes in `n` trials, `off` more than their mean, by the deviances of Loader
/// (2000, Fast and accurate computation of binomial probabilities), so that nothing cancels with many trials.
pub(super) fn ln_mass(n: f64, k: f64, off: f64, (share, complement): (f64, f64)) -> f64 {
    let rest = n - k;
    if rest < 0.0 {
        f64::NEG_INFINITY
    } else if n <= 0.0 {
        0.0
    } else if k <= 0.0 {
        n * if share < 0.5 { (-share).ln_1p() } else { complement.ln() }
    } else if rest <= 0.0 {
        n * if complement < 0.5 { (-complement).ln_1p() } else { share.ln() }
    } else {
        let scale = 0.5 * (n / (std::f64::consts::TAU * k * rest)).ln();
        let corrections = stirling_error(n) - stirling_error(k) - stirling_error(rest);
        scale + corrections + k * ln_1p_minus(-off / k) + rest * ln_1p_minus(off / rest)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53, where they are exact")]
pub(super) fn whole(count: u64) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "trials lie between 0 and 1e12")]
fn ceiling(trials: f64) -> u64 {
    trials.ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn binomial(trials: f64, share: f64) -> Binomial {
        Binomial::new(trials, share).unwrap()
    }

    #[test]
    fn trials_and_shares_out_of_range_are_refused() {
        for (trials, share) in [(0.0, 0.5), (f64::NAN, 0.5), (2e12, 0.5), (5.0, 0.0), (5.0, 1.0), (5.0, f64::NAN)] {
            assert!(Binomial::new(trials, share).is_none(), "{trials} {share}");
        }
        assert_eq!(binomial(5.0, 0.5).quantile(0.0), None);
        assert!(binomial(5.0, 0.5).ln_mass(6).is_infinite());
    }

    #[test]
    fn three_coins_come_out_as_counted() {
        let coins = binomial(3.0, 0.5);
        for (k, (mass, below)) in [(0.125, 0.125), (0.375, 0.5), (0.375, 0.875), (0.125, 1.0)].into_iter().enumerate() {
            let k = u64::try_from(k).unwrap();
            assert!((coins.ln_mass(k).exp() - mass).abs() < 1e-15, "{k}");
            assert!((coins.at_most(k) - below).abs() < 1e-15, "{k}");
            assert!((coins.at_least(k) - (1.0 - below + mass)).abs() < 1e-15, "{k}");
        }
        assert_eq!([0.1, 0.126, 0.5, 0.51, 0.99].map(|p| coins.quantile(p)), [0, 1, 1, 2, 3].map(Some));
        assert_eq!((coins.at_most(9), coins.at_least(9)), (1.0, 0.0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn masses_are_differences_of_tails(
            (n, k) in (1_u32..3_000).prop_flat_map(|n| (Just(n), 0..=n)), share in 0.001_f64..0.999,
        ) {
            let (binomial, k) = (binomial(f64::from(n), share), u64::from(k));
            let mass = binomial.ln_mass(k).exp();
            prop_assert!((binomial.at_most(k) + binomial.at_least(k) - 1.0 - mass).abs() < 1e-12);
            if k > 0 {
                prop_assert!((binomial.at_least(k) + binomial.at_most(k - 1) - 1.0).abs() < 1e-13);
            }
        }

        #[test]
        fn the_quantile_is_the_first_that_reaches(
            n in 0.2_f64..1e5, share in 0.001_f64..0.999, p in 0.0001_f64..0.9999,
        ) {
            let binomial = binomial(n, share);
            let k = binomial.quantile(p).unwrap();
            prop_assert!(binomial.at_most(k) >= p && (k == 0 || binomial.at_most(k - 1) < p));
        }
    }
}
