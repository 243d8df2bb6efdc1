//! Bars: what a programme must reach, whether it did, and what it is told on its command line.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context;

/// The bars of a run so far.
#[derive(Debug, Default)]
pub(crate) struct Bars {
    passed: usize,
    failed: Vec<String>,
}

impl Bars {
    /// PASS or FAIL of one bar, which is counted.
    pub(crate) fn judge(&mut self, name: &str, reached: bool) -> &'static str {
        if reached {
            self.passed += 1;
            "PASS"
        } else {
            self.failed.push(name.to_owned());
            "FAIL"
        }
    }

    /// Prints what failed; the exit code of the programme.
    pub(crate) fn end(self) -> anyhow::Result<ExitCode> {
        say(&format!("\n{} bars reached, {} failed", self.passed, self.failed.len()))?;
        for name in &self.failed {
            say(&format!("  FAIL {name}"))?;
        }
        Ok(if self.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Prints a line of results.
pub(crate) fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("while printing")
}

/// The number after `--name`, or else the default. `cargo bench` adds words of its own, which are passed over.
pub(crate) fn number(name: &str, default: u64) -> anyhow::Result<u64> {
    let mut words = std::env::args().skip_while(|word| word != name).skip(1);
    match (words.next(), std::env::args().any(|word| word == name)) {
        (Some(word), _) => word.parse().with_context(|| format!("{name} {word}: a whole number is needed")),
        (None, true) => anyhow::bail!("{name}: a whole number is needed"),
        (None, false) => Ok(default),
    }
}
