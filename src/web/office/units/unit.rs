//! `GET /quan-tri/don-vi/{ma}`: one unit, its history, and what can be done with it.

use maud::{Markup, html};

use super::{LIST, change, code_of, may_change, page_of};
use crate::store::places::{Succession, UnitVersion};
use crate::text::Say;
use crate::text::office::{self as common, units as words};
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::faults::Faults;
use crate::web::view::Wording;
use crate::web::view::office::facts;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{Right, UnitId};

/// Points that are listed on the page; the others stand in their own list.
const MOST_POINTS: usize = 50;

/// Which form of the page came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Nothing,
    Change,
    Close,
}

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let unit = desk.unit(desk.part("ma"))?;
    let main = body(&desk, unit, &Faults::default(), Open::Nothing);
    Ok(desk.page(unit.name.clone(), &main))
}

/// The page of a unit, with what is wrong with a form on it.
pub(super) fn body(desk: &Desk, unit: &UnitVersion, faults: &Faults, open: Open) -> Markup {
    let lang = desk.lang;
    let ends = super::latest(desk, unit.unit).is_none_or(|last| last.valid_to.is_some());
    html! {
        p.above { a href=(desk.to(LIST)) { (words::TITLE.get(lang)) } }
        h1 { (unit.name) }
        (known(desk, unit))
        (ways(desk, unit))
        (below(desk, unit.unit))
        (points(desk, unit))
        (history(desk, unit.unit))
        @if may_change(desk, unit.unit) && !ends { (change::acts(desk, unit, faults, open)) }
        @else if desk.may(Right::ChangeUnits) && !ends { p.note { (words::TOP_NOTE.get(lang)) } }
    }
}

/// A unit by its name; a link where the scope holds it.
fn named(desk: &Desk, unit: UnitId) -> Markup {
    let known = desk.directory().unit_on(unit, desk.today());
    html! {
        @match (desk.unit_of(unit), known) {
            (Some(unit), _) => a href=(desk.to(&page_of(&unit.code))) { (unit.name) },
            (None, Some(unit)) => (unit.name),
            (None, None) => (common::NONE.get(desk.lang)),
        }
    }
}

fn known(desk: &Desk, unit: &UnitVersion) -> Markup {
    let (lang, today) = (desk.lang, desk.today());
    let state = match unit.valid_to {
        _ if unit.valid_from > today => words::begins_on(lang, unit.valid_from),
        Some(last) if last < today => words::ended_on(lang, last),
        _ => words::ALIVE.get(lang).to_owned(),
    };
    let top = || html! { (words::TOP_LEVEL.get(lang)) };
    let above = unit.parent.map_or_else(top, |parent| named(desk, parent));
    facts(&[
        (words::CODE.get(lang).into(), html! { code { (unit.code) } }),
        (words::KIND.get(lang).into(), html! { (words::kind(lang, unit.kind)) }),
        (words::PARENT.get(lang).into(), above),
        (words::ADMIN_CODE.get(lang).into(), html! { (unit.admin_code.as_deref().unwrap_or(common::NONE.get(lang))) }),
        (words::STATE.get(lang).into(), html! { (state) }),
    ])
}

fn ways(desk: &Desk, unit: &UnitVersion) -> Markup {
    let code = &unit.code;
    let link = |path: String, label: Say| html! { a href=(desk.to(&path)) { (label.get(desk.lang)) } " " };
    html! {
        p.links {
            (link(format!("/quan-tri/diem?don-vi={code}"), words::ALL_POINTS))
            @if desk.may(Right::Print) { (link(format!("/quan-tri/ap-phich?don-vi={code}"), words::POSTERS)) }
            (link(format!("/don-vi/{code}"), words::PUBLIC_PAGE))
        }
    }
}

fn below(desk: &Desk, unit: UnitId) -> Markup {
    let children = desk.children(unit);
    html! {
        @if !children.is_empty() {
            h2 { (words::BELOW.get(desk.lang)) }
            ul.pages {
                @for child in &children {
                    li { a href=(desk.to(&page_of(&child.code))) { (child.name) } " " span.h { (child.code) } }
                }
            }
        }
    }
}

fn points(desk: &Desk, unit: &UnitVersion) -> Markup {
    let lang = desk.lang;
    let points = desk.points_of(unit.unit);
    let number = u64::try_from(points.len()).unwrap_or(u64::MAX);
    html! {
        h2 { (words::POINTS.get(lang)) }
        @if points.is_empty() { p { (words::NO_POINTS.get(lang)) } }
        @else {
            p { (words::open_points(lang, number)) }
            ul.pages {
                @for open in points.iter().take(MOST_POINTS) {
                    li {
                        a href=(desk.to(&format!("/quan-tri/diem/{}", open.point.code))) { (open.version.name) }
                        " " span.h { (open.point.code) }
                    }
                }
                @if points.len() > MOST_POINTS { li { "…" } }
            }
        }
    }
}

fn history(desk: &Desk, unit: UnitId) -> Markup {
    let lang = desk.lang;
    let versions = desk.units().find(|(known, _)| *known == unit).map(|(_, versions)| versions).unwrap_or_default();
    let (from, to): (Vec<&Succession>, Vec<&Succession>) =
        desk.directory().successions_of(unit).partition(|succession| succession.to == unit);
    let rows = versions.iter().rev().map(|version| Row {
        name: words::span(lang, version.valid_from, version.valid_to).into(),
        href: None,
        cells: vec![
            Cell::Words(version.name.clone().into()),
            Cell::Words(version.code.clone().into()),
            Cell::Words(words::kind(lang, version.kind).into()),
            Cell::Words(
                version
                    .parent
                    .map_or_else(|| words::TOP_LEVEL.get(lang).to_owned(), |unit| desk.unit_name(unit))
                    .into(),
            ),
        ],
    });
    let head = [words::DAYS, words::NAME, words::CODE, words::KIND, words::PARENT];
    let table = Table {
        caption: words::VERSIONS.get(lang).into(),
        head: head.iter().map(|name| Wording::from(name.get(lang))).collect(),
        rows: rows.collect(),
    };
    html! {
        h2 { (words::HISTORY.get(lang)) }
        (table.render())
        (taken(desk, words::PREDECESSORS, &from, |succession| succession.from))
        (taken(desk, words::SUCCESSORS, &to, |succession| succession.to))
    }
}

fn taken(desk: &Desk, title: Say, all: &[&Succession], other: impl Fn(&Succession) -> UnitId) -> Markup {
    let lang = desk.lang;
    html! {
        @if !all.is_empty() {
            h3 { (title.get(lang)) }
            ul {
                @for succession in all {
                    li {
                        (named(desk, other(succession))) ": "
                        (words::taken(lang, succession.day, words::succession(lang, succession.kind)))
                        @if let Some(citation) = &succession.citation { ". " (citation) }
                    }
                }
            }
        }
    }
}

/// The code of the unit above, as the form has it.
pub(super) fn parent_code(desk: &Desk, unit: &UnitVersion) -> String {
    code_of(desk, unit.parent)
}
