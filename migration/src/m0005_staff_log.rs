//! What staff did, in the order of time, as a hash chain.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

const TABLES: &[&str] = &["staff_log"];

const STATEMENTS: &[&str] = &["CREATE TABLE staff_log (
        p SMALLINT NOT NULL, seq INTEGER NOT NULL, at BIGINT NOT NULL, actor {text} NOT NULL, act {text} NOT NULL,
        object {text} NOT NULL, prev {bytes} NOT NULL, hash {bytes} NOT NULL, PRIMARY KEY (p, seq))"];

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
