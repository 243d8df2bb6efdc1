//! `/quan-tri/phieu`: questionnaires: the list, the trial of any of them, and the upload of another one.

mod list;
mod result;
pub(super) mod told;
mod trial;
mod upload;

use super::route::{Route, get, post, post_file};
use crate::questionnaire::EditionRef;
use crate::text::office::questionnaires as words;
use crate::words::{Lang, Right as R};

/// The page.
const PAGE: &str = "/quan-tri/phieu";
/// Where one is uploaded.
const UPLOAD_PAGE: &str = "/quan-tri/phieu/tai-len";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PAGE, R::Read, list::show),
        get(UPLOAD_PAGE, R::ChangeQuestionnaires, upload::show),
        post_file(UPLOAD_PAGE, R::ChangeQuestionnaires, upload::check),
        post("/quan-tri/phieu/tai-len/trinh", R::ChangeQuestionnaires, upload::propose),
        get("/quan-tri/phieu/tai-len/xem/{so}", R::ChangeQuestionnaires, trial::show_uploaded),
        post("/quan-tri/phieu/tai-len/xem/{so}/thu", R::ChangeQuestionnaires, trial::send_uploaded),
        get("/quan-tri/phieu/{ma}/{ban}", R::Read, trial::show),
        post("/quan-tri/phieu/{ma}/{ban}/thu", R::Read, trial::send),
    ]
}

/// Code and version.
pub(super) fn named(lang: Lang, name: &EditionRef) -> String {
    words::named(lang, &name.code, &name.version.to_string())
}
