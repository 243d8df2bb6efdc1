//! A one-time link that was given out and not used.

use sea_orm::entity::prelude::*;

/// A one-time link that was given out and not used.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_link")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Hash of the link's token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// Person; 0 for the first administrator.
    pub staff: i32,
    /// What it is for.
    pub kind: i16,
    /// Moment from which it is void.
    pub expires: i64,
}

impl ActiveModelBehavior for ActiveModel {}
