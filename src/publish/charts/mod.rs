//! Charts as SVG made in maud: intervals against a target, shares of the five answer levels, figures over time.
//!
//! Positions across are percentages of the width and sizes of letters are pixels, so that one drawing stays legible from
//! a telephone of 320 px to a wide screen and on paper; there is no view box that would shrink the letters. Colours are
//! classes of the stylesheet with presentation attributes beneath them; shape, order and hatching carry the same
//! meaning without colour. No drawing needs an inline style.

mod axis;
mod forest;
mod funnel;
mod heat_map;
mod history;
mod importance;
mod key;
mod levels;
mod mark;
mod room;
mod trend;

use std::borrow::Cow;

use maud::{Markup, html};

pub use forest::{Forest, ForestFigure, ForestRow, TargetLine, forest, forest_on_paper};
pub use funnel::{Funnel, FunnelLimits, FunnelPlace, FunnelTick, FunnelUnit, FunnelWords, count_ticks, funnel};
pub use heat_map::{HeatCell, HeatGroup, HeatMap, HeatRow, HeatWords, heat_map};
pub use history::{HistoryChart, HistoryScale, HistoryYear, history};
pub use importance::{ImportancePlot, ImportancePoint, importance};
pub use levels::{LevelsChart, LevelsFigure, LevelsRow, levels, levels_on_paper};
pub use mark::{Mark, sign};
pub use trend::{
    TargetStep, Trend, TrendBreak, TrendFigure, TrendOpen, TrendPeriod, TrendTarget, TrendWords, trend, trend_on_paper,
};

/// A text that is already worded for the reader: a fixed word or a composed sentence.
pub type Wording = Cow<'static, str>;

/// The narrowest drawing that is planned for, in pixels: a telephone of 320 px less its margins.
const NARROWEST: f64 = 288.0;

/// The width from which the stylesheet shows the wide form: paper less its margins.
const PAPER: f64 = 640.0;

/// Dashes of up to three targets: whole, dashed, dotted.
const DASHES: [&str; 3] = ["none", "7 4", "2 4"];

/// Letters of a name and of the figure at the end of its line, together, that fit at the narrowest width.
const NAME_LETTERS: usize = 36;

/// Letters of a small remark that fit on one line at the narrowest width.
const REMARK_LETTERS: usize = 42;

/// The outer drawing with its name and description; `id` keeps the ids of several charts on one page apart.
fn picture(id: &str, title: &str, description: &str, height: u32, inside: &Markup) -> Markup {
    html! {
        svg.chart xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby={ (id) "-t " (id) "-d" }
            width="100%" height=(height) font-size="14" {
            title id={ (id) "-t" } { (title) }
            desc id={ (id) "-d" } { (description) }
            (inside)
        }
    }
}

/// Lines of text below each other, starting at `y`, anchored at the left.
fn lines(text: &[String], y: u32, step: u32, class: &str) -> Markup {
    html! {
        @for (line, y) in text.iter().zip((y..).step_by(usize::try_from(step.max(1)).unwrap_or(1))) {
            text class=(class) x="0" y=(y) { (line) }
        }
    }
}

/// Breaks a text at spaces into lines of at most `letters` letters; a longer word stands alone on its line.
fn wrap(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A name broken so that `beside` has room at the end of its first line.
fn wrap_beside(name: &str, beside: &str, letters: usize) -> Vec<String> {
    wrap(name, letters.saturating_sub(beside.chars().count() + 2).max(12))
}

/// Breaks a remark made of parts between its parts first, so that no number is torn from its name.
fn wrap_parts(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in text.split(" · ") {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 3 + part.chars().count() <= letters => {
                line.push_str(" · ");
                line.push_str(part);
            }
            _ => lines.extend(wrap(part, letters)),
        }
    }
    lines
}

/// How many pixels `count` lines of `each` pixels need.
fn tall(count: usize, each: u32) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX).saturating_mul(each)
}

/// A position or width across the drawing, as SVG reads it; what is no number becomes the left edge.
fn percent(value: f64) -> String {
    let value = if value.is_finite() { value.clamp(0.0, 100.0) } else { 0.0 };
    format!("{value:.2}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_broken_at_spaces_and_loses_no_word() {
        let name = "Trung tâm Phục vụ hành chính công xã Suối Trong";
        let lines = wrap(name, NAME_LETTERS);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|l| l.chars().count() <= NAME_LETTERS));
        assert_eq!(lines.join(" "), name);
    }

    #[test]
    fn a_remark_breaks_between_its_parts() {
        let lines = wrap_parts("492 phiếu · Không có ý kiến 1,0% · Bỏ trống 0,6%", 42);
        assert_eq!(lines, ["492 phiếu · Không có ý kiến 1,0%", "Bỏ trống 0,6%"]);
    }

    #[test]
    fn a_position_that_is_no_number_does_not_reach_the_page() {
        assert_eq!(percent(f64::NAN), "0.00%");
        assert_eq!(percent(f64::INFINITY), "0.00%");
        assert_eq!(percent(140.0), "100.00%");
    }
}
