//! The drawing of importance against performance.

use maud::{Markup, html};

use super::super::axis::{Axis, at, pixels};
use super::super::{NARROWEST, PAPER, REMARK_LETTERS, lines, percent, picture, tall, wrap};
use super::{ImportanceItem, ImportancePlot};

/// How much fits across.
pub(super) struct Setting {
    /// Behind the id, so that both forms can stand on one page.
    suffix: &'static str,
    /// Left edge and width of the area, in per cent of the drawing.
    area: (f64, f64),
    /// Pixels of the drawing that are counted upon.
    planned: f64,
    /// Height of the area in pixels.
    height: u32,
    /// Letters of the names of the axes on one line.
    letters: usize,
}

pub(super) const NARROW: Setting =
    Setting { suffix: "", area: (10.0, 87.0), planned: NARROWEST, height: 280, letters: REMARK_LETTERS };
pub(super) const WIDE: Setting = Setting { suffix: "-w", area: (5.0, 93.0), planned: PAPER, height: 360, letters: 80 };

/// Room above the area for each line of the name of the upright axis, and below it for the numbers.
const LINE: u32 = 17;
const NUMBERS: u32 = 24;
/// Dashes of the means.
const MEAN: &str = "7 4";
/// Half the size of a mark in pixels.
const RADIUS: f64 = 9.0;

/// The axes: the area across is performance in per cent, upright is importance in hundredths.
struct Frame<'a> {
    plot: &'a ImportancePlot,
    setting: &'a Setting,
    across: Axis,
    upright: Axis,
    top: u32,
}

pub(super) fn drawing(plot: &ImportancePlot, setting: &Setting) -> Markup {
    let performance = plot.items.iter().flat_map(|item| [item.performance.1.0, item.performance.1.1]);
    let importance = plot.items.iter().flat_map(|item| [item.importance.1.0 * 100.0, item.importance.1.1 * 100.0]);
    let name = wrap(&plot.words.importance, setting.letters);
    let frame = Frame {
        plot,
        setting,
        across: Axis::holding(performance),
        upright: Axis::holding(importance),
        top: tall(name.len(), LINE) + 18,
    };
    frame.draw(&name)
}

