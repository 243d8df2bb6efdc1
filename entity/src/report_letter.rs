//! The letter before a report, to a person.

use sea_orm::entity::prelude::*;

/// The letter before a report, to a person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_letter")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff: i32,
    /// The day before which the report is due.
    #[sea_orm(primary_key, auto_increment = false)]
    pub due: i32,
    /// How many days before it the letter was due.
    #[sea_orm(primary_key, auto_increment = false)]
    pub days: i16,
}

impl ActiveModelBehavior for ActiveModel {}
