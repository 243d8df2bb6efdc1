//! A case: a bad rating with a comment. The comment stays where it is and is found by day and leaf.

use sea_orm::entity::prelude::*;

/// A case: a bad rating with a comment. The comment stays where it is and is found by day and leaf.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "complaint")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Random number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Day of the answer.
    pub day: i32,
    /// Leaf of the answer.
    pub leaf: Vec<u8>,
    /// The rated unit: it received on that day.
    pub unit: i32,
    /// How far it has come.
    pub state: i16,
    /// Whether the comment hints at bribery or harassment.
    pub hint: bool,
    /// What it is about.
    pub class: Option<i16>,
    /// The unit charged with it.
    pub assigned_unit: Option<i32>,
    /// What that unit is told, in general words.
    #[sea_orm(column_type = "Text", nullable)]
    pub task: Option<String>,
    /// Day on which a unit was first charged with it.
    pub released_day: Option<i32>,
    /// Last day for the answer.
    pub due_day: Option<i32>,
    /// The answer, in general words.
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    /// Day on which it was answered, passed on or closed.
    pub ended_day: Option<i32>,
    /// Quarter of the answer: year × 4 + quarter − 1.
    pub quarter: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
