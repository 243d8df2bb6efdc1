use serde_json::{Value, json};

use super::{Files, estimate, near, number, whole};

const THREE_STAGES: &str = r#"
[design]
weights = "w"
strata  = "stratum"
ids     = ["district", "commune", "id"]
fpc     = ["N_district", "N_commune", "N_person"]

[answers]
items          = ["c01", "c02", "c03", "c04"]
satisfied      = [4, 5]
not_applicable = [9]
by             = [["channel"], ["sex", "age"]]

[index]
factors   = { first = ["c01", "c02"], second = ["c03", "c04"] }
composite = { weighted = { first = 0.25, second = 0.75 } }

[report]
statistics  = ["share", "mean"]
intervals   = ["xlogit", "mean"]
targets     = [0.85, 0.90]
differences = [{ by = "channel", of = ["counter", "online"] }]
"#;

/// What R says: `three_stage.json`.
fn r(id: &str) -> Value {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/three_stage.json"));
    let case: Value = serde_json::from_str(text).unwrap();
    let item = case["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap();
    item.clone()
}

#[test]
fn every_promised_field_is_there_and_equal_to_r() {
    let report = Files::of_reference(THREE_STAGES, "three_stage.csv").json();
    let ours = whole(&report, "c01");
    let theirs = r("mean_t01_des");
    near(&ours["estimate"], number(&theirs["estimate"][0]));
    near(&ours["se"], number(&theirs["se"][0]));
    near(&ours["deff"], number(&theirs["deff"][0]));
    near(&ours["df"], number(&theirs["df"]));
    near(&ours["intervals"]["mean"][0], number(&theirs["ci_low"][0]));
    near(&ours["intervals"]["mean"][1], number(&theirs["ci_high"][0]));
    near(&ours["intervals"]["xlogit"][0], number(&r("ci_t01_3st_xlogit_0.95")["ci"][0]));
    let (p, se) = (number(&ours["estimate"]), number(&ours["se"]));
    near(&ours["n_effective"], p * (1.0 - p) / (se * se));
    assert_eq!(ours["n"], 245);
    assert_eq!(ours["verdicts"].as_array().unwrap().len(), 2);
    for field in ["measure", "statistic", "domain", "warnings"] {
        assert!(ours.get(field).is_some(), "{field}");
    }
    let difference = &report["differences"].as_array().unwrap().iter().find(|d| d["measure"] == "c01").unwrap();
    let theirs = r("diff_channel_t01");
    near(&difference["estimate"], number(&theirs["estimate"][0]));
    near(&difference["se"], number(&theirs["se"][0]));
    near(&difference["interval"][0], number(&theirs["ci_low"][0]));
    assert_eq!((&difference["by"], &difference["of"]), (&json!("channel"), &json!(["counter", "online"])));
    let p = number(&difference["p_value"]);
    assert!(p > 0.0 && p < 1.0);
}

#[test]
fn the_csv_is_one_table_of_estimates_differences_and_the_method() {
    let report = Files::of_reference(THREE_STAGES, "three_stage.csv").run().unwrap();
    let text = report.csv().unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.headers().unwrap().get(0), Some("kind"));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("every row has every column")).collect();
    let of = |kind: &str| rows.iter().filter(|row| &row[0] == kind).count();
    assert_eq!((of("estimate"), of("difference")), (7 * 9 * 2, 7 * 2));
    assert!(of("method") > 20);
    let json: Value = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(rows[0][4].parse::<f64>().unwrap().to_bits(), number(&whole(&json, "c01")["estimate"]).to_bits());
    assert!(report.table().contains("composite"));
}

#[test]
fn the_whole_comes_first_and_every_set_of_domains_follows() {
    let report = Files::of_reference(THREE_STAGES, "three_stage.csv").json();
    let estimates = report["estimates"].as_array().unwrap();
    // (4 items + 2 factors + composite) × (whole + 2 channels + 6 cells) × 2 statistics.
    assert_eq!(estimates.len(), 7 * 9 * 2);
    assert_eq!(estimates[0]["domain"], Value::Null);
    let cell = estimate(&report, "c02", "share", &json!({ "sex": "F", "age": "55+" }));
    assert!(number(&cell["n"]) < 248.0);
    let mean = estimate(&report, "c01", "mean", &Value::Null);
    assert!(number(&mean["estimate"]) > 1.0 && mean["verdicts"].as_array().unwrap().is_empty());
    assert_eq!(mean["intervals"].as_object().unwrap().keys().collect::<Vec<_>>(), ["mean"]);
    let of = |measure: &str| number(&whole(&report, measure)["estimate"]);
    let weighted = 0.25 * 0.5 * (of("c01") + of("c02")) + 0.75 * 0.5 * (of("c03") + of("c04"));
    assert!((of("composite") - weighted).abs() < 1e-14);
}

#[test]
fn a_mean_may_be_of_a_number_with_many_values() {
    let design = "[design]\nweights = \"w\"\nstrata = \"service\"\nfpc = [\"N_service\"]\n[answers]\nitems = \
                  [\"wait_min\"]\n[report]\nstatistics = [\"mean\"]\n";
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/strat_srs.json"));
    let case: Value = serde_json::from_str(text).unwrap();
    let theirs = case["items"].as_array().unwrap().iter().find(|item| item["id"] == "mean_wait").unwrap();
    let report = Files::of_reference(design, "strat_srs.csv").json();
    let ours = estimate(&report, "wait_min", "mean", &Value::Null);
    near(&ours["estimate"], number(&theirs["estimate"][0]));
    near(&ours["se"], number(&theirs["se"][0]));
    near(&ours["deff"], number(&theirs["deff"][0]));
    let values = (0..3000).map(|row| format!("{}.5\n", row * 7)).collect::<Vec<_>>().concat();
    let report = Files::new(
        "[answers]\nitems = [\"y\"]\n[report]\nstatistics = [\"mean\"]\n",
        format!("y\n{values}").as_bytes(),
    );
    near(&estimate(&report.json(), "y", "mean", &Value::Null)["estimate"], 7.0 * 2999.0 / 2.0 + 0.5);
}

