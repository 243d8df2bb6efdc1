//! Sector formulas from the answers of each person.

use super::scheme;
use crate::index::scheme::{AnswerTable, FigureValue, InputProblem, Question, Refusal, Uneven, Warning, parse};

fn form(questions: &[(&str, &str)]) -> Vec<Question> {
    let question =
        |(component, code): &(&str, &str)| Question { component: (*component).to_owned(), code: (*code).to_owned() };
    questions.iter().map(question).collect()
}

fn rows(answers: &[&[u16]]) -> Vec<Vec<Option<u16>>> {
    answers.iter().map(|row| row.iter().map(|answer| Some(*answer).filter(|answer| *answer > 0)).collect()).collect()
}

fn figure<'a>(figures: &'a [FigureValue], code: &str, component: Option<&str>) -> &'a FigureValue {
    figures.iter().find(|found| found.code == code && found.component.as_deref() == component).unwrap()
}

#[test]
fn two_patients_have_five_sixths_pooled_and_one_half_comprehensive() {
    let health = scheme("health_3869_inpatient");
    let questions = form(&[("a", "a1"), ("c", "c1"), ("e", "e1")]);
    let persons = rows(&[&[5, 5, 4], &[4, 3, 5]]);
    let table = AnswerTable::new(&questions, &persons).unwrap();
    let found = health.evaluate_answers(table).unwrap();
    assert!((found.value.unwrap() - 5.0 / 6.0).abs() < 1e-12);
    assert_eq!((found.pooled, found.formula), (Some((5.0, 6.0)), "pooled_answers"));
    assert!(found.warnings.contains(&Warning::ScaledUp), "parts B and D were not asked");
    let figures = health.figures_of(table).unwrap();
    let comprehensive = figure(&figures, "comprehensive", None);
    assert_eq!((comprehensive.value, comprehensive.count), (Some(0.5), Some((1, 2))));
    assert!((figure(&figures, "score", None).value.unwrap() - 26.0 / 6.0).abs() < 1e-12);
    assert!((figure(&figures, "score", Some("a")).value.unwrap() - 4.5).abs() < 1e-12);
    assert_eq!(figure(&figures, "score", Some("b")).value, None);
    assert_eq!(figure(&figures, "by_part", Some("c")).count, Some((1, 2)));
    assert_eq!(figure(&figures, "met_expectation", None).value, None);
    assert!(comprehensive.sourced && !figure(&figures, "by_part", None).sourced);
}

#[test]
fn who_would_return_is_counted_at_levels_of_its_own() {
    let persons = rows(&[&[5, 80, 4], &[4, 100, 3], &[3, 0, 2], &[0, 60, 0]]);
    for (form_code, expected) in [("health_3869_outpatient", (2, 3)), ("health_3869_inpatient", (1, 3))] {
        let health = scheme(form_code);
        let questions = form(&[("a", "a1"), ("expectation", "f"), ("return", "g")]);
        let table = AnswerTable::new(&questions, &persons).unwrap();
        let figures = health.figures_of(table).unwrap();
        assert_eq!(figure(&figures, "would_return", None).count, Some(expected), "{form_code}");
        let expectation = figure(&figures, "met_expectation", None);
        assert_eq!((expectation.value, expectation.n), (Some(80.0), 3));
        let found = health.evaluate_answers(table).unwrap();
        assert_eq!(found.pooled, Some((2.0, 3.0)), "what stands beside the index does not enter it");
    }
}

#[test]
fn a_person_is_counted_by_the_answers_given_and_one_without_answers_is_not() {
    let health = scheme("health_3869_outpatient");
    let questions = form(&[("a", "a1"), ("a", "a2")]);
    let persons = rows(&[&[5, 0], &[0, 0], &[4, 4], &[4, 1]]);
    let figures = health.figures_of(AnswerTable::new(&questions, &persons).unwrap()).unwrap();
    assert_eq!(figure(&figures, "comprehensive", None).count, Some((2, 3)));
    let nobody = AnswerTable::new(&questions, &[]).unwrap();
    let found = health.evaluate_answers(nobody).unwrap();
    assert_eq!((found.value, found.refusal), (None, Some(Refusal::NothingGiven)));
    assert_eq!(figure(&health.figures_of(nobody).unwrap(), "comprehensive", None).value, None);
}

