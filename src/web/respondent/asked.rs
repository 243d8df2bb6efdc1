//! A form as somebody is asked it: an edition, what was entered before, and what is wrong with it. Citizens get it, and so do
//! those who look at a questionnaire before it is used.

use super::paging::Part;
use crate::questionnaire::{self, Edition, Entered, FieldProblem, Item, Rating, Refusal};
use crate::text::{Say, form as words};
use crate::web::view::form::{CitizenForm, ErrorItem, ErrorSummary};
use crate::web::view::question::{Answer, Choice, Comment, Keys, Line, Look, Question};
use crate::web::view::{Fold, Hidden, Wording};
use crate::words::Lang;

/// A form of at most this many questions takes the quarter of a minute that its words promise.
const SHORT: usize = 6;

/// An edition at a place.
pub(in crate::web) struct AskedForm<'a> {
    pub(in crate::web) lang: Lang,
    pub(in crate::web) edition: &'a Edition,
    /// Counter and centre.
    pub(in crate::web) place: Wording,
    pub(in crate::web) hotline: Option<&'a str>,
}

/// How far somebody has come with a form.
#[derive(Default)]
pub(in crate::web) struct Filled<'a> {
    /// Place of the part that is shown.
    pub(in crate::web) part: usize,
    /// What was entered.
    pub(in crate::web) entered: Option<&'a Entered>,
    /// What needs mending.
    pub(in crate::web) refusal: Option<&'a Refusal>,
    /// A message above the questions.
    pub(in crate::web) notice: Option<Wording>,
    /// The question that a point asks when it has received very many forms.
    pub(in crate::web) check: Option<Check>,
}

/// A question of the server's own, asked after those of the edition.
pub(in crate::web) struct Check {
    /// The hidden field by which the server knows the right answer again.
    pub(in crate::web) hidden: (&'static str, String),
    /// Why it is asked, on top of the page.
    pub(in crate::web) summary: ErrorSummary,
    /// The question.
    pub(in crate::web) question: Question,
}

/// The title of a form's page.
pub(in crate::web) fn title(lang: Lang, form: &CitizenForm, has_failed: bool) -> Wording {
    let title = match &form.progress {
        Some(progress) => format!("{} · {}", progress.label, form.title),
        None => words::TITLE.get(lang).to_owned(),
    };
    if has_failed { format!("{} {title}", words::ERR_TITLE_PREFIX.get(lang)).into() } else { title.into() }
}

impl AskedForm<'_> {
    /// The form, sent to `action` with these hidden fields.
    pub(in crate::web) fn shown(&self, action: Wording, hidden: Vec<Hidden>, filled: Filled<'_>) -> CitizenForm {
        let Filled { part, entered, refusal, notice, check } = filled;
        let (lang, part) = (self.lang, Part::new(self.edition, part, entered));
        let (summary, sealed, asked) =
            check.map_or((None, None, None), |Check { hidden: (name, value), summary, question }| {
                (Some(summary), Some(Hidden { name: name.into(), value: value.into() }), Some(question))
            });
        CitizenForm {
            action,
            title: self.edition.title().get(lang).to_owned().into(),
            place: self.place.clone(),
            wrong_place: wrong_place(self.edition).filter(|_| part.is_first()).map(|words| words.get(lang).into()),
            privacy: part.is_first().then(|| words::PRIVACY.get(lang).into()),
            voluntary: part.is_first().then(|| voluntary(self.edition, lang)),
            notice,
            errors: refusal.map(|refusal| self.summary(&part, refusal)).or(summary),
            progress: part.progress(lang),
            lead: part.lead(lang),
            hidden: hidden.into_iter().chain(sealed).chain(part.carried(entered)).collect(),
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
            check: asked,
            back: part.back(lang),
            next: part.next(lang),
            send: words::BUTTON_SEND.get(lang).into(),
        }
    }

    fn summary(&self, part: &Part<'_>, refusal: &Refusal) -> ErrorSummary {
        let items: Vec<ErrorItem> = refusal
            .errors
            .iter()
            .filter(|error| part.tells(&error.field))
            .map(|error| {
                let item = self.edition.item(&error.field);
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
                not_petition: Some(words::not_petition(lang, self.hotline).into()),
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
