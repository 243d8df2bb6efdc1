//! A late dossier: until when it was due, and what became of the apology. No name and no contact.

use sea_orm::entity::prelude::*;

/// A late dossier: until when it was due, and what became of the apology. No name and no contact.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "late_dossier")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Drawn at random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Number of the dossier; gone after some days.
    pub number: Option<String>,
    /// Receiving point.
    pub point: i32,
    /// Deciding unit; 0 = not known.
    pub deciding_unit: i32,
    /// The unit that owes the apology: the deciding one, otherwise that of the point.
    pub unit: i32,
    /// Procedure; 0 = not known.
    pub procedure: i32,
    /// Day on which it was received.
    pub received: i32,
    /// Day on which the result was due.
    pub due: i32,
    /// Day on which the result was returned.
    pub returned: Option<i32>,
    /// Day of the last file that named it.
    pub seen_day: i32,
    /// Day on which an apology was last drafted.
    pub drafted_day: Option<i32>,
    /// New day of the result; given once.
    pub new_due: Option<i32>,
    /// Day of the signed apology.
    pub sent_day: Option<i32>,
    /// Number of the signed apology.
    pub sent_number: Option<String>,
    /// Day on which it was noted that the apology has left.
    pub noted_day: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
