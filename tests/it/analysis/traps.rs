//! The mistakes of the statistics specification, section 8: each has a price on these data, and is not made.

use serde_json::{Value, json};
use thuocdo::statistics::{Confidence, StudentT};

use super::{Files, estimate, number, whole};

fn design(sampling: &str, more: &str) -> String {
    let items: Vec<String> = (1..=22).map(|item| format!("\"c{item:02}\"")).collect();
    format!(
        "[design]\n{sampling}\n[answers]\nitems = [{}]\nsatisfied = [4, 5]\nnot_applicable = [9]\n{more}\n[index]\ncomposite \
         = \"mean_of_items\"\n[report]\ntargets = [0.85, 0.9]\nintervals = [\"korn_graubard_nchs\", \"xlogit\", \"mean\"]\n",
        items.join(", ")
    )
}

const CLUSTERS: &str = "weights = \"w\"\nstrata = \"stratum\"\nids = [\"district\"]";
const STAGES: &str = "weights = \"w\"\nstrata = \"stratum\"\nids = [\"district\", \"commune\", \"id\"]\nfpc = \
                      [\"N_district\", \"N_commune\", \"N_person\"]";

fn report(sampling: &str) -> Value {
    Files::of_reference(&design(sampling, ""), "three_stage.csv").json()
}

