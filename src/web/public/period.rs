//! What a page is asked for: the period `?ky=2026`, `?ky=2026-q3`, `?ky=2026-lich`, the measure `&loai=sipas`.

use crate::text::date;
use crate::words::{Day, Lang, Measure, Period};

/// Years that can be asked for.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A period with an address. Each is made of whole half-months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    /// The reporting year, 15 December to 14 December.
    Year(i32),
    /// A reporting quarter, from the 15th to the 14th.
    Quarter(i32, u8),
    /// January to December.
    CalendarYear(i32),
}

impl Chosen {
    /// The period named by a query string; `None` if it names none.
    pub(super) fn of_query(query: &str) -> Option<Self> {
        query.split('&').find_map(|part| part.strip_prefix("ky=")).and_then(Self::parse)
    }

    fn parse(word: &str) -> Option<Self> {
        let (year, rest) = word.split_once('-').map_or((word, None), |(year, rest)| (year, Some(rest)));
        let year = Some(year).filter(|digits| digits.len() == 4)?.parse().ok().filter(|year| YEARS.contains(year))?;
        match rest {
            None => Some(Self::Year(year)),
            Some("lich") => Some(Self::CalendarYear(year)),
            Some("q1") => Some(Self::Quarter(year, 1)),
            Some("q2") => Some(Self::Quarter(year, 2)),
            Some("q3") => Some(Self::Quarter(year, 3)),
            Some("q4") => Some(Self::Quarter(year, 4)),
            Some(_) => None,
        }
    }

    /// The reporting year a day lies in.
    pub(super) fn year_of(day: Day) -> Self {
        Self::Year(Period::year_of(day))
    }

    /// Its days.
    pub(super) fn period(self) -> Period {
        match self {
            Self::Year(year) => Period::reporting_year(year),
            Self::Quarter(year, quarter) => {
                Period::reporting_quarter(year, quarter).unwrap_or_else(|| Period::reporting_year(year))
            }
            Self::CalendarYear(year) => Period::calendar_year(year),
        }
    }

    /// The word in an address.
    pub(super) fn word(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::Quarter(year, quarter) => format!("{year}-q{quarter}"),
            Self::CalendarYear(year) => format!("{year}-lich"),
        }
    }

    /// The name that leads there. The two kinds of years share their name, hence the calendar year has its days beside it.
    pub(super) fn label(self, lang: Lang) -> String {
        match self {
            Self::CalendarYear(_) => date::period(lang, self.period()),
            Self::Year(_) | Self::Quarter(..) => {
                date::name(lang, self.period()).unwrap_or_else(|| date::span(lang, self.period()))
            }
        }
    }

    /// The periods a reader may want next: the year, its quarters, the calendar year, the year before; none that has not
    /// begun.
    pub(super) fn others(self, today: Day) -> Vec<Self> {
        let (Self::Year(year) | Self::Quarter(year, _) | Self::CalendarYear(year)) = self;
        let near = [
            Self::Year(year),
            Self::Quarter(year, 1),
            Self::Quarter(year, 2),
            Self::Quarter(year, 3),
            Self::Quarter(year, 4),
            Self::CalendarYear(year),
            Self::Year(year - 1),
            Self::Year(year + 1),
        ];
        near.into_iter().filter(|other| *other != self && other.period().from <= today).collect()
    }
}

/// What the address of a page chooses: period and measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Choice {
    /// Period; `None` for the usual one.
    pub period: Option<Chosen>,
    /// Measure; `None` for the usual one.
    pub measure: Option<Measure>,
}

impl Choice {
    /// What a query string chooses.
    pub(super) fn of_query(query: &str) -> Self {
        let measure = query.split('&').find_map(|part| part.strip_prefix("loai="));
        let measure = measure.and_then(|word| Measure::parse(word).ok());
        Self { period: Chosen::of_query(query), measure }
    }

    /// The same with another period.
    pub(super) const fn in_period(self, period: Chosen) -> Self {
        Self { period: Some(period), ..self }
    }

    /// The same with another measure.
    pub(super) const fn of_measure(self, measure: Measure) -> Self {
        Self { measure: Some(measure), ..self }
    }

    /// A path with what is chosen.
    pub(super) fn address(self, path: &str) -> String {
        let period = self.period.map(|chosen| format!("ky={}", chosen.word()));
        let measure = self.measure.map(|measure| format!("loai={}", measure.word()));
        let query: Vec<String> = period.into_iter().chain(measure).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_named_by_the_address_or_not_at_all() {
        assert_eq!(Chosen::of_query("lang=en&ky=2026-q3"), Some(Chosen::Quarter(2026, 3)));
        assert_eq!(Chosen::of_query("ky=2026"), Some(Chosen::Year(2026)));
        assert_eq!(Chosen::of_query("ky=2026-lich"), Some(Chosen::CalendarYear(2026)));
        for wrong in ["", "ky=", "ky=2026-q5", "ky=26", "ky=99999999999", "ky=+026", "ky=0001", "ky=2026-Q1"] {
            assert_eq!(Chosen::of_query(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn words_lead_back_to_their_period_and_periods_are_whole_halves() {
        for chosen in [Chosen::Year(2026), Chosen::Quarter(2026, 1), Chosen::CalendarYear(2025)] {
            assert_eq!(Chosen::parse(&chosen.word()), Some(chosen));
            let period = chosen.period();
            assert_eq!((period.from.half().first(), period.to.half().last()), (period.from, period.to));
        }
    }

    #[test]
    fn periods_that_have_not_begun_are_not_offered() {
        let offered = Chosen::Year(2026).others(Day::of(2026, 7, 1).unwrap());
        assert!(offered.contains(&Chosen::Quarter(2026, 3)) && offered.contains(&Chosen::Year(2025)));
        assert!(!offered.contains(&Chosen::Quarter(2026, 4)) && !offered.contains(&Chosen::Year(2027)));
        assert!(!offered.contains(&Chosen::Year(2026)));
    }

    #[test]
    fn an_address_keeps_what_is_chosen() {
        let choice = Choice::of_query("loai=sipas&ky=2026-q3&lang=en");
        assert_eq!(choice, Choice { period: Some(Chosen::Quarter(2026, 3)), measure: Some(Measure::Sipas) });
        assert_eq!(choice.address("/don-vi/X"), "/don-vi/X?ky=2026-q3&loai=sipas");
        assert_eq!(Choice::of_query("loai=khac&ky=1").address("/"), "/");
    }
}
