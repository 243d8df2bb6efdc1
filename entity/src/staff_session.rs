//! A session of a person who signed in.

use sea_orm::entity::prelude::*;

/// A session of a person who signed in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_session")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Hash of the session's token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// Person.
    pub staff: i32,
    /// Moment of signing in.
    pub began: i64,
    /// Moment of the last page, to the minute.
    pub seen: i64,
    /// Moment of the last one-time code.
    pub confirmed: i64,
}

impl ActiveModelBehavior for ActiveModel {}
