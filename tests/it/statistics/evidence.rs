use serde_json::Value;
use thuocdo::statistics::evidence::{Claim, log_e_value};
use thuocdo::statistics::{Count, Share};

const REFERENCE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/confidence_sequences.json"));

#[test]
fn e_values_agree_with_r() {
    let whole: Value = serde_json::from_str(REFERENCE).unwrap();
    let column = |name: &str| whole["evalues"][name].as_array().unwrap();
    let (successes, trials, bounds) = (column("S"), column("t"), column("p0"));
    let mut compared = 0;
    for (row, expected) in column("log_e_above").iter().enumerate() {
        let count = Count::new(successes[row].as_u64().unwrap(), trials[row].as_u64().unwrap()).unwrap();
        let bound = Share::new(bounds[row].as_f64().unwrap()).unwrap();
        let (found, expected) = (log_e_value(count, Claim::AtMost(bound)).unwrap(), expected.as_f64().unwrap());
        assert!((found - expected).abs() < 1e-10 * expected.abs().max(1.0), "{count:?} {bound:?}: {found} {expected}");
        compared += 1;
    }
    assert_eq!(compared, 25);
}
