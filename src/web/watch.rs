//! What surrounds every request: it is counted by its pattern, a fault gets its line, a panic ends in a plain page, and
//! while the server stops every connection is closed after its answer.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::ConnectionType;
use actix_web::middleware::Next;
use actix_web::web;
use actix_web::{Error, HttpResponse};

use super::respondent::refusals;
use super::site::Site;
use super::{headers, language};
use crate::telemetry::{Fault, Panicked, Request, Source, guarded, log_request, note};

/// Marks an answer as a fault that has been noted.
pub(super) fn fault_of(answer: &mut HttpResponse, fault: Fault) {
    answer.extensions_mut().insert(fault);
}

/// An answer that says “later” on purpose: no fault, and no line in the log.
#[derive(Debug, Clone, Copy)]
struct OnPurpose;

/// Marks an answer as no fault, whatever its status.
pub(super) fn without_fault(answer: &mut HttpResponse) {
    answer.extensions_mut().insert(OnPurpose);
}

/// The middleware.
pub(crate) async fn watch(
    site: web::Data<Site>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (began, lang) = (Instant::now(), language::of(request.request()));
    let (pattern, method) = (request.match_pattern(), request.method().clone());
    let answered = guarded(async { next.call(request).await }).await;
    let of = |status: u16| Request::new(pattern.as_deref(), method.as_str(), status, began.elapsed());
    match answered {
        Ok(Ok(answer)) => {
            let mut answer = answer.map_into_boxed_body();
            finish(&site, &of(answer.status().as_u16()), answer.response_mut());
            Ok(answer)
        }
        Ok(Err(error)) => {
            finish(&site, &of(error.as_response_error().status_code().as_u16()), &mut HttpResponse::Ok().finish());
            Err(error)
        }
        Err(Panicked(place)) => {
            let place = place.unwrap_or_else(|| "an unknown place".to_owned());
            let mut page = refusals::failed(lang, note(Source::Panic, &format!("panic at {place}")));
            headers::secure(&mut page, site.is_encrypted());
            finish(&site, &of(page.status().as_u16()), &mut page);
            Err(InternalError::from_response("panic", page).into())
        }
    }
}

/// Counts an answer, tells its fault, and closes the connection after it if the server is about to end.
fn finish(site: &Site, request: &Request<'_>, answer: &mut HttpResponse) {
    site.watch.count(request);
    if site.settings.logs_each {
        log_request(request);
    }
    let noted = answer.extensions().get::<Fault>().cloned();
    let is_stopping = site.watch.is_stopping();
    let is_on_purpose = is_stopping || answer.extensions().get::<OnPurpose>().is_some();
    if noted.is_some() || (request.status >= 500 && !is_on_purpose) {
        let fault = noted.unwrap_or_else(|| note(Source::Error, "an answer without a cause"));
        fault.tell(request.pattern, request.method, request.status);
    }
    if is_stopping {
        answer.head_mut().set_connection_type(ConnectionType::Close);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use actix_web::http::StatusCode;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service, read_body, try_call_service};
    use actix_web::{App, HttpResponse, Responder, web};

    use super::*;
    use crate::app::{Data, Prepared, prepare};
    use crate::collect::Intake;
    use crate::config::Settings;
    use crate::publish::Figures;
    use crate::registry::Current;
    use crate::staff::Hasher;
    use crate::store::Opening;
    use crate::telemetry::{IntakeDone, Watch};
    use crate::web::PublicSettings;

    async fn site(folder: &std::path::Path) -> web::Data<Site> {
        let database = format!("sqlite://{}", folder.join("t.db").display());
        let settings = Settings { database, ..Settings::default() };
        let Prepared { db, province, keys } = prepare(&settings, Opening::Create, Data::Real).await.unwrap();
        let (intake, _task) = Intake::start(db.clone(), province, keys.clone());
        web::Data::new(Site {
            settings: PublicSettings {
                base_url: "https://thu.example.vn".to_owned(),
                hotline: None,
                open_data_licence: None,
                live: true,
                mail: false,
                is_doubtful: false,
                logs_each: false,
            },
            registry: Arc::new(Current::load(db.clone(), province).await.unwrap()),
            intake,
            arrivals: Arc::default(),
            watch: Arc::new(Watch::default()),
            keys,
            figures: Figures::default(),
            publications: crate::publications::HeldPublications::default(),
            calendar: crate::reports::Calendar::parse("").unwrap(),
            signals: crate::publish::signals::HeldSignals::default(),
            failures: crate::web::Failures::default(),
            budget: crate::web::Budget::of(0),
            hasher: Hasher::default(),
            exports: crate::export::Jobs::new(crate::export::Folder::of(db.file())),
            db,
        })
    }

    async fn stumble(text: web::Path<String>) -> impl Responder {
        let at = text.len() / 2;
        // Ends in the middle of a letter of two bytes.
        text.as_str()[..at].to_owned()
    }

    #[actix_web::test]
    async fn a_panic_ends_in_a_plain_page_with_its_number_and_the_process_lives() {
        let folder = tempfile::tempdir().unwrap();
        let site = site(folder.path()).await;
        let app = App::new().app_data(site.clone()).wrap(from_fn(watch)).wrap(headers::security(true));
        let app = init_service(
            app.route("/stumble/{text}", web::get().to(stumble)).route("/fine", web::get().to(HttpResponse::Ok)),
        )
        .await;
        for _ in 0..10 {
            let request = TestRequest::get().uri("/stumble/%C4%91").to_request();
            let error = try_call_service(&app, request).await;
            let Err(error) = error else { panic!("the panic is told as an error") };
            let page = error.error_response();
            assert_eq!(page.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert!(page.headers().contains_key("content-security-policy"));
            let text = String::from_utf8(actix_web::body::to_bytes(page.into_body()).await.unwrap().to_vec()).unwrap();
            let number = text.split("mã sự cố ").nth(1).expect("the page shows the number").get(..6).unwrap();
            assert!(number.bytes().all(|digit| digit.is_ascii_digit()), "{number}");
            let answer = try_call_service(&app, TestRequest::get().uri("/fine").to_request()).await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
        }
        let grown = site.watch.publish(IntakeDone::default());
        assert_eq!(grown, [("GET /fine 2xx".to_owned(), 10), ("GET /stumble/{text} 5xx".to_owned(), 10)]);
    }

    #[actix_web::test]
    async fn while_the_server_stops_every_answer_closes_its_connection() {
        let folder = tempfile::tempdir().unwrap();
        let site = site(folder.path()).await;
        let app = App::new().app_data(site.clone()).wrap(from_fn(watch));
        let app = init_service(app.route("/fine", web::get().to(|| async { "ok" }))).await;
        let ask = || try_call_service(&app, TestRequest::get().uri("/fine").to_request());
        let kept = ask().await.unwrap();
        assert!(kept.response().head().keep_alive());
        site.watch.stop();
        let closed = ask().await.unwrap();
        assert!(!closed.response().head().keep_alive());
        assert_eq!(read_body(closed).await, "ok");
    }
}
