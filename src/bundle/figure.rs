//! A figure as it is frozen, and as anybody computes it again.

use serde::{Deserialize, Serialize};

use super::publication::TargetRef;
use crate::index::{
    Basis, Comparison, Estimate, FEWEST_PUBLISHED, Method, Statistic, TargetValue, Verdict, What, item_weights, judge,
    judge_census_limits,
};
use crate::questionnaire::{Aggregation, Edition, Item, Tally};
use crate::statistics::{
    Composite, Confidence, Count, Interval, NumberSums, Share, more_answers_for_composite, more_answers_for_count,
};

const CONFIDENCE: Confidence = Confidence::P95;
/// A share from here on would be printed as everybody, and below its counterpart as nobody.
const READS_AS_ALL: f64 = 0.9995;
const READS_AS_NONE: f64 = 0.0005;
/// How far a decimal of twelve digits may be from the number computed again: rounding on both sides.
const CLOSE: f64 = 2e-12;

/// How much of a figure is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// All of it.
    Shown,
    /// Nothing, not even how many answers: they are too few, or others that are too few could be found out from it.
    Suppressed,
    /// Everybody is satisfied, or nearly: "at least 95%".
    AtLeast95,
    /// Nobody is, or hardly anybody: "at most 5%".
    AtMost5,
    /// There is no interval, and a figure never stands without one.
    NoInterval,
}

/// A frozen figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// `composite`, the code of a factor, or the code of an item.
    pub what: String,
    /// composite, factor or item.
    pub kind: String,
    /// share or mean.
    pub statistic: String,
    /// How much of it is published.
    pub state: State,
    /// sample, census, respondents or open.
    pub basis: String,
    /// Answers; of a composite, people.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<u64>,
    /// Satisfied answers, of a share that is a plain count.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub satisfied: Option<u64>,
    /// Answers at each level of an item, in order.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub levels: Option<Vec<u64>>,
    /// Forms that left the item open, and to which it did not apply, where each is none or enough to be told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub absent: Option<(u64, u64)>,
    /// Sum and sum of squares, of a mean.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sums: Option<(i64, i64)>,
    /// All satisfied answers over all answers, of a composite that pools them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pooled: Option<(u64, u64)>,
    /// The cross sum of a composite: its variance, n / (n − 1) · Σ Z².
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub variance: Option<String>,
    /// What the items that are not shown add to a composite, together.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hidden: Option<String>,
    /// The estimate.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub estimate: Option<String>,
    /// Limits of the interval that decides.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interval: Option<(String, String)>,
    /// How the interval was computed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub method: Option<String>,
    /// Against each target that concerns it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub verdicts: Vec<FrozenVerdict>,
}

/// A figure against a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenVerdict {
    /// Place of the target in the list of the publication, from 0.
    pub target: usize,
    /// met, not_met, undetermined or not_publishable; none for open feedback.
    pub verdict: Option<String>,
    /// How many more answers would settle it if the estimate stays.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answers_needed: Option<u64>,
}

/// A decimal of twelve digits.
pub(super) fn decimal(value: f64) -> String {
    format!("{value:.12}")
}

fn exact(value: f64) -> String {
    format!("{value:.17e}")
}

/// Freezes the estimates of one group, the composite first. `hides` names items that are suppressed to protect others,
/// `target` finds the place of a target in the list of the publication.
pub fn freeze(
    edition: &Edition,
    estimates: &[Estimate],
    hides: impl Fn(&What) -> bool,
    mut target: impl FnMut(&TargetRef) -> usize,
) -> Vec<Frozen> {
    let hidden = hidden_items(edition, estimates, hides);
    let figures = estimates.iter().filter(|one| one.n > 0 && one.estimate.is_some());
    figures.map(|one| frozen(edition, one, estimates, &hidden, &mut target)).collect()
}

/// Adds the answers by level to items that are shown, from the counts of their group.
pub fn distribute(figures: &mut [Frozen], edition: &Edition, tally: &Tally) {
    for figure in figures.iter_mut().filter(|one| one.state == State::Shown && one.kind == "item") {
        let Some(Item::Rating(rating)) = edition.item(&figure.what) else { continue };
        let Some(counts) = edition.number_of(&figure.what).and_then(|number| tally.item(number)) else { continue };
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        figure.levels = Some(counts.levels.iter().take(rating.scale.levels.len()).map(|n| count(*n)).collect());
        let absent = (count(counts.blank), count(counts.not_applicable));
        let is_told = |n: u64| n == 0 || n >= FEWEST_PUBLISHED;
        figure.absent = (is_told(absent.0) && is_told(absent.1)).then_some(absent);
    }
}

