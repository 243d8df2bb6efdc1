//! Editions of questionnaires as this installation numbers them.

use entity::edition::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, QueryOrder};

use crate::words::{Day, EditionNumber};

/// A stored edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEdition {
    /// Number.
    pub number: EditionNumber,
    /// Code of the questionnaire.
    pub code: String,
    /// Version.
    pub version: i16,
    /// Hash of the parsed definition.
    pub hash: Vec<u8>,
    /// Text of the definition.
    pub definition: String,
    /// Measure code.
    pub measure: i16,
    /// Words of the headline levels, separated by `|`.
    pub headline_levels: String,
    /// Number of the edition it succeeds.
    pub succeeds: Option<EditionNumber>,
    /// Whether the series goes on.
    pub comparable: bool,
    /// First day of use.
    pub first_day: Day,
}

/// All editions, by number.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<StoredEdition>, DbErr> {
    let rows = Entity::find().order_by_asc(Column::Number).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| StoredEdition {
            number: EditionNumber(row.number),
            code: row.code,
            version: row.version,
            hash: row.hash,
            definition: row.definition,
            measure: row.measure,
            headline_levels: row.headline_levels,
            succeeds: row.succeeds.map(EditionNumber),
            comparable: row.comparable,
            first_day: Day(row.first_day),
        })
        .collect())
}

/// Adds an edition.
pub async fn add(db: &impl ConnectionTrait, edition: &StoredEdition) -> Result<(), DbErr> {
    let row = ActiveModel {
        number: Set(edition.number.0),
        code: Set(edition.code.clone()),
        version: Set(edition.version),
        hash: Set(edition.hash.clone()),
        definition: Set(edition.definition.clone()),
        measure: Set(edition.measure),
        headline_levels: Set(edition.headline_levels.clone()),
        succeeds: Set(edition.succeeds.map(|number| number.0)),
        comparable: Set(edition.comparable),
        first_day: Set(edition.first_day.0),
    };
    Entity::insert(row).exec_without_returning(db).await.map(|_| ())
}
