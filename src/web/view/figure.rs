//! A figure as it is read: estimate, interval, answers, verdict in words; or why there is none.

use maud::{Markup, html};

use super::{Link, Wording};
use crate::publish::charts::{Forest, Mark, forest, sign};

/// The figure at the top of a page.
#[derive(Debug, Clone)]
pub enum Headline {
    /// A figure that may be shown.
    Figure(Box<Figure>),
    /// No figure, and which of the reasons it is: nothing yet, too few, withheld, a fault.
    Empty {
        /// What is measured.
        name: Wording,
        /// The reason, sentence by sentence.
        sentences: Vec<Wording>,
    },
}

/// A figure with everything that must stand beside it.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What is measured: "Mức độ hài lòng về giải quyết thủ tục hành chính".
    pub name: Wording,
    /// The estimate: "91,6%".
    pub estimate: Wording,
    /// The interval: "khoảng tin cậy 95% từ 88,8% đến 93,9%".
    pub interval: Wording,
    /// The answers: "500 phiếu".
    pub answers: Wording,
    /// Volume served, offered, answered.
    pub volume: Option<Wording>,
    /// The verdict in short, with its sign.
    pub verdict: Verdict,
    /// The whole sentence of the verdict.
    pub sentence: Wording,
    /// The administrative reading, beside the verdict and never instead of it.
    pub administrative: Option<Wording>,
    /// What the figure rests on: levels, measure.
    pub basis: Wording,
    /// The interval against the target; a plot of one row.
    pub gauge: Option<Forest>,
}

/// A verdict in short.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Its sign.
    pub mark: Mark,
    /// Its words.
    pub label: Wording,
}

/// What one trust level says.
#[derive(Debug, Clone)]
pub struct LevelBlock {
    /// Short name: "A · Mẫu ngẫu nhiên".
    pub name: Wording,
    /// Long name.
    pub long: Wording,
    /// The estimate, where one is shown.
    pub estimate: Option<Wording>,
    /// Interval and answers on one line.
    pub detail: Option<Wording>,
    /// The sign and words that say how it may be used.
    pub verdict: Option<Verdict>,
    /// Sentences: reach, withheld, open feedback represents nobody.
    pub sentences: Vec<Wording>,
}

/// A target in force.
#[derive(Debug, Clone)]
pub struct TargetEntry {
    /// What must be reached: "≥ 91%, giải quyết thủ tục hành chính, chung".
    pub text: Wording,
    /// The document that sets it.
    pub citation: Wording,
    /// The document's own page.
    pub source: Option<Link>,
    /// What it contradicts.
    pub conflict: Option<Wording>,
}

impl Verdict {
    /// Sign and words.
    pub fn render(&self) -> Markup {
        html! { span class={ "verdict chip " (self.mark.class()) } { (sign(self.mark)) " " (self.label) } }
    }
}

impl Headline {
    /// The block at the top of a page.
    pub fn render(&self) -> Markup {
        match self {
            Self::Figure(figure) => figure.render(),
            Self::Empty { name, sentences } => html! {
                section.headline.none {
                    h2 { (name) }
                    @for text in sentences { p { (text) } }
                }
            },
        }
    }
}

impl Figure {
    fn render(&self) -> Markup {
        html! {
            section.headline {
                h2 { (self.name) }
                div.two {
                    div {
                        p.big { (self.estimate) }
                        p.under { (self.interval) br; (self.answers) }
                        (self.verdict.render())
                    }
                    @if let Some(gauge) = &self.gauge { div { (forest(gauge)) } }
                }
                p { (self.sentence) }
                @if let Some(text) = &self.administrative { p.h { (text) } }
                p.h { (self.basis) }
                @if let Some(text) = &self.volume { p.h { (text) } }
            }
        }
    }
}

impl LevelBlock {
    /// One card of the row of levels.
    pub fn render(&self) -> Markup {
        html! {
            li {
                h3 { (self.name) }
                p.h { (self.long) }
                @if let Some(text) = &self.estimate { p.mid { (text) } }
                @if let Some(text) = &self.detail { p { (text) } }
                @if let Some(verdict) = &self.verdict { p { (verdict.render()) } }
                @for text in &self.sentences { p.h { (text) } }
            }
        }
    }
}

impl TargetEntry {
    /// One line of the list of targets.
    pub fn render(&self) -> Markup {
        html! {
            li {
                b { (self.text) }
                " " span.h { (self.citation) @if let Some(link) = &self.source { " · " (link.render()) } }
                @if let Some(text) = &self.conflict { p.clash { (sign(Mark::Conflict)) " " (text) } }
            }
        }
    }
}
