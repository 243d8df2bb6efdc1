//! What a form that was tried would leave behind: item by item, the comment as it would be masked, the marks.

use actix_web::HttpResponse;
use maud::html;

use crate::questionnaire::{self, Answer, AnswerSheet, Choice, Edition, FLAG_ALL_EQUAL, FLAG_ONE_ITEM, Item};
use crate::text::office::questionnaires as words;
use crate::web::office::desk::Desk;
use crate::web::view::Wording;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::Lang;

/// The page.
pub(super) fn page(desk: &Desk, edition: &Edition, sheet: &AnswerSheet, back: &str) -> HttpResponse {
    let lang = desk.lang;
    let flags = questionnaire::flags(edition, &sheet.answers);
    let marks = [(FLAG_ALL_EQUAL, words::ALL_EQUAL), (FLAG_ONE_ITEM, words::ONE_ITEM)];
    let marks: Vec<_> = marks.iter().filter(|(flag, _)| flags & flag != 0).map(|(_, say)| say.get(lang)).collect();
    let main = html! {
        h1 { (words::RESULT.get(lang)) }
        p.note { strong { (words::BANNER.get(lang)) } " " (words::RESULT_LEAD.get(lang)) }
        (answers(lang, edition, sheet).render())
        h2 { (words::COMMENT.get(lang)) }
        @match &sheet.comment {
            Some(comment) => blockquote { (comment) },
            None => p { (words::NO_COMMENT.get(lang)) },
        }
        @if sheet.masked { p.note { (words::MASKED.get(lang)) } }
        h2 { (words::MARKS.get(lang)) }
        @if marks.is_empty() { p { (words::NO_MARKS.get(lang)) } }
        ul { @for mark in &marks { li { (mark) } } }
        p { a.button href=(desk.to(back)) { (words::AGAIN.get(lang)) } " "
            a href=(desk.to(super::PAGE)) { (words::TO_LIST.get(lang)) } }
    };
    desk.page(words::RESULT.get(lang), &main)
}

fn answers(lang: Lang, edition: &Edition, sheet: &AnswerSheet) -> Table {
    let row = |((_, item), answer): ((usize, &Item), &Answer)| Row {
        name: item.label().get(lang).to_owned().into(),
        href: None,
        cells: vec![Cell::Words(item.code().to_owned().into()), Cell::Words(told(lang, item, *answer).into())],
    };
    Table {
        caption: words::RESULT.get(lang).into(),
        head: [words::QUESTION, words::CODE, words::STORED].map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: edition.numbered().zip(&sheet.answers).map(row).collect(),
    }
}

fn told(lang: Lang, item: &Item, answer: Answer) -> String {
    match (answer, item) {
        (Answer::Blank, _) => words::BLANK.get(lang).to_owned(),
        (Answer::NotAsked, _) => words::NOT_ASKED.get(lang).to_owned(),
        (Answer::NotApplicable, _) => words::NOT_APPLICABLE.get(lang).to_owned(),
        (Answer::Level(level), Item::Rating(rating)) => {
            let label = rating.scale.label(level).map(|label| label.get(lang)).unwrap_or_default();
            words::answered(lang, &level.to_string(), label)
        }
        (Answer::Choice(option), Item::Choice(choice)) => option_of(lang, choice, option),
        (Answer::Choices(bits), Item::Choice(choice)) => {
            let chosen = choice.options.iter().filter(|option| bits >> (option.number - 1) & 1 == 1);
            chosen.map(|option| option_of(lang, choice, option.number)).collect::<Vec<_>>().join("; ")
        }
        (Answer::Number(number), _) => number.to_string(),
        // An answer is always one of its item.
        (Answer::Level(n) | Answer::Choice(n) | Answer::Choices(n), _) => n.to_string(),
    }
}

fn option_of(lang: Lang, choice: &Choice, number: u8) -> String {
    let option = choice.options.iter().find(|option| option.number == number);
    words::answered(lang, &number.to_string(), option.map(|option| option.label.get(lang)).unwrap_or_default())
}
