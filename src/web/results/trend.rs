//! The figure over time: by month of the year, by quarter of three years, with gaps and breaks in words.

use maud::{Markup, html};

use super::cells::{HEADS, figure_cells, in_line};
use super::census::is_census;
use super::csv::File;
use super::headline::nothing_in_period;
use super::offices::csv;
use super::unit_page::View;
use super::verdict_words::{held, mark, standing, thresholds};
use crate::index::{Estimate, FEWEST_PUBLISHED, PeriodState};
use crate::publish::charts::{
    TargetStep, Trend, TrendBreak, TrendFigure, TrendOpen, TrendPeriod, TrendTarget, TrendWords, trend,
};
use crate::publish::figures::{Series, SeriesBreak, SeriesPoint, Why};
use crate::publish::visible::{Visible, visible};
use crate::text::figure::change::{Break, series_break};
use crate::text::figure::verdict::Threshold;
use crate::text::figure::withheld::{Withheld, withheld};
use crate::text::number::{count, share};
use crate::text::{Say, capital, chart, date, figures, parts, site};
use crate::web::view::table::{Cell, Data, Row, Table};
use crate::web::view::unit::Part;
use crate::web::view::{Link, Wording};

/// Targets that can be told apart in a drawing.
const MOST_TARGETS: usize = 3;

/// Months, then quarters where they reach back beyond the year.
pub(super) fn trends(view: &View<'_>) -> Vec<Part<Markup>> {
    let (months, quarters) = (&view.figures.months, &view.figures.quarters);
    let mut found = Vec::new();
    if is_census(view) {
        // Everybody is asked at once: months are no series.
        return found;
    }
    if months.has_figures() {
        found.push(part(view, months, "thang", chart::TREND));
    }
    let year_began = months.points.first().map(|point| point.period.from);
    let is_earlier = |point: &SeriesPoint| point.edition.is_some() && Some(point.period.from) < year_began;
    if quarters.points.iter().any(is_earlier) {
        found.push(part(view, quarters, "quy", chart::TREND_QUARTERS));
    }
    found
}

/// Which of the two figures carries the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drawn {
    Headline,
    Open,
}

impl Drawn {
    fn of(self, point: &SeriesPoint) -> Option<&Estimate> {
        match self {
            Self::Headline => point.headline.as_ref(),
            Self::Open => point.open.as_ref(),
        }
    }
}

fn part(view: &View<'_>, series: &Series, id: &'static str, title: Say) -> Part<Markup> {
    let lang = view.lang;
    let has_headline = series.points.iter().any(|point| {
        point.headline.as_ref().is_some_and(|estimate| matches!(visible(estimate), Visible::Shown { .. }))
    });
    let drawn = if has_headline { Drawn::Headline } else { Drawn::Open };
    let data = table(view, series, drawn, title);
    Part {
        title: title.get(lang).into(),
        lead: Some(parts::TREND_LEAD.get(lang).into()),
        content: html! { (trend(&drawing(view, series, drawn, (id, title)))) (data.render()) },
    }
}

fn drawing(view: &View<'_>, series: &Series, drawn: Drawn, (id, title): (&'static str, Say)) -> Trend {
    let lang = view.lang;
    let description = format!("{} {}.", parts::TREND_LEAD.get(lang), chart::LINK_TABLE.get(lang));
    let breaks = series.breaks.iter().map(|own| TrendBreak { before: own.before, reason: reason(view, own).into() });
    Trend {
        id: id.into(),
        title: title.get(lang).into(),
        description: description.into(),
        axis: chart::AXIS_SATISFACTION.get(lang).into(),
        periods: series.points.iter().map(|point| period(view, point, drawn)).collect(),
        targets: if drawn == Drawn::Headline { targets(view, series) } else { Vec::new() },
        breaks: breaks.collect(),
        words: TrendWords::of(lang),
    }
}

fn period(view: &View<'_>, point: &SeriesPoint, drawn: Drawn) -> TrendPeriod {
    let lang = view.lang;
    let open = point.open.as_ref().filter(|_| drawn == Drawn::Headline).and_then(|open| match visible(open) {
        Visible::Shown { estimate, .. } => {
            Some(TrendOpen { estimate: estimate * 100.0, label: share(lang, estimate).into() })
        }
        _ => None,
    });
    TrendPeriod {
        label: chart::tick(lang, point.period).into(),
        figure: figure(view, drawn.of(point)),
        open,
        is_running: point.state == PeriodState::Running,
    }
}

