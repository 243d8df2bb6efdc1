//! Counts of two items together by day.

use sea_orm::entity::prelude::*;

/// Counts of two items together by day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cell_pair")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Civil day at +07:00.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// Collection point.
    #[sea_orm(primary_key, auto_increment = false)]
    pub point: i32,
    /// Deciding unit; 0 = not known.
    #[sea_orm(primary_key, auto_increment = false)]
    pub deciding_unit: i32,
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
    /// Second item number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item2: i16,
    /// Both answered.
    pub n_aa: i64,
    /// Both answered, second satisfied.
    pub n_as: i64,
    /// Both answered, first satisfied.
    pub n_sa: i64,
    /// Both satisfied.
    pub n_ss: i64,
}

impl ActiveModelBehavior for ActiveModel {}
