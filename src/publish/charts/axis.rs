//! A range of percentages with its ticks, and shapes that stretch with the drawing.

use maud::{Markup, html};

use super::percent;

/// A range of percentages with its ticks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    /// Where it begins, a whole ten.
    pub low: f64,
    /// Where it ends, a whole ten.
    pub high: f64,
    step: f64,
}

impl Axis {
    /// The smallest range of whole tens, at least 20 points wide, that holds everything drawn.
    pub(super) fn holding(values: impl IntoIterator<Item = f64>) -> Self {
        let (mut low, mut high) = (100.0_f64, 0.0_f64);
        for value in values.into_iter().filter(|value| value.is_finite()) {
            low = low.min(value.clamp(0.0, 100.0));
            high = high.max(value.clamp(0.0, 100.0));
        }
        if low > high {
            (low, high) = (0.0, 100.0);
        }
        low = (low / 10.0).floor() * 10.0;
        high = (high / 10.0).ceil() * 10.0;
        if high - low < 20.0 {
            (low, high) = if high > 90.0 { (80.0, 100.0) } else { (low, low + 20.0) };
        }
        let step = match high - low {
            wide if wide > 60.0 => 20.0,
            wide if wide > 20.0 => 10.0,
            _ => 5.0,
        };
        Self { low, high, step }
    }

    /// How far a percentage lies along the axis, in per cent of its length.
    pub(super) fn along(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low) * 100.0
    }

    /// How far below the upper end of an upright axis of `height` pixels a percentage lies; what lies outside is
    /// brought to the nearer end, and what is no number to the lower one.
    pub(super) fn down(&self, value: f64, height: u32) -> f64 {
        let along = self.along(value);
        let along = if along.is_nan() { 0.0 } else { along.clamp(0.0, 100.0) };
        (100.0 - along) / 100.0 * f64::from(height)
    }

    /// As [`Axis::down`], where what lies outside stays outside and what is no number stays none.
    pub(super) fn below(&self, value: f64, height: u32) -> f64 {
        (100.0 - self.along(value)) / 100.0 * f64::from(height)
    }

    /// The numbers along the axis; at most eleven.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let mut ticks = Vec::new();
        let mut at = (self.low / self.step).ceil() * self.step;
        while at <= self.high + 0.01 && ticks.len() < 11 {
            ticks.push(at);
            at += self.step;
        }
        ticks
    }

    /// Lines across an area of `height` pixels below `top`, with their numbers at the left of it.
    pub(super) fn rungs(&self, top: u32, height: u32) -> Markup {
        html! {
            @for tick in self.ticks() {
                @let y = pixels(f64::from(top) + self.down(tick, height));
                line.grid x1="0%" x2="100%" y1=(y) y2=(y) stroke="#d5dddf" {}
                svg y=(y) overflow="visible" { text.m x="-7" y="4.5" text-anchor="end" font-size="13" { (format!("{tick:.0}")) } }
            }
        }
    }
}

/// Units across a stretched drawing.
const ACROSS: f64 = 1000.0;

/// A drawing whose places across stretch with the page while its places down stay pixels: lines and areas, no letters.
///
/// Places across are given by [`corners`]; strokes need `vector-effect="non-scaling-stroke"`.
pub(super) fn stretched(top: u32, height: u32, inside: &Markup) -> Markup {
    html! {
        svg y=(top) width="100%" height=(height) viewBox={ "0 0 " (ACROSS) " " (height) } preserveAspectRatio="none" { (inside) }
    }
}

/// Corners of a line or area in a stretched drawing: per cent across, pixels down.
pub(super) fn corners(places: impl IntoIterator<Item = (f64, f64)>) -> String {
    let places: Vec<String> = places
        .into_iter()
        .filter(|(across, down)| across.is_finite() && down.is_finite())
        .map(|(across, down)| format!("{:.1},{:.1}", across / 100.0 * ACROSS, down))
        .collect();
    places.join(" ")
}

/// A place or length in pixels; what is no number becomes zero.
pub(super) fn pixels(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    format!("{value:.1}")
}

/// Places something by per cent across and pixels down; inside, pixels count from there.
pub(super) fn at(across: f64, down: f64, inside: &Markup) -> Markup {
    html! { svg x=(percent(across)) y=(pixels(down)) overflow="visible" { (inside) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_holds_every_value_and_is_never_narrow() {
        let axis = Axis::holding([71.0, 64.2, 77.0, 90.0]);
        assert!(axis.low <= 64.2 && axis.high >= 90.0, "{}–{}", axis.low, axis.high);
        let narrow = Axis::holding([93.0, 91.0, 94.9]);
        assert!(narrow.high - narrow.low >= 20.0 && narrow.high <= 100.0);
        assert_eq!(narrow.ticks().len(), 5);
        let bottom = Axis::holding([0.0]);
        assert!(bottom.high - bottom.low >= 20.0 && bottom.low >= 0.0);
    }

    #[test]
    fn what_is_no_number_neither_widens_the_axis_nor_reaches_the_page() {
        let axis = Axis::holding([f64::NAN, f64::INFINITY, 85.0]);
        assert!((axis.low - 80.0).abs() < 1e-9 && (axis.high - 100.0).abs() < 1e-9);
        assert_eq!(pixels(axis.down(f64::NAN, 200)), "200.0");
        assert_eq!(pixels(axis.down(f64::INFINITY, 200)), "0.0");
        assert_eq!(corners([(f64::NAN, 1.0), (50.0, 2.0), (10.0, f64::INFINITY)]), "500.0,2.0");
        let empty = Axis::holding([]);
        assert!((empty.high - empty.low - 100.0).abs() < 1e-9);
    }
}
