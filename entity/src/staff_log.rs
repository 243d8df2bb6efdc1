//! One act of staff in the hash chain.

use sea_orm::entity::prelude::*;

/// One act of staff in the hash chain.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_log")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Sequence number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// Moment.
    pub at: i64,
    /// Who.
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    /// What.
    #[sea_orm(column_type = "Text")]
    pub act: String,
    /// On what.
    #[sea_orm(column_type = "Text")]
    pub object: String,
    /// Hash of the act before.
    pub prev: Vec<u8>,
    /// Hash.
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
