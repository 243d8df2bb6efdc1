//! The only room that knows sea-orm: free functions grouped by family, named after the question they answer.
//!
//! Every function takes a connection or a transaction first and returns plain types. Statements are bound, never
//! formatted from data; the same text runs on SQLite and PostgreSQL.

pub mod alerts;
pub mod answers;
pub mod batches;
pub mod blocks;
pub mod cases;
pub mod checkpoints;
pub mod comments;
pub mod condition;
pub mod counts;
pub mod decisions;
pub mod digest;
mod dump;
pub mod editions;
pub mod figures;
pub mod installation;
pub mod invitations;
pub mod late;
pub mod measures;
mod migrate;
pub mod outbox;
pub mod places;
pub mod procedures;
pub mod publications;
pub mod raw;
pub mod reminders;
mod restoring;
mod rows;
pub mod schema;
pub mod seal;
pub mod series;
pub mod sessions;
pub mod signals;
pub mod staff;
pub mod staff_log;
pub mod targets;
pub mod tickets;
pub mod uploads;
pub mod volumes;

mod connect;

pub use connect::{Database, OpenError, Opening, file_of};
pub use dump::Dump;
pub use migrate::steps as schema_steps;
pub use restoring::Restoring;
pub use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
