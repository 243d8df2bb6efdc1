//! `thuocdo index`: estimates from the database as JSON, as a table, as CSV.

use std::collections::BTreeMap;

use anyhow::Context;
use serde_json::{Map, Value, json};

use super::cleaned::cleaned;
use super::differences::{LevelDifference, differences};
use super::tallies::{self, OfficeKey};
use crate::index::{Estimate, Figure, PeriodState, Source, Statistic, Target, applicable, options, score};
use crate::questionnaire::Tally;
use crate::registry::disputes::DisputedMonth;
use crate::registry::{InstalledEdition, Snapshot};
use crate::statistics::BreakEven;
use crate::store::{Database, counts};
use crate::words::{Channel, Day, FieldId, Level, Measure, Period, UnitId};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Measure.
    pub measure: Measure,
    /// Unit with its subtree.
    pub unit: UnitId,
    /// First day; from the first stored answer if absent.
    pub from: Option<Day>,
    /// Last day; today if absent.
    pub to: Option<Day>,
}

/// By what a group of answers is narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    /// All of them.
    Whole,
    /// One channel.
    Channel(Channel),
    /// One field.
    Field(String),
    /// All of them, counted where two persons decided that they belong.
    Cleaned,
}

/// Estimates of one edition, source and domain.
#[derive(Debug, Clone)]
pub struct Group {
    /// Name of the edition.
    pub edition: String,
    /// Formula of the composite.
    pub formula: &'static str,
    /// Domain.
    pub domain: Domain,
    /// Estimates.
    pub estimates: Vec<Estimate>,
}

/// The answer to a question.
#[derive(Debug, Clone)]
pub struct Report {
    /// Measure.
    pub measure: Measure,
    /// Code of the unit.
    pub unit: String,
    /// Period.
    pub period: Period,
    /// Whether the period still runs.
    pub state: PeriodState,
    /// Estimates in groups.
    pub groups: Vec<Group>,
    /// The drawn sample against the other levels.
    pub differences: Vec<LevelDifference>,
    /// Months in which the figure by tickets is set aside.
    pub disputed: Vec<DisputedMonth>,
}

/// Computes the report: every level and the headline, as a whole, by channel and by field.
pub async fn report(db: &Database, snapshot: &Snapshot, question: &Question, today: Day) -> anyhow::Result<Report> {
    let stored = counts::days(db.reader(), snapshot.province).await.context("while asking for the first answer")?;
    let to = question.to.unwrap_or(today);
    let from = question.from.or(stored.map(|(first, _)| first)).unwrap_or(to).min(to);
    let period = Period::new(from, to).context("the period ends before it begins")?;
    let state = if period.runs_on(today) { PeriodState::Running } else { PeriodState::Closed };
    let mut counted = tallies::for_office(db, snapshot, question.unit, period).await?;
    tallies::count_long_forms(db, snapshot, question.unit, period, question.measure, &mut counted).await?;
    let transactions = tallies::transactions(db.reader(), snapshot, &[question.unit], None, period).await?;
    let mut groups = Vec::new();
    for installed in snapshot.editions.iter().filter(|e| e.edition.measure() == question.measure) {
        let own: Vec<(&OfficeKey, &Tally)> =
            counted.iter().filter(|(key, _)| key.edition == installed.number).collect();
        for (source, domain, tally) in slices(snapshot, installed, &own) {
            let field = match &domain {
                Domain::Field(name) => snapshot.directory.field_by_name(name).unwrap_or(FieldId::NONE),
                Domain::Whole | Domain::Channel(_) | Domain::Cleaned => FieldId::NONE,
            };
            let targets = targets(snapshot, question, field, period);
            let figure = Figure {
                edition: &installed.edition,
                tally: &tally,
                source,
                state,
                targets: &targets,
                transactions: transactions.get(&question.unit).copied().filter(|_| domain == Domain::Whole),
            };
            groups.push(Group {
                edition: installed.edition.name().to_string(),
                formula: installed.edition.aggregation().word(),
                domain,
                estimates: [score(&figure), options(&figure)].concat(),
            });
        }
    }
    let of = (question.unit, period);
    if let Some(cleaned) = cleaned(db, snapshot, of, question.measure, &counted).await? {
        groups.extend(cleaned_groups(snapshot, question, (period, state), &counted, &cleaned));
    }
    let unit = snapshot.directory.unit_on(question.unit, to).map(|unit| unit.code.clone()).unwrap_or_default();
    let (differences, disputed) =
        (differences(&groups), snapshot.disputes.of(question.unit, period).copied().collect());
    Ok(Report { measure: question.measure, unit, period, state, groups, differences, disputed })
}

