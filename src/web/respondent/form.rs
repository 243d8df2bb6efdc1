//! `/q/{code}`: the form of a collection point, and what happens when it is sent.

use std::sync::Arc;

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, LOCATION, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, web};

use super::challenge::{self, ANSWER_FIELD, Held, Reply, SEAL_FIELD};
use super::form_page::{FormPage, Opening, State};
use super::paging::{self, Turn, Turned};
use super::{arrival, refusals, ticket};
use crate::collect::accept::{SentForm, opened, ready};
use crate::collect::opening::opened_at;
use crate::collect::{Outcome, Refusal};
use crate::record::{PublicCode, Receipt};
use crate::registry::{CodeLeadsTo, Snapshot};
use crate::telemetry::{Fault, Source, note};
use crate::text::refusal as texts;
use crate::text::refusal::ErrorPage;
use crate::web::body::{self, BodyError};
use crate::web::language;
use crate::web::site::Site;
use crate::web::watch::{fault_of, without_fault};
use crate::words::{Day, EditionNumber, Lang, Moment};

/// Hidden field of the form key.
pub(super) const KEY_FIELD: &str = "_khoa";
/// Hidden field of the edition.
pub(super) const EDITION_FIELD: &str = "_ban";
/// Hidden field of a one-time ticket.
pub(super) const TICKET_FIELD: &str = "_phieu";
/// Field of the button that says what else is to be done with a ticket.
pub(super) const DEED_FIELD: &str = "_viec";
/// Hidden field of the language.
pub(in crate::web) const LANG_FIELD: &str = "_ngon_ngu";
/// Field of the button that leads to the next part of a long form; its value is the part the person is on.
pub(in crate::web) const NEXT_FIELD: &str = "_tiep";
/// Field of the button that leads back to the part before.
pub(in crate::web) const BACK_FIELD: &str = "_lui";
/// Stands in the field of the form key between the key and the stamp of when the form was opened.
pub(super) const OPENED: char = '.';
/// How long the receipt may be seen after sending.
pub(in crate::web) const RECEIPT_LIVES: Duration = Duration::minutes(10);

/// The registry with a code followed in it; a code the registry in use does not know may have been made a moment ago.
pub(super) async fn snapshot_with(site: &Site, code: &str, today: Day) -> anyhow::Result<Arc<Snapshot>> {
    let snapshot = site.registry.get().await?;
    if snapshot.directory.follow(code, today).is_some() { Ok(snapshot) } else { site.registry.fresh().await }
}

/// The code of an address in its written form.
pub(super) fn read_code(code: &str) -> Option<String> {
    PublicCode::parse(code).map(|code| code.to_string())
}

/// `GET /q/{code}`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    let (lang, today) = (language::of(&request), Moment::now().day());
    let code = read_code(&code).unwrap_or_default();
    let snapshot = match snapshot_with(&site, &code, today).await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(lang, &error),
    };
    match snapshot.directory.follow(&code, today) {
        Some(CodeLeadsTo::Point(point)) => {
            let opening = Opening { point, code: &code, ticket: None };
            page(&site, &snapshot, lang, opening, today).respond(StatusCode::OK, &State::Empty)
        }
        Some(other) => refusals::no_longer(&site, &snapshot, lang, &other, today),
        None => refusals::unknown_code(&snapshot, lang),
    }
}

/// The form of a point, or of a ticket.
pub(super) fn page<'a>(
    site: &'a Site,
    snapshot: &'a Snapshot,
    lang: Lang,
    opening: Opening<'a>,
    today: Day,
) -> FormPage<'a> {
    FormPage { site, snapshot, lang, opening, today, answered: None }
}

/// `POST /q/{code}`.
pub(in crate::web) async fn send(
    request: HttpRequest,
    site: web::Data<Site>,
    code: web::Path<String>,
    payload: web::Payload,
) -> HttpResponse {
    let today = Moment::now().day();
    let code = read_code(&code).unwrap_or_default();
    let snapshot = match snapshot_with(&site, &code, today).await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(language::of(&request), &error),
    };
    let fields = match body::fields(&request, payload).await {
        Ok(fields) => fields,
        Err(error) => return damaged(&snapshot, language::of(&request), &format!("/q/{code}"), error),
    };
    let sent = Sent::read(fields, language::of(&request));
    match snapshot.directory.follow(&code, today) {
        Some(CodeLeadsTo::Point(point)) => {
            let opening = Opening { point, code: &code, ticket: None };
            receive(&request, &site, &snapshot, opening, sent, today).await
        }
        Some(other) => refusals::no_longer(&site, &snapshot, sent.lang, &other, today),
        None => refusals::unknown_code(&snapshot, sent.lang),
    }
}

/// A form that came back from a point or with a ticket: sent, or turned to another part.
pub(super) async fn receive(
    request: &HttpRequest,
    site: &Site,
    snapshot: &Snapshot,
    opening: Opening<'_>,
    sent: Sent,
    today: Day,
) -> HttpResponse {
    if sent.turn.is_some() {
        turn(site, snapshot, opening, sent, today)
    } else {
        store(request, site, snapshot, opening, sent, today).await
    }
}

