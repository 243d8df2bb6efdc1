//! The schemes of the program against published and worked figures, refusals, and properties.

mod answers;
mod faults;
mod points;
mod properties;
mod series;
mod shares;

use super::{Evaluation, Given, Item, Scheme, embedded, parse};
use std::fmt::Write;
use std::sync::OnceLock;

/// Definitions to damage.
const TEXTS: [&str; 4] = [
    include_str!("../../../../surveys/schemes/sipas_2017-1.toml"),
    include_str!("../../../../surveys/schemes/sipas_policy_service-1.toml"),
    include_str!("../../../../surveys/schemes/qd766_2022-1.toml"),
    include_str!("../../../../surveys/schemes/health_3869_outpatient-1.toml"),
];

/// A scheme of the program.
fn scheme(code: &str) -> Scheme {
    static SCHEMES: OnceLock<Vec<Scheme>> = OnceLock::new();
    let schemes = SCHEMES.get_or_init(|| embedded().unwrap());
    schemes.iter().find(|scheme| scheme.name().code == code).cloned().unwrap_or_else(|| panic!("no scheme {code}"))
}

fn share(component: &str, share: f64) -> Item {
    Item::of(component, Given::Share { share, n: None })
}

fn points(component: &str, points: f64) -> Item {
    Item::of(component, Given::Points(points))
}

fn counts(component: &str, part: u64, whole: u64) -> Item {
    Item::of(component, Given::Counts { part, whole })
}

fn value(scheme: &Scheme, items: &[Item]) -> f64 {
    let found = scheme.evaluate(items, None).unwrap();
    found.value.unwrap_or_else(|| panic!("{:?}", found.refusal))
}

fn part(found: &Evaluation, code: &str) -> super::PartValue {
    found.parts.iter().find(|part| part.code == code).unwrap().clone()
}

/// A scheme of shares with these parts, each a line such as `weight = 2`, under a formula.
fn scheme_of_shares(formula: &str, missing: &str, parts: &[String]) -> Scheme {
    let mut text = format!(
        "code = \"t\"\nversion = 1\ntitle = {{ vi = \"T\", en = \"T\" }}\nmeasure = \"counter\"\ncitation = \"C\"\n\
         valid_from = 2026-01-01\naggregation = \"{formula}\"\nmissing = \"{missing}\"\nsource = \"s\"\n\
         [sources]\ns = \"S\"\n"
    );
    for (at, part) in parts.iter().enumerate() {
        write!(
            text,
            "[[components]]\ncode = \"p{at}\"\ntitle = {{ vi = \"P\", en = \"P\" }}\nsource = \"s\"\n{part}\n"
        )
        .unwrap();
    }
    parse("t.toml", &text).unwrap_or_else(|unsound| panic!("{unsound}"))
}

/// A scheme of points with these parts: maximum and rule of each.
fn scheme_of_points(missing: &str, parts: &[(f64, &str)]) -> Scheme {
    let maximum: f64 = parts.iter().map(|(maximum, _)| maximum).sum();
    let mut text = format!(
        "code = \"t\"\nversion = 1\ntitle = {{ vi = \"T\", en = \"T\" }}\nmeasure = \"par\"\ncitation = \"C\"\n\
         valid_from = 2026-01-01\naggregation = \"sum_of_points\"\nmaximum = {maximum}\nmissing = \"{missing}\"\n\
         source = \"s\"\n[sources]\ns = \"S\"\n"
    );
    for (at, (maximum, rule)) in parts.iter().enumerate() {
        write!(
            text,
            "[[components]]\ncode = \"p{at}\"\ntitle = {{ vi = \"P\", en = \"P\" }}\nsource = \"s\"\n\
             maximum = {maximum}\nconversion = {rule}\n"
        )
        .unwrap();
    }
    parse("t.toml", &text).unwrap_or_else(|unsound| panic!("{unsound}"))
}
