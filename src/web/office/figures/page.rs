//! The page: groups first, then the parts of the public page, then what the office has besides.

use maud::{Markup, html};

use super::choice::{self, Asked};
use super::{held, share, signals};
use crate::publish::UnitFigures;
use crate::text::office::figures as words;
use crate::web::language;
use crate::web::office::desk::{Desk, Stop};
use crate::web::results::many;
use crate::web::results::surroundings::look_around;
use crate::web::results::unit_page::{Extra, Place, View, dashboard_path, render};

/// The main part of the page.
pub(super) async fn page(desk: &Desk, asked: &Asked, figures: &UnitFigures) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let held = held(desk);
    let path = dashboard_path("", &figures.unit.code);
    let csv = dashboard_path("/so-lieu.csv", &figures.unit.code);
    let csv = language::address(&asked.choice.address(&csv), lang);
    let around = look_around(desk.snapshot(), figures, desk.today());
    let view = View {
        lang,
        figures,
        around: &around,
        choice: asked.choice,
        today: desk.today(),
        is_simulated: desk.snapshot().installation.simulated,
        path: &path,
        csv: &csv,
        place: Place::Office(&held),
    };
    let controls = html! {
        (choice::form(desk, asked, &figures.measures))
        (share::share(desk, asked))
        @if !view.is_simulated { p.h { (words::UP_TO.get(lang)) } }
    };
    let first = many::groups(&view).into_iter().collect();
    let mut last: Vec<_> = many::ranks(&view).into_iter().collect();
    last.extend(signals::signals(desk, figures).await?);
    Ok(render(&view, Extra { controls, first, last }))
}
