//! Factors and how the composite is made of them.

use super::reader::{At, Part, Reader};
use super::{Codes, Rule, code};
use crate::questionnaire::{Aggregation, Factor, Item, Weight};
use toml::de::DeValue;

/// Weights written with six decimals may miss 1 by this much (a third is 0.333333).
const TOLERANCE: f64 = 1e-5;

/// Reads all factors; those that are wrong are refused and left out.
pub(super) fn read_factors(reader: &mut Reader, root: Part<'_>, items: &[At<Item>], codes: &mut Codes) -> Vec<Factor> {
    let mut taken: Vec<(String, String)> = Vec::new();
    let mut factors = Vec::new();
    for part in reader.tables(root, "factors", "a factor") {
        reader.check_keys(part, &["code", "title", "criteria"]);
        let code = code(reader, part).filter(|found| codes.add(reader, found)).map(|found| found.value);
        let title = reader.localized(part, "title");
        let title = reader.need(part, "title", title);
        let criteria = reader.strings(part, "criteria");
        let criteria = reader.need(part, "criteria", criteria).unwrap_or_default();
        if criteria.is_empty() && part.place("criteria") != part.at {
            reader.refuse(Rule::EmptyFactor, part.place("criteria"), "“criteria” is empty; list at least one rating");
        }
        for found in &criteria {
            let name = code.clone().unwrap_or_default();
            check_criterion(reader, found, items);
            if let Some((_, other)) = taken.iter().find(|(criterion, _)| criterion == found.value) {
                let what = format!("“{}” already stands in factor “{other}”; keep it in one factor", found.value);
                reader.refuse(Rule::CriterionTwice, found.at, what);
            } else {
                taken.push((found.value.to_owned(), name));
            }
        }
        if let (Some(code), Some(title)) = (code, title) {
            let criteria = criteria.iter().map(|found| found.value.to_owned()).collect();
            factors.push(Factor { code, title, criteria });
        }
    }
    factors
}

fn check_criterion(reader: &mut Reader, found: &At<&str>, items: &[At<Item>]) {
    match items.iter().find(|item| item.value.code() == found.value) {
        Some(item) if item.value.rating().is_some_and(|rating| rating.beside) => {
            let what =
                format!("“{}” stands beside the index; take it out of the factor, or “beside” away", found.value);
            reader.refuse(Rule::BesideInFactor, found.at, what);
        }
        Some(item) if item.value.rating().is_some() => {}
        Some(_) => reader.refuse(
            Rule::NotARating,
            found.at,
            format!("“{}” is no rating; take it out, a factor groups ratings only", found.value),
        ),
        None => reader.refuse(
            Rule::UnknownCriterion,
            found.at,
            format!("there is no sound rating “{}”; correct the code", found.value),
        ),
    }
}

/// Reads `aggregation = "mean_of_items"` or `aggregation = { weighted = { access = 0.4, staff = 0.6 } }`.
pub(super) fn read_aggregation(
    reader: &mut Reader,
    root: Part<'_>,
    items: &[At<Item>],
    factors: &[Factor],
) -> Option<Aggregation> {
    let at = root.place("aggregation");
    let is_table = root.table.get("aggregation").is_some_and(|value| value.get_ref().is_table());
    let how = if is_table {
        let part = reader.table(root, "aggregation", "“aggregation”")?;
        reader.check_keys(part, &["weighted"]);
        let weights = reader.table(part, "weighted", "“weighted”");
        let weights = reader.need(part, "weighted", weights)?;
        Aggregation::Weighted(read_weights(reader, weights, factors))
    } else {
        let word = reader.string(root, "aggregation");
        match reader.need(root, "aggregation", word)?.value {
            "mean_of_items" => Aggregation::MeanOfItems,
            "mean_of_factors" => Aggregation::MeanOfFactors,
            "pooled_answers" => Aggregation::PooledAnswers,
            "weighted" => {
                reader.refuse(
                    Rule::NoWeights,
                    at,
                    "“weighted” needs weights: aggregation = { weighted = { factor = 0.4, … } }",
                );
                return None;
            }
            other => {
                let allowed = "mean_of_items, mean_of_factors, pooled_answers, { weighted = { … } }";
                reader.refuse(
                    Rule::UnknownAggregation,
                    at,
                    format!("there is no aggregation “{other}”; allowed are {allowed}"),
                );
                return None;
            }
        }
    };
    if matches!(how, Aggregation::MeanOfFactors | Aggregation::Weighted(_)) {
        for item in items.iter().filter(|item| item.value.rating().is_some_and(|rating| !rating.beside)) {
            let code = item.value.code();
            if !factors.iter().any(|factor| factor.criteria.iter().any(|criterion| criterion == code)) {
                reader.refuse(
                    Rule::RatingOutsideFactors,
                    item.at,
                    format!("rating “{code}” is in no factor, so “{}” would drop it; add it to one", how.word()),
                );
            }
        }
    }
    Some(how)
}

fn read_weights(reader: &mut Reader, part: Part<'_>, factors: &[Factor]) -> Vec<Weight> {
    for key in part.table.keys() {
        if !factors.iter().any(|factor| factor.code == key.get_ref().as_ref()) {
            reader.refuse(
                Rule::WeightForNoFactor,
                key.span().start,
                format!("a weight for “{}”, which is no factor; correct the code", key.get_ref()),
            );
        }
    }
    let mut weights = Vec::new();
    for factor in factors {
        let Some(value) = part.table.get(factor.code.as_str()) else {
            reader.refuse(
                Rule::FactorWithoutWeight,
                part.at,
                format!("factor “{}” has no weight; add {} = …", factor.code, factor.code),
            );
            continue;
        };
        let weight = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) => integer.as_str().parse().ok().filter(|_| integer.radix() == 10),
            _ => None,
        };
        if let Some(weight) = weight.filter(|weight: &f64| weight.is_finite() && *weight > 0.0) {
            weights.push(Weight { factor: factor.code.clone(), weight });
        } else {
            reader.refuse(
                Rule::BadWeight,
                value.span().start,
                format!("the weight of “{}” must be a number above 0, such as 0.5", factor.code),
            );
        }
    }
    let sum: f64 = weights.iter().map(|weight| weight.weight).sum();
    if weights.len() == factors.len() && (sum - 1.0).abs() > TOLERANCE {
        reader.refuse(
            Rule::WeightSum,
            part.at,
            format!("the weights sum to {sum:.6}; change them so that they sum to 1"),
        );
    }
    weights
}
