//! `/p/{ticket}`: the form of a one-time ticket, and what to say to whoever finds theirs spent.
//!
//! Reading never spends: programs that preview links open them. The ticket stands in the path of its landing page alone;
//! from there it travels in a hidden field.

use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{DEED_FIELD, Sent, TICKET_FIELD, damaged, page, receive};
use super::form_page::{Opening, State};
use super::refusals::{self, first_page};
use crate::collect::tickets::{self, GoodTicket, Presented};
use crate::record::Ticket;
use crate::registry::Snapshot;
use crate::store::tickets::StoredTicket;
use crate::text::refusal as words;
use crate::web::frame::{Frame, respond};
use crate::web::site::Site;
use crate::web::view::notice::{Action, Notice, Tone, notice};
use crate::web::view::page::Layout;
use crate::web::view::{Hidden, Link, Wording};
use crate::web::{body, language};
use crate::words::{Day, Lang, LevelReason, Moment};

/// Open the form of a ticket that gives open feedback alone.
const OPEN: &str = "mo";
/// Ask whether somebody else really spent it.
const ASK: &str = "bao";
/// Note that somebody else spent it.
const CONFIRM: &str = "xac-nhan";

/// A ticket that was presented, and what came of looking it up.
struct Found<'a> {
    request: &'a HttpRequest,
    site: &'a Site,
    snapshot: &'a Snapshot,
    lang: Lang,
    today: Day,
    ticket: Ticket,
    presented: Presented,
}

/// `GET /p/{ticket}`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    with_ticket(&request, &site, Some(&code), language::of(&request), async |found| found.landing()).await
}

/// `POST /p` and `POST /p/{ticket}`.
pub(in crate::web) async fn send(request: HttpRequest, site: web::Data<Site>, payload: web::Payload) -> HttpResponse {
    let (lang, in_path) = (language::of(&request), request.match_info().get("ticket").map(ToOwned::to_owned));
    let fields = match body::fields(&request, payload).await {
        Ok(fields) => fields,
        Err(error) => {
            let opened =
                async |found: Found<'_>| damaged(found.snapshot, lang, &format!("/p/{}", found.ticket.code()), error);
            return with_ticket(&request, &site, in_path.as_deref(), lang, opened).await;
        }
    };
    let mut sent = Sent::read(fields, lang);
    let (lang, code) = (sent.lang, sent.ticket.take().or(in_path));
    with_ticket(&request, &site, code.as_deref(), lang, async |found| found.act(sent).await).await
}

/// Looks the ticket up and goes on with it; an unknown one, or one that was altered, gets its page.
async fn with_ticket<F>(request: &HttpRequest, site: &Site, code: Option<&str>, lang: Lang, then: F) -> HttpResponse
where
    F: AsyncFnOnce(Found<'_>) -> HttpResponse,
{
    let today = Moment::now().day();
    let snapshot = match site.registry.get().await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(lang, &error),
    };
    let ticket = code.and_then(Ticket::parse);
    let presented = match &ticket {
        Some(ticket) => tickets::present(site.db.reader(), snapshot.province, ticket, today).await,
        None => Ok(None),
    };
    match (ticket, presented) {
        (_, Err(error)) => refusals::fault(lang, &error),
        (Some(ticket), Ok(Some(presented))) => {
            // A point that was made a moment ago may not be known to the registry in use.
            let is_known = is_known(&snapshot, &presented, today);
            let snapshot = if is_known { snapshot } else { site.registry.fresh().await.unwrap_or(snapshot) };
            then(Found { request, site, snapshot: &snapshot, lang, today, ticket, presented }).await
        }
        _ => unknown(request, site, &snapshot, lang),
    }
}

fn is_known(snapshot: &Snapshot, presented: &Presented, today: Day) -> bool {
    let (Presented::Good(GoodTicket { ticket, .. }) | Presented::Spent { ticket }) = presented;
    tickets::point_of(snapshot, ticket, today).is_some()
}

