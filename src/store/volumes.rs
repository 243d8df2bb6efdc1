//! Volumes: dossiers received, returned and late.

use entity::volume::{ActiveModel, Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::rows;
use crate::words::{Day, FieldId, Period, PointId, Province, UnitId};

/// Dossiers of a point in a span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Volume {
    /// Receiving point.
    pub point: PointId,
    /// Deciding unit; 0 = not told apart.
    pub deciding_unit: UnitId,
    /// Field; 0 = not told apart.
    pub field: FieldId,
    /// First and last day.
    pub period: Period,
    /// Received.
    pub received: i64,
    /// Returned: the denominator of the response ratio.
    pub returned: i64,
    /// Returned late.
    pub late: i64,
}

/// Writes volumes: known spans are replaced.
pub async fn put(db: &impl ConnectionTrait, province: Province, volumes: &[Volume]) -> Result<(), DbErr> {
    for chunk in volumes.chunks(1_000) {
        let rows = chunk.iter().map(|v| ActiveModel {
            p: Set(province.0),
            point: Set(v.point.0),
            deciding_unit: Set(v.deciding_unit.0),
            field: Set(v.field.0),
            from_day: Set(v.period.from.0),
            to_day: Set(v.period.to.0),
            received: Set(v.received),
            returned: Set(v.returned),
            late: Set(v.late),
        });
        let key = [Column::P, Column::Point, Column::DecidingUnit, Column::Field, Column::FromDay];
        let again = OnConflict::columns(key)
            .update_columns([Column::ToDay, Column::Received, Column::Returned, Column::Late])
            .to_owned();
        Entity::insert_many(rows).on_conflict(again).exec_without_returning(db).await?;
    }
    Ok(())
}

/// All volumes whose span shares a day with the period.
pub async fn overlapping(db: &impl ConnectionTrait, province: Province, period: Period) -> Result<Vec<Volume>, DbErr> {
    let of = Entity::find().filter(Column::P.eq(province.0));
    let rows = of.filter(Column::FromDay.lte(period.to.0)).filter(Column::ToDay.gte(period.from.0)).all(db).await?;
    Ok(rows.iter().map(read).collect())
}

const fn read(row: &Model) -> Volume {
    Volume {
        point: PointId(row.point),
        deciding_unit: UnitId(row.deciding_unit),
        field: FieldId(row.field),
        period: Period { from: Day(row.from_day), to: Day(row.to_day) },
        received: row.received,
        returned: row.returned,
        late: row.late,
    }
}

/// Some rows of a longer list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Rows before it.
    pub after: u64,
    /// Rows it has at most.
    pub most: u64,
}

/// Volumes of some points, or of all, the latest first; and how many there are.
pub async fn latest(
    db: &impl ConnectionTrait,
    province: Province,
    points: Option<&[PointId]>,
    slice: Slice,
) -> Result<(Vec<Volume>, u64), DbErr> {
    let mut of = Entity::find().filter(Column::P.eq(province.0));
    if let Some(points) = points {
        of = of.filter(Column::Point.is_in(points.iter().map(|point| point.0)));
    }
    let all = of.clone().count(db).await?;
    let rows = of
        .order_by_desc(Column::FromDay)
        .order_by_asc(Column::Point)
        .order_by_asc(Column::DecidingUnit)
        .order_by_asc(Column::Field)
        .offset(slice.after)
        .limit(slice.most)
        .all(db)
        .await?;
    Ok((rows.iter().map(read).collect(), all))
}

/// Dossiers returned by each point in the spans that lie wholly inside the period.
pub async fn returned_by_point(
    db: &impl ConnectionTrait,
    province: Province,
    field: Option<FieldId>,
    period: Period,
) -> Result<Vec<(PointId, Day, i64)>, DbErr> {
    let sql = "SELECT point, from_day, CAST(SUM(returned) AS BIGINT) FROM volume
               WHERE p = $1 AND from_day >= $2 AND to_day <= $3 AND ($4 = 0 OR field = $4)
               GROUP BY point, from_day ORDER BY point, from_day";
    let field = i32::from(field.map_or(0, |field| field.0));
    rows::all(db, sql, [province.0.into(), period.from.0.into(), period.to.0.into(), field.into()], |row| {
        Ok((PointId(row.get(0)?), Day(row.get(1)?), row.get(2)?))
    })
    .await
}
