//! A one-time ticket by its hash: what it is for, never whose.

use sea_orm::entity::prelude::*;

/// A one-time ticket by its hash: what it is for, never whose.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Hash of the ticket.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// Stage of the dossier.
    pub stage: i16,
    /// Receiving point.
    pub point: i32,
    /// Deciding unit, where known.
    pub deciding_unit: i32,
    /// Procedure, where known.
    pub procedure: i32,
    /// Field, where known.
    pub field: i16,
    /// Day of issue.
    pub issued_day: i32,
    /// Last day on which it gives its level; none while the result is not returned.
    pub expires_day: Option<i32>,
    /// Why it gives a lower level.
    pub reason: i16,
    /// Whether a link was sent for it, or is about to be.
    pub invited: bool,
}

impl ActiveModelBehavior for ActiveModel {}
