//! Which ranks a unit may have.
//!
//! A rank is estimated with an error like any other number, and mostly a large one: of 34 units with 8 to 250 answers
//! the middle one may be any of 33. Rank 1 is the largest value. A set of ranks of a unit goes from one more than the
//! units that are demonstrably larger to all units less those that are demonstrably smaller (Mogstad, Romano, Shaikh &
//! Wilhelm 2024, Review of Economic Studies 91).

use super::super::interval::{Confidence, real};
use super::super::proportion::Count;
use super::super::special::normal_quantile;

mod stepdown;

pub use stepdown::{Draws, stepdown_rank_sets};

/// Estimates of independent units with their standard errors.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitEstimates {
    values: Vec<f64>,
    standard_errors: Vec<f64>,
}

/// Why ranks cannot be given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RankError {
    /// Not one standard error for each value.
    Lengths {
        /// The number of values.
        values: usize,
        /// The number of standard errors.
        standard_errors: usize,
    },
    /// A value or a standard error that is no finite number, or a standard error that is not above 0.
    Unusable {
        /// The place of the unit in the list, from 0.
        place: usize,
    },
    /// Draws × units² above [`Draws::MOST_WORK`], or no draws.
    Draws {
        /// The draws asked for.
        draws: u32,
        /// The units.
        units: usize,
    },
}

impl std::fmt::Display for RankError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lengths { values, standard_errors } => {
                write!(f, "{values} values and {standard_errors} standard errors: give one of each for every unit")
            }
            Self::Unusable { place } => write!(
                f,
                "the unit at place {place} has no finite value or no positive standard error: leave it out, or take \
                 the standard error of (x + 1/2) / (n + 1)"
            ),
            Self::Draws { draws, units } => write!(
                f,
                "{draws} draws for {units} units: take from 1 to {} draws, and few enough that draws times units \
                 squared is at most {}; the Bonferroni sets need none",
                Draws::MOST,
                Draws::MOST_WORK
            ),
        }
    }
}

impl std::error::Error for RankError {}

/// For what the sets hold at their level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// For any one unit, chosen beforehand.
    Marginal,
    /// For all units at once.
    Simultaneous,
}

/// The ranks a unit may have; rank 1 is the largest value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankSet {
    /// The best rank.
    pub best: usize,
    /// The rank of the estimate; equal estimates share the better rank.
    pub estimated: usize,
    /// The worst rank.
    pub worst: usize,
}

impl UnitEstimates {
    /// Values with standard errors above 0, of the same number.
    pub fn new(values: Vec<f64>, standard_errors: Vec<f64>) -> Result<Self, RankError> {
        if values.len() != standard_errors.len() {
            return Err(RankError::Lengths { values: values.len(), standard_errors: standard_errors.len() });
        }
        let usable = |(value, error): (&f64, &f64)| value.is_finite() && *error > 0.0 && error.is_finite();
        match values.iter().zip(&standard_errors).position(|unit| !usable(unit)) {
            Some(place) => Err(RankError::Unusable { place }),
            None => Ok(Self { values, standard_errors }),
        }
    }

    /// Shares x/n with the standard error √(q (1-q) / n) at q = (x + ½) / (n + 1), which is not 0 where all agree.
    pub fn from_counts(units: &[Count]) -> Result<Self, RankError> {
        let estimate = |count: &Count| {
            let (n, q) = (real(count.trials()), (real(count.successes()) + 0.5) / (real(count.trials()) + 1.0));
            Some((count.share()?, (q * (1.0 - q) / n).sqrt()))
        };
        let pairs: Option<Vec<(f64, f64)>> = units.iter().map(estimate).collect();
        match pairs {
            Some(pairs) => {
                let (values, standard_errors) = pairs.into_iter().unzip();
                Self::new(values, standard_errors)
            }
            None => Err(RankError::Unusable { place: units.iter().take_while(|unit| unit.trials() > 0).count() }),
        }
    }

    /// The values.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The standard errors.
    pub fn standard_errors(&self) -> &[f64] {
        &self.standard_errors
    }

    fn len(&self) -> usize {
        self.values.len()
    }

