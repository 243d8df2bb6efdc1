//! What stands beside the figures of a unit: alerts, cases, late dossiers, and the figures of other systems, which measure
//! something else.

use maud::{Markup, html};

use super::super::{alerts as alert_page, cases as case_page, late as late_page, others as other_page};
use crate::cases::counts;
use crate::index::alerts::Sign;
use crate::late;
use crate::publish::UnitFigures;
use crate::publish::alerts;
use crate::publish::other_measures::{measured_periods, other_measures};
use crate::text::figure::SIDE_BY_SIDE;
use crate::text::number::share;
use crate::text::office::{alerts as alert_words, figures as words, late as late_words};
use crate::web::measures::blocks;
use crate::web::office::desk::{Desk, Stop};
use crate::web::results::unit_page::dashboard_path;
use crate::web::view::measures::measures;
use crate::web::view::unit::Part;
use crate::words::{Period, Right, UnitId};

/// Alerts that are listed at most.
const MOST_ALERTS: usize = 20;

/// The parts, in the order of the page.
pub(super) async fn beside(desk: &Desk, figures: &UnitFigures) -> Result<Vec<Part<Markup>>, Stop> {
    let found = [
        of_alerts(desk, figures.unit.unit).await?,
        Some(of_cases(desk, figures.unit.unit, figures.period).await?),
        of_late(desk, figures.unit.unit, figures.period).await?,
        of_others(desk, figures).await?,
    ];
    Ok(found.into_iter().flatten().collect())
}

/// The alerts of the last moment about the unit and those below it; nothing before the first moment.
async fn of_alerts(desk: &Desk, unit: UnitId) -> Result<Option<Part<Markup>>, Stop> {
    let lang = desk.lang;
    let mut found = alerts::of_unit(desk.db(), desk.snapshot(), unit).await?;
    if found.is_empty() {
        return Ok(None);
    }
    found.retain(|alert| alert.sign == Sign::Look);
    found.truncate(MOST_ALERTS);
    let href = |alert: &alerts::Alert| {
        let unit = desk.unit_of(alert.unit.unit)?;
        Some(desk.to(&dashboard_path("", &unit.code)))
    };
    let title = alert_words::TITLE.get(lang);
    let content = html! {
        @if found.is_empty() { p { (words::ALERTS_NONE.get(lang)) } }
        @else { (alert_page::table::table(lang, title.into(), &found, href).render()) }
        p { a href=(desk.to(alert_page::PAGE)) { (words::ALERTS_ALL.get(lang)) } }
    };
    Ok(Some(Part { title: title.into(), lead: Some(alert_words::NOT_A_VERDICT.get(lang).into()), content }))
}

/// How cases were handled in the period.
async fn of_cases(desk: &Desk, unit: UnitId, period: Period) -> Result<Part<Markup>, Stop> {
    let lang = desk.lang;
    let counts = counts::counts(desk.db().reader(), desk.snapshot(), unit, period, desk.today()).await?;
    let sentence = counts::sentence(lang, &counts, case_page::list::eyes(desk, unit));
    let content = html! {
        p { (sentence) }
        @if desk.may(Right::ReadCases) { p { a href=(desk.to(case_page::PAGE)) { (words::CASES_LINK.get(lang)) } } }
    };
    Ok(Part { title: words::CASES.get(lang).into(), lead: None, content })
}

/// Dossiers that were late in the period, and how many of them have an apology: a full count.
async fn of_late(desk: &Desk, unit: UnitId, period: Period) -> Result<Option<Part<Markup>>, Stop> {
    let lang = desk.lang;
    let counts = late::counts(desk.db(), desk.province(), Some(&desk.subtree(unit)), Some(period)).await?;
    if counts.all == 0 {
        return Ok(None);
    }
    let part = share(lang, real(counts.with) / real(counts.all));
    let content = html! {
        p { (late_words::counted(lang, counts.all, counts.with, &part)) }
        p.h { (late_words::FULL_COUNT.get(lang)) }
        @if desk.may(Right::DraftApologies) {
            p { a href=(desk.to(late_page::PAGE)) { (words::LATE_LINK.get(lang)) } }
        }
    };
    Ok(Some(Part { title: words::LATE.get(lang).into(), lead: None, content }))
}

fn real(n: u64) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

/// The figures of other systems in the latest span of days that ends within the period.
async fn of_others(desk: &Desk, figures: &UnitFigures) -> Result<Option<Part<Markup>>, Stop> {
    let (lang, unit) = (desk.lang, figures.unit.unit);
    let periods = measured_periods(desk.db(), desk.snapshot(), unit).await?;
    let within = periods.iter().filter(|span| span.from >= figures.period.from && span.to <= figures.period.to);
    let Some(span) = within.max_by_key(|span| (span.to, span.from)).copied() else { return Ok(None) };
    let found = other_measures(desk.db(), desk.snapshot(), unit, span).await?;
    let content = html! {
        (measures(SIDE_BY_SIDE.get(lang), &blocks(lang, &found)))
        p { a href=(desk.to(other_page::PAGE)) { (words::OTHERS_LINK.get(lang)) } }
    };
    Ok(Some(Part { title: words::OTHERS.get(lang).into(), lead: None, content }))
}