fn item(number: usize) -> String {
    format!("c{number:02}")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[test]
fn clusters_are_not_taken_for_independent_people() {
    let (right, wrong) = (report(CLUSTERS), report("weights = \"w\""));
    let ratio = |measure: &str| number(&whole(&right, measure)["se"]) / number(&whole(&wrong, measure)["se"]);
    let ratios: Vec<f64> = (1..=22).map(|n| ratio(&item(n))).collect();
    assert!(ratios.iter().copied().fold(0.0, f64::max) > 1.6 && median(ratios.clone()) > 1.0, "{ratios:?}");
    assert!(ratio("composite") > 1.5, "{}", ratio("composite"));
    assert!(number(&whole(&right, "c06")["deff"]) > 3.0);
}

#[test]
fn weights_are_used() {
    let (right, wrong) = (report(CLUSTERS), report("strata = \"stratum\"\nids = [\"district\"]"));
    let apart = |measure: &str| {
        (number(&whole(&right, measure)["estimate"]) - number(&whole(&wrong, measure)["estimate"])).abs()
    };
    assert!((1..=22).map(|n| apart(&item(n))).fold(0.0, f64::max) > 0.03);
}

#[test]
fn criteria_of_one_person_are_not_independent() {
    let report = report(CLUSTERS);
    let composite = number(&whole(&report, "composite")["se"]);
    let squares: f64 = (1..=22).map(|n| number(&whole(&report, &item(n))["se"]).powi(2)).sum();
    let naive = squares.sqrt() / 22.0;
    assert!(composite > 2.0 * naive, "{composite} and {naive}");
}

#[test]
fn not_applicable_is_not_dissatisfied() {
    let data = std::fs::read_to_string(super::reference("three_stage.csv")).unwrap();
    let right = whole(&report(CLUSTERS), "c20").clone();
    // The same with 9 taken for the lowest level.
    let wrong = Files::new(
        &design(CLUSTERS, "").replace("not_applicable = [9]", "levels = [1, 2, 3, 4, 5, 9]"),
        data.as_bytes(),
    );
    let wrong = whole(&wrong.json(), "c20").clone();
    assert!(number(&right["estimate"]) - number(&wrong["estimate"]) > 0.2);
    assert!(number(&right["n"]) < number(&wrong["n"]));
}

#[test]
fn people_with_one_gap_keep_their_other_answers() {
    let report = report(CLUSTERS);
    let rows: Vec<f64> = (1..=22).map(|n| number(&whole(&report, &item(n))["n"])).collect();
    // Listwise deletion would leave 116 people to every item.
    assert!(rows.iter().all(|n| *n > 140.0) && rows.iter().filter(|n| **n > 240.0).count() > 15, "{rows:?}");
    assert_eq!(whole(&report, "composite")["n"], 248);
}

#[test]
fn deciding_limits_stay_between_0_and_100_percent() {
    let report = report(CLUSTERS);
    let mut beyond = 0;
    for estimate in report["estimates"].as_array().unwrap() {
        for method in ["korn_graubard_nchs", "xlogit"] {
            let limits = &estimate["intervals"][method];
            assert!(number(&limits[0]) >= 0.0 && number(&limits[1]) <= 1.0);
            assert!(
                number(&limits[0]) <= number(&estimate["estimate"])
                    && number(&estimate["estimate"]) <= number(&limits[1])
            );
        }
        beyond += usize::from(number(&estimate["intervals"]["mean"][1]) > 1.0);
        assert_eq!(estimate["deciding_interval"], "korn_graubard_nchs");
    }
    assert!(beyond > 0, "the plain interval leaves 100 % on these data");
}

#[test]
fn few_units_mean_few_degrees_of_freedom() {
    let report = report(CLUSTERS);
    let estimate = whole(&report, "c01");
    assert_eq!(number(&estimate["df"]).to_bits(), 7.0_f64.to_bits());
    let half = number(&estimate["intervals"]["mean"][1]) - number(&estimate["estimate"]);
    let t = half / number(&estimate["se"]);
    let student = -StudentT::new(7.0).unwrap().quantile(0.5 * Confidence::P95.error());
    assert!((t - student).abs() < 1e-9 && t > 2.3, "{t}");
}

#[test]
fn a_domain_inside_one_unit_is_not_certain() {
    let files = Files::of_reference(&design(CLUSTERS, "by = [[\"district\"]]"), "three_stage.csv");
    let report = files.json();
    let one = estimate(&report, "c01", "share", &json!({ "district": "D01" }));
    assert_eq!((&one["se"], &one["intervals"]["korn_graubard_nchs"]), (&Value::Null, &Value::Null));
    assert_eq!(one["verdicts"][0]["verdict"], "not_publishable");
    assert!(one["warnings"].to_string().contains("no degrees of freedom"));
    // With all stages known there is a spread inside the unit, but still nothing to publish by.
    let stages = Files::of_reference(&design(STAGES, "by = [[\"district\"]]"), "three_stage.csv").json();
    let one = estimate(&stages, "c01", "share", &json!({ "district": "D01" }));
    assert!(number(&one["se"]) > 0.0 && one["verdicts"][0]["verdict"] == "not_publishable");
}

#[test]
fn the_first_stage_correction_alone_is_warned_of() {
    let first = "weights = \"w\"\nstrata = \"stratum\"\nids = [\"district\"]\nfpc = [\"N_district\"]";
    let (alone, all, none) = (report(first), report(STAGES), report(CLUSTERS));
    let se = |report: &Value| number(&whole(report, "c01")["se"]);
    assert!(se(&alone) < 0.9 * se(&none) && se(&alone) < 0.9 * se(&all));
    assert!(alone["design"]["warnings"].to_string().contains("first stage alone"));
    assert!(!all["design"]["warnings"].to_string().contains("first stage alone"));
    assert!(!none["design"]["warnings"].to_string().contains("first stage alone"));
}

#[test]
fn a_mean_of_levels_is_not_called_a_share() {
    let means = design(CLUSTERS, "").replace("[report]", "[report]\nstatistics = [\"share\", \"mean\"]");
    let report = Files::of_reference(&means, "three_stage.csv").json();
    let mean = estimate(&report, "composite", "mean", &Value::Null);
    assert!(number(&mean["estimate"]) > 3.0 && mean["verdicts"] == json!([]) && mean["n_effective"] == Value::Null);
}

#[test]
fn a_target_is_compared_unrounded() {
    // 8,996 of 10,000 are 90.0 % to one digit and below the target all the same.
    let design = "[design]\nids = [\"id\"]\nfpc = [\"N\"]\n[answers]\nitems = [\"c\"]\nsatisfied = [4, 5]\n[report]\ntargets = [0.9]\n";
    let of = |satisfied: usize| {
        let rows = (0..10_000)
            .map(|id| format!("{id},10000,{}\n", if id < satisfied { 5 } else { 1 }))
            .collect::<Vec<_>>()
            .concat();
        let report = Files::new(design, format!("id,N,c\n{rows}").as_bytes()).json();
        let estimate = whole(&report, "c").clone();
        assert_eq!(estimate["se"], 0.0, "everybody was asked");
        estimate["verdicts"][0].clone()
    };
    assert_eq!((&of(8_999)["verdict"], &of(8_999)["estimate_reaches"]), (&json!("not_met"), &json!(false)));
    assert_eq!(of(9_000)["verdict"], "met");
}
