//! Weights of the items of a composite.

use std::collections::BTreeMap;

/// Weights of the items of a composite: none negative, at least one positive.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights(Vec<f64>);

/// Why numbers are no weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightsError {
    /// A weight is negative, infinite or not a number.
    Unusable {
        /// Its place, counted from 0.
        item: usize,
    },
    /// No weight is positive.
    NothingWeighs,
}

impl std::fmt::Display for WeightsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unusable { item } => write!(f, "the weight of item {item} must be a number from 0 up"),
            Self::NothingWeighs => f.write_str("all weights are zero: give at least one item a weight"),
        }
    }
}

impl std::error::Error for WeightsError {}

impl Weights {
    /// One weight for each item; they need not add up to one.
    pub fn new(weights: Vec<f64>) -> Result<Self, WeightsError> {
        if let Some(item) = weights.iter().position(|weight| !(0.0..=1e12).contains(weight)) {
            return Err(WeightsError::Unusable { item });
        }
        if weights.iter().sum::<f64>() <= 0.0 { Err(WeightsError::NothingWeighs) } else { Ok(Self(weights)) }
    }

    /// The weights as given.
    pub fn values(&self) -> &[f64] {
        &self.0
    }

    /// The weights, scaled to add up to one.
    pub fn shares(&self) -> Vec<f64> {
        let total: f64 = self.0.iter().sum();
        self.0.iter().map(|weight| weight / total).collect()
    }
}

/// Every item weighs the same; `None` for no items.
pub fn mean_of_items(items: usize) -> Option<Weights> {
    Weights::new(vec![1.0; items]).ok()
}

/// Every factor weighs the same, and inside a factor every item does: k = 1 / (F m_f).
///
/// `factors` names the factor of each item; `None` for no items.
pub fn mean_of_factors(factors: &[usize]) -> Option<Weights> {
    let mut sizes = BTreeMap::<usize, u32>::new();
    for factor in factors {
        *sizes.entry(*factor).or_default() += 1;
    }
    let number = f64::from(u32::try_from(sizes.len()).ok()?);
    let weight = |factor: &usize| sizes.get(factor).map_or(0.0, |size| 1.0 / (number * f64::from(*size)));
    Weights::new(factors.iter().map(weight).collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn useless_weights_are_refused() {
        assert_eq!(Weights::new(vec![1.0, f64::NAN]), Err(WeightsError::Unusable { item: 1 }));
        assert_eq!(Weights::new(vec![-1.0, 2.0]), Err(WeightsError::Unusable { item: 0 }));
        assert_eq!(Weights::new(vec![0.0, 0.0]), Err(WeightsError::NothingWeighs));
        assert_eq!(mean_of_items(0), None);
        assert_eq!(mean_of_factors(&[]), None);
        assert_eq!(mean_of_factors(&[4, 4, 9]).unwrap().shares(), vec![0.25, 0.25, 0.5]);
    }
}
