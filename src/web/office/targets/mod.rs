//! `/quan-tri/chi-tieu`: targets with their documents.

mod change;
mod list;

use super::desk::Desk;
use super::route::{Route, get, post};
use crate::registry::targets::{Standing, StoredTarget};
use crate::text::figure::measure::measure_name;
use crate::text::office::targets as words;
use crate::web::results::target_list::level;
use crate::words::{FieldId, Lang, Right as R};

/// The page.
const PAGE: &str = "/quan-tri/chi-tieu";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PAGE, R::Read, list::show),
        post(PAGE, R::ChangeTargets, change::add),
        get("/quan-tri/chi-tieu/them", R::ChangeTargets, change::show_add),
        get("/quan-tri/chi-tieu/{so}", R::Read, change::show),
        post("/quan-tri/chi-tieu/{so}/ket-thuc", R::ChangeTargets, change::end),
    ]
}

/// What has to be reached, and which measure it is for.
fn told(desk: &Desk, stored: &StoredTarget) -> String {
    let (lang, target) = (desk.lang, &stored.target);
    let measures: Vec<&str> = target.measures.iter().map(|measure| measure_name(*measure).get(lang)).collect();
    let measures = if measures.is_empty() { words::UNDECIDED.get(lang).to_owned() } else { measures.join(", ") };
    let field = match desk.directory().field_name(target.field) {
        Some(field) if target.field != FieldId::NONE => format!(" · {field}"),
        _ => String::new(),
    };
    format!("{} · {measures}{field}", level(lang, target))
}

fn years(lang: Lang, stored: &StoredTarget) -> String {
    let from = stored.target.year_from.to_string();
    match stored.target.year_to {
        Some(to) => words::years(lang, &from, &to.to_string()),
        None => words::years_on(lang, &from),
    }
}

fn state(lang: Lang, standing: Standing) -> String {
    let say = match standing {
        Standing::InForce => words::IN_FORCE,
        Standing::ToCome => words::TO_COME,
        Standing::Past => words::PAST,
        Standing::Replaced => words::REPLACED,
        Standing::Ended(day) => return words::ended_on(lang, day),
    };
    say.get(lang).to_owned()
}