/// Estimates after the moves, of every source that they change. Live sequences use raw counts alone, so a period that still
/// runs has ordinary intervals here and no verdict.
fn cleaned_groups(
    snapshot: &Snapshot,
    question: &Question,
    (period, state): (Period, PeriodState),
    raw: &BTreeMap<OfficeKey, Tally>,
    cleaned: &BTreeMap<OfficeKey, Tally>,
) -> Vec<Group> {
    let closed = state == PeriodState::Closed;
    let targets = if closed { targets(snapshot, question, FieldId::NONE, period) } else { Vec::new() };
    let mut groups = Vec::new();
    for installed in snapshot.editions.iter().filter(|e| e.edition.measure() == question.measure) {
        let whole = |counts: &BTreeMap<OfficeKey, Tally>| -> Vec<(Source, Tally)> {
            let own: Vec<(&OfficeKey, &Tally)> =
                counts.iter().filter(|(key, _)| key.edition == installed.number).collect();
            let slices = slices(snapshot, installed, &own).into_iter();
            slices.filter(|(_, domain, _)| *domain == Domain::Whole).map(|(source, _, tally)| (source, tally)).collect()
        };
        let before = whole(raw);
        for (source, tally) in whole(cleaned).into_iter().filter(|slice| !before.contains(slice)) {
            let state = PeriodState::Closed;
            let figure = Figure {
                edition: &installed.edition,
                tally: &tally,
                source,
                state,
                targets: &targets,
                transactions: None,
            };
            groups.push(Group {
                edition: installed.edition.name().to_string(),
                formula: installed.edition.aggregation().word(),
                domain: Domain::Cleaned,
                estimates: [score(&figure), options(&figure)].concat(),
            });
        }
    }
    groups
}

/// Targets in force for shares and for minutes; a field without a target of its own takes the general one.
fn targets<'a>(snapshot: &'a Snapshot, question: &Question, field: FieldId, period: Period) -> Vec<&'a Target> {
    let path = snapshot.directory.path(question.unit, period.to);
    let year = period.to.year();
    let of = |measure, field| applicable(&snapshot.targets, measure, field, &path, year).current;
    let mut found = of(question.measure, field);
    if found.is_empty() && field != FieldId::NONE {
        found = of(question.measure, FieldId::NONE);
    }
    found.extend(of(Measure::Minutes, FieldId::NONE));
    found
}

/// The counts of every level and of the headline: as a whole, and narrowed where more than one channel or field is there.
fn slices(
    snapshot: &Snapshot,
    installed: &InstalledEdition,
    counted: &[(&OfficeKey, &Tally)],
) -> Vec<(Source, Domain, Tally)> {
    let headline = installed.edition.headline_levels();
    let mut sources = vec![(Source::Headline, headline.to_vec())];
    sources.extend(Level::ALL.iter().map(|level| (Source::Level(*level), vec![*level])));
    let mut found = Vec::new();
    for (source, levels) in sources {
        let own: Vec<&(&OfficeKey, &Tally)> = counted.iter().filter(|(key, _)| levels.contains(&key.level)).collect();
        if own.is_empty() {
            continue;
        }
        let sum = |wanted: &dyn Fn(&OfficeKey) -> bool| {
            let mut tally = Tally::empty(&installed.edition);
            own.iter().filter(|(key, _)| wanted(key)).for_each(|(_, counts)| tally.merge(counts));
            tally
        };
        found.push((source, Domain::Whole, sum(&|_| true)));
        let mut channels: Vec<Channel> = own.iter().map(|(key, _)| key.channel).collect();
        channels.sort_unstable();
        channels.dedup();
        // One channel alone, or one field alone, says nothing that the whole does not.
        for channel in channels.iter().copied().filter(|_| channels.len() > 1) {
            found.push((source, Domain::Channel(channel), sum(&|key| key.channel == channel)));
        }
        let mut fields: Vec<FieldId> = own.iter().map(|(key, _)| key.field).collect();
        fields.sort_unstable();
        fields.dedup();
        for field in fields.iter().copied().filter(|field| fields.len() > 1 && *field != FieldId::NONE) {
            let name = snapshot.directory.field_name(field).unwrap_or_default().to_owned();
            found.push((source, Domain::Field(name), sum(&|key| key.field == field)));
        }
    }
    found
}

