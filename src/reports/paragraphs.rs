//! From the facts to the paragraphs: which are said, and with which values. No figure is said that pages do not show.

use super::Facts;
use super::issuer::Issuer;
use crate::cases::counts::{Eyes, sentence};
use crate::documents::Span;
use crate::index::{Basis, Comparison, Estimate, FEWEST_PUBLISHED, Source, Statistic, TargetValue, Verdict, What};
use crate::publish::figures::{PartName, SourceFigures, Why};
use crate::publish::other_measures::Reading;
use crate::publish::verdicts::{held, standing};
use crate::publish::visible::{Visible, visible};
use crate::questionnaire::Item;
use crate::statistics::units::Standing as Place;
use crate::statistics::{Confidence, Estimated, independent_difference};
use crate::text::figure::note::answers;
use crate::text::figure::standing::{Outcome, Standing};
use crate::text::number::share;
use crate::text::reports::scope::{self, Limits, Open, Quality, SOURCES};
use crate::text::reports::verdict::{self, Criterion, Headline, Waiting};
use crate::text::reports::{LANG, groups, paper as words};
use crate::text::{date, measures};
use crate::words::{Level, UnitKind};

/// Fields that miss their target and are named at most.
const MOST_NAMED: usize = 12;

/// The sentences that a page shows before the report is taken.
pub fn preview(facts: &Facts) -> Vec<String> {
    let texts = [scope(facts), sources(facts), headline(facts)];
    texts.into_iter().map(|text| text.replace("**", "")).collect()
}

/// A text as pieces: what stands between two stars is bold, what stands in square brackets is italic.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (at, part) in text.split("**").enumerate() {
        if at % 2 == 1 {
            found.push(Span::bold(part));
            continue;
        }
        let mut rest = part;
        while let Some((before, open)) = rest.split_once('[') {
            let Some((inside, after)) = open.split_once(']') else { break };
            found.push(Span::plain(before));
            found.push(Span::italic(format!("[{inside}]")));
            rest = after;
        }
        found.push(Span::plain(rest));
    }
    found.retain(|span| !span.text.is_empty());
    found
}

fn shown(estimate: &Estimate) -> Option<(f64, f64, f64)> {
    match visible(estimate) {
        Visible::Shown { estimate, interval } => Some((estimate, interval.low, interval.high)),
        _ => None,
    }
}

/// P1.
pub(super) fn scope(facts: &Facts) -> String {
    let figures = &facts.figures;
    let forms: u64 = told_sources(facts).iter().map(|source| source.forms).sum();
    scope::scope(&scope::Scope {
        name: &facts.kind.named(facts.year),
        period: facts.period,
        through: facts.through,
        agency: &Issuer::of(facts).name,
        points: facts.points.0,
        offices: facts.points.1,
        dossiers: figures.transactions,
        forms: (forms > 0).then_some(forms),
    })
}

/// Levels with enough forms to be told.
pub(super) fn told_sources(facts: &Facts) -> Vec<&SourceFigures> {
    let of = |level: &Level| facts.figures.source(Source::Level(*level));
    Level::ALL.iter().filter_map(of).filter(|source| source.forms >= FEWEST_PUBLISHED).collect()
}

/// Whether conclusions rest on a level.
pub(super) fn concludes(facts: &Facts, source: Source) -> bool {
    let edition = facts.figures.edition.as_ref();
    match source {
        Source::Headline => true,
        Source::Level(level) => {
            level != Level::D && edition.is_some_and(|edition| edition.edition.headline_levels().contains(&level))
        }
    }
}

/// P2.
pub(super) fn sources(facts: &Facts) -> String {
    let told = told_sources(facts);
    let of = |source: &&SourceFigures| {
        let Source::Level(level) = source.source else { return None };
        let at = Level::ALL.iter().position(|own| *own == level)?;
        Some(scope::Source { name: SOURCES.get(at)?, forms: source.forms, concludes: concludes(facts, source.source) })
    };
    scope::sources(&told.iter().filter_map(of).collect::<Vec<_>>())
}

/// The composite of the headline.
pub(super) fn overall(facts: &Facts) -> Option<&Estimate> {
    facts.figures.source(Source::Headline)?.estimates.first()
}

pub(super) fn outcome(verdict: Option<Verdict>) -> Option<(Outcome, Option<u64>)> {
    match verdict? {
        Verdict::Met => Some((Outcome::Met, None)),
        Verdict::NotMet => Some((Outcome::NotMet, None)),
        Verdict::Undetermined { answers_needed } => Some((Outcome::Undetermined, answers_needed)),
        Verdict::NotPublishable => None,
    }
}

