//! Importance and performance of the rated items of a form, from counts alone: which items go with satisfaction with the
//! others, and how many are satisfied with them. Association, not cause.

use super::estimate::What;
use super::score::{Figure, score};
use crate::questionnaire::PairTally;
use crate::statistics::{Interval, normal_quantile};

/// Answers to two items together below which nothing is said.
const FEWEST: i64 = 30;
/// Items below which there is nothing to compare.
const FEWEST_ITEMS: usize = 3;

/// Where an item stands (Martilla & James 1977).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Corner {
    /// Goes with the others, few are satisfied: improve first.
    First,
    /// Goes with the others, many are satisfied: keep.
    Keep,
    /// Hardly goes with the others, few are satisfied: watch.
    Watch,
    /// Hardly goes with the others, many are satisfied: less urgent.
    Less,
}

/// An item between importance and performance.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Code of the item.
    pub item: String,
    /// Part that is satisfied, with the interval that is shown for it, between 0 and 1.
    pub performance: (f64, Interval),
    /// Correlation of "satisfied with this item" with the share of the others satisfied, with its interval at 95 %.
    pub importance: (f64, Interval),
    /// Where that puts it; `None` where one of the intervals holds the mean of all items: it cannot be told.
    pub corner: Option<Corner>,
}

/// All items of a form with the means between the corners.
#[derive(Debug, Clone, PartialEq)]
pub struct Importance {
    /// The items of the index in their order.
    pub items: Vec<Placed>,
    /// Mean performance of the items.
    pub mean_performance: f64,
    /// Mean importance of the items.
    pub mean_importance: f64,
}

/// Code, performance and importance of an item.
type Found = (String, (f64, Interval), (f64, Interval));

/// Importance and performance of a figure with pairs; `None` where an item may not be shown, fewer than 30 answered two items
/// together, all agree on an item, or there are fewer than three items.
///
/// The correlation is that of Pearson, from covariances of each two items among those who answered both; its interval is
/// Fisher's, with the fewest who answered two items together. Its ends are approximate: satisfied is yes or no.
pub fn importance(figure: &Figure<'_>) -> Option<Importance> {
    let items: Vec<(usize, usize, &str)> = figure
        .edition
        .ratings()
        .enumerate()
        .filter(|(_, (_, rating))| !rating.beside)
        .map(|(place, (number, rating))| (place + 1, number, rating.code.as_str()))
        .collect();
    if items.len() < FEWEST_ITEMS {
        return None;
    }
    let ranks: Vec<(usize, usize)> = items.iter().map(|(rank, number, _)| (*rank, *number)).collect();
    let joint = Joint::of(figure, &ranks)?;
    let estimates = score(figure);
    let found: Vec<Found> = items
        .iter()
        .enumerate()
        .map(|(place, (_, _, code))| {
            let estimate = estimates.iter().find(|known| matches!(&known.what, What::Item(item) if item == code))?;
            let (_, interval) = estimate.intervals.first().filter(|_| estimate.withheld.is_none())?;
            Some(((*code).to_owned(), (estimate.estimate?, *interval), joint.with_the_others(place)?))
        })
        .collect::<Option<_>>()?;
    Some(placed(found))
}

fn placed(found: Vec<Found>) -> Importance {
    let count = number(i64::try_from(found.len()).unwrap_or(i64::MAX));
    let mean_performance = found.iter().map(|(_, performance, _)| performance.0).sum::<f64>() / count;
    let mean_importance = found.iter().map(|(_, _, importance)| importance.0).sum::<f64>() / count;
    let items = found.into_iter().map(|(item, performance, importance)| {
        let corner = match (side(performance.1, mean_performance), side(importance.1, mean_importance)) {
            (Some(false), Some(true)) => Some(Corner::First),
            (Some(true), Some(true)) => Some(Corner::Keep),
            (Some(false), Some(false)) => Some(Corner::Watch),
            (Some(true), Some(false)) => Some(Corner::Less),
            _ => None,
        };
        Placed { item, performance, importance, corner }
    });
    Importance { items: items.collect(), mean_performance, mean_importance }
}

/// Whether an interval lies above a mean; `None` where it holds it.
fn side(interval: Interval, mean: f64) -> Option<bool> {
    if interval.low > mean {
        Some(true)
    } else if interval.high < mean {
        Some(false)
    } else {
        None
    }
}

/// Covariances of "satisfied" between all items.
struct Joint {
    /// By items; the variance of an item on the diagonal.
    covariances: Vec<Vec<f64>>,
    /// The fewest who answered two items together.
    fewest: i64,
}

impl Joint {
    fn of(figure: &Figure<'_>, items: &[(usize, usize)]) -> Option<Self> {
        let Figure { edition, tally, .. } = figure;
        let mut fewest = i64::MAX;
        let covariances = items.iter().map(|(rank, item)| {
            let row = items.iter().map(|(other, _)| {
                if rank == other {
                    return variance(tally.satisfied(edition, *item)?);
                }
                let pair = tally.pair(edition, *rank, *other)?;
                fewest = fewest.min(pair.both);
                covariance(pair)
            });
            row.collect::<Option<Vec<f64>>>()
        });
        let covariances = covariances.collect::<Option<Vec<_>>>()?;
        (fewest >= FEWEST).then_some(Self { covariances, fewest })
    }

