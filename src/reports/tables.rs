//! The tables of a report: sources, cleaned figures, targets, fields, units, complaints, late dossiers, criteria.

use super::Facts;
use super::grid::{Grid, OF_ESTIMATE, Row, Value, of_estimate};
use super::paragraphs::{concludes, name_of, place_of};
use crate::cases::counts::K;
use crate::index::{FEWEST_PUBLISHED, Source, Statistic, What};
use crate::publish::figures::{ChildFigures, PartName};
use crate::questionnaire::Edition;
use crate::statistics::units::Standing as Place;
use crate::text::chart;
use crate::text::decision::moved as moved_words;
use crate::text::figure::change::Group;
use crate::text::figure::level::level_short;
use crate::text::parts;
use crate::text::reports::paper as words;
use crate::text::search::{SortKey, sort_key};
use crate::words::{Level, UnitGroup, UnitKind};

/// Units of a table at most; the workbook and the open data have all of them.
const MOST_UNITS: usize = 400;

fn with(first: (&'static str, u16, bool), last: &[(&'static str, u16, bool)]) -> Vec<(&'static str, u16, bool)> {
    std::iter::once(first).chain(OF_ESTIMATE).chain(last.iter().copied()).collect()
}

fn row(name: impl Into<String>, values: [Value; 5], last: impl IntoIterator<Item = Value>) -> Row {
    Row::Of(std::iter::once(Value::words(name)).chain(values).chain(last).collect())
}

/// The sources A to D, and the headline.
pub(super) fn sources(facts: &Facts) -> Grid {
    let figures = &facts.figures;
    let is_line = figures.is_line_agency();
    let told = |of: Source| figures.source(of).filter(|source| source.forms >= FEWEST_PUBLISHED);
    let ratio = |estimate: Option<&crate::index::Estimate>| {
        estimate.and_then(|one| one.response_ratio).map_or(Value::None, Value::Share)
    };
    let mut rows: Vec<Row> = Vec::new();
    if let Some(source) = told(Source::Headline) {
        let estimate = source.estimates.first();
        rows.push(row(words::ALL, of_estimate(estimate, is_line), [ratio(estimate)]));
    }
    for level in Level::ALL {
        let Some(source) = told(Source::Level(*level)) else { continue };
        let estimate = source.estimates.first();
        let mut values = of_estimate(estimate, is_line);
        if !concludes(facts, source.source) && *level != Level::D {
            // No conclusion rests on it: its limits stand without one.
            values[4] = Value::None;
        }
        rows.push(row(level_short(*level).vi, values, [ratio(estimate)]));
    }
    Grid {
        name: words::SOURCES.to_owned(),
        heads: with((chart::HEAD_LEVEL.vi, 4, false), &[(chart::HEAD_RESPONSE.vi, 2, true)]),
        rows,
        note: words::NOTE_INTERVAL,
    }
}

/// Raw beside cleaned, where enough forms were excluded or moved.
pub(super) fn quality(facts: &Facts) -> Grid {
    let is_line = facts.figures.is_line_agency();
    let is_enough = |n: u64| n == 0 || n >= FEWEST_PUBLISHED;
    let sources = facts.figures.moved.iter().flat_map(|moved| &moved.sources);
    let shown = sources.filter(|one| [one.excluded, one.out, one.into].into_iter().all(is_enough));
    let rows = shown.flat_map(|one| {
        let name = match one.source {
            Source::Headline => words::ALL,
            Source::Level(level) => level_short(level).vi,
        };
        [
            row(format!("{name} – {}", moved_words::RAW.vi), of_estimate(one.raw.as_ref(), is_line), []),
            row(format!("{name} – {}", moved_words::CLEANED.vi), of_estimate(Some(&one.cleaned), is_line), []),
        ]
    });
    let mut rows: Vec<Row> = rows.collect();
    if rows.is_empty() {
        rows.push(Row::Heading(words::NOTHING_MOVED.to_owned()));
    }
    Grid {
        name: words::QUALITY.to_owned(),
        heads: with((words::HEAD_WHAT, 4, false), &[]),
        rows,
        note: words::NOTE_INTERVAL,
    }
}

