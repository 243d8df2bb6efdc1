//! A ticket that was spent on the open day.

use sea_orm::entity::prelude::*;

/// A ticket that was spent on the open day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_spent_open")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Hash of the ticket.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
