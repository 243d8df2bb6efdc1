//! What somebody has to do: the cases that wait for them, and by when.

use anyhow::Context;

use super::rules::Reader;
use crate::registry::Snapshot;
use crate::store::{ConnectionTrait, cases};
use crate::words::{CaseState, Day};

/// Days before a deadline from which a case is due soon.
const SOON: i32 = 3;

/// The cases that wait for one person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Those that nobody was charged with yet, and those that a unit of theirs has to answer.
    pub open: u64,
    /// Of these: due within three days, or late.
    pub due_soon: u64,
    /// Of these: late.
    pub late: u64,
    /// The next day on which one of them is due.
    pub earliest_due: Option<Day>,
}

/// What waits for a person today.
pub async fn work(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    reader: &Reader<'_>,
    today: Day,
) -> anyhow::Result<Work> {
    let states = [CaseState::New, CaseState::InWork];
    let all = cases::list(db, snapshot.province, &states, false).await.context("while reading cases")?;
    let directory = &snapshot.directory;
    let mut work = Work::default();
    for case in &all {
        let is_theirs = match case.state {
            CaseState::New => reader.directs(case, directory, today),
            _ => reader.answers(case, directory, today),
        };
        if is_theirs {
            work.open += 1;
            work.late += u64::from(case.is_late(today));
            work.due_soon += u64::from(case.due.is_some_and(|due| due <= today.plus(SOON)));
            let next = case.due.filter(|due| *due >= today);
            work.earliest_due = work.earliest_due.into_iter().chain(next).min();
        }
    }
    Ok(work)
}
