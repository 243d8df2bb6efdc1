//! Indices that are shares.

use super::{counts, part, scheme, scheme_of_shares, share, value};
use crate::index::scheme::{Absence, Covariances, Given, InputProblem, Item, Lack, Refusal, Warning, parse};

const PARTS: &str = include_str!("../../../../surveys/schemes/sipas_policy_service-1.toml");

#[test]
fn sipas_is_not_the_plain_mean_of_policy_and_services() {
    let sipas = scheme("sipas_policy_service");
    let found = sipas.evaluate(&[share("policy", 0.8384), share("service", 0.8409)], None).unwrap();
    assert!((found.value.unwrap() - 0.8394).abs() < 1e-12);
    assert_eq!((found.formula, found.scheme.to_string().as_str()), ("weighted", "sipas_policy_service-1"));
    assert_eq!(found.unsourced, ["index", "policy", "service"], "the weights are derived, and that is said");
    let coefficients = found.coefficients.unwrap();
    assert!((coefficients[0].1 - 0.6).abs() < 1e-12 && (coefficients[1].1 - 0.4).abs() < 1e-12);
}

#[test]
fn a_scheme_that_would_give_the_plain_mean_is_refused_by_the_published_figure() {
    let plain = PARTS
        .replace("aggregation = \"weighted\"", "aggregation = \"mean_of_factors\"")
        .replace("weight = 0.60\n", "")
        .replace("weight = 0.40\n", "");
    let sentence = parse("plain.toml", &plain).unwrap_err().to_string();
    let line = plain.split("[[published]]").next().unwrap().matches('\n').count() + 1;
    let expected = format!("plain.toml, line {line}: the scheme gives 0.839650 where 0.8394 was published for “2024”");
    assert!(sentence.starts_with(&expected), "{sentence}");
    let equal = PARTS.replace("weight = 0.60\n", "weight = 0.50\n").replace("weight = 0.40\n", "weight = 0.50\n");
    assert!(parse("equal.toml", &equal).is_err());
    for within in ["0.57", "0.63"] {
        let rest = format!("weight = {}\n", 1.0 - within.parse::<f64>().unwrap());
        let text = PARTS.replace("weight = 0.60\n", &format!("weight = {within}\n")).replace("weight = 0.40\n", &rest);
        assert!(parse("other.toml", &text).is_ok(), "{within} lies within rounding");
    }
}

#[test]
fn a_part_that_is_missing_is_refused_where_the_scheme_asks_for_all() {
    let sipas = scheme("sipas_policy_service");
    let found = sipas.evaluate(&[share("policy", 0.8384)], None).unwrap();
    assert_eq!(found.value, None);
    assert_eq!(found.refusal, Some(Refusal::Missing { component: "service".to_owned() }));
    assert_eq!(found.missing, [("service".to_owned(), Absence::NotGiven)]);
    assert!((part(&found, "policy").value.unwrap() - 0.8384).abs() < 1e-12, "what is known is still shown");
    assert_eq!(sipas.evaluate(&[], None).unwrap().refusal, Some(Refusal::NothingGiven));
}

