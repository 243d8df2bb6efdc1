//! The drawings of a trend: at most so many periods each, all upon one axis.

use std::ops::Range;

use maud::{Markup, html};

use super::super::axis::{Axis, at};
use super::super::key::ringed;
use super::super::room::{Rect, Room, width};
use super::super::{Mark, NARROWEST, PAPER, percent, picture, tall};
use super::labels::{broken, shown};
use super::{Gaps, Trend, TrendFigure, TrendPeriod};

/// How much fits across.
pub(super) struct Setting {
    /// Behind the id, so that both forms can stand on one page.
    suffix: &'static str,
    /// Periods of one drawing, and names below its axis.
    most: (usize, usize),
    /// Left edge and width of the area, in per cent of the drawing.
    area: (f64, f64),
    /// Pixels of the drawing that are counted upon.
    planned: f64,
    /// Height of the area in pixels.
    height: u32,
}

pub(super) const NARROW: Setting =
    Setting { suffix: "", most: (20, 8), area: (9.5, 77.0), planned: NARROWEST, height: 190 };
pub(super) const WIDE: Setting =
    Setting { suffix: "-w", most: (40, 40), area: (4.5, 88.0), planned: PAPER, height: 230 };

/// Room for the name of the axis and the numbers of the breaks above the area.
pub(super) const TOP: u32 = 44;
/// Between the area and the names of the periods.
const TICK: u32 = 6;
/// Height of a line of names.
pub(super) const LINE: u32 = 15;

/// The periods of one drawing.
pub(super) struct Part<'a> {
    pub(super) chart: &'a Trend,
    gaps: &'a Gaps<'a>,
    setting: &'a Setting,
    axis: &'a Axis,
    pub(super) range: Range<usize>,
    /// Width of one period in pixels, as planned.
    pub(super) slot: f64,
}

/// All drawings of the chart in this form.
pub(super) fn drawings(chart: &Trend, gaps: &Gaps<'_>, setting: &Setting) -> Vec<Markup> {
    let axis = axis_of(chart);
    let count = chart.periods.len();
    let parts = count.div_ceil(setting.most.0).max(1);
    let size = count.div_ceil(parts).max(1);
    let draw = |part: usize| {
        let range = part * size..((part + 1) * size).min(count);
        let slots = f64::from(u32::try_from(range.len().max(1)).unwrap_or(u32::MAX));
        let slot = setting.planned * setting.area.1 / 100.0 / slots;
        Part { chart, gaps, setting, axis: &axis, range, slot }.draw((part + 1, parts))
    };
    (0..parts).map(draw).collect()
}

fn axis_of(chart: &Trend) -> Axis {
    let figures = chart.periods.iter().flat_map(|period| match &period.figure {
        TrendFigure::Figure { estimate, low, high, .. } => vec![*estimate, *low, *high],
        TrendFigure::Gap(_) => Vec::new(),
    });
    let open = chart.periods.iter().filter_map(|period| period.open.as_ref()).map(|open| open.estimate);
    let steps = chart.targets.iter().flat_map(|target| &target.steps);
    let drawn = steps.filter(|step| step.from < chart.periods.len()).map(|step| step.at);
    Axis::holding(figures.chain(open).chain(drawn))
}

/// A figure that can be drawn: its place, its numbers in pixels below the top of the area.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) place: usize,
    pub(super) middle: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) mark: Mark,
    pub(super) is_running: bool,
}

