//! Dates and periods in official shape.
//!
//! Vietnamese official writing gives a leading zero to days below 10 and to January and February, to no other month:
//! “05/10/2026”, “15/6/2026”, “28/02/2025”, “ngày 05 tháng 02 năm 2026”. The short and the long form share this rule.

use time::Month;

use crate::words::{Day, Lang, Moment, Period};

use super::number::roman;

/// A date for lines and tables: “15/6/2026”, “15 Jun 2026”.
pub fn short(lang: Lang, day: Day) -> String {
    match lang {
        Lang::Vi => format!("{:02}/{}/{}", day.day_of_month(), month_digits(day.month()), day.year()),
        Lang::En => format!("{} {} {}", day.day_of_month(), &month_name(day)[..3], day.year()),
    }
}

/// A date for documents: “ngày 05 tháng 02 năm 2026”, “5 February 2026”.
pub fn long(lang: Lang, day: Day) -> String {
    match lang {
        Lang::Vi => {
            format!("ngày {:02} tháng {} năm {}", day.day_of_month(), month_digits(day.month()), day.year())
        }
        Lang::En => format!("{} {} {}", day.day_of_month(), month_name(day), day.year()),
    }
}

/// A moment of a staff act: “08:05, 21/11/2026”. Answers have no time of day.
pub fn moment(lang: Lang, moment: Moment) -> String {
    let (hour, minute, _) = moment.clock();
    format!("{hour:02}:{minute:02}, {}", short(lang, moment.day()))
}

/// The two days: “từ 15/6/2026 đến 14/9/2026”.
pub fn span(lang: Lang, period: Period) -> String {
    let (from, to) = (short(lang, period.from), short(lang, period.to));
    match lang {
        Lang::Vi => format!("từ {from} đến {to}"),
        Lang::En => format!("{from} to {to}"),
    }
}

/// The name of a period, where it has one in the reporting calendar (15th to 14th) or in the calendar of months.
/// The two calendars share names; the dates that follow tell them apart.
pub fn name(lang: Lang, period: Period) -> Option<String> {
    reporting_name(lang, period).or_else(|| calendar_name(lang, period))
}

/// A period with its dates: “quý III/2026 (từ 15/6/2026 đến 14/9/2026)”, or only the dates where it has no name.
pub fn period(lang: Lang, period: Period) -> String {
    let span = span(lang, period);
    match name(lang, period) {
        Some(name) => format!("{name} ({span})"),
        None => span,
    }
}

/// A month of a series: “tháng 6/2026”, “June 2026”.
pub fn month(lang: Lang, day: Day) -> String {
    match lang {
        Lang::Vi => format!("tháng {}/{}", month_digits(day.month()), day.year()),
        Lang::En => format!("{} {}", month_name(day), day.year()),
    }
}

/// A quarter by its number: “quý III/2026”.
pub fn quarter(lang: Lang, year: i32, quarter: u8) -> String {
    match lang {
        Lang::Vi => format!("quý {}/{year}", roman(quarter)),
        Lang::En => format!("quarter {}/{year}", roman(quarter)),
    }
}

fn reporting_name(lang: Lang, period: Period) -> Option<String> {
    let year = Period::year_of(period.to);
    if period == Period::reporting_year(year) {
        return Some(whole_year(lang, year));
    }
    let (_, last) = Period::quarter_of(period.to);
    let quarter_at = |number| Period::reporting_quarter(year, number);
    if quarter_at(last) == Some(period) {
        return Some(quarter(lang, year, last));
    }
    if Period::reporting_month(period.to.year(), period.to.month()) == Some(period) {
        return Some(month(lang, period.to));
    }
    let from_the_first = quarter_at(1)?.from == period.from && quarter_at(last)?.to == period.to;
    from_the_first.then(|| first_months(lang, year, last * 3))
}

fn calendar_name(lang: Lang, period: Period) -> Option<String> {
    let year = period.from.year();
    let whole_months =
        period.from.day_of_month() == 1 && period.to.plus(1).day_of_month() == 1 && period.to.year() == year;
    if !whole_months {
        return None;
    }
    match (period.from.month(), period.to.month()) {
        (1, 12) => Some(whole_year(lang, year)),
        (1, last @ (6 | 9)) => Some(first_months(lang, year, last)),
        (first, last) if first == last => Some(month(lang, period.from)),
        (first, last) if last == first + 2 && last % 3 == 0 => Some(quarter(lang, year, last / 3)),
        _ => None,
    }
}

fn whole_year(lang: Lang, year: i32) -> String {
    match lang {
        Lang::Vi => format!("năm {year}"),
        Lang::En => format!("year {year}"),
    }
}

/// Six months are “đầu năm”, nine months are not: so the reports name them.
fn first_months(lang: Lang, year: i32, months: u8) -> String {
    match (lang, months) {
        (Lang::Vi, 6) => format!("6 tháng đầu năm {year}"),
        (Lang::Vi, _) => format!("{months} tháng năm {year}"),
        (Lang::En, _) => format!("first {months} months of {year}"),
    }
}

fn month_digits(month: u8) -> String {
    if month <= 2 { format!("{month:02}") } else { month.to_string() }
}

