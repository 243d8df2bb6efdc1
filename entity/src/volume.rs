//! Dossiers received, returned and late in a span of days.

use sea_orm::entity::prelude::*;

/// Dossiers received, returned and late in a span of days.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "volume")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Collection point.
    #[sea_orm(primary_key, auto_increment = false)]
    pub point: i32,
    /// Deciding unit; 0 = not known.
    #[sea_orm(primary_key, auto_increment = false)]
    pub deciding_unit: i32,
    /// Field; 0 = not known.
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: i16,
    /// First day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_day: i32,
    /// Last day.
    pub to_day: i32,
    /// Dossiers received.
    pub received: i64,
    /// Dossiers returned.
    pub returned: i64,
    /// Returned late.
    pub late: i64,
}

impl ActiveModelBehavior for ActiveModel {}
