//! A frozen publication as the figures that pages are made of: the page of a publication is put together from the same parts as
//! that of a unit, with the numbers as they were approved. Pure.

use std::sync::Arc;

use crate::bundle::{Frozen, Group, Publication, State, TargetRef};
use crate::index::{
    Basis, Comparison, Estimate, Judgement, Method, PeriodState, Source, Statistic, Target, TargetValue, Verdict, What,
};
use crate::publish::UnitFigures;
use crate::publish::figures::{
    ChildFigures, Only, OwnedTargets, PartFigures, PartName, Series, SeriesBreak, SeriesPoint, SourceFigures, Why,
};
use crate::questionnaire::{Item, Tally};
use crate::registry::{InstalledEdition, Snapshot};
use crate::statistics::{Interval, Reach};
use crate::store::places::UnitVersion;
use crate::words::{Day, FieldId, Level, Measure, Period, UnitId, UnitKind};

/// The figures of the unit at the top, with those of the units next below; `None` where the content names an edition or a day
/// that is none.
pub fn thaw(snapshot: &Snapshot, publication: &Publication) -> Option<UnitFigures> {
    Thawing { snapshot, publication }.figures()
}

struct Thawing<'a> {
    snapshot: &'a Snapshot,
    publication: &'a Publication,
}

