//! Importance × performance of the source that is shown.

use maud::{Markup, html};

use super::headline::shown_source;
use super::unit_page::View;
use crate::index::{Corner, Importance};
use crate::publish::charts::{ImportancePlot, ImportancePoint, importance as draw};
use crate::publish::figures::SourceFigures;
use crate::publish::visible::is_printable;
use crate::statistics::Interval;
use crate::text::figure::note::from_to;
use crate::text::number::{decimal, share};
use crate::text::{Say, chart, parts};
use crate::web::view::table::{Cell, Data, Row, Table};
use crate::web::view::unit::Part;
use crate::web::view::{Link, Wording};

/// Figures behind the comma of an association.
const DIGITS: usize = 2;

/// The part; none where too little is known.
pub(in crate::web) fn importance(view: &View<'_>) -> Option<Part<Markup>> {
    let lang = view.lang;
    let source = shown_source(view)?;
    let found = &source.importance;
    if found.is_empty() || !found.iter().all(|one| is_printable(one.satisfied)) {
        return None;
    }
    let points: Vec<ImportancePoint> = found.iter().filter_map(|one| point(view, one)).collect();
    let mean = |value: fn(&Importance) -> f64| {
        let n = u32::try_from(found.len()).map_or(1.0, f64::from);
        found.iter().map(value).sum::<f64>() / n
    };
    let corners = [chart::CORNER_FIRST, chart::CORNER_KEEP, chart::CORNER_WATCH, chart::CORNER_LESS];
    let plot = ImportancePlot {
        id: "quan-trong".into(),
        title: parts::IMPORTANCE.get(lang).into(),
        description: parts::IMPORTANCE_LEAD.get(lang).into(),
        association: chart::IMPORTANCE.get(lang).into(),
        performance: chart::AXIS_SATISFACTION.get(lang).into(),
        corners: corners.map(|say| say.get(lang).into()),
        lines: (mean(|one| one.satisfied) * 100.0, mean(|one| one.correlation)),
        points,
    };
    let content = html! { (draw(&plot)) (data(view, source).render()) };
    let title = parts::IMPORTANCE.get(lang).into();
    Some(Part { title, lead: Some(parts::IMPORTANCE_LEAD.get(lang).into()), content })
}

fn name(view: &View<'_>, code: &str) -> Option<Wording> {
    let edition = &view.figures.edition.as_ref()?.edition;
    let (_, rating) = edition.ratings().find(|(_, rating)| rating.code == code)?;
    Some(rating.label.get(view.lang).to_owned().into())
}

fn point(view: &View<'_>, one: &Importance) -> Option<ImportancePoint> {
    let of = |value: f64, interval: Interval, by: f64| (value * by, interval.low * by, interval.high * by);
    let label = [satisfied(view, one), association(view, one), corner(one.corner).get(view.lang).to_owned()];
    Some(ImportancePoint {
        name: name(view, &one.code)?,
        satisfied: of(one.satisfied, one.range, 100.0),
        association: of(one.correlation, one.interval, 1.0),
        label: label.join("; ").into(),
    })
}

fn satisfied(view: &View<'_>, one: &Importance) -> String {
    format!("{} ({})", share(view.lang, one.satisfied), from_to(view.lang, one.range.low, one.range.high, None))
}

fn association(view: &View<'_>, one: &Importance) -> String {
    let written = |value: f64| decimal(view.lang, value, DIGITS);
    let (low, high) = (written(one.interval.low), written(one.interval.high));
    parts::association(view.lang, &written(one.correlation), &low, &high)
}

const fn corner(corner: Option<Corner>) -> Say {
    match corner {
        Some(Corner::First) => chart::CORNER_FIRST,
        Some(Corner::Keep) => chart::CORNER_KEEP,
        Some(Corner::Watch) => chart::CORNER_WATCH,
        Some(Corner::Less) => chart::CORNER_LESS,
        None => parts::IMPORTANCE_UNCLEAR,
    }
}

fn data(view: &View<'_>, source: &SourceFigures) -> Data {
    let lang = view.lang;
    let row = |one: &Importance| {
        let words = [satisfied(view, one), association(view, one), corner(one.corner).get(lang).to_owned()];
        Some(Row { name: name(view, &one.code)?, href: None, cells: words.map(|text| Cell::Words(text.into())).into() })
    };
    let head = [chart::HEAD_CRITERION, chart::PERFORMANCE, parts::HEAD_ASSOCIATION, parts::HEAD_CORNER];
    let table = Table {
        caption: parts::IMPORTANCE.get(lang).into(),
        head: head.map(|say| say.get(lang).into()).to_vec(),
        rows: source.importance.iter().filter_map(row).collect(),
    };
    let method = Link { label: chart::LINK_METHOD.get(lang).into(), href: "/phuong-phap#item_rest".into() };
    Data { open: chart::LINK_TABLE.get(lang).into(), table, downloads: vec![method] }
}
