//! `/don-vi/{code}/phan-anh`: answered complaints of a unit and what is below it, in general words, by quarter.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::unit::{revalidated, unit_with};
use crate::registry::Snapshot;
use crate::store::cases::{self, Published};
use crate::text::cases::{self as words, PART};
use crate::text::{capital, date};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::results::unit_page::unit_path;
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::words::{Lang, Moment, UnitId};

/// Answers of a page.
const ROWS: u64 = 50;
/// Pages to which links lead, on either side of the one that is shown.
const NEAR: u64 = 3;
/// Pages that are read at most.
const MOST_PAGES: u64 = 400;

/// Path of a unit's answered complaints.
pub(super) fn cases_path(code: &str) -> String {
    format!("{}/{PART}", unit_path(code))
}

/// The line on a unit's page that leads there.
pub(in crate::web) fn link(lang: Lang, code: &str) -> Markup {
    html! { p { a href=(language::address(&cases_path(code), lang)) { (words::LINK.get(lang)) } } }
}

/// `GET /don-vi/{code}/phan-anh`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    let lang = language::of(&request);
    let (snapshot, unit) = match unit_with(&site, &code).await {
        Ok(Some(found)) => found,
        Ok(None) => return refusals::not_found(request, site).await,
        Err(error) => return refusals::fault(lang, &error),
    };
    match page(&request, &site, &snapshot, unit).await {
        Ok(answer) => revalidated(answer),
        Err(error) => refusals::fault(lang, &error),
    }
}

async fn page(request: &HttpRequest, site: &Site, snapshot: &Snapshot, unit: UnitId) -> anyhow::Result<HttpResponse> {
    let (lang, today) = (language::of(request), Moment::now().day());
    let version = snapshot.directory.unit_on(unit, today);
    let (code, name) = version.map(|version| (version.code.as_str(), version.name.as_str())).unwrap_or_default();
    let mut asked = asked_page(request.query_string());
    let units: Vec<UnitId> = snapshot
        .directory
        .units()
        .map(|(unit, _)| unit)
        .filter(|below| snapshot.directory.counted_path(*below, today).contains(&unit))
        .collect();
    let read = |page: u64| cases::published(site.db.reader(), snapshot.province, &units, ((page - 1) * ROWS, ROWS));
    let (mut found, all) = read(asked).await?;
    let path = cases_path(code);
    let pages = all.div_ceil(ROWS).clamp(1, MOST_PAGES);
    if asked > pages {
        asked = pages;
        (found, _) = read(asked).await?;
    }
    let main = html! {
        p.links { a href=(language::address(&unit_path(code), lang)) { (words::BACK.get(lang)) } }
        h1 { (words::heading(lang, name)) }
        p { (words::PUBLIC_LEAD.get(lang)) " " (words::PUBLIC_ORDER.get(lang)) }
        @if all == 0 { p.note { (words::PUBLIC_NONE.get(lang)) } } @else { p { (words::how_many(lang, all)) } }
        (quarters(lang, &found))
        @if pages > 1 { (links(lang, &path, asked, pages)) }
    };
    let title = words::heading(lang, name).into();
    let path = if asked > 1 { format!("{path}?trang={asked}") } else { path };
    let frame = Frame { lang, title, layout: Layout::Public, path: &path, both_languages: true };
    Ok(respond(Some(snapshot), frame, StatusCode::OK, &main))
}

/// The page of the list that the address asks for.
fn asked_page(query: &str) -> u64 {
    let asked = query.split('&').find_map(|part| part.strip_prefix("trang="));
    asked.and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, MOST_PAGES)
}

/// Complaint and answer, one after the other, quarter by quarter.
fn quarters(lang: Lang, found: &[Published]) -> Markup {
    html! {
        @for quarter in found.chunk_by(|a, b| a.quarter == b.quarter) {
            section {
                @if let Some(first) = quarter.first() { h2 { (name(lang, first.quarter)) } }
                ul {
                    @for case in quarter {
                        li {
                            p { strong { (words::TASK.get(lang)) ": " } (lines(&case.task)) }
                            p { strong { (words::REPLY.get(lang)) ": " } (lines(&case.answer)) }
                        }
                    }
                }
            }
        }
    }
}

/// A reporting quarter of a stored number.
fn name(lang: Lang, quarter: i32) -> String {
    let number = u8::try_from(quarter.rem_euclid(4) + 1).unwrap_or(1);
    capital(&date::quarter(lang, quarter.div_euclid(4), number))
}

fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } }
}

fn links(lang: Lang, path: &str, asked: u64, pages: u64) -> Markup {
    let to = |page: u64| language::address(&format!("{path}?trang={page}"), lang);
    html! {
        nav.links aria-label=(words::PAGES.get(lang)) {
            @for page in (1..=pages).filter(|page| *page == 1 || *page == pages || page.abs_diff(asked) <= NEAR) {
                @if page == asked { strong aria-current="page" { (page) } " " } @else { a href=(to(page)) { (page) } " " }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odd_page_is_the_first_one() {
        for odd in ["", "trang=", "trang=0", "trang=-1", "trang=x", "ky=2026"] {
            assert_eq!(asked_page(odd), 1, "{odd}");
        }
        assert_eq!((asked_page("lang=en&trang=3"), asked_page("trang=18446744073709551615")), (3, MOST_PAGES));
    }

    #[test]
    fn quarters_have_their_names_and_texts_are_escaped() {
        let case = |quarter, task: &str| Published {
            quarter,
            task: task.to_owned(),
            answer: "Đã sửa.\nXin cảm ơn.".to_owned(),
        };
        let text = quarters(Lang::Vi, &[case(2026 * 4 + 2, "a"), case(2026 * 4 + 2, "b"), case(2026 * 4, "<b>")])
            .into_string();
        assert_eq!(text.matches("<h2>").count(), 2, "{text}");
        assert!(text.contains("Quý III/2026") && text.contains("Quý I/2026"), "{text}");
        assert!(text.contains("&lt;b&gt;") && text.contains("Đã sửa.<br>Xin cảm ơn."), "{text}");
    }
}
