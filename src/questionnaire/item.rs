//! What stands on a form: ratings, choices, numbers, a comment, and the scales of the ratings.

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

/// Asks an item of those only who answered an earlier one in a certain way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Code of the earlier item.
    pub item: String,
    /// Levels or options, ascending: one of them is needed.
    pub is: Vec<u8>,
}

/// Of whom an item is asked, and how sure its wording is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Its own condition; its page may have one, too.
    pub show_if: Option<Condition>,
    /// Where its wording comes from: `F`, `T`, `M`, `X` or a short note. Not shown to those who answer.
    pub source: Option<String>,
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
    /// Whether it stands beside the index: asked and estimated, in no composite.
    pub beside: bool,
    /// Of whom it is asked.
    pub asked: Asked,
}

impl Rating {
    /// Whether a level counts as satisfied.
    pub fn is_satisfied(&self, level: u8) -> bool {
        self.satisfied.contains(&level)
    }
}

/// One of the answers of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceOption {
    /// 1 to 7.
    pub number: u8,
    /// What it is called.
    pub label: Localized,
}

/// A question answered with one or several of 2 to 7 options, none better than another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Name of the form field and of the CSV column.
    pub code: String,
    /// The question.
    pub label: Localized,
    /// What is meant by it.
    pub hint: Option<Localized>,
    /// Whether several options may be chosen.
    pub several: bool,
    /// The options 1, 2, … in order.
    pub options: Vec<ChoiceOption>,
    /// What "not applicable" is called here; `None` where it cannot be chosen.
    pub not_applicable: Option<Localized>,
    /// Whether a form without an answer to it is refused.
    pub required: bool,
    /// Whether the law guards it especially (ethnicity, …): never required, never estimated, no condition asks it.
    pub sensitive: bool,
    /// Of whom it is asked.
    pub asked: Asked,
}

impl Choice {
    /// Whether there is an option of this number.
    pub fn has(&self, option: u8) -> bool {
        self.options.iter().any(|o| o.number == option)
    }

    /// All options as the bits of a number; option 1 is the lowest.
    pub fn mask(&self) -> u8 {
        self.options.iter().fold(0, |mask, option| mask | bit(option.number))
    }
}

/// The bit of an option or level.
pub(super) const fn bit(number: u8) -> u8 {
    if number == 0 || number > 7 { 0 } else { 1 << (number - 1) }
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
    /// Of whom it is asked.
    pub asked: Asked,
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
    /// Of whom it is asked.
    pub asked: Asked,
}

/// One item of a form. A new kind of question is one more arm here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A rated criterion.
    Rating(Rating),
    /// One or several of a few options.
    Choice(Choice),
    /// A whole number.
    Number(Number),
    /// A free text.
    Comment(Comment),
}

/// What the counts of an item depend on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Counting<'a> {
    code: &'a str,
    answers: usize,
    satisfied: &'a [u8],
    rates: Option<Rates>,
    asked: Option<&'a Condition>,
}

impl Item {
    /// Its code.
    pub fn code(&self) -> &str {
        match self {
            Self::Rating(r) => &r.code,
            Self::Choice(c) => &c.code,
            Self::Number(n) => &n.code,
            Self::Comment(c) => &c.code,
        }
    }

    /// Its question.
    pub fn label(&self) -> &Localized {
        match self {
            Self::Rating(r) => &r.label,
            Self::Choice(c) => &c.label,
            Self::Number(n) => &n.label,
            Self::Comment(c) => &c.label,
        }
    }

    /// Of whom it is asked, and how sure its wording is.
    pub const fn asked(&self) -> &Asked {
        match self {
            Self::Rating(r) => &r.asked,
            Self::Choice(c) => &c.asked,
            Self::Number(n) => &n.asked,
            Self::Comment(c) => &c.asked,
        }
    }

    /// What "not applicable" is called here; `None` where it cannot be chosen.
    pub const fn not_applicable(&self) -> Option<&Localized> {
        match self {
            Self::Rating(r) => r.not_applicable.as_ref(),
            Self::Choice(c) => c.not_applicable.as_ref(),
            Self::Number(_) | Self::Comment(_) => None,
        }
    }

    /// The rating, if it is one.
    pub const fn rating(&self) -> Option<&Rating> {
        match self {
            Self::Rating(r) => Some(r),
            _ => None,
        }
    }

    /// What its counts depend on, its words left aside.
    pub(super) fn counting(&self) -> Counting<'_> {
        let counting = Counting {
            code: self.code(),
            answers: 0,
            satisfied: &[],
            rates: None,
            asked: self.asked().show_if.as_ref(),
        };
        match self {
            Self::Rating(r) => {
                Counting { answers: r.scale.levels.len(), satisfied: &r.satisfied, rates: Some(r.rates), ..counting }
            }
            Self::Choice(c) => Counting { answers: c.options.len() + usize::from(c.several), ..counting },
            Self::Number(_) | Self::Comment(_) => counting,
        }
    }

    /// Whether it is the comment, which is kept apart from the answers.
    pub const fn is_comment(&self) -> bool {
        matches!(self, Self::Comment(_))
    }
}
