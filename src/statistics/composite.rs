//! A composite of shares, such as the overall index, with its variance.
//!
//! The composite Σ k_c p_c of the shares p_c = S_c / D_c is linearised (Taylor; Woodruff 1971): person i contributes
//! Z_i = Σ_c k_c a_ic (s_ic - p_c) / D_c, where a is 1 if answered and s is 1 if satisfied. The Z_i add up to zero, so
//! for independent respondents the variance is n / (n - 1) Σ Z_i². Squared out, Σ Z_i² needs only the sums of
//! [`JointCounts`]: for two items Σ a_c a_d (s_c - p_c)(s_d - p_d) = n_ss - p_d n_sa - p_c n_as + p_c p_d n_aa.

use super::interval::{Confidence, Interval, NoInterval, logit_t, real};
use super::joint::JointCounts;
use super::weights::Weights;

/// How items become one number.
#[derive(Clone, Copy, Debug)]
pub enum Combination<'a> {
    /// The weighted mean of the items' shares.
    Weighted(&'a Weights),
    /// All satisfied answers over all answers: Σ S_c / Σ D_c.
    Pooled,
}

/// A composite share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Composite {
    /// The estimate, from 0 to 1.
    pub share: f64,
    /// Its variance; `None` with fewer than two respondents.
    pub variance: Option<f64>,
    /// People with at least one answer.
    pub respondents: u64,
    /// Items with an answer.
    pub items: usize,
    /// Items without an answer: they left the composite and the weights of the others were scaled up.
    pub missing_items: usize,
}

/// The shares of the items with their covariances.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariance {
    shares: Vec<Option<f64>>,
    /// Row by row; zero where an item has no answer.
    values: Vec<f64>,
}

/// The composite of the items' shares.
///
/// Items nobody answered leave it, and the weights of the others are scaled up to one. `None` if no item that weighs
/// has an answer, or if there are not as many weights as items.
pub fn combine(counts: &JointCounts, combination: Combination<'_>) -> Option<Composite> {
    let items = counts.items().iter().filter(|item| item.trials() > 0).count();
    let missing_items = counts.items().len() - items;
    let (share, terms) = match combination {
        Combination::Weighted(weights) => weighted_terms(counts, weights)?,
        Combination::Pooled => pooled_terms(counts)?,
    };
    let variance = finite_sample(counts).map(|factor| factor * sum_of_squares(counts, &terms));
    Some(Composite { share, variance, respondents: counts.respondents(), items, missing_items })
}

/// The covariance matrix of the items' shares; `None` with fewer than two respondents.
pub fn covariance(counts: &JointCounts) -> Option<Covariance> {
    let factor = finite_sample(counts)?;
    let size = counts.items().len();
    let shares: Vec<_> = counts.items().iter().map(|item| item.share()).collect();
    let mut values = vec![0.0; size * size];
    let mut set = |row: usize, column: usize, value: f64| {
        for place in [row * size + column, column * size + row] {
            if let Some(cell) = values.get_mut(place) {
                *cell = value;
            }
        }
    };
    for (index, item) in counts.items().iter().enumerate() {
        if let Some(share) = item.share() {
            set(index, index, factor * share * (1.0 - share) / real(item.trials()));
        }
    }
    for (index, other, first, second, pair) in counts.pairs() {
        if let (Some(p), Some(q)) = (first.share(), second.share()) {
            let products = pair.products(p, q).iter().sum::<f64>();
            set(index, other, factor * products / (real(first.trials()) * real(second.trials())));
        }
    }
    Some(Covariance { shares, values })
}

impl Composite {
    /// Degrees of freedom: respondents less one.
    pub fn df(&self) -> f64 {
        real(self.respondents.saturating_sub(1))
    }

    /// The variance one respondent would have: n times the variance of the estimate.
    pub fn unit_variance(&self) -> Option<f64> {
        self.variance.map(|variance| variance * real(self.respondents))
    }

    /// The logit t interval.
    pub fn interval(&self, confidence: Confidence) -> Result<Interval, NoInterval> {
        let variance = self.variance.ok_or(NoInterval::TooFewAnswers)?;
        logit_t(self.share, variance, self.df(), confidence)
    }
}

impl Covariance {
    /// The covariance of two items; `None` if one has no answer or does not exist.
    pub fn between(&self, item: usize, other: usize) -> Option<f64> {
        self.shares.get(item).copied().flatten()?;
        self.shares.get(other).copied().flatten()?;
        self.values.get(item * self.shares.len() + other).copied()
    }

