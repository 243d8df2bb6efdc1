//! Why an act on units is not done.

use crate::registry::import::Refused;
use crate::text::Both;
use crate::text::import::{FileDay, digits};
use crate::text::registry::{sealed, units as say};
use crate::words::{Day, Lang};

/// Codes that are named in one sentence.
const MOST_NAMED: usize = 10;

/// Why an act on units is not done; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitRefusal {
    /// Values that cannot be read, or a place in the tree that cannot be; the columns are the names of the values.
    Form(Refused),
    /// No unit has this code.
    Unknown(String),
    /// The code belongs to another unit.
    Taken(String),
    /// The unit does not exist yet on the day.
    BeforeFirst {
        /// Code.
        code: String,
        /// Its first day.
        first: Day,
    },
    /// A version of the unit begins after the day.
    ChangedLater {
        /// Code.
        code: String,
        /// First day of that version.
        day: Day,
    },
    /// The unit has ended by the day, or has not begun.
    NotAlive {
        /// Code.
        code: String,
        /// The day.
        day: Day,
    },
    /// The unit would succeed itself.
    Itself(String),
    /// The unit is named twice.
    Twice(String),
    /// No predecessor or no successor is named.
    Nobody,
    /// More units than are reorganised at once.
    TooMany {
        /// How many may be.
        most: usize,
    },
    /// Units below one that ends still exist.
    StillBelow {
        /// The unit that would end.
        code: String,
        /// Codes of units below it.
        below: Vec<String>,
    },
    /// The change would move answers that are published.
    Sealed {
        /// Last sealed day.
        through: Day,
    },
    /// A point of the units cannot move on the day.
    Point(super::super::points::PointRefusal),
}

impl UnitRefusal {
    /// What is wrong and how to mend it.
    pub fn told(&self, lang: Lang) -> String {
        match self {
            Self::Form(refused) => refused.in_language(lang),
            Self::Unknown(code) => say::unknown(lang, code),
            Self::Taken(code) => say::taken(lang, code),
            Self::BeforeFirst { code, first } => say::before_first(lang, code, FileDay(*first)),
            Self::ChangedLater { code, day } => say::changed_later(lang, code, FileDay(*day)),
            Self::NotAlive { code, day } => say::not_alive(lang, code, FileDay(*day)),
            Self::Itself(code) => say::itself(lang, code),
            Self::Twice(code) => say::one_of_many(lang, code),
            Self::Nobody => say::NOBODY.get(lang).to_owned(),
            Self::TooMany { most } => say::too_many(lang, digits(most)),
            Self::StillBelow { code, below } => say::still_below(lang, code, &named(below)),
            Self::Sealed { through } => sealed(lang, FileDay(*through)),
            Self::Point(refusal) => refusal.told(lang),
        }
    }

    /// The same in both languages.
    pub fn both(&self) -> Both {
        Both::of(|lang| self.told(lang))
    }
}

fn named(codes: &[String]) -> String {
    let more = if codes.len() > MOST_NAMED { ", …" } else { "" };
    let named: Vec<&str> = codes.iter().take(MOST_NAMED).map(String::as_str).collect();
    format!("{}{more}", named.join(", "))
}

/// English, as the command line speaks.
impl std::fmt::Display for UnitRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

impl std::error::Error for UnitRefusal {}
