//! The drawings of a funnel plot.

use maud::{Markup, html};

use super::super::axis::{Axis, at, corners, pixels, stretched};
use super::super::key::{Entry, legend};
use super::super::room::{spread, width};
use super::super::{NARROWEST, PAPER, REMARK_LETTERS, lines, percent, picture, tall, wrap};
use super::names::{Placed, Written, names};
use super::scale::Scale;
use super::{Funnel, FunnelLimits, FunnelUnit};

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
    /// Letters of the name of the axis of answers on one line.
    letters: usize,
}

pub(super) const NARROW: Setting =
    Setting { suffix: "", area: (9.5, 75.0), planned: NARROWEST, height: 260, letters: REMARK_LETTERS };
pub(super) const WIDE: Setting = Setting { suffix: "-w", area: (4.5, 87.0), planned: PAPER, height: 340, letters: 80 };

/// Room for the name of the axis above the area, and for the numbers below it.
const TOP: u32 = 32;
const NUMBERS: u32 = 24;
const LINE: u32 = 17;
/// Units of one drawing.
const MOST: usize = 250;
/// Dashes of the inner limits and of the target.
const INNER: &str = "5 4";
const TARGET: &str = "9 3 2 3";

/// The axes and how much fits.
struct Frame<'a> {
    plot: &'a Funnel,
    setting: &'a Setting,
    axis: Axis,
    scale: Scale,
}

/// All drawings of the plot in this form, each with the names that found no room.
pub(super) fn drawings(plot: &Funnel, setting: &Setting) -> Markup {
    let lines = [Some(plot.centre.at), plot.target.as_ref().map(|target| target.at)];
    let axis = Axis::holding(plot.units.iter().map(|unit| unit.percent).chain(lines.into_iter().flatten()));
    let frame = Frame { plot, setting, axis, scale: Scale::fitting(plot.units.iter().map(|unit| unit.n)) };
    let parts = plot.units.len().div_ceil(MOST).max(1);
    html! {
        @if plot.units.is_empty() { (frame.draw(&[], (1, 1))) }
        @for (part, units) in plot.units.chunks(MOST).enumerate() { (frame.draw(units, (part + 1, parts))) }
    }
}

