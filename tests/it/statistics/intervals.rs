use std::collections::HashMap;

use thuocdo::statistics::{Confidence, Count, Interval, NoInterval};

use super::{number, table};

const P95: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/binomial_ci_95.csv"));
const P90: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/binomial_ci_90.csv"));

fn close(row: &HashMap<String, String>, column: &str, got: f64) {
    let expected = number(row, column).unwrap();
    // The reference has 13 digits.
    assert!((got - expected).abs() <= 1e-12 + 1e-10 * expected.abs(), "{column} of {row:?}: {got}");
}

fn agrees(row: &HashMap<String, String>, method: &str, got: Interval) {
    close(row, &format!("{method}_lo"), got.low);
    close(row, &format!("{method}_hi"), got.high);
}

#[test]
fn binomial_intervals_and_one_sided_limits_agree_with_r() {
    let mut compared = 0;
    for row in [P95, P90].into_iter().flat_map(table) {
        let whole = |column: &str| row[column].parse::<u64>().unwrap();
        let count = Count::new(whole("x"), whole("n")).unwrap();
        let confidence = Confidence::new(number(&row, "level").unwrap()).unwrap();
        agrees(&row, "wilson", count.wilson(confidence).unwrap());
        agrees(&row, "wilson_cc", count.wilson_continuity(confidence).unwrap());
        agrees(&row, "cp", count.clopper_pearson(confidence).unwrap());
        agrees(&row, "jeff", count.jeffreys(confidence).unwrap());
        agrees(&row, "ac", count.agresti_coull(confidence).unwrap());
        agrees(&row, "wald", count.wald(confidence).unwrap());
        agrees(&row, "asn", count.arcsine(confidence).unwrap());
        agrees(&row, "midp", count.mid_p(confidence).unwrap());
        match count.logit(confidence) {
            Ok(limits) => agrees(&row, "logit", limits),
            Err(reason) => {
                assert_eq!(reason, NoInterval::ShareAtEnd);
                assert!(number(&row, "logit_lo").is_none() && number(&row, "logit_hi").is_none());
            }
        }
        for (column, got) in [
            ("l_wilson", count.wilson_lower(confidence)),
            ("l_cp", count.clopper_pearson_lower(confidence)),
            ("l_jeffreys", count.jeffreys_lower(confidence)),
            ("u_wilson", count.wilson_upper(confidence)),
            ("u_cp", count.clopper_pearson_upper(confidence)),
            ("u_jeffreys", count.jeffreys_upper(confidence)),
        ] {
            close(&row, column, got.unwrap());
        }
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
