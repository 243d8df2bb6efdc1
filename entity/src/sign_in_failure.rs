//! How often signing in has failed lately under one address, known or not.

use sea_orm::entity::prelude::*;

/// How often signing in has failed lately under one address, known or not.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_failure")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Keyed hash of the address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub who: Vec<u8>,
    /// Failures in a row.
    pub n: i32,
    /// Moment of the last one.
    pub last: i64,
}

impl ActiveModelBehavior for ActiveModel {}
