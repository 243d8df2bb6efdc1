//! The targets of a trend as steps.

use maud::{Markup, html};

use super::super::axis::{at, corners, stretched};
use super::super::room::{Rect, Room, spread, width};
use super::plot::{Part, TOP};

/// Dashes of up to three targets, all apart from the line of the estimates.
pub(super) const DASHES: [&str; 3] = ["9 4", "9 3 2 3", "3 3"];

/// A step within one drawing.
struct Drawn<'a> {
    line: String,
    dash: &'static str,
    short: &'a str,
    periods: (usize, usize),
    down: f64,
}

impl Part<'_> {
    /// The targets as steps; their last value is named at the right, earlier ones where there is room at their line.
    pub(super) fn targets(&self, room: &mut Room) -> Markup {
        let steps = self.steps();
        let lines = html! {
            @for step in &steps {
                polyline.target points=(step.line) fill="none" stroke="#14232a" stroke-width="2"
                    stroke-dasharray=(step.dash) vector-effect="non-scaling-stroke" {}
            }
        };
        let (last, earlier): (Vec<&Drawn<'_>>, Vec<&Drawn<'_>>) =
            steps.iter().partition(|step| step.periods.1 + 1 == self.range.end);
        let labels: Vec<Markup> = earlier.into_iter().map(|step| self.label(step, room)).collect();
        html! {
            (stretched(TOP, self.height(), &lines))
            @for label in &labels { (label) }
            @for (down, short) in spread(last.iter().map(|step| (step.down, step.short)).collect()) {
                (at(100.0, f64::from(TOP) + down + 4.5, &html! { text.b x="5" font-size="13" { (short) } }))
            }
        }
    }

    fn steps(&self) -> Vec<Drawn<'_>> {
        let mut drawn: Vec<Drawn<'_>> = Vec::new();
        for (target, dash) in self.chart.targets.iter().zip(DASHES) {
            let mut before: Option<(usize, f64)> = None;
            for step in target.steps.iter().filter(|step| step.at.is_finite()) {
                let (from, to) = (step.from.max(self.range.start), step.to.min(self.range.end.saturating_sub(1)));
                if from > to {
                    continue;
                }
                let down = self.down(step.at);
                let (left, right) = (self.across(from, -0.5), self.across(to, 0.5));
                let riser = before.filter(|(end, _)| end + 1 == from).map(|(_, earlier)| (left, earlier));
                let line = corners(riser.into_iter().chain([(left, down), (right, down)]));
                drawn.push(Drawn { line, dash, short: &step.short, periods: (from, to), down });
                before = Some((to, down));
            }
        }
        drawn
    }

    /// The value of an earlier step: at its end or its beginning, above or below its line, where nothing is covered.
    fn label(&self, step: &Drawn<'_>, room: &mut Room) -> Markup {
        let wide = width(step.short);
        let (from, to) = step.periods;
        let ends = [(to, 0.5, "end"), (from, -0.5, "start")];
        let places = ends.into_iter().flat_map(|end| [(end, step.down - 5.0), (end, step.down + 15.0)]);
        let places: Vec<((usize, f64, &str), f64)> = places.collect();
        let boxes: Vec<Rect> = places
            .iter()
            .map(|((place, moved, anchor), y)| {
                let x = self.pixels_across(*place, *moved);
                let left = if *anchor == "end" { x - wide - 4.0 } else { x + 2.0 };
                Rect { left, right: left + wide, top: y - 11.0, bottom: y + 2.0 }
            })
            .collect();
        let chosen = room.take_first(&boxes).unwrap_or(0);
        let Some(((place, moved, anchor), y)) = places.get(chosen) else { return Markup::default() };
        let shift = if *anchor == "end" { "-4" } else { "3" };
        at(
            self.across(*place, *moved),
            f64::from(TOP) + y,
            &html! { text.b.halo x=(shift) text-anchor=(*anchor) font-size="13" { (step.short) } },
        )
    }
}
