//! Intervals from the binomial distribution itself, through the incomplete beta.

use super::super::interval::{Confidence, Interval, from_logit, real};
use super::super::special::{Beta, Probe, find_root};
use super::Count;

/// Beyond this logit a share is 0 or 1 in double precision.
const FARTHEST_LOGIT: f64 = 750.0;

impl Count {
    /// The Clopper-Pearson interval (1934), which never covers less than its level; `None` without a trial.
    pub fn clopper_pearson(self, confidence: Confidence) -> Option<Interval> {
        let tail = confidence.tail();
        Some(Interval { low: self.exact_lower(tail)?, high: self.exact_upper(tail)? })
    }

    /// The one-sided lower Clopper-Pearson limit, 0 at no success; `None` without a trial.
    pub fn clopper_pearson_lower(self, confidence: Confidence) -> Option<f64> {
        self.exact_lower(confidence.error())
    }

    /// The one-sided upper Clopper-Pearson limit, 1 at no failure; `None` without a trial.
    pub fn clopper_pearson_upper(self, confidence: Confidence) -> Option<f64> {
        self.exact_upper(confidence.error())
    }

    fn exact_lower(self, tail: f64) -> Option<f64> {
        self.lower_quantile(tail, Beta::new(real(self.successes), real(self.failures()) + 1.0))
    }

    fn exact_upper(self, tail: f64) -> Option<f64> {
        self.upper_quantile(tail, Beta::new(real(self.successes) + 1.0, real(self.failures())))
    }

    /// The Jeffreys interval, with limit 0 at no success and 1 at no failure; `None` without a trial.
    pub fn jeffreys(self, confidence: Confidence) -> Option<Interval> {
        let (tail, posterior) = (confidence.tail(), self.posterior());
        Some(Interval { low: self.lower_quantile(tail, posterior)?, high: self.upper_quantile(tail, posterior)? })
    }

    /// The one-sided lower Jeffreys limit, 0 at no success; `None` without a trial.
    pub fn jeffreys_lower(self, confidence: Confidence) -> Option<f64> {
        self.lower_quantile(confidence.error(), self.posterior())
    }

    /// The one-sided upper Jeffreys limit, 1 at no failure; `None` without a trial.
    pub fn jeffreys_upper(self, confidence: Confidence) -> Option<f64> {
        self.upper_quantile(confidence.error(), self.posterior())
    }

    fn posterior(self) -> Option<Beta> {
        Beta::new(real(self.successes) + 0.5, real(self.failures()) + 0.5)
    }

    fn lower_quantile(self, tail: f64, beta: Option<Beta>) -> Option<f64> {
        self.share()?;
        if self.successes == 0 { Some(0.0) } else { Some(beta?.quantile(tail)) }
    }

    fn upper_quantile(self, tail: f64, beta: Option<Beta>) -> Option<f64> {
        self.share()?;
        if self.failures() == 0 { Some(1.0) } else { Some(beta?.upper_quantile(tail)) }
    }

    /// The mid-p interval (Lancaster 1961; Berry & Armitage 1995): as Clopper-Pearson, but the count that was seen
    /// enters each tail with half its chance.
    ///
    /// Shorter than Clopper-Pearson and close to its level on average; it may cover somewhat less for some shares. 0 at
    /// no success and 1 at no failure; `None` without a trial.
    pub fn mid_p(self, confidence: Confidence) -> Option<Interval> {
        self.share()?;
        let (s, f, tail) = (real(self.successes), real(self.failures()), confidence.tail());
        let low = if self.successes == 0 { 0.0 } else { mid_p_lower(s, f, tail)? };
        let high = if self.failures() == 0 { 1.0 } else { 1.0 - mid_p_lower(f, s, tail)? };
        Some(Interval { low, high })
    }
}

/// The share at which more than `s` successes and half of exactly `s` have the chance `tail` together; `s` > 0.
fn mid_p_lower(s: f64, f: f64, tail: f64) -> Option<f64> {
    // Without a failure the chance is half of p^s.
    if f <= 0.0 {
        return Some(((2.0 * tail).ln() / s).exp());
    }
    // P(X >= s) and P(X > s) are lower tails of two betas; the chance wanted is their mean.
    let (at_least, above) = (Beta::new(s, f + 1.0)?, Beta::new(s + 1.0, f)?);
    let probe = |t: f64| {
        let chance = 0.5 * (at_least.tails_at_logit(t).lower + above.tails_at_logit(t).lower);
        let density = 0.5 * (at_least.ln_logit_density(t).exp() + above.ln_logit_density(t).exp());
        let (excess, slope) = (chance.ln() - tail.ln(), density / chance);
        // Newton's error is squared by the step, so a change of 1e-8 of the tail's own scale is the last.
        Probe { excess, step: -excess / slope, enough: 1e-8 / slope.max(1.0) }
    };
    let start = Beta::new(s + 0.5, f + 0.5)?.quantile(tail);
    let start = (start / (1.0 - start)).ln();
    Some(from_logit(find_root(-FARTHEST_LOGIT, FARTHEST_LOGIT, start, probe)))
}
