//! An answer that came after its day had been sealed, and the batch it stands in.

use sea_orm::entity::prelude::*;

/// An answer that came after its day had been sealed, and the batch it stands in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batch_late")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Civil day of the answer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// Hash of the record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub leaf: Vec<u8>,
    /// Batch.
    pub number: i32,
}

impl ActiveModelBehavior for ActiveModel {}
