//! Counts, many units, small groups and sample sizes.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use thuocdo::statistics::finite::FiniteCount;
use thuocdo::statistics::sample_size::{
    Demonstration, MarginPlan, Power, Rule, answers_for_two_proportions, cluster_design_effect, guidance_size,
};
use thuocdo::statistics::units::{
    Adjustment, Alternative, Dispersion, Funnel, FunnelUnit, UnitEstimates, adjusted, binomial_test, overdispersion,
    overlap_multiplier, pooled_share, trend_in_proportions, two_proportions,
};
use thuocdo::statistics::{Confidence, Count, Interval, Share, newcombe};

use super::super::table;
use super::Answer;

const UNITS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/data/units.csv"));
const GROUPS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/data/census_small.csv"));
const WAVES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/data/waves.csv"));

pub(super) fn answer(case: &str, id: &str) -> Option<Answer> {
    let fields = match case {
        "units" => units(id),
        "census_small" => small_groups(id),
        "sample_size" => sample_size(id),
        "waves" => waves(id),
        _ => None,
    };
    fields.map(Answer::Fields)
}

fn share(value: f64) -> Share {
    Share::new(value).unwrap()
}

fn column<T: Into<Value>>(values: impl IntoIterator<Item = T>) -> Value {
    Value::Array(values.into_iter().map(Into::into).collect())
}

fn units(id: &str) -> Option<Value> {
    let rows = table(UNITS);
    let names: Value = column(rows.iter().map(|row| row["unit"].clone()));
    let counts: Vec<Count> =
        rows.iter().map(|row| Count::new(row["x"].parse().unwrap(), row["n"].parse().unwrap()).unwrap()).collect();
    let p_values = |alternative| -> Vec<f64> {
        counts.iter().map(|count| binomial_test(*count, share(0.8), alternative).unwrap()).collect()
    };
    let adjusted = |method| column(adjusted(&p_values(Alternative::TwoSided), method).unwrap());
    let funnel_units: Vec<FunnelUnit> = counts.iter().map(|count| FunnelUnit::from_count(*count).unwrap()).collect();
    let pooled = pooled_share(&counts).unwrap();
    let value = match id {
        "wilson95" => {
            let limits: Vec<Interval> = counts.iter().map(|count| count.wilson(Confidence::P95).unwrap()).collect();
            return Some(json!({ "columns": {
                "unit": names,
                "p": column(counts.iter().map(|count| count.share().unwrap())),
                "lower": column(limits.iter().map(|limits| limits.low)),
                "upper": column(limits.iter().map(|limits| limits.high)),
            }}));
        }
        "funnel_limits" => {
            let funnel = Funnel::new(pooled, Dispersion::None).unwrap();
            let limits = |level: f64| -> Vec<Interval> {
                let confidence = Confidence::new(level).unwrap();
                funnel_units.iter().map(|unit| funnel.limits(unit.answers, confidence).unwrap()).collect()
            };
            let (inner, outer) = (limits(0.95), limits(0.998));
            return Some(json!({ "columns": {
                "unit": names,
                "l999": column(outer.iter().map(|limits| limits.low)),
                "l975": column(inner.iter().map(|limits| limits.low)),
                "u975": column(inner.iter().map(|limits| limits.high)),
                "u999": column(outer.iter().map(|limits| limits.high)),
            }}));
        }
        "pvals_vs_080_exact" => column(p_values(Alternative::TwoSided)),
        "onesided_ge_080" => column(p_values(Alternative::Greater)),
        "bh" => adjusted(Adjustment::BenjaminiHochberg),
        "by" => adjusted(Adjustment::BenjaminiYekutieli),
        "holm" => adjusted(Adjustment::Holm),
        "funnel_theta" => column([pooled.value()]),
        "goldstein_healy" => {
            let estimates = UnitEstimates::from_counts(&counts).unwrap();
            column([overlap_multiplier(estimates.standard_errors(), Confidence::P95).unwrap()])
        }
        "overdispersion_phi" => {
            let found = overdispersion(&funnel_units, pooled).unwrap();
            column([found.factor, found.between])
        }
        _ => return None,
    };
    Some(json!({ "value": value }))
}

