//! `/quan-tri/cong-bo`: what is prepared, submitted, approved and let go.

mod act;
mod list;
mod prepare;
mod records;
mod show;

use super::desk::{Desk, Stop};
use super::route::{Route, get, post, post_file};
use crate::publications::{NotDone, NotFrozen, Refusal, Who};
use crate::store::publications::{self as stored, PublicationState, StoredPublication};
use crate::text::Say;
use crate::text::office::publications as words;
use crate::words::{Lang, Moment, Right, Role};

/// The list.
pub(super) const PAGE: &str = "/quan-tri/cong-bo";
/// Preparing.
const NEW: &str = "/quan-tri/cong-bo/moi";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    use Right as R;
    vec![
        get(PAGE, R::ReadPublications, list::show),
        get(NEW, R::PreparePublications, prepare::show),
        post(NEW, R::PreparePublications, prepare::send).after_code(),
        get("/quan-tri/cong-bo/{ten}/{ban}", R::ReadPublications, show::show),
        post("/quan-tri/cong-bo/{ten}/{ban}/duyet", R::ApprovePublications, act::approve).after_code(),
        post("/quan-tri/cong-bo/{ten}/{ban}/khong-duyet", R::ApprovePublications, act::refuse).after_code(),
        post("/quan-tri/cong-bo/{ten}/{ban}/rut", R::PreparePublications, act::withdraw),
        post_file("/quan-tri/cong-bo/{ten}/{ban}/van-ban", R::ApprovePublications, act::attach).after_code(),
        post("/quan-tri/cong-bo/{ten}/{ban}/de-nghi", R::TakeRecords, records::ask),
        post("/quan-tri/cong-bo/{ten}/{ban}/dong-y/{so}", R::ApprovePublications, records::allow).after_code(),
        post("/quan-tri/cong-bo/{ten}/{ban}/tu-choi/{so}", R::ApprovePublications, records::refuse).after_code(),
        post("/quan-tri/cong-bo/{ten}/{ban}/phieu", R::TakeRecords, records::download).after_code(),
    ]
}

/// The page of a version.
fn page_of(slug: &str, version: i32) -> String {
    format!("{PAGE}/{slug}/{version}")
}

/// The version of the address.
async fn find(desk: &Desk) -> Result<StoredPublication, Stop> {
    let version: i32 = desk.part("ban").parse().map_err(|_not_a_number| Stop::NotFound)?;
    let all = stored::versions(desk.db().reader(), desk.province(), desk.part("ten")).await?;
    all.into_iter().find(|one| one.version == version).ok_or(Stop::NotFound)
}

/// Who acts, by the first of their roles that may.
fn who(desk: &Desk, right: Right) -> Who<'_> {
    let person = &desk.signed.person;
    let role = desk.signed.grants.iter().map(|grant| grant.role).find(|role| role.may(right));
    Who {
        staff: person.staff,
        own_unit: person.own_unit,
        role: role.unwrap_or(Role::HomeAffairs),
        by: &person.email,
        now: desk.now,
    }
}

/// The name of an account.
async fn name(desk: &Desk, staff: crate::words::StaffId) -> Result<String, Stop> {
    let person = crate::store::staff::find(desk.db().reader(), desk.province(), staff).await?;
    Ok(person.map_or_else(|| format!("#{}", staff.0), |person| person.name))
}

/// What stands against an act, in words; a fault goes on as one.
fn told(lang: Lang, not_done: NotDone) -> Result<String, Stop> {
    match not_done {
        NotDone::Fault(fault) => Err(Stop::Fault(fault)),
        NotDone::Refused(refusal) => Ok(say(lang, &refusal)),
    }
}

fn say(lang: Lang, refusal: &Refusal) -> String {
    let said = match refusal {
        Refusal::NotFrozen(NotFrozen::NotOver(day)) => return words::not_over(lang, *day),
        Refusal::NotFrozen(why) => frozen(why),
        Refusal::Waiting(_) => words::WAITING,
        Refusal::NeedsReason => words::NEEDS_REASON,
        Refusal::Unchanged => words::UNCHANGED,
        Refusal::Words => words::WORDS,
        Refusal::Unknown => words::UNKNOWN,
        Refusal::Decided => words::DECIDED,
        Refusal::SamePerson => words::SAME_PERSON,
        Refusal::SameUnit => words::SAME_UNIT,
        Refusal::OwnUnit => words::OWN_UNIT,
        Refusal::OwnUnitUnknown => words::OWN_UNIT_UNKNOWN,
        Refusal::NoDecision => words::NO_DECISION,
        Refusal::Release => words::RELEASE_TOO_FAR,
        Refusal::NoKey => words::NO_KEY,
        Refusal::NoDocument => words::NO_DOCUMENT,
        Refusal::NotAttached => words::NOT_ATTACHED,
    };
    said.get(lang).to_owned()
}

const fn frozen(why: &NotFrozen) -> Say {
    match why {
        NotFrozen::NoUnit => words::NO_UNIT,
        NotFrozen::NoPeriod | NotFrozen::NotOver(_) => words::NO_PERIOD,
        NotFrozen::NoFigures => words::NO_FIGURES,
        NotFrozen::TooManyUnits(_) => words::TOO_MANY,
        NotFrozen::NotSigned => words::NOT_SIGNED,
    }
}

/// The state as people read it.
fn state(of: &StoredPublication, now: Moment) -> Say {
    match of.state {
        PublicationState::Submitted => words::STATE_SUBMITTED,
        PublicationState::Approved if of.is_public(now) => words::STATE_PUBLISHED,
        PublicationState::Approved => words::STATE_APPROVED,
        PublicationState::Refused => words::STATE_REFUSED,
        PublicationState::Withdrawn => words::STATE_WITHDRAWN,
    }
}

/// The title in a language.
fn title(lang: Lang, of: &StoredPublication) -> &str {
    match lang {
        Lang::Vi => &of.title.0,
        Lang::En => &of.title.1,
    }
}