    /// The set of a unit when so many others are demonstrably larger and smaller.
    fn set(&self, value: f64, larger: usize, smaller: usize) -> RankSet {
        let estimated = 1 + self.values.iter().filter(|other| **other > value).count();
        RankSet { best: 1 + larger, estimated, worst: self.len() - smaller }
    }
}

/// Rank sets from every difference of two units with Bonferroni's correction: no draws, a little wider than needed.
///
/// One unit is demonstrably larger than another if the difference is more than m √(s_i² + s_j²), where m is the normal
/// quantile of half the error over K - 1 (marginal) or over K (K - 1) / 2 differences (simultaneous). A single unit has
/// rank 1, no units have none, and units that are all equal may have every rank.
pub fn bonferroni_rank_sets(units: &UnitEstimates, scope: Scope, confidence: Confidence) -> Vec<RankSet> {
    let all = real(units.len() as u64);
    let differences = match scope {
        Scope::Marginal => all - 1.0,
        Scope::Simultaneous => 0.5 * all * (all - 1.0),
    };
    let multiplier = -normal_quantile(confidence.tail() / differences.max(1.0));
    let pairs = || units.values.iter().zip(&units.standard_errors);
    let set = |(value, error): (&f64, &f64)| {
        let (mut larger, mut smaller) = (0, 0);
        for (other, other_error) in pairs() {
            let reach = multiplier * error.hypot(*other_error);
            larger += usize::from(other - value > reach);
            smaller += usize::from(value - other > reach);
        }
        units.set(*value, larger, smaller)
    };
    pairs().map(set).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn units_without_a_usable_estimate_are_named() {
        let refused = UnitEstimates::new(vec![0.9, 0.8], vec![0.1]).unwrap_err();
        assert!(refused.to_string().contains("2 values and 1 standard errors"));
        for (value, error) in [(f64::NAN, 0.1), (0.9, 0.0), (0.9, f64::INFINITY)] {
            let refused = UnitEstimates::new(vec![0.9, value], vec![0.1, error]);
            assert_eq!(refused, Err(RankError::Unusable { place: 1 }));
        }
        let counts = [Count::new(3, 4).unwrap(), Count::default()];
        assert_eq!(UnitEstimates::from_counts(&counts), Err(RankError::Unusable { place: 1 }));
    }

    #[test]
    fn one_unit_is_the_first_and_equal_units_may_have_every_rank() {
        let sets = |counts: &[Count]| {
            let units = UnitEstimates::from_counts(counts).unwrap();
            bonferroni_rank_sets(&units, Scope::Simultaneous, Confidence::P95)
        };
        assert!(sets(&[]).is_empty());
        assert_eq!(sets(&[Count::new(1, 1).unwrap()]), [RankSet { best: 1, estimated: 1, worst: 1 }]);
        let equal = sets(&[Count::new(50, 50).unwrap(); 4]);
        assert_eq!(equal, [RankSet { best: 1, estimated: 1, worst: 4 }; 4]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn sets_hold_the_rank_of_the_estimate_and_widen_with_scope_and_level(
            counts in prop::collection::vec((1_u64..400).prop_flat_map(|n| (0..=n, Just(n))), 1..20),
            level in 0.5_f64..0.99,
        ) {
            let counts: Vec<Count> = counts.into_iter().map(|(x, n)| Count::new(x, n).unwrap()).collect();
            let units = UnitEstimates::from_counts(&counts).unwrap();
            let [low, high] = [level, level + 0.009].map(|level| Confidence::new(level).unwrap());
            let narrow = bonferroni_rank_sets(&units, Scope::Marginal, low);
            let wider = [(Scope::Simultaneous, low), (Scope::Marginal, high)];
            for wide in wider.map(|(scope, confidence)| bonferroni_rank_sets(&units, scope, confidence)) {
                for (narrow, wide) in narrow.iter().zip(wide) {
                    prop_assert!(1 <= wide.best && wide.best <= narrow.best && narrow.best <= narrow.estimated);
                    prop_assert!(narrow.estimated <= narrow.worst && narrow.worst <= wide.worst);
                    prop_assert!(wide.worst <= counts.len());
                }
            }
        }
    }
}
