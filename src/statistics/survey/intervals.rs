//! Intervals of a share from its variance and degrees of freedom.

use super::super::interval::{Confidence, Interval, NoInterval, from_logit, real};
use super::super::special::Beta;

/// How an interval is made from an estimate p, its variance v, t with the design's degrees of freedom, and n rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IntervalMethod {
    /// p ± t √v; may leave 0 to 1.
    Mean,
    /// logit p ± t √v / (p(1 − p)), transformed back (R's `xlogit`; Stata's and SUDAAN's logit).
    Xlogit,
    /// The same by R's method `logit`, whose fit converges to it.
    Logit,
    /// sin²(asin √p ± t √v / (2 √(p(1 − p)))).
    Asin,
    /// Korn & Graubard (1998): Clopper-Pearson limits for an effective n of p(1 − p)/v · (t(n−1)/t(df))².
    Beta,
    /// Wilson's formula with n = p(1 − p)/v and t for z.
    Wilson,
    /// Korn-Graubard as the presentation standard of NCHS has it (Parker et al. 2017; Ward 2019): the effective n is at
    /// most n, and n itself where p is 0 or 1.
    KornGraubardNchs,
}

impl IntervalMethod {
    /// Every method.
    pub const ALL: [Self; 7] =
        [Self::Mean, Self::Xlogit, Self::Logit, Self::Asin, Self::Beta, Self::Wilson, Self::KornGraubardNchs];

    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Xlogit => "xlogit",
            Self::Logit => "logit",
            Self::Asin => "asin",
            Self::Beta => "beta",
            Self::Wilson => "wilson",
            Self::KornGraubardNchs => "korn_graubard_nchs",
        }
    }

    /// The method of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.word() == word)
    }
}

/// Below this a variance is none at all but what rounding left.
pub const NO_VARIANCE: f64 = 1e-20;

/// A share with what its design says about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DesignShare {
    /// The share, 0 to 1.
    pub share: f64,
    /// Its variance.
    pub variance: f64,
    /// Rows used.
    pub rows: u64,
    /// Degrees of freedom; infinite for the normal.
    pub df: f64,
}

impl DesignShare {
    /// p(1 − p)/v, at most n; n where p is 0 or 1. Infinite precision (v = 0 with 0 < p < 1) counts as n.
    pub fn effective_rows(&self) -> f64 {
        let n = real(self.rows);
        if self.at_end() || self.variance <= NO_VARIANCE { n } else { self.unlimited().min(n) }
    }

    fn unlimited(&self) -> f64 {
        self.share * (1.0 - self.share) / self.variance
    }

    fn at_end(&self) -> bool {
        self.share <= 0.0 || self.share >= 1.0
    }

    /// The interval by one method.
    pub fn interval(&self, method: IntervalMethod, confidence: Confidence) -> Result<Interval, NoInterval> {
        let t = confidence.t_or_z(self.df).ok_or(NoInterval::TooFewAnswers)?;
        if method == IntervalMethod::KornGraubardNchs {
            let rows = self.korn_graubard_rows(confidence).ok_or(NoInterval::TooFewAnswers)?;
            return Ok(beta_limits(self.share, rows, confidence));
        }
        if method != IntervalMethod::Mean {
            if self.at_end() {
                return Err(NoInterval::ShareAtEnd);
            }
            if self.variance <= NO_VARIANCE {
                return Err(NoInterval::NoVariation);
            }
        }
        let (p, reach) = (self.share, t * self.variance.sqrt());
        let spread = p * (1.0 - p);
        Ok(match method {
            IntervalMethod::Mean => Interval { low: p - reach, high: p + reach },
            IntervalMethod::Xlogit | IntervalMethod::Logit => {
                let (logit, reach) = ((p / (1.0 - p)).ln(), reach / spread);
                Interval { low: from_logit(logit - reach), high: from_logit(logit + reach) }
            }
            IntervalMethod::Asin => {
                let (angle, reach) = (p.sqrt().asin(), reach / (2.0 * spread.sqrt()));
                // Angles past an end are mirrored, as R has it, unless the mirrored limit passes the estimate. So a wider level
                // may give a narrower interval: a reason not to let this method decide.
                let right = std::f64::consts::FRAC_PI_2 - angle;
                let low = if reach > 2.0 * angle { 0.0 } else { (angle - reach).sin().powi(2) };
                let high = if reach > 2.0 * right { 1.0 } else { (angle + reach).sin().powi(2) };
                Interval { low, high }
            }
            IntervalMethod::Wilson => {
                let square = t * t / self.unlimited();
                let centre = (p + 0.5 * square) / (1.0 + square);
                let half = (square * (spread + 0.25 * square)).sqrt() / (1.0 + square);
                Interval { low: centre - half, high: centre + half }.within_shares()
            }
            IntervalMethod::Beta | IntervalMethod::KornGraubardNchs => {
                let rows = self.unlimited() * self.adjustment(t, confidence).ok_or(NoInterval::TooFewAnswers)?;
                beta_limits(p, rows, confidence)
            }
        })
    }

    /// The interval of the share from the variance of its logit: logit p ± t √v, transformed back.
    pub fn logit_interval(&self, variance_of_logit: f64, confidence: Confidence) -> Result<Interval, NoInterval> {
        let t = confidence.t_or_z(self.df).ok_or(NoInterval::TooFewAnswers)?;
        if self.at_end() {
            return Err(NoInterval::ShareAtEnd);
        }
        let (logit, reach) = ((self.share / (1.0 - self.share)).ln(), t * variance_of_logit.sqrt());
        if reach.is_nan() || reach <= 0.0 {
            return Err(NoInterval::NoVariation);
        }
        Ok(Interval { low: from_logit(logit - reach), high: from_logit(logit + reach) })
    }

