//! Fisher's F distribution, through the incomplete beta.
//!
//! If F has d1 and d2 degrees of freedom, d1 F / d2 is the odds x / (1 - x) of a Beta(d1/2, d2/2).

use super::beta::{Beta, Place, Target};
use super::{ChiSquared, Tails};

/// An F distribution; the second number of degrees of freedom may be infinite.
#[derive(Clone, Copy, Debug)]
pub struct FisherF(Kind);

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// The beta of the odds, and d2 / d1.
    Finite(Beta, f64),
    /// Chi-square over its degrees of freedom.
    Limit(ChiSquared, f64),
}

impl FisherF {
    /// With this many degrees below and at most [`Self::LIMIT_UP_TO`] above, the limit is within 1e-9 and is used.
    pub const LIMIT_FROM: f64 = 1e12;
    /// See [`Self::LIMIT_FROM`].
    pub const LIMIT_UP_TO: f64 = 1e6;

    /// Degrees of freedom above and below from 2e-6 to 2e13, below also infinite; `None` for anything else.
    pub fn new(above: f64, below: f64) -> Option<Self> {
        if below >= Self::LIMIT_FROM && above <= Self::LIMIT_UP_TO || below == f64::INFINITY {
            return Some(Self(Kind::Limit(ChiSquared::new(above)?, above)));
        }
        Some(Self(Kind::Finite(Beta::new(0.5 * above, 0.5 * below)?, below / above)))
    }

    /// Both tails at `f`: `upper` is the p-value of a statistic. Below 0 the lower tail is empty; NaN gives NaN.
    pub fn tails(&self, f: f64) -> Tails {
        match self.0 {
            Kind::Limit(chi, df) => chi.tails(f * df),
            Kind::Finite(..) if f.is_nan() => Tails { lower: f64::NAN, upper: f64::NAN },
            Kind::Finite(..) if f <= 0.0 => Tails { lower: 0.0, upper: 1.0 },
            Kind::Finite(..) if f == f64::INFINITY => Tails { lower: 1.0, upper: 0.0 },
            Kind::Finite(beta, scale) => beta.tails_at(&Place::from_logit(f.ln() - scale.ln())),
        }
    }

    /// The value with the lower tail `p`; 0 and infinity at 0 and 1, NaN outside.
    pub fn quantile(&self, p: f64) -> f64 {
        match self.0 {
            Kind::Limit(chi, df) => chi.quantile(p) / df,
            Kind::Finite(beta, scale) => {
                end(p, 1.0 - p).unwrap_or_else(|| scale * beta.quantile_logit(Target::from_lower(p)).exp())
            }
        }
    }

    /// The value with the upper tail `q`: as `quantile(1 - q)`, exact also for a tiny `q`.
    pub fn upper_quantile(&self, q: f64) -> f64 {
        match self.0 {
            Kind::Limit(chi, df) => chi.upper_quantile(q) / df,
            Kind::Finite(beta, scale) => {
                end(1.0 - q, q).unwrap_or_else(|| scale * beta.quantile_logit(Target::from_upper(q)).exp())
            }
        }
    }
}

/// The quantile at the ends and outside them; `None` with two tails that are not empty.
fn end(lower: f64, upper: f64) -> Option<f64> {
    if !(lower >= 0.0 && upper >= 0.0) {
        Some(f64::NAN)
    } else if lower <= 0.0 {
        Some(0.0)
    } else if upper <= 0.0 {
        Some(f64::INFINITY)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::StudentT;
    use super::*;
    use proptest::prelude::*;

    fn fisher(above: f64, below: f64) -> FisherF {
        FisherF::new(above, below).unwrap()
    }

    #[test]
    fn degrees_and_places_out_of_range_have_stated_answers() {
        for (above, below) in [(0.0, 1.0), (1.0, 0.0), (f64::NAN, 1.0), (1.0, f64::NAN), (f64::INFINITY, 3.0)] {
            assert!(FisherF::new(above, below).is_none(), "{above} {below}");
        }
        let any = fisher(3.0, 4.0);
        assert_eq!((any.tails(-1.0).upper, any.tails(0.0).upper, any.tails(f64::INFINITY).upper), (1.0, 1.0, 0.0));
        assert!(any.tails(f64::NAN).upper.is_nan() && any.quantile(1.1).is_nan() && any.quantile(f64::NAN).is_nan());
        assert_eq!(
            (any.quantile(0.0), any.quantile(1.0), any.upper_quantile(0.0)),
            (0.0, f64::INFINITY, f64::INFINITY)
        );
        // F(2, 2) is the odds of an evenly spread share.
        assert!((fisher(2.0, 2.0).upper_quantile(1e-30) / 1e30 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn infinite_degrees_below_are_a_chi_square_over_its_degrees() {
        for above in [1.0, 3.0, 250.0] {
            for q in [1e-9, 0.05, 0.5, 0.975] {
                let limit = fisher(above, f64::INFINITY).upper_quantile(q);
                assert!((limit * above / ChiSquared::new(above).unwrap().upper_quantile(q) - 1.0).abs() < 1e-15);
                assert!((fisher(above, 9e11).upper_quantile(q) / limit - 1.0).abs() < 1e-9, "{above} {q}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn one_degree_above_is_a_squared_t_and_swapping_the_degrees_inverts(
            above in 0.1_f64..1e4, below in 0.1_f64..1e4, f in 0.01_f64..30.0,
        ) {
            let squared = 2.0 * StudentT::new(below).unwrap().tails(f.sqrt()).upper;
            prop_assert!((fisher(1.0, below).tails(f).upper / squared - 1.0).abs() < 1e-11);
            let (there, back) = (fisher(above, below).tails(f), fisher(below, above).tails(1.0 / f));
            prop_assert!((there.upper - back.lower).abs() < 1e-12);
            prop_assert!((there.lower + there.upper - 1.0).abs() < 1e-15);
        }

        #[test]
        fn tails_undo_quantiles(above in -1.0_f64..6.0, below in -1.0_f64..6.0, tail in -12.0_f64..-0.302) {
            let (f, p) = (fisher(10_f64.powf(above), 10_f64.powf(below)), 10_f64.powf(tail));
            let (low, high) = (f.quantile(p), f.upper_quantile(p));
            if low > 1e-290 {
                prop_assert!((f.tails(low).lower / p - 1.0).abs() < 1e-9);
            }
            if high < 1e290 {
                prop_assert!((f.tails(high).upper / p - 1.0).abs() < 1e-9);
            }
        }
    }
}
