//! `/quan-tri/duyet`: what one person proposes and another decides.

pub(super) mod act;
pub(super) mod exclude;
pub(super) mod list;
mod matter;
pub(super) mod propose;
pub(super) mod restore;
pub(super) mod show;
pub(super) mod tickets;

use super::desk::{Desk, Stop};
use super::faults::{Faults, choices};
use crate::decisions::{self, Person, Who};
use crate::store::decisions::StoredDecision;
use crate::text::office::decisions as page;
use crate::text::{Say, decision as words};
use crate::web::view::Wording;
use crate::words::{DecisionId, DecisionKind, DecisionReason, Scope, StaffId, UnitId};

/// The list.
const PAGE: &str = "/quan-tri/duyet";

/// Fields that proposals share.
const DAY_FROM: &str = "tu_ngay";
const DAY_TO: &str = "den_ngay";
const REASON: &str = "ly_do";
const NOTE: &str = "ghi_chu";

/// The reason that was chosen of those of a kind.
fn reason(desk: &Desk, kind: DecisionKind, faults: &mut Faults) -> Option<DecisionReason> {
    let found = DecisionReason::parse(desk.fields.get(REASON)).ok().filter(|one| kind.reasons().contains(one));
    if found.is_none() {
        faults.at(REASON, page::NO_REASON.get(desk.lang));
    }
    found
}

/// The reasons of a kind to choose from.
fn reasons(desk: &Desk, kind: DecisionKind) -> Vec<(Wording, Wording)> {
    choices(None, kind.reasons().iter().map(|one| (one.word(), words::reason(*one).get(desk.lang))))
}

/// Who acts.
pub(super) fn who(desk: &Desk) -> Who<'_> {
    let person = &desk.signed.person;
    Who { person: Person { staff: person.staff, own_unit: person.own_unit }, by: &person.email, now: desk.now }
}

/// Whether a decision is about a unit of the scope; one about no unit is about the province as a whole.
fn is_in_scope(desk: &Desk, decision: &StoredDecision) -> bool {
    is_within(desk, &desk.scope, decision)
}

fn is_within(desk: &Desk, scope: &Scope, decision: &StoredDecision) -> bool {
    let holds = |unit: &UnitId| scope.holds(&desk.directory().path(*unit, desk.today()));
    scope.is_whole() || decision.rated.iter().any(holds)
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

/// The page of a decision.
pub(super) fn page_of(id: DecisionId) -> String {
    format!("{PAGE}/{id}")
}

/// The name of whoever did something.
async fn name(desk: &Desk, staff: StaffId) -> Result<String, Stop> {
    let person = crate::staff::with_grants(&desk.office(), staff).await?;
    Ok(person.map(|(person, _)| person.name).unwrap_or_default())
}
