//! An answer of a day that is still open.

use sea_orm::entity::prelude::*;

/// An answer of a day that is still open.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "response_open")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Civil day at +07:00.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// Hash of the record: the key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub leaf: Vec<u8>,
    /// Format of the canonical record.
    pub format: i16,
    /// Edition number.
    pub edition: i16,
    /// Collection point.
    pub point: i32,
    /// Deciding unit; 0 = not known.
    pub deciding_unit: i32,
    /// Procedure; 0 = not known.
    pub procedure: i32,
    /// Field; 0 = not known.
    pub field: i16,
    /// Channel code.
    pub channel: i16,
    /// Trust level code.
    pub level: i16,
    /// Why the level was lowered; 0 = it was not.
    pub reason: i16,
    /// Who pressed.
    pub helper: i16,
    /// Marks the answer itself shows.
    pub flags: i16,
    /// Wave.
    pub wave: Option<i32>,
    /// Sampled place.
    pub place: Option<i32>,
    /// Canonical answers.
    pub answers: Vec<u8>,
    /// Commitment to the comment.
    pub comment_hash: Option<Vec<u8>>,
    /// Salt.
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
