//! Decisions of two persons: one proposes, another from outside the rated units decides. Rows are never deleted, and one that
//! is decided never changes again.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["decision"];

const STATEMENTS: &[&str] = &["CREATE TABLE decision (
        p SMALLINT NOT NULL, id INTEGER NOT NULL, kind {text} NOT NULL, reason {text} NOT NULL, note {text} NOT NULL,
        subject {text} NOT NULL, rated {text} NOT NULL, proposer INTEGER NOT NULL, proposed_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL, state {text} NOT NULL, decider INTEGER, decided_at BIGINT, log_seq INTEGER,
        PRIMARY KEY (p, id))"];

/// Columns that say what was proposed: no decision touches them.
const PROPOSED: [&str; 10] =
    ["p", "id", "kind", "reason", "note", "subject", "rated", "proposer", "proposed_at", "expires_at"];
/// Columns that a decision fills.
const DECIDED: &str = "state, decider, decided_at, log_seq";

/// `NEW.p <> OLD.p OR …`
fn changed() -> String {
    PROPOSED.map(|column| format!("NEW.{column} <> OLD.{column}")).join(" OR ")
}

/// Triggers of SQLite; an insert over an existing key is refused before it can replace.
pub(crate) fn sqlite() -> Vec<String> {
    vec![
        "CREATE TRIGGER decision_no_replace BEFORE INSERT ON decision
         WHEN EXISTS (SELECT 1 FROM decision WHERE p = NEW.p AND id = NEW.id)
         BEGIN SELECT RAISE(ABORT, 'a decision is never replaced: this number is taken'); END"
            .to_owned(),
        format!(
            "CREATE TRIGGER decision_once BEFORE UPDATE ON decision
             WHEN OLD.state <> 'proposed' OR {}
             BEGIN SELECT RAISE(ABORT, 'a decision is taken once and never changed'); END",
            changed()
        ),
        "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
         BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END"
            .to_owned(),
    ]
}

/// Triggers of PostgreSQL.
pub(crate) fn postgres() -> Vec<String> {
    vec![
        format!(
            "CREATE FUNCTION thuocdo_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
               IF OLD.state <> 'proposed' OR {} THEN
                 RAISE EXCEPTION 'a decision is taken once and never changed';
               END IF;
               RETURN NEW;
             END $$",
            changed()
        ),
        "CREATE FUNCTION thuocdo_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION 'a % is never deleted', TG_TABLE_NAME; END $$"
            .to_owned(),
        "CREATE TRIGGER decision_once BEFORE UPDATE ON decision
         FOR EACH ROW EXECUTE FUNCTION thuocdo_decided_once()"
            .to_owned(),
        "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
         FOR EACH ROW EXECUTE FUNCTION thuocdo_never_deleted()"
            .to_owned(),
    ]
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        ddl::run_on(manager, DbBackend::Sqlite, &sqlite()).await?;
        ddl::run_on(manager, DbBackend::Postgres, &postgres()).await?;
        let rights = [format!("GRANT SELECT, INSERT, UPDATE ({DECIDED}) ON decision TO {APPLICATION_ROLE}")];
        ddl::run_on(manager, DbBackend::Postgres, &rights).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await?;
        let functions = ["thuocdo_decided_once", "thuocdo_never_deleted"];
        let functions = functions.map(|function| format!("DROP FUNCTION IF EXISTS {function}()"));
        ddl::run_on(manager, DbBackend::Postgres, &functions).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