/// The fields.
pub(super) fn fields(facts: &Facts) -> Grid {
    let is_line = facts.figures.is_line_agency();
    let rows = facts.figures.fields.iter().map(|part| {
        let name = match &part.part {
            PartName::Field(_, name) => name.clone(),
            PartName::Decider(unit) => unit.name.clone(),
            PartName::Unknown => parts::UNKNOWN_FIELD.vi.to_owned(),
            PartName::NotSplit => words::NOT_SPLIT.to_owned(),
        };
        row(name, of_estimate(part.estimates.first(), is_line), [])
    });
    Grid {
        name: words::FIELDS.to_owned(),
        heads: with((chart::HEAD_FIELD.vi, 4, false), &[]),
        rows: rows.collect(),
        note: words::NOTE_INTERVAL,
    }
}

/// The units below by group and name, never by value.
fn in_order(facts: &Facts) -> Vec<&ChildFigures> {
    let mut children: Vec<&ChildFigures> = facts.figures.children.iter().collect();
    children.sort_by_cached_key(|child| -> (UnitGroup, SortKey, String) {
        (child.unit.kind.group(), sort_key(&child.unit.name), child.unit.code.clone())
    });
    children.truncate(MOST_UNITS);
    children
}

/// Rows of the units below, each group under its name.
pub(super) fn by_group<T>(
    facts: &Facts,
    mut heading: impl FnMut(UnitGroup) -> T,
    mut of: impl FnMut(&ChildFigures) -> T,
) -> Vec<T> {
    let (mut rows, mut last) = (Vec::new(), None);
    for child in in_order(facts) {
        let group = child.unit.kind.group();
        if last != Some(group) {
            rows.push(heading(group));
            last = Some(group);
        }
        rows.push(of(child));
    }
    rows
}

