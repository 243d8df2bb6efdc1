//! `GET /quan-tri/tai-khoan`.

use maud::html;

use super::{is_in_scope, page_of};
use crate::staff;
use crate::store::staff::Person;
use crate::text::Say;
use crate::text::office::{self as common, account, accounts as words, sign_in};
use crate::web::office::desk::{Answer, Desk};
use crate::web::view::Wording;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::Right;

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let everybody = staff::list(&desk.office()).await?;
    let rows =
        everybody.iter().filter(|(person, grants)| is_in_scope(&desk, person, grants)).map(|(person, grants)| {
            let roles: Vec<String> = grants
                .iter()
                .map(|grant| format!("{} ({})", common::role(lang, grant.role), desk.scope_name(grant.unit)))
                .collect();
            Row {
                name: person.name.clone().into(),
                href: Some(desk.to(&page_of(person.staff)).into()),
                cells: vec![
                    Cell::Words(person.email.clone().into()),
                    Cell::Words(desk.unit_name(person.own_unit).into()),
                    Cell::Words(roles.join("; ").into()),
                    Cell::Words(state(person).get(lang).into()),
                ],
            }
        });
    let head = [sign_in::NAME, sign_in::EMAIL, account::OWN_UNIT, account::ROLES, words::STATE];
    let table = Table {
        caption: words::TITLE.get(lang).into(),
        head: head.iter().map(|name| Wording::from(name.get(lang))).collect(),
        rows: rows.collect(),
    };
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        @if desk.may(Right::ChangeAccounts) {
            p { a.button href=(desk.to("/quan-tri/tai-khoan/them")) { (words::INVITE_TITLE.get(lang)) } }
        }
        (table.render())
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

/// The state of an account.
pub(super) const fn state(person: &Person) -> Say {
    match (person.closed, person.activated) {
        (Some(_), _) => words::LEFT,
        (None, Some(_)) => words::ACTIVE,
        (None, None) => words::INVITED,
    }
}
