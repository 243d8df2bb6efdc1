//! Forest plot: one interval for each unit against the target, with the verdict's sign at the estimate.

mod targets;

use maud::{Markup, html};

use self::targets::{legend, target_labels, target_lines};
use super::axis::Axis;
use super::{
    Mark, NAME_LETTERS, NARROWEST, PAPER, REMARK_LETTERS, Wording, lines, percent, picture, tall, wrap_beside,
    wrap_parts,
};

/// The plot: rows of intervals upon one axis of percentages.
#[derive(Debug, Clone)]
pub struct Forest {
    /// Prefix of all ids inside; letters, digits and hyphens, unique on the page.
    pub id: Wording,
    /// Name of the plot.
    pub title: Wording,
    /// What the plot shows, in one or two sentences, for who cannot see it.
    pub description: Wording,
    /// The targets drawn as lines through all rows; at most three can be told apart.
    pub targets: Vec<TargetLine>,
    /// The rows, from above.
    pub rows: Vec<ForestRow>,
}

/// A target that holds for all rows.
#[derive(Debug, Clone)]
pub struct TargetLine {
    /// Where it lies, in per cent.
    pub at: f64,
    /// Short label at the line, such as "90%".
    pub short: Wording,
    /// The whole label with its citation, for the legend.
    pub label: Wording,
}

/// One row: a unit and its interval, or words in its place.
#[derive(Debug, Clone)]
pub struct ForestRow {
    /// Name of the unit; may be empty when the plot has one row only.
    pub name: Wording,
    /// The figure, or why it is not shown.
    pub figure: ForestFigure,
}

/// What a row shows.
#[derive(Debug, Clone)]
pub enum ForestFigure {
    /// Estimate and interval, all in per cent from 0 to 100.
    Interval {
        /// The estimate.
        estimate: f64,
        /// Lower end of the interval.
        low: f64,
        /// Upper end of the interval.
        high: f64,
        /// The verdict, drawn at the estimate.
        mark: Mark,
        /// The estimate as people read it.
        label: Wording,
        /// Interval, answers and verdict in words.
        detail: Wording,
        /// The target of this row alone, where it differs from the lines through all rows.
        own_target: Option<f64>,
    },
    /// A sentence in place of the interval.
    Words(Wording),
}

/// Heights in pixels: a line of name, a line of remark, the strip of the interval, the gap to the next row.
const NAME: u32 = 19;
const REMARK: u32 = 17;
const STRIP: u32 = 22;
const GAP: u32 = 12;
/// Strip of the axis numbers.
const AXIS: u32 = 22;

/// Rows of one drawing; a longer plot goes on in a further drawing with the same axis, so that paper need not cut one.
const ROWS: usize = 12;

/// Draws the plot: for narrow screens the interval below its name, for wide ones and paper beside it.
///
/// The stylesheet shows one of the two; a plot without names, the gauge of one figure, has the narrow form only.
pub fn forest(plot: &Forest) -> Markup {
    if plot.rows.iter().all(|row| row.name.is_empty()) {
        return html! { @for part in draw(plot, &NARROW) { (part) } };
    }
    html! {
        div.narrow { @for part in draw(plot, &NARROW) { (part) } }
        div.wide { @for part in draw(plot, &WIDE) { (part) } }
    }
}

/// The drawings of the wide form, for paper: each has room on a page.
pub fn forest_on_paper(plot: &Forest) -> Vec<Markup> {
    draw(plot, &WIDE)
}

/// Where names and intervals lie across the drawing.
struct Setting {
    /// Behind the id, so that both forms can stand on one page.
    suffix: &'static str,
    /// Whether the interval lies below its name or beside it.
    place: Place,
    /// Where figures end beside a name.
    text_end: &'static str,
    /// Left edge and width of the axis; its margins hold half a number at both ends.
    plot: (&'static str, &'static str),
    /// Pixels of the axis that are counted upon.
    length: f64,
    /// Letters that fit on a line of a name, of a remark, of the legend.
    letters: (usize, usize, usize),
}

#[derive(PartialEq, Eq)]
enum Place {
    Below,
    Beside,
}

const NARROW: Setting = Setting {
    suffix: "",
    place: Place::Below,
    text_end: "100%",
    plot: ("4%", "91%"),
    length: NARROWEST * 0.91,
    letters: (NAME_LETTERS, REMARK_LETTERS, REMARK_LETTERS - 8),
};
const WIDE: Setting = Setting {
    suffix: "-w",
    place: Place::Beside,
    text_end: "44%",
    plot: ("47%", "50%"),
    length: PAPER * 0.5,
    letters: (NAME_LETTERS, REMARK_LETTERS, 2 * REMARK_LETTERS),
};

impl Setting {
    /// The part of the drawing that the axis covers.
    fn area(&self, inside: &Markup) -> Markup {
        html! { svg x=(self.plot.0) width=(self.plot.1) overflow="visible" { (inside) } }
    }
}

