//! Pooled groups first, because most single units cannot be judged; and ranks as sets, never as a list.

use maud::{Markup, html};

use super::cells::figure_cells;
use super::children::{figure_of_plot, in_order};
use super::headline::shown_source;
use super::unit_page::View;
use super::verdict_words::thresholds;
use crate::index::Estimate;
use crate::publish::charts::{Forest, ForestRow, TargetLine, forest};
use crate::publish::figures::GroupFigures;
use crate::text::figure::change::{WITHIN_ERROR, rank_set};
use crate::text::number::Goal;
use crate::text::{chart, date, parts};
use crate::web::view::table::{Cell, Data, Row, Table};
use crate::web::view::unit::Part;

/// The figure of a group: of its headline, of open feedback where it has none.
fn of(group: &GroupFigures) -> Option<&Estimate> {
    group.headline.as_ref().or(group.open.as_ref())
}

/// The groups of units below, each pooled; none where there is no group of more than one unit.
pub(in crate::web) fn groups(view: &View<'_>) -> Option<Part<Markup>> {
    let lang = view.lang;
    let groups = &view.figures.groups;
    if groups.iter().all(|group| of(group).is_none()) {
        return None;
    }
    let lines = thresholds(&view.figures.targets.current);
    let common: Vec<f64> = lines.iter().map(|one| one.value).collect();
    let name = |group: &GroupFigures| {
        let units = u64::try_from(group.units).unwrap_or(u64::MAX);
        parts::group_of(lang, parts::group(group.group).get(lang), units)
    };
    let row = |group: &GroupFigures| ForestRow {
        name: name(group).into(),
        figure: figure_of_plot(view, of(group), &common, None),
    };
    let plot = Forest {
        id: "nhom".into(),
        title: parts::GROUPS.get(lang).into(),
        description: format!("{}: {}.", chart::ESTIMATE.get(lang), chart::INTERVAL.get(lang)).into(),
        targets: lines
            .iter()
            .map(|one| TargetLine {
                at: one.value * 100.0,
                short: one.shown(lang).into(),
                label: chart::target_line_plain(lang, Goal(one.value)).into(),
            })
            .collect(),
        rows: groups.iter().map(row).collect(),
    };
    let rows = groups.iter().map(|group| Row {
        name: name(group).into(),
        href: None,
        cells: figure_cells(lang, of(group), view.figures.is_line_agency()),
    });
    let heads = [chart::HEAD_UNIT].into_iter().chain(super::cells::HEADS);
    let table = Table {
        caption: parts::GROUPS.get(lang).into(),
        head: heads.map(|say| say.get(lang).into()).collect(),
        rows: rows.collect(),
    };
    let data = Data { open: chart::LINK_TABLE.get(lang).into(), table, downloads: Vec::new() };
    let content = html! { (forest(&plot)) (data.render()) };
    Some(Part { title: parts::GROUPS.get(lang).into(), lead: Some(parts::GROUPS_LEAD.get(lang).into()), content })
}

/// The unit and its pooled groups in a few lines, for a first look.
pub(in crate::web) fn summary(view: &View<'_>) -> Table {
    let lang = view.lang;
    let own = shown_source(view).and_then(|source| source.estimates.first());
    let is_line_agency = view.figures.is_line_agency();
    let unit = Row {
        name: view.figures.unit.name.clone().into(),
        href: Some(view.address_of(&view.figures.unit.code).into()),
        cells: figure_cells(lang, own, is_line_agency),
    };
    let group = |group: &GroupFigures| {
        let units = u64::try_from(group.units).unwrap_or(u64::MAX);
        let name = parts::group_of(lang, parts::group(group.group).get(lang), units);
        Row { name: name.into(), href: None, cells: figure_cells(lang, of(group), is_line_agency) }
    };
    let groups = view.figures.groups.iter().filter(|group| of(group).is_some()).map(group);
    let head = [chart::HEAD_UNIT].into_iter().chain(super::cells::HEADS);
    Table {
        caption: crate::text::capital(&date::period(lang, view.figures.period)).into(),
        head: head.map(|say| say.get(lang).into()).collect(),
        rows: [unit].into_iter().chain(groups).collect(),
    }
}

/// Between which ranks each unit may stand, by name; none with fewer than three units that are shown.
pub(in crate::web) fn ranks(view: &View<'_>) -> Option<Part<Markup>> {
    let lang = view.lang;
    let all = view.figures.ranks.len();
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let rows = in_order(&view.figures.children).into_iter().filter_map(|child| {
        let own = view.figures.ranks.iter().find(|ranks| ranks.unit == child.unit.unit)?;
        Some(Row {
            name: child.unit.name.clone().into(),
            href: Some(view.address_of(&child.unit.code).into()),
            cells: vec![
                Cell::Words(super::cells::in_line(lang, child.headline.as_ref())),
                Cell::Words(rank_set(lang, number(own.best), number(own.worst), number(all)).into()),
            ],
        })
    });
    let rows: Vec<Row> = rows.collect();
    if rows.is_empty() {
        return None;
    }
    let head = [chart::HEAD_UNIT, chart::PERFORMANCE, parts::RANKS];
    let table =
        Table { caption: parts::RANKS.get(lang).into(), head: head.map(|say| say.get(lang).into()).to_vec(), rows };
    let data = Data { open: chart::LINK_TABLE.get(lang).into(), table, downloads: Vec::new() };
    let content = html! { (data.render()) p.h { (WITHIN_ERROR.get(lang)) } };
    Some(Part { title: parts::RANKS.get(lang).into(), lead: Some(parts::RANKS_LEAD.get(lang).into()), content })
}
