//! The stylesheet, embedded in the program, with the hash of its content in its name.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};

use super::respondent::refusals;
use super::site::Site;
use crate::record::sha256;

const STYLESHEET: &str = include_str!("../../static/app.css");
/// What only pages of the office need; citizens do not load it.
const OFFICE_STYLESHEET: &str = concat!(include_str!("../../static/app.css"), include_str!("../../static/office.css"));

fn name(of: &str, content: &str) -> String {
    let [a, b, c, d, ..] = sha256(&[content.as_bytes()]);
    format!("{of}-{a:02x}{b:02x}{c:02x}{d:02x}.css")
}

static STYLESHEET_NAME: LazyLock<String> = LazyLock::new(|| name("app", STYLESHEET));
static OFFICE_STYLESHEET_NAME: LazyLock<String> = LazyLock::new(|| name("office", OFFICE_STYLESHEET));

/// Address of the stylesheet.
pub(super) fn stylesheet() -> String {
    format!("/static/{}", *STYLESHEET_NAME)
}

/// Address of the stylesheet of the office.
pub(super) fn office_stylesheet() -> String {
    format!("/static/{}", *OFFICE_STYLESHEET_NAME)
}

/// Sends an asset; its name changes with its content, so a browser may keep it for a year.
pub(super) async fn show(request: HttpRequest, site: web::Data<Site>, file: web::Path<String>) -> HttpResponse {
    let content = match file.as_str() {
        known if known == *STYLESHEET_NAME => STYLESHEET,
        known if known == *OFFICE_STYLESHEET_NAME => OFFICE_STYLESHEET,
        _ => return refusals::not_found(request, site).await,
    };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(content)
}
