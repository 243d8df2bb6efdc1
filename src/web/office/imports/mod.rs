//! `/quan-tri/nhap`: files with units, points, procedures, targets, volumes, figures of other systems and series. Checked first; imported by a second button.

mod page;
mod send;

use super::desk::Desk;
use super::route::{Route, get, post, post_file};
use crate::registry::import::{Kind, Within};
use crate::text::Say;
use crate::text::office::uploads as words;
use crate::text::{history, measures};
use crate::words::Right as R;

/// The name of a checked file, in the form that imports it.
const UPLOAD: &str = "so_tep";
/// The name of the field with the file.
const FILE: &str = "tep";
/// How many lines were imported, in the address of the page that says so.
const IMPORTED: &str = "so_dong";

/// The routes: one of each sort for each kind, so that the guard knows the right.
pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![get("/quan-tri/nhap", R::Read, page::list)];
    for (kind, paths) in PATHS {
        let right = right(kind);
        routes.push(get(paths.page, right, move |desk| async move { Ok(page::show(&desk, kind)) }));
        routes.push(post_file(paths.page, right, move |desk| send::check(desk, kind)));
        routes.push(post(paths.import, right, move |desk| send::import(desk, kind)));
        routes.push(get(paths.template, right, move |_desk| async move { Ok(page::template(kind)) }));
    }
    routes
}

/// The addresses of a kind.
struct Paths {
    page: &'static str,
    import: &'static str,
    template: &'static str,
}

macro_rules! paths {
    ($word:literal) => {
        Paths {
            page: concat!("/quan-tri/nhap/", $word),
            import: concat!("/quan-tri/nhap/", $word, "/ghi"),
            template: concat!("/quan-tri/nhap/", $word, "/mau.csv"),
        }
    };
}

/// The kinds that are uploaded, in the order in which a new installation needs them.
const PATHS: [(Kind, Paths); 7] = [
    (Kind::Units, paths!("don-vi")),
    (Kind::Points, paths!("diem")),
    (Kind::Procedures, paths!("thu-tuc")),
    (Kind::Targets, paths!("chi-tieu")),
    (Kind::Volumes, paths!("khoi-luong")),
    (
        Kind::Measures,
        Paths {
            page: "/quan-tri/chi-so-khac/nhap",
            import: "/quan-tri/chi-so-khac/nhap/ghi",
            template: "/quan-tri/chi-so-khac/nhap/mau.csv",
        },
    ),
    (
        Kind::Series,
        Paths {
            page: "/quan-tri/chuoi-so-lieu/nhap",
            import: "/quan-tri/chuoi-so-lieu/nhap/ghi",
            template: "/quan-tri/chuoi-so-lieu/nhap/mau.csv",
        },
    ),
];

/// The right a kind asks for.
const fn right(kind: Kind) -> R {
    match kind {
        Kind::Units => R::ChangeUnits,
        Kind::Points => R::ChangePoints,
        Kind::Procedures => R::ChangeProcedures,
        Kind::Targets => R::ChangeTargets,
        Kind::Measures | Kind::Series => R::ChangeMeasures,
        Kind::Volumes | Kind::Dossiers | Kind::Responses => R::ChangeVolumes,
    }
}

/// What people read of a kind: what is done, what the file holds, an example line.
const fn about(kind: Kind) -> (Say, Say, &'static str) {
    match kind {
        Kind::Units => (words::UNITS, words::UNITS_HOLD, words::UNITS_EXAMPLE),
        Kind::Points => (words::POINTS, words::POINTS_HOLD, words::POINTS_EXAMPLE),
        Kind::Procedures => (words::PROCEDURES, words::PROCEDURES_HOLD, words::PROCEDURES_EXAMPLE),
        Kind::Targets => (words::TARGETS, words::TARGETS_HOLD, words::TARGETS_EXAMPLE),
        Kind::Series => (history::IMPORT, history::IMPORT_HOLDS, words::SERIES_EXAMPLE),
        Kind::Measures => (measures::IMPORT, measures::IMPORT_HOLDS, words::MEASURES_EXAMPLE),
        Kind::Volumes | Kind::Dossiers | Kind::Responses => {
            (words::VOLUMES, words::VOLUMES_HOLD, words::VOLUMES_EXAMPLE)
        }
    }
}

fn paths_of(kind: Kind) -> &'static Paths {
    const LAST: &Paths = &PATHS[PATHS.len() - 1].1;
    PATHS.iter().find(|(known, _)| *known == kind).map_or(LAST, |(_, paths)| paths)
}

/// Whether this person may import a file of this kind at all. A file of units can hang a whole tree elsewhere; points and
/// volumes are looked at line by line; the other kinds concern the province as a whole, and so do their rights.
fn may_import(desk: &Desk, kind: Kind) -> bool {
    kind != Kind::Units || desk.scope.is_whole()
}

/// The part of the province in which this person may import.
fn within(desk: &Desk) -> Within<'_> {
    Within::scope(&desk.scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_explained_and_the_example_has_as_many_values() {
        for (kind, _) in PATHS {
            let columns = kind.columns().unwrap();
            let mut known: Vec<&str> = columns.required.iter().chain(columns.optional).copied().collect();
            let told: Vec<&str> = words::columns(kind.word()).iter().map(|(column, _)| *column).collect();
            let mut sorted = told.clone();
            known.sort_unstable();
            sorted.sort_unstable();
            assert_eq!(sorted, known, "{kind:?}");
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(about(kind).2.as_bytes());
            assert_eq!(reader.records().next().unwrap().unwrap().len(), told.len(), "{kind:?}");
        }
    }
}
