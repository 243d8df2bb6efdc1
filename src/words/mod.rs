//! The vocabulary everyone shares: ids, days, periods, levels, channels, measures, languages.
//!
//! Values only. This room knows no database, no web and no wording; `text` says how people read them.

mod day;
mod ids;
mod kinds;
mod period;

pub use day::{Day, Half, Moment};
pub use ids::{EditionNumber, FieldId, PointId, ProcedureId, Province, UnitId};
pub use kinds::{
    Channel, Helper, Lang, Level, Measure, PointKind, RevokeReason, SuccessionKind, UnitGroup, UnitKind, UnknownWord,
};
pub use period::Period;
