use serde_json::Value;
use thuocdo::statistics::units::{Draws, RankSet, Scope, UnitEstimates, bonferroni_rank_sets, stepdown_rank_sets};
use thuocdo::statistics::{Confidence, Count};

use super::table;

const RANKS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/rank_sets.json"));
const UNITS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/data/units.csv"));

fn estimates() -> UnitEstimates {
    let counts: Vec<Count> = table(UNITS)
        .iter()
        .map(|row| Count::new(row["x"].parse().unwrap(), row["n"].parse().unwrap()).unwrap())
        .collect();
    UnitEstimates::from_counts(&counts).unwrap()
}

fn reference() -> Value {
    serde_json::from_str(RANKS).unwrap()
}

/// How many ranks two lists are apart, unit by unit.
fn distances(found: impl Iterator<Item = usize>, expected: &Value) -> Vec<u64> {
    let found: Vec<u64> = found.map(|rank| u64::try_from(rank).unwrap()).collect();
    let expected = expected.as_array().unwrap();
    assert_eq!(found.len(), expected.len());
    found.iter().zip(expected).map(|(rank, expected)| rank.abs_diff(expected.as_u64().unwrap())).collect()
}

fn all_distances(sets: &[RankSet], expected: &Value) -> Vec<u64> {
    let mut apart = distances(sets.iter().map(|set| set.best), &expected["L"]);
    apart.extend(distances(sets.iter().map(|set| set.worst), &expected["U"]));
    apart
}

#[test]
fn estimates_and_standard_errors_of_units_agree_with_r() {
    let (units, reference) = (estimates(), reference());
    for (found, name) in [(units.values(), "p"), (units.standard_errors(), "se")] {
        for (found, expected) in found.iter().zip(reference[name].as_array().unwrap()) {
            assert!((found - expected.as_f64().unwrap()).abs() < 1e-15);
        }
    }
}

#[test]
fn bonferroni_rank_sets_agree_with_r_exactly() {
    for (scope, name) in [(Scope::Marginal, "bonferroni_marginal"), (Scope::Simultaneous, "bonferroni_simultaneous")] {
        let sets = bonferroni_rank_sets(&estimates(), scope, Confidence::P95);
        assert!(all_distances(&sets, &reference()[name]).into_iter().all(|apart| apart == 0), "{name}");
    }
}

#[test]
fn stepdown_rank_sets_agree_with_csranks_up_to_the_draws() {
    for (scope, name) in [(Scope::Marginal, "csranks_marginal"), (Scope::Simultaneous, "csranks_simultaneous")] {
        let draws = Draws { number: 20_000, seed: 1 };
        let sets = stepdown_rank_sets(&estimates(), scope, Confidence::P95, draws).unwrap();
        let expected = &reference()[name];
        assert_eq!(distances(sets.iter().map(|set| set.estimated), &expected["rank"]), [0; 34]);
        let apart = all_distances(&sets, expected);
        let different = apart.iter().filter(|apart| **apart > 0).count();
        assert!(apart.iter().all(|apart| *apart <= 1) && different <= 4, "{name}: {apart:?}");
    }
}
