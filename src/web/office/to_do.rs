//! What waits for somebody, on the first page of the office.

use maud::{Markup, html};

use super::cases::{PAGE as CASES, Scopes};
use super::desk::{Desk, Stop};
use super::{alerts as alert_page, late as late_page};
use crate::cases;
use crate::decisions;
use crate::index::alerts::Sign;
use crate::late;
use crate::publish::alerts;
use crate::text::office::{account, figures as words};
use crate::words::{Right, UnitId};

/// The list; nothing for those for whom nothing can wait.
pub(super) async fn to_do(desk: &Desk) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let rights = [Right::Approve, Right::HandleCases, Right::DraftApologies, Right::ReadFigures];
    if !rights.iter().any(|right| desk.may(*right)) {
        return Ok(Markup::default());
    }
    let mut lines: Vec<(&'static str, String)> = Vec::new();
    if let waiting @ 1.. = decisions_waiting(desk).await? {
        lines.push(("/quan-tri/duyet", account::proposals_wait(lang, waiting)));
    }
    if desk.may(Right::HandleCases) {
        let scopes = Scopes::of(desk);
        let work = cases::work(desk.db().reader(), desk.snapshot(), &scopes.reader(desk), desk.today()).await?;
        if work.open > 0 {
            lines.push((CASES, words::cases_wait(lang, work.open, work.late)));
        }
    }
    if desk.may(Right::DraftApologies) {
        let units = desk.units_with(Right::DraftApologies);
        let counts = late::counts(desk.db(), desk.province(), units.as_deref(), None).await?;
        if counts.all > counts.with {
            lines.push((late_page::PAGE, words::without_apology(lang, counts.all - counts.with)));
        }
    }
    if let marked @ 1.. = marked(desk).await? {
        lines.push((alert_page::PAGE, words::alerts_marked(lang, marked)));
    }
    Ok(html! {
        h2 { (words::TO_DO.get(lang)) }
        @if lines.is_empty() { p { (words::NOTHING_TO_DO.get(lang)) } }
        @else { ul.plain-list { @for (path, line) in &lines { li { a href=(desk.to(path)) { (line) } } } } }
    })
}

/// Proposals in the scope that wait for somebody other than whoever proposed.
async fn decisions_waiting(desk: &Desk) -> anyhow::Result<u64> {
    let Some(scope) = desk.scope_of(Right::Approve) else { return Ok(0) };
    let all = decisions::waiting(desk.db().reader(), desk.province(), desk.now).await?;
    let waits = all.iter().filter(|(rated, proposer)| {
        let holds = |unit: &UnitId| scope.holds(&desk.directory().path(*unit, desk.today()));
        (scope.is_whole() || rated.iter().any(holds)) && *proposer != desk.signed.person.staff
    });
    Ok(u64::try_from(waits.count()).unwrap_or(u64::MAX))
}

/// Alerts of the last moment in the scope.
async fn marked(desk: &Desk) -> anyhow::Result<u64> {
    let Some(scope) = desk.scope_of(Right::ReadFigures) else { return Ok(0) };
    let (db, snapshot) = (desk.db().reader(), desk.snapshot());
    let Some(look) = alerts::last_look(db, snapshot).await? else { return Ok(0) };
    let holds = |unit: UnitId| scope.holds(&desk.directory().path(unit, desk.today()));
    let found = alerts::of_moment(db, snapshot, look.day, holds).await?;
    Ok(u64::try_from(found.iter().filter(|alert| alert.sign == Sign::Look).count()).unwrap_or(u64::MAX))
}
