//! Who is let in, and to what. Every route of the office goes through here: session, right and scope, same origin, form
//! token, and where it is asked for a one-time code.

use std::collections::HashMap;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue, LOCATION, ORIGIN, REFERRER_POLICY};
use actix_web::{HttpRequest, HttpResponse, web};

use super::desk::{Desk, Fields, Stop};
use super::route::{Needs, Verb};
use super::{again, upload};
use crate::staff::{self, Office, Signed, StepUp, Token};
use crate::text::office as words;
use crate::web::respondent::refusals;
use crate::web::site::Site;
use crate::web::{body, language};
use crate::words::{Moment, Scope};

/// Name of the field that carries the form token.
pub(super) const TOKEN_FIELD: &str = "ma_bieu_mau";
/// Name of the field that carries a one-time code asked for again.
pub(super) const CODE_FIELD: &str = "ma_xac_thuc";
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets a person in, or says why not.
pub(super) async fn admit(
    request: HttpRequest,
    site: web::Data<Site>,
    payload: web::Payload,
    verb: Verb,
    needs: Needs,
) -> Result<Desk, Stop> {
    let now = Moment::now();
    if verb != Verb::Get && !is_same_origin(&request, &site) {
        return Err(Stop::Foreign);
    }
    let signed = signed_in(&request, &site, now).await?.ok_or(Stop::SignedOut)?;
    let snapshot = site.registry.fresh().await?;
    let root = snapshot.directory.root(now.day()).map(|root| root.unit);
    let scope = Scope::of(&signed.grants, needs.right, root).ok_or(Stop::Forbidden)?;
    let token = staff::form_token(&site.keys, &signed.session);
    let mut desk = Desk::new(request.clone(), site.clone(), snapshot, now, signed, scope, token);
    match verb {
        Verb::Get => {}
        Verb::Post => desk.fields = Fields::new(body::fields(&request, payload).await.map_err(Stop::Body)?),
        Verb::PostFile => (desk.fields, desk.file) = upload::read(&request, payload).await?,
    }
    if verb != Verb::Get && !is_equal(desk.fields.get(TOKEN_FIELD), desk.token()) {
        return Err(Stop::Foreign);
    }
    if needs.step_up && !desk.signed.is_confirmed(now) {
        confirm(&desk, &site).await?;
    }
    desk.fields.remove(CODE_FIELD);
    Ok(desk)
}

/// Asks for a one-time code again, with everything that was sent kept in the page that asks.
async fn confirm(desk: &Desk, site: &Site) -> Result<(), Stop> {
    let entered = desk.fields.get(CODE_FIELD);
    let wrong = if entered.is_empty() {
        None
    } else {
        match staff::step_up(&office(site, desk.now), &desk.signed, entered).await? {
            StepUp::Done => return Ok(()),
            StepUp::Wrong => Some(words::CODE_WRONG.get(desk.lang).to_owned()),
            StepUp::Wait(seconds) => Some(words::wait(desk.lang, seconds)),
        }
    };
    Err(Stop::Answer(Box::new(again::page(desk, wrong))))
}

/// What the acts of the room `staff` need.
pub(super) fn office(site: &Site, now: Moment) -> Office<'_> {
    let letters = site.settings.mail.then_some(site.settings.base_url.as_str());
    Office { db: &site.db, province: site.registry.province(), keys: &site.keys, now, letters }
}

/// Name of the session's cookie.
pub(super) fn cookie_name(site: &Site) -> &'static str {
    if site.is_encrypted() { "__Host-phien" } else { "phien" }
}

/// The token in the cookie of a request.
pub(super) fn token_of(request: &HttpRequest, site: &Site) -> Option<Token> {
    request.cookie(cookie_name(site)).and_then(|cookie| Token::parse(cookie.value()))
}

/// Who has signed in.
pub(super) async fn signed_in(request: &HttpRequest, site: &Site, now: Moment) -> anyhow::Result<Option<Signed>> {
    match token_of(request, site) {
        Some(token) => staff::resume(&office(site, now), &token).await,
        None => Ok(None),
    }
}

/// The cookie of a session: for this host alone, out of reach of scripts, gone with the browser; an empty one removes it.
pub(super) fn cookie(site: &Site, token: Option<&Token>) -> Cookie<'static> {
    let value = token.map(ToString::to_string).unwrap_or_default();
    let mut cookie = Cookie::build(cookie_name(site), value)
        .path("/")
        .http_only(true)
        .secure(site.is_encrypted())
        .same_site(SameSite::Lax)
        .finish();
    if token.is_none() {
        cookie.make_removal();
    }
    cookie
}