    /// Correlation of an item with the sum of the others, and its interval.
    fn with_the_others(&self, place: usize) -> Option<(f64, Interval)> {
        let own = self.covariances.get(place)?;
        let with =
            |row: &Vec<f64>| -> f64 { row.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, c)| c).sum() };
        let others =
            self.covariances.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, row)| with(row)).sum::<f64>();
        let r = with(own) / (own.get(place)? * others).sqrt();
        // Covariances of different people need not belong to one table of numbers.
        if !r.is_finite() || r.abs() >= 1.0 {
            return None;
        }
        let half = normal_quantile(0.975) / number(self.fewest - 3).sqrt();
        let z = r.atanh();
        Some((r, Interval { low: (z - half).tanh(), high: (z + half).tanh() }))
    }
}

fn variance((satisfied, answered): (i64, i64)) -> Option<f64> {
    let share = number(satisfied) / number(answered);
    (answered > 0 && satisfied > 0 && satisfied < answered).then_some(share * (1.0 - share))
}

fn covariance(pair: PairTally) -> Option<f64> {
    let n = number(pair.both);
    (pair.both > 0)
        .then(|| number(pair.satisfied_both) / n - number(pair.both_first) / n * (number(pair.both_second) / n))
}

fn number(n: i64) -> f64 {
    i32::try_from(n).map_or(f64::from(i32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::super::{PeriodState, Source};
    use super::*;
    use crate::questionnaire::{Answer, Edition, Tally, embedded};
    use crate::words::Level;

    fn counter() -> Edition {
        embedded().unwrap().into_iter().find(|edition| edition.code() == "counter").unwrap()
    }

    fn of(edition: &Edition, forms: &[[u8; 5]]) -> Option<Importance> {
        let mut tally = Tally::with_pairs(edition);
        for form in forms {
            let answers: Vec<Answer> = form.iter().map(|level| Answer::Level(*level)).chain([Answer::Blank]).collect();
            tally.add_answers(edition, &answers);
        }
        let (source, state) = (Source::Level(Level::D), PeriodState::Closed);
        importance(&Figure { edition, tally: &tally, source, state, targets: &[], transactions: None })
    }

    /// Rows of a stratified sample in which all five items are answered.
    fn sample() -> Vec<[u8; 5]> {
        let text = include_str!("../../tests/reference/stats/data/strat_srs.csv");
        let rows = text.lines().skip(1).map(|line| line.split(',').skip(8).take(5));
        let level = |value: &str| value.trim_matches('"').parse().ok().filter(|level| (1..=5).contains(level));
        rows.filter_map(|row| <[u8; 5]>::try_from(row.map(level).collect::<Option<Vec<u8>>>()?).ok()).collect()
    }

    #[test]
    fn correlations_with_the_others_and_their_intervals_are_those_of_r() {
        // R: s <- (x >= 4) * 1; cor.test(s[, i], rowMeans(s[, -i])) of c01 to c05, complete cases.
        let expected = [
            (0.567_141_957_937_240, 0.475_009_654_694_154, 0.646_975_404_218_264),
            (0.475_147_619_395_508, 0.371_290_068_584_209, 0.567_262_814_017_818),
            (0.392_759_474_978_044, 0.280_550_158_709_546, 0.494_378_150_330_953),
            (0.400_134_243_540_195, 0.288_591_598_000_467, 0.500_960_988_960_000),
            (0.462_591_018_775_672, 0.357_331_265_485_430, 0.556_247_046_436_461),
        ];
        let sample = sample();
        assert_eq!(sample.len(), 242);
        let found = of(&counter(), &sample).unwrap();
        for (item, (r, low, high)) in found.items.iter().zip(expected) {
            let (found, interval) = item.importance;
            let far = (found - r).abs().max((interval.low - low).abs()).max((interval.high - high).abs());
            assert!(far < 1e-12, "{}: {far}", item.item);
        }
        let mean: f64 = expected.iter().map(|(r, ..)| r).sum::<f64>() / 5.0;
        assert!((found.mean_importance - mean).abs() < 1e-12);
    }

    #[test]
    fn a_corner_is_named_only_where_both_intervals_leave_the_mean() {
        let found = of(&counter(), &sample()).unwrap();
        for item in &found.items {
            let clears = |interval: Interval, mean: f64| !interval.contains(mean);
            let is_told =
                clears(item.performance.1, found.mean_performance) && clears(item.importance.1, found.mean_importance);
            assert_eq!(item.corner.is_some(), is_told, "{}", item.item);
        }
        // Two moods: the first four items go together, the fifth is low and goes by itself.
        let forms: Vec<[u8; 5]> = (0..2_000_u32)
            .map(|at| {
                let mood = if at % 5 == 0 { 2 } else { 5 };
                [mood, mood, mood, if at % 35 == 0 { 2 } else { 5 }, if at % 3 == 0 { 5 } else { 2 }]
            })
            .collect();
        let found = of(&counter(), &forms).unwrap();
        let corners: Vec<Option<Corner>> = found.items.iter().map(|item| item.corner).collect();
        assert_eq!(corners[0], Some(Corner::Keep), "{found:?}");
        assert_eq!(corners[4], Some(Corner::Watch), "{found:?}");
        assert_eq!(corners[3], Some(Corner::Less), "{found:?}");
    }

    #[test]
    fn few_answers_or_agreement_of_all_say_nothing() {
        let sample = sample();
        assert_eq!(of(&counter(), &sample[..29]), None);
        let agreed: Vec<[u8; 5]> = sample.iter().map(|[_, b, c, d, e]| [5, *b, *c, *d, *e]).collect();
        assert_eq!(of(&counter(), &agreed), None);
    }
}
