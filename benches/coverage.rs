//! Whether intervals hold what they promise: seeded simulations of samples of clusters and of counters that are watched
//! every day, and exact enumerations of binomial intervals.
//!
//! `cargo bench --bench coverage`, or `cargo bench --bench coverage -- --runs 4000 --seed 7`. Every run has a generator
//! of its own, so the results do not depend on the number of threads. The designs are those of simulations made with R,
//! whose figures stand beside ours where there are some. Bars are judged on what was simulated, without allowance for
//! simulation error: with fewer than 4,000 runs some fail by chance.

mod bars;
mod simulate;

use std::process::ExitCode;

use bars::{Bars, number, say};
use simulate::clusters::{self, METHODS};
use simulate::{Share, exact, watching};

/// Simulated samples of each design and share.
const RUNS: u64 = 20_000;
/// Simulated years of each counter; a year has up to 10,000 answers and 250 looks.
const MOST_YEARS: u64 = 4_000;
const SEED: u64 = 7;
/// Two simulations of the same thing may differ by so many standard errors.
const SAME: f64 = 4.0;

fn main() -> anyhow::Result<ExitCode> {
    let (runs, seed) = (number("--runs", RUNS)?, number("--seed", SEED)?);
    anyhow::ensure!(runs > 0, "--runs 0: nothing would be simulated");
    let began = std::time::Instant::now();
    let mut bars = Bars::default();
    of_clusters(runs, seed, &mut bars)?;
    of_watching(runs.min(MOST_YEARS), seed, &mut bars)?;
    of_binomials(&mut bars)?;
    say(&format!("\n{:.0} seconds", began.elapsed().as_secs_f64()))?;
    bars.end()
}

fn of_clusters(runs: u64, seed: u64, bars: &mut Bars) -> anyhow::Result<()> {
    say(&format!(
        "Samples of clusters, {runs} for each line; per cent of 95 % intervals that hold the truth.\n\
         Bars, for 12 to 60 units: korn_graubard_nchs 94 to 97.5; falsely met (target just above the truth) at most 3.5.\n"
    ))?;
    say(
        "strata units persons icc   share | k-g nchs  xlogit    beta    mean | met   not met  too few | met alone | bars",
    )?;
    for (place, cluster) in clusters::DESIGNS.iter().enumerate() {
        for (at, share) in clusters::SHARES.iter().enumerate() {
            let cell = (place * clusters::SHARES.len() + at) as u64;
            let found = clusters::simulate(cluster, *share, runs, seed, cell)?;
            let name = format!("{} units, share {share}", cluster.units);
            let (decides, false_met) = (found.covered(0), found.false_met());
            let mut words = String::new();
            if cluster.is_judged() {
                let covers = (0.94..=0.975).contains(&decides.value);
                words += bars.judge(&format!("coverage, {name}: {decides}"), covers);
                words += " ";
                words += bars.judge(&format!("falsely met, {name}: {false_met}"), false_met.value <= 0.035);
            } else {
                words += "not judged";
            }
            let covered: Vec<String> = (0..METHODS.len()).map(|method| found.covered(method).padded()).collect();
            say(&format!(
                "{:>6} {:>5} {:>7} {:>4.2} {:>6.2} | {} | {}  {}  {} | {} | {words}",
                cluster.strata,
                cluster.units,
                cluster.persons,
                cluster.icc,
                share,
                covered.join("  "),
                false_met.padded(),
                found.false_not_met().padded(),
                found.not_publishable().padded(),
                found.limit_above().padded(),
            ))?;
            if let Some((coverage, above)) = clusters::from_r(cluster, *share) {
                let same = decides.is_near(coverage, clusters::RUNS_OF_R, SAME)
                    && found.limit_above().is_near(above, clusters::RUNS_OF_R, SAME);
                let word = bars.judge(&format!("{name}: as R found"), same);
                say(&format!(
                    "{:>32} | {:>5.2} with R, 4,000 samples; lower limit above the truth {:.2} | {word}",
                    "",
                    100.0 * coverage,
                    100.0 * above
                ))?;
            }
        }
    }
    let error = Share { hits: runs * 95 / 100, runs }.to_estimate().error * 100.0;
    say(&format!(
        "Simulation error of a coverage near 95: {error:.2}, of an error near 2.5: {:.2}. “met alone”: lower limit above \
         the truth,\nwhatever the presentation rules say. The first {} samples of every line went through files and the \
         whole analysis, too.",
        Share { hits: runs / 40, runs }.to_estimate().error * 100.0,
        clusters::THROUGH_FILES
    ))
}