fn draw(plot: &Forest, setting: &Setting) -> Vec<Markup> {
    let axis = axis_of(plot);
    let parts = plot.rows.len().div_ceil(ROWS).max(1);
    if plot.rows.is_empty() {
        return vec![draw_part(plot, &[], &axis, setting, (1, 1))];
    }
    let rows = plot.rows.chunks(ROWS).enumerate();
    rows.map(|(part, rows)| draw_part(plot, rows, &axis, setting, (part + 1, parts))).collect()
}

/// One drawing of at most [`ROWS`] rows; the legend stands above the first.
fn draw_part(plot: &Forest, rows: &[ForestRow], axis: &Axis, setting: &Setting, part: (usize, usize)) -> Markup {
    let (key, head) = if part.0 == 1 { legend(plot, setting.letters.2) } else { (Markup::default(), 0) };
    let labels = target_labels(plot, axis, setting.length);
    let top = head + AXIS + labels.iter().map(|label| label.lift).max().unwrap_or(0);
    let mut y = top + 8;
    let mut placed = Vec::with_capacity(rows.len());
    for row in rows {
        let row = Placed::new(row, setting, y);
        y += row.height + GAP;
        placed.push(row);
    }
    // Lines never run through words: where the interval lies below its name, they span the interval only.
    let spans: Vec<(u32, u32)> = match setting.place {
        Place::Beside => vec![(top, y)],
        Place::Below if placed.iter().all(|row| row.written == 0) => vec![(top, y)],
        Place::Below => placed.iter().filter_map(Placed::span).chain([(top, top + 6), (y - 6, y)]).collect(),
    };
    let area = html! {
        @for span in &spans { (grid(axis, *span)) }
        (numbers(axis, y))
        @for span in &spans { (target_lines(plot, axis, *span)) }
        @for label in &labels { (label.draw(top)) }
    };
    let inside = html! {
        (key)
        (setting.area(&area))
        @for row in &placed { (row.draw(axis, setting)) }
    };
    let id = format!("{}{}-{}", plot.id, setting.suffix, part.0);
    let title = if part.1 > 1 { format!("{} ({}/{})", plot.title, part.0, part.1) } else { plot.title.to_string() };
    picture(&id, &title, &plot.description, y + AXIS, &inside)
}

/// The axis that holds every interval and every target of the plot.
fn axis_of(plot: &Forest) -> Axis {
    let targets = plot.targets.iter().map(|target| target.at);
    let rows = plot.rows.iter().flat_map(|row| match &row.figure {
        ForestFigure::Interval { estimate, low, high, own_target, .. } => {
            [Some(*estimate), Some(*low), Some(*high), *own_target]
        }
        ForestFigure::Words(_) => [None; 4],
    });
    Axis::holding(targets.chain(rows.flatten()))
}

fn grid(axis: &Axis, span: (u32, u32)) -> Markup {
    html! {
        @for tick in axis.ticks() {
            @let x = percent(axis.along(tick));
            line.grid x1=(x) x2=(x) y1=(span.0) y2=(span.1) stroke="#d5dddf" {}
        }
    }
}

fn numbers(axis: &Axis, bottom: u32) -> Markup {
    html! {
        @for tick in axis.ticks() {
            text.m x=(percent(axis.along(tick))) y=(bottom + 15) text-anchor="middle" font-size="13" { (format!("{tick:.0}")) }
        }
    }
}

/// A row with its broken lines and its place.
struct Placed<'a> {
    row: &'a ForestRow,
    label: &'a str,
    name: Vec<String>,
    remark: Vec<String>,
    y: u32,
    /// Height of its words.
    written: u32,
    /// Where its interval lies; none for words.
    middle: Option<u32>,
    height: u32,
}

impl<'a> Placed<'a> {
    fn new(row: &'a ForestRow, setting: &Setting, y: u32) -> Self {
        let (label, remark) = match &row.figure {
            ForestFigure::Interval { label, detail, .. } => (label.as_ref(), detail.as_ref()),
            ForestFigure::Words(words) => ("", words.as_ref()),
        };
        let (names, remarks, _) = setting.letters;
        let (name, remark) = (wrap_beside(&row.name, label, names), wrap_parts(remark, remarks));
        let written = tall(name.len(), NAME) + tall(remark.len(), REMARK);
        let (middle, height) = match (&row.figure, &setting.place) {
            (ForestFigure::Words(_), _) => (None, written + 4),
            (_, Place::Below) => (Some(y + written + STRIP / 2 + 1), written + STRIP),
            (_, Place::Beside) => (Some(y + written / 2), written.max(STRIP)),
        };
        Self { row, label, name, remark, y, written, middle, height }
    }

    /// From where to where lines cross the interval.
    fn span(&self) -> Option<(u32, u32)> {
        self.middle.map(|middle| (middle.saturating_sub(STRIP / 2), middle + STRIP / 2 + 2))
    }

