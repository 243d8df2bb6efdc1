//! Estimators under a survey design.
//!
//! [`estimate`] gives shares or means of items and of composites of items in all domains of a partition in two passes
//! over the rows; [`contrast`] gives differences between two domains with their covariance. Both work from sums, so their
//! cost grows with the rows and not with the product of rows, items and domains, and their results are the same bits
//! whatever the order of the rows and the number of threads. Replicate weights are an alternative to linearisation.

mod answers;
mod calibration;
mod comparison;
mod figure;
mod general;
mod hadamard;
mod influence;
mod intervals;
mod linear;
mod nonresponse;
mod presentation;
#[cfg(test)]
mod properties;
mod quantile;
mod rao_scott;
mod replicates;
mod solution;
mod totals;

pub use answers::{Answers, AnswersError, Domains, Level, MOST_LEVELS, Measure, Statistic};
pub use calibration::{Calibration, CalibrationError, CalibrationMethod, Margin};
pub use comparison::{Logistic, TwoGroups};
pub use figure::{Figure, NoFigure};
pub use general::{Sample, SimpleSample, WeightEffect, kish};
pub use intervals::{DesignShare, IntervalMethod, NO_VARIANCE, mean_interval};
pub use nonresponse::{NonresponseError, Responded, TrimError, trim, weighting_classes};
pub use presentation::{Decision, Presentation, Rules};
pub use quantile::{Quantile, QuantileRule, weighted_quantile};
pub use rao_scott::{Association, NoTest, TestResult};
pub use replicates::{Centre, MAX_REPLICATES, ReplicateError, ReplicateMethod, Replicates};

use super::design::Design;
use super::interval::real;
use influence::{Target, squares};
use replicates::Spread;
use solution::Solution;
use totals::{Source, Totals};

/// An estimate in one domain.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The share, mean or composite; `None` where nobody with a weight answered.
    pub estimate: Option<f64>,
    /// Its variance under the design; `None` where the design does not allow one.
    pub variance: Option<f64>,
    /// Rows with an answer and a weight.
    pub rows: u64,
    /// Their first-stage sampling units.
    pub units: u64,
    /// Their first-stage strata.
    pub strata: u64,
    /// Design effect: variance over that of a simple random sample without replacement of as many rows, as R's
    /// `deff = TRUE`; `None` where the weights add up to no more than the rows, or all answers agree.
    pub deff: Option<f64>,
    /// Of one item, the weighted share of those asked who answered; see [`Answers::with_missing`].
    pub answered: Option<f64>,
    /// Of a share under replicates, the variance of its logit between them: R's method `logit` is made from it.
    pub logit_variance: Option<f64>,
    /// Replicates without a value, which were left out.
    pub lost_replicates: usize,
}

impl Estimate {
    /// Degrees of freedom: units minus strata.
    pub fn df(&self) -> f64 {
        real(self.units.saturating_sub(self.strata))
    }

    /// The standard error.
    pub fn standard_error(&self) -> Option<f64> {
        self.variance.map(f64::sqrt)
    }
}

/// How variances are computed.
#[derive(Clone, Copy, Debug)]
pub enum Variance<'a> {
    /// Taylor linearisation over the design, with the residuals of a calibration if there was one.
    Linearised(Option<&'a Calibration>),
    /// From replicate weights; a calibration is redone in every replicate.
    Replicated(&'a Replicates, Option<&'a Calibration>),
}

/// Estimates of every measure in every domain, domain by domain.
///
/// The design must hold the final weights: after a calibration those of [`Calibration::weights`].
pub fn estimate(
    design: &Design,
    answers: &Answers,
    statistic: Statistic,
    measures: &[Measure],
    domains: &Domains,
    variance: Variance<'_>,
) -> Vec<Estimate> {
    let source = Source::new(design, answers, statistic, measures);
    let totals = Totals::of(design, &source, domains);
    let solution = Solution::new(measures, answers.items(), &totals.answered, &totals.sums);
    let variances = match variance {
        Variance::Linearised(calibration) => {
            linearised(influence::variances(design, &source, &solution, &totals, &Target::each(domains), calibration))
        }
        Variance::Replicated(replicates, calibration) => {
            replicates.variances(design, &source, domains, &Target::each(domains), calibration)
        }
    };
    let simple = simple_variances(design, &source, domains, &totals, &solution);
    let mut estimates = Vec::with_capacity(solution.estimates.len());
    for (index, value) in solution.estimates.iter().enumerate() {
        let of = |counts: &[u64]| counts.get(index).copied().unwrap_or_default();
        let spread = variances.get(index).copied().unwrap_or_default();
        let variance = spread.variance.filter(|_| value.is_some());
        let simple = simple.get(index).copied().flatten();
        estimates.push(Estimate {
            estimate: *value,
            variance,
            rows: of(&totals.rows),
            units: of(&totals.units),
            strata: of(&totals.strata),
            deff: variance.zip(simple).map(|(variance, simple)| variance / simple),
            answered: answered_share(&source, &totals, index),
            logit_variance: spread.logit,
            lost_replicates: spread.lost,
        });
    }
    estimates
}

