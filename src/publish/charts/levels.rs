//! Shares of the five answer levels as bars that part at the middle of the neutral answer.
//!
//! A diverging bar lets dissatisfied and satisfied shares be compared across rows, because both start at one line.

use maud::{Markup, html};

use super::{
    NAME_LETTERS, NARROWEST, PAPER, REMARK_LETTERS, Wording, lines, percent, picture, tall, wrap_beside, wrap_parts,
};

/// The chart: one bar for each row.
#[derive(Debug, Clone)]
pub struct LevelsChart {
    /// Prefix of all ids inside; letters, digits and hyphens, unique on the page.
    pub id: Wording,
    /// Name of the chart.
    pub title: Wording,
    /// What the chart shows, in one or two sentences, for who cannot see it.
    pub description: Wording,
    /// Names of the levels, from the most dissatisfied to the most satisfied.
    pub scale: [Wording; 5],
    /// The bars, from above.
    pub rows: Vec<LevelsRow>,
}

/// One row: its name and its bar, or words in place of the bar.
#[derive(Debug, Clone)]
pub struct LevelsRow {
    /// What was rated.
    pub name: Wording,
    /// The shares, or why they are not shown.
    pub figure: LevelsFigure,
}

/// What a row shows.
#[derive(Debug, Clone)]
pub enum LevelsFigure {
    /// The shares of the answers given.
    Shares {
        /// Percentages of the answers given, from the most dissatisfied to the most satisfied; they sum to 100.
        percent: [f64; 5],
        /// The same as people read them; written inside where they fit.
        labels: [Wording; 5],
        /// At the end of the name's line, such as the share of the satisfied.
        sum: Wording,
        /// Below the bar: answers, not applicable and left open.
        aside: Wording,
    },
    /// A sentence in place of the bar.
    Words(Wording),
}

/// Height of a bar, of a line of name and of a line of remark, in pixels.
const BAR: u32 = 28;
const NAME: u32 = 20;
const REMARK: u32 = 17;
/// Between a name and the tick at the middle of its bar, and between two rows.
const TICK: u32 = 6;
const GAP: u32 = 16;
/// Bars of one drawing; a longer chart goes on in a further drawing, so that paper need not cut one.
const ROWS: usize = 8;

