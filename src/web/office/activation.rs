//! `/quan-tri/kich-hoat/{lien-ket}`: a one-time link opens an account, or sets a new password.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, PreEscaped, html};

use super::desk::{Answer, Fields, Stop};
use super::{again, frame, guard};
use crate::publish::qr;
use crate::staff::{self, ActivationRefusal as Refusal, Choice, FoundLink, Token, Weakness};
use crate::store::sessions::LinkKind;
use crate::text::form::ERR_TITLE_PREFIX;
use crate::text::office::{self as common, sign_in as words};
use crate::text::{Say, site as site_words};
use crate::web::site::Site;
use crate::web::view::notice::{Action, Tone};
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::web::view::{Link, Wording};
use crate::web::{body, language};
use crate::words::{Lang, Moment};

const EMAIL: &str = "email";
const NAME: &str = "ho_ten";
const PASSWORD: &str = "mat_khau";
const AGAIN: &str = "mat_khau_lai";
const CODE: &str = "ma";

/// `GET`: nothing is written, so that programs which look at links before people do use none up.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>, link: web::Path<String>) -> HttpResponse {
    match open(&request, &site, &link).await {
        Ok(answer) => answer,
        Err(stop) => without_referrer(guard::stop(&request, &site, stop).await),
    }
}

async fn open(request: &HttpRequest, site: &web::Data<Site>, link: &str) -> Answer {
    let Some((_, found)) = find(site, link).await? else { return void(request, site).await };
    let main = form(request, site, &found, &Fields::default(), &[])?;
    page(request, site, StatusCode::OK, title(&found).get(language::of(request)).into(), &main).await
}

/// `POST`.
pub(in crate::web) async fn send(
    request: HttpRequest,
    site: web::Data<Site>,
    link: web::Path<String>,
    payload: web::Payload,
) -> HttpResponse {
    match choose(&request, &site, &link, payload).await {
        Ok(answer) => answer,
        Err(stop) => without_referrer(guard::stop(&request, &site, stop).await),
    }
}

async fn choose(request: &HttpRequest, site: &web::Data<Site>, link: &str, payload: web::Payload) -> Answer {
    let lang = language::of(request);
    // The link itself proves where the form comes from; a browser that knows better is believed.
    if request.headers().contains_key("sec-fetch-site") && !guard::is_same_origin(request, site) {
        return Err(Stop::Foreign);
    }
    let Some((token, found)) = find(site, link).await? else { return void(request, site).await };
    let fields = Fields::new(body::fields(request, payload).await.map_err(Stop::Body)?);
    let choice = Choice {
        email: fields.get(EMAIL),
        name: fields.get(NAME),
        password: fields.raw(PASSWORD),
        again: fields.raw(AGAIN),
        code: fields.get(CODE),
    };
    let office = guard::office(site, Moment::now());
    let refused = if found.kind == LinkKind::Password {
        match staff::choose_password(&office, &site.hasher, &token, choice).await? {
            Ok(_person) => return password_done(request, site).await,
            Err(refused) => refused,
        }
    } else {
        match staff::activate(&office, &site.hasher, &token, choice).await? {
            Ok((opened, codes)) => {
                let main = activated(lang, &codes);
                let title = words::ACTIVATED_TITLE.get(lang).into();
                let mut answer = page(request, site, StatusCode::OK, title, &main).await?;
                answer.add_cookie(&guard::cookie(site, Some(&opened.token)))?;
                return Ok(answer);
            }
            Err(refused) => refused,
        }
    };
    if refused.contains(&Refusal::Link) {
        return void(request, site).await;
    }
    let title = format!("{} {}", ERR_TITLE_PREFIX.get(lang), title(&found).get(lang));
    let main = form(request, site, &found, &fields, &refused)?;
    page(request, site, StatusCode::UNPROCESSABLE_ENTITY, title.into(), &main).await
}

async fn find(site: &Site, link: &str) -> anyhow::Result<Option<(Token, FoundLink)>> {
    let Some(token) = Token::parse(link) else { return Ok(None) };
    let found = staff::look_at_link(&guard::office(site, Moment::now()), &token).await?;
    Ok(found.map(|found| (token, found)))
}

fn title(found: &FoundLink) -> Say {
    if found.kind == LinkKind::Password { words::PASSWORD_TITLE } else { words::ACTIVATE_TITLE }
}

/// What is said of a refusal, and at which field.
fn told(refusal: Refusal) -> (Option<&'static str>, Say) {
    match refusal {
        Refusal::Link => (None, words::LINK_BAD),
        Refusal::Busy => (None, words::BUSY),
        Refusal::Email => (Some(EMAIL), words::BAD_EMAIL),
        Refusal::EmailTaken => (Some(EMAIL), words::EMAIL_TAKEN),
        Refusal::Name => (Some(NAME), words::BAD_NAME),
        Refusal::Password(Weakness::Short) => (Some(PASSWORD), words::SHORT),
        Refusal::Password(Weakness::Long) => (Some(PASSWORD), words::LONG),
        Refusal::Password(Weakness::Common) => (Some(PASSWORD), words::COMMON),
        Refusal::Password(Weakness::Own) => (Some(PASSWORD), words::OWN),
        Refusal::Again => (Some(AGAIN), words::DIFFERENT),
        Refusal::Code => (Some(CODE), common::CODE_WRONG),
    }
}

