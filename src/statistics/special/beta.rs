//! The regularised incomplete beta function and its inverse.
//!
//! Everything happens on the logit scale t = ln(x / (1 - x)): there the density is x^a (1-x)^b / B(a, b), its
//! logarithm has the slope a - (a+b) x, and x and 1 - x keep their digits at both ends. A tail is computed on its own
//! side of the mean, where it is the smaller one or not much larger, by Gauss-Legendre quadrature if both shapes are
//! large and otherwise by the continued fraction of DiDonato & Morris (1992, eq. 9), whose terms are positive.

use super::gamma::{exp_m1_minus, ln_1p_minus, stirling_error};
use super::root::find_root;
use super::tail::{LeftTail, tail_over_density};

/// Both tails of a distribution at one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tails {
    /// The chance of a value up to the place.
    pub lower: f64,
    /// The chance of a value beyond the place.
    pub upper: f64,
}

/// A beta distribution.
#[derive(Clone, Copy, Debug)]
pub struct Beta {
    a: f64,
    b: f64,
    /// Logarithm of the logit density at the mean.
    ln_peak: f64,
}

/// A place between 0 and 1 with the complement and both logarithms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    x: f64,
    y: f64,
    ln_x: f64,
    ln_y: f64,
}

/// The probability a quantile is asked for, as both tails.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target(Tails);

/// Places below this logit are zero in double precision.
const LOWEST_LOGIT: f64 = -750.0;

/// From this size of both shapes on the quadrature is used.
const LARGE_SHAPE: f64 = 1e5;

/// The most terms of the continued fraction, whatever the shapes.
const MAX_TERMS: u32 = 100_000;

/// With b < 1 and a slope below this part of min(a, 1) the continued fraction needs thousands of terms on the left of
/// the mean and ten on the right; the left tail is then above b, so taking it from one costs three digits at b = 0.001.
const SLOW_BELOW: f64 = 0.1;

impl Place {
    pub(super) fn from_logit(t: f64) -> Self {
        let small = (-t.abs()).exp();
        let ln_large = -small.ln_1p();
        let (near, far) = (small / (1.0 + small), 1.0 / (1.0 + small));
        if t <= 0.0 {
            Self { x: near, y: far, ln_x: t + ln_large, ln_y: ln_large }
        } else {
            Self { x: far, y: near, ln_x: ln_large, ln_y: ln_large - t }
        }
    }

    fn from_share(x: f64) -> Self {
        Self { x, y: 1.0 - x, ln_x: x.ln(), ln_y: (-x).ln_1p() }
    }

    fn mirrored(self) -> Self {
        Self { x: self.y, y: self.x, ln_x: self.ln_y, ln_y: self.ln_x }
    }
}

impl Target {
    pub(super) fn from_lower(p: f64) -> Self {
        Self(Tails { lower: p, upper: 1.0 - p })
    }

    pub(super) fn from_upper(q: f64) -> Self {
        Self(Tails { lower: 1.0 - q, upper: q })
    }
}

impl Beta {
    /// The smallest shape that is accepted.
    pub const SMALLEST_SHAPE: f64 = 1e-6;
    /// The largest shape that is accepted.
    pub const LARGEST_SHAPE: f64 = 1e13;

    /// A distribution with shapes between [`Self::SMALLEST_SHAPE`] and [`Self::LARGEST_SHAPE`]; `None` otherwise.
    ///
    /// Quantiles are right to 1e-10 (relative) for shapes from 0.001 to a million, and lose about one digit for every
    /// factor of a hundred beyond.
    pub fn new(a: f64, b: f64) -> Option<Self> {
        let allowed = Self::SMALLEST_SHAPE..=Self::LARGEST_SHAPE;
        if !allowed.contains(&a) || !allowed.contains(&b) {
            return None;
        }
        let sum = a + b;
        let ln_peak = 0.5 * (a * (b / sum) / std::f64::consts::TAU).ln() + stirling_error(sum)
            - stirling_error(a)
            - stirling_error(b);
        Some(Self { a, b, ln_peak })
    }

    /// Both tails at `x`; places outside 0..1 have an empty and a full tail.
    pub fn tails(&self, x: f64) -> Tails {
        if x.is_nan() {
            Tails { lower: f64::NAN, upper: f64::NAN }
        } else if x <= 0.0 {
            Tails { lower: 0.0, upper: 1.0 }
        } else if x >= 1.0 {
            Tails { lower: 1.0, upper: 0.0 }
        } else {
            self.tails_at(&Place::from_share(x))
        }
    }

    pub(super) fn tails_at(&self, place: &Place) -> Tails {
        if self.slope(place) >= 0.0 {
            let lower = self.left_tail(place).probability();
            Tails { lower, upper: 1.0 - lower }
        } else {
            let upper = self.mirrored().left_tail(&place.mirrored()).probability();
            Tails { lower: 1.0 - upper, upper }
        }
    }

