//! `/quan-tri/tai-khoan/them`: a new account.

use actix_web::HttpResponse;
use maud::{Markup, html};

use super::{EMAIL, NAME, ROLE, SCOPE, UNIT, read_grant, read_unit, roles, told};
use crate::staff::{self, Invitation, Invited};
use crate::text::Say;
use crate::text::office::{self as common, account, accounts as words, sign_in};
use crate::web::office::desk::{Answer, Desk};
use crate::web::view::office::{Field, Input, OfficeForm};

type At = (&'static str, Say);

/// `GET`.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let main = form(&desk, &[], &[]);
    Ok(desk.page(words::INVITE_TITLE.get(desk.lang), &main))
}

/// `POST /quan-tri/tai-khoan`.
pub(in crate::web::office) async fn send(desk: Desk) -> Answer {
    let (mut at, mut whole): (Vec<At>, Vec<Say>) = (Vec::new(), Vec::new());
    let own_unit = read_unit(&desk);
    let grant = read_grant(&desk);
    if !staff::is_email(desk.fields.get(EMAIL)) {
        at.push((EMAIL, sign_in::BAD_EMAIL));
    }
    if !staff::is_name(desk.fields.get(NAME)) {
        at.push((NAME, sign_in::BAD_NAME));
    }
    at.extend(own_unit.err().map(|say| (UNIT, say)));
    if let Err(errors) = &grant {
        at.extend(errors.role.map(|say| (ROLE, say)));
        at.extend(errors.scope.map(|say| (SCOPE, say)));
    }
    if let (true, Ok(own_unit), Ok(grant)) = (at.is_empty(), own_unit, grant) {
        let invitation = Invitation { email: desk.fields.get(EMAIL), name: desk.fields.get(NAME), own_unit, grant };
        match staff::invite(&desk.office(), desk.actor(), invitation).await? {
            Ok(invited) => return Ok(link(&desk, &invited, words::LINK_LEAD)),
            Err(refusal) => match told(refusal) {
                (Some(field), say) => at.push((field, say)),
                (None, say) => whole.push(say),
            },
        }
    }
    let main = form(&desk, &at, &whole);
    Ok(desk.refused(words::INVITE_TITLE.get(desk.lang), &main))
}

/// The page that shows a link, once.
pub(super) fn link(desk: &Desk, invited: &Invited, lead: Say) -> HttpResponse {
    let lang = desk.lang;
    let address = format!("{}/quan-tri/kich-hoat/{}", desk.base_url(), invited.token);
    let main = html! {
        h1 { (words::LINK_TITLE.get(lang)) }
        p { (sign_in::activate_for(lang, invited.person.name.as_str(), invited.person.email.as_str())) }
        p { (lead.get(lang)) }
        p.note { code.link { (address) } }
        @if desk.office().letters.is_some() { p { (words::LINK_MAILED.get(lang)) } }
        p { a.button href=(desk.to(&super::page_of(invited.person.staff))) { (common::CONTINUE.get(lang)) } }
    };
    desk.page(words::LINK_TITLE.get(lang), &main)
}

fn form(desk: &Desk, at: &[At], whole: &[Say]) -> Markup {
    let lang = desk.lang;
    let field = |name: &'static str, label: Say, input| {
        let error = at.iter().find(|(field, _)| *field == name).map(|(_, say)| say.get(lang).into());
        Field::new(name, label.get(lang), input).value(desk.fields.get(name).to_owned()).error(error)
    };
    let form = OfficeForm {
        action: desk.to("/quan-tri/tai-khoan").into(),
        hidden: desk.hidden(),
        fields: vec![
            field(EMAIL, sign_in::EMAIL, Input::Email),
            field(NAME, sign_in::NAME, Input::Text),
            field(UNIT, account::OWN_UNIT, Input::Text).hint(words::UNIT_HINT.get(lang)),
            field(ROLE, words::ROLE_LABEL, Input::Select(roles(lang))),
            field(SCOPE, words::SCOPE_LABEL, Input::Text).hint(words::SCOPE_HINT.get(lang)),
        ],
        button: words::INVITE_BUTTON.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        problems: whole.iter().map(|say| say.get(lang).into()).collect(),
        ..OfficeForm::default()
    };
    html! {
        h1 { (words::INVITE_TITLE.get(lang)) }
        (form.render())
    }
}
