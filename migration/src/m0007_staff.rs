//! People with accounts: who they are, what they may do where, how they prove it, and what they are about to import.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] =
    &["staff", "staff_grant", "staff_session", "staff_link", "staff_recovery", "sign_in_failure", "upload"];

const STATEMENTS: &[&str] = &[
    // `password` is a PHC string of Argon2id; `code_seed` makes, with a key from the key file, the secret of the one-time
    // codes; `code_step` is the last step whose code was used.
    "CREATE TABLE staff (
        p SMALLINT NOT NULL, staff INTEGER NOT NULL, email {text} NOT NULL, name {text} NOT NULL,
        own_unit INTEGER NOT NULL, password {text}, code_seed {bytes}, code_step BIGINT NOT NULL,
        made BIGINT NOT NULL, activated BIGINT, closed BIGINT,
        PRIMARY KEY (p, staff))",
    // Whoever has left leaves the address to a successor.
    "CREATE UNIQUE INDEX staff_email ON staff (p, email) WHERE closed IS NULL",
    "CREATE TABLE staff_grant (
        p SMALLINT NOT NULL, staff INTEGER NOT NULL, role SMALLINT NOT NULL, scope_unit INTEGER NOT NULL,
        PRIMARY KEY (p, staff, role, scope_unit), FOREIGN KEY (p, staff) REFERENCES staff (p, staff))",
    "CREATE TABLE staff_session (
        p SMALLINT NOT NULL, hash {bytes} NOT NULL, staff INTEGER NOT NULL, began BIGINT NOT NULL, seen BIGINT NOT NULL,
        confirmed BIGINT NOT NULL, PRIMARY KEY (p, hash), FOREIGN KEY (p, staff) REFERENCES staff (p, staff))",
    "CREATE INDEX staff_session_staff ON staff_session (p, staff)",
    // `staff` is 0 for the first administrator, whom nobody knows yet.
    "CREATE TABLE staff_link (
        p SMALLINT NOT NULL, hash {bytes} NOT NULL, staff INTEGER NOT NULL, kind SMALLINT NOT NULL,
        expires BIGINT NOT NULL, PRIMARY KEY (p, hash))",
    "CREATE TABLE staff_recovery (
        p SMALLINT NOT NULL, staff INTEGER NOT NULL, hash {bytes} NOT NULL,
        PRIMARY KEY (p, staff, hash), FOREIGN KEY (p, staff) REFERENCES staff (p, staff))",
    "CREATE TABLE sign_in_failure (
        p SMALLINT NOT NULL, who {bytes} NOT NULL, n INTEGER NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (p, who))",
    "CREATE TABLE upload (
        p SMALLINT NOT NULL, id {bytes} NOT NULL, staff INTEGER NOT NULL, kind {text} NOT NULL, name {text} NOT NULL,
        content {bytes} NOT NULL, made BIGINT NOT NULL, PRIMARY KEY (p, id))",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        let rights = format!("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {APPLICATION_ROLE}", TABLES.join(", "));
        ddl::run_on(manager, DbBackend::Postgres, &[rights]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
