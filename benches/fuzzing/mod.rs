//! Inputs made at random, what is done with them, and what must hold whatever they are.

mod chances;
mod design_files;
mod mutation;
mod special;
mod surveys;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Files by name.
pub(crate) type Input = Vec<(&'static str, Vec<u8>)>;

/// Something that is fuzzed.
pub(crate) trait Target: Sync {
    /// What it is called.
    fn name(&self) -> &'static str;
    /// An input.
    fn make(&self, random: &mut ChaCha8Rng) -> Input;
    /// Whether the input was accepted, or what was said of it that cannot be true. The files lie in the folder, too.
    fn run(&self, input: &Input, folder: &Path) -> Result<bool, String>;
    /// Whether `run` looks for the files in the folder.
    fn reads_files(&self) -> bool {
        false
    }
}

/// Everything that is fuzzed.
pub(crate) const TARGETS: [&'static dyn Target; 4] =
    [&design_files::DesignFiles, &surveys::Surveys, &special::Special, &chances::Chances];

/// An input that takes longer hangs.
const LONGEST: Duration = Duration::from_secs(5);
/// A target is left after so many failures of different kinds.
const MOST_FAILURES: usize = 10;

/// What came of a target.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) runs: u64,
    pub(crate) accepted: u64,
    pub(crate) slowest: Duration,
    /// The first failure of each kind.
    pub(crate) failures: Vec<Failure>,
}

/// An input that failed, and how many of its kind did.
#[derive(Debug)]
pub(crate) struct Failure {
    times: u64,
    number: u64,
    what: String,
    kept: PathBuf,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} × like input {}: {}; kept in {}", self.times, self.number, self.what, self.kept.display())
    }
}

/// What the thread at work tells.
enum Told {
    Begins(u64, Input),
    Ends(Result<bool, String>),
}

/// Fuzzes a target for a time. Input number n of a seed is the same in every run.
pub(crate) fn fuzz(target: &'static dyn Target, seed: u64, time: Duration) -> Outcome {
    let (teller, told) = channel();
    let until = Instant::now() + time;
    // Not joined: a thread that hangs ends with the program.
    std::thread::spawn(move || {
        let folder = std::env::temp_dir().join(format!("thuocdo-fuzz-{}-{}", std::process::id(), target.name()));
        let mut number = 0;
        while Instant::now() < until {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            random.set_stream(number);
            let input = target.make(&mut random);
            if target.reads_files() && write(&folder, &input).is_err() {
                break;
            }
            if teller.send(Told::Begins(number, input.clone())).is_err() {
                break;
            }
            let result = catch_unwind(AssertUnwindSafe(|| target.run(&input, &folder)));
            let result = result.unwrap_or_else(|panic| Err(format!("panic: {}", message(&*panic))));
            // Files made anew cost less than files cut and written again.
            if target.reads_files() && std::fs::remove_dir_all(&folder).is_err() {
                break;
            }
            if teller.send(Told::Ends(result)).is_err() {
                break;
            }
            number += 1;
        }
    });
    watch(target, seed, &told)
}

/// Counts what is told, until the work is over or an input takes too long.
fn watch(target: &dyn Target, seed: u64, told: &Receiver<Told>) -> Outcome {
    let mut outcome = Outcome::default();
    let (mut current, mut began) = ((0, Input::new()), Instant::now());
    while outcome.failures.len() < MOST_FAILURES {
        let result = match told.recv_timeout(LONGEST) {
            Ok(Told::Begins(number, input)) => {
                (current, began) = ((number, input), Instant::now());
                continue;
            }
            Ok(Told::Ends(result)) => result,
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => Err(format!("not done after {} seconds", LONGEST.as_secs())),
        };
        outcome.runs += 1;
        outcome.slowest = outcome.slowest.max(began.elapsed());
        match result {
            Ok(accepted) => outcome.accepted += u64::from(accepted),
            Err(what) => {
                let (number, input) = &current;
                let hangs = began.elapsed() >= LONGEST;
                if let Some(known) = outcome.failures.iter_mut().find(|known| kind(&known.what) == kind(&what)) {
                    known.times += 1;
                    continue;
                }
                let name = format!("thuocdo-fuzz-{}-{seed}-{number}", target.name());
                let kept = std::env::temp_dir().join(name);
                let what = if write(&kept, input).is_ok() { what } else { format!("{what} (the files were not kept)") };
                outcome.failures.push(Failure { times: 1, number: *number, what, kept });
                if hangs {
                    break;
                }
            }
        }
    }
    outcome
}

/// The first words of a failure without its numbers.
fn kind(what: &str) -> String {
    what.chars().filter(|letter| letter.is_alphabetic()).take(24).collect()
}

fn write(folder: &Path, input: &Input) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    input.iter().try_for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes))
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without words")
}
