//! What a trend draws between its targets and its names: bands, lines, signs, numbers.

use maud::{Markup, html};

use super::super::Mark;
use super::super::axis::{at, corners, pixels, stretched};
use super::super::room::{Rect, Room, width};
use super::plot::{LINE, Part, Point, TOP};
use super::{TrendFigure, TrendPeriod};

/// Narrower periods have smaller signs.
const FULL_SIZE: f64 = 19.0;

impl Part<'_> {
    /// The bands, interrupted by gaps and breaks.
    pub(super) fn bands(&self, points: &[Point]) -> Markup {
        let inside = html! {
            @for run in points.chunk_by(|one, next| self.goes_on(one.place, next.place)).filter(|run| run.len() > 1) {
                @let upper: Vec<(f64, f64)> = run.iter().map(|p| (self.across(p.place, -self.moved()), p.high)).collect();
                @let lower: Vec<(f64, f64)> = run.iter().map(|p| (self.across(p.place, -self.moved()), p.low)).collect();
                polygon.band points=(corners(upper.iter().chain(lower.iter().rev()).copied())) fill="#ddeeed" {}
                @for rim in [upper, lower] {
                    polyline.rim points=(corners(rim)) fill="none" stroke="#75858b" vector-effect="non-scaling-stroke" {}
                }
            }
        };
        stretched(TOP, self.height(), &inside)
    }

    /// The line through the estimates; dashed towards a period that still runs.
    pub(super) fn lines(&self, points: &[Point]) -> Markup {
        let inside = html! {
            @for pair in points.windows(2) {
                @if let [one, next] = pair && self.goes_on(one.place, next.place) {
                    @let ends = [one, next].map(|p| (self.across(p.place, -self.moved()), p.middle));
                    polyline.run points=(corners(ends)) fill="none" stroke="#0b5a63" stroke-width="2.25"
                        stroke-dasharray=[next.is_running.then_some("5 4")] vector-effect="non-scaling-stroke" {}
                }
            }
        };
        stretched(TOP, self.height(), &inside)
    }

    /// Open feedback: hollow marks upon a dotted line, without a band.
    pub(super) fn open(&self) -> Markup {
        let points: Vec<(usize, f64, String)> = self
            .periods()
            .filter_map(|(place, period)| Some((place, period.open.as_ref()?, &period.label)))
            .filter(|(_, open, _)| open.estimate.is_finite())
            .map(|(place, open, label)| (place, self.down(open.estimate), format!("{label}: {}", open.label)))
            .collect();
        let runs = html! {
            @for run in points.chunk_by(|one, next| self.goes_on(one.0, next.0)).filter(|run| run.len() > 1) {
                @let line = corners(run.iter().map(|(place, down, _)| (self.across(*place, self.moved()), *down)));
                polyline.dots points=(line) fill="none" stroke="#4a5a61" stroke-width="2" stroke-dasharray="1 4.5"
                    stroke-linecap="round" vector-effect="non-scaling-stroke" {}
            }
        };
        html! {
            (stretched(TOP, self.height(), &runs))
            @for (place, down, label) in &points {
                (at_point(self.across(*place, self.moved()), *down, &html! {
                    g.aside transform=[self.smaller()] { title { (label) } (Mark::Open.shape()) }
                }))
            }
        }
    }

    fn smaller(&self) -> Option<&'static str> {
        (self.slot < FULL_SIZE).then_some("scale(.7)")
    }

    /// The whiskers of a figure and the sign of its verdict; a ring where the period still runs.
    pub(super) fn sign(&self, point: Point) -> Markup {
        let (up, down) = (point.high - point.middle, point.low - point.middle);
        let cap = if self.slot < FULL_SIZE { "3" } else { "5" };
        let told = match self.chart.periods.get(point.place) {
            Some(TrendPeriod { label, figure: TrendFigure::Figure { label: value, answers, .. }, .. }) => {
                let answers = if answers.is_empty() { String::new() } else { format!(" ({answers})") };
                format!("{label}: {value}{answers}")
            }
            _ => String::new(),
        };
        let inside = html! {
            g class=(point.mark.class()) {
                title { (told) }
                line y1=(pixels(up)) y2=(pixels(down)) stroke="currentColor" stroke-width="1.5" {}
                @for end in [up, down] {
                    line x1={ "-" (cap) } x2=(cap) y1=(pixels(end)) y2=(pixels(end)) stroke="currentColor" stroke-width="1.5" {}
                }
                g transform=[self.smaller()] {
                    @if point.is_running { (ring()) }
                    (point.mark.shape())
                }
            }
        };
        at_point(self.across(point.place, -self.moved()), point.middle, &inside)
    }

    /// The numbers at the figures: all where they fit, otherwise the first and the last.
    pub(super) fn values(&self, points: &[Point], room: &mut Room) -> Markup {
        let label = |point: &Point| match self.chart.periods.get(point.place).map(|period| &period.figure) {
            Some(TrendFigure::Figure { label, .. }) => label.as_ref(),
            _ => "",
        };
        let widest = points.iter().map(|point| width(label(point))).fold(0.0, f64::max);
        let (is_all, last) = (self.slot >= widest + 4.0, points.len().saturating_sub(1));
        let mut written = Vec::new();
        for (order, point) in points.iter().enumerate() {
            let anchor = match (is_all, order) {
                (true, _) => "middle",
                (false, 0) if last > 1 => "start",
                (false, _) if order == last => "end",
                _ => continue,
            };
            // Above the whisker; below it, or nearer to an edge of the area, where that is free and above is not.
            let at = self.pixels_across(point.place, -self.moved());
            let (left, shift) = match anchor {
                "start" => (at - 7.0, "-7"),
                "end" => (at + 7.0 - widest, "7"),
                _ => (at - widest / 2.0, "0"),
            };
            let places = [point.high - 7.0, point.low + 17.0, point.high - 22.0, point.low + 32.0];
            let boxes =
                places.map(|y| Rect { left, right: left + widest, top: y - f64::from(LINE) + 4.0, bottom: y + 2.0 });
            let y = places[room.take_first(&boxes).unwrap_or(0)];
            written.push(at_point(
                self.across(point.place, -self.moved()),
                y,
                &html! {
                    text.b.halo x=(shift) text-anchor=(anchor) font-size="13" { (label(point)) }
                },
            ));
        }
        html! { @for text in &written { (text) } }
    }
}