/// P3.
pub(super) fn headline(facts: &Facts) -> String {
    let Some(estimate) = overall(facts).filter(|estimate| estimate.basis != Basis::Open) else {
        return words::NO_HEADLINE.to_owned();
    };
    let is_line = facts.figures.is_line_agency();
    let held = held(estimate, is_line);
    let held: Vec<verdict::Held<'_>> = held
        .iter()
        .filter_map(|held| {
            let (outcome, needed) = outcome(held.judgement.verdict)?;
            Some(verdict::Held { threshold: held.threshold, citation: &held.judgement.citation, outcome, needed })
        })
        .collect();
    let n = answers(LANG, estimate.n);
    let told = match visible(estimate) {
        Visible::Shown { estimate: value, .. } if estimate.basis == Basis::Census => {
            words::census(words::SUBJECT, &share(LANG, value), &n)
        }
        Visible::Shown { estimate: value, interval } => verdict::headline(&Headline {
            subject: words::SUBJECT,
            estimate: (value, interval.low, interval.high),
            n: estimate.n,
            users: facts.figures.transactions,
            held: &held,
        }),
        Visible::Masked(bound) => words::masked(words::SUBJECT, bound.say().get(LANG), &n),
        Visible::Nothing | Visible::Few | Visible::NoInterval => words::NO_HEADLINE.to_owned(),
    };
    if is_line { format!("{told} {}", words::LINE_AGENCY) } else { told }
}

/// P4.
pub(super) fn fields(facts: &Facts) -> String {
    let mut found = groups::Fields::default();
    for part in &facts.figures.fields {
        let PartName::Field(_, name) = &part.part else { continue };
        let Some(estimate) = part.estimates.first() else { continue };
        match standing(estimate, &held(estimate, facts.figures.is_line_agency())) {
            Standing::Met | Standing::CensusMet => found.met += 1,
            Standing::NotMet | Standing::CensusNotMet => match shown(estimate) {
                Some(figure) if found.missed.len() < MOST_NAMED => found.missed.push((name.clone(), figure)),
                _ => found.few += 1,
            },
            Standing::Undetermined => found.open += 1,
            Standing::NotPublishable => found.few += 1,
            Standing::Open | Standing::NoTarget | Standing::Contradictory => found.without_target += 1,
        }
    }
    groups::fields(&found)
}

/// Where a unit below stands towards the common level; none where it is not told.
pub(super) fn place_of(facts: &Facts, unit: crate::words::UnitId) -> Option<Place> {
    let funnel = facts.figures.funnel.as_ref()?;
    let child = facts.figures.children.iter().find(|child| child.unit.unit == unit)?;
    child.headline.as_ref().and_then(shown)?;
    funnel.units.iter().find(|point| point.unit == unit).map(|point| point.standing)
}

/// P5.
pub(super) fn units(facts: &Facts) -> String {
    let mut found = groups::Units::default();
    for child in facts.figures.children.iter().filter(|child| child.unit.kind != UnitKind::Line) {
        match place_of(facts, child.unit.unit) {
            Some(Place::Above) => found.above += 1,
            Some(Place::Below) => found.below += 1,
            Some(Place::Indistinguishable) => found.alike += 1,
            None => found.few += 1,
        }
    }
    groups::units(found, words::whole(facts.figures.unit.kind == UnitKind::Province))
}

/// The name of a criterion or factor.
pub(super) fn name_of(facts: &Facts, what: &What) -> String {
    let edition = facts.figures.edition.as_ref().map(|installed| &installed.edition);
    let code = what.code();
    let title = edition.and_then(|edition| match what {
        What::Factor(_) => edition.factors().iter().find(|factor| factor.code == code).map(|factor| &factor.title),
        What::Item(_) | What::Option(_) | What::Composite => edition.item(code).map(Item::label),
    });
    title.map_or_else(|| code.to_owned(), |title| title.get(LANG).to_owned())
}