    /// Estimate and variance of Σ l_c p_c for any coefficients l, such as +1 and -1 for a difference of two items.
    ///
    /// `None` if an item without answers has a coefficient other than 0, or if there are not as many as items.
    pub fn contrast(&self, coefficients: &[f64]) -> Option<(f64, f64)> {
        if coefficients.len() != self.shares.len() {
            return None;
        }
        let (mut estimate, mut variance) = (0.0, 0.0);
        for ((share, row), coefficient) in
            self.shares.iter().zip(self.values.chunks(self.shares.len())).zip(coefficients)
        {
            match share {
                Some(share) => estimate += coefficient * share,
                None if coefficient.abs() > 0.0 => return None,
                None => {}
            }
            variance += coefficient * row.iter().zip(coefficients).map(|(value, other)| value * other).sum::<f64>();
        }
        Some((estimate, variance.max(0.0)))
    }
}

/// What item c adds to Z_i: `scale` a_ic (s_ic - `centre`).
struct Term {
    centre: f64,
    scale: f64,
}

fn weighted_terms(counts: &JointCounts, weights: &Weights) -> Option<(f64, Vec<Term>)> {
    if weights.values().len() != counts.items().len() {
        return None;
    }
    let answered = || counts.items().iter().zip(weights.values()).filter_map(|(item, k)| Some((item.share()?, *k)));
    let total: f64 = answered().map(|(_, k)| k).sum();
    if total <= 0.0 {
        return None;
    }
    let share = answered().map(|(p, k)| k * p).sum::<f64>() / total;
    let term = |(item, k): (&super::Count, &f64)| match item.share() {
        Some(centre) => Term { centre, scale: k / (total * real(item.trials())) },
        None => Term { centre: 0.0, scale: 0.0 },
    };
    Some((share.min(1.0), counts.items().iter().zip(weights.values()).map(term).collect()))
}

fn pooled_terms(counts: &JointCounts) -> Option<(f64, Vec<Term>)> {
    let total: f64 = counts.items().iter().map(|item| real(item.trials())).sum();
    if total <= 0.0 {
        return None;
    }
    let share = counts.items().iter().map(|item| real(item.successes())).sum::<f64>() / total;
    Some((share, counts.items().iter().map(|_| Term { centre: share, scale: 1.0 / total }).collect()))
}

/// Σ Z_i²; zero when nothing but rounding is left of it.
fn sum_of_squares(counts: &JointCounts, terms: &[Term]) -> f64 {
    let (mut sum, mut size) = (0.0, 0.0);
    let mut add = |products: &[f64], scale: f64| {
        for product in products {
            sum += scale * product;
            size += (scale * product).abs();
        }
    };
    for (item, Term { centre, scale }) in counts.items().iter().zip(terms) {
        let (satisfied, failed) = (real(item.successes()), real(item.failures()));
        add(&[satisfied * (1.0 - centre) * (1.0 - centre), failed * centre * centre], scale * scale);
    }
    for (index, other, _, _, pair) in counts.pairs() {
        if let (Some(one), Some(two)) = (terms.get(index), terms.get(other)) {
            add(&pair.products(one.centre, two.centre), 2.0 * one.scale * two.scale);
        }
    }
    if sum <= 1e-13 * size { 0.0 } else { sum }
}

impl super::joint::PairCount {
    /// Σ a_c a_d (s_c - p)(s_d - q), as its four parts: satisfied with both, the first only, the second only, neither.
    fn products(&self, p: f64, q: f64) -> [f64; 4] {
        let (first, second) = (self.first - self.satisfied, self.second - self.satisfied);
        let neither = self.both - self.first - second;
        [
            real(self.satisfied) * (1.0 - p) * (1.0 - q),
            -real(first) * (1.0 - p) * q,
            -real(second) * p * (1.0 - q),
            real(neither) * p * q,
        ]
    }
}

