//! Letters with one-time links, laid into the outbox in the transaction of the act they tell of.

use anyhow::Context;

use super::accounts::give_link;
use super::token::Token;
use super::{Office, email_of};
use crate::mail::{self, Message};
use crate::record::hmac_sha256;
use crate::store::ConnectionTrait;
use crate::store::sessions::LinkKind;
use crate::store::staff::{self, Person};
use crate::text::office::sign_in as words;
use crate::words::Lang;

/// Letters about a forgotten password that one address gets within an hour.
const MOST_AN_HOUR: i32 = 3;

/// Lays the letter with a link into the outbox, where letters can leave at all.
pub(super) async fn send_link(
    office: &Office<'_>,
    tx: &impl ConnectionTrait,
    person: &Person,
    kind: LinkKind,
    token: &Token,
) -> anyhow::Result<()> {
    let Some(base_url) = office.letters else { return Ok(()) };
    let link = format!("{base_url}/quan-tri/kich-hoat/{token}");
    let (word, subject, text) = match kind {
        LinkKind::Password => {
            let text = words::mail_password(Lang::Vi, person.name.as_str(), link.as_str());
            ("password", words::MAIL_PASSWORD_SUBJECT, text)
        }
        LinkKind::First | LinkKind::Activate => {
            let text = words::mail_invite(Lang::Vi, person.name.as_str(), link.as_str());
            ("activation", words::MAIL_INVITE_SUBJECT, text)
        }
    };
    // Addresses and names were checked when the account was made; a letter that cannot be written does not stop the act.
    if let Ok(message) = Message::new(&person.email, Some(&person.name), subject.get(Lang::Vi), &text) {
        mail::enqueue(tx, office.province, true, word, &message, office.now).await.context("while posting a letter")?;
    }
    Ok(())
}

/// Somebody has forgotten the password of an address. If it has an account, a letter with a link goes there; nobody learns
/// which, so whoever asks is answered before this is done.
pub async fn forgotten(office: &Office<'_>, email: &str) -> anyhow::Result<()> {
    let email = email_of(email);
    let bucket = hmac_sha256(&office.keys.staff, &[b"forgotten", email.as_bytes()]);
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    let asked = staff::fail(&tx, office.province, &bucket, office.now).await.context("while counting")?;
    let person = staff::by_email(&tx, office.province, &email).await.context("while looking for a person")?;
    if let Some(person) = person.filter(|person| person.activated.is_some() && asked <= MOST_AN_HOUR) {
        let token = give_link(office, &tx, &person, LinkKind::Password).await?;
        send_link(office, &tx, &person, LinkKind::Password, &token).await?;
        office.note(&tx, &person.email, "forgotten password", &person.email).await?;
    }
    tx.commit().await.context("while committing")
}
