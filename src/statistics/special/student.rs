//! Student's t distribution, through the incomplete beta.
//!
//! The chance of |T| > t is the upper tail of Beta(1/2, df/2) at odds t²/df, so nothing is lost for tiny tails, for
//! millions of degrees of freedom, or for t near zero.

use super::beta::{Beta, Place, Target};
use super::{Tails, normal_quantile, normal_tails};

/// Student's t with a fixed, possibly infinite, number of degrees of freedom.
#[derive(Clone, Copy, Debug)]
pub struct StudentT {
    /// The degrees of freedom and their beta; `None` for the normal limit.
    finite: Option<(f64, Beta)>,
}

impl StudentT {
    /// Above this the normal is within 1e-9 of every quantile down to a tail of 1e-300, and is used.
    pub const NORMAL_ABOVE: f64 = 1e12;

    /// Degrees of freedom from 2e-6 up to infinity; `None` for anything else.
    pub fn new(df: f64) -> Option<Self> {
        if df > Self::NORMAL_ABOVE {
            return Some(Self { finite: None });
        }
        let beta = Beta::new(0.5, 0.5 * df)?;
        Some(Self { finite: Some((df, beta)) })
    }

    /// Both tails at `t`; NaN gives NaN.
    pub fn tails(&self, t: f64) -> Tails {
        let Some((df, beta)) = self.finite else {
            return normal_tails(t);
        };
        if t.is_nan() {
            return Tails { lower: f64::NAN, upper: f64::NAN };
        }
        let odds = t * (t / df);
        let far = if odds <= 0.0 { 0.5 } else { 0.5 * beta.tails_at(&Place::from_logit(odds.ln())).upper };
        if t < 0.0 { Tails { lower: far, upper: 1.0 - far } } else { Tails { lower: 1.0 - far, upper: far } }
    }

    /// The quantile; minus and plus infinity at 0 and 1, NaN outside.
    pub fn quantile(&self, p: f64) -> f64 {
        let Some((df, beta)) = self.finite else {
            return normal_quantile(p);
        };
        if p.is_nan() || !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        let tail = p.min(1.0 - p);
        let size = if tail <= 0.0 {
            f64::INFINITY
        } else if tail >= 0.5 {
            0.0
        } else {
            (df * beta.quantile_logit(Target::from_upper(2.0 * tail)).exp()).sqrt()
        };
        if p < 0.5 { -size } else { size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms_of_one_and_two_degrees_are_met() {
        for p in [1e-12, 1e-3, 0.2, 0.499_999, 0.7, 0.975] {
            let cauchy = -1.0 / (std::f64::consts::PI * p).tan();
            let two = (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
            let [one_df, two_df] = [1.0, 2.0].map(|df| StudentT::new(df).unwrap().quantile(p));
            assert!((one_df / cauchy - 1.0).abs() < 1e-9, "{p}: {one_df} {cauchy}");
            assert!((two_df / two - 1.0).abs() < 1e-9, "{p}: {two_df} {two}");
        }
    }

    #[test]
    fn the_quantile_comes_down_to_the_normal_as_degrees_of_freedom_grow() {
        let z = normal_quantile(0.975);
        let mut before = f64::INFINITY;
        for exponent in 0..=9 {
            let df = 10_f64.powi(exponent);
            let t = StudentT::new(df).unwrap().quantile(0.975);
            assert!(t < before && t > z, "{df}: {t}");
            before = t;
            if exponent >= 6 {
                // First two terms of the Cornish-Fisher expansion.
                let close = z
                    + (z.powi(3) + z) / (4.0 * df)
                    + (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * df * df);
                assert!((t / close - 1.0).abs() < 1e-13 + 1e-15 * df.sqrt(), "{df}: {t} {close}");
            }
        }
        let limit = StudentT::new(f64::INFINITY).unwrap().quantile(0.975);
        assert!((limit - z).abs() < 1e-15);
    }

    #[test]
    fn tails_undo_quantiles_and_add_to_one() {
        for df in [0.1, 0.5, 1.0, 4.5, 30.0, 1e4, 1e9, f64::INFINITY] {
            let t = StudentT::new(df).unwrap();
            for p in [1e-9, 0.025, 0.3, 0.5, 0.8, 0.995] {
                let tails = t.tails(t.quantile(p));
                assert!((tails.lower / p - 1.0).abs() < 1e-9, "{df} {p}: {tails:?}");
                assert!((tails.lower + tails.upper - 1.0).abs() < 1e-15);
            }
        }
        assert!(StudentT::new(0.0).is_none() && StudentT::new(f64::NAN).is_none());
    }
}
