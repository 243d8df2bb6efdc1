//! Every item of the reference cases (`tests/reference/stats/*.json`): values of R beside ours.
//!
//! A case file says for each item what R gave. The functions below give ours in the same shape; the runner compares
//! field by field with the tolerance of the case.

use std::path::Path;

use serde_json::Value;

mod counts;
mod models;
mod surveys;

/// What we have to say to one item.
pub(crate) enum Answer {
    /// The result fields of the item, under the names the case file uses.
    Fields(Value),
    /// The same where R's numbers are themselves only good to this relative tolerance.
    Near(Value, f64),
    /// We refuse, as R does.
    Refused(String),
    /// Not ours to compute, with the reason.
    NotApplicable(&'static str),
}

type Answers = fn(case: &str, id: &str) -> Option<Answer>;

/// Who answers: each is asked until one does.
const ANSWERS: [Answers; 3] = [counts::answer, models::answer, surveys::answer];

/// Fields of an item that are no results.
const DESCRIPTION: &[&str] = &["id", "r", "type", "meta", "r_warnings", "names", "rownames", "colnames", "message"];

#[test]
fn every_item_of_the_reference_cases_agrees_with_r() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let (mut total, mut checked, mut wrong, mut apart) = (0, 0, Vec::new(), Vec::new());
    for file in files {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        // Sequences and rank sets have another shape and tests of their own.
        let Some(items) = case.get("items").and_then(Value::as_array) else { continue };
        let name = case["case"].as_str().unwrap();
        let (relative, absolute) =
            (case["tolerance"]["rel"].as_f64().unwrap(), case["tolerance"]["abs"].as_f64().unwrap());
        for item in items {
            let id = item["id"].as_str().unwrap();
            let relative = item["meta"]["rel_tol"].as_f64().unwrap_or(relative);
            total += 1;
            let at = format!("{name}/{id}");
            let answer = ANSWERS.iter().find_map(|answer| answer(name, id));
            let (answer, relative) = match answer {
                Some(Answer::Near(fields, near)) => (Some(Answer::Fields(fields)), near.max(relative)),
                answer => (answer, relative),
            };
            match answer {
                None | Some(Answer::Near(..)) => wrong.push(format!("{at}: no answer")),
                Some(Answer::NotApplicable(reason)) => apart.push(format!("{at}: {reason}")),
                Some(Answer::Refused(_)) if item["type"] == "error" => checked += 1,
                Some(Answer::Refused(why)) => wrong.push(format!("{at}: refused: {why}")),
                Some(Answer::Fields(_)) if item["type"] == "error" => {
                    wrong.push(format!("{at}: R refuses: {}", item["message"]));
                }
                Some(Answer::Fields(ours)) => {
                    checked += 1;
                    let results = item.as_object().unwrap().iter();
                    for (field, theirs) in results.filter(|(field, _)| !DESCRIPTION.contains(&field.as_str())) {
                        compare(&format!("{at} {field}"), theirs, &ours[field], (relative, absolute), &mut wrong);
                    }
                }
            }
        }
    }
    println!("{checked} of {total} checked, {} wrong; {} not applicable:", wrong.len(), apart.len());
    println!("{}", apart.join("\n"));
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(total, 389);
}

fn compare(at: &str, theirs: &Value, ours: &Value, tolerance: (f64, f64), wrong: &mut Vec<String>) {
    match (theirs, ours) {
        (Value::Array(theirs), Value::Array(ours)) if theirs.len() == ours.len() => {
            for (index, (theirs, ours)) in theirs.iter().zip(ours).enumerate() {
                compare(&format!("{at}[{index}]"), theirs, ours, tolerance, wrong);
            }
        }
        (Value::Object(theirs), Value::Object(ours)) => {
            for (key, value) in theirs {
                compare(&format!("{at}.{key}"), value, ours.get(key).unwrap_or(&Value::Null), tolerance, wrong);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            let (relative, absolute) = tolerance;
            let near = (a - b).abs() <= absolute + relative * a.abs();
            if !near {
                wrong.push(format!("{at}: R {a}, ours {b}"));
            }
        }
        // R's Inf has no number in JSON.
        _ if theirs == ours => {}
        _ => wrong.push(format!("{at}: R {theirs}, ours {ours}")),
    }
}
