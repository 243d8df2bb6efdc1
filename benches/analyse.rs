//! How long the analysis of a survey takes, and how much memory: a million respondents × 22 criteria × 200 units.
//!
//! `cargo bench --bench analyse`; `-- --rows 200000` makes the large file smaller, `-- --seed 7` other files. Every
//! measurement is a process of its own, so that their memory is seen separately; the measurements of a file are taken
//! in turn, five rounds, and their medians compared, because the machine may be busy with other things.

mod analysing;
mod bars;

use std::path::Path;
use std::process::ExitCode;

use analysing::parts::{self, Part};
use analysing::{median, real};
use anyhow::Context;
use bars::{Bars, number, say};

const ROWS: u64 = 1_000_000;
const SMALL: u64 = 100_000;
const SEED: u64 = 7;
const ROUNDS: usize = 5;

fn main() -> anyhow::Result<ExitCode> {
    if let Some(part) = Part::of_this_process()? {
        return parts::run(&part).map(|()| ExitCode::SUCCESS);
    }
    let (rows, seed) = (number("--rows", ROWS)?, number("--seed", SEED)?);
    let mut bars = Bars::default();
    let folder = tempfile::tempdir().context("while making a folder")?;
    for (rows, bar, memory) in [(rows, 500.0, Some(250.0)), (SMALL, 60.0, None)] {
        let folder = folder.path().join(rows.to_string());
        std::fs::create_dir(&folder).context("while making a folder")?;
        let bytes = analysing::file::make(&folder, rows, seed)?;
        say(&format!("\n{rows} respondents × 22 criteria × 200 units: {:.1} MB", real(bytes) / 1e6))?;
        one_file(&folder, (rows, bar, memory), &mut bars)?;
        if rows == SMALL {
            of_replicates(&folder, &mut bars)?;
        }
    }
    dashboard(seed, &mut bars)?;
    bars.end()
}

/// Reading and computing, in turn with the visit.
fn one_file(folder: &Path, (rows, bar, most): (u64, f64, Option<f64>), bars: &mut Bars) -> anyhow::Result<()> {
    let (mut visits, mut reads, mut computed) = (Vec::new(), Vec::new(), Vec::new());
    let (mut visit_used, mut whole_used, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let visit = parts::measure("visit", folder)?;
        let whole = parts::measure("whole", folder)?;
        visits.push(visit.of("ms")?);
        reads.push(whole.of("reading")?);
        computed.push(whole.of("computing")?);
        visit_used.push(visit.of("used")?);
        whole_used.push(whole.of("used")?);
        memory.push(whole.of("memory")?);
    }
    let [visit, read, after] = [median(&mut visits), median(&mut reads), median(&mut computed)];
    say(&format!("  the csv crate visits every record: {visit:.1} ms (processor {:.0} ms)", median(&mut visit_used)))?;
    say(&format!("  we read: {read:.1} ms; processor time of the whole analysis: {:.0} ms", median(&mut whole_used)))?;
    let ratio = read / visit;
    // The bars are those of the large file; the small one stands beside it.
    let mut judge = |what: &str, held: bool| if most.is_some() { bars.judge(what, held) } else { "not judged" };
    let word = judge(&format!("{rows} rows: reading is {ratio:.2} times the csv crate's visit"), ratio <= 1.5);
    say(&format!("  reading / visit of the csv crate: {ratio:.2} (bar: 1.5) {word}"))?;
    let word = judge(&format!("{rows} rows: {after:.0} ms after reading, bar {bar:.0}"), after <= bar);
    say(&format!("  after reading until verdicts stand: {after:.1} ms (bar: {bar:.0}) {word}"))?;
    if let Some(most) = most {
        let memory = median(&mut memory);
        let word = bars.judge(&format!("{rows} rows: {memory:.0} MiB, bar {most:.0}"), memory <= most);
        say(&format!("  peak memory of the whole analysis: {memory:.1} MiB (bar: {most:.0}) {word}"))?;
    }
    Ok(())
}

fn of_replicates(folder: &Path, bars: &mut Bars) -> anyhow::Result<()> {
    for (part, name, bar) in
        [("bootstrap", "200 bootstrap replicates", Some(3_000.0)), ("jackknife", "JKn, 2,000 replicates", None)]
    {
        let mut all = Vec::new();
        for _ in 0..ROUNDS {
            all.push(parts::measure(part, folder)?.of("computing")?);
        }
        let took = median(&mut all);
        let words = bar.map_or(String::new(), |bar| {
            let word = bars.judge(&format!("{name}: {took:.0} ms, bar {bar:.0}"), took <= bar);
            format!("(bar: {bar:.0}) {word}")
        });
        say(&format!("  {name}, after reading: {took:.0} ms {words}"))?;
    }
    Ok(())
}

fn dashboard(seed: u64, bars: &mut Bars) -> anyhow::Result<()> {
    let (mut prepared, mut fresh) = parts::dashboard(seed)?;
    let (prepared, fresh) = (median(&mut prepared), median(&mut fresh));
    say("\nOne unit: 5,000 respondents × 22 criteria in memory, estimates with intervals and verdicts")?;
    let word = bars.judge(&format!("one unit: {prepared:.2} ms, bar 2"), prepared <= 2.0);
    say(&format!(
        "  from a design in memory: {prepared:.2} ms (bar: 2) {word}; with the design built anew: {fresh:.2} ms"
    ))
}
