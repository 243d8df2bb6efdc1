//! `/quan-tri/phan-anh`: complaints and suggestions, for the level above and for the unit that is charged.

mod act;
pub(super) mod list;
pub(super) mod matter;
mod show;

use super::desk::{Desk, Stop};
use super::route::{Route, get, post};
use crate::cases::{self, House, Reader, Sight};
use crate::record::CaseCode;
use crate::store::cases::{Case, Listed};
use crate::words::{CaseId, Right as R, Scope};

pub(super) const PAGE: &str = "/quan-tri/phan-anh";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PAGE, R::ReadCases, list::show),
        get("/quan-tri/phan-anh/{ma}", R::ReadCases, show::show),
        post("/quan-tri/phan-anh/{ma}/giao", R::HandleCases, act::assign),
        post("/quan-tri/phan-anh/{ma}/tra-loi", R::HandleCases, act::answer),
        post("/quan-tri/phan-anh/{ma}/chuyen", R::HandleCases, act::pass_on),
        post("/quan-tri/phan-anh/{ma}/ket-thuc", R::HandleCases, act::close),
    ]
}

/// The parts of the province in which the person reads and handles cases and accusations.
pub(super) struct Scopes {
    reads: Option<Scope>,
    handles: Option<Scope>,
    accusations: Option<Scope>,
}

impl Scopes {
    pub(super) fn of(desk: &Desk) -> Self {
        Self {
            reads: desk.scope_of(R::ReadCases),
            handles: desk.scope_of(R::HandleCases),
            accusations: desk.scope_of(R::ReadAccusations),
        }
    }

    pub(super) fn reader(&self, desk: &Desk) -> Reader<'_> {
        Reader {
            own_unit: desk.signed.person.own_unit,
            reads: self.reads.as_ref(),
            handles: self.handles.as_ref(),
            accusations: self.accusations.as_ref(),
        }
    }
}

/// Where and when the person acts.
pub(super) fn house(desk: &Desk) -> House<'_> {
    House { province: desk.province(), directory: desk.directory(), now: desk.now, by: &desk.signed.person.email }
}

/// How much the person sees of a case.
fn sight(desk: &Desk, scopes: &Scopes, case: &Listed) -> Option<Sight> {
    scopes.reader(desk).sight(case, desk.directory(), desk.today())
}

/// The case of the address, as stored; who may see it is still to be asked.
pub(super) async fn stored(desk: &Desk) -> Result<Case, Stop> {
    let id = CaseCode::parse(desk.part("ma")).ok_or(Stop::NotFound)?;
    cases::get(desk.db().reader(), desk.province(), id).await?.ok_or(Stop::NotFound)
}

/// The case of the address with as much of it as the person sees.
async fn find(desk: &Desk, scopes: &Scopes) -> Result<(Case, Sight), Stop> {
    let mut case = stored(desk).await?;
    let sight = sight(desk, scopes, &case.listed).ok_or(Stop::NotFound)?;
    if sight == Sight::Task {
        case.comment = None;
    }
    Ok((case, sight))
}

fn page_of(id: CaseId) -> String {
    format!("{PAGE}/{}", CaseCode::of(id))
}
