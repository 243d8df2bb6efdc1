//! Importance against performance: items as numbered marks with their intervals, in four corners that are named.

mod plot;
#[cfg(test)]
mod tests;

use maud::{Markup, html};

use super::Wording;
use super::key::{Entry, legend, notes};
use crate::text::chart;
use crate::words::Lang;

/// The plot: a mark for each item.
#[derive(Debug, Clone)]
pub struct ImportancePlot {
    /// Prefix of all ids inside; letters, digits and hyphens, unique on the page.
    pub id: Wording,
    /// Name of the plot.
    pub title: Wording,
    /// What the plot shows, in one or two sentences, for who cannot see it; how it is to be read is added.
    pub description: Wording,
    /// Mean performance of the items in per cent.
    pub mean_performance: f64,
    /// Mean importance of the items, a correlation.
    pub mean_importance: f64,
    /// The items in their order; each has the number of its place.
    pub items: Vec<ImportanceItem>,
    /// Words of the axes, the corners and the legend.
    pub words: ImportanceWords,
}

/// An item.
#[derive(Debug, Clone)]
pub struct ImportanceItem {
    /// Its name with both numbers as people read them: "Thái độ: 91,3%; mức liên hệ 0,62".
    pub label: Wording,
    /// Share satisfied in per cent, with both limits.
    pub performance: (f64, (f64, f64)),
    /// Correlation with the others, with both limits.
    pub importance: (f64, (f64, f64)),
    /// Whether its corner can be told.
    pub is_told: bool,
}

/// Words of the plot.
#[derive(Debug, Clone)]
pub struct ImportanceWords {
    /// The upright axis: association, no cause.
    pub importance: Wording,
    /// The axis across.
    pub performance: Wording,
    /// The corners: upper left, upper right, lower left, lower right.
    pub corners: [Wording; 4],
    /// A heavy ring and a broken one.
    pub marks: [Wording; 2],
    /// The lines between the corners.
    pub means: Wording,
    /// How the plot is to be read.
    pub reading: Wording,
    /// Between whole and decimals.
    comma: &'static str,
}

impl ImportanceWords {
    /// The words of this language.
    pub fn of(lang: Lang) -> Self {
        Self {
            importance: chart::IMPORTANCE.get(lang).into(),
            performance: format!("{} (%)", chart::PERFORMANCE.get(lang)).into(),
            corners: [chart::CORNER_FIRST, chart::CORNER_KEEP, chart::CORNER_WATCH, chart::CORNER_LESS]
                .map(|say| say.get(lang).into()),
            marks: [chart::CORNER_TOLD, chart::CORNER_NOT_TOLD].map(|say| say.get(lang).into()),
            means: chart::CORNER_MEANS.get(lang).into(),
            reading: chart::CORNER_READING.get(lang).into(),
            comma: match lang {
                Lang::Vi => ",",
                Lang::En => ".",
            },
        }
    }
}

/// Draws the plot with its legend above; below it, the items by their numbers and how to read it.
pub fn importance(plot: &ImportancePlot) -> Markup {
    let numbered =
        plot.items.iter().enumerate().map(|(at, item)| Entry::letter((at + 1).to_string(), item.label.clone()));
    let below: Vec<Entry> = numbered.chain([Entry::plain(plot.words.reading.clone())]).collect();
    html! {
        (key(plot))
        div.narrow { (plot::drawing(plot, &plot::NARROW)) }
        div.wide { (plot::drawing(plot, &plot::WIDE)) }
        (notes(&below))
    }
}

fn key(plot: &ImportancePlot) -> Markup {
    let words = &plot.words;
    let mut entries = vec![Entry::drawn(30, plot::swatch_mean(), words.means.clone())];
    for (is_told, name) in [true, false].into_iter().zip(&words.marks) {
        if plot.items.iter().any(|item| item.is_told == is_told) {
            entries.push(Entry::drawn(22, plot::shape(is_told, 6.5), name.clone()));
        }
    }
    legend(&entries)
}
