//! Sessions: kept by the server, short, rotated at every sign-in, and ended by whoever may.

use anyhow::Context;

use super::codes::{new_recovery_codes, recovery_hash, step_of};
use super::token::Token;
use super::{Office, backoff};
use crate::record::{Keys, hex, hmac_sha256};
use crate::store::sessions::{self, Session};
use crate::store::staff::{self, Person};
use crate::store::{Database, uploads};
use crate::words::{Grant, Moment, Province, StaffId};

/// Seconds without a page after which a session has ended.
pub const IDLE_SECONDS: i64 = 30 * 60;
/// Seconds after which a session has ended in any case.
pub const LONGEST_SECONDS: i64 = 8 * 60 * 60;
/// Seconds for which a one-time code opens what asks for one again.
pub const STEP_UP_SECONDS: i64 = 5 * 60;
/// Seconds between two notes that a session is in use.
const TOUCH_SECONDS: i64 = 60;
/// Seconds after which an uploaded file that was not imported is forgotten.
const UPLOAD_SECONDS: i64 = 24 * 60 * 60;

/// Somebody who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The person.
    pub person: Person,
    /// What the person may do, as it stands at this moment.
    pub grants: Vec<Grant>,
    /// The session.
    pub session: Session,
}

impl Signed {
    /// Whether a one-time code was shown just now.
    pub fn is_confirmed(&self, now: Moment) -> bool {
        now.unix() - self.session.confirmed.unix() < STEP_UP_SECONDS
    }
}

/// Who a token belongs to now: nobody once the session has ended, the account was closed or nothing is granted any more.
/// Everything is read anew, so what was withdrawn a moment ago is gone.
pub async fn resume(office: &Office<'_>, token: &Token) -> anyhow::Result<Option<Signed>> {
    let (db, province, now) = (office.db.reader(), office.province, office.now);
    let session = sessions::find(db, province, &token.hash()).await.context("while looking for a session")?;
    let Some(session) = session.filter(|session| is_alive(session, now)) else { return Ok(None) };
    let person = staff::find(db, province, session.staff).await.context("while looking for a person")?;
    let Some(person) = person.filter(|person| person.closed.is_none()) else { return Ok(None) };
    let grants = staff::grants(db, province, person.staff).await.context("while reading grants")?;
    if now.unix() - session.seen.unix() >= TOUCH_SECONDS {
        let tx = office.db.begin().await.context("while taking the turn to write")?;
        sessions::touch(&tx, province, &session.hash, now).await.context("while noting a session")?;
        tx.commit().await.context("while committing")?;
    }
    Ok(Some(Signed { person, grants, session }))
}

fn is_alive(session: &Session, now: Moment) -> bool {
    let since = |moment: Moment| now.unix() - moment.unix();
    since(session.seen) < IDLE_SECONDS && since(session.began) < LONGEST_SECONDS
}

/// What the forms of a session carry, so that no other site can have made them.
pub fn form_token(keys: &Keys, session: &Session) -> String {
    hex(&hmac_sha256(&keys.staff, &[b"form", &session.hash]))
}

/// What came of a one-time code that was asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepUp {
    /// It was right; the session is confirmed for some minutes.
    Done,
    /// It was not, or was used before.
    Wrong,
    /// Too many were wrong; seconds to wait.
    Wait(u64),
}

/// A person shows a one-time or recovery code again.
pub async fn step_up(office: &Office<'_>, signed: &Signed, code: &str) -> anyhow::Result<StepUp> {
    show_code(office, signed.person.staff, code, Some(&signed.session.hash)).await
}

/// Takes a code of a person, counts a wrong one, and confirms a session with a right one.
pub(super) async fn show_code(
    office: &Office<'_>,
    who: StaffId,
    code: &str,
    session: Option<&[u8; 32]>,
) -> anyhow::Result<StepUp> {
    let (province, now) = (office.province, office.now);
    let bucket = hmac_sha256(&office.keys.staff, &[b"step up", &who.0.to_be_bytes()]);
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    let failures = staff::failures(&tx, province, &bucket).await.context("while reading failures")?;
    if let Some(seconds) = backoff::wait_after(failures, now) {
        return Ok(StepUp::Wait(seconds));
    }
    let shown = use_code(office, &tx, who, code).await?;
    if shown {
        staff::forgive(&tx, province, &bucket).await.context("while forgetting failures")?;
        if let Some(session) = session {
            sessions::confirm(&tx, province, session, now).await.context("while noting the code")?;
        }
    } else {
        staff::fail(&tx, province, &bucket, now).await.context("while counting a failure")?;
    }
    tx.commit().await.context("while committing")?;
    Ok(if shown { StepUp::Done } else { StepUp::Wrong })
}

