//! Index of elements, with the covariance between criteria of the same persons.

use std::ops::RangeInclusive;

use serde_json::{Value, json};
use thuocdo::statistics::design::Design;
use thuocdo::statistics::survey::{Estimate, Figure, Measure, Sample, Statistic, estimate};

use super::{Data, PLAIN, figures, number, numbers, stat, three_stage};

const ELEMENTS: [RangeInclusive<usize>; 5] = [1..=4, 5..=8, 9..=13, 14..=17, 18..=22];

/// Every element counts by its weight, every item of an element alike.
fn weighted(weights: [f64; 5]) -> Measure {
    let items = ELEMENTS.iter().zip(weights).flat_map(|(element, weight)| {
        let each = weight / f64::from(u32::try_from(element.clone().count()).unwrap());
        element.clone().map(move |item| (item - 1, each))
    });
    Measure { items: items.collect(), pooled: false }
}

fn items(items: RangeInclusive<usize>) -> Measure {
    Measure::mean_of(&items.map(|item| item - 1).collect::<Vec<_>>())
}

pub(super) fn answer(id: &str) -> Option<Value> {
    let data = Data::read("three_stage");
    let design = three_stage::design(&data, if id.ends_with("_wr") { "des_wr" } else { "des" })?;
    let (answers, sample, all) = (data.answers(22), Sample::new(&design, PLAIN), data.all());
    let fast = |measures: &[Measure]| -> Vec<Estimate> {
        let whole = thuocdo::statistics::survey::Domains::whole();
        estimate(&design, &answers, Statistic::Share, measures, &whole, PLAIN)
    };
    let criteria = |count: usize| -> Vec<Figure> {
        (1..=count).map(|item| sample.mean(&data.satisfied(item), &all).unwrap()).collect()
    };
    let covariance = |criteria: &[Figure]| sample.covariance(&criteria.iter().collect::<Vec<_>>()).unwrap();
    Some(match id {
        "elements_equal_weight" => {
            let criteria = criteria(22);
            let element = |items: &RangeInclusive<usize>| {
                let share = 1.0 / f64::from(u32::try_from(items.clone().count()).unwrap());
                let parts: Vec<(f64, &Figure)> = items.clone().map(|item| (share, &criteria[item - 1])).collect();
                Figure::linear(&parts).unwrap()
            };
            let own: Vec<Figure> = ELEMENTS.iter().map(element).collect();
            for (fast, own) in fast(&ELEMENTS.map(items)).iter().zip(&own) {
                let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-12 * b, "{a} is not {b}");
                near(fast.estimate.unwrap(), own.estimate());
                near(fast.standard_error().unwrap(), sample.standard_error(own).unwrap());
            }
            figures(&sample, &own, Some(7.0))
        }
        "overall_mean_of_22" | "overall_mean_of_22_wr" => stat(&fast(&[items(1..=22)]), Some(7.0)),
        "overall_mean_of_elements" => stat(&fast(&[weighted([0.2; 5])]), Some(7.0)),
        "overall_weighted_elements" => stat(&fast(&[weighted([0.15, 0.2, 0.3, 0.25, 0.1])]), Some(7.0)),
        "overall_pooled_ratio" => stat(&fast(&[Measure { pooled: true, ..items(1..=22) }]), Some(7.0)),
        "naive_independent_se_wr" => {
            let diagonal: f64 = covariance(&criteria(22)).iter().enumerate().map(|(index, row)| row[index]).sum();
            json!({ "value": [diagonal.sqrt() / 22.0] })
        }
        "cov_matrix_first6_wr" => json!({ "value": covariance(&criteria(6)) }),
        "linearised_check_wr" => json!({ "value": [number(fast(&[items(1..=22)])[0].standard_error().unwrap())] }),
        "by_channel_overall_wr" => {
            let own = channels(&data, &design);
            let row = |of: fn(&Estimate) -> Option<f64>| numbers(own.iter().map(|own| of(own).unwrap()));
            json!({ "value": [row(|own| own.estimate), row(Estimate::standard_error)] })
        }
        "respondent_score_mean_wr" => {
            let (answered, satisfied) = data.sums(1..=22);
            let score = |(all, good): (&Option<f64>, &Option<f64>)| all.zip(*good).map(|(all, good)| good / all);
            let scores: Vec<Option<f64>> = answered.iter().zip(&satisfied).map(score).collect();
            figures(&sample, &[sample.mean(&scores, &all).unwrap()], Some(7.0))
        }
        "likert_mean_overall_wr" => {
            let columns: Vec<Vec<Option<f64>>> = (1..=22).map(|item| data.item(item)).collect();
            let mean = |row: usize| {
                let own: Vec<f64> = columns.iter().filter_map(|column| column[row]).collect();
                Some(own.iter().sum::<f64>() / f64::from(u32::try_from(own.len()).unwrap()))
            };
            let means: Vec<Option<f64>> = (0..design.rows()).map(mean).collect();
            figures(&sample, &[sample.mean(&means, &all).unwrap()], Some(7.0))
        }
        _ => return None,
    })
}

fn channels(data: &Data, design: &Design) -> Vec<Estimate> {
    estimate(design, &data.answers(22), Statistic::Share, &[items(1..=22)], &data.domains("channel"), PLAIN)
}
