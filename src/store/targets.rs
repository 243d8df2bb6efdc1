//! Targets with their citations; contradictory rows are both kept.

use entity::target::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::index::{Comparison, Target, TargetValue};
use crate::words::{Day, FieldId, Measure, Province, UnitId};

/// A target as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredTarget {
    /// Its number.
    pub id: i32,
    /// What it says.
    pub target: Target,
    /// The day on which it was entered.
    pub entered: Day,
    /// The day on which it was ended: kept since then, and no longer in force.
    pub ended: Option<Day>,
}

/// All targets of a province, ended ones too, by number.
pub async fn all(db: &impl ConnectionTrait, province: Province) -> Result<Vec<StoredTarget>, DbErr> {
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
            let (entered, ended) = (Day(row.valid_from), row.valid_to.map(Day));
            Ok(StoredTarget { id: row.id, target, entered, ended })
        })
        .collect()
}

/// Ends a target on a day; `false` where no target in force has the number.
pub async fn end(db: &impl ConnectionTrait, province: Province, id: i32, day: Day) -> Result<bool, DbErr> {
    let of = Entity::update_many().col_expr(Column::ValidTo, Expr::value(day.0));
    let of = of.filter(Column::P.eq(province.0)).filter(Column::Id.eq(id)).filter(Column::ValidTo.is_null());
    Ok(of.exec(db).await?.rows_affected > 0)
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