/// The units below; with their volume and their place towards the common level where the table is the whole one.
pub(super) fn units(facts: &Facts, is_whole: bool) -> Grid {
    let outside = facts.figures.is_line_agency();
    let rows = by_group(
        facts,
        |group| Row::Heading(crate::text::capital(parts::group(group).vi)),
        |child| {
            let is_line = outside || child.unit.kind == UnitKind::Line;
            let estimate = child.headline.as_ref();
            let place = place_of(facts, child.unit.unit).map(|place| match place {
                Place::Above => Group::Above,
                Place::Below => Group::Below,
                Place::Indistinguishable => Group::Indistinct,
            });
            let values = of_estimate(estimate, is_line);
            // Beside a figure that is not told, nothing stands from which it could be computed.
            let is_told = values.first().is_some_and(|n| *n != Value::None);
            let last = is_whole.then(|| {
                let ratio = estimate.filter(|_| is_told).and_then(|one| one.response_ratio);
                [
                    child.transactions.map_or(Value::None, Value::Count),
                    ratio.map_or(Value::None, Value::Share),
                    place.map_or(Value::None, |group| Value::words(group.label().vi)),
                ]
            });
            row(child.unit.name.clone(), values, last.into_iter().flatten())
        },
    );
    let more: &[(&'static str, u16, bool)] = if is_whole {
        &[(words::HEAD_DOSSIERS, 2, true), (chart::HEAD_RESPONSE.vi, 2, true), (words::HEAD_GROUP, 4, false)]
    } else {
        &[]
    };
    Grid {
        name: words::UNITS.to_owned(),
        heads: with((chart::HEAD_UNIT.vi, 5, false), more),
        rows,
        note: words::NOTE_INTERVAL,
    }
}

/// Criteria under their factors: share, interval, answers; with the factors themselves where there is room.
pub(super) fn criteria(facts: &Facts, has_factors: bool) -> Grid {
    let is_line = facts.figures.is_line_agency();
    let estimates =
        facts.figures.source(Source::Headline).map(|source| source.estimates.as_slice()).unwrap_or_default();
    let find = |what: &What| estimates.iter().find(|one| one.what == *what && one.statistic == Statistic::Share);
    let line = |what: &What| {
        let estimate = find(what)?;
        Some(row(name_of(facts, what), of_estimate(Some(estimate), is_line), []))
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    let edition = facts.figures.edition.as_ref().map(|installed| &installed.edition);
    for factor in edition.into_iter().flat_map(Edition::factors).filter(|factor| factor.criteria.len() > 1) {
        rows.push(Row::Heading(factor.title.get(crate::text::reports::LANG).to_owned()));
        rows.extend(factor.criteria.iter().filter_map(|code| line(&What::Item(code.clone()))));
        if let Some(estimate) = find(&What::Factor(factor.code.clone())).filter(|_| has_factors) {
            rows.push(row(words::WHOLE_FACTOR, of_estimate(Some(estimate), is_line), []));
        }
        done.extend(factor.criteria.iter().map(String::as_str));
    }
    let others = estimates.iter().map(|one| &one.what);
    let others = others.filter(|what| matches!(what, What::Item(code) if !done.contains(&code.as_str())));
    rows.extend(others.filter_map(line));
    if let Some(estimate) = find(&What::Composite) {
        rows.push(row(words::ALL, of_estimate(Some(estimate), is_line), []));
    }
    Grid {
        name: words::CRITERIA.to_owned(),
        heads: with((chart::HEAD_CRITERION.vi, 7, false), &[]),
        rows,
        note: words::NOTE_INTERVAL,
    }
}

/// A number, or that it is small.
fn masked(n: u64) -> Value {
    if n == 0 || n >= K { Value::Count(n) } else { Value::words(words::FEW) }
}

/// Complaints. Where a group holds fewer than ten, it is told as that, and nothing is told from which it would follow.
pub(super) fn cases(facts: &Facts) -> Grid {
    let counts = &facts.cases;
    let all = [
        counts.received(),
        counts.handled(),
        counts.in_time,
        counts.open_in_time,
        counts.open_late,
        counts.unassigned,
        counts.insufficient,
    ];
    let parts =
        [counts.in_time, counts.late, counts.open_in_time, counts.open_late, counts.unassigned, counts.insufficient];
    let tells_all = parts.iter().all(|n| *n == 0 || *n >= K);
    let rest = counts.received() - counts.handled();
    let tells_handled = (counts.handled() == 0 || counts.handled() >= K) && (rest == 0 || rest >= K);
    let of = |at: usize, n: u64| match at {
        0 => masked(n),
        1 if tells_handled => masked(n),
        _ if tells_all => masked(n),
        _ => Value::None,
    };
    let rows = words::CASE_LINES.iter().zip(all).enumerate();
    Grid {
        name: words::CASES.to_owned(),
        heads: vec![(words::HEAD_WHAT, 6, false), (words::HEAD_COUNT, 2, true)],
        rows: rows.map(|(at, (name, n))| Row::Of(vec![Value::words(*name), of(at, n)])).collect(),
        note: words::NOTE_CASES,
    }
}

/// Late dossiers and their apologies.
pub(super) fn late(facts: &Facts) -> Grid {
    let rows = facts.late.map(|(all, with)| {
        let parts = if all >= K {
            [masked(all), masked(with), masked(all - with.min(all))]
        } else {
            [masked(all), Value::None, Value::None]
        };
        words::LATE_LINES.iter().zip(parts).map(|(name, n)| Row::Of(vec![Value::words(*name), n])).collect()
    });
    Grid {
        name: words::LATE.to_owned(),
        heads: vec![(words::HEAD_WHAT, 6, false), (words::HEAD_COUNT, 2, true)],
        rows: rows.unwrap_or_default(),
        note: "",
    }
}
