//! `/quan-tri/quen-mat-khau`: a link to a new password, sent to the address of an account if there is one.

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use tokio::sync::Semaphore;

use super::desk::{Answer, Fields, Stop};
use super::{again, frame, guard};
use crate::staff;
use crate::text::office::sign_in as words;
use crate::web::site::Site;
use crate::web::view::notice::Tone;
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::web::{body, language};
use crate::words::{Lang, Moment};

/// The page.
pub(super) const PAGE: &str = "/quan-tri/quen-mat-khau";
const EMAIL: &str = "email";
/// Letters that are prepared at a time; who asks meanwhile asks again.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(4));

/// `GET`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let main = form(language::of(&request), site.settings.mail);
    page(&request, &site, &main).await
}

/// `POST`. The answer is the same for every address and comes before anything is looked for.
pub(in crate::web) async fn send(request: HttpRequest, site: web::Data<Site>, payload: web::Payload) -> HttpResponse {
    match ask(&request, &site, payload).await {
        Ok(answer) => answer,
        Err(stop) => guard::stop(&request, &site, stop).await,
    }
}

async fn ask(request: &HttpRequest, site: &web::Data<Site>, payload: web::Payload) -> Answer {
    if !guard::is_same_origin(request, site) {
        return Err(Stop::Foreign);
    }
    let fields = Fields::new(body::fields(request, payload).await.map_err(Stop::Body)?);
    let lang = language::of(request);
    if !site.settings.mail {
        return Ok(page(request, site, &form(lang, false)).await);
    }
    let email: String = fields.get(EMAIL).chars().take(300).collect();
    let site_then = site.clone();
    actix_web::rt::spawn(async move {
        let Ok(_turn) = TURNS.try_acquire() else { return };
        if let Err(error) = staff::forgotten(&guard::office(&site_then, Moment::now()), &email).await {
            tracing::error!(error = format!("{error:#}"), "a letter about a forgotten password was not prepared");
        }
    });
    let main = again::message(Tone::Plain, words::FORGOTTEN.get(lang), vec![words::LINK_SENT.get(lang)], Vec::new());
    Ok(page(request, site, &main).await)
}

fn form(lang: Lang, is_possible: bool) -> Markup {
    let form = OfficeForm {
        action: language::address(PAGE, lang).into(),
        fields: vec![Field::new(EMAIL, words::EMAIL.get(lang), Input::Email)],
        button: words::SEND_LINK.get(lang).into(),
        ..OfficeForm::default()
    };
    html! {
        h1 { (words::FORGOTTEN.get(lang)) }
        @if is_possible { p { (words::FORGOTTEN_LEAD.get(lang)) } (form.render()) }
        @else { p { (words::FORGOTTEN_NO_MAIL.get(lang)) } }
    }
}

async fn page(request: &HttpRequest, site: &Site, main: &Markup) -> HttpResponse {
    let (lang, snapshot) = (language::of(request), site.registry.get().await.ok());
    let title = words::FORGOTTEN.get(lang).into();
    let mut answer = frame::outside(snapshot.as_deref(), lang, title, StatusCode::OK, main, request.path());
    guard::own_referrer(&mut answer);
    answer
}
