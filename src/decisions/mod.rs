//! Acts of two persons: one proposes, another decides; where it is about units, both from outside of them.
//!
//! Roles and scopes are looked at where people sign in; here it is decided who of those may propose and decide, what may be
//! decided, and what an approval does. Every act leaves its line in the staff log, in its own transaction.

mod act;
mod edition;
mod exclusions;
mod execute;
mod known;
mod moves;
mod plan;
mod refusal;
mod rules;
mod subject;
mod tickets;

pub use act::{
    Who, approve, get, list, propose_edition, propose_exclusion, propose_move, propose_restoration, propose_tickets,
    refuse, waiting, withdraw,
};
pub use edition::{EditionFile, EditionProposal};
pub use exclusions::{ExclusionProposal, RestorationProposal};
pub use moves::{LONGEST_MOVE, MoveProposal};
pub use refusal::{NotDone, Refusal};
pub use rules::{LONGEST_NOTE, Person, VALID_DAYS, may_look_at};
pub use subject::Subject;
pub use tickets::TicketsProposal;