impl Thawing<'_> {
    fn figures(&self) -> Option<UnitFigures> {
        let of = self.publication;
        let period = Period::new(Day::parse(&of.from)?, Day::parse(&of.to)?)?;
        let top = of.units.first()?;
        let measure = Measure::parse(&of.measure).ok()?;
        let groups: Vec<&Group> = of.groups.iter().filter(|group| group.is_whole() && group.unit == top.code).collect();
        let edition = groups.first().and_then(|group| self.edition(&group.run));
        let sources = groups.iter().filter_map(|group| self.source(group, top.returned)).collect();
        let below = of.units.iter().filter(|unit| unit.parent.as_ref() == Some(&top.code));
        // What stands at the top of the province has no targets from above.
        let own = self.unit(top, period.to).unit;
        let is_root = self.snapshot.directory.root(period.to).is_some_and(|root| root.unit == own);
        let of_unit = |target: Target| Target { unit: if is_root { own } else { target.unit }, ..target };
        let counted = of.targets.iter().filter_map(|target| target_of(target, measure).map(of_unit));
        let counted: Vec<Target> = counted.collect();
        let (minutes, shares): (Vec<Target>, Vec<Target>) =
            counted.into_iter().partition(|target| target.value == TargetValue::Minutes);
        Some(UnitFigures {
            unit: self.unit(top, period.to),
            above: Vec::new(),
            period,
            state: PeriodState::Closed,
            counted_through: None,
            only: Only::ALL,
            field_name: None,
            measure,
            measures: vec![measure],
            edition,
            corrected: None,
            others: Vec::new(),
            sources,
            targets: owned(self.own_targets(top.code.as_str(), shares)),
            field_targets: Vec::new(),
            minutes: owned(minutes),
            transactions: top.returned,
            offered: top.offered,
            children: below.map(|unit| self.child(unit, period.to)).collect(),
            groups: Vec::new(),
            funnel: None,
            ranks: Vec::new(),
            fields: self.fields(),
            decided: None,
            deciders: Vec::new(),
            moved: None,
            wider: Vec::new(),
            disputed: Vec::new(),
            months: Series::default(),
            quarters: self.series(),
        })
    }

    /// The targets that the figures of a unit are held against.
    fn own_targets(&self, unit: &str, all: Vec<Target>) -> Vec<Target> {
        let groups = self.publication.groups.iter().filter(|group| group.is_whole() && group.unit == unit);
        let verdicts = groups.flat_map(|group| &group.figures).flat_map(|figure| &figure.verdicts);
        let named: Vec<&TargetRef> = verdicts.filter_map(|of| self.publication.targets.get(of.target)).collect();
        let is_named = |target: &Target| {
            named.iter().any(|of| of.citation == target.citation && of.threshold.parse().ok() == target.threshold)
        };
        all.into_iter().filter(is_named).collect()
    }

    fn edition(&self, name: &str) -> Option<Arc<InstalledEdition>> {
        let named = |one: &&Arc<InstalledEdition>| format!("{}-{}", one.edition.code(), one.edition.version()) == name;
        self.snapshot.editions.iter().find(named).cloned()
    }

    fn unit(&self, of: &crate::bundle::UnitRef, day: Day) -> UnitVersion {
        let unit = self.snapshot.directory.unit_by_code(&of.code).unwrap_or(UnitId::NONE);
        UnitVersion {
            unit,
            valid_from: day,
            valid_to: None,
            code: of.code.clone(),
            admin_code: None,
            name: of.name.clone(),
            kind: UnitKind::parse(&of.kind).unwrap_or(UnitKind::Commune),
            parent: None,
        }
    }

    fn source(&self, group: &Group, people: Option<u64>) -> Option<SourceFigures> {
        let source = source_of(&group.source)?;
        let edition = self.edition(&group.run)?;
        let mut tally = Tally::empty(&edition.edition);
        for figure in &group.figures {
            let number = edition.edition.number_of(&figure.what).filter(|_| figure.kind == "item");
            let Some(item) = number.and_then(|number| tally.items.get_mut(number)) else { continue };
            let count = |n: u64| i64::try_from(n).unwrap_or(0);
            for (to, n) in item.levels.iter_mut().zip(figure.levels.iter().flatten()) {
                *to = count(*n);
            }
            if let (Some((sum, squares)), Some(n)) = (figure.sums, figure.n) {
                (item.sum, item.sum_squares, item.levels[0]) = (sum, squares, count(n));
            }
            if let Some((blank, not_applicable)) = figure.absent {
                (item.blank, item.not_applicable) = (count(blank), count(not_applicable));
            }
        }
        Some(SourceFigures {
            source,
            forms: group.forms.unwrap_or(1),
            tally,
            estimates: self.estimates(group, source, &edition, people),
            importance: Vec::new(),
        })
    }

    fn estimates(
        &self,
        group: &Group,
        source: Source,
        edition: &InstalledEdition,
        people: Option<u64>,
    ) -> Vec<Estimate> {
        let of = |figure: &Frozen| estimate(figure, source, edition, (&self.publication.targets, people));
        group.figures.iter().map(of).collect()
    }

    fn child(&self, unit: &crate::bundle::UnitRef, day: Day) -> ChildFigures {
        let groups: Vec<&Group> =
            self.publication.groups.iter().filter(|group| group.is_whole() && group.unit == unit.code).collect();
        let first = |source: &str| {
            let group = groups.iter().find(|group| group.source == source)?;
            let edition = self.edition(&group.run)?;
            let composite = group.figures.iter().find(|figure| figure.kind == "composite")?;
            let targets = (&self.publication.targets[..], unit.returned);
            Some(estimate(composite, source_of(source)?, &edition, targets))
        };
        let shown = groups.iter().find(|group| group.source == "headline").or_else(|| groups.first());
        let items = shown.and_then(|group| {
            let edition = self.edition(&group.run)?;
            let all = self.estimates(group, source_of(&group.source)?, &edition, unit.returned);
            let is_item = |one: &Estimate| matches!(one.what, What::Item(_)) && one.statistic == Statistic::Share;
            Some(all.into_iter().filter(is_item).collect())
        });
        let measure = Measure::parse(&self.publication.measure).unwrap_or(Measure::Counter);
        let targets = self.publication.targets.iter().filter_map(|target| target_of(target, measure));
        let shares = targets.filter(|target| target.value == TargetValue::Percent).collect();
        ChildFigures {
            unit: self.unit(unit, day),
            headline: first("headline"),
            open: first(Level::D.word()),
            items: items.unwrap_or_default(),
            targets: owned(self.own_targets(&unit.code, shares)),
            transactions: unit.returned,
        }
    }

    fn fields(&self) -> Vec<PartFigures> {
        let groups = self.publication.groups.iter().filter_map(|group| Some((group, group.field?)));
        let part = |(group, field): (&Group, i16)| {
            let named = self.publication.fields.iter().find(|known| known.id == field)?;
            let edition = self.edition(&group.run)?;
            let estimates = self.estimates(group, source_of(&group.source)?, &edition, None);
            let measure = Measure::parse(&self.publication.measure).ok()?;
            let verdicts = group.figures.iter().flat_map(|figure| &figure.verdicts);
            let targets = verdicts.filter_map(|of| target_of(self.publication.targets.get(of.target)?, measure));
            let part = PartName::Field(FieldId(field), named.name.clone());
            Some(PartFigures { part, estimates, targets: owned(targets.collect()) })
        };
        groups.filter_map(part).collect()
    }

    fn series(&self) -> Series {
        let mut series = Series::default();
        for group in &self.publication.groups {
            let Some((from, to)) = &group.period else { continue };
            let period = Day::parse(from).zip(Day::parse(to)).and_then(|(from, to)| Period::new(from, to));
            let (Some(period), Some(edition), Some(source)) =
                (period, self.edition(&group.run), source_of(&group.source))
            else {
                continue;
            };
            let before = series.points.len();
            for why in group.break_before.iter().flat_map(|told| told.split("; ")).filter_map(why) {
                series.breaks.push(SeriesBreak { before, why });
            }
            let measure = Measure::parse(&self.publication.measure).unwrap_or(Measure::Counter);
            let verdicts = group.figures.iter().flat_map(|figure| &figure.verdicts);
            let targets = verdicts.filter_map(|of| target_of(self.publication.targets.get(of.target)?, measure));
            series.points.push(SeriesPoint {
                period,
                state: PeriodState::Closed,
                headline: self.estimates(group, source, &edition, None).into_iter().next(),
                edition: Some(edition),
                open: None,
                targets: targets.collect(),
            });
        }
        series
    }
}

