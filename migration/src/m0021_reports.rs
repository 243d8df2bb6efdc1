//! Who was sent the letter before which report.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["report_letter"];

const STATEMENTS: &[&str] = &[
    // One row for each letter: to whom, before which deadline, how many days before.
    "CREATE TABLE report_letter (
        p SMALLINT NOT NULL, staff INTEGER NOT NULL, due INTEGER NOT NULL, days SMALLINT NOT NULL,
        PRIMARY KEY (p, staff, due, days)) {clustered}",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        let rights = [format!("GRANT SELECT, INSERT, DELETE ON report_letter TO {APPLICATION_ROLE}")];
        ddl::run_on(manager, DbBackend::Postgres, &rights).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
