//! The citizen's form as a page: an edition, what was entered before, and what is wrong with it.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use rand::RngExt;

use super::form::{EDITION_FIELD, KEY_FIELD, LANG_FIELD, keepable};
use super::paging::{Part, faulty_part, last_part};
use super::refusals;
use crate::questionnaire::{self, Edition, Entered, FieldProblem, Item, Rating, Refusal};
use crate::record::{FormKey, OpenedForm};
use crate::registry::{InstalledEdition, OpenPoint, Snapshot};
use crate::text::{Say, form as words, refusal as texts};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::site::Site;
use crate::web::view::form::{CitizenForm, ErrorItem, ErrorSummary, citizen_form};
use crate::web::view::page::Layout;
use crate::web::view::question::{Answer, Choice, Comment, Keys, Line, Look, Question};
use crate::web::view::{Fold, Hidden, Wording};
use crate::words::{Day, EditionNumber, Lang};

/// A form of at most this many questions takes the quarter of a minute that its words promise.
const SHORT: usize = 6;

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
        let form = self.form(&edition, key, state);
        let title = match &form.progress {
            Some(progress) => format!("{} · {}", progress.label, form.title),
            None => words::TITLE.get(self.lang).to_owned(),
        };
        let failed = !matches!(state, State::Empty | State::Part { .. });
        let title: Wording =
            if failed { format!("{} {title}", words::ERR_TITLE_PREFIX.get(self.lang)).into() } else { title.into() };
        let path = format!("/q/{}", self.code);
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
            | State::Busy(_, edition, key)
            | State::Fault(_, edition, key, _)
            | State::Part { edition, key, .. } => Some((self.snapshot.editions.get(*edition)?.clone(), key.clone())),
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
            State::Outdated(entered)
            | State::Busy(entered, ..)
            | State::Fault(entered, ..)
            | State::Part { entered, .. } => (Some(entered), None),
        };
        let part = match state {
            State::Empty | State::Outdated(_) => 0,
            State::Part { part, .. } => *part,
            State::Errors(refusal, ..) => faulty_part(&edition.edition, refusal),
            State::Busy(..) | State::Fault(..) => last_part(&edition.edition),
        };
        let part = Part::new(&edition.edition, part, entered);
        let notice = match state {
            State::Empty | State::Part { .. } | State::Errors(..) => None,
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
            wrong_place: wrong_place(&edition.edition).filter(|_| part.is_first()).map(|words| words.get(lang).into()),
            privacy: part.is_first().then(|| words::PRIVACY.get(lang).into()),
            voluntary: part.is_first().then(|| voluntary(&edition.edition, lang)),
            notice,
            errors: refusal.map(|refusal| self.summary(edition, &part, refusal)),
            progress: part.progress(lang),
            lead: part.lead(lang),
            hidden: [
                hidden(KEY_FIELD, key),
                hidden(EDITION_FIELD, edition.number.to_string()),
                hidden(LANG_FIELD, lang.to_string()),
            ]
            .into_iter()
            .chain(part.carried(entered))
            .collect(),
            questions: part
                .items(entered)
                .into_iter()
                .map(|item| {
                    let error = refusal.and_then(|refusal| {
                        let error = refusal.errors.iter().find(|error| error.field == item.code())?;
                        (error.problem != FieldProblem::Nothing).then(|| self.problem(item, error.problem).into())
                    });
                    self.question(item, entered, error)
                })
                .collect(),
            back: part.back(lang),
            next: part.next(lang),
            send: words::BUTTON_SEND.get(lang).into(),
        }
    }

    fn summary(&self, edition: &InstalledEdition, part: &Part<'_>, refusal: &Refusal) -> ErrorSummary {
        let items: Vec<ErrorItem> = refusal
            .errors
            .iter()
            .filter(|error| part.tells(&error.field))
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
            FieldProblem::Missing => words::missing(lang, label, item.not_applicable().map(|label| label.get(lang))),
            FieldProblem::AlsoNotApplicable => {
                words::err_also_na(lang, label, item.not_applicable().map_or("", |label| label.get(lang)))
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

    fn question(&self, item: &Item, entered: Option<&Entered>, error: Option<Wording>) -> Question {
        let lang = self.lang;
        let own = |text: &crate::questionnaire::Localized| -> Wording { text.get(lang).to_owned().into() };
        let all: Vec<Wording> =
            entered.into_iter().flat_map(|entered| entered.all(item.code())).map(|v| v.to_owned().into()).collect();
        let entered = entered.and_then(|entered| entered.get(item.code())).map(|v| -> Wording { v.to_owned().into() });
        match item {
            Item::Rating(rating) => Question::Choice(rated(rating, lang, entered, error)),
            Item::Choice(choice) => Question::Choice(Choice {
                entered: if choice.several { all } else { entered.into_iter().collect() },
                error,
                ..chosen(choice, lang)
            }),
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

fn chosen(choice: &questionnaire::Choice, lang: Lang) -> Choice {
    let own = |text: &crate::questionnaire::Localized| -> Wording { text.get(lang).to_owned().into() };
    Choice {
        code: choice.code.clone().into(),
        legend: own(&choice.label),
        hint: choice.hint.as_ref().map(own),
        several: choice.several,
        optional: choice.sensitive.then(|| words::OPTIONAL.get(lang).into()),
        look: Look::List,
        answers: choice
            .options
            .iter()
            .map(|option| Answer { value: option.number.to_string().into(), label: own(&option.label) })
            .collect(),
        not_applicable: choice.not_applicable.as_ref().map(own),
        entered: Vec::new(),
        error: None,
    }
}

fn rated(rating: &Rating, lang: Lang, entered: Option<Wording>, error: Option<Wording>) -> Choice {
    let own = |text: &crate::questionnaire::Localized| -> Wording { text.get(lang).to_owned().into() };
    Choice {
        code: rating.code.clone().into(),
        legend: own(&rating.label),
        hint: rating.hint.as_ref().map(own),
        several: false,
        optional: None,
        // There are five faces.
        look: if rating.scale.levels.len() == 5 { Look::Scale } else { Look::List },
        answers: rating
            .scale
            .levels
            .iter()
            .map(|level| Answer { value: level.level.to_string().into(), label: own(&level.label) })
            .collect(),
        not_applicable: rating.not_applicable.as_ref().map(own),
        entered: entered.into_iter().collect(),
        error,
    }
}

/// Where to say that the place is wrong: in the comment, if there is one.
fn wrong_place(edition: &Edition) -> Option<Say> {
    let comment = edition.comment()?;
    let later = edition.page_of(&comment.code).is_some_and(|page| page > 0);
    Some(if later { words::WRONG_PLACE_LATER } else { words::WRONG_PLACE })
}

fn voluntary(edition: &Edition, lang: Lang) -> Fold {
    let is_short = edition.answer_count() <= SHORT;
    let text = if is_short { words::VOLUNTARY } else { words::VOLUNTARY_LONG }.get(lang);
    let (summary, rest) = text.split_once(". ").unwrap_or((text, ""));
    Fold { summary: format!("{}.", summary.trim_end_matches('.')).into(), paragraphs: vec![rest.to_owned().into()] }
}
