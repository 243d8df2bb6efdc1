//! One sealed day, or what came late to one, in the tree of answers.

use sea_orm::entity::prelude::*;

/// One sealed day, or what came late to one, in the tree of answers.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batch")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Number, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Civil day of its answers.
    pub day: i32,
    /// Place of its first leaf in the tree, from 0.
    pub first: i64,
    /// Number of leaves.
    pub n: i64,
    /// Root of the tree of its own leaves.
    pub root: Vec<u8>,
    /// Complete subtrees of the whole tree after it, largest first.
    pub peaks: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
