//! Administrative procedures.

use entity::procedure::{ActiveModel, Column, Entity};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::words::{FieldId, ProcedureId, Province};

/// A procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// Number.
    pub procedure: ProcedureId,
    /// Code in the national database.
    pub code: String,
    /// Name.
    pub name: String,
    /// Field.
    pub field: FieldId,
}

/// All procedures of a province.
pub async fn all(db: &impl ConnectionTrait, province: Province) -> Result<Vec<Procedure>, DbErr> {
    let rows = Entity::find().filter(Column::P.eq(province.0)).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Procedure {
            procedure: ProcedureId(row.procedure),
            code: row.code,
            name: row.name,
            field: FieldId(row.field),
        })
        .collect())
}

/// Writes procedures: new numbers are added, known ones replaced.
pub async fn put(db: &impl ConnectionTrait, province: Province, procedures: &[Procedure]) -> Result<(), DbErr> {
    for chunk in procedures.chunks(1_000) {
        let rows = chunk.iter().map(|procedure| ActiveModel {
            p: Set(province.0),
            procedure: Set(procedure.procedure.0),
            code: Set(procedure.code.clone()),
            name: Set(procedure.name.clone()),
            field: Set(procedure.field.0),
        });
        let again = OnConflict::columns([Column::P, Column::Procedure])
            .update_columns([Column::Name, Column::Field])
            .to_owned();
        Entity::insert_many(rows).on_conflict(again).exec_without_returning(db).await?;
    }
    Ok(())
}