impl Found<'_> {
    /// The form; or why there is none, and what can be done.
    fn landing(&self) -> HttpResponse {
        match &self.presented {
            Presented::Spent { ticket } => self.used(ticket),
            Presented::Good(good) => match good.reason {
                LevelReason::Expired => self.lowered(
                    words::TICKET_EXPIRED_TITLE.get(self.lang),
                    words::ticket_expired(self.lang, tickets::last_day(&good.ticket)).into(),
                ),
                LevelReason::Withdrawn => {
                    self.lowered(words::TICKET_VOID_TITLE.get(self.lang), words::TICKET_VOID.get(self.lang).into())
                }
                _ => self.form(good),
            },
        }
    }

    /// What was sent with the ticket: the form, or a wish about the ticket itself.
    async fn act(self, sent: Sent) -> HttpResponse {
        match (sent.deed.as_deref(), &self.presented) {
            (None, Presented::Good(good)) => match self.opening(good) {
                Some(opening) => receive(self.request, self.site, self.snapshot, opening, sent, self.today).await,
                None => self.closed(&good.ticket),
            },
            (Some(OPEN), Presented::Good(good)) => self.form(good),
            // A form that is sent again after it was stored is told apart from one that comes too late by its key.
            (None, Presented::Spent { ticket }) if !sent.is_empty() => self.again(*ticket, sent).await,
            // Asked again it says the same: whoever spent the ticket is not told whether it was disputed.
            (Some(ASK), Presented::Spent { .. }) => self.ask(),
            (Some(CONFIRM), Presented::Spent { ticket }) => self.dispute(ticket).await,
            (_, Presented::Spent { ticket }) => self.used(ticket),
            _ => self.landing(),
        }
    }

    fn opening<'a>(&'a self, good: &'a GoodTicket) -> Option<Opening<'a>> {
        let point = tickets::point_of(self.snapshot, &good.ticket, self.today)?;
        let code = self.snapshot.directory.public_code(point.point.point).unwrap_or_default();
        Some(Opening { point, code, ticket: Some((&self.ticket, good)) })
    }

    fn form(&self, good: &GoodTicket) -> HttpResponse {
        match self.opening(good) {
            Some(opening) => {
                page(self.site, self.snapshot, self.lang, opening, self.today).respond(StatusCode::OK, &State::Empty)
            }
            None => self.closed(&good.ticket),
        }
    }

    /// The same form again, or another one on a spent ticket.
    async fn again(&self, ticket: StoredTicket, sent: Sent) -> HttpResponse {
        let good = tickets::as_sent(ticket, self.today);
        match self.opening(&good) {
            Some(opening) => receive(self.request, self.site, self.snapshot, opening, sent, self.today).await,
            None => self.used(&ticket),
        }
    }

    fn closed(&self, ticket: &StoredTicket) -> HttpResponse {
        let code = self.snapshot.directory.public_code(ticket.point).unwrap_or_default();
        match self.snapshot.directory.follow(code, self.today) {
            Some(leads_to) => refusals::no_longer(self.site, self.snapshot, self.lang, &leads_to, self.today),
            None => refusals::unknown_code(self.snapshot, self.lang),
        }
    }

    fn lowered(&self, title: &'static str, body: Wording) -> HttpResponse {
        let open = self.post(OPEN, words::TICKET_EXPIRED_BUTTON.get(self.lang));
        landed(self.snapshot, self.lang, &self.ticket, title, vec![body], vec![open])
    }

    fn used(&self, ticket: &StoredTicket) -> HttpResponse {
        used(self.snapshot, self.lang, &self.ticket, ticket)
    }

    fn ask(&self) -> HttpResponse {
        let lang = self.lang;
        let back = language::address(&format!("/p/{}", self.ticket.code()), lang).into();
        let actions = vec![
            self.post(CONFIRM, words::DISPUTE_CONFIRM.get(lang)),
            Action::Link(Link { label: words::DISPUTE_CANCEL.get(lang).into(), href: back }),
        ];
        let paragraphs = vec![words::DISPUTE_BODY.get(lang).into()];
        self.about_dispute(Tone::Plain, paragraphs, actions)
    }

    async fn dispute(&self, ticket: &StoredTicket) -> HttpResponse {
        if let Err(error) = tickets::dispute(&self.site.db, self.snapshot.province, &self.ticket, self.today).await {
            return refusals::fault(self.lang, &error);
        }
        let lang = self.lang;
        let paragraphs = vec![words::DISPUTE_DONE.get(lang).into(), words::DISPUTE_ANSWER.get(lang).into()];
        let actions = vec![open_form(self.snapshot, lang, ticket)];
        self.about_dispute(Tone::Done, paragraphs, actions)
    }

    fn about_dispute(&self, tone: Tone, paragraphs: Vec<Wording>, actions: Vec<Action>) -> HttpResponse {
        let title = words::DISPUTE_TITLE.get(self.lang).into();
        let frame = Frame { lang: self.lang, title, layout: Layout::Form, path: "", both_languages: false };
        plain(self.snapshot, frame, StatusCode::OK, tone, paragraphs, actions)
    }

    fn post(&self, deed: &'static str, label: &'static str) -> Action {
        post(&self.ticket, self.lang, deed, label)
    }
}

