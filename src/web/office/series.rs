//! `/quan-tri/chuoi-so-lieu`: which series of other bodies are stored, and the way to import more.

use maud::html;

use super::desk::{Answer, Desk};
use super::pager::Pager;
use super::route::{Route, get};
use crate::index::published::{History, histories};
use crate::publish::published::title;
use crate::text::history::{self as words, OFFICE_PAGE, PAGE};
use crate::web::language;
use crate::web::view::Wording;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{Lang, Right as R};

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![get("/quan-tri/chuoi-so-lieu", R::ReadFigures, show)]
}

/// The page.
async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let found = histories(&desk.snapshot().series);
    let pager = Pager::new(&desk.asked("trang"), found.len());
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        @if desk.may(R::ChangeMeasures) {
            p { a.button href=(desk.to("/quan-tri/chuoi-so-lieu/nhap")) { (words::ENTER.get(lang)) } }
        }
        @if found.is_empty() { p.note { (words::EMPTY_OFFICE.get(lang)) } }
        @else {
            (table(lang, found.get(pager.range()).unwrap_or_default()).render())
            (pager.links(&desk, OFFICE_PAGE, &[]))
            p { a href=(language::address(PAGE, lang)) { (words::PUBLIC.get(lang)) } }
        }
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

fn table(lang: Lang, found: &[History<'_>]) -> Table {
    let row = |history: &History<'_>| {
        let years: Vec<String> = history.years.iter().map(|year| year.year.to_string()).collect();
        let breaks: Vec<String> =
            history.years.iter().filter(|year| year.broken.is_some()).map(|year| year.year.to_string()).collect();
        let mut publishers: Vec<&str> = Vec::new();
        for value in history.years.iter().flat_map(|year| [year.level, year.rank]).flatten() {
            if !publishers.contains(&value.publisher.as_str()) {
                publishers.push(&value.publisher);
            }
        }
        Row {
            name: title(lang, history).into(),
            href: Some(language::address(&format!("{PAGE}/{}", history.code), lang).into()),
            cells: vec![
                Cell::Words(publishers.join("; ").into()),
                Cell::Words(years.join(", ").into()),
                Cell::Words(if breaks.is_empty() { "–".into() } else { breaks.join(", ").into() }),
            ],
        }
    };
    let head = [words::MENU, words::PUBLISHED_BY, words::YEARS, words::BREAK].map(|say| Wording::from(say.get(lang)));
    Table { caption: words::TITLE.get(lang).into(), head: head.to_vec(), rows: found.iter().map(row).collect() }
}
