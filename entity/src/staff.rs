//! A person with an account.

use sea_orm::entity::prelude::*;

/// A person with an account.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Number of the person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff: i32,
    /// Address; the name with which the person signs in.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// Name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Unit the person works in; 0 where there is none.
    pub own_unit: i32,
    /// Argon2id of the password, as a PHC string.
    #[sea_orm(column_type = "Text", nullable)]
    pub password: Option<String>,
    /// Seed of the secret of one-time codes; nothing without the key file.
    pub code_seed: Option<Vec<u8>>,
    /// Last step whose code was used.
    pub code_step: i64,
    /// Moment of making.
    pub made: i64,
    /// Moment of activation.
    pub activated: Option<i64>,
    /// Moment of closing.
    pub closed: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
