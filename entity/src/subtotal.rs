//! Sums of sealed cells by unit and half-month, for the office.

use sea_orm::entity::prelude::*;

/// Sums of sealed cells by unit and half-month, for the office.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subtotal")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Unit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit: i32,
    /// Half-month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub half: i32,
    /// Edition number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub edition: i16,
    /// Trust level code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: i16,
    /// Channel code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: i16,
    /// Field; 0 = not known.
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: i16,
    /// 0 raw, 1 excluded, 2 moved out, 3 moved in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub adj: i16,
    /// Item number; 0 = the answers themselves.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item: i16,
    /// Left blank.
    pub n_blank: i64,
    /// Not applicable.
    pub n_na: i64,
    /// Level 1.
    pub n1: i64,
    /// Level 2.
    pub n2: i64,
    /// Level 3.
    pub n3: i64,
    /// Level 4.
    pub n4: i64,
    /// Level 5.
    pub n5: i64,
    /// Level 6.
    pub n6: i64,
    /// Level 7.
    pub n7: i64,
    /// Sum of values.
    pub sum_x: i64,
    /// Sum of squared values.
    pub sum_xx: i64,
}

impl ActiveModelBehavior for ActiveModel {}