/// n / (n - 1).
fn finite_sample(counts: &JointCounts) -> Option<f64> {
    let n = counts.respondents();
    (n > 1).then(|| real(n) / real(n - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{Answer, Count, mean_of_factors, mean_of_items};
    use proptest::prelude::*;

    const ANSWERS: [Answer; 4] = [Answer::Satisfied, Answer::Absent, Answer::Unsatisfied, Answer::Satisfied];
    const ITEMS: usize = 5;

    fn of(rows: &[Vec<Answer>]) -> JointCounts {
        let mut counts = JointCounts::empty(rows.first().map_or(ITEMS, Vec::len));
        for row in rows {
            counts.record(row).unwrap();
        }
        counts
    }

    /// Estimate and variance straight from the rows, person by person.
    #[expect(clippy::indexing_slicing, reason = "plain arithmetic on rows that are all of one length")]
    fn by_hand(rows: &[Vec<Answer>], combination: Combination<'_>) -> Option<(f64, f64)> {
        let items = rows.first()?.len();
        let number =
            |item: usize, wanted: &[Answer]| real(rows.iter().filter(|row| wanted.contains(&row[item])).count() as u64);
        let answered: Vec<f64> = (0..items).map(|c| number(c, &[Answer::Satisfied, Answer::Unsatisfied])).collect();
        let satisfied: Vec<f64> = (0..items).map(|c| number(c, &[Answer::Satisfied])).collect();
        let used: Vec<usize> = (0..items).filter(|c| answered[*c] > 0.0).collect();
        let (estimate, weights, centre): (f64, Vec<f64>, Vec<f64>) = match combination {
            Combination::Weighted(given) => {
                let total: f64 = used.iter().map(|c| given.values()[*c]).sum();
                if total <= 0.0 {
                    return None;
                }
                let weights: Vec<f64> = given.values().iter().map(|weight| weight / total).collect();
                let estimate = used.iter().map(|c| weights[*c] * satisfied[*c] / answered[*c]).sum();
                (estimate, weights, (0..items).map(|c| satisfied[c] / answered[c]).collect())
            }
            Combination::Pooled => {
                let total: f64 = answered.iter().sum();
                let estimate = satisfied.iter().sum::<f64>() / total;
                (estimate, answered.iter().map(|d| d / total).collect(), vec![estimate; items])
            }
        };
        let contribution = |row: &Vec<Answer>| -> f64 {
            let of_item = |c: &usize| match row[*c] {
                Answer::Absent => 0.0,
                Answer::Satisfied => weights[*c] * (1.0 - centre[*c]) / answered[*c],
                Answer::Unsatisfied => -weights[*c] * centre[*c] / answered[*c],
            };
            used.iter().map(of_item).sum()
        };
        let respondents = rows.iter().filter(|row| row.iter().any(|answer| *answer != Answer::Absent)).count();
        let factor = real(respondents as u64) / real(respondents as u64 - 1);
        Some((estimate, factor * rows.iter().map(|row| contribution(row).powi(2)).sum::<f64>()))
    }

    fn rows() -> impl Strategy<Value = Vec<Vec<Answer>>> {
        prop::collection::vec(prop::collection::vec(prop::sample::select(&ANSWERS[..]), ITEMS), 2..40)
    }

    proptest! {
        #[test]
        fn sums_give_what_the_rows_give(rows in rows(), k in prop::collection::vec(0.01_f64..5.0, ITEMS)) {
            let counts = of(&rows);
            let weights = Weights::new(k).unwrap();
            let elements = mean_of_factors(&[0, 0, 7, 7, 7]).unwrap();
            for combination in [Combination::Weighted(&weights), Combination::Weighted(&elements), Combination::Pooled] {
                let Some(got) = combine(&counts, combination) else {
                    prop_assert_eq!(counts.respondents(), 0);
                    continue;
                };
                if let Some(found) = got.variance {
                    let (share, variance) = by_hand(&rows, combination).unwrap();
                    prop_assert!((got.share - share).abs() < 1e-14);
                    prop_assert!((found - variance).abs() <= 1e-12 * variance + 1e-15, "{} {}", found, variance);
                }
                if let Ok(interval) = got.interval(Confidence::P95) {
                    prop_assert!(interval.contains(got.share) && interval.low > 0.0 && interval.high < 1.0);
                }
            }
        }

        #[test]
        fn the_covariance_matrix_gives_the_same_variance_as_the_composite(rows in rows()) {
            let counts = of(&rows);
            let all_answered = counts.items().iter().all(|item| item.trials() > 0);
            if let (true, Some(matrix)) = (all_answered, covariance(&counts)) {
                let weights = mean_of_items(ITEMS).unwrap();
                let composite = combine(&counts, Combination::Weighted(&weights)).unwrap();
                let (share, variance) = matrix.contrast(&weights.shares()).unwrap();
                prop_assert!((share - composite.share).abs() < 1e-14);
                prop_assert!((variance - composite.variance.unwrap()).abs() < 1e-14);
                prop_assert_eq!(matrix.between(1, 3), matrix.between(3, 1));
            }
        }

        #[test]
        fn ten_times_the_people_narrow_the_interval(rows in rows()) {
            let mut many = of(&rows);
            let few = many.clone();
            for _ in 1..10 {
                many.merge(&few).unwrap();
            }
            let weights = mean_of_items(ITEMS).unwrap();
            let [few, many] = [few, many].map(|counts| combine(&counts, Combination::Weighted(&weights)));
            if let (Some(few), Some(many)) = (few, many)
                && let (Ok(wide), Ok(narrow)) = (few.interval(Confidence::P95), many.interval(Confidence::P95))
            {
                prop_assert!(narrow.width() < wide.width());
            }
        }
    }

    #[test]
    fn a_composite_of_one_item_is_its_share_with_the_sample_variance() {
        let counts = JointCounts::new(200, vec![Count::new(180, 200).unwrap()], vec![]).unwrap();
        let weights = mean_of_items(1).unwrap();
        for combination in [Combination::Weighted(&weights), Combination::Pooled] {
            let composite = combine(&counts, combination).unwrap();
            assert!((composite.share - 0.9).abs() < 1e-15);
            assert!((composite.variance.unwrap() - 0.09 / 199.0).abs() < 1e-18);
        }
    }

    #[test]
    fn a_share_among_respondents_who_partly_skipped_it_has_the_variance_r_gives() {
        // R survey 4.5, one stratum of 90 persons, 88 with an answer; R's variance is for a stratum of 900.
        let counts = JointCounts::new(90, vec![Count::new(67, 88).unwrap()], vec![]).unwrap();
        let composite = combine(&counts, Combination::Weighted(&mean_of_items(1).unwrap())).unwrap();
        let with_replacement = 0.001_879_061_927_544_553_8 / (1.0 - 90.0 / 900.0);
        assert!((composite.variance.unwrap() / with_replacement - 1.0).abs() < 1e-13);
    }

    #[test]
    fn an_item_nobody_answered_leaves_and_is_counted() {
        let row = |first, second| vec![first, second, Answer::Absent];
        let rows = [row(Answer::Satisfied, Answer::Unsatisfied), row(Answer::Satisfied, Answer::Satisfied)];
        let weights = Weights::new(vec![1.0, 1.0, 2.0]).unwrap();
        let composite = combine(&of(&rows), Combination::Weighted(&weights)).unwrap();
        assert!((composite.share - 0.75).abs() < 1e-15);
        assert_eq!((composite.items, composite.missing_items), (2, 1));
        let matrix = covariance(&of(&rows)).unwrap();
        assert_eq!(matrix.between(0, 2), None);
        assert_eq!(matrix.contrast(&[1.0, 0.0, -1.0]), None);
        assert!(matrix.contrast(&[1.0, -1.0, 0.0]).is_some());
    }

    #[test]
    fn no_answers_no_composite_and_every_missing_interval_has_its_reason() {
        let weights = mean_of_items(2).unwrap();
        let reason = |rows: &[Vec<Answer>]| {
            combine(&of(rows), Combination::Weighted(&weights)).unwrap().interval(Confidence::P95).unwrap_err()
        };
        let [good, bad, mixed] = [
            vec![Answer::Satisfied, Answer::Satisfied],
            vec![Answer::Unsatisfied, Answer::Unsatisfied],
            vec![Answer::Satisfied, Answer::Unsatisfied],
        ];
        assert_eq!(combine(&JointCounts::empty(2), Combination::Weighted(&weights)), None);
        assert_eq!(combine(&of(std::slice::from_ref(&good)), Combination::Weighted(&mean_of_items(3).unwrap())), None);
        assert_eq!(reason(std::slice::from_ref(&mixed)), NoInterval::TooFewAnswers);
        assert_eq!(reason(&[good.clone(), good]), NoInterval::ShareAtEnd);
        assert_eq!(reason(&[bad.clone(), bad]), NoInterval::ShareAtEnd);
        assert_eq!(reason(&[mixed.clone(), mixed]), NoInterval::NoVariation);
    }
}