/// The hidden fields and the answers of a posted form.
pub(super) struct Sent {
    pub(super) lang: Lang,
    /// The ticket, as it was sent.
    pub(super) ticket: Option<String>,
    /// What else is to be done with a ticket.
    pub(super) deed: Option<String>,
    key: String,
    edition: Option<EditionNumber>,
    answers: Vec<(String, String)>,
    /// To the small question of a point with very many forms.
    reply: Reply,
    /// To another part, from the part of this code; `None` = the form is sent.
    turn: Option<(Turn, String)>,
    /// A hidden field we do not know, or one that came twice: not a form of ours.
    foreign: bool,
}

impl Sent {
    /// Whether nothing was sent but the ticket itself.
    pub(super) fn is_empty(&self) -> bool {
        self.key.is_empty() && self.answers.is_empty()
    }

    pub(super) fn read(fields: Vec<(String, String)>, asked: Lang) -> Self {
        let (key, answers) = (String::new(), Vec::new());
        let (edition, turn, reply) = (None, None, Reply::default());
        let mut sent =
            Self { lang: asked, ticket: None, deed: None, key, edition, answers, reply, turn, foreign: false };
        let mut seen = Vec::new();
        for (name, value) in fields {
            if !name.starts_with('_') {
                sent.answers.push((name, value));
                continue;
            }
            sent.foreign |= seen.contains(&name);
            match name.as_str() {
                KEY_FIELD => sent.key = value,
                EDITION_FIELD => sent.edition = value.parse().ok().map(EditionNumber),
                TICKET_FIELD => sent.ticket = Some(value),
                DEED_FIELD => sent.deed = Some(value),
                SEAL_FIELD => sent.reply.seal = value,
                ANSWER_FIELD => sent.reply.answer = value,
                LANG_FIELD => sent.lang = Lang::parse(&value).unwrap_or(asked),
                NEXT_FIELD | BACK_FIELD => {
                    sent.foreign |= sent.turn.is_some();
                    sent.turn = Some((if name == NEXT_FIELD { Turn::Next } else { Turn::Back }, value));
                }
                _ => sent.foreign = true,
            }
            seen.push(name);
        }
        sent
    }

    /// The reply to the small question, if it is right.
    fn right_reply(&self, site: &Site) -> Option<Reply> {
        Some(&self.reply).filter(|reply| reply.is_right(&site.keys, bare(&self.key))).cloned()
    }
}

impl Sent {
    /// Whether it is no form of ours: a field we do not know, or a stamp behind the form key that we did not make.
    fn is_foreign(&self, site: &Site) -> bool {
        let stamp = self.key.split_once(OPENED);
        self.foreign || stamp.is_some_and(|(key, stamp)| opened_at(&site.keys, key, stamp).is_none())
    }
}

/// The form key of its field, without the stamp behind it.
pub(super) fn bare(key: &str) -> &str {
    key.split_once(OPENED).map_or(key, |(key, _)| key)
}

async fn store(
    request: &HttpRequest,
    site: &Site,
    snapshot: &Snapshot,
    opening: Opening<'_>,
    sent: Sent,
    today: Day,
) -> HttpResponse {
    let page = FormPage { answered: sent.right_reply(site), ..page(site, snapshot, sent.lang, opening, today) };
    let form_key =
        || refusals::open_again(snapshot, sent.lang, StatusCode::FORBIDDEN, texts::FORM_KEY, &opening.path());
    let Some(edition) = sent.edition.filter(|_| !sent.is_foreign(site)) else { return form_key() };
    let bound_to = opening.bound_to();
    let form = SentForm { bound_to: &bound_to, key: bare(&sent.key), edition, fields: &sent.answers };
    let presented = (opening.point, opening.ticket.map(|(_, good)| good));
    let stored = match ready(&site.keys, snapshot, presented, &form, today) {
        Ok(ready) => challenge::hand_in(site, snapshot.province, &opening, ready, page.answered.is_some()).await,
        Err(refusal) => Err(Held::Refused(refusal)),
    };
    match stored {
        Ok(outcome) => {
            arrival::notice(request, site, opening.point.point.point, &sent.key, outcome);
            thank(site, sent.lang, &opening.thanks(), outcome)
        }
        Err(Held::Refused(refusal)) => refused(&page, refusal, edition, sent.key),
        Err(Held::Asked(entered)) => {
            page.respond(StatusCode::UNPROCESSABLE_ENTITY, &State::Asked(entered, edition, sent.key, sent.reply))
        }
        Err(Held::Queue(entered)) => {
            let mut answer = later(&page, &State::Busy(entered, edition, sent.key));
            without_fault(&mut answer);
            answer
        }
    }
}

