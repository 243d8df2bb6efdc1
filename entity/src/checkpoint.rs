//! A signed state of the tree of answers.

use sea_orm::entity::prelude::*;

/// A signed state of the tree of answers.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkpoint")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Number of leaves.
    #[sea_orm(primary_key, auto_increment = false)]
    pub size: i64,
    /// Last day sealed by then.
    pub day: i32,
    /// The signed note.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Key that signed it.
    pub key_id: i32,
}

impl ActiveModelBehavior for ActiveModel {}
