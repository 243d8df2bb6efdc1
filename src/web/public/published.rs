//! `/cong-bo`: what was published, each version with its page and its files.

mod files;
mod page;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::unit::revalidated;
use crate::publications::{Choice, Published};
use crate::publish::open_data::PublishedSet;
use crate::registry::Snapshot;
use crate::store::publications::StoredPublication;
use crate::text::date;
use crate::text::publication::{self as words, PAGE};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{Day, Lang, Moment};

pub(in crate::web) use files::{document, file, file_of_version};

/// Publications on the list at most, and on the first page.
const MOST_LISTED: usize = 200;
const ON_FIRST_PAGE: usize = 3;

/// The public versions, each name once with its latest, the last released first.
pub(super) fn latest(all: &[StoredPublication], now: Moment) -> Vec<&StoredPublication> {
    let mut found: Vec<&StoredPublication> = Vec::new();
    for one in all.iter().filter(|one| one.is_public(now)) {
        match found.iter_mut().find(|known| known.slug == one.slug) {
            Some(known) if known.version < one.version => *known = one,
            Some(_) => {}
            None => found.push(one),
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse((one.release_at, one.slug.clone())));
    found.truncate(MOST_LISTED);
    found
}

/// `GET /cong-bo`.
pub(in crate::web) async fn list(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    let found = async {
        let snapshot = site.registry.get().await?;
        let all = site.publications.list(&site.db, &snapshot).await?;
        anyhow::Ok((snapshot, all))
    };
    match found.await {
        Ok((snapshot, all)) => {
            let now = Moment::now();
            let main = html! {
                h1 { (words::TITLE.get(lang)) }
                p { (words::LEAD.get(lang)) }
                (table(lang, &latest(&all, now)))
            };
            let title = words::TITLE.get(lang).into();
            let frame = Frame { lang, title, layout: Layout::Public, path: PAGE, both_languages: true };
            revalidated(respond(Some(&snapshot), frame, StatusCode::OK, &main))
        }
        Err(error) => refusals::fault(lang, &error),
    }
}

fn table(lang: Lang, listed: &[&StoredPublication]) -> Markup {
    if listed.is_empty() {
        return html! { p.note { (words::NOTHING.get(lang)) } };
    }
    let rows = listed.iter().map(|one| Row {
        name: title_of(lang, one).to_owned().into(),
        href: Some(language::address(&path_of(&one.slug), lang).into()),
        cells: vec![
            Cell::Words(one.release_at.map_or_else(String::new, |at| date::short(lang, at.day())).into()),
            Cell::Words(one.decision.as_ref().map_or("", |(number, _)| number).to_owned().into()),
            Cell::Words(words::version(lang, u64::try_from(one.version).unwrap_or(1)).into()),
        ],
    });
    let head = [words::COL_TITLE, words::COL_RELEASED, words::COL_DECISION, words::COL_VERSION];
    Table {
        caption: words::TITLE.get(lang).into(),
        head: head.iter().map(|say| say.get(lang).into()).collect(),
        rows: rows.collect(),
    }
    .render()
}

/// The latest versions as open data offers them.
pub(super) async fn as_data_sets(site: &Site, snapshot: &Snapshot) -> anyhow::Result<Vec<PublishedSet>> {
    let all = site.publications.list(&site.db, snapshot).await?;
    let found = latest(&all, Moment::now());
    let set = |one: &&StoredPublication| {
        let choice: Choice = serde_json::from_str(&one.choice).ok()?;
        Some(PublishedSet {
            slug: one.slug.clone(),
            title: one.title.clone(),
            released: one.release_at?.day(),
            span: (Day(choice.from), Day(choice.to)),
        })
    };
    Ok(found.iter().filter_map(set).collect())
}

/// The latest publications on the first page; nothing where there are none.
pub(super) async fn on_first_page(site: &Site, snapshot: &Snapshot, lang: Lang) -> anyhow::Result<Markup> {
    let all = site.publications.list(&site.db, snapshot).await?;
    let found = latest(&all, Moment::now());
    Ok(html! {
        @if !found.is_empty() {
            section {
                h2 { (words::LATEST.get(lang)) }
                ul {
                    @for one in found.iter().take(ON_FIRST_PAGE) {
                        li { a href=(language::address(&path_of(&one.slug), lang)) { (title_of(lang, one)) } }
                    }
                }
                p { a href=(language::address(PAGE, lang)) { (words::ALL.get(lang)) } }
            }
        }
    })
}

fn title_of(lang: Lang, one: &StoredPublication) -> &str {
    match lang {
        Lang::Vi => &one.title.0,
        Lang::En => &one.title.1,
    }
}

/// Path of the latest version of a name.
pub(super) fn path_of(slug: &str) -> String {
    format!("{PAGE}/{slug}")
}

/// A version that is asked for, with everything its page needs.
struct Asked {
    snapshot: Arc<Snapshot>,
    /// Public versions of the name, the latest first.
    versions: Vec<StoredPublication>,
    /// The one that is asked for.
    stored: StoredPublication,
    published: Arc<Published>,
}

/// The version, or the latest; `None` where there is none that is public.
async fn find(site: &Site, slug: &str, version: Option<i32>) -> anyhow::Result<Option<Asked>> {
    let snapshot = site.registry.get().await?;
    let all = site.publications.list(&site.db, &snapshot).await?;
    let now = Moment::now();
    let mut versions: Vec<StoredPublication> =
        all.iter().filter(|one| one.slug == slug && one.is_public(now)).cloned().collect();
    versions.sort_by_key(|one| std::cmp::Reverse(one.version));
    let asked = |one: &&StoredPublication| version.is_none_or(|version| version == one.version);
    let Some(stored) = versions.iter().find(asked).cloned() else { return Ok(None) };
    let found = site.publications.version(&site.db, &snapshot, (slug, stored.version)).await?;
    Ok(found.map(|published| Asked { snapshot, versions, stored, published }))
}

/// `GET /cong-bo/{slug}`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>, slug: web::Path<String>) -> HttpResponse {
    answer(request, site, &slug, None).await
}

/// `GET /cong-bo/{slug}/{version}`.
pub(in crate::web) async fn show_version(
    request: HttpRequest,
    site: web::Data<Site>,
    asked: web::Path<(String, String)>,
) -> HttpResponse {
    match asked.1.parse() {
        Ok(version) => answer(request, site, &asked.0, Some(version)).await,
        Err(_not_a_number) => refusals::not_found(request, site).await,
    }
}

async fn answer(request: HttpRequest, site: web::Data<Site>, slug: &str, version: Option<i32>) -> HttpResponse {
    let lang = language::of(&request);
    match find(&site, slug, version).await {
        Ok(Some(asked)) => {
            let main = page::body(lang, &site, &asked);
            let path = version.map_or_else(|| path_of(slug), |version| format!("{}/{version}", path_of(slug)));
            let title = title_of(lang, &asked.stored).to_owned().into();
            let frame = Frame { lang, title, layout: Layout::Public, path: &path, both_languages: true };
            revalidated(respond(Some(&asked.snapshot), frame, StatusCode::OK, &main))
        }
        Ok(None) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(lang, &error),
    }
}