/// Whether a form was sent by a page of ours. Browsers say so themselves: in `Sec-Fetch-Site` over encrypted connections,
/// otherwise in `Origin`. Who says neither is not believed.
pub(super) fn is_same_origin(request: &HttpRequest, site: &Site) -> bool {
    let header = |name: &HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    match (header(&SEC_FETCH_SITE), header(&ORIGIN)) {
        (Some(fetch), _) => fetch == "same-origin",
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin == site.settings.base_url || host.is_some_and(|host| host == request.connection_info().host())
        }
        (None, None) => false,
    }
}

/// Compares in the same time whatever differs.
fn is_equal(one: &str, other: &str) -> bool {
    let difference = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && difference == 0
}

/// The answer to who is not let in, or whose page ends early. Pages of the office name themselves as origin of their forms.
pub(super) async fn stop(request: &HttpRequest, site: &Site, stop: Stop) -> HttpResponse {
    let lang = language::of(request);
    let snapshot = site.registry.get().await.ok();
    let snapshot = snapshot.as_deref();
    let mut answer = match stop {
        Stop::Answer(answer) => *answer,
        Stop::Fault(error) => refusals::fault(lang, &error),
        Stop::SignedOut if request.method().is_safe() => {
            let next = next_of(request.path());
            let to = language::address(&format!("{}{next}", words::SIGN_IN_PAGE), lang);
            HttpResponse::SeeOther().insert_header((LOCATION, to)).finish()
        }
        Stop::SignedOut => {
            again::say(snapshot, lang, StatusCode::UNAUTHORIZED, words::SESSION_ENDED, words::SESSION_END)
        }
        Stop::Forbidden => again::say(snapshot, lang, StatusCode::FORBIDDEN, words::FORBIDDEN_TITLE, words::FORBIDDEN),
        Stop::Foreign => again::say(snapshot, lang, StatusCode::FORBIDDEN, words::FOREIGN_TITLE, words::FOREIGN),
        Stop::NotFound => again::say(snapshot, lang, StatusCode::NOT_FOUND, words::NOT_FOUND_TITLE, words::NOT_FOUND),
        Stop::Body(body::BodyError::TooLarge) => {
            again::say(snapshot, lang, StatusCode::PAYLOAD_TOO_LARGE, words::TOO_LARGE_TITLE, words::TOO_LARGE)
        }
        Stop::Body(body::BodyError::Damaged) => {
            again::say(snapshot, lang, StatusCode::BAD_REQUEST, words::FOREIGN_TITLE, words::DAMAGED)
        }
    };
    own_referrer(&mut answer);
    answer
}

/// The part of an address that brings a person back after signing in.
fn next_of(path: &str) -> String {
    if path == words::OFFICE_PAGE { String::new() } else { format!("?tiep={}", percent(path)) }
}

fn percent(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Where to go after signing in: a page of the office, or its first page.
pub(super) fn next_page(query: &str) -> String {
    let asked = web::Query::<HashMap<String, String>>::from_query(query).ok();
    let asked = asked.and_then(|query| query.get("tiep").cloned()).unwrap_or_default();
    let is_ours = asked == words::OFFICE_PAGE || asked.starts_with("/quan-tri/");
    let is_plain = asked.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.".contains(c)) && !asked.contains("//");
    if is_ours && is_plain && !asked.starts_with(words::SIGN_IN_PAGE) { asked } else { words::OFFICE_PAGE.to_owned() }
}

/// Without a referrer browsers would not say where a form comes from. It is told to ourselves alone.
pub(super) fn own_referrer(answer: &mut HttpResponse) {
    answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_pages_of_the_office_alone() {
        assert_eq!(next_page("tiep=%2Fquan-tri%2Fdon-vi"), "/quan-tri/don-vi");
        for foreign in [
            "",
            "tiep=https://x.vn",
            "tiep=//x.vn",
            "tiep=/quan-tri//x.vn",
            "tiep=/",
            "tiep=/quan-tri/a%0d%0ab",
            "tiep=/quan-tri-x",
        ] {
            assert_eq!(next_page(foreign), "/quan-tri", "{foreign}");
        }
        assert_eq!(next_of("/quan-tri/diem"), "?tiep=%2Fquan%2Dtri%2Fdiem");
    }

    #[test]
    fn tokens_are_compared_whole() {
        assert!(is_equal("abc", "abc") && !is_equal("abc", "abd") && !is_equal("abc", "abcd") && !is_equal("", "a"));
    }
}