/// Differences of every measure between two domains, first minus second. The counts are of both together.
pub fn contrast(
    design: &Design,
    answers: &Answers,
    statistic: Statistic,
    measures: &[Measure],
    (domains, first, second): (&Domains, u32, u32),
    variance: Variance<'_>,
) -> Vec<Estimate> {
    let place = |domain: Option<usize>| match domain {
        Some(domain) if domain == first as usize => 0,
        Some(domain) if domain == second as usize => 1,
        _ => Domains::NONE,
    };
    let rows = u32::try_from(design.rows()).unwrap_or(u32::MAX);
    let both = Domains { number: 2, of_row: (0..rows).map(|row| place(domains.of(row))).collect() };
    let union =
        Domains { number: 1, of_row: both.of_row.iter().map(|d| if *d == Domains::NONE { *d } else { 0 }).collect() };
    let source = Source::new(design, answers, statistic, measures);
    let totals = Totals::of(design, &source, &both);
    let counts = Totals::of(design, &source, &union);
    let solution = Solution::new(measures, answers.items(), &totals.answered, &totals.sums);
    let target = Target::difference(&both);
    let variances = match variance {
        Variance::Linearised(calibration) => {
            linearised(influence::variances(design, &source, &solution, &totals, &target, calibration))
        }
        Variance::Replicated(replicates, calibration) => {
            replicates.variances(design, &source, &both, &target, calibration)
        }
    };
    let (one, two) = solution.estimates.split_at(measures.len().min(solution.estimates.len()));
    let mut differences = Vec::with_capacity(measures.len());
    for (index, (one, two)) in one.iter().zip(two).enumerate() {
        let value = one.zip(*two).map(|(one, two)| one - two);
        let of = |counts: &[u64]| counts.get(index).copied().unwrap_or_default();
        differences.push(Estimate {
            estimate: value,
            variance: variances.get(index).and_then(|spread| spread.variance).filter(|_| value.is_some()),
            rows: of(&counts.rows),
            units: of(&counts.units),
            strata: of(&counts.strata),
            lost_replicates: variances.get(index).map_or(0, |spread| spread.lost),
            ..Estimate::default()
        });
    }
    differences
}

fn linearised(variances: Vec<Option<f64>>) -> Vec<Spread> {
    variances.into_iter().map(|variance| Spread { variance, ..Spread::default() }).collect()
}

/// The weighted share of those asked who answered, for measures of one item.
fn answered_share(source: &Source<'_>, totals: &Totals, index: usize) -> Option<f64> {
    let measures = source.measures.len();
    let item = (*source.single.get(index % measures)?)?;
    let cell = index / measures * source.answers.items() + item;
    let asked = totals.asked.get(cell)?.value();
    (asked > 0.0).then(|| totals.answered.get(cell).map_or(0.0, |answered| answered.value() / asked))
}

/// Variances under simple random sampling without replacement: N n/(n−1) Σ w u² (1 − n/N) / n with N = Σ w.
fn simple_variances(
    design: &Design,
    source: &Source<'_>,
    domains: &Domains,
    totals: &Totals,
    solution: &Solution,
) -> Vec<Option<f64>> {
    let spread = squares(design, source, domains, totals, solution);
    let of = |(index, (squares, weight)): (usize, (f64, f64))| {
        let n = real(totals.rows.get(index).copied()?);
        let variance = weight / (n - 1.0) * squares * (1.0 - n / weight);
        (n > 1.0 && weight > n && variance > 0.0).then_some(variance)
    };
    spread.into_iter().enumerate().map(of).collect()
}
