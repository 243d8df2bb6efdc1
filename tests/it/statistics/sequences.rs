use std::collections::HashMap;

use serde_json::Value;
use thuocdo::statistics::{
    Confidence, Count, Interval, NoInterval, Share, asymptotic_sequence, beta_binomial_sequence,
    running_average_sequence,
};

use super::table;

const REFERENCE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/confidence_sequences.json"));
const STREAM: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/data/stream.csv"));

/// The answers of the stream in order: all of them, and those of each counter.
fn streams() -> HashMap<String, Vec<bool>> {
    let mut streams = HashMap::<String, Vec<bool>>::new();
    for row in table(STREAM) {
        let satisfied = row["satisfied"] == "1";
        streams.entry("all".to_owned()).or_default().push(satisfied);
        streams.entry(row["counter"].clone()).or_default().push(satisfied);
    }
    streams
}

/// What is expected after some number of answers.
struct Look {
    count: Count,
    expected: Box<dyn Fn(&str) -> Interval>,
}

fn looks(stream: &Value) -> Vec<Look> {
    let column = |name: &str| stream[name].as_array().unwrap().clone();
    let (times, successes) = (column("t"), column("S"));
    let looks = times.iter().zip(&successes).enumerate().map(|(index, (t, s))| {
        let stream = stream.clone();
        let at = move |name: String| stream[&name][index].as_f64().unwrap();
        Look {
            count: Count::new(s.as_u64().unwrap(), t.as_u64().unwrap()).unwrap(),
            expected: Box::new(move |name| Interval { low: at(format!("{name}_lo")), high: at(format!("{name}_hi")) }),
        }
    });
    looks.collect()
}

fn reference() -> Vec<(String, Vec<Look>)> {
    let whole: Value = serde_json::from_str(REFERENCE).unwrap();
    whole["sequences"].as_object().unwrap().iter().map(|(name, stream)| (name.clone(), looks(stream))).collect()
}

fn agrees(got: Interval, expected: Interval, tolerance: f64, what: &str) {
    assert!((got.low - expected.low).abs() < tolerance, "{what}: {got:?} instead of {expected:?}");
    assert!((got.high - expected.high).abs() < tolerance, "{what}: {got:?} instead of {expected:?}");
}

fn clamped(limits: Interval) -> Interval {
    Interval { low: limits.low.clamp(0.0, 1.0), high: limits.high.clamp(0.0, 1.0) }
}

#[test]
fn sequences_agree_with_r_at_every_look() {
    for (name, looks) in reference() {
        for Look { count, expected } in looks {
            let what = format!("{name} after {count:?}");
            let share = Share::new(count.share().unwrap()).unwrap();
            let exact = beta_binomial_sequence(count, Confidence::P95).unwrap();
            agrees(exact.interval, expected("betabin"), 1e-10, &what);
            let drifting = running_average_sequence(share, count.trials(), Confidence::P95).unwrap();
            agrees(drifting.interval, clamped(expected("normmix")), 1e-12, &what);
            agrees(count.wilson(Confidence::P95).unwrap(), expected("wilson"), 1e-12, &what);
            let variance = share.value() * (1.0 - share.value());
            match asymptotic_sequence(share, variance, count.trials(), Confidence::P95) {
                Ok(close) => agrees(close.interval, clamped(expected("asymp")), 1e-12, &what),
                // R gives a limit without width while all answers agree.
                Err(NoInterval::NoVariation) => assert_eq!(count.failures(), 0, "{what}"),
                Err(NoInterval::TooFewAnswers) => assert_eq!(count.trials(), 1, "{what}"),
                Err(NoInterval::ShareAtEnd) => panic!("{what}"),
            }
        }
    }
}

#[test]
fn the_running_intersection_of_the_stream_agrees_with_r() {
    let streams = streams();
    for (name, looks) in reference() {
        let mut looks = looks.into_iter().peekable();
        let mut running = Interval { low: 0.0, high: 1.0 };
        let (mut successes, mut trials) = (0, 0);
        for satisfied in &streams[&name] {
            successes += u64::from(*satisfied);
            trials += 1;
            let count = Count::new(successes, trials).unwrap();
            let now = beta_binomial_sequence(count, Confidence::P95).unwrap().interval;
            running = running.intersection(&now).expect("the share of the stream is constant");
            if let Some(look) = looks.next_if(|look| look.count.trials() == trials) {
                assert_eq!(look.count, count, "{name}");
                agrees(running, (look.expected)("betabin_running"), 1e-10, &name);
            }
        }
        assert!(looks.next().is_none(), "{name} is shorter than the reference");
    }
}
