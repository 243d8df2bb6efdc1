//! Acts on volumes.

use anyhow::Context;

use super::By;
use super::act;
use super::import::{ImportError, Report, VOLUME_COLUMNS, Within, give_back, typed, volumes_in};
use crate::store::Database;
use crate::store::volumes as stored;
use crate::words::{Day, PointId, Province};

pub use crate::store::volumes::{Slice, Volume};

/// Dossiers of a span of days as they are typed in.
#[derive(Debug, Clone, Copy)]
pub struct NewVolume<'a> {
    /// Code of the receiving point.
    pub point: &'a str,
    /// Code of the deciding unit; empty = not told apart.
    pub deciding_unit: &'a str,
    /// Name of the field; empty = not told apart.
    pub field: &'a str,
    /// First day.
    pub from: &'a str,
    /// Last day.
    pub to: &'a str,
    /// Dossiers received.
    pub received: &'a str,
    /// Dossiers returned.
    pub returned: &'a str,
    /// Dossiers returned late.
    pub late: &'a str,
}

/// Puts one span of days; one that begins on the same day and tells the same apart is replaced.
pub async fn put(db: &Database, province: Province, new: &NewVolume<'_>, by: By<'_>) -> Result<Report, ImportError> {
    put_within(db, province, new, Day(0), Within::ALL, by).await
}

/// The same, for a point in a part of the province.
pub async fn put_within(
    db: &Database,
    province: Province,
    new: &NewVolume<'_>,
    today: Day,
    within: Within<'_>,
    by: By<'_>,
) -> Result<Report, ImportError> {
    let NewVolume { point, deciding_unit, field, from, to, received, returned, late } = *new;
    let values = [
        ("point", point),
        ("deciding_unit", deciding_unit),
        ("field", field),
        ("from", from),
        ("to", to),
        ("received", received),
        ("returned", returned),
        ("late", late),
    ];
    let file = typed(&VOLUME_COLUMNS, &values)?;
    let tx = act::begin(db).await?;
    match volumes_in(&tx, province, &file, today, within).await {
        Ok(report) => {
            let object = values.map(|(_, value)| value.trim()).join(", ");
            act::finish(tx, province, by, "put volume", &object).await?;
            Ok(report)
        }
        Err(error) => Err(give_back(tx, error).await),
    }
}

/// Volumes of some points, or of all, the latest first: a page of them, and how many there are.
pub async fn latest(
    db: &Database,
    province: Province,
    points: Option<&[PointId]>,
    page: Slice,
) -> anyhow::Result<(Vec<Volume>, u64)> {
    stored::latest(db.reader(), province, points, page).await.context("while reading the volumes")
}
