//! Units and their history, points and codes, procedures, targets, editions in force, and the imports that bring them in.

mod act;
mod by;
pub mod decided;
pub mod directory;
pub mod disputes;
pub mod editions;
pub mod exclusions;
pub mod import;
pub mod moves;
pub mod points;
pub mod procedures;
pub mod snapshot;
pub mod targets;
pub mod tickets;
pub mod units;
pub mod volumes;

pub use act::ActError;
pub use by::By;
pub use directory::{CodeLeadsTo, Directory, OpenPoint};
pub use editions::{Editions, InstalledEdition};
pub use snapshot::{Current, Snapshot};
