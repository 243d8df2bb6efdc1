//! The chi-square distribution, through the incomplete gamma function.
//!
//! Everything happens on the scale t = ln y with y half the value and `a` half the degrees of freedom: there the
//! density is y^a e^-y / Γ(a), its logarithm has the slope a - y, and tiny values keep their digits. A tail is computed
//! on its own side of the mean: by quadrature for large shapes, otherwise by the power series on the left and the
//! continued fraction of Legendre on the right (Abramowitz & Stegun 6.5.29 and 6.5.31).

use super::Tails;
use super::gamma::{exp_m1_minus, ln_1p_minus, stirling_error};
use super::root::find_root;
use super::tail::{LeftTail, tail_over_density};

/// A chi-square distribution.
#[derive(Clone, Copy, Debug)]
pub struct ChiSquared {
    /// Half the degrees of freedom.
    a: f64,
    /// Logarithm of the density of t at the mean.
    ln_peak: f64,
}

/// From this shape on the quadrature is used.
const LARGE_SHAPE: f64 = 1e4;

/// Values below this logarithm are zero in double precision.
const LOWEST_LN: f64 = -750.0;

/// Left of this the continued fraction is slow; the right tail is then large enough to be taken from one.
const SERIES_BELOW: f64 = 1.0;

/// The most terms of series and fraction: with shapes below [`LARGE_SHAPE`] a thousand are enough.
const MAX_TERMS: u32 = 5_000;

impl ChiSquared {
    /// The fewest degrees of freedom that are accepted.
    pub const SMALLEST_DF: f64 = 1e-6;
    /// The most degrees of freedom that are accepted.
    pub const LARGEST_DF: f64 = 1e13;

    /// Degrees of freedom, whole or not, from [`Self::SMALLEST_DF`] to [`Self::LARGEST_DF`]; `None` otherwise.
    pub fn new(df: f64) -> Option<Self> {
        if !(Self::SMALLEST_DF..=Self::LARGEST_DF).contains(&df) {
            return None;
        }
        let a = 0.5 * df;
        Some(Self { a, ln_peak: 0.5 * (a / std::f64::consts::TAU).ln() - stirling_error(a) })
    }

    /// Both tails at `x`: `upper` is the p-value of a statistic. Below 0 the lower tail is empty; NaN gives NaN.
    pub fn tails(&self, x: f64) -> Tails {
        if x.is_nan() {
            return Tails { lower: f64::NAN, upper: f64::NAN };
        }
        let y = 0.5 * x;
        if y <= 0.0 {
            Tails { lower: 0.0, upper: 1.0 }
        } else if y == f64::INFINITY {
            Tails { lower: 1.0, upper: 0.0 }
        } else if y <= self.a {
            let lower = self.left_tail(y).probability();
            Tails { lower, upper: 1.0 - lower }
        } else {
            let upper = self.right_tail(y).probability();
            Tails { lower: 1.0 - upper, upper }
        }
    }

    /// The value with the lower tail `p`; 0 and infinity at 0 and 1, NaN outside.
    pub fn quantile(&self, p: f64) -> f64 {
        self.value_with(Tails { lower: p, upper: 1.0 - p })
    }

    /// The value with the upper tail `q`: as `quantile(1 - q)`, exact also for a tiny `q`.
    pub fn upper_quantile(&self, q: f64) -> f64 {
        self.value_with(Tails { lower: 1.0 - q, upper: q })
    }

    fn value_with(&self, target: Tails) -> f64 {
        if !(target.lower >= 0.0 && target.upper >= 0.0) {
            return f64::NAN;
        }
        if target.lower <= 0.0 {
            return 0.0;
        }
        if target.upper <= 0.0 {
            return f64::INFINITY;
        }
        let mean = self.a.ln();
        let at_mean = self.left_tail(self.a);
        let t = if target.lower <= at_mean.probability() {
            let ln_p = target.lower.ln();
            let start = mean + at_mean.towards(ln_p).step;
            find_root(LOWEST_LN, mean, start, |t| self.left_tail(t.exp()).towards(ln_p))
        } else {
            let ln_q = target.upper.ln();
            // Beyond this the tail is below e^-800, by Chernoff's bound.
            let highest = self.a + 800.0 + (800.0_f64 * 800.0 + 1600.0 * self.a).sqrt();
            let start = -mean + self.right_tail(self.a).towards(ln_q).step;
            -find_root(-highest.ln(), -mean, start, |t| self.right_tail((-t).exp()).towards(ln_q))
        };
        2.0 * t.exp()
    }

    /// Logarithm of y^a e^-y / Γ(a).
    fn ln_density(&self, y: f64) -> f64 {
        let off = (y - self.a) / self.a;
        if off.is_infinite() {
            return f64::NEG_INFINITY;
        }
        let remainder = if off.abs() <= 0.5 { ln_1p_minus(off) } else { (y / self.a).ln() - off };
        self.ln_peak + self.a * remainder
    }

    fn left_tail(&self, y: f64) -> LeftTail {
        // At the mean itself rounding may leave a tiny negative slope.
        let slope = (self.a - y).max(0.0);
        let hazard = if self.a >= LARGE_SHAPE {
            1.0 / tail_over_density(slope, y, |u| (slope * u - y * exp_m1_minus(u)).exp())
        } else {
            self.a / self.series(y)
        };
        LeftTail { ln_density: self.ln_density(y), hazard, slope }
    }

