//! Accounts: inviting people, what they may do, leaving, and handing a post over.

use anyhow::Context;

use super::activation::{ACTIVATE_SECONDS, PASSWORD_SECONDS, has_administrator, is_name};
use super::letters::send_link;
use super::token::Token;
use super::{Office, email_of, is_email};
use crate::store::sessions::{self, LinkKind, StoredLink};
use crate::store::staff::{self, Person};
use crate::store::{ConnectionTrait, DatabaseTransaction};
use crate::words::{Grant, Moment, StaffId, UnitId};

/// Somebody who is to get an account.
#[derive(Debug, Clone, Copy)]
pub struct Invitation<'a> {
    /// Address.
    pub email: &'a str,
    /// Name.
    pub name: &'a str,
    /// Unit the person works in.
    pub own_unit: UnitId,
    /// First grant.
    pub grant: Grant,
}

/// An account with the link that activates it, told once.
#[derive(Debug)]
pub struct Invited {
    /// The person.
    pub person: Person,
    /// The link's token.
    pub token: Token,
}

/// Why an account was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountRefusal {
    /// No address.
    Email,
    /// Somebody has this address.
    EmailTaken,
    /// No name, or one too long.
    Name,
    /// There is no such person, or the account was closed.
    Unknown,
    /// Nobody changes what they themselves may do.
    Self_,
    /// Nobody would be left who can administer accounts.
    LastAdministrator,
    /// There is no such grant.
    NoGrant,
}

/// What comes of an act on an account.
pub(super) type Outcome<T> = anyhow::Result<Result<T, AccountRefusal>>;

/// Who acts: the number of the person, and how the log names them. The command line is number 0.
#[derive(Debug, Clone, Copy)]
pub struct Actor<'a> {
    /// Number; 0 for the command line.
    pub staff: StaffId,
    /// Name in the log.
    pub name: &'a str,
}

async fn begin(office: &Office<'_>) -> anyhow::Result<DatabaseTransaction> {
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    staff::take_turn(&tx).await.context("while taking the turn to change accounts")?;
    Ok(tx)
}

