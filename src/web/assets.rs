//! The stylesheet, embedded in the program, with the hash of its content in its name.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};

use super::respondent::refusals;
use super::site::Site;
use crate::record::sha256;

const STYLESHEET: &str = include_str!("../../static/app.css");

static STYLESHEET_NAME: LazyLock<String> = LazyLock::new(|| {
    let [a, b, c, d, ..] = sha256(&[STYLESHEET.as_bytes()]);
    format!("app-{a:02x}{b:02x}{c:02x}{d:02x}.css")
});

/// Address of the stylesheet.
pub(super) fn stylesheet() -> String {
    format!("/static/{}", *STYLESHEET_NAME)
}

/// Sends an asset; its name changes with its content, so a browser may keep it for a year.
pub(super) async fn show(request: HttpRequest, site: web::Data<Site>, file: web::Path<String>) -> HttpResponse {
    if *file == *STYLESHEET_NAME {
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/css; charset=utf-8"))
            .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
            .body(STYLESHEET)
    } else {
        refusals::not_found(request, site).await
    }
}
