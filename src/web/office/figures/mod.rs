//! `/quan-tri/so-lieu`: the dashboard of a unit of one's scope. What is chosen stands in the address.

mod beside;
pub(super) mod choice;
mod page;
mod share;
mod signals;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use maud::html;

use self::choice::Asked;
pub(super) use self::page::summary;
use super::desk::{Answer, Desk, Stop};
use super::route::{Route, get};
use crate::publish::UnitFigures;
use crate::text::office::figures as words;
use crate::web::results::csv::File;
use crate::web::results::unit_page::DASHBOARD;
use crate::words::Right as R;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![get(DASHBOARD, R::ReadFigures, show), get("/quan-tri/so-lieu/{tep}.csv", R::ReadFigures, file)]
}

/// `GET /quan-tri/so-lieu`.
async fn show(desk: Desk) -> Answer {
    let Some(asked) = Asked::of(&desk)? else {
        let main = html! { h1 { (words::TITLE.get(desk.lang)) } p.note { (words::NO_UNIT.get(desk.lang)) } };
        return Ok(desk.page(words::TITLE.get(desk.lang), &main));
    };
    let figures = figures(&desk, &asked).await?;
    let main = page::page(&desk, &asked, &figures).await?;
    Ok(desk.page(format!("{}: {}", words::TITLE.get(desk.lang), figures.unit.name), &main))
}

/// `GET /quan-tri/so-lieu/{tep}.csv`: the same figures as a file.
async fn file(desk: Desk) -> Answer {
    let file = File::named(desk.part("tep")).ok_or(Stop::NotFound)?;
    let asked = Asked::of(&desk)?.ok_or(Stop::NotFound)?;
    let figures = figures(&desk, &asked).await?;
    let name = format!("{}-{}-{}.csv", file.word(), asked.plain_code(), asked.period_word());
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(file.write(&figures)?))
}

/// The figures that were asked for, without what lies outside the scope or the chosen group.
async fn figures(desk: &Desk, asked: &Asked) -> Result<Arc<UnitFigures>, Stop> {
    let site = desk.site();
    let found = site.figures.of_unit(&site.db, desk.snapshot(), asked.figures(), desk.today()).await?;
    let is_outside = found.above.iter().any(|unit| !desk.holds(unit.unit));
    if !is_outside && asked.group.is_none() {
        return Ok(found);
    }
    let mut found = (*found).clone();
    found.above.retain(|unit| desk.holds(unit.unit));
    if let Some(group) = asked.group {
        found.children.retain(|child| child.unit.kind.group() == group);
        found.groups.retain(|of| of.group == group);
    }
    Ok(Arc::new(found))
}
