//! Importance × performance: each criterion with both its intervals between the lines of the four corners.

use maud::{Markup, html};

use super::axis::{Axis, pixels};
use super::key::{Entry, notes};
use super::room::{Rect, Room};
use super::{NARROWEST, REMARK_LETTERS, Wording, lines, percent, picture, tall, wrap};

/// The plot.
#[derive(Debug, Clone)]
pub struct ImportancePlot {
    /// Prefix of all ids inside; unique on the page.
    pub id: Wording,
    /// Name of the plot.
    pub title: Wording,
    /// What it shows, for who cannot see it.
    pub description: Wording,
    /// Name of the upright axis, written above the area.
    pub association: Wording,
    /// Name of the axis below the area.
    pub performance: Wording,
    /// Names of the corners: upper left, upper right, lower left, lower right.
    pub corners: [Wording; 4],
    /// The line between low and high performance, in per cent, and between low and high association, -1 to 1.
    pub lines: (f64, f64),
    /// The criteria, in the order of the form.
    pub points: Vec<ImportancePoint>,
}

/// One criterion.
#[derive(Debug, Clone)]
pub struct ImportancePoint {
    /// Its name.
    pub name: Wording,
    /// Share satisfied in per cent: estimate, lower and upper end.
    pub satisfied: (f64, f64, f64),
    /// Association, -1 to 1: estimate, lower and upper end.
    pub association: (f64, f64, f64),
    /// Both as people read them, and the corner.
    pub label: Wording,
}

/// Height of the area, of a line of words above it, and of the room below it, in pixels.
const HEIGHT: u32 = 300;
const LINE: u32 = 17;
const BELOW: u32 = 44;
/// Left edge and width of the area, in per cent of the drawing.
const AREA: (f64, f64) = (9.0, 88.0);
/// Where the letter of a criterion may stand beside its point: across and down to its middle.
const PLACES: [(f64, f64); 8] =
    [(0.0, -13.0), (0.0, 13.0), (13.0, -11.0), (-13.0, -11.0), (13.0, 11.0), (-13.0, 11.0), (14.0, 0.0), (-14.0, 0.0)];
/// Half the room of a letter and of a point.
const LETTER: (f64, f64) = (6.5, 8.0);
const POINT: f64 = 4.5;
/// The least that the upright axis shows.
const SPAN: f64 = 0.4;
/// Letters of the names of the corners.
const CORNER: &str = "12";

/// Draws the plot: letters in the area, their names below it.
pub fn importance(plot: &ImportancePlot) -> Markup {
    let name = wrap(&plot.association, REMARK_LETTERS);
    let top = tall(name.len(), LINE) + 12;
    let scale = Scale::of(plot, top);
    let bottom = top + HEIGHT;
    let area = html! {
        (scale.rungs())
        @for tick in scale.across.ticks() {
            text.m x=(percent(scale.across.along(tick))) y=(bottom + 16) text-anchor="middle" font-size="13" { (format!("{tick:.0}")) }
        }
        line.edge x1="0%" x2="100%" y1=(bottom) y2=(bottom) stroke="#75858b" {}
        @let (x, y) = (percent(scale.across.along(plot.lines.0)), pixels(scale.down(plot.lines.1)));
        line.run x1=(x) x2=(x) y1=(top) y2=(bottom) stroke="#14232a" stroke-dasharray="7 4" {}
        line.run x1="0%" x2="100%" y1=(y) y2=(y) stroke="#14232a" stroke-dasharray="7 4" {}
        text.m x="0%" dx="4" y=(top + 13) font-size=(CORNER) { (plot.corners[0]) }
        text.m x="100%" dx="-4" y=(top + 13) text-anchor="end" font-size=(CORNER) { (plot.corners[1]) }
        text.m x="0%" dx="4" y=(bottom - 6) font-size=(CORNER) { (plot.corners[2]) }
        text.m x="100%" dx="-4" y=(bottom - 6) text-anchor="end" font-size=(CORNER) { (plot.corners[3]) }
        @for ((place, point), beside) in plot.points.iter().enumerate().zip(scale.letters(&plot.points)) {
            (scale.point(place, point, beside))
        }
    };
    let inside = html! {
        (lines(&name, 13, LINE, "m"))
        svg x=(percent(AREA.0)) width=(percent(AREA.1)) overflow="visible" { (area) }
        text.m x="100%" y=(bottom + 36) text-anchor="end" font-size="13" { (plot.performance) }
    };
    let entry = |(place, point): (usize, &ImportancePoint)| {
        Entry::letter(letter(place), format!("{}: {}", point.name, point.label))
    };
    html! {
        (picture(&plot.id, &plot.title, &plot.description, bottom + BELOW, &inside))
        (notes(&plot.points.iter().enumerate().map(entry).collect::<Vec<_>>()))
    }
}

/// The letter of a criterion: A, B … Z, then numbers.
fn letter(place: usize) -> String {
    u8::try_from(place)
        .ok()
        .filter(|place| *place < 26)
        .map_or_else(|| (place + 1).to_string(), |place| char::from(b'A' + place).to_string())
}

struct Scale {
    across: Axis,
    low: f64,
    high: f64,
    top: f64,
}

