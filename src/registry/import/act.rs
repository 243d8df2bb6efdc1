//! What every import does: take the turn to write, refuse or finish, and leave a line in the staff log.

use anyhow::Context;

use super::{CsvFile, ImportError, Kind, Refused};
use crate::registry::By;
use crate::store::{Database, DatabaseTransaction, installation, staff_log};
use crate::text::Both;
use crate::words::{Day, Moment, Province};

/// Longest name of a file in the staff log.
const LONGEST_NAME: usize = 200;

/// Whether an import writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It writes.
    Write,
    /// It does everything but commit, and reports the same.
    DryRun,
}

/// On which day an import is run, to what end, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run<'a> {
    /// The day on which changes begin.
    pub today: Day,
    /// Whether it writes.
    pub mode: Mode,
    /// Who is noted in the staff log.
    pub by: By<'a>,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the file.
    pub rows: usize,
    /// Rows that are new.
    pub added: usize,
    /// Rows that replaced what was known.
    pub changed: usize,
    /// Rows that said what was known.
    pub unchanged: usize,
    /// What a person should know: which reading was taken, what else was closed.
    pub notes: Vec<Both>,
}

/// Takes the turn to write. A database without an installation gets one.
pub async fn begin(db: &Database, province: Province) -> Result<DatabaseTransaction, ImportError> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    installation::take_turn(&tx).await.context("while taking the turn to import")?;
    if installation::find(&tx, province).await.context("while reading the installation")?.is_none() {
        installation::create(&tx, province, false).await.context("while making the installation")?;
    }
    Ok(tx)
}

/// Gives the turn back without having changed anything.
pub async fn refuse(tx: DatabaseTransaction, refused: Refused) -> ImportError {
    match tx.rollback().await.context("while rolling back a refused file") {
        Ok(()) => ImportError::Refused(refused),
        Err(fault) => ImportError::Fault(fault),
    }
}

/// Gives the turn back after a file that was refused, or a fault.
pub(in crate::registry) async fn give_back(tx: DatabaseTransaction, error: ImportError) -> ImportError {
    match error {
        ImportError::Refused(refused) => refuse(tx, refused).await,
        fault @ ImportError::Fault(_) => fault,
    }
}

/// Counts the change, notes the act in the staff log and commits; a dry run rolls all of it back.
pub async fn finish(
    tx: DatabaseTransaction,
    province: Province,
    kind: Kind,
    file: &CsvFile,
    details: &str,
    run: Run<'_>,
) -> Result<(), ImportError> {
    installation::revise(&tx, province).await.context("while noting the change")?;
    let name: String = file.name().chars().take(LONGEST_NAME).collect();
    let object = format!("{name} sha256 {} rows {}{details}", file.hash_hex(), file.len());
    let act = format!("import {}", kind.word());
    staff_log::append(&tx, province, Moment::now(), run.by.actor(), &act, &object)
        .await
        .context("while writing the staff log")?;
    match run.mode {
        Mode::Write => tx.commit().await.context("while committing the import")?,
        Mode::DryRun => tx.rollback().await.context("while rolling back the dry run")?,
    }
    Ok(())
}
