//! The printed poster of a collection point: A5 upright, also A6 and A4; legible in black and white.

use maud::{Markup, html};

use super::Wording;

/// What a poster shows.
#[derive(Debug, Clone)]
pub struct Poster {
    /// Why it should not be printed yet; on the screen only.
    pub not_yet: Option<Wording>,
    /// The sheet it is printed on.
    pub size: Size,
    /// The mark of simulated data.
    pub demo: Option<Wording>,
    /// Name of the centre; capitals are made by the stylesheet.
    pub centre: Wording,
    /// The counter.
    pub counter: Option<Wording>,
    /// The question in large letters.
    pub headline: Wording,
    /// How long it takes.
    pub invitation: Wording,
    /// A line in English, where the point offers it.
    pub english: Option<Wording>,
    /// The code as SVG, at least four modules of white around it.
    pub qr: Markup,
    /// What the code is, for who cannot see it.
    pub qr_name: Wording,
    /// What to do, in order.
    pub steps: Vec<Wording>,
    /// Words before the short address.
    pub typed: Wording,
    /// The short address with the code.
    pub address: Wording,
    /// Other ways to answer.
    pub other_ways: Wording,
    /// What is promised and asked.
    pub promises: Vec<Wording>,
    /// Where a reply can be had.
    pub reply: Wording,
    /// Code of the point and day of printing.
    pub foot: Wording,
    /// Words in the space for the stamp.
    pub stamp: Wording,
}

/// The sheet a poster is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For the door.
    A4,
    /// For the wall at the counter.
    A5,
    /// For the stand on the desk.
    A6,
}

impl Size {
    /// All of them, the largest first.
    pub const ALL: [Self; 3] = [Self::A4, Self::A5, Self::A6];

    /// Its name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::A5 => "A5",
            Self::A6 => "A6",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::A4 => "poster a4",
            Self::A5 => "poster a5",
            Self::A6 => "poster a6",
        }
    }
}

/// One poster; several in a row print one on each sheet. All measures inside hang on the size of the letters.
pub fn poster(poster: &Poster) -> Markup {
    html! {
        @if let Some(not_yet) = &poster.not_yet { p.unprinted role="alert" { (not_yet) } }
        article class=(poster.size.class()) {
            @if let Some(demo) = &poster.demo { p.demo { strong { (demo) } } }
            p.centre { (poster.centre) }
            @if let Some(counter) = &poster.counter { p.counter { (counter) } }
            h1 { (poster.headline) }
            p.invite { (poster.invitation) }
            @if let Some(english) = &poster.english { p.en lang="en" { (english) } }
            div.qr role="img" aria-label=(poster.qr_name) { (poster.qr) }
            ol { @for step in &poster.steps { li { (step) } } }
            p.typed { (poster.typed) " " b { (poster.address) } " " (poster.other_ways) }
            div.low {
                div {
                    ul { @for promise in &poster.promises { li { (promise) } } }
                    p { (poster.reply) }
                    p.foot { (poster.foot) }
                }
                div.stamp { (poster.stamp) }
            }
        }
    }
}
