//! Collecting answers: the one public door, the one intake task, the sealing of ended days.

pub mod accept;
pub mod alike;
pub mod arrivals;
pub mod cases;
pub mod erase;
pub mod import;
pub mod intake;
pub mod opening;
pub mod seal;
mod seal_record;
pub mod split;
pub mod storing;
pub mod tickets;

pub use accept::{Refusal, accept};
pub use intake::{Intake, IntakeRefusal};
pub use seal_record::{first_key, signer_of};
pub use storing::{Outcome, Submission};
