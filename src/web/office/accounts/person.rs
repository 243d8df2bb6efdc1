//! `GET /quan-tri/tai-khoan/{so}`: one account and what can be done with it.

use maud::{Markup, html};

use super::{EMAIL, NAME, ROLE, SCOPE, UNIT, find, page_of, roles};
use crate::store::staff::Person;
use crate::text::Say;
use crate::text::date;
use crate::text::office::{self as common, account, accounts as words, sign_in};
use crate::web::office::account::with;
use crate::web::office::desk::{Answer, Desk};
use crate::web::view::office::{Field, Input, OfficeForm, button, facts};
use crate::words::{Grant, Right};

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let (person, grants) = find(&desk).await?;
    let main = body(&desk, &person, &grants, None);
    Ok(desk.page(person.name.clone(), &main))
}

/// The page of a person, with what is wrong with an act on it.
pub(super) fn body(desk: &Desk, person: &Person, grants: &[Grant], problem: Option<Say>) -> Markup {
    let lang = desk.lang;
    let changes = desk.may(Right::ChangeAccounts) && person.closed.is_none();
    let is_self = person.staff == desk.signed.person.staff;
    html! {
        h1 { (person.name) }
        @if let Some(problem) = problem { div.summary role="alert" { p { (problem.get(lang)) } } }
        (facts(&[
            (sign_in::EMAIL.get(lang).into(), html! { (person.email) }),
            (account::OWN_UNIT.get(lang).into(), html! { (desk.unit_name(person.own_unit)) }),
            (words::STATE.get(lang).into(), html! { (super::list::state(person).get(lang)) }),
            (words::MADE.get(lang).into(), html! { (date::moment(lang, person.made)) }),
        ]))
        h2 { (account::ROLES.get(lang)) }
        ul.rows {
            @for grant in grants {
                li {
                    span { (common::role(lang, grant.role)) " · " (desk.scope_name(grant.unit)) }
                    @if changes && !is_self { (withdraw(desk, person, *grant)) }
                }
            }
        }
        @if person.closed.is_some() { p.note { (words::CLOSED_NOTE.get(lang)) } }
        @if changes && is_self { p.note { (words::OWN_NOTE.get(lang)) } (links(desk, person, true)) (hand_over(desk, person)) }
        @if changes && !is_self { (acts(desk, person)) }
    }
}

fn withdraw(desk: &Desk, person: &Person, grant: Grant) -> Markup {
    let fields = with(desk.hidden(), ROLE, grant.role.word());
    let fields = with(fields, SCOPE, grant.unit.to_string());
    button(&to(desk, person, "thu-hoi"), &fields, words::WITHDRAW.get(desk.lang), true)
}

fn to(desk: &Desk, person: &Person, act: &str) -> String {
    desk.to(&format!("{}/{act}", page_of(person.staff)))
}

fn form(desk: &Desk, action: String, fields: Vec<Field>, label: Say, is_grave: bool) -> Markup {
    let form = OfficeForm {
        action: action.into(),
        hidden: desk.hidden(),
        fields,
        button: label.get(desk.lang).into(),
        is_grave,
        ..OfficeForm::default()
    };
    form.render()
}

fn acts(desk: &Desk, person: &Person) -> Markup {
    let lang = desk.lang;
    let code =
        desk.directory().unit_on(person.own_unit, desk.today()).map(|unit| unit.code.clone()).unwrap_or_default();
    let own = vec![
        Field::new(NAME, sign_in::NAME.get(lang), Input::Text).value(person.name.clone()),
        Field::new(UNIT, account::OWN_UNIT.get(lang), Input::Text).hint(words::UNIT_HINT.get(lang)).value(code),
    ];
    let grant = vec![
        Field::new(ROLE, words::ROLE_LABEL.get(lang), Input::Select(roles(lang))),
        Field::new(SCOPE, words::SCOPE_LABEL.get(lang), Input::Text).hint(words::SCOPE_HINT.get(lang)),
    ];
    html! {
        details { summary { (words::GRANT_TITLE.get(lang)) }
            (form(desk, to(desk, person, "vai-tro"), grant, words::GRANT_BUTTON, false)) }
        details { summary { (words::CHANGE_TITLE.get(lang)) }
            (form(desk, desk.to(&page_of(person.staff)), own, common::SAVE, false)) }
        (links(desk, person, false))
        (hand_over(desk, person))
        details { summary { (words::CLOSE_TITLE.get(lang)) }
            p { (words::CLOSE_NOTE.get(lang)) }
            (form(desk, to(desk, person, "dong"), Vec::new(), words::CLOSE_BUTTON, true)) }
    }
}

fn links(desk: &Desk, person: &Person, is_self: bool) -> Markup {
    let lang = desk.lang;
    let to = to(desk, person, "lien-ket");
    let of = |kind: &'static str| with(desk.hidden(), super::change::KIND, kind);
    html! {
        details { summary { (words::LINKS_TITLE.get(lang)) }
            @if person.activated.is_some() { (button(&to, &of("mat-khau"), words::NEW_PASSWORD.get(lang), false)) }
            @if !is_self {
                p { (words::NEW_ACTIVATION_NOTE.get(lang)) }
                (button(&to, &of("kich-hoat"), words::NEW_ACTIVATION.get(lang), true))
            }
        }
    }
}

fn hand_over(desk: &Desk, person: &Person) -> Markup {
    let lang = desk.lang;
    let fields = vec![
        // The ids of a page are unique: the other forms have a name and an address of their own.
        Field::new(EMAIL, words::NEW_EMAIL.get(lang), Input::Email),
        Field::new(super::change::SUCCESSOR, words::NEW_NAME.get(lang), Input::Text),
    ];
    html! {
        details { summary { (words::HAND_OVER_TITLE.get(lang)) }
            p { (words::HAND_OVER_NOTE.get(lang)) }
            (form(desk, to(desk, person, "ban-giao"), fields, words::HAND_OVER_BUTTON, true)) }
    }
}
