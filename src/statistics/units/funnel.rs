//! Funnels: who differs from a target by more than chance, and by more than units usually differ.

use super::super::interval::{Confidence, Interval, Share, real};
use super::super::proportion::Count;
use super::super::special::{Beta, Binomial};

/// A unit in a funnel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunnelUnit {
    /// The share of the unit.
    pub share: Share,
    /// How many answers it rests on: for a weighted share the effective number p (1-p) / variance.
    pub answers: f64,
}

impl FunnelUnit {
    /// The unit of a count; `None` without a trial.
    pub fn from_count(count: Count) -> Option<Self> {
        Some(Self { share: Share::new(count.share()?)?, answers: real(count.trials()) })
    }
}

/// How much more than chance units may differ without standing out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dispersion {
    /// Not at all.
    None,
    /// The variance of chance is multiplied by this factor; one below 1 counts as 1.
    Factor(f64),
    /// This variance between units is added to that of chance.
    Added(f64),
}

/// Where a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Above the target by more than allowed for.
    Above,
    /// Not to be told from the target.
    Indistinguishable,
    /// Below the target by more than allowed for.
    Below,
}

/// A target and what is allowed for around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Funnel {
    target: f64,
    dispersion: Dispersion,
}

impl Funnel {
    /// A funnel around a target strictly between 0 and 1; `None` otherwise or with a negative or infinite dispersion.
    pub fn new(target: Share, dispersion: Dispersion) -> Option<Self> {
        let target = target.value();
        let allowed = match dispersion {
            Dispersion::None => true,
            Dispersion::Factor(size) | Dispersion::Added(size) => size >= 0.0 && size.is_finite(),
        };
        (target > 0.0 && target < 1.0 && allowed).then_some(Self { target, dispersion })
    }

    /// The limits to draw at a number of answers; `None` unless that is above 0 and at most 1e12.
    ///
    /// Binomial quantiles, interpolated between whole numbers of successes (Spiegelhalter 2005, Statistics in Medicine
    /// 24:1185, appendix) and cut at 0 and 1. Dispersion enters as a smaller number of answers with the same
    /// variance. Drawn at 95 % and 99.8 %. With few answers a share of 0 or 1 may lie outside although it is common;
    /// which units stand out is therefore said by [`Self::standing`].
    pub fn limits(&self, answers: f64, confidence: Confidence) -> Option<Interval> {
        let effective = self.effective(answers)?;
        let binomial = Binomial::new(effective, self.target)?;
        let limit = |p: f64| {
            let reached = binomial.quantile(p)?;
            let at = binomial.at_most(reached);
            let before = if reached == 0 { 0.0 } else { binomial.at_most(reached - 1) };
            let back = if at > before { (at - p) / (at - before) } else { 0.0 };
            Some(((real(reached) - back) / effective).clamp(0.0, 1.0))
        };
        let tail = confidence.tail();
        Some(Interval { low: limit(tail)?, high: limit(1.0 - tail)? })
    }

    /// Where a unit stands: not at the target if what was seen, or more of it, has at most half the error there.
    ///
    /// The tails are exact for counts, so that the target lies outside the Clopper-Pearson interval of a unit that
    /// stands out; `None` unless the answers are above 0 and at most 1e12.
    pub fn standing(&self, unit: FunnelUnit, confidence: Confidence) -> Option<Standing> {
        let effective = self.effective(unit.answers)?;
        let (seen, tail) = (unit.share.value() * effective, confidence.tail());
        let rest = effective - seen;
        // Without a success, or as good as without, every count is at least as large; likewise without a failure.
        let at_least = Beta::new(seen, rest + 1.0).map_or(1.0, |beta| beta.tails(self.target).lower);
        let at_most = Beta::new(seen + 1.0, rest).map_or(1.0, |beta| beta.tails(self.target).upper);
        Some(if at_least <= tail {
            Standing::Above
        } else if at_most <= tail {
            Standing::Below
        } else {
            Standing::Indistinguishable
        })
    }

    /// The number of answers without dispersion that has the variance of `answers` with it.
    fn effective(&self, answers: f64) -> Option<f64> {
        if !(answers > 0.0 && answers <= Binomial::MAX_TRIALS) {
            return None;
        }
        let spread = self.target * (1.0 - self.target);
        Some(match self.dispersion {
            Dispersion::None => answers,
            Dispersion::Factor(factor) => answers / factor.max(1.0),
            Dispersion::Added(between) => spread / (spread / answers + between),
        })
    }
}

/// The share of all answers of all units together; `None` without an answer, or with more than a count can hold.
pub fn pooled_share(units: &[Count]) -> Option<Share> {
    let all = units.iter().try_fold(Count::default(), |sum, unit| sum.merged(*unit).ok())?;
    Share::new(all.share()?)
}

/// By how much units differ more than chance says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overdispersion {
    /// The mean squared distance from the target in standard errors, 1 by chance alone: for [`Dispersion::Factor`].
    pub factor: f64,
    /// The variance between units, 0 or more: for [`Dispersion::Added`].
    pub between: f64,
}

/// The part of the units on each side whose distance is drawn in.
const WINSORISED: f64 = 0.1;

