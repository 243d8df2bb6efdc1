//! The citizen's form as a page: an edition, what was entered before, and what is wrong with it.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use rand::RngExt;

use super::asked::{AskedForm, Filled, title};
use super::challenge::{ANSWER_FIELD, Reply, SEAL_FIELD};
use super::form::{EDITION_FIELD, KEY_FIELD, LANG_FIELD, OPENED, TICKET_FIELD, bare, keepable};
use super::paging::{faulty_part, last_part};
use super::refusals;
use crate::collect::opening::open_stamp;
use crate::collect::tickets::{self, GoodTicket};
use crate::questionnaire::{Entered, Refusal};
use crate::record::{FormKey, OpenedForm, Ticket};
use crate::registry::{InstalledEdition, OpenPoint, Snapshot};
use crate::text::{form as words, refusal as texts};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::site::Site;
use crate::web::view::Hidden;
use crate::web::view::form::{CitizenForm, citizen_form};
use crate::web::view::page::Layout;
use crate::words::{Day, EditionNumber, Lang, Moment};

/// In which state the form is shown.
pub(super) enum State {
    /// Nothing entered yet.
    Empty,
    /// A part of a long form, with everything entered so far.
    Part {
        /// Place of the part.
        part: usize,
        /// What was entered.
        entered: Entered,
        /// Edition of the form.
        edition: EditionNumber,
        /// Key of the form, the same on every part.
        key: String,
    },
    /// Some answers need mending. The form keeps its edition and key.
    Errors(Refusal, EditionNumber, String),
    /// The form has a newer version or was opened too long ago.
    Outdated(Entered),
    /// The point has received very many forms: a small question comes first. What was answered to the one before.
    Asked(Entered, EditionNumber, String, Reply),
    /// Too many are sending.
    Busy(Entered, EditionNumber, String),
    /// A technical fault, with its number.
    Fault(Entered, EditionNumber, String, String),
}

/// Where a form is opened: at a point, with a ticket of its own or without.
#[derive(Clone, Copy)]
pub(super) struct Opening<'a> {
    /// The point.
    pub(super) point: OpenPoint<'a>,
    /// The public code of the point; empty where every code of it is revoked and a ticket leads there.
    pub(super) code: &'a str,
    /// The ticket, and what it gives.
    pub(super) ticket: Option<(&'a Ticket, &'a GoodTicket)>,
}

impl Opening<'_> {
    /// The address of the form.
    pub(super) fn path(&self) -> String {
        match self.ticket {
            Some((ticket, _)) => format!("/p/{}", ticket.code()),
            None => format!("/q/{}", self.code),
        }
    }

    /// The address of the page of thanks. No ticket stands in it.
    pub(super) fn thanks(&self) -> String {
        if self.code.is_empty() { "/p/cam-on".to_owned() } else { format!("/q/{}/cam-on", self.code) }
    }

    /// What its form key is bound to.
    pub(super) fn bound_to(&self) -> String {
        self.ticket.map_or_else(|| self.code.to_owned(), |(ticket, _)| tickets::binding(ticket))
    }

    /// Where the form is sent. A ticket moves from the address into the form.
    fn action(&self) -> &'static str {
        // Sent to the same path under another query: a browser then keeps the form itself, and going back shows it with the
        // same key instead of a new one.
        if self.ticket.is_some() { "/p" } else { "?gui" }
    }
}

/// The form of one point.
pub(super) struct FormPage<'a> {
    pub(super) site: &'a Site,
    pub(super) snapshot: &'a Snapshot,
    pub(super) lang: Lang,
    pub(super) opening: Opening<'a>,
    pub(super) today: Day,
    /// What was answered rightly to the small question, so that nobody is asked twice.
    pub(super) answered: Option<Reply>,
}

