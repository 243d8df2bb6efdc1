//! The sign of a verdict, drawn as a shape because older telephones lack some of the characters.

use maud::{Markup, html};

use crate::text::Say;
use crate::text::figure::standing::Standing;

/// How a figure stands to its target. Each has a shape of its own, readable in black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The whole interval reaches the target.
    Met,
    /// The whole interval lies below the target.
    NotMet,
    /// The interval holds the target.
    Undetermined,
    /// Everybody was asked, and the target is reached.
    CensusMet,
    /// Everybody was asked, and the target is not reached.
    CensusNotMet,
    /// Not publishable, or no answers.
    Withheld,
    /// Open feedback, which represents nobody.
    Open,
    /// No target is in force.
    NoTarget,
    /// Two documents set different targets.
    Conflict,
}

impl Mark {
    /// All of them, in the order of a legend.
    pub const ALL: [Self; 9] = [
        Self::Met,
        Self::NotMet,
        Self::Undetermined,
        Self::CensusMet,
        Self::CensusNotMet,
        Self::Withheld,
        Self::Open,
        Self::NoTarget,
        Self::Conflict,
    ];

    /// The character that stands for it where only text is possible.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Met => "●",
            Self::NotMet => "▼",
            Self::Undetermined => "◐",
            Self::CensusMet => "■",
            Self::CensusNotMet => "□",
            Self::Withheld => "–",
            Self::Open => "○",
            Self::NoTarget => "·",
            Self::Conflict => "≠",
        }
    }

    /// Its words in a legend.
    pub const fn label(self) -> Say {
        let standing = match self {
            Self::Met => Standing::Met,
            Self::NotMet => Standing::NotMet,
            Self::Undetermined => Standing::Undetermined,
            Self::CensusMet => Standing::CensusMet,
            Self::CensusNotMet => Standing::CensusNotMet,
            Self::Withheld => Standing::NotPublishable,
            Self::Open => Standing::Open,
            Self::NoTarget => Standing::NoTarget,
            Self::Conflict => Standing::Contradictory,
        };
        standing.label()
    }

    /// The class that colours it: good, bad or neither.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Met | Self::CensusMet => "ok",
            Self::NotMet | Self::CensusNotMet | Self::Conflict => "no",
            Self::Undetermined | Self::Withheld | Self::Open | Self::NoTarget => "un",
        }
    }

    /// The shape around the origin, about 14 px wide; takes the colour of the text.
    pub(super) fn shape(self) -> Markup {
        html! {
            @match self {
                Self::Met => circle r="6.5" fill="currentColor" {},
                Self::NotMet => path d="M-7.5-6h15L0 7.5z" fill="currentColor" {},
                Self::Undetermined => {
                    circle.hole r="6" fill="#fff" stroke="currentColor" stroke-width="1.6" {}
                    path d="M0-6A6 6 0 0 0 0 6z" fill="currentColor" {}
                },
                Self::CensusMet => rect x="-6" y="-6" width="12" height="12" fill="currentColor" {},
                Self::CensusNotMet => {
                    rect.hole x="-5.5" y="-5.5" width="11" height="11" fill="#fff" stroke="currentColor"
                        stroke-width="2" {}
                },
                Self::Withheld => path d="M-6 0H6" stroke="currentColor" stroke-width="2.4" {},
                Self::Open => circle.hole r="5.5" fill="#fff" stroke="currentColor" stroke-width="2" {},
                Self::NoTarget => {
                    circle.hole r="6.5" fill="#fff" {}
                    circle r="3" fill="currentColor" {}
                },
                Self::Conflict => {
                    circle.hole r="8" fill="#fff" {}
                    path d="M-6-2.5H6M-6 2.5H6M3-7L-3 7" stroke="currentColor" stroke-width="2" {}
                },
            }
        }
    }
}

/// The sign alone, for a line of text; silent for screen readers because its label stands beside it.
pub fn sign(mark: Mark) -> Markup {
    html! {
        svg class={ "sign " (mark.class()) } aria-hidden="true" focusable="false" width="18" height="18"
            viewBox="-9 -9 18 18" { (mark.shape()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_a_shape_and_a_character_of_its_own() {
        let mut shapes: Vec<String> = Mark::ALL.iter().map(|m| m.shape().into_string()).collect();
        shapes.sort();
        shapes.dedup();
        assert_eq!(shapes.len(), Mark::ALL.len());
        let mut symbols: Vec<&str> = Mark::ALL.iter().map(|m| m.symbol()).collect();
        symbols.sort_unstable();
        symbols.dedup();
        assert_eq!(symbols.len(), Mark::ALL.len());
    }
}
