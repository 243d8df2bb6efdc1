//! From the sums of a domain to its estimates, and to the coefficients that turn sums of a unit into its influence.
#![expect(clippy::indexing_slicing, reason = "lists are sized by domains × terms where they are made")]

use super::super::design::Exact;
use super::answers::Measure;

/// One item's part in one measure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) measure: usize,
    pub(super) item: usize,
    weight: f64,
}

/// Estimates of every measure of every domain, and the influence of a unit on them.
///
/// A unit whose items sum to S_c = Σ w y and A_c = Σ w moves the measure by z = Σ_c α_c (S_c − μ_c A_c): the linearised
/// variable of statistics of ratios (Woodruff 1971; Särndal, Swensson & Wretman 1992, section 5.5). For a mean of items
/// α_c = k_c / D_c and μ_c is the item's share; for pooled answers α = 1 / Σ D_c and μ is the pooled share.
pub(super) struct Solution {
    pub(super) terms: Vec<Term>,
    /// The first term of each measure, and the end.
    starts: Vec<usize>,
    /// Domain by domain, one (α, μ) per term.
    pub(super) coefficients: Vec<[f64; 2]>,
    /// Domain by domain, one estimate per measure.
    pub(super) estimates: Vec<Option<f64>>,
    pub(super) measures: usize,
}

/// The parts of all measures, measure by measure.
pub(super) fn terms_of(measures: &[Measure]) -> Vec<Term> {
    let of = |(measure, definition): (usize, &Measure)| {
        let terms = definition.items.iter().map(move |(item, weight)| Term { measure, item: *item, weight: *weight });
        terms.collect::<Vec<_>>()
    };
    measures.iter().enumerate().flat_map(of).collect()
}

impl Solution {
    /// Solves every domain. `answered` and `sums` go domain by domain, one per item.
    pub(super) fn new(measures: &[Measure], items: usize, answered: &[Exact], sums: &[Exact]) -> Self {
        let terms = terms_of(measures);
        let mut coefficients = Vec::with_capacity(terms.len() * answered.len() / items.max(1));
        let mut estimates = Vec::with_capacity(measures.len() * answered.len() / items.max(1));
        for (answered, sums) in answered.chunks_exact(items).zip(sums.chunks_exact(items)) {
            let mut rest = terms.as_slice();
            for measure in measures {
                let (own, others) = rest.split_at(measure.items.len());
                rest = others;
                estimates.push(solve(measure.pooled, own, answered, sums, &mut coefficients));
            }
        }
        let mut starts = vec![0];
        let mut end = 0;
        starts.extend(measures.iter().map(|measure| {
            end += measure.items.len();
            end
        }));
        Self { terms, starts, coefficients, estimates, measures: measures.len() }
    }

    /// The coefficients of a domain.
    pub(super) fn of(&self, domain: usize) -> &[[f64; 2]] {
        &self.coefficients[domain * self.terms.len()..(domain + 1) * self.terms.len()]
    }

    /// Influence of a unit with these sums on one measure of the domain.
    #[inline]
    pub(super) fn influence_on(&self, measure: usize, domain: usize, answered: &[f64], sums: &[f64]) -> f64 {
        let own = self.starts[measure]..self.starts[measure + 1];
        let terms = self.terms[own.clone()].iter().zip(&self.of(domain)[own]);
        terms.map(|(term, [alpha, mean])| alpha * (sums[term.item] - mean * answered[term.item])).sum()
    }

    /// Influence of a unit with these sums on every measure of the domain, added to `into`.
    #[inline]
    pub(super) fn influence(&self, domain: usize, answered: &[f64], sums: &[f64], sign: f64, into: &mut [f64]) {
        for (term, [alpha, mean]) in self.terms.iter().zip(self.of(domain)) {
            into[term.measure] += sign * alpha * (sums[term.item] - mean * answered[term.item]);
        }
    }
}

/// Items nobody answered leave the measure and the weights of the others are scaled up.
fn solve(
    pooled: bool,
    terms: &[Term],
    answered: &[Exact],
    sums: &[Exact],
    coefficients: &mut Vec<[f64; 2]>,
) -> Option<f64> {
    let of = |term: &Term| (answered[term.item].value(), sums[term.item].value());
    if pooled {
        let (mut all, mut total) = (Exact::default(), Exact::default());
        for term in terms {
            all.merge(answered[term.item]);
            total.merge(sums[term.item]);
        }
        let (all, total) = (all.value(), total.value());
        let mean = total / all;
        coefficients.extend(terms.iter().map(|_| if all > 0.0 { [1.0 / all, mean] } else { [0.0, 0.0] }));
        return (all > 0.0).then_some(mean);
    }
    let weight: f64 = terms.iter().filter(|term| of(term).0 > 0.0).map(|term| term.weight).sum();
    let mut estimate = 0.0;
    let mut same = None;
    for term in terms {
        let (all, total) = of(term);
        if all > 0.0 && weight > 0.0 {
            let mean = total / all;
            let share = term.weight / weight;
            estimate += share * mean;
            same = Some(same.map_or(mean, |same: f64| if same.total_cmp(&mean).is_eq() { same } else { f64::NAN }));
            coefficients.push([share / all, mean]);
        } else {
            coefficients.push([0.0, 0.0]);
        }
    }
    // Where all items agree the composite is that value, not what rounding makes of the weights.
    (weight > 0.0).then(|| same.filter(|same| !same.is_nan()).unwrap_or(estimate))
}
