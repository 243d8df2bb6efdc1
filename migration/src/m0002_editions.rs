//! Editions of questionnaires: identified by the hash of the parsed definition, never edited, only succeeded.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

const TABLES: &[&str] = &["edition"];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE edition (
        number SMALLINT NOT NULL PRIMARY KEY, code {text} NOT NULL, version SMALLINT NOT NULL, hash {bytes} NOT NULL UNIQUE,
        definition {text} NOT NULL, measure SMALLINT NOT NULL, headline_levels {text} NOT NULL, succeeds SMALLINT,
        comparable BOOLEAN NOT NULL, first_day INTEGER NOT NULL, UNIQUE (code, version))",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
