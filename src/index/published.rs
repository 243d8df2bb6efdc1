//! Series that other bodies published: one number a year, its rank apart, without an interval.
//!
//! Runs and refusals are those of [`Series`]: nothing is computed across a break. Points and ranks are two series of their
//! own; what both say together is told in words, never in one number.

use super::official::number;
use super::scheme::{Bilingual, DeclaredBreak, Reason, Selection, Series, SeriesPoint, Standing};
use crate::index::SchemeRef;
use crate::words::{Day, Measure, PARTS, Period, SeriesFrame, SeriesKind};

/// A number of a year as it was published, with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedValue {
    /// Code of the series.
    pub series: String,
    /// Year it speaks of.
    pub year: i16,
    /// What kind of number it is.
    pub kind: SeriesKind,
    /// The number, in ten-thousandths; `None` where only words were published.
    pub value: Option<i64>,
    /// Decimals it was published with, at most four.
    pub decimals: u8,
    /// Of a rank: how many were ranked.
    pub rank_of: Option<i32>,
    /// Whom it speaks of: a province, the country.
    pub place: String,
    /// Which of the satisfaction numbers.
    pub measure: Measure,
    /// Who published it.
    pub publisher: String,
    /// Users or residents, where the source says so.
    pub frame: Option<SeriesFrame>,
    /// Questionnaire and method, by a name that changes where they change; may be empty.
    pub method: String,
    /// Where it stands.
    pub citation: String,
    /// Words in place of the number or beside it.
    pub note: Option<Bilingual>,
    /// Why the series breaks before this year.
    pub broken: Option<Bilingual>,
}

/// A change from one known year to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The year before.
    pub since: i16,
    /// Later value less the earlier one, in ten-thousandths; of ranks, places gained.
    pub by: i64,
    /// Decimals both were published with.
    pub decimals: u8,
}

/// Why a value does not continue the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The last year before the break that has a value.
    pub since: i16,
    /// All reasons.
    pub reasons: Vec<Reason>,
}

/// A year of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Year<'a> {
    /// The year.
    pub year: i16,
    /// Points or per cent.
    pub level: Option<&'a PublishedValue>,
    /// Rank.
    pub rank: Option<&'a PublishedValue>,
    /// Change of points or per cent.
    pub level_step: Option<Step>,
    /// Change of the rank.
    pub rank_step: Option<Step>,
    /// The break before this year.
    pub broken: Option<Broken>,
}

/// A series.
#[derive(Debug, Clone, PartialEq)]
pub struct History<'a> {
    /// Code.
    pub code: &'a str,
    /// Whom it speaks of.
    pub place: &'a str,
    /// Which of the satisfaction numbers.
    pub measure: Measure,
    /// The years that have anything, in order.
    pub years: Vec<Year<'a>>,
}

impl PublishedValue {
    /// The number itself.
    pub fn number(&self) -> Option<f64> {
        self.value.map(number)
    }

    fn point(&self) -> Option<SeriesPoint> {
        let ranked = self.rank_of.filter(|_| self.kind == SeriesKind::Rank);
        Some(SeriesPoint {
            period: Period::calendar_year(self.year.into()),
            label: self.year.to_string(),
            value: self.number()?,
            measure: self.measure,
            scheme: SchemeRef { code: self.kind.word().to_owned(), version: 1 },
            questionnaire: self.method.clone(),
            // A rank among 63 and one among 34 are two things.
            mode: ranked.map(|of| of.to_string()).unwrap_or_default(),
            frame: self.frame.map(SeriesFrame::word).unwrap_or_default().to_owned(),
            selection: Selection::Records,
        })
    }
}

/// The series of some values, in the order of their codes.
pub fn histories(values: &[PublishedValue]) -> Vec<History<'_>> {
    let mut sorted: Vec<&PublishedValue> = values.iter().collect();
    sorted.sort_by(|a, b| (&a.series, a.year, a.kind).cmp(&(&b.series, b.year, b.kind)));
    sorted.chunk_by(|a, b| a.series == b.series).filter_map(history).collect()
}

