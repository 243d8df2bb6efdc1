//! One-time links: the first administrator, a new account, a new password. A link opens one page, and that page once.

use anyhow::Context;

use super::codes::{new_recovery_codes, step_of};
use super::password::{Busy, Hasher, Weakness, weakness};
use super::session::{put_recovery, show_code};
use super::sign_in::begin;
use super::token::Token;
use super::{Office, StepUp, email_of, is_email};
use crate::record::sha256;
use crate::store::sessions::{self, LinkKind, StoredLink};
use crate::store::staff::{self, Person};
use crate::store::{ConnectionTrait, DatabaseTransaction};
use crate::words::{Grant, Moment, Role, StaffId, UnitId};

/// Seconds for which the first administrator's link is good.
const FIRST_SECONDS: i64 = 24 * 60 * 60;
/// Seconds for which the link to a new account is good.
pub(super) const ACTIVATE_SECONDS: i64 = 3 * 24 * 60 * 60;
/// Seconds for which the link to a new password is good.
pub(super) const PASSWORD_SECONDS: i64 = 60 * 60;
/// Longest name of a person.
pub(super) const LONGEST_NAME: usize = 200;

/// A link that is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLink {
    /// What it is for.
    pub kind: LinkKind,
    /// For whom; nobody known yet for the first administrator.
    pub person: Option<Person>,
    /// Seed of the one-time codes it sets up; the same as often as the page is opened.
    pub seed: [u8; 32],
}

/// What a person chose.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// Address; asked of the first administrator alone.
    pub email: &'a str,
    /// Name; asked of the first administrator alone.
    pub name: &'a str,
    /// New password.
    pub password: &'a str,
    /// The same again.
    pub again: &'a str,
    /// A one-time code.
    pub code: &'a str,
}

/// Why an account was not activated, or a password not set. Several can hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivationRefusal {
    /// The link was used, is void or never was one.
    Link,
    /// No address.
    Email,
    /// Somebody has this address.
    EmailTaken,
    /// No name, or one too long.
    Name,
    /// The password may not be one.
    Password(Weakness),
    /// The two passwords differ.
    Again,
    /// The one-time code is wrong or was used.
    Code,
    /// Too many people are hashing.
    Busy,
}

/// An account that was activated: the session that has begun, and the recovery codes, shown once.
pub type Activated = (super::Opened, Vec<String>);

/// The link for the first administrator, if nobody can administer accounts. Links given out before stay good until one
/// of them is used.
pub async fn first_link(office: &Office<'_>) -> anyhow::Result<Option<Token>> {
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    staff::take_turn(&tx).await.context("while taking the turn to change accounts")?;
    if has_administrator(office, &tx).await? {
        return Ok(None);
    }
    let token = Token::random();
    let expires = Moment::from_unix(office.now.unix() + FIRST_SECONDS);
    let link = StoredLink { staff: StaffId::default(), kind: LinkKind::First, expires };
    sessions::put_link(&tx, office.province, &token.hash(), link).await.context("while giving out a link")?;
    tx.commit().await.context("while committing")?;
    Ok(Some(token))
}

/// Whether somebody who has not left may administer accounts of the whole province.
pub(super) async fn has_administrator(office: &Office<'_>, db: &impl ConnectionTrait) -> anyhow::Result<bool> {
    let everybody = staff::everybody(db, office.province).await.context("while reading accounts")?;
    let grants = staff::all_grants(db, office.province).await.context("while reading grants")?;
    let here = |who| everybody.iter().any(|person| person.staff == who && person.closed.is_none());
    Ok(grants.iter().any(|(who, grant)| grant.role == Role::Administrator && here(*who)))
}

/// What a link leads to. Nothing is written: programs that look at links before people do use none up.
pub async fn look_at_link(office: &Office<'_>, token: &Token) -> anyhow::Result<Option<FoundLink>> {
    look(office, office.db.reader(), token).await
}

async fn look(office: &Office<'_>, db: &impl ConnectionTrait, token: &Token) -> anyhow::Result<Option<FoundLink>> {
    let (province, hash) = (office.province, token.hash());
    let link = sessions::find_link(db, province, &hash).await.context("while looking for a link")?;
    let Some(link) = link.filter(|link| office.now < link.expires) else { return Ok(None) };
    let seed = sha256(&[b"thuocdo code seed", &hash]);
    if link.kind == LinkKind::First {
        return Ok(Some(FoundLink { kind: link.kind, person: None, seed }));
    }
    let person = staff::find(db, province, link.staff).await.context("while looking for a person")?;
    let person = person.filter(|person| person.closed.is_none());
    Ok(person.map(|person| FoundLink { kind: link.kind, person: Some(person), seed }))
}

