//! The key of a form that was stored: neither its answer nor its receipt.

use sea_orm::entity::prelude::*;

/// The key of a form that was stored: neither its answer nor its receipt.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Day the form was opened.
    #[sea_orm(primary_key, auto_increment = false)]
    pub opened_day: i32,
    /// Hash of the form key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: Vec<u8>,
    /// Day the answer was stored.
    pub stored_day: i32,
}

impl ActiveModelBehavior for ActiveModel {}
