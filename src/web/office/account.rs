//! `/quan-tri/toi`: one's own account, its sessions and recovery codes.

use maud::{Markup, html};

use super::activation::recovery;
use super::desk::{Answer, Desk, Stop};
use super::done::Done;
use crate::digest;
use crate::record::hex;
use crate::staff::{self, Token};
use crate::text::date;
use crate::text::office::{self as common, account as words, digest as weekly, sign_in};
use crate::web::view::office::{button, facts};
use crate::web::view::{Hidden, Wording};

/// Name of the field that names a session.
const SESSION: &str = "phien";
/// Name of the field that says whether the weekly letter is wanted.
const WANTED: &str = "nhan";

/// `GET /quan-tri/toi`.
pub(super) async fn show(desk: Desk) -> Answer {
    let (lang, who) = (desk.lang, &desk.signed.person);
    let open = staff::sessions(&desk.office(), who.staff).await?;
    let left = staff::recovery_left(&desk.office(), who.staff).await?;
    let roles = html! {
        @for grant in &desk.signed.grants { (common::role(lang, grant.role)) " · " (desk.scope_name(grant.unit)) br; }
    };
    let token = || desk.hidden();
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        (facts(&[
            (sign_in::NAME.get(lang).into(), html! { (who.name) }),
            (sign_in::EMAIL.get(lang).into(), html! { (who.email) }),
            (words::OWN_UNIT.get(lang).into(), html! { (desk.unit_name(who.own_unit)) }),
            (words::ROLES.get(lang).into(), roles),
        ]))
        h2 { (words::SESSIONS.get(lang)) }
        ul.rows {
            @for session in &open {
                li {
                    span { (words::BEGAN.get(lang)) ": " (date::moment(lang, session.began)) ". "
                        (words::SEEN.get(lang)) ": " (date::moment(lang, session.seen)) ". " }
                    @if session.hash == desk.signed.session.hash { strong { (words::THIS_ONE.get(lang)) } }
                    @else {
                        (button(&desk.to("/quan-tri/toi/phien"), &with(token(), SESSION, hex(&session.hash)), words::END.get(lang), true))
                    }
                }
            }
        }
        @if open.len() > 1 { (button(&desk.to("/quan-tri/toi/phien-khac"), &token(), words::END_OTHERS.get(lang), true)) }
        (digest_part(&desk).await?)
        h2 { (words::RECOVERY.get(lang)) }
        p { (words::recovery_left(lang, left)) " " (words::RENEW_NOTE.get(lang)) }
        (button(&desk.to("/quan-tri/toi/ma-du-phong"), &token(), words::RENEW.get(lang), false))
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

/// The weekly letter, for whom there is one: what it is, and the button that switches it off or on.
async fn digest_part(desk: &Desk) -> Result<Markup, Stop> {
    let (lang, signed) = (desk.lang, &desk.signed);
    let wanted =
        digest::is_wanted(desk.db(), desk.snapshot(), signed.person.staff, &signed.grants, desk.today()).await?;
    let Some(is_wanted) = wanted else { return Ok(html! {}) };
    let (told, label) = if is_wanted { (weekly::SENT, weekly::STOP) } else { (weekly::NOT_SENT, weekly::WANT) };
    let fields = with(desk.hidden(), WANTED, if is_wanted { "" } else { "1" });
    Ok(html! {
        h2 { (weekly::HEADING.get(lang)) }
        p { (told.get(lang)) }
        (button(&desk.to("/quan-tri/toi/thu-tuan"), &fields, label.get(lang), false))
    })
}

/// `POST /quan-tri/toi/thu-tuan`.
pub(super) async fn want_digest(desk: Desk) -> Answer {
    let is_wanted = desk.fields.get(WANTED) == "1";
    digest::want(desk.db(), desk.snapshot(), desk.signed.person.staff, is_wanted).await?;
    Ok(desk.done("/quan-tri/toi", Done::Saved))
}

/// Hidden fields with one more.
pub(super) fn with(mut fields: Vec<Hidden>, name: &'static str, value: impl Into<Wording>) -> Vec<Hidden> {
    fields.push(Hidden { name: name.into(), value: value.into() });
    fields
}

/// `POST /quan-tri/toi/phien`.
pub(super) async fn end_session(desk: Desk) -> Answer {
    // The name of a session is its hash, as long and as spelt as a token.
    let hash = Token::parse(desk.fields.get(SESSION)).map(|name| name.bytes()).ok_or(Stop::NotFound)?;
    if !staff::end(&desk.office(), &desk.signed, &hash).await? {
        return Err(Stop::NotFound);
    }
    Ok(desk.done("/quan-tri/toi", Done::Withdrawn))
}

/// `POST /quan-tri/toi/phien-khac`.
pub(super) async fn end_others(desk: Desk) -> Answer {
    staff::end_others(&desk.office(), &desk.signed).await?;
    Ok(desk.done("/quan-tri/toi", Done::Withdrawn))
}

/// `POST /quan-tri/toi/ma-du-phong`.
pub(super) async fn renew_recovery(desk: Desk) -> Answer {
    let codes = staff::renew_recovery(&desk.office(), &desk.signed).await?;
    let main = html! {
        h1 { (words::RECOVERY.get(desk.lang)) }
        (recovery(desk.lang, &codes))
    };
    Ok(desk.page(words::RECOVERY.get(desk.lang), &main))
}