    /// Natural logarithms of both tails at `x`, also where the tails themselves are too small to be numbers.
    pub fn ln_tails(&self, x: f64) -> Tails {
        if !(x > 0.0 && x < 1.0) {
            let Tails { lower, upper } = self.tails(x);
            return Tails { lower: lower.ln(), upper: upper.ln() };
        }
        let place = Place::from_share(x);
        if self.slope(&place) >= 0.0 {
            let tail = self.left_tail(&place);
            Tails { lower: tail.ln_probability().min(0.0), upper: (-tail.probability()).ln_1p() }
        } else {
            let tail = self.mirrored().left_tail(&place.mirrored());
            Tails { lower: (-tail.probability()).ln_1p(), upper: tail.ln_probability().min(0.0) }
        }
    }

    /// Both tails at the place with logit `t`.
    pub(crate) fn tails_at_logit(&self, t: f64) -> Tails {
        self.tails_at(&Place::from_logit(t))
    }

    /// The place with the lower tail `p`; 0 and 1 for probabilities at or outside the ends, NaN for NaN.
    ///
    /// At most a hundred evaluations of the tail.
    pub fn quantile(&self, p: f64) -> f64 {
        if p.is_nan() || p <= 0.0 || p >= 1.0 { p.clamp(0.0, 1.0) } else { self.share_at(Target::from_lower(p)) }
    }

    /// The place with the upper tail `q`: as `quantile(1 - q)`, exact also for a tiny `q`.
    pub fn upper_quantile(&self, q: f64) -> f64 {
        if q.is_nan() || q <= 0.0 || q >= 1.0 {
            (1.0 - q).clamp(0.0, 1.0)
        } else {
            self.share_at(Target::from_upper(q))
        }
    }

    fn share_at(&self, target: Target) -> f64 {
        Place::from_logit(self.quantile_logit(target)).x
    }

    /// ln(x / (1 - x)) of the quantile; beyond ±750 it stops there.
    pub(super) fn quantile_logit(&self, Target(target): Target) -> f64 {
        let mean = (self.a / self.b).ln();
        let at_mean = self.left_tail(&Place::from_logit(mean));
        if target.lower <= at_mean.probability() {
            self.search_left(mean, &at_mean, target.lower)
        } else {
            let mirrored = self.mirrored();
            let at_mean = mirrored.left_tail(&Place::from_logit(-mean));
            -mirrored.search_left(-mean, &at_mean, target.upper)
        }
    }

    /// Where the left tail is `p`, known to be not right of the mean.
    ///
    /// The logarithm of the tail is concave in the logit; each step solves its second-order expansion.
    fn search_left(&self, mean: f64, at_mean: &LeftTail, p: f64) -> f64 {
        let ln_p = p.ln();
        let start = mean + at_mean.towards(ln_p).step;
        find_root(LOWEST_LOGIT, mean, start, |t| self.left_tail(&Place::from_logit(t)).towards(ln_p))
    }

    fn mirrored(&self) -> Self {
        Self { a: self.b, b: self.a, ln_peak: self.ln_peak }
    }

    /// Derivative of the log-density on the logit scale; positive left of the mean.
    fn slope(&self, place: &Place) -> f64 {
        self.a * place.y - self.b * place.x
    }

    /// ln(x^a (1-x)^b / B(a, b)): the log-density on the logit scale.
    pub(crate) fn ln_logit_density(&self, t: f64) -> f64 {
        let place = Place::from_logit(t);
        self.ln_density(&place, self.slope(&place))
    }

    fn ln_density(&self, place: &Place, slope: f64) -> f64 {
        // x is (1 + u) times the mean and y (1 + v) times its complement, and a u + b v = 0.
        let (u, v) = (-slope / self.a, slope / self.b);
        let sum = self.a + self.b;
        let left = if u.abs() <= 0.5 { ln_1p_minus(u) } else { place.ln_x - (self.a / sum).ln() - u };
        let right = if v.abs() <= 0.5 { ln_1p_minus(v) } else { place.ln_y - (self.b / sum).ln() - v };
        self.ln_peak + self.a * left + self.b * right
    }

    fn left_tail(&self, place: &Place) -> LeftTail {
        // At the mean itself rounding may leave a tiny negative slope.
        let slope = self.slope(place).max(0.0);
        let ln_density = self.ln_density(place, slope);
        let hazard = if self.a.min(self.b) >= LARGE_SHAPE {
            1.0 / self.tail_over_density(place, slope)
        } else if self.b < 1.0 && slope < SLOW_BELOW * self.a.min(1.0) {
            let density = ln_density.exp();
            density / (1.0 - density / self.mirrored().continued_fraction(&place.mirrored(), -slope))
        } else {
            self.continued_fraction(place, slope)
        };
        LeftTail { ln_density, hazard, slope }
    }

