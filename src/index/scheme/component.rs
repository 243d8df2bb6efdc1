//! A part of an index: what people answer with, how a rate becomes points, and where its rule comes from.

use super::definition::Formula;
use crate::words::Lang;

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in a language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// How the rate behind points comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// A part of a whole.
    Ratio,
    /// 100 % − (% late + % with a complaint or dislike), as QĐ 766 computes its indicator 5.4. Both may hold for one
    /// dossier; what falls below 0 counts as 0, with a warning.
    Complement,
}

impl Rate {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Ratio, Self::Complement];

    /// The word in a definition.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Complement => "complement",
        }
    }
}

/// How a rate becomes points.
#[derive(Debug, Clone, PartialEq)]
pub enum Conversion {
    /// Points are given by those who judge; there is no rule.
    Awarded,
    /// Rate × maximum.
    ShareTimesMax,
    /// The maximum from this rate up; below, rate × maximum / target.
    ProportionalToTarget(f64),
    /// Sum of share × value of each option, × maximum; `None` where the values are not established.
    Options(Option<Vec<f64>>),
}

impl Conversion {
    /// The word in a definition and on every output.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Awarded => "awarded",
            Self::ShareTimesMax => "share_times_max",
            Self::ProportionalToTarget(_) => "proportional_to_target",
            Self::Options(_) => "options",
        }
    }
}

/// What people answer with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answering {
    /// Levels from 1 up, some of which count as satisfied.
    Levels {
        /// How many there are.
        levels: u8,
        /// Those that count as satisfied, ascending: some, but not all.
        satisfied: Vec<u8>,
    },
    /// A whole number within limits, such as 0 to 100.
    Number {
        /// Smallest.
        min: u16,
        /// Largest.
        max: u16,
    },
}

impl Answering {
    /// Whether this answer exists.
    pub fn has(&self, answer: u16) -> bool {
        match self {
            Self::Levels { levels, .. } => (1..=u16::from(*levels)).contains(&answer),
            Self::Number { min, max } => (*min..=*max).contains(&answer),
        }
    }

    /// Whether this answer counts as satisfied; a number never does.
    pub fn satisfies(&self, answer: u16) -> bool {
        match self {
            Self::Levels { satisfied, .. } => satisfied.iter().any(|level| u16::from(*level) == answer),
            Self::Number { .. } => false,
        }
    }
}

/// How well a rule or number is established.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether a source was found that says it.
    pub sourced: bool,
    /// That source, or what comes nearest to one.
    pub source: Option<String>,
    /// What a reader has to know; always there where `sourced` is false.
    pub note: Option<Bilingual>,
}

/// A part of an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Code, once in a scheme.
    pub code: String,
    /// Title.
    pub title: Bilingual,
    /// Place of the part it belongs to; `None` for a part of the index itself.
    pub parent: Option<usize>,
    /// 1 for a part of the index, at most [`MAX_DEPTH`].
    pub depth: usize,
    /// Asked by the same form without being part of the index; only figures use it.
    pub beside: bool,
    /// How its parts become its value; `None` for a part without parts.
    pub formula: Option<Formula>,
    /// Its weight among the parts of a weighted mean.
    pub weight: Option<f64>,
    /// Most points it can have; `None` for a share.
    pub maximum: Option<f64>,
    /// How its rate becomes points.
    pub conversion: Option<Conversion>,
    /// How its rate comes about.
    pub rate: Rate,
    /// What people answer with, where people answer.
    pub answering: Option<Answering>,
    /// How well it is established.
    pub standing: Standing,
}

/// Parts nest at most this deep.
pub const MAX_DEPTH: usize = 4;
