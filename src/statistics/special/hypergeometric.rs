//! The hypergeometric distribution: drawing without putting back.

use super::binomial::{ln_mass, whole};

/// How many of the drawn are marked, when some of all are and every one was equally likely to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Hypergeometric {
    all: u64,
    marked: u64,
    drawn: u64,
}

impl Hypergeometric {
    /// The most that can be drawn from.
    pub const MAX_ALL: u64 = 1_000_000_000;

    /// The most terms of a tail: the standard deviation is below 8,000, and the terms fall faster than a normal's.
    const MAX_TERMS: u32 = 400_000;

    /// `marked` and `drawn` are at most `all`, and that is at most [`Self::MAX_ALL`]; `None` otherwise.
    pub fn new(all: u64, marked: u64, drawn: u64) -> Option<Self> {
        (all <= Self::MAX_ALL && marked <= all && drawn <= all).then_some(Self { all, marked, drawn })
    }

    /// The chance that `x` or more of the drawn are marked.
    ///
    /// The terms are summed from `x` away from the mode, beginning with their logarithm; at most
    /// 400,000 terms, some 70,000 with a billion.
    pub fn at_least(&self, x: u64) -> f64 {
        let Self { all, marked, drawn } = *self;
        if x > drawn.min(marked) {
            return 0.0;
        }
        if x <= (drawn + marked).saturating_sub(all) {
            return 1.0;
        }
        // The sum runs away from the mode, so its terms fall.
        let mode = u128::from(drawn + 1) * u128::from(marked + 1) / u128::from(all + 2);
        if u128::from(x) > mode {
            (self.ln_mass(x) + self.tail_over_mass(x).ln()).exp().min(1.0)
        } else {
            // Fewer than x marked are more than drawn - x not marked.
            let others = Self { marked: all - marked, ..*self };
            let x = drawn - x + 1;
            1.0 - (others.ln_mass(x) + others.tail_over_mass(x).ln()).exp().min(1.0)
        }
    }

    /// P(X >= x) / P(X = x) for x above the mode.
    fn tail_over_mass(&self, x: u64) -> f64 {
        let (mut up, mut marked_left, mut drawn_left) = (whole(x), whole(self.marked - x), whole(self.drawn - x));
        // The others that were not drawn.
        let mut rest = whole(self.all + x - self.marked - self.drawn);
        let (mut term, mut sum) = (1.0, 1.0);
        for _ in 0..Self::MAX_TERMS {
            up += 1.0;
            rest += 1.0;
            term *= (marked_left / up) * (drawn_left / rest);
            sum += term;
            if term <= 1e-18 * sum {
                break;
            }
            marked_left -= 1.0;
            drawn_left -= 1.0;
        }
        sum
    }

    /// Logarithm of C(M, x) C(N-M, n-x) / C(N, n), as the binomial chances of both parts over that of the whole, all
    /// with the share n/N. The distances from the means are taken in whole numbers, so that nothing cancels.
    fn ln_mass(&self, x: u64) -> f64 {
        let Self { all, marked, drawn } = *self;
        let shares = (whole(drawn) / whole(all), whole(all - drawn) / whole(all));
        let distance = i128::from(x) * i128::from(all) - i128::from(marked) * i128::from(drawn);
        let off = signed(distance) / whole(all);
        ln_mass(whole(marked), whole(x), off, shares) + ln_mass(whole(all - marked), whole(drawn - x), -off, shares)
            - ln_mass(whole(all), whole(drawn), 0.0, shares)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rounding in the sixteenth digit of the distance is harmless")]
fn signed(distance: i128) -> f64 {
    distance as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(all: u64, marked: u64, drawn: u64) -> Hypergeometric {
        Hypergeometric::new(all, marked, drawn).unwrap()
    }

    #[test]
    fn more_marked_or_drawn_than_there_are_is_refused() {
        assert!(Hypergeometric::new(5, 6, 1).is_none() && Hypergeometric::new(5, 1, 6).is_none());
        assert!(Hypergeometric::new(Hypergeometric::MAX_ALL + 1, 0, 0).is_none());
    }

    #[test]
    fn tails_of_small_urns_are_the_ways_counted() {
        // 4 marked among 10, 3 drawn: 20, 60, 36 and 4 of 120 ways.
        for (x, ways) in [(0, 120.0), (1, 100.0), (2, 40.0), (3, 4.0), (4, 0.0)] {
            let chance = drawn(10, 4, 3).at_least(x);
            assert!((chance - ways / 120.0).abs() < 1e-15, "{x}: {chance}");
        }
        assert!((drawn(5, 5, 5).at_least(5) - 1.0).abs() < 1e-15);
        assert!((drawn(0, 0, 0).at_least(0) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn in_an_endless_urn_the_draws_are_binomial() {
        let share = super::super::Binomial::new(60.0, 0.3).unwrap();
        for x in [5, 12, 18, 19, 25, 40] {
            let (finite, endless) = (drawn(1_000_000_000, 300_000_000, 60).at_least(x), share.at_least(x));
            assert!((finite / endless - 1.0).abs() < 1e-5, "{x}: {finite} {endless}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn marked_and_drawn_may_change_places_and_the_two_tails_add_up_to_one(
            (all, marked, taken, x) in (2_u64..3_000)
                .prop_flat_map(|all| (Just(all), 1..all, 1..all))
                .prop_flat_map(|(all, marked, taken)| (Just(all), Just(marked), Just(taken), 1..=taken.min(marked))),
        ) {
            let chance = drawn(all, marked, taken).at_least(x);
            prop_assert!((chance - drawn(all, taken, marked).at_least(x)).abs() < 1e-12);
            let fewer = drawn(all, all - marked, taken).at_least(taken - x + 1);
            prop_assert!((chance + fewer - 1.0).abs() < 1e-12);
        }
    }
}
