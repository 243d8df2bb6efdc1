//! The vocabulary everyone shares: ids, days, periods, levels, channels, measures, languages.
//!
//! Values only. This room knows no database, no web and no wording; `text` says how people read them.

mod day;
mod ids;
#[macro_use]
mod kinds;
mod indicator;
mod mark;
mod period;
mod series;
mod staff;

pub use day::{Day, Half, Moment};
pub use ids::{CaseId, DecisionId, EditionNumber, FieldId, PointId, ProcedureId, Province, StaffId, UnitId};
pub use indicator::{Collector, Indicator, PARTS, Written};
pub use kinds::{
    CaseClass, CaseState, Channel, DecisionKind, DecisionReason, DecisionState, Helper, Lang, Level, LevelReason,
    Measure, PointKind, RevokeReason, SuccessionKind, TicketStage, UnitGroup, UnitKind, UnknownWord,
};
pub use mark::Mark;
pub use period::Period;
pub use series::{SeriesFrame, SeriesKind};
pub use staff::{Grant, Right, Role, Scope};
