//! Figures: sums of blocks by unit, the only counts that pages read.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::answers::level;
use super::counts::{
    Adjustment, Count, ITEM_COLUMNS, PAIR_COLUMNS, Series, item_values, joined, pair_values, read_item, read_pair,
    sums, upsert,
};
use super::rows::{Row, all};
use crate::words::{EditionNumber, Half, Level, Province, UnitId};

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureKey {
    /// Unit.
    pub unit: UnitId,
    /// Edition.
    pub edition: EditionNumber,
    /// Level.
    pub level: Level,
    /// Half-month.
    pub half: Half,
}

/// By what a figure is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// By deciding unit.
    DecidingUnit,
    /// By field.
    Field,
    /// By channel.
    Channel,
}

impl PartKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::DecidingUnit, Self::Field, Self::Channel];

    /// The number under which it is stored.
    pub const fn code(self) -> i16 {
        match self {
            Self::DecidingUnit => 1,
            Self::Field => 2,
            Self::Channel => 3,
        }
    }

    /// The part in which a series counts.
    pub fn part_of(self, series: &Series) -> i32 {
        match self {
            Self::DecidingUnit => series.deciding_unit.0,
            Self::Field => i32::from(series.field.0),
            Self::Channel => i32::from(series.channel.code()),
        }
    }
}

/// Part of what cannot be split without showing fewer than k ("không tách").
pub const NOT_SPLIT: i32 = -1;

/// A part of a figure: its kind and the number of the deciding unit, field or channel.
pub type Part = (PartKind, i32);

/// One part of figures alone.
#[derive(Debug, Clone, Copy)]
pub struct Cut<'a> {
    /// Which.
    pub part: Part,
    /// The editions it may be of: all there are. With them the key of the table leads to the part at once.
    pub editions: &'a [EditionNumber],
}

/// The table with its condition: of figures, or of one part of them. `$2` and `$3` are the first and the last half-month.
fn rows_of(cut: Option<Cut<'_>>, (from, to): (Half, Half)) -> (&'static str, String) {
    let Some(cut) = cut else {
        return ("", "half BETWEEN $2 AND $3 AND adj = 0".to_owned());
    };
    let joined = |numbers: Vec<String>| if numbers.is_empty() { "-1".to_owned() } else { numbers.join(", ") };
    let editions = joined(cut.editions.iter().map(|edition| edition.0.to_string()).collect());
    let levels = joined(Level::ALL.iter().map(|level| level.code().to_string()).collect());
    let halves = joined((from.0..=to.0).take(MOST_HALVES).map(|half| half.to_string()).collect());
    let (kind, part) = (cut.part.0.code(), cut.part.1);
    let of = format!(
        "edition IN ({editions}) AND level IN ({levels}) AND half IN ({halves}) AND half BETWEEN $2 AND $3
         AND kind = {kind} AND part = {part} AND adj = 0"
    );
    ("_part", of)
}

/// Half-months that are asked for one by one at most: ten years.
const MOST_HALVES: usize = 240;

/// Adds counts to figures.
pub async fn add(
    db: &impl ConnectionTrait,
    province: Province,
    figures: &BTreeMap<FigureKey, Vec<Count>>,
) -> Result<(), DbErr> {
    adjust(db, province, Adjustment::Raw, figures).await
}

/// Adds counts of one kind to figures.
pub async fn adjust(
    db: &impl ConnectionTrait,
    province: Province,
    adjustment: Adjustment,
    figures: &BTreeMap<FigureKey, Vec<Count>>,
) -> Result<(), DbErr> {
    let mut items: Vec<[Value; 18]> = Vec::new();
    let mut pairs: Vec<[Value; 12]> = Vec::new();
    for (key, counts) in figures {
        let key: [Value; 6] = [
            province.0.into(),
            key.unit.0.into(),
            key.edition.0.into(),
            key.level.code().into(),
            key.half.0.into(),
            adjustment.code().into(),
        ];
        for count in counts {
            match count {
                Count::Item(item, tally) => items.push(joined(&key, &item_values(*item, tally))),
                Count::Pair(a, b, tally) => pairs.push(joined(&key, &pair_values(*a, *b, tally))),
            }
        }
    }
    let key = ["p", "unit", "edition", "level", "half", "adj"];
    upsert(db, "figure", "figure_pair", &key, items, pairs).await
}

