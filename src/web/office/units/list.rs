//! `GET /quan-tri/don-vi`: the tree of the scope on a day. What has not begun and what has ended stand below it.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::{LIST, page_of};
use crate::registry::import;
use crate::store::places::UnitVersion;
use crate::text::office::{self as common, units as words};
use crate::text::search::{Wanted, sort_key};
use crate::text::{Say, number};
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::faults::entered_day;
use crate::web::office::pager::Pager;
use crate::web::view::Hidden;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input};
use crate::words::{Day, Lang, Right, UnitId};

/// Signs of a query that are read.
const LONGEST_QUERY: usize = 100;
/// Deepest indentation that is drawn.
const DEEPEST: usize = 6;

/// What a unit is on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Alive,
    Coming,
    Ended,
}

impl State {
    const fn say(self) -> Say {
        match self {
            Self::Alive => words::ALIVE,
            Self::Coming => words::COMING,
            Self::Ended => words::ENDED,
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    unit: &'a UnitVersion,
    state: State,
    depth: usize,
}

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let asked_day = desk.asked("ngay");
    let day = import::day(&asked_day).ok();
    let query: String = desk.asked("tim").chars().take(LONGEST_QUERY).collect();
    let wanted = Wanted::of(&query);
    let lines = lines(&desk, day.unwrap_or(desk.today()), &wanted);
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        @if desk.may(Right::ChangeUnits) { (acts(&desk)) }
        (find(&desk, day.unwrap_or(desk.today()), &query))
        @if day.is_none() && !asked_day.is_empty() { p.note role="status" { (words::BAD_DAY.get(lang)) } }
        @if !wanted.is_empty() {
            p role="status" { (words::found(lang, count(lines.len()), &query)) }
            p { a href=(desk.to(LIST)) { (words::SHOW_ALL.get(lang)) } }
        } @else if lines.is_empty() { p.note { (words::NO_UNITS.get(lang)) } }
        (listed(&desk, day.unwrap_or(desk.today()), &lines, &[("ngay", &asked_day), ("tim", &query)]))
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn acts(desk: &Desk) -> Markup {
    let link = |path: &str, label: Say| html! { a.button href=(desk.to(&format!("{LIST}/{path}"))) { (label.get(desk.lang)) } " " };
    html! {
        p.acts {
            (link("them", words::ADD_TITLE)) (link("sap-nhap", words::MERGE_TITLE)) (link("chia-tach", words::SPLIT_TITLE))
        }
    }
}

fn find(desk: &Desk, day: Day, query: &str) -> Markup {
    let lang = desk.lang;
    let fields = [
        Field::new("tim", words::FIND.get(lang), Input::Text).hint(words::FIND_HINT.get(lang)).value(query.to_owned()),
        Field::new("ngay", words::DAY.get(lang), Input::Date).value(entered_day(day)),
    ];
    finder(LIST, &language_kept(lang), &fields, common::SEARCH.get(lang))
}

/// The language of the page, for forms that are sent by GET.
pub(in crate::web::office) fn language_kept(lang: Lang) -> Vec<Hidden> {
    let other = (lang != Lang::Vi).then(|| Hidden { name: "lang".into(), value: lang.word().into() });
    other.into_iter().collect()
}

/// The units of the scope in the order of the tree, or those that are searched for, by name; then the others.
fn lines<'a>(desk: &'a Desk, day: Day, wanted: &Wanted) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (unit, versions) in desk.units() {
        let is_wanted = |version: &UnitVersion| {
            let admin = version.admin_code.as_deref().unwrap_or_default();
            wanted.is_in(&[&version.name, &version.code, admin].join(" "))
        };
        if !wanted.is_empty() && !versions.iter().any(is_wanted) {
            continue;
        }
        let state = match versions.first() {
            Some(first) if first.valid_from > day => State::Coming,
            _ if desk.directory().is_alive(unit, day) => State::Alive,
            _ => State::Ended,
        };
        lines.extend(desk.directory().unit_on(unit, day).map(|unit| Line { unit, state, depth: 0 }));
    }
    lines.sort_by_cached_key(|line| (line.state, sort_key(&line.unit.name)));
    if wanted.is_empty() { as_tree(lines) } else { lines }
}

/// Those that exist, each below its parent; whose parent is not among them stands at the left.
fn as_tree(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let (alive, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.state == State::Alive);
    let here: BTreeSet<UnitId> = alive.iter().map(|line| line.unit.unit).collect();
    let mut below: BTreeMap<Option<UnitId>, Vec<Line<'_>>> = BTreeMap::new();
    // From the last to the first: what is taken from the end of a list comes in order.
    for line in alive.into_iter().rev() {
        below.entry(line.unit.parent.filter(|parent| here.contains(parent))).or_default().push(line);
    }
    let mut waiting = below.remove(&None).unwrap_or_default();
    let mut tree = Vec::new();
    while let Some(line) = waiting.pop() {
        let own = below.remove(&Some(line.unit.unit)).unwrap_or_default();
        waiting.extend(own.into_iter().map(|below| Line { depth: line.depth + 1, ..below }));
        tree.push(line);
    }
    tree.extend(others);
    tree
}

/// How many points each unit has open on the day.
fn open_points(desk: &Desk, day: Day) -> BTreeMap<UnitId, u64> {
    let mut counts = BTreeMap::new();
    for (point, _) in desk.points() {
        let version = desk.directory().point_on(point.point, day);
        if let Some(version) = version.filter(|version| version.valid_to.is_none_or(|last| day <= last)) {
            *counts.entry(version.unit).or_insert(0) += 1;
        }
    }
    counts
}

fn listed(desk: &Desk, day: Day, lines: &[Line<'_>], query: &[(&str, &str)]) -> Markup {
    let pager = Pager::new(&desk.asked("trang"), lines.len());
    let shown = lines.get(pager.range()).unwrap_or_default();
    let points = open_points(desk, day);
    let of = |state: State| shown.iter().filter(move |line| line.state == state);
    let all = |state: State| count(lines.iter().filter(|line| line.state == state).count());
    html! {
        @for state in [State::Alive, State::Coming, State::Ended] {
            @if of(state).next().is_some() {
                h2 { (state.say().get(desk.lang)) " (" (number::count(desk.lang, all(state))) ")" }
                ul.rows.tree {
                    @for line in of(state) {
                        li class={ "d" (line.depth.min(DEEPEST)) } {
                            (row(desk, day, line, points.get(&line.unit.unit).copied().unwrap_or(0)))
                        }
                    }
                }
            }
        }
        (pager.links(desk, LIST, query))
    }
}

fn row(desk: &Desk, day: Day, line: &Line<'_>, points: u64) -> Markup {
    let (lang, unit) = (desk.lang, line.unit);
    let what = match line.state {
        State::Alive => words::open_points(lang, points),
        State::Coming => words::begins_on(lang, unit.valid_from),
        State::Ended => {
            let new: Vec<&str> =
                desk.directory().successors_on(unit.unit, day).iter().map(|unit| unit.name.as_str()).collect();
            match (new.as_slice(), unit.valid_to) {
                ([], Some(last)) => words::ended_on(lang, last),
                ([], None) => words::ENDED.get(lang).to_owned(),
                _ => words::now_part_of(lang, &new.join(", ")),
            }
        }
    };
    html! {
        span {
            a href=(desk.to(&page_of(&unit.code))) { (unit.name) }
            " " span.h { (unit.code) " · " (words::kind(lang, unit.kind)) " · " (what) }
        }
    }
}
