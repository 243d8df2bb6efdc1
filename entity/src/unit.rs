//! A unit, whatever its name at a time.

use sea_orm::entity::prelude::*;

/// A unit, whatever its name at a time.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Unit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit: i32,
}

impl ActiveModelBehavior for ActiveModel {}