fn history<'a>(values: &[&'a PublishedValue]) -> Option<History<'a>> {
    let first = values.first()?;
    let breaks: Vec<DeclaredBreak> = values.iter().filter_map(|value| declared(value)).collect();
    let (levels, ranks): (Vec<&PublishedValue>, Vec<&PublishedValue>) =
        values.iter().partition(|value| value.kind != SeriesKind::Rank);
    let series = Series::new(values.iter().filter_map(|value| value.point()).collect(), breaks);
    let years = values.chunk_by(|a, b| a.year == b.year).filter_map(|of_year| {
        let year = of_year.first()?.year;
        let level = levels.iter().find(|value| value.year == year).copied();
        let rank = ranks.iter().find(|value| value.year == year).copied();
        let level_step = level.and_then(|value| step(&series, &levels, value));
        let rank_step = rank.and_then(|value| step(&series, &ranks, value));
        let mut broken: Option<Broken> = None;
        for found in [&level_step, &rank_step].into_iter().flatten().filter_map(|step| step.as_ref().err()) {
            let known = broken.get_or_insert_with(|| Broken { since: found.since, reasons: Vec::new() });
            known.since = known.since.max(found.since);
            let new = found.reasons.iter().filter(|reason| !known.reasons.contains(reason)).cloned();
            let new: Vec<Reason> = new.collect();
            known.reasons.extend(new);
        }
        let known = |step: Option<Result<Step, Broken>>| step.and_then(Result::ok);
        Some(Year { year, level, rank, level_step: known(level_step), rank_step: known(rank_step), broken })
    });
    let years = years.collect();
    Some(History { code: &first.series, place: &first.place, measure: first.measure, years })
}

fn declared(value: &PublishedValue) -> Option<DeclaredBreak> {
    let from = Day::of(value.year.into(), 1, 1)?;
    let reason = value.broken.clone()?;
    let standing = Standing { sourced: true, source: Some(value.citation.clone()), note: None };
    Some(DeclaredBreak { measure: value.measure, from, reason, standing })
}

/// From the last known value before this one; refused where a break lies between.
fn step(series: &Series, of_kind: &[&PublishedValue], value: &PublishedValue) -> Option<Result<Step, Broken>> {
    let now = value.value?;
    let earlier = of_kind.iter().filter(|one| one.year < value.year && one.value.is_some());
    let before = earlier.max_by_key(|one| one.year)?;
    let (a, b) = before.point().zip(value.point())?;
    if let Err(reasons) = series.comparable(&a, &b) {
        return Some(Err(Broken { since: before.year, reasons }));
    }
    let by = now - before.value?;
    let by = if value.kind == SeriesKind::Rank { -by / PARTS } else { by };
    Some(Ok(Step { since: before.year, by, decimals: before.decimals.min(value.decimals) }))
}

/// A measure of a place and year that stands beside others.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside<'a> {
    /// Whom all of them speak of.
    pub place: &'a str,
    /// The year.
    pub year: i16,
    /// What the measures say, one entry for each measure and publisher; never fewer than two.
    pub said: Vec<Vec<&'a PublishedValue>>,
}

