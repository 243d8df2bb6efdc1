//! Marks of answers, as counts by point and half-month. They are never written in the transaction of an answer: a day's
//! counts come together, after the day has ended.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["signal"];

const STATEMENTS: &[&str] = &["CREATE TABLE signal (
        p SMALLINT NOT NULL, point INTEGER NOT NULL, half INTEGER NOT NULL, kind SMALLINT NOT NULL, n BIGINT NOT NULL,
        PRIMARY KEY (p, point, half, kind)) {clustered}"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        let rights =
            format!("GRANT INSERT, UPDATE (n), SELECT (p, point, half, kind, n) ON signal TO {APPLICATION_ROLE}");
        ddl::run_on(manager, DbBackend::Postgres, &[rights]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
