//! A recovery code on paper that was not used.

use sea_orm::entity::prelude::*;

/// A recovery code on paper that was not used.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_recovery")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff: i32,
    /// Keyed hash of the code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
