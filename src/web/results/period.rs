//! What a page is asked for: the period `?ky=2026`, `?ky=2026-q3`, `?ky=2026-lich`, the measure `&loai=sipas`.

use crate::text::{date, parts};
use crate::words::{Day, FieldId, Half, Lang, Level, Measure, Period};

/// Years that can be asked for.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;
/// Lengths of rolling periods, in months.
const ROLLING: [u8; 4] = [3, 6, 12, 24];

/// Which calendar a part of a year is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Calendar {
    /// From the 15th to the 14th: the reports of state administration.
    Reporting,
    /// Months as on the wall.
    Months,
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Part {
    /// All of it.
    Whole,
    /// From its beginning: 6 or 9 months.
    Months(u8),
    /// A quarter, 1 to 4.
    Quarter(u8),
    /// A month, 1 to 12.
    Month(u8),
}

/// A period with an address. Each is made of whole half-months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Chosen {
    /// A year or a part of it.
    Of(Calendar, i32, Part),
    /// Months up to the end of a half-month.
    Rolling(u8, Half),
}

impl Chosen {
    /// The period named by a query string; `None` if it names none.
    pub(in crate::web) fn of_query(query: &str) -> Option<Self> {
        query.split('&').find_map(|part| part.strip_prefix("ky=")).and_then(Self::parse)
    }

    /// The period of a word in an address.
    pub(in crate::web) fn parse(word: &str) -> Option<Self> {
        if let Some((months, last)) = word.split_once("t-") {
            let months = ROLLING.into_iter().find(|known| months == known.to_string())?;
            let last = Some(last).filter(|day| day.len() == 10)?;
            let last = Day::parse(last).filter(|day| YEARS.contains(&day.year()) && day.half().last() == *day)?;
            return Some(Self::Rolling(months, last.half()));
        }
        let (year, rest) = word.split_once('-').map_or((word, None), |(year, rest)| (year, Some(rest)));
        let year = Some(year).filter(|digits| digits.len() == 4)?.parse().ok().filter(|year| YEARS.contains(year))?;
        let (calendar, part) = match rest {
            None => (Calendar::Reporting, None),
            Some("lich") => (Calendar::Months, None),
            Some(rest) => match rest.strip_prefix("lich-") {
                Some(part) => (Calendar::Months, Some(part)),
                None => (Calendar::Reporting, Some(rest)),
            },
        };
        let part = part.map_or(Some(Part::Whole), |word| Part::all().skip(1).find(|part| part.word() == word))?;
        Some(Self::Of(calendar, year, part))
    }

    /// The reporting year a day lies in.
    pub(in crate::web) fn year_of(day: Day) -> Self {
        Self::Of(Calendar::Reporting, Period::year_of(day), Part::Whole)
    }

    /// Its days.
    pub(in crate::web) fn period(self) -> Period {
        match self {
            Self::Of(calendar, year, part) => part.period(calendar, year),
            Self::Rolling(months, last) => {
                Period { from: Half(last.0 + 1 - 2 * i32::from(months)).first(), to: last.last() }
            }
        }
    }

    /// The word in an address.
    pub(in crate::web) fn word(self) -> String {
        match self {
            Self::Of(calendar, year, part) => {
                let calendar = if calendar == Calendar::Months { "-lich" } else { "" };
                let part = if part == Part::Whole { String::new() } else { format!("-{}", part.word()) };
                format!("{year}{calendar}{part}")
            }
            Self::Rolling(months, last) => format!("{months}t-{}", last.last().iso()),
        }
    }

    /// The name that leads there. The two calendars share their names, hence that of months has its days beside them.
    pub(in crate::web) fn label(self, lang: Lang) -> String {
        match self {
            Self::Of(Calendar::Months, ..) => date::period(lang, self.period()),
            Self::Of(Calendar::Reporting, ..) => {
                date::name(lang, self.period()).unwrap_or_else(|| date::span(lang, self.period()))
            }
            Self::Rolling(months, last) => parts::rolling(lang, u64::from(months), last.last()),
        }
    }

    /// The periods a reader may want next: the year, its quarters, the calendar year, the year before; none that has not
    /// begun.
    pub(in crate::web) fn others(self, today: Day) -> Vec<Self> {
        let year = match self {
            Self::Of(_, year, _) => year,
            Self::Rolling(_, last) => Period::year_of(last.last()),
        };
        let of = |part| Self::Of(Calendar::Reporting, year, part);
        let near = [
            of(Part::Whole),
            of(Part::Quarter(1)),
            of(Part::Quarter(2)),
            of(Part::Quarter(3)),
            of(Part::Quarter(4)),
            Self::Of(Calendar::Months, year, Part::Whole),
            Self::Of(Calendar::Reporting, year - 1, Part::Whole),
            Self::Of(Calendar::Reporting, year + 1, Part::Whole),
        ];
        near.into_iter().filter(|other| *other != self && other.period().from <= today).collect()
    }

