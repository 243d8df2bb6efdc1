//! The special functions intervals and tests rest on: log-gamma, and the normal, Student t, beta, chi-square, F,
//! binomial and hypergeometric distributions.
//!
//! The published crates lose the incomplete beta above shapes of about 10,000 and some inversions never return, so it
//! is written here: every loop has a bound, and both tails are computed where they are small.

mod beta;
mod binomial;
mod chi_squared;
mod fisher;
mod gamma;
mod hypergeometric;
mod normal;
mod root;
mod student;
mod tail;

pub use beta::{Beta, Tails};
pub use binomial::Binomial;
pub use chi_squared::ChiSquared;
pub use fisher::FisherF;
pub use gamma::{ln_beta, ln_gamma};
pub use hypergeometric::Hypergeometric;
pub use normal::{normal_quantile, normal_tails};
pub use student::StudentT;

pub(crate) use root::{Probe, find_root};
