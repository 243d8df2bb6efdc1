//! The schema of Thước Đo, one concern per file, for SQLite and PostgreSQL alike.
//!
//! The statements are written once, with the few words that differ between the two databases filled in by [`ddl`]. The
//! province `p` comes first in every key, so that PostgreSQL can partition and a nation is many provinces side by side.
//! Nothing that stands for a citizen's answer has a sequence, a row number or a time finer than its day.

#![expect(elided_lifetimes_in_paths, reason = "async_trait asks for the trait's own signature, which elides them")]

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::{MigrationTrait, async_trait};

mod ddl;
mod m0001_registry;
mod m0002_editions;
mod m0003_answers;
mod m0003_answers_guard;
mod m0004_counts;
mod m0005_staff_log;
mod m0006_rights;
mod m0007_staff;
mod m0008_decisions;
mod m0009_staff_log_guard;
mod m0010_outbox;
mod m0011_tickets;
mod m0012_record;
mod m0013_signals;
mod m0014_cases;
mod m0015_late;
mod m0016_measures;
mod m0017_alerts;
mod m0018_offered;
mod m0019_publications;
mod m0020_series;
mod m0021_reports;

/// The role under which the program works on PostgreSQL: it may append answers and read their columns, nothing more.
pub const APPLICATION_ROLE: &str = "thuocdo_app";

/// Names of the triggers that keep the answers, the record of them and the staff log of a database appended, and decisions as they were taken.
pub fn guards(is_postgres: bool) -> Vec<String> {
    let statements = if is_postgres {
        [
            m0003_answers_guard::postgres(),
            m0008_decisions::postgres(),
            m0009_staff_log_guard::postgres(),
            m0011_tickets::postgres(),
            m0012_record::postgres(),
            m0019_publications::postgres(),
        ]
        .concat()
    } else {
        [
            m0003_answers_guard::sqlite(),
            m0008_decisions::sqlite(),
            m0009_staff_log_guard::sqlite(),
            m0011_tickets::sqlite(),
            m0012_record::sqlite(),
            m0019_publications::sqlite(),
        ]
        .concat()
    };
    let named = |statement: &String| Some(statement.strip_prefix("CREATE TRIGGER ")?.split(' ').next()?.to_owned());
    statements.iter().filter_map(named).collect()
}

/// Brings a database to the present schema.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_registry::Migration),
            Box::new(m0002_editions::Migration),
            Box::new(m0003_answers::Migration),
            Box::new(m0004_counts::Migration),
            Box::new(m0005_staff_log::Migration),
            Box::new(m0006_rights::Migration),
            Box::new(m0007_staff::Migration),
            Box::new(m0008_decisions::Migration),
            Box::new(m0009_staff_log_guard::Migration),
            Box::new(m0010_outbox::Migration),
            Box::new(m0011_tickets::Migration),
            Box::new(m0012_record::Migration),
            Box::new(m0013_signals::Migration),
            Box::new(m0014_cases::Migration),
            Box::new(m0015_late::Migration),
            Box::new(m0016_measures::Migration),
            Box::new(m0017_alerts::Migration),
            Box::new(m0018_offered::Migration),
            Box::new(m0019_publications::Migration),
            Box::new(m0020_series::Migration),
            Box::new(m0021_reports::Migration),
        ]
    }
}
