//! Weighted quantiles and how sure they are.

use super::super::interval::{Confidence, Interval, NoInterval};
use super::Variance;
use super::figure::{Figure, NoFigure};
use super::general::{Sample, Taken};
use super::intervals::{DesignShare, IntervalMethod, mean_interval};

/// How a quantile is read from the weighted values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuantileRule {
    /// The smallest value at or below which the share lies: the inverse of the distribution (R's `math`).
    Math,
    /// Linear between the values, the first at share 0 and the last at share 1 (Hyndman & Fan 1996, type 7; R's
    /// `hf7`). Among equal values the last row's weight is the one that counts, as in R.
    Hf7,
}

/// The share above which a sum of weights counts as having reached another: what rounding leaves.
const REACHED: f64 = 1.0 - 1e-14;

/// A quantile of values with weights; rows without a weight do not count. `None` without a row, or for a share outside
/// 0 to 1.
pub fn weighted_quantile(values: &[f64], weights: &[f64], share: f64, rule: QuantileRule) -> Option<f64> {
    let mut rows: Vec<(f64, f64)> = values.iter().copied().zip(weights.iter().copied()).collect();
    rows.retain(|(value, weight)| value.is_finite() && *weight > 0.0);
    rows.sort_by(|one, other| one.0.total_cmp(&other.0));
    sorted_quantile(&rows, share, rule)
}

fn sorted_quantile(rows: &[(f64, f64)], share: f64, rule: QuantileRule) -> Option<f64> {
    let (last, others) = rows.split_last()?;
    if !(0.0..=1.0).contains(&share) {
        return None;
    }
    let below: f64 = others.iter().map(|(_, weight)| weight).sum();
    match rule {
        QuantileRule::Math => {
            let wanted = share * (below + last.1) * REACHED;
            let mut sum = 0.0;
            let reached = rows.iter().find(|(_, weight)| {
                sum += weight;
                sum >= wanted
            });
            reached.or(Some(last)).map(|(value, _)| *value)
        }
        QuantileRule::Hf7 => {
            // The i-th value stands at the weight before it, as a share of the weight before the last.
            let wanted = share * below;
            let mut sum = 0.0;
            for (here, next) in rows.iter().zip(rows.iter().skip(1)) {
                if wanted <= sum + here.1 {
                    return Some(here.0 + (next.0 - here.0) * ((wanted - sum) / here.1).clamp(0.0, 1.0));
                }
                sum += here.1;
            }
            Some(last.0)
        }
    }
}

/// A quantile with its limits.
#[derive(Clone, Debug)]
pub struct Quantile {
    /// The quantile; from replicates with its value in each, so that its variance can be asked for.
    pub figure: Figure,
    /// The lower limit, where there is one.
    pub low: Option<f64>,
    /// The upper limit, where there is one.
    pub high: Option<f64>,
    /// Width of the interval over twice t, or the standard error of the replicates.
    pub standard_error: Option<f64>,
    /// Why limits are missing.
    pub reason: Option<NoInterval>,
}

