//! `/quan-tri/thu-tuc`: fields and procedures.

mod change;
mod list;

use super::route::{Route, get, post};
use crate::words::Right as R;

/// The page.
const PAGE: &str = "/quan-tri/thu-tuc";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PAGE, R::Read, list::show),
        post(PAGE, R::ChangeProcedures, change::add),
        get("/quan-tri/thu-tuc/them", R::ChangeProcedures, change::show_add),
        get("/quan-tri/thu-tuc/ma/{ma}", R::ChangeProcedures, change::show_change),
        post("/quan-tri/thu-tuc/ma/{ma}", R::ChangeProcedures, change::change),
        get("/quan-tri/thu-tuc/linh-vuc/{so}", R::ChangeProcedures, change::show_rename),
        post("/quan-tri/thu-tuc/linh-vuc/{so}", R::ChangeProcedures, change::rename),
    ]
}
