//! The special functions the intervals rest on: log-gamma, beta, Student t and the normal.
//!
//! The published crates lose the incomplete beta above shapes of about 10,000 and some inversions never return, so it
//! is written here: every loop has a bound, and both tails are computed where they are small.

mod beta;
mod gamma;
mod normal;
mod root;
mod student;

pub use beta::{Beta, Tails};
pub use gamma::{ln_beta, ln_gamma};
pub use normal::{normal_quantile, normal_tails};
pub use student::StudentT;

pub(crate) use root::{Probe, find_root};
