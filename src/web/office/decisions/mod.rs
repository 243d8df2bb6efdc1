//! `/quan-tri/duyet`: what one person proposes and another from outside the rated unit decides.

pub(super) mod act;
pub(super) mod list;
pub(super) mod propose;
pub(super) mod show;

use maud::{Markup, html};

use super::desk::{Desk, Stop};
use crate::decisions::{self, Person, Who};
use crate::registry::moves::Move;
use crate::store::decisions::StoredDecision;
use crate::text::{Say, date, decision as words};
use crate::words::{DecisionId, PointId, StaffId};

/// The list.
const PAGE: &str = "/quan-tri/duyet";

/// Who acts.
fn who(desk: &Desk) -> Who<'_> {
    let person = &desk.signed.person;
    Who { person: Person { staff: person.staff, own_unit: person.own_unit }, by: &person.email, now: desk.now }
}

/// Whether a decision is about a unit of the scope.
fn is_in_scope(desk: &Desk, decision: &StoredDecision) -> bool {
    decision.rated.iter().any(|unit| desk.holds(*unit))
}

/// The decision of the address.
async fn find(desk: &Desk) -> Result<StoredDecision, Stop> {
    let id = desk.part("so").parse().map(DecisionId).map_err(|_no_number| Stop::NotFound)?;
    let found = decisions::get(desk.db().reader(), desk.province(), id).await?;
    found.filter(|decision| is_in_scope(desk, decision)).ok_or(Stop::NotFound)
}

/// What became of it; one that nobody decided in time has expired.
fn state(desk: &Desk, decision: &StoredDecision) -> Say {
    if decision.has_expired(desk.now) { words::EXPIRED } else { words::state(decision.state) }
}

fn page_of(id: DecisionId) -> String {
    format!("{PAGE}/{id}")
}

/// The points and days of a move.
fn matter(desk: &Desk, decision: &StoredDecision) -> anyhow::Result<Markup> {
    let moved = Move::parse(&decision.subject)?;
    let name = |point: PointId| {
        let known = desk.directory().point(point);
        let unit = desk.directory().receiving_unit(point, desk.today());
        let version = desk.directory().point_on(point, desk.today());
        let (code, name) =
            (known.map_or("", |(known, _)| known.code.as_str()), version.map_or("", |v| v.name.as_str()));
        format!("{code} · {name} · {}", unit.map(|unit| desk.unit_name(unit)).unwrap_or_default())
    };
    Ok(html! {
        (name(moved.from)) " → " (name(moved.to)) ", " (date::span(desk.lang, moved.days))
    })
}

/// The name of whoever did something.
async fn name(desk: &Desk, staff: StaffId) -> Result<String, Stop> {
    let person = crate::staff::with_grants(&desk.office(), staff).await?;
    Ok(person.map(|(person, _)| person.name).unwrap_or_default())
}