/// The items that are not shown: those that have to be hidden, and where it would be one alone in a composite, the smallest of
/// the others with it, since one alone could be solved for.
fn hidden_items(edition: &Edition, estimates: &[Estimate], hides: impl Fn(&What) -> bool) -> Vec<What> {
    let few = |one: &&Estimate| one.n > 0 && (one.n < FEWEST_PUBLISHED || hides(&one.what));
    let items = || estimates.iter().filter(|one| matches!(one.what, What::Item(_)));
    let mut hidden: Vec<What> = items().filter(few).map(|one| one.what.clone()).collect();
    for composite in estimates.iter().filter(|one| !matches!(one.what, What::Item(_) | What::Option(_))) {
        let codes: Vec<String> = item_weights(edition, &composite.what).into_iter().map(|(code, _)| code).collect();
        let within = || items().filter(|one| one.n > 0 && codes.iter().any(|code| code == one.what.code()));
        if within().filter(|one| hidden.contains(&one.what)).count() == 1 {
            let shown = within().filter(|one| !hidden.contains(&one.what));
            hidden.extend(shown.min_by_key(|one| (one.n, one.what.clone())).map(|one| one.what.clone()));
        }
    }
    hidden
}

fn frozen(
    edition: &Edition,
    one: &Estimate,
    all: &[Estimate],
    hidden: &[What],
    target: &mut impl FnMut(&TargetRef) -> usize,
) -> Frozen {
    let kind = match one.what {
        What::Composite => "composite",
        What::Factor(_) => "factor",
        What::Item(_) | What::Option(_) => "item",
    };
    let mut frozen = Frozen {
        what: one.what.code().to_owned(),
        kind: kind.to_owned(),
        statistic: one.statistic.word().to_owned(),
        state: state(one, hidden),
        basis: one.basis.word().to_owned(),
        n: None,
        satisfied: None,
        levels: None,
        absent: None,
        sums: None,
        pooled: None,
        variance: None,
        hidden: None,
        estimate: None,
        interval: None,
        method: None,
        verdicts: Vec::new(),
    };
    let is_census = one.intervals.first().is_some_and(|(method, _)| *method == Method::Census);
    if is_census && answered(edition, &one.what, all).iter().any(|(item, _)| state(item, hidden) != State::Shown) {
        // The limits of a whole group could not be computed again without the counts of each item.
        frozen.state = State::Suppressed;
    }
    if frozen.state == State::Suppressed {
        return frozen;
    }
    frozen.n = Some(one.n);
    let (Some(estimate), Some((method, interval)), State::Shown) = (one.estimate, one.intervals.first(), frozen.state)
    else {
        return frozen;
    };
    frozen.estimate = Some(decimal(estimate));
    frozen.interval = Some((decimal(interval.low), decimal(interval.high)));
    frozen.method = Some(method.word().to_owned());
    match one.statistic {
        Statistic::Mean => frozen.sums = sums(one),
        Statistic::Share if is_count(edition, one, all) => frozen.satisfied = Some(whole(estimate, one.n)),
        Statistic::Share => {
            frozen.variance = one.se.map(|se| exact(se * se));
            if *edition.aggregation() == Aggregation::PooledAnswers && one.what == What::Composite {
                frozen.pooled = Some(pooled(edition, all));
            } else {
                frozen.hidden = contribution(edition, one, all, |item| state(item, hidden) != State::Shown).map(exact);
            }
        }
    }
    frozen.verdicts = one
        .judgements
        .iter()
        .map(|judgement| {
            let needed = match judgement.verdict {
                Some(Verdict::Undetermined { answers_needed }) => answers_needed,
                _ => None,
            };
            let of = TargetRef {
                threshold: decimal(judgement.threshold),
                value: judgement.value.word().to_owned(),
                comparison: judgement.comparison.word().to_owned(),
                citation: judgement.citation.clone(),
            };
            let verdict = judgement.verdict.map(|verdict| verdict.word().to_owned());
            FrozenVerdict { target: target(&of), verdict, answers_needed: needed }
        })
        .collect();
    frozen
}

fn state(one: &Estimate, hidden: &[What]) -> State {
    let value = one.estimate.unwrap_or_default();
    let is_share = one.statistic == Statistic::Share;
    if one.n < FEWEST_PUBLISHED || hidden.contains(&one.what) {
        State::Suppressed
    } else if is_share && value >= READS_AS_ALL {
        State::AtLeast95
    } else if is_share && value < READS_AS_NONE {
        State::AtMost5
    } else if one.intervals.is_empty() {
        State::NoInterval
    } else {
        State::Shown
    }
}