#[test]
fn twenty_two_criteria_weigh_the_same_whatever_factor_they_stand_in() {
    let sipas = scheme("sipas_2017");
    let criteria: Vec<String> =
        sipas.components().iter().filter(|part| part.formula.is_none()).map(|part| part.code.clone()).collect();
    assert_eq!(criteria.len(), 22);
    let sizes: Vec<usize> = ["access", "procedure", "officer", "result", "feedback"]
        .iter()
        .map(|factor| {
            let place = sipas.components().iter().position(|part| part.code == *factor);
            sipas.components().iter().filter(|part| part.parent == place).count()
        })
        .collect();
    assert_eq!(sizes, [4, 5, 6, 3, 4]);
    let items: Vec<Item> = criteria.iter().map(|code| counts(code, u64::from(code == "c16") * 100, 100)).collect();
    let found = sipas.evaluate(&items, None).unwrap();
    assert!((found.value.unwrap() - 1.0 / 22.0).abs() < 1e-12);
    assert!((part(&found, "result").value.unwrap() - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(part(&found, "result").answers, Some(300));
    assert!(found.unsourced.contains(&"c08".to_owned()) && !found.unsourced.contains(&"c01".to_owned()));
}

#[test]
fn a_criterion_nobody_answered_leaves_and_the_others_are_scaled_up() {
    let sipas = scheme("sipas_2017");
    let codes: Vec<&str> = sipas.components().iter().filter(|c| c.formula.is_none()).map(|c| c.code.as_str()).collect();
    let items: Vec<Item> =
        codes.iter().map(|code| if *code == "c22" { counts(code, 0, 0) } else { counts(code, 90, 100) }).collect();
    let found = sipas.evaluate(&items, None).unwrap();
    assert!((found.value.unwrap() - 0.9).abs() < 1e-12);
    assert_eq!(found.missing, [("c22".to_owned(), Absence::NotApplicable)]);
    assert!(found.warnings.contains(&Warning::ScaledUp));
    let coefficients = found.coefficients.unwrap();
    assert_eq!(coefficients.len(), 21);
    assert!(coefficients.iter().all(|(_, k)| (k - 1.0 / 21.0).abs() < 1e-12));
    assert_eq!(part(&sipas.evaluate(&items[..1], None).unwrap(), "result").lack, Some(Lack::Absent(Absence::NotGiven)));
}

#[test]
fn formulas_differ_on_the_same_counts() {
    let leaf = |group: &str| format!("part_of = \"{group}\"");
    let group = "aggregation = \"mean_of_items\"".to_owned();
    let parts = [group.clone(), leaf("p0"), leaf("p0"), leaf("p0"), group, leaf("p4")];
    let items = [counts("p1", 9, 10), counts("p2", 8, 10), counts("p3", 70, 100), counts("p5", 30, 60)];
    let by = |formula: &str| value(&scheme_of_shares(formula, "refuse", &parts), &items);
    assert!((by("mean_of_items") - (0.9 + 0.8 + 0.7 + 0.5) / 4.0).abs() < 1e-12);
    assert!((by("mean_of_factors") - f64::midpoint(0.8, 0.5)).abs() < 1e-12);
    assert!((by("pooled_answers") - 117.0 / 180.0).abs() < 1e-12);
    let weighted = [
        format!("{}\nweight = 3", parts[0]),
        parts[1].clone(),
        parts[2].clone(),
        parts[3].clone(),
        format!("{}\nweight = 1", parts[4]),
        parts[5].clone(),
    ];
    let found = scheme_of_shares("weighted", "refuse", &weighted);
    assert!((value(&found, &items) - (0.75 * 0.8 + 0.25 * 0.5)).abs() < 1e-12);
    // A missing item leaves its factor; the weight of the factor stays what the scheme says.
    let leaving = scheme_of_shares("weighted", "leave", &weighted);
    assert!((value(&leaving, &items[1..]) - (0.75 * 0.75 + 0.25 * 0.5)).abs() < 1e-12);
    let pooled = scheme_of_shares("pooled_answers", "refuse", &parts[..2]).evaluate(&[share("p1", 0.5)], None).unwrap();
    assert_eq!(pooled.refusal, Some(Refusal::NeedsCounts { item: "p1".to_owned() }));
    let persons = scheme_of_shares("persons_all_satisfied", "refuse", &parts[..2]);
    assert_eq!(persons.evaluate(&[share("p1", 0.5)], None).unwrap().refusal, Some(Refusal::NeedsAnswers));
}

#[test]
fn the_variance_of_a_linear_index_follows_from_the_covariance_of_its_parts() {
    let sipas = scheme("sipas_policy_service");
    let items = [share("policy", 0.8384), share("service", 0.8409)];
    let codes = || vec!["policy".to_owned(), "service".to_owned()];
    let (v, w, c) = (2.0e-4, 3.0e-4, 1.5e-4);
    let matrix = Covariances::new(codes(), vec![vec![v, c], vec![c, w]]).unwrap();
    let found = sipas.evaluate(&items, Some(&matrix)).unwrap();
    assert!((found.variance.unwrap() - (0.36 * v + 0.16 * w + 2.0 * 0.24 * c)).abs() < 1e-15);
    let one = Covariances::new(vec!["policy".to_owned()], vec![vec![v]]).unwrap();
    let found = sipas.evaluate(&items, Some(&one)).unwrap();
    assert_eq!(found.variance, None, "independence is not assumed");
    assert!(found.warnings.contains(&Warning::NoCovariance { item: "service".to_owned() }));
    let pooled = scheme_of_shares("pooled_answers", "refuse", &[String::new(), String::new()]);
    let matrix = Covariances::new(vec!["p0".into(), "p1".into()], vec![vec![v, c], vec![c, w]]).unwrap();
    let found = pooled.evaluate(&[counts("p0", 1, 2), counts("p1", 1, 2)], Some(&matrix)).unwrap();
    assert_eq!((found.variance, found.warnings), (None, vec![Warning::NotLinear]));
}

#[test]
fn what_does_not_fit_the_scheme_is_told_all_at_once() {
    let sipas = scheme("sipas_2017");
    let items = [
        share("c01", 1.01),
        share("c02", f64::NAN),
        share("c99", 0.5),
        share("access", 0.5),
        counts("c03", 5, 4),
        share("c04", 0.5),
        share("c04", 0.5),
        Item::of("c05", Given::Points(1.0)),
        Item::of("c06", Given::Complement { late: 0, complained: 0, whole: 1 }),
    ];
    let problems = sipas.evaluate(&items, None).unwrap_err();
    assert_eq!(problems.len(), 8, "{problems:?}");
    assert!(matches!(&problems[0], InputProblem::OutOfRange { item, .. } if item == "c01"));
    assert!(matches!(&problems[2], InputProblem::UnknownComponent { component, .. } if component == "c99"));
    assert!(matches!(&problems[3], InputProblem::TakesNoValue { component } if component == "access"));
    assert!(matches!(&problems[5], InputProblem::Twice { item } if item == "c04"));
    assert!(problems[6].to_string().starts_with("“c05” cannot be points; the scheme expects a share"));
}
