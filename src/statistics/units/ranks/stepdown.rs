//! Rank sets from simulated maxima of all differences, tightened step by step.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

use super::super::super::interval::{Confidence, real};
use super::super::super::special::normal_quantile;
use super::{RankError, RankSet, Scope, UnitEstimates};

/// How many random draws, and from which seed: the same seed gives the same sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// The number of draws, from 1 to [`Self::MOST`]; 20,000 leave an error of 0.1 points in the level.
    pub number: u32,
    /// The seed of the ChaCha20 generator.
    pub seed: u64,
}

impl Draws {
    /// The most draws.
    pub const MOST: u32 = 100_000;
    /// The most of draws × units²: about a second for every step.
    pub const MOST_WORK: u64 = 1_000_000_000;
    /// The most steps; stopping early leaves the sets wider, never too narrow.
    const MOST_STEPS: u32 = 20;
}

/// Rank sets by the stepdown method of Mogstad, Romano, Shaikh & Wilhelm (2024), after Romano & Wolf (2005).
///
/// Tested are the claims "j is not larger than k" for all ordered pairs with the unit in question (marginal) or for all
/// ordered pairs (simultaneous). A claim is rejected if (value_j - value_k) / √(s_j² + s_k²) is above the quantile of
/// the largest such ratio among the claims not yet rejected, simulated with normal errors; then the quantile is taken
/// again, until nothing more is rejected. The sets are those of Bonferroni or narrower, up to the error of the simulation. A
/// single unit has rank 1 and no units have none.
pub fn stepdown_rank_sets(
    units: &UnitEstimates,
    scope: Scope,
    confidence: Confidence,
    draws: Draws,
) -> Result<Vec<RankSet>, RankError> {
    let work = u128::from(draws.number) * u128::from(units.len() as u64).pow(2);
    if draws.number == 0 || draws.number > Draws::MOST || work > u128::from(Draws::MOST_WORK) {
        return Err(RankError::Draws { draws: draws.number, units: units.len() });
    }
    if units.len() < 2 {
        return Ok(units.values.iter().map(|value| units.set(*value, 0, 0)).collect());
    }
    let errors = simulated_errors(units, draws);
    let mut counts = vec![(0, 0); units.len()];
    match scope {
        Scope::Marginal => {
            for (unit, (larger, smaller)) in counts.iter_mut().enumerate() {
                let mut claims = [Claims::of(units, unit, 0)];
                step_down(&mut claims, &errors, units.len(), confidence);
                for (other_larger, other_smaller) in claims.iter().flat_map(Claims::rejected) {
                    *larger += usize::from(other_larger);
                    *smaller += usize::from(other_smaller);
                }
            }
        }
        Scope::Simultaneous => {
            let mut claims: Vec<Claims> = (0..units.len()).map(|unit| Claims::of(units, unit, unit + 1)).collect();
            step_down(&mut claims, &errors, units.len(), confidence);
            for claims in &claims {
                let (mut all_larger, mut all_smaller) = (0, 0);
                let others = counts.iter_mut().skip(claims.first);
                for ((larger, smaller), (other_larger, other_smaller)) in others.zip(claims.rejected()) {
                    *larger += usize::from(other_smaller);
                    *smaller += usize::from(other_larger);
                    all_larger += usize::from(other_larger);
                    all_smaller += usize::from(other_smaller);
                }
                if let Some((larger, smaller)) = counts.get_mut(claims.unit) {
                    *larger += all_larger;
                    *smaller += all_smaller;
                }
            }
        }
    }
    Ok(units.values.iter().zip(counts).map(|(value, (larger, smaller))| units.set(*value, larger, smaller)).collect())
}

/// The claims about one unit and each unit from `first` on, in columns.
struct Claims {
    unit: usize,
    first: usize,
    /// (value of the unit - value of the other) over the standard error of the difference.
    ratios: Vec<f64>,
    /// One over that standard error; 0 for a unit and itself.
    inverses: Vec<f64>,
    /// 1 while "the unit is not larger" stands, 0 once it is rejected.
    not_larger: Vec<f64>,
    /// 1 while "the other is not larger" stands, 0 once it is rejected.
    not_smaller: Vec<f64>,
}

/// How many pairs are looked at side by side.
const LANES: usize = 8;

