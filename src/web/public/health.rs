//! `/healthz` and `/readyz`: for operation.

use std::time::Duration;

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpResponse, web};
use anyhow::Context;

use crate::store::condition;
use crate::telemetry::{Source, note};
use crate::web::site::Site;
use crate::web::watch::fault_of;

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process answers.
pub(in crate::web) async fn alive() -> HttpResponse {
    plain(HttpResponse::Ok(), "ok\n")
}

/// Whether forms can be taken and pages shown.
pub(in crate::web) async fn ready(site: web::Data<Site>) -> HttpResponse {
    match unready(&site).await {
        None => plain(HttpResponse::Ok(), "ready\n"),
        Some((word, cause)) => {
            let mut answer = plain(HttpResponse::ServiceUnavailable(), word);
            // That a server which stops is not ready is no fault.
            if let Some(cause) = cause {
                fault_of(&mut answer, note(Source::Error, &cause));
            }
            answer
        }
    }
}

/// Why the server is not ready: a word for whoever asks, and the cause for the log.
pub(in crate::web) async fn unready(site: &Site) -> Option<(&'static str, Option<String>)> {
    if site.watch.is_stopping() {
        return Some(("stopping\n", None));
    }
    if !site.intake.takes() {
        return Some(("the intake takes no forms\n", Some("the intake takes no forms".to_owned())));
    }
    match tokio::time::timeout(PATIENCE, look(site)).await {
        Ok(Ok(true)) => None,
        Ok(Ok(false)) => {
            let word = "the schema of the database is not that of the program\n";
            Some((word, Some(word.trim_end().to_owned())))
        }
        Ok(Err(error)) => Some(("the database does not answer\n", Some(format!("{error:#}")))),
        Err(_late) => {
            let cause = format!("the database did not answer within {} seconds", PATIENCE.as_secs());
            Some(("the database does not answer\n", Some(cause)))
        }
    }
}

async fn look(site: &Site) -> anyhow::Result<bool> {
    site.registry.fresh().await?;
    condition::is_current(site.db.reader()).await.context("while asking for the schema")
}

fn plain(mut answer: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    answer.insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(text)
}
