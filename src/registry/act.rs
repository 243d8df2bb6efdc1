//! What every act on the registry does: take the turn to write, refuse or finish, and leave a line in the staff log.

use anyhow::Context;

use super::By;
use crate::store::{Database, DatabaseTransaction, installation, staff_log};
use crate::words::{Day, Moment, Province};

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActError<R> {
    /// It cannot be done as it was asked; nothing was changed.
    #[error("{0}")]
    Refused(R),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] anyhow::Error),
}

/// Takes the turn to write.
pub(super) async fn begin(db: &Database) -> anyhow::Result<DatabaseTransaction> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    installation::take_turn(&tx).await.context("while taking the turn to write")?;
    Ok(tx)
}

/// The last day whose answers are sealed.
pub(super) async fn sealed_through(tx: &DatabaseTransaction, province: Province) -> anyhow::Result<Option<Day>> {
    let installation = installation::find(tx, province).await.context("while reading the installation")?;
    Ok(installation.and_then(|installation| installation.sealed_through))
}

/// Gives the turn back without having changed anything.
pub(super) async fn refuse<R>(tx: DatabaseTransaction, refusal: R) -> ActError<R> {
    match tx.rollback().await.context("while rolling back a refused act") {
        Ok(()) => ActError::Refused(refusal),
        Err(fault) => ActError::Fault(fault),
    }
}

/// Counts the change, notes the act in the staff log and commits.
pub(super) async fn finish(
    tx: DatabaseTransaction,
    province: Province,
    by: By<'_>,
    act: &str,
    object: &str,
) -> anyhow::Result<()> {
    installation::revise(&tx, province).await.context("while noting the change")?;
    staff_log::append(&tx, province, Moment::now(), by.actor(), act, object)
        .await
        .context("while writing the staff log")?;
    tx.commit().await.context("while committing")
}
