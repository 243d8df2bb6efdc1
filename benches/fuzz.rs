//! Fuzzing: mutated design files, mutated surveys, and the special functions at arguments nobody means.
//!
//! `cargo bench --bench fuzz` for a minute, or `cargo bench --bench fuzz -- --seconds 600 --seed 2`. Nothing may panic,
//! take longer than five seconds, or say something that cannot be true. What fails is kept in a folder of its own with
//! the files that made it fail.

mod bars;
mod fuzzing;

use std::process::ExitCode;
use std::time::Duration;

use bars::{Bars, number, say};
use fuzzing::{TARGETS, fuzz};

fn main() -> anyhow::Result<ExitCode> {
    let (seconds, seed) = (number("--seconds", 60)?, number("--seed", 1)?);
    let time = Duration::from_secs(seconds) / u32::try_from(TARGETS.len())?;
    let mut bars = Bars::default();
    say(&format!("seed {seed}\ntarget                     runs   accepted    refused   slowest ms   failures"))?;
    for target in TARGETS {
        let outcome = fuzz(target, seed, time);
        let word = bars.judge(target.name(), outcome.failures.is_empty());
        say(&format!(
            "{:<20} {:>10} {:>10} {:>10} {:>12.1} {:>10}   {word}",
            target.name(),
            outcome.runs,
            outcome.accepted,
            outcome.runs - outcome.accepted,
            1_000.0 * outcome.slowest.as_secs_f64(),
            outcome.failures.len(),
        ))?;
        for failure in &outcome.failures {
            say(&format!("  {failure}"))?;
        }
    }
    bars.end()
}
