//! The cases of weighted samples: designs, calibration, replicates, lonely units, waves and presentation rules.

use std::collections::HashMap;

use serde_json::{Value, json};
use thuocdo::statistics::design::{Design, LonelyRule, Plan, Population, StagePlan};
use thuocdo::statistics::survey::{
    Answers, DesignShare, Domains, Estimate, Figure, IntervalMethod, Level, Measure, Sample, SimpleSample, Statistic,
    TestResult, Variance, mean_interval,
};
use thuocdo::statistics::{Confidence, Interval};

use super::Answer;

mod calibration;
mod composite;
mod lonely;
mod presentation;
mod replicates;
mod srs;
mod three_stage;
mod waves;

pub(super) fn answer(case: &str, id: &str) -> Option<Answer> {
    if id.contains("_likelihood_") {
        return Some(Answer::NotApplicable("the likelihood interval is not offered: R's own is off by up to 3e-4"));
    }
    if id.starts_with("ci_ps_t01_") && !id.contains("_logit_") {
        return Some(Answer::NotApplicable(
            "R has no number: a calibrated subset keeps its rows without an answer, and 0 times NA is NA",
        ));
    }
    if id == "logit_trend" {
        return waves::answer(id).map(|fields| Answer::Near(fields, 1e-5));
    }
    let fields = match case {
        "strat_srs" => srs::answer(id),
        "three_stage" => three_stage::answer(id),
        "composite" => composite::answer(id),
        "calibration" => calibration::answer(id),
        "replicates" => replicates::answer(id),
        "lonely_psu" => return lonely::answer(id),
        "waves" => waves::answer(id),
        "presentation" => presentation::answer(id),
        "census_small" => srs::census(id),
        _ => None,
    };
    fields.map(Answer::Fields)
}

/// A data file.
pub(crate) struct Data {
    columns: HashMap<String, Vec<String>>,
    rows: usize,
}

impl Data {
    pub(crate) fn read(name: &str) -> Self {
        let path = format!("{}/tests/reference/stats/data/{name}.csv", env!("CARGO_MANIFEST_DIR"));
        let mut reader = csv::Reader::from_path(path).unwrap();
        let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let mut columns: Vec<Vec<String>> = vec![Vec::new(); names.len()];
        for record in reader.records() {
            record.unwrap().iter().zip(&mut columns).for_each(|(cell, column)| column.push(cell.to_owned()));
        }
        let rows = columns[0].len();
        Self { columns: names.into_iter().zip(columns).collect(), rows }
    }

    fn text(&self, column: &str) -> &[String] {
        &self.columns[column]
    }

    pub(crate) fn numbers(&self, column: &str) -> Vec<f64> {
        self.text(column).iter().map(|cell| cell.parse().unwrap()).collect()
    }

    fn values(&self, column: &str) -> Vec<Option<f64>> {
        self.text(column).iter().map(|cell| cell.parse().ok()).collect()
    }

    /// The names of a column in order, and the place of each row's.
    pub(crate) fn levels(&self, column: &str) -> (Vec<String>, Vec<u32>) {
        let mut names = self.text(column).to_vec();
        names.sort();
        names.dedup();
        let codes = self.text(column).iter().map(|cell| code(&names, cell)).collect();
        (names, codes)
    }

    fn codes(&self, column: &str) -> Vec<u32> {
        self.levels(column).1
    }

    fn domains(&self, column: &str) -> Domains {
        let (names, of_row) = self.levels(column);
        Domains { number: names.len(), of_row }
    }

    /// The rows whose column has this text.
    fn whose(&self, column: &str, text: &str) -> Vec<bool> {
        self.text(column).iter().map(|cell| cell == text).collect()
    }

    /// Answers to an item on its scale 1 to 5; 9 and empty are none.
    fn item(&self, item: usize) -> Vec<Option<f64>> {
        self.values(&format!("c{item:02}")).into_iter().map(|answer| answer.filter(|answer| *answer < 9.0)).collect()
    }

