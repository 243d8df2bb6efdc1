//! Targets against their figures, and the figures of other systems, each under its own name.

use super::Facts;
use super::grid::{Grid, Row, Value};
use super::paragraphs::{outcome, overall};
use crate::index::official::Rated;
use crate::index::{Estimate, Judgement, Source, Statistic, TargetValue};
use crate::publish::figures::PartName;
use crate::publish::other_measures::{OtherMeasure, Reading};
use crate::publish::verdicts::{held, standing, threshold};
use crate::publish::visible::{Visible, visible};
use crate::text::chart;
use crate::text::figure::standing::{Outcome, Standing};
use crate::text::measures::{self, indicators::indicator};
use crate::text::number::as_written;
use crate::text::reports::{LANG, paper as words};
use crate::words::Indicator;

const HEADS: [(&str, u16, bool); 7] = [
    (words::HEAD_WHAT, 6, false),
    (chart::HEAD_TARGET.vi, 5, true),
    (chart::HEAD_CITATION.vi, 7, false),
    (chart::HEAD_ESTIMATE.vi, 4, true),
    (words::HEAD_LOW, 4, true),
    (words::HEAD_HIGH, 4, true),
    (chart::HEAD_VERDICT.vi, 6, false),
];

/// The headline against each of its targets.
pub(super) fn of_headline(facts: &Facts) -> Grid {
    let rows = overall(facts).map(|estimate| rows_of(facts, words::ALL_FORMS, estimate)).unwrap_or_default();
    Grid { name: words::TARGETS.to_owned(), heads: HEADS.to_vec(), rows, note: words::NOTE_INTERVAL }
}

/// All targets of a year: the headline's, those of fields, and minutes.
pub(super) fn of_year(facts: &Facts) -> Grid {
    let mut rows = overall(facts).map(|estimate| rows_of(facts, words::ALL_FORMS, estimate)).unwrap_or_default();
    for part in &facts.figures.fields {
        let PartName::Field(_, name) = &part.part else { continue };
        let has_own = facts.figures.field_targets.iter().any(|(field, _)| field == name);
        if let (true, Some(estimate)) = (has_own, part.estimates.first()) {
            rows.extend(rows_of(facts, name, estimate));
        }
    }
    let means = facts.figures.source(Source::Headline).into_iter().flat_map(|source| &source.estimates);
    for estimate in means.filter(|one| one.statistic == Statistic::Mean) {
        let minutes = estimate.judgements.iter().filter(|one| one.value == TargetValue::Minutes);
        rows.extend(minutes.map(|judged| minutes_row(estimate, judged)));
    }
    Grid { name: words::ALL_TARGETS.to_owned(), heads: HEADS.to_vec(), rows, note: words::NOTE_INTERVAL }
}