impl Sample<'_> {
    /// The quantile of a share (0.5 for the median) among the rows of the domain that have a value.
    ///
    /// Under linearisation the limits are Woodruff's (1952): the interval of the share of values up to the quantile, by
    /// `method`, read back through the same rule; limits that leave 0 to 1 have no quantile. From replicates they are
    /// quantile ± t √v, and `method` is not looked at; jackknife replicates do not suit quantiles.
    pub fn quantile(
        &self,
        values: &[Option<f64>],
        domain: &[bool],
        (share, rule): (f64, QuantileRule),
        (method, df, confidence): (IntervalMethod, Option<f64>, Confidence),
    ) -> Result<Quantile, NoFigure> {
        if !(0.0..=1.0).contains(&share) {
            return Err(NoFigure::Share);
        }
        let Taken { columns: [numbers], used } = self.taken([values], domain)?;
        let mut order: Vec<usize> = used.iter().enumerate().filter(|(_, used)| **used).map(|(row, _)| row).collect();
        let number = |row: &usize| numbers.get(*row).copied().unwrap_or_default();
        order.sort_by(|one, other| number(one).total_cmp(&number(other)));
        let quantile_at = |share: f64, weights: &[f64]| {
            let rows = order.iter().map(|row| (number(row), weights.get(*row).copied().unwrap_or_default()));
            sorted_quantile(&rows.filter(|(_, weight)| *weight > 0.0).collect::<Vec<_>>(), share, rule)
        };
        let figure = self.figure(&used, |weights| quantile_at(share, weights), |_| None).ok_or(NoFigure::Nobody)?;
        let df = df.unwrap_or_else(|| self.df(&figure));
        if matches!(self.variance, Variance::Replicated(..)) {
            let variance = self.variance(&figure);
            let limits = variance
                .ok_or(NoInterval::NoVariation)
                .and_then(|variance| mean_interval(figure.estimate(), variance, df, confidence));
            return Ok(Quantile {
                low: limits.ok().map(|limits| limits.low),
                high: limits.ok().map(|limits| limits.high),
                standard_error: variance.map(f64::sqrt),
                reason: limits.err(),
                figure,
            });
        }
        let limits = self.woodruff(values, domain, figure.estimate(), (method, df, confidence))?;
        let weights = self.design.weights();
        let read =
            |limit: f64| Some(limit).filter(|limit| (0.0..=1.0).contains(limit)).and_then(|p| quantile_at(p, weights));
        let (low, high) =
            (limits.ok().and_then(|limits| read(limits.low)), limits.ok().and_then(|limits| read(limits.high)));
        let standard_error = low.zip(high).zip(confidence.t_or_z(df)).map(|((low, high), t)| (high - low) / (2.0 * t));
        Ok(Quantile { figure, low, high, standard_error, reason: limits.err() })
    }

    /// The interval of the share of values up to `quantile`.
    fn woodruff(
        &self,
        values: &[Option<f64>],
        domain: &[bool],
        quantile: f64,
        (method, df, confidence): (IntervalMethod, f64, Confidence),
    ) -> Result<Result<Interval, NoInterval>, NoFigure> {
        let up_to: Vec<Option<f64>> =
            values.iter().map(|value| value.map(|value| if value <= quantile { 1.0 } else { 0.0 })).collect();
        let share = self.mean(&up_to, domain)?;
        let variance = self.variance(&share).ok_or(NoInterval::NoVariation);
        Ok(variance.and_then(|variance| {
            DesignShare { share: share.estimate(), variance, rows: share.rows(), df }.interval(method, confidence)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::design::Design;
    use super::*;

    const VALUES: [f64; 4] = [4.0, 1.0, 3.0, 2.0];

    fn near(value: Option<f64>, wanted: f64) -> bool {
        value.is_some_and(|value| (value - wanted).abs() < 1e-12)
    }

    #[test]
    fn the_inverse_of_the_distribution_is_a_value_and_type_seven_lies_between_two() {
        let of = |share, rule| weighted_quantile(&VALUES, &[0.1; 4], share, rule);
        for (share, wanted) in [(0.0, 1.0), (0.2, 1.0), (0.25, 1.0), (0.3, 2.0), (0.5, 2.0), (0.75, 3.0), (1.0, 4.0)] {
            assert!(near(of(share, QuantileRule::Math), wanted), "{share}");
        }
        for (share, wanted) in [(0.0, 1.0), (0.5, 2.5), (0.9, 3.7), (1.0, 4.0)] {
            assert!(near(of(share, QuantileRule::Hf7), wanted), "{share}");
        }
    }

    #[test]
    fn rows_without_a_weight_do_not_count_and_one_value_is_every_quantile() {
        for rule in [QuantileRule::Math, QuantileRule::Hf7] {
            assert!(near(weighted_quantile(&VALUES, &[0.0, 1.0, 0.0, 0.0], 0.9, rule), 1.0));
            assert_eq!(weighted_quantile(&VALUES, &[0.0; 4], 0.5, rule), None);
            assert_eq!(weighted_quantile(&VALUES, &[1.0; 4], 1.1, rule), None);
            assert_eq!(weighted_quantile(&[], &[], 0.5, rule), None);
        }
    }

    #[test]
    fn limits_that_leave_the_shares_are_missing() {
        let design = Design::independent(vec![1.0; 4]).unwrap();
        let sample = Sample::new(&design, Variance::Linearised(None));
        let how = (IntervalMethod::Mean, None, Confidence::P95);
        let of = |share| sample.quantile(&VALUES.map(Some), &[true; 4], (share, QuantileRule::Math), how);
        let quartile = of(0.25).unwrap();
        assert!(near(Some(quartile.figure.estimate()), 1.0) && quartile.low.is_none());
        let most = of(1.0).unwrap();
        assert!(near(Some(most.figure.estimate()), 4.0) && most.reason.is_none());
        assert_eq!(of(f64::NAN).unwrap_err(), NoFigure::Share);
        assert!(sample.variance(&quartile.figure).is_none());
    }
}