impl Domain {
    fn json(&self) -> Value {
        match self {
            Self::Whole => Value::Null,
            Self::Channel(channel) => json!({ "channel": channel.word() }),
            Self::Field(name) => json!({ "field": name }),
            Self::Cleaned => json!({ "counts": "cleaned" }),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Whole => String::new(),
            Self::Channel(channel) => format!("channel={channel}"),
            Self::Field(name) => format!("field={name}"),
            Self::Cleaned => "counts=cleaned".to_owned(),
        }
    }
}

impl Report {
    /// One JSON object, as the contract has it.
    pub fn json(&self) -> String {
        let estimates: Vec<Value> = self
            .groups
            .iter()
            .flat_map(|group| group.estimates.iter().map(move |estimate| estimate_json(group, estimate)))
            .collect();
        let report = json!({
            "index": {
                "measure": self.measure.word(),
                "unit": self.unit,
                "from": self.period.from.iso(),
                "to": self.period.to.iso(),
                "state": match self.state {
                    PeriodState::Running => "running",
                    PeriodState::Closed => "closed",
                    PeriodState::Rolling => "rolling",
                },
            },
            "method": self.method(),
            "estimates": estimates,
            "differences": self.differences.iter().map(LevelDifference::json).collect::<Vec<_>>(),
            "disputed": self.disputed.iter().map(disputed_json).collect::<Vec<_>>(),
        });
        format!("{report:#}\n")
    }

    /// How the numbers came about.
    fn method(&self) -> Value {
        let mut words: Vec<&str> = self
            .groups
            .iter()
            .flat_map(|group| group.estimates.iter().flat_map(|estimate| &estimate.intervals))
            .map(|(method, _)| method.word())
            .chain(self.groups.iter().map(|group| group.formula))
            .chain([crate::index::RULE])
            .collect();
        words.sort_unstable();
        words.dedup();
        let explained: Vec<String> =
            words.iter().filter_map(|word| Some(crate::text::methods::find(word)?.path())).collect();
        json!({
            "program": concat!("thuocdo ", env!("CARGO_PKG_VERSION")),
            "estimator": "shares of answers received; composites by the formula of each estimate",
            "variance": "independent respondents; composites by one linearised variable per respondent",
            "degrees_of_freedom": "respondents minus one",
            "verdict_rule": crate::index::RULE,
            "explained_at": explained,
        })
    }

    /// A table for a terminal.
    pub fn table(&self) -> String {
        let mut rows = vec![HEAD.map(str::to_owned)];
        rows.extend(self.rows());
        let width =
            |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
        let widths: Vec<usize> = (0..HEAD.len()).map(|column| width(column).unwrap_or(0)).collect();
        let line = |row: &[String; 10]| {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let period = format!("{} {} {} – {}\n", self.measure, self.unit, self.period.from.iso(), self.period.to.iso());
        let table = rows.iter().map(line).fold(period, |text, line| text + &line + "\n");
        let differences = self.differences.iter().map(LevelDifference::line);
        let disputed = self.disputed.iter().map(|one| {
            let month = one.first_day().iso();
            let month = month.get(..7).unwrap_or(&month).to_owned();
            let DisputedMonth { disputes, spent, .. } = one;
            format!("{month}: {disputes} people say that they did not answer ({spent} tickets spent): levels B and C are set aside\n")
        });
        differences.chain(disputed).fold(table, |text, line| text + &line)
    }

    /// CSV with a byte-order mark, for spreadsheets.
    pub fn csv(&self) -> anyhow::Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEAD).context("while writing CSV")?;
        for row in self.rows() {
            writer.write_record(row).context("while writing CSV")?;
        }
        let bytes = writer.into_inner().context("while writing CSV")?;
        Ok(format!("\u{feff}{}", String::from_utf8(bytes).context("while writing CSV")?))
    }

    fn rows(&self) -> impl Iterator<Item = [String; 10]> {
        self.groups.iter().flat_map(|group| group.estimates.iter().map(move |e| row(group, e)))
    }
}

