//! How far long work has come, for whoever wants to watch.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is being done, and how much of it.
#[derive(Debug, Default)]
pub struct Progress {
    what: Mutex<&'static str>,
    done: AtomicU64,
    of: AtomicU64,
}

impl Progress {
    /// Begins something of a known size; 0 if it is not known.
    pub(super) fn begin(&self, what: &'static str, of: u64) {
        if let Ok(mut now) = self.what.lock() {
            *now = what;
        }
        self.done.store(0, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
    }

    /// So much more is done.
    pub(super) fn add(&self, more: u64) {
        self.done.fetch_add(more, Ordering::Relaxed);
    }

    /// What is being done, with the percentage where it is known.
    pub fn line(&self) -> String {
        let what = self.what.lock().map_or("", |what| *what);
        let (done, of) = (self.done.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed));
        match of {
            0 => what.to_owned(),
            of => format!("{what} {} %", 100 * done.min(of) / of),
        }
    }
}
