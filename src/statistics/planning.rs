//! How many more answers would settle whether a share reaches a target.

use super::interval::{Confidence, Interval, Share, logit_t, real};
use super::proportion::Count;

/// The most further answers that are looked at; a question this close is not settled by counting.
pub const MAX_MORE: u64 = 10_000_000;

/// How many more answers put the Clopper-Pearson interval on one side of `target` if the share stays as it is.
///
/// Successes are rounded to whole answers, so the result may be a few answers above the very first that would do.
/// `Some(0)` if it is settled now; `None` without an answer, with the share at the target, or beyond [`MAX_MORE`].
pub fn more_answers_for_count(count: Count, target: Share, confidence: Confidence) -> Option<u64> {
    count.share()?;
    let (successes, trials) = (u128::from(count.successes()), u128::from(count.trials()));
    first_that_settles(|more| {
        let grown = trials + u128::from(more);
        let rounded = (successes * grown + trials / 2) / trials;
        let (Ok(successes), Ok(trials)) = (u64::try_from(rounded), u64::try_from(grown)) else {
            return false;
        };
        let grown = Count::new(successes, trials).ok();
        grown.and_then(|count| count.clopper_pearson(confidence)).is_some_and(|limits| settles(limits, target))
    })
}

/// How many more respondents put the logit t interval of a composite on one side of `target` if share and variance of
/// one respondent (`unit_variance`) stay as they are.
///
/// `Some(0)` if it is settled now; `None` where there is no interval, with the share at the target, or beyond
/// [`MAX_MORE`].
pub fn more_answers_for_composite(
    share: Share,
    unit_variance: f64,
    respondents: u64,
    target: Share,
    confidence: Confidence,
) -> Option<u64> {
    first_that_settles(|more| {
        let n = real(respondents.saturating_add(more));
        logit_t(share.value(), unit_variance / n, n - 1.0, confidence).is_ok_and(|limits| settles(limits, target))
    })
}

/// The rule of the verdicts: met when the lower limit reaches the target, not met when the upper one stays below.
fn settles(limits: Interval, target: Share) -> bool {
    limits.low >= target.value() || limits.high < target.value()
}

/// The first number of answers for which `settled` holds, by doubling and halving: at most 50 questions.
fn first_that_settles(settled: impl Fn(u64) -> bool) -> Option<u64> {
    if settled(0) {
        return Some(0);
    }
    let (mut open, mut enough) = (0, 1);
    while !settled(enough) {
        if enough >= MAX_MORE {
            return None;
        }
        open = enough;
        enough = (2 * enough).min(MAX_MORE);
    }
    while enough - open > 1 {
        let middle = open + (enough - open) / 2;
        if settled(middle) {
            enough = middle;
        } else {
            open = middle;
        }
    }
    Some(enough)
}

/// The same from a guess: brackets around it by doubling steps, then halves. `None` for 0 and beyond [`MAX_MORE`].
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the guess is clamped to 1..=MAX_MORE")]
pub(crate) fn first_near(guess: f64, settled: impl Fn(u64) -> bool) -> Option<u64> {
    if guess.is_nan() || settled(0) {
        return None;
    }
    let start = guess.clamp(1.0, real(MAX_MORE)) as u64;
    let mut step = (start / 16).max(1);
    let (mut open, mut enough);
    if settled(start) {
        enough = start;
        open = enough.saturating_sub(step);
        while open > 0 && settled(open) {
            enough = open;
            step *= 2;
            open = enough.saturating_sub(step);
        }
    } else {
        open = start;
        enough = (open + step).min(MAX_MORE);
        while !settled(enough) {
            if enough >= MAX_MORE {
                return None;
            }
            step *= 2;
            open = enough;
            enough = (open + step).min(MAX_MORE);
        }
    }
    while enough - open > 1 {
        let middle = open + (enough - open) / 2;
        if settled(middle) { enough = middle } else { open = middle }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(value: f64) -> Share {
        Share::new(value).unwrap()
    }

    fn count(successes: u64, trials: u64) -> Count {
        Count::new(successes, trials).unwrap()
    }

    #[test]
    fn what_is_settled_needs_nothing_more() {
        assert_eq!(more_answers_for_count(count(200, 200), share(0.95), Confidence::P95), Some(0));
        assert_eq!(more_answers_for_count(count(10, 200), share(0.8), Confidence::P95), Some(0));
        assert_eq!(more_answers_for_composite(share(0.95), 0.03, 2_000, share(0.9), Confidence::P95), Some(0));
    }

    #[test]
    fn a_share_at_the_target_is_never_settled() {
        assert_eq!(more_answers_for_count(count(180, 200), share(0.9), Confidence::P95), None);
        assert_eq!(more_answers_for_count(count(20, 20), share(1.0), Confidence::P95), None);
        assert_eq!(more_answers_for_count(Count::default(), share(0.9), Confidence::P95), None);
        assert_eq!(more_answers_for_composite(share(0.9), 0.03, 200, share(0.9), Confidence::P95), None);
        assert_eq!(more_answers_for_composite(share(1.0), 0.0, 200, share(0.9), Confidence::P95), None);
    }

    #[test]
    fn the_answers_said_to_be_enough_are_enough() {
        // At 91.6 % satisfied about 1,350 answers demonstrate 90 %.
        let more = more_answers_for_count(count(229, 250), share(0.9), Confidence::P95).unwrap();
        assert!((900..1_500).contains(&more), "{more}");
        let grown = count((229 * (250 + more) + 125) / 250, 250 + more);
        assert!(grown.clopper_pearson(Confidence::P95).unwrap().low >= 0.9);
    }

    proptest! {
        #[test]
        fn one_respondent_fewer_would_not_settle_a_composite(p in 0.05_f64..0.95, v in 0.005_f64..0.3, n in 2_u64..500, t in 0.5_f64..0.99) {
            let settled = |n: u64| settles(logit_t(p, v / real(n), real(n - 1), Confidence::P95).unwrap(), share(t));
            match more_answers_for_composite(share(p), v, n, share(t), Confidence::P95) {
                Some(0) => prop_assert!(settled(n)),
                Some(more) => prop_assert!(settled(n + more) && !settled(n + more - 1)),
                None => prop_assert!(!settled(n + MAX_MORE)),
            }
        }
    }
}
