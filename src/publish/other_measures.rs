//! Figures of other systems, for the pages on which they stand beside those of the questionnaires: never with them in one
//! number, never on one axis.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use anyhow::{Context, anyhow};

use crate::index::official::{self, Inputs, Qd766, Tt01};
use crate::index::scheme::{Scheme, embedded, in_force};
use crate::registry::Snapshot;
use crate::store::{Database, measures};
use crate::words::{Collector, Day, Indicator, Period, UnitId};

static SCHEMES: LazyLock<Result<Vec<Scheme>, String>> =
    LazyLock::new(|| embedded().map_err(|unsound| unsound.to_string()));

/// What one collector has to say of a unit and a span of days.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherMeasure {
    /// Who collected it.
    pub collector: Collector,
    /// Its own span of days, which need not be the one that was asked for.
    pub period: Period,
    /// The numbers as they were entered, in ten-thousandths.
    pub inputs: Inputs,
    /// What follows from them by the collector's own rules.
    pub reading: Reading,
}

/// What follows from the numbers of a collector.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Nothing: likes and dislikes stay what they are.
    Portal,
    /// Decision 766.
    Qd766(Box<Qd766>),
    /// Circular 01/2018, with the name of the band in both languages.
    Tt01(Tt01, Option<(String, String)>),
}

/// The figures of other systems of a unit that share most days with a period, one span for each collector; of spans that share
/// the same days the shortest. What no collector has is not there.
pub async fn other_measures(
    db: &Database,
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
) -> anyhow::Result<Vec<OtherMeasure>> {
    let stored = measures::of_unit(db.reader(), snapshot.province, unit).await;
    let stored = stored.context("while reading figures of other systems")?;
    let mut found = Vec::new();
    for collector in Collector::ALL {
        let own = || stored.iter().filter(|one| one.indicator.collector() == *collector);
        let shared = |of: Period| of.to.min(period.to).0 - of.from.max(period.from).0 + 1;
        let spans = own().map(|one| one.period).filter(|of| shared(*of) > 0);
        let Some(span) = spans.max_by_key(|of| (shared(*of), of.from.0 - of.to.0, of.to)) else { continue };
        let inputs: Inputs = own().filter(|one| one.period == span).map(|one| (one.indicator, one.value)).collect();
        let reading = reading(*collector, &inputs, span.to)?;
        found.push(OtherMeasure { collector: *collector, period: span, inputs, reading });
    }
    Ok(found)
}

/// The spans of days of which a unit has figures of other systems, the latest first.
pub async fn measured_periods(db: &Database, snapshot: &Snapshot, unit: UnitId) -> anyhow::Result<Vec<Period>> {
    let stored = measures::of_unit(db.reader(), snapshot.province, unit).await;
    let stored = stored.context("while reading figures of other systems")?;
    let spans: BTreeSet<(Day, Day)> = stored.iter().map(|one| (one.period.to, one.period.from)).collect();
    Ok(spans.into_iter().rev().map(|(to, from)| Period { from, to }).collect())
}

/// The units that have figures of other systems.
pub async fn measured_units(db: &Database, snapshot: &Snapshot) -> anyhow::Result<Vec<UnitId>> {
    measures::units(db.reader(), snapshot.province).await.context("while reading figures of other systems")
}

fn reading(collector: Collector, inputs: &Inputs, day: Day) -> anyhow::Result<Reading> {
    let problem = |problems: Vec<crate::index::scheme::InputProblem>| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow!("figures of another system do not fit their scheme: {}", problems.join("; "))
    };
    Ok(match collector {
        Collector::Portal => Reading::Portal,
        Collector::Qd766 => {
            Reading::Qd766(Box::new(official::qd766(scheme("qd766_2022", day)?, inputs).map_err(problem)?))
        }
        Collector::Tt01 => {
            let scheme = scheme("tt01_2018", day)?;
            let rated = official::tt01(scheme, inputs).map_err(problem)?;
            let band = scheme.bands().iter().find(|band| Some(&band.code) == rated.band.as_ref());
            let band = band.map(|band| (band.label.vi.clone(), band.label.en.clone()));
            Reading::Tt01(rated, band)
        }
    })
}

/// The scheme in force on a day; of days before its own, the first one there is.
fn scheme(code: &str, day: Day) -> anyhow::Result<&'static Scheme> {
    let schemes = SCHEMES.as_ref().map_err(|unsound| anyhow!("{unsound}"))?;
    let first = || schemes.iter().find(|scheme| scheme.name().code == code);
    in_force(schemes, code, day).or_else(first).with_context(|| format!("there is no scheme {code}"))
}

impl OtherMeasure {
    /// A number as it was entered.
    pub fn input(&self, indicator: Indicator) -> Option<f64> {
        self.inputs.get(&indicator).map(|value| official::number(*value))
    }
}