/// One row for each document that sets a target.
fn rows_of(facts: &Facts, name: &str, estimate: &Estimate) -> Vec<Row> {
    if facts.figures.is_line_agency() {
        return Vec::new();
    }
    let shares = estimate.judgements.iter();
    let shares = shares.filter_map(|one| Some((one, threshold(one.value, one.comparison, one.threshold)?)));
    let rows = shares.map(|(judged, threshold)| {
        let (values, may_conclude) = match visible(estimate) {
            Visible::Shown { estimate: value, interval } => {
                let beside = |at| Value::Beside(at, threshold.value);
                ([beside(value), beside(interval.low), beside(interval.high)], true)
            }
            Visible::Masked(bound) => ([Value::words(bound.say().vi), Value::None, Value::None], true),
            _ => ([Value::None, Value::None, Value::None], false),
        };
        let verdict = outcome(judged.verdict)
            .filter(|_| may_conclude)
            .map_or(Standing::NotPublishable.label().vi, |(outcome, _)| told(outcome));
        let [value, low, high] = values;
        let target = Value::words(threshold.with_sign(LANG));
        Row::Of(vec![
            Value::words(name),
            target,
            Value::words(&judged.citation),
            value,
            low,
            high,
            Value::words(verdict),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    if !rows.is_empty() {
        return rows;
    }
    let label = standing(estimate, &held(estimate, false)).label().vi;
    let [n, value, low, high, _] = super::grid::of_estimate(Some(estimate), false);
    let label = if n == Value::None { Standing::NotPublishable.label().vi } else { label };
    vec![Row::Of(vec![Value::words(name), Value::None, Value::None, value, low, high, Value::words(label)])]
}

fn minutes_row(estimate: &Estimate, judged: &Judgement) -> Row {
    let label = words::MINUTES;
    let target = Value::words(words::at_most(&as_written(LANG, judged.threshold)));
    let (value, low, high, verdict) = match (visible(estimate), outcome(judged.verdict)) {
        (Visible::Shown { estimate, interval }, Some((outcome, _))) => {
            (Value::Number(estimate, 1), Value::Number(interval.low, 1), Value::Number(interval.high, 1), told(outcome))
        }
        _ => (Value::None, Value::None, Value::None, Standing::NotPublishable.label().vi),
    };
    Row::Of(vec![Value::words(label), target, Value::words(&judged.citation), value, low, high, Value::words(verdict)])
}

const fn told(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => Standing::Met.label().vi,
        Outcome::NotMet => Standing::NotMet.label().vi,
        Outcome::Undetermined => Standing::Undetermined.label().vi,
    }
}

/// The figures of other systems, a table each.
pub(super) fn others(facts: &Facts) -> Vec<Grid> {
    facts.others.iter().map(of_other).collect()
}

fn of_other(one: &OtherMeasure) -> Grid {
    let period = crate::text::date::period(LANG, one.period);
    let name = format!("{} – {period}", measures::name(one.collector).vi);
    match &one.reading {
        Reading::Portal => {
            let rows = one.inputs.keys().filter_map(|of| {
                Some(Row::Of(vec![Value::words(indicator(*of).vi), Value::Number(one.input(*of)?, 0)]))
            });
            let heads = vec![(words::HEAD_WHAT, 6, false), (words::HEAD_VALUE, 2, true)];
            Grid { name, heads, rows: rows.collect(), note: measures::PORTAL_LINE.vi }
        }
        Reading::Qd766(found) => {
            let rated = |label: &str, rated: &Rated| {
                Row::Of(vec![
                    Value::words(label),
                    rated.rate.map_or(Value::None, Value::Share),
                    rated.points.map_or(Value::None, |points| Value::Number(points, 2)),
                    Value::Number(rated.maximum, 0),
                ])
            };
            let group = found.group.map_or(Value::None, |points| Value::Number(points, 2));
            let rows = vec![
                rated(measures::RATE_5_2.vi, &found.on_time),
                rated(measures::RATE_5_3.vi, &found.satisfied),
                rated(measures::RATE_5_4.vi, &found.procedures),
                Row::Of(vec![Value::words(measures::GROUP_5.vi), Value::None, group, Value::Number(18.0, 0)]),
            ];
            let heads = vec![
                (words::HEAD_WHAT, 6, false),
                (words::HEAD_VALUE, 2, true),
                (words::HEAD_POINTS, 2, true),
                (words::HEAD_MOST, 2, true),
            ];
            Grid { name, heads, rows, note: measures::line(one.collector).vi }
        }
        Reading::Tt01(found, band) => {
            let mut rows: Vec<Row> = (1..=9).map(|part| nine(one, part)).collect();
            let total = |value: Option<f64>| value.map_or(Value::None, |value| Value::Number(value, 2));
            rows.push(Row::Of(vec![
                Value::None,
                Value::words(words::TOTAL),
                Value::Number(18.0, 0),
                total(found.own),
                total(found.appraised),
            ]));
            if let Some((vi, _)) = band {
                rows.push(Row::Heading(format!("{}: {vi}", measures::BAND.vi)));
            }
            let heads = vec![
                (words::HEAD_ORDER, 1, true),
                (words::HEAD_WHAT, 8, false),
                (words::HEAD_MOST, 2, true),
                (words::HEAD_SELF, 2, true),
                (words::HEAD_APPRAISED, 2, true),
            ];
            Grid { name, heads, rows, note: words::NOTE_TT01 }
        }
    }
}

/// One of the nine indicators of the form: its words, own points, appraised points.
fn nine(one: &OtherMeasure, part: i16) -> Row {
    let of = |first: i16| Indicator::from_code(first + part);
    let points = |first| of(first).and_then(|of| one.input(of)).map_or(Value::None, |value| Value::Number(value, 2));
    let name = usize::try_from(part - 1).ok().and_then(|at| words::NINE.get(at)).copied().unwrap_or_default();
    Row::Of(vec![
        Value::Count(u64::try_from(part).unwrap_or(0)),
        Value::words(name),
        Value::Number(2.0, 0),
        points(300),
        points(310),
    ])
}
