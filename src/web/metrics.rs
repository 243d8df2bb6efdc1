//! `/metrics`, on a loopback listener of its own.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Responder};

use super::public::health::unready;
use super::site::Site;
use crate::telemetry::{Live, text};
use crate::words::Moment;

/// The whole URL map of that listener.
pub(crate) fn page(config: &mut ServiceConfig) {
    config.route("/metrics", web::get().to(show));
}

async fn show(site: web::Data<Site>) -> impl Responder {
    let sealed = match site.registry.get().await {
        Ok(snapshot) => snapshot.installation.sealed_through,
        Err(_unready) => None,
    };
    let live = Live {
        version: env!("CARGO_PKG_VERSION"),
        is_ready: unready(&site).await.is_none(),
        sealed_through: sealed.map(|day| Moment::at_end_of(day).unix()),
        database_bytes: site.watch.database_bytes(),
        waiting: site.intake.waiting(),
        connections: site.watch.connections(),
    };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
        .body(text(&site.watch.published(), &live))
}
