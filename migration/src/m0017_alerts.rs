//! Alerts of fixed moments, and who was sent the letter of which week.
//!
//! A moment is looked at once: its row in `alert_look` says so, and rows of `alert` come with it in one transaction. They are
//! never changed; the application's role on PostgreSQL cannot. `node` is a point, or a unit as a negative number.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["alert_look", "alert", "digest"];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE alert_look (
        p SMALLINT NOT NULL, day INTEGER NOT NULL, tested INTEGER NOT NULL, PRIMARY KEY (p, day)) {clustered}",
    "CREATE TABLE alert (
        p SMALLINT NOT NULL, day INTEGER NOT NULL, node INTEGER NOT NULL, edition SMALLINT NOT NULL,
        level SMALLINT NOT NULL, unit INTEGER NOT NULL, sign SMALLINT NOT NULL, since INTEGER, item SMALLINT,
        target DOUBLE PRECISION NOT NULL, satisfied BIGINT NOT NULL, answered BIGINT NOT NULL, log_e DOUBLE PRECISION,
        PRIMARY KEY (p, day, node, edition, level)) {clustered}",
    // One row for each person: the Monday of the last week whose letter was laid into the outbox, and whether they want none.
    "CREATE TABLE digest (
        p SMALLINT NOT NULL, staff INTEGER NOT NULL, week INTEGER NOT NULL, unwanted BOOLEAN NOT NULL,
        PRIMARY KEY (p, staff)) {clustered}",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        let rights = [
            format!("GRANT SELECT, INSERT, DELETE ON alert_look, alert TO {APPLICATION_ROLE}"),
            format!("GRANT SELECT, INSERT, UPDATE (week, unwanted) ON digest TO {APPLICATION_ROLE}"),
        ];
        ddl::run_on(manager, DbBackend::Postgres, &rights).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