impl FormPage<'_> {
    /// The page with its status.
    pub(super) fn respond(&self, status: StatusCode, state: &State) -> HttpResponse {
        let Some((edition, key)) = self.edition_and_key(state) else {
            let error = anyhow::anyhow!("no edition of questionnaire {}", self.opening.point.version.questionnaire);
            return refusals::fault(self.lang, &error);
        };
        let form = self.form(&edition, key, state);
        let failed = !matches!(state, State::Empty | State::Part { .. });
        let title = title(self.lang, &form, failed);
        let path = self.opening.path();
        let main = citizen_form(&form);
        // The other language would begin anew, so it is offered before anything is entered only.
        let both_languages = matches!(state, State::Empty);
        let frame = Frame { lang: self.lang, title, layout: Layout::Form, path: &path, both_languages };
        keepable(respond(Some(self.snapshot), frame, status, &main))
    }

    /// The edition to show and the key of the form: those it was opened with, or new ones.
    fn edition_and_key(&self, state: &State) -> Option<(Arc<InstalledEdition>, String)> {
        match state {
            State::Errors(_, edition, key)
            | State::Asked(_, edition, key, _)
            | State::Busy(_, edition, key)
            | State::Fault(_, edition, key, _)
            | State::Part { edition, key, .. } => Some((self.snapshot.editions.get(*edition)?.clone(), key.clone())),
            State::Empty | State::Outdated(_) => {
                let edition =
                    self.snapshot.editions.in_force(&self.opening.point.version.questionnaire, self.today)?.clone();
                let form = OpenedForm {
                    province: self.snapshot.province,
                    bound_to: &self.opening.bound_to(),
                    edition: edition.number,
                    day: self.today,
                };
                let key = FormKey::issue(&self.site.keys, &form, rand::rng().random());
                let key = key.to_string();
                let opened = open_stamp(&self.site.keys, &key, Moment::now());
                Some((edition, format!("{key}{OPENED}{opened}")))
            }
        }
    }

    fn form(&self, edition: &InstalledEdition, key: String, state: &State) -> CitizenForm {
        let lang = self.lang;
        let (entered, refusal) = match state {
            State::Empty => (None, None),
            State::Errors(refusal, ..) => (Some(&refusal.entered), Some(refusal)),
            State::Outdated(entered)
            | State::Asked(entered, ..)
            | State::Busy(entered, ..)
            | State::Fault(entered, ..)
            | State::Part { entered, .. } => (Some(entered), None),
        };
        let part = match state {
            State::Empty | State::Outdated(_) => 0,
            State::Part { part, .. } => *part,
            State::Errors(refusal, ..) => faulty_part(&edition.edition, refusal),
            State::Asked(..) | State::Busy(..) | State::Fault(..) => last_part(&edition.edition),
        };
        let notice = match state {
            State::Empty | State::Part { .. } | State::Errors(..) | State::Asked(..) => None,
            State::Outdated(_) => Some(words::ERR_VERSION.get(lang).into()),
            State::Busy(..) => Some(words::ERR_BUSY.get(lang).into()),
            State::Fault(.., number) => {
                let number = texts::fault_number(lang, number);
                Some(format!("{} {number}", words::ERR_UNAVAILABLE.get(lang)).into())
            }
        };
        let check = match state {
            State::Asked(.., reply) => Some(reply.ask(&self.site.keys, bare(&key), lang)),
            _ => None,
        };
        // A form that is opened anew has another key, and the answer was good for the old one alone.
        let answered = self.answered.as_ref().filter(|_| !matches!(state, State::Empty | State::Outdated(_)));
        let hidden = |name: &'static str, value: String| Hidden { name: name.into(), value: value.into() };
        let asked = AskedForm {
            lang,
            edition: &edition.edition,
            place: words::place(lang, &self.opening.point.version.name, &self.opening.point.unit.name).into(),
            hotline: self.site.settings.hotline.as_deref(),
        };
        asked.shown(
            language::address(self.opening.action(), lang).into(),
            [
                Some(hidden(KEY_FIELD, key)),
                Some(hidden(EDITION_FIELD, edition.number.to_string())),
                Some(hidden(LANG_FIELD, lang.to_string())),
                self.opening.ticket.map(|(ticket, _)| hidden(TICKET_FIELD, ticket.code())),
                answered.map(|reply| hidden(SEAL_FIELD, reply.seal.clone())),
                answered.map(|reply| hidden(ANSWER_FIELD, reply.answer.clone())),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Filled { part, entered, refusal, notice, check },
        )
    }
}
