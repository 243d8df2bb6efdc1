//! Figures of a group in which everybody was asked: no sampling error, but people who did not answer.

use super::estimate::{Estimate, Method, Source, Statistic, What, Withheld};
use super::score::Figure;
use super::target::{Comparison, TargetValue};
use super::verdict::{Basis, FEWEST_PUBLISHED, Verdict, judge_census};
use crate::questionnaire::{Aggregation, Edition};
use crate::statistics::{Interval, Share};
use crate::words::Level;

/// The estimate as that of a census, where it is one: the edition asks everybody, the answers are of level A, and the size of
/// the group is known and not below the answers. Any other estimate comes back as it is.
///
/// Each item's share of the whole group lies between all its silent dissatisfied and all of them satisfied: S/N and
/// (S + N − n)/N. The limits of a composite are the weighted sums of these. Where everybody answered both are the share.
pub(super) fn surveyed(figure: &Figure<'_>, mut estimate: Estimate) -> Estimate {
    let Some(people) = people(figure, &estimate) else { return estimate };
    let weights = item_weights(figure.edition, &estimate.what);
    let (mut low, mut high) = (0.0, 0.0);
    for (code, weight) in &weights {
        let Some(number) = figure.edition.number_of(code) else { return estimate };
        let (satisfied, answered) = figure.tally.satisfied(figure.edition, number).unwrap_or_default();
        let (satisfied, answered) = (whole(satisfied), whole(answered));
        low += weight * share_of(satisfied, people);
        high += weight * share_of(satisfied + people.saturating_sub(answered), people);
    }
    if weights.is_empty() {
        return estimate;
    }
    let limits = Interval { low: low.clamp(0.0, 1.0), high: high.clamp(0.0, 1.0) };
    estimate.basis = Basis::Census;
    estimate.intervals = vec![(Method::Census, limits)];
    (estimate.se, estimate.df, estimate.n_effective) = (None, None, None);
    estimate.withheld = (estimate.n < FEWEST_PUBLISHED).then_some(Withheld::Few);
    estimate.warnings.clear();
    for judgement in estimate.judgements.iter_mut().filter(|one| one.value == TargetValue::Percent) {
        let target = Share::new(judgement.threshold).filter(|_| judgement.comparison == Comparison::AtLeast);
        if let Some(target) = target {
            judgement.verdict = Some(judge_census_limits(limits, estimate.n, target));
        }
    }
    estimate
}

fn people(figure: &Figure<'_>, estimate: &Estimate) -> Option<u64> {
    let is_asked = match figure.source {
        Source::Level(level) => level == Level::A,
        Source::Headline => figure.edition.headline_levels() == [Level::A],
    };
    let is_census = figure.edition.census() && is_asked && estimate.statistic == Statistic::Share && estimate.n > 0;
    figure.transactions.filter(|people| is_census && *people >= estimate.n)
}

/// The rated items of an estimate with their weights, which sum to 1; none for anything else.
pub fn item_weights(edition: &Edition, what: &What) -> Vec<(String, f64)> {
    let equal = |codes: Vec<String>| {
        let each = share_of(1, u64::try_from(codes.len()).unwrap_or(u64::MAX));
        codes.into_iter().map(|code| (code, each)).collect()
    };
    let factors = |weight: &dyn Fn(&str) -> f64| {
        let of = |factor: &crate::questionnaire::Factor| -> Vec<(String, f64)> {
            let each = weight(&factor.code);
            let own: Vec<(String, f64)> = equal(factor.criteria.clone());
            own.into_iter().map(|(code, share)| (code, share * each)).collect()
        };
        edition.factors().iter().flat_map(of).collect()
    };
    match what {
        What::Item(code) => vec![(code.clone(), 1.0)],
        What::Factor(code) => {
            let factor = edition.factors().iter().find(|factor| factor.code == *code);
            factor.map(|factor| equal(factor.criteria.clone())).unwrap_or_default()
        }
        What::Composite => match edition.aggregation() {
            Aggregation::MeanOfItems | Aggregation::PooledAnswers => {
                equal(edition.index_ratings().map(|(_, rating)| rating.code.clone()).collect())
            }
            Aggregation::MeanOfFactors => {
                let each = share_of(1, u64::try_from(edition.factors().len()).unwrap_or(u64::MAX));
                factors(&|_| each)
            }
            Aggregation::Weighted(weights) => {
                factors(&|code| weights.iter().find(|weight| weight.factor == code).map_or(0.0, |weight| weight.weight))
            }
        },
        What::Option(_) => Vec::new(),
    }
}

