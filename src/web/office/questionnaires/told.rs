//! What a questionnaire is, in a few lines: for whoever uploads it and for whoever decides on it.

use maud::{Markup, html};

use super::{list, named};
use crate::questionnaire::Edition;
use crate::text::Say;
use crate::text::figure::measure::measure_name;
use crate::text::office::questionnaires as words;
use crate::web::office::desk::Desk;
use crate::web::view::Wording;

/// Questions that are named.
const FIRST: usize = 10;

/// Title, code and version, measure, what it continues, and its first questions.
pub(in crate::web::office) fn facts(desk: &Desk, edition: &Edition) -> Vec<(Wording, Markup)> {
    let lang = desk.lang;
    let fact = |say: Say, what: String| (Wording::from(say.get(lang)), html! { (what) });
    let languages = edition.languages().iter().map(|lang| lang.word()).collect::<Vec<_>>().join(", ");
    let questions = html! {
        ul { @for item in edition.items().iter().take(FIRST) { li { (item.label().get(lang)) } } }
    };
    vec![
        fact(words::QUESTIONNAIRE, edition.title().get(lang).to_owned()),
        fact(words::CODE, named(lang, edition.name())),
        fact(words::MEASURE, measure_name(edition.measure()).get(lang).to_owned()),
        fact(words::LEVELS, list::levels(edition)),
        fact(words::HISTORY, list::history(lang, edition).into_owned()),
        fact(words::NUMBER_OF_ITEMS, edition.items().len().to_string()),
        (words::FIRST_QUESTIONS.get(lang).into(), questions),
        fact(words::LANGUAGES, languages),
    ]
}

/// Where it will be met, once it is in use.
pub(in crate::web::office) fn effect(desk: &Desk, edition: &Edition) -> &'static str {
    let is_next = desk.snapshot().editions.iter().any(|one| one.edition.code() == edition.code());
    if is_next { words::INSTALL_NEXT } else { words::INSTALL_NEW }.get(desk.lang)
}
