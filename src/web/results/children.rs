//! The units below a unit: the plot against the target and its table, by name and never by value.

use super::cells::{figure_cells, in_line};
use super::unit_page::View;
use super::verdict_words::{brief, held, mark, standing, thresholds};
use crate::index::Estimate;
use crate::publish::charts::{Forest, ForestFigure, ForestRow, Mark, TargetLine};
use crate::publish::figures::{ChildFigures, GroupFigures};
use crate::publish::visible::{Visible, visible};
use crate::text::figure::note::{answers, from_to};
use crate::text::figure::standing::Standing;
use crate::text::figures::{BY_NAME, NO_FIGURE, first_units};
use crate::text::number::{Goal, share};
use crate::text::search::{SortKey, sort_key};
use crate::text::{chart, parts, site};
use crate::web::view::table::{Cell, Data, Row, Table};
use crate::web::view::unit::{Children, Part};
use crate::web::view::{Link, Wording};
use crate::words::{UnitGroup, UnitKind};

/// Units that are drawn and listed on a page at most.
const MOST_ROWS: usize = 200;

/// The name above the units of a group.
fn title(view: &View<'_>, group: UnitGroup) -> Wording {
    let name = parts::group(group).get(view.lang);
    match group {
        UnitGroup::LineAgencies => {
            let name = crate::text::capital(name);
            format!("{name} – {}", site::OUT_OF_SCOPE.get(view.lang)).into()
        }
        _ => name.into(),
    }
}

/// Which of a unit's two figures the plot shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drawn {
    /// The headline; open feedback stands in a column of its own.
    Headline,
    /// Open feedback, because no unit has a headline.
    Open,
}

impl Drawn {
    fn of(self, child: &ChildFigures) -> Option<&Estimate> {
        match self {
            Self::Headline => child.headline.as_ref(),
            Self::Open => child.open.as_ref(),
        }
    }

    fn of_group(self, group: &GroupFigures) -> Option<&Estimate> {
        match self {
            Self::Headline => group.headline.as_ref(),
            Self::Open => group.open.as_ref(),
        }
    }
}

/// The units below by group and name.
pub(super) fn in_order(children: &[ChildFigures]) -> Vec<&ChildFigures> {
    let mut children: Vec<&ChildFigures> = children.iter().collect();
    children.sort_by_cached_key(|child| -> (UnitGroup, SortKey, String) {
        (child.unit.kind.group(), sort_key(&child.unit.name), child.unit.code.clone())
    });
    children
}

/// The part on the units below; none for a unit without any.
pub(super) fn children(view: &View<'_>) -> Option<Part<Children>> {
    let ordered = in_order(&view.figures.children);
    if ordered.is_empty() {
        return None;
    }
    let lang = view.lang;
    let has_headline = ordered.iter().any(|child| {
        let shown = child.headline.as_ref().map(visible);
        matches!(shown, Some(Visible::Shown { .. } | Visible::Masked(_)))
    });
    let drawn = if has_headline { Drawn::Headline } else { Drawn::Open };
    let all = ordered.len();
    let listed: Vec<&ChildFigures> = ordered.into_iter().take(MOST_ROWS).collect();
    let mut lead = BY_NAME.get(lang).to_owned();
    if drawn == Drawn::Open {
        lead = format!("{lead} {}.", Standing::Open.label().get(lang));
    }
    if listed.len() < all {
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        lead = format!("{lead} {}", first_units(lang, number(listed.len()), number(all)));
    }
    Some(Part {
        title: chart::FOREST.get(lang).into(),
        lead: Some(lead.into()),
        content: Children { plot: plot(view, &listed, drawn), data: table(view, &listed, drawn) },
    })
}

/// Whether a heading stands before the unit at this place: where its group begins, if there are several groups.
fn heading(listed: &[&ChildFigures], place: usize) -> Option<UnitGroup> {
    let group = |child: &&ChildFigures| child.unit.kind.group();
    let own = listed.get(place).map(group)?;
    let before = place.checked_sub(1).and_then(|before| listed.get(before)).map(group);
    let is_alone = listed.first().map(group) == listed.last().map(group) && own != UnitGroup::LineAgencies;
    (before != Some(own) && !is_alone).then_some(own)
}

/// The pooled figures of a group, where its units were pooled.
fn pooled<'a>(view: &View<'a>, group: UnitGroup) -> Option<&'a GroupFigures> {
    view.figures.groups.iter().find(|figures| figures.group == group)
}