/// How many of those who answered criterion 1 are satisfied, by the value of another column.
fn satisfied_by(text: &str, key: &str) -> BTreeMap<String, Count> {
    let mut counts = BTreeMap::<String, Count>::new();
    for row in table(text) {
        let count = counts.entry(row[key].clone()).or_default();
        if let Ok(answer @ 1..=5) = row["c01"].parse::<u64>() {
            *count = count.merged(Count::new(u64::from(answer >= 4), 1).unwrap()).unwrap();
        }
    }
    counts
}

fn small_groups(id: &str) -> Option<Value> {
    let members: BTreeMap<String, u64> =
        table(GROUPS).iter().map(|row| (row["group"].clone(), row["N_group"].parse().unwrap())).collect();
    let groups: Vec<FiniteCount> = satisfied_by(GROUPS, "group")
        .iter()
        .map(|(group, count)| FiniteCount::new(*count, members[group]).unwrap())
        .collect();
    match id {
        "hypergeometric_exact_95" => Some(hypergeometric(Confidence::P95)),
        "hypergeometric_exact_90" => Some(hypergeometric(Confidence::P90)),
        "by_group_t01_counts" => Some(json!({ "columns": {
            "N": column(groups.iter().map(|group| group.members())),
            "n": column(groups.iter().map(|group| group.count().trials())),
            "x": column(groups.iter().map(|group| group.count().successes())),
        }})),
        "fpc_wilson" => {
            let limits = groups.iter().map(|group| group.wilson(Confidence::P95).unwrap());
            Some(json!({ "value": column(limits.map(|limits| column([limits.low, limits.high]))) }))
        }
        _ => None,
    }
}

fn hypergeometric(confidence: Confidence) -> Value {
    let (mut rows, mut limits) = (Vec::new(), Vec::new());
    for (members, answers) in [(50, 45), (12, 12), (30, 24), (60, 30), (100, 80), (300, 120), (10, 6), (25, 5)] {
        // Tenths, halves rounded to even, each number once.
        let mut seen: Vec<u64> = [0, 2, 5, 8, 9, 10].iter().map(|tenths| rounded_tenth(answers * tenths)).collect();
        seen.dedup();
        for satisfied in seen {
            let group = FiniteCount::new(Count::new(satisfied, answers).unwrap(), members).unwrap();
            rows.push([members, answers, satisfied]);
            limits.push(group.exact(confidence).unwrap());
        }
    }
    json!({ "columns": {
        "N": column(rows.iter().map(|row| row[0])),
        "n": column(rows.iter().map(|row| row[1])),
        "x": column(rows.iter().map(|row| row[2])),
        "lower": column(limits.iter().map(|limits| limits.low)),
        "upper": column(limits.iter().map(|limits| limits.high)),
    }})
}

fn rounded_tenth(tenths: u64) -> u64 {
    let (whole, rest) = (tenths / 10, tenths % 10);
    whole + u64::from(rest > 5 || rest == 5 && whole % 2 == 1)
}

