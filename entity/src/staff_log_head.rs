//! The last act of the staff log, so that a tail that was cut off is missed.

use sea_orm::entity::prelude::*;

/// The last act of the staff log.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_log_head")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Sequence number of the last act.
    pub seq: i32,
    /// Its hash.
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
