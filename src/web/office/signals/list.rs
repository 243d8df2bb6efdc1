//! `GET /quan-tri/tin-hieu`: the units of the scope with what their signals say together.

use maud::{Markup, html};

use super::{MONTH, Months, PAGE, class, looks_from_outside, of_month, signal, written};
use crate::index::signals::Class;
use crate::publish::signals::UnitSignals;
use crate::text::date;
use crate::text::office::signals as words;
use crate::text::search::{Wanted, sort_key};
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::pager::{Pager, address};
use crate::web::office::units::list::language_kept;
use crate::web::view::Wording;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input};
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{Period, UnitId};

/// Letters of a search that are read.
const LONGEST: usize = 100;

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let found = if let Some(months) = Months::of(&desk).await? {
        units(&desk, &months).await?
    } else {
        html! { p.note { (words::NO_MONTH.get(lang)) } }
    };
    let no_unit = desk.signed.person.own_unit == UnitId::NONE;
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        p { strong { (words::NOT_A_VERDICT.get(lang)) } }
        p { (words::FROM_OUTSIDE.get(lang)) }
        @if no_unit { p.note { (words::NO_OWN_UNIT.get(lang)) } } @else { (found) }
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

async fn units(desk: &Desk, months: &Months) -> Result<Markup, super::Stop> {
    let (lang, month) = (desk.lang, months.shown);
    let query: String = desk.asked("tim").chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let wanted = Wanted::of(&query);
    let all = of_month(desk, month).await?;
    let mut units: Vec<&UnitSignals> = all.iter().collect();
    units.retain(|unit| {
        let is_wanted = wanted.is_empty() || wanted.is_in(&format!("{} {}", unit.unit.name, unit.unit.code));
        is_wanted && desk.holds(unit.unit.unit) && looks_from_outside(desk, unit.unit.unit, month)
    });
    units.sort_by_cached_key(|unit| (unit.class(), sort_key(&unit.unit.name)));
    let pager = Pager::new(&desk.asked("trang"), units.len());
    let shown = units.get(pager.range()).unwrap_or_default();
    let nothing = if wanted.is_empty() { words::NOTHING } else { words::NOT_FOUND };
    Ok(html! {
        (choice(desk, months, &query))
        p.h { (words::ONLY_ENDED.get(lang)) }
        @if shown.is_empty() { p.note { (nothing.get(lang)) } } @else { (table(desk, month, shown).render()) }
        (pager.links(desk, PAGE, &[(MONTH, &written(month)), ("tim", &query)]))
    })
}

fn choice(desk: &Desk, months: &Months, query: &str) -> Markup {
    let lang = desk.lang;
    let options = months.all.iter().map(|month| (written(*month).into(), date::month(lang, month.from).into()));
    let fields = [
        Field::new(MONTH, words::MONTH.get(lang), Input::Select(options.collect())).value(written(months.shown)),
        Field::new("tim", words::SEARCH.get(lang), Input::Text).value(query.to_owned()),
    ];
    finder(PAGE, &language_kept(lang), &fields, words::SHOW.get(lang))
}

fn table(desk: &Desk, month: Period, units: &[&UnitSignals]) -> Table {
    let lang = desk.lang;
    let row = |unit: &&UnitSignals| {
        let to_look = unit.readings.iter().filter(|reading| reading.class == Class::Look);
        let names: Vec<&str> = to_look.map(|reading| signal(reading.signal).0.get(lang)).collect();
        let names = if names.is_empty() { words::NONE.get(lang).to_owned() } else { names.join("; ") };
        let page = format!("{PAGE}/{}", unit.unit.code);
        Row {
            name: unit.unit.name.clone().into(),
            href: Some(address(desk, &page, &[(MONTH, &written(month))], None).into()),
            cells: vec![Cell::Words(class(unit.class()).get(lang).into()), Cell::Words(names.into())],
        }
    };
    Table {
        caption: format!("{}, {}", words::TITLE.get(lang), date::month(lang, month.from)).into(),
        head: [words::UNIT, words::TOGETHER, words::WHERE].map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: units.iter().map(row).collect(),
    }
}
