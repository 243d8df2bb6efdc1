//! What is counted, and how much of it is told.
//!
//! A counter that can be read every second is a log of arrivals: it tells when each form was sent. So whatever stems from
//! people's requests is published once an hour, rounded down to tens.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Counts that stem from people's requests are told in steps of this many: nothing smaller is ever told apart.
const STEP: u64 = 10;
/// Upper bounds of durations, in milliseconds; one more bucket holds what took longer.
const BOUNDS: [u64; 6] = [5, 25, 100, 250, 1_000, 5_000];
const MIB: u64 = 1024 * 1024;
/// Pattern of every address that leads nowhere.
const NOWHERE: &str = "none";

/// A request that was answered.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Pattern of its route, never its path.
    pub pattern: &'a str,
    /// GET, HEAD, POST or other.
    pub method: &'static str,
    /// Status of the answer.
    pub status: u16,
    /// How long the answer took.
    pub took: Duration,
}

impl<'a> Request<'a> {
    /// A request as it is counted: methods nobody knows and addresses that lead nowhere are one each.
    pub fn new(pattern: Option<&'a str>, method: &str, status: u16, took: Duration) -> Self {
        let method = ["GET", "HEAD", "POST"].into_iter().find(|known| *known == method).unwrap_or("other");
        Self { pattern: pattern.unwrap_or(NOWHERE), method, status, took }
    }

    /// Class of the status: `2xx`.
    pub const fn class(&self) -> &'static str {
        match self.status {
            100..=199 => "1xx",
            200..=299 => "2xx",
            300..=399 => "3xx",
            400..=499 => "4xx",
            _ => "5xx",
        }
    }

    fn bucket(&self) -> usize {
        let took = self.took.as_micros();
        BOUNDS.iter().position(|bound| took <= u128::from(*bound) * 1_000).unwrap_or(BOUNDS.len())
    }

    /// The bucket of its duration in words: `≤ 25 ms`.
    pub fn took_at_most(&self) -> String {
        let bound = BOUNDS.get(self.bucket());
        bound.map_or_else(|| format!("> {} ms", BOUNDS[BOUNDS.len() - 1]), |bound| format!("≤ {bound} ms"))
    }
}

/// Requests of one kind: pattern, method, class of status.
type Kind = (String, &'static str, &'static str);

/// What the intake has done since the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntakeDone {
    /// Forms stored.
    pub answers: u64,
    /// Transactions by their largest size, the last without bound.
    pub batches: Vec<(Option<u64>, u64)>,
}

/// Counts since the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub(super) requests: BTreeMap<Kind, u64>,
    /// Answers by pattern that took at most so many seconds; the last without bound.
    pub(super) durations: BTreeMap<String, Vec<(Option<u64>, u64)>>,
    pub(super) intake: IntakeDone,
}

impl Tally {
    fn count(&mut self, request: &Request<'_>) {
        let kind = (request.pattern.to_owned(), request.method, request.class());
        *self.requests.entry(kind).or_default() += 1;
        let buckets = self.durations.entry(request.pattern.to_owned()).or_insert_with(|| {
            let bounds = BOUNDS.into_iter().map(Some).chain([None]);
            bounds.map(|bound| (bound, 0)).collect()
        });
        for (_, count) in buckets.iter_mut().skip(request.bucket()) {
            *count += 1;
        }
    }

    /// The same rounded down to tens.
    fn in_tens(&self) -> Self {
        let tens = |n: &u64| n / STEP * STEP;
        let row = |row: &Vec<(Option<u64>, u64)>| row.iter().map(|(bound, n)| (*bound, tens(n))).collect();
        Self {
            requests: self.requests.iter().map(|(kind, n)| (kind.clone(), tens(n))).collect(),
            durations: self.durations.iter().map(|(pattern, counts)| (pattern.clone(), row(counts))).collect(),
            intake: IntakeDone { answers: tens(&self.intake.answers), batches: row(&self.intake.batches) },
        }
    }

    /// What grew since an earlier tally, kind by kind.
    fn since(&self, before: &Self) -> Vec<(String, u64)> {
        let grown = self.requests.iter().map(|(kind, n)| {
            let (pattern, method, class) = kind;
            (format!("{method} {pattern} {class}"), n - before.requests.get(kind).copied().unwrap_or(0).min(*n))
        });
        grown.filter(|(_, n)| *n > 0).collect()
    }
}

/// What the running server knows of itself.
#[derive(Debug, Default)]
pub struct Watch {
    running: Mutex<Tally>,
    published: Mutex<Tally>,
    connections: AtomicU64,
    /// Whole MiB; 0 = not measured.
    database_mib: AtomicU64,
    stopping: AtomicBool,
}

