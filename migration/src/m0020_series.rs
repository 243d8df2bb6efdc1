//! Published series of other bodies: a row for each number, or for the words that stand in its place, with its source and
//! the break that lies before it.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["series_value"];

const STATEMENTS: &[&str] = &["CREATE TABLE series_value (
        p SMALLINT NOT NULL, series {text} NOT NULL, year SMALLINT NOT NULL, kind SMALLINT NOT NULL,
        value BIGINT, decimals SMALLINT NOT NULL, rank_of INTEGER,
        place TEXT NOT NULL, measure SMALLINT NOT NULL, publisher TEXT NOT NULL, frame SMALLINT,
        method TEXT NOT NULL, citation TEXT NOT NULL,
        note_vi TEXT, note_en TEXT, break_vi TEXT, break_en TEXT,
        PRIMARY KEY (p, series, year, kind)) {clustered}"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        let rights = format!("GRANT SELECT, INSERT, UPDATE, DELETE ON series_value TO {APPLICATION_ROLE}");
        ddl::run_on(manager, DbBackend::Postgres, &[rights]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
