//! What a file holds, and the form that takes it.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use maud::{Markup, html};

use super::{FILE, IMPORTED, PATHS, about, may_import, paths_of, right};
use crate::registry::import::Kind;
use crate::text::Say;
use crate::text::import::done;
use crate::text::office::{self as common, uploads as words};
use crate::web::office::desk::{Answer, Desk};
use crate::web::view::Wording;
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::web::view::table::{Cell, Row, Table};
use crate::words::Lang;

/// `GET /quan-tri/nhap`.
pub(super) async fn list(desk: Desk) -> Answer {
    let lang = desk.lang;
    let open: Vec<_> = PATHS.iter().filter(|(kind, _)| desk.may(right(*kind))).collect();
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        @if open.is_empty() { p.note { (words::NONE_ALLOWED.get(lang)) } }
        ul { @for (kind, paths) in &open {
            @let (title, holds, _) = about(*kind);
            li { a href=(desk.to(paths.page)) { (title.get(lang)) } br; (holds.get(lang)) }
        } }
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

/// `GET /quan-tri/nhap/…`.
pub(super) fn show(desk: &Desk, kind: Kind) -> HttpResponse {
    let imported = desk.asked(IMPORTED).parse::<u64>().ok();
    let title = about(kind).0.get(desk.lang);
    desk.page(title, &body(desk, kind, imported, None))
}

/// The page of a kind: columns, example, form.
pub(super) fn body(desk: &Desk, kind: Kind, imported: Option<u64>, problem: Option<Say>) -> Markup {
    let lang = desk.lang;
    let (title, holds, example) = about(kind);
    html! {
        h1 { (title.get(lang)) }
        @if let Some(n) = imported { p.note.done role="status" { (done(lang, n)) } }
        p { (holds.get(lang)) }
        @if !may_import(desk, kind) { p.note { (words::WHOLE_ONLY.get(lang)) } }
        @else {
            @if !desk.scope.is_whole() { p.note { (words::IN_SCOPE.get(lang)) } }
            (form(desk, kind, problem))
        }
        h2 { (words::COLUMNS.get(lang)) }
        p { (words::FORMAT.get(lang)) }
        p { a.button href=(desk.to(paths_of(kind).template)) download { (words::TEMPLATE.get(lang)) } }
        (columns(lang, kind).render())
        h3 { (words::EXAMPLE.get(lang)) }
        pre.file tabindex="0" { (header(kind)) "\n" (example) }
    }
}

fn form(desk: &Desk, kind: Kind, problem: Option<Say>) -> Markup {
    let lang = desk.lang;
    let form = OfficeForm {
        action: desk.to(paths_of(kind).page).into(),
        hidden: desk.hidden(),
        fields: vec![
            Field::new(FILE, words::FILE.get(lang), Input::File(".csv,.txt,text/csv"))
                .hint(words::FILE_HINT.get(lang))
                .error(problem.map(|say| say.get(lang).into())),
        ],
        has_file: true,
        button: words::CHECK.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        ..OfficeForm::default()
    };
    form.render()
}

fn columns(lang: Lang, kind: Kind) -> Table {
    let needed = |column: &str| kind.columns().is_some_and(|known| known.required.contains(&column));
    let row = |(column, meaning): &(&'static str, Say)| Row {
        name: (*column).into(),
        href: None,
        cells: vec![
            Cell::Words(meaning.get(lang).into()),
            Cell::Words(if needed(column) { words::YES } else { words::NO }.get(lang).into()),
        ],
    };
    Table {
        caption: words::COLUMNS.get(lang).into(),
        head: [words::COLUMN, words::MEANING, words::NEEDED].map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: words::columns(kind.word()).iter().map(row).collect(),
    }
}

/// The header line of a file.
fn header(kind: Kind) -> String {
    words::columns(kind.word()).iter().map(|(column, _)| *column).collect::<Vec<_>>().join(",")
}

/// `GET /quan-tri/nhap/…/mau.csv`: the header line, with the mark that tells spreadsheets the encoding.
pub(super) fn template(kind: Kind) -> HttpResponse {
    let named = format!("attachment; filename=\"{}.csv\"", kind.word());
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, named))
        .body(format!("\u{feff}{}\r\n", header(kind)))
}
