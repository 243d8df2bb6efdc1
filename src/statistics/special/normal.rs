//! The standard normal distribution, from statrs.

use statrs::distribution::{ContinuousCDF, Normal};

use super::Tails;

/// The quantile of the standard normal; minus and plus infinity at 0 and 1, NaN outside.
pub fn normal_quantile(p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p <= 0.0 {
        f64::NEG_INFINITY
    } else if p >= 1.0 {
        f64::INFINITY
    } else {
        Normal::standard().inverse_cdf(p)
    }
}

/// Both tails of the standard normal at `z`.
pub fn normal_tails(z: f64) -> Tails {
    let normal = Normal::standard();
    Tails { lower: normal.cdf(z), upper: normal.sf(z) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_undoes_the_tail_and_ends_at_infinity() {
        for p in [1e-300, 1e-10, 0.025, 0.5, 0.9] {
            let back = normal_tails(normal_quantile(p)).lower;
            assert!((back / p - 1.0).abs() < 1e-9, "{p}: {back}");
        }
        assert!(normal_quantile(0.0).is_infinite() && normal_quantile(1.0).is_infinite());
        assert!(normal_quantile(1.5).is_nan() && normal_quantile(f64::NAN).is_nan());
    }
}