/// Rated items of the headline whose share is told, with what stands for it and its place among the others.
fn rated(facts: &Facts) -> Vec<(&Estimate, String, f64)> {
    let Some(source) = facts.figures.source(Source::Headline) else { return Vec::new() };
    let is_item = |one: &&Estimate| one.statistic == Statistic::Share && matches!(one.what, What::Item(_));
    let told = |one: &'_ Estimate| match visible(one) {
        Visible::Shown { estimate, .. } => Some((share(LANG, estimate), estimate)),
        Visible::Masked(bound) => {
            let at = if bound == crate::publish::visible::Bound::NearlyAll { 1.0 } else { 0.0 };
            Some((bound.say().get(LANG).to_owned(), at))
        }
        _ => None,
    };
    let items = source.estimates.iter().filter(is_item);
    let mut found: Vec<(&Estimate, String, f64)> =
        items.filter_map(|one| told(one).map(|(words, at)| (one, words, at))).collect();
    found.sort_by(|one, other| other.2.total_cmp(&one.2));
    found
}

/// The criterion that is lowest, where more than one is told.
pub(super) fn lowest(facts: &Facts) -> Option<String> {
    let rated = rated(facts);
    rated.last().filter(|_| rated.len() > 1).map(|(one, ..)| name_of(facts, &one.what))
}

/// P6.
pub(super) fn criteria(facts: &Facts) -> String {
    let rated = rated(facts);
    let Some((first, first_share, _)) = rated.first() else { return words::NO_CRITERIA.to_owned() };
    let first_name = name_of(facts, &first.what);
    let best = Criterion { name: &first_name, share: first_share };
    let Some((last, last_share, _)) = rated.last().filter(|_| rated.len() > 1) else {
        return verdict::criteria(best, None, None);
    };
    let last_name = name_of(facts, &last.what);
    let worst = Criterion { name: &last_name, share: last_share };
    let then = comparable(facts).and_then(|source| source.estimates.iter().find(|one| one.what == last.what));
    let change = then.and_then(|then| difference(last, then));
    verdict::criteria(best, Some(worst), change.map(|change| (last_name.as_str(), change)))
}

/// The headline of the period before, where the same questions were asked and the unit was the same.
fn comparable(facts: &Facts) -> Option<&SourceFigures> {
    let (_, then) = facts.before.as_ref()?;
    let (one, other) = (facts.figures.edition.as_ref()?, then.edition.as_ref()?);
    if !one.edition.counts_like(&other.edition) || reorganised(facts).is_some() {
        return None;
    }
    then.source(Source::Headline)
}

/// New minus old, where both are told.
fn difference(now: &Estimate, then: &Estimate) -> Option<verdict::Change> {
    shown(now).and(shown(then))?;
    let of = |one: &Estimate| Some(Estimated { value: one.estimate?, se: one.se?, df: one.df? });
    let found = independent_difference(of(now)?, of(then)?, Confidence::P95)?;
    Some((found.estimate, found.interval.low, found.interval.high))
}

/// The day since which the unit is another one, where it lies within the days that would be compared.
fn reorganised(facts: &Facts) -> Option<crate::words::Day> {
    let (_, then) = facts.before.as_ref()?;
    let breaks = facts.figures.quarters.breaks.iter().filter_map(|found| match found.why {
        Why::Reorganised(day) => Some(day),
        Why::Questionnaire(_) => None,
    });
    breaks.filter(|day| *day > then.period.from && *day <= facts.period.to).max()
}

/// P7: one sentence for each number of minutes that was asked for.
pub(super) fn waiting(facts: &Facts) -> Vec<String> {
    let Some(source) = facts.figures.source(Source::Headline) else { return vec![words::NO_WAITING.to_owned()] };
    let is_whole = facts.figures.unit.kind == UnitKind::Province;
    let place = words::at((!is_whole).then_some(facts.figures.unit.name.as_str()));
    let told: Vec<String> = source
        .estimates
        .iter()
        .filter(|one| one.statistic == Statistic::Mean)
        .filter_map(|one| {
            let judged = one
                .judgements
                .iter()
                .filter(|_| !facts.figures.is_line_agency())
                .find(|judged| judged.value == TargetValue::Minutes && judged.comparison == Comparison::AtMost);
            let limit = judged.and_then(|judged| Some((judged.threshold, outcome(judged.verdict)?.0)));
            Some(verdict::waiting(&Waiting { place: &place, mean: shown(one)?, limit }))
        })
        .collect();
    if told.is_empty() { vec![words::NO_WAITING.to_owned()] } else { told }
}