    /// Every period of one kind that somebody in the office may want on a day: rolling ones, then this reporting year with
    /// its parts, the same by calendar months, and the two years before. None has not begun.
    pub(in crate::web) fn offered(today: Day) -> [Vec<Self>; 3] {
        let last = Half(today.half().0 - 1);
        let rolling = ROLLING.into_iter().map(|months| Self::Rolling(months, last)).collect();
        let years = |calendar: Calendar, year: i32| {
            let of = move |(year, part)| Self::Of(calendar, year, part);
            let now = Part::all().map(move |part| (year, part));
            let before = [year - 1, year - 2].into_iter().flat_map(|year| {
                Part::all().filter(|part| !matches!(part, Part::Month(_))).map(move |part| (year, part))
            });
            now.chain(before).map(of).filter(|chosen| chosen.period().from <= today).collect()
        };
        [rolling, years(Calendar::Reporting, Period::year_of(today)), years(Calendar::Months, today.year())]
    }
}

impl Part {
    /// All parts: the whole, 6 and 9 months, the quarters, the months.
    fn all() -> impl Iterator<Item = Self> {
        let quarters = (1..=4).map(Self::Quarter);
        [Self::Whole, Self::Months(6), Self::Months(9)].into_iter().chain(quarters).chain((1..=12).map(Self::Month))
    }

    fn word(self) -> String {
        match self {
            Self::Whole => String::new(),
            Self::Months(months) => format!("{months}t"),
            Self::Quarter(quarter) => format!("q{quarter}"),
            Self::Month(month) => format!("t{month:02}"),
        }
    }

    fn period(self, calendar: Calendar, year: i32) -> Period {
        let whole = match calendar {
            Calendar::Reporting => Period::reporting_year(year),
            Calendar::Months => Period::calendar_year(year),
        };
        let month = |number| match calendar {
            Calendar::Reporting => Period::reporting_month(year, number),
            Calendar::Months => Period::calendar_month(year, number),
        };
        let found = match self {
            Self::Whole => None,
            Self::Months(months) => month(months).map(|last| Period { from: whole.from, to: last.to }),
            Self::Quarter(quarter) => match calendar {
                Calendar::Reporting => Period::reporting_quarter(year, quarter),
                Calendar::Months => Period::calendar_quarter(year, quarter),
            },
            Self::Month(number) => month(number),
        };
        found.unwrap_or(whole)
    }
}

/// What the address of a page chooses: period, measure, source, field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::web) struct Choice {
    /// Period; `None` for the usual one.
    pub period: Option<Chosen>,
    /// Measure; `None` for the usual one.
    pub measure: Option<Measure>,
    /// One source alone; `None` for the headline and all sources beside it.
    pub level: Option<Level>,
    /// One field alone; `None` for all.
    pub field: Option<FieldId>,
}

impl Choice {
    /// What a query string chooses.
    pub(in crate::web) fn of_query(query: &str) -> Self {
        let of = |name: &str| query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        let measure = of("loai").and_then(|word| Measure::parse(word).ok());
        Self { period: Chosen::of_query(query), measure, level: None, field: None }
    }

    /// The same with what pages of the office may choose besides: the source `&nguon=b`, the field `&linh-vuc=3`.
    pub(in crate::web) fn of_office(query: &str) -> Self {
        let of = |name: &str| query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        let level = of("nguon").and_then(|word| Level::ALL.iter().copied().find(|level| level.word() == word));
        let field =
            of("linh-vuc").and_then(|word| word.parse().ok()).map(FieldId).filter(|field| *field != FieldId::NONE);
        Self { level, field, ..Self::of_query(query) }
    }

    /// The same with another period.
    pub(in crate::web) const fn in_period(self, period: Chosen) -> Self {
        Self { period: Some(period), ..self }
    }

    /// The same with another measure.
    pub(in crate::web) const fn of_measure(self, measure: Measure) -> Self {
        Self { measure: Some(measure), ..self }
    }

    /// What pages for everybody may choose of it.
    pub(in crate::web) const fn public(self) -> Self {
        Self { level: None, field: None, ..self }
    }