const HEAD: [&str; 10] =
    ["edition", "measure", "statistic", "level", "basis", "domain", "n", "estimate", "interval", "verdicts"];

fn row(group: &Group, estimate: &Estimate) -> [String; 10] {
    let number = |value: f64| match estimate.statistic {
        Statistic::Share => format!("{:.2}%", value * 100.0),
        Statistic::Mean => format!("{value:.2}"),
    };
    let verdicts = estimate.judgements.iter().map(|judgement| {
        let verdict = judgement.verdict.map_or("–", |verdict| verdict.word());
        format!("{} {}: {verdict}", judgement.comparison.word(), number(judgement.threshold))
    });
    [
        group.edition.clone(),
        estimate.what.code().to_owned(),
        estimate.statistic.word().to_owned(),
        estimate.source.word().to_owned(),
        estimate.basis.word().to_owned(),
        group.domain.text(),
        estimate.n.to_string(),
        estimate.estimate.map(number).unwrap_or_default(),
        estimate.interval().map(|i| format!("{} – {}", number(i.low), number(i.high))).unwrap_or_default(),
        verdicts.collect::<Vec<_>>().join("; "),
    ]
}

fn estimate_json(group: &Group, estimate: &Estimate) -> Value {
    let intervals: Map<String, Value> = estimate
        .intervals
        .iter()
        .map(|(method, interval)| (method.word().to_owned(), json!([interval.low, interval.high])))
        .collect();
    let verdicts: Vec<Value> = estimate.judgements.iter().map(judgement_json).collect();
    json!({
        "measure": estimate.what.code(),
        "statistic": estimate.statistic.word(),
        "edition": group.edition,
        "formula": group.formula,
        "level": estimate.source.word(),
        "basis": estimate.basis.word(),
        "domain": group.domain.json(),
        "estimate": estimate.estimate,
        "se": estimate.se,
        "df": estimate.df,
        "deff": Value::Null,
        "n": estimate.n,
        "n_effective": estimate.n_effective,
        "intervals": intervals,
        "deciding_interval": estimate.intervals.first().map(|(method, _)| method.word()),
        "verdict": single_verdict(estimate),
        "verdicts": verdicts,
        "rule": crate::index::RULE,
        "response_ratio": estimate.response_ratio,
        "bounds": estimate.bounds.map(|bounds| json!([bounds.low, bounds.high])),
        "warnings": estimate.warnings,
    })
}

fn disputed_json(one: &DisputedMonth) -> Value {
    json!({ "month": one.first_day().iso().get(..7), "disputes": one.disputes, "spent": one.spent })
}

/// The verdict where one target is in force; null at level D, without a target, and where targets contradict each other.
fn single_verdict(estimate: &Estimate) -> Value {
    match estimate.judgements.as_slice() {
        [only] => json!(only.verdict.map(crate::index::Verdict::word)),
        _ => Value::Null,
    }
}

fn judgement_json(judgement: &crate::index::Judgement) -> Value {
    let needed = match judgement.verdict {
        Some(crate::index::Verdict::Undetermined { answers_needed }) => answers_needed,
        _ => None,
    };
    let break_even = match judgement.break_even {
        Some(BreakEven::AtLeast(share)) => json!(share),
        Some(BreakEven::Holds) => json!(0.0),
        Some(BreakEven::OutOfReach) => json!("out_of_reach"),
        None => Value::Null,
    };
    json!({
        "target": judgement.threshold,
        "comparison": judgement.comparison.word(),
        "value": judgement.value.word(),
        "citation": judgement.citation,
        "verdict": judgement.verdict.map(crate::index::Verdict::word),
        "answers_needed": needed,
        "estimate_reaches": judgement.estimate_reaches,
        "break_even": break_even,
    })
}
