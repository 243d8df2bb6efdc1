//! One-time tickets of dossiers: what a ticket is for, which ones are spent, which answers somebody else gave, and to whom a
//! link is still to be sent. No table holds a dossier, and none joins a ticket with an answer.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["ticket", "ticket_spent_open", "ticket_spent", "dispute", "invitation"];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE ticket (p SMALLINT NOT NULL, hash {bytes} NOT NULL, stage SMALLINT NOT NULL, point INTEGER NOT NULL,
        deciding_unit INTEGER NOT NULL, procedure INTEGER NOT NULL, field SMALLINT NOT NULL, issued_day INTEGER NOT NULL,
        expires_day INTEGER, reason SMALLINT NOT NULL, invited BOOLEAN NOT NULL, PRIMARY KEY (p, hash)) {clustered}",
    "CREATE TABLE ticket_spent_open (p SMALLINT NOT NULL, hash {bytes} NOT NULL, PRIMARY KEY (p, hash)) {clustered}",
    "CREATE TABLE ticket_spent (p SMALLINT NOT NULL, hash {bytes} NOT NULL, PRIMARY KEY (p, hash)) {clustered}",
    "CREATE TABLE dispute (p SMALLINT NOT NULL, ticket_hash {bytes} NOT NULL, point INTEGER NOT NULL, half INTEGER NOT NULL,
        PRIMARY KEY (p, ticket_hash)) {clustered}",
    "CREATE TABLE invitation (p SMALLINT NOT NULL, hash {bytes} NOT NULL, contact_hash {bytes} NOT NULL, address {text},
        sealed {bytes}, not_before BIGINT NOT NULL, attempts SMALLINT NOT NULL, delete_on INTEGER NOT NULL,
        PRIMARY KEY (p, hash)) {clustered}",
    "CREATE INDEX invitation_contact ON invitation (p, contact_hash)",
];

/// Tables into which something is written once.
const APPENDED: [(&str, &str); 3] =
    [("ticket_spent_open", "hash"), ("ticket_spent", "hash"), ("dispute", "ticket_hash")];

/// Triggers of SQLite; an insert over an existing key is refused before it can replace.
pub(crate) fn sqlite() -> Vec<String> {
    let mut statements = Vec::new();
    for (table, key) in APPENDED {
        statements.push(format!(
            "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
             WHEN EXISTS (SELECT 1 FROM {table} WHERE p = NEW.p AND {key} = NEW.{key})
             BEGIN SELECT RAISE(ABORT, '{table} is append-only: this ticket is there'); END"
        ));
        statements.push(format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ));
        let unless = match table {
            "ticket_spent_open" => {
                "WHEN NOT EXISTS (SELECT 1 FROM ticket_spent s WHERE s.p = OLD.p AND s.hash = OLD.hash)"
            }
            _ => "",
        };
        statements.push(format!(
            "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {unless}
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ));
    }
    statements
}

/// Triggers of PostgreSQL, and the function that moves what was spent away from the order in which it was.
pub(crate) fn postgres() -> Vec<String> {
    let mut statements = Vec::new();
    for (table, _) in APPENDED {
        statements.push(format!(
            "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION thuocdo_append_only()"
        ));
    }
    statements.push(
        "CREATE FUNCTION thuocdo_seal_tickets(province SMALLINT) RETURNS void LANGUAGE plpgsql
         SECURITY DEFINER SET search_path = public, pg_temp AS $$
         BEGIN
           LOCK TABLE ticket_spent_open IN ACCESS EXCLUSIVE MODE;
           INSERT INTO ticket_spent (p, hash) SELECT p, hash FROM ticket_spent_open WHERE p = province ORDER BY p, hash;
           CREATE TEMP TABLE ticket_rest ON COMMIT DROP AS
             SELECT p, hash FROM ticket_spent_open WHERE p <> province ORDER BY p, hash;
           TRUNCATE ticket_spent_open;
           INSERT INTO ticket_spent_open (p, hash) SELECT p, hash FROM ticket_rest ORDER BY p, hash;
           DROP TABLE ticket_rest;
         END $$"
            .to_owned(),
    );
    statements
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let role = APPLICATION_ROLE;
        ddl::run(manager, STATEMENTS).await?;
        ddl::run_on(manager, DbBackend::Sqlite, &sqlite()).await?;
        ddl::run_on(manager, DbBackend::Postgres, &postgres()).await?;
        let rights = [
            format!(
                "GRANT SELECT, INSERT, UPDATE (point, deciding_unit, procedure, field, expires_day, reason, invited) ON ticket TO {role}"
            ),
            format!("GRANT INSERT, SELECT (p, hash) ON ticket_spent_open TO {role}"),
            format!("GRANT INSERT, SELECT (p, hash) ON ticket_spent TO {role}"),
            format!("GRANT INSERT, SELECT (p, ticket_hash, point, half) ON dispute TO {role}"),
            format!("GRANT SELECT, INSERT, UPDATE, DELETE ON invitation TO {role}"),
            "REVOKE ALL ON FUNCTION thuocdo_seal_tickets(SMALLINT) FROM PUBLIC".to_owned(),
            format!("GRANT EXECUTE ON FUNCTION thuocdo_seal_tickets(SMALLINT) TO {role}"),
        ];
        ddl::run_on(manager, DbBackend::Postgres, &rights).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await?;
        let functions = ["DROP FUNCTION IF EXISTS thuocdo_seal_tickets(SMALLINT)".to_owned()];
        ddl::run_on(manager, DbBackend::Postgres, &functions).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