impl Part<'_> {
    fn draw(&self, part: (usize, usize)) -> Markup {
        let (chart, setting) = (self.chart, self.setting);
        let id = format!("{}{}-{}", chart.id, setting.suffix, part.0);
        let title =
            if part.1 > 1 { format!("{} ({}/{})", chart.title, part.0, part.1) } else { chart.title.to_string() };
        let (names, below) = self.names();
        let points = self.points();
        let mut room = self.room(&points);
        let area = html! {
            (self.gap_columns(&id))
            (self.axis.rungs(TOP, setting.height))
            (self.bands(&points))
            (self.targets(&mut room))
            (self.breaks())
            (self.open())
            (self.lines(&points))
            @for point in &points { (self.sign(*point)) }
            (self.values(&points, &mut room))
            (names)
        };
        let inside = html! {
            @if !self.gaps.reasons.is_empty() { (hatching(&id)) }
            text.m x="0" y="12" font-size="13" { (chart.axis) }
            svg x=(percent(setting.area.0)) width=(percent(setting.area.1)) overflow="visible" { (area) }
        };
        picture(&id, &title, &chart.description, TOP + setting.height + below, &inside)
    }

    pub(super) fn periods(&self) -> impl Iterator<Item = (usize, &TrendPeriod)> {
        self.range.clone().zip(self.chart.periods.get(self.range.clone()).unwrap_or_default())
    }

    /// How far across the middle of a period lies, moved by a share of its width.
    pub(super) fn across(&self, place: usize, moved: f64) -> f64 {
        let slot = self.slot_percent();
        let place = u32::try_from(place.saturating_sub(self.range.start)).unwrap_or(u32::MAX);
        (f64::from(place) + 0.5 + moved) * slot
    }

    fn slot_percent(&self) -> f64 {
        100.0 / f64::from(u32::try_from(self.range.len().max(1)).unwrap_or(u32::MAX))
    }

    /// Figures and open feedback stand a little apart, so that neither covers the other.
    pub(super) fn moved(&self) -> f64 {
        let has_open = self.chart.periods.iter().any(|period| period.open.is_some());
        if has_open { 0.16_f64.min(6.0 / self.slot) } else { 0.0 }
    }

    pub(super) fn down(&self, value: f64) -> f64 {
        self.axis.down(value, self.height())
    }

    fn points(&self) -> Vec<Point> {
        let point = |(place, period): (usize, &TrendPeriod)| match &period.figure {
            TrendFigure::Figure { estimate, low, high, mark, .. } if estimate.is_finite() => {
                let end = |end: f64| self.down(if end.is_finite() { end } else { *estimate });
                Some(Point {
                    place,
                    middle: self.down(*estimate),
                    low: end(*low),
                    high: end(*high),
                    mark: *mark,
                    is_running: period.is_running,
                })
            }
            _ => None,
        };
        self.periods().filter_map(point).collect()
    }

    /// Whether the series goes on from this period to the next.
    pub(super) fn goes_on(&self, place: usize, next: usize) -> bool {
        place + 1 == next && !self.chart.breaks.iter().any(|one| one.before == next)
    }

    /// Height of the area.
    pub(super) const fn height(&self) -> u32 {
        self.setting.height
    }

    /// How far across a period lies, in planned pixels.
    pub(super) fn pixels_across(&self, place: usize, moved: f64) -> f64 {
        self.across(place, moved) / 100.0 * self.setting.planned * self.setting.area.1 / 100.0
    }

    /// What letters must not cover: whiskers, signs and breaks.
    fn room(&self, points: &[Point]) -> Room {
        let (height, right) = (f64::from(self.height()), self.pixels_across(self.range.end, -0.5));
        let mut room = Room::new(Rect { left: -20.0, right: right + 20.0, top: -14.0, bottom: height });
        for point in points {
            let x = self.pixels_across(point.place, -self.moved());
            room.take(Rect { left: x - 7.0, right: x + 7.0, top: point.high - 2.0, bottom: point.low + 2.0 });
        }
        for (place, open) in self.periods().filter_map(|(place, period)| Some((place, period.open.as_ref()?))) {
            room.take(Rect::around(self.pixels_across(place, self.moved()), self.down(open.estimate), 7.0, 7.0));
        }
        for one in &self.chart.breaks {
            let x = self.pixels_across(one.before, -0.5);
            room.take(Rect { left: x - 4.0, right: x + 4.0, top: -20.0, bottom: height });
        }
        room
    }

    /// Columns of periods without a figure: hatched, with the letter of their note.
    fn gap_columns(&self, id: &str) -> Markup {
        let slot = self.slot_percent();
        html! {
            @for (place, _) in self.periods() {
                @if let Some(letter) = self.gaps.letter(place) {
                    rect x=(percent(self.across(place, -0.5))) y=(TOP) width=(percent(slot))
                        height=(self.height()) fill={ "url(#" (id) "-h)" } {}
                    (at(self.across(place, 0.0), f64::from(TOP + self.height()) - 7.0, &html! {
                        text.b.halo text-anchor="middle" font-size="13" { (letter) }
                    }))
                }
            }
        }
    }

    /// Double lines with their numbers, upon a strip that lets nothing through.
    fn breaks(&self) -> Markup {
        let (top, bottom) = (i64::from(TOP) - 8, TOP + self.height() + TICK);
        let count = self.chart.periods.len();
        html! {
            @for (number, one) in self.chart.breaks.iter().enumerate() {
                @let before = one.before.min(count);
                @let is_here = self.range.contains(&before) || (before == count && self.range.end == count);
                @if is_here {
                    (at(self.across(before, -0.5), 0.0, &html! {
                        @for x in ["-2", "2"] {
                            line.middle x1=(x) x2=(x) y1=(top) y2=(bottom) stroke="#14232a" stroke-width="1.25" {}
                        }
                        text.b y=(top - 5) text-anchor="middle" font-size="16" { (ringed(number)) }
                    }))
                }
            }
        }
    }

    /// Ticks, names of periods and the row of answers; with the height they take.
    fn names(&self) -> (Markup, u32) {
        let answers = |period: &TrendPeriod| match &period.figure {
            TrendFigure::Figure { answers, .. } => answers.to_string(),
            TrendFigure::Gap(_) => String::new(),
        };
        let named: Vec<(Vec<String>, String)> =
            self.periods().map(|(_, period)| (broken(&period.label), answers(period))).collect();
        let widest =
            named.iter().flat_map(|(lines, own)| lines.iter().chain([own])).map(|text| width(text)).fold(0.0, f64::max);
        let lines = tall(named.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0), LINE);
        let has_answers = named.iter().any(|(_, own)| !own.is_empty());
        let top = TOP + self.height();
        let (first, row) = (top + TICK + LINE - 2, top + TICK + lines + 2 * LINE + 6);
        let chosen = shown(named.len(), self.slot, widest, self.setting.most.1);
        let markup = html! {
            line.edge x1="0%" x2="100%" y1=(top) y2=(top) stroke="#75858b" {}
            @for (order, (lines, own)) in named.iter().enumerate() {
                @let x = percent(self.across(self.range.start + order, 0.0));
                @let is_named = chosen.contains(&order);
                line.edge x1=(x) x2=(x) y1=(top) y2=(top + if is_named { TICK } else { TICK / 2 }) stroke="#75858b" {}
                @if is_named {
                    @for (line, y) in lines.iter().zip((first..).step_by(15)) {
                        text x=(x) y=(y) text-anchor="middle" font-size="13" { (line) }
                    }
                    text.m x=(x) y=(row) text-anchor="middle" font-size="13" { (own) }
                }
            }
            @if has_answers {
                @let x = format!("-{:.2}%", self.setting.area.0 / self.setting.area.1 * 100.0);
                text.m x=(x) y=(row - LINE - 1) font-size="13" { (self.chart.words.answers) }
            }
        };
        (markup, TICK + lines + if has_answers { 2 * LINE + 10 } else { 4 })
    }
}

fn hatching(id: &str) -> Markup {
    html! {
        defs {
            pattern id={ (id) "-h" } width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                line.grid y2="7" stroke="#d5dddf" stroke-width="2.5" {}
            }
        }
    }
}
