//! Logarithms of gamma and beta, in the form that stays exact for huge arguments.
//!
//! ln B(a, b) for shapes of a million is a difference of numbers of ten million: taken naively it keeps nine digits.
//! Here only the corrections to Stirling's formula are subtracted, and they are below 1/12 for arguments above one.

/// ½ ln 2π.
const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// From here on seven terms of Stirling's series leave less than 1e-16.
const SERIES_FROM: f64 = 10.0;

/// ln Γ(x) for x > 0; NaN otherwise.
///
/// The error is some 1e-15 of the larger of 1 and the value.
pub fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    if x >= SERIES_FROM {
        return stirling(x) + series(x);
    }
    // Γ(x) = Γ(x + k) / (x (x+1) … (x+k-1)), at most ten factors.
    let mut shifted = x;
    let mut product = 1.0;
    for _ in 0..10 {
        if shifted >= SERIES_FROM {
            break;
        }
        product *= shifted;
        shifted += 1.0;
    }
    stirling(shifted) + series(shifted) - f64::ln(product)
}

/// ln B(a, b) for a, b > 0; NaN otherwise.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a <= b { (a, b) } else { (b, a) };
    if small.is_nan() || large.is_nan() || small <= 0.0 {
        return f64::NAN;
    }
    let sum = small + large;
    (small - 0.5) * (small / sum).ln() - large * (small / large).ln_1p() - 0.5 * large.ln()
        + HALF_LN_TWO_PI
        + stirling_error(small)
        + stirling_error(large)
        - stirling_error(sum)
}

/// What Stirling's formula (x - ½) ln x - x + ½ ln 2π leaves of ln Γ(x), x > 0.
pub(super) fn stirling_error(x: f64) -> f64 {
    if x >= SERIES_FROM { series(x) } else { ln_gamma(x) - stirling(x) }
}

fn stirling(x: f64) -> f64 {
    (x - 0.5) * x.ln() - x + HALF_LN_TWO_PI
}

/// Stirling's series, Abramowitz & Stegun 6.1.41.
fn series(x: f64) -> f64 {
    let inverse = 1.0 / x;
    let z = inverse * inverse;
    let tail = 1.0 / 1188.0 + z * (-691.0 / 360_360.0 + z / 156.0);
    inverse * (1.0 / 12.0 + z * (-1.0 / 360.0 + z * (1.0 / 1260.0 + z * (-1.0 / 1680.0 + z * tail))))
}

/// ln(1 + w) - w for w > -1, without the cancellation near zero.
pub(super) fn ln_1p_minus(w: f64) -> f64 {
    if !(-0.5..=0.5).contains(&w) {
        return w.ln_1p() - w;
    }
    // ln(1+w) = 2 artanh r with r = w/(2+w), and 2r - w = -w r. |r| <= 1/3: 20 terms are more than enough.
    let r = w / (2.0 + w);
    let square = r * r;
    let (mut power, mut sum, mut odd) = (1.0, 0.0, 3.0);
    for _ in 0..20 {
        let term = power / odd;
        sum += term;
        if term < 1e-18 {
            break;
        }
        power *= square;
        odd += 2.0;
    }
    r * (2.0 * square * sum - w)
}

/// e^u - 1 - u without the cancellation near zero.
pub(super) fn exp_m1_minus(u: f64) -> f64 {
    if u.abs() > 0.5 {
        return u.exp_m1() - u;
    }
    let (mut term, mut sum, mut order) = (0.5 * u * u, 0.0, 2.0);
    for _ in 0..20 {
        sum += term;
        order += 1.0;
        term *= u / order;
        if term.abs() <= 1e-18 * sum {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: f64, expected: f64, tolerance: f64) {
        assert!((got - expected).abs() <= tolerance * expected.abs().max(1.0), "{got} instead of {expected}");
    }

    #[test]
    fn log_gamma_agrees_with_values_to_fifty_digits() {
        for (x, expected) in [
            (1e-3, 6.907_178_885_383_853),
            (0.5, 0.572_364_942_924_700_1),
            (1.0, 0.0),
            (7.5, 7.534_364_236_758_733),
            (10.0, 12.801_827_480_081_469),
            (1e6, 12_815_504.569_147_612),
            (1e9, 19_723_265_827.503_717),
        ] {
            near(ln_gamma(x), expected, 4e-15);
        }
        assert!(ln_gamma(0.0).is_nan() && ln_gamma(-1.5).is_nan());
    }

    #[test]
    fn log_beta_keeps_its_digits_where_the_difference_of_log_gammas_loses_them() {
        near(ln_beta(0.5, 0.5), std::f64::consts::PI.ln(), 1e-14);
        // ln B(1, b) = -ln b and ln B(2, b) = -ln b - ln(b + 1).
        near(ln_beta(1.0, 1e9), -(1e9_f64.ln()), 1e-15);
        near(ln_beta(1e9, 2.0), -(1e9_f64.ln() + 1_000_000_001.0_f64.ln()), 1e-15);
        assert!(ln_beta(0.0, 1.0).is_nan());
    }

    #[test]
    fn the_two_remainders_start_with_half_a_square() {
        near(ln_1p_minus(1e-9) / -5e-19, 1.0, 1e-9);
        near(exp_m1_minus(-1e-9) / 5e-19, 1.0, 1e-9);
        for w in [-0.5_f64, -0.3, 0.4, 0.5] {
            near(ln_1p_minus(w), w.ln_1p() - w, 1e-15);
            near(exp_m1_minus(w), w.exp_m1() - w, 1e-15);
        }
    }
}
