//! Served, offered, answered: the response ratio beside every index.

use super::cells::in_line;
use super::census::is_census;
use super::unit_page::View;
use crate::index::{FEWEST_PUBLISHED, Source};
use crate::text::figure::level::level_short;
use crate::text::figures::NO_FIGURE;
use crate::text::number::{count, share};
use crate::text::{chart, parts};
use crate::web::view::table::{Cell, Row, Table};
use crate::web::view::unit::Part;
use crate::words::Level;

/// The part on volume, where anything is known of it; a census tells its people in its sentence.
pub(super) fn volume(view: &View<'_>) -> Option<Part<Table>> {
    if is_census(view) {
        return None;
    }
    let lang = view.lang;
    let figures = view.figures;
    let none = || Cell::Number(NO_FIGURE.into());
    let served = figures.transactions.map_or_else(
        || Cell::Words(parts::NOT_RECORDED.get(lang).into()),
        |served| Cell::Number(count(lang, served).into()),
    );
    let offered = figures.offered.map_or_else(
        || Cell::Words(parts::NOT_RECORDED.get(lang).into()),
        |offered| Cell::Number(count(lang, offered).into()),
    );
    let mut rows = vec![
        row(parts::SERVED_DOSSIERS.get(lang), [served, none(), none()]),
        row(chart::OFFERED.get(lang), [offered, none(), none()]),
    ];
    for level in Level::ALL {
        let Some(source) = figures.source(Source::Level(*level)).filter(|source| source.forms >= FEWEST_PUBLISHED)
        else {
            continue;
        };
        let estimate = source.estimates.first();
        let ratio = estimate.and_then(|estimate| estimate.response_ratio);
        let name = format!("{}: {}", chart::ANSWERED.get(lang), level_short(*level).get(lang));
        let ratio = ratio.map_or_else(none, |ratio| Cell::Number(share(lang, ratio).into()));
        let figure = Cell::Number(in_line(lang, estimate));
        rows.push(Row {
            name: name.into(),
            href: None,
            cells: vec![Cell::Number(count(lang, source.forms).into()), ratio, figure],
        });
    }
    let head = [chart::HEAD_LEVEL, chart::AXIS_COUNT, chart::RESPONSE_RATIO, chart::PERFORMANCE];
    let table =
        Table { caption: chart::VOLUME.get(lang).into(), head: head.map(|say| say.get(lang).into()).to_vec(), rows };
    (figures.transactions.is_some() || table.rows.len() > 2).then(|| Part {
        title: chart::VOLUME.get(lang).into(),
        lead: Some(parts::VOLUME_LEAD.get(lang).into()),
        content: table,
    })
}

fn row(name: &'static str, cells: [Cell; 3]) -> Row {
    Row { name: name.into(), href: None, cells: cells.into() }
}
