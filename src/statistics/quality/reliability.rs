//! How well the items of a scale agree: Cronbach's alpha and its relatives.

use nalgebra::DMatrix;

use super::super::interval::{Confidence, Interval};
use super::super::special::FisherF;
use super::items::size;
use super::matrix::{Definite, covariance, unit_diagonal};
use super::{Items, QualityError};

/// Which answers a reliability rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis<'a> {
    /// Respondents who answered every item.
    CompleteCases,
    /// For each pair of items those who answered both, for each variance all who answered the item.
    Pairwise,
    /// Respondents who answered every item, each with a weight; one weight for every respondent, complete or not.
    Weighted(&'a [f64]),
}

/// The reliability of a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    /// Respondents it rests on; on a pairwise basis, those behind the pair of items with the fewest.
    pub respondents: usize,
    /// Cronbach's alpha: k/(k-1) · (1 - Σ variances / variance of the sum) (Cronbach 1951).
    pub alpha: f64,
    /// Alpha of the items scaled to equal variances, from the average correlation; `None` if an item does not vary.
    pub standardised: Option<f64>,
    /// Guttman's lambda-6: 1 - Σ(1 - smc) / Σ correlations, with the squared multiple correlations (Guttman 1945);
    /// `None` if an item does not vary or follows from the others.
    pub lambda6: Option<f64>,
    /// The average correlation between two items; `None` if an item does not vary.
    pub average_correlation: Option<f64>,
    /// Each item, in the order given.
    pub items: Vec<ItemReliability>,
}

/// What one item does for a scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ItemReliability {
    /// Cronbach's alpha of the scale without the item; `None` with two items, or if the others do not vary.
    pub alpha_if_dropped: Option<f64>,
    /// Correlation of the item with the sum of the other items; `None` if either does not vary.
    pub correlation_with_others: Option<f64>,
    /// Correlation of the scaled item with the sum of all scaled items, with the squared multiple correlation in place
    /// of each item's own variance; `None` where [`Reliability::lambda6`] is.
    pub corrected_correlation: Option<f64>,
}

/// Cronbach's alpha, its standardised form, Guttman's lambda-6 and what each item does for them.
///
/// Needs two items and two respondents (on a pairwise basis, for each pair of items). Missing answers are left out as
/// `basis` says; an alpha below zero is possible and says that items go against each other. Refused with
/// [`QualityError::NoVariation`] when the sum does not vary.
pub fn reliability(items: &Items, basis: Basis<'_>) -> Result<Reliability, QualityError> {
    let k = items.items();
    if k < 2 {
        return Err(QualityError::TooFewItems { given: k, least: 2 });
    }
    let (covariances, respondents) = match basis {
        Basis::CompleteCases => complete(items, None)?,
        Basis::Weighted(weights) => complete(items, Some(weights))?,
        Basis::Pairwise => pairwise(items)?,
    };
    from_covariances(&covariances, respondents).ok_or(QualityError::NoVariation)
}

/// The interval of Cronbach's alpha under equal error covariances: 1 - (1 - α) F with n-1 and (n-1)(k-1) degrees of
/// freedom (Feldt 1965).
///
/// For complete, unweighted cases. `None` with fewer than two respondents or items, or an alpha that is no number up
/// to 1; at 1 the interval is the point 1, which the formula cannot widen.
pub fn feldt_interval(alpha: f64, respondents: usize, items: usize, confidence: Confidence) -> Option<Interval> {
    if alpha.is_nan() || alpha > 1.0 || respondents < 2 || items < 2 {
        return None;
    }
    let first = size(respondents) - 1.0;
    let second = first * (size(items) - 1.0);
    let f = FisherF::new(first, second)?;
    let limit = |quantile: f64| 1.0 - (1.0 - alpha) * quantile;
    let (high, low) = (limit(f.quantile(confidence.tail())), limit(f.upper_quantile(confidence.tail())));
    let interval = Interval { low, high };
    interval.low.is_finite().then_some(interval)
}

