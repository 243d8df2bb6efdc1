//! Confidence levels, shares and intervals.

use super::special::{StudentT, normal_quantile};

/// A confidence level strictly between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// The level of every interval that is shown.
    pub const P95: Self = Self(0.95);
    /// The level whose one-sided limits err in 5 of 100 cases.
    pub const P90: Self = Self(0.90);

    /// A level strictly between 0 and 1; `None` otherwise.
    pub fn new(level: f64) -> Option<Self> {
        (level > 0.0 && level < 1.0).then_some(Self(level))
    }

    /// The level as a share of one.
    pub fn level(self) -> f64 {
        self.0
    }

    /// The chance of error on both sides together.
    pub fn error(self) -> f64 {
        1.0 - self.0
    }

    /// The chance of error on one side.
    pub(crate) fn tail(self) -> f64 {
        0.5 * self.error()
    }

    /// The two-sided quantile of the normal.
    pub(crate) fn z(self) -> f64 {
        -normal_quantile(self.tail())
    }

    /// The two-sided quantile of Student's t.
    pub(crate) fn t(self, df: f64) -> Option<f64> {
        StudentT::new(df).map(|t| -t.quantile(self.tail()))
    }

    /// The same, the normal's for infinitely many degrees of freedom; `None` below one.
    pub(crate) fn t_or_z(self, df: f64) -> Option<f64> {
        (df >= 1.0).then(|| self.t(df))?
    }
}

/// A share from 0 to 1, such as a target.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Share(f64);

impl Share {
    /// A share from 0 to 1; `None` otherwise.
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// The share as a number.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// A lower and an upper limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower limit.
    pub low: f64,
    /// The upper limit.
    pub high: f64,
}

impl Interval {
    /// Upper minus lower limit.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// Whether `value` lies between the limits or on one of them.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// What both intervals allow; `None` if they have nothing in common.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let both = Self { low: self.low.max(other.low), high: self.high.min(other.high) };
        (both.low <= both.high).then_some(both)
    }

    /// The part between 0 and 1.
    pub(crate) fn within_shares(self) -> Self {
        Self { low: self.low.clamp(0.0, 1.0), high: self.high.clamp(0.0, 1.0) }
    }
}

/// Why an estimate has no interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoInterval {
    /// Fewer than two independent answers.
    TooFewAnswers,
    /// The share is 0 or 1, where the logit has no scale.
    ShareAtEnd,
    /// The variance is zero: all answers agree, which does not make the estimate certain.
    NoVariation,
}

/// Logit t interval of a share from its variance: logit p ± t √v / (p (1-p)), transformed back.
pub fn logit_t(share: f64, variance: f64, df: f64, confidence: Confidence) -> Result<Interval, NoInterval> {
    if df.is_nan() || df < 1.0 {
        return Err(NoInterval::TooFewAnswers);
    }
    let spread = share * (1.0 - share);
    if share.is_nan() || spread <= 0.0 {
        return Err(NoInterval::ShareAtEnd);
    }
    if variance.is_nan() || variance <= 0.0 {
        return Err(NoInterval::NoVariation);
    }
    let t = confidence.t(df).ok_or(NoInterval::TooFewAnswers)?;
    let (logit, reach) = ((share / (1.0 - share)).ln(), t * variance.sqrt() / spread);
    Ok(Interval { low: from_logit(logit - reach), high: from_logit(logit + reach) })
}

/// The share with a given logit.
pub(crate) fn from_logit(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// A count as a number.
#[expect(
    clippy::cast_precision_loss,
    reason = "beyond 2^53 a count is rounded in its sixteenth digit, which is harmless here"
)]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_shares_outside_their_range_are_refused() {
        assert!(
            Confidence::new(0.0).is_none() && Confidence::new(1.0).is_none() && Confidence::new(f64::NAN).is_none()
        );
        assert_eq!(Confidence::new(0.95), Some(Confidence::P95));
        assert!(Share::new(-0.1).is_none() && Share::new(1.01).is_none() && Share::new(f64::NAN).is_none());
        assert!(Share::new(0.0).is_some() && Share::new(1.0).is_some());
    }

    #[test]
    fn a_logit_interval_needs_a_share_inside_a_variance_and_a_degree_of_freedom() {
        assert_eq!(logit_t(0.9, 0.001, 0.0, Confidence::P95), Err(NoInterval::TooFewAnswers));
        assert_eq!(logit_t(1.0, 0.001, 9.0, Confidence::P95), Err(NoInterval::ShareAtEnd));
        assert_eq!(logit_t(0.9, 0.0, 9.0, Confidence::P95), Err(NoInterval::NoVariation));
        let wide = logit_t(0.9, 0.001, 9.0, Confidence::P95).unwrap();
        let narrow = logit_t(0.9, 0.001, 9.0, Confidence::P90).unwrap();
        assert!(wide.low < narrow.low && narrow.high < wide.high && wide.low > 0.0 && wide.high < 1.0);
    }

    #[test]
    fn intervals_without_common_values_have_no_intersection() {
        let [left, right] = [Interval { low: 0.1, high: 0.3 }, Interval { low: 0.2, high: 0.4 }];
        assert_eq!(left.intersection(&right), Some(Interval { low: 0.2, high: 0.3 }));
        assert_eq!(left.intersection(&Interval { low: 0.31, high: 0.4 }), None);
    }
}
