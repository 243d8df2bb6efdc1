//! A letter that waits to be sent.

use sea_orm::entity::prelude::*;

/// A letter that waits to be sent.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Drawn at random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// What kind of letter it is.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// To whom, about what, and its text, as JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Moment before which nobody takes it.
    pub not_before: i64,
    /// How often it was taken.
    pub attempts: i16,
}

impl ActiveModelBehavior for ActiveModel {}