impl Frame<'_> {
    fn draw(&self, units: &[FunnelUnit], part: (usize, usize)) -> Markup {
        let (plot, setting) = (self.plot, self.setting);
        let id = format!("{}{}-{}", plot.id, setting.suffix, part.0);
        let title = if part.1 > 1 { format!("{} ({}/{})", plot.title, part.0, part.1) } else { plot.title.to_string() };
        let placed: Vec<Placed<'_>> = units.iter().filter_map(|unit| self.placed(unit)).collect();
        let written = names(&placed, (self.width(), f64::from(setting.height)));
        let bottom = TOP + setting.height;
        let answers = self.answers();
        let area = html! {
            (self.funnel())
            (self.axis.rungs(TOP, setting.height))
            (self.levels())
            (self.numbers(bottom))
            @for one in &placed { (self.mark(one)) }
            @for one in &written { (self.name(one)) }
        };
        let inside = html! {
            text.m x="0" y="12" font-size="13" { (plot.axis) }
            svg x=(percent(setting.area.0)) width=(percent(setting.area.1)) overflow="visible" { (area) }
            (lines(&answers, bottom + NUMBERS + 14, LINE, "m"))
        };
        let numbered: Vec<Entry> = written
            .iter()
            .filter(|one| one.is_number)
            .map(|one| Entry::letter(one.text.clone(), format!("{}: {}", one.of.unit.name, one.of.unit.label)))
            .collect();
        let description = format!("{} {}", plot.description, plot.words.reading);
        let height = bottom + NUMBERS + tall(answers.len(), LINE) + 4;
        html! {
            (picture(&id, &title, &description, height, &inside))
            (legend(&numbered))
        }
    }

    /// Width of the area in planned pixels.
    fn width(&self) -> f64 {
        self.setting.planned * self.setting.area.1 / 100.0
    }

    fn down(&self, value: f64) -> f64 {
        self.axis.down(value, self.setting.height)
    }

    /// Where a unit lies; nowhere when its numbers are none.
    fn placed<'a>(&self, unit: &'a FunnelUnit) -> Option<Placed<'a>> {
        let is_drawn = unit.n.is_finite() && unit.n > 0.0 && unit.percent.is_finite();
        let x = self.scale.along(unit.n) / 100.0 * self.width();
        is_drawn.then(|| Placed { unit, x, y: self.down(unit.percent) })
    }

    /// The name of the axis of answers, with a warning where it is bent.
    fn answers(&self) -> Vec<String> {
        let words = &self.plot.words;
        let name = if self.scale.is_bent() {
            format!("{} ({})", words.answers, words.uneven)
        } else {
            words.answers.to_string()
        };
        wrap(&name, self.setting.letters)
    }

    /// The limits as curves; what lies outside the axes is cut off, and broken samples are left out.
    fn funnel(&self) -> Markup {
        let curve = |limit: fn(&FunnelLimits) -> f64| -> Vec<(f64, f64)> {
            let samples = self.plot.limits.iter().filter(|sample| sample.n.is_finite() && sample.n > 0.0);
            samples
                .map(|sample| (self.scale.along(sample.n), self.axis.below(limit(sample), self.setting.height)))
                .collect()
        };
        let inner = [curve(|sample| sample.inner.0), curve(|sample| sample.inner.1)];
        let outer = [curve(|sample| sample.outer.0), curve(|sample| sample.outer.1)];
        let around = corners(inner[0].iter().chain(inner[1].iter().rev()).copied());
        let inside = html! {
            polygon.band points=(around) fill="#ddeeed" {}
            @for line in inner {
                polyline.rim points=(corners(line)) fill="none" stroke="#75858b" stroke-width="1.5"
                    stroke-dasharray=(INNER) vector-effect="non-scaling-stroke" {}
            }
            @for line in outer {
                polyline.rim points=(corners(line)) fill="none" stroke="#75858b" stroke-width="1.5"
                    vector-effect="non-scaling-stroke" {}
            }
        };
        html! { @if self.plot.limits.len() > 1 { (stretched(TOP, self.setting.height, &inside)) } }
    }

    /// The common level and the target, named at the right.
    fn levels(&self) -> Markup {
        let centre = Some((&self.plot.centre, "run", None));
        let target = self.plot.target.as_ref().map(|target| (target, "target", Some(TARGET)));
        let drawn: Vec<_> = [centre, target].into_iter().flatten().filter(|(line, ..)| line.at.is_finite()).collect();
        let labels = drawn.iter().map(|(line, ..)| (self.down(line.at), line.short.as_ref())).collect();
        html! {
            @for (line, class, dash) in &drawn {
                @let y = pixels(f64::from(TOP) + self.down(line.at));
                line class=(class) x1="0%" x2="100%" y1=(y) y2=(y) stroke="#14232a" stroke-width="2" stroke-dasharray=[*dash] {}
            }
            @for (down, short) in spread(labels) {
                (at(100.0, f64::from(TOP) + down + 4.5, &html! { text.b x="5" font-size="13" { (short) } }))
            }
        }
    }

    /// The axis of answers with the numbers that have room.
    fn numbers(&self, bottom: u32) -> Markup {
        let mut end = f64::NEG_INFINITY;
        let mut shown = Vec::new();
        for tick in &self.plot.ticks {
            let across = self.scale.along(tick.n);
            let (middle, half) = (across / 100.0 * self.width(), width(&tick.label) / 2.0);
            if (0.0..=100.0).contains(&across) && middle - half >= end + 8.0 {
                end = middle + half;
                shown.push((percent(across), &tick.label));
            }
        }
        html! {
            line.edge x1="0%" x2="100%" y1=(bottom) y2=(bottom) stroke="#75858b" {}
            @for (x, label) in shown {
                line.edge x1=(x) x2=(x) y1=(bottom) y2=(bottom + 5) stroke="#75858b" {}
                text.m x=(x) y=(bottom + 18) text-anchor="middle" font-size="13" { (label) }
            }
        }
    }

    fn mark(&self, one: &Placed<'_>) -> Markup {
        let inside = html! {
            g { title { (one.unit.name) ": " (one.unit.label) } (one.unit.place.shape()) }
        };
        at(self.scale.along(one.unit.n), f64::from(TOP) + one.y, &inside)
    }

    fn name(&self, one: &Written<'_>) -> Markup {
        let (x, y) = one.shift;
        let text =
            html! { text.b.halo x=(pixels(x)) y=(pixels(y)) text-anchor=(one.anchor) font-size="13" { (one.text) } };
        at(self.scale.along(one.of.unit.n), f64::from(TOP) + one.of.y, &text)
    }
}

pub(super) fn swatch_centre() -> Markup {
    html! { line.run x1="-14" x2="14" stroke="#0b5a63" stroke-width="2" {} }
}

pub(super) fn swatch_inner() -> Markup {
    html! {
        rect.band x="-14" width="28" height="8" fill="#ddeeed" {}
        line.rim x1="-14" x2="14" stroke="#75858b" stroke-width="1.5" stroke-dasharray=(INNER) {}
    }
}

pub(super) fn swatch_outer() -> Markup {
    html! { line.rim x1="-14" x2="14" stroke="#75858b" stroke-width="1.5" {} }
}

pub(super) fn swatch_target() -> Markup {
    html! { line.target x1="-14" x2="14" stroke="#14232a" stroke-width="2" stroke-dasharray=(TARGET) {} }
}