/// Where two measures speak of one place and year. Nothing is computed from them.
pub fn side_by_side<'a>(histories: &[History<'a>]) -> Vec<Beside<'a>> {
    let mut found: Vec<Beside<'a>> = Vec::new();
    for history in histories {
        for year in &history.years {
            let values: Vec<&PublishedValue> = [year.level, year.rank].into_iter().flatten().collect();
            match found.iter_mut().find(|one| one.place == history.place && one.year == year.year) {
                Some(one) => one.said.push(values),
                None => found.push(Beside { place: history.place, year: year.year, said: vec![values] }),
            }
        }
    }
    found.retain(|one| {
        let mut measures: Vec<Measure> = one.said.iter().flatten().map(|value| value.measure).collect();
        measures.sort_unstable();
        measures.dedup();
        measures.len() > 1
    });
    found.sort_by(|a, b| (a.place, a.year).cmp(&(b.place, b.year)));
    found
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A value without a note and without a break.
    pub(crate) fn value(series: &str, year: i16, kind: SeriesKind, value: i64) -> PublishedValue {
        PublishedValue {
            series: series.to_owned(),
            year,
            kind,
            value: Some(value),
            decimals: if kind == SeriesKind::Rank { 0 } else { 2 },
            rank_of: (kind == SeriesKind::Rank).then_some(63),
            place: "Lai Châu".to_owned(),
            measure: Measure::Par,
            publisher: "Bộ Nội vụ".to_owned(),
            frame: None,
            method: String::new(),
            citation: "x".to_owned(),
            note: None,
            broken: None,
        }
    }

    /// Points and ranks of Lai Châu.
    pub(crate) fn lai_chau() -> Vec<PublishedValue> {
        let years = [(2012, 664_600, 59), (2013, 631_700, 62), (2014, 767_500, 52), (2015, 791_200, 58)];
        years
            .into_iter()
            .flat_map(|(year, points, rank)| {
                [value("lc", year, SeriesKind::Points, points), value("lc", year, SeriesKind::Rank, rank * PARTS)]
            })
            .collect()
    }

    #[test]
    fn points_and_ranks_change_apart_and_a_smaller_rank_is_a_gain() {
        let values = lai_chau();
        let found = histories(&values);
        let steps: Vec<(i64, i64)> =
            found[0].years[1..].iter().map(|year| (year.level_step.unwrap().by, year.rank_step.unwrap().by)).collect();
        assert_eq!(steps, [(-32_900, -3), (135_800, 10), (23_700, -6)]);
        assert!(found[0].years[0].level_step.is_none() && found[0].years[0].broken.is_none());
    }

    #[test]
    fn users_and_residents_do_not_continue_each_other_nor_do_ranks_among_another_number() {
        let of = |year, frame, level| PublishedValue {
            measure: Measure::Sipas,
            frame: Some(frame),
            ..value("s", year, SeriesKind::Percent, level)
        };
        let mut values = vec![of(2020, SeriesFrame::Users, 850_000), of(2022, SeriesFrame::Residents, 800_800)];
        let reason = Bilingual { vi: "đối tượng".to_owned(), en: "population".to_owned() };
        values[1].broken = Some(reason.clone());
        let found = histories(&values);
        let year = &found[0].years[1];
        assert!(year.level_step.is_none());
        let broken = year.broken.as_ref().unwrap();
        assert_eq!(broken.since, 2020);
        assert!(broken.reasons.contains(&Reason::Declared { reason }) && broken.reasons.len() == 2);
        let mut ranks = vec![value("r", 2024, SeriesKind::Rank, 10_000), value("r", 2025, SeriesKind::Rank, 20_000)];
        ranks[1].rank_of = Some(34);
        assert!(histories(&ranks)[0].years[1].rank_step.is_none());
    }

    #[test]
    fn a_year_of_words_is_kept_and_skipped_by_changes() {
        let mut values = vec![
            value("s", 2017, SeriesKind::Percent, 810_000),
            value("s", 2019, SeriesKind::Percent, 0),
            value("s", 2020, SeriesKind::Percent, 850_000),
        ];
        values[1].value = None;
        let found = histories(&values);
        assert_eq!(found[0].years.len(), 3);
        assert_eq!(found[0].years[2].level_step.unwrap().since, 2017);
    }

    #[test]
    fn two_measures_of_one_place_and_year_stand_beside_each_other_and_one_alone_does_not() {
        let mut own = value("own", 2022, SeriesKind::Percent, 855_000);
        own.measure = Measure::Province;
        let mut rank = value("sipas", 2022, SeriesKind::Rank, 0);
        (rank.measure, rank.value) = (Measure::Sipas, None);
        let values = [own, rank, value("par", 2021, SeriesKind::Points, 1)];
        let found = histories(&values);
        let beside = side_by_side(&found);
        assert_eq!(beside.len(), 1);
        assert_eq!((beside[0].place, beside[0].year, beside[0].said.len()), ("Lai Châu", 2022, 2));
    }

    proptest! {
        #[test]
        fn no_change_is_computed_across_a_declared_break(
            years in proptest::collection::btree_map(1990_i16..2060, (0_i64..1_000_000, any::<bool>()), 2..12)
        ) {
            let values: Vec<PublishedValue> = years.iter().map(|(year, (number, breaks))| PublishedValue {
                broken: breaks.then(|| Bilingual { vi: "lý do".to_owned(), en: "reason".to_owned() }),
                ..value("s", *year, SeriesKind::Points, *number)
            }).collect();
            for year in &histories(&values)[0].years {
                if let Some(step) = year.level_step {
                    let crossed = years.range(step.since + 1..=year.year).any(|(_, (_, breaks))| *breaks);
                    prop_assert!(!crossed, "{} to {}", step.since, year.year);
                }
            }
        }
    }
}
