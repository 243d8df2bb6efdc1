//! A collection point.

use sea_orm::entity::prelude::*;

/// A collection point.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "point")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Collection point.
    #[sea_orm(primary_key, auto_increment = false)]
    pub point: i32,
    /// Code.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// Kind.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
}

impl ActiveModelBehavior for ActiveModel {}
