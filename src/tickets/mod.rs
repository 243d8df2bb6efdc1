//! One-time tickets of dossiers: issued one by one or from the daily file, sent by mail or handed out as messages.
//!
//! Nothing here is stored that joins a dossier and its ticket: the number makes the ticket and is forgotten. What identifies a
//! person stands in the queue of invitations until the link left, and nowhere else.

mod contact;
mod file;
mod issue;
mod message;
mod procedures;
mod rows;
mod sending;

pub use contact::Contact;
pub use file::{Delivery, Imported, dossiers};
pub use issue::{Asked, IssueRefusal, Issued, issue, reprint, withdraw};
pub use message::{Message, MessageRefusal};
pub use rows::COLUMNS;
pub use sending::{Sent, forget, turn};

use crate::words::Day;

/// Days after which the last trace of a contact goes.
pub const CONTACT_DAYS: i32 = 7;

/// The last day on which a ticket gives its level, from the day on which its 30 days begin.
const fn expires(from: Day) -> Day {
    Day(from.0 + crate::collect::tickets::TICKET_DAYS)
}
