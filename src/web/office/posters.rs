//! `/quan-tri/ap-phich`: the posters of a unit with everything below it, or of one point, in one print.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::desk::{Answer, Desk, Stop};
use super::pager::address;
use super::units::list::language_kept;
use crate::record::PublicCode;
use crate::registry::OpenPoint;
use crate::store::places::UnitVersion;
use crate::text::Say;
use crate::text::office::{self as common, posters as words};
use crate::text::search::sort_key;
use crate::web::frame::{self, Frame};
use crate::web::posters;
use crate::web::view::Wording;
use crate::web::view::finder::finder;
use crate::web::view::form::{ErrorItem, ErrorSummary, summary};
use crate::web::view::office::{Field, Input};
use crate::web::view::page::Layout;
use crate::web::view::poster::{Poster, Size, poster};
use crate::words::UnitId;

const PAGE: &str = "/quan-tri/ap-phich";
const PRINT: &str = "/quan-tri/ap-phich/in";
/// Fields of the form, which is sent by GET.
const UNIT: &str = "don-vi";
const POINT: &str = "diem";
const CODE: &str = "ma";
const SIZE: &str = "kho";
const COPIES: &str = "ban";

/// Posters of one print.
const MOST: usize = 300;
/// Copies of one poster.
const MOST_COPIES: usize = 20;
/// Units that can be chosen from a list; more are named by their codes.
const MOST_CHOICES: usize = 1_000;

/// What is wrong with what was asked: the field and the words.
type Wrong = (&'static str, Say);

/// `GET /quan-tri/ap-phich`.
pub(super) async fn show(desk: Desk) -> Answer {
    let title = words::TITLE.get(desk.lang);
    let main = html! { h1 { (title) } p { (words::LEAD.get(desk.lang)) } (choose(&desk, &[])) };
    Ok(desk.page(title, &main))
}

/// `GET /quan-tri/ap-phich/in`.
pub(super) async fn print(desk: Desk) -> Answer {
    let (points, size, copies) = (points(&desk)?, size(&desk), copies(&desk));
    let (points, size, copies) = match (points, size, copies) {
        (Some(points), Some(size), Some(copies)) => (points, size, copies),
        (points, size, copies) => {
            let wrong = [
                points.is_none().then_some((UNIT, words::CHOOSE)),
                size.is_none().then_some((SIZE, words::CHOOSE_SIZE)),
                copies.is_none().then_some((COPIES, words::BAD_COPIES)),
            ];
            return Ok(refused(&desk, &wrong.into_iter().flatten().collect::<Vec<Wrong>>()));
        }
    };
    let coded: Vec<(OpenPoint<'_>, String)> =
        points.iter().filter_map(|point| Some((*point, code(&desk, point)?))).collect();
    if coded.len() * copies > MOST {
        return Ok(too_many(&desk, coded.len() * copies));
    }
    if coded.is_empty() {
        let missing = if desk.asked(CODE).is_empty() { words::NOTHING } else { words::NO_CODE };
        return Ok(refused(&desk, &[(UNIT, missing)]));
    }
    let mut sheets = Vec::with_capacity(coded.len() * copies);
    for (point, code) in &coded {
        let sheet = posters::of(&desk.site().settings, desk.snapshot(), code, *point, size, desk.today())?;
        sheets.extend(std::iter::repeat_n(sheet, copies));
    }
    let without: Vec<&str> =
        points.iter().filter(|point| code(&desk, point).is_none()).map(|p| p.point.code.as_str()).collect();
    Ok(sheet(&desk, sheets, size, &without))
}

/// The page that is printed.
fn sheet(desk: &Desk, mut sheets: Vec<Poster>, size: Size, without: &[&str]) -> HttpResponse {
    let lang = desk.lang;
    let number = u64::try_from(sheets.len()).unwrap_or(u64::MAX);
    // Said once, above all of them.
    let not_yet = sheets.first().and_then(|sheet| sheet.not_yet.clone());
    for sheet in &mut sheets {
        sheet.not_yet = None;
    }
    let main = html! {
        div.links {
            @if let Some(not_yet) = not_yet { p.unprinted role="alert" { (not_yet) } }
            p { strong { (words::number(lang, number, size.name())) } " " (words::HOW.get(lang)) }
            @if !without.is_empty() { p { (words::left_out(lang, &without.join(", "))) } }
            p { a href=(desk.to(PAGE)) { (common::BACK.get(lang)) } }
        }
        @for sheet in &sheets { (poster(sheet)) }
    };
    let title = words::TITLE.get(lang).into();
    let frame = Frame { lang, title, layout: Layout::Sheet, path: PRINT, both_languages: false };
    frame::respond(Some(desk.snapshot()), frame, StatusCode::OK, &main)
}

/// The open points that are asked for: one, or all of a unit and of what stands below it.
fn points(desk: &Desk) -> Result<Option<Vec<OpenPoint<'_>>>, Stop> {
    let (unit, point) = (desk.asked(UNIT), desk.asked(POINT));
    if !point.is_empty() {
        let (point, _) = desk.point(&point)?;
        return Ok(Some(open(desk).into_iter().filter(|open| open.point.point == point.point).collect()));
    }
    if unit.is_empty() {
        return Ok(None);
    }
    let top = desk.unit(&unit)?.unit;
    let is_below = |open: &OpenPoint<'_>| desk.directory().path(open.unit.unit, desk.today()).contains(&top);
    let mut points: Vec<OpenPoint<'_>> = open(desk).into_iter().filter(is_below).collect();
    points.sort_by_cached_key(|open| (sort_key(&open.unit.name), open.point.code.clone()));
    Ok(Some(points))
}

/// The points of the scope that take answers today.
fn open(desk: &Desk) -> Vec<OpenPoint<'_>> {
    let (today, directory) = (desk.today(), desk.directory());
    let open = desk.points().into_iter().filter_map(|(point, _)| {
        let version = directory.point_on(point.point, today)?;
        let is_open = version.valid_to.is_none_or(|last| today <= last) && directory.is_alive(version.unit, today);
        is_open.then_some(OpenPoint { point, version, unit: directory.unit_on(version.unit, today)? })
    });
    open.collect()
}

