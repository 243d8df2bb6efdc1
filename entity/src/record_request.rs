//! Who asked for the records behind a publication, and who let them.

use sea_orm::entity::prelude::*;

/// A request.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_request")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The publication.
    #[sea_orm(column_type = "Text")]
    pub slug: String,
    /// Its version.
    pub version: i32,
    /// What for.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Who asked.
    pub asker: i32,
    /// When.
    pub asked_at: i64,
    /// asked, allowed or refused.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Who decided.
    pub decider: Option<i32>,
    /// When.
    pub decided_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
