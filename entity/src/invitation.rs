//! A link that is to be sent, or was sent in the last days.

use sea_orm::entity::prelude::*;

/// A link that is to be sent, or was sent in the last days.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Hash of the ticket.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// Keyed hash of the contact.
    pub contact_hash: Vec<u8>,
    /// Where it is to be sent; gone as soon as it was.
    #[sea_orm(column_type = "Text", nullable)]
    pub address: Option<String>,
    /// The ticket, readable with the key file alone; gone as soon as it was sent.
    pub sealed: Option<Vec<u8>>,
    /// Moment of the next try.
    pub not_before: i64,
    /// Tries so far.
    pub attempts: i16,
    /// Day on which the row goes.
    pub delete_on: i32,
}

impl ActiveModelBehavior for ActiveModel {}
