//! Somebody says that another person spent their ticket.

use sea_orm::entity::prelude::*;

/// Somebody says that another person spent their ticket.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dispute")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Hash of the ticket.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_hash: Vec<u8>,
    /// Receiving point.
    pub point: i32,
    /// Half-month in which it was said.
    pub half: i32,
}

impl ActiveModelBehavior for ActiveModel {}
