//! An edition of a questionnaire.

use sea_orm::entity::prelude::*;

/// An edition of a questionnaire.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "edition")]
pub struct Model {
    /// Number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i16,
    /// Code.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// Version.
    pub version: i16,
    /// Hash.
    pub hash: Vec<u8>,
    /// Text of the definition.
    #[sea_orm(column_type = "Text")]
    pub definition: String,
    /// Measure code.
    pub measure: i16,
    /// Levels of the headline.
    #[sea_orm(column_type = "Text")]
    pub headline_levels: String,
    /// Edition it succeeds.
    pub succeeds: Option<i16>,
    /// Whether the series goes on.
    pub comparable: bool,
    /// First day of use.
    pub first_day: i32,
}

impl ActiveModelBehavior for ActiveModel {}
