//! Faults of the program: a line in the log, and a number that the page shows too.
//!
//! While a disk is full every form that is sent fails. A line for each would be a log of arrivals and fill what is left of
//! the disk, so faults with one cause share a line and a number for a minute.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rand::RngExt;

/// How long faults with one cause share a number.
const SHARED_FOR: Duration = Duration::from_mins(1);
/// Most causes that are kept apart within that time.
const MOST_CAUSES: usize = 32;
/// Longest cause that is logged, in characters.
const LONGEST_CAUSE: usize = 400;

static BOOK: Mutex<Vec<Entry>> = Mutex::new(Vec::new());
static ERRORS: AtomicU64 = AtomicU64::new(0);
static PANICS: AtomicU64 = AtomicU64::new(0);

struct Entry {
    source: Source,
    cause: String,
    number: u32,
    began: Instant,
}

/// Where a fault came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Something that was asked failed: the database, the disk.
    Error,
    /// The program has a mistake.
    Panic,
}

/// A fault with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    number: u32,
    source: Source,
    cause: String,
    is_first: bool,
}

/// Notes a fault. Its cause is for the log alone.
pub fn note(source: Source, cause: &str) -> Fault {
    let cause = one_line(cause);
    let mut book = BOOK.lock().unwrap_or_else(PoisonError::into_inner);
    book.retain(|entry| entry.began.elapsed() < SHARED_FOR);
    let known = book.iter().find(|entry| entry.source == source && entry.cause == cause);
    // Too many causes at once: the newest one stands for the rest.
    if let Some(known) = known.or_else(|| book.last().filter(|_| book.len() >= MOST_CAUSES)) {
        return Fault { number: known.number, source, cause, is_first: false };
    }
    let number = rand::rng().random_range(100_000..1_000_000);
    book.push(Entry { source, cause: cause.clone(), number, began: Instant::now() });
    drop(book);
    match source {
        Source::Error => ERRORS.fetch_add(1, Ordering::Relaxed),
        Source::Panic => PANICS.fetch_add(1, Ordering::Relaxed),
    };
    Fault { number, source, cause, is_first: true }
}

impl Fault {
    /// The number under which it stands in the log: six digits.
    pub fn number(&self) -> String {
        self.number.to_string()
    }

    /// Writes its line, unless a fault with the same number has one.
    pub fn tell(&self, pattern: &str, method: &str, status: u16) {
        let Self { number, cause, source, .. } = self;
        if self.is_first {
            tracing::error!(
                fault = number,
                pattern,
                method,
                status,
                cause,
                "{}; further ones of this minute have the same number",
                match source {
                    Source::Error => "an answer failed",
                    Source::Panic => "the program has a mistake",
                }
            );
        }
    }
}

/// Lines that faults have made: errors and panics.
pub(super) fn lines() -> (u64, u64) {
    (ERRORS.load(Ordering::Relaxed), PANICS.load(Ordering::Relaxed))
}

fn one_line(cause: &str) -> String {
    let words = cause.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|c| !c.is_control()).take(LONGEST_CAUSE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_with_one_cause_share_a_number_and_a_line() {
        let first = note(Source::Error, "the disk\n of this test is full");
        let second = note(Source::Error, "the disk of this test is full");
        let other = note(Source::Panic, "the disk of this test is full");
        assert!(first.is_first && !second.is_first && other.is_first);
        assert_eq!(first.number(), second.number());
        assert_eq!(first.number().len(), 6);
        assert_eq!(first.cause, "the disk of this test is full");
        assert!(lines().0 >= 1 && lines().1 >= 1);
    }

    #[test]
    fn a_cause_is_one_line_of_bounded_length() {
        assert_eq!(one_line("a\r\n\tb\u{1b}[31mc"), "a b[31mc");
        assert_eq!(one_line(&"đ".repeat(1_000)).chars().count(), LONGEST_CAUSE);
    }
}
