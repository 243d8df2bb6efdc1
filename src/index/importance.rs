//! Importance beside performance: which criteria go with the others, and how many people are satisfied with them.
//!
//! No form of the counter asks for overall satisfaction, so what a criterion is held against is the other criteria: the
//! correlation of "satisfied with this one" with the number of the others somebody is satisfied with (the corrected item-total
//! correlation of psychometrics, of answers 0 and 1), from pair counts alone. Association, never cause.

use super::{Estimate, Statistic, What};
use crate::questionnaire::{Edition, PairTally, Tally};
use crate::statistics::{Confidence, Interval, normal_quantile};

/// Answers to the rarest pair below which nothing is said.
const FEWEST: i64 = 30;
/// Criteria below which there is nothing to hold one against.
const FEWEST_CRITERIA: usize = 3;

/// One criterion between importance and performance.
#[derive(Debug, Clone, PartialEq)]
pub struct Importance {
    /// Code of the criterion.
    pub code: String,
    /// Correlation with the other criteria, -1 to 1.
    pub correlation: f64,
    /// Its interval of 95%: Fisher's z on the answers to the rarest pair, approximate.
    pub interval: Interval,
    /// Share satisfied, 0 to 1.
    pub satisfied: f64,
    /// Its interval, the one that stands beside the share everywhere.
    pub range: Interval,
    /// Answers to the rarest pair.
    pub answers: u64,
    /// Where that puts it among the criteria; `None` where an interval holds the line between two corners.
    pub corner: Option<Corner>,
}

/// A corner of the plot (Martilla & James 1977, Journal of Marketing 41). The lines are the means over the criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corner {
    /// Goes with the others, and few are satisfied: improve first.
    First,
    /// Goes with the others, and many are satisfied: keep.
    Keep,
    /// Goes little with the others, and few are satisfied: watch.
    Watch,
    /// Goes little with the others, and many are satisfied: less urgent.
    Less,
}

/// All criteria of the index with their places; empty where a pair has fewer than thirty answers, where everybody says the same
/// of a criterion, or with fewer than three of them. The shares are those of the estimates.
pub fn importance(edition: &Edition, tally: &Tally, estimates: &[Estimate]) -> Vec<Importance> {
    // The rank of a rating counts those beside the index, too.
    let rated: Vec<(usize, usize, &str)> = edition
        .ratings()
        .enumerate()
        .filter(|(_, (_, rating))| !rating.beside)
        .map(|(rank, (number, rating))| (rank + 1, number, rating.code.as_str()))
        .collect();
    if rated.len() < FEWEST_CRITERIA {
        return Vec::new();
    }
    let of = |criterion: &(usize, usize, &str)| one(edition, (tally, estimates), &rated, *criterion);
    let Some(mut found) = rated.iter().map(of).collect::<Option<Vec<Importance>>>() else { return Vec::new() };
    let mean = |value: fn(&Importance) -> f64| found.iter().map(value).sum::<f64>() / real(found.len());
    let lines = (mean(|one| one.correlation), mean(|one| one.satisfied));
    for one in &mut found {
        one.corner = corner(one, lines);
    }
    found
}

fn one(
    edition: &Edition,
    (tally, estimates): (&Tally, &[Estimate]),
    rated: &[(usize, usize, &str)],
    (rank, number, code): (usize, usize, &str),
) -> Option<Importance> {
    let others: Vec<usize> = rated.iter().map(|(other, ..)| *other).filter(|other| *other != rank).collect();
    let pair = |a: usize, b: usize| tally.pair(edition, a, b).filter(|pair| pair.both >= FEWEST);
    let with: Vec<PairTally> = others.iter().map(|other| pair(rank, *other)).collect::<Option<_>>()?;
    let together: f64 = with.iter().map(covariance).sum();
    let mut rest = 0.0;
    for (place, a) in others.iter().enumerate() {
        rest += variance(tally.satisfied(edition, rated.iter().find(|(other, ..)| other == a)?.1)?)?;
        for b in others.iter().skip(place + 1) {
            rest += 2.0 * covariance(&pair(*a, *b)?);
        }
    }
    let own = variance(tally.satisfied(edition, number)?)?;
    let correlation = together / (own * rest).sqrt();
    let n = with.iter().map(|pair| pair.both).min()?;
    let is_share =
        |one: &&Estimate| one.statistic == Statistic::Share && matches!(&one.what, What::Item(item) if item == code);
    let performance = estimates.iter().find(is_share).filter(|one| one.withheld.is_none())?;
    let is_usable = correlation.is_finite() && correlation.abs() < 1.0;
    Some(Importance {
        code: code.to_owned(),
        correlation: Some(correlation).filter(|_| is_usable)?,
        interval: fisher(correlation, whole(n)),
        satisfied: performance.estimate?,
        range: performance.interval()?,
        answers: u64::try_from(n).unwrap_or(0),
        corner: None,
    })
}

/// Where a criterion stands; nowhere while one of its intervals holds a line.
fn corner(one: &Importance, (correlation, satisfied): (f64, f64)) -> Option<Corner> {
    let clear = |interval: Interval, line: f64| match () {
        () if interval.low > line => Some(true),
        () if interval.high < line => Some(false),
        () => None,
    };
    Some(match (clear(one.interval, correlation)?, clear(one.range, satisfied)?) {
        (true, false) => Corner::First,
        (true, true) => Corner::Keep,
        (false, false) => Corner::Watch,
        (false, true) => Corner::Less,
    })
}

