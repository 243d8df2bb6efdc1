//! What was found of a node at a moment.

use sea_orm::entity::prelude::*;

/// What was found of a node at a moment.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "alert")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// The moment: the last day that is counted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// A point, or a unit as a negative number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub node: i32,
    /// Edition under which the counts are shown.
    #[sea_orm(primary_key, auto_increment = false)]
    pub edition: i16,
    /// Level.
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: i16,
    /// The unit the node belonged to.
    pub unit: i32,
    /// What it says.
    pub sign: i16,
    /// First of the moments one after the other at which it said so; of marked nodes alone.
    pub since: Option<i32>,
    /// The lowest item.
    pub item: Option<i16>,
    /// The target.
    pub target: f64,
    /// Satisfied with the lowest item.
    pub satisfied: i64,
    /// Who answered it.
    pub answered: i64,
    /// Natural logarithm of the e-value.
    pub log_e: Option<f64>,
}

impl ActiveModelBehavior for ActiveModel {}
