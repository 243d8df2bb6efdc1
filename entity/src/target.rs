//! A target with its citation; contradictory ones coexist.

use sea_orm::entity::prelude::*;

/// A target with its citation; contradictory ones coexist.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "target")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Measures, separated by |; empty = undecided.
    #[sea_orm(column_type = "Text")]
    pub measures: String,
    /// Field; 0 = not known.
    pub field: i16,
    /// Unit.
    pub unit: i32,
    /// First year.
    pub year_from: i16,
    /// Last year.
    pub year_to: Option<i16>,
    /// The number to compare with.
    pub threshold: Option<f64>,
    /// Kind of number: percent, minutes, points.
    #[sea_orm(column_type = "Text")]
    pub value: String,
    /// >=, >, <= or rises.
    #[sea_orm(column_type = "Text")]
    pub comparison: String,
    /// Document that says so.
    #[sea_orm(column_type = "Text")]
    pub citation: String,
    /// Who issued it.
    #[sea_orm(column_type = "Text")]
    pub issuer: String,
    /// First day.
    pub valid_from: i32,
    /// Last day.
    pub valid_to: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