/// Adds counts to parts of figures.
pub async fn add_parts(
    db: &impl ConnectionTrait,
    province: Province,
    parts: &BTreeMap<(FigureKey, Part), Vec<Count>>,
) -> Result<(), DbErr> {
    let mut items: Vec<[Value; 20]> = Vec::new();
    let mut pairs: Vec<[Value; 14]> = Vec::new();
    for ((key, (kind, part)), counts) in parts {
        let key: [Value; 8] = [
            province.0.into(),
            key.unit.0.into(),
            key.edition.0.into(),
            key.level.code().into(),
            key.half.0.into(),
            kind.code().into(),
            (*part).into(),
            0_i16.into(),
        ];
        for count in counts {
            match count {
                Count::Item(item, tally) => items.push(joined(&key, &item_values(*item, tally))),
                Count::Pair(a, b, tally) => pairs.push(joined(&key, &pair_values(*a, *b, tally))),
            }
        }
    }
    let key = ["p", "unit", "edition", "level", "half", "kind", "part", "adj"];
    upsert(db, "figure_part", "figure_part_pair", &key, items, pairs).await
}

/// Sums of the figures of units over half-months, or of one part of them, by unit, edition and level.
pub async fn of_units(
    db: &impl ConnectionTrait,
    province: Province,
    units: &[UnitId],
    cut: Option<Cut<'_>>,
    (from, to): (Half, Half),
) -> Result<Vec<(UnitId, EditionNumber, Level, Count)>, DbErr> {
    let mut found = Vec::new();
    for chunk in units.chunks(500) {
        let marks: Vec<String> = (0..chunk.len()).map(|at| format!("${}", at + 4)).collect();
        let (table, rows) = rows_of(cut, (from, to));
        let of = format!("WHERE p = $1 AND {rows} AND unit IN ({}) GROUP BY unit, edition, level", marks.join(", "));
        let values = || -> Vec<Value> {
            let mut values = vec![province.0.into(), from.0.into(), to.0.into()];
            values.extend(chunk.iter().map(|unit| Value::from(unit.0)));
            values
        };
        let key = "unit, edition, level";
        let sums_of_items = sums(ITEM_COLUMNS.get(1..).unwrap_or_default());
        let sql = format!("SELECT {key}, item, {sums_of_items} FROM figure{table} {of}, item ORDER BY {key}, item");
        found.extend(
            all(db, sql, values(), |row| {
                Ok((UnitId(row.get(0)?), EditionNumber(row.get(1)?), level(row, 2)?, read_item(row, 3)?))
            })
            .await?,
        );
        let sums_of_pairs = sums(PAIR_COLUMNS.get(2..).unwrap_or_default());
        let sql = format!(
            "SELECT {key}, item, item2, {sums_of_pairs} FROM figure{table}_pair {of}, item, item2 \
             ORDER BY {key}, item, item2"
        );
        found.extend(
            all(db, sql, values(), |row| {
                Ok((UnitId(row.get(0)?), EditionNumber(row.get(1)?), level(row, 2)?, read_pair(row, 3)?))
            })
            .await?,
        );
    }
    Ok(found)
}

/// What was excluded from one unit's figures, moved out of them and into them, summed over half-months, by edition and level.
pub async fn adjusted(
    db: &impl ConnectionTrait,
    province: Province,
    unit: UnitId,
    from: Half,
    to: Half,
) -> Result<Vec<(Adjustment, EditionNumber, Level, Count)>, DbErr> {
    let key = "edition, level";
    let of = "WHERE p = $1 AND unit = $2 AND half BETWEEN $3 AND $4 AND adj = $5 GROUP BY edition, level";
    let sums_of_items = sums(ITEM_COLUMNS.get(1..).unwrap_or_default());
    let sums_of_pairs = sums(PAIR_COLUMNS.get(2..).unwrap_or_default());
    let items = format!("SELECT {key}, item, {sums_of_items} FROM figure {of}, item ORDER BY {key}, item");
    let pairs = format!(
        "SELECT {key}, item, item2, {sums_of_pairs} FROM figure_pair {of}, item, item2 ORDER BY {key}, item, item2"
    );
    let mut found = Vec::new();
    for kind in [Adjustment::Excluded, Adjustment::MovedOut, Adjustment::MovedIn] {
        let values =
            || -> [Value; 5] { [province.0.into(), unit.0.into(), from.0.into(), to.0.into(), kind.code().into()] };
        let read = |row: &Row<'_>, count| Ok((kind, EditionNumber(row.get(0)?), level(row, 1)?, count));
        found.extend(all(db, items.as_str(), values(), |row| read(row, read_item(row, 2)?)).await?);
        found.extend(all(db, pairs.as_str(), values(), |row| read(row, read_pair(row, 2)?)).await?);
    }
    Ok(found)
}