    /// A path with what is chosen.
    pub(in crate::web) fn address(self, path: &str) -> String {
        let period = self.period.map(|chosen| format!("ky={}", chosen.word()));
        let measure = self.measure.map(|measure| format!("loai={}", measure.word()));
        let level = self.level.map(|level| format!("nguon={}", level.word()));
        let field = self.field.map(|field| format!("linh-vuc={}", field.0));
        let query: Vec<String> = [period, measure, level, field].into_iter().flatten().collect();
        let joint = if path.contains('?') { '&' } else { '?' };
        if query.is_empty() { path.to_owned() } else { format!("{path}{joint}{}", query.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(year: i32, part: Part) -> Chosen {
        Chosen::Of(Calendar::Reporting, year, part)
    }

    #[test]
    fn a_period_is_named_by_the_address_or_not_at_all() {
        assert_eq!(Chosen::of_query("lang=en&ky=2026-q3"), Some(of(2026, Part::Quarter(3))));
        assert_eq!(Chosen::of_query("ky=2026"), Some(of(2026, Part::Whole)));
        assert_eq!(Chosen::of_query("ky=2026-lich"), Some(Chosen::Of(Calendar::Months, 2026, Part::Whole)));
        assert_eq!(Chosen::of_query("ky=2026-lich-t05"), Some(Chosen::Of(Calendar::Months, 2026, Part::Month(5))));
        let wrong = [
            "",
            "ky=",
            "ky=2026-q5",
            "ky=26",
            "ky=99999999999",
            "ky=+026",
            "ky=0001",
            "ky=2026-Q1",
            "ky=2026-t13",
            "ky=2026-lich-",
            "ky=2026-lich-lich",
            "ky=5t-2026-11-14",
            "ky=12t-2026-11-13",
            "ky=12t-1026-11-14",
            "ky=12t-",
        ];
        for wrong in wrong {
            assert_eq!(Chosen::of_query(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn words_lead_back_to_their_period_and_periods_are_whole_halves() {
        let today = Day::of(2026, 11, 22).unwrap();
        let all: Vec<Chosen> = Chosen::offered(today).concat();
        assert!(all.len() > 60, "{}", all.len());
        for chosen in all {
            assert_eq!(Chosen::parse(&chosen.word()), Some(chosen), "{}", chosen.word());
            let period = chosen.period();
            assert_eq!((period.from.half().first(), period.to.half().last()), (period.from, period.to));
            assert!(period.from <= today, "{}", chosen.word());
        }
    }

    #[test]
    fn a_rolling_period_ends_with_the_last_whole_half_month() {
        let [rolling, ..] = Chosen::offered(Day::of(2026, 11, 22).unwrap());
        let year = rolling.iter().find(|chosen| chosen.word().starts_with("12t")).unwrap();
        assert_eq!(year.word(), "12t-2026-11-14");
        let days = year.period();
        assert_eq!((days.from.iso().as_str(), days.to.iso().as_str()), ("2025-11-15", "2026-11-14"));
        assert_eq!(year.label(Lang::Vi), "12 tháng gần nhất, đến hết ngày 14/11/2026");
    }

    #[test]
    fn periods_that_have_not_begun_are_not_offered() {
        let offered = of(2026, Part::Whole).others(Day::of(2026, 7, 1).unwrap());
        assert!(offered.contains(&of(2026, Part::Quarter(3))) && offered.contains(&of(2025, Part::Whole)));
        assert!(!offered.contains(&of(2026, Part::Quarter(4))) && !offered.contains(&of(2027, Part::Whole)));
        assert!(!offered.contains(&of(2026, Part::Whole)));
    }

    #[test]
    fn an_address_keeps_what_is_chosen() {
        let query = "loai=sipas&ky=2026-q3&lang=en&nguon=B&linh-vuc=7";
        let choice = Choice::of_query(query);
        let period = Some(of(2026, Part::Quarter(3)));
        assert_eq!(choice, Choice { period, measure: Some(Measure::Sipas), level: None, field: None });
        assert_eq!(choice.address("/don-vi/X"), "/don-vi/X?ky=2026-q3&loai=sipas");
        let office = Choice::of_office(query);
        assert_eq!(office.address("/x"), "/x?ky=2026-q3&loai=sipas&nguon=B&linh-vuc=7");
        assert_eq!(Choice::of_office("nguon=E&linh-vuc=x&loai=khac&ky=1").address("/"), "/");
    }
}
