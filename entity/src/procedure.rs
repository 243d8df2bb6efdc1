//! An administrative procedure.

use sea_orm::entity::prelude::*;

/// An administrative procedure.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "procedure")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Procedure; 0 = not known.
    #[sea_orm(primary_key, auto_increment = false)]
    pub procedure: i32,
    /// Code.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// Name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Field; 0 = not known.
    pub field: i16,
}

impl ActiveModelBehavior for ActiveModel {}
