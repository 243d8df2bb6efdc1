//! `GET /quan-tri/diem`: the points of the scope.

use maud::{Markup, html};

use super::{LIST, State, page_of, title};
use crate::store::places::{Point, PointVersion};
use crate::text::office::{self as common, points as words, units as unit_words};
use crate::text::search::Wanted;
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::pager::Pager;
use crate::web::office::units::list::language_kept;
use crate::web::view::Wording;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input};
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{Right, UnitId};

/// Signs of a query that are read.
const LONGEST_QUERY: usize = 100;
const OPEN: &str = "mo";
const CLOSED: &str = "dong";

/// What the address asks for.
struct Asked {
    query: String,
    unit: String,
    state: String,
}

/// A point as it is today.
type Found<'a> = (&'a Point, &'a PointVersion, State);

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let query = desk.asked("tim").chars().take(LONGEST_QUERY).collect();
    let asked = Asked { query, unit: desk.asked("don-vi"), state: desk.asked("trang-thai") };
    let within = if asked.unit.is_empty() { None } else { Some(desk.unit(&asked.unit).ok().map(|unit| unit.unit)) };
    let found = match within {
        Some(None) => Vec::new(),
        Some(Some(unit)) => found(&desk, &asked, Some(unit)),
        None => found(&desk, &asked, None),
    };
    let is_whole = asked.query.is_empty() && asked.unit.is_empty() && asked.state.is_empty();
    let number = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p.acts {
            @if desk.may(Right::ChangePoints) { a.button href=(desk.to("/quan-tri/diem/them")) { (words::ADD_TITLE.get(lang)) } " " }
            @if desk.may(Right::Print) { a.button href=(desk.to("/quan-tri/ap-phich")) { (unit_words::POSTERS.get(lang)) } }
        }
        (find(&desk, &asked))
        @if within == Some(None) { p.note role="status" { (unit_words::NOT_IN_SCOPE.get(lang)) } }
        @else if found.is_empty() && is_whole { p.note { (words::NO_POINTS.get(lang)) } }
        @else { p role="status" { (words::found(lang, number)) } }
        @if !is_whole { p { a href=(desk.to(LIST)) { (unit_words::SHOW_ALL.get(lang)) } } }
        @if !found.is_empty() { (listed(&desk, &found, &asked)) }
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

fn find(desk: &Desk, asked: &Asked) -> Markup {
    let lang = desk.lang;
    let states = [("", words::ALL_STATES), (OPEN, words::OPEN), (CLOSED, words::CLOSED)];
    let states = states.iter().map(|(word, label)| ((*word).into(), label.get(lang).into())).collect();
    let fields = [
        Field::new("tim", words::FIND.get(lang), Input::Text)
            .hint(unit_words::FIND_HINT.get(lang))
            .value(asked.query.clone()),
        Field::new("don-vi", words::OF_UNIT.get(lang), Input::Text)
            .hint(words::OF_UNIT_HINT.get(lang))
            .value(asked.unit.clone()),
        Field::new("trang-thai", unit_words::STATE.get(lang), Input::Select(states)).value(asked.state.clone()),
    ];
    finder(LIST, &language_kept(lang), &fields, common::SEARCH.get(lang))
}

fn found<'a>(desk: &'a Desk, asked: &Asked, within: Option<UnitId>) -> Vec<Found<'a>> {
    let (today, directory, wanted) = (desk.today(), desk.directory(), Wanted::of(&asked.query));
    let points = desk.points().into_iter().filter_map(|(point, _)| {
        let version = directory.point_on(point.point, today)?;
        let state = State::of(desk, version);
        let is_state = match asked.state.as_str() {
            OPEN => state == State::Open,
            CLOSED => state != State::Open,
            _ => true,
        };
        let is_within = within.is_none_or(|unit| directory.path(version.unit, today).contains(&unit));
        (is_state && is_within).then_some((point, version, state))
    });
    let is_wanted = |(point, version, _): &Found<'_>| {
        let told = [version.name.as_str(), point.code.as_str(), &desk.unit_name(version.unit)].join(" ");
        // Codes are looked up only where the name does not say it already: there are many.
        wanted.is_empty()
            || wanted.is_in(&told)
            || directory.codes_of(point.point).iter().any(|(code, _)| wanted.is_in(code))
    };
    points.filter(is_wanted).collect()
}

fn listed(desk: &Desk, found: &[Found<'_>], asked: &Asked) -> Markup {
    let lang = desk.lang;
    let pager = Pager::new(&desk.asked("trang"), found.len());
    let shown = found.get(pager.range()).unwrap_or_default();
    let head = [
        words::POINT_NAME,
        words::POINT_CODE,
        words::UNIT,
        words::PUBLIC_CODE,
        words::QUESTIONNAIRE,
        words::FIELD,
        words::OFFICERS,
        unit_words::STATE,
    ];
    let table = Table {
        caption: words::TITLE.get(lang).into(),
        head: head.iter().map(|name| Wording::from(name.get(lang))).collect(),
        rows: shown.iter().map(|found| row(desk, *found)).collect(),
    };
    let query = [("tim", asked.query.as_str()), ("don-vi", asked.unit.as_str()), ("trang-thai", asked.state.as_str())];
    html! { (table.render()) (pager.links(desk, LIST, &query)) }
}

fn row(desk: &Desk, (point, version, state): Found<'_>) -> Row {
    let (lang, directory) = (desk.lang, desk.directory());
    let public = directory.public_code(point.point).unwrap_or(words::NO_PUBLIC_CODE.get(lang));
    let field = directory.field_name(version.field).unwrap_or(words::EVERY_FIELD.get(lang));
    let officers = if version.officers == 1 {
        format!("1 ({})", words::LONE_MARK.get(lang))
    } else {
        version.officers.to_string()
    };
    let cells = [
        point.code.clone(),
        desk.unit_name(version.unit),
        public.to_owned(),
        title(desk, &version.questionnaire),
        field.to_owned(),
        officers,
        state.told(lang),
    ];
    Row {
        name: version.name.clone().into(),
        href: Some(desk.to(&page_of(&point.code)).into()),
        cells: cells.into_iter().map(|cell| Cell::Words(cell.into())).collect(),
    }
}
