//! Publications: what is chosen is frozen, submitted by one person, approved by another, and released at a stated hour. A
//! published figure is never changed; it is succeeded by a corrected one, with a reason.

mod act;
pub mod bundle;
pub mod files;
mod freeze;
mod held;
mod protect;
mod slug;
mod thaw;
pub mod workbook;

pub use act::{
    Approving, LARGEST_DOCUMENT, LONGEST_REASON, NotDone, Refusal, Who, answer_request, approve, ask_for_records,
    attach, contents, preview, refuse, submit, withdraw,
};
pub use freeze::{Below, Choice, Freezing, NotFrozen, freeze};
pub use held::{HeldPublications, Published};
pub use slug::slug_of;
pub use thaw::thaw;
