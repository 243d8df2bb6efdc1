//! `/quan-tri/dang-nhap`, `/quan-tri/dang-xuat`, `/quan-tri/quen-mat-khau`.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::desk::{Answer, Desk, Fields, Stop};
use super::{frame, guard};
use crate::staff::{self, SignIn, SignInRefusal};
use crate::text::form::ERR_TITLE_PREFIX;
use crate::text::office::{self as common, sign_in as words};
use crate::web::site::Site;
use crate::web::view::Wording;
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::web::{body, language};
use crate::words::{Lang, Moment};

const EMAIL: &str = "email";
const PASSWORD: &str = "mat_khau";
const CODE: &str = "ma";

/// `GET /quan-tri/dang-nhap`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    let main = form(&request, lang, "", None);
    page(&request, &site, StatusCode::OK, words::TITLE.get(lang).into(), &main).await
}

/// `POST /quan-tri/dang-nhap`.
pub(in crate::web) async fn send(request: HttpRequest, site: web::Data<Site>, payload: web::Payload) -> HttpResponse {
    match enter(&request, &site, payload).await {
        Ok(answer) => answer,
        Err(stop) => guard::stop(&request, &site, stop).await,
    }
}

async fn enter(request: &HttpRequest, site: &web::Data<Site>, payload: web::Payload) -> Answer {
    let lang = language::of(request);
    if !guard::is_same_origin(request, site) {
        return Err(Stop::Foreign);
    }
    let fields = Fields::new(body::fields(request, payload).await.map_err(Stop::Body)?);
    let entered = SignIn { email: fields.get(EMAIL), password: fields.raw(PASSWORD), code: fields.get(CODE) };
    let office = guard::office(site, Moment::now());
    let earlier = guard::token_of(request, site);
    let (status, problem) = match staff::sign_in(&office, &site.hasher, entered, earlier.as_ref()).await? {
        Ok(opened) => {
            let to = language::address(&guard::next_page(request.query_string()), lang);
            let mut answer = HttpResponse::SeeOther().insert_header((LOCATION, to)).finish();
            answer.add_cookie(&guard::cookie(site, Some(&opened.token)))?;
            return Ok(answer);
        }
        Err(SignInRefusal::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, words::WRONG.get(lang).into()),
        Err(SignInRefusal::Wait(seconds)) => (StatusCode::TOO_MANY_REQUESTS, common::wait(lang, seconds).into()),
        Err(SignInRefusal::Busy) => (StatusCode::SERVICE_UNAVAILABLE, words::BUSY.get(lang).into()),
    };
    let title = format!("{} {}", ERR_TITLE_PREFIX.get(lang), words::TITLE.get(lang));
    let main = form(request, lang, fields.get(EMAIL), Some(problem));
    Ok(page(request, site, status, title.into(), &main).await)
}

fn form(request: &HttpRequest, lang: Lang, email: &str, problem: Option<Wording>) -> Markup {
    let next = guard::next_page(request.query_string());
    let query = if next == common::OFFICE_PAGE { String::new() } else { format!("?tiep={next}") };
    let form = OfficeForm {
        action: language::address(&format!("{}{query}", common::SIGN_IN_PAGE), lang).into(),
        fields: vec![
            Field::new(EMAIL, words::EMAIL.get(lang), Input::Email).value(email.to_owned()),
            Field::new(PASSWORD, words::PASSWORD.get(lang), Input::Password),
            Field::new(CODE, common::CODE.get(lang), Input::Code).hint(common::CODE_HINT.get(lang)),
        ],
        button: words::TITLE.get(lang).into(),
        errors: words::NOT_IN.get(lang).into(),
        problems: problem.into_iter().collect(),
        ..OfficeForm::default()
    };
    html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        (form.render())
        p { a href=(language::address("/quan-tri/quen-mat-khau", lang)) { (words::FORGOTTEN.get(lang)) } }
    }
}

async fn page(request: &HttpRequest, site: &Site, status: StatusCode, title: Wording, main: &Markup) -> HttpResponse {
    let snapshot = site.registry.get().await.ok();
    let mut answer = frame::outside(snapshot.as_deref(), language::of(request), title, status, main, request.path());
    guard::own_referrer(&mut answer);
    answer
}

/// `POST /quan-tri/dang-xuat`.
pub(super) async fn out(desk: Desk) -> Answer {
    let hash = desk.signed.session.hash;
    staff::end(&desk.office(), &desk.signed, &hash).await?;
    let to = language::address(common::SIGN_IN_PAGE, desk.lang);
    let mut answer = HttpResponse::SeeOther().insert_header((LOCATION, to)).finish();
    answer.add_cookie(&guard::cookie(desk.site(), None))?;
    Ok(answer)
}