    /// Rows from which the interval lies on one side of `target` if the share and the variance of one row stay as they are,
    /// beyond those there are now; none if it does already, if the share lies at the target, or out of sight.
    ///
    /// The sampling units and with them the degrees of freedom are taken to stay as well.
    pub fn more_rows_to_settle(&self, method: IntervalMethod, confidence: Confidence, target: f64) -> Option<u64> {
        // Near n · (distance now / distance wanted)²; from there the first number is found by doubling and halving.
        let t = confidence.t_or_z(self.df)?;
        let wanted = (self.share - target).abs();
        let spread = self.share * (1.0 - self.share);
        let unit = if self.at_end() || self.variance <= NO_VARIANCE {
            spread.max(0.01)
        } else {
            self.variance * real(self.rows)
        };
        let guess = t * t * unit / (wanted * wanted) - real(self.rows);
        let z = confidence.z();
        let settled = |more: u64| {
            let rows = self.rows.saturating_add(more);
            let variance = self.variance * real(self.rows) / real(rows);
            let simple = if rows > 100 { t_from_normal(z, real(rows) - 1.0) } else { None };
            let simple = simple.or_else(|| confidence.t_or_z(real(rows) - 1.0));
            let adjustment = simple.map(|simple| (simple / t).powi(2));
            Self { variance, rows, ..*self }.settles(method, confidence, adjustment, target)
        };
        super::super::planning::first_near(guess, settled)
    }

    /// Whether the interval lies on one side of the target: at or above it, or below. `adjustment` is (t(n−1) / t(df))².
    fn settles(&self, method: IntervalMethod, confidence: Confidence, adjustment: Option<f64>, target: f64) -> bool {
        let rows = match method {
            IntervalMethod::KornGraubardNchs => adjustment.map(|adjustment| self.limited(adjustment)),
            IntervalMethod::Beta => adjustment.map(|adjustment| self.unlimited() * adjustment),
            _ => {
                let interval = self.interval(method, confidence);
                return interval.is_ok_and(|interval| interval.low >= target || interval.high < target);
            }
        };
        // A limit of a beta distribution is past the target when the tail there is small: no quantile is needed.
        let Some(rows) = rows else { return false };
        let (satisfied, others) = (rows * self.share, rows * (1.0 - self.share));
        let tail = confidence.tail();
        if self.share >= target {
            Beta::new(satisfied, others + 1.0).is_some_and(|beta| beta.tails(target).lower <= tail)
        } else {
            Beta::new(satisfied + 1.0, others).is_some_and(|beta| beta.tails(target).upper < tail)
        }
    }

    /// (t(n−1) / t(df))².
    fn adjustment(&self, t: f64, confidence: Confidence) -> Option<f64> {
        let simple = confidence.t_or_z(real(self.rows) - 1.0)?;
        Some((simple / t).powi(2))
    }

    /// The rows of [`IntervalMethod::KornGraubardNchs`]: the effective ones times (t(n−1) / t(df))², at most n; `None`
    /// below two rows or one degree of freedom.
    pub fn korn_graubard_rows(&self, confidence: Confidence) -> Option<f64> {
        let adjustment = self.adjustment(confidence.t_or_z(self.df)?, confidence)?;
        Some(self.limited(adjustment))
    }

    fn limited(&self, adjustment: f64) -> f64 {
        let n = real(self.rows);
        let rows = if self.at_end() {
            n * adjustment
        } else if self.variance <= NO_VARIANCE {
            n
        } else {
            self.unlimited() * adjustment
        };
        rows.min(n)
    }
}

/// Student's t quantile from the normal's by Fisher & Cornish's expansion (Abramowitz & Stegun 1964, 26.7.5), for searches
/// that ask many times: within 1e-9 from 100 degrees of freedom on and for |z| up to 4; `None` beyond.
fn t_from_normal(z: f64, df: f64) -> Option<f64> {
    let square = z * z;
    let terms = [
        (square + 1.0) / 4.0,
        ((5.0 * square + 16.0) * square + 3.0) / 96.0,
        (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0,
        ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0) / 92_160.0,
    ];
    let sum = terms.iter().rev().fold(0.0, |sum, term| (sum + term) / df);
    (df >= 100.0 && z.abs() <= 4.0).then_some(z * (1.0 + sum))
}

fn beta_limits(share: f64, rows: f64, confidence: Confidence) -> Interval {
    let (satisfied, others) = (rows * share, rows * (1.0 - share));
    let tail = confidence.tail();
    let low = Beta::new(satisfied, others + 1.0).map_or(0.0, |beta| beta.quantile(tail));
    let high = Beta::new(satisfied + 1.0, others).map_or(1.0, |beta| beta.upper_quantile(tail));
    Interval { low, high }
}

/// mean ± t √v.
pub fn mean_interval(mean: f64, variance: f64, df: f64, confidence: Confidence) -> Result<Interval, NoInterval> {
    let t = confidence.t_or_z(df).ok_or(NoInterval::TooFewAnswers)?;
    let reach = t * variance.sqrt();
    if reach.is_nan() { Err(NoInterval::NoVariation) } else { Ok(Interval { low: mean - reach, high: mean + reach }) }
}