#[test]
fn an_index_of_persons_says_how_many_they_were() {
    let text = include_str!("../../../../surveys/schemes/health_3869_inpatient-1.toml");
    let text = text.replacen("aggregation = \"pooled_answers\"", "aggregation = \"persons_all_satisfied\"", 1);
    let health = parse("persons.toml", &text).unwrap();
    let questions = form(&[("a", "a1"), ("c", "c1"), ("e", "e1")]);
    let persons = rows(&[&[5, 5, 4], &[4, 3, 5]]);
    let found = health.evaluate_answers(AnswerTable::new(&questions, &persons).unwrap()).unwrap();
    assert_eq!((found.value, found.persons, found.formula), (Some(0.5), Some((1, 2)), "persons_all_satisfied"));
}

#[test]
fn the_second_block_of_the_eighteen_point_form_has_three_levels_without_a_middle() {
    let rating = scheme("tt01_2018");
    let questions = form(&[("satisfaction", "satisfaction")]);
    let persons = rows(&[&[1], &[2], &[3], &[3]]);
    let figures = rating.figures_of(AnswerTable::new(&questions, &persons).unwrap()).unwrap();
    assert_eq!(figure(&figures, "satisfied", None).count, Some((3, 4)));
    let four = rows(&[&[4]]);
    let refused = rating.figures_of(AnswerTable::new(&questions, &four).unwrap()).unwrap_err();
    let expected = InputProblem::NoSuchAnswer { person: 1, item: "satisfaction".to_owned(), answer: 4 };
    assert_eq!(refused, [expected]);
}

#[test]
fn answers_to_options_become_points() {
    let text = include_str!("../../../../surveys/schemes/par_index_2022-1.toml");
    let own = text.replacen("conversion = \"options\"", "conversion = { options = [1.0, 0.5, 0.0] }", 1);
    let par = parse("own.toml", &own.replace("missing = \"refuse\"", "missing = \"leave\"")).unwrap();
    let questions = form(&[("questions", "q1"), ("questions", "q2")]);
    let persons = rows(&[&[1, 2], &[1, 2], &[2, 0], &[3, 0]]);
    let found = par.evaluate_answers(AnswerTable::new(&questions, &persons).unwrap()).unwrap();
    let points = super::part(&found, "questions").value.unwrap();
    assert!((points - 22.0 * f64::midpoint(0.625, 0.5)).abs() < 1e-12, "{points}");
}

#[test]
fn tables_that_do_not_fit_are_refused() {
    let questions = form(&[("a", "a1"), ("a", "a2")]);
    let uneven = AnswerTable::new(&questions, &[vec![Some(5), None], vec![Some(5)]]).unwrap_err();
    assert_eq!(uneven, Uneven { person: 2, found: 1, expected: 2 });
    let health = scheme("health_3869_inpatient");
    let questions = form(&[("a", "a1"), ("a", "a1"), ("z", "z1"), ("expectation", "g1")]);
    let persons = rows(&[&[6, 5, 5, 101]]);
    let problems = health.evaluate_answers(AnswerTable::new(&questions, &persons).unwrap()).unwrap_err();
    assert_eq!(problems.len(), 4, "{problems:?}");
    let rating = scheme("tt01_2018");
    let questions = form(&[("attitude", "q")]);
    let persons = rows(&[&[2]]);
    let problems = rating.evaluate_answers(AnswerTable::new(&questions, &persons).unwrap()).unwrap_err();
    assert!(matches!(problems.as_slice(), [InputProblem::NotAnswered { .. }]), "{problems:?}");
}