/// Figures of one unit, or one part of them, by half-month, edition and level.
pub async fn by_half(
    db: &impl ConnectionTrait,
    province: Province,
    unit: UnitId,
    cut: Option<Cut<'_>>,
    (from, to): (Half, Half),
) -> Result<Vec<(FigureKey, Count)>, DbErr> {
    let key = "half, edition, level";
    let (table, rows) = rows_of(cut, (from, to));
    let of = format!("WHERE p = $1 AND unit = $4 AND {rows}");
    let values = || -> [Value; 4] { [province.0.into(), from.0.into(), to.0.into(), unit.0.into()] };
    let read_key = |row: &Row<'_>| -> Result<FigureKey, DbErr> {
        let (half, edition) = (Half(row.get(0)?), EditionNumber(row.get(1)?));
        Ok(FigureKey { unit, edition, level: level(row, 2)?, half })
    };
    let sql = format!("SELECT {key}, {} FROM figure{table} {of} ORDER BY {key}, item", ITEM_COLUMNS.join(", "));
    let mut found = all(db, sql, values(), |row| Ok((read_key(row)?, read_item(row, 3)?))).await?;
    let sql =
        format!("SELECT {key}, {} FROM figure{table}_pair {of} ORDER BY {key}, item, item2", PAIR_COLUMNS.join(", "));
    found.extend(all(db, sql, values(), |row| Ok((read_key(row)?, read_pair(row, 3)?))).await?);
    Ok(found)
}

/// Sums over half-months of the parts of a unit's figures, by part, edition and level; of these parts alone where they are
/// named, at most 500.
pub async fn parts(
    db: &impl ConnectionTrait,
    province: Province,
    (unit, kind, only): (UnitId, PartKind, Option<&[i32]>),
    from: Half,
    to: Half,
) -> Result<Vec<(i32, EditionNumber, Level, Count)>, DbErr> {
    let key = "part, edition, level";
    let only = only.map(|parts| parts.get(..500).unwrap_or(parts));
    let one = only.map_or_else(String::new, |parts| {
        let marks: Vec<String> = (0..parts.len()).map(|at| format!("${}", at + 6)).collect();
        format!(" AND part IN ({})", marks.join(", "))
    });
    let of = format!("WHERE p = $1 AND unit = $2 AND kind = $3 AND half BETWEEN $4 AND $5 AND adj = 0{one}");
    let values = || -> Vec<Value> {
        let mut values: Vec<Value> =
            vec![province.0.into(), unit.0.into(), kind.code().into(), from.0.into(), to.0.into()];
        values.extend(only.into_iter().flatten().map(|part| Value::from(*part)));
        values
    };
    let read_key =
        |row: &Row<'_>| -> Result<_, DbErr> { Ok((row.get(0)?, EditionNumber(row.get(1)?), level(row, 2)?)) };
    let sums_of_items = sums(ITEM_COLUMNS.get(1..).unwrap_or_default());
    let sql =
        format!("SELECT {key}, item, {sums_of_items} FROM figure_part {of} GROUP BY {key}, item ORDER BY {key}, item");
    let mut found = all(db, sql, values(), |row| {
        let (part, edition, level): (i32, _, _) = read_key(row)?;
        Ok((part, edition, level, read_item(row, 3)?))
    })
    .await?;
    let sums_of_pairs = sums(PAIR_COLUMNS.get(2..).unwrap_or_default());
    let sql = format!(
        "SELECT {key}, item, item2, {sums_of_pairs} FROM figure_part_pair {of} GROUP BY {key}, item, item2 \
         ORDER BY {key}, item, item2"
    );
    found.extend(
        all(db, sql, values(), |row| {
            let (part, edition, level): (i32, _, _) = read_key(row)?;
            Ok((part, edition, level, read_pair(row, 3)?))
        })
        .await?,
    );
    Ok(found)
}