/// Invites a person: an account without a password, and the link that activates it.
pub async fn invite(office: &Office<'_>, by: Actor<'_>, invitation: Invitation<'_>) -> Outcome<Invited> {
    let tx = begin(office).await?;
    let invited = match add(office, &tx, invitation.email, invitation.name, invitation.own_unit).await? {
        Ok(invited) => invited,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let who = &invited.person;
    staff::add_grant(&tx, office.province, who.staff, invitation.grant).await.context("while granting")?;
    let object = format!("{} own unit {} {}", who.email, who.own_unit, named(invitation.grant));
    office.note(&tx, by.name, "invite", &object).await?;
    tx.commit().await.context("while committing the invitation")?;
    Ok(Ok(invited))
}

async fn add(
    office: &Office<'_>,
    tx: &DatabaseTransaction,
    email: &str,
    name: &str,
    own_unit: UnitId,
) -> Outcome<Invited> {
    let (email, name) = (email_of(email), name.trim());
    if !is_email(&email) {
        return Ok(Err(AccountRefusal::Email));
    }
    if !is_name(name) {
        return Ok(Err(AccountRefusal::Name));
    }
    if staff::by_email(tx, office.province, &email).await.context("while looking for an address")?.is_some() {
        return Ok(Err(AccountRefusal::EmailTaken));
    }
    let number = staff::add(tx, office.province, &email, name, own_unit, office.now).await?;
    let person = staff::find(tx, office.province, number).await.context("while reading the new account")?;
    let person = person.context("the new account is not there")?;
    let token = give_link(office, tx, &person, LinkKind::Activate).await?;
    send_link(office, tx, &person, LinkKind::Activate, &token).await?;
    Ok(Ok(Invited { person, token }))
}

pub(super) async fn give_link(
    office: &Office<'_>,
    tx: &impl ConnectionTrait,
    person: &Person,
    kind: LinkKind,
) -> anyhow::Result<Token> {
    let token = Token::random();
    let seconds = if kind == LinkKind::Password { PASSWORD_SECONDS } else { ACTIVATE_SECONDS };
    let link = StoredLink { staff: person.staff, kind, expires: Moment::from_unix(office.now.unix() + seconds) };
    sessions::add_link(tx, office.province, &token.hash(), link).await.context("while giving out a link")?;
    Ok(token)
}

/// How the log names a grant.
fn named(grant: Grant) -> String {
    format!("{} in {}", grant.role, grant.unit)
}

async fn known(office: &Office<'_>, tx: &impl ConnectionTrait, who: StaffId) -> anyhow::Result<Option<Person>> {
    let person = staff::find(tx, office.province, who).await.context("while looking for a person")?;
    Ok(person.filter(|person| person.closed.is_none()))
}

/// Changes name and own unit.
pub async fn change(office: &Office<'_>, by: Actor<'_>, who: StaffId, name: &str, own_unit: UnitId) -> Outcome<()> {
    let tx = begin(office).await?;
    let Some(person) = known(office, &tx, who).await? else { return Ok(Err(AccountRefusal::Unknown)) };
    if by.staff == who {
        return Ok(Err(AccountRefusal::Self_));
    }
    let name = name.trim();
    if !is_name(name) {
        return Ok(Err(AccountRefusal::Name));
    }
    staff::change(&tx, office.province, who, name, own_unit).await.context("while changing an account")?;
    let object = format!("{} own unit {} -> {own_unit}", person.email, person.own_unit);
    office.note(&tx, by.name, "change account", &object).await?;
    tx.commit().await.context("while committing")?;
    Ok(Ok(()))
}

/// Gives a person a role within a part of the unit tree.
pub async fn grant(office: &Office<'_>, by: Actor<'_>, who: StaffId, grant: Grant) -> Outcome<()> {
    let tx = begin(office).await?;
    let Some(person) = known(office, &tx, who).await? else { return Ok(Err(AccountRefusal::Unknown)) };
    if by.staff == who {
        return Ok(Err(AccountRefusal::Self_));
    }
    staff::add_grant(&tx, office.province, who, grant).await.context("while granting")?;
    office.note(&tx, by.name, "grant", &format!("{} {}", person.email, named(grant))).await?;
    tx.commit().await.context("while committing")?;
    Ok(Ok(()))
}

/// Withdraws a role; it is gone with the person's next request.
pub async fn withdraw(office: &Office<'_>, by: Actor<'_>, who: StaffId, grant: Grant) -> Outcome<()> {
    let tx = begin(office).await?;
    let Some(person) = known(office, &tx, who).await? else { return Ok(Err(AccountRefusal::Unknown)) };
    if by.staff == who {
        return Ok(Err(AccountRefusal::Self_));
    }
    if !staff::withdraw_grant(&tx, office.province, who, grant).await.context("while withdrawing")? {
        return Ok(Err(AccountRefusal::NoGrant));
    }
    if !has_administrator(office, &tx).await? {
        return Ok(Err(AccountRefusal::LastAdministrator));
    }
    office.note(&tx, by.name, "withdraw", &format!("{} {}", person.email, named(grant))).await?;
    tx.commit().await.context("while committing")?;
    Ok(Ok(()))
}

/// Closes an account: its sessions, links and codes end at once. What the person did stays in the log.
pub async fn close(office: &Office<'_>, by: Actor<'_>, who: StaffId) -> Outcome<()> {
    let tx = begin(office).await?;
    let Some(person) = known(office, &tx, who).await? else { return Ok(Err(AccountRefusal::Unknown)) };
    if by.staff == who {
        return Ok(Err(AccountRefusal::Self_));
    }
    leave(office, &tx, who).await?;
    if !has_administrator(office, &tx).await? {
        return Ok(Err(AccountRefusal::LastAdministrator));
    }
    office.note(&tx, by.name, "close account", &person.email).await?;
    tx.commit().await.context("while committing")?;
    Ok(Ok(()))
}

async fn leave(office: &Office<'_>, tx: &DatabaseTransaction, who: StaffId) -> anyhow::Result<()> {
    sessions::end_others(tx, office.province, who, None).await.context("while ending sessions")?;
    sessions::void_links(tx, office.province, who).await.context("while voiding links")?;
    staff::close(tx, office.province, who, office.now).await.context("while closing an account")
}

/// Hands a post over in one step: the successor gets unit and roles of the person who leaves, whose account closes.
pub async fn hand_over(office: &Office<'_>, by: Actor<'_>, who: StaffId, email: &str, name: &str) -> Outcome<Invited> {
    let tx = begin(office).await?;
    let Some(person) = known(office, &tx, who).await? else { return Ok(Err(AccountRefusal::Unknown)) };
    let grants = staff::grants(&tx, office.province, who).await.context("while reading grants")?;
    leave(office, &tx, who).await?;
    let invited = match add(office, &tx, email, name, person.own_unit).await? {
        Ok(invited) => invited,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for grant in &grants {
        staff::add_grant(&tx, office.province, invited.person.staff, *grant).await.context("while granting")?;
    }
    let object = format!("{} -> {}", person.email, invited.person.email);
    office.note(&tx, by.name, "hand over", &object).await?;
    tx.commit().await.context("while committing the hand-over")?;
    Ok(Ok(invited))
}

/// A new one-time link: to activate the account (anew: password and codes are set again), or to a new password. Whoever
/// renews an account has seen the person; nobody renews their own this way.
pub async fn new_link(office: &Office<'_>, by: Actor<'_>, who: StaffId, kind: LinkKind) -> Outcome<Invited> {
    let tx = begin(office).await?;
    let Some(person) = known(office, &tx, who).await? else { return Ok(Err(AccountRefusal::Unknown)) };
    if by.staff == who && kind != LinkKind::Password {
        return Ok(Err(AccountRefusal::Self_));
    }
    let token = give_link(office, &tx, &person, kind).await?;
    send_link(office, &tx, &person, kind, &token).await?;
    let act = if kind == LinkKind::Password { "link to a new password" } else { "link to activate" };
    office.note(&tx, by.name, act, &person.email).await?;
    tx.commit().await.context("while committing")?;
    Ok(Ok(Invited { person, token }))
}

/// Everybody with what they may do, by number; those who left among them.
pub async fn list(office: &Office<'_>) -> anyhow::Result<Vec<(Person, Vec<Grant>)>> {
    let reader = office.db.reader();
    let everybody = staff::everybody(reader, office.province).await.context("while reading accounts")?;
    let grants = staff::all_grants(reader, office.province).await.context("while reading grants")?;
    let of = |who: StaffId| grants.iter().filter(|(whose, _)| *whose == who).map(|(_, grant)| *grant).collect();
    Ok(everybody
        .into_iter()
        .map(|person| (of(person.staff), person))
        .map(|(grants, person)| (person, grants))
        .collect())
}

/// A person with what they may do.
pub async fn with_grants(office: &Office<'_>, who: StaffId) -> anyhow::Result<Option<(Person, Vec<Grant>)>> {
    let reader = office.db.reader();
    let person = staff::find(reader, office.province, who).await.context("while looking for a person")?;
    let grants = staff::grants(reader, office.province, who).await.context("while reading grants")?;
    Ok(person.map(|person| (person, grants)))
}