fn at_point(across: f64, down: f64, inside: &Markup) -> Markup {
    at(across, f64::from(TOP) + down, inside)
}

/// The dashed ring around the sign of a period that still runs.
fn ring() -> Markup {
    html! { circle r="10.5" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="3 2.5" {} }
}

pub(super) fn swatch_running() -> Markup {
    html! { g transform="scale(.8)" { (ring()) circle r="5" fill="currentColor" {} } }
}

pub(super) fn swatch_line() -> Markup {
    html! { line.run x1="-14" x2="14" stroke="#0b5a63" stroke-width="2.25" {} }
}

pub(super) fn swatch_band() -> Markup {
    html! {
        rect.band x="-14" y="-6" width="28" height="12" fill="#ddeeed" {}
        path.rim d="M-14-6H14M-14 6H14" fill="none" stroke="#75858b" {}
        path d="M0-6V6M-5-6H5M-5 6H5" stroke="currentColor" stroke-width="1.5" {}
    }
}

pub(super) fn swatch_target(dash: &str) -> Markup {
    html! { line.target x1="-14" x2="14" stroke="#14232a" stroke-width="2" stroke-dasharray=(dash) {} }
}

pub(super) fn swatch_open() -> Markup {
    html! {
        line.dots x1="-14" x2="14" stroke="#4a5a61" stroke-width="2" stroke-dasharray="1 4.5" stroke-linecap="round" {}
        g.aside { (Mark::Open.shape()) }
    }
}
