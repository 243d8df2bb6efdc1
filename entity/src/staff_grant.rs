//! A role of a person within a part of the unit tree.

use sea_orm::entity::prelude::*;

/// A role of a person within a part of the unit tree.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_grant")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff: i32,
    /// Role.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: i16,
    /// Unit at the top of the part; 0 for the whole province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope_unit: i32,
}

impl ActiveModelBehavior for ActiveModel {}
