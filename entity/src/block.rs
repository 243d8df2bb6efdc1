//! At least k new answers that figures grow by.

use sea_orm::entity::prelude::*;

/// At least k new answers that figures grow by.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "block")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// A point (positive) or the unit a remainder was pooled to (negative).
    #[sea_orm(primary_key, auto_increment = false)]
    pub node: i32,
    /// Edition number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub edition: i16,
    /// Trust level code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: i16,
    /// Half-month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub half: i32,
    /// Number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i16,
    /// Last day covered.
    pub through_day: i32,
    /// Answers.
    pub n: i64,
}

impl ActiveModelBehavior for ActiveModel {}
