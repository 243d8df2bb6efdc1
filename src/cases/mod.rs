//! Cases (phản ánh, kiến nghị): bad ratings with a comment, read from above, answered in general words, in time.
//!
//! They open by themselves (`collect::cases`). The comment is read by whoever stands above the rated unit; the unit itself
//! gets a task in general words, and what hints at bribery goes to another authority alone.

mod acts;
pub mod counts;
pub mod deadlines;
mod refusal;
mod rules;
mod work;

pub use acts::{Act, House, LONGEST_ANSWER, LONGEST_TASK, against, get, list, perform, perform_in};
pub use refusal::{NotDone, Refusal};
pub use rules::{ONES_OWN_WORDS, Reader, Sight};
pub use work::{Work, work};

use anyhow::Context;

use crate::store::ConnectionTrait;
use crate::store::cases;
use crate::words::{Day, Province};

/// Days after which a case is forgotten that ended without an answer. Answers are published, and stay.
pub const KEPT_DAYS: i32 = 730;

/// Forgets what is not kept any longer; how many cases there were.
pub async fn forget(db: &impl ConnectionTrait, province: Province, today: Day) -> anyhow::Result<u64> {
    cases::forget_before(db, province, today.plus(-KEPT_DAYS)).await.context("while forgetting old cases")
}
