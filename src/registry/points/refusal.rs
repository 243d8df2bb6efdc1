//! Why an act on points is not done.

use crate::registry::import::Refused;
use crate::text::Both;
use crate::text::import::FileDay;
use crate::text::registry::{points as say, sealed};
use crate::words::{Day, Lang};

/// Why an act on points or their codes is not done; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointRefusal {
    /// Values that cannot be read; the columns are the names of the values.
    Form(Refused),
    /// No point has this code.
    Unknown(String),
    /// The code belongs to another point.
    Taken(String),
    /// The point was changed on the day or after it.
    ChangedLater {
        /// Code.
        code: String,
        /// The day of that change.
        day: Day,
    },
    /// The point is closed.
    Closed {
        /// Code.
        code: String,
        /// First day on which it is closed.
        since: Day,
    },
    /// Its unit does not exist on the day.
    UnitNotAlive {
        /// Code of the unit.
        code: String,
        /// The day.
        day: Day,
    },
    /// The change would move answers that are published.
    Sealed {
        /// Last sealed day.
        through: Day,
    },
    /// No point has this public code.
    NoCode(String),
    /// The public code is revoked already.
    Revoked {
        /// Public code.
        code: String,
        /// Day from which it is revoked.
        day: Day,
    },
    /// No free public code was drawn.
    NoFreeCode,
}

impl PointRefusal {
    /// What is wrong and how to mend it.
    pub fn told(&self, lang: Lang) -> String {
        match self {
            Self::Form(refused) => refused.in_language(lang),
            Self::Unknown(code) => say::unknown(lang, code),
            Self::Taken(code) => say::taken(lang, code),
            Self::ChangedLater { code, day } => say::changed_later(lang, code, FileDay(*day)),
            Self::Closed { code, since } => say::closed(lang, code, FileDay(*since)),
            Self::UnitNotAlive { code, day } => say::unit_not_alive(lang, code, FileDay(*day)),
            Self::Sealed { through } => sealed(lang, FileDay(*through)),
            Self::NoCode(code) => say::no_code(lang, code),
            Self::Revoked { code, day } => say::revoked(lang, code, FileDay(*day)),
            Self::NoFreeCode => say::NO_FREE_CODE.get(lang).to_owned(),
        }
    }

    /// The same in both languages.
    pub fn both(&self) -> Both {
        Both::of(|lang| self.told(lang))
    }
}

/// English, as the command line speaks.
impl std::fmt::Display for PointRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

impl std::error::Error for PointRefusal {}
