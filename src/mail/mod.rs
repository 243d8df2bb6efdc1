//! Letters to staff. A letter is laid into the outbox in the transaction of the act it tells of, so that none tells of what
//! did not happen; it leaves later, and is removed once it left.
//!
//! A letter may arrive twice (when a server ends between sending it and removing it), both with one `Message-ID`.

mod message;
mod sending;
mod transport;

use crate::config::Settings;
use crate::store::{ConnectionTrait, DbErr, outbox};
use crate::words::{Moment, Province};

pub use self::message::{Message, Refusal, is_address};
pub use self::sending::{Turn, give_up_old, turn};
pub use self::transport::{Failure, Mailer, Reason};

/// Whether letters can leave at all; where they cannot, pages say what to do instead.
pub fn is_possible(settings: &Settings) -> bool {
    settings.mail.is_some()
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enqueued {
    /// It waits to be sent.
    Waiting,
    /// No letters leave here; it was not kept.
    NotPossible,
    /// Too many wait already; it was not kept.
    Full,
}

/// Lays a letter into the outbox, in the transaction of the act it tells of. `kind` is a word for it, never its content.
pub async fn enqueue(
    tx: &impl ConnectionTrait,
    province: Province,
    is_possible: bool,
    kind: &'static str,
    message: &Message,
    now: Moment,
) -> Result<Enqueued, DbErr> {
    if !is_possible {
        return Ok(Enqueued::NotPossible);
    }
    let is_kept = outbox::enqueue(tx, province, kind, &message.to_json(), now).await?;
    Ok(if is_kept { Enqueued::Waiting } else { Enqueued::Full })
}
