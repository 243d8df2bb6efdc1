//! Binomial intervals, every count weighed with its chance: no simulation.

use anyhow::Context;
use thuocdo::statistics::{Binomial, Confidence, Count, Interval};

/// The method whose one-sided error is never above its promise.
pub(crate) const EXACT: &str = "clopper-pearson";

/// Answers, a method, and R's mean and worst coverage and worst share of falsely met targets.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) n: u64,
    pub(crate) name: &'static str,
    method: fn(Count, Confidence) -> Option<Interval>,
    pub(crate) from_r: [f64; 3],
}

const fn wilson(n: u64, from_r: [f64; 3]) -> Line {
    Line { n, name: "wilson", method: Count::wilson, from_r }
}

const fn exact(n: u64, from_r: [f64; 3]) -> Line {
    Line { n, name: EXACT, method: Count::clopper_pearson, from_r }
}

const fn jeffreys(n: u64, from_r: [f64; 3]) -> Line {
    Line { n, name: "jeffreys", method: Count::jeffreys, from_r }
}

const fn wald(n: u64, from_r: [f64; 3]) -> Line {
    Line { n, name: "wald", method: Count::wald, from_r }
}

/// Answers and methods.
pub(crate) const LINES: [Line; 16] = [
    wilson(10, [0.9574, 0.8382, 0.0911]),
    exact(10, [0.9884, 0.9750, 0.0000]),
    wilson(30, [0.9548, 0.8988, 0.0743]),
    exact(30, [0.9777, 0.9506, 0.0498]),
    jeffreys(30, [0.9521, 0.8887, 0.1466]),
    wald(30, [0.8572, 0.3645, 0.6355]),
    wilson(100, [0.9520, 0.9275, 0.0682]),
    exact(100, [0.9670, 0.9510, 0.0499]),
    jeffreys(100, [0.9491, 0.8806, 0.1469]),
    wald(100, [0.9262, 0.7786, 0.2537]),
    wilson(300, [0.9505, 0.9367, 0.0602]),
    exact(300, [0.9603, 0.9505, 0.0500]),
    wilson(1000, [0.9503, 0.9395, 0.0543]),
    exact(1000, [0.9559, 0.9512, 0.0500]),
    jeffreys(1000, [0.9498, 0.9366, 0.0642]),
    wald(1000, [0.9475, 0.9210, 0.1022]),
];

/// Mean and worst coverage at 95 %, and the worst chance that the one-sided 95 % limit lies above the truth, over true
/// shares from .75 to .985.
pub(crate) fn enumerate(line: &Line) -> anyhow::Result<[f64; 3]> {
    let limits = |confidence: Confidence| {
        let one = |successes: u64| (line.method)(Count::new(successes, line.n)?, confidence).context("no interval");
        (0..=line.n).map(one).collect::<anyhow::Result<Vec<Interval>>>()
    };
    let (both, one) = (limits(Confidence::P95)?, limits(Confidence::P90)?);
    let (mut sum, mut worst, mut met, mut places) = (0.0, 1.0_f64, 0.0_f64, 0.0);
    for place in 0..=470_u32 {
        let truth = 0.75 + 0.0005 * f64::from(place);
        let binomial = Binomial::new(super::real(line.n), truth).context("no distribution")?;
        let (mut covered, mut above) = (0.0, 0.0);
        for (successes, (both, one)) in (0..=line.n).zip(both.iter().zip(&one)) {
            let chance = binomial.ln_mass(successes).exp();
            covered += if both.contains(truth) { chance } else { 0.0 };
            above += if one.low > truth { chance } else { 0.0 };
        }
        (sum, places) = (sum + covered, places + 1.0);
        (worst, met) = (worst.min(covered), met.max(above));
    }
    Ok([sum / places, worst, met])
}
