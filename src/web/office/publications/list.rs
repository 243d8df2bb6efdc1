//! `GET /quan-tri/cong-bo`: every version that was submitted.

use maud::html;

use super::{NEW, page_of, state, title};
use crate::store::publications as stored;
use crate::text::date;
use crate::text::office::publications as words;
use crate::text::publication as public;
use crate::web::office::desk::{Answer, Desk};
use crate::web::view::table::{Cell, Row, Table};
use crate::words::Right;

/// The page.
pub(super) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let all = stored::list(desk.db().reader(), desk.province()).await?;
    let rows = all.iter().map(|one| Row {
        name: title(lang, one).to_owned().into(),
        href: Some(desk.to(&page_of(&one.slug, one.version)).into()),
        cells: vec![
            Cell::Words(public::version(lang, u64::try_from(one.version).unwrap_or(1)).into()),
            Cell::Words(state(one, desk.now).get(lang).into()),
            Cell::Words(date::moment(lang, one.submitted_at).into()),
            Cell::Words(one.release_at.map_or_else(String::new, |at| date::moment(lang, at)).into()),
        ],
    });
    let head = [public::COL_TITLE, public::COL_VERSION, words::COL_STATE, words::SUBMITTED_AT, public::COL_RELEASED];
    let table = Table {
        caption: words::MENU.get(lang).into(),
        head: head.iter().map(|say| say.get(lang).into()).collect(),
        rows: rows.collect(),
    };
    let main = html! {
        h1 { (words::MENU.get(lang)) }
        p { (words::LEAD.get(lang)) }
        @if desk.may(Right::PreparePublications) { p { a.button href=(desk.to(NEW)) { (words::NEW.get(lang)) } } }
        @if all.is_empty() { p.note { (words::NOTHING.get(lang)) } } @else { (table.render()) }
    };
    Ok(desk.page(words::MENU.get(lang), &main))
}