fn of_watching(runs: u64, seed: u64, bars: &mut Bars) -> anyhow::Result<()> {
    say(&format!(
        "\nCounters watched after every day, {runs} for each line; per cent that are wrong at some time.\n\
         Bar: the sequence at most 5; Wilson's interval beside it.\n"
    ))?;
    say("share  days  a day | sequence  falsely above | Wilson  falsely above  last day | R: sequence, Wilson | bars")?;
    for (cell, counter) in watching::COUNTERS.iter().enumerate() {
        let found = watching::simulate(counter, runs, seed, cell as u64)?;
        let [sequence, above, wilson, wilson_above, last] = found.map(Share::to_estimate);
        let name = format!("share {}, {} days of {} answers", counter.share, counter.days, counter.a_day);
        let promise = bars.judge(&format!("sequence, {name}: {sequence}"), sequence.value <= 0.05);
        let (r_sequence, r_wilson) = counter.from_r;
        let near = |ours: &simulate::Estimate, theirs| ours.is_near(theirs, watching::RUNS_OF_R, SAME);
        let same = bars
            .judge(&format!("watching, {name}: as R found"), near(&sequence, r_sequence) && near(&wilson, r_wilson));
        say(&format!(
            "{:>5.2} {:>5} {:>6} | {}  {}        | {}  {}         {}    | {:>4.1}, {:>4.1}          | {promise} {same}",
            counter.share,
            counter.days,
            counter.a_day,
            sequence.padded(),
            above.padded(),
            wilson.padded(),
            wilson_above.padded(),
            last.padded(),
            100.0 * r_sequence,
            100.0 * r_wilson,
        ))?;
    }
    say("\nOne-sided evidence (ln e ≥ ln 20) against a share, 5,000 answers, a look at every 20th; bar: at most 5.")?;
    for (cell, share) in watching::BOUNDS.iter().enumerate() {
        let found = watching::evidence_at_the_bound(*share, runs.min(2_000), seed, cell as u64)?.to_estimate();
        let word = bars.judge(&format!("evidence against the truth {share}: {found}"), found.value <= 0.05);
        say(&format!("  truth {share:.2}: falsely demonstrated {} | {word}", found.padded()))?;
    }
    say(
        "Answers until a target is demonstrated (median of 400; it jumps by the answers one more failure costs); R found \
         those in brackets.",
    )?;
    for (cell, plan) in watching::PLANS.iter().enumerate() {
        let found = watching::answers_until_evidence(plan, seed, cell as u64)?;
        let found = found.map_or("never".to_owned(), |answers| answers.to_string());
        say(&format!("  truth {:.2}, target {:.2}: {found} ({})", plan.share, plan.target, plan.from_r))?;
    }
    Ok(())
}

fn of_binomials(bars: &mut Bars) -> anyhow::Result<()> {
    say("\nBinomial intervals by enumeration, shares .75 to .985; per cent, R's figures in brackets.\n")?;
    say("   n  method           mean coverage     worst coverage    one-sided 95 % limit falsely met, worst")?;
    for line in &exact::LINES {
        let found = exact::enumerate(line)?;
        let same = found.iter().zip(&line.from_r).all(|(ours, theirs)| (ours - theirs).abs() < 6e-5);
        let mut words = bars.judge(&format!("binomial, n {}, {}: as R found", line.n, line.name), same).to_owned();
        if line.name == exact::EXACT {
            words += " ";
            words += bars.judge(&format!("{}, n {}: never above 5 %", line.name, line.n), found[2] <= 0.05);
        }
        let shown: Vec<String> = found
            .iter()
            .zip(&line.from_r)
            .map(|(ours, theirs)| format!("{:>6.2} ({:>5.2})", 100.0 * ours, 100.0 * theirs))
            .collect();
        say(&format!("{:>4}  {:<16} {} | {words}", line.n, line.name, shown.join("    ")))?;
    }
    Ok(())
}
