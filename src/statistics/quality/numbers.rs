//! Numbers of an interview: how long it took, and the last digits of what was noted.

use super::super::interval::real;
use super::super::special::ChiSquared;
use super::QualityError;
use super::items::size;

/// Turns the median distance from the median into the standard deviation of a normal.
const MEDIAN_TO_DEVIATION: f64 = 1.4826;

/// Robust z-score of the logarithm of each duration: (ln d - median) / (1.4826 · median distance from the median).
///
/// Any unit of time; missing durations and those not above zero (a wrong clock) have `None`. Strongly negative values
/// are interviews too fast to be read aloud. Refused without two usable durations and where more than half of them are
/// equal, which leaves no scale.
pub fn log_time_scores(durations: &[Option<f64>]) -> Result<Vec<Option<f64>>, QualityError> {
    let usable = |duration: &Option<f64>| duration.filter(|value| *value > 0.0 && value.is_finite()).map(f64::ln);
    let logs: Vec<Option<f64>> = durations.iter().map(usable).collect();
    let known: Vec<f64> = logs.iter().flatten().copied().collect();
    if known.len() < 2 {
        return Err(QualityError::TooFew { given: known.len(), least: 2 });
    }
    let none = QualityError::NoVariation;
    let centre = median(known.clone()).ok_or(none)?;
    let distances = known.iter().map(|log| (log - centre).abs()).collect();
    let scale = MEDIAN_TO_DEVIATION * median(distances).ok_or(none)?;
    if scale <= 0.0 {
        return Err(none);
    }
    Ok(logs.into_iter().map(|log| log.map(|log| (log - centre) / scale)).collect())
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = values.get(values.len() / 2)?;
    let lower = values.get(values.len().saturating_sub(1) / 2)?;
    Some(0.5 * (lower + upper))
}

/// The chi-square test of even last digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastDigits {
    /// How often each digit from 0 to 9 is the last one.
    pub counts: [u64; 10],
    /// Σ (count - n/10)² / (n/10).
    pub statistic: f64,
    /// Chance of such a statistic, or a larger one, with even digits: upper tail of chi-square with 9 degrees.
    pub p: f64,
}

impl LastDigits {
    /// The degrees of freedom.
    pub const DF: u32 = 9;
    /// The fewest numbers: five to be expected of each digit.
    pub const LEAST: usize = 50;
}

/// Whether the last digits of whole numbers are even, as freely noted numbers' mostly are.
///
/// Only for free numeric entries with at least two varying digits, such as seconds; never for ratings, and not for
/// minutes people round to fives. Refused below [`LastDigits::LEAST`] numbers, where the chi-square is not to be
/// trusted.
pub fn last_digits(numbers: &[u64]) -> Result<LastDigits, QualityError> {
    if numbers.len() < LastDigits::LEAST {
        return Err(QualityError::TooFew { given: numbers.len(), least: LastDigits::LEAST });
    }
    let mut counts = [0_u64; 10];
    for number in numbers {
        if let Some(count) = usize::try_from(number % 10).ok().and_then(|digit| counts.get_mut(digit)) {
            *count += 1;
        }
    }
    let expected = 0.1 * size(numbers.len());
    let statistic = counts.iter().map(|count| (real(*count) - expected).powi(2) / expected).sum();
    let even = ChiSquared::new(f64::from(LastDigits::DF)).ok_or(QualityError::NoVariation)?;
    Ok(LastDigits { counts, statistic, p: even.tails(statistic).upper })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_and_double_the_time_lie_symmetrically_around_the_median() {
        let found = log_time_scores(&[Some(60.0), Some(120.0), Some(240.0), None, Some(0.0), Some(-5.0)]).unwrap();
        let [fast, typical, slow, missing, zero, negative] = found.as_slice() else { panic!("{found:?}") };
        assert!((fast.unwrap() + 1.0 / 1.4826).abs() < 1e-12 && (slow.unwrap() - 1.0 / 1.4826).abs() < 1e-12);
        assert!(typical.unwrap().abs() < 1e-15);
        assert_eq!((missing, zero, negative), (&None, &None, &None));
    }

    #[test]
    fn durations_without_scale_are_refused() {
        assert_eq!(log_time_scores(&[Some(60.0), None]), Err(QualityError::TooFew { given: 1, least: 2 }));
        let equal = [Some(60.0), Some(60.0), Some(60.0), Some(90.0)];
        assert_eq!(log_time_scores(&equal), Err(QualityError::NoVariation));
    }

    #[test]
    fn even_digits_pass_and_rounded_ones_do_not() {
        let even: Vec<u64> = (0..100).collect();
        let found = last_digits(&even).unwrap();
        assert!(found.statistic.abs() < 1e-12 && (found.p - 1.0).abs() < 1e-12);
        let rounded: Vec<u64> = (0..100).map(|number| number * 5).collect();
        let found = last_digits(&rounded).unwrap();
        assert_eq!(found.counts, [50, 0, 0, 0, 0, 50, 0, 0, 0, 0]);
        assert!((found.statistic - 400.0).abs() < 1e-9 && found.p < 1e-50 && found.p > 0.0);
        assert_eq!(last_digits(&[1; 49]), Err(QualityError::TooFew { given: 49, least: 50 }));
    }
}
