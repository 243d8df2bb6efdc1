//! The units below a unit: the plot against the target and its table, by name and never by value.

use super::headline::cell_count;
use super::masking::{Visible, visible};
use super::unit_page::View;
use super::verdict_words::{brief, held, mark, standing, thresholds};
use crate::index::Estimate;
use crate::publish::charts::{Forest, ForestFigure, ForestRow, Mark, TargetLine};
use crate::publish::figures::ChildFigures;
use crate::text::figure::note::{answers, from_to};
use crate::text::figure::standing::Standing;
use crate::text::figures::{BY_NAME, NO_FIGURE, first_units};
use crate::text::number::{Goal, share};
use crate::text::search::{SortKey, sort_key};
use crate::text::{Say, chart, site};
use crate::web::view::table::{Cell, Data, Row, Table};
use crate::web::view::unit::{Children, Part};
use crate::web::view::{Link, Wording};
use crate::words::UnitKind;

/// Units that are drawn and listed on a page at most.
const MOST_ROWS: usize = 200;

/// Kinds of units that stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Departments,
    Communes,
    Others,
    /// Apart: never held against the province's target, hence not drawn beside it.
    LineAgencies,
}

impl Group {
    const fn of(kind: UnitKind) -> Self {
        match kind {
            UnitKind::Department | UnitKind::Office | UnitKind::Body => Self::Departments,
            UnitKind::Commune | UnitKind::Ward | UnitKind::SpecialZone | UnitKind::District | UnitKind::Town => {
                Self::Communes
            }
            UnitKind::Line => Self::LineAgencies,
            UnitKind::Country | UnitKind::Province | UnitKind::Branch | UnitKind::Centre | UnitKind::Site => {
                Self::Others
            }
        }
    }

    fn title(self, view: &View<'_>) -> Wording {
        let title: Say = match self {
            Self::Departments => site::HOME_DEPARTMENTS,
            Self::Communes => site::HOME_COMMUNES,
            Self::Others => site::HOME_OTHER_UNITS,
            Self::LineAgencies => crate::text::unit::LINE_AGENCY,
        };
        match self {
            Self::LineAgencies => {
                let name = crate::text::capital(title.get(view.lang));
                format!("{name} – {}", site::OUT_OF_SCOPE.get(view.lang)).into()
            }
            _ => title.get(view.lang).into(),
        }
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
}

/// The units below by group and name.
pub(super) fn in_order(children: &[ChildFigures]) -> Vec<&ChildFigures> {
    let mut children: Vec<&ChildFigures> = children.iter().collect();
    children.sort_by_cached_key(|child| -> (Group, SortKey, String) {
        (Group::of(child.unit.kind), sort_key(&child.unit.name), child.unit.code.clone())
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
fn heading(view: &View<'_>, listed: &[&ChildFigures], place: usize) -> Option<Wording> {
    let group = |child: &&ChildFigures| Group::of(child.unit.kind);
    let own = listed.get(place).map(group)?;
    let before = place.checked_sub(1).and_then(|before| listed.get(before)).map(group);
    let is_alone = listed.first().map(group) == listed.last().map(group) && own != Group::LineAgencies;
    (before != Some(own) && !is_alone).then(|| own.title(view))
}

fn plot(view: &View<'_>, listed: &[&ChildFigures], drawn: Drawn) -> Forest {
    let lang = view.lang;
    let common: Vec<f64> = thresholds(&view.figures.targets.current).iter().map(|one| one.value).collect();
    let mut rows = Vec::new();
    for (place, child) in listed.iter().enumerate() {
        rows.extend(
            heading(view, listed, place).map(|name| ForestRow { name, figure: ForestFigure::Words("".into()) }),
        );
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
    let figure = match drawn.of(child).map(|estimate| (estimate, visible(estimate))) {
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
            if drawn == Drawn::Headline && child.open.is_some() {
                // Beside the interval, so that what was chosen to be heard and what was asked for meet the eye together.
                told.push(format!("{}: {}", site::UNIT_OPEN.get(lang), open_cell(view, child)));
            }
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
    };
    ForestRow { name: child.unit.name.clone().into(), figure }
}

fn table(view: &View<'_>, listed: &[&ChildFigures], drawn: Drawn) -> Data {
    let lang = view.lang;
    let mut head: Vec<Wording> = chart::TABLE_HEADS.iter().map(|say| say.get(lang).into()).collect();
    if drawn == Drawn::Headline {
        head.push(site::UNIT_OPEN.get(lang).into());
    }
    let mut rows = Vec::new();
    for (place, child) in listed.iter().enumerate() {
        rows.extend(heading(view, listed, place).map(|name| Row {
            name,
            href: None,
            cells: vec![Cell::Span("".into())],
        }));
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
    let none = || Wording::from(NO_FIGURE);
    let (mut n, mut value, mut limits, mut response) = (none(), none(), none(), none());
    let mut verdict = Cell::Words(chart::EMPTY.get(lang).into());
    if let Some(estimate) = drawn.of(child) {
        let held = held(estimate, is_line_agency);
        let seen = visible(estimate);
        if let Visible::Shown { estimate, interval } = seen {
            value = share(lang, estimate).into();
            limits = from_to(lang, interval.low, interval.high, held.first().map(|one| one.threshold.value)).into();
        }
        if let Visible::Masked(bound) = seen {
            value = bound.say().get(lang).into();
        }
        if matches!(seen, Visible::Shown { .. } | Visible::Masked(_)) {
            n = cell_count(view, estimate.n);
            response = estimate.response_ratio.map_or_else(none, |ratio| share(lang, ratio).into());
        }
        if seen != Visible::Nothing {
            verdict = Cell::Verdict(mark(standing(estimate, &held)), brief(lang, estimate, &held).into());
        }
    }
    let target: Wording = if is_line_agency {
        verdict = Cell::Verdict(Mark::NoTarget, site::OUT_OF_SCOPE.get(lang).into());
        none()
    } else {
        let signs: Vec<String> = thresholds(&child.targets.current).iter().map(|one| one.with_sign(lang)).collect();
        if signs.is_empty() { none() } else { signs.join(" ≠ ").into() }
    };
    let mut cells = vec![
        Cell::Number(n),
        Cell::Number(value),
        Cell::Number(limits),
        Cell::Number(target),
        verdict,
        Cell::Number(response),
    ];
    if drawn == Drawn::Headline {
        cells.push(Cell::Number(open_cell(view, child)));
    }
    cells
}

/// Open feedback beside the headline, so that a difference is seen at once.
fn open_cell(view: &View<'_>, child: &ChildFigures) -> Wording {
    let lang = view.lang;
    let Some(estimate) = &child.open else { return NO_FIGURE.into() };
    let value = match visible(estimate) {
        Visible::Shown { estimate, .. } => share(lang, estimate),
        Visible::Masked(bound) => bound.say().get(lang).to_owned(),
        Visible::Nothing => return NO_FIGURE.into(),
        Visible::Few | Visible::NoInterval => return Standing::NotPublishable.label().get(lang).into(),
    };
    format!("{value} ({})", answers(lang, estimate.n)).into()
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
