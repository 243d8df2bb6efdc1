//! A decision of two persons: proposed by one, decided by another.

use sea_orm::entity::prelude::*;

/// A decision of two persons: proposed by one, decided by another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// What is decided on: move, edition, exclude, restore or tickets.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Why, a word of a closed list.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// What the proposer adds.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// What is to be done, in canonical form.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// Units it is about, separated by |.
    #[sea_orm(column_type = "Text")]
    pub rated: String,
    /// Who proposed.
    pub proposer: i32,
    /// When.
    pub proposed_at: i64,
    /// Until when it may be decided.
    pub expires_at: i64,
    /// proposed, approved, refused or withdrawn.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Who decided, or took it back.
    pub decider: Option<i32>,
    /// When.
    pub decided_at: Option<i64>,
    /// Line of the staff log that tells of the approval.
    pub log_seq: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
