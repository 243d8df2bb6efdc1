//! What an analysis says: JSON for programs, a table for people, CSV for spreadsheets.

use serde_json::{Map, Value, json};

use super::design_file::{DesignFile, LevelName};
use super::real;
use crate::index::{RULE, ShownShare, Verdict, judge_census, judge_survey};
use crate::statistics::survey::{DesignShare, Estimate, IntervalMethod, NO_VARIANCE, Rules, Statistic, mean_interval};
use crate::statistics::{Confidence, Interval, Share, StudentT};
use crate::text::methods::find;

/// What a measure is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MeasureKind {
    /// One item, by its place.
    Item(usize),
    /// A factor or the composite.
    Composite,
}

/// Everything an analysis found.
#[derive(Debug, Clone)]
pub struct Report {
    pub(super) card: Card,
    pub(super) estimates: Vec<EstimateLine>,
    pub(super) differences: Vec<DifferenceLine>,
    pub(super) targets: Vec<f64>,
    pub(super) confidence: Confidence,
}

/// How the numbers came about.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) file: DesignFile,
    pub(super) rows: usize,
    pub(super) units: usize,
    pub(super) strata: usize,
    pub(super) kish: Option<f64>,
    pub(super) weight_total: f64,
    pub(super) calibration: Option<(f64, f64)>,
    pub(super) calibration_method: Option<&'static str>,
    pub(super) replicates: Option<usize>,
    pub(super) census: bool,
    pub(super) not_satisfied: Vec<String>,
    pub(super) warnings: Vec<String>,
    pub(super) design_sha256: String,
    pub(super) data_sha256: Option<String>,
}

/// One estimate with its intervals and verdicts.
#[derive(Debug, Clone)]
pub(super) struct EstimateLine {
    measure: String,
    kind: MeasureKind,
    statistic: Statistic,
    domain: Vec<(String, String)>,
    found: Estimate,
    se: Option<f64>,
    effective: Option<f64>,
    intervals: Vec<(IntervalMethod, Option<Interval>)>,
    verdicts: Vec<(f64, Verdict, bool)>,
    warnings: Vec<String>,
    flags: Vec<&'static str>,
}

/// A variance below this times the square of the scale is what rounding leaves.
const UNSEEN: f64 = 1e-14;

/// Item non-response above this share is warned of.
const MUCH_MISSING: f64 = 0.10;

/// Intervals that leave 0 to 1 or err when few units were drawn are given but not chosen.
const ITEM_DEFAULT: [IntervalMethod; 1] = [IntervalMethod::KornGraubardNchs];
const COMPOSITE_DEFAULT: [IntervalMethod; 1] = [IntervalMethod::Xlogit];

impl EstimateLine {
    pub(super) fn new(
        measure: &str,
        kind: MeasureKind,
        statistic: Statistic,
        domain: Vec<(String, String)>,
        found: Estimate,
    ) -> Self {
        Self {
            measure: measure.to_owned(),
            kind,
            statistic,
            domain,
            found,
            se: None,
            effective: None,
            intervals: Vec::new(),
            verdicts: Vec::new(),
            warnings: Vec::new(),
            flags: Vec::new(),
        }
    }

    /// Notes the items nobody answered here.
    pub(super) fn without(&mut self, items: &[&str]) {
        if !items.is_empty() && self.found.estimate.is_some() {
            self.warnings
                .push(format!("nobody answered {}: the other items stand for the whole here", items.join(", ")));
        }
    }