fn figure(view: &View<'_>, estimate: Option<&Estimate>) -> TrendFigure {
    let lang = view.lang;
    let Some(estimate) = estimate else { return TrendFigure::Gap(nothing_in_period(view)) };
    let held = held(estimate, view.figures.is_line_agency());
    match visible(estimate) {
        Visible::Shown { estimate: value, interval } => TrendFigure::Figure {
            estimate: value * 100.0,
            low: interval.low * 100.0,
            high: interval.high * 100.0,
            mark: mark(standing(estimate, &held)),
            label: share(lang, value).into(),
            answers: count(lang, estimate.n).into(),
        },
        Visible::Masked(bound) => TrendFigure::Gap(capital(bound.say().get(lang)).into()),
        Visible::Nothing => TrendFigure::Gap(nothing_in_period(view)),
        Visible::Few | Visible::NoInterval => {
            let parent = view.figures.above.first().map(|unit| unit.name.as_str());
            TrendFigure::Gap(withheld(lang, Withheld::Few { k: FEWEST_PUBLISHED, parent }).to_string().into())
        }
    }
}

/// Each place among the targets of a period is one line, with a step wherever its value changes.
fn targets(view: &View<'_>, series: &Series) -> Vec<TrendTarget> {
    if view.figures.is_line_agency() {
        return Vec::new();
    }
    let lang = view.lang;
    let of_points: Vec<Vec<Threshold>> = series.points.iter().map(|point| thresholds(&point.targets)).collect();
    let lines = of_points.iter().map(Vec::len).max().unwrap_or(0).min(MOST_TARGETS);
    let line = |place: usize| {
        let mut steps: Vec<(TargetStep, Threshold)> = Vec::new();
        for (at, own) in of_points.iter().enumerate() {
            let Some(threshold) = own.get(place) else { continue };
            match steps.last_mut() {
                Some((last, known)) if known == threshold && last.to + 1 == at => last.to = at,
                _ => {
                    let short = threshold.shown(lang).into();
                    steps.push((TargetStep { from: at, to: at, at: threshold.value * 100.0, short }, *threshold));
                }
            }
        }
        let mut goals: Vec<String> = steps.iter().map(|(_, threshold)| threshold.with_sign(lang)).collect();
        goals.dedup();
        let label = format!("{} {}", chart::HEAD_TARGET.get(lang), goals.join(" → "));
        TrendTarget { label: label.into(), steps: steps.into_iter().map(|(step, _)| step).collect() }
    };
    (0..lines).map(line).collect()
}

fn reason(view: &View<'_>, own: &SeriesBreak) -> String {
    let lang = view.lang;
    match own.why {
        Why::Reorganised(day) => series_break(lang, Break::Reorganised(day)),
        Why::Questionnaire(day) => series_break(lang, Break::Questionnaire(&figures::before(lang, day))),
    }
}

fn table(view: &View<'_>, series: &Series, drawn: Drawn, title: Say) -> Data {
    let lang = view.lang;
    let mut head: Vec<Wording> = vec![chart::HEAD_PERIOD.get(lang).into()];
    head.extend(HEADS.map(|say| Wording::from(say.get(lang))));
    if drawn == Drawn::Headline {
        head.push(site::UNIT_OPEN.get(lang).into());
    }
    let mut rows = Vec::new();
    for (place, point) in series.points.iter().enumerate() {
        let broken = series.breaks.iter().filter(|own| own.before == place);
        rows.extend(broken.map(|own| Row {
            name: chart::BREAK.get(lang).into(),
            href: None,
            cells: vec![Cell::Span(reason(view, own).into())],
        }));
        let mut cells = figure_cells(lang, drawn.of(point), view.figures.is_line_agency());
        if drawn == Drawn::Headline {
            cells.push(Cell::Number(in_line(lang, point.open.as_ref())));
        }
        let mut name = capital(&date::period(lang, point.period));
        if point.state == PeriodState::Running {
            name = format!("{name}, {}", parts::RUNNING.get(lang));
        }
        rows.push(Row { name: name.into(), href: None, cells });
    }
    let downloads: Vec<Link> = vec![csv(view, File::Trend)];
    Data {
        open: chart::LINK_TABLE.get(lang).into(),
        table: Table { caption: title.get(lang).into(), head, rows },
        downloads,
    }
}