fn plot(view: &View<'_>, listed: &[&ChildFigures], drawn: Drawn) -> Forest {
    let lang = view.lang;
    let common: Vec<f64> = thresholds(&view.figures.targets.current).iter().map(|one| one.value).collect();
    let mut rows = Vec::new();
    for (place, child) in listed.iter().enumerate() {
        if let Some(group) = heading(listed, place) {
            rows.push(ForestRow { name: title(view, group), figure: ForestFigure::Words("".into()) });
            rows.extend(pooled(view, group).map(|figures| ForestRow {
                name: parts::WHOLE_GROUP.get(lang).into(),
                figure: figure_of_plot(view, drawn.of_group(figures), &common, None),
            }));
        }
        rows.push(row_of_plot(view, child, drawn, &common));
    }
    // A target alone says nothing about units without a figure.
    let is_drawn = rows.iter().any(|row| matches!(row.figure, ForestFigure::Interval { .. }));
    let lines = if is_drawn { thresholds(&view.figures.targets.current) } else { Vec::new() };
    let targets = lines.into_iter().map(|threshold| TargetLine {
        at: threshold.value * 100.0,
        short: threshold.shown(lang).into(),
        label: chart::target_line_plain(lang, Goal(threshold.value)).into(),
    });
    let description =
        format!("{}: {}. {}.", chart::ESTIMATE.get(lang), chart::INTERVAL.get(lang), chart::LINK_TABLE.get(lang));
    Forest {
        id: "don-vi".into(),
        title: chart::FOREST.get(lang).into(),
        description: description.into(),
        targets: targets.collect(),
        rows,
    }
}

fn row_of_plot(view: &View<'_>, child: &ChildFigures, drawn: Drawn, common: &[f64]) -> ForestRow {
    let lang = view.lang;
    if child.unit.kind == UnitKind::Line {
        let words = ForestFigure::Words(site::OUT_OF_SCOPE.get(lang).into());
        return ForestRow { name: child.unit.name.clone().into(), figure: words };
    }
    let open = (drawn == Drawn::Headline && child.open.is_some()).then(|| in_line(lang, child.open.as_ref()));
    ForestRow { name: child.unit.name.clone().into(), figure: figure_of_plot(view, drawn.of(child), common, open) }
}

pub(super) fn figure_of_plot(
    view: &View<'_>,
    estimate: Option<&Estimate>,
    common: &[f64],
    open: Option<Wording>,
) -> ForestFigure {
    let lang = view.lang;
    match estimate.map(|estimate| (estimate, visible(estimate))) {
        None | Some((_, Visible::Nothing)) => ForestFigure::Words(chart::EMPTY.get(lang).into()),
        Some((_, Visible::Few | Visible::NoInterval)) => {
            ForestFigure::Words(Standing::NotPublishable.label().get(lang).into())
        }
        Some((estimate, Visible::Masked(bound))) => {
            ForestFigure::Words(format!("{} · {}", bound.say().get(lang), answers(lang, estimate.n)).into())
        }
        Some((estimate, Visible::Shown { estimate: value, interval })) => {
            let held = held(estimate, view.figures.is_line_agency());
            let own = held.first().map(|one| one.threshold.value);
            let mut told = vec![
                from_to(lang, interval.low, interval.high, own),
                answers(lang, estimate.n),
                brief(lang, estimate, &held),
            ];
            // Beside the interval, so that what was chosen to be heard and what was asked for meet the eye together.
            told.extend(open.map(|open| format!("{}: {open}", site::UNIT_OPEN.get(lang))));
            ForestFigure::Interval {
                estimate: value * 100.0,
                low: interval.low * 100.0,
                high: interval.high * 100.0,
                mark: mark(standing(estimate, &held)),
                label: share(lang, value).into(),
                detail: told.join(" · ").into(),
                own_target: own
                    .filter(|own| !common.iter().any(|at| at.to_bits() == own.to_bits()))
                    .map(|own| own * 100.0),
            }
        }
    }
}

fn table(view: &View<'_>, listed: &[&ChildFigures], drawn: Drawn) -> Data {
    let lang = view.lang;
    let mut head: Vec<Wording> = chart::TABLE_HEADS.iter().map(|say| say.get(lang).into()).collect();
    if drawn == Drawn::Headline {
        head.push(site::UNIT_OPEN.get(lang).into());
    }
    let mut rows = Vec::new();
    for (place, child) in listed.iter().enumerate() {
        if let Some(group) = heading(listed, place) {
            rows.push(Row { name: title(view, group), href: None, cells: vec![Cell::Span("".into())] });
            rows.extend(pooled(view, group).map(|figures| group_row(view, figures, drawn)));
        }
        let href = view.address_of(&child.unit.code).into();
        rows.push(Row { name: child.unit.name.clone().into(), href: Some(href), cells: cells(view, child, drawn) });
    }
    Data {
        open: chart::LINK_TABLE.get(lang).into(),
        table: Table { caption: chart::FOREST.get(lang).into(), head, rows },
        downloads: vec![Link { label: chart::LINK_CSV.get(lang).into(), href: view.csv.to_owned().into() }],
    }
}