    /// Adds what follows: intervals, verdicts, and what the reader has to know.
    pub(super) fn judged(mut self, file: &DesignFile, confidence: Confidence, census: bool) -> Self {
        let methods: &[IntervalMethod] = match (self.statistic, file.intervals.as_slice(), self.kind) {
            (Statistic::Mean, _, _) => &[IntervalMethod::Mean],
            (_, [], MeasureKind::Item(_)) => &ITEM_DEFAULT,
            (_, [], MeasureKind::Composite) => &COMPOSITE_DEFAULT,
            (_, given, _) => given,
        };
        let Some(value) = self.found.estimate else {
            self.warnings.push("nobody answered here".to_owned());
            self.intervals = methods.iter().map(|method| (*method, None)).collect();
            let nothing = |target: &f64| (*target, Verdict::NotPublishable, false);
            self.verdicts = file.targets.iter().filter(|_| self.statistic == Statistic::Share).map(nothing).collect();
            return self;
        };
        let df = self.found.df();
        let at_end = self.statistic == Statistic::Share && (value <= 0.0 || value >= 1.0);
        let variance = self.found.variance.map(|v| if at_end { 0.0 } else { v });
        // A domain inside one sampling unit shows no spread between units: that is no certainty.
        let scale = if self.statistic == Statistic::Share { 1.0 } else { value * value };
        let seen = |variance: &f64| df >= 1.0 || *variance > UNSEEN * scale || census;
        self.se = variance.filter(seen).map(f64::sqrt);
        if df < 1.0 && !census {
            self.warnings.push("no degrees of freedom: the rows lie in one sampling unit of each stratum".to_owned());
        }
        if self.found.lost_replicates > 0 {
            self.warnings
                .push(format!("{} replicates gave no value here and were left out", self.found.lost_replicates));
        }
        if variance.is_none() {
            self.warnings
                .push("the variance cannot be computed: a stratum with one sampling unit leaves nothing".to_owned());
        }
        if self.found.deff.is_none() {
            self.warnings
                .push("no design effect: the weights add up to no more than the rows, or nothing varies".to_owned());
        }
        if self.statistic == Statistic::Share {
            self.share(value, variance, df, methods, file, confidence, census);
        } else {
            let interval = self.se.and_then(|se| mean_interval(value, se * se, df, confidence).ok());
            self.intervals = vec![(IntervalMethod::Mean, interval)];
        }
        if self.intervals.iter().any(|(_, interval)| interval.is_none()) && df >= 1.0 && !census {
            let missing: Vec<&str> = self
                .intervals
                .iter()
                .filter(|(_, interval)| interval.is_none())
                .map(|(method, _)| method.word())
                .collect();
            self.warnings.push(format!("no interval by {}: all answers agree, or nothing varies", missing.join(", ")));
        }
        self
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one share, used once")]
    fn share(
        &mut self,
        value: f64,
        variance: Option<f64>,
        df: f64,
        methods: &[IntervalMethod],
        file: &DesignFile,
        confidence: Confidence,
        census: bool,
    ) {
        let targets = file.targets.iter().filter_map(|target| Share::new(*target));
        if census {
            self.warnings.push("everybody was asked: no sampling error, judged by the share itself".to_owned());
            let point = Interval { low: value, high: value };
            self.intervals = methods.iter().map(|method| (*method, Some(point))).collect();
            self.effective = Some(real_rows(self.found.rows));
            let verdict = |target: Share| judge_census(value, self.found.rows, target);
            self.verdicts = targets.map(|target| (target.value(), verdict(target), value >= target.value())).collect();
            return;
        }
        let share = DesignShare { share: value, variance: variance.unwrap_or(f64::NAN), rows: self.found.rows, df };
        let known = variance.is_some();
        self.effective = known.then(|| share.effective_rows());
        let decision = Rules::NCHS_2017.decide(&share);
        let limits = |method: IntervalMethod| {
            if method == IntervalMethod::KornGraubardNchs && confidence == Confidence::P95 {
                return decision.interval.filter(|_| known);
            }
            if method == IntervalMethod::Logit
                && let Some(logit) = self.found.logit_variance
            {
                // R's method `logit` takes the variance of the logit itself from the replicates.
                return share.logit_interval(logit, confidence).ok();
            }
            share.interval(method, confidence).ok().filter(|_| known)
        };
        self.intervals = methods.iter().map(|method| (*method, limits(*method))).collect();
        if known && df >= 1.0 && !decision.shows() {
            self.warnings.push(format!("not publishable: {} (NCHS 2017)", decision.presentation.word()));
        }
        self.flags = decision.flags();
        if decision.footnote_complement {
            self.warnings.push("the share of the dissatisfied is imprecise".to_owned());
        }
        let first = self.intervals.first().copied();
        let (method, interval) = first.unwrap_or((IntervalMethod::KornGraubardNchs, None));
        let shown = ShownShare { share, method, confidence, interval, shown: known && decision.shows() };
        let verdict = |target| judge_survey(&shown, target);
        self.verdicts = targets.map(|target| (target.value(), verdict(target), value >= target.value())).collect();
        if let Some(answered) = self.found.answered.filter(|answered| 1.0 - answered > MUCH_MISSING) {
            self.warnings.push(format!(
                "{:.1} % did not answer this item: with all of them dissatisfied or satisfied the share is {:.4} to {:.4}",
                100.0 * (1.0 - answered),
                value * answered,
                value * answered + 1.0 - answered
            ));
        }
    }

    fn json(&self) -> Value {
        let intervals: Map<String, Value> =
            self.intervals.iter().map(|(method, interval)| (method.word().to_owned(), limits(*interval))).collect();
        let verdicts: Vec<Value> = self
            .verdicts
            .iter()
            .map(|(target, verdict, reaches)| {
                let needed = match verdict {
                    Verdict::Undetermined { answers_needed } => *answers_needed,
                    _ => None,
                };
                json!({
                    "target": target,
                    "verdict": verdict.word(),
                    "answers_needed": needed,
                    "estimate_reaches": reaches,
                })
            })
            .collect();
        json!({
            "measure": self.measure,
            "statistic": self.statistic.word(),
            "domain": domain_json(&self.domain),
            "estimate": self.found.estimate,
            "se": self.se,
            "df": self.found.df(),
            "deff": self.found.deff,
            "n": self.found.rows,
            "n_effective": self.effective,
            "intervals": intervals,
            "deciding_interval": self.intervals.first().map(|(method, _)| method.word()),
            "verdicts": verdicts,
            "rule": RULE,
            "flags": self.flags,
            "warnings": self.warnings,
        })
    }

    fn cells(&self) -> Vec<String> {
        let first = self.intervals.first();
        let limit = |pick: fn(&Interval) -> f64| {
            first.and_then(|(_, interval)| interval.as_ref()).map(pick).map(number).unwrap_or_default()
        };
        let mut cells = vec![
            self.measure.clone(),
            self.statistic.word().to_owned(),
            self.domain.iter().map(|(column, value)| format!("{column}={value}")).collect::<Vec<_>>().join(" "),
            self.found.estimate.map(number).unwrap_or_default(),
            self.se.map(number).unwrap_or_default(),
            self.found.df().to_string(),
            self.found.deff.map(number).unwrap_or_default(),
            self.found.rows.to_string(),
            self.effective.map(number).unwrap_or_default(),
            first.map(|(method, _)| method.word().to_owned()).unwrap_or_default(),
            limit(|interval| interval.low),
            limit(|interval| interval.high),
            String::new(),
        ];
        cells.extend(self.verdicts.iter().map(|(_, verdict, _)| verdict.word().to_owned()));
        cells
    }
}

/// A difference with its interval.
#[derive(Debug, Clone)]
pub(super) struct DifferenceLine {
    by: String,
    of: [String; 2],
    /// The values as the design file has them.
    asked: [LevelName; 2],
    measure: String,
    statistic: Statistic,
    found: Estimate,
    se: Option<f64>,
    interval: Option<Interval>,
    p_value: Option<f64>,
    warnings: Vec<String>,
}

impl DifferenceLine {
    pub(super) fn new(
        (by, asked): (&str, &[LevelName; 2]),
        of: [String; 2],
        measure: &str,
        statistic: Statistic,
        found: Estimate,
        confidence: Confidence,
    ) -> Self {
        let df = found.df();
        let se = found.variance.filter(|variance| df >= 1.0 || *variance > NO_VARIANCE).map(f64::sqrt);
        let mut warnings = Vec::new();
        let usable = found.estimate.zip(se).filter(|(_, se)| df >= 1.0 && *se * *se > NO_VARIANCE);
        if usable.is_none() {
            warnings.push(
                "no interval: no degrees of freedom, no answers in one of the domains, or nothing varies".to_owned(),
            );
        }
        let interval = usable.and_then(|(value, se)| mean_interval(value, se * se, df, confidence).ok());
        let p_value = usable.and_then(|(value, se)| {
            let tails = StudentT::new(df)?.tails(value / se);
            Some((2.0 * tails.lower.min(tails.upper)).min(1.0))
        });
        let asked = asked.clone();
        Self {
            by: by.to_owned(),
            of,
            asked,
            measure: measure.to_owned(),
            statistic,
            found,
            se,
            interval,
            p_value,
            warnings,
        }
    }

