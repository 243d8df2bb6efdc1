//! Trend: estimates of periods in order, with their intervals, the targets in force, gaps and breaks.

mod labels;
mod plot;
mod series;
mod targets;
#[cfg(test)]
mod tests;

use maud::{Markup, html};

use super::key::{Entry, letter, notes, ringed};
use super::{Mark, Wording, key};
use crate::text::chart;
use crate::words::Lang;
use targets::DASHES;

/// The chart: one place along the axis for each period.
#[derive(Debug, Clone)]
pub struct Trend {
    /// Prefix of all ids inside; letters, digits and hyphens, unique on the page.
    pub id: Wording,
    /// Name of the chart.
    pub title: Wording,
    /// What the chart shows, in one or two sentences, for who cannot see it.
    pub description: Wording,
    /// What the upright axis measures, such as "Mức độ hài lòng (%)".
    pub axis: Wording,
    /// The periods from the oldest to the newest; many go on in further drawings with the same axis.
    pub periods: Vec<TrendPeriod>,
    /// The targets; at most three can be told apart.
    pub targets: Vec<TrendTarget>,
    /// Where the series breaks: no line and no band is drawn across.
    pub breaks: Vec<TrendBreak>,
    /// Words of the legend.
    pub words: TrendWords,
}

/// One period.
#[derive(Debug, Clone)]
pub struct TrendPeriod {
    /// Its short name, such as "III/2026" or "Quý III/2026".
    pub label: Wording,
    /// The figure, or why there is none.
    pub figure: TrendFigure,
    /// The open feedback of the period, shown apart.
    pub open: Option<TrendOpen>,
    /// Whether the period still runs, so that its figure changes.
    pub is_running: bool,
}

/// What a period shows.
#[derive(Debug, Clone)]
pub enum TrendFigure {
    /// Estimate and interval, all in per cent from 0 to 100.
    Figure {
        /// The estimate.
        estimate: f64,
        /// Lower end of the interval.
        low: f64,
        /// Upper end of the interval.
        high: f64,
        /// The verdict, drawn at the estimate.
        mark: Mark,
        /// The estimate as people read it: "91,6%".
        label: Wording,
        /// How many answered, as people read it: "1.180"; may be empty.
        answers: Wording,
    },
    /// A sentence in place of the figure: no answers, not publishable.
    Gap(Wording),
}

/// Open feedback of one period: a point without an interval.
#[derive(Debug, Clone)]
pub struct TrendOpen {
    /// The share in per cent from 0 to 100.
    pub estimate: f64,
    /// The same as people read it.
    pub label: Wording,
}

/// A target, whose value may change from period to period.
#[derive(Debug, Clone)]
pub struct TrendTarget {
    /// The whole label with its citation, for the legend.
    pub label: Wording,
    /// Its values, from the oldest.
    pub steps: Vec<TargetStep>,
}

/// The value of a target over some periods.
#[derive(Debug, Clone)]
pub struct TargetStep {
    /// Place of the first period it holds for, counted from 0.
    pub from: usize,
    /// Place of the last period it holds for; what lies behind the last period counts as the last.
    pub to: usize,
    /// Where it lies, in per cent.
    pub at: f64,
    /// Short label at the line, such as "90%".
    pub short: Wording,
}

/// A break of the series.
#[derive(Debug, Clone)]
pub struct TrendBreak {
    /// Place of the first period behind the break; 0 when the break lies before all periods shown.
    pub before: usize,
    /// Why nothing may be compared across it, as a sentence.
    pub reason: Wording,
}

/// Words of the legend.
#[derive(Debug, Clone)]
pub struct TrendWords {
    /// The line.
    pub estimate: Wording,
    /// The band and the whiskers.
    pub band: Wording,
    /// The series shown apart.
    pub open: Wording,
    /// A period that still runs.
    pub running: Wording,
    /// The row of answers below the axis.
    pub answers: Wording,
    /// Names of the signs, in the order of a legend; those that occur are shown.
    pub marks: Vec<(Mark, Wording)>,
}

impl TrendWords {
    /// The words of this language.
    pub fn of(lang: Lang) -> Self {
        Self {
            estimate: chart::ESTIMATE.get(lang).into(),
            band: chart::BAND.get(lang).into(),
            open: Mark::Open.label().get(lang).into(),
            running: chart::RUNNING.get(lang).into(),
            answers: chart::AXIS_ANSWERS.get(lang).into(),
            marks: Mark::ALL.iter().map(|mark| (*mark, mark.label().get(lang).into())).collect(),
        }
    }
}

