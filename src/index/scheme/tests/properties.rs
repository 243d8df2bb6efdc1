//! What holds for every scheme and every value.

use super::{part, points, scheme, scheme_of_points, scheme_of_shares, share, value};
use crate::index::scheme::{Covariances, Given, Item, parse};
use proptest::prelude::*;

fn weighted(weights: &[f64]) -> crate::index::scheme::Scheme {
    let parts: Vec<String> = weights.iter().map(|weight| format!("weight = {weight:.12}")).collect();
    scheme_of_shares("weighted", "leave", &parts)
}

fn items(shares: &[Option<f64>]) -> Vec<Item> {
    let item = |(at, given): (usize, &Option<f64>)| given.map(|given| share(&format!("p{at}"), given));
    shares.iter().enumerate().filter_map(item).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn weights_scaled_by_a_constant_change_nothing(
        given in proptest::collection::vec((0.01..10.0_f64, proptest::option::weighted(0.8, 0.0..=1.0_f64)), 1..9),
        factor in 0.01..100.0_f64,
    ) {
        let (weights, shares): (Vec<f64>, Vec<Option<f64>>) = given.into_iter().unzip();
        prop_assume!(shares.iter().any(Option::is_some));
        let scaled: Vec<f64> = weights.iter().map(|weight| weight * factor).collect();
        let (here, there) = (weighted(&weights), weighted(&scaled));
        let (here, there) = (value(&here, &items(&shares)), value(&there, &items(&shares)));
        prop_assert!((here - there).abs() < 1e-9, "{here} {there}");
        let low = shares.iter().flatten().copied().fold(1.0, f64::min);
        let high = shares.iter().flatten().copied().fold(0.0, f64::max);
        prop_assert!(here >= low - 1e-12 && here <= high + 1e-12, "{low} {here} {high}");
    }

    #[test]
    fn a_damaged_definition_is_refused_with_lines_in_order_or_is_still_a_scheme(
        which in 0..super::TEXTS.len(),
        dropped in proptest::collection::vec(0..250_usize, 0..4),
        doubled in 0..250_usize,
        cut in proptest::option::weighted(0.3, 0..9_000_usize),
    ) {
        let whole: String = super::TEXTS[which].chars().take(cut.unwrap_or(usize::MAX)).collect();
        let mut text = String::new();
        for (at, line) in whole.lines().enumerate().filter(|(at, _)| !dropped.contains(at)) {
            for _ in 0..=usize::from(at == doubled) {
                text.push_str(line);
                text.push('\n');
            }
        }
        match parse("t.toml", &text) {
            Ok(found) => {
                prop_assert!(found.maximum() > 0.0 && found.components().iter().any(|part| !part.beside));
                prop_assert!(found.evaluate(&[], None).unwrap().value.is_none());
            }
            Err(unsound) => {
                prop_assert!(!unsound.problems.is_empty());
                prop_assert!(unsound.problems.is_sorted());
                let lines = text.lines().count() + 1;
                prop_assert!(unsound.problems.iter().all(|problem| (1..=lines).contains(&problem.line)));
            }
        }
    }

    #[test]
    fn points_stay_between_nothing_and_the_maximum(
        rates in proptest::collection::vec(proptest::option::weighted(0.9, 0.0..=1.0_f64), 4),
        maxima in proptest::collection::vec(1..40_u32, 4),
        leave in any::<bool>(),
    ) {
        let rules = ["\"awarded\"", "\"share_times_max\"", "{ proportional_to_target = 0.9 }", "{ options = [1.0, 0.3, 0.0] }"];
        let parts: Vec<(f64, &str)> = maxima.iter().zip(rules).map(|(m, rule)| (f64::from(*m) / 4.0, rule)).collect();
        let index = scheme_of_points(if leave { "leave" } else { "refuse" }, &parts);
        let given = |at: usize, rate: f64| match at {
            0 => Given::Points(rate * parts[0].0),
            3 => Given::Options(vec![rate / 2.0, rate / 2.0, 1.0 - rate]),
            _ => Given::Share { share: rate, n: None },
        };
        let items: Vec<Item> = rates
            .iter()
            .enumerate()
            .filter_map(|(at, rate)| rate.map(|rate| Item::of(&format!("p{at}"), given(at, rate))))
            .collect();
        let found = index.evaluate(&items, None).unwrap();
        prop_assert_eq!(found.value.is_some(), items.len() == 4 || (leave && !items.is_empty()));
        prop_assert!(found.value.is_none_or(|value| (0.0..=found.maximum).contains(&value)));
        for part in &found.parts {
            prop_assert!(part.value.is_none_or(|value| (0.0..=part.maximum.unwrap()).contains(&value)));
        }
        prop_assert_eq!(found.missing.len(), 4 - items.len());
    }

    #[test]
    fn points_of_decision_766_never_fall_as_the_rate_rises_and_follow_the_rule(late in 0..=1_000_u64, more in 0..=1_000_u64) {
        let index = scheme("qd766_2022");
        let scored = |late: u64| {
            let given = Given::Complement { late, complained: 0, whole: 1_000 };
            part(&index.evaluate(&[Item::of("procedures_satisfied", given)], None).unwrap(), "procedures_satisfied").value.unwrap()
        };
        let worse = (late + more).min(1_000);
        prop_assert!(scored(worse) <= scored(late));
        let rate = f64::from(u32::try_from(1_000 - late).unwrap()) / 1_000.0;
        let expected = if late <= 100 { 6.0 } else { rate * 6.0 / 0.9 };
        prop_assert!((scored(late) - expected).abs() < 1e-12);
    }

    #[test]
    fn every_sum_of_points_with_two_decimals_lies_in_the_band_of_exact_arithmetic(
        cents in proptest::collection::vec(0..=200_u32, 9),
        edge in proptest::option::of(proptest::sample::select(vec![600_u32, 900, 1_200, 1_500])),
    ) {
        let rating = scheme("tt01_2018");
        let mut cents = cents;
        // Half of the cases are moved onto an edge as far as the last indicator allows.
        if let Some(edge) = edge {
            let others: u32 = cents.iter().take(8).sum();
            cents[8] = edge.saturating_sub(others).min(200);
        }
        let codes: Vec<String> =
            rating.components().iter().filter(|part| !part.beside).map(|part| part.code.clone()).collect();
        let items: Vec<Item> =
            codes.iter().zip(&cents).map(|(code, cents)| points(code, f64::from(*cents) / 100.0)).collect();
        let found = rating.evaluate(&items, None).unwrap();
        let expected = match cents.iter().sum::<u32>() {
            1_500.. => "excellent",
            1_200.. => "good",
            900.. => "fair",
            600.. => "average",
            _ => "weak",
        };
        prop_assert_eq!(found.band.as_deref(), Some(expected), "{:?}", cents);
    }

    #[test]
    fn the_variance_is_that_of_the_weighted_sum_and_never_negative(
        weights in proptest::collection::vec(0.01..10.0_f64, 1..6),
        loadings in proptest::collection::vec(-1.0..1.0_f64, 6),
    ) {
        // One common source of error: cov = l l', so the variance is the square of the weighted loading.
        let codes = (0..weights.len()).map(|at| format!("p{at}")).collect();
        let rows = loadings.iter().take(weights.len()).map(|l| loadings.iter().take(weights.len()).map(|k| l * k).collect());
        let matrix = Covariances::new(codes, rows.collect()).unwrap();
        let shares = vec![Some(0.5); weights.len()];
        let found = weighted(&weights).evaluate(&items(&shares), Some(&matrix)).unwrap();
        let total: f64 = weights.iter().sum();
        let loading: f64 = weights.iter().zip(&loadings).map(|(weight, l)| weight / total * l).sum();
        let variance = found.variance.unwrap();
        prop_assert!(variance >= 0.0 && (variance - loading * loading).abs() < 1e-9, "{variance}");
    }

    #[test]
    fn pooled_answers_weigh_answers_and_the_mean_weighs_items(
        given in proptest::collection::vec((0..=500_u64, 1..=500_u64), 1..8),
    ) {
        let parts = vec![String::new(); given.len()];
        let items: Vec<Item> = given
            .iter()
            .enumerate()
            .map(|(at, (part, whole))| super::counts(&format!("p{at}"), (*part).min(*whole), *whole))
            .collect();
        let pooled = value(&scheme_of_shares("pooled_answers", "refuse", &parts), &items);
        let mean = value(&scheme_of_shares("mean_of_items", "refuse", &parts), &items);
        let shares: Vec<f64> = given
            .iter()
            .map(|(part, whole)| {
                f64::from(u32::try_from(*part.min(whole)).unwrap()) / f64::from(u32::try_from(*whole).unwrap())
            })
            .collect();
        let low = shares.iter().copied().fold(1.0, f64::min) - 1e-12;
        let high = shares.iter().copied().fold(0.0, f64::max) + 1e-12;
        prop_assert!((low..=high).contains(&pooled) && (low..=high).contains(&mean));
        if given.iter().all(|(_, whole)| *whole == given[0].1) {
            prop_assert!((pooled - mean).abs() < 1e-9, "equal numbers of answers make them equal");
        }
    }
}
