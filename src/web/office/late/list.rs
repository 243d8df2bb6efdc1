//! `GET /quan-tri/qua-han`: those without an apology first, then those due first.

use maud::{Markup, html};

use super::{PAGE, page_of, units};
use crate::late::{self, Counts, LateDossier, State, Wanted};
use crate::text::office::late as words;
use crate::text::{Say, date, number};
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::pager::{Pager, ROWS};
use crate::web::office::units::list::language_kept;
use crate::web::view::Wording;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input};
use crate::web::view::table::{Cell, Row, Table};
use crate::words::Lang;

const STATE: &str = "trang_thai";
const NUMBER: &str = "tim";
/// Signs of a search that are read.
const LONGEST: usize = 128;
/// The states of the filter, by their words in the address.
const STATES: [(&str, State, Say); 4] = [
    ("", State::All, words::ALL),
    ("chua", State::Without, words::WITHOUT),
    ("da", State::With, words::WITH),
    ("tra", State::Returned, words::RETURNED_ONLY),
];

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let units = units(&desk);
    let (word, state, _) = STATES.into_iter().find(|(word, ..)| *word == desk.asked(STATE)).unwrap_or(STATES[0]);
    let typed: String = desk.asked(NUMBER).chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let number = crate::record::dossier_number(&typed).unwrap_or_default();
    let wanted = Wanted { units: units.as_deref(), state, number: &number };
    let real = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let start = Pager::new(&desk.asked("trang"), usize::MAX).range().start;
    let slice = (real(start), real(ROWS));
    let counts = late::counts(desk.db(), desk.province(), units.as_deref(), None).await?;
    let (mut found, all) = late::list(desk.db(), desk.province(), &wanted, slice).await?;
    let pager = Pager::new(&desk.asked("trang"), usize::try_from(all).unwrap_or(usize::MAX));
    if found.is_empty() && all > 0 {
        let slice = (real(pager.range().start), real(ROWS));
        (found, _) = late::list(desk.db(), desk.province(), &wanted, slice).await?;
    }
    let names = late::procedure_names(desk.db(), desk.province(), &found).await?;
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        p { (words::NEVER_SENT.get(lang)) }
        (counted(lang, counts))
        @if counts.all > 0 { (filters(lang, word, &typed)) }
        @if found.is_empty() { @if counts.all > 0 { p.note { (words::NOTHING.get(lang)) } } }
        @else { (table(&desk, &found, &names).render()) }
        (pager.links(&desk, PAGE, &[(STATE, word), (NUMBER, &typed)]))
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

/// How many there are, and the share with an apology: a count of all of them, so without an interval.
fn counted(lang: Lang, counts: Counts) -> Markup {
    if counts.all == 0 {
        return html! { p.note { (words::EMPTY.get(lang)) } };
    }
    let (with, all) = (counts.with, counts.all);
    let share = number::share(lang, part(with, all));
    html! {
        p { strong { (words::counted(lang, all, with, &share)) } " " (words::still(lang, all.saturating_sub(counts.returned))) }
        p.h { (words::FULL_COUNT.get(lang)) }
    }
}

/// A part of a whole that is not 0.
#[expect(clippy::cast_precision_loss, reason = "counts of dossiers lie far below 2⁵³")]
fn part(of: u64, whole: u64) -> f64 {
    of as f64 / whole.max(1) as f64
}

fn filters(lang: Lang, word: &str, typed: &str) -> Markup {
    let options = STATES.iter().map(|(word, _, say)| ((*word).into(), say.get(lang).into())).collect();
    let fields = [
        Field::new(STATE, words::STATE.get(lang), Input::Select(options)).value(word.to_owned()),
        Field::new(NUMBER, words::SEARCH.get(lang), Input::Text).value(typed.to_owned()),
    ];
    finder(PAGE, &language_kept(lang), &fields, words::SHOW.get(lang))
}

fn table(desk: &Desk, found: &[LateDossier], names: &late::Names) -> Table {
    let lang = desk.lang;
    let row = |dossier: &LateDossier| {
        let procedure = names.get(&dossier.procedure).map_or(words::NO_PROCEDURE.get(lang), String::as_str);
        let number = dossier.number.clone().unwrap_or_else(|| words::ERASED.get(lang).to_owned());
        Row {
            name: number.into(),
            href: Some(desk.to(&page_of(dossier.id)).into()),
            cells: vec![
                Cell::Words(desk.unit_name(dossier.unit).into()),
                Cell::Words(procedure.to_owned().into()),
                Cell::Words(date::short(lang, dossier.due).into()),
                Cell::Words(returned(lang, dossier).into()),
                Cell::Words(late_by(desk, dossier).into()),
                Cell::Words(apology(lang, dossier).into()),
            ],
        }
    };
    let head =
        [words::NUMBER, words::OWING, words::PROCEDURE, words::DUE, words::RETURNED, words::LATE_BY, words::APOLOGY];
    Table {
        caption: words::TITLE.get(lang).into(),
        head: head.map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: found.iter().map(row).collect(),
    }
}

/// When it was returned.
pub(super) fn returned(lang: Lang, dossier: &LateDossier) -> String {
    dossier.returned.map_or_else(|| words::NOT_RETURNED.get(lang).to_owned(), |day| date::short(lang, day))
}

/// By how many days it is late, up to today.
pub(super) fn late_by(desk: &Desk, dossier: &LateDossier) -> String {
    let until = dossier.returned.unwrap_or_else(|| desk.today());
    words::late_days(desk.lang, u64::try_from(until.0 - dossier.due.0).unwrap_or(0))
}

/// What became of the apology.
pub(super) fn apology(lang: Lang, dossier: &LateDossier) -> String {
    match (&dossier.sent, dossier.drafted) {
        (Some(sent), _) => words::sent(lang, &sent.number, sent.day),
        (None, Some(_)) => words::DRAFTED.get(lang).to_owned(),
        (None, None) => words::NO_APOLOGY.get(lang).to_owned(),
    }
}
