//! A number that another system made for a unit and a span of days.

use sea_orm::entity::prelude::*;

/// A number that another system made for a unit and a span of days.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measure_input")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Unit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit: i32,
    /// First day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_day: i32,
    /// Last day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub to_day: i32,
    /// Which number it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub indicator: i16,
    /// The number, in ten-thousandths.
    pub value: i64,
}

impl ActiveModelBehavior for ActiveModel {}