    /// Density over tail by the continued fraction, evaluated by Lentz's method.
    ///
    /// Needs some √min(a, b) terms; stops after 200 + 4 √max(a, b) and in any case after [`MAX_TERMS`].
    fn continued_fraction(&self, place: &Place, slope: f64) -> f64 {
        let Self { a, b, .. } = *self;
        let Place { x, y, .. } = *place;
        let limit = 200.0 + 4.0 * a.max(b).sqrt();
        let mut value = a * (slope + 1.0) / (a + 1.0);
        let (mut ahead, mut behind) = (value, 0.0);
        let mut m = 0.0;
        for _ in 0..MAX_TERMS {
            m += 1.0;
            let odd = a + 2.0 * m - 1.0;
            let numerator = ((a + m - 1.0) / odd * x) * ((a + b + m - 1.0) / odd * x) * m * (b - m);
            let denominator = m + m * (b - m) * x / odd + (a + m) * (slope + 1.0 + m * (1.0 + y)) / (odd + 2.0);
            behind = 1.0 / (denominator + numerator * behind);
            ahead = denominator + numerator / ahead;
            let factor = ahead * behind;
            value *= factor;
            if (factor - 1.0).abs() <= 2e-16 || m >= limit {
                break;
            }
        }
        value
    }

    /// Tail over density by quadrature, for large shapes.
    fn tail_over_density(&self, place: &Place, slope: f64) -> f64 {
        let sum = self.a + self.b;
        tail_over_density(slope, sum * place.x * place.y, |u| {
            let remainder = exp_m1_minus(u);
            (slope * u - sum * (place.x * remainder + ln_1p_minus(place.x * (remainder + u)))).exp()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn beta(a: f64, b: f64) -> Beta {
        Beta::new(a, b).unwrap()
    }

    #[test]
    fn shapes_and_probabilities_out_of_range_have_stated_answers() {
        for (a, b) in [(0.0, 1.0), (1.0, -1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            assert!(Beta::new(a, b).is_none(), "{a} {b}");
        }
        let any = beta(3.0, 4.0);
        assert!(any.quantile(f64::NAN).is_nan() && any.upper_quantile(f64::NAN).is_nan());
        assert_eq!((any.quantile(0.0), any.quantile(1.0), any.quantile(-3.0)), (0.0, 1.0, 0.0));
        assert_eq!((any.upper_quantile(0.0), any.upper_quantile(1.0)), (1.0, 0.0));
        assert_eq!(any.tails(-0.5), Tails { lower: 0.0, upper: 1.0 });
        assert_eq!(any.tails(1.5), Tails { lower: 1.0, upper: 0.0 });
        assert!(any.tails(f64::NAN).lower.is_nan());
    }

    #[test]
    fn a_shape_of_one_has_the_closed_form() {
        for a in [1e-3, 0.7, 1.0, 12.0, 1e6, 1e9] {
            for p in [1e-200_f64, 1e-9, 0.3, 0.5, 0.999] {
                let expected = (p.ln() / a).exp();
                let got = beta(a, 1.0).quantile(p);
                assert!((got - expected).abs() <= 1e-11 * expected, "{a} {p}: {got} {expected}");
            }
        }
    }

    #[test]
    fn where_the_two_methods_meet_they_agree() {
        for (a, b) in [(1e5, 1e5), (1e5, 1e7), (1e7, 1e5), (4e5, 2e6)] {
            let beta = beta(a, b);
            for z in [0.0, 0.5, 2.0, 8.0, 30.0] {
                let deviation = (1.0_f64 / a + 1.0 / b).sqrt();
                let place = Place::from_logit((a / b).ln() - z * deviation);
                let slope = beta.slope(&place).max(0.0);
                let product = beta.continued_fraction(&place, slope) * beta.tail_over_density(&place, slope);
                assert!((product - 1.0).abs() < 1e-11, "{a} {b} at {z}: {product}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_tails_left_and_right_of_the_mean_are_computed_apart_and_add_up_to_one(a in -3.0_f64..9.0, b in -3.0_f64..9.0) {
            let beta = beta(10_f64.powf(a), 10_f64.powf(b));
            let mean = (beta.a / beta.b).ln();
            let left = beta.left_tail(&Place::from_logit(mean)).probability();
            let right = beta.mirrored().left_tail(&Place::from_logit(-mean)).probability();
            prop_assert!((left + right - 1.0).abs() < 2e-11, "{} + {}", left, right);
        }
    }
}
