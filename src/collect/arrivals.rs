//! What is noticed while answers come in, one bit each: in memory, under a key that dies at midnight, and kept as counts of
//! a point and half-month alone.
//!
//! Nothing of it is written while the day is open: a count that grows together with one answer would say which answer bears
//! the mark. A day's counts go to the database together, after the day has ended; a restart loses those of its day.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Context;

use crate::record::{Secret, hmac_sha256};
use crate::store::signals::{self, Marks};
use crate::store::{Database, DbErr};
use crate::words::{Day, Mark, Moment, PointId, Province};

/// Seconds within which an answer comes soon after another.
pub const SOON_SECONDS: i64 = 30;
/// Seconds below which nobody reads a form and answers it.
pub const QUICK_SECONDS: i64 = 5;
/// Devices that are remembered in a day; later ones are no repeats, those known stay known.
const MOST_DEVICES: usize = 1 << 18;
/// Longest part of a browser's name that is looked at, in bytes.
const LONGEST_AGENT: usize = 512;

/// An answer that has been stored.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// The point.
    pub point: PointId,
    /// Address and browser, where the address tells devices apart.
    pub device: Option<(IpAddr, &'a [u8])>,
    /// When the form was opened; `None` where the form does not say so, as none of ours does.
    pub opened: Option<Moment>,
    /// Now.
    pub now: Moment,
}

/// What is remembered of a day.
struct Today {
    day: Day,
    key: Secret,
    /// Hashes of point, address and browser.
    devices: HashSet<u64>,
    /// When the last answer of a point came.
    last: HashMap<PointId, Moment>,
}

#[derive(Default)]
struct Memory {
    today: Option<Today>,
    /// Counts of each day.
    counts: BTreeMap<Day, Marks>,
}

/// Everything that is noticed on this server.
#[derive(Default)]
pub struct Arrivals(Mutex<Memory>);

impl std::fmt::Debug for Arrivals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Arrivals(…)")
    }
}

impl Arrivals {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notices an answer. `fresh` are random bytes: the key of the day, if this is its first answer.
    pub fn notice(&self, arrival: Arrival<'_>, fresh: [u8; 32]) {
        let memory = &mut *self.memory();
        let day = arrival.now.day();
        if memory.today.as_ref().is_none_or(|today| today.day < day) {
            // Dropping the day before drops its key, and with it every device it knew.
            let (devices, last) = (HashSet::new(), HashMap::new());
            memory.today = Some(Today { day, key: Secret::new(fresh), devices, last });
        }
        let Some(today) = memory.today.as_mut() else { return };
        let marks = today.marks(arrival);
        let counts = memory.counts.entry(today.day).or_default();
        for mark in [Mark::Watched].into_iter().chain(marks.into_iter().flatten()) {
            *counts.entry((arrival.point, today.day.half(), mark)).or_default() += 1;
        }
    }

    /// Takes the counts of the days before `day` out of memory.
    pub fn take(&self, day: Day) -> Marks {
        let memory = &mut *self.memory();
        let kept = memory.counts.split_off(&day);
        let mut ended = Marks::new();
        for (key, n) in std::mem::replace(&mut memory.counts, kept).into_values().flatten() {
            *ended.entry(key).or_default() += n;
        }
        if memory.today.as_ref().is_some_and(|today| today.day < day) {
            memory.today = None;
        }
        ended
    }

    /// Puts counts back that could not be written.
    fn give_back(&self, day: Day, marks: Marks) {
        let memory = &mut *self.memory();
        let counts = memory.counts.entry(day).or_default();
        for (key, n) in marks {
            *counts.entry(key).or_default() += n;
        }
    }
}

impl Today {
    fn marks(&mut self, arrival: Arrival<'_>) -> [Option<Mark>; 3] {
        let Arrival { point, device, opened, now } = arrival;
        let is_known = device.is_some_and(|device| self.has_seen(point, device));
        let before = self.last.insert(point, now);
        let is_soon = before.is_some_and(|before| now.unix() - before.unix() < SOON_SECONDS);
        // A form that does not say when it was opened was not filled in on a page of ours.
        let is_quick = opened.is_none_or(|opened| now.unix() - opened.unix() < QUICK_SECONDS);
        let mark = |is_so: bool, mark| is_so.then_some(mark);
        [mark(is_known, Mark::RepeatDevice), mark(is_soon, Mark::SoonAfter), mark(is_quick, Mark::Quick)]
    }

    /// Whether a device has answered at this point before; from now on it has.
    fn has_seen(&mut self, point: PointId, (address, agent): (IpAddr, &[u8])) -> bool {
        let address = match address.to_canonical() {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            // The lower half of an address of the sixth version changes by itself, many times a day.
            IpAddr::V6(v6) => v6.octets().into_iter().take(8).collect(),
        };
        let agent = agent.get(..LONGEST_AGENT).unwrap_or(agent);
        let hash = hmac_sha256(&self.key, &[&point.0.to_be_bytes(), &[0], &address, &[0], agent]);
        let short = hash.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        if self.devices.len() >= MOST_DEVICES {
            return self.devices.contains(&short);
        }
        !self.devices.insert(short)
    }
}

