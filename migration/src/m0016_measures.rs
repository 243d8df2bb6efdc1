//! Figures that other systems made of their own, as an office typed or imported them: one row for each number, in
//! ten-thousandths, so that nothing is rounded on its way.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["measure_input"];

const STATEMENTS: &[&str] = &["CREATE TABLE measure_input (
        p SMALLINT NOT NULL, unit INTEGER NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER NOT NULL,
        indicator SMALLINT NOT NULL, value BIGINT NOT NULL,
        PRIMARY KEY (p, unit, from_day, to_day, indicator)) {clustered}"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        let rights = format!("GRANT SELECT, INSERT, UPDATE, DELETE ON measure_input TO {APPLICATION_ROLE}");
        ddl::run_on(manager, DbBackend::Postgres, &[rights]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
