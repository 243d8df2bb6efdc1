//! A file that was uploaded and waits to be imported.

use sea_orm::entity::prelude::*;

/// A file that was uploaded and waits to be imported.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upload")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Random number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Vec<u8>,
    /// Who uploaded it.
    pub staff: i32,
    /// What it holds.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Name of the file.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// Moment of uploading.
    pub made: i64,
}

impl ActiveModelBehavior for ActiveModel {}