fn why(told: &str) -> Option<Why> {
    let (what, day) = told.split_once(' ')?;
    let day = Day::parse(day)?;
    match what {
        "questionnaire" => Some(Why::Questionnaire(day)),
        "reorganised" => Some(Why::Reorganised(day)),
        _ => None,
    }
}

fn source_of(word: &str) -> Option<Source> {
    if word == "headline" { Some(Source::Headline) } else { Level::parse(word).ok().map(Source::Level) }
}

fn owned(current: Vec<Target>) -> OwnedTargets {
    OwnedTargets { is_contradictory: current.len() > 1, current, ..OwnedTargets::default() }
}

fn target_of(of: &TargetRef, measure: Measure) -> Option<Target> {
    let value = TargetValue::parse(&of.value).ok()?;
    Some(Target {
        measures: vec![if value == TargetValue::Minutes { Measure::Minutes } else { measure }],
        field: FieldId::NONE,
        unit: UnitId::NONE,
        year_from: 0,
        year_to: None,
        threshold: of.threshold.parse().ok(),
        value,
        comparison: Comparison::parse(&of.comparison).ok()?,
        citation: of.citation.clone(),
        issuer: String::new(),
    })
}

/// An estimate with what was published of it. One that is suppressed counts as of one answer, which nothing shows; one of
/// which nearly all are satisfied, or nearly none, as of all or none.
fn estimate(
    figure: &Frozen,
    source: Source,
    edition: &InstalledEdition,
    (targets, people): (&[TargetRef], Option<u64>),
) -> Estimate {
    let number = |text: &str| text.parse::<f64>().ok();
    let n = figure.n.unwrap_or(1);
    let value = match figure.state {
        State::AtLeast95 => Some(1.0),
        State::AtMost5 | State::Suppressed => Some(0.0),
        State::Shown | State::NoInterval => figure.estimate.as_deref().and_then(number),
    };
    let interval = figure.interval.as_ref().and_then(|(low, high)| {
        let method = METHODS.iter().find(|method| Some(method.word()) == figure.method.as_deref())?;
        Some((*method, Interval { low: number(low)?, high: number(high)? }))
    });
    let judgement = |of: &crate::bundle::FrozenVerdict| {
        let target = targets.get(of.target)?;
        let threshold = number(&target.threshold)?;
        let comparison = Comparison::parse(&target.comparison).ok()?;
        let reaches = value.map(|value| match comparison {
            Comparison::AtLeast => value >= threshold,
            Comparison::MoreThan => value > threshold,
            Comparison::AtMost | Comparison::Rises => value <= threshold,
        });
        Some(Judgement {
            threshold,
            comparison,
            value: TargetValue::parse(&target.value).ok()?,
            citation: target.citation.clone(),
            verdict: of.verdict.as_deref().and_then(|word| verdict(word, of.answers_needed)),
            estimate_reaches: reaches,
            break_even: None,
        })
    };
    let what = match figure.kind.as_str() {
        "composite" => What::Composite,
        "factor" => What::Factor(figure.what.clone()),
        _ => What::Item(figure.what.clone()),
    };
    let is_mean = matches!(edition.edition.item(&figure.what), Some(Item::Number(_)));
    Estimate {
        what,
        statistic: if is_mean { Statistic::Mean } else { Statistic::Share },
        source,
        basis: BASES.into_iter().find(|basis| basis.word() == figure.basis).unwrap_or(Basis::Respondents),
        n,
        estimate: value,
        se: figure.variance.as_deref().and_then(number).map(f64::sqrt),
        df: None,
        n_effective: None,
        intervals: interval.into_iter().collect(),
        withheld: None,
        judgements: figure.verdicts.iter().filter_map(judgement).collect(),
        response_ratio: if figure.n.is_some() { Reach::of(n, people).ratio() } else { None },
        bounds: None,
        warnings: Vec::new(),
    }
}

const BASES: [Basis; 4] = [Basis::Sample, Basis::Census, Basis::Respondents, Basis::Open];
const METHODS: [Method; 8] = [
    Method::BetaBinomialSequence,
    Method::AsymptoticSequence,
    Method::RunningAverageSequence,
    Method::ClopperPearson,
    Method::Wilson,
    Method::Xlogit,
    Method::Mean,
    Method::Census,
];

fn verdict(word: &str, answers_needed: Option<u64>) -> Option<Verdict> {
    let all = [Verdict::Met, Verdict::NotMet, Verdict::Undetermined { answers_needed }, Verdict::NotPublishable];
    all.into_iter().find(|verdict| verdict.word() == word)
}
