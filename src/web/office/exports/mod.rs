//! `/quan-tri/xuat-du-lieu`: answers of one's scope as a file, made in the background and taken once.

mod ask;
mod job;
mod start;

use super::route::{Route, get, post};
use crate::words::Right as R;

/// The page that asks.
const PAGE: &str = "/quan-tri/xuat-du-lieu";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PAGE, R::ExportResponses, ask::show),
        post(PAGE, R::ExportResponses, start::send).after_code(),
        get("/quan-tri/xuat-du-lieu/{so}", R::ExportResponses, job::show),
        post("/quan-tri/xuat-du-lieu/{so}/tai-ve", R::ExportResponses, job::download),
    ]
}
