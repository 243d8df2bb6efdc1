//! Numbers estimated from row values, and what can be put together from them.

/// A number estimated from row values, with what carries its error: how far each row moves it, or its value in every
/// replicate. [`super::Sample`] makes figures and says how sure they are.
#[derive(Clone, Debug)]
pub struct Figure {
    pub(super) estimate: f64,
    /// How far each row moves the estimate per unit of its weight, 0 for rows that did not take part; none for
    /// statistics that are not smooth.
    pub(super) influence: Option<Vec<f64>>,
    /// The estimate in every replicate; empty without replicates.
    pub(super) replicates: Vec<Option<f64>>,
    /// The rows that took part.
    pub(super) used: Vec<bool>,
    pub(super) rows: u64,
}

impl Figure {
    /// The number itself.
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// Rows that took part.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The rows that took part, one mark per row of the sample.
    pub fn used(&self) -> &[bool] {
        &self.used
    }

    /// How far each row moves the estimate per unit of its weight (the linearised variable before weighting); `None` for
    /// statistics that are not smooth, such as quantiles.
    pub fn influence(&self) -> Option<&[f64]> {
        self.influence.as_deref()
    }

    /// Σ factor × figure, such as a difference or a trend over waves; the error counts what the figures have in common.
    /// `None` without a figure, or when they come from samples of different size.
    pub fn linear(parts: &[(f64, &Self)]) -> Option<Self> {
        let (_, first) = parts.first()?;
        let (rows, replicates) = (first.used.len(), first.replicates.len());
        if parts.iter().any(|(_, part)| part.used.len() != rows || part.replicates.len() != replicates) {
            return None;
        }
        let estimate = parts.iter().map(|(factor, part)| factor * part.estimate).sum::<f64>();
        let influence = parts.iter().try_fold(vec![0.0; rows], |mut sum, (factor, part)| {
            let own = part.influence.as_ref()?;
            sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += factor * own);
            Some(sum)
        });
        let mut values = vec![Some(0.0); replicates];
        let mut used = vec![false; rows];
        for (factor, part) in parts {
            for (sum, value) in values.iter_mut().zip(&part.replicates) {
                *sum = sum.zip(*value).map(|(sum, value)| sum + factor * value);
            }
            used.iter_mut().zip(&part.used).for_each(|(used, own)| *used |= own);
        }
        let rows = count(&used);
        estimate.is_finite().then_some(Self { estimate, influence, replicates: values, used, rows })
    }

    /// Another scale, such as the logit of a share: the function and its slope. `None` where either is no number.
    pub fn transformed(&self, function: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64) -> Option<Self> {
        let (estimate, slope) = (function(self.estimate), slope(self.estimate));
        if !(estimate.is_finite() && slope.is_finite()) {
            return None;
        }
        let influence = self.influence.as_ref().map(|own| own.iter().map(|value| slope * value).collect());
        let finite = |value: &Option<f64>| value.map(&function).filter(|value| value.is_finite());
        let replicates = self.replicates.iter().map(finite).collect();
        Some(Self { estimate, influence, replicates, used: self.used.clone(), rows: self.rows })
    }
}

/// How many marks are set.
pub(super) fn count(used: &[bool]) -> u64 {
    used.iter().filter(|used| **used).count() as u64
}

/// Why there is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFigure {
    /// A list has another length than the sample has rows.
    Length {
        /// Values given.
        given: usize,
        /// Rows of the sample.
        rows: usize,
    },
    /// Nobody with a weight is in the domain and has a value.
    Nobody,
    /// The denominator of a ratio adds up to nothing.
    NoDenominator,
    /// A variance needs two rows.
    OneRow,
    /// A quantile's share is not between 0 and 1.
    Share,
}

impl std::fmt::Display for NoFigure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Length { given, rows } => write!(f, "{given} values for {rows} rows: give one per row"),
            Self::Nobody => {
                f.write_str("nobody with a weight is in the domain and has a value: choose a larger domain")
            }
            Self::NoDenominator => f.write_str("the denominator adds up to nothing: choose another one"),
            Self::OneRow => f.write_str("a variance needs at least two rows with a value"),
            Self::Share => f.write_str("the share of a quantile must be between 0 and 1"),
        }
    }
}

impl std::error::Error for NoFigure {}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests index what they have just made")]
mod tests {
    use super::super::super::design::Design;
    use super::super::{Sample, Variance};
    use super::*;

    #[test]
    fn figures_of_nothing_or_of_different_samples_are_not_put_together() {
        let designs = [3, 4].map(|rows| Design::independent(vec![1.0; rows]).unwrap());
        let [one, other] = [0, 1].map(|index: usize| {
            let sample = Sample::new(&designs[index], Variance::Linearised(None));
            sample.mean(&vec![Some(1.0); designs[index].rows()], &sample.everybody()).unwrap()
        });
        assert!(Figure::linear(&[]).is_none());
        assert!(Figure::linear(&[(1.0, &one), (1.0, &other)]).is_none());
        assert!(Figure::linear(&[(f64::INFINITY, &one)]).is_none());
        assert!(Sample::new(&designs[0], Variance::Linearised(None)).covariance(&[&other]).is_none());
    }

    #[test]
    fn the_logit_of_a_share_at_an_end_is_no_figure() {
        let design = Design::independent(vec![1.0; 4]).unwrap();
        let sample = Sample::new(&design, Variance::Linearised(None));
        let logit = |share: f64| (share / (1.0 - share)).ln();
        let slope = |share: f64| 1.0 / (share * (1.0 - share));
        let half = sample.mean(&[Some(1.0), Some(0.0), Some(1.0), Some(0.0)], &sample.everybody()).unwrap();
        let on_logits = half.transformed(logit, slope).unwrap();
        let errors = [&half, &on_logits].map(|figure| sample.standard_error(figure).unwrap());
        assert!(on_logits.estimate().abs() < 1e-15 && (errors[1] / errors[0] - 4.0).abs() < 1e-12);
        let all = sample.mean(&[Some(1.0); 4], &sample.everybody()).unwrap();
        assert!(all.transformed(logit, slope).is_none());
    }
}
