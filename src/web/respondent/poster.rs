//! The A5 poster of a point, and its QR alone.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{read_code, snapshot_with};
use super::refusals;
use crate::publish::qr;
use crate::registry::CodeLeadsTo;
use crate::text::poster as words;
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::posters;
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::web::view::poster::{Size, poster};
use crate::words::{Lang, Moment};

/// `GET /q/{code}/ap-phich`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    let (lang, today) = (language::of(&request), Moment::now().day());
    let code = read_code(&code).unwrap_or_default();
    let snapshot = match snapshot_with(&site, &code, today).await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(lang, &error),
    };
    match snapshot.directory.follow(&code, today) {
        Some(CodeLeadsTo::Point(point)) => {
            match posters::of(&site.settings, &snapshot, &code, point, Size::A5, today) {
                Ok(sheet) => {
                    let path = format!("/q/{code}/ap-phich");
                    let title = words::PAGE_TITLE.get(Lang::Vi).into();
                    let frame =
                        Frame { lang: Lang::Vi, title, layout: Layout::Sheet, path: &path, both_languages: false };
                    respond(Some(&snapshot), frame, StatusCode::OK, &poster(&sheet))
                }
                Err(error) => refusals::fault(lang, &error),
            }
        }
        Some(other) => refusals::no_longer(&site, &snapshot, lang, &other, today),
        None => refusals::unknown_code(&snapshot, lang),
    }
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
