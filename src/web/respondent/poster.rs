//! The A5 poster of a point, and its QR alone.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::PreEscaped;

use super::form::{read_code, snapshot_with};
use super::refusals;
use crate::publish::qr;
use crate::registry::{CodeLeadsTo, OpenPoint, Snapshot};
use crate::text::{form as form_words, poster as words};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::web::view::poster::{Poster, Size, poster};
use crate::words::{Day, Lang, Moment};

/// `GET /q/{code}/ap-phich`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    let (lang, today) = (language::of(&request), Moment::now().day());
    let code = read_code(&code).unwrap_or_default();
    let snapshot = match snapshot_with(&site, &code, today).await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(lang, &error),
    };
    match snapshot.directory.follow(&code, today) {
        Some(CodeLeadsTo::Point(point)) => match sheet(&site, &snapshot, &code, point, today) {
            Ok(sheet) => {
                let path = format!("/q/{code}/ap-phich");
                let title = words::PAGE_TITLE.get(Lang::Vi).into();
                let frame = Frame { lang: Lang::Vi, title, layout: Layout::Sheet, path: &path, both_languages: false };
                respond(Some(&snapshot), frame, StatusCode::OK, &poster(&sheet))
            }
            Err(error) => refusals::fault(lang, &error),
        },
        Some(other) => refusals::no_longer(&site, &snapshot, lang, &other, today),
        None => refusals::unknown_code(&snapshot, lang),
    }
}

/// The poster speaks Vietnamese, with one English line.
fn sheet(site: &Site, snapshot: &Snapshot, code: &str, point: OpenPoint<'_>, today: Day) -> anyhow::Result<Poster> {
    let lang = Lang::Vi;
    let base = &site.settings.base_url;
    let address = format!("{base}/q/{code}");
    let short = address.trim_start_matches("https://").trim_start_matches("http://").to_owned();
    let results = format!("{base}/don-vi/{}", point.unit.code);
    Ok(Poster {
        not_yet: site.settings.is_doubtful.then(|| words::not_yet(lang, base).into()),
        size: Size::A5,
        demo: snapshot.installation.simulated.then(|| form_words::DEMO_MARK.get(lang).into()),
        centre: point.unit.name.to_uppercase().into(),
        counter: Some(point.version.name.clone().into()),
        headline: words::HEADLINE.get(lang).into(),
        invitation: words::INVITATION.get(lang).into(),
        english: Some(words::ENGLISH_LINE.get(Lang::En).into()),
        // The drawing comes from our own QR writer and holds numbers alone.
        qr: PreEscaped(qr::svg(&address)?),
        qr_name: words::QR_ALT.get(lang).into(),
        steps: words::STEPS.iter().map(|step| step.get(lang).into()).collect(),
        typed: words::cannot_scan(lang, "").trim_end().to_owned().into(),
        address: short.into(),
        other_ways: words::OR_KIOSK_OR_PAPER.get(lang).into(),
        promises: vec![
            words::NO_NAME.get(lang).into(),
            words::ANSWER_YOURSELF.get(lang).into(),
            words::true_address(lang, base).into(),
            words::results_at(lang, &results).into(),
        ],
        reply: words::reply_line(lang, site.settings.hotline.as_deref()).into(),
        foot: words::printed(lang, &point.point.code, today).into(),
        stamp: words::STAMP_PLACE.get(lang).into(),
    })
}

/// `GET /q/{code}/ma-qr.svg`.
pub(in crate::web) async fn qr(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    let (lang, today) = (language::of(&request), Moment::now().day());
    let code = read_code(&code).unwrap_or_default();
    let drawn = match snapshot_with(&site, &code, today).await {
        Ok(snapshot) if snapshot.directory.follow(&code, today).is_some() => {
            qr::svg(&format!("{}/q/{code}", site.settings.base_url))
        }
        Ok(snapshot) => return refusals::unknown_code(&snapshot, lang),
        Err(error) => Err(error),
    };
    match drawn {
        Ok(svg) => HttpResponse::Ok().insert_header((CONTENT_TYPE, "image/svg+xml")).body(svg),
        Err(error) => refusals::fault(lang, &error),
    }
}
