//! Simulations, run by run: each with a generator of its own, on as many threads as the machine has.

pub(crate) mod clusters;
pub(crate) mod exact;
pub(crate) mod watching;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// How often something happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    pub(crate) hits: u64,
    pub(crate) runs: u64,
}

/// A simulated share with its standard error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Estimate {
    pub(crate) value: f64,
    pub(crate) error: f64,
}

impl Share {
    pub(crate) fn to_estimate(self) -> Estimate {
        let (runs, value) = (real(self.runs), real(self.hits) / real(self.runs));
        Estimate { value, error: (value * (1.0 - value) / runs).sqrt() }
    }
}

impl Estimate {
    /// Per cent, in a column.
    pub(crate) fn padded(&self) -> String {
        format!("{:>6.2}", 100.0 * self.value)
    }

    /// Whether another simulation of so many runs, which found `value`, may well have simulated the same.
    pub(crate) fn is_near(&self, value: f64, runs: u64, errors: f64) -> bool {
        // Where nothing happened in either of them the error of one hit is taken.
        let other = (value * (1.0 - value) / real(runs)).sqrt().max(1.0 / real(runs));
        (self.value - value).abs() <= errors * self.error.hypot(other)
    }
}

impl std::fmt::Display for Estimate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} % (simulation error {:.2})", 100.0 * self.value, 100.0 * self.error)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of runs and answers stay far below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

/// What a stream of random numbers is for; streams of different kinds have nothing in common.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Clusters,
    Watching,
    Bound,
    Plan,
}

/// The random numbers of one run.
pub(crate) fn generator(kind: Kind, seed: u64, cell: u64, run: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream((kind as u64) << 56 | cell << 40 | run);
    random
}

/// The counts that `one` gives for every run, added up.
pub(crate) fn tally<const N: usize>(
    (kind, seed, cell, runs): (Kind, u64, u64, u64),
    one: impl Fn(u64, &mut ChaCha8Rng) -> anyhow::Result<[u64; N]> + Sync,
) -> anyhow::Result<[u64; N]> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as u64;
    let part = |thread: u64| {
        let mut sums = [0; N];
        for run in (thread..runs).step_by(usize::try_from(threads)?) {
            let mut random = generator(kind, seed, cell, run);
            sums.iter_mut().zip(one(run, &mut random)?).for_each(|(sum, hit)| *sum += hit);
        }
        Ok::<_, anyhow::Error>(sums)
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || part(thread))).collect();
        let mut all = [0; N];
        for thread in running {
            let sums = thread.join().map_err(|_panic| anyhow::anyhow!("a simulation stopped"))??;
            all.iter_mut().zip(sums).for_each(|(all, sum)| *all += sum);
        }
        Ok(all)
    })
}
