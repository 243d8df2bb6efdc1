//! Dossiers that are late, until their people have had an apology: whoever decides has to write one.
//!
//! The key is drawn at random and rows are written in its order, and the program's role reads named columns alone: where a
//! row lies says nothing about the line of the file it came from.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["late_dossier"];
const COLUMNS: &str = "p, id, number, point, deciding_unit, unit, procedure, received, due, returned, seen_day, \
     drafted_day, new_due, sent_day, sent_number, noted_day";

const STATEMENTS: &[&str] = &[
    "CREATE TABLE late_dossier (p SMALLINT NOT NULL, id BIGINT NOT NULL, number {text}, point INTEGER NOT NULL,
        deciding_unit INTEGER NOT NULL, unit INTEGER NOT NULL, procedure INTEGER NOT NULL, received INTEGER NOT NULL,
        due INTEGER NOT NULL, returned INTEGER, seen_day INTEGER NOT NULL, drafted_day INTEGER, new_due INTEGER,
        sent_day INTEGER, sent_number {text}, noted_day INTEGER, PRIMARY KEY (p, id)) {clustered}",
    "CREATE UNIQUE INDEX late_dossier_number ON late_dossier (p, number)",
    "CREATE INDEX late_dossier_unit ON late_dossier (p, unit)",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        let rights = format!(
            "GRANT INSERT, UPDATE ({COLUMNS}), DELETE, SELECT ({COLUMNS}) ON late_dossier TO {APPLICATION_ROLE}"
        );
        ddl::run_on(manager, DbBackend::Postgres, &[rights]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