    fn json(&self) -> Value {
        json!({
            "by": self.by,
            "of": self.asked.each_ref().map(LevelName::json),
            "measure": self.measure,
            "statistic": self.statistic.word(),
            "estimate": self.found.estimate,
            "se": self.se,
            "df": self.found.df(),
            "n": self.found.rows,
            "interval": limits(self.interval),
            "p_value": self.p_value,
            "warnings": self.warnings,
        })
    }

    fn cells(&self) -> Vec<String> {
        let limit = |pick: fn(&Interval) -> f64| self.interval.as_ref().map(pick).map(number).unwrap_or_default();
        vec![
            self.measure.clone(),
            self.statistic.word().to_owned(),
            format!("{}: {} - {}", self.by, self.of[0], self.of[1]),
            self.found.estimate.map(number).unwrap_or_default(),
            self.se.map(number).unwrap_or_default(),
            self.found.df().to_string(),
            String::new(),
            self.found.rows.to_string(),
            String::new(),
            "t".to_owned(),
            limit(|interval| interval.low),
            limit(|interval| interval.high),
            self.p_value.map(number).unwrap_or_default(),
        ]
    }
}

fn real_rows(rows: u64) -> f64 {
    real(usize::try_from(rows).unwrap_or(usize::MAX))
}

/// The shortest text that reads back as the same number.
fn number(value: f64) -> String {
    value.to_string()
}

fn limits(interval: Option<Interval>) -> Value {
    interval.map_or(Value::Null, |interval| json!([interval.low, interval.high]))
}

fn domain_json(domain: &[(String, String)]) -> Value {
    if domain.is_empty() {
        return Value::Null;
    }
    Value::Object(domain.iter().map(|(column, value)| (column.clone(), json!(value))).collect())
}

impl Card {
    fn json(&self) -> Value {
        let file = &self.file;
        let sampling = &file.sampling;
        let variance = match (self.replicates, sampling.fpc.len()) {
            (Some(_), _) => "replicates",
            (None, 0) => "linearisation, ultimate clusters with replacement",
            (None, _) => "linearisation, multistage with finite population corrections",
        };
        let replicates = sampling.replicates.as_ref().map(|plan| {
            json!({
                "method": format!("{:?}", plan.method),
                "number": self.replicates,
                "given": !plan.columns.is_empty(),
                "centre": if plan.mse { "estimate" } else { "mean of replicates" },
            })
        });
        let calibration = self.calibration.map(
            |(low, high)| json!({ "method": self.calibration_method, "smallest_factor": low, "largest_factor": high }),
        );
        json!({
            "program": concat!("thuocdo ", env!("CARGO_PKG_VERSION")),
            "rows": self.rows,
            "weights": sampling.weights,
            "weight_total": self.weight_total,
            "deff_of_weights": self.kish,
            "strata": sampling.strata,
            "ids": sampling.ids,
            "fpc": sampling.fpc,
            "nest": sampling.nest,
            "lonely_psu": format!("{:?}", sampling.lonely).to_lowercase(),
            "first_stage_strata": self.strata,
            "first_stage_units": self.units,
            "variance": variance,
            "degrees_of_freedom": "sampling units minus strata of the rows used",
            "replicates": replicates,
            "calibration": calibration,
            "census": self.census,
            "items": file.items,
            "satisfied": file.satisfied.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "not_satisfied": self.not_satisfied,
            "not_applicable": file.not_applicable.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "composite": file.composite.as_ref().map(super::design_file::CompositePlan::word),
            "level": file.level,
            "intervals": {
                "items": words(&file.intervals, &ITEM_DEFAULT),
                "composites": words(&file.intervals, &COMPOSITE_DEFAULT),
                "means": ["mean"],
            },
            "verdict_rule": RULE,
            "explained_at": self.explained(),
            "presentation_rule": "NCHS 2017",
            "design_sha256": self.design_sha256,
            "data_sha256": self.data_sha256,
            "warnings": self.warnings,
        })
    }
}

impl Card {
    /// Where the page of methods explains what was used.
    fn explained(&self) -> Vec<String> {
        let file = &self.file;
        let mut used = words(&file.intervals, &ITEM_DEFAULT);
        used.extend(words(&file.intervals, &COMPOSITE_DEFAULT));
        used.extend(file.composite.as_ref().map(super::design_file::CompositePlan::word));
        used.push(RULE);
        let mut paths: Vec<String> = used.iter().filter_map(|word| Some(find(word)?.path())).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

fn words(given: &[IntervalMethod], default: &[IntervalMethod]) -> Vec<&'static str> {
    let methods = if given.is_empty() { default } else { given };
    methods.iter().map(|method| method.word()).collect()
}

impl Report {
    /// One JSON object: the method, the estimates, the differences.
    pub fn json(&self) -> String {
        let estimates: Vec<Value> = self.estimates.iter().map(EstimateLine::json).collect();
        let differences: Vec<Value> = self.differences.iter().map(DifferenceLine::json).collect();
        let report = json!({ "design": self.card.json(), "estimates": estimates, "differences": differences });
        format!("{report:#}\n")
    }

