//! The editions this installation knows.

use std::collections::BTreeMap;

use maud::html;

use super::{PAGE, UPLOAD_PAGE, named};
use crate::questionnaire::Edition;
use crate::registry::InstalledEdition;
use crate::text::figure::measure::measure_name;
use crate::text::number::count;
use crate::text::office::questionnaires as words;
use crate::web::office::desk::{Answer, Desk};
use crate::web::view::Wording;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{Day, EditionNumber, Lang, Right};

/// `GET /quan-tri/phieu`.
pub(super) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let used = points_by_edition(&desk);
    let mut all: Vec<&InstalledEdition> = desk.snapshot().editions.iter().map(AsRef::as_ref).collect();
    all.sort_by_key(|one| (one.edition.code(), std::cmp::Reverse(one.edition.version())));
    let row = |one: &&InstalledEdition| Row {
        name: one.edition.title().get(lang).to_owned().into(),
        href: Some(desk.to(&format!("{PAGE}/{}/{}", one.edition.code(), one.edition.version())).into()),
        cells: vec![
            Cell::Words(one.edition.code().to_owned().into()),
            Cell::Number(one.edition.version().to_string().into()),
            Cell::Words(measure_name(one.edition.measure()).get(lang).into()),
            Cell::Words(first_day(lang, one.first_day)),
            Cell::Words(levels(&one.edition).into()),
            Cell::Words(history(lang, &one.edition)),
            Cell::Number(count(lang, used.get(&one.number).copied().unwrap_or(0)).into()),
        ],
    };
    let head = [
        words::QUESTIONNAIRE,
        words::CODE,
        words::VERSION,
        words::MEASURE,
        words::FIRST_DAY,
        words::LEVELS,
        words::HISTORY,
        words::POINTS,
    ];
    let table = Table {
        caption: words::TITLE.get(lang).into(),
        head: head.map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: all.iter().map(row).collect(),
    };
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        @if desk.may(Right::ChangeQuestionnaires) {
            p { a.button href=(desk.to(UPLOAD_PAGE)) { (words::UPLOAD.get(lang)) } }
        }
        (table.render())
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

/// How many open points of the scope show each edition today.
fn points_by_edition(desk: &Desk) -> BTreeMap<EditionNumber, u64> {
    let (directory, today) = (desk.directory(), desk.today());
    let mut used = BTreeMap::new();
    for (point, _) in desk.points() {
        let version = directory.point_on(point.point, today);
        let open = version.filter(|version| version.valid_to.is_none_or(|last| today <= last));
        let edition = open.and_then(|open| desk.snapshot().editions.in_force(&open.questionnaire, today));
        if let Some(edition) = edition {
            *used.entry(edition.number).or_default() += 1;
        }
    }
    used
}

fn first_day(lang: Lang, day: Day) -> Wording {
    if day == Day(0) { words::BEGINNING.get(lang).into() } else { words::from_day(lang, day).into() }
}

/// The levels that count in the headline.
pub(super) fn levels(edition: &Edition) -> String {
    edition.headline_levels().iter().map(|level| level.word()).collect::<Vec<_>>().join(", ")
}

/// What an edition continues, and whether its figures do.
pub(super) fn history(lang: Lang, edition: &Edition) -> Wording {
    match edition.succeeds() {
        None => words::FIRST_VERSION.get(lang).into(),
        Some(before) if edition.comparable() => words::comparable(lang, &named(lang, before)).into(),
        Some(before) => words::not_comparable(lang, &named(lang, before)).into(),
    }
}
