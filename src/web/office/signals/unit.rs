//! `GET /quan-tri/tin-hieu/{ma}`: every signal of a unit in a month, with its number, its meaning and where to look.

use maud::html;

use super::{MONTH, Months, PAGE, class, looks_from_outside, of_month, signal, written};
use crate::index::signals::{FEWEST_MARKED, Reading, Shown};
use crate::text::date;
use crate::text::number::{Share, points};
use crate::text::office::signals as words;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::pager::address;
use crate::web::view::Wording;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::Lang;

/// The page. A unit that the person works in, or that stands above or below it, is not there.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let unit = desk.unit(desk.part("ma"))?.clone();
    let months = Months::of(&desk).await?.ok_or(Stop::NotFound)?;
    let month = months.shown;
    if !looks_from_outside(&desk, unit.unit, month) {
        return Err(Stop::NotFound);
    }
    let all = of_month(&desk, month).await?;
    let found = all.iter().find(|signals| signals.unit.unit == unit.unit);
    let title = format!("{}, {}", unit.name, date::month(lang, month.from));
    let main = html! {
        p { a href=(address(&desk, PAGE, &[(MONTH, &written(month))], None)) { (words::ALL_UNITS.get(lang)) } }
        h1 { (title) }
        @if let Some(found) = found {
            p { strong { (class(found.class()).get(lang)) } ". " (words::NOT_A_VERDICT.get(lang)) }
            p { (words::OWN_POINTS.get(lang)) " " (words::ONLY_ENDED.get(lang)) }
            (table(lang, &title, &found.readings).render())
        } @else { p.note { (words::UNKNOWN.get(lang)) } }
    };
    Ok(desk.page(title.as_str().to_owned(), &main))
}

fn table(lang: Lang, caption: &str, readings: &[Reading]) -> Table {
    let row = |reading: &Reading| {
        let (name, meaning) = signal(reading.signal);
        Row {
            name: name.get(lang).into(),
            href: None,
            cells: vec![
                Cell::Words(class(reading.class).get(lang).into()),
                Cell::Words(number(lang, reading).into()),
                Cell::Words(meaning.get(lang).into()),
            ],
        }
    };
    let head = [words::SIGNAL, words::CLASS, words::NUMBER, words::MEANING];
    Table {
        caption: caption.to_owned().into(),
        head: head.map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: readings.iter().map(row).collect(),
    }
}

/// The number of a signal, with what is usual; nothing below ten is one.
fn number(lang: Lang, reading: &Reading) -> String {
    let own = match reading.shown {
        Shown::Nothing => return "–".to_owned(),
        Shown::Share { marked, of } => words::share_of(lang, part(marked, of), marked, of),
        Shown::Below { of } => words::below(lang, FEWEST_MARKED, of),
        Shown::NearlyAll { of } => words::nearly_all(lang, FEWEST_MARKED, of),
        Shown::Reach { answers, returned } => words::reach(lang, part(answers, returned), answers, returned),
        Shown::Gap(gap) => {
            let limits = (points(lang, gap.interval.low), points(lang, gap.interval.high));
            return words::gap(lang, &points(lang, gap.estimate), &limits.0, &limits.1);
        }
    };
    match reading.usual {
        Some(usual) => format!("{own}; {}", words::usual(lang, Share(usual))),
        None => own,
    }
}

fn part(n: u64, of: u64) -> Share {
    let real = |n: u64| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    Share(real(n) / real(of).max(1.0))
}