/// Where names and bars lie across the drawing.
struct Setting {
    /// Behind the id, so that both forms can stand on one page.
    suffix: &'static str,
    /// Whether the bar lies beside its name, not below it.
    is_beside: bool,
    /// Left edge and width of the bars, in per cent of the drawing.
    area: (f64, f64),
    /// Letters of a line of a name and of a remark.
    letters: (usize, usize),
    /// Pixels of the drawing that are counted upon.
    planned: f64,
    /// Places of the five entries of the legend, and the height of all.
    legend: ([(&'static str, u32); 5], u32),
}

const NARROW: Setting = Setting {
    suffix: "",
    is_beside: false,
    area: (0.0, 100.0),
    letters: (NAME_LETTERS, REMARK_LETTERS),
    planned: NARROWEST,
    legend: ([("0", 2), ("0", 22), ("0", 42), ("56%", 2), ("56%", 22)], 68),
};
const WIDE: Setting = Setting {
    suffix: "-w",
    is_beside: true,
    area: (40.0, 51.0),
    letters: (29, 36),
    planned: PAPER,
    legend: ([("0", 2), ("26%", 2), ("48%", 2), ("66%", 2), ("81%", 2)], 34),
};

/// Draws the chart: for narrow screens the bar below its name, for wide ones and paper beside it. Letters stand inside
/// a bar only where they fit.
pub fn levels(chart: &LevelsChart) -> Markup {
    html! {
        div.narrow { @for part in draw(chart, &NARROW) { (part) } }
        div.wide { @for part in draw(chart, &WIDE) { (part) } }
    }
}

/// The drawings of the wide form, for paper: each has room on a page.
pub fn levels_on_paper(chart: &LevelsChart) -> Vec<Markup> {
    draw(chart, &WIDE)
}

fn draw(chart: &LevelsChart, setting: &Setting) -> Vec<Markup> {
    let reach = Reach::of(&chart.rows);
    let parts = chart.rows.len().div_ceil(ROWS).max(1);
    if chart.rows.is_empty() {
        return vec![draw_part(chart, &[], &reach, setting, (1, 1))];
    }
    let rows = chart.rows.chunks(ROWS).enumerate();
    rows.map(|(part, rows)| draw_part(chart, rows, &reach, setting, (part + 1, parts))).collect()
}

/// One drawing of at most [`ROWS`] bars; the legend stands above the first.
fn draw_part(
    chart: &LevelsChart,
    rows: &[LevelsRow],
    reach: &Reach,
    setting: &Setting,
    part: (usize, usize),
) -> Markup {
    let id = format!("{}{}-{}", chart.id, setting.suffix, part.0);
    let title = if part.1 > 1 { format!("{} ({}/{})", chart.title, part.0, part.1) } else { chart.title.to_string() };
    let mut y = if part.0 == 1 { setting.legend.1 } else { 4 };
    let mut drawn = Vec::with_capacity(rows.len());
    for row in rows {
        let (markup, height) = draw_row(row, reach, setting, &id, y);
        drawn.push(markup);
        y += height + GAP;
    }
    let inside = html! {
        (patterns(&id))
        @if part.0 == 1 { (legend(chart, setting, &id)) }
        @for row in &drawn { (row) }
    };
    picture(&id, &title, &chart.description, y, &inside)
}

/// How far the bars reach to both sides of the middle, in percentage points.
struct Reach {
    left: f64,
    width: f64,
}

impl Reach {
    fn of(rows: &[LevelsRow]) -> Self {
        let (mut left, mut right) = (10.0_f64, 50.0_f64);
        for row in rows {
            if let LevelsFigure::Shares { percent, .. } = &row.figure {
                let [worst, bad, neutral, good, best] = percent.map(drawable);
                left = left.max(worst + bad + neutral / 2.0);
                right = right.max(neutral / 2.0 + good + best);
            }
        }
        Self { left, width: left + right }
    }

    /// Where a point `points` right of the middle lies across the drawing.
    fn across(&self, points: f64) -> f64 {
        (points + self.left) / self.width * 100.0
    }

    /// Whether a label fits into a share of a bar when all bars are `width` pixels wide.
    fn has_room(&self, share: f64, label: &str, width: f64) -> bool {
        let letters = u32::try_from(label.chars().count()).unwrap_or(u32::MAX);
        share / self.width * width >= f64::from(letters) * 7.5 + 4.0
    }
}

/// A share that can be drawn; what is no number is drawn as nothing.
fn drawable(share: f64) -> f64 {
    if share.is_finite() { share.clamp(0.0, 100.0) } else { 0.0 }
}

/// Fills of the levels: both ends dark, both middles light; hatching tells the dissatisfied ones apart in print.
const FILLS: [&str; 5] = ["#8f3413", "#f3cdb9", "#eceff0", "#a5d3cf", "#0b5a63"];

fn patterns(id: &str) -> Markup {
    html! {
        defs {
            @for (level, fill, line) in [(1, FILLS[0], "#b4613f"), (2, FILLS[1], "#d99a7c")] {
                pattern id={ (id) "-p" (level) } width="6" height="6" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)" {
                    rect class={ "l" (level) } width="6" height="6" fill=(fill) {}
                    rect class={ "h" (level) } width="1.5" height="6" fill=(line) {}
                }
            }
        }
    }
}

/// The fill of a level: a pattern for the two dissatisfied ones, a plain colour for the others.
fn paint(id: &str, level: usize) -> String {
    match level {
        0 | 1 => format!("url(#{id}-p{})", level + 1),
        _ => FILLS.get(level).copied().unwrap_or("#fff").to_owned(),
    }
}

/// The class of a level that has a plain colour.
fn class(level: usize) -> Option<String> {
    (level > 1).then(|| format!("l{}", level + 1))
}

fn legend(chart: &LevelsChart, setting: &Setting, id: &str) -> Markup {
    html! {
        @for (level, (name, (x, y))) in chart.scale.iter().zip(setting.legend.0).enumerate() {
            svg x=(x) y=(y) overflow="visible" {
                rect class=[class(level)] width="14" height="14" fill=(paint(id, level)) {}
                rect.edge width="14" height="14" fill="none" stroke="#5b6b72" {}
                text.m x="20" y="12" font-size="13" { (name) }
            }
        }
    }
}

fn draw_row(row: &LevelsRow, reach: &Reach, setting: &Setting, id: &str, y: u32) -> (Markup, u32) {
    let (sum, remark) = match &row.figure {
        LevelsFigure::Shares { sum, aside, .. } => (sum.as_ref(), aside.as_ref()),
        LevelsFigure::Words(words) => ("", words.as_ref()),
    };
    // Beside the bar a name has its line for itself.
    let name = wrap_beside(&row.name, if setting.is_beside { "" } else { sum }, setting.letters.0);
    let remark = wrap_parts(remark, setting.letters.1);
    let (named, remarked) = (tall(name.len(), NAME), tall(remark.len(), REMARK));
    let (bar_at, remark_at, height) = match (&row.figure, setting.is_beside) {
        (LevelsFigure::Words(_), _) => (None, y + named, named + remarked),
        (_, false) => {
            let bar = y + named + TICK;
            (Some(bar), bar + BAR + 2, named + TICK + BAR + 2 + remarked)
        }
        (_, true) => {
            let height = (named + remarked).max(TICK + BAR);
            (Some(y + (height - TICK - BAR) / 2 + TICK), y + named, height)
        }
    };
    let sum_at = match bar_at {
        Some(bar) if setting.is_beside => bar + 19,
        _ => y + 14,
    };
    let markup = html! {
        (lines(&name, y + 14, NAME, "b"))
        text.b x="100%" y=(sum_at) text-anchor="end" { (sum) }
        @if let (Some(top), LevelsFigure::Shares { percent: shares, labels, .. }) = (bar_at, &row.figure) {
            svg x=(percent(setting.area.0)) width=(percent(setting.area.1)) overflow="visible" {
                (bar(shares, labels, reach, setting, (id, top)))
            }
        }
        (lines(&remark, remark_at + 13, REMARK, "m"))
    };
    (markup, height)
}

fn bar(shares: &[f64; 5], labels: &[Wording; 5], reach: &Reach, setting: &Setting, place: (&str, u32)) -> Markup {
    let (id, top) = place;
    let shares = shares.map(drawable);
    let mut from = -(shares[0] + shares[1] + shares[2] / 2.0);
    let starts = shares.map(|share| {
        let start = from;
        from += share;
        start
    });
    let width = setting.planned * setting.area.1 / 100.0;
    html! {
        @for (level, ((share, start), label)) in shares.iter().zip(starts).zip(labels).enumerate() {
            @if *share > 0.0 {
                rect class=(segment(level)) x=(percent(reach.across(start))) y=(top) height=(BAR)
                    width=(percent(share / reach.width * 100.0)) fill=(paint(id, level)) stroke="#fff" {}
                @if reach.has_room(*share, label, width) {
                    text class={ "in i" (level + 1) } x=(percent(reach.across(start + share / 2.0))) y=(top + 19)
                        text-anchor="middle" font-size="13" fill=(ink(level)) { (label) }
                }
            }
        }
        @let middle = percent(reach.across(0.0));
        line.middle x1=(middle) x2=(middle) y1=(top.saturating_sub(TICK)) y2=(top) stroke="#14232a" stroke-width="2" {}
    }
}

/// The classes of a piece of a bar.
fn segment(level: usize) -> String {
    class(level).map_or_else(|| "seg".to_owned(), |class| format!("seg {class}"))
}

/// The colour of letters upon a level.
const fn ink(level: usize) -> &'static str {
    if level == 0 || level == 4 { "#fff" } else { "#14232a" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(id: &'static str) -> LevelsChart {
        LevelsChart {
            id: id.into(),
            title: "Cơ cấu câu trả lời".into(),
            description: "Thái độ <b>".into(),
            scale: ["1", "2", "3", "4", "5"].map(Wording::from),
            rows: vec![
                LevelsRow {
                    name: "Thái độ".into(),
                    figure: LevelsFigure::Shares {
                        percent: [1.1, 2.2, 10.7, 50.5, 35.5],
                        labels: ["1,1", "2,2", "10,7", "50,5", "35,5"].map(Wording::from),
                        sum: "86,0%".into(),
                        aside: "500 phiếu · Bỏ trống 1,5%".into(),
                    },
                },
                LevelsRow { name: "Thời gian".into(), figure: LevelsFigure::Words("Chưa công bố.".into()) },
            ],
        }
    }

    #[test]
    fn a_share_too_narrow_for_its_letters_is_drawn_without_them() {
        let svg = levels(&chart("a")).into_string();
        assert_eq!((svg.matches(">50,5<").count(), svg.matches(">35,5<").count()), (2, 2), "narrow and wide");
        assert!(!svg.contains(">1,1<"), "1,1 fits on no screen");
        assert_eq!(svg.matches("Chưa công bố.").count(), 2);
    }

    #[test]
    fn a_long_chart_goes_on_in_a_further_drawing_and_loses_no_bar() {
        let mut chart = chart("a");
        chart.rows = (0..20).map(|_| chart.rows[0].clone()).collect();
        let svg = levels(&chart).into_string();
        assert_eq!(svg.matches("<svg class=\"chart\"").count(), 6, "three parts, each narrow and wide");
        assert_eq!(svg.matches(">86,0%<").count(), 40);
        for id in ["id=\"a-1-t\"", "id=\"a-3-p1\"", "id=\"a-w-3-t\""] {
            assert_eq!(svg.matches(id).count(), 1, "{id}");
        }
        chart.rows.clear();
        assert_eq!(levels(&chart).into_string().matches("role=\"img\"").count(), 2);
    }

    #[test]
    fn a_broken_share_spoils_neither_its_row_nor_the_others() {
        let mut chart = chart("a");
        let figure = LevelsFigure::Shares {
            percent: [f64::INFINITY, f64::NAN, -5.0, 40.0, 60.0],
            labels: ["1", "2", "3", "4", "5"].map(Wording::from),
            sum: "100%".into(),
            aside: "".into(),
        };
        chart.rows.push(LevelsRow { name: "x".into(), figure });
        let svg = levels(&chart).into_string();
        assert!(!svg.contains("NaN") && !svg.contains("inf") && !svg.contains("=\"-"));
        assert!(svg.contains(">50,5<"));
    }

    #[test]
    fn the_bars_of_a_row_fill_the_whole_without_a_hole() {
        let reach = Reach::of(&chart("a").rows);
        let end = reach.across(10.7 / 2.0 + 50.5 + 35.5);
        assert!((end - 100.0).abs() < 1e-9, "the longest row reaches the right edge: {end}");
        assert!(reach.across(-(1.1 + 2.2 + 10.7 / 2.0)) >= 0.0);
    }

    #[test]
    fn two_charts_on_one_page_share_no_id_and_no_text_becomes_markup() {
        let (one, two) = (levels(&chart("a")).into_string(), levels(&chart("b")).into_string());
        for id in ["\"a-1-t\"", "\"a-1-p1\"", "#a-w-1-p1"] {
            assert!(one.contains(id) && !two.contains(id), "{id}");
        }
        assert!(one.contains("&lt;b&gt;") && !one.contains("style="));
    }
}
