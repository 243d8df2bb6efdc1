//! `/so-ghi`: the record as everybody can follow it. Pages and files are small, whatever the size of the record.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use anyhow::Context;
use maud::{Markup, html};

use super::unit::revalidated;
use crate::audit::{self, witness::ConsistencyFile};
use crate::record::{KeyRow, write_keys};
use crate::registry::Snapshot;
use crate::store::checkpoints::{self, StoredCheckpoint};
use crate::text::record::{self as words, PAGE};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::words::Lang;

/// Longest time a proof may be kept: it never changes.
const FOR_GOOD: &str = "public, max-age=604800, immutable";

/// `GET /so-ghi`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    match load(&site).await {
        Ok((snapshot, latest, keys)) => {
            let main = body(lang, &site.settings.base_url, latest.as_ref(), &keys);
            let title = words::TITLE.get(lang).into();
            let frame = Frame { lang, title, layout: Layout::Public, path: PAGE, both_languages: true };
            revalidated(respond(Some(&snapshot), frame, StatusCode::OK, &main))
        }
        Err(error) => refusals::fault(lang, &error),
    }
}

async fn load(site: &Site) -> anyhow::Result<(std::sync::Arc<Snapshot>, Option<StoredCheckpoint>, Vec<KeyRow>)> {
    let snapshot = site.registry.get().await?;
    let latest = checkpoints::latest(site.db.reader(), snapshot.province).await;
    let keys = checkpoints::keys(site.db.reader(), snapshot.province).await;
    let latest = latest.context("while reading the last checkpoint")?;
    Ok((snapshot, latest, keys.context("while reading the keys of the record")?))
}

fn body(lang: Lang, base: &str, latest: Option<&StoredCheckpoint>, keys: &[KeyRow]) -> Markup {
    let first = keys.first().map_or("…", |key| key.vkey.as_str());
    let command = |text: String| html! { p.formula { code { (text) } } };
    let file = |path: &str, is_there: bool, what: &str| {
        html! {
            li { @if is_there { a href=(path) { code { (path) } } } @else { code { (path) } } ": " (what) }
        }
    };
    html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) " " (words::NO_CONTENT.get(lang)) }
        section {
            h2 { (words::LATEST.get(lang)) }
            @if let Some(latest) = latest {
                p { (words::latest(lang, u64::try_from(latest.size).unwrap_or_default(), latest.day)) }
                p.formula {
                    @for line in latest.note.lines() {
                        @if line.is_empty() { br; } @else { span { code { (line) } } }
                    }
                }
            } @else {
                p { (words::NONE.get(lang)) }
            }
        }
        section {
            h2 { (words::KEYS.get(lang)) }
            @if keys.is_empty() { p { (words::NO_KEY.get(lang)) } } @else { p { (words::KEYS_LEAD.get(lang)) } }
            @for key in keys.iter().rev().take(10).rev() { p.formula { (key.id) ". " code { (key.vkey) } } }
        }
        section {
            h2 { (words::CHECK.get(lang)) }
            p { (words::CHECK_RECEIPT.get(lang)) }
            (command(format!("thuocdo receipt verify bien-nhan.txt --key {first}")))
            p { (words::CHECK_WITNESS.get(lang)) }
            (command(format!("thuocdo witness {base} --key {first}")))
            p { (words::CHECK_AUDITOR.get(lang)) }
            (command("thuocdo record verify --checkpoint FILE".to_owned()))
            p { a href=(language::address("/bien-nhan", lang)) { (words::TO_RECEIPT.get(lang)) } }
        }
        section {
            h2 { (words::FILES.get(lang)) }
            ul {
                (file("/so-ghi/checkpoint", latest.is_some(), words::FILE_CHECKPOINT.get(lang)))
                (file("/so-ghi/khoa", !keys.is_empty(), words::FILE_KEYS.get(lang)))
                li { code { "/so-ghi/nhat-quan/{n}/{m}" } ": " (words::FILE_CONSISTENCY.get(lang)) }
            }
        }
    }
}

/// `GET /so-ghi/checkpoint`.
pub(in crate::web) async fn checkpoint(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    match load(&site).await {
        Ok((_, Some(latest), _)) => text(latest.note),
        Ok((_, None, _)) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(language::of(&request), &error),
    }
}

/// `GET /so-ghi/khoa`.
pub(in crate::web) async fn keys(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    match load(&site).await {
        Ok((_, _, keys)) if !keys.is_empty() => text(write_keys(&keys)),
        Ok(_) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(language::of(&request), &error),
    }
}

fn text(body: String) -> HttpResponse {
    revalidated(HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(body))
}

/// `GET /so-ghi/nhat-quan/{from}/{to}`: for sizes of signed checkpoints only.
pub(in crate::web) async fn consistency(
    request: HttpRequest,
    site: web::Data<Site>,
    sizes: web::Path<(String, String)>,
) -> HttpResponse {
    let read = |text: &str| text.parse::<i64>().ok().filter(|size| *size > 0 && size.to_string() == text);
    let Some((from, to)) = read(&sizes.0).zip(read(&sizes.1)) else { return refusals::not_found(request, site).await };
    match prove(&site, (from, to)).await {
        Ok(Some(file)) => HttpResponse::Ok().insert_header((CACHE_CONTROL, FOR_GOOD)).json(file),
        Ok(None) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(language::of(&request), &error),
    }
}

async fn prove(site: &Site, (from, to): (i64, i64)) -> anyhow::Result<Option<ConsistencyFile>> {
    let snapshot = site.registry.get().await?;
    let hashes = audit::consistency(site.db.reader(), snapshot.province, (from, to)).await?;
    let sizes = (u64::try_from(from)?, u64::try_from(to)?);
    Ok(hashes.map(|hashes| ConsistencyFile::of(sizes.0, sizes.1, &hashes)))
}
