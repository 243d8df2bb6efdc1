//! Counters that are looked at after every day, and evidence that is looked at while it grows.

use anyhow::Context;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use thuocdo::statistics::evidence::{Claim, log_e_value};
use thuocdo::statistics::{Confidence, Count, Share as Target, beta_binomial_sequence};

use super::{Kind, Share, generator, tally};

/// A counter with a constant share; answers of a day are Poisson.
#[derive(Debug)]
pub(crate) struct Counter {
    pub(crate) share: f64,
    pub(crate) days: u32,
    pub(crate) a_day: f64,
    /// How often the sequence and Wilson's interval were ever wrong in simulations with R.
    pub(crate) from_r: (f64, f64),
}

/// A month, a quarter and a year of working days.
pub(crate) const COUNTERS: [Counter; 6] = [
    Counter { share: 0.85, days: 30, a_day: 20.0, from_r: (0.006, 0.283) },
    Counter { share: 0.85, days: 90, a_day: 20.0, from_r: (0.006, 0.340) },
    Counter { share: 0.85, days: 250, a_day: 40.0, from_r: (0.006, 0.432) },
    Counter { share: 0.90, days: 30, a_day: 20.0, from_r: (0.007, 0.271) },
    Counter { share: 0.90, days: 90, a_day: 20.0, from_r: (0.008, 0.365) },
    Counter { share: 0.90, days: 250, a_day: 40.0, from_r: (0.008, 0.421) },
];

/// Runs of every simulation with R.
pub(crate) const RUNS_OF_R: u64 = 2_000;

/// Truths against which there must be no evidence.
pub(crate) const BOUNDS: [f64; 2] = [0.85, 0.90];

/// A truth, the target it exceeds, and the median of answers R found to demonstrate it.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) share: f64,
    pub(crate) target: f64,
    pub(crate) from_r: u64,
}

/// Truths and targets.
pub(crate) const PLANS: [Plan; 2] =
    [Plan { share: 0.94, target: 0.90, from_r: 304 }, Plan { share: 0.97, target: 0.90, from_r: 86 }];

/// By Knuth's product of uniform numbers, which suits means far below 700.
fn poisson(mean: f64, random: &mut ChaCha8Rng) -> u64 {
    let (bound, mut product, mut count) = ((-mean).exp(), random.random::<f64>(), 0);
    while product > bound {
        product *= random.random::<f64>();
        count += 1;
    }
    count
}

fn satisfied(share: f64, answers: u64, random: &mut ChaCha8Rng) -> u64 {
    (0..answers).map(|_| u64::from(random.random::<f64>() < share)).sum()
}

/// Sequence ever wrong, ever above the truth; Wilson ever wrong, ever above, wrong on the last day.
pub(crate) fn simulate(counter: &Counter, runs: u64, seed: u64, cell: u64) -> anyhow::Result<[Share; 5]> {
    let hits = tally((Kind::Watching, seed, cell, runs), |_, random| {
        let (mut successes, mut answers) = (0, 0);
        let (mut sequence, mut above, mut wilson, mut wilson_above, mut last) = (false, false, false, false, false);
        for _ in 0..counter.days {
            let today = poisson(counter.a_day, random);
            answers += today;
            successes += satisfied(counter.share, today, random);
            let count = Count::new(successes, answers)?;
            let Some(limits) = beta_binomial_sequence(count, Confidence::P95) else { continue };
            sequence |= !limits.interval.contains(counter.share);
            above |= limits.interval.low > counter.share;
            let limits = count.wilson(Confidence::P95).context("no interval of answers")?;
            last = !limits.contains(counter.share);
            wilson |= last;
            wilson_above |= limits.low > counter.share;
        }
        Ok([sequence, above, wilson, wilson_above, last].map(u64::from))
    })?;
    Ok(hits.map(|hits| Share { hits, runs }))
}

/// How often a target at the truth is demonstrated at some time.
pub(crate) fn evidence_at_the_bound(truth: f64, runs: u64, seed: u64, cell: u64) -> anyhow::Result<Share> {
    let claim = Claim::AtMost(Target::new(truth).context("the truth is no share")?);
    let [hits] = tally((Kind::Bound, seed, cell, runs), |_, random| {
        let mut successes = 0;
        for look in 1..=250 {
            successes += satisfied(truth, 20, random);
            let evidence = log_e_value(Count::new(successes, 20 * look)?, claim).context("no evidence")?;
            if evidence >= 20_f64.ln() {
                return Ok([1]);
            }
        }
        Ok([0])
    })?;
    Ok(Share { hits, runs })
}

/// The median of answers until a target is demonstrated, over 400 runs of at most 6,000; `None` beyond.
pub(crate) fn answers_until_evidence(plan: &Plan, seed: u64, cell: u64) -> anyhow::Result<Option<u64>> {
    let claim = Claim::AtMost(Target::new(plan.target).context("the target is no share")?);
    let until = |random: &mut ChaCha8Rng| {
        let mut successes = 0;
        for answers in 1..=6_000 {
            successes += satisfied(plan.share, 1, random);
            let evidence = log_e_value(Count::new(successes, answers)?, claim).context("no evidence")?;
            if evidence > 20_f64.ln() {
                return Ok(Some(answers));
            }
        }
        Ok(None)
    };
    let run = |run| until(&mut generator(Kind::Plan, seed, cell, run));
    let mut found = (0..400).map(run).collect::<anyhow::Result<Vec<Option<u64>>>>()?;
    found.sort_by_key(|answers| answers.unwrap_or(u64::MAX));
    Ok(found.get(200).copied().flatten())
}
