//! `/healthz` and `/readyz`: for operation.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpResponse, web};

use crate::web::site::Site;

/// The process answers.
pub(in crate::web) async fn alive() -> HttpResponse {
    plain(HttpResponse::Ok(), "ok\n")
}

/// The database answers.
pub(in crate::web) async fn ready(site: web::Data<Site>) -> HttpResponse {
    match site.registry.fresh().await {
        Ok(_) => plain(HttpResponse::Ok(), "ready\n"),
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "the database does not answer");
            plain(HttpResponse::ServiceUnavailable(), "the database does not answer\n")
        }
    }
}

fn plain(mut answer: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    answer.insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(text)
}