/// Met where the target holds whatever the silent think, not met where it cannot.
pub fn judge_census_limits(limits: Interval, n: u64, target: Share) -> Verdict {
    let at = |share: f64| judge_census(share, n, target);
    match (at(limits.low), at(limits.high)) {
        (Verdict::NotPublishable, _) => Verdict::NotPublishable,
        (Verdict::Met, _) => Verdict::Met,
        (_, Verdict::NotMet) => Verdict::NotMet,
        _ => Verdict::Undetermined { answers_needed: None },
    }
}

fn whole(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

#[expect(clippy::cast_precision_loss, reason = "people of a group are counted in thousands")]
fn share_of(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::super::score::{PeriodState, score};
    use super::super::target::Target;
    use super::*;
    use crate::questionnaire::{Answer, Tally, parse};
    use crate::words::{FieldId, Measure, UnitId};

    const FORM: &str = r#"
code = "leaders"
version = 1
title = { vi = "Phiếu lãnh đạo" }
lead = { vi = "Ông/Bà hài lòng ở mức nào về:" }
languages = ["vi"]
measure = "par"
headline_levels = ["A"]
aggregation = "mean_of_items"
census = true
[[scales]]
code = "s"
satisfied = [2]
levels = [{ level = 1, label = { vi = "Không" } }, { level = 2, label = { vi = "Có" } }]
[[items]]
code = "a"
kind = "rating"
scale = "s"
rates = "receiving"
label = { vi = "Chỉ đạo" }
[[items]]
code = "b"
kind = "rating"
scale = "s"
rates = "receiving"
label = { vi = "Kết quả" }
"#;

    fn composite(satisfied: u64, answered: u64, people: Option<u64>) -> Estimate {
        let edition = parse("t", FORM).unwrap();
        let mut tally = Tally::empty(&edition);
        for person in 0..answered {
            let level = Answer::Level(if person < satisfied { 2 } else { 1 });
            tally.add_answers(&edition, &[level, level]);
        }
        let target = Target {
            measures: vec![Measure::Par],
            field: FieldId::NONE,
            unit: UnitId(1),
            year_from: 2026,
            year_to: None,
            threshold: Some(0.9),
            value: TargetValue::Percent,
            comparison: Comparison::AtLeast,
            citation: String::new(),
            issuer: String::new(),
        };
        let figure = Figure {
            edition: &edition,
            tally: &tally,
            source: Source::Headline,
            state: PeriodState::Closed,
            targets: &[&target],
            transactions: people,
        };
        score(&figure).remove(0)
    }

    fn verdict_of(estimate: &Estimate) -> Verdict {
        estimate.judgements[0].verdict.unwrap()
    }

    #[test]
    fn a_complete_census_is_judged_by_its_share_alone() {
        let met = composite(41, 45, Some(45));
        assert_eq!((met.basis, verdict_of(&met)), (Basis::Census, Verdict::Met));
        let limits = met.interval().unwrap();
        assert!((limits.low - 41.0 / 45.0).abs() < 1e-12 && (limits.high - limits.low).abs() < 1e-12);
        assert_eq!(verdict_of(&composite(39, 45, Some(45))), Verdict::NotMet);
    }

    #[test]
    fn people_who_did_not_answer_leave_it_open_unless_they_cannot_change_it() {
        let open = composite(39, 41, Some(45));
        let limits = open.interval().unwrap();
        assert!((limits.low - 39.0 / 45.0).abs() < 1e-12 && (limits.high - 43.0 / 45.0).abs() < 1e-12);
        assert_eq!(verdict_of(&open), Verdict::Undetermined { answers_needed: None });
        assert_eq!(verdict_of(&composite(42, 43, Some(45))), Verdict::Met);
        assert_eq!(verdict_of(&composite(30, 43, Some(45))), Verdict::NotMet);
    }

    #[test]
    fn without_the_size_of_the_group_it_is_no_census() {
        for people in [None, Some(0), Some(40)] {
            let found = composite(41, 45, people);
            assert_ne!(found.basis, Basis::Census, "{people:?}");
            assert!(found.se.is_some());
        }
        assert_eq!(composite(8, 9, Some(9)).withheld, Some(Withheld::Few));
    }
}