fn sample_size(id: &str) -> Option<Value> {
    match id {
        "n_proportion" => Some(margins()),
        "yamane" => {
            let mut rows = Vec::new();
            for margin in [0.03, 0.05] {
                for members in [200, 1_000, 5_000, 20_000] {
                    let size = guidance_size(members, margin, 1.0, Confidence::P95).unwrap();
                    rows.push((members, margin, size.answers));
                }
            }
            Some(json!({ "columns": {
                "N": column(rows.iter().map(|row| row.0)),
                "e": column(rows.iter().map(|row| row.1)),
                "n": column(rows.iter().map(|row| row.2)),
            }}))
        }
        "two_prop_power" => {
            let answers = [(0.8, 0.85), (0.85, 0.9), (0.9, 0.93)]
                .map(|(p, q)| answers_for_two_proportions(share(p), share(q), Confidence::P95, Power::P80).unwrap());
            Some(json!({ "value": column(answers) }))
        }
        "demonstrate_threshold" => {
            let mut rows = Vec::new();
            for target in [0.8, 0.85, 0.9] {
                for truth in [0.92, 0.95, 0.97] {
                    let plan = Demonstration {
                        truth: share(truth),
                        target: share(target),
                        confidence: Confidence::P95,
                        power: Power::P80,
                        rule: Rule::OneSidedWilson,
                        at_least: 5,
                    };
                    rows.push((truth, target, plan.size().unwrap().answers));
                }
            }
            Some(json!({ "columns": {
                "p": column(rows.iter().map(|row| row.0)),
                "t": column(rows.iter().map(|row| row.1)),
                "n": column(rows.iter().map(|row| row.2)),
            }}))
        }
        "deff_cluster" => {
            let row = |m: f64| column([0.01, 0.05, 0.1].map(|rho| cluster_design_effect(m, rho).unwrap()));
            Some(json!({ "value": column([5.0, 10.0, 20.0].map(row)) }))
        }
        _ => None,
    }
}

/// All combinations, the share changing fastest.
fn margins() -> Value {
    let mut plans = Vec::new();
    for response_rate in [1.0, 0.7] {
        for members in [Some(500), Some(5_000), None] {
            for design_effect in [1.0, 1.8] {
                for confidence in [Confidence::P90, Confidence::P95] {
                    for margin in [0.02, 0.03, 0.05] {
                        for expected in [0.5, 0.8, 0.9, 0.95] {
                            let share = share(expected);
                            plans.push(MarginPlan { share, margin, confidence, design_effect, members, response_rate });
                        }
                    }
                }
            }
        }
    }
    let sizes: Vec<_> = plans.iter().map(|plan| plan.size().unwrap()).collect();
    json!({ "columns": {
        "p": column(plans.iter().map(|plan| plan.share.value())),
        "e": column(plans.iter().map(|plan| plan.margin)),
        "conf": column(plans.iter().map(|plan| plan.confidence.level())),
        "deff": column(plans.iter().map(|plan| plan.design_effect)),
        "N": column(plans.iter().map(|plan| plan.members.map_or(json!("Inf"), Value::from))),
        "rr": column(plans.iter().map(|plan| plan.response_rate)),
        "n_raw": column(sizes.iter().map(|size| size.exact)),
        "n": column(sizes.iter().map(|size| size.answers)),
        "n_invite": column(sizes.iter().map(|size| size.invited)),
    }})
}

fn waves(id: &str) -> Option<Value> {
    let counts: Vec<Count> = satisfied_by(WAVES, "wave").into_values().collect();
    let (first, second) = (counts[0], counts[1]);
    match id {
        "srs_cochran_armitage" => {
            let scored: Vec<(Count, f64)> = counts.into_iter().zip([1.0, 2.0, 3.0, 4.0]).collect();
            let trend = trend_in_proportions(&scored).unwrap();
            Some(json!({
                "statistic": trend.statistic, "parameter": [1], "p_value": trend.p_value, "estimate": null, "ci": null,
            }))
        }
        "srs_two_prop_2_1" => {
            let found = two_proportions(second, first, Confidence::P95).unwrap();
            let limits = found.difference.interval;
            Some(json!({
                "statistic": found.statistic,
                "parameter": [1],
                "p_value": found.p_value,
                "estimate": [second.share(), first.share()],
                "ci": [limits.low, limits.high],
            }))
        }
        "newcombe_2_1" => {
            let found = newcombe(second, first, Confidence::P95).unwrap();
            let mut value = vec![json!(found.estimate), json!(found.interval.low), json!(found.interval.high)];
            value.extend(counts.iter().map(|count| json!(count.successes())));
            value.extend(counts.iter().map(|count| json!(count.trials())));
            Some(json!({ "value": value }))
        }
        _ => None,
    }
}
