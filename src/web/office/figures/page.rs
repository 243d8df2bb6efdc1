//! The page: groups first, then the parts of the public page, then what the office has besides.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::choice::{self, Asked};
use super::{beside, share, signals};
use crate::publish::{UnitFigures, figures};
use crate::text::office::figures as words;
use crate::web::language;
use crate::web::office::desk::{Desk, Stop};
use crate::web::results::period::{Choice, Chosen};
use crate::web::results::surroundings::{Surroundings, look_around};
use crate::web::results::unit_page::{Extra, Place, View, dashboard_path, render};
use crate::web::results::{importance, many};
use crate::words::{Right, UnitId};

/// The units at the top of the person's scope that the first page shows at most.
const MOST_TOPS: usize = 5;

/// What the first page of the office shows: the figures of the units at the top of the scope, this year.
pub(in crate::web::office) async fn summary(desk: &Desk) -> Result<Markup, Stop> {
    let Some(scope) = desk.scope_of(Right::ReadFigures) else { return Ok(Markup::default()) };
    let root = desk.directory().root(desk.today()).map(|root| root.unit);
    let tops: Vec<UnitId> = scope.tops().map_or_else(|| root.into_iter().collect(), <[UnitId]>::to_vec);
    let held = desk.codes(Right::ReadFigures);
    let site = desk.site();
    let mut tables = Vec::new();
    for unit in tops.into_iter().filter(|unit| desk.directory().unit_on(*unit, desk.today()).is_some()).take(MOST_TOPS)
    {
        let period = Chosen::year_of(desk.today()).period();
        let asked = figures::Asked::all(unit, period, None);
        let found = site.figures.of_unit(&site.db, desk.snapshot(), asked, desk.today()).await?;
        let around = look_around(desk.snapshot(), &found, desk.today());
        tables.push(many::summary(&view(desk, &found, &around, &held, ("", ""), Choice::default())));
    }
    Ok(html! { @for table in tables { (table.render()) } })
}

fn view<'a>(
    desk: &Desk,
    figures: &'a UnitFigures,
    around: &'a Surroundings,
    held: &'a BTreeSet<String>,
    (path, csv): (&'a str, &'a str),
    choice: Choice,
) -> View<'a> {
    View {
        lang: desk.lang,
        figures,
        around,
        choice,
        today: desk.today(),
        is_simulated: desk.snapshot().installation.simulated,
        path,
        csv,
        place: Place::Office(held),
    }
}

/// The main part of the page.
pub(super) async fn page(desk: &Desk, asked: &Asked, figures: &UnitFigures) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let held = desk.codes(Right::ReadFigures);
    let path = dashboard_path("", &figures.unit.code);
    let csv = dashboard_path("/so-lieu.csv", &figures.unit.code);
    let csv = language::address(&asked.choice.address(&csv), lang);
    let around = look_around(desk.snapshot(), figures, desk.today());
    let view = view(desk, figures, &around, &held, (&path, &csv), asked.choice);
    let controls = html! {
        (choice::form(desk, asked, &figures.measures))
        (share::share(desk, asked))
        @if asked.group.is_some() { p.note { (words::GROUP_ONLY.get(lang)) } }
        @if !view.is_simulated { p.h { (words::UP_TO.get(lang)) } }
    };
    let first = many::groups(&view).into_iter().collect();
    let mut last: Vec<_> = importance::importance(&view).into_iter().chain(many::ranks(&view)).collect();
    last.extend(beside::beside(desk, figures).await?);
    last.extend(signals::signals(desk, figures).await?);
    Ok(render(&view, Extra { title: None, controls, first, last }))
}
