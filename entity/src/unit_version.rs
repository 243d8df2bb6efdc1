//! What a unit was from one day to another.

use sea_orm::entity::prelude::*;

/// What a unit was from one day to another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_version")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Unit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit: i32,
    /// First day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: i32,
    /// Last day.
    pub valid_to: Option<i32>,
    /// Code.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// Five-digit administrative code.
    #[sea_orm(column_type = "Text", nullable)]
    pub admin_code: Option<String>,
    /// Name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Kind.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Parent unit.
    pub parent: Option<i32>,
    /// Unit that collects its answers.
    pub collector: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
