//! `/quan-tri/qua-han`: late dossiers, the draft of an apology, and noting that it has left.

mod act;
mod draft;
mod list;
mod show;

use super::desk::{Desk, Stop};
use super::route::{Route, get, post};
use crate::late::LateDossier;
use crate::words::{Right as R, UnitId};

pub(super) const PAGE: &str = "/quan-tri/qua-han";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PAGE, R::DraftApologies, list::show),
        get("/quan-tri/qua-han/{so}", R::DraftApologies, show::show),
        post("/quan-tri/qua-han/{so}/van-ban", R::DraftApologies, draft::download),
        post("/quan-tri/qua-han/{so}/da-gui", R::DraftApologies, act::note),
    ]
}

/// The address of a dossier, by its random key: its number stands in no address.
fn page_of(id: i64) -> String {
    format!("{PAGE}/{id:016x}")
}

/// The dossier of the address, in the scope.
async fn dossier(desk: &Desk) -> Result<LateDossier, Stop> {
    let id = u64::from_str_radix(desk.part("so"), 16).ok().and_then(|id| i64::try_from(id).ok());
    let found = crate::late::find(desk.db(), desk.province(), id.ok_or(Stop::NotFound)?).await?;
    found.filter(|dossier| desk.holds(dossier.unit)).ok_or(Stop::NotFound)
}

/// The units of the scope; `None` where it is the whole province.
fn units(desk: &Desk) -> Option<Vec<UnitId>> {
    (!desk.scope.is_whole()).then(|| desk.units().map(|(unit, _)| unit).collect())
}

/// The code of the unit that owes the apology, for the staff log.
fn unit_code(desk: &Desk, dossier: &LateDossier) -> String {
    desk.directory().unit_on(dossier.unit, desk.today()).map(|unit| unit.code.clone()).unwrap_or_default()
}
