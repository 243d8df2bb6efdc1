//! The page: what is chosen, when reports are due, the main sentences, the files.

use maud::{Markup, html};

use super::{Asked, asked, facts};
use crate::reports::calendar::{Due, Level, period_of};
use crate::reports::{Facts, preview};
use crate::store::places::UnitVersion;
use crate::text::office::{REPORTS_PAGE, reports as words};
use crate::text::reports::paper::Kind;
use crate::text::{Say, capital, date};
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::figures::choice::units;
use crate::web::office::units::list::language_kept;
use crate::web::view::Wording;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input};
use crate::web::view::table::{Cell, Row, Table};
use crate::words::Lang;

/// Years back that are offered.
const YEARS_BACK: i32 = 3;

/// The page.
pub(super) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let Some((asked, unit)) = asked(&desk)? else {
        let main = html! { h1 { (words::TITLE.get(lang)) } p.note { (words::NO_UNIT.get(lang)) } };
        return Ok(desk.page(words::TITLE.get(lang), &main));
    };
    let facts = facts(&desk, asked).await?;
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        @if lang == Lang::En { p.h { (words::ONLY_VIETNAMESE.get(lang)) } }
        (choice(&desk, asked, &unit))
        h2 { (title(lang, asked)) ": " (unit.name) }
        @match &facts {
            None => p.note { (words::NOT_BEGUN.get(lang)) },
            Some(facts) => (ready(&desk, facts, asked, &unit)),
        }
        h2 { (words::DEADLINES.get(lang)) }
        (deadlines(&desk, asked, &unit).render())
        p.h { (words::REMINDERS.get(lang)) }
    };
    Ok(desk.page(format!("{}: {}", words::TITLE.get(lang), unit.name), &main))
}

/// The name of a kind in both languages.
const fn kind(kind: Kind) -> Say {
    match kind {
        Kind::FirstQuarter => words::FIRST_QUARTER,
        Kind::SixMonths => words::SIX_MONTHS,
        Kind::ThirdQuarter => words::THIRD_QUARTER,
        Kind::NineMonths => words::NINE_MONTHS,
        Kind::Year => words::WHOLE_YEAR,
    }
}

fn title(lang: Lang, asked: Asked) -> String {
    let named = period_of(asked.kind, asked.year).map(|period| date::period(lang, period));
    capital(&named.unwrap_or_else(|| kind(asked.kind).get(lang).to_owned()))
}

fn choice(desk: &Desk, asked: Asked, unit: &UnitVersion) -> Markup {
    let lang = desk.lang;
    let kinds = Kind::ALL.into_iter().map(|own| (own.word().into(), kind(own).get(lang).into())).collect();
    let (_, this_year) = crate::reports::calendar::usual(desk.today());
    let mut years: Vec<i32> = (this_year - YEARS_BACK..=this_year).rev().collect();
    if !years.contains(&asked.year) {
        years.push(asked.year);
    }
    let years = years.into_iter().map(|year| (year.to_string().into(), year.to_string().into())).collect();
    let fields = [
        Field::new("don-vi", words::UNIT.get(lang), Input::Select(units(desk))).value(unit.code.clone()),
        Field::new("nam", words::YEAR.get(lang), Input::Select(years)).value(asked.year.to_string()),
        Field::new("ky", words::KIND.get(lang), Input::Select(kinds)).value(asked.kind.word()),
    ];
    finder(&desk.to(REPORTS_PAGE), &language_kept(lang), &fields, words::SHOW.get(lang))
}

/// The main sentences and the files.
fn ready(desk: &Desk, facts: &Facts, asked: Asked, unit: &UnitVersion) -> Markup {
    let lang = desk.lang;
    let file = |ending: &str| {
        format!("{REPORTS_PAGE}/tep.{ending}?don-vi={}&nam={}&ky={}", unit.code, asked.year, asked.kind.word())
    };
    html! {
        @if let Some(through) = facts.through {
            p.note { (words::runs(lang, facts.period.to, &words::through(lang, through))) }
        }
        h3 { (words::PREVIEW.get(lang)) }
        @for sentence in preview(facts) { p lang="vi" { (sentence) } }
        ul.links {
            li { a href=(desk.to(&file("docx"))) { (words::WORD.get(lang)) } }
            li { a href=(desk.to(&file("xlsx"))) { (words::WORKBOOK.get(lang)) } }
        }
    }
}

fn deadlines(desk: &Desk, asked: Asked, unit: &UnitVersion) -> Table {
    let lang = desk.lang;
    let row = |(own, due): (Kind, Option<Due>)| {
        let href = format!("{REPORTS_PAGE}?don-vi={}&nam={}&ky={}", unit.code, asked.year, own.word());
        let cells = match due {
            Some(due) => vec![Cell::Words(words::due_before(lang, due.before).into()), Cell::Words(due.source.into())],
            None => vec![Cell::Span(words::NO_DEADLINE.get(lang).into())],
        };
        Row { name: kind(own).get(lang).into(), href: Some(desk.to(&href).into()), cells }
    };
    let of_year = desk.site().calendar.of_year(Level::of(unit.kind), asked.year);
    let head = [words::KIND, words::DEADLINE, words::SOURCE];
    Table {
        caption: format!("{} {}", words::DEADLINES.get(lang), asked.year).into(),
        head: head.map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: of_year.into_iter().map(row).collect(),
    }
}