fn complete(items: &Items, weights: Option<&[f64]>) -> Result<(DMatrix<f64>, usize), QualityError> {
    let (columns, who) = items.complete();
    if who.len() < 2 {
        return Err(QualityError::TooFew { given: who.len(), least: 2 });
    }
    let Some(weights) = weights else {
        return Ok((covariance(&columns, None), who.len()));
    };
    if weights.len() != items.respondents() {
        return Err(QualityError::Lengths { given: weights.len(), expected: items.respondents() });
    }
    if let Some(place) = weights.iter().position(|weight| !(0.0..=1e12).contains(weight)) {
        return Err(QualityError::WeightUnusable { place });
    }
    let kept: Vec<f64> = who.iter().filter_map(|&row| weights.get(row).copied()).collect();
    let weighing = kept.iter().filter(|weight| **weight > 0.0).count();
    if weighing < 2 {
        return Err(QualityError::TooFew { given: weighing, least: 2 });
    }
    Ok((covariance(&columns, Some(&kept)), weighing))
}

fn pairwise(items: &Items) -> Result<(DMatrix<f64>, usize), QualityError> {
    let k = items.items();
    let mut fewest = usize::MAX;
    let mut covariances = DMatrix::zeros(k, k);
    for (row, first) in items.columns().iter().enumerate() {
        for (column, second) in items.columns().iter().enumerate().take(row + 1) {
            let both = first.iter().zip(second).filter_map(|(x, y)| Some(((*x)?, (*y)?)));
            let (x, y): (Vec<f64>, Vec<f64>) = both.unzip();
            fewest = fewest.min(x.len());
            if x.len() < 2 {
                return Err(QualityError::TooFew { given: x.len(), least: 2 });
            }
            let value = covariance(&[x, y], None).get((0, 1)).copied().unwrap_or(0.0);
            covariances.view_mut((row, column), (1, 1)).fill(value);
            covariances.view_mut((column, row), (1, 1)).fill(value);
        }
    }
    Ok((covariances, fewest))
}

fn from_covariances(covariances: &DMatrix<f64>, respondents: usize) -> Option<Reliability> {
    let k = covariances.nrows();
    let alpha = cronbach(covariances.trace(), covariances.sum(), k)?;
    let correlations = unit_diagonal(covariances);
    let average = correlations.as_ref().map(|r| (r.sum() - size(k)) / (size(k) * (size(k) - 1.0)));
    let multiple = correlations.as_ref().and_then(|r| Some((r, Definite::new(r)?.squared_multiple_correlations())));
    // The correlations with the squared multiple correlations on the diagonal.
    let reduced = multiple.as_ref().map(|(r, smc)| {
        let mut reduced = (*r).clone();
        reduced.set_diagonal(smc);
        reduced
    });
    let item = |index: usize| {
        let (own, with_all) = (covariances.get((index, index)).copied()?, covariances.column(index).sum());
        let (rest_trace, rest_sum) = (covariances.trace() - own, covariances.sum() - 2.0 * with_all + own);
        // What rounding leaves of a variance is no variance.
        let varies = |variance: f64| variance > 1e-12 * covariances.trace();
        let reliable = varies(own) && varies(rest_sum);
        Some(ItemReliability {
            alpha_if_dropped: cronbach(rest_trace, rest_sum, k - 1),
            correlation_with_others: reliable.then(|| (with_all - own) / (own * rest_sum).sqrt()),
            corrected_correlation: reduced.as_ref().and_then(|reduced| {
                let total = reduced.sum();
                (total > 0.0).then(|| reduced.column(index).sum() / total.sqrt())
            }),
        })
    };
    Some(Reliability {
        respondents,
        alpha,
        standardised: correlations.as_ref().and_then(|r| cronbach(r.trace(), r.sum(), k)),
        lambda6: multiple.as_ref().and_then(|(r, smc)| {
            let (total, unexplained) = (r.sum(), size(k) - smc.sum());
            (total > 1e-12 * size(k)).then(|| 1.0 - unexplained / total)
        }),
        average_correlation: average,
        items: (0..k).filter_map(item).collect(),
    })
}

