//! The comment of a sealed answer, the only erasable part.

use sea_orm::entity::prelude::*;

/// The comment of a sealed answer, the only erasable part.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Civil day at +07:00.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// Hash of the record: the key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub leaf: Vec<u8>,
    /// Masked text; absent once erased.
    #[sea_orm(column_type = "Text", nullable)]
    pub text: Option<String>,
    /// Salt.
    pub salt: Option<Vec<u8>>,
    /// Day of erasure.
    pub erased: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
