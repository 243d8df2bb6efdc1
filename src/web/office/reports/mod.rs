//! `/quan-tri/bao-cao`: official reports of a unit of one's scope, as a Word file and a workbook. What is chosen stands in the
//! address; nothing is written.

mod page;

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use std::collections::BTreeSet;

use actix_web::web::block;
use anyhow::{Context, anyhow};

use super::desk::{Answer, Desk, Stop};
use super::route::{Route, get};
use super::signals::{looks_from_outside, signal};
use crate::index::signals::Class;
use crate::publish::signals;
use crate::reports::{self, Asked, Facts, NoReport, Noticed};
use crate::store::places::UnitVersion;
use crate::text::office::REPORTS_PAGE;
use crate::text::reports::paper::Kind;
use crate::text::reports::small;
use crate::words::{Period, Right as R};

/// Years that can be asked for.
const YEARS: std::ops::RangeInclusive<i32> = 2_000..=2_100;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(REPORTS_PAGE, R::WriteReports, page::show),
        get("/quan-tri/bao-cao/tep.docx", R::WriteReports, word),
        get("/quan-tri/bao-cao/tep.xlsx", R::WriteReports, workbook),
    ]
}

/// What the address asks for: a unit of the scope, otherwise the first of it; the usual report where it names none.
fn asked(desk: &Desk) -> Result<Option<(Asked, UnitVersion)>, Stop> {
    let code = desk.asked("don-vi");
    let unit =
        if code.is_empty() { desk.tops().first().map(|unit| (*unit).clone()) } else { Some(desk.unit(&code)?.clone()) };
    let Some(unit) = unit else { return Ok(None) };
    let (usual, this_year) = reports::calendar::usual(desk.today());
    let (kind, year) = (desk.asked("ky"), desk.asked("nam"));
    let kind = if kind.is_empty() { Some(usual) } else { Kind::ALL.into_iter().find(|own| own.word() == kind) };
    let year = if year.is_empty() { Some(this_year) } else { year.parse().ok().filter(|year| YEARS.contains(year)) };
    let (kind, year) = kind.zip(year).ok_or(Stop::NotFound)?;
    Ok(Some((Asked { unit: unit.unit, year, kind }, unit)))
}

/// What the report says; none where its period has not begun.
async fn facts(desk: &Desk, asked: Asked) -> Result<Option<Facts>, Stop> {
    let site = desk.site();
    let noticed = noticed(desk, asked).await?;
    let words = (desk.today(), desk.base_url(), noticed);
    match reports::facts(&site.db, desk.snapshot(), &site.figures, asked, words).await {
        Ok(facts) => Ok(Some(facts)),
        Err(NoReport::NotBegun) => Ok(None),
        Err(NoReport::Fault(fault)) => Err(fault.into()),
    }
}

/// The signals of the months that are over, of units in the scope below the one that reports; none where the person may not
/// read signals there. As on the page of signals, nobody reads those of their own unit.
async fn noticed(desk: &Desk, asked: Asked) -> Result<Option<Noticed>, Stop> {
    let (directory, today) = (desk.directory(), desk.today());
    let scope = desk.scope_of(R::ReadSignals).filter(|scope| scope.holds(&directory.path(asked.unit, today)));
    let last = signals::last_month(desk.db(), desk.snapshot()).await?;
    let period = reports::calendar::period_of(asked.kind, asked.year);
    let (Some(scope), Some(last), Some(period)) = (scope, last, period) else { return Ok(None) };
    let months = (1..=12).filter_map(|month| Period::calendar_month(asked.year, month));
    let (mut units, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for month in months.filter(|month| period.contains(month.to) && month.to <= last.to) {
        let all = desk.site().signals.of_month(desk.db(), desk.snapshot(), month, today).await?;
        for found in all.iter() {
            let path = directory.path(found.unit.unit, today);
            let is_his = path.contains(&asked.unit) && scope.holds(&path);
            let to_look: Vec<_> = found.readings.iter().filter(|reading| reading.class == Class::Look).collect();
            if !to_look.is_empty() && is_his && looks_from_outside(desk, found.unit.unit, month) {
                units.insert(found.unit.unit);
                kinds.extend(to_look.iter().map(|reading| reading.signal));
            }
        }
    }
    let signals = kinds.into_iter().map(|kind| small(signal(kind).0.vi)).collect();
    Ok(Some(Noticed { units: u64::try_from(units.len()).unwrap_or(u64::MAX), signals }))
}

/// `GET /quan-tri/bao-cao/tep.docx`.
async fn word(desk: Desk) -> Answer {
    file(&desk, reports::TYPES.0, "docx", reports::word).await
}

/// `GET /quan-tri/bao-cao/tep.xlsx`.
async fn workbook(desk: Desk) -> Answer {
    file(&desk, reports::TYPES.1, "xlsx", reports::workbook).await
}

async fn file(desk: &Desk, media: &'static str, ending: &str, make: fn(&Facts) -> anyhow::Result<Vec<u8>>) -> Answer {
    let (wanted, _) = asked(desk)?.ok_or(Stop::NotFound)?;
    let facts = facts(desk, wanted).await?.ok_or(Stop::NotFound)?;
    let name = format!("{}.{ending}", reports::file_name(&facts));
    // Drawing takes a while: other requests go on meanwhile.
    let written =
        block(move || make(&facts)).await.map_err(|error| anyhow!("{error}")).context("while making a report")?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(written?))
}