/// Whether a share is a plain count: of an item, or of a composite of which one item alone has answers.
fn is_count(edition: &Edition, one: &Estimate, all: &[Estimate]) -> bool {
    matches!(one.what, What::Item(_)) || answered(edition, &one.what, all).len() == 1
}

/// The items of a composite with answers, with their weights scaled up to one.
fn answered<'a>(edition: &Edition, what: &What, all: &'a [Estimate]) -> Vec<(&'a Estimate, f64)> {
    let weights = item_weights(edition, what);
    let of = |code: &str| all.iter().find(|one| matches!(&one.what, What::Item(own) if own == code) && one.n > 0);
    let found: Vec<(&Estimate, f64)> = weights.iter().filter_map(|(code, weight)| Some((of(code)?, *weight))).collect();
    let total: f64 = found.iter().map(|(_, weight)| weight).sum();
    found.into_iter().map(|(one, weight)| (one, weight / total)).collect()
}

fn contribution(edition: &Edition, of: &Estimate, all: &[Estimate], is: impl Fn(&Estimate) -> bool) -> Option<f64> {
    let items = answered(edition, &of.what, all);
    let those: Vec<f64> =
        items.iter().filter(|(item, _)| is(item)).map(|(item, w)| w * item.estimate.unwrap_or_default()).collect();
    (!those.is_empty()).then(|| those.iter().sum())
}

fn pooled(edition: &Edition, all: &[Estimate]) -> (u64, u64) {
    let items = answered(edition, &What::Composite, all);
    items.iter().fold((0, 0), |(satisfied, n), (item, _)| {
        (satisfied + whole(item.estimate.unwrap_or_default(), item.n), n + item.n)
    })
}

/// The count behind a share of n.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of n lies between 0 and n")]
fn whole(share: f64, n: u64) -> u64 {
    (share.clamp(0.0, 1.0) * real(n)).round() as u64
}