    fn draw(&self, axis: &Axis, setting: &Setting) -> Markup {
        let (y, below) = (self.y, self.y + tall(self.name.len(), NAME));
        let end = y + self.height + GAP / 2;
        html! {
            (lines(&self.name, y + 14, NAME, "b"))
            @if !self.name.is_empty() { text.b x=(setting.text_end) y=(y + 14) text-anchor="end" { (self.label) } }
            (lines(&self.remark, below + 13, REMARK, "m"))
            @if let Some(middle) = self.middle { (setting.area(&interval(&self.row.figure, axis, middle))) }
            @if !self.name.is_empty() { line.grid x2="100%" y1=(end) y2=(end) stroke="#d5dddf" {} }
        }
    }
}

/// The interval with its ends, the verdict's sign at the estimate, and the row's own target.
fn interval(figure: &ForestFigure, axis: &Axis, middle: u32) -> Markup {
    let ForestFigure::Interval { estimate, low, high, mark, own_target, .. } = figure else { return Markup::default() };
    let (from, to) = (axis.along(*low), axis.along(*high));
    let (left, right) = (percent(from), percent(to));
    html! {
        g class=(mark.class()) stroke="currentColor" {
            line x1=(left) x2=(right) y1=(middle) y2=(middle) stroke-width="4" {}
            @for end in [&left, &right] {
                line x1=(end) x2=(end) y1=(middle.saturating_sub(6)) y2=(middle + 6) stroke-width="2" {}
            }
            svg x=(percent(axis.along(*estimate))) y=(middle) overflow="visible" stroke="none" { (mark.shape()) }
        }
        @if let Some(own) = own_target {
            @let x = percent(axis.along(*own));
            line.target x1=(x) x2=(x) y1=(middle.saturating_sub(11)) y2=(middle + 11) stroke="#14232a" stroke-width="2" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &'static str, estimate: f64, low: f64, high: f64) -> ForestRow {
        ForestRow {
            name: name.into(),
            figure: ForestFigure::Interval {
                estimate,
                low,
                high,
                mark: Mark::Undetermined,
                label: format!("{estimate}%").into(),
                detail: "từ … đến …".into(),
                own_target: None,
            },
        }
    }

    fn plot(rows: Vec<ForestRow>) -> Forest {
        Forest {
            id: "f".into(),
            title: "So sánh".into(),
            description: "Mô tả".into(),
            targets: vec![TargetLine { at: 90.0, short: "90%".into(), label: "Chỉ tiêu 90% (KH 15)".into() }],
            rows,
        }
    }

    #[test]
    fn the_axis_holds_every_interval_and_every_target() {
        let axis = axis_of(&plot(vec![row("x", 71.0, 64.2, 77.0)]));
        assert!(axis.low <= 64.2 && axis.high >= 90.0, "{}–{}", axis.low, axis.high);
    }

    #[test]
    fn on_a_telephone_no_line_runs_through_words() {
        let words = ForestRow { name: "Sở A".into(), figure: ForestFigure::Words("Chưa công bố".into()) };
        assert_eq!(Placed::new(&words, &NARROW, 40).span(), None);
        let figure = row("Xã B", 91.0, 88.0, 93.0);
        let placed = Placed::new(&figure, &NARROW, 40);
        assert!(placed.span().unwrap().0 >= 40 + placed.written);
    }

    #[test]
    fn a_plot_without_rows_or_with_broken_numbers_still_draws() {
        assert!(forest(&plot(Vec::new())).into_string().contains("role=\"img\""));
        let svg = forest(&plot(vec![row("x", f64::NAN, f64::NEG_INFINITY, f64::INFINITY)])).into_string();
        assert!(!svg.contains("=\"NaN"), "the caller's own label is all that may hold it");
        assert!(!svg.contains("inf"));
    }

    #[test]
    fn a_long_plot_goes_on_in_a_further_drawing_and_loses_no_row() {
        let svg = forest(&plot((0..31).map(|_| row("Xã", 91.0, 88.0, 93.0)).collect())).into_string();
        assert_eq!(svg.matches("<svg class=\"chart\"").count(), 6, "three parts, each narrow and wide");
        assert_eq!(svg.matches(">Xã<").count(), 62);
        for id in ["id=\"f-1-t\"", "id=\"f-3-t\"", "id=\"f-w-3-t\""] {
            assert_eq!(svg.matches(id).count(), 1, "{id}");
        }
    }

    #[test]
    fn a_unit_that_cannot_be_published_says_so_in_words() {
        let hidden = ForestRow {
            name: "Sở A".into(),
            figure: ForestFigure::Words("Chưa đủ số liệu để công bố".into()),
        };
        assert!(forest(&plot(vec![hidden])).into_string().contains("Chưa đủ số liệu để công bố"));
    }
}
