//! Two seconds of what `cargo bench --bench fuzz` does for a minute and more.

#[path = "../../benches/fuzzing/mod.rs"]
mod fuzzing;

use std::time::Duration;

/// Unoptimised code is slower: every target gets some hundred inputs all the same.
const TIME: Duration = Duration::from_secs(2);
const SEED: u64 = 20_261_122;

#[test]
fn no_input_panics_hangs_or_is_answered_with_what_cannot_be_true() {
    let outcomes = std::thread::scope(|scope| {
        let running = fuzzing::TARGETS.map(|target| scope.spawn(move || (target, fuzzing::fuzz(target, SEED, TIME))));
        running.map(|thread| thread.join().unwrap())
    });
    for (target, outcome) in outcomes {
        let failures: Vec<String> = outcome.failures.iter().map(ToString::to_string).collect();
        assert!(failures.is_empty(), "{}: {}", target.name(), failures.join("\n"));
        let (runs, accepted) = (outcome.runs, outcome.accepted);
        println!("{}: {runs} inputs, {accepted} accepted, slowest {:?}", target.name(), outcome.slowest);
        assert!(accepted > 0 && accepted < runs, "{}: {accepted} of {runs} accepted", target.name());
    }
}
