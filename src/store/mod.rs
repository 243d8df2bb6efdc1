//! The only room that knows sea-orm: free functions grouped by family, named after the question they answer.
//!
//! Every function takes a connection or a transaction first and returns plain types. Statements are bound, never
//! formatted from data; the same text runs on SQLite and PostgreSQL.

pub mod answers;
pub mod blocks;
pub mod condition;
pub mod counts;
pub mod editions;
pub mod figures;
pub mod installation;
pub mod places;
pub mod procedures;
mod rows;
pub mod seal;
pub mod staff_log;
pub mod targets;
pub mod volumes;

mod connect;

pub use connect::{Database, OpenError, Opening, sqlite_file as file_of};
pub use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
