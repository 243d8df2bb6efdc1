//! What a citizen meets: the form, thanks, refusals, the check of a receipt, and the poster that leads there.

mod arrival;
pub(in crate::web) mod asked;
mod challenge;
mod decided;
pub mod form;
mod form_page;
pub(in crate::web) mod paging;
pub mod poster;
pub mod receipt;
pub mod receipt_file;
pub mod refusals;
pub mod thanks;
pub mod ticket;
