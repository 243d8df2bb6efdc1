//! Letters that wait to be sent: they are written in the transaction of the act they tell of, and removed once they left.
//!
//! `id` is drawn at random, so that it tells nothing of an order; a letter that is being sent has its `not_before` in the
//! future, so that no other server takes it meanwhile.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["outbox"];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE outbox (
        p SMALLINT NOT NULL, id BIGINT NOT NULL, kind {text} NOT NULL, body {text} NOT NULL,
        not_before BIGINT NOT NULL, attempts SMALLINT NOT NULL, PRIMARY KEY (p, id)) {clustered}",
    "CREATE INDEX outbox_due ON outbox (p, not_before)",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        let rights =
            format!("GRANT SELECT, INSERT, DELETE, UPDATE (not_before, attempts) ON outbox TO {APPLICATION_ROLE}");
        ddl::run_on(manager, DbBackend::Postgres, &[rights]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