/// Draws the chart with its legend above and its notes below: fewer periods a drawing on narrow screens.
pub fn trend(chart: &Trend) -> Markup {
    let gaps = Gaps::of(chart);
    html! {
        (legend(chart))
        div.narrow { @for part in plot::drawings(chart, &gaps, &plot::NARROW) { (part) } }
        div.wide { @for part in plot::drawings(chart, &gaps, &plot::WIDE) { (part) } }
        (notes(&footnotes(chart, &gaps)))
    }
}

/// The drawings of the wide form and the sentences below them, for paper.
pub fn trend_on_paper(chart: &Trend) -> (Vec<Markup>, Vec<String>) {
    let gaps = Gaps::of(chart);
    let notes = footnotes(chart, &gaps).iter().map(Entry::line).collect();
    (plot::drawings(chart, &gaps, &plot::WIDE), notes)
}

/// The sentences that stand in place of figures, each once, and the periods they hold for.
struct Gaps<'a> {
    reasons: Vec<(&'a str, Vec<usize>)>,
}

impl<'a> Gaps<'a> {
    fn of(chart: &'a Trend) -> Self {
        let mut reasons: Vec<(&'a str, Vec<usize>)> = Vec::new();
        for (place, period) in chart.periods.iter().enumerate() {
            let TrendFigure::Gap(words) = &period.figure else { continue };
            match reasons.iter_mut().find(|(known, _)| *known == words.as_ref()) {
                Some((_, places)) => places.push(place),
                None => reasons.push((words, vec![place])),
            }
        }
        Self { reasons }
    }

    /// The letter of the sentence that stands for this period.
    fn letter(&self, place: usize) -> Option<String> {
        self.reasons.iter().position(|(_, places)| places.contains(&place)).map(letter)
    }
}

/// The sentences below the chart: the breaks, then the gaps with their periods.
fn footnotes(chart: &Trend, gaps: &Gaps<'_>) -> Vec<Entry> {
    let breaks = chart.breaks.iter().enumerate().map(|(place, one)| Entry::letter(ringed(place), one.reason.clone()));
    let gaps = gaps
        .reasons
        .iter()
        .enumerate()
        .map(|(place, (words, places))| Entry::letter(letter(place), format!("{}: {words}", spans(chart, places))));
    breaks.chain(gaps).collect()
}

/// Names of periods; three and more in a row are named by the first and the last.
fn spans(chart: &Trend, places: &[usize]) -> String {
    let name = |place: &usize| chart.periods.get(*place).map_or("", |period| period.label.as_ref());
    let runs = places.chunk_by(|one, next| one + 1 == *next).map(|run| match run {
        [first, _, .., last] => format!("{} – {}", name(first), name(last)),
        few => few.iter().map(name).collect::<Vec<_>>().join(", "),
    });
    runs.collect::<Vec<_>>().join(", ")
}

fn legend(chart: &Trend) -> Markup {
    let words = &chart.words;
    let figures = || {
        chart.periods.iter().filter_map(|period| match &period.figure {
            TrendFigure::Figure { mark, .. } => Some(*mark),
            TrendFigure::Gap(_) => None,
        })
    };
    let mut entries = Vec::new();
    if figures().next().is_some() {
        entries.push(Entry::drawn(30, series::swatch_line(), words.estimate.clone()));
        entries.push(Entry::drawn(30, series::swatch_band(), words.band.clone()));
    }
    let marks = words.marks.iter().filter(|(mark, _)| figures().any(|one| one == *mark));
    entries.extend(marks.map(|(mark, name)| Entry::mark(*mark, name.clone())));
    for (target, dash) in chart.targets.iter().zip(DASHES) {
        entries.push(Entry::drawn(30, series::swatch_target(dash), target.label.clone()));
    }
    if chart.periods.iter().any(|period| period.open.is_some()) {
        entries.push(Entry::drawn(30, series::swatch_open(), words.open.clone()));
    }
    if chart.periods.iter().any(|period| period.is_running) {
        entries.push(Entry::drawn(22, series::swatch_running(), words.running.clone()));
    }
    key::legend(&entries)
}
