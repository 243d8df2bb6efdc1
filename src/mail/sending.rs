//! One turn of sending: a bounded number of letters that are due, one by one.

use std::time::{Duration, Instant};

use anyhow::Context;

use super::message::Message;
use super::transport::{Failure, Mailer, Reason};
use crate::store::Database;
use crate::store::outbox::{self, Waiting};
use crate::words::{Moment, Province};

/// Most letters of one turn.
const MOST: u32 = 20;
/// How long a turn goes on taking letters.
const LONGEST: Duration = Duration::from_mins(2);
/// How long a letter that was taken is nobody else's, in seconds: longer than a turn and its last letter.
const HELD: i64 = 10 * 60;
/// Tries of a letter before it is given up; with the pauses below, most of a day.
const TRIES: i16 = 12;
/// The first pause and the longest one, in seconds. Each is twice the one before.
const PAUSE: i64 = 60;
const LONGEST_PAUSE: i64 = 6 * 3600;
/// A letter that has been due for so long, in seconds, is not sent any more: it comes from a backup, or nobody was there.
const STALE: i64 = 3 * 86_400;

/// What came of a turn. Numbers alone, for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turn {
    /// Letters that left.
    pub sent: u32,
    /// Letters that wait for their next try.
    pub put_off: u32,
    /// Letters that were given up.
    pub given_up: u32,
    /// Why the last one that did not leave did not.
    pub failure: Option<Failure>,
}

/// Sends what is due, as it stands at a moment. The turn ends early where the next letter would fare no better.
pub async fn turn(db: &Database, province: Province, mailer: &Mailer, now: Moment) -> anyhow::Result<Turn> {
    let began = Instant::now();
    let later = |seconds: i64| Moment::from_unix(now.unix().saturating_add(seconds));
    let stale = give_up_old(db, province, now).await?;
    let mut turn = Turn { given_up: u32::try_from(stale).unwrap_or(u32::MAX), ..Turn::default() };
    for _ in 0..MOST {
        // Looking takes nobody's turn to write.
        let is_due = outbox::is_due(db.reader(), province, now).await.context("while looking for letters")?;
        if !is_due || began.elapsed() > LONGEST {
            break;
        }
        let taken = outbox::take_due(db, province, now, later(HELD)).await.context("while taking a letter")?;
        let Some(letter) = taken else { break };
        let Err(failure) = send(mailer, &letter).await else {
            outbox::remove(db, province, letter.id).await.context("while removing a letter that was sent")?;
            turn.sent += 1;
            continue;
        };
        turn.failure = Some(failure);
        if letter.attempts >= TRIES || failure.reason == Reason::Malformed {
            outbox::remove(db, province, letter.id).await.context("while giving a letter up")?;
            turn.given_up += 1;
        } else {
            let next = later(pause(letter.attempts));
            outbox::put_off(db, province, letter.id, next).await.context("while putting a letter off")?;
            turn.put_off += 1;
        }
        if !failure.is_of_this_letter() {
            break;
        }
    }
    Ok(turn)
}

/// Removes the letters that were due too long ago, also where none leave any more; how many there were.
pub async fn give_up_old(db: &Database, province: Province, now: Moment) -> anyhow::Result<u64> {
    let before = Moment::from_unix(now.unix().saturating_sub(STALE));
    outbox::remove_stale(db, province, before).await.context("while removing old letters")
}

async fn send(mailer: &Mailer, letter: &Waiting) -> Result<(), Failure> {
    let malformed = Failure { reason: Reason::Malformed, code: 0 };
    let message = Message::from_json(&letter.body).ok_or(malformed)?;
    mailer.send(&message, letter.id).await
}

/// Seconds after a number of tries.
fn pause(tries: i16) -> i64 {
    let doublings = u32::try_from(tries.max(1) - 1).unwrap_or(0).min(20);
    (PAUSE << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_bound_and_all_tries_end_within_a_day() {
        assert_eq!([1, 2, 3, 9, 10, 12, i16::MAX].map(pause), [60, 120, 240, 15_360, 21_600, 21_600, 21_600]);
        assert_eq!([i16::MIN, 0].map(pause), [60, 60]);
        let all: i64 = (1..TRIES).map(pause).sum();
        assert!((43_200..86_400).contains(&all), "{all}");
        assert!(LONGEST.as_secs() < u64::try_from(HELD).unwrap() / 2);
    }
}
