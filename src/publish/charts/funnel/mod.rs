//! Funnel plot: units by their answers and their share, with the limits of what chance alone does.

mod names;
mod plot;
mod scale;
#[cfg(test)]
mod tests;

use maud::{Markup, html};

pub use self::scale::count_ticks;
use super::key::{Entry, legend, notes};
use super::{TargetLine, Wording};
use crate::text::chart;
use crate::words::Lang;

/// The plot: a mark for each unit.
#[derive(Debug, Clone)]
pub struct Funnel {
    /// Prefix of all ids inside; letters, digits and hyphens, unique on the page.
    pub id: Wording,
    /// Name of the plot.
    pub title: Wording,
    /// What the plot shows, in one or two sentences, for who cannot see it; how it is to be read is added.
    pub description: Wording,
    /// What the upright axis measures, such as "Mức độ hài lòng (%)".
    pub axis: Wording,
    /// The level of all units together.
    pub centre: TargetLine,
    /// The target, where one is in force.
    pub target: Option<TargetLine>,
    /// The limits, sampled from few answers to many; two samples at least draw a curve.
    pub limits: Vec<FunnelLimits>,
    /// Numbers along the axis of answers, from [`count_ticks`]; those without room are left out.
    pub ticks: Vec<FunnelTick>,
    /// The units; very many go on in a further drawing with the same axes.
    pub units: Vec<FunnelUnit>,
    /// Words of the legend.
    pub words: FunnelWords,
}

/// The limits at one number of answers, in per cent.
#[derive(Debug, Clone, Copy)]
pub struct FunnelLimits {
    /// The number of answers.
    pub n: f64,
    /// Lower and upper 95% limit.
    pub inner: (f64, f64),
    /// Lower and upper 99.8% limit.
    pub outer: (f64, f64),
}

/// A number along the axis of answers.
#[derive(Debug, Clone)]
pub struct FunnelTick {
    /// The number.
    pub n: f64,
    /// The same as people read it: "1.000".
    pub label: Wording,
}

/// A unit.
#[derive(Debug, Clone)]
pub struct FunnelUnit {
    /// Its name; written where the unit lies outside the limits.
    pub name: Wording,
    /// Its answers.
    pub n: f64,
    /// Its share in per cent.
    pub percent: f64,
    /// Share and answers as people read them: "71,3% (180 phiếu)".
    pub label: Wording,
    /// Where it lies, decided by whoever computed the limits.
    pub place: FunnelPlace,
}

/// Where a unit lies; each place has a shape of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunnelPlace {
    /// Inside the 95% limits: a dot.
    Inside,
    /// Between the 95% and the 99.8% limits: a hollow diamond.
    Between,
    /// Outside the 99.8% limits: a full diamond with its name.
    Outside,
}

/// Words of the axes and of the legend.
#[derive(Debug, Clone)]
pub struct FunnelWords {
    /// Name of the axis of answers.
    pub answers: Wording,
    /// Behind that name where equal steps along the axis are not equal numbers.
    pub uneven: Wording,
    /// The inner curves.
    pub inner: Wording,
    /// The outer curves.
    pub outer: Wording,
    /// The three places, from inside.
    pub places: [Wording; 3],
    /// How the plot is to be read: units inside cannot be told apart from the common level.
    pub reading: Wording,
}

impl FunnelWords {
    /// The words of this language.
    pub fn of(lang: Lang) -> Self {
        Self {
            answers: chart::AXIS_ANSWERS.get(lang).into(),
            uneven: chart::UNEVEN.get(lang).into(),
            inner: chart::FUNNEL_95.get(lang).into(),
            outer: chart::FUNNEL_998.get(lang).into(),
            places: [chart::FUNNEL_INSIDE, chart::FUNNEL_BETWEEN, chart::FUNNEL_OUTSIDE]
                .map(|say| say.get(lang).into()),
            reading: chart::FUNNEL_READING.get(lang).into(),
        }
    }
}

impl FunnelPlace {
    const ALL: [Self; 3] = [Self::Inside, Self::Between, Self::Outside];

    /// The shape around the origin; takes the colour of the text.
    fn shape(self) -> Markup {
        html! {
            @match self {
                Self::Inside => circle.aside.seg r="3.5" fill="currentColor" stroke="#fff" {},
                Self::Between => {
                    path.hole d="M0-6L6 0 0 6-6 0z" fill="#fff" stroke="currentColor" stroke-width="1.75" {}
                },
                Self::Outside => path d="M0-7.5L7.5 0 0 7.5-7.5 0z" fill="currentColor" {},
            }
        }
    }

    /// Half the room the shape takes, in pixels.
    const fn half(self) -> f64 {
        match self {
            Self::Inside => 4.0,
            Self::Between => 6.5,
            Self::Outside => 8.0,
        }
    }
}

/// Draws the plot with its legend above; below it, the names that found no room and how to read it.
pub fn funnel(plot: &Funnel) -> Markup {
    html! {
        (key(plot))
        div.narrow { (plot::drawings(plot, &plot::NARROW)) }
        div.wide { (plot::drawings(plot, &plot::WIDE)) }
        (notes(&[Entry::plain(plot.words.reading.clone())]))
    }
}

fn key(plot: &Funnel) -> Markup {
    let words = &plot.words;
    let mut entries = vec![Entry::drawn(30, plot::swatch_centre(), plot.centre.label.clone())];
    if plot.limits.len() > 1 {
        entries.push(Entry::drawn(30, plot::swatch_inner(), words.inner.clone()));
        entries.push(Entry::drawn(30, plot::swatch_outer(), words.outer.clone()));
    }
    if let Some(target) = &plot.target {
        entries.push(Entry::drawn(30, plot::swatch_target(), target.label.clone()));
    }
    for (place, name) in FunnelPlace::ALL.into_iter().zip(&words.places) {
        if plot.units.iter().any(|unit| unit.place == place) {
            entries.push(Entry::drawn(18, place.shape(), name.clone()));
        }
    }
    legend(&entries)
}
