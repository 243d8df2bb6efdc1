//! Sums that do not depend on the order of their terms.

/// The grid to which terms are rounded before they are added.
///
/// Every term is split into a multiple of a coarse unit and a multiple of a fine one. Both units are so coarse that all
/// partial sums are exact in double precision, so neither the order of the rows nor the number of threads can change
/// one bit of a sum; together they keep about 100 bits (Demmel & Nguyen 2013, "Fast reproducible floating-point
/// summation"; the rounding is that of Rump, Ogita & Oishi 2008).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    coarse: f64,
    fine: f64,
}

impl Grid {
    /// The grid for at most `terms` terms whose absolute values add up to at most `bound`.
    pub(crate) fn new(bound: f64, terms: usize) -> Self {
        // A bound of nothing needs no grid, and beyond 2^900 a double has no room for one.
        let bound = if bound.is_finite() { bound.clamp(1e-270, 1e270) } else { 1e270 };
        let coarse = (bound.log2().ceil() + 2.0).exp2();
        let terms = super::super::interval::real(terms as u64).max(1.0);
        let fine = (coarse.log2() - 51.0 + terms.log2().ceil() + 2.0).exp2();
        Self { coarse: 1.5 * coarse, fine: 1.5 * fine }
    }

    /// The part of `term` on the coarse grid and the part on the fine one.
    #[inline]
    pub(crate) fn split(self, term: f64) -> (f64, f64) {
        let high = (term + self.coarse) - self.coarse;
        (high, ((term - high) + self.fine) - self.fine)
    }
}

/// A sum of terms of one [`Grid`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Exact {
    high: f64,
    low: f64,
}

impl Exact {
    /// Adds a term.
    #[inline]
    pub(crate) fn add(&mut self, grid: Grid, term: f64) {
        let (high, low) = grid.split(term);
        self.high += high;
        self.low += low;
    }

    /// Adds `times` a term that is split already; `times` is 0 or 1.
    #[inline]
    pub(crate) fn add_split(&mut self, (high, low): (f64, f64), times: f64) {
        self.high += times * high;
        self.low += times * low;
    }

    /// Adds another sum of the same grid.
    #[inline]
    pub(crate) fn merge(&mut self, other: Self) {
        self.high += other.high;
        self.low += other.low;
    }

    /// The sum, rounded once.
    #[inline]
    pub(crate) fn value(self) -> f64 {
        self.high + self.low
    }
}

/// The sum of numbers in whatever order they come.
pub(crate) fn sum(terms: impl Iterator<Item = f64> + Clone) -> f64 {
    let (mut bound, mut count) = (0.0, 0);
    for term in terms.clone() {
        bound += term.abs();
        count += 1;
    }
    let grid = Grid::new(bound, count);
    let mut total = Exact::default();
    terms.for_each(|term| total.add(grid, term));
    total.value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn terms_of_very_different_size_are_kept() {
        assert!((sum([1e12, 1e-9, -1e12].into_iter()) - 1e-9).abs() < 1e-18);
        assert_eq!(sum([0.1; 10].into_iter()).to_bits(), 1.0_f64.to_bits());
        assert_eq!(sum(std::iter::empty::<f64>()).to_bits(), 0.0_f64.to_bits());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn the_order_of_the_terms_changes_no_bit(mut terms in prop::collection::vec(-1e6_f64..1e6, 0..200), seed: u64) {
            let (bound, count) = (terms.iter().map(|term| term.abs()).sum::<f64>() * 1.001, terms.len());
            let grid = Grid::new(bound, count);
            let of = |terms: &[f64]| {
                let mut total = Exact::default();
                for term in terms {
                    total.add(grid, *term);
                }
                total.value()
            };
            let before = of(&terms);
            prop_assert!((before - terms.iter().sum::<f64>()).abs() <= 1e-12 * bound.max(1.0));
            let at = usize::try_from(seed % (count as u64 + 1)).unwrap();
            let (left, right) = terms.split_at(at);
            let (mut one, mut two) = (Exact::default(), Exact::default());
            for term in left {
                one.add(grid, *term);
            }
            for term in right {
                two.add(grid, *term);
            }
            two.merge(one);
            prop_assert_eq!(two.value().to_bits(), before.to_bits());
            terms.reverse();
            prop_assert_eq!(of(&terms).to_bits(), before.to_bits());
        }
    }
}
