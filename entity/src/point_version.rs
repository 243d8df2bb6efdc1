//! What a collection point was from one day to another.

use sea_orm::entity::prelude::*;

/// What a collection point was from one day to another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "point_version")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Collection point.
    #[sea_orm(primary_key, auto_increment = false)]
    pub point: i32,
    /// First day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: i32,
    /// Last day.
    pub valid_to: Option<i32>,
    /// Unit.
    pub unit: i32,
    /// Name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Code of the questionnaire.
    #[sea_orm(column_type = "Text")]
    pub questionnaire: String,
    /// Field; 0 = not known.
    pub field: i16,
    /// How many officers share the point.
    pub officers: i16,
}

impl ActiveModelBehavior for ActiveModel {}