impl Scale {
    fn of(plot: &ImportancePlot, top: u32) -> Self {
        let ends = plot.points.iter().flat_map(|point| [point.satisfied.1, point.satisfied.2]);
        let lowest = plot.points.iter().map(|point| point.association.1).fold(1.0_f64, f64::min);
        let highest = plot.points.iter().map(|point| point.association.2).fold(-1.0_f64, f64::max);
        let low = ((lowest * 5.0).floor() / 5.0).clamp(-1.0, 1.0 - SPAN);
        let high = ((highest * 5.0).ceil() / 5.0).clamp(low + SPAN, 1.0);
        Self { across: Axis::holding(ends.chain([plot.lines.0])), low, high, top: f64::from(top) }
    }

    /// Where an association lies, in pixels from the upper edge.
    fn down(&self, association: f64) -> f64 {
        let along = ((association - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.top + (1.0 - along) * f64::from(HEIGHT)
    }

    /// Where each letter stands beside its point, so that none lies on a point or on another letter at the narrowest width;
    /// above it where there is no such place.
    fn letters(&self, points: &[ImportancePoint]) -> Vec<(f64, f64)> {
        let width = NARROWEST * AREA.1 / 100.0;
        let at = |point: &ImportancePoint| {
            (self.across.along(point.satisfied.0) / 100.0 * width, self.down(point.association.0))
        };
        let edge = 2.0 * LETTER.0;
        let bottom = self.top + f64::from(HEIGHT);
        let mut room = Room::new(Rect { left: -edge, right: width + edge, top: self.top, bottom });
        for (x, y) in points.iter().map(at) {
            room.take(Rect::around(x, y, POINT, POINT));
        }
        let mut place = |(x, y): (f64, f64)| {
            let rects = PLACES.map(|(dx, dy)| Rect::around(x + dx, y + dy, LETTER.0, LETTER.1));
            room.take_first(&rects).and_then(|free| PLACES.get(free).copied()).unwrap_or((0.0, -13.0))
        };
        points.iter().map(|point| place(at(point))).collect()
    }

    /// Lines across the area with their numbers: fifths, with the comma of the language in the notes below.
    fn rungs(&self) -> Markup {
        let fifths = (-5..=5_i32)
            .map(|fifth| f64::from(fifth) / 5.0)
            .filter(|at| (self.low - 1e-9..=self.high + 1e-9).contains(at));
        html! {
            @for at in fifths {
                @let y = pixels(self.down(at));
                line.grid x1="0%" x2="100%" y1=(y) y2=(y) stroke="#d5dddf" {}
                svg y=(y) overflow="visible" { text.m x="-6" y="4.5" text-anchor="end" font-size="13" { (format!("{at:.1}").replace('.', ",")) } }
            }
        }
    }

    fn point(&self, place: usize, point: &ImportancePoint, beside: (f64, f64)) -> Markup {
        let across = |value: f64| percent(self.across.along(value));
        let (x, low, high) = (across(point.satisfied.0), across(point.satisfied.1), across(point.satisfied.2));
        let (middle, from, to) =
            (self.down(point.association.0), self.down(point.association.2), self.down(point.association.1));
        html! {
            g {
                title { (point.name) ": " (point.label) }
                line.rim x1=(low) x2=(high) y1=(pixels(middle)) y2=(pixels(middle)) stroke="#75858b" stroke-width="1.5" {}
                line.rim x1=(x) x2=(x) y1=(pixels(from)) y2=(pixels(to)) stroke="#75858b" stroke-width="1.5" {}
                svg x=(x) y=(pixels(middle)) overflow="visible" {
                    circle.aside.seg r="4" fill="currentColor" stroke="#fff" {}
                    text.b x=(pixels(beside.0)) y=(pixels(beside.1 + 4.5)) text-anchor="middle" font-size="13" { (letter(place)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_criterion_has_a_letter_in_the_plot_and_its_name_below() {
        let point = |name: &'static str, satisfied: f64, association: f64| ImportancePoint {
            name: name.into(),
            satisfied: (satisfied, satisfied - 3.0, satisfied + 3.0),
            association: (association, association - 0.1, association + 0.1),
            label: "83,0%".into(),
        };
        let plot = ImportancePlot {
            id: "qt".into(),
            title: "Tầm quan trọng".into(),
            description: "…".into(),
            association: "Mức liên hệ".into(),
            performance: "Mức độ hài lòng (%)".into(),
            corners: ["Ưu tiên cải thiện", "Giữ vững", "Theo dõi", "Có thể giảm ưu tiên"].map(Into::into),
            lines: (82.0, 0.45),
            points: vec![
                point("Nơi đón tiếp", 83.0, 0.5),
                point("Thời gian chờ", 71.0, f64::NAN),
                point("Thái độ", 90.0, -0.2),
            ],
        };
        let drawn = importance(&plot).into_string();
        for part in ["Ưu tiên cải thiện", ">A<", ">C<", "Thời gian chờ: 83,0%", "-0,4", ">0,6<"] {
            assert!(drawn.contains(part), "{part}: {drawn}");
        }
        assert!(!drawn.contains("NaN") && !drawn.contains("style="), "{drawn}");
        assert_eq!((letter(25), letter(26)), ("Z".to_owned(), "27".to_owned()));
    }
}