fn post(ticket: &Ticket, lang: Lang, deed: &'static str, label: &'static str) -> Action {
    let hidden = |name: &'static str, value: String| Hidden { name: name.into(), value: value.into() };
    Action::Post {
        action: language::address("/p", lang).into(),
        hidden: vec![hidden(TICKET_FIELD, ticket.code()), hidden(DEED_FIELD, deed.to_owned())],
        label: label.into(),
    }
}

/// A spent ticket: thanks to whoever spent it, and a way to say “not by me”.
pub(super) fn spent(snapshot: &Snapshot, lang: Lang, opening: &Opening<'_>) -> HttpResponse {
    match opening.ticket {
        Some((ticket, good)) => used(snapshot, lang, ticket, &good.ticket),
        None => refusals::unknown_code(snapshot, lang),
    }
}

fn used(snapshot: &Snapshot, lang: Lang, ticket: &Ticket, stored: &StoredTicket) -> HttpResponse {
    let paragraphs = vec![words::TICKET_USED.get(lang).into(), words::TICKET_USED_MINE.get(lang).into()];
    let actions =
        vec![post(ticket, lang, ASK, words::TICKET_USED_NOT_MINE.get(lang)), open_form(snapshot, lang, stored)];
    landed(snapshot, lang, ticket, words::TICKET_USED_TITLE.get(lang), paragraphs, actions)
}

/// The open form of the point; the first page where every code of it is revoked.
fn open_form(snapshot: &Snapshot, lang: Lang, ticket: &StoredTicket) -> Action {
    match snapshot.directory.public_code(ticket.point) {
        Some(code) => Action::Link(Link {
            label: words::TICKET_OPEN_FORM.get(lang).into(),
            href: language::address(&format!("/q/{code}"), lang).into(),
        }),
        None => first_page(lang),
    }
}

fn unknown(request: &HttpRequest, site: &Site, snapshot: &Snapshot, lang: Lang) -> HttpResponse {
    if site.failures.note(request.peer_addr().map(|address| address.ip())) {
        let mut answer = refusals::error(Some(snapshot), lang, StatusCode::TOO_MANY_REQUESTS, first_page(lang));
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("60"));
        return answer;
    }
    let paragraphs = vec![words::TICKET_UNKNOWN.get(lang).into(), words::TICKET_UNKNOWN_OPEN.get(lang).into()];
    let units = Link {
        label: words::TICKET_UNKNOWN_UNITS.get(lang).into(),
        href: language::address(crate::text::unit_list::PAGE, lang).into(),
    };
    let frame = Frame {
        lang,
        title: words::TICKET_UNKNOWN_TITLE.get(lang).into(),
        layout: Layout::Form,
        path: request.path(),
        both_languages: request.method() == Method::GET,
    };
    plain(snapshot, frame, StatusCode::NOT_FOUND, Tone::Refused, paragraphs, vec![Action::Link(units)])
}

/// Why a ticket opens no form. It stands at the address of the ticket, so it can be had there in the other language.
fn landed(
    snapshot: &Snapshot,
    lang: Lang,
    ticket: &Ticket,
    title: &'static str,
    paragraphs: Vec<Wording>,
    actions: Vec<Action>,
) -> HttpResponse {
    let path = format!("/p/{}", ticket.code());
    let frame = Frame { lang, title: title.into(), layout: Layout::Form, path: &path, both_languages: true };
    plain(snapshot, frame, StatusCode::GONE, Tone::Refused, paragraphs, actions)
}

fn plain(
    snapshot: &Snapshot,
    frame: Frame<'_>,
    status: StatusCode,
    tone: Tone,
    paragraphs: Vec<Wording>,
    actions: Vec<Action>,
) -> HttpResponse {
    let title = frame.title.clone();
    let main = notice(&Notice { tone, title, paragraphs, receipt: None, actions, folds: Vec::new() });
    respond(Some(snapshot), frame, status, &main)
}
