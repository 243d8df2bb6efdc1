//! Model-based estimates for small areas: for targeting, never for a verdict.
//!
//! A commune with eight answers borrows from communes like it: its direct estimate is drawn towards what a regression
//! on known features of the areas says, the more the fewer answers it has (Fay & Herriot 1979, Journal of the American
//! Statistical Association 74). What comes out depends on the model, covers areas on average rather than each one, and
//! is of no use to say whether an area met a target; the result says how it came about ([`Makeup`]) and nothing else.

mod benchmark;
mod error;
mod fay_herriot;
mod likelihood;
mod scale;
mod variances;

pub use benchmark::{Benchmarked, benchmark};
pub use error::SmallAreaError;
pub use fay_herriot::{Area, AreaFit, Direct, Makeup, Method, ModelBased, estimate_areas, fit_areas};
pub use scale::{DirectShare, Scale, ShareArea, ShareFit, estimate_shares};
pub use variances::{AreaVariance, SmoothedVariances, smooth_variances};