/// Over-dispersion from the distances of all units from the target, those beyond the outer tenths drawn in to them.
///
/// Spiegelhalter (2005): the factor is the mean of the squared distances, the variance between units the
/// moment estimator of DerSimonian & Laird from it. `None` for fewer than two units, a target of 0 or 1, or a unit
/// without answers. Where all units are at the target both are 0.
pub fn overdispersion(units: &[FunnelUnit], target: Share) -> Option<Overdispersion> {
    let (target, spread) = (target.value(), target.value() * (1.0 - target.value()));
    if units.len() < 2 || spread <= 0.0 || units.iter().any(|unit| !(unit.answers > 0.0 && unit.answers.is_finite())) {
        return None;
    }
    let distances: Vec<f64> =
        units.iter().map(|unit| (unit.share.value() - target) / (spread / unit.answers).sqrt()).collect();
    let mut rising = distances.clone();
    rising.sort_by(f64::total_cmp);
    let (low, high) = (interpolated(&rising, WINSORISED)?, interpolated(&rising, 1.0 - WINSORISED)?);
    let squares: f64 = distances.iter().map(|z| z.clamp(low, high).powi(2)).sum();
    let all = real(units.len() as u64);
    let (mut weights, mut square_weights) = (0.0, 0.0);
    for unit in units {
        let weight = unit.answers / spread;
        weights += weight;
        square_weights += weight * weight;
    }
    let between = ((squares - (all - 1.0)) / (weights - square_weights / weights)).max(0.0);
    Some(Overdispersion { factor: squares / all, between })
}

/// The quantile of sorted values at the place (n-1) p, interpolated linearly (definition 7 of Hyndman & Fan 1996).
fn interpolated(rising: &[f64], p: f64) -> Option<f64> {
    let mut place = p * real(rising.len() as u64 - 1);
    let mut pairs = rising.iter().zip(rising.iter().skip(1).chain(rising.last()));
    for _ in 0..rising.len() {
        let (one, next) = pairs.next()?;
        if place < 1.0 {
            return Some(one + place * (next - one));
        }
        place -= 1.0;
    }
    rising.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(value: f64) -> Share {
        Share::new(value).unwrap()
    }

    fn funnel(target: f64, dispersion: Dispersion) -> Funnel {
        Funnel::new(share(target), dispersion).unwrap()
    }

    fn unit(successes: u64, trials: u64) -> FunnelUnit {
        FunnelUnit::from_count(Count::new(successes, trials).unwrap()).unwrap()
    }

    #[test]
    fn what_cannot_be_compared_gives_nothing() {
        assert_eq!(FunnelUnit::from_count(Count::default()), None);
        assert!(Funnel::new(share(1.0), Dispersion::None).is_none());
        assert!(Funnel::new(share(0.9), Dispersion::Factor(f64::NAN)).is_none());
        let funnel = funnel(0.9, Dispersion::None);
        assert!([0.0, -1.0, f64::NAN, f64::INFINITY].into_iter().all(|n| funnel.limits(n, Confidence::P95).is_none()));
        assert_eq!(pooled_share(&[]), None);
        assert_eq!(overdispersion(&[unit(9, 10)], share(0.9)), None);
        assert_eq!(overdispersion(&[unit(9, 10), unit(8, 10)], share(1.0)), None);
    }

    #[test]
    fn a_single_satisfied_answer_does_not_stand_out() {
        let funnel = funnel(0.9, Dispersion::None);
        assert!(funnel.limits(1.0, Confidence::P95).unwrap().high < 1.0);
        assert_eq!(funnel.standing(unit(1, 1), Confidence::P95), Some(Standing::Indistinguishable));
        assert_eq!(funnel.standing(unit(500, 500), Confidence::P95), Some(Standing::Above));
        assert_eq!(funnel.standing(unit(0, 500), Confidence::P95), Some(Standing::Below));
    }

    #[test]
    fn units_at_the_target_show_no_dispersion() {
        let found = overdispersion(&[unit(9, 10), unit(90, 100), unit(45, 50)], share(0.9)).unwrap();
        assert!(found.factor.abs() < 1e-25 && found.between.abs() < 1e-25, "{found:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn limits_hold_the_target_and_more_dispersion_widens_them(
            target in 0.02_f64..0.98, n in 1_u32..5_000, more in 0.0_f64..4.0,
        ) {
            let n = f64::from(n);
            let plain = funnel(target, Dispersion::None).limits(n, Confidence::P95).unwrap();
            let outer = funnel(target, Dispersion::None).limits(n, Confidence::new(0.998).unwrap()).unwrap();
            prop_assert!(0.0 <= outer.low && outer.low <= plain.low && plain.high <= outer.high && outer.high <= 1.0);
            // Interpolation places a limit up to one success inside.
            prop_assert!(plain.low - 1.0 / n <= target && target <= plain.high + 1.0 / n);
            let factor = funnel(target, Dispersion::Factor(1.0 + more));
            let spread = target * (1.0 - target);
            let added = funnel(target, Dispersion::Added(more * spread / n));
            let [by_factor, by_variance] = [factor, added].map(|funnel| funnel.limits(n, Confidence::P95).unwrap());
            prop_assert!((by_factor.low - by_variance.low).abs() < 1e-9);
            prop_assert!((by_factor.high - by_variance.high).abs() < 1e-9);
        }

        #[test]
        fn a_count_stands_out_if_its_exact_interval_leaves_the_target_outside(
            (x, n) in (1_u64..2_000).prop_flat_map(|n| (0..=n, Just(n))), target in 0.02_f64..0.98,
        ) {
            let limits = Count::new(x, n).unwrap().clopper_pearson(Confidence::P95).unwrap();
            let expected = if limits.low >= target {
                Standing::Above
            } else if limits.high <= target {
                Standing::Below
            } else {
                Standing::Indistinguishable
            };
            prop_assert_eq!(funnel(target, Dispersion::None).standing(unit(x, n), Confidence::P95), Some(expected));
        }
    }
}
