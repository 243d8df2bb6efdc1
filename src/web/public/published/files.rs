//! The files of a version: the frozen content, its figures as a table and as a workbook, the bundle, the signed decision.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use anyhow::Context;
use tokio::sync::Semaphore;

use super::{Asked, find};
use crate::publications::bundle::{self, Kind};
use crate::publications::{self, files, workbook};
use crate::store::publications::{self as stored, StoredPublication};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::sending::sent;
use crate::web::site::Site;
use crate::words::Lang;

/// A version never changes; whoever has its file has it for good.
const FOR_GOOD: &str = "public, max-age=604800, immutable";
/// Bundles that are put together at once.
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// `GET /cong-bo/{slug}.{ending}`: of the latest version.
pub(in crate::web) async fn file(
    request: HttpRequest,
    site: web::Data<Site>,
    asked: web::Path<(String, String)>,
) -> HttpResponse {
    let (slug, ending) = asked.into_inner();
    answer(request, site, &slug, None, &ending).await
}

/// `GET /cong-bo/{slug}/{version}.{ending}`.
pub(in crate::web) async fn file_of_version(
    request: HttpRequest,
    site: web::Data<Site>,
    asked: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (slug, version, ending) = asked.into_inner();
    match version.parse() {
        Ok(version) => answer(request, site, &slug, Some(version), &ending).await,
        Err(_not_a_number) => refusals::not_found(request, site).await,
    }
}

async fn answer(
    request: HttpRequest,
    site: web::Data<Site>,
    slug: &str,
    version: Option<i32>,
    ending: &str,
) -> HttpResponse {
    let lang = language::of(&request);
    let made = async {
        let Some(asked) = find(&site, slug, version).await? else { return Ok(None) };
        made(&site, lang, &asked, version.is_some(), ending).await
    };
    match made.await {
        Ok(Some(answer)) => answer,
        Ok(None) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(lang, &error),
    }
}

async fn made(
    site: &Site,
    lang: Lang,
    asked: &Asked,
    is_for_good: bool,
    ending: &str,
) -> anyhow::Result<Option<HttpResponse>> {
    let published = &asked.published;
    let (media, bytes) = match ending {
        "json" => ("application/json", published.canonical.clone()),
        "csv" => ("text/csv; charset=utf-8", files::figures(&published.publication)?),
        "xlsx" => {
            let editions = asked
                .snapshot
                .editions
                .iter()
                .map(|one| (format!("{}-{}", one.edition.code(), one.edition.version()), one.edition.clone()));
            let named: Vec<_> =
                editions.filter(|(name, _)| published.publication.editions.iter().any(|of| of.name == *name)).collect();
            let book = workbook::workbook(&published.publication, &named, lang)?;
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", book)
        }
        "zip" => return zip(site, asked, is_for_good).await.map(Some),
        _ => return Ok(None),
    };
    Ok(Some(builder(&asked.stored, ending, media, is_for_good).body(bytes)))
}

fn builder(of: &StoredPublication, ending: &str, media: &str, is_for_good: bool) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    let name = format!("{}-{}.{ending}", of.slug, of.version);
    answer
        .insert_header((CONTENT_TYPE, media))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, if is_for_good { FOR_GOOD } else { "no-cache" }));
    answer
}

/// The bundle, put together in a file without a name and sent piece by piece.
async fn zip(site: &Site, asked: &Asked, is_for_good: bool) -> anyhow::Result<HttpResponse> {
    let _turn = AT_ONCE.acquire().await.context("while waiting for a turn")?;
    let province = asked.snapshot.province;
    let of = (asked.stored.slug.as_str(), asked.stored.version);
    let contents = publications::contents(&site.db, province, of).await?.context("the content is missing")?;
    let out = std::io::BufWriter::new(tempfile::tempfile().context("while making a file")?);
    let out = bundle::write(&site.db, province, &asked.stored, &contents, Kind::Public, out, |_, _| ()).await?;
    let file = out.into_inner().map_err(|error| anyhow::anyhow!("while writing the bundle: {error}"))?;
    sent(builder(&asked.stored, "zip", "application/zip", is_for_good), file)
}

/// `GET /cong-bo/{slug}/{version}/van-ban.pdf`.
pub(in crate::web) async fn document(
    request: HttpRequest,
    site: web::Data<Site>,
    asked: web::Path<(String, String)>,
) -> HttpResponse {
    let lang = language::of(&request);
    let (slug, version) = asked.into_inner();
    let Ok(version) = version.parse::<i32>() else { return refusals::not_found(request, site).await };
    let found = async {
        let Some(asked) = find(&site, &slug, Some(version)).await? else { return Ok(None) };
        let bytes = stored::document(site.db.reader(), asked.snapshot.province, &slug, version).await;
        let bytes = bytes.context("while reading the signed decision")?;
        anyhow::Ok(bytes.map(|bytes| builder(&asked.stored, "pdf", "application/pdf", true).body(bytes)))
    };
    match found.await {
        Ok(Some(answer)) => answer,
        Ok(None) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(lang, &error),
    }
}
