//! A field of administration (lĩnh vực).

use sea_orm::entity::prelude::*;

/// A field of administration (lĩnh vực).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "field")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Field; 0 = not known.
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: i16,
    /// Name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
}

impl ActiveModelBehavior for ActiveModel {}
