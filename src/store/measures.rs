//! Figures of other systems.

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::rows::{Row, all, bind, insert};
use crate::words::{Day, Indicator, Period, Province, UnitId};

/// A number for a unit and a span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureInput {
    /// Unit.
    pub unit: UnitId,
    /// First and last day.
    pub period: Period,
    /// Which number.
    pub indicator: Indicator,
    /// The number, in ten-thousandths.
    pub value: i64,
}

/// Writes numbers; one that is known is replaced.
pub async fn put(tx: &impl ConnectionTrait, province: Province, inputs: &[MeasureInput]) -> Result<(), DbErr> {
    let rows = inputs.iter().map(|one| -> [Value; 6] {
        [
            province.0.into(),
            one.unit.0.into(),
            one.period.from.0.into(),
            one.period.to.0.into(),
            one.indicator.code().into(),
            one.value.into(),
        ]
    });
    let columns = ["p", "unit", "from_day", "to_day", "indicator", "value"];
    let again = "ON CONFLICT (p, unit, from_day, to_day, indicator) DO UPDATE SET value = excluded.value";
    insert(tx, "measure_input", columns, again, rows.collect()).await
}

/// Takes numbers away.
pub async fn remove(tx: &impl ConnectionTrait, province: Province, inputs: &[MeasureInput]) -> Result<(), DbErr> {
    for one in inputs {
        let sql = "DELETE FROM measure_input
                   WHERE p = $1 AND unit = $2 AND from_day = $3 AND to_day = $4 AND indicator = $5";
        let values: [Value; 5] = [
            province.0.into(),
            one.unit.0.into(),
            one.period.from.0.into(),
            one.period.to.0.into(),
            one.indicator.code().into(),
        ];
        tx.execute_raw(bind(tx, sql, values)).await?;
    }
    Ok(())
}

/// All numbers of a unit, the latest days first.
pub async fn of_unit(db: &impl ConnectionTrait, province: Province, unit: UnitId) -> Result<Vec<MeasureInput>, DbErr> {
    let sql = "SELECT unit, from_day, to_day, indicator, value FROM measure_input WHERE p = $1 AND unit = $2
               ORDER BY to_day DESC, from_day, indicator";
    all(db, sql, [province.0.into(), unit.0.into()], read).await
}

/// The numbers of some days' spans, of all units.
pub async fn between(db: &impl ConnectionTrait, province: Province, days: Period) -> Result<Vec<MeasureInput>, DbErr> {
    let sql = "SELECT unit, from_day, to_day, indicator, value FROM measure_input
               WHERE p = $1 AND from_day >= $2 AND to_day <= $3 ORDER BY unit, from_day, to_day, indicator";
    all(db, sql, [province.0.into(), days.from.0.into(), days.to.0.into()], read).await
}

/// The units that have any number.
pub async fn units(db: &impl ConnectionTrait, province: Province) -> Result<Vec<UnitId>, DbErr> {
    let sql = "SELECT DISTINCT unit FROM measure_input WHERE p = $1 ORDER BY unit";
    all(db, sql, [province.0.into()], |row| Ok(UnitId(row.get(0)?))).await
}

fn read(row: &Row<'_>) -> Result<MeasureInput, DbErr> {
    let indicator: i16 = row.get(3)?;
    Ok(MeasureInput {
        unit: UnitId(row.get(0)?),
        period: Period { from: Day(row.get(1)?), to: Day(row.get(2)?) },
        indicator: Indicator::from_code(indicator)
            .ok_or_else(|| DbErr::Type(format!("there is no indicator {indicator}")))?,
        value: row.get(4)?,
    })
}