    fn right_tail(&self, y: f64) -> LeftTail {
        let slope = (y - self.a).max(0.0);
        let ln_density = self.ln_density(y);
        let hazard = if self.a >= LARGE_SHAPE {
            1.0 / tail_over_density(slope, y, |u| (slope * u - y * exp_m1_minus(-u)).exp())
        } else if y < SERIES_BELOW {
            let density = ln_density.exp();
            density / (1.0 - density * self.series(y) / self.a)
        } else {
            self.continued_fraction(y)
        };
        LeftTail { ln_density, hazard, slope }
    }

    /// Left tail over density, times the shape: 1 + y/(a+1) + y²/((a+1)(a+2)) + …
    fn series(&self, y: f64) -> f64 {
        let (mut term, mut sum, mut factor) = (1.0, 1.0, self.a);
        for _ in 0..MAX_TERMS {
            factor += 1.0;
            term *= y / factor;
            sum += term;
            if term <= 1e-17 * sum {
                break;
            }
        }
        sum
    }

    /// Density over right tail, y + 1 - a - 1(1-a)/(y + 3 - a - 2(2-a)/(y + 5 - a - …)), evaluated by Lentz's method.
    fn continued_fraction(&self, y: f64) -> f64 {
        // Right of the shape every part stays positive.
        let mut denominator = y + 1.0 - self.a;
        let mut value = denominator;
        let (mut ahead, mut behind, mut m) = (value, 0.0, 0.0);
        for _ in 0..MAX_TERMS {
            m += 1.0;
            denominator += 2.0;
            let numerator = m * (self.a - m);
            behind = 1.0 / (denominator + numerator * behind);
            ahead = denominator + numerator / ahead;
            let factor = ahead * behind;
            value *= factor;
            if (factor - 1.0).abs() <= 2e-16 {
                break;
            }
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chi(df: f64) -> ChiSquared {
        ChiSquared::new(df).unwrap()
    }

    #[test]
    fn degrees_and_places_out_of_range_have_stated_answers() {
        for df in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(ChiSquared::new(df).is_none(), "{df}");
        }
        let any = chi(3.0);
        assert_eq!(any.tails(-1.0), Tails { lower: 0.0, upper: 1.0 });
        assert_eq!(any.tails(f64::INFINITY), Tails { lower: 1.0, upper: 0.0 });
        assert!(any.tails(f64::NAN).upper.is_nan());
        assert!(any.quantile(-0.1).is_nan() && any.quantile(1.1).is_nan() && any.quantile(f64::NAN).is_nan());
        assert_eq!(
            (any.quantile(0.0), any.quantile(1.0), any.upper_quantile(0.0)),
            (0.0, f64::INFINITY, f64::INFINITY)
        );
    }

    #[test]
    fn two_degrees_are_exponential_and_one_is_a_squared_normal() {
        for q in [1e-300_f64, 1e-12, 0.05, 0.5, 0.975] {
            let two = chi(2.0).upper_quantile(q);
            assert!((two / (-2.0 * q.ln()) - 1.0).abs() < 1e-13, "{q}: {two}");
            let normal = super::super::normal_quantile(0.5 * q);
            assert!((chi(1.0).upper_quantile(q) / (normal * normal) - 1.0).abs() < 1e-12, "{q}");
        }
    }

    #[test]
    fn where_quadrature_takes_over_it_agrees_with_series_and_fraction() {
        let at = chi(2.0 * LARGE_SHAPE);
        for z in [0.01, 0.5, 2.0, 8.0, 30.0] {
            let (low, high) = (LARGE_SHAPE - z * LARGE_SHAPE.sqrt(), LARGE_SHAPE + z * LARGE_SHAPE.sqrt());
            let left = at.left_tail(low).hazard * at.series(low) / LARGE_SHAPE;
            let right = at.right_tail(high).hazard / at.continued_fraction(high);
            assert!((left - 1.0).abs() < 1e-11 && (right - 1.0).abs() < 1e-11, "{z}: {left} {right}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn tails_undo_quantiles_on_both_sides(df in -3.0_f64..10.0, tail in -12.0_f64..-0.302) {
            let (chi, p) = (chi(10_f64.powf(df)), 10_f64.powf(tail));
            let (low, high) = (chi.quantile(p), chi.upper_quantile(p));
            // Where half of all values are below 1e-300 nothing can be undone.
            if low > f64::MIN_POSITIVE {
                let back = chi.tails(low).lower;
                prop_assert!((back / p - 1.0).abs() < 1e-9, "{} of {p}", back);
            }
            if high > f64::MIN_POSITIVE {
                let back = chi.tails(high).upper;
                prop_assert!((back / p - 1.0).abs() < 1e-9, "{} of {p} above", back);
            }
        }

        #[test]
        fn the_two_sides_of_the_mean_add_up_to_one(df in -3.0_f64..12.0) {
            let chi = chi(10_f64.powf(df));
            let sum = chi.left_tail(chi.a).probability() + chi.right_tail(chi.a).probability();
            prop_assert!((sum - 1.0).abs() < 1e-12, "{}", sum);
        }
    }
}
