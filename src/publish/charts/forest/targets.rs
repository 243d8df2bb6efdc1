//! The targets of a forest plot: their legend, their lines, their labels.

use maud::{Markup, html};

use super::super::axis::{Axis, at};
use super::super::{DASHES, lines, percent, tall, wrap};
use super::{Forest, REMARK};

/// The targets with their citations above the plot, and the height they take.
pub(super) fn legend(plot: &Forest, letters: usize) -> (Markup, u32) {
    let mut y = 0;
    let mut parts = Vec::new();
    for (target, dash) in plot.targets.iter().zip(DASHES) {
        let label = wrap(&target.label, letters);
        parts.push(html! {
            line.target x1="0" x2="26" y1=(y + 10) y2=(y + 10) stroke="#14232a" stroke-width="2" stroke-dasharray=(dash) {}
            svg x="34" y=(y) overflow="visible" { (lines(&label, 14, REMARK, "m")) }
        });
        y += tall(label.len().max(1), REMARK) + 4;
    }
    (html! { @for part in &parts { (part) } }, y)
}

pub(super) fn target_lines(plot: &Forest, axis: &Axis, span: (u32, u32)) -> Markup {
    html! {
        @for (target, dash) in plot.targets.iter().zip(DASHES) {
            @let x = percent(axis.along(target.at));
            line.target x1=(x) x2=(x) y1=(span.0) y2=(span.1) stroke="#14232a" stroke-width="2" stroke-dasharray=(dash) {}
        }
    }
}

/// The label above a target's line, beside those of near targets or above them.
pub(super) struct TargetLabel<'a> {
    text: &'a str,
    across: f64,
    anchor: &'static str,
    shift: i32,
    /// Pixels it is lifted above the others.
    pub(super) lift: u32,
}

impl TargetLabel<'_> {
    /// The label above an area that begins at `top`.
    pub(super) fn draw(&self, top: u32) -> Markup {
        let text = html! { text.b x=(self.shift) text-anchor=(self.anchor) font-size="13" { (self.text) } };
        at(self.across, f64::from(top) - 6.0 - f64::from(self.lift), &text)
    }
}

/// Pixels a label such as "86,5%" needs.
const SHORT: f64 = 44.0;

/// The labels of at most three targets, such that none covers another upon an axis of `length` pixels.
pub(super) fn target_labels<'a>(plot: &'a Forest, axis: &Axis, length: f64) -> Vec<TargetLabel<'a>> {
    let mut sorted: Vec<(f64, &str)> =
        plot.targets.iter().zip(DASHES).map(|(target, _)| (axis.along(target.at), target.short.as_ref())).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let is_near = |place: usize| match (sorted.get(place), sorted.get(place + 1)) {
        (Some(one), Some(next)) => (next.0 - one.0) / 100.0 * length < SHORT,
        _ => false,
    };
    let label = |(place, (across, text)): (usize, &(f64, &'a str))| {
        let is_near_before = place.checked_sub(1).is_some_and(is_near);
        let (anchor, shift, lift) = match (is_near_before, is_near(place)) {
            (false, false) => ("middle", 0, 0),
            (false, true) => ("end", 1, 0),
            (true, false) => ("start", -1, 0),
            (true, true) => ("middle", 0, 15),
        };
        TargetLabel { text, across: *across, anchor, shift, lift }
    };
    sorted.iter().enumerate().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::super::TargetLine;
    use super::*;

    #[test]
    fn labels_of_near_targets_stand_beside_each_other() {
        let target = |(at, short): (f64, &'static str)| TargetLine { at, short: short.into(), label: short.into() };
        let mut plot = Forest {
            id: "f".into(),
            title: "So sánh".into(),
            description: "Mô tả".into(),
            targets: [(90.0, "90%"), (92.0, "92%"), (91.0, "91%")].map(target).to_vec(),
            rows: Vec::new(),
        };
        let axis = Axis::holding([64.0, 92.0]);
        let labels = target_labels(&plot, &axis, 288.0);
        let placed: Vec<_> = labels.iter().map(|label| (label.text, label.anchor, label.lift)).collect();
        assert_eq!(placed, [("90%", "end", 0), ("91%", "middle", 15), ("92%", "start", 0)]);
        plot.targets.truncate(1);
        assert_eq!(target_labels(&plot, &axis, 288.0)[0].anchor, "middle");
    }
}
