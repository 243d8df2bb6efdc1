//! Bursts: many answers of one counter or device in a short time.

use super::super::interval::real;
use super::super::special::Binomial;
use super::QualityError;
use super::items::size;

/// A slot of time with more answers than chance explains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Burst {
    /// The slot, counted from 0.
    pub slot: usize,
    /// The answers in it.
    pub answers: u64,
    /// The answers to be expected in it.
    pub expected: f64,
    /// Chance that any slot at all gets this many by chance: the tail times the number of slots, at most 1.
    pub p: f64,
}

/// The bursts of a counter or a device.
#[derive(Clone, Debug, PartialEq)]
pub struct Bursts {
    /// The slots with p up to the error asked for, in order.
    pub found: Vec<Burst>,
    /// Σ (count - expected)² / expected over (slots - 1): about 1 for a steady stream, more where busy hours alone make
    /// slots unequal; above 2 give the expected exposure of the slots before believing a burst.
    pub dispersion: f64,
}

/// Slots with more answers than a steady Poisson stream would give.
///
/// `counts` are the answers in each slot, all slots of opening included, also the empty ones; `exposure` is how much is
/// to be expected in each, in any unit (minutes open, transactions), equal when `None`. Given the total, a Poisson
/// stream puts each answer into slot i with the chance of its part of the exposure, so the count of a slot is binomial
/// and the tail is exact; p is Bonferroni's over the slots with exposure, found at p ≤ `error`. Needs two such slots
/// and one answer; answers in a slot without exposure have p = 0. Beyond 10^12 answers nothing is found.
pub fn bursts(counts: &[u64], exposure: Option<&[f64]>, error: f64) -> Result<Bursts, QualityError> {
    let equal = vec![1.0; counts.len()];
    let exposure = exposure.unwrap_or(&equal);
    if exposure.len() != counts.len() {
        return Err(QualityError::Lengths { given: exposure.len(), expected: counts.len() });
    }
    if let Some(place) = exposure.iter().position(|part| !(0.0..=1e12).contains(part)) {
        return Err(QualityError::WeightUnusable { place });
    }
    let slots = exposure.iter().filter(|part| **part > 0.0).count();
    if slots < 2 {
        return Err(QualityError::TooFew { given: slots, least: 2 });
    }
    let total = counts.iter().fold(0_u64, |sum, count| sum.saturating_add(*count));
    if total == 0 {
        return Err(QualityError::TooFew { given: 0, least: 1 });
    }
    let whole: f64 = exposure.iter().sum();
    let (mut found, mut squares) = (Vec::new(), 0.0);
    for (slot, (&answers, part)) in counts.iter().zip(exposure).enumerate() {
        let chance = part / whole;
        let expected = chance * real(total);
        if chance > 0.0 {
            squares += (real(answers) - expected).powi(2) / expected;
        }
        let tail = if chance > 0.0 {
            Binomial::new(real(total), chance).map_or(1.0, |stream| stream.at_least(answers))
        } else {
            0.0
        };
        let p = (size(slots) * tail).min(1.0);
        if p <= error && answers > 0 {
            found.push(Burst { slot, answers, expected, p });
        }
    }
    Ok(Bursts { found, dispersion: squares / (size(slots) - 1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_burst_is_found_with_its_exact_chance() {
        // Nine of ten answers in one of two slots: P(X ≥ 9) = 11/1024, twice for the two slots.
        let found = bursts(&[9, 1], None, 0.05).unwrap().found;
        assert_eq!(found.len(), 1);
        let burst = found.first().unwrap();
        assert_eq!((burst.slot, burst.answers), (0, 9));
        assert!((burst.p - 22.0 / 1024.0).abs() < 1e-14 && (burst.expected - 5.0).abs() < 1e-14);
    }

    #[test]
    fn busy_hours_are_no_bursts_once_they_are_expected() {
        let counts = [40, 2, 3, 1, 2, 3, 2, 4];
        assert_eq!(bursts(&counts, None, 0.05).unwrap().found.len(), 1);
        let expected = bursts(&counts, Some(&[40., 2., 3., 2., 2., 3., 2., 3.]), 0.05).unwrap();
        assert!(expected.found.is_empty() && expected.dispersion < 1.0, "{expected:?}");
        let closed = bursts(&[1, 9, 8], Some(&[0., 1., 1.]), 0.05).unwrap();
        assert_eq!(closed.found.iter().map(|burst| burst.slot).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn what_cannot_be_compared_is_named() {
        assert_eq!(bursts(&[], None, 0.05), Err(QualityError::TooFew { given: 0, least: 2 }));
        assert_eq!(bursts(&[0, 0], None, 0.05), Err(QualityError::TooFew { given: 0, least: 1 }));
        assert_eq!(bursts(&[1, 0], Some(&[1.0]), 0.05), Err(QualityError::Lengths { given: 1, expected: 2 }));
        assert_eq!(bursts(&[1, 0], Some(&[1.0, -1.0]), 0.05), Err(QualityError::WeightUnusable { place: 1 }));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn every_slot_is_judged_and_none_is_certain_to_be_a_burst(counts in prop::collection::vec(0_u64..50, 2..40)) {
            prop_assume!(counts.iter().sum::<u64>() > 0);
            let all = bursts(&counts, None, 1.0).unwrap();
            prop_assert_eq!(all.found.len(), counts.iter().filter(|count| **count > 0).count());
            prop_assert!(all.found.iter().all(|burst| burst.p > 0.0 && burst.p <= 1.0) && all.dispersion >= 0.0);
        }
    }
}