/// The sums behind a mean and its standard error, which are of whole numbers.
#[expect(clippy::cast_possible_truncation, reason = "minutes of the answers of a period")]
fn sums(one: &Estimate) -> Option<(i64, i64)> {
    let (mean, se) = (one.estimate?, one.se?);
    let n = real(one.n);
    let sum = (mean * n).round();
    Some((sum as i64, (se * se * n * (n - 1.0) + sum * sum / n).round() as i64))
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers lie far below 2^53")]
fn real(n: u64) -> f64 {
    n as f64
}

/// Computes a figure again from what stands beside it, and says what does not agree: expected, found.
///
/// `siblings` are the figures of its group, `people` the dossiers or members of its unit.
pub fn recompute(
    figure: &Frozen,
    siblings: &[Frozen],
    edition: &Edition,
    targets: &[TargetRef],
    people: Option<u64>,
) -> Result<(), String> {
    rules(figure)?;
    if figure.state != State::Shown {
        return Ok(());
    }
    let n = figure.n.ok_or("a figure that is shown has no number of answers")?;
    distribution(figure, edition, n)?;
    let evidence = evidence(figure, siblings, edition, n, people)?;
    close("estimate", figure.estimate.as_deref(), evidence.estimate)?;
    let (low, high) = figure.interval.as_ref().ok_or("a figure that is shown has no interval")?;
    close("lower limit", Some(low), evidence.interval.low)?;
    close("upper limit", Some(high), evidence.interval.high)?;
    for verdict in &figure.verdicts {
        let target = targets.get(verdict.target).ok_or_else(|| format!("there is no target {}", verdict.target))?;
        let computed = evidence.judged(figure, n, target)?;
        if computed != (verdict.verdict.clone(), verdict.answers_needed) {
            let said = |(verdict, needed): &(Option<String>, Option<u64>)| {
                let needed = needed.map_or(String::new(), |n| format!(" ({n} answers needed)"));
                format!("{}{needed}", verdict.as_deref().unwrap_or("no verdict"))
            };
            let published = said(&(verdict.verdict.clone(), verdict.answers_needed));
            return Err(format!(
                "verdict on target {}: {} expected, {published} found",
                verdict.target,
                said(&computed)
            ));
        }
    }
    Ok(())
}

/// The rules of small numbers, as far as the figure itself shows.
fn rules(figure: &Frozen) -> Result<(), String> {
    let has_numbers = figure.estimate.is_some()
        || figure.interval.is_some()
        || figure.satisfied.is_some()
        || figure.sums.is_some()
        || figure.levels.is_some()
        || figure.absent.is_some()
        || figure.pooled.is_some()
        || figure.variance.is_some();
    if figure.state != State::Shown && (has_numbers || !figure.verdicts.is_empty()) {
        return Err("a figure that is not shown holds numbers".to_owned());
    }
    match (figure.state, figure.n) {
        (State::Suppressed, Some(_)) => Err("a suppressed figure tells its number of answers".to_owned()),
        (State::Suppressed, None) => Ok(()),
        (_, Some(n)) if n >= FEWEST_PUBLISHED => Ok(()),
        (_, Some(n)) => Err(format!("it is of {n} answers, at least {FEWEST_PUBLISHED} expected")),
        (_, None) => Err("it has no number of answers".to_owned()),
    }
}

/// Whether the answers at each level add up to all of them, and those of the satisfied levels to the satisfied.
fn distribution(figure: &Frozen, edition: &Edition, n: u64) -> Result<(), String> {
    let Some(levels) = &figure.levels else { return Ok(()) };
    let Some(Item::Rating(rating)) = edition.item(&figure.what) else {
        return Err("it has answers by level and is no rating".to_owned());
    };
    let (all, satisfied) = (1..).zip(levels).fold((0_u64, 0_u64), |(all, satisfied), (level, count)| {
        (all.saturating_add(*count), if rating.is_satisfied(level) { satisfied + count } else { satisfied })
    });
    if levels.len() == rating.scale.levels.len() && all == n && Some(satisfied) == figure.satisfied {
        Ok(())
    } else {
        Err(format!(
            "answers by level: {all} in all and {satisfied} satisfied, {n} and {:?} expected",
            figure.satisfied
        ))
    }
}

/// What a figure was computed from, computed again.
struct Evidence {
    estimate: f64,
    interval: Interval,
    basis: From,
}

enum From {
    Count(Count),
    Composite(Share, f64),
    Mean,
    Census,
}

impl Evidence {
    fn judged(&self, figure: &Frozen, n: u64, target: &TargetRef) -> Result<(Option<String>, Option<u64>), String> {
        let bad = |_error| format!("target {:?} is none", target.threshold);
        let threshold: f64 = target.threshold.parse().map_err(|_not_a_number| bad(()))?;
        let comparison = Comparison::parse(&target.comparison).map_err(|_unknown| bad(()))?;
        let value = TargetValue::parse(&target.value).map_err(|_unknown| bad(()))?;
        let is_share = matches!(self.basis, From::Count(_) | From::Composite(..) | From::Census);
        if is_share != (value == TargetValue::Percent) {
            return Err("a target of another kind".to_owned());
        }
        if figure.basis == Basis::Open.word() {
            return Ok((None, None));
        }
        let needed = || {
            let share = Share::new(threshold)?;
            match self.basis {
                From::Count(count) => more_answers_for_count(count, share, CONFIDENCE),
                From::Composite(of, variance) => more_answers_for_composite(of, variance, n, share, CONFIDENCE),
                From::Mean | From::Census => None,
            }
            .filter(|more| *more > 0)
        };
        let verdict = match (&self.basis, Share::new(threshold)) {
            (From::Census, Some(share)) if comparison == Comparison::AtLeast => {
                Some(judge_census_limits(self.interval, n, share))
            }
            _ => judge(Some(self.interval), n, comparison, threshold, needed),
        };
        let needed = match verdict {
            Some(Verdict::Undetermined { answers_needed }) => answers_needed,
            _ => None,
        };
        Ok((verdict.map(|verdict| verdict.word().to_owned()), needed))
    }
}

fn evidence(
    figure: &Frozen,
    siblings: &[Frozen],
    edition: &Edition,
    n: u64,
    people: Option<u64>,
) -> Result<Evidence, String> {
    let method = figure.method.as_deref().unwrap_or_default();
    let none = |what: &str| format!("the interval cannot be computed: {what}");
    if let Some((sum, squares)) = figure.sums {
        let sums = NumberSums::new(n, sum, i128::from(squares)).map_err(|_impossible| none("impossible sums"))?;
        let interval = sums.interval(CONFIDENCE).map_err(|_none| none("no variation"))?;
        let estimate = sums.mean().ok_or_else(|| none("no answers"))?;
        return Ok(Evidence { estimate, interval, basis: From::Mean });
    }
    let estimate = match figure.satisfied {
        Some(satisfied) => {
            let count = Count::new(satisfied, n).map_err(|_impossible| none("more satisfied than answers"))?;
            if method == Method::ClopperPearson.word() {
                let interval = count.clopper_pearson(CONFIDENCE).ok_or_else(|| none("no answers"))?;
                let estimate = count.share().ok_or_else(|| none("no answers"))?;
                return Ok(Evidence { estimate, interval, basis: From::Count(count) });
            }
            count.share().ok_or_else(|| none("no answers"))?
        }
        None => composite(figure, siblings, edition)?,
    };
    if method == Method::Census.word() {
        let people = people.ok_or_else(|| none("the size of the group is not known"))?;
        let interval = census(figure, siblings, edition, people).ok_or_else(|| none("an item is not shown"))?;
        return Ok(Evidence { estimate, interval, basis: From::Census });
    }
    let variance = figure.variance.as_deref().and_then(|text| text.parse::<f64>().ok());
    let variance = variance.filter(|variance| variance.is_finite()).ok_or_else(|| none("there is no cross sum"))?;
    let composite = Composite { share: estimate, variance: Some(variance), respondents: n, items: 0, missing_items: 0 };
    let interval = composite.interval(CONFIDENCE).map_err(|_none| none("no variation"))?;
    let share = Share::new(estimate).ok_or_else(|| none("no share"))?;
    let basis = From::Composite(share, composite.unit_variance().unwrap_or_default());
    Ok(Evidence { estimate, interval, basis })
}

fn what_of(figure: &Frozen) -> What {
    match figure.kind.as_str() {
        "composite" => What::Composite,
        "factor" => What::Factor(figure.what.clone()),
        _ => What::Item(figure.what.clone()),
    }
}

/// A composite from its items; where they do not stand beside it (a point of a series, a part), as it is published.
fn composite(figure: &Frozen, siblings: &[Frozen], edition: &Edition) -> Result<f64, String> {
    if let Some((satisfied, n)) = figure.pooled {
        let count = Count::new(satisfied, n).ok().and_then(Count::share);
        return count.ok_or_else(|| "more satisfied than answers".to_owned());
    }
    let weights = item_weights(edition, &what_of(figure));
    let of = |code: &str| siblings.iter().find(|one| one.kind == "item" && one.what == code);
    let items: Vec<(&Frozen, f64)> = weights.iter().filter_map(|(code, weight)| Some((of(code)?, *weight))).collect();
    if items.is_empty() {
        let text = figure.estimate.as_deref().unwrap_or_default();
        return text.parse().map_err(|_not_a_number| format!("estimate {text:?} is no number"));
    }
    let total: f64 = items.iter().map(|(_, weight)| weight).sum();
    let mut share = 0.0;
    for (item, weight) in &items {
        if let (Some(satisfied), Some(n), State::Shown) = (item.satisfied, item.n, item.state) {
            share += weight / total * real(satisfied) / real(n);
        } else if figure.hidden.is_none() {
            return Err(format!("item {} is not shown, and what it adds is missing", item.what));
        }
    }
    let hidden = figure.hidden.as_deref().map_or(Some(0.0), |text| text.parse::<f64>().ok());
    let hidden = hidden.filter(|hidden| (0.0..=1.0).contains(hidden)).ok_or("what hidden items add is no share")?;
    Ok((share + hidden).min(1.0))
}

/// Limits of a group in which everybody was asked.
fn census(figure: &Frozen, siblings: &[Frozen], edition: &Edition, people: u64) -> Option<Interval> {
    let own = [figure.clone()];
    let (weights, items) = match figure.kind.as_str() {
        "item" => (vec![(figure.what.clone(), 1.0)], own.as_slice()),
        _ => (item_weights(edition, &what_of(figure)), siblings),
    };
    let (mut low, mut high) = (0.0, 0.0);
    for (code, weight) in &weights {
        // An item without any answer has no figure: nobody of the group is known to be satisfied with it.
        let (satisfied, n) = match items.iter().find(|one| one.what == *code && one.kind == "item") {
            Some(item) => (item.satisfied?, item.n?),
            None => (0, 0),
        };
        low += weight * real(satisfied) / real(people);
        high += weight * real(satisfied + people.saturating_sub(n)) / real(people);
    }
    Some(Interval { low: low.clamp(0.0, 1.0), high: high.clamp(0.0, 1.0) })
}

fn close(what: &str, found: Option<&str>, expected: f64) -> Result<(), String> {
    let text = found.unwrap_or_default();
    let number: Option<f64> = text.parse().ok();
    let agrees = number.is_some_and(|number| (number - expected).abs() <= CLOSE + 1e-14 * expected.abs());
    let written = number.is_some_and(|number| decimal(number) == text);
    if agrees && written { Ok(()) } else { Err(format!("{what} {} expected, {text:?} found", decimal(expected))) }
}
