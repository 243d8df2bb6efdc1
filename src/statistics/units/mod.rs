//! Many units at once: funnels, ranks and lists that keep their error rates.
//!
//! Units are compared with a target or with each other, never shown as a bare league table: a funnel says who differs
//! from the target by more than chance, adjusted p-values keep the rate of false signals in a list, and rank sets say
//! how little the ranks are known.

mod adjustment;
mod binomial_test;
mod funnel;
mod overlap;
mod proportions;
mod ranks;

pub use adjustment::{Adjustment, NotAProbability, adjusted};
pub use binomial_test::{Alternative, binomial_test};
pub use funnel::{Dispersion, Funnel, FunnelUnit, Overdispersion, Standing, overdispersion, pooled_share};
pub use overlap::overlap_multiplier;
pub use proportions::{Trend, TwoProportions, trend_in_proportions, two_proportions};
pub use ranks::{Draws, RankError, RankSet, Scope, UnitEstimates, bonferroni_rank_sets, stepdown_rank_sets};
