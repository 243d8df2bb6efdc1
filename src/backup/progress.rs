//! How far the work has come, for whoever watches a terminal.

use std::sync::atomic::{AtomicU64, Ordering};

/// Rows done of all rows.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    all: AtomicU64,
}

impl Progress {
    pub(super) fn begin(&self, all: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
    }

    pub(super) fn add(&self, rows: usize) {
        self.done.fetch_add(u64::try_from(rows).unwrap_or(0), Ordering::Relaxed);
    }

    /// “12345678 of 23456789 rows (52 %)”.
    pub fn line(&self) -> String {
        let (done, all) = (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed));
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or(0);
        format!("{done} of {all} rows ({percent} %)")
    }
}
