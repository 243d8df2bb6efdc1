//! Blocks: the steps by which figures grow.

use entity::block::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Value};

use super::rows;
use crate::words::{Day, EditionNumber, Half, Level, PointId, Province, UnitId};

/// Whose answers a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// One point.
    Point(PointId),
    /// A unit to which remainders below k were pooled at the end of the half-month.
    Pool(UnitId),
}

impl Node {
    /// Points are stored as they are, pools as negative numbers.
    const fn code(self) -> i32 {
        match self {
            Self::Point(point) => point.0,
            Self::Pool(unit) => -unit.0,
        }
    }

    const fn from_code(code: i32) -> Self {
        if code < 0 { Self::Pool(UnitId(-code)) } else { Self::Point(PointId(code)) }
    }
}

/// At least k new answers of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// Whose answers.
    pub node: Node,
    /// Edition.
    pub edition: EditionNumber,
    /// Level.
    pub level: Level,
    /// Half-month.
    pub half: Half,
    /// Number within all this.
    pub number: i16,
    /// Last day it covers.
    pub through: Day,
    /// Answers it holds.
    pub n: i64,
}

/// The blocks of these half-months.
pub async fn of_halves(
    db: &impl ConnectionTrait,
    province: Province,
    from: Half,
    to: Half,
) -> Result<Vec<Block>, DbErr> {
    let rows =
        Entity::find().filter(Column::P.eq(province.0)).filter(Column::Half.between(from.0, to.0)).all(db).await?;
    rows.into_iter()
        .map(|row| {
            let level = Level::from_code(row.level);
            Ok(Block {
                node: Node::from_code(row.node),
                edition: EditionNumber(row.edition),
                level: level.ok_or_else(|| DbErr::Type(format!("there is no level {}", row.level)))?,
                half: Half(row.half),
                number: row.number,
                through: Day(row.through_day),
                n: row.n,
            })
        })
        .collect()
}

/// Adds blocks.
pub async fn add(db: &impl ConnectionTrait, province: Province, blocks: &[Block]) -> Result<(), DbErr> {
    let columns = ["p", "node", "edition", "level", "half", "number", "through_day", "n"];
    let values = blocks.iter().map(|block| -> [Value; 8] {
        [
            province.0.into(),
            block.node.code().into(),
            block.edition.0.into(),
            block.level.code().into(),
            block.half.0.into(),
            block.number.into(),
            block.through.0.into(),
            block.n.into(),
        ]
    });
    rows::insert(db, "block", columns, "", values.collect()).await
}
