//! The tree over the sealed answers: batches, complete subtrees, signed checkpoints and the public keys that sign them.
//! Everything is appended.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

/// Tables with the columns of their keys after the province, and all columns.
const TABLES: [(&str, &[&str], &str); 5] = [
    ("batch", &["number"], "p, number, day, first, n, root, peaks"),
    ("batch_late", &["day", "leaf"], "p, day, leaf, number"),
    ("tree_node", &["level", "idx"], "p, level, idx, hash"),
    ("checkpoint", &["size"], "p, size, day, note, key_id"),
    ("record_key", &["id"], "p, id, vkey, first_size, endorsement"),
];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE batch (p SMALLINT NOT NULL, number INTEGER NOT NULL, day INTEGER NOT NULL, first BIGINT NOT NULL,
        n BIGINT NOT NULL, root {bytes} NOT NULL, peaks {bytes} NOT NULL, PRIMARY KEY (p, number)) {clustered}",
    "CREATE INDEX batch_of_day ON batch (p, day)",
    "CREATE TABLE batch_late (p SMALLINT NOT NULL, day INTEGER NOT NULL, leaf {bytes} NOT NULL, number INTEGER NOT NULL,
        PRIMARY KEY (p, day, leaf)) {clustered}",
    "CREATE TABLE tree_node (p SMALLINT NOT NULL, level SMALLINT NOT NULL, idx BIGINT NOT NULL, hash {bytes} NOT NULL,
        PRIMARY KEY (p, level, idx)) {clustered}",
    "CREATE TABLE checkpoint (p SMALLINT NOT NULL, size BIGINT NOT NULL, day INTEGER NOT NULL, note {text} NOT NULL,
        key_id INTEGER NOT NULL, PRIMARY KEY (p, size)) {clustered}",
    "CREATE TABLE record_key (p SMALLINT NOT NULL, id INTEGER NOT NULL, vkey {text} NOT NULL, first_size BIGINT NOT NULL,
        endorsement {text} NOT NULL, PRIMARY KEY (p, id)) {clustered}",
];

/// Triggers of SQLite. An insert over an existing key is refused because `INSERT OR REPLACE` deletes without a trigger.
pub(crate) fn sqlite() -> Vec<String> {
    let mut statements = Vec::new();
    for (table, key, _) in TABLES {
        let key: Vec<String> = key.iter().map(|column| format!("AND {column} = NEW.{column}")).collect();
        statements.push(format!(
            "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
             WHEN EXISTS (SELECT 1 FROM {table} WHERE p = NEW.p {})
             BEGIN SELECT RAISE(ABORT, '{table} is append-only: this key is taken'); END",
            key.join(" ")
        ));
        for act in ["update", "delete"] {
            let upper = act.to_uppercase();
            statements.push(format!(
                "CREATE TRIGGER {table}_no_{act} BEFORE {upper} ON {table}
                 BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            ));
        }
    }
    statements
}

/// Triggers of PostgreSQL; `thuocdo_append_only` is there since the answers are guarded.
pub(crate) fn postgres() -> Vec<String> {
    let mut statements = Vec::new();
    for (table, _, _) in TABLES {
        for (act, each) in [("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")] {
            let upper = act.to_uppercase();
            statements.push(format!(
                "CREATE TRIGGER {table}_no_{act} BEFORE {upper} ON {table}
                 FOR EACH {each} EXECUTE FUNCTION thuocdo_append_only()"
            ));
        }
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
        let rights = TABLES
            .map(|(table, _, columns)| format!("GRANT INSERT, SELECT ({columns}) ON {table} TO {APPLICATION_ROLE}"));
        ddl::run_on(manager, DbBackend::Postgres, &rights).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, &TABLES.map(|(table, _, _)| table)).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