fn cells(view: &View<'_>, child: &ChildFigures, drawn: Drawn) -> Vec<Cell> {
    let lang = view.lang;
    let is_line_agency = child.unit.kind == UnitKind::Line || view.figures.is_line_agency();
    let estimate = drawn.of(child);
    let mut cells = figure_cells(lang, estimate, is_line_agency);
    let mut target: Wording = NO_FIGURE.into();
    if is_line_agency {
        let verdict = Cell::Verdict(Mark::NoTarget, site::OUT_OF_SCOPE.get(lang).into());
        cells.splice(3.., [verdict]);
    } else {
        let signs: Vec<String> = thresholds(&child.targets.current).iter().map(|one| one.with_sign(lang)).collect();
        if !signs.is_empty() {
            target = signs.join(" ≠ ").into();
        }
    }
    cells.insert(3, Cell::Number(target));
    let is_shown = |estimate: &&Estimate| matches!(visible(estimate), Visible::Shown { .. } | Visible::Masked(_));
    let ratio = estimate.filter(is_shown).and_then(|estimate| estimate.response_ratio);
    cells.push(Cell::Number(ratio.map_or(NO_FIGURE.into(), |ratio| share(lang, ratio).into())));
    if drawn == Drawn::Headline {
        // Open feedback beside the headline, so that a difference is seen at once.
        cells.push(Cell::Number(in_line(lang, child.open.as_ref())));
    }
    cells
}

/// The units of a group as one.
fn group_row(view: &View<'_>, figures: &GroupFigures, drawn: Drawn) -> Row {
    let lang = view.lang;
    let mut cells = figure_cells(lang, drawn.of_group(figures), view.figures.is_line_agency());
    let signs: Vec<String> = thresholds(&view.figures.targets.current).iter().map(|one| one.with_sign(lang)).collect();
    let target: Wording = if signs.is_empty() { NO_FIGURE.into() } else { signs.join(" ≠ ").into() };
    cells.insert(3, Cell::Number(target));
    cells.push(Cell::Number(NO_FIGURE.into()));
    if drawn == Drawn::Headline {
        cells.push(Cell::Number(in_line(lang, figures.open.as_ref())));
    }
    Row { name: parts::WHOLE_GROUP.get(lang).into(), href: None, cells }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::index::PeriodState;

    fn names(children: &[&ChildFigures]) -> Vec<String> {
        children.iter().map(|child| child.unit.name.clone()).collect()
    }

    #[test]
    fn units_stand_by_kind_and_vietnamese_name_whatever_their_figures() {
        let children = [
            sample::child(1, "Xã Đồng Mận", UnitKind::Commune, (100, 500), (0, 0)),
            sample::child(2, "Thuế tỉnh", UnitKind::Line, (490, 500), (0, 0)),
            sample::child(3, "Xã Dốc Mây", UnitKind::Commune, (490, 500), (0, 0)),
            sample::child(4, "Sở Xây dựng", UnitKind::Department, (300, 500), (0, 0)),
            sample::child(5, "Trung tâm", UnitKind::Centre, (499, 500), (0, 0)),
        ];
        let expected = ["Sở Xây dựng", "Xã Dốc Mây", "Xã Đồng Mận", "Trung tâm", "Thuế tỉnh"];
        assert_eq!(names(&in_order(&children)), expected);
    }

    #[test]
    fn line_agencies_are_listed_apart_and_not_drawn() {
        let mut figures = sample::figures(&[], PeriodState::Closed);
        figures.children = vec![
            sample::child(1, "Xã Đồng Mận", UnitKind::Commune, (450, 500), (990, 1_000)),
            sample::child(2, "Thuế tỉnh", UnitKind::Line, (400, 500), (0, 0)),
        ];
        let part = children(&sample::view(&figures)).unwrap().content;
        let drawn: Vec<&str> = part.plot.rows.iter().map(|row| row.name.as_ref()).collect();
        assert_eq!((drawn[..2].to_vec(), drawn[3]), (vec!["Xã, phường, đặc khu", "Xã Đồng Mận"], "Thuế tỉnh"));
        assert!(matches!(part.plot.rows[3].figure, ForestFigure::Words(_)));
        let text = part.data.table.render().into_string();
        assert!(text.contains("ngoài phạm vi đo của tỉnh") && text.contains("99,0% (1.000 phiếu)"), "{text}");
        assert!(!text.contains("Chưa đạt"), "{text}");
    }

    #[test]
    fn without_any_headline_the_plot_shows_open_feedback_and_no_verdict() {
        let mut figures = sample::figures(&[], PeriodState::Closed);
        figures.children = vec![
            sample::child(1, "Xã A", UnitKind::Commune, (0, 0), (990, 1_000)),
            sample::child(2, "Xã B", UnitKind::Commune, (0, 0), (7, 8)),
            sample::child(3, "Xã C", UnitKind::Commune, (0, 0), (50, 50)),
        ];
        let part = children(&sample::view(&figures)).unwrap().content;
        assert!(matches!(part.plot.rows[0].figure, ForestFigure::Interval { mark: Mark::Open, .. }));
        let ForestFigure::Words(few) = &part.plot.rows[1].figure else { panic!("a figure of eight answers") };
        assert_eq!(few, "Chưa đủ số liệu để công bố");
        let ForestFigure::Words(all) = &part.plot.rows[2].figure else { panic!("a figure of unanimity") };
        assert_eq!(all, "từ 95% trở lên · 50 phiếu");
        assert_eq!(part.data.table.head.len(), 7);
    }
}
