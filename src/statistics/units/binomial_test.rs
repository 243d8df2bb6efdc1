//! Exact tests of one share.

use super::super::interval::{Share, real};
use super::super::proportion::Count;
use super::super::special::Binomial;

/// What is held against the tested share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alternative {
    /// Another share.
    TwoSided,
    /// A larger share.
    Greater,
    /// A smaller share.
    Less,
}

/// Chances this much apart, relatively, count as equal in the two-sided test.
const SAME_CHANCE: f64 = 1e-7;

/// The exact p-value of a count if the share is `tested`; `None` without a trial.
///
/// One-sided: the chance of what was seen or more in that direction. Two-sided: the chance of every number of successes
/// that is no likelier than the one seen (the minimum-likelihood test; compare Blaker 2000). For a single answer and
/// for shares of 0 and 1 the same rules hold: against 0 any success is impossible, so its p-value is 0.
pub fn binomial_test(count: Count, tested: Share, alternative: Alternative) -> Option<f64> {
    count.share()?;
    let (x, n) = (count.successes(), count.trials());
    let Some(binomial) = Binomial::new(real(n), tested.value()) else {
        // With a share of 0 or 1 only one count is possible.
        let certain = if tested.value() < 0.5 { 0 } else { n };
        let possible = match alternative {
            Alternative::TwoSided => x == certain,
            Alternative::Greater => x <= certain,
            Alternative::Less => x >= certain,
        };
        return Some(if possible { 1.0 } else { 0.0 });
    };
    Some(match alternative {
        Alternative::Greater => binomial.at_least(x),
        Alternative::Less => binomial.at_most(x),
        Alternative::TwoSided => two_sided(&binomial, x, n, real(n) * tested.value()),
    })
}

fn two_sided(binomial: &Binomial, x: u64, n: u64, mean: f64) -> f64 {
    let highest = binomial.ln_mass(x) + SAME_CHANCE.ln_1p();
    let no_likelier = |k: u64| binomial.ln_mass(k) <= highest;
    let p = if real(x) < mean {
        // Beyond the mean the chances fall, so those that are no likelier begin somewhere and go on to n.
        let first = first_from(x + 1, n + 1, |k| real(k) >= mean && no_likelier(k));
        binomial.at_most(x) + if first > n { 0.0 } else { binomial.at_least(first) }
    } else {
        let below = first_from(0, x, |k| real(k) > mean || !no_likelier(k));
        binomial.at_least(x) + if below == 0 { 0.0 } else { binomial.at_most(below - 1) }
    };
    p.min(1.0)
}

/// The first number from `low` on that is `enough`, `high` if none before it is; all after the first must be.
fn first_from(mut low: u64, mut high: u64, enough: impl Fn(u64) -> bool) -> u64 {
    for _ in 0..u64::BITS {
        if low >= high {
            break;
        }
        let middle = low + (high - low) / 2;
        if enough(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn p(successes: u64, trials: u64, tested: f64, alternative: Alternative) -> Option<f64> {
        binomial_test(Count::new(successes, trials).unwrap(), Share::new(tested).unwrap(), alternative)
    }

    #[test]
    fn without_a_trial_there_is_no_test_and_one_answer_has_the_chance_of_itself() {
        assert_eq!(p(0, 0, 0.5, Alternative::TwoSided), None);
        assert!((p(1, 1, 0.8, Alternative::Greater).unwrap() - 0.8).abs() < 1e-15);
        assert!((p(0, 1, 0.8, Alternative::TwoSided).unwrap() - 0.2).abs() < 1e-15);
        assert!((p(1, 1, 0.8, Alternative::TwoSided).unwrap() - 1.0).abs() < 1e-14);
    }

    #[test]
    fn against_certainty_one_contradiction_is_enough() {
        assert_eq!(p(1, 50, 0.0, Alternative::TwoSided), Some(0.0));
        assert_eq!(p(1, 50, 0.0, Alternative::Greater), Some(0.0));
        assert_eq!(p(1, 50, 0.0, Alternative::Less), Some(1.0));
        assert_eq!(p(50, 50, 1.0, Alternative::TwoSided), Some(1.0));
        assert_eq!(p(49, 50, 1.0, Alternative::Less), Some(0.0));
    }

    #[test]
    fn equally_likely_counts_on_both_sides_enter_together() {
        // 2 of 8 at one half: 0, 1, 2 and 6, 7, 8 have 2 (1 + 8 + 28) of 256 ways.
        assert!((p(2, 8, 0.5, Alternative::TwoSided).unwrap() - 74.0 / 256.0).abs() < 1e-14);
        assert!((p(6, 8, 0.5, Alternative::TwoSided).unwrap() - 74.0 / 256.0).abs() < 1e-14);
        assert!((p(4, 8, 0.5, Alternative::TwoSided).unwrap() - 1.0).abs() < 1e-14);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn the_two_sided_value_is_the_sum_of_all_chances_no_larger(
            (x, n) in (1_u64..300).prop_flat_map(|n| (0..=n, Just(n))), tested in 0.01_f64..0.99,
        ) {
            let binomial = Binomial::new(real(n), tested).unwrap();
            let limit = binomial.ln_mass(x).exp() * (1.0 + SAME_CHANCE);
            let sum: f64 = (0..=n).map(|k| binomial.ln_mass(k).exp()).filter(|mass| *mass <= limit).sum();
            prop_assert!((p(x, n, tested, Alternative::TwoSided).unwrap() - sum.min(1.0)).abs() < 1e-11);
            let [more, less] = [Alternative::Greater, Alternative::Less].map(|side| p(x, n, tested, side).unwrap());
            prop_assert!((more + less - 1.0 - binomial.ln_mass(x).exp()).abs() < 1e-11);
        }
    }
}
