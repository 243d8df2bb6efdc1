//! A public code of a collection point; revoked, never deleted.

use sea_orm::entity::prelude::*;

/// A public code of a collection point; revoked, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "point_code")]
pub struct Model {
    /// Public code in the QR.
    #[sea_orm(primary_key, auto_increment = false)]
    pub public_code: String,
    /// Province.
    pub p: i16,
    /// Collection point.
    pub point: i32,
    /// Day of revocation.
    pub revoked: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
