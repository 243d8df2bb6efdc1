use std::collections::HashMap;

use thuocdo::statistics::{Confidence, Count, Interval};

use super::{number, table};

const P95: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/binomial_ci_95.csv"));
const P90: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/binomial_ci_90.csv"));

fn agrees(row: &HashMap<String, String>, method: &str, got: Interval) {
    for (limit, got) in [("lo", got.low), ("hi", got.high)] {
        let expected = number(row, &format!("{method}_{limit}")).unwrap();
        // The reference has 13 digits.
        assert!((got - expected).abs() <= 1e-12 + 1e-10 * expected.abs(), "{method}_{limit} of {row:?}: {got}");
    }
}

#[test]
fn binomial_intervals_agree_with_r() {
    let mut compared = 0;
    for row in [P95, P90].into_iter().flat_map(table) {
        let whole = |column: &str| row[column].parse::<u64>().unwrap();
        let count = Count::new(whole("x"), whole("n")).unwrap();
        let confidence = Confidence::new(number(&row, "level").unwrap()).unwrap();
        agrees(&row, "wilson", count.wilson(confidence).unwrap());
        agrees(&row, "cp", count.clopper_pearson(confidence).unwrap());
        agrees(&row, "jeff", count.jeffreys(confidence).unwrap());
        agrees(&row, "ac", count.agresti_coull(confidence).unwrap());
        compared += 1;
    }
    assert_eq!(compared, 308);
}

#[test]
fn the_closed_periods_of_the_specification_come_out() {
    // 180 of 200 answers: 80 % is met, 85 and 90 % are open, 95 % is not met.
    let limits = Count::new(180, 200).unwrap().clopper_pearson(Confidence::P95).unwrap();
    assert!(limits.low >= 0.8 && limits.low < 0.85 && limits.contains(0.9) && limits.high < 0.95, "{limits:?}");
    assert!(Count::new(200, 200).unwrap().clopper_pearson(Confidence::P95).unwrap().low >= 0.95);
}
