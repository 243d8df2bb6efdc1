//! A public key that signs checkpoints.

use sea_orm::entity::prelude::*;

/// A public key that signs checkpoints.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_key")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Number, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The key as it is written in notes.
    #[sea_orm(column_type = "Text")]
    pub vkey: String,
    /// Smallest size of a checkpoint it signs.
    pub first_size: i64,
    /// Note of the key before, over this one.
    #[sea_orm(column_type = "Text")]
    pub endorsement: String,
}

impl ActiveModelBehavior for ActiveModel {}