/// k/(k-1) · (1 - trace / sum) of a covariance matrix; `None` with one item or when the sum does not vary.
fn cronbach(trace: f64, sum: f64, k: usize) -> Option<f64> {
    (k >= 2 && sum > 1e-12 * trace).then(|| size(k) / (size(k) - 1.0) * (1.0 - trace / sum))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn items(columns: &[&[f64]]) -> Items {
        Items::new(columns.iter().map(|column| column.iter().map(|value| Some(*value)).collect()).collect()).unwrap()
    }

    #[test]
    fn items_that_agree_entirely_are_fully_reliable_and_follow_from_each_other() {
        let column: &[f64] = &[1.0, 2.0, 4.0, 5.0];
        let found = reliability(&items(&[column, column, column]), Basis::CompleteCases).unwrap();
        assert!((found.alpha - 1.0).abs() < 1e-14 && (found.standardised.unwrap() - 1.0).abs() < 1e-14);
        assert_eq!((found.lambda6, found.items.first().unwrap().corrected_correlation), (None, None));
        assert!((found.items.last().unwrap().alpha_if_dropped.unwrap() - 1.0).abs() < 1e-14);
        let interval = feldt_interval(1.0, 4, 3, Confidence::P95).unwrap();
        assert!(interval.width().abs() < 1e-15);
    }

    #[test]
    fn what_cannot_be_had_is_named() {
        let two: &[f64] = &[1.0, 2.0, 4.0];
        let flat: &[f64] = &[3.0, 3.0, 3.0];
        let of = |columns: &[&[f64]], basis| reliability(&items(columns), basis);
        assert_eq!(of(&[two], Basis::Pairwise), Err(QualityError::TooFewItems { given: 1, least: 2 }));
        assert_eq!(of(&[flat, flat], Basis::CompleteCases), Err(QualityError::NoVariation));
        let short = Err(QualityError::Lengths { given: 1, expected: 3 });
        assert_eq!(of(&[two, two], Basis::Weighted(&[1.0])), short);
        let bad = Err(QualityError::WeightUnusable { place: 2 });
        assert_eq!(of(&[two, two], Basis::Weighted(&[1.0, 1.0, f64::NAN])), bad);
        let light = Err(QualityError::TooFew { given: 1, least: 2 });
        assert_eq!(of(&[two, two], Basis::Weighted(&[0.0, 1.0, 0.0])), light);
        let apart = Items::new(vec![vec![Some(1.0), Some(2.0), None, None], vec![None, None, Some(1.0), Some(2.0)]]);
        let apart = apart.unwrap();
        assert_eq!(reliability(&apart, Basis::CompleteCases), Err(QualityError::TooFew { given: 0, least: 2 }));
        assert_eq!(reliability(&apart, Basis::Pairwise), Err(QualityError::TooFew { given: 0, least: 2 }));
        let half = of(&[two, flat, two], Basis::CompleteCases).unwrap();
        assert_eq!((half.standardised, half.lambda6, half.average_correlation), (None, None, None));
        assert_eq!(half.items.iter().filter(|item| item.correlation_with_others.is_none()).count(), 1);
        assert_eq!(feldt_interval(f64::NAN, 10, 5, Confidence::P95), None);
        assert_eq!(feldt_interval(0.8, 1, 5, Confidence::P95), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn without_missing_answers_and_with_equal_weights_every_basis_says_the_same(
            rows in prop::collection::vec(prop::array::uniform4(1_u8..=5), 3..40), weight in 0.1_f64..9.0,
        ) {
            let column = |item: usize| rows.iter().map(|row| row.get(item).map(|v| f64::from(*v))).collect();
            let items = Items::new((0..4).map(column).collect()).unwrap();
            let weights = vec![weight; rows.len()];
            let bases = [Basis::CompleteCases, Basis::Pairwise, Basis::Weighted(&weights)];
            match bases.map(|basis| reliability(&items, basis)) {
                [Ok(first), Ok(second), Ok(third)] => {
                    prop_assert!((first.alpha - second.alpha).abs() < 1e-9 && (first.alpha - third.alpha).abs() < 1e-9);
                    prop_assert!(first.alpha <= 1.0 + 1e-12);
                    let interval = feldt_interval(first.alpha, rows.len(), 4, Confidence::P95).unwrap();
                    prop_assert!(interval.contains(first.alpha) || rows.len() < 20 || first.alpha > 0.999_999);
                }
                [first, second, third] => prop_assert!(first.is_err() && second.is_err() && third.is_err()),
            }
        }
    }
}
