//! Wider views of a unit with too few answers, and other questionnaires of the same period.

use super::cells::{HEADS, figure_cells};
use super::unit_page::View;
use crate::publish::figures::{OtherFigures, Wider, WiderFigures};
use crate::text::figure::level::level_short;
use crate::text::{chart, parts};
use crate::web::view::table::{Row, Table};
use crate::web::view::unit::Part;
use crate::words::Level;

/// The pooled figures that stand in for a unit with too few answers.
pub(super) fn pooled(view: &View<'_>) -> Option<Part<Table>> {
    let lang = view.lang;
    let rows: Vec<Row> = view.figures.wider.iter().map(|wider| row(view, wider)).collect();
    let head = [chart::HEAD_UNIT].into_iter().chain(HEADS).map(|say| say.get(lang).into()).collect();
    (!rows.is_empty()).then(|| Part {
        title: parts::POOLED.get(lang).into(),
        lead: Some(parts::POOLED_LEAD.get(lang).into()),
        content: Table { caption: parts::POOLED.get(lang).into(), head, rows },
    })
}

fn row(view: &View<'_>, of: &WiderFigures) -> Row {
    let lang = view.lang;
    let (name, href) = match &of.wider {
        Wider::Time(period) => (parts::pooled_time(lang, *period), None),
        Wider::Group(group, units) => {
            let units = u64::try_from(*units).unwrap_or(u64::MAX);
            (parts::pooled_group(lang, units, &parts::group(*group).get(lang).to_lowercase()), None)
        }
        Wider::Above(unit) => (parts::pooled_above(lang, &unit.name), Some(view.address_of(&unit.code).into())),
    };
    Row { name: name.into(), href, cells: figure_cells(lang, Some(&of.estimate), view.figures.is_line_agency()) }
}

/// Other questionnaires of the measure in the period: apart, never added up.
pub(super) fn others(view: &View<'_>) -> Option<Part<Table>> {
    let lang = view.lang;
    let rows: Vec<Row> = view.figures.others.iter().flat_map(|other| rows_of(view, other)).collect();
    let head = [parts::HEAD_QUESTIONNAIRE, chart::HEAD_LEVEL].into_iter().chain(HEADS);
    let head = head.map(|say| say.get(lang).into()).collect();
    (!rows.is_empty()).then(|| Part {
        title: parts::OTHER_FORMS.get(lang).into(),
        lead: Some(parts::OTHER_FORMS_LEAD.get(lang).into()),
        content: Table { caption: parts::OTHER_FORMS.get(lang).into(), head, rows },
    })
}

fn rows_of(view: &View<'_>, other: &OtherFigures) -> Vec<Row> {
    let lang = view.lang;
    let edition = &other.edition.edition;
    let name = parts::edition_named(lang, edition.title().get(lang), &edition.version().to_string());
    let levels: Vec<&str> = edition.headline_levels().iter().map(|level| level_short(*level).get(lang)).collect();
    let sources = [
        (levels.join("; "), other.headline.as_ref()),
        (level_short(Level::D).get(lang).to_owned(), other.open.as_ref()),
    ];
    let given = sources.into_iter().filter(|(_, estimate)| estimate.is_some());
    given
        .map(|(source, estimate)| {
            let mut cells = vec![crate::web::view::table::Cell::Words(source.into())];
            cells.extend(figure_cells(lang, estimate, view.figures.is_line_agency()));
            Row { name: name.clone().into(), href: None, cells }
        })
        .collect()
}