/// Writes the counts of the days before `today`, all together; how many answers they are of. What cannot be written stays in
/// memory for the next try.
pub async fn write(db: &Database, province: Province, arrivals: &Arrivals, today: Day) -> anyhow::Result<i64> {
    let marks = arrivals.take(today);
    if marks.is_empty() {
        return Ok(0);
    }
    let watched = marks.iter().filter(|((_, _, mark), _)| *mark == Mark::Watched).map(|(_, n)| n).sum();
    if let Err(error) = write_all(db, province, &marks).await {
        arrivals.give_back(today.plus(-1), marks);
        return Err(error).context("while writing what was noticed of answers");
    }
    Ok(watched)
}

async fn write_all(db: &Database, province: Province, marks: &Marks) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    signals::add(&tx, province, marks).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: PointId = PointId(3);
    /// Eight o'clock in the morning of some day.
    const MORNING: i64 = 1_790_038_800;

    fn phone(last: u8) -> (IpAddr, &'static [u8]) {
        (IpAddr::from([203, 0, 113, last]), b"a phone")
    }

    fn at(seconds: i64) -> Arrival<'static> {
        let now = Moment::from_unix(MORNING + seconds);
        Arrival { point: POINT, device: None, opened: Some(Moment::from_unix(now.unix() - 60)), now }
    }

    fn counts(arrivals: &Arrivals) -> Vec<(Mark, i64)> {
        let marks = arrivals.take(Day(i32::MAX));
        marks.into_iter().map(|((_, _, mark), n)| (mark, n)).collect()
    }

    fn notices(all: &[Arrival<'_>]) -> Vec<(Mark, i64)> {
        let arrivals = Arrivals::default();
        for arrival in all {
            arrivals.notice(*arrival, [7; 32]);
        }
        counts(&arrivals)
    }

    #[test]
    fn an_honest_answer_bears_no_mark() {
        let all: Vec<Arrival<'_>> =
            (0..20).map(|n| Arrival { device: Some(phone(n)), ..at(i64::from(n) * SOON_SECONDS) }).collect();
        assert_eq!(notices(&all), [(Mark::Watched, 20)]);
    }

    #[test]
    fn the_same_device_at_the_same_point_is_marked_from_its_second_answer_on() {
        let other = Arrival { point: PointId(4), device: Some(phone(1)), ..at(600) };
        let again = |seconds| Arrival { device: Some(phone(1)), ..at(seconds) };
        let found = notices(&[again(0), again(100), other, again(200), at(300), at(400)]);
        assert_eq!(found.iter().find(|(mark, _)| *mark == Mark::RepeatDevice), Some(&(Mark::RepeatDevice, 2)));
        let renamed = Arrival { device: Some((IpAddr::from([203, 0, 113, 1]), b"another")), ..at(500) };
        assert_eq!(notices(&[again(0), renamed]), [(Mark::Watched, 2)]);
        let one = IpAddr::from([0x2001, 0xdb8, 0, 1, 1, 2, 3, 4]);
        let two = IpAddr::from([0x2001, 0xdb8, 0, 1, 9, 9, 9, 9]);
        let six = |address, seconds| Arrival { device: Some((address, b"x".as_slice())), ..at(seconds) };
        assert_eq!(notices(&[six(one, 0), six(two, 60)]), [(Mark::Watched, 2), (Mark::RepeatDevice, 1)]);
    }

    #[test]
    fn haste_is_marked_to_the_second() {
        let soon = notices(&[at(0), at(29), at(59), at(88)]);
        assert_eq!(soon, [(Mark::Watched, 4), (Mark::SoonAfter, 2)]);
        let opened = |before: i64| Arrival { opened: Some(Moment::from_unix(MORNING + 500 - before)), ..at(500) };
        assert_eq!(notices(&[opened(5)]), [(Mark::Watched, 1)]);
        assert_eq!(notices(&[opened(4)]), [(Mark::Watched, 1), (Mark::Quick, 1)]);
        assert_eq!(notices(&[Arrival { opened: None, ..at(0) }]), [(Mark::Watched, 1), (Mark::Quick, 1)]);
    }

    #[test]
    fn at_midnight_every_device_is_forgotten_and_the_day_can_be_counted() {
        let arrivals = Arrivals::default();
        let today = at(0).now.day();
        for day in 0..2 {
            arrivals.notice(Arrival { device: Some(phone(1)), ..at(day * 86_400) }, [u8::try_from(day).unwrap(); 32]);
        }
        assert_eq!(arrivals.memory().today.as_ref().unwrap().devices.len(), 1);
        assert_eq!(arrivals.take(today).len(), 0, "the day is not over");
        let first = arrivals.take(today.plus(1));
        assert_eq!(first, Marks::from([((POINT, today.half(), Mark::Watched), 1)]));
        arrivals.give_back(today, first);
        assert_eq!(counts(&arrivals), [(Mark::Watched, 2)]);
        assert!(arrivals.memory().today.is_none());
    }

    #[test]
    fn memory_has_a_bound_and_nothing_of_it_can_be_printed() {
        let mut today = Today { day: Day(1), key: Secret::new([1; 32]), devices: HashSet::new(), last: HashMap::new() };
        today.devices.extend(0..u64::try_from(MOST_DEVICES).unwrap());
        assert!(!today.has_seen(POINT, phone(1)));
        assert!(!today.has_seen(POINT, phone(1)), "what did not fit is not known");
        assert_eq!(today.devices.len(), MOST_DEVICES);
        let arrivals = Arrivals::default();
        arrivals.notice(Arrival { device: Some(phone(9)), ..at(0) }, [3; 32]);
        assert_eq!(format!("{arrivals:?}"), "Arrivals(…)");
    }
}