/// The code that is printed: the one that is asked for, if it is a valid one of this point.
fn code(desk: &Desk, open: &OpenPoint<'_>) -> Option<String> {
    let asked = desk.asked(CODE);
    if asked.is_empty() {
        return desk.directory().public_code(open.point.point).map(str::to_owned);
    }
    let asked = PublicCode::parse(&asked)?;
    let own = desk.directory().codes_of(open.point.point);
    own.into_iter()
        .find(|(code, revoked)| *code == asked.as_str() && revoked.is_none())
        .map(|(code, _)| code.to_owned())
}

fn size(desk: &Desk) -> Option<Size> {
    Size::ALL.into_iter().find(|size| size.name().eq_ignore_ascii_case(&desk.asked(SIZE)))
}

fn copies(desk: &Desk) -> Option<usize> {
    match desk.asked(COPIES).as_str() {
        "" => Some(1),
        number => number.parse().ok().filter(|copies| (1..=MOST_COPIES).contains(copies)),
    }
}

/// The form; what was asked for stays in it.
fn choose(desk: &Desk, wrong: &[Wrong]) -> Markup {
    let lang = desk.lang;
    let field = |name: &'static str, label: Say, input, there: &str| {
        let asked = desk.asked(name);
        let error = wrong.iter().find(|(field, _)| *field == name).map(|(_, what)| what.get(lang).into());
        let value = if asked.is_empty() { there.to_owned() } else { asked };
        Field::new(name, label.get(lang), input).value(value).error(error)
    };
    let sizes = [words::A4, words::A5, words::A6].iter().zip(Size::ALL);
    let sizes = sizes.map(|(label, size)| (size.name().into(), label.get(lang).into())).collect();
    let unit = match choices(desk) {
        Some(choices) => field(UNIT, words::UNIT, Input::Select(choices), ""),
        None => field(UNIT, words::UNIT, Input::Text, "").hint(words::UNIT_HINT.get(lang)),
    };
    let fields = [
        unit,
        field(POINT, words::POINT, Input::Text, "")
            .hint(words::POINT_HINT.get(lang))
            .optional(common::OPTIONAL.get(lang)),
        field(SIZE, words::SIZE, Input::Radios(sizes), Size::A5.name()),
        field(COPIES, words::COPIES, Input::Number, "1"),
    ];
    let form = finder(PRINT, &language_kept(lang), &fields, words::LOOK.get(lang));
    html! { div.plain-find { (form) } }
}

/// The units of the scope with open points at or below them, by name; none where there are too many for a list.
fn choices(desk: &Desk) -> Option<Vec<(Wording, Wording)>> {
    let mut counts: BTreeMap<UnitId, u64> = BTreeMap::new();
    for open in open(desk) {
        for above in desk.directory().path(open.unit.unit, desk.today()) {
            *counts.entry(above).or_insert(0) += 1;
        }
    }
    let mut units: Vec<(&UnitVersion, u64)> =
        counts.into_iter().filter_map(|(unit, count)| Some((desk.unit_of(unit)?, count))).collect();
    units.sort_by_cached_key(|(unit, _)| sort_key(&unit.name));
    let named = |(unit, count): (&UnitVersion, u64)| {
        (unit.code.clone().into(), words::choice(desk.lang, &unit.name, &unit.code, count).into())
    };
    let none = (Wording::default(), words::NO_UNIT.get(desk.lang).into());
    (units.len() <= MOST_CHOICES).then(|| std::iter::once(none).chain(units.into_iter().map(named)).collect())
}

fn refused(desk: &Desk, wrong: &[Wrong]) -> HttpResponse {
    let lang = desk.lang;
    let item = |(field, what): &Wrong| ErrorItem { anchor: Some((*field).into()), text: what.get(lang).into() };
    let errors = ErrorSummary { title: words::ERRORS.get(lang).into(), items: wrong.iter().map(item).collect() };
    let title = words::TITLE.get(lang);
    desk.refused(title, &html! { (summary(&errors)) h1 { (title) } (choose(desk, wrong)) })
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// More than one print takes: the parts lead to prints of their own.
fn too_many(desk: &Desk, number: usize) -> HttpResponse {
    let lang = desk.lang;
    let top = desk.unit(&desk.asked(UNIT)).ok().map(|unit| unit.unit);
    let parts = top.map(|top| desk.children(top)).unwrap_or_default();
    let (size, copies) = (desk.asked(SIZE), desk.asked(COPIES));
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        div.summary role="alert" { p { (words::too_many(lang, count(number), count(MOST))) } }
        @if !parts.is_empty() {
            h2 { (words::BY_PARTS.get(lang)) }
            ul.pages {
                @for unit in parts {
                    @let query = [(UNIT, unit.code.as_str()), (SIZE, size.as_str()), (COPIES, copies.as_str())];
                    li { a href=(address(desk, PRINT, &query, None)) { (unit.name) } }
                }
            }
        }
        (choose(desk, &[]))
    };
    desk.refused(words::TITLE.get(lang), &main)
}
