//! What can be said from counts, and how sure it is.
//!
//! Pure numbers in, numbers out: shares with their intervals, composites of shares, sequences that may be watched while
//! they grow, bounds for those who did not answer, and how many more answers would settle a question. The room knows
//! nothing of units, periods, levels, questionnaires or wording, and judges nothing: which interval decides a verdict
//! and what may be published is settled where those are known. It reads no clock and no file; random numbers come from a seed.
//!
//! Where a number cannot be given the answer is `None` or a named reason ([`NoInterval`]), never a NaN. Formulas and
//! their sources stand at the functions; the reference values they must meet come from R and from 50-digit arithmetic.
#![deny(clippy::indexing_slicing)]

mod composite;
pub mod design;
mod difference;
pub mod disclosure;
pub mod drivers;
pub mod evidence;
pub mod finite;
mod interval;
mod joint;
mod mean;
mod opt_in;
mod planning;
mod proportion;
pub mod quality;
pub mod sample_size;
mod sequence;
pub mod small_area;
mod special;
pub mod survey;
pub mod units;
mod weights;

pub use composite::{Combination, Composite, Covariance, combine, covariance};
pub use difference::{Difference, Estimated, independent_difference, newcombe};
pub use interval::{Confidence, Interval, NoInterval, Share, logit_t};
pub use joint::{Answer, JointCounts, JointCountsError, PairCount};
pub use mean::{NumberSums, NumberSumsError};
pub use opt_in::{BreakEven, Reach};
pub use planning::{MAX_MORE, more_answers_for_composite, more_answers_for_count};
pub use proportion::{Count, CountError};
pub use sequence::{
    ASYMPTOTIC_RHO, MIXTURE_RHO, Sequence, Validity, asymptotic_sequence, beta_binomial_sequence,
    running_average_sequence,
};
pub use special::{
    Beta, Binomial, ChiSquared, FisherF, Hypergeometric, StudentT, Tails, ln_beta, ln_gamma, normal_quantile,
    normal_tails,
};
pub use weights::{Weights, WeightsError, mean_of_factors, mean_of_items};

/// Threads worth starting for this many rows: one below 50,000, never more than eight.
pub(crate) fn threads(rows: usize) -> usize {
    #[cfg(test)]
    if let Some(threads) = FORCED_THREADS.get() {
        return threads;
    }
    if rows < 50_000 { 1 } else { std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8) }
}

#[cfg(test)]
thread_local! {
    /// Tests of what must not depend on the number of threads set it.
    pub(crate) static FORCED_THREADS: std::cell::Cell<Option<usize>> = const { std::cell::Cell::new(None) };
}
