//! Published shares of answers: what "satisfied" leaves open, and whether they make a whole.

use super::evaluation::Warning;

/// Shares that miss 1 by less than this make a whole.
const EXACT: f64 = 1e-9;

/// Shares of those satisfied, in between and dissatisfied, as published: from 0 to 1.
///
/// "Satisfied" and "not dissatisfied" are two numbers: those in between are in one and not in the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    satisfied: f64,
    neutral: f64,
    dissatisfied: f64,
}

impl Split {
    /// Three shares; `None` unless each is from 0 to 1.
    pub fn new(satisfied: f64, neutral: f64, dissatisfied: f64) -> Option<Self> {
        let sound = [satisfied, neutral, dissatisfied].iter().all(|share| (0.0..=1.0).contains(share));
        sound.then_some(Self { satisfied, neutral, dissatisfied })
    }

    /// The official reading: the satisfied levels alone ("top two" of five).
    pub const fn satisfied(&self) -> f64 {
        self.satisfied
    }

    /// The satisfied and those in between.
    pub fn not_dissatisfied(&self) -> f64 {
        self.satisfied + self.neutral
    }

    /// The sum of the three.
    pub fn total(&self) -> f64 {
        self.satisfied + self.neutral + self.dissatisfied
    }

    /// A warning where the shares do not make a whole: rounding, or answers are missing. `item` is named in it.
    pub fn warning(&self, item: &str) -> Option<Warning> {
        let total = gap(&[self.satisfied, self.neutral, self.dissatisfied])?;
        Some(Warning::DoesNotSum { item: item.to_owned(), total })
    }
}

/// The sum of shares that do not make a whole; `None` where they do.
pub fn gap(shares: &[f64]) -> Option<f64> {
    let total: f64 = shares.iter().sum();
    (total.is_nan() || (total - 1.0).abs() > EXACT).then_some(total)
}

/// Whether rounding alone can explain that shares published in units of `rounded_to` (0.0001 for 50.78 %) do not make a
/// whole: each misses by at most half a unit.
pub fn rounding_explains(shares: &[f64], rounded_to: f64) -> bool {
    let half_units: f64 = shares.iter().map(|_| rounded_to / 2.0).sum();
    gap(shares).is_none_or(|total| (total - 1.0).abs() <= half_units + EXACT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn top_two_and_not_dissatisfied_are_two_numbers_and_a_sum_short_of_a_hundred_is_warned_of() {
        let split = Split::new(0.5078, 0.4324, 0.0589).unwrap();
        assert!((split.satisfied() - 0.5078).abs() < 1e-12);
        assert!((split.not_dissatisfied() - 0.9402).abs() < 1e-12);
        assert!((split.total() - 0.9991).abs() < 1e-12);
        let warning = split.warning("service").unwrap().to_string();
        assert_eq!(warning, "“service”: the shares sum to 0.9991, not to 1: rounding, or answers are missing");
        assert!(!rounding_explains(&[0.5078, 0.4324, 0.0589], 0.0001), "three roundings explain 0.00015 at most");
    }

    #[test]
    fn shares_that_make_a_whole_warn_of_nothing() {
        assert_eq!(Split::new(0.9006, 0.0898, 0.0096).unwrap().warning("trouble"), None);
        assert!(rounding_explains(&[0.3333, 0.3333, 0.3333], 0.0001));
        assert_eq!(gap(&[0.0, 0.0]), Some(0.0));
        assert_eq!(Split::new(1.2, 0.0, 0.0), None);
        assert_eq!(Split::new(f64::NAN, 0.0, 0.0), None);
    }
}
