//! Marks of a point's answers in a half-month, as counts.

use sea_orm::entity::prelude::*;

/// Marks of a point's answers in a half-month, as counts.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signal")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Collection point.
    #[sea_orm(primary_key, auto_increment = false)]
    pub point: i32,
    /// Half-month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub half: i32,
    /// Which mark.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i16,
    /// How many answers bear it.
    pub n: i64,
}

impl ActiveModelBehavior for ActiveModel {}
