//! Scoring: the tallies of one edition become estimates of items, factors and composite.

use super::census::surveyed;
use super::estimate::{Estimate, Judgement, Method, Source, Statistic, What, Withheld};
use super::target::{Comparison, Target, TargetValue};
use super::verdict::{Basis, FEWEST_PUBLISHED, Verdict, judge};
use crate::questionnaire::{Aggregation, Edition, Item, ItemTally, Tally};
use crate::statistics::{
    Combination, Composite, Confidence, Count, Interval, JointCounts, NumberSums, PairCount, Reach, Share, Weights,
    asymptotic_sequence, beta_binomial_sequence, combine, mean_of_factors, mean_of_items, more_answers_for_composite,
    more_answers_for_count, running_average_sequence,
};
use crate::words::{Level, Measure};

const CONFIDENCE: Confidence = Confidence::P95;
/// Precision of ratings received is no margin of error for all citizens (AAPOR).
const NOT_A_MARGIN: &str = "precision of the ratings received; not a margin of error for all citizens";
const APPROXIMATE: &str = "the interval of a running composite is approximate";
const UNANIMOUS: &str = "all answers agree: a composite has no interval then";

/// Whether a period still runs. While it does, the interval may be looked at every day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodState {
    /// Answers may still come.
    Running,
    /// It has ended.
    Closed,
    /// It moves on with the days, so that a service may change within it and it is looked at again and again: the interval
    /// holds for the average of the period, however often one looks.
    Rolling,
}

/// The counts of one source, with what they are held against.
#[derive(Debug, Clone, Copy)]
pub struct Figure<'a> {
    /// Edition.
    pub edition: &'a Edition,
    /// Counts.
    pub tally: &'a Tally,
    /// Which answers they are.
    pub source: Source,
    /// Whether the period still runs.
    pub state: PeriodState,
    /// Targets in force for shares and for minutes.
    pub targets: &'a [&'a Target],
    /// Transactions of the period, where they are known.
    pub transactions: Option<u64>,
}

/// Estimates of the composite, of factors of more than one item, of every rated item and of every number.
pub fn score(figure: &Figure<'_>) -> Vec<Estimate> {
    let mut estimates = vec![composite(figure, What::Composite, figure.edition.aggregation(), None)];
    for (place, factor) in figure.edition.factors().iter().enumerate().filter(|(_, factor)| factor.criteria.len() > 1) {
        let what = What::Factor(factor.code.clone());
        estimates.push(composite(figure, what, &Aggregation::MeanOfItems, Some((place, &factor.criteria))));
    }
    for (number, item) in figure.edition.numbered() {
        let Some(counts) = figure.tally.item(number) else { continue };
        estimates.push(match item {
            Item::Rating(rating) => {
                let count = Count::new(whole(counts.at(&rating.satisfied)), whole(counts.answered()));
                share(figure, What::Item(rating.code.clone()), count.unwrap_or_default())
            }
            Item::Number(given) => mean(figure, What::Item(given.code.clone()), counts),
            Item::Choice(_) | Item::Comment(_) => continue,
        });
    }
    estimates.into_iter().map(|estimate| surveyed(figure, estimate)).collect()
}

/// The share of each option of each choice that is not sensitive, among those who answered it. No target speaks of options.
pub fn options(figure: &Figure<'_>) -> Vec<Estimate> {
    let apart = Figure { targets: &[], ..*figure };
    let choices = figure.edition.numbered().filter_map(|(number, item)| match item {
        Item::Choice(choice) if !choice.sensitive => Some((number, choice)),
        _ => None,
    });
    choices
        .flat_map(|(number, choice)| {
            let answering = whole(figure.tally.answering(number));
            let counts = figure.tally.item(number).copied().unwrap_or_default();
            choice.options.iter().map(move |option| {
                let what = What::Option(format!("{}={}", choice.code, option.number));
                let count = Count::new(whole(counts.at(&[option.number])), answering);
                share(&apart, what, count.unwrap_or_default())
            })
        })
        .collect()
}

