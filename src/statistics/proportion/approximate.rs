//! Intervals that rest on the normal.

use super::super::interval::{Confidence, Interval, NoInterval, from_logit, real};
use super::super::special::normal_quantile;
use super::Count;

impl Count {
    /// Wilson's score interval (1927); `None` without a trial.
    ///
    /// Describes well and covers about 95 % on average, but errs above its level on one side for shares near 1.
    pub fn wilson(self, confidence: Confidence) -> Option<Interval> {
        self.score_limits(confidence.z())
    }

    /// The one-sided lower score limit, 0 at no success; `None` without a trial.
    pub fn wilson_lower(self, confidence: Confidence) -> Option<f64> {
        self.score_limits(one_sided_z(confidence)).map(|limits| limits.low)
    }

    /// The one-sided upper score limit, 1 at no failure; `None` without a trial.
    pub fn wilson_upper(self, confidence: Confidence) -> Option<f64> {
        self.score_limits(one_sided_z(confidence)).map(|limits| limits.high)
    }

    fn score_limits(self, z: f64) -> Option<Interval> {
        let (share, n) = (self.share()?, real(self.trials));
        let square = z * z / n;
        let centre = (share + 0.5 * square) / (1.0 + square);
        let half = z * (share * (1.0 - share) / n + 0.25 * square / n).sqrt() / (1.0 + square);
        Some(self.with_exact_ends(centre - half, centre + half))
    }

    /// Wilson's interval with continuity correction (Newcombe 1998, Statistics in Medicine 17:857, method 4).
    ///
    /// Close to Clopper-Pearson, wider than Wilson. 0 at no success and 1 at no failure; `None` without a trial.
    pub fn wilson_continuity(self, confidence: Confidence) -> Option<Interval> {
        let (share, n, z) = (self.share()?, real(self.trials), confidence.z());
        let (square, other) = (z * z, 1.0 - share);
        let scale = 2.0 * (n + square);
        let reach = |sign: f64| {
            let radicand = square - sign * 2.0 - 1.0 / n + 4.0 * share * (n * other + sign);
            z * radicand.max(0.0).sqrt()
        };
        let centre = 2.0 * n * share + square;
        let (low, high) = ((centre - 1.0 - reach(1.0)) / scale, (centre + 1.0 + reach(-1.0)) / scale);
        Some(self.with_exact_ends(low, high))
    }

    /// The Agresti-Coull interval (1998), not cut at 0 and 1; `None` without a trial.
    pub fn agresti_coull(self, confidence: Confidence) -> Option<Interval> {
        self.share()?;
        let z = confidence.z();
        let trials = real(self.trials) + z * z;
        let share = (real(self.successes) + 0.5 * z * z) / trials;
        let half = z * (share * (1.0 - share) / trials).sqrt();
        Some(Interval { low: share - half, high: share + half })
    }

    /// Wald's interval p ± z √(p (1-p) / n), not cut at 0 and 1; `None` without a trial.
    ///
    /// For comparison only: it has no width when all answers agree, and its lower limit lies above the truth in 10 to
    /// 86 of 100 cases where 5 are promised (shares near 1, 10 to 1,000 answers).
    pub fn wald(self, confidence: Confidence) -> Option<Interval> {
        let share = self.share()?;
        let half = confidence.z() * (share * (1.0 - share) / real(self.trials)).sqrt();
        Some(Interval { low: share - half, high: share + half })
    }

    /// The logit interval: logit p ± z √(1/successes + 1/failures), transformed back; none when all answers agree.
    pub fn logit(self, confidence: Confidence) -> Result<Interval, NoInterval> {
        if self.trials == 0 {
            return Err(NoInterval::TooFewAnswers);
        }
        if self.successes == 0 || self.failures() == 0 {
            return Err(NoInterval::ShareAtEnd);
        }
        let (s, f) = (real(self.successes), real(self.failures()));
        let (centre, reach) = ((s / f).ln(), confidence.z() * (1.0 / s + 1.0 / f).sqrt());
        Ok(Interval { low: from_logit(centre - reach), high: from_logit(centre + reach) })
    }

    /// The arcsine interval sin²(arcsin √p ± z / (2 √n)), cut at 0 and 1; `None` without a trial.
    ///
    /// The variance of arcsin √p is nearly 1 / (4 n) whatever the share; Anscombe (1948) discusses the transformation.
    pub fn arcsine(self, confidence: Confidence) -> Option<Interval> {
        let angle = self.share()?.sqrt().asin();
        let reach = 0.5 * confidence.z() / real(self.trials).sqrt();
        let low = (angle - reach).max(0.0).sin();
        let high = (angle + reach).min(std::f64::consts::FRAC_PI_2).sin();
        Some(self.with_exact_ends(low * low, high * high))
    }

    /// An interval of shares that reaches 0 at no success and 1 at no failure.
    fn with_exact_ends(self, low: f64, high: f64) -> Interval {
        let low = if self.successes == 0 { 0.0 } else { low };
        let high = if self.failures() == 0 { 1.0 } else { high };
        Interval { low, high }.within_shares()
    }
}

/// The quantile of the normal that leaves all the error on one side.
fn one_sided_z(confidence: Confidence) -> f64 {
    -normal_quantile(confidence.error())
}