/// Variance of an answer that is 0 or 1; none where everybody says the same.
fn variance((satisfied, answered): (i64, i64)) -> Option<f64> {
    let share = whole(satisfied) / whole(answered);
    let variance = share * (1.0 - share);
    (answered >= FEWEST && variance > 0.0).then_some(variance)
}

/// Covariance of two such answers among those who gave both.
fn covariance(pair: &PairTally) -> f64 {
    let n = whole(pair.both);
    whole(pair.satisfied_both) / n - whole(pair.both_first) / n * (whole(pair.both_second) / n)
}

/// Fisher (1921): atanh r is nearly normal with variance 1/(n - 3).
fn fisher(correlation: f64, n: f64) -> Interval {
    let half = -normal_quantile(Confidence::P95.tail()) / (n - 3.0).sqrt();
    let z = correlation.atanh();
    Interval { low: (z - half).tanh(), high: (z + half).tanh() }
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers are far below 2^53")]
const fn whole(n: i64) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "a form has at most some hundred criteria")]
const fn real(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Figure, PeriodState, Source, score};
    use crate::questionnaire::{Answer, Item, parse};

    /// The criteria of these forms of a closed period.
    fn placed(edition: &Edition, tally: &Tally) -> Vec<Importance> {
        let (source, state) = (Source::Headline, PeriodState::Closed);
        let figure = Figure { edition, tally, source, state, targets: &[], transactions: None };
        importance(edition, tally, &score(&figure))
    }

    fn edition() -> Edition {
        parse("counter-1.toml", include_str!("../../surveys/counter-1.toml")).unwrap()
    }

    /// Forms with these levels of the five criteria.
    fn tally(edition: &Edition, forms: &[([u8; 5], u32)]) -> Tally {
        let mut tally = Tally::with_pairs(edition);
        for (levels, times) in forms {
            let mut levels = levels.iter();
            let answers: Vec<Answer> = edition
                .numbered()
                .map(|(_, item)| match item {
                    Item::Rating(_) => match levels.next() {
                        Some(0) | None => Answer::Blank,
                        Some(level) => Answer::Level(*level),
                    },
                    _ => Answer::Blank,
                })
                .collect();
            for _ in 0..*times {
                tally.add_answers(edition, &answers);
            }
        }
        tally
    }

    /// Two hundred forms: the first four criteria go together, the fifth does not.
    const FORMS: [([u8; 5], u32); 6] = [
        ([4, 4, 4, 4, 4], 100),
        ([2, 2, 2, 2, 4], 20),
        ([4, 2, 4, 2, 4], 20),
        ([2, 2, 4, 4, 2], 10),
        ([4, 4, 4, 2, 2], 20),
        ([5, 4, 4, 4, 2], 30),
    ];

    #[test]
    fn the_correlation_is_that_of_r() {
        // x <- rbind of FORMS as 0/1; sapply(1:5, function(i) cor(x[,i], rowSums(x[,-i])))
        let edition = edition();
        let found = placed(&edition, &tally(&edition, &FORMS));
        let expected = [
            0.673_202_614_379_085,
            0.655_007_537_582_85,
            0.584_705_346_204_686_2,
            0.551_075_074_419_086_5,
            -0.067_747_972_090_076_9,
        ];
        assert_eq!(found.len(), 5);
        for (one, expected) in found.iter().zip(expected) {
            assert!((one.correlation - expected).abs() < 1e-12, "{}: {}", one.code, one.correlation);
            assert!(one.interval.low < one.correlation && one.correlation < one.interval.high);
        }
    }

    #[test]
    fn a_corner_is_named_only_where_both_intervals_are_clear_of_the_lines() {
        let edition = edition();
        let few: Vec<([u8; 5], u32)> = FORMS.iter().map(|(levels, times)| (*levels, times / 4)).collect();
        let many: Vec<([u8; 5], u32)> = FORMS.iter().map(|(levels, times)| (*levels, times * 20)).collect();
        let named = |forms: &[([u8; 5], u32)]| {
            placed(&edition, &tally(&edition, forms)).iter().filter(|one| one.corner.is_some()).count()
        };
        assert!(named(&few) < named(&many) && named(&many) >= 4, "{} {}", named(&few), named(&many));
        let of = placed(&edition, &tally(&edition, &many));
        assert_eq!(of[1].corner, Some(Corner::First), "waiting goes with the others, and fewer are satisfied");
    }

    #[test]
    fn too_few_answers_and_unanimity_say_nothing() {
        let edition = edition();
        let small: Vec<([u8; 5], u32)> = FORMS.iter().map(|(levels, times)| (*levels, times / 8)).collect();
        assert!(placed(&edition, &tally(&edition, &small)).is_empty());
        let alike = [([4, 4, 4, 4, 4], 100), ([4, 2, 2, 2, 2], 50)];
        assert!(placed(&edition, &tally(&edition, &alike)).is_empty(), "nobody differs about the first");
        assert!(placed(&edition, &Tally::with_pairs(&edition)).is_empty());
    }
}