/// Activates an account: password, one-time codes, recovery codes; the first session begins.
pub async fn activate(
    office: &Office<'_>,
    hasher: &Hasher,
    token: &Token,
    choice: Choice<'_>,
) -> anyhow::Result<Result<Activated, Vec<ActivationRefusal>>> {
    let found = look_at_link(office, token).await?;
    let Some(found) = found.filter(|found| found.kind != LinkKind::Password) else {
        return Ok(Err(vec![ActivationRefusal::Link]));
    };
    let (email, name) = match &found.person {
        Some(person) => (person.email.clone(), person.name.clone()),
        None => (email_of(choice.email), choice.name.trim().to_owned()),
    };
    let step = step_of(office.keys, office.province, &found.seed, choice.code, office.now);
    let mut refused = refusals(&choice, &email, &name, found.person.is_none());
    if step.is_none() {
        refused.push(ActivationRefusal::Code);
    }
    let Some(step) = step.filter(|_| refused.is_empty()) else { return Ok(Err(refused)) };
    let password = match hasher.hash(choice.password).await? {
        Ok(password) => password,
        Err(Busy) => return Ok(Err(vec![ActivationRefusal::Busy])),
    };
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    staff::take_turn(&tx).await.context("while taking the turn to change accounts")?;
    // Whoever opened the link twice at once is told so here.
    if !sessions::use_link(&tx, office.province, &token.hash()).await.context("while using a link")? {
        return Ok(Err(vec![ActivationRefusal::Link]));
    }
    let person = match found.person {
        Some(person) => person,
        None => match make_first(office, &tx, &email, &name).await? {
            Ok(person) => person,
            Err(refusal) => return Ok(Err(vec![refusal])),
        },
    };
    staff::set_password(&tx, office.province, person.staff, &password, office.now).await?;
    staff::set_code_seed(&tx, office.province, person.staff, &found.seed, step).await?;
    sessions::end_others(&tx, office.province, person.staff, None).await.context("while ending sessions")?;
    let codes = new_recovery_codes();
    put_recovery(office, &tx, person.staff, &codes).await?;
    let session = begin(office, &tx, &person).await?;
    office.note(&tx, &person.email, "activate account", &person.email).await?;
    tx.commit().await.context("while committing the activation")?;
    Ok(Ok((super::Opened { token: session, person }, codes)))
}

/// What speaks against what was chosen, apart from the code.
fn refusals(choice: &Choice<'_>, email: &str, name: &str, is_first: bool) -> Vec<ActivationRefusal> {
    let mut refused = Vec::new();
    if is_first && !is_email(email) {
        refused.push(ActivationRefusal::Email);
    }
    if is_first && !is_name(name) {
        refused.push(ActivationRefusal::Name);
    }
    refused.extend(weakness(choice.password, email, name).map(ActivationRefusal::Password));
    if choice.password != choice.again {
        refused.push(ActivationRefusal::Again);
    }
    refused
}

/// Whether something can be a name: one line of at most 200 characters.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control)
}

async fn make_first(
    office: &Office<'_>,
    tx: &DatabaseTransaction,
    email: &str,
    name: &str,
) -> anyhow::Result<Result<Person, ActivationRefusal>> {
    let province = office.province;
    if has_administrator(office, tx).await? {
        return Ok(Err(ActivationRefusal::Link));
    }
    if staff::by_email(tx, province, email).await.context("while looking for an address")?.is_some() {
        return Ok(Err(ActivationRefusal::EmailTaken));
    }
    sessions::void_links(tx, province, StaffId::default()).await.context("while voiding links")?;
    let number = staff::add(tx, province, email, name, UnitId::NONE, office.now).await?;
    let grant = Grant { role: Role::Administrator, unit: UnitId::NONE };
    staff::add_grant(tx, province, number, grant).await.context("while granting")?;
    office.note(tx, email, "first administrator", email).await?;
    let person = staff::find(tx, province, number).await.context("while reading the new account")?;
    person.context("the new account is not there").map(Ok)
}

/// Sets a new password. The link alone is not enough: a one-time or recovery code has to be shown as well.
pub async fn choose_password(
    office: &Office<'_>,
    hasher: &Hasher,
    token: &Token,
    choice: Choice<'_>,
) -> anyhow::Result<Result<Person, Vec<ActivationRefusal>>> {
    let found = look_at_link(office, token).await?.filter(|found| found.kind == LinkKind::Password);
    let Some(person) = found.and_then(|found| found.person) else { return Ok(Err(vec![ActivationRefusal::Link])) };
    let refused = refusals(&choice, &person.email, &person.name, false);
    if !refused.is_empty() {
        return Ok(Err(refused));
    }
    let password = match hasher.hash(choice.password).await? {
        Ok(password) => password,
        Err(Busy) => return Ok(Err(vec![ActivationRefusal::Busy])),
    };
    let (province, who) = (office.province, person.staff);
    if show_code(office, who, choice.code, None).await? != StepUp::Done {
        return Ok(Err(vec![ActivationRefusal::Code]));
    }
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    if !sessions::use_link(&tx, province, &token.hash()).await.context("while using a link")? {
        return Ok(Err(vec![ActivationRefusal::Link]));
    }
    staff::set_password(&tx, province, who, &password, office.now).await?;
    sessions::end_others(&tx, province, who, None).await.context("while ending sessions")?;
    office.note(&tx, &person.email, "new password", &person.email).await?;
    tx.commit().await.context("while committing the new password")?;
    Ok(Ok(person))
}