impl Claims {
    fn of(units: &UnitEstimates, unit: usize, first: usize) -> Self {
        let pairs = || units.values.iter().zip(&units.standard_errors).enumerate();
        let (value, error) = pairs().nth(unit).map_or((0.0, 0.0), |(_, (value, error))| (*value, *error));
        let (ratios, inverses): (Vec<f64>, Vec<f64>) = pairs()
            .skip(first)
            .map(|(other, (other_value, other_error))| {
                let inverse = if other == unit { 0.0 } else { 1.0 / error.hypot(*other_error) };
                ((value - other_value) * inverse, inverse)
            })
            .unzip();
        let standing = vec![1.0; ratios.len()];
        Self { unit, first, ratios, inverses, not_larger: standing.clone(), not_smaller: standing }
    }

    /// The largest ratio among the claims that stand, with these errors instead of the differences.
    fn largest(&self, errors: &[f64]) -> f64 {
        let error = errors.get(self.unit).copied().unwrap_or(0.0);
        let others = errors.get(self.first..).unwrap_or_default();
        let (whole, rest) = others.as_chunks::<LANES>();
        let (inverses, rest_inverses) = self.inverses.as_chunks::<LANES>();
        let (not_larger, rest_not_larger) = self.not_larger.as_chunks::<LANES>();
        let (not_smaller, rest_not_smaller) = self.not_smaller.as_chunks::<LANES>();
        let mut lanes = [0.0; LANES];
        for ((others, inverses), standing) in whole.iter().zip(inverses).zip(not_larger.iter().zip(not_smaller)) {
            raise(&mut lanes, error, (others, inverses), standing.0, standing.1);
        }
        raise(&mut lanes, error, (rest, rest_inverses), rest_not_larger, rest_not_smaller);
        lanes.into_iter().fold(0.0, larger)
    }

    /// Rejects what is above the critical value; whether there was anything new.
    fn reject(&mut self, critical: f64) -> bool {
        let mut new = false;
        let standing = self.not_larger.iter_mut().zip(&mut self.not_smaller);
        for (ratio, (not_larger, not_smaller)) in self.ratios.iter().zip(standing) {
            if *ratio > critical && *not_larger > 0.0 {
                (*not_larger, new) = (0.0, true);
            }
            if -ratio > critical && *not_smaller > 0.0 {
                (*not_smaller, new) = (0.0, true);
            }
        }
        new
    }

    /// For each other unit whether it is demonstrably larger, and demonstrably smaller.
    fn rejected(&self) -> impl Iterator<Item = (bool, bool)> {
        let standing = self.not_smaller.iter().zip(&self.not_larger);
        standing.map(|(not_smaller, not_larger)| (*not_smaller < 0.5, *not_larger < 0.5))
    }
}

/// Raises the largest ratios so far by those of some pairs.
#[inline]
fn raise(
    lanes: &mut [f64; LANES],
    error: f64,
    (others, inverses): (&[f64], &[f64]),
    not_larger: &[f64],
    not_smaller: &[f64],
) {
    let pairs = others.iter().zip(inverses).zip(not_larger.iter().zip(not_smaller));
    for (lane, ((other, inverse), (not_larger, not_smaller))) in lanes.iter_mut().zip(pairs) {
        let ratio = (error - other) * inverse;
        *lane = larger(*lane, larger(ratio * not_larger, -ratio * not_smaller));
    }
}

/// The larger of two numbers; unlike `f64::max` without a word on NaN, which a processor can do for many pairs at once.
fn larger(one: f64, two: f64) -> f64 {
    if one > two { one } else { two }
}

fn step_down(claims: &mut [Claims], errors: &[f64], units: usize, confidence: Confidence) {
    for _ in 0..Draws::MOST_STEPS {
        let mut largest: Vec<f64> = errors
            .chunks_exact(units)
            .map(|errors| claims.iter().map(|claims| claims.largest(errors)).fold(0.0, f64::max))
            .collect();
        let Some(critical) = quantile(&mut largest, confidence.level()) else { return };
        let mut new = false;
        for claims in &mut *claims {
            new |= claims.reject(critical);
        }
        if !new {
            return;
        }
    }
}

/// The smallest value that, or less, so large a part of the values has.
fn quantile(values: &mut [f64], level: f64) -> Option<f64> {
    let place = values.len().checked_sub(1)?.min(at(level, values.len()));
    let (_, value, _) = values.select_nth_unstable_by(place, f64::total_cmp);
    Some(*value)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the number of draws")]
fn at(level: f64, values: usize) -> usize {
    // The rounding of the level must not move a whole number up.
    (level * real(values as u64) - 1e-9).ceil().max(1.0) as usize - 1
}

/// Normal errors of all units, draw after draw.
fn simulated_errors(units: &UnitEstimates, draws: Draws) -> Vec<f64> {
    let mut random = ChaCha20Rng::seed_from_u64(draws.seed);
    let one_draw = |_| units.standard_errors.iter();
    (0..draws.number).flat_map(one_draw).map(|error| error * normal_quantile(unit(random.next_u64()))).collect()
}

/// A number strictly between 0 and 1 from 52 random bits.
#[expect(clippy::cast_precision_loss, reason = "52 bits are exact")]
fn unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) / 4_503_599_627_370_496.0
}

