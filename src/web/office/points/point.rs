//! `GET /quan-tri/diem/{ma}`: one point, its QR, its history, and what can be done with it.

use maud::{Markup, html};

use super::{LIST, State, change, codes, title};
use crate::store::places::{Point, PointVersion};
use crate::text::office::{points as words, units as unit_words};
use crate::text::poster;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::faults::Faults;
use crate::web::office::units;
use crate::web::posters;
use crate::web::view::Wording;
use crate::web::view::office::facts;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{Right, UnitId};

/// Which form of the page came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Nothing,
    Change,
    Close,
    Revoke,
}

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let (point, _) = desk.point(desk.part("ma"))?;
    let main = body(&desk, point, &Faults::default(), Open::Nothing)?;
    Ok(desk.page(name(&desk, point), &main))
}

/// The name of a point today.
pub(super) fn name(desk: &Desk, point: &Point) -> String {
    let version = desk.directory().point_on(point.point, desk.today());
    version.map_or_else(|| point.code.clone(), |version| version.name.clone())
}

/// The page of a point, with what is wrong with a form on it.
pub(super) fn body(desk: &Desk, point: &Point, faults: &Faults, open: Open) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let (_, versions) = desk.point(&point.code)?;
    let version = desk.directory().point_on(point.point, desk.today()).ok_or(Stop::NotFound)?;
    let state = State::of(desk, version);
    let is_open = state == State::Open;
    let may_change = desk
        .scope_of(Right::ChangePoints)
        .is_some_and(|scope| scope.holds(&desk.directory().path(version.unit, desk.today())));
    Ok(html! {
        p.above { a href=(desk.to(LIST)) { (words::TITLE.get(lang)) } }
        h1 { (version.name) }
        (known(desk, point, version, state))
        @if version.officers == 1 { p.note { (words::LONE.get(lang)) } }
        @if is_open { (picture(desk, point)?) }
        (codes::listed(desk, point, is_open))
        (history(desk, versions))
        @if may_change && is_open {
            (change::acts(desk, point, versions, faults, open))
            (codes::acts(desk, point, faults, open))
        }
    })
}

fn unit(desk: &Desk, unit: UnitId) -> Markup {
    html! {
        @match desk.unit_of(unit) {
            Some(unit) => a href=(desk.to(&units::page_of(&unit.code))) { (unit.name) },
            None => (desk.unit_name(unit)),
        }
    }
}

fn known(desk: &Desk, point: &Point, version: &PointVersion, state: State) -> Markup {
    let lang = desk.lang;
    let field = desk.directory().field_name(version.field).unwrap_or(words::EVERY_FIELD.get(lang));
    facts(&[
        (words::POINT_CODE.get(lang).into(), html! { code { (point.code) } }),
        (words::UNIT.get(lang).into(), unit(desk, version.unit)),
        (words::KIND.get(lang).into(), html! { (words::kind(lang, point.kind)) }),
        (words::QUESTIONNAIRE.get(lang).into(), html! { (title(desk, &version.questionnaire)) }),
        (words::FIELD.get(lang).into(), html! { (field) }),
        (words::OFFICERS.get(lang).into(), html! { (version.officers) }),
        (unit_words::STATE.get(lang).into(), html! { (state.told(lang)) }),
    ])
}

/// The QR with its address, the form and the poster behind it.
fn picture(desk: &Desk, point: &Point) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let Some(code) = desk.directory().public_code(point.point) else {
        return Ok(html! { p.note { (words::NO_VALID_CODE.get(lang)) } });
    };
    let address = posters::address(desk.base_url(), code);
    Ok(html! {
        div.code-picture role="img" aria-label=(poster::QR_ALT.get(lang)) { (posters::drawn(&address)?) }
        p { (words::ADDRESS.get(lang)) ": " code { (address) } }
        p.links {
            a href=(desk.to(&format!("/q/{code}"))) { (words::FORM.get(lang)) } " "
            @if desk.may(Right::Print) {
                a href=(desk.to(&format!("/quan-tri/ap-phich?diem={}", point.code))) { (words::POSTER.get(lang)) }
            }
        }
    })
}

fn history(desk: &Desk, versions: &[PointVersion]) -> Markup {
    let lang = desk.lang;
    let rows = versions.iter().rev().map(|version| {
        let field = desk.directory().field_name(version.field).unwrap_or(words::EVERY_FIELD.get(lang));
        let cells = [
            version.name.clone(),
            desk.unit_name(version.unit),
            title(desk, &version.questionnaire),
            field.to_owned(),
            version.officers.to_string(),
        ];
        Row {
            name: unit_words::span(lang, version.valid_from, version.valid_to).into(),
            href: None,
            cells: cells.into_iter().map(|cell| Cell::Words(cell.into())).collect(),
        }
    });
    let head = [unit_words::DAYS, words::POINT_NAME, words::UNIT, words::QUESTIONNAIRE, words::FIELD, words::OFFICERS];
    let table = Table {
        caption: unit_words::VERSIONS.get(lang).into(),
        head: head.iter().map(|name| Wording::from(name.get(lang))).collect(),
        rows: rows.collect(),
    };
    html! { h2 { (unit_words::HISTORY.get(lang)) } (table.render()) }
}
