//! Late dossiers: taken from the daily file, kept until their people had an apology, and then forgotten.
//!
//! Nothing here meets an answer: a ticket is joined with a number by the key alone, and no column says what anybody answered.

mod acts;
pub mod apology;
mod file;

pub use acts::{ActRefusal, Draft, NewSent, drafted, note_sent};
pub use file::{Line, Taken, take};

use std::collections::{HashMap, HashSet};

use anyhow::Context;

use crate::store::{ConnectionTrait, Database, late, procedures};
use crate::words::{Day, Period, ProcedureId, Province, UnitId};

pub use crate::store::late::{Counts, LateDossier, Sent, State, Wanted};

/// Days after which the number of a dossier goes: after its return, or after its apology once no file names it any more.
pub const NUMBER_DAYS: i32 = 90;
/// Days after which the whole row goes: after the return, or after the last file that named it.
pub const ROW_DAYS: i32 = 400;

/// Forgets what may not be kept any more.
pub async fn forget(tx: &impl ConnectionTrait, province: Province, today: Day) -> anyhow::Result<()> {
    let (numbers, rows) = (today.plus(-NUMBER_DAYS), today.plus(-ROW_DAYS));
    late::forget(tx, province, numbers, rows).await.context("while forgetting late dossiers")
}

/// Names of procedures.
pub type Names = HashMap<ProcedureId, String>;

/// A late dossier by its key.
pub async fn find(db: &Database, province: Province, id: i64) -> anyhow::Result<Option<LateDossier>> {
    late::find(db.reader(), province, id).await.context("while reading a late dossier")
}

/// Some of the late dossiers, those without an apology first, then those due first; and how many there are.
pub async fn list(
    db: &Database,
    province: Province,
    wanted: &Wanted<'_>,
    slice: (u64, u64),
) -> anyhow::Result<(Vec<LateDossier>, u64)> {
    late::list(db.reader(), province, wanted, slice).await.context("while reading the late dossiers")
}

/// How many late dossiers some units have, or all; with a period, those whose result was returned in it. It is a count of
/// all of them, no sample: no interval belongs to it.
pub async fn counts(
    db: &Database,
    province: Province,
    units: Option<&[UnitId]>,
    returned_in: Option<Period>,
) -> anyhow::Result<Counts> {
    late::counts(db.reader(), province, units, returned_in).await.context("while counting the late dossiers")
}

/// The names of the procedures of some dossiers.
pub async fn procedure_names(db: &Database, province: Province, of: &[LateDossier]) -> anyhow::Result<Names> {
    let wanted: HashSet<ProcedureId> = of.iter().map(|dossier| dossier.procedure).collect();
    let all = procedures::all(db.reader(), province).await.context("while reading the procedures")?;
    let wanted = all.into_iter().filter(|procedure| wanted.contains(&procedure.procedure));
    Ok(wanted.map(|procedure| (procedure.procedure, procedure.name)).collect())
}
