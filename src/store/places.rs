//! Units with their history, collection points and the codes in their QRs, fields.

use entity::{field, point, point_code, point_version, succession, unit, unit_version};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::words::{Day, FieldId, PointId, PointKind, Province, SuccessionKind, UnitId, UnitKind};

/// Rows of one insert; small enough for every database's limit of bound values.
const CHUNK: usize = 1_000;

/// What a unit is from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitVersion {
    /// Unit.
    pub unit: UnitId,
    /// First day.
    pub valid_from: Day,
    /// Last day.
    pub valid_to: Option<Day>,
    /// Electronic identifier (mã định danh).
    pub code: String,
    /// Five-digit administrative code.
    pub admin_code: Option<String>,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Parent.
    pub parent: Option<UnitId>,
}

/// One unit taking over from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// Predecessor.
    pub from: UnitId,
    /// Successor.
    pub to: UnitId,
    /// Day of taking over.
    pub day: Day,
    /// How it came about.
    pub kind: SuccessionKind,
    /// Document that says so.
    pub citation: Option<String>,
}

/// A collection point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Point.
    pub point: PointId,
    /// Code.
    pub code: String,
    /// Kind.
    pub kind: PointKind,
}

/// What a collection point is from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointVersion {
    /// Point.
    pub point: PointId,
    /// First day.
    pub valid_from: Day,
    /// Last day.
    pub valid_to: Option<Day>,
    /// Unit it belongs to: the receiving side.
    pub unit: UnitId,
    /// Name.
    pub name: String,
    /// Code of its questionnaire.
    pub questionnaire: String,
    /// Field it serves, where it serves one.
    pub field: FieldId,
    /// How many officers share it.
    pub officers: i16,
}

/// A code in a QR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointCode {
    /// The code.
    pub code: String,
    /// Point.
    pub point: PointId,
    /// Day from which it is revoked.
    pub revoked: Option<Day>,
}

/// A field of administration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Number.
    pub field: FieldId,
    /// Name.
    pub name: String,
}

/// Everything about units, points and fields.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Unit versions.
    pub units: Vec<UnitVersion>,
    /// Successions.
    pub successions: Vec<Succession>,
    /// Points.
    pub points: Vec<Point>,
    /// Point versions.
    pub point_versions: Vec<PointVersion>,
    /// Codes.
    pub codes: Vec<PointCode>,
    /// Fields.
    pub fields: Vec<Field>,
}

/// Reads all of a province.
pub async fn all(db: &impl ConnectionTrait, province: Province) -> Result<Places, DbErr> {
    let p = province.0;
    let unknown = |kind: &str| DbErr::Type(format!("there is no kind “{kind}”"));
    let units = unit_version::Entity::find().filter(unit_version::Column::P.eq(p)).all(db).await?;
    let units = units.into_iter().map(|row| {
        Ok(UnitVersion {
            unit: UnitId(row.unit),
            valid_from: Day(row.valid_from),
            valid_to: row.valid_to.map(Day),
            code: row.code,
            admin_code: row.admin_code,
            name: row.name,
            kind: UnitKind::parse(&row.kind).map_err(|e| unknown(&e.word))?,
            parent: row.parent.map(UnitId),
        })
    });
    let points = point::Entity::find().filter(point::Column::P.eq(p)).all(db).await?;
    let points = points.into_iter().map(|row| {
        Ok(Point {
            point: PointId(row.point),
            code: row.code,
            kind: PointKind::parse(&row.kind).map_err(|e| unknown(&e.word))?,
        })
    });
    let versions = point_version::Entity::find().filter(point_version::Column::P.eq(p)).all(db).await?;
    let versions = versions.into_iter().map(|row| PointVersion {
        point: PointId(row.point),
        valid_from: Day(row.valid_from),
        valid_to: row.valid_to.map(Day),
        unit: UnitId(row.unit),
        name: row.name,
        questionnaire: row.questionnaire,
        field: FieldId(row.field),
        officers: row.officers,
    });
    let successions = succession::Entity::find().filter(succession::Column::P.eq(p)).all(db).await?;
    let successions = successions.into_iter().map(|row| {
        Ok(Succession {
            from: UnitId(row.from_unit),
            to: UnitId(row.to_unit),
            day: Day(row.day),
            kind: SuccessionKind::parse(&row.kind).map_err(|e| unknown(&e.word))?,
            citation: row.citation,
        })
    });
    let codes = point_code::Entity::find().filter(point_code::Column::P.eq(p)).all(db).await?;
    let fields = field::Entity::find().filter(field::Column::P.eq(p)).all(db).await?;
    Ok(Places {
        units: units.collect::<Result<_, DbErr>>()?,
        successions: successions.collect::<Result<_, DbErr>>()?,
        points: points.collect::<Result<_, DbErr>>()?,
        point_versions: versions.collect(),
        codes: codes
            .into_iter()
            .map(|row| PointCode { code: row.public_code, point: PointId(row.point), revoked: row.revoked.map(Day) })
            .collect(),
        fields: fields.into_iter().map(|row| Field { field: FieldId(row.field), name: row.name }).collect(),
    })
}

