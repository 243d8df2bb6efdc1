//! The index schemes of the same name, from the answers to the editions.

use thuocdo::index::scheme::{self, AnswerTable, Question, Scheme};
use thuocdo::questionnaire::{Answer, Edition, embedded};
use thuocdo::words::Day;

use super::csv_of;
use super::index::mean_of_items;

/// The questions of an edition under the parts of its scheme: by their own code, by their factor's, or by the beginning of it.
fn questions(edition: &Edition, scheme: &Scheme) -> Vec<(usize, Question)> {
    let mut found = Vec::new();
    for (number, item) in edition.numbered() {
        let factor = edition.factors().iter().find(|factor| factor.criteria.iter().any(|code| code == item.code()));
        let factor = factor.map_or("", |factor| factor.code.as_str());
        let candidates = [item.code(), factor, factor.split('_').next().unwrap()];
        let component = candidates.into_iter().find(|code| scheme.component(code).is_some());
        if let Some(component) = component {
            found.push((number, Question { component: component.to_owned(), code: item.code().to_owned() }));
        }
    }
    found
}

#[test]
fn schemes_are_computed_from_the_answers_of_their_editions() {
    let schemes = scheme::embedded().unwrap();
    let mut computed = Vec::new();
    for edition in embedded().unwrap() {
        let Some(scheme) = schemes.iter().find(|scheme| scheme.name().code == edition.code()) else { continue };
        assert_eq!(scheme.measure(), edition.measure());
        let questions = questions(&edition, scheme);
        let rated: Vec<usize> = edition.index_ratings().map(|(number, _)| number).collect();
        assert!(rated.iter().all(|number| questions.iter().any(|(known, _)| known == number)), "{}", edition.name());
        let (_, sheets) = csv_of(&edition, 200, Day(20_000));
        let persons: Vec<Vec<Option<u16>>> = sheets
            .iter()
            .map(|(_, sheet)| {
                let value = |number: usize| match sheet[number - 1] {
                    Answer::Level(level) => Some(u16::from(level)),
                    Answer::Number(number) => Some(number),
                    _ => None,
                };
                questions.iter().map(|(number, _)| value(*number)).collect()
            })
            .collect();
        let own: Vec<Question> = questions.iter().map(|(_, question)| question.clone()).collect();
        let table = AnswerTable::new(&own, &persons).unwrap();
        let all: Vec<&Vec<Answer>> = sheets.iter().map(|(_, sheet)| sheet).collect();
        let satisfied =
            |number: usize| (number, edition.item_numbered(number).unwrap().rating().unwrap().satisfied.clone());
        let items: Vec<(usize, Vec<u8>)> = rated.iter().map(|number| satisfied(*number)).collect();
        let pooled = edition.aggregation().word() == "pooled_answers";
        if edition.code() == "sipas_policy_service" {
            // The scheme weighs the two parts; each is the mean of its own criteria.
            let part = |begin: &str| {
                let codes: Vec<usize> =
                    questions.iter().filter(|(_, q)| q.component == begin).map(|(n, _)| *n).collect();
                let items: Vec<(usize, Vec<u8>)> = codes.iter().map(|number| satisfied(*number)).collect();
                mean_of_items(&all, &items, false).0
            };
            let given =
                |component: &str| scheme::Item::of(component, scheme::Given::Share { share: part(component), n: None });
            let found = scheme.evaluate(&[given("policy"), given("service")], None).unwrap();
            assert!((found.value.unwrap() - 0.6 * part("policy") - 0.4 * part("service")).abs() < 1e-12);
        } else {
            let found = scheme.evaluate_answers(table).unwrap();
            let (share, _, _) = mean_of_items(&all, &items, pooled);
            assert!((found.value.unwrap() - share).abs() < 1e-12, "{}: {found:?} {share}", edition.name());
            for figure in scheme.figures_of(table).unwrap() {
                assert!(figure.value.is_some(), "{} {figure:?}", edition.name());
            }
        }
        computed.push(edition.code().to_owned());
    }
    assert_eq!(computed, ["sipas_2017", "sipas_policy_service", "health_3869_inpatient", "health_3869_outpatient"]);
}
