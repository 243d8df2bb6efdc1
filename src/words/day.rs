//! Time, as coarse as it may be: a `Moment` for the record of staff acts, a `Day` for everything that is an answer.

use time::{Date, Month, OffsetDateTime, macros::format_description};

/// Seconds of the fixed offset of Vietnam, +07:00.
const OFFSET_SECONDS: i64 = 7 * 3600;
const SECONDS_A_DAY: i64 = 86_400;
/// Julian day of 1970-01-01.
const UNIX_EPOCH_JULIAN: i32 = 2_440_588;

/// A moment in UTC, in whole seconds (sub-second texts sort wrongly in SQLite).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// The present moment. The only reading of the clock in the program.
    pub fn now() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
        Self(OffsetDateTime::now_utc().unix_timestamp())
    }

    /// A moment from seconds since 1970-01-01 00:00 UTC.
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// The midnight that ends a civil day at +07:00.
    pub fn at_end_of(day: Day) -> Self {
        Self((i64::from(day.0) + 1) * SECONDS_A_DAY - OFFSET_SECONDS)
    }

    /// Seconds since 1970-01-01 00:00 UTC.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The civil day at +07:00. The one function that makes a `Day` out of time.
    pub fn day(self) -> Day {
        let days = (self.0 + OFFSET_SECONDS).div_euclid(SECONDS_A_DAY);
        Day(i32::try_from(days).unwrap_or(i32::MAX))
    }

    /// Hour, minute and second at +07:00.
    pub fn clock(self) -> (u8, u8, u8) {
        let rest = (self.0 + OFFSET_SECONDS).rem_euclid(SECONDS_A_DAY);
        let part = |value: i64| u8::try_from(value).unwrap_or(0);
        (part(rest / 3600), part(rest % 3600 / 60), part(rest % 60))
    }
}

/// A civil day at +07:00, counted from 1970-01-01. The finest time an answer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day of a calendar date; `None` for a date that does not exist.
    pub fn of(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = Month::try_from(month).ok()?;
        Date::from_calendar_date(year, month, day).ok().map(Self::from_date)
    }

    /// Reads `2026-11-21` or `21/11/2026`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let iso = format_description!("[year]-[month]-[day]");
        let vietnamese = format_description!("[day padding:none]/[month padding:none]/[year]");
        Date::parse(text, &iso).or_else(|_| Date::parse(text, &vietnamese)).ok().map(Self::from_date)
    }

    /// The day of a calendar date.
    pub fn from_date(date: Date) -> Self {
        Self(date.to_julian_day() - UNIX_EPOCH_JULIAN)
    }

    /// The calendar date; days beyond year 9999 are clamped.
    pub fn date(self) -> Date {
        Date::from_julian_day(self.0.saturating_add(UNIX_EPOCH_JULIAN)).unwrap_or(if self.0 > 0 {
            Date::MAX
        } else {
            Date::MIN
        })
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u8 {
        self.date().month().into()
    }

    /// Day of the month, 1 to 31.
    pub fn day_of_month(self) -> u8 {
        self.date().day()
    }

    /// Day of the week, Monday = 1 to Sunday = 7.
    pub fn weekday(self) -> u8 {
        self.date().weekday().number_from_monday()
    }

    /// The half-month this day lies in.
    pub fn half(self) -> Half {
        let date = self.date();
        let second = i32::from(date.day() >= 15);
        Half((date.year() * 12 + i32::from(u8::from(date.month())) - 1) * 2 + second)
    }

    /// The day `days` later (earlier if negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// `2026-11-21`.
    pub fn iso(self) -> String {
        let date = self.date();
        format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
    }
}

/// A half-month: the 1st to the 14th, or the 15th to the end. Both calendars, that of reports (15th to 14th) and that of
/// months, are sums of halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Half(pub i32);

impl Half {
    /// First day.
    pub fn first(self) -> Day {
        let day = if self.0.rem_euclid(2) == 0 { 1 } else { 15 };
        let month = self.0.div_euclid(2).rem_euclid(12);
        let year = self.0.div_euclid(24);
        Day::of(year, u8::try_from(month + 1).unwrap_or(1), day).unwrap_or(Day(0))
    }

    /// Last day.
    pub fn last(self) -> Day {
        Self(self.0 + 1).first().plus(-1)
    }

    /// The half after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_seven_in_the_evening_utc_of_the_day_before() {
        let before = Moment::from_unix(1_795_280_399);
        assert_eq!(before.day().plus(1), Moment::from_unix(1_795_280_400).day());
        assert_eq!(Moment::from_unix(1_795_280_400).clock(), (0, 0, 0));
        assert_eq!(before.clock(), (23, 59, 59));
        assert_eq!(Moment::at_end_of(before.day()), Moment::from_unix(1_795_280_400));
    }

    #[test]
    fn both_notations_name_the_same_day() {
        assert_eq!(Day::parse("2026-11-21"), Day::of(2026, 11, 21));
        assert_eq!(Day::parse(" 21/11/2026 "), Day::of(2026, 11, 21));
        assert_eq!(Day::parse("5/2/2026"), Day::of(2026, 2, 5));
        assert_eq!(Day::parse("31/02/2026"), None);
        assert_eq!(Day::parse("2026-11-21").unwrap().iso(), "2026-11-21");
    }

    #[test]
    fn halves_cover_every_day_once_for_forty_years() {
        let mut day = Day::of(2000, 1, 1).unwrap();
        while day < Day::of(2040, 1, 1).unwrap() {
            let half = day.half();
            assert!(half.first() <= day && day <= half.last());
            assert_eq!(half.last().plus(1), half.next().first());
            day = half.next().first();
        }
    }
}
