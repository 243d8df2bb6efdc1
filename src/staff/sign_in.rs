//! Signing in: address, password and one-time code together, so that a refusal never says which of them was wrong.

use anyhow::Context;

use super::password::{Busy, Hasher};
use super::session::use_code;
use super::token::Token;
use super::{Office, backoff, email_of};
use crate::record::hmac_sha256;
use crate::store::sessions::{self, Session};
use crate::store::staff::{self, Person};
use crate::store::{ConnectionTrait, DatabaseTransaction};

/// Failures in a row that get a line in the staff log; so few that nobody can fill it from outside.
const NOTED: [i32; 4] = [3, 10, 30, 100];

/// What was entered.
#[derive(Debug, Clone, Copy)]
pub struct SignIn<'a> {
    /// Address.
    pub email: &'a str,
    /// Password.
    pub password: &'a str,
    /// One-time code, or a recovery code.
    pub code: &'a str,
}

/// A session that has begun.
#[derive(Debug)]
pub struct Opened {
    /// For the cookie; nobody else ever sees it.
    pub token: Token,
    /// Who signed in.
    pub person: Person,
}

/// Why nobody was let in. The same for those who have an account and those who have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRefusal {
    /// Address, password or code is wrong.
    Wrong,
    /// Too many failures under this address; seconds to wait.
    Wait(u64),
    /// Too many people are signing in.
    Busy,
}

/// Signs a person in and begins a new session; `earlier` is the session this browser had, which ends.
pub async fn sign_in(
    office: &Office<'_>,
    hasher: &Hasher,
    entered: SignIn<'_>,
    earlier: Option<&Token>,
) -> anyhow::Result<Result<Opened, SignInRefusal>> {
    let (reader, province, now) = (office.db.reader(), office.province, office.now);
    let email = email_of(entered.email);
    let bucket = hmac_sha256(&office.keys.staff, &[b"sign in", email.as_bytes()]);
    let failures = staff::failures(reader, province, &bucket).await.context("while reading failures")?;
    if let Some(seconds) = backoff::wait_after(failures, now) {
        return Ok(Err(SignInRefusal::Wait(seconds)));
    }
    let person = staff::by_email(reader, province, &email).await.context("while looking for a person")?;
    // Nobody is number 0: whoever is unknown costs the same questions and the same hash.
    let number = person.as_ref().map(|person| person.staff).unwrap_or_default();
    let credentials = staff::credentials(reader, province, number).await.context("while reading credentials")?;
    let right = match hasher.verify(entered.password, credentials.map(|known| known.password)).await? {
        Ok(right) => right,
        Err(Busy) => return Ok(Err(SignInRefusal::Busy)),
    };
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    // Somebody may have failed under this address while the password was hashed.
    let failures = staff::failures(&tx, province, &bucket).await.context("while reading failures")?;
    if let Some(seconds) = backoff::wait_after(failures, now) {
        return Ok(Err(SignInRefusal::Wait(seconds)));
    }
    let shown = use_code(office, &tx, number, entered.code).await?;
    let Some(person) = person.filter(|_| right && shown) else {
        // The code is used up only if everything was right.
        tx.rollback().await.context("while rolling back")?;
        count_failure(office, &bucket, number.0 != 0, &email).await?;
        return Ok(Err(SignInRefusal::Wrong));
    };
    staff::forgive(&tx, province, &bucket).await.context("while forgetting failures")?;
    if let Some(earlier) = earlier {
        sessions::end_any(&tx, province, &earlier.hash()).await.context("while ending a session")?;
    }
    let token = begin(office, &tx, &person).await?;
    office.note(&tx, &person.email, "sign in", &person.email).await?;
    tx.commit().await.context("while committing")?;
    Ok(Ok(Opened { token, person }))
}

/// Begins a session.
pub(super) async fn begin(office: &Office<'_>, tx: &impl ConnectionTrait, person: &Person) -> anyhow::Result<Token> {
    let (token, now) = (Token::random(), office.now);
    let session = Session { hash: token.hash(), staff: person.staff, began: now, seen: now, confirmed: now };
    sessions::add(tx, office.province, &session).await.context("while beginning a session")?;
    Ok(token)
}

async fn count_failure(office: &Office<'_>, bucket: &[u8; 32], is_known: bool, email: &str) -> anyhow::Result<()> {
    let tx: DatabaseTransaction = office.db.begin().await.context("while taking the turn to write")?;
    let n = staff::fail(&tx, office.province, bucket, office.now).await.context("while counting a failure")?;
    if is_known && NOTED.contains(&n) {
        office.note(&tx, email, "sign-in failed", &format!("{n} times in a row")).await?;
    }
    tx.commit().await.context("while committing")
}
