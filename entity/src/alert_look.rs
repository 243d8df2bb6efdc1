//! A moment at which was looked for alerts.

use sea_orm::entity::prelude::*;

/// A moment at which was looked for alerts.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alert_look")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// The last day that is counted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// How many nodes there were.
    pub tested: i32,
}

impl ActiveModelBehavior for ActiveModel {}
