//! How many one-time tickets were given out, by point and time: the way to that count without reading all tickets.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

const STATEMENTS: &[&str] = &["CREATE INDEX ticket_issued ON ticket (p, issued_day, point, field)"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, &["DROP INDEX ticket_issued"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