/// P8.
pub(super) fn change(facts: &Facts) -> String {
    let name = facts.before.as_ref().map_or("", |(name, _)| name.as_str());
    let then = comparable(facts).and_then(|source| source.estimates.first());
    let change = overall(facts).zip(then).and_then(|(now, then)| difference(now, then));
    let broken = reorganised(facts).map(|day| date::short(LANG, day));
    verdict::change(if name.is_empty() { words::BEFORE } else { name }, change, broken.as_deref())
}

/// P9.
pub(super) fn open(facts: &Facts) -> String {
    let of = |level| facts.figures.source(Source::Level(level)).and_then(|source| source.estimates.first());
    let Some((estimate, (value, ..))) = of(Level::D).and_then(|one| Some((one, shown(one)?))) else {
        return words::NO_OPEN.to_owned();
    };
    let against = of(Level::A).and_then(|sample| difference(estimate, sample));
    scope::open(&Open { share: value, n: estimate.n, against, reach: estimate.response_ratio })
}

/// P10. A paper leaves the office: nobody who reads it has a right to numbers below ten.
pub(super) fn cases(facts: &Facts) -> String {
    sentence(LANG, &facts.cases, Eyes::Others)
}

/// P11.
pub(super) fn late(facts: &Facts) -> String {
    match facts.late {
        Some((all, with)) => scope::late(all, with, facts.figures.transactions),
        None => scope::late(0, 0, None),
    }
}

/// P12.
pub(super) fn quality(facts: &Facts) -> String {
    let excluded = facts.figures.moved.as_ref().map_or(Some(0), |moved| {
        let n = moved.sources.iter().map(|source| source.excluded).max().unwrap_or(0);
        (n == 0 || n >= FEWEST_PUBLISHED).then_some(n)
    });
    match &facts.noticed {
        Some(noticed) => scope::quality(&Quality {
            what: words::UNIT_WORD,
            noticed: noticed.units,
            signals: &noticed.signals,
            looked_into: None,
            excluded,
        }),
        None => words::no_signals(excluded),
    }
}

/// P13.
pub(super) fn limits(facts: &Facts) -> String {
    let few = facts.figures.children.iter().filter(|child| child.unit.kind != UnitKind::Line).filter(|child| {
        let of = |estimate: &Option<Estimate>| estimate.as_ref().map_or(0, |estimate| estimate.n);
        of(&child.headline).max(of(&child.open)) < FEWEST_PUBLISHED
    });
    scope::limits(Limits {
        online_less: false,
        no_sample: overall(facts).is_some_and(|one| one.basis == Basis::Respondents),
        few: u64::try_from(few.count()).unwrap_or(u64::MAX),
        without_line_agencies: facts.has_line_agencies,
    })
}

/// P14.
pub(super) fn others(facts: &Facts) -> Vec<String> {
    let told: Vec<String> = facts
        .others
        .iter()
        .filter_map(|one| match &one.reading {
            Reading::Qd766(found) => Some(measures::qd766(LANG, &share(LANG, found.procedures.rate?), one.period)),
            Reading::Tt01(..) | Reading::Portal => None,
        })
        .collect();
    if told.is_empty() && facts.others.is_empty() { vec![words::NO_OTHERS.to_owned()] } else { told }
}

/// P15.
pub(super) fn proposals(facts: &Facts) -> String {
    let mut found: Vec<String> =
        lowest(facts).map(|criterion| groups::review(None, None, &criterion)).into_iter().collect();
    let missed = facts.figures.fields.iter().filter_map(|part| {
        let PartName::Field(_, name) = &part.part else { return None };
        let estimate = part.estimates.first()?;
        let standing = standing(estimate, &held(estimate, facts.figures.is_line_agency()));
        (standing == Standing::NotMet).then(|| name.clone())
    });
    let missed: Vec<String> = missed.take(MOST_NAMED).collect();
    if !missed.is_empty() {
        found.push(groups::improve(&missed));
    }
    groups::proposals(&found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Style;

    #[test]
    fn stars_are_bold_and_places_to_fill_in_are_italic() {
        let found = spans("a **đạt** b [Đơn vị bổ sung c]; d");
        let styles: Vec<(&str, Style)> = found.iter().map(|span| (span.text.as_str(), span.style)).collect();
        assert_eq!(
            styles,
            [
                ("a ", Style::Plain),
                ("đạt", Style::Bold),
                (" b ", Style::Plain),
                ("[Đơn vị bổ sung c]", Style::Italic),
                ("; d", Style::Plain)
            ]
        );
        assert_eq!(spans("[offen").len(), 1);
    }
}
