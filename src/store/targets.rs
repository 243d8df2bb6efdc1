//! Targets with their citations; contradictory rows are both kept.

use entity::target::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::index::{Comparison, Target, TargetValue};
use crate::words::{Day, FieldId, Measure, Province, UnitId};

/// All targets of a province, by number.
pub async fn all(db: &impl ConnectionTrait, province: Province) -> Result<Vec<(i32, Target)>, DbErr> {
    let rows = Entity::find().filter(Column::P.eq(province.0)).order_by_asc(Column::Id).all(db).await?;
    rows.into_iter()
        .map(|row| {
            let word = |error: crate::words::UnknownWord| DbErr::Type(error.to_string());
            let measures = row.measures.split('|').filter(|word| !word.is_empty());
            let target = Target {
                measures: measures.map(Measure::parse).collect::<Result<_, _>>().map_err(word)?,
                field: FieldId(row.field),
                unit: UnitId(row.unit),
                year_from: i32::from(row.year_from),
                year_to: row.year_to.map(i32::from),
                threshold: row.threshold,
                value: TargetValue::parse(&row.value).map_err(word)?,
                comparison: Comparison::parse(&row.comparison).map_err(word)?,
                citation: row.citation,
                issuer: row.issuer,
            };
            Ok((row.id, target))
        })
        .collect()
}

/// Adds targets, each under its own number.
pub async fn add(
    db: &impl ConnectionTrait,
    province: Province,
    targets: &[(i32, Target)],
    today: Day,
) -> Result<(), DbErr> {
    for chunk in targets.chunks(1_000) {
        let rows = chunk.iter().map(|(id, target)| ActiveModel {
            p: Set(province.0),
            id: Set(*id),
            measures: Set(target.measures.iter().map(|m| m.word()).collect::<Vec<_>>().join("|")),
            field: Set(target.field.0),
            unit: Set(target.unit.0),
            year_from: Set(i16::try_from(target.year_from).unwrap_or(i16::MAX)),
            year_to: Set(target.year_to.map(|year| i16::try_from(year).unwrap_or(i16::MAX))),
            threshold: Set(target.threshold),
            value: Set(target.value.word().to_owned()),
            comparison: Set(target.comparison.word().to_owned()),
            citation: Set(target.citation.clone()),
            issuer: Set(target.issuer.clone()),
            valid_from: Set(today.0),
            valid_to: Set(None),
        });
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}