#[cfg(test)]
mod tests {
    use super::super::super::super::proportion::Count;
    use super::super::bonferroni_rank_sets;
    use super::*;
    use proptest::prelude::*;

    const DRAWS: Draws = Draws { number: 4_000, seed: 7 };

    fn units(counts: &[(u64, u64)]) -> UnitEstimates {
        let counts: Vec<Count> = counts.iter().map(|(x, n)| Count::new(*x, *n).unwrap()).collect();
        UnitEstimates::from_counts(&counts).unwrap()
    }

    #[test]
    fn too_many_draws_are_refused_with_the_numbers() {
        let units = units(&[(3, 4), (4, 4)]);
        for number in [0, Draws::MOST + 1] {
            let refused = stepdown_rank_sets(&units, Scope::Marginal, Confidence::P95, Draws { number, seed: 1 });
            assert_eq!(refused, Err(RankError::Draws { draws: number, units: 2 }));
            assert!(refused.unwrap_err().to_string().contains("for 2 units"));
        }
    }

    #[test]
    fn no_unit_and_one_unit_need_no_draws() {
        for scope in [Scope::Marginal, Scope::Simultaneous] {
            assert_eq!(stepdown_rank_sets(&units(&[]), scope, Confidence::P95, DRAWS), Ok(Vec::new()));
            let one = stepdown_rank_sets(&units(&[(1, 1)]), scope, Confidence::P95, DRAWS).unwrap();
            assert_eq!(one, [RankSet { best: 1, estimated: 1, worst: 1 }]);
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_sets_and_clear_differences_give_single_ranks() {
        let units = units(&[(100, 1_000), (900, 1_000), (500, 1_000)]);
        for scope in [Scope::Marginal, Scope::Simultaneous] {
            let sets = stepdown_rank_sets(&units, scope, Confidence::P95, DRAWS).unwrap();
            let ranks: Vec<_> = sets.iter().map(|set| (set.best, set.estimated, set.worst)).collect();
            assert_eq!(ranks, [(3, 3, 3), (1, 1, 1), (2, 2, 2)]);
            assert_eq!(sets, stepdown_rank_sets(&units, scope, Confidence::P95, DRAWS).unwrap());
        }
    }

    #[test]
    fn a_step_down_rejects_what_the_first_quantile_does_not() {
        // Far apart but for the last two, whose difference is between the quantiles of the first and the second step:
        // 2.34 and 2.2 for one unit, 2.57 and 2.4 for all.
        for (scope, ratio) in [(Scope::Marginal, 2.25), (Scope::Simultaneous, 2.48)] {
            let last = 200.0 + ratio * std::f64::consts::SQRT_2;
            let units = UnitEstimates::new(vec![0.0, 100.0, 200.0, last], vec![1.0; 4]).unwrap();
            let draws = Draws { number: 20_000, seed: 3 };
            let sets = stepdown_rank_sets(&units, scope, Confidence::P95, draws).unwrap();
            let by_bonferroni = bonferroni_rank_sets(&units, scope, Confidence::P95);
            assert_eq!(sets.last(), Some(&RankSet { best: 1, estimated: 1, worst: 1 }), "{scope:?}");
            assert_eq!(by_bonferroni.last(), Some(&RankSet { best: 1, estimated: 1, worst: 2 }), "{scope:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn sets_hold_the_rank_of_the_estimate_and_those_of_one_unit_lie_within_those_of_all(
            counts in prop::collection::vec((1_u64..400).prop_flat_map(|n| (0..=n, Just(n))), 2..8),
            seed in any::<u64>(),
        ) {
            let units = units(&counts);
            let draws = Draws { number: 200, seed };
            let one = stepdown_rank_sets(&units, Scope::Marginal, Confidence::P95, draws).unwrap();
            let all = stepdown_rank_sets(&units, Scope::Simultaneous, Confidence::P95, draws).unwrap();
            for (one, all) in one.iter().zip(all) {
                prop_assert!(1 <= all.best && all.best <= one.estimated && one.estimated <= all.worst);
                prop_assert!(one.best <= one.estimated && one.estimated <= one.worst && all.worst <= counts.len());
            }
        }
    }
}
