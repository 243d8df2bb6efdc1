//! The answers: appended, never changed, never deleted; sealed in key order when their day has ended.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;
use crate::m0003_answers_guard as guard;
use sea_orm_migration::sea_orm::DbBackend;

const TABLES: &[&str] = &["response_open", "response", "comment_open", "comment", "idempotency"];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE response_open (p SMALLINT NOT NULL, day INTEGER NOT NULL, leaf {bytes} NOT NULL, format SMALLINT NOT NULL,
        edition SMALLINT NOT NULL, point INTEGER NOT NULL, deciding_unit INTEGER NOT NULL, procedure INTEGER NOT NULL,
        field SMALLINT NOT NULL, channel SMALLINT NOT NULL, level SMALLINT NOT NULL, reason SMALLINT NOT NULL,
        helper SMALLINT NOT NULL, flags SMALLINT NOT NULL, wave INTEGER, place INTEGER, answers {bytes} NOT NULL,
        comment_hash {bytes}, salt {bytes} NOT NULL, PRIMARY KEY (p, day, leaf)) {clustered}",
    "CREATE TABLE response (p SMALLINT NOT NULL, day INTEGER NOT NULL, leaf {bytes} NOT NULL, format SMALLINT NOT NULL,
        edition SMALLINT NOT NULL, point INTEGER NOT NULL, deciding_unit INTEGER NOT NULL, procedure INTEGER NOT NULL,
        field SMALLINT NOT NULL, channel SMALLINT NOT NULL, level SMALLINT NOT NULL, reason SMALLINT NOT NULL,
        helper SMALLINT NOT NULL, flags SMALLINT NOT NULL, wave INTEGER, place INTEGER, answers {bytes} NOT NULL,
        comment_hash {bytes}, salt {bytes} NOT NULL, PRIMARY KEY (p, day, leaf)) {clustered}",
    "CREATE TABLE comment_open (p SMALLINT NOT NULL, day INTEGER NOT NULL, leaf {bytes} NOT NULL, text {text}, salt {bytes},
        erased INTEGER, PRIMARY KEY (p, day, leaf)) {clustered}",
    "CREATE TABLE comment (p SMALLINT NOT NULL, day INTEGER NOT NULL, leaf {bytes} NOT NULL, text {text}, salt {bytes},
        erased INTEGER, PRIMARY KEY (p, day, leaf)) {clustered}",
    "CREATE TABLE idempotency (
        p SMALLINT NOT NULL, opened_day INTEGER NOT NULL, key_hash {bytes} NOT NULL, stored_day INTEGER NOT NULL,
        PRIMARY KEY (p, opened_day, key_hash)) {clustered}",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        ddl::run_on(manager, DbBackend::Sqlite, &guard::sqlite()).await?;
        ddl::run_on(manager, DbBackend::Postgres, &guard::postgres()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