/// The estimate of the composite alone.
pub fn overall(figure: &Figure<'_>) -> Estimate {
    surveyed(figure, composite(figure, What::Composite, figure.edition.aggregation(), None))
}

fn whole(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn basis(source: Source, edition: &Edition) -> Basis {
    match source {
        Source::Level(Level::A) => Basis::Sample,
        Source::Level(Level::B | Level::C) => Basis::Respondents,
        Source::Level(Level::D) => Basis::Open,
        Source::Headline => match edition.headline_levels() {
            levels if levels.contains(&Level::D) => Basis::Open,
            [Level::A] => Basis::Sample,
            _ => Basis::Respondents,
        },
    }
}

/// An estimate without its number yet.
fn blank(figure: &Figure<'_>, what: What, statistic: Statistic, n: u64) -> Estimate {
    let basis = basis(figure.source, figure.edition);
    Estimate {
        what,
        statistic,
        source: figure.source,
        basis,
        n,
        estimate: None,
        se: None,
        df: None,
        n_effective: None,
        intervals: Vec::new(),
        withheld: (n < FEWEST_PUBLISHED).then_some(Withheld::Few),
        judgements: Vec::new(),
        response_ratio: None,
        bounds: None,
        warnings: if basis == Basis::Sample { Vec::new() } else { vec![NOT_A_MARGIN] },
    }
}

/// A count: exact limits when the period is closed, a confidence sequence while it runs, Wilson beside both.
fn share(figure: &Figure<'_>, what: What, count: Count) -> Estimate {
    let mut estimate = blank(figure, what, Statistic::Share, count.trials());
    estimate.estimate = count.share();
    estimate.df = count.trials().checked_sub(1).filter(|df| *df > 0).map(real);
    if let (Some(p), Some(df)) = (count.share(), estimate.df) {
        estimate.se = Some((p * (1.0 - p) / df).sqrt());
        estimate.n_effective = Some(effective(p, estimate.se, count.trials()));
    }
    let deciding = match figure.state {
        PeriodState::Running => {
            beta_binomial_sequence(count, CONFIDENCE).map(|sequence| (Method::BetaBinomialSequence, sequence.interval))
        }
        PeriodState::Closed => count.clopper_pearson(CONFIDENCE).map(|interval| (Method::ClopperPearson, interval)),
        PeriodState::Rolling => count.share().and_then(Share::new).and_then(|mean| rolling(mean, count.trials())),
    };
    estimate.intervals.extend(deciding);
    estimate.intervals.extend(count.wilson(CONFIDENCE).map(|interval| (Method::Wilson, interval)));
    finish(figure, estimate, |target| more_answers_for_count(count, target, CONFIDENCE))
}

/// A composite: logit t when the period is closed, the asymptotic sequence while it runs. Of one item it is that item.
fn composite(
    figure: &Figure<'_>,
    what: What,
    aggregation: &Aggregation,
    factor: Option<(usize, &[String])>,
) -> Estimate {
    let edition = figure.edition;
    let chosen: Vec<(usize, usize)> = edition
        .ratings()
        .enumerate()
        .filter(|(_, (_, rating))| factor.map_or(!rating.beside, |(_, codes)| codes.contains(&rating.code)))
        .map(|(rank, (number, _))| (rank + 1, number))
        .collect();
    let counts: Vec<Count> = chosen
        .iter()
        .map(|(_, number)| {
            let (satisfied, answered) = figure.tally.satisfied(edition, *number).unwrap_or_default();
            Count::new(whole(satisfied), whole(answered)).unwrap_or_default()
        })
        .collect();
    let answered: Vec<Count> = counts.iter().copied().filter(|count| count.trials() > 0).collect();
    if let [only] = answered.as_slice() {
        return share(figure, what, *only);
    }
    let respondents = respondents(figure, &chosen, &counts, factor.map(|(place, _)| place));
    let mut estimate = blank(figure, what, Statistic::Share, respondents);
    let Some(combined) = combined(figure, &chosen, counts, respondents, aggregation, factor.is_some()) else {
        return finish(figure, estimate, |_| None);
    };
    estimate.estimate = Some(combined.share);
    estimate.df = Some(combined.df()).filter(|df| *df > 0.0);
    estimate.se = combined.variance.map(f64::sqrt);
    estimate.n_effective = Some(effective(combined.share, estimate.se, respondents));
    let interval = match figure.state {
        PeriodState::Closed => combined.interval(CONFIDENCE).map(|interval| (Method::Xlogit, interval)),
        PeriodState::Running => {
            estimate.warnings.push(APPROXIMATE);
            running(&combined).map(|interval| (Method::AsymptoticSequence, interval))
        }
        // A respondent's share of satisfied answers lies in 0..1 like a single answer.
        PeriodState::Rolling => Share::new(combined.share)
            .filter(|_| combined.unit_variance().is_some_and(|variance| variance > 0.0))
            .and_then(|share| rolling(share, respondents))
            .ok_or(crate::statistics::NoInterval::NoVariation),
    };
    if let Ok(interval) = interval {
        estimate.intervals.push(interval);
    } else {
        estimate.withheld = estimate.withheld.or(Some(Withheld::NoInterval));
        estimate.warnings.push(UNANIMOUS);
    }
    let unit_variance = combined.unit_variance().unwrap_or_default();
    finish(figure, estimate, |target| {
        more_answers_for_composite(Share::new(combined.share)?, unit_variance, respondents, target, CONFIDENCE)
    })
}

fn running(combined: &Composite) -> Result<Interval, crate::statistics::NoInterval> {
    let none = crate::statistics::NoInterval::TooFewAnswers;
    let share = Share::new(combined.share).ok_or(none)?;
    let variance = combined.unit_variance().ok_or(none)?;
    // At a share of 0 or 1 there is no variance to build on, running or closed.
    asymptotic_sequence(share, variance, combined.respondents, CONFIDENCE).map(|sequence| sequence.interval)
}

/// The sequence for the average of a period within which a service may change.
fn rolling(mean: Share, n: u64) -> Option<(Method, Interval)> {
    running_average_sequence(mean, n, CONFIDENCE).map(|sequence| (Method::RunningAverageSequence, sequence.interval))
}

/// Forms with at least one answer to these items. Of the index and of factors of more items the tally counts them; of a factor
/// of two items they follow from the pair.
fn respondents(figure: &Figure<'_>, chosen: &[(usize, usize)], counts: &[Count], factor: Option<usize>) -> u64 {
    let most = counts.iter().map(|count| count.trials()).max().unwrap_or(0);
    let counted = match factor {
        None => figure.tally.items.first().map_or(0, |forms| whole(forms.answered())),
        Some(place) => figure.tally.factors.get(place).map_or(0, |forms| whole(*forms)),
    };
    if factor.is_none() || counted > 0 {
        return counted.max(most);
    }
    let numbered: Vec<(&Count, usize)> = counts.iter().zip(chosen.iter().map(|(rank, _)| *rank)).collect();
    let mut forms = most;
    for (at, (first, rank)) in numbered.iter().enumerate() {
        for (second, other) in numbered.iter().skip(at + 1) {
            let both = figure.tally.pair(figure.edition, *rank, *other).map_or(0, |pair| whole(pair.both));
            forms = forms.max((first.trials() + second.trials()).saturating_sub(both));
        }
    }
    forms
}

fn combined(
    figure: &Figure<'_>,
    chosen: &[(usize, usize)],
    counts: Vec<Count>,
    respondents: u64,
    aggregation: &Aggregation,
    is_factor: bool,
) -> Option<Composite> {
    let mut pairs = Vec::new();
    for (at, (first, _)) in chosen.iter().enumerate() {
        for (second, _) in chosen.iter().skip(at + 1) {
            let pair = figure.tally.pair(figure.edition, *first, *second)?;
            pairs.push(PairCount {
                both: whole(pair.both),
                first: whole(pair.both_first),
                second: whole(pair.both_second),
                satisfied: whole(pair.satisfied_both),
            });
        }
    }
    let items = counts.len();
    let joint = JointCounts::new(respondents, counts, pairs).ok()?;
    match aggregation {
        Aggregation::PooledAnswers => combine(&joint, Combination::Pooled),
        Aggregation::MeanOfItems => combine(&joint, Combination::Weighted(&mean_of_items(items)?)),
        _ if is_factor => combine(&joint, Combination::Weighted(&mean_of_items(items)?)),
        Aggregation::MeanOfFactors => {
            let equal = equal_factors(figure.edition)?;
            combine(&joint, Combination::Weighted(&Weights::new(equal).ok()?))
        }
        Aggregation::Weighted(weights) => {
            let share = |code: &str| weights.iter().find(|weight| weight.factor == code).map_or(0.0, |w| w.weight);
            let own = item_weights(figure.edition, share);
            combine(&joint, Combination::Weighted(&Weights::new(own).ok()?))
        }
    }
}

/// Weights of the items when every factor weighs the same.
fn equal_factors(edition: &Edition) -> Option<Vec<f64>> {
    let factors: Vec<usize> =
        edition.index_ratings().map(|(_, rating)| factor_of(edition, &rating.code)).collect::<Option<_>>()?;
    mean_of_factors(&factors).map(|weights| weights.shares())
}

fn factor_of(edition: &Edition, code: &str) -> Option<usize> {
    edition.factors().iter().position(|factor| factor.criteria.iter().any(|criterion| criterion == code))
}

/// Weights of the items when each factor has its own.
fn item_weights(edition: &Edition, weight: impl Fn(&str) -> f64) -> Vec<f64> {
    let of = |code: &str| {
        let factor = edition.factors().get(factor_of(edition, code)?)?;
        let items = u64::try_from(factor.criteria.len()).ok().filter(|items| *items > 0)?;
        Some(weight(&factor.code) / real(items))
    };
    edition.index_ratings().map(|(_, rating)| of(&rating.code).unwrap_or(0.0)).collect()
}

/// The mean of a number: t when the period is closed, the asymptotic sequence while it runs.
fn mean(figure: &Figure<'_>, what: What, counts: &ItemTally) -> Estimate {
    let mut estimate = blank(figure, what, Statistic::Mean, whole(counts.answered()));
    let sums = NumberSums::new(whole(counts.answered()), counts.sum, i128::from(counts.sum_squares));
    if let Ok(sums) = sums {
        estimate.estimate = sums.mean();
        estimate.se = sums.standard_error();
        estimate.df = sums.n().checked_sub(1).filter(|df| *df > 0).map(real);
        let interval = match figure.state {
            PeriodState::Closed => sums.interval(CONFIDENCE).ok().map(|interval| (Method::Mean, interval)),
            PeriodState::Running | PeriodState::Rolling => {
                running_mean(&sums, figure.edition, &estimate.what, figure.state)
            }
        };
        match interval {
            Some(interval) => estimate.intervals.push(interval),
            None => estimate.withheld = estimate.withheld.or(Some(Withheld::NoInterval)),
        }
    }
    finish(figure, estimate, |_| None)
}

/// The sequence of a mean between the item's smallest and largest number, on the scale from 0 to 1.
fn running_mean(sums: &NumberSums, edition: &Edition, what: &What, state: PeriodState) -> Option<(Method, Interval)> {
    let Some(Item::Number(number)) = edition.item(what.code()) else { return None };
    let (low, width) = (f64::from(number.min), f64::from(number.max) - f64::from(number.min));
    let share = Share::new((sums.mean()? - low) / width)?;
    let se = sums.standard_error()? / width;
    let (method, limits) = if state == PeriodState::Rolling {
        rolling(share, sums.n())?
    } else {
        let variance = se * se * real(sums.n());
        let sequence = asymptotic_sequence(share, variance, sums.n(), CONFIDENCE).ok()?;
        (Method::AsymptoticSequence, sequence.interval)
    };
    let back = |limit: f64| low + limit * width;
    Some((method, Interval { low: back(limits.low), high: back(limits.high) }))
}

/// Adds what follows from the estimate: reach, bounds, and a judgement for each target that speaks of it.
fn finish(figure: &Figure<'_>, mut estimate: Estimate, needed: impl Fn(Share) -> Option<u64>) -> Estimate {
    let reach = Reach::of(estimate.n, figure.transactions);
    estimate.response_ratio = reach.ratio();
    let share = estimate.estimate.filter(|_| estimate.statistic == Statistic::Share).and_then(Share::new);
    estimate.bounds = share.and_then(|share| reach.bounds(share));
    let speaks = |target: &&&Target| match estimate.statistic {
        Statistic::Share => target.value == TargetValue::Percent,
        Statistic::Mean => target.value == TargetValue::Minutes && target.measures.contains(&Measure::Minutes),
    };
    estimate.judgements = figure
        .targets
        .iter()
        .filter(speaks)
        .filter_map(|target| {
            let threshold = target.threshold?;
            let verdict = judge(estimate.interval(), estimate.n, target.comparison, threshold, || {
                Share::new(threshold).and_then(&needed).filter(|more| *more > 0)
            });
            let break_even = share.zip(Share::new(threshold)).and_then(|(p, t)| reach.break_even(p, t));
            Some(Judgement {
                threshold,
                comparison: target.comparison,
                value: target.value,
                citation: target.citation.clone(),
                verdict: verdict.filter(|_| estimate.basis != Basis::Open),
                estimate_reaches: estimate.estimate.and_then(|p| reaches(p, target.comparison, threshold)),
                break_even,
            })
        })
        .collect();
    if estimate.withheld == Some(Withheld::NoInterval) && estimate.basis != Basis::Open {
        for judgement in &mut estimate.judgements {
            judgement.verdict = judgement.verdict.map(|_| Verdict::NotPublishable);
        }
    }
    estimate
}

/// The administrative reading.
fn reaches(estimate: f64, comparison: Comparison, threshold: f64) -> Option<bool> {
    match comparison {
        Comparison::AtLeast => Some(estimate >= threshold),
        Comparison::MoreThan => Some(estimate > threshold),
        Comparison::AtMost => Some(estimate <= threshold),
        Comparison::Rises => None,
    }
}

/// p(1 − p)/se², at most n; n where the share is 0 or 1.
fn effective(share: f64, se: Option<f64>, n: u64) -> f64 {
    match se.filter(|se| *se > 0.0) {
        Some(se) => (share * (1.0 - share) / (se * se)).min(real(n)),
        None => real(n),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers lie far below 2^53")]
fn real(n: u64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{Answer, embedded};

    fn edition() -> Edition {
        embedded().unwrap().into_iter().find(|edition| edition.code() == "counter").unwrap()
    }

    fn figure<'a>(edition: &'a Edition, tally: &'a Tally, level: Level, targets: &'a [&'a Target]) -> Figure<'a> {
        let source = Source::Level(level);
        Figure { edition, tally, source, state: PeriodState::Closed, targets, transactions: None }
    }

    fn target(threshold: f64) -> Target {
        Target {
            measures: vec![Measure::Counter],
            field: crate::words::FieldId::NONE,
            unit: crate::words::UnitId(1),
            year_from: 2026,
            year_to: None,
            threshold: Some(threshold),
            value: TargetValue::Percent,
            comparison: Comparison::AtLeast,
            citation: String::new(),
            issuer: String::new(),
        }
    }

    /// `n` forms; the i-th answers item c unless i + c is a multiple of `skip`, and is satisfied unless i is one of `bad`.
    fn tally(edition: &Edition, n: usize, skip: usize, bad: usize) -> Tally {
        let mut tally = Tally::empty(edition);
        for i in 0..n {
            let level = |c: usize| match (i + c) % skip {
                0 => Answer::Blank,
                _ if (i + c).is_multiple_of(bad) => Answer::Level(2),
                _ => Answer::Level(4),
            };
            let mut answers: Vec<Answer> = (0..5).map(level).collect();
            answers.push(Answer::Number(u16::try_from(i % 40).unwrap()));
            tally.add_answers(edition, &answers);
        }
        tally
    }

    fn of<'a>(estimates: &'a [Estimate], code: &str) -> &'a Estimate {
        estimates.iter().find(|estimate| estimate.what.code() == code).unwrap()
    }

    #[test]
    fn items_answered_by_different_people_still_make_a_factor_and_a_composite() {
        let edition = edition();
        let tally = tally(&edition, 300, 4, 9);
        let estimates = score(&figure(&edition, &tally, Level::B, &[]));
        for code in ["composite", "access", "result"] {
            let estimate = of(&estimates, code);
            assert!(estimate.estimate.is_some() && estimate.interval().is_some(), "{code}: {estimate:?}");
        }
        // Two neighbouring items leave out different forms: together every form answered one of them.
        assert_eq!((of(&estimates, "access").n, of(&estimates, "reception").n), (300, 225));
        assert_eq!(of(&estimates, "composite").n, 300);
    }

    #[test]
    fn a_composite_of_one_item_is_that_item_with_its_exact_interval() {
        let edition = edition();
        let mut tally = Tally::empty(&edition);
        for i in 0..200 {
            let mut answers = vec![Answer::Blank; 6];
            answers[2] = Answer::Level(if i < 180 { 5 } else { 3 });
            tally.add_answers(&edition, &answers);
        }
        let targets = [target(0.8), target(0.95)];
        let targets: Vec<&Target> = targets.iter().collect();
        let estimates = score(&figure(&edition, &tally, Level::B, &targets));
        let (composite, attitude) = (of(&estimates, "composite"), of(&estimates, "attitude"));
        assert_eq!(composite.intervals, attitude.intervals);
        assert_eq!(composite.intervals[0].0, Method::ClopperPearson);
        let verdicts: Vec<_> = composite.judgements.iter().map(|j| j.verdict.unwrap().word()).collect();
        assert_eq!(verdicts, ["met", "not_met"]);
    }

    #[test]
    fn open_feedback_carries_no_verdict_and_still_its_interval() {
        let edition = edition();
        let tally = tally(&edition, 300, 7, 9);
        let target = target(0.5);
        let estimates = score(&figure(&edition, &tally, Level::D, &[&target]));
        for estimate in estimates.iter().filter(|estimate| estimate.statistic == Statistic::Share) {
            assert_eq!(estimate.basis, Basis::Open);
            assert_eq!(estimate.judgements[0].verdict, None);
            assert!(estimate.interval().is_some());
        }
    }

    #[test]
    fn a_running_period_is_judged_by_a_sequence_that_is_wider() {
        let edition = edition();
        let tally = tally(&edition, 300, 7, 9);
        let closed = score(&figure(&edition, &tally, Level::B, &[]));
        let running = score(&Figure { state: PeriodState::Running, ..figure(&edition, &tally, Level::B, &[]) });
        for (closed, running) in closed.iter().zip(&running) {
            let (narrow, wide) = (closed.interval().unwrap(), running.interval().unwrap());
            assert!(wide.low < narrow.low && wide.high > narrow.high, "{}", closed.what.code());
        }
        assert_eq!(of(&running, "attitude").intervals[0].0, Method::BetaBinomialSequence);
        assert_eq!(of(&running, "composite").intervals[0].0, Method::AsymptoticSequence);
    }

    #[test]
    fn few_answers_are_not_publishable_and_unanimity_has_no_composite_interval() {
        let edition = edition();
        let target = target(0.8);
        let few = tally(&edition, 5, 7, 9);
        let estimates = score(&figure(&edition, &few, Level::B, &[&target]));
        assert_eq!(of(&estimates, "attitude").judgements[0].verdict, Some(Verdict::NotPublishable));
        let unanimous = tally(&edition, 200, 1_000, 1_000);
        let estimates = score(&figure(&edition, &unanimous, Level::B, &[&target]));
        assert_eq!(of(&estimates, "time").judgements[0].verdict, Some(Verdict::Met));
    }
}
