//! Acts on collection points.

use anyhow::{Context, bail};

use super::{By, Snapshot};
use crate::store::places::{self, PointVersion};
use crate::store::{Database, installation, staff_log};
use crate::words::{Day, Moment, PointId};

/// Closes a point from a day on: its QR then leads to a page that says so. What it collected stays.
pub async fn close(db: &Database, snapshot: &Snapshot, point: PointId, from: Day, by: By<'_>) -> anyhow::Result<()> {
    let (known, versions) = snapshot.directory.point(point).context("the point is not in the directory")?;
    let last = versions.last().context("the point has no version")?;
    if last.valid_from >= from {
        bail!("{} was changed on {}; it can be closed from the day after", known.code, last.valid_from.iso());
    }
    let closed = PointVersion { valid_to: Some(from.plus(-1)), ..last.clone() };
    let tx = db.begin().await.context("while taking the turn to write")?;
    places::put_point_versions(&tx, snapshot.province, &[closed]).await.context("while closing the point")?;
    installation::revise(&tx, snapshot.province).await.context("while noting the change")?;
    let object = format!("{} from {}", known.code, from.iso());
    staff_log::append(&tx, snapshot.province, Moment::now(), by.actor(), "close point", &object)
        .await
        .context("while writing the staff log")?;
    tx.commit().await.context("while committing")
}
