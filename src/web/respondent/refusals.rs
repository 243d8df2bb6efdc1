//! Pages that say no: each says what happened and what the person can do.

use actix_web::http::StatusCode;
use actix_web::http::header::ALLOW;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::registry::{CodeLeadsTo, Snapshot};
use crate::telemetry::{Fault, Source, note};
use crate::text::refusal::{self, ErrorPage};
use crate::text::{form as words, refusal as texts};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::site::Site;
use crate::web::view::Link;
use crate::web::view::notice::{Action, Notice, Tone, notice};
use crate::web::view::page::Layout;
use crate::web::watch::fault_of;
use crate::words::{Day, Lang};

/// A page for an address that leads nowhere.
pub(in crate::web) async fn not_found(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let snapshot = site.registry.get().await.ok();
    error(snapshot.as_deref(), language::of(&request), StatusCode::NOT_FOUND, first_page(language::of(&request)))
}

/// A page for a method that the address does not know.
pub(in crate::web) async fn wrong_method(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let snapshot = site.registry.get().await.ok();
    let lang = language::of(&request);
    let mut answer = error(snapshot.as_deref(), lang, StatusCode::METHOD_NOT_ALLOWED, first_page(lang));
    answer.headers_mut().insert(ALLOW, actix_web::http::header::HeaderValue::from_static("GET, HEAD, POST"));
    answer
}

/// A fault: opaque to the reader but for its number, under which its cause stands in the log.
pub(in crate::web) fn fault(lang: Lang, error_chain: &anyhow::Error) -> HttpResponse {
    failed(lang, note(Source::Error, &format!("{error_chain:#}")))
}

/// The page of a fault that has been noted.
pub(in crate::web) fn failed(lang: Lang, fault: Fault) -> HttpResponse {
    let page = refusal::error_page(500);
    let paragraphs = vec![page.body.get(lang).into(), texts::fault_number(lang, &fault.number()).into()];
    let title = page.title.get(lang).into();
    let mut answer = say(None, lang, StatusCode::INTERNAL_SERVER_ERROR, title, paragraphs, vec![first_page(lang)]);
    fault_of(&mut answer, fault);
    answer
}

pub(super) fn first_page(lang: Lang) -> Action {
    Action::Link(Link { label: texts::TO_FIRST_PAGE.get(lang).into(), href: language::address("/", lang).into() })
}

/// The page of a status.
pub(in crate::web) fn error(
    snapshot: Option<&Snapshot>,
    lang: Lang,
    status: StatusCode,
    action: Action,
) -> HttpResponse {
    refuse(snapshot, lang, status, refusal::error_page(status.as_u16()), action)
}

/// A refusal with its title, its paragraph and one way on.
pub(super) fn refuse(
    snapshot: Option<&Snapshot>,
    lang: Lang,
    status: StatusCode,
    page: ErrorPage,
    action: Action,
) -> HttpResponse {
    say(snapshot, lang, status, page.title.get(lang).into(), vec![page.body.get(lang).into()], vec![action])
}

pub(super) fn say(
    snapshot: Option<&Snapshot>,
    lang: Lang,
    status: StatusCode,
    title: crate::web::view::Wording,
    paragraphs: Vec<crate::web::view::Wording>,
    actions: Vec<Action>,
) -> HttpResponse {
    let main = notice(&Notice {
        tone: Tone::Refused,
        title: title.clone(),
        paragraphs,
        receipt: None,
        actions,
        folds: Vec::new(),
    });
    let frame = Frame { lang, title, layout: Layout::Form, path: "", both_languages: false };
    respond(snapshot, frame, status, &main)
}

/// A form that did not come from a page of ours: it can be opened anew.
pub(super) fn open_again(
    snapshot: &Snapshot,
    lang: Lang,
    status: StatusCode,
    page: ErrorPage,
    path: &str,
) -> HttpResponse {
    let href = language::address(path, lang).into();
    let again = Action::Link(Link { label: texts::OPEN_AGAIN.get(lang).into(), href });
    refuse(Some(snapshot), lang, status, page, again)
}

/// A code nobody gave out.
pub(super) fn unknown_code(snapshot: &Snapshot, lang: Lang) -> HttpResponse {
    let page = ErrorPage { title: texts::UNKNOWN_POINT_TITLE, body: words::ERR_NOT_FOUND };
    refuse(Some(snapshot), lang, StatusCode::NOT_FOUND, page, first_page(lang))
}

/// A code that leads to no open point.
pub(super) fn no_longer(
    site: &Site,
    snapshot: &Snapshot,
    lang: Lang,
    leads_to: &CodeLeadsTo<'_>,
    today: Day,
) -> HttpResponse {
    match leads_to {
        CodeLeadsTo::Merged { old, new } => merged(snapshot, lang, &old.name, new, today),
        CodeLeadsTo::Closed { since } => {
            let body = texts::closed_body(lang, Some(*since), &site.settings.base_url);
            let title = texts::CLOSED_TITLE.get(lang).into();
            say(Some(snapshot), lang, StatusCode::GONE, title, vec![body.into()], vec![first_page(lang)])
        }
        CodeLeadsTo::Point(_) => unknown_code(snapshot, lang),
    }
}

fn merged(
    snapshot: &Snapshot,
    lang: Lang,
    old: &str,
    new: &[&crate::store::places::UnitVersion],
    today: Day,
) -> HttpResponse {
    let mut paragraphs = Vec::new();
    let mut actions = Vec::new();
    for unit in new {
        let link = form_of(snapshot, unit.unit, today).unwrap_or_else(|| format!("/don-vi/{}", unit.code));
        let link = language::address(&link, lang);
        paragraphs.push(texts::merged(lang, old, &unit.name, &unit.name).into());
        actions.push(Action::Link(Link { label: unit.name.clone().into(), href: link.into() }));
    }
    say(Some(snapshot), lang, StatusCode::GONE, texts::MERGED_TITLE.get(lang).into(), paragraphs, actions)
}

/// Where a unit can be rated: the form of a point of its own, or of a centre below it.
fn form_of(snapshot: &Snapshot, unit: crate::words::UnitId, today: Day) -> Option<String> {
    let directory = &snapshot.directory;
    let own = directory.points_of(unit, today);
    let below = directory.children(unit, today).into_iter().flat_map(|child| directory.points_of(child.unit, today));
    let point = own.into_iter().chain(below).next()?;
    directory.public_code(point.point.point).map(|code| format!("/q/{code}"))
}
