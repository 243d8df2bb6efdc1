//! Periods: two days, never a month number.

use super::Day;

/// A period with both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Period {
    /// A period; `None` if it ends before it begins.
    pub fn new(from: Day, to: Day) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// The calendar year.
    pub fn calendar_year(year: i32) -> Self {
        let day = |y, m, d| Day::of(y, m, d).unwrap_or(Day(0));
        Self { from: day(year, 1, 1), to: day(year, 12, 31) }
    }

    /// The reporting quarter 1 to 4 of state administration: from the 15th to the 14th
    /// (NĐ 09/2019/NĐ-CP; quarter III = 15/6 to 14/9).
    pub fn reporting_quarter(year: i32, quarter: u8) -> Option<Self> {
        if !(1..=4).contains(&quarter) {
            return None;
        }
        let from = if quarter == 1 { Day::of(year - 1, 12, 15)? } else { Day::of(year, (quarter - 1) * 3, 15)? };
        Self::new(from, Day::of(year, quarter * 3, 14)?)
    }

    /// The reporting year: 15 December of the year before to 14 December.
    pub fn reporting_year(year: i32) -> Self {
        let day = |y, m, d| Day::of(y, m, d).unwrap_or(Day(0));
        Self { from: day(year - 1, 12, 15), to: day(year, 12, 14) }
    }

    /// The reporting month 1 to 12: from the 15th of the month before to the 14th.
    pub fn reporting_month(year: i32, month: u8) -> Option<Self> {
        let before = if month == 1 { Day::of(year - 1, 12, 15)? } else { Day::of(year, month.checked_sub(1)?, 15)? };
        Self::new(before, Day::of(year, month, 14)?)
    }

    /// The calendar month 1 to 12.
    pub fn calendar_month(year: i32, month: u8) -> Option<Self> {
        let next = if month == 12 { Day::of(year + 1, 1, 1)? } else { Day::of(year, month.checked_add(1)?, 1)? };
        Self::new(Day::of(year, month, 1)?, next.plus(-1))
    }

    /// The calendar quarter 1 to 4.
    pub fn calendar_quarter(year: i32, quarter: u8) -> Option<Self> {
        let last = quarter.checked_mul(3)?;
        Self::new(Self::calendar_month(year, last.checked_sub(2)?)?.from, Self::calendar_month(year, last)?.to)
    }

    /// The reporting quarter a day lies in: its year and number.
    pub fn quarter_of(day: Day) -> (i32, u8) {
        let month = day.month();
        let shifted = if day.day_of_month() >= 15 { month + 1 } else { month };
        if shifted > 12 { (day.year() + 1, 1) } else { (day.year(), shifted.div_ceil(3)) }
    }

    /// The reporting year a day lies in.
    pub fn year_of(day: Day) -> i32 {
        Self::quarter_of(day).0
    }

    /// Whether a day lies inside.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether the period still runs on `today`: an interval that may be looked at every day is needed then.
    pub fn runs_on(self, today: Day) -> bool {
        self.to >= today
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarter_three_runs_from_the_15th_of_june_to_the_14th_of_september() {
        let quarter = Period::reporting_quarter(2026, 3).unwrap();
        assert_eq!((quarter.from.iso().as_str(), quarter.to.iso().as_str()), ("2026-06-15", "2026-09-14"));
        assert_eq!(Period::reporting_quarter(2026, 1).unwrap().from.iso(), "2025-12-15");
        assert_eq!(Period::reporting_quarter(2026, 5), None);
    }

    #[test]
    fn months_and_calendar_quarters_fill_their_year() {
        let of = |period: fn(i32, u8) -> Option<Period>, last: u8| -> Vec<Period> {
            (1..=last).map(|number| period(2026, number).unwrap()).collect()
        };
        for (parts, year) in [
            (of(Period::reporting_month, 12), Period::reporting_year(2026)),
            (of(Period::reporting_quarter, 4), Period::reporting_year(2026)),
            (of(Period::calendar_month, 12), Period::calendar_year(2026)),
            (of(Period::calendar_quarter, 4), Period::calendar_year(2026)),
        ] {
            assert_eq!((parts[0].from, parts.last().unwrap().to), (year.from, year.to));
            assert!(parts.windows(2).all(|pair| pair[0].to.plus(1) == pair[1].from));
        }
        for none in [0, 13, 255] {
            assert_eq!((Period::reporting_month(2026, none), Period::calendar_month(2026, none)), (None, None));
        }
        assert_eq!((Period::calendar_quarter(2026, 0), Period::calendar_quarter(2026, 5)), (None, None));
    }

    #[test]
    fn every_day_lies_in_the_quarter_that_is_named_for_it() {
        let mut day = Day::of(2024, 1, 1).unwrap();
        while day < Day::of(2027, 1, 1).unwrap() {
            let (year, quarter) = Period::quarter_of(day);
            assert!(Period::reporting_quarter(year, quarter).unwrap().contains(day), "{}", day.iso());
            assert!(Period::reporting_year(year).contains(day));
            day = day.plus(1);
        }
    }
}