/// Writes unit versions: new ones are added, those of the same unit and first day replaced.
pub async fn put_units(db: &impl ConnectionTrait, province: Province, versions: &[UnitVersion]) -> Result<(), DbErr> {
    use unit_version::Column;
    for chunk in versions.chunks(CHUNK) {
        let units = chunk.iter().map(|v| unit::ActiveModel { p: Set(province.0), unit: Set(v.unit.0) });
        let known = OnConflict::columns([unit::Column::P, unit::Column::Unit]).do_nothing().to_owned();
        unit::Entity::insert_many(units).on_conflict(known).exec_without_returning(db).await?;
        let rows = chunk.iter().map(|v| unit_version::ActiveModel {
            p: Set(province.0),
            unit: Set(v.unit.0),
            valid_from: Set(v.valid_from.0),
            valid_to: Set(v.valid_to.map(|day| day.0)),
            code: Set(v.code.clone()),
            admin_code: Set(v.admin_code.clone()),
            name: Set(v.name.clone()),
            kind: Set(v.kind.word().to_owned()),
            parent: Set(v.parent.map(|unit| unit.0)),
            collector: Set(None),
        });
        let again = OnConflict::columns([Column::P, Column::Unit, Column::ValidFrom])
            .update_columns([
                Column::ValidTo,
                Column::Code,
                Column::AdminCode,
                Column::Name,
                Column::Kind,
                Column::Parent,
            ])
            .to_owned();
        unit_version::Entity::insert_many(rows).on_conflict(again).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Adds successions that are not there yet.
pub async fn put_successions(db: &impl ConnectionTrait, province: Province, new: &[Succession]) -> Result<(), DbErr> {
    use succession::Column;
    for chunk in new.chunks(CHUNK) {
        let rows = chunk.iter().map(|s| succession::ActiveModel {
            p: Set(province.0),
            from_unit: Set(s.from.0),
            to_unit: Set(s.to.0),
            day: Set(s.day.0),
            kind: Set(s.kind.word().to_owned()),
            citation: Set(s.citation.clone()),
        });
        let known =
            OnConflict::columns([Column::P, Column::FromUnit, Column::ToUnit, Column::Day]).do_nothing().to_owned();
        succession::Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Adds points.
pub async fn add_points(db: &impl ConnectionTrait, province: Province, points: &[Point]) -> Result<(), DbErr> {
    for chunk in points.chunks(CHUNK) {
        let rows = chunk.iter().map(|point| point::ActiveModel {
            p: Set(province.0),
            point: Set(point.point.0),
            code: Set(point.code.clone()),
            kind: Set(point.kind.word().to_owned()),
        });
        point::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes point versions: new ones are added, those of the same point and first day replaced.
pub async fn put_point_versions(
    db: &impl ConnectionTrait,
    province: Province,
    versions: &[PointVersion],
) -> Result<(), DbErr> {
    use point_version::Column;
    for chunk in versions.chunks(CHUNK) {
        let rows = chunk.iter().map(|v| point_version::ActiveModel {
            p: Set(province.0),
            point: Set(v.point.0),
            valid_from: Set(v.valid_from.0),
            valid_to: Set(v.valid_to.map(|day| day.0)),
            unit: Set(v.unit.0),
            name: Set(v.name.clone()),
            questionnaire: Set(v.questionnaire.clone()),
            field: Set(v.field.0),
            officers: Set(v.officers),
        });
        let again = OnConflict::columns([Column::P, Column::Point, Column::ValidFrom])
            .update_columns([
                Column::ValidTo,
                Column::Unit,
                Column::Name,
                Column::Questionnaire,
                Column::Field,
                Column::Officers,
            ])
            .to_owned();
        point_version::Entity::insert_many(rows).on_conflict(again).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Adds codes of points.
pub async fn add_codes(db: &impl ConnectionTrait, province: Province, codes: &[PointCode]) -> Result<(), DbErr> {
    for chunk in codes.chunks(CHUNK) {
        let rows = chunk.iter().map(|code| point_code::ActiveModel {
            public_code: Set(code.code.clone()),
            p: Set(province.0),
            point: Set(code.point.0),
            revoked: Set(code.revoked.map(|day| day.0)),
        });
        point_code::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Revokes a code from a day on; `false` where there is no such code.
pub async fn revoke_code(db: &impl ConnectionTrait, province: Province, code: &str, day: Day) -> Result<bool, DbErr> {
    let of = point_code::Entity::update_many().col_expr(point_code::Column::Revoked, Expr::value(day.0));
    let of = of.filter(point_code::Column::P.eq(province.0)).filter(point_code::Column::PublicCode.eq(code));
    Ok(of.exec(db).await?.rows_affected > 0)
}

/// Renames a field.
pub async fn rename_field(db: &impl ConnectionTrait, province: Province, new: &Field) -> Result<(), DbErr> {
    let of = field::Entity::update_many().col_expr(field::Column::Name, Expr::value(new.name.clone()));
    let of = of.filter(field::Column::P.eq(province.0)).filter(field::Column::Field.eq(new.field.0));
    of.exec(db).await.map(|_| ())
}

/// Adds fields.
pub async fn add_fields(db: &impl ConnectionTrait, province: Province, fields: &[Field]) -> Result<(), DbErr> {
    for chunk in fields.chunks(CHUNK) {
        let rows = chunk.iter().map(|f| field::ActiveModel {
            p: Set(province.0),
            field: Set(f.field.0),
            name: Set(f.name.clone()),
        });
        field::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}
