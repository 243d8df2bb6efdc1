//! `/quan-tri/chi-so-khac`: figures of other systems, of a unit and a span of days.

use maud::{Markup, html};

use super::desk::{Answer, Desk, Stop};
use super::pager::{Pager, address};
use super::route::{Route, get};
use super::units::list::language_kept;
use crate::publish::other_measures::{measured_periods, measured_units, other_measures};
use crate::store::places::UnitVersion;
use crate::text::figure::measure::SIDE_BY_SIDE;
use crate::text::search::sort_key;
use crate::text::{date, measures as words};
use crate::web::measures::blocks;
use crate::web::view::Wording;
use crate::web::view::finder::finder;
use crate::web::view::measures::measures;
use crate::web::view::office::{Field, Input};
use crate::words::{Day, Period, Right as R};

pub(super) const PAGE: &str = "/quan-tri/chi-so-khac";
const UNIT: &str = "don_vi";
const PERIOD: &str = "ky";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![get(PAGE, R::ReadFigures, show)]
}

/// The page.
async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let unit = unit(&desk)?.clone();
    let periods = measured_periods(desk.db(), desk.snapshot(), unit.unit).await?;
    let asked = asked_period(&desk.asked(PERIOD));
    let period = asked.filter(|asked| periods.contains(asked)).or_else(|| periods.first().copied());
    let found = match period {
        Some(period) => other_measures(desk.db(), desk.snapshot(), unit.unit, period).await?,
        None => Vec::new(),
    };
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        @if desk.may(R::ChangeMeasures) {
            p { a.button href=(desk.to("/quan-tri/chi-so-khac/nhap")) { (words::ENTER.get(lang)) } }
        }
        (choice(&desk, &unit, &periods, period))
        p { strong { (unit.name) } }
        @if found.is_empty() { p.note { (words::EMPTY.get(lang)) } }
        (measures(SIDE_BY_SIDE.get(lang), &blocks(lang, &found)))
        (others(&desk).await?)
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

/// The unit of the address, or the first at the top of the scope.
fn unit(desk: &Desk) -> Result<&UnitVersion, Stop> {
    match desk.asked(UNIT).as_str() {
        "" => desk.tops().into_iter().next().ok_or(Stop::NotFound),
        code => desk.unit(code),
    }
}

fn asked_period(text: &str) -> Option<Period> {
    let (from, to) = text.split_once('_')?;
    Period::new(Day::parse(from)?, Day::parse(to)?)
}

fn written(period: Period) -> String {
    format!("{}_{}", period.from.iso(), period.to.iso())
}

fn choice(desk: &Desk, unit: &UnitVersion, periods: &[Period], shown: Option<Period>) -> Markup {
    let lang = desk.lang;
    let named = |period: &Period| Wording::from(crate::text::capital(&date::period(lang, *period)));
    let options: Vec<(Wording, Wording)> =
        periods.iter().map(|period| (written(*period).into(), named(period))).collect();
    let mut fields = vec![
        Field::new(UNIT, words::UNIT.get(lang), Input::Text).hint(words::UNIT_HINT.get(lang)).value(unit.code.clone()),
    ];
    if !options.is_empty() {
        let value = shown.map(written).unwrap_or_default();
        fields.push(Field::new(PERIOD, words::PERIOD.get(lang), Input::Select(options)).value(value));
    }
    finder(PAGE, &language_kept(lang), &fields, words::SHOW.get(lang))
}

/// The units of the scope that have figures, a hundred at a time.
async fn others(desk: &Desk) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let all = measured_units(desk.db(), desk.snapshot()).await?;
    let mut units: Vec<&UnitVersion> = all.iter().filter_map(|unit| desk.unit_of(*unit)).collect();
    units.sort_by_cached_key(|unit| sort_key(&unit.name));
    let pager = Pager::new(&desk.asked("trang"), units.len());
    Ok(html! {
        @if !units.is_empty() {
            h2 { (words::UNITS_WITH.get(lang)) }
            ul { @for unit in units.get(pager.range()).unwrap_or_default() {
                li { a href=(address(desk, PAGE, &[(UNIT, &unit.code)], None)) { (unit.name) } }
            } }
            (pager.links(desk, PAGE, &[(UNIT, &desk.asked(UNIT))]))
        }
    })
}
