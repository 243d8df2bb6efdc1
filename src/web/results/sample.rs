//! Figures made by hand for the tests of this room.

use std::sync::{Arc, LazyLock};

use super::period::Choice;
use super::surroundings::Surroundings;
use super::unit_page::{Place, View};
use crate::index::{Comparison, Estimate, Figure, PeriodState, Source, Target, TargetValue, What, overall, score};
use crate::publish::UnitFigures;
use crate::publish::figures::{ChildFigures, Only, OwnedTargets, Series, SourceFigures};
use crate::questionnaire::{Answer, Edition, Item, Tally, parse};
use crate::registry::InstalledEdition;
use crate::store::places::UnitVersion;
use crate::words::{Day, EditionNumber, FieldId, Lang, Level, Measure, Period, UnitId, UnitKind};

/// Forms of a level: satisfied with everything, and all. The others are satisfied with nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given(pub Level, pub u64, pub u64);

static EDITION: LazyLock<Arc<InstalledEdition>> = LazyLock::new(|| {
    let edition = parse("counter-1.toml", include_str!("../../../surveys/counter-1.toml")).unwrap();
    Arc::new(InstalledEdition { number: EditionNumber(1), hash: edition.hash(), edition, first_day: Day(0) })
});

static AROUND: LazyLock<Surroundings> = LazyLock::new(|| Surroundings { has_points: true, ..Surroundings::default() });

fn edition() -> &'static Edition {
    &EDITION.edition
}

/// A target of the province for counters.
pub(super) fn target(threshold: f64) -> Target {
    Target {
        measures: vec![Measure::Counter],
        field: FieldId::NONE,
        unit: UnitId(0),
        year_from: 2026,
        year_to: None,
        threshold: Some(threshold),
        value: TargetValue::Percent,
        comparison: Comparison::AtLeast,
        citation: format!("KH {threshold}"),
        issuer: "UBND".to_owned(),
    }
}

/// A limit of minutes.
pub(super) fn minutes(limit: f64) -> Target {
    Target {
        measures: vec![Measure::Minutes],
        value: TargetValue::Minutes,
        comparison: Comparison::AtMost,
        ..target(limit)
    }
}

/// Satisfied forms say 4 everywhere and waited 10 minutes, the others say 2 and waited 20.
fn tally((satisfied, forms): (u64, u64)) -> Tally {
    let mut tally = Tally::empty(edition());
    for form in 0..forms {
        let is_satisfied = form < satisfied;
        let answers: Vec<Answer> = edition()
            .numbered()
            .map(|(_, item)| match item {
                Item::Rating(_) => Answer::Level(if is_satisfied { 4 } else { 2 }),
                _ => Answer::Number(if is_satisfied { 10 } else { 20 }),
            })
            .collect();
        tally.add_answers(edition(), &answers);
    }
    tally
}

fn scored(tally: &Tally, source: Source, targets: &[Target], state: PeriodState) -> Vec<Estimate> {
    let targets: Vec<&Target> = targets.iter().collect();
    let transactions = Some(5_000);
    score(&Figure { edition: edition(), tally, source, state, targets: &targets, transactions })
}

/// The estimate of the first criterion of a closed period without a target.
pub(super) fn estimate(satisfied: u64, forms: u64) -> Estimate {
    judged((satisfied, forms), Source::Headline, &[], PeriodState::Closed)
}

/// The estimate of the first criterion, held against targets.
pub(super) fn judged(forms: (u64, u64), source: Source, targets: &[Target], state: PeriodState) -> Estimate {
    let estimates = scored(&tally(forms), source, targets, state);
    estimates.into_iter().find(|estimate| estimate.what == What::Item("reception".to_owned())).unwrap()
}

/// A unit.
pub(super) fn unit(number: i32, name: &str, kind: UnitKind) -> UnitVersion {
    UnitVersion {
        unit: UnitId(number),
        valid_from: Day(0),
        valid_to: None,
        code: format!("MH.{number}"),
        admin_code: None,
        name: name.to_owned(),
        kind,
        parent: Some(UnitId(0)),
    }
}

/// A unit below, with forms for the headline and of open feedback.
pub(super) fn child(number: i32, name: &str, kind: UnitKind, headline: (u64, u64), open: (u64, u64)) -> ChildFigures {
    let current = vec![target(0.90)];
    let targets: Vec<&Target> = current.iter().collect();
    let of = |forms: (u64, u64), source| {
        let tally = tally(forms);
        let (state, transactions) = (PeriodState::Closed, None);
        (forms.1 > 0).then(|| {
            overall(&Figure { edition: edition(), tally: &tally, source, state, targets: &targets, transactions })
        })
    };
    ChildFigures {
        unit: unit(number, name, kind),
        headline: of(headline, Source::Headline),
        open: of(open, Source::Level(Level::D)),
        items: Vec::new(),
        targets: OwnedTargets { current: current.clone(), ..OwnedTargets::default() },
        transactions: None,
    }
}

/// The figures of a commune with these forms, a target of 90% and a limit of 25 minutes.
pub(super) fn figures(given: &[Given], state: PeriodState) -> UnitFigures {
    let targets = [target(0.90), minutes(25.0)];
    let mut headline = Tally::empty(edition());
    let mut sources = Vec::new();
    for Given(level, satisfied, forms) in given {
        let tally = tally((*satisfied, *forms));
        if edition().headline_levels().contains(level) {
            headline.merge(&tally);
        }
        sources.push((Source::Level(*level), tally));
    }
    if headline.forms() > 0 {
        sources.insert(0, (Source::Headline, headline));
    }
    let sources = sources.into_iter().map(|(source, tally)| SourceFigures {
        source,
        forms: u64::try_from(tally.forms()).unwrap(),
        estimates: scored(&tally, source, &targets, state),
        importance: Vec::new(),
        tally,
    });
    UnitFigures {
        unit: unit(100, "Xã Suối Trong", UnitKind::Commune),
        above: vec![UnitVersion { code: "MH".to_owned(), ..unit(0, "Tỉnh Minh Họa", UnitKind::Province) }],
        period: Period::reporting_year(2026),
        state,
        counted_through: None,
        edition: Some(EDITION.clone()),
        only: Only::ALL,
        field_name: None,
        measure: Measure::Counter,
        measures: vec![Measure::Counter],
        corrected: None,
        others: Vec::new(),
        sources: sources.collect(),
        targets: OwnedTargets { current: vec![target(0.90)], ..OwnedTargets::default() },
        minutes: OwnedTargets { current: vec![minutes(25.0)], ..OwnedTargets::default() },
        transactions: Some(5_000),
        offered: None,
        children: Vec::new(),
        field_targets: Vec::new(),
        groups: Vec::new(),
        funnel: None,
        ranks: Vec::new(),
        fields: Vec::new(),
        decided: None,
        deciders: Vec::new(),
        moved: None,
        wider: Vec::new(),
        disputed: Vec::new(),
        months: Series::default(),
        quarters: Series::default(),
    }
}

/// A Vietnamese page of the figures.
pub(super) fn view(figures: &UnitFigures) -> View<'_> {
    View {
        lang: Lang::Vi,
        figures,
        around: &AROUND,
        choice: Choice::default(),
        today: Day::of(2026, 11, 21).unwrap(),
        is_simulated: false,
        path: "/don-vi/MH.100",
        csv: "/don-vi/MH.100/so-lieu.csv",
        place: Place::Public,
    }
}
