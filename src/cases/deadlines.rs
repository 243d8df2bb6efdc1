//! Deadlines of a case, in working days from the day on which a unit is charged with it: two to refuse one that says too
//! little, five to find that out, fifteen to answer, and two more to publish. Pure.
//!
//! Working days are Monday to Friday. Public holidays are not left out: a deadline that falls on one is a day early, never
//! late.

use crate::words::Day;

/// Working days to refuse a case that says too little.
const REFUSE: u8 = 2;
/// Working days to ask for more. Nobody can be asked, so this is the last day to close a case that says too little.
const ASK: u8 = 5;
/// Working days to answer.
const RESOLVE: u8 = 15;
/// Working days from the answer to its publication.
const PUBLISH: u8 = 2;

/// Saturday.
const WEEKEND: u8 = 6;

/// The last days of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// To refuse it because it says too little.
    pub refuse: Day,
    /// To close it because it says too little.
    pub close: Day,
    /// To answer it.
    pub answer: Day,
}

impl Deadlines {
    /// Of a case with which a unit is charged on this day.
    pub fn of(released: Day) -> Self {
        Self {
            refuse: working_days_after(released, REFUSE),
            close: working_days_after(released, ASK),
            answer: working_days_after(released, RESOLVE),
        }
    }
}

/// The last day to publish an answer of this day.
pub fn publish_by(answered: Day) -> Day {
    working_days_after(answered, PUBLISH)
}

/// The working day that is the n-th after a day, which is not counted itself.
fn working_days_after(day: Day, n: u8) -> Day {
    let later = (1..).map(|days| day.plus(days)).filter(|day| day.weekday() < WEEKEND);
    later.take(usize::from(n)).last().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day::of(year, month, day).unwrap()
    }

    #[test]
    fn deadlines_are_counted_in_working_days_from_the_day_after() {
        // Monday 5 October 2026.
        let monday = Deadlines::of(day(2026, 10, 5));
        assert_eq!(monday, Deadlines { refuse: day(2026, 10, 7), close: day(2026, 10, 12), answer: day(2026, 10, 26) });
        assert_eq!(publish_by(day(2026, 10, 5)), day(2026, 10, 7));
    }

    #[test]
    fn weekends_do_not_count_and_whoever_is_charged_on_one_begins_on_monday() {
        let friday = Deadlines::of(day(2026, 10, 9));
        assert_eq!((friday.refuse, friday.close), (day(2026, 10, 13), day(2026, 10, 16)));
        for weekend in [10, 11] {
            assert_eq!(Deadlines::of(day(2026, 10, weekend)), friday, "Saturday and Sunday are as Friday");
        }
        assert_eq!(publish_by(day(2026, 10, 9)), day(2026, 10, 13));
    }

    #[test]
    fn deadlines_go_on_over_the_end_of_a_year() {
        // Wednesday 30 December 2026; New Year's Day, a Friday, counts.
        let late = Deadlines::of(day(2026, 12, 30));
        assert_eq!(late, Deadlines { refuse: day(2027, 1, 1), close: day(2027, 1, 6), answer: day(2027, 1, 20) });
        // 28 February 2028 is a Monday of a leap year.
        assert_eq!(Deadlines::of(day(2028, 2, 28)).refuse, day(2028, 3, 1));
    }

    #[test]
    fn three_weeks_of_any_day_hold_fifteen_working_days() {
        for at in 20_000..20_400 {
            let released = Day(at);
            let answer = Deadlines::of(released).answer;
            assert!((19..=21).contains(&(answer.0 - released.0)), "{} {}", released.iso(), answer.iso());
            assert!(answer.weekday() < WEEKEND);
        }
    }
}