fn form(
    request: &HttpRequest,
    site: &Site,
    found: &FoundLink,
    entered: &Fields,
    refused: &[Refusal],
) -> anyhow::Result<Markup> {
    let lang = language::of(request);
    let told: Vec<_> = refused.iter().map(|refusal| told(*refusal)).collect();
    let error = |name: &str| -> Option<Wording> {
        told.iter().find(|(at, _)| *at == Some(name)).map(|(_, say)| say.get(lang).into())
    };
    let field = |name: &'static str, label: Say, input| Field::new(name, label.get(lang), input).error(error(name));
    let mut fields = Vec::new();
    if found.person.is_none() {
        fields.push(field(EMAIL, words::EMAIL, Input::Email).value(entered.get(EMAIL).to_owned()));
        fields.push(field(NAME, words::NAME, Input::Text).value(entered.get(NAME).to_owned()));
    }
    let hint = words::NEW_PASSWORD_HINT.get(lang);
    fields.push(field(PASSWORD, words::NEW_PASSWORD, Input::NewPassword).hint(hint));
    fields.push(field(AGAIN, words::AGAIN, Input::NewPassword));
    fields.push(field(CODE, common::CODE, Input::Code));
    let form = OfficeForm {
        action: language::address(request.path(), lang).into(),
        fields,
        button: if found.kind == LinkKind::Password { common::SAVE } else { words::ACTIVATE_BUTTON }.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        problems: told.iter().filter(|(at, _)| at.is_none()).map(|(_, say)| say.get(lang).into()).collect(),
        ..OfficeForm::default()
    };
    let codes = if found.kind == LinkKind::Password { None } else { Some(authenticator(site, lang, found)?) };
    Ok(html! {
        h1 { (title(found).get(lang)) }
        @match &found.person {
            Some(person) => p { (words::activate_for(lang, person.name.as_str(), person.email.as_str())) },
            None => p { (words::ACTIVATE_FIRST.get(lang)) },
        }
        @if let Some(codes) = codes { (codes) }
        (form.render())
    })
}

/// The picture an authenticator scans. It is the same as often as the page is opened.
fn authenticator(site: &Site, lang: Lang, found: &FoundLink) -> anyhow::Result<Markup> {
    let province = site.registry.province();
    let account = found.person.as_ref().map_or("quan-tri", |person| person.email.as_str());
    let issuer = site_words::PRODUCT.get(lang);
    let address = staff::setup_address(&site.keys, province, &found.seed, issuer, account);
    let key = staff::secret_base32(&site.keys, province, &found.seed);
    let groups: Vec<String> = key.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    // The drawing comes from our own QR writer and holds numbers alone.
    let drawn = PreEscaped(qr::svg(&address)?);
    Ok(html! {
        h2 { (words::CODES_TITLE.get(lang)) }
        p { (words::CODES_LEAD.get(lang)) }
        p { a href=(address) { (words::CODES_HERE.get(lang)) } }
        div.code-picture role="img" aria-label=(words::CODES_QR.get(lang)) { (drawn) }
        p { (words::CODES_TYPED.get(lang)) " " code.key { (groups.join(" ")) } }
    })
}

fn activated(lang: Lang, codes: &[String]) -> Markup {
    html! {
        h1 { (words::ACTIVATED_TITLE.get(lang)) }
        (recovery(lang, codes))
        p { a.button href=(language::address(common::OFFICE_PAGE, lang)) { (words::TO_OFFICE.get(lang)) } }
    }
}

/// Recovery codes, shown once.
pub(super) fn recovery(lang: Lang, codes: &[String]) -> Markup {
    html! {
        h2 { (words::RECOVERY_TITLE.get(lang)) }
        p { (words::RECOVERY_LEAD.get(lang)) }
        ol.recovery { @for code in codes { li { code { (code) } } } }
    }
}

async fn password_done(request: &HttpRequest, site: &Site) -> Answer {
    let lang = language::of(request);
    let sign_in =
        Link { label: words::TITLE.get(lang).into(), href: language::address(common::SIGN_IN_PAGE, lang).into() };
    let title = words::PASSWORD_TITLE.get(lang);
    let main = again::message(Tone::Done, title, vec![words::PASSWORD_DONE.get(lang)], vec![Action::Link(sign_in)]);
    page(request, site, StatusCode::OK, title.into(), &main).await
}

/// The same for a link that was used, is void, or never was one.
async fn void(request: &HttpRequest, site: &Site) -> Answer {
    let lang = language::of(request);
    let title = words::LINK_BAD_TITLE.get(lang);
    let office =
        Link { label: words::TO_OFFICE.get(lang).into(), href: language::address(common::OFFICE_PAGE, lang).into() };
    let main = again::message(Tone::Refused, title, vec![words::LINK_BAD.get(lang)], vec![Action::Link(office)]);
    page(request, site, StatusCode::GONE, title.into(), &main).await
}

async fn page(request: &HttpRequest, site: &Site, status: StatusCode, title: Wording, main: &Markup) -> Answer {
    let snapshot = site.registry.get().await?;
    let lang = language::of(request);
    Ok(without_referrer(frame::outside(Some(&snapshot), lang, title, status, main, request.path())))
}

/// The link stands in the address: it is told to nobody, not even to ourselves.
fn without_referrer(mut answer: HttpResponse) -> HttpResponse {
    use actix_web::http::header::{HeaderValue, REFERRER_POLICY};
    answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}
