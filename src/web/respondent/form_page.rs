//! The citizen's form as a page: an edition, what was entered before, and what is wrong with it.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use rand::RngExt;

use super::form::{EDITION_FIELD, KEY_FIELD, LANG_FIELD, keepable};
use super::refusals;
use crate::questionnaire::{Entered, FieldProblem, Item, Rating, Refusal};
use crate::record::{FormKey, OpenedForm};
use crate::registry::{InstalledEdition, OpenPoint, Snapshot};
use crate::text::{form as words, refusal as texts};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::site::Site;
use crate::web::view::form::{CitizenForm, ErrorItem, ErrorSummary, citizen_form};
use crate::web::view::page::Layout;
use crate::web::view::question::{Answer, Choice, Comment, Keys, Line, Look, Question};
use crate::web::view::{Fold, Hidden, Wording};
use crate::words::{Day, EditionNumber, Lang};

/// In which state the form is shown.
pub(super) enum State {
    /// Nothing entered yet.
    Empty,
    /// Some answers need mending. The form keeps its edition and key.
    Errors(Refusal, EditionNumber, String),
    /// The form has a newer version or was opened too long ago.
    Outdated(Entered),
    /// Too many are sending.
    Busy(Entered, EditionNumber, String),
    /// A technical fault, with its number.
    Fault(Entered, EditionNumber, String, String),
}

/// The form of one point.
pub(super) struct FormPage<'a> {
    pub(super) site: &'a Site,
    pub(super) snapshot: &'a Snapshot,
    pub(super) lang: Lang,
    pub(super) code: &'a str,
    pub(super) point: OpenPoint<'a>,
    pub(super) today: Day,
}

