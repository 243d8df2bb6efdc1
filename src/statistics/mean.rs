//! The mean of a number people gave, such as the minutes they waited.

use super::interval::{Confidence, Interval, NoInterval, real};

/// Count, sum and sum of squares of whole numbers.
///
/// Values are whole in their unit (minutes, tenths of a minute), so that the variance is formed from integers without
/// rounding, whatever the size of the mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberSums {
    n: u64,
    sum: i64,
    squares: i128,
}

/// Why sums are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberSumsError {
    /// No numbers have this count, sum and sum of squares.
    Impossible,
    /// The sums leave the range of the exact arithmetic.
    TooLarge,
}

impl std::fmt::Display for NumberSumsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Impossible => "no numbers have this count, sum and sum of squares: check the three sums",
            Self::TooLarge => "the sums are too large to be added exactly: use a coarser unit",
        })
    }
}

impl std::error::Error for NumberSumsError {}

impl NumberSums {
    /// Sums of `n` whole numbers.
    pub fn new(n: u64, sum: i64, squares: i128) -> Result<Self, NumberSumsError> {
        let sums = Self { n, sum, squares };
        let spread = sums.spread().ok_or(NumberSumsError::TooLarge)?;
        let empty_but_not_zero = n == 0 && (sum != 0 || squares != 0);
        if spread < 0 || squares < 0 || empty_but_not_zero { Err(NumberSumsError::Impossible) } else { Ok(sums) }
    }

    /// The sums of a list of values.
    pub fn of(values: impl IntoIterator<Item = i64>) -> Result<Self, NumberSumsError> {
        values.into_iter().try_fold(Self::default(), Self::with)
    }

    /// These sums with one more value.
    pub fn with(self, value: i64) -> Result<Self, NumberSumsError> {
        let square = i128::from(value) * i128::from(value);
        self.merged(Self { n: 1, sum: value, squares: square })
    }

    /// Both sums together.
    pub fn merged(self, other: Self) -> Result<Self, NumberSumsError> {
        let n = self.n.checked_add(other.n).ok_or(NumberSumsError::TooLarge)?;
        let sum = self.sum.checked_add(other.sum).ok_or(NumberSumsError::TooLarge)?;
        let squares = self.squares.checked_add(other.squares).ok_or(NumberSumsError::TooLarge)?;
        Self::new(n, sum, squares)
    }

    /// How many values.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The mean; `None` without a value.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| wide(i128::from(self.sum)) / real(self.n))
    }

    /// The standard error of the mean; `None` with fewer than two values, 0 when all values are equal.
    pub fn standard_error(&self) -> Option<f64> {
        if self.n < 2 {
            return None;
        }
        // (n ΣX² - (ΣX)²) / (n (n-1)) is the variance of one value; its numerator is exact.
        let variance = wide(self.spread()?) / (real(self.n) * real(self.n - 1));
        Some((variance / real(self.n)).sqrt())
    }

    /// The t interval of the mean, for values drawn independently.
    ///
    /// One value or none has no interval, and neither have equal values: that they agree is no proof of the mean.
    pub fn interval(&self, confidence: Confidence) -> Result<Interval, NoInterval> {
        let (Some(mean), Some(error)) = (self.mean(), self.standard_error()) else {
            return Err(NoInterval::TooFewAnswers);
        };
        if error <= 0.0 {
            return Err(NoInterval::NoVariation);
        }
        let reach = confidence.t(real(self.n - 1)).ok_or(NoInterval::TooFewAnswers)? * error;
        Ok(Interval { low: mean - reach, high: mean + reach })
    }

    /// n ΣX² - (ΣX)², which no real numbers make negative; `None` on overflow.
    fn spread(&self) -> Option<i128> {
        let square = i128::from(self.sum) * i128::from(self.sum);
        i128::from(self.n).checked_mul(self.squares)?.checked_sub(square)
    }
}

#[expect(clippy::cast_precision_loss, reason = "rounded once, after the exact arithmetic")]
fn wide(value: i128) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_small_sample_has_the_textbook_mean_error_and_interval() {
        // 10, 12, 17: mean 13, variance 13, standard error √(13/3), t(0.975, 2) = 4.302652729749464.
        let sums = NumberSums::of([10, 12, 17]).unwrap();
        let error = (13.0_f64 / 3.0).sqrt();
        assert!((sums.mean().unwrap() - 13.0).abs() < 1e-15);
        assert!((sums.standard_error().unwrap() - error).abs() < 1e-14);
        let interval = sums.interval(Confidence::P95).unwrap();
        assert!((interval.high - 13.0 - 4.302_652_729_749_464 * error).abs() < 1e-12);
    }

    #[test]
    fn none_one_and_equal_values_say_why_there_is_no_interval() {
        assert_eq!(NumberSums::default().mean(), None);
        assert_eq!(NumberSums::default().interval(Confidence::P95), Err(NoInterval::TooFewAnswers));
        let one = NumberSums::of([7]).unwrap();
        assert_eq!((one.mean(), one.standard_error()), (Some(7.0), None));
        assert_eq!(one.interval(Confidence::P95), Err(NoInterval::TooFewAnswers));
        let equal = NumberSums::of([7; 50]).unwrap();
        assert_eq!(equal.standard_error(), Some(0.0));
        assert_eq!(equal.interval(Confidence::P95), Err(NoInterval::NoVariation));
    }

    #[test]
    fn a_huge_common_offset_costs_no_digit() {
        let [near, far] = [0, 1_000_000_000_000].map(|offset| NumberSums::of((0..100).map(|v| v + offset)).unwrap());
        assert_eq!(near.standard_error(), far.standard_error());
    }

    #[test]
    fn impossible_and_too_large_sums_are_refused() {
        assert_eq!(NumberSums::new(2, 10, 49), Err(NumberSumsError::Impossible));
        assert_eq!(NumberSums::new(0, 1, 1), Err(NumberSumsError::Impossible));
        assert_eq!(NumberSums::new(2, 0, i128::MAX), Err(NumberSumsError::TooLarge));
        assert_eq!(NumberSums::of([i64::MAX, 1]), Err(NumberSumsError::TooLarge));
    }

    proptest! {
        #[test]
        fn the_order_of_values_and_of_merges_is_irrelevant(mut values in prop::collection::vec(-1_000_i64..1_000, 0..40), cut in 0_usize..40) {
            let whole = NumberSums::of(values.iter().copied()).unwrap();
            let cut = cut.min(values.len());
            let (left, right) = values.split_at(cut);
            let [left, right] = [left, right].map(|part| NumberSums::of(part.iter().copied()).unwrap());
            prop_assert_eq!(left.merged(right), right.merged(left));
            prop_assert_eq!(left.merged(right), Ok(whole));
            values.reverse();
            prop_assert_eq!(NumberSums::of(values), Ok(whole));
        }

        #[test]
        fn the_interval_holds_the_mean(values in prop::collection::vec(0_i64..600, 2..60)) {
            let sums = NumberSums::of(values).unwrap();
            if let Ok(interval) = sums.interval(Confidence::P95) {
                prop_assert!(interval.contains(sums.mean().unwrap()));
            }
        }
    }
}
