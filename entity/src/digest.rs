//! The weekly letter to a person.

use sea_orm::entity::prelude::*;

/// The weekly letter to a person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digest")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff: i32,
    /// Monday of the last week whose letter was laid into the outbox; 0 before the first.
    pub week: i32,
    /// Whether the person wants none.
    pub unwanted: bool,
}

impl ActiveModelBehavior for ActiveModel {}
