//! One unit taking over from another.

use sea_orm::entity::prelude::*;

/// One unit taking over from another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "succession")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Predecessor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_unit: i32,
    /// Successor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub to_unit: i32,
    /// Civil day at +07:00.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// Kind.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Document that says so.
    #[sea_orm(column_type = "Text", nullable)]
    pub citation: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
