//! Series and their breaks.

use super::scheme;
use crate::index::scheme::{
    Bilingual, DeclaredBreak, Reason, SchemeRef, Selection, Series, SeriesPoint, Standing, comparable,
};
use crate::words::{Day, Measure, Period};
use proptest::prelude::*;

fn point(year: i32, value: f64) -> SeriesPoint {
    SeriesPoint {
        period: Period::calendar_year(year),
        label: year.to_string(),
        value,
        measure: Measure::Sipas,
        scheme: SchemeRef { code: "sipas_2017".to_owned(), version: 1 },
        questionnaire: "sipas-22".to_owned(),
        mode: "post".to_owned(),
        frame: "users".to_owned(),
        selection: Selection::Probability,
    }
}

fn years(series: &Series) -> Vec<Vec<String>> {
    series.runs().iter().map(|run| run.points.iter().map(|point| point.label.clone()).collect()).collect()
}

#[test]
fn no_trend_line_runs_from_sipas_2020_to_2022() {
    let residents = |year, value| SeriesPoint { frame: "residents".to_owned(), ..point(year, value) };
    let points = vec![residents(2022, 0.8008), point(2019, 0.8445), point(2020, 0.8548), residents(2023, 0.8266)];
    let series = Series::new(points.clone(), scheme("sipas_2017").breaks().to_vec());
    assert_eq!(years(&series), [vec!["2019", "2020"], vec!["2022", "2023"]]);
    let reasons = &series.runs()[1].broken;
    assert!(matches!(reasons.as_slice(), [Reason::Frame { .. }, Reason::Declared { .. }]), "{reasons:?}");
    assert!(series.runs()[0].broken.is_empty());
    assert!(series.change(&points[2], &points[0]).is_err());
    assert!((series.change(&points[0], &points[3]).unwrap() - 0.0258).abs() < 1e-12);
    // The break stands in the data of the scheme, so it holds even where nobody noted the frame.
    let unnoted = Series::new(vec![point(2020, 0.8548), point(2022, 0.8008)], scheme("sipas_2017").breaks().to_vec());
    assert_eq!(unnoted.runs().len(), 2);
}

#[test]
fn every_change_of_the_way_of_measuring_breaks_the_series() {
    let a = point(2023, 0.8);
    let refused = |b: SeriesPoint| comparable(&a, &b).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>();
    let text = str::to_owned;
    assert_eq!(refused(SeriesPoint { questionnaire: text("b"), ..a.clone() }), ["two questionnaires, sipas-22 and b"]);
    assert_eq!(refused(SeriesPoint { mode: text("qr"), ..a.clone() }), ["people answered in two ways, post and qr"]);
    assert_eq!(refused(SeriesPoint { frame: text("f"), ..a.clone() }), ["two frames, users and f"]);
    let next = SchemeRef { code: text("sipas_2017"), version: 2 };
    assert_eq!(refused(SeriesPoint { scheme: next, ..a.clone() }), ["two schemes, sipas_2017-1 and sipas_2017-2"]);
    let all = SeriesPoint {
        measure: Measure::Counter,
        selection: Selection::OptIn,
        scheme: SchemeRef { code: text("x"), version: 1 },
        questionnaire: text("x"),
        mode: text("x"),
        frame: text("x"),
        ..a.clone()
    };
    assert_eq!(refused(all).len(), 6);
    assert_eq!(comparable(&a, &point(2024, 0.9)), Ok(()));
}

#[test]
fn two_measures_stand_side_by_side_and_are_never_averaged() {
    // Quảng Nam 2022: its own survey and SIPAS, alike in everything that is noted but what they measure.
    let (own, sipas) = (SeriesPoint { measure: Measure::Province, ..point(2022, 0.855) }, point(2022, 0.75));
    let series = Series::new(vec![own.clone(), sipas.clone()], Vec::new());
    let only = [Reason::Measure { before: Measure::Province, after: Measure::Sipas }];
    assert_eq!(comparable(&own, &sipas).unwrap_err(), only);
    assert_eq!(series.mean(&[&own, &sipas]).unwrap_err(), only);
    assert!(series.change(&own, &sipas).is_err());
    assert_eq!(series.runs().len(), 2);
    assert_eq!(series.mean(&[]), Ok(None));
    assert_eq!(series.mean(&[&own, &own]), Ok(Some(0.855)));
}

#[test]
fn voluntary_answers_are_never_held_against_a_drawn_sample() {
    let wave = point(2023, 0.8);
    let counter = SeriesPoint { selection: Selection::OptIn, ..point(2024, 0.95) };
    let reasons = comparable(&wave, &counter).unwrap_err();
    assert_eq!(reasons[0].to_string(), "people were found in two ways, probability and opt_in");
}

#[test]
fn a_declared_break_lies_between_the_figures_before_and_after_its_day() {
    let declared = DeclaredBreak {
        measure: Measure::Sipas,
        from: Day::of(2025, 7, 1).unwrap(),
        reason: Bilingual { vi: "Hợp nhất tỉnh".to_owned(), en: "provinces merged".to_owned() },
        standing: Standing::default(),
    };
    let series = Series::new((2023..=2027).map(|year| point(year, 0.8)).collect(), vec![declared.clone()]);
    // The year 2025 began before the break; what follows does not continue it.
    assert_eq!(years(&series), [vec!["2023", "2024", "2025"], vec!["2026", "2027"]]);
    assert_eq!(series.runs()[1].broken[0].to_string(), "provinces merged");
    let other = DeclaredBreak { measure: Measure::Par, ..declared };
    assert_eq!(Series::new(vec![point(2024, 0.8), point(2026, 0.8)], vec![other]).runs().len(), 1);
    assert!(Series::default().runs().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn runs_hold_every_figure_once_and_no_two_neighbours_of_a_run_are_broken(
        given in proptest::collection::vec((2012..2030_i32, 0..3_usize, 0..2_usize, 0..2_usize), 0..14),
        at in proptest::collection::vec(2012..2030_i32, 0..3),
    ) {
        let measures = [Measure::Sipas, Measure::Province, Measure::Counter];
        let points = given.iter().map(|(year, measure, mode, frame)| SeriesPoint {
            measure: measures[*measure],
            mode: mode.to_string(),
            frame: frame.to_string(),
            ..point(*year, 0.5)
        });
        let breaks = at.iter().map(|year| DeclaredBreak {
            measure: Measure::Sipas,
            from: Day::of(*year, 1, 1).unwrap(),
            reason: Bilingual::default(),
            standing: Standing::default(),
        });
        let series = Series::new(points.collect(), breaks.collect());
        let runs = series.runs();
        let joined: Vec<&SeriesPoint> = runs.iter().flat_map(|run| run.points).collect();
        prop_assert!(joined.into_iter().eq(series.points()));
        for run in &runs {
            prop_assert!(!run.points.is_empty());
            prop_assert!(run.points.windows(2).all(|pair| series.comparable(&pair[0], &pair[1]).is_ok()));
        }
        for pair in runs.windows(2) {
            let (before, after) = (pair[0].points.last().unwrap(), &pair[1].points[0]);
            prop_assert_eq!(series.comparable(before, after).unwrap_err(), pair[1].broken.clone());
        }
        for a in series.points() {
            for b in series.points() {
                prop_assert_eq!(series.comparable(a, b).is_ok(), series.comparable(b, a).is_ok());
                prop_assert!(a.measure == b.measure || series.comparable(a, b).is_err());
            }
        }
    }
}
