//! The installation of one province.

use sea_orm::entity::prelude::*;

/// The installation of one province.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Whether the data are a simulation.
    pub simulated: bool,
    /// Format of the canonical record.
    pub format: i16,
    /// Last sealed day.
    pub sealed_through: Option<i32>,
    /// Counts every change of figures or registry, so that caches know when to read again.
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