impl FormPage<'_> {
    /// The page with its status.
    pub(super) fn respond(&self, status: StatusCode, state: &State) -> HttpResponse {
        let Some((edition, key)) = self.edition_and_key(state) else {
            let error = anyhow::anyhow!("no edition of questionnaire {}", self.point.version.questionnaire);
            return refusals::fault(self.lang, &error);
        };
        let title = words::TITLE.get(self.lang);
        let failed = !matches!(state, State::Empty);
        let title: Wording =
            if failed { format!("{} {title}", words::ERR_TITLE_PREFIX.get(self.lang)).into() } else { title.into() };
        let path = format!("/q/{}", self.code);
        let main = citizen_form(&self.form(&edition, key, state));
        let frame = Frame { lang: self.lang, title, layout: Layout::Form, path: &path, both_languages: !failed };
        keepable(respond(Some(self.snapshot), frame, status, &main))
    }

    /// The edition to show and the key of the form: those it was opened with, or new ones.
    fn edition_and_key(&self, state: &State) -> Option<(Arc<InstalledEdition>, String)> {
        match state {
            State::Errors(_, edition, key) | State::Busy(_, edition, key) | State::Fault(_, edition, key, _) => {
                Some((self.snapshot.editions.get(*edition)?.clone(), key.clone()))
            }
            State::Empty | State::Outdated(_) => {
                let edition = self.snapshot.editions.in_force(&self.point.version.questionnaire, self.today)?.clone();
                let form = OpenedForm {
                    province: self.snapshot.province,
                    point_code: self.code,
                    edition: edition.number,
                    day: self.today,
                };
                let key = FormKey::issue(&self.site.keys, &form, rand::rng().random());
                Some((edition, key.to_string()))
            }
        }
    }

    fn form(&self, edition: &InstalledEdition, key: String, state: &State) -> CitizenForm {
        let lang = self.lang;
        let (entered, refusal) = match state {
            State::Empty => (None, None),
            State::Errors(refusal, ..) => (Some(&refusal.entered), Some(refusal)),
            State::Outdated(entered) | State::Busy(entered, ..) | State::Fault(entered, ..) => (Some(entered), None),
        };
        let notice = match state {
            State::Empty | State::Errors(..) => None,
            State::Outdated(_) => Some(words::ERR_VERSION.get(lang).into()),
            State::Busy(..) => Some(words::ERR_BUSY.get(lang).into()),
            State::Fault(.., number) => {
                let number = texts::fault_number(lang, number);
                Some(format!("{} {number}", words::ERR_UNAVAILABLE.get(lang)).into())
            }
        };
        let hidden = |name: &'static str, value: String| Hidden { name: name.into(), value: value.into() };
        CitizenForm {
            // Sent to the same path under another query: a browser then keeps the form itself, and going back shows it
            // with the same key instead of a new one.
            action: language::address("?gui", lang).into(),
            title: edition.edition.title().get(lang).to_owned().into(),
            place: words::place(lang, &self.point.version.name, &self.point.unit.name).into(),
            wrong_place: Some(words::WRONG_PLACE.get(lang).into()),
            privacy: words::PRIVACY.get(lang).into(),
            voluntary: Some(voluntary(lang)),
            notice,
            errors: refusal.map(|refusal| self.summary(edition, refusal)),
            progress: None,
            lead: Some(edition.edition.lead().get(lang).to_owned().into()),
            hidden: vec![
                hidden(KEY_FIELD, key),
                hidden(EDITION_FIELD, edition.number.to_string()),
                hidden(LANG_FIELD, lang.to_string()),
            ],
            questions: edition
                .edition
                .items()
                .iter()
                .map(|item| {
                    let error = refusal.and_then(|refusal| {
                        let error = refusal.errors.iter().find(|error| error.field == item.code())?;
                        (error.problem != FieldProblem::Nothing).then(|| self.problem(item, error.problem).into())
                    });
                    self.question(item, entered.and_then(|entered| entered.get(item.code())), error)
                })
                .collect(),
            back: None,
            send: words::BUTTON_SEND.get(lang).into(),
        }
    }

    fn summary(&self, edition: &InstalledEdition, refusal: &Refusal) -> ErrorSummary {
        let items: Vec<ErrorItem> = refusal
            .errors
            .iter()
            .map(|error| {
                let item = edition.edition.item(&error.field);
                let text = item.map_or_else(
                    || words::err_level(self.lang, &error.field).into(),
                    |item| self.problem(item, error.problem).into(),
                );
                ErrorItem { anchor: item.map(|item| item.code().to_owned().into()), text }
            })
            .collect();
        let n = u64::try_from(items.len()).unwrap_or(u64::MAX);
        ErrorSummary { title: words::err_summary(self.lang, n).into(), items }
    }

    /// What is wrong with an item, in the words of the person.
    fn problem(&self, item: &Item, problem: FieldProblem) -> String {
        let lang = self.lang;
        let label = item.label().get(lang);
        match problem {
            FieldProblem::Nothing => words::ERR_NOTHING.get(lang).to_owned(),
            FieldProblem::Missing => {
                let na = item.rating().and_then(|rating| rating.not_applicable.as_ref());
                words::missing(lang, label, na.map(|label| label.get(lang)))
            }
            FieldProblem::TwoLevels => words::err_two(lang, label),
            FieldProblem::BadLevel | FieldProblem::UnknownField => words::err_level(lang, label),
            FieldProblem::BadNumber => match item {
                Item::Number(number) if number.code == "minutes" && (number.min, number.max) == (0, 600) => {
                    words::ERR_MINUTES.get(lang).to_owned()
                }
                Item::Number(number) => words::err_number(lang, label, number.min.into(), number.max.into()),
                _ => words::err_level(lang, label),
            },
            FieldProblem::CommentTooLong { over } => {
                let max = if let Item::Comment(comment) = item { comment.max_chars } else { 0 };
                words::err_comment_long(lang, max.into(), u64::try_from(over).unwrap_or(u64::MAX))
            }
        }
    }

    fn question(&self, item: &Item, entered: Option<&str>, error: Option<Wording>) -> Question {
        let lang = self.lang;
        let own = |text: &crate::questionnaire::Localized| -> Wording { text.get(lang).to_owned().into() };
        let entered = entered.map(|value| -> Wording { value.to_owned().into() });
        match item {
            Item::Rating(rating) => Question::Choice(choice(rating, lang, entered, error)),
            Item::Number(number) => Question::Line(Line {
                code: number.code.clone().into(),
                label: own(&number.label),
                optional: Some(words::OPTIONAL.get(lang).into()),
                hint: number.hint.as_ref().map(own),
                unit: number.unit.as_ref().map(own),
                keys: Keys::Digits,
                entered: entered.unwrap_or_default(),
                error,
            }),
            Item::Comment(comment) => Question::Comment(Comment {
                code: comment.code.clone().into(),
                label: own(&comment.label),
                optional: Some(words::OPTIONAL.get(lang).into()),
                warning: comment.warn.as_ref().map(own).unwrap_or_default(),
                not_petition: Some(words::not_petition(lang, self.site.settings.hotline.as_deref()).into()),
                entered: entered.unwrap_or_default(),
                error,
            }),
        }
    }
}

fn choice(rating: &Rating, lang: Lang, entered: Option<Wording>, error: Option<Wording>) -> Choice {
    let own = |text: &crate::questionnaire::Localized| -> Wording { text.get(lang).to_owned().into() };
    Choice {
        code: rating.code.clone().into(),
        legend: own(&rating.label),
        hint: rating.hint.as_ref().map(own),
        look: Look::Scale,
        answers: rating
            .scale
            .levels
            .iter()
            .map(|level| Answer { value: level.level.to_string().into(), label: own(&level.label) })
            .collect(),
        not_applicable: rating.not_applicable.as_ref().map(own),
        entered,
        error,
    }
}

fn voluntary(lang: Lang) -> Fold {
    let text = words::VOLUNTARY.get(lang);
    let (summary, rest) = text.split_once(". ").unwrap_or((text, ""));
    Fold { summary: format!("{}.", summary.trim_end_matches('.')).into(), paragraphs: vec![rest.to_owned().into()] }
}
