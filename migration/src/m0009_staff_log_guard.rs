//! What keeps the staff log appended, and its head: the last act of the chain, so that a tail that was cut off is missed.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["staff_log_head"];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE staff_log_head (
        p SMALLINT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, hash {bytes} NOT NULL) {clustered}",
    "INSERT INTO staff_log_head (p, seq, hash)
     SELECT p, seq, hash FROM staff_log l WHERE seq = (SELECT MAX(seq) FROM staff_log WHERE p = l.p)",
];

/// The head moves forward, and only to an act that stands in the log.
const NO_STEP: &str = "NEW.p <> OLD.p OR NEW.seq <= OLD.seq
    OR NOT EXISTS (SELECT 1 FROM staff_log l WHERE l.p = NEW.p AND l.seq = NEW.seq AND l.hash = NEW.hash)";

/// Triggers of SQLite. An insert over an existing key is refused because `INSERT OR REPLACE` deletes without a trigger.
pub(crate) fn sqlite() -> Vec<String> {
    let mut statements = Vec::new();
    for (table, key) in [("staff_log", "p = NEW.p AND seq = NEW.seq"), ("staff_log_head", "p = NEW.p")] {
        statements.push(format!(
            "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
             WHEN EXISTS (SELECT 1 FROM {table} WHERE {key})
             BEGIN SELECT RAISE(ABORT, '{table} is append-only: this key is taken'); END"
        ));
        statements.push(format!(
            "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ));
    }
    statements.push(
        "CREATE TRIGGER staff_log_no_update BEFORE UPDATE ON staff_log
         BEGIN SELECT RAISE(ABORT, 'staff_log is append-only'); END"
            .to_owned(),
    );
    statements.push(format!(
        "CREATE TRIGGER staff_log_head_only_forward BEFORE UPDATE ON staff_log_head WHEN {NO_STEP}
         BEGIN SELECT RAISE(ABORT, 'the head of the staff log moves forward only'); END"
    ));
    statements
}

/// Functions and triggers of PostgreSQL; `thuocdo_append_only` is there since the answers are guarded.
pub(crate) fn postgres() -> Vec<String> {
    let mut statements = vec![format!(
        "CREATE FUNCTION thuocdo_log_forward() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF {NO_STEP} THEN RAISE EXCEPTION 'the head of the staff log moves forward only'; END IF;
           RETURN NEW;
         END $$"
    )];
    for (table, what, when, each, function) in [
        ("staff_log", "no_update", "UPDATE", "ROW", "thuocdo_append_only"),
        ("staff_log", "no_delete", "DELETE", "ROW", "thuocdo_append_only"),
        ("staff_log", "no_truncate", "TRUNCATE", "STATEMENT", "thuocdo_append_only"),
        ("staff_log_head", "only_forward", "UPDATE", "ROW", "thuocdo_log_forward"),
        ("staff_log_head", "no_delete", "DELETE", "ROW", "thuocdo_append_only"),
        ("staff_log_head", "no_truncate", "TRUNCATE", "STATEMENT", "thuocdo_append_only"),
    ] {
        statements.push(format!(
            "CREATE TRIGGER {table}_{what} BEFORE {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
        ));
    }
    statements
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        ddl::run_on(manager, DbBackend::Sqlite, &sqlite()).await?;
        ddl::run_on(manager, DbBackend::Postgres, &postgres()).await?;
        let rights = format!("GRANT SELECT, INSERT, UPDATE (seq, hash) ON staff_log_head TO {APPLICATION_ROLE}");
        ddl::run_on(manager, DbBackend::Postgres, &[rights]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let named = |statement: &String| Some(statement.strip_prefix("CREATE TRIGGER ")?.split(' ').next()?.to_owned());
        let drop = |guards: Vec<String>, tail: &str| -> Vec<String> {
            let of_log = guards.iter().filter_map(named).filter(|name| !name.starts_with("staff_log_head"));
            of_log.map(|name| format!("DROP TRIGGER {name}{tail}")).collect()
        };
        ddl::run_on(manager, DbBackend::Sqlite, &drop(sqlite(), "")).await?;
        ddl::run_on(manager, DbBackend::Postgres, &drop(postgres(), " ON staff_log")).await?;
        ddl::drop(manager, TABLES).await?;
        ddl::run_on(manager, DbBackend::Postgres, &["DROP FUNCTION IF EXISTS thuocdo_log_forward()".to_owned()]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
