//! `GET /quan-tri/canh-bao`: the alerts of the last moment and the earlier ones of the year, of the units of the scope.

pub(in crate::web) mod table;

use maud::{Markup, html};

use super::desk::{Answer, Desk};
use super::pager::Pager;
use super::route::{Route, get};
use super::units::list::language_kept;
use crate::index::alerts::{Sign, needed};
use crate::publish::alerts::{self, Alert, Look};
use crate::statistics::Share;
use crate::text::number::Goal;
use crate::text::office::alerts as words;
use crate::text::search::Wanted;
use crate::web::results::unit_page::dashboard_path;
use crate::web::view::Wording;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input};
use crate::words::Right;

pub(super) const PAGE: &str = "/quan-tri/canh-bao";
/// Query that asks for every node, not the marked ones alone.
const SHOWN: &str = "xem";
const ALL: &str = "tat-ca";
/// Letters of a search that are read.
const LONGEST: usize = 100;
/// Earlier alerts that are listed.
const EARLIER: usize = 200;
/// The fall of which the page says after how many answers it is found, its target, and the items of the counter form.
const FALL: (f64, f64, usize) = (0.8, 0.9, 5);

/// The route.
pub(super) fn route() -> Route {
    get(PAGE, Right::ReadFigures, show)
}

async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let found = if let Some(look) = alerts::last_look(desk.db().reader(), desk.snapshot()).await? {
        of_look(&desk, look).await?
    } else {
        html! { p.note { (words::NO_LOOK.get(lang)) } }
    };
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        p { strong { (words::NOT_A_VERDICT.get(lang)) } }
        (found)
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

async fn of_look(desk: &Desk, look: Look) -> Result<Markup, super::desk::Stop> {
    let (lang, db) = (desk.lang, desk.db().reader());
    let of_scope = alerts::of_moment(db, desk.snapshot(), look.day, |unit| desk.holds(unit)).await?;
    let mut earlier = alerts::earlier(db, desk.snapshot(), look.day, |unit| desk.holds(unit)).await?;
    earlier.truncate(EARLIER);
    let marked = of_scope.iter().filter(|alert| alert.sign == Sign::Look).count();
    Ok(html! {
        p { (words::looked(lang, look.day, whole(of_scope.len()), whole(marked))) " " (words::ERROR.get(lang)) }
        @if let Some(within) = found_within(desk, look) { p.h { (within) } }
        p.h { (words::OWN_RULE.get(lang)) }
        @if of_scope.is_empty() { p.note { (words::NOBODY.get(lang)) } } @else { (list(desk, of_scope)) }
        h2 { (words::EARLIER.get(lang)) }
        @if earlier.is_empty() { p { (words::NO_EARLIER.get(lang)) } }
        @else { (rows_of(desk, words::EARLIER.get(lang).into(), &earlier)) }
    })
}

/// What was found at the last moment, by what is asked for.
fn list(desk: &Desk, mut found: Vec<Alert>) -> Markup {
    let lang = desk.lang;
    let query: String = desk.asked("tim").chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let (wanted, shows_all) = (Wanted::of(&query), desk.asked(SHOWN) == ALL);
    found.retain(|alert| {
        let point = alert.point.as_deref().unwrap_or_default();
        let is_wanted = wanted.is_empty() || wanted.is_in(&format!("{point} {} {}", alert.unit.name, alert.unit.code));
        is_wanted && (shows_all || alert.sign == Sign::Look)
    });
    let pager = Pager::new(&desk.asked("trang"), found.len());
    let rows = found.get(pager.range()).unwrap_or_default();
    let shown = if shows_all { ALL } else { "" };
    let options = [("", words::ALERTS_ONLY), (ALL, words::EVERY_NODE)];
    let options = options.map(|(value, say)| (Wording::from(value), Wording::from(say.get(lang)))).to_vec();
    let fields = [
        Field::new(SHOWN, words::SHOWN.get(lang), Input::Select(options)).value(shown),
        Field::new("tim", words::SEARCH.get(lang), Input::Text).value(query.clone()),
    ];
    let nothing = if wanted.is_empty() && !shows_all { words::NO_ALERT } else { words::NOT_FOUND };
    html! {
        (finder(PAGE, &language_kept(lang), &fields, words::SHOW.get(lang)))
        @if rows.is_empty() { p.note { (nothing.get(lang)) } } @else { (rows_of(desk, words::TITLE.get(lang).into(), rows)) }
        (pager.links(desk, PAGE, &[(SHOWN, shown), ("tim", &query)]))
    }
}

fn rows_of(desk: &Desk, caption: Wording, alerts: &[Alert]) -> Markup {
    let href = |alert: &Alert| {
        let unit = desk.unit_of(alert.unit.unit)?;
        Some(desk.to(&dashboard_path("", &unit.code)))
    };
    table::table(desk.lang, caption, alerts, href).render()
}

/// After how many answers a fall is found, with as many nodes as there are.
fn found_within(desk: &Desk, look: Look) -> Option<String> {
    let (fallen, target, items) = FALL;
    let needed = needed(Share::new(fallen)?, Share::new(target)?, items, look.tested)?;
    Some(words::found_within(desk.lang, Goal(fallen), whole(look.tested), needed.median, needed.most))
}

fn whole(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