#[test]
fn defaults_are_those_of_the_contract() {
    let design = "[answers]\nitems = [\"a\", \"b\"]\nsatisfied = [\"Yes\"]\n[index]\n[report]\ntargets = [0.5]\n";
    let rows = (0..200).map(|i| format!("{},{}\n", ["Yes", "No"][i % 5 / 4], ["Yes", "No"][i % 2]));
    let rows = rows.collect::<Vec<_>>().concat();
    let report = Files::new(design, format!("a,b\n{rows}").as_bytes()).json();
    let a = whole(&report, "a");
    assert_eq!(a["intervals"].as_object().unwrap().keys().collect::<Vec<_>>(), ["korn_graubard_nchs"]);
    assert_eq!(whole(&report, "composite")["intervals"].as_object().unwrap().keys().collect::<Vec<_>>(), ["xlogit"]);
    near(&a["estimate"], 0.8);
    near(&a["df"], 199.0);
    near(&a["se"], (0.16_f64 / 199.0).sqrt());
    // All weights are 1: as many rows as the population, so there is no design effect to speak of.
    assert_eq!(a["deff"], Value::Null);
    assert!(!a["warnings"].as_array().unwrap().is_empty());
    assert_eq!(a["verdicts"][0]["verdict"], "met");
    assert_eq!(report["design"]["composite"], "mean_of_items");
    assert_eq!(report["differences"], json!([]));
    assert!(report["design"]["data_sha256"].as_str().unwrap().len() == 64);
}

#[test]
fn calibrated_weights_change_estimates_and_errors_as_in_r() {
    let design = r#"
[design]
weights = "w"
strata = "stratum"
ids = ["district"]
[calibration]
method = "METHOD"
margins = MARGINS
[answers]
items = ["c01"]
satisfied = [4, 5]
not_applicable = [9]
"#;
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/calibration.json"));
    let case: Value = serde_json::from_str(text).unwrap();
    let item = |id: &str| case["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap().clone();
    let population = item("pop");
    let margin = |name: &str| -> String {
        let levels = population[name].as_object().unwrap().iter();
        levels.map(|(level, total)| format!("{level},{total}\n")).collect::<Vec<_>>().concat()
    };
    let cells = population["cell"]
        .as_array()
        .unwrap()
        .iter()
        .zip(population["cell_N"].as_array().unwrap())
        .map(|(cell, total)| format!("{},{total}\n", cell.as_str().unwrap().replace('|', ",")))
        .collect::<Vec<_>>()
        .concat();
    let crossed = r#"[{ columns = ["sex", "age"], totals = "cells.csv" }]"#;
    let two = r#"[{ columns = ["sex"], totals = "sex.csv" }, { columns = ["age"], totals = "age.csv" }]"#;
    for (method, margins, id) in [
        ("poststratify", crossed, "ps_mean_t01"),
        ("rake", two, "rake_mean_t01"),
        ("linear", two, "cal_linear_mean_t01"),
    ] {
        let design = design.replace("METHOD", method).replace("MARGINS", margins);
        let files = Files::of_reference(&design, "three_stage.csv")
            .with("cells.csv", &format!("sex,age,total\n{cells}"))
            .with("sex.csv", &format!("sex,total\n{}", margin("sex")))
            .with("age.csv", &format!("\u{feff}age;total\r\n{}", margin("age").replace(',', ";")));
        let report = files.json();
        let (ours, theirs) = (whole(&report, "c01"), item(id));
        for (ours, theirs) in [(&ours["estimate"], &theirs["estimate"][0]), (&ours["se"], &theirs["se"][0])] {
            let (ours, theirs) = (number(ours), number(theirs));
            assert!((ours - theirs).abs() <= 1e-6 * theirs, "{id}: {ours} is not {theirs}");
        }
    }
}

#[test]
fn replicates_agree_with_r_and_the_seed_decides_a_bootstrap() {
    let design = |replicates: &str| {
        format!(
            "[design]\nweights = \"w\"\nstrata = \"stratum\"\nids = [\"psu\"]\nreplicates = {replicates}\n[answers]\nitems = \
             [\"c01\"]\nsatisfied = [4, 5]\nnot_applicable = [9]\n"
        )
    };
    let se =
        |replicates: &str| number(&whole(&Files::of_reference(&design(replicates), "brr.csv").json(), "c01")["se"]);
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/replicates.json"));
    let case: Value = serde_json::from_str(text).unwrap();
    for (replicates, id) in [
        ("{ type = \"JKn\" }", "jkn_mean_t01"),
        ("{ type = \"BRR\" }", "brr_mean_t01"),
        ("{ type = \"Fay\", rho = 0.3 }", "fay_mean_t01"),
    ] {
        let theirs = case["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap();
        near(&json!(se(replicates)), number(&theirs["se"][0]));
    }
    let bootstrap = |seed: u32| se(&format!("{{ type = \"bootstrap\", count = 200, seed = {seed} }}"));
    assert_eq!(bootstrap(3).to_bits(), bootstrap(3).to_bits());
    assert_ne!(bootstrap(3).to_bits(), bootstrap(4).to_bits());
    assert!((bootstrap(3) / se("{ type = \"JKn\" }") - 1.0).abs() < 0.35);
}