    /// 1 for the satisfied (4 and 5).
    fn satisfied(&self, item: usize) -> Vec<Option<f64>> {
        self.item(item).into_iter().map(|answer| answer.map(|a| if a >= 4.0 { 1.0 } else { 0.0 })).collect()
    }

    /// Sums over items, nothing for items without an answer: how many were answered, and how many with satisfaction.
    fn sums(&self, items: std::ops::RangeInclusive<usize>) -> (Vec<Option<f64>>, Vec<Option<f64>>) {
        let (mut answered, mut satisfied) = (vec![0.0; self.rows], vec![0.0; self.rows]);
        for item in items {
            for (row, value) in self.satisfied(item).into_iter().enumerate() {
                answered[row] += if value.is_some() { 1.0 } else { 0.0 };
                satisfied[row] += value.unwrap_or_default();
            }
        }
        (answered.into_iter().map(Some).collect(), satisfied.into_iter().map(Some).collect())
    }

    fn all(&self) -> Vec<bool> {
        vec![true; self.rows]
    }

    /// The first items as codes 0 (none) to 5.
    pub(crate) fn answers(&self, items: usize) -> Answers {
        self.answers_of(items, |_| true)
    }

    /// The same without the answers of some rows.
    fn answers_of(&self, items: usize, keep: impl Fn(usize) -> bool) -> Answers {
        let columns: Vec<Vec<Option<f64>>> = (1..=items).map(|item| self.item(item)).collect();
        let mut codes = Vec::new();
        for row in 0..self.rows {
            for column in &columns {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "answers are 1 to 5")]
                codes.push(column[row].filter(|_| keep(row)).unwrap_or_default() as u8);
            }
        }
        let level = |code: u8| Level { answered: code > 0, value: Some(f64::from(code)), satisfied: code >= 4 };
        let scale: Vec<Level> = (0..=5).map(level).collect();
        Answers::new(codes, vec![scale; items]).unwrap()
    }

    /// A design of this file: stages of (unit, population) columns, strata at the first.
    pub(crate) fn design(&self, stages: &[(Option<&str>, Option<&str>)], strata: Option<&str>) -> Design {
        Design::new(self.plan(stages, strata, LonelyRule::Fail)).unwrap()
    }

    fn plan(&self, stages: &[(Option<&str>, Option<&str>)], strata: Option<&str>, lonely: LonelyRule) -> Plan {
        let stage = |(index, (units, population)): (usize, &(Option<&str>, Option<&str>))| StagePlan {
            units: units.map(|column| self.codes(column)),
            strata: strata.filter(|_| index == 0).map(|column| self.codes(column)),
            population: population.map(|column| Population::Counts(self.numbers(column))),
        };
        let stages = stages.iter().enumerate().map(stage).collect();
        Plan { weights: self.numbers("w"), stages, nest: false, lonely }
    }
}

fn code(names: &[String], cell: &str) -> u32 {
    u32::try_from(names.iter().position(|name| name == cell).unwrap()).unwrap()
}

const PLAIN: Variance<'_> = Variance::Linearised(None);

/// Every value as JSON has it; infinity as R's text.
fn number(value: f64) -> Value {
    if value.is_infinite() { json!("Inf") } else { json!(value) }
}

fn numbers(values: impl IntoIterator<Item = f64>) -> Value {
    values.into_iter().map(number).collect()
}

fn error(estimate: &Estimate) -> f64 {
    estimate.standard_error().unwrap()
}

/// Fields of fast estimates, with intervals if degrees of freedom are given.
fn stat(estimates: &[Estimate], df: Option<f64>) -> Value {
    let limits = |estimate: &Estimate| {
        let df = df.unwrap_or(1.0);
        mean_interval(estimate.estimate.unwrap(), estimate.variance.unwrap(), df, Confidence::P95).unwrap()
    };
    json!({
        "estimate": numbers(estimates.iter().map(|own| own.estimate.unwrap())),
        "se": numbers(estimates.iter().map(error)),
        "deff": numbers(estimates.iter().map(|own| own.deff.unwrap_or(f64::NAN))),
        "df": df,
        "ci_low": numbers(estimates.iter().map(|own| limits(own).low)),
        "ci_high": numbers(estimates.iter().map(|own| limits(own).high)),
    })
}