    fn header(&self) -> Vec<String> {
        let names = [
            "kind",
            "measure",
            "statistic",
            "domain",
            "estimate",
            "se",
            "df",
            "deff",
            "n",
            "n_effective",
            "interval",
            "low",
            "high",
            "p_value",
        ];
        let targets = self.targets.iter().map(|target| format!("target {target}"));
        names.iter().map(|name| (*name).to_owned()).chain(targets).collect()
    }

    /// CSV with a byte-order mark, unrounded: one table of estimates, differences and the method, told apart by `kind`.
    pub fn csv(&self) -> Result<String, csv::Error> {
        let header = self.header();
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&header)?;
        let mut write = |kind: &str, mut cells: Vec<String>| {
            cells.insert(0, kind.to_owned());
            cells.resize(header.len(), String::new());
            writer.write_record(&cells)
        };
        for line in &self.estimates {
            write("estimate", line.cells())?;
        }
        for line in &self.differences {
            write("difference", line.cells())?;
        }
        if let Value::Object(card) = self.card.json() {
            for (key, value) in card {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                write("method", vec![key, String::new(), text])?;
            }
        }
        let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
        Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
    }

    /// A table for a terminal, with the method below.
    pub fn table(&self) -> String {
        let mut rows = vec![
            ["measure", "statistic", "domain", "n", "n eff", "estimate", "interval", "df", "deff"]
                .map(str::to_owned)
                .to_vec(),
        ];
        if let Some(head) = rows.first_mut() {
            head.extend(self.targets.iter().map(|target| format!(">= {}", percent(*target))));
        }
        for line in &self.estimates {
            let shown =
                |value: f64| if line.statistic == Statistic::Share { percent(value) } else { format!("{value:.3}") };
            let interval = line.intervals.first().and_then(|(_, interval)| *interval);
            let domain = line.domain.iter().map(|(column, value)| format!("{column}={value}")).collect::<Vec<_>>();
            let mut cells = vec![
                line.measure.clone(),
                line.statistic.word().to_owned(),
                domain.join(" "),
                line.found.rows.to_string(),
                line.effective.map(|n| format!("{n:.0}")).unwrap_or_default(),
                line.found.estimate.map(shown).unwrap_or_default(),
                interval.map(|i| format!("{} – {}", shown(i.low), shown(i.high))).unwrap_or_default(),
                line.found.df().to_string(),
                line.found.deff.map(|deff| format!("{deff:.2}")).unwrap_or_default(),
            ];
            cells.extend(line.verdicts.iter().map(|(_, verdict, _)| match verdict {
                Verdict::Undetermined { answers_needed: Some(more) } => format!("{} (+{more})", verdict.word()),
                verdict => verdict.word().to_owned(),
            }));
            rows.push(cells);
        }
        let mut text = aligned(&rows);
        if !self.differences.is_empty() {
            let mut rows = vec![
                ["difference", "measure", "statistic", "estimate", "interval", "df", "p"].map(str::to_owned).to_vec(),
            ];
            for line in &self.differences {
                rows.push(vec![
                    format!("{}: {} - {}", line.by, line.of[0], line.of[1]),
                    line.measure.clone(),
                    line.statistic.word().to_owned(),
                    line.found.estimate.map(|value| format!("{value:+.4}")).unwrap_or_default(),
                    line.interval.map(|i| format!("{:+.4} – {:+.4}", i.low, i.high)).unwrap_or_default(),
                    line.found.df().to_string(),
                    line.p_value.map(|p| format!("{p:.4}")).unwrap_or_default(),
                ]);
            }
            text.push('\n');
            text.push_str(&aligned(&rows));
        }
        let notes: std::collections::BTreeSet<&String> =
            self.card.warnings.iter().chain(self.estimates.iter().flat_map(|line| &line.warnings)).collect();
        let notes: Vec<String> = notes.into_iter().take(40).map(|note| format!("! {note}\n")).collect();
        let card = self.card.json();
        let line = |key: &str| format!("{key}: {}\n", card.get(key).map(ToString::to_string).unwrap_or_default());
        let method =
            ["rows", "first_stage_units", "first_stage_strata", "variance", "lonely_psu", "composite", "level"];
        let method: String = method.map(line).concat();
        format!(
            "{text}\n{}\n{method}verdicts: {RULE}; presentation: NCHS 2017; {}\n",
            notes.concat(),
            "--format json has every number"
        )
    }
}

fn percent(value: f64) -> String {
    format!("{:.2}%", value * 100.0)
}

fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect::<Vec<_>>().concat()
}