/// Uses a one-time or a recovery code up, within a transaction; false if it is none or was used.
pub(super) async fn use_code(
    office: &Office<'_>,
    tx: &impl crate::store::ConnectionTrait,
    who: StaffId,
    code: &str,
) -> anyhow::Result<bool> {
    let province = office.province;
    let credentials = staff::credentials(tx, province, who).await.context("while reading credentials")?;
    let Some(credentials) = credentials else { return Ok(false) };
    if let Some(step) = step_of(office.keys, province, &credentials.code_seed, code, office.now) {
        return staff::use_step(tx, province, who, step).await.context("while using a code");
    }
    match recovery_hash(office.keys, code) {
        Some(hash) => staff::use_recovery(tx, province, who, &hash).await.context("while using a recovery code"),
        None => Ok(false),
    }
}

/// The sessions of a person that are alive, newest first.
pub async fn sessions(office: &Office<'_>, who: StaffId) -> anyhow::Result<Vec<Session>> {
    let all = sessions::of_person(office.db.reader(), office.province, who).await.context("while reading sessions")?;
    Ok(all.into_iter().filter(|session| is_alive(session, office.now)).collect())
}

/// How many recovery codes a person has left.
pub async fn recovery_left(office: &Office<'_>, who: StaffId) -> anyhow::Result<u64> {
    let left = staff::recovery_left(office.db.reader(), office.province, who).await;
    Ok(u64::try_from(left.context("while counting recovery codes")?).unwrap_or(0))
}

/// Ends a session of one's own: this one, or another that is listed.
pub async fn end(office: &Office<'_>, signed: &Signed, hash: &[u8; 32]) -> anyhow::Result<bool> {
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    let ended =
        sessions::end(&tx, office.province, signed.person.staff, hash).await.context("while ending a session")?;
    if ended {
        office.note(&tx, &signed.person.email, "end session", &signed.person.email).await?;
    }
    tx.commit().await.context("while committing")?;
    Ok(ended)
}

/// Ends every other session of one's own; how many there were.
pub async fn end_others(office: &Office<'_>, signed: &Signed) -> anyhow::Result<u64> {
    let (province, who) = (office.province, &signed.person);
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    let ended = sessions::end_others(&tx, province, who.staff, Some(&signed.session.hash)).await;
    let ended = ended.context("while ending sessions")?;
    office.note(&tx, &who.email, "end other sessions", &format!("{} {ended}", who.email)).await?;
    tx.commit().await.context("while committing")?;
    Ok(ended)
}

/// New recovery codes; the earlier ones are void. They are shown once.
pub async fn renew_recovery(office: &Office<'_>, signed: &Signed) -> anyhow::Result<Vec<String>> {
    let who = &signed.person;
    let codes = new_recovery_codes();
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    put_recovery(office, &tx, who.staff, &codes).await?;
    office.note(&tx, &who.email, "renew recovery codes", &who.email).await?;
    tx.commit().await.context("while committing")?;
    Ok(codes)
}

pub(super) async fn put_recovery(
    office: &Office<'_>,
    tx: &impl crate::store::ConnectionTrait,
    who: StaffId,
    codes: &[String],
) -> anyhow::Result<()> {
    let hashes: Vec<[u8; 32]> = codes.iter().filter_map(|code| recovery_hash(office.keys, code)).collect();
    staff::set_recovery(tx, office.province, who, &hashes).await.context("while writing recovery codes")
}

/// Forgets what has ended: sessions, links, failures, files nobody imported.
pub async fn forget(db: &Database, province: Province, now: Moment) -> anyhow::Result<()> {
    let before = |seconds: i64| Moment::from_unix(now.unix() - seconds);
    let tx = db.begin().await.context("while taking the turn to write")?;
    sessions::forget(&tx, province, before(LONGEST_SECONDS), before(IDLE_SECONDS), now)
        .await
        .context("while forgetting sessions")?;
    staff::forgive_before(&tx, province, before(backoff::FORGIVEN_AFTER)).await.context("while forgetting failures")?;
    uploads::forget_before(&tx, province, before(UPLOAD_SECONDS)).await.context("while forgetting uploads")?;
    tx.commit().await.context("while committing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_half_an_hour_of_silence_and_after_eight_hours() {
        let session = |began, seen| Session {
            hash: [0; 32],
            staff: StaffId(1),
            began: Moment::from_unix(began),
            seen: Moment::from_unix(seen),
            confirmed: Moment::from_unix(began),
        };
        let now = Moment::from_unix(100_000);
        assert!(is_alive(&session(99_000, 98_201), now));
        assert!(!is_alive(&session(99_000, 98_200), now));
        assert!(is_alive(&session(71_201, 99_990), now));
        assert!(!is_alive(&session(71_200, 99_990), now));
    }
}
