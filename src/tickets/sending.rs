//! One turn of sending links: a bounded number, one by one. The letter is written when it leaves and kept nowhere.

use anyhow::Context;

use super::message;
use crate::collect::tickets::last_day;
use crate::mail::Mailer;
use crate::record::{Keys, Ticket};
use crate::registry::Snapshot;
use crate::store::invitations::{self, Due};
use crate::store::tickets::{self, Use};
use crate::store::{ConnectionTrait, Database};
use crate::words::{Day, LevelReason, Moment, Province};

/// Most letters of one turn.
const MOST: u32 = 20;
/// How long one that was taken is nobody else's, in seconds.
const HELD: i64 = 10 * 60;
/// Tries before one is given up; between two of them an hour.
const TRIES: i16 = 12;
/// Seconds between two tries.
const PAUSE: i64 = 3_600;

/// What came of a turn. Numbers alone, for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sent {
    /// Links that left.
    pub sent: u32,
    /// Links that wait for their next try.
    pub put_off: u32,
    /// Links that were given up, or whose ticket is spent, over or withdrawn by now.
    pub given_up: u32,
}

/// Sends what is due.
pub async fn turn(
    db: &Database,
    snapshot: &Snapshot,
    keys: &Keys,
    mailer: &Mailer,
    (base_url, hotline): (&str, Option<&str>),
    now: Moment,
) -> anyhow::Result<Sent> {
    let province = snapshot.province;
    let later = |seconds: i64| Moment::from_unix(now.unix().saturating_add(seconds));
    let mut turn = Sent::default();
    for _ in 0..MOST {
        if !invitations::is_due(db.reader(), province, now).await.context("while looking for invitations")? {
            break;
        }
        let taken =
            invitations::take_due(db, province, now, later(HELD)).await.context("while taking an invitation")?;
        let Some(due) = taken else { break };
        let letter = letter(db, snapshot, keys, &due, (base_url, hotline), now.day()).await?;
        let Some(letter) = letter else {
            invitations::forget_address(db, province, due.hash).await.context("while giving an invitation up")?;
            turn.given_up += 1;
            continue;
        };
        match mailer.send(&letter, rand::random()).await {
            Ok(()) => {
                invitations::forget_address(db, province, due.hash).await.context("while forgetting an address")?;
                turn.sent += 1;
            }
            Err(failure) if due.attempts >= TRIES || failure.is_of_this_letter() => {
                invitations::forget_address(db, province, due.hash).await.context("while giving an invitation up")?;
                turn.given_up += 1;
            }
            Err(_failure) => {
                invitations::put_off(db, province, due.hash, later(PAUSE)).await.context("while putting one off")?;
                turn.put_off += 1;
                break;
            }
        }
    }
    Ok(turn)
}

/// Removes the traces of contacts whose day has come; how many there were.
pub async fn forget(tx: &impl ConnectionTrait, province: Province, today: Day) -> anyhow::Result<u64> {
    invitations::remove_old(tx, province, today).await.context("while forgetting contacts")
}

/// The letter of an invitation; nothing where its ticket is spent, over or withdrawn by now, or cannot be read.
async fn letter(
    db: &Database,
    snapshot: &Snapshot,
    keys: &Keys,
    due: &Due,
    (base_url, hotline): (&str, Option<&str>),
    today: Day,
) -> anyhow::Result<Option<crate::mail::Message>> {
    let Some(ticket) = Ticket::unsealed(keys, &due.sealed, due.hash) else { return Ok(None) };
    let found = tickets::find(db.reader(), snapshot.province, due.hash).await.context("while looking for a ticket")?;
    let is_good = found.filter(|(ticket, use_made)| {
        *use_made == Use::Unspent && today <= last_day(ticket) && ticket.reason != LevelReason::Withdrawn
    });
    let Some((stored, _)) = is_good else { return Ok(None) };
    let unit = snapshot.directory.receiving_unit(stored.point, today);
    let unit = unit.and_then(|unit| snapshot.directory.unit_on(unit, today));
    let place = unit.map_or("", |unit| unit.name.as_str());
    let link = format!("{base_url}/p/{}", ticket.code());
    Ok(message::letter(&due.address, &link, place, &stored, hotline).ok())
}