impl Frame<'_> {
    fn draw(&self, name: &[String]) -> Markup {
        let (plot, setting) = (self.plot, self.setting);
        let bottom = self.top + setting.height;
        let below = wrap(&plot.words.performance, setting.letters);
        let inside = html! {
            (lines(name, 12, LINE, "m"))
            svg x=(percent(setting.area.0)) width=(percent(setting.area.1)) overflow="visible" {
                (self.rungs())
                (self.numbers(bottom))
                (self.corners(bottom))
                (self.means(bottom))
                @for item in &plot.items { (self.whiskers(item)) }
                @for (place, item) in plot.items.iter().enumerate() { (self.mark(place, item)) }
            }
            (lines(&below, bottom + NUMBERS + 14, LINE, "m"))
        };
        let height = bottom + NUMBERS + tall(below.len(), LINE) + 4;
        let description = format!("{} {}", plot.description, plot.words.reading);
        picture(&format!("{}{}", plot.id, setting.suffix), &plot.title, &description, height, &inside)
    }

    /// Pixels down the drawing; what lies outside is brought to the edge.
    fn y(&self, importance: f64) -> f64 {
        f64::from(self.top) + self.upright.down(importance * 100.0, self.setting.height)
    }

    /// Per cent across the area, so that a mark stays whole.
    fn x(&self, performance: f64) -> f64 {
        let along = self.across.along(performance);
        if along.is_finite() { along.clamp(0.0, 100.0) } else { 0.0 }
    }

    fn rungs(&self) -> Markup {
        html! {
            @for tick in self.upright.ticks() {
                @let y = pixels(self.y(tick / 100.0));
                line.grid x1="0%" x2="100%" y1=(y) y2=(y) stroke="#d5dddf" {}
                svg y=(y) overflow="visible" {
                    text.m x="-7" y="4.5" text-anchor="end" font-size="13" { (self.decimal(tick)) }
                }
            }
        }
    }

    /// Hundredths as people read a correlation: "0,45".
    fn decimal(&self, hundredths: f64) -> String {
        format!("{:.2}", hundredths / 100.0).replace('.', self.plot.words.comma)
    }

    fn numbers(&self, bottom: u32) -> Markup {
        html! {
            line.edge x1="0%" x2="100%" y1=(bottom) y2=(bottom) stroke="#75858b" {}
            @for tick in self.across.ticks() {
                @let x = percent(self.x(tick));
                line.edge x1=(x) x2=(x) y1=(bottom) y2=(bottom + 5) stroke="#75858b" {}
                text.m x=(x) y=(bottom + 18) text-anchor="middle" font-size="13" { (format!("{tick:.0}")) }
            }
        }
    }

    /// The names of the corners at the corners of the area, broken where it is narrow.
    fn corners(&self, bottom: u32) -> Markup {
        let half = self.setting.planned * self.setting.area.1 / 200.0;
        let letters = if half < 200.0 { 12 } else { 40 };
        let upper = f64::from(self.top) + 14.0;
        let [first, keep, watch, less] = &self.plot.words.corners;
        let placed = [(first, false, false), (keep, true, false), (watch, false, true), (less, true, true)];
        html! {
            @for (name, is_right, is_lower) in placed {
                @let rows = wrap(name, letters);
                @let y = if is_lower { f64::from(bottom) - 6.0 - f64::from(tall(rows.len().saturating_sub(1), LINE)) } else { upper };
                (at(if is_right { 100.0 } else { 0.0 }, y, &html! {
                    @for (row, down) in rows.iter().zip((0_u32..).step_by(16)) {
                        text.m x=(if is_right { "-4" } else { "4" }) y=(down) text-anchor=(if is_right { "end" } else { "start" })
                            font-size="13" { (row) }
                    }
                }))
            }
        }
    }

    fn means(&self, bottom: u32) -> Markup {
        let (x, y) = (percent(self.x(self.plot.mean_performance)), pixels(self.y(self.plot.mean_importance)));
        html! {
            line.target x1=(x) x2=(x) y1=(self.top) y2=(bottom) stroke="#14232a" stroke-width="1.5" stroke-dasharray=(MEAN) {}
            line.target x1="0%" x2="100%" y1=(y) y2=(y) stroke="#14232a" stroke-width="1.5" stroke-dasharray=(MEAN) {}
        }
    }

    fn whiskers(&self, item: &ImportanceItem) -> Markup {
        let ((performance, across), (importance, upright)) = (item.performance, item.importance);
        let (x, y) = (percent(self.x(performance)), pixels(self.y(importance)));
        html! {
            line.rim x1=(percent(self.x(across.0))) x2=(percent(self.x(across.1))) y1=(y) y2=(y) stroke="#75858b" stroke-width="1.5" {}
            line.rim x1=(x) x2=(x) y1=(pixels(self.y(upright.0))) y2=(pixels(self.y(upright.1))) stroke="#75858b" stroke-width="1.5" {}
        }
    }

    fn mark(&self, place: usize, item: &ImportanceItem) -> Markup {
        let number = (place + 1).to_string();
        let inside = html! {
            g {
                title { (item.label) }
                (shape(item.is_told, RADIUS))
                text.b x="0" y="4.5" text-anchor="middle" font-size="12" { (number) }
            }
        };
        at(self.x(item.performance.0), self.y(item.importance.0), &inside)
    }
}

/// The shape around the origin: a heavy ring where the corner can be told, a thin broken one where it cannot.
pub(super) fn shape(is_told: bool, radius: f64) -> Markup {
    let (width, dash) = if is_told { ("3.5", None) } else { ("1.25", Some("3 2")) };
    html! {
        circle.hole r=(pixels(radius)) fill="#fff" stroke="currentColor" stroke-width=(width) stroke-dasharray=[dash] {}
    }
}

pub(super) fn swatch_mean() -> Markup {
    html! { line.target x1="-14" x2="14" stroke="#14232a" stroke-width="1.5" stroke-dasharray=(MEAN) {} }
}
