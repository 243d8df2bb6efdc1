//! Shares of the five answer levels as bars that part at the middle of the neutral answer.
//!
//! A diverging bar lets dissatisfied and satisfied shares be compared across rows, because both start at one line.

use maud::{Markup, html};

use super::{NAME_LETTERS, NARROWEST, REMARK_LETTERS, Wording, lines, percent, picture, tall, wrap_beside, wrap_parts};

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
/// Room for the legend above the bars and between two rows.
const LEGEND: u32 = 74;
const GAP: u32 = 16;

/// Draws the chart. Letters stand inside a bar only where they fit on the narrowest telephone.
pub fn levels(chart: &LevelsChart) -> Markup {
    let reach = Reach::of(&chart.rows);
    let mut y = LEGEND;
    let mut rows = Vec::with_capacity(chart.rows.len());
    for row in &chart.rows {
        let (markup, height) = draw_row(row, &reach, &chart.id, y);
        rows.push(markup);
        y += height + GAP;
    }
    let inside = html! {
        (patterns(&chart.id))
        (legend(chart))
        @for row in &rows { (row) }
    };
    picture(&chart.id, &chart.title, &chart.description, y, &inside)
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
                let [worst, bad, neutral, good, best] = *percent;
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

    /// Whether a label fits into a share when the drawing is `width` pixels wide.
    fn fits(&self, share: f64, label: &str, width: f64) -> bool {
        let letters = u32::try_from(label.chars().count()).unwrap_or(u32::MAX);
        share / self.width * width >= f64::from(letters) * 7.5 + 4.0
    }

    /// The class of a label: always shown, shown on wide screens and paper, or none because it fits nowhere.
    fn room(&self, share: f64, label: &str) -> Option<&'static str> {
        if self.fits(share, label, NARROWEST) { Some("in") } else { self.fits(share, label, WIDE).then_some("in wide") }
    }
}

/// The width from which the stylesheet shows what is marked for wide screens: paper less its margins.
const WIDE: f64 = 640.0;

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

fn legend(chart: &LevelsChart) -> Markup {
    let places = [("0", 2), ("0", 22), ("0", 42), ("56%", 2), ("56%", 22)];
    html! {
        @for (level, (name, (x, y))) in chart.scale.iter().zip(places).enumerate() {
            svg x=(x) y=(y) overflow="visible" {
                rect class=[class(level)] width="14" height="14" fill=(paint(&chart.id, level)) {}
                rect.edge width="14" height="14" fill="none" stroke="#5b6b72" {}
                text.m x="20" y="12" font-size="13" { (name) }
            }
        }
    }
}

fn draw_row(row: &LevelsRow, reach: &Reach, id: &str, y: u32) -> (Markup, u32) {
    let sum = match &row.figure {
        LevelsFigure::Shares { sum, .. } => sum.as_ref(),
        LevelsFigure::Words(_) => "",
    };
    let name = wrap_beside(&row.name, sum, NAME_LETTERS);
    let top = y + tall(name.len(), NAME);
    match &row.figure {
        LevelsFigure::Words(words) => {
            let words = wrap_parts(words, REMARK_LETTERS);
            let height = top - y + tall(words.len(), REMARK);
            let markup = html! {
                (lines(&name, y + 14, NAME, "b"))
                (lines(&words, top + 13, REMARK, "m"))
            };
            (markup, height)
        }
        LevelsFigure::Shares { percent, labels, aside, .. } => {
            let aside = wrap_parts(aside, REMARK_LETTERS);
            let markup = html! {
                (lines(&name, y + 14, NAME, "b"))
                text.b x="100%" y=(y + 14) text-anchor="end" { (sum) }
                (bar(percent, labels, reach, id, top))
                (lines(&aside, top + BAR + 15, REMARK, "m"))
            };
            (markup, top - y + BAR + 2 + tall(aside.len(), REMARK))
        }
    }
}

fn bar(shares: &[f64; 5], labels: &[Wording; 5], reach: &Reach, id: &str, top: u32) -> Markup {
    let mut from = -(shares[0] + shares[1] + shares[2] / 2.0);
    let starts = shares.map(|share| {
        let start = from;
        from += share;
        start
    });
    html! {
        @for (level, ((share, start), label)) in shares.iter().zip(starts).zip(labels).enumerate() {
            @if *share > 0.0 {
                rect.seg class=[class(level)] x=(percent(reach.across(start))) y=(top) height=(BAR)
                    width=(percent(share / reach.width * 100.0)) fill=(paint(id, level)) stroke="#fff" {}
                @if let Some(room) = reach.room(*share, label) {
                    text class={ (room) " i" (level + 1) } x=(percent(reach.across(start + share / 2.0))) y=(top + 19)
                        text-anchor="middle" font-size="13" fill=(ink(level)) { (label) }
                }
            }
        }
        @let middle = percent(reach.across(0.0));
        line.middle x1=(middle) x2=(middle) y1=(top.saturating_sub(6)) y2=(top) stroke="#14232a" stroke-width="2" {}
    }
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
        assert!(svg.contains(">50,5<") && svg.contains(">35,5<"));
        assert!(!svg.contains(">1,1<"), "1,1 fits on no screen");
        assert!(svg.contains("class=\"in wide i3\""), "10,7 fits on wide screens only");
        assert!(svg.contains("Chưa công bố."));
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
        for id in ["\"a-t\"", "\"a-p1\"", "#a-p1"] {
            assert!(one.contains(id) && !two.contains(id), "{id}");
        }
        assert!(one.contains("&lt;b&gt;") && !one.contains("style="));
    }
}
