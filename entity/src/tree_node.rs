//! A complete subtree of the tree of answers.

use sea_orm::entity::prelude::*;

/// A complete subtree of the tree of answers.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tree_node")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Height.
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: i16,
    /// Place among those of its height, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub idx: i64,
    /// Root of the subtree.
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
