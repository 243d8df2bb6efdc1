//! What stands on a form: ratings, numbers, a comment, and the scales of the ratings.

use super::Localized;
use std::sync::Arc;

/// Which of the two offices of a dossier an item rates. A counter QR knows only the receiving one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rates {
    /// Where the dossier was handed in (nơi tiếp nhận).
    Receiving,
    /// Who decides it (cơ quan giải quyết).
    Deciding,
}

impl Rates {
    /// The word in a definition.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Receiving => "receiving",
            Self::Deciding => "deciding",
        }
    }
}

/// One level of a scale with the words people choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleLevel {
    /// 1 to 7; 1 is the least satisfied.
    pub level: u8,
    /// What it is called.
    pub label: Localized,
}

/// A list of levels that several ratings share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// Its code.
    pub code: String,
    /// Its levels, 1, 2, … in order.
    pub levels: Vec<ScaleLevel>,
    /// Levels that count as satisfied, ascending.
    pub satisfied: Vec<u8>,
}

impl Scale {
    /// Whether the scale has this level.
    pub fn has(&self, level: u8) -> bool {
        self.levels.iter().any(|l| l.level == level)
    }

    /// What a level is called.
    pub fn label(&self, level: u8) -> Option<&Localized> {
        self.levels.iter().find(|l| l.level == level).map(|l| &l.label)
    }
}

/// A criterion (tiêu chí): one rated question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// Name of the form field and of the CSV column.
    pub code: String,
    /// The question.
    pub label: Localized,
    /// What is meant by it.
    pub hint: Option<Localized>,
    /// Its levels.
    pub scale: Arc<Scale>,
    /// Levels that count as satisfied here, ascending: the criterion's own, or those of the scale.
    pub satisfied: Vec<u8>,
    /// Which office it rates.
    pub rates: Rates,
    /// What "not applicable" is called here; `None` where it cannot be chosen.
    pub not_applicable: Option<Localized>,
    /// Whether a form without an answer to it is refused.
    pub required: bool,
}

impl Rating {
    /// Whether a level counts as satisfied.
    pub fn is_satisfied(&self, level: u8) -> bool {
        self.satisfied.contains(&level)
    }
}

/// A question answered with a whole number, such as minutes waited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Name of the form field and of the CSV column.
    pub code: String,
    /// The question.
    pub label: Localized,
    /// How to answer.
    pub hint: Option<Localized>,
    /// The unit, such as "phút".
    pub unit: Option<Localized>,
    /// Least number accepted.
    pub min: u16,
    /// Greatest number accepted, at most 60,000.
    pub max: u16,
}

/// The free text at the end of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Name of the form field and of the CSV column.
    pub code: String,
    /// The question.
    pub label: Localized,
    /// What not to write.
    pub warn: Option<Localized>,
    /// Longest text accepted, in characters.
    pub max_chars: u16,
}

/// One item of a form. A new kind of question is one more arm here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A rated criterion.
    Rating(Rating),
    /// A whole number.
    Number(Number),
    /// A free text.
    Comment(Comment),
}

impl Item {
    /// Its code.
    pub fn code(&self) -> &str {
        match self {
            Self::Rating(r) => &r.code,
            Self::Number(n) => &n.code,
            Self::Comment(c) => &c.code,
        }
    }

    /// Its question.
    pub fn label(&self) -> &Localized {
        match self {
            Self::Rating(r) => &r.label,
            Self::Number(n) => &n.label,
            Self::Comment(c) => &c.label,
        }
    }

    /// The rating, if it is one.
    pub const fn rating(&self) -> Option<&Rating> {
        match self {
            Self::Rating(r) => Some(r),
            _ => None,
        }
    }

    /// What its counts depend on, its words left aside: code, number of levels, levels that count as satisfied, office.
    pub(super) fn counting(&self) -> (&str, usize, &[u8], Option<Rates>) {
        match self {
            Self::Rating(r) => (&r.code, r.scale.levels.len(), &r.satisfied, Some(r.rates)),
            _ => (self.code(), 0, &[], None),
        }
    }

    /// Whether it is the comment, which is kept apart from the answers.
    pub const fn is_comment(&self) -> bool {
        matches!(self, Self::Comment(_))
    }
}
