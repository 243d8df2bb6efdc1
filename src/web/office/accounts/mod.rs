//! `/quan-tri/tai-khoan`: accounts of others. Who administers a part of the unit tree sees and gives what lies in it.

pub(super) mod change;
pub(super) mod invite;
pub(super) mod list;
pub(super) mod person;

use super::desk::{Desk, Stop};
use crate::staff::{self, AccountRefusal as Refusal};
use crate::store::staff::Person;
use crate::text::Say;
use crate::text::office::{self as common, accounts as words, sign_in};
use crate::web::view::Wording;
use crate::words::{Grant, Lang, Role, StaffId, UnitId};

/// Fields of the forms.
const EMAIL: &str = "email";
const NAME: &str = "ho_ten";
const UNIT: &str = "don_vi";
const ROLE: &str = "vai_tro";
const SCOPE: &str = "pham_vi";

/// Whether a person stands in the scope: the unit they work in, and everything they may do.
fn is_in_scope(desk: &Desk, person: &Person, grants: &[Grant]) -> bool {
    desk.scope.is_whole()
        || (person.own_unit != UnitId::NONE
            && desk.holds(person.own_unit)
            && grants.iter().all(|grant| grant.unit != UnitId::NONE && desk.holds(grant.unit)))
}

/// The person of the address, if they stand in the scope.
async fn find(desk: &Desk) -> Result<(Person, Vec<Grant>), Stop> {
    let number = desk.part("so").parse().map(StaffId).map_err(|_no_number| Stop::NotFound)?;
    let found = staff::with_grants(&desk.office(), number).await?;
    found.filter(|(person, grants)| is_in_scope(desk, person, grants)).ok_or(Stop::NotFound)
}

/// The roles as a list to choose from.
fn roles(lang: Lang) -> Vec<(Wording, Wording)> {
    let known = Role::ALL.iter().map(|known| (known.word().into(), common::role(lang, *known).into()));
    std::iter::once((Wording::default(), common::CHOOSE.get(lang).into())).chain(known).collect()
}

/// What is wrong with the fields of a grant.
#[derive(Debug, Default)]
struct GrantErrors {
    role: Option<Say>,
    scope: Option<Say>,
}

/// The grant that was entered: a role, and a unit in the scope of whoever gives it.
fn read_grant(desk: &Desk) -> Result<Grant, GrantErrors> {
    let role = Role::parse(desk.fields.get(ROLE)).map_err(|_unknown| words::CHOOSE_ROLE);
    let unit = match desk.fields.get(SCOPE) {
        "" if desk.scope.is_whole() => Ok(UnitId::NONE),
        code => desk.unit(code).map(|unit| unit.unit).map_err(|_unknown| words::NO_UNIT_OF_CODE),
    };
    match (role, unit) {
        (Ok(role), Ok(unit)) => Ok(Grant { role, unit }),
        (role, unit) => Err(GrantErrors { role: role.err(), scope: unit.err() }),
    }
}

/// The own unit that was entered; empty only for those who see the whole province.
fn read_unit(desk: &Desk) -> Result<UnitId, Say> {
    match desk.fields.get(UNIT) {
        "" if desk.scope.is_whole() => Ok(UnitId::NONE),
        code => desk.unit(code).map(|unit| unit.unit).map_err(|_unknown| words::NO_UNIT_OF_CODE),
    }
}

/// What is said of a refusal, and at which field.
fn told(refusal: Refusal) -> (Option<&'static str>, Say) {
    match refusal {
        Refusal::Email => (Some(EMAIL), sign_in::BAD_EMAIL),
        Refusal::EmailTaken => (Some(EMAIL), sign_in::EMAIL_TAKEN),
        Refusal::Name => (Some(NAME), sign_in::BAD_NAME),
        Refusal::Unknown => (None, words::UNKNOWN),
        Refusal::Self_ => (None, words::OWN_NOTE),
        Refusal::LastAdministrator => (None, words::LAST_ADMINISTRATOR),
        Refusal::NoGrant => (None, words::NO_GRANT),
    }
}

/// The address of a person's page.
fn page_of(person: StaffId) -> String {
    format!("/quan-tri/tai-khoan/{person}")
}