/// Shows another part of a long form with everything entered so far. Nothing is stored.
fn turn(site: &Site, snapshot: &Snapshot, opening: Opening<'_>, sent: Sent, today: Day) -> HttpResponse {
    let page = FormPage { answered: sent.right_reply(site), ..page(site, snapshot, sent.lang, opening, today) };
    let form_key =
        || refusals::open_again(snapshot, sent.lang, StatusCode::FORBIDDEN, texts::FORM_KEY, &opening.path());
    let Some((edition, (to, from))) = sent.edition.filter(|_| !sent.is_foreign(site)).zip(sent.turn) else {
        return form_key();
    };
    let bound_to = opening.bound_to();
    let form = SentForm { bound_to: &bound_to, key: bare(&sent.key), edition, fields: &sent.answers };
    match opened(&site.keys, snapshot, opening.point, &form, today) {
        Ok((_, shown)) => match paging::turn(&shown.edition, to, &from, &sent.answers) {
            Turned::To(part, entered) => {
                page.respond(StatusCode::OK, &State::Part { part, entered, edition, key: sent.key })
            }
            Turned::Faulty(refusal) => refused(&page, Refusal::Answers(refusal), edition, sent.key),
            Turned::NoSuchPart => form_key(),
        },
        Err(refusal) => refused(&page, refusal, edition, sent.key),
    }
}

/// The form again, with what is wrong and with everything that was entered; or a way to open it anew.
fn refused(page: &FormPage<'_>, refusal: Refusal, edition: EditionNumber, key: String) -> HttpResponse {
    let again = |status, error| refusals::open_again(page.snapshot, page.lang, status, error, &page.opening.path());
    match refusal {
        Refusal::FormKey => again(StatusCode::FORBIDDEN, texts::FORM_KEY),
        Refusal::ChangedBody => {
            let error = ErrorPage { title: texts::CHANGED_BODY_TITLE, body: crate::text::form::ERR_CHANGED_BODY };
            again(StatusCode::CONFLICT, error)
        }
        Refusal::TicketSpent => ticket::spent(page.snapshot, page.lang, &page.opening),
        Refusal::Answers(refusal) => {
            page.respond(StatusCode::UNPROCESSABLE_ENTITY, &State::Errors(refusal, edition, key))
        }
        Refusal::Outdated(entered) => page.respond(StatusCode::CONFLICT, &State::Outdated(entered)),
        Refusal::Busy(entered) => {
            let fault = note(Source::Error, "the intake is full");
            let state = State::Busy(entered, edition, key);
            failed(later(page, &state), fault)
        }
        Refusal::Fault(entered, cause) => {
            let fault = note(Source::Error, &format!("a form could not be stored: {cause}"));
            let state = State::Fault(entered, edition, key, fault.number());
            failed(page.respond(StatusCode::SERVICE_UNAVAILABLE, &state), fault)
        }
    }
}

/// The form again, to be sent in a few minutes. A round number: the end of a window would tell when its first form came.
fn later(page: &FormPage<'_>, state: &State) -> HttpResponse {
    let mut answer = page.respond(StatusCode::SERVICE_UNAVAILABLE, state);
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("120"));
    answer
}

fn failed(mut answer: HttpResponse, fault: Fault) -> HttpResponse {
    fault_of(&mut answer, fault);
    answer
}

pub(super) fn damaged(snapshot: &Snapshot, lang: Lang, path: &str, error: BodyError) -> HttpResponse {
    let (status, page) = match error {
        BodyError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, texts::error_page(413)),
        BodyError::Damaged => (StatusCode::BAD_REQUEST, texts::DAMAGED),
    };
    refusals::open_again(snapshot, lang, status, page, path)
}

/// Name of the cookie that carries the receipt across the redirect.
pub(in crate::web) fn receipt_cookie(site: &Site) -> &'static str {
    if site.is_encrypted() { "__Host-bien-nhan" } else { "bien-nhan" }
}

/// 303 to the thank-you page. The receipt crosses in a short-lived cookie and stands in no address.
fn thank(site: &Site, lang: Lang, path: &str, outcome: Outcome) -> HttpResponse {
    let (receipt, again): (Option<Receipt>, bool) = match outcome {
        Outcome::Stored(receipt) => (Some(receipt), false),
        Outcome::Again(receipt) => (Some(receipt), true),
        Outcome::ChangedBody | Outcome::TicketSpent => (None, true),
    };
    let value = format!("{}{}", receipt.map(|r| r.to_string()).unwrap_or_default(), if again { ".2" } else { ".1" });
    let cookie = Cookie::build(receipt_cookie(site), value)
        .path("/")
        .max_age(RECEIPT_LIVES)
        .http_only(true)
        .secure(site.is_encrypted())
        .same_site(SameSite::Lax)
        .finish();
    let mut answer = HttpResponse::SeeOther().insert_header((LOCATION, language::address(path, lang))).finish();
    if answer.add_cookie(&cookie).is_err() {
        tracing::warn!("the receipt cookie could not be set");
    }
    answer
}

/// The form may be kept by the browser itself, so that going back shows the same form with the same key.
pub(super) fn keepable(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    answer
}