/// The first measure of a fast estimate of all rows.
fn one(design: &Design, answers: &Answers, item: usize, variance: Variance<'_>) -> Estimate {
    let measure = [Measure::item(item - 1)];
    thuocdo::statistics::survey::estimate(design, answers, Statistic::Share, &measure, &Domains::whole(), variance)[0]
}

/// Fields of figures: estimates, errors, covariances, design effects, and intervals if degrees of freedom are given.
fn figures(sample: &Sample<'_>, figures: &[Figure], df: Option<f64>) -> Value {
    let all: Vec<&Figure> = figures.iter().collect();
    let covariance = sample.covariance(&all).unwrap();
    let limits = |figure: &Figure| sample.interval(figure, df.or(Some(1.0)), Confidence::P95).unwrap();
    json!({
        "estimate": numbers(figures.iter().map(Figure::estimate)),
        "se": numbers(covariance.iter().enumerate().map(|(index, row)| row[index].max(0.0).sqrt())),
        "vcov": covariance,
        "deff": numbers(figures.iter().map(|own| sample.deff(own, SimpleSample::WithoutReplacement).unwrap_or(f64::NAN))),
        "df": df,
        "ci_low": numbers(figures.iter().map(|figure| limits(figure).low)),
        "ci_high": numbers(figures.iter().map(|figure| limits(figure).high)),
    })
}

/// The same with the names of the domains.
fn by(mut fields: Value, groups: &[(&str, Vec<String>)]) -> Value {
    fields["groups"] = groups.iter().map(|(name, levels)| ((*name).to_owned(), json!(levels))).collect();
    fields
}

fn df_of(design: &Design) -> f64 {
    design.degrees_of_freedom(&vec![true; design.rows()])
}

/// An interval item such as `ci_t01_xlogit_0.95`: what follows the prefix is method and level, or `dfInf`.
fn share_interval(rest: &str, share: DesignShare) -> Option<Value> {
    let (method, level) = rest.rsplit_once('_')?;
    let method = IntervalMethod::parse(method)?;
    let (share, level) = if level == "dfInf" {
        (DesignShare { df: f64::INFINITY, ..share }, 0.95)
    } else {
        (share, level.parse().ok()?)
    };
    let limits = share.interval(method, Confidence::new(level)?).unwrap();
    Some(ciprop(share.share, share.variance, limits))
}

fn ciprop(estimate: f64, variance: f64, limits: Interval) -> Value {
    json!({ "estimate": estimate, "var": variance, "ci": [limits.low, limits.high] })
}

fn design_share(estimate: &Estimate) -> DesignShare {
    DesignShare {
        share: estimate.estimate.unwrap(),
        variance: estimate.variance.unwrap(),
        rows: estimate.rows,
        df: estimate.df(),
    }
}

fn htest(test: &TestResult) -> Value {
    let parameter = if test.df_below.is_finite() { json!([test.df, test.df_below]) } else { json!([test.df]) };
    json!({ "statistic": test.statistic, "parameter": parameter, "p_value": test.p_value })
}

/// Codes of two values as a question's levels.
fn as_levels(values: &[Option<f64>]) -> Vec<Option<u32>> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "levels are small whole numbers")]
    values.iter().map(|value| value.map(|value| value as u32)).collect()
}

fn known(codes: Vec<u32>) -> Vec<Option<u32>> {
    codes.into_iter().map(Some).collect()
}

/// The two ways to the same number must agree.
fn agree(fast: &Estimate, sample: &Sample<'_>, figure: &Figure) {
    let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-12 * b.abs().max(1e-6), "{a} is not {b}");
    near(fast.estimate.unwrap(), figure.estimate());
    near(fast.variance.unwrap().sqrt(), sample.standard_error(figure).unwrap());
    assert_eq!(fast.rows, figure.rows());
    assert!((fast.df() - sample.df(figure)).abs() < 0.5);
    if let Some(deff) = fast.deff {
        near(deff, sample.deff(figure, SimpleSample::WithoutReplacement).unwrap());
    }
}
