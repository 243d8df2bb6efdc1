//! Reliability, drivers, small areas and signals of quality.

use serde_json::{Value, json};
use thuocdo::statistics::Confidence;
use thuocdo::statistics::drivers::{Association, DriverData, associations, importance_performance};
use thuocdo::statistics::quality::{
    Basis, Items, exact_duplicates, feldt_interval, interviewer_effect, last_digits, log_time_scores, omega,
    percent_match, reliability, straight_lines,
};
use thuocdo::statistics::small_area::{Area, Direct, Method, fit_areas};

use super::Answer;
use crate::statistics::number;

type Row = std::collections::HashMap<String, String>;

pub(super) fn answer(case: &str, id: &str) -> Option<Answer> {
    let fields = match case {
        "reliability" => of_reliability(id)?,
        "drivers" => of_drivers(id)?,
        "fay_herriot" | "fay_herriot_zero" => of_small_areas(case, id)?,
        "fraud" => of_quality(id)?,
        _ => return None,
    };
    Some(Answer::Fields(fields))
}

fn rows(name: &str) -> Vec<Row> {
    let path = format!("{}/tests/reference/stats/data/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    crate::statistics::table(&std::fs::read_to_string(path).unwrap())
}

fn column(rows: &[Row], name: &str) -> Vec<Option<f64>> {
    rows.iter().map(|row| number(row, name)).collect()
}

/// The answers 1..5 to criteria, where 9 means that one does not apply.
fn answers(rows: &[Row], criteria: std::ops::RangeInclusive<usize>) -> Items {
    let of = |criterion| column(rows, &format!("c{criterion:02}")).into_iter().map(|code| code.filter(|c| *c < 9.0));
    Items::new(criteria.map(|criterion| of(criterion).collect()).collect()).unwrap()
}

fn weights(rows: &[Row]) -> Vec<f64> {
    column(rows, "w").into_iter().flatten().collect()
}

fn of_reliability(id: &str) -> Option<Value> {
    let rows = rows("strat_srs");
    let items = answers(&rows, 1..=8);
    let weights = weights(&rows);
    let complete = reliability(&items, Basis::CompleteCases).unwrap();
    Some(match id {
        "alpha_complete_cases" => json!({"value": [complete.alpha, complete.respondents, complete.standardised]}),
        "alpha_pairwise_psych" => {
            let found = reliability(&items, Basis::Pairwise).unwrap();
            json!({"value": [found.alpha, found.standardised, found.lambda6, found.average_correlation]})
        }
        "alpha_if_dropped" => {
            let of = |value: fn(&thuocdo::statistics::quality::ItemReliability) -> Option<f64>| {
                complete.items.iter().map(value).collect::<Vec<_>>()
            };
            json!({"columns": {
                "item": (1..=8).map(|item| format!("m{item:02}")).collect::<Vec<_>>(),
                "raw": of(|item| item.alpha_if_dropped),
                "r_cor": of(|item| item.corrected_correlation),
                "r_drop": of(|item| item.correlation_with_others),
            }})
        }
        "alpha_weighted" => json!({"value": [reliability(&items, Basis::Weighted(&weights)).unwrap().alpha]}),
        "omega_one_factor_ml" => {
            let found = omega(&items).unwrap();
            let values: Vec<f64> = [found.omega].into_iter().chain(found.loadings).collect();
            json!({"value": values})
        }
        "feldt_ci" => {
            let interval =
                feldt_interval(complete.alpha, complete.respondents, items.items(), Confidence::P95).unwrap();
            json!({"value": [complete.alpha, interval.low, interval.high]})
        }
        _ => return None,
    })
}

fn of_drivers(id: &str) -> Option<Value> {
    let rows = rows("strat_srs");
    let outcome = answers(&rows, 1..=1).columns()[0].clone();
    let items = answers(&rows, 2..=6);
    let plain = DriverData::new(&outcome, &items, None).unwrap();
    let found = associations(&plain).unwrap();
    let of = |value: fn(&Association) -> f64| found.drivers.iter().map(value).collect::<Vec<_>>();
    let shares = |value: fn(&Association) -> Option<f64>| found.drivers.iter().map(value).collect::<Vec<_>>();
    Some(match id {
        "lmg_unweighted" => {
            json!({"R2": found.r_squared, "lmg": of(|one| one.lmg), "share": shares(|one| one.share)})
        }
        "lmg_weighted" => {
            let data = DriverData::new(&outcome, &items, Some(&weights(&rows))).unwrap();
            let found = associations(&data).unwrap();
            let lmg: Vec<f64> = found.drivers.iter().map(|one| one.lmg).collect();
            let share: Vec<Option<f64>> = found.drivers.iter().map(|one| one.share).collect();
            json!({"R2": found.r_squared, "lmg": lmg, "share": share})
        }
        "std_beta" => json!({"value": of(|one| one.standardised_beta)}),
        "pearson_r" => json!({"value": of(|one| one.pearson)}),
        "spearman" => json!({"value": of(|one| one.spearman)}),
        "first_last" => json!({"first": of(|one| one.first), "last": of(|one| one.last)}),
        "johnson_relative_weights" => {
            json!({"weights": of(|one| one.relative_weight), "share": shares(|one| one.relative_share)})
        }
        "performance_importance" => {
            let placed = importance_performance(&plain, 4.0);
            json!({"columns": {
                "item": (2..=6).map(|item| format!("m{item:02}")).collect::<Vec<_>>(),
                "top2": placed.iter().map(|one| one.performance).collect::<Vec<_>>(),
                "importance": placed.iter().map(|one| one.importance).collect::<Vec<_>>(),
            }})
        }
        _ => return None,
    })
}

fn of_small_areas(case: &str, id: &str) -> Option<Value> {
    let method = match id {
        "reml" => Method::RestrictedLikelihood,
        "ml" => Method::Likelihood,
        _ => return None,
    };
    let get = |row: &Row, name: &str| number(row, name).unwrap();
    let area = |row: &Row| Area {
        direct: Some(Direct { estimate: get(row, "y"), variance: get(row, "vardir") }),
        features: vec![get(row, "x1"), get(row, "x2")],
    };
    let areas: Vec<Area> = rows(case).iter().map(area).collect();
    let fit = fit_areas(&areas, method, Confidence::P95).unwrap();
    Some(json!({
        "sigma2": fit.variance_between,
        "beta": fit.coefficients,
        "eblup": fit.areas.iter().map(|one| one.estimate).collect::<Vec<_>>(),
        "gamma": fit.areas.iter().map(|one| one.weight_of_direct).collect::<Vec<_>>(),
        "mse": fit.areas.iter().map(|one| one.mean_squared_error).collect::<Vec<_>>(),
    }))
}

fn of_quality(id: &str) -> Option<Value> {
    let rows = rows("fraud");
    let names: Vec<String> = (1..=22).map(|criterion| format!("c{criterion:02}")).collect();
    // Codes as they are, 9 included, for matches; answers 1..5 for the rest.
    let codes = Items::new(names.iter().map(|name| column(&rows, name)).collect()).unwrap();
    let items = answers(&rows, 1..=22);
    let ids = column(&rows, "id");
    let seconds = column(&rows, "dur_s");
    Some(match id {
        "percent_match_max" => {
            let found = percent_match(&codes, None).unwrap();
            json!({"share_over_85": found.share_above(0.85), "max_match": found.maxima})
        }
        "straight_line" => {
            let found = straight_lines(&items);
            json!({"columns": {
                "id": ids,
                "longest": found.iter().map(|line| line.longest_run).collect::<Vec<_>>(),
                "distinct": found.iter().map(|line| line.distinct).collect::<Vec<_>>(),
                "irv": found.iter().map(|line| line.variability).collect::<Vec<_>>(),
            }})
        }
        "exact_duplicates" => {
            // R counts rows from 1.
            let mut places: Vec<usize> = exact_duplicates(&codes).unwrap().concat().iter().map(|row| row + 1).collect();
            places.sort_unstable();
            json!({"value": places})
        }
        "fast_flag" => json!({"columns": {"id": ids, "z": log_time_scores(&seconds).unwrap()}}),
        "interviewer_effect" => {
            let labels: Vec<usize> =
                rows.iter().map(|row| row["interviewer"].trim_start_matches('I').parse().unwrap()).collect();
            let found = interviewer_effect(&items.shares_at_least(4.0), &labels).unwrap();
            json!({"value": [found.f, found.p, found.icc]})
        }
        "last_digit_chisq" => {
            let seconds: Vec<u64> = rows.iter().map(|row| row["dur_s"].parse().unwrap()).collect();
            let found = last_digits(&seconds).unwrap();
            json!({"value": [found.statistic, thuocdo::statistics::quality::LastDigits::DF, found.p]})
        }
        _ => return None,
    })
}