fn month_name(day: Day) -> &'static str {
    match day.date().month() {
        Month::January => "January",
        Month::February => "February",
        Month::March => "March",
        Month::April => "April",
        Month::May => "May",
        Month::June => "June",
        Month::July => "July",
        Month::August => "August",
        Month::September => "September",
        Month::October => "October",
        Month::November => "November",
        Month::December => "December",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn shown(from: &str, to: &str) -> String {
        period(Lang::Vi, Period::new(day(from), day(to)).unwrap())
    }

    #[test]
    fn days_below_ten_and_the_first_two_months_have_a_leading_zero() {
        for text in
            ["21/11/2026", "15/6/2026", "14/9/2026", "01/7/2025", "28/02/2025", "05/10/2026", "12/01/2026", "30/6/2025"]
        {
            assert_eq!(short(Lang::Vi, day(text)), text);
        }
        assert_eq!(short(Lang::En, day("05/02/2026")), "5 Feb 2026");
    }

    #[test]
    fn documents_write_the_date_out() {
        assert_eq!(long(Lang::Vi, day("2026-02-05")), "ngày 05 tháng 02 năm 2026");
        assert_eq!(long(Lang::Vi, day("2026-11-21")), "ngày 21 tháng 11 năm 2026");
        assert_eq!(long(Lang::En, day("2026-02-05")), "5 February 2026");
    }

    #[test]
    fn reporting_periods_have_their_names_and_dates() {
        assert_eq!(shown("15/6/2026", "14/9/2026"), "quý III/2026 (từ 15/6/2026 đến 14/9/2026)");
        assert_eq!(shown("15/12/2025", "14/3/2026"), "quý I/2026 (từ 15/12/2025 đến 14/3/2026)");
        assert_eq!(shown("15/12/2025", "14/6/2026"), "6 tháng đầu năm 2026 (từ 15/12/2025 đến 14/6/2026)");
        assert_eq!(shown("15/12/2025", "14/9/2026"), "9 tháng năm 2026 (từ 15/12/2025 đến 14/9/2026)");
        assert_eq!(shown("15/12/2025", "14/12/2026"), "năm 2026 (từ 15/12/2025 đến 14/12/2026)");
        assert_eq!(shown("15/12/2025", "14/01/2026"), "tháng 01/2026 (từ 15/12/2025 đến 14/01/2026)");
        assert_eq!(shown("15/5/2026", "14/6/2026"), "tháng 6/2026 (từ 15/5/2026 đến 14/6/2026)");
    }

    #[test]
    fn calendar_periods_have_the_same_names_with_other_dates() {
        assert_eq!(shown("01/7/2026", "30/9/2026"), "quý III/2026 (từ 01/7/2026 đến 30/9/2026)");
        assert_eq!(shown("01/01/2026", "31/12/2026"), "năm 2026 (từ 01/01/2026 đến 31/12/2026)");
        assert_eq!(shown("01/02/2026", "28/02/2026"), "tháng 02/2026 (từ 01/02/2026 đến 28/02/2026)");
        assert_eq!(shown("01/01/2026", "30/6/2026"), "6 tháng đầu năm 2026 (từ 01/01/2026 đến 30/6/2026)");
    }

    #[test]
    fn any_other_span_is_told_by_its_dates_alone() {
        assert_eq!(shown("03/4/2026", "07/8/2026"), "từ 03/4/2026 đến 07/8/2026");
        assert_eq!(shown("01/02/2026", "30/4/2026"), "từ 01/02/2026 đến 30/4/2026");
        assert_eq!(shown("15/6/2025", "14/9/2026"), "từ 15/6/2025 đến 14/9/2026");
        let quarter = Period::reporting_quarter(2026, 3).unwrap();
        assert_eq!(period(Lang::En, quarter), "quarter III/2026 (15 Jun 2026 to 14 Sep 2026)");
    }

    #[test]
    fn every_month_has_its_own_shape() {
        let written = ["01", "02", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
        for (month, digits) in (1..).zip(written) {
            let day = Day::of(2028, month, 9).unwrap();
            assert_eq!(short(Lang::Vi, day), format!("09/{digits}/2028"));
            assert_eq!(long(Lang::Vi, day), format!("ngày 09 tháng {digits} năm 2028"));
            assert_eq!(super::month(Lang::Vi, day), format!("tháng {digits}/2028"));
        }
        assert_eq!(short(Lang::Vi, day("29/02/2028")), "29/02/2028");
    }

    #[test]
    fn a_reporting_year_begins_in_december_and_its_quarters_have_roman_numbers() {
        for (quarter, name) in [(1, "quý I/2026"), (2, "quý II/2026"), (3, "quý III/2026"), (4, "quý IV/2026")] {
            let period = Period::reporting_quarter(2026, quarter).unwrap();
            assert_eq!(super::name(Lang::Vi, period).as_deref(), Some(name));
        }
        let first = Period::reporting_quarter(2026, 1).unwrap();
        assert_eq!(span(Lang::Vi, first), "từ 15/12/2025 đến 14/3/2026");
        assert_eq!(shown("15/11/2026", "14/12/2026"), "tháng 12/2026 (từ 15/11/2026 đến 14/12/2026)");
        assert_eq!(shown("01/01/2026", "30/9/2026"), "9 tháng năm 2026 (từ 01/01/2026 đến 30/9/2026)");
    }

    #[test]
    fn staff_acts_have_hour_and_minute_of_vietnam() {
        assert_eq!(moment(Lang::Vi, Moment::from_unix(1_795_280_400)), "00:00, 22/11/2026");
    }
}