/// An open connection; counted as long as it lives.
#[derive(Debug)]
pub struct Connection(Arc<Watch>);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Watch {
    /// Counts a request.
    pub fn count(&self, request: &Request<'_>) {
        hold(&self.running).count(request);
    }

    /// Publishes what has been counted, in tens; what grew since the last time. Once an hour and not more often.
    pub fn publish(&self, intake: IntakeDone) -> Vec<(String, u64)> {
        let mut running = hold(&self.running);
        running.intake = intake;
        let tens = running.in_tens();
        drop(running);
        let mut published = hold(&self.published);
        let grown = tens.since(&published);
        *published = tens;
        grown
    }

    /// The counts as they were last published.
    pub fn published(&self) -> Tally {
        hold(&self.published).clone()
    }

    /// Counts a connection until it is dropped.
    pub fn connected(self: &Arc<Self>) -> Connection {
        self.connections.fetch_add(1, Ordering::Relaxed);
        Connection(self.clone())
    }

    /// Open connections, in tens: a single one is a person.
    pub fn connections(&self) -> u64 {
        in_tens(self.connections.load(Ordering::Relaxed))
    }

    /// Notes the size of the database, when the hour is published: a file that grows is a log of arrivals, too.
    pub fn measured(&self, database_bytes: u64) {
        self.database_mib.store(database_bytes.div_ceil(MIB), Ordering::Relaxed);
    }

    /// Size of the database as it was last measured, in whole MiB.
    pub fn database_bytes(&self) -> Option<u64> {
        let mib = self.database_mib.load(Ordering::Relaxed);
        (mib > 0).then_some(mib * MIB)
    }

    /// From now on nothing new is begun.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server is about to end.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// A number of people or forms as it may be told at any time.
pub(super) const fn in_tens(n: u64) -> u64 {
    n / STEP * STEP
}

fn hold(tally: &Mutex<Tally>) -> MutexGuard<'_, Tally> {
    tally.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sends(watch: &Watch, n: u64, took: u64) {
        for _ in 0..n {
            watch.count(&Request::new(Some("/q/{code}"), "POST", 303, Duration::from_millis(took)));
        }
    }

    #[test]
    fn counts_appear_when_they_are_published_and_in_tens() {
        let watch = Watch::default();
        sends(&watch, 19, 3);
        assert_eq!(watch.published(), Tally::default());
        let done = IntakeDone { answers: 19, batches: vec![(Some(1), 9), (None, 19)] };
        assert_eq!(watch.publish(done.clone()), [("POST /q/{code} 3xx".to_owned(), 10)]);
        let told = watch.published();
        assert_eq!(told.intake, IntakeDone { answers: 10, batches: vec![(Some(1), 0), (None, 10)] });
        assert!(told.durations["/q/{code}"].iter().all(|(_, n)| *n == 10), "{told:?}");
        // What stayed below ten is not lost, and an hour that brought less than a ten says nothing.
        sends(&watch, 1, 3);
        assert_eq!(watch.publish(done.clone()), [("POST /q/{code} 3xx".to_owned(), 10)]);
        sends(&watch, 9, 3);
        assert_eq!(watch.publish(done), []);
    }

    #[test]
    fn durations_fall_into_the_buckets_that_hold_them() {
        let watch = Watch::default();
        for (n, took) in [(10, 5), (20, 6), (30, 9_000)] {
            sends(&watch, n, took);
        }
        watch.publish(IntakeDone::default());
        let counts: Vec<u64> = watch.published().durations["/q/{code}"].iter().map(|(_, n)| *n).collect();
        assert_eq!(counts, [10, 30, 30, 30, 30, 30, 60]);
        let words = |took| Request::new(None, "PATCH", 200, Duration::from_millis(took)).took_at_most();
        assert_eq!([words(5), words(6), words(5_001)], ["≤ 5 ms", "≤ 25 ms", "> 5000 ms"]);
    }

    #[test]
    fn strangers_cannot_make_kinds_of_requests_up() {
        let watch = Watch::default();
        for method in ["BREW", "X1", "X2"] {
            for _ in 0..10 {
                watch.count(&Request::new(None, method, 405, Duration::ZERO));
            }
        }
        assert_eq!(watch.publish(IntakeDone::default()), [("other none 4xx".to_owned(), 30)]);
    }

    #[test]
    fn single_connections_are_not_told() {
        let watch = Arc::new(Watch::default());
        let mut open: Vec<Connection> = (0..9).map(|_| watch.connected()).collect();
        assert_eq!(watch.connections(), 0);
        open.push(watch.connected());
        assert_eq!(watch.connections(), 10);
        drop(open);
        assert_eq!(watch.connections(), 0);
    }
}
