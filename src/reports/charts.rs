//! The drawings of a report: the same charts as on pages, for paper.

use super::Facts;
use super::paragraphs::{concludes, name_of};
use super::tables::by_group;
use crate::documents::{Block, drawn};
use crate::index::{Basis, Estimate, FEWEST_PUBLISHED, PeriodState, Source, What};
use crate::publish::charts::{
    Forest, ForestFigure, ForestRow, LevelsChart, LevelsFigure, LevelsRow, TargetLine, TargetStep, Trend, TrendBreak,
    TrendFigure, TrendOpen, TrendPeriod, TrendTarget, TrendWords, forest_on_paper, levels_on_paper, trend_on_paper,
};
use crate::publish::figures::{SeriesPoint, Why};
use crate::publish::verdicts::{brief, held, mark, standing, thresholds};
use crate::publish::visible::{Visible, visible};
use crate::text::figure::change::{Break, series_break};
use crate::text::figure::level::level_short;
use crate::text::figure::note::{answers, few_or_none, from_to};
use crate::text::figure::standing::Standing;
use crate::text::number::{Goal, count, decimal, share};
use crate::text::reports::LANG;
use crate::text::reports::paper as words;
use crate::text::{capital, chart, parts};
use crate::words::{Level, UnitKind};

/// Levels a scale must have to be drawn.
const FIVE: usize = 5;
/// Letters of the words for whoever cannot see a picture, at most.
const MOST_WORDS: usize = 2_000;

/// The drawings as blocks of the paper, with their names.
fn blocks(number: usize, name: &str, description: &str, svgs: Vec<maud::Markup>) -> anyhow::Result<Vec<Block>> {
    let of = svgs.len();
    let description: String = description.chars().take(MOST_WORDS).collect();
    let block = |(at, svg): (usize, maud::Markup)| {
        let picture = drawn(&svg.into_string(), &description)?;
        Ok(Block::Picture(picture, words::chart(number, name, (of > 1).then_some((at + 1, of)))))
    };
    svgs.into_iter().enumerate().map(block).collect()
}

fn lines(facts: &Facts) -> Vec<TargetLine> {
    if facts.figures.is_line_agency() {
        return Vec::new();
    }
    let line = |threshold: crate::text::figure::verdict::Threshold| TargetLine {
        at: threshold.value * 100.0,
        short: threshold.shown(LANG).into(),
        label: chart::target_line_plain(LANG, Goal(threshold.value)).into(),
    };
    thresholds(&facts.figures.targets.current).into_iter().map(line).collect()
}

/// `is_judged` is false where the figure is held against no target.
fn interval(facts: &Facts, estimate: Option<&Estimate>, is_judged: bool) -> ForestFigure {
    let Some(estimate) = estimate else { return ForestFigure::Words(chart::EMPTY.get(LANG).into()) };
    match visible(estimate) {
        Visible::Nothing => ForestFigure::Words(chart::EMPTY.get(LANG).into()),
        Visible::Few | Visible::NoInterval => ForestFigure::Words(Standing::NotPublishable.label().get(LANG).into()),
        Visible::Masked(bound) => {
            ForestFigure::Words(format!("{} · {}", bound.say().get(LANG), answers(LANG, estimate.n)).into())
        }
        Visible::Shown { estimate: value, interval } => {
            let held = held(estimate, !is_judged);
            let own = held.first().map(|one| one.threshold.value);
            let common = thresholds(&facts.figures.targets.current);
            let verdict = (is_judged || estimate.basis == Basis::Open).then(|| brief(LANG, estimate, &held));
            let told = [from_to(LANG, interval.low, interval.high, own), answers(LANG, estimate.n)];
            let told: Vec<String> = told.into_iter().chain(verdict).collect();
            ForestFigure::Interval {
                estimate: value * 100.0,
                low: interval.low * 100.0,
                high: interval.high * 100.0,
                mark: mark(standing(estimate, &held)),
                label: share(LANG, value).into(),
                detail: told.join(" · ").into(),
                own_target: own
                    .filter(|own| !common.iter().any(|line| line.value.to_bits() == own.to_bits()))
                    .map(|own| own * 100.0),
            }
        }
    }
}

/// What a plot says, in words.
fn in_words(rows: &[ForestRow]) -> String {
    let row = |row: &ForestRow| match &row.figure {
        ForestFigure::Interval { label, detail, .. } => Some(format!("{}: {label} ({detail})", row.name)),
        ForestFigure::Words(words) if words.is_empty() => None,
        ForestFigure::Words(words) => Some(format!("{}: {words}", row.name)),
    };
    rows.iter().filter_map(row).collect::<Vec<_>>().join("; ")
}

fn plot(facts: &Facts, number: usize, name: &'static str, rows: Vec<ForestRow>) -> anyhow::Result<Vec<Block>> {
    if !rows.iter().any(|row| matches!(row.figure, ForestFigure::Interval { .. })) {
        return Ok(Vec::new());
    }
    let description = format!("{name}. {}", in_words(&rows));
    let plot = Forest {
        id: format!("b{number}").into(),
        title: name.into(),
        description: "".into(),
        targets: lines(facts),
        rows,
    };
    blocks(number, name, &description, forest_on_paper(&plot))
}

/// The headline and each source.
pub(super) fn levels(facts: &Facts, number: usize) -> anyhow::Result<Vec<Block>> {
    let is_line = facts.figures.is_line_agency();
    let row = |name: &'static str, source: Source| {
        let found = facts.figures.source(source).filter(|source| source.forms >= FEWEST_PUBLISHED)?;
        let is_judged = concludes(facts, source) && !is_line;
        Some(ForestRow { name: name.into(), figure: interval(facts, found.estimates.first(), is_judged) })
    };
    let of_levels = Level::ALL.iter().filter_map(|level| row(level_short(*level).get(LANG), Source::Level(*level)));
    let rows = row(words::ALL, Source::Headline).into_iter().chain(of_levels).collect();
    plot(facts, number, words::CHART_LEVELS, rows)
}

/// The units below.
pub(super) fn units(facts: &Facts, number: usize) -> anyhow::Result<Vec<Block>> {
    let rows = by_group(
        facts,
        |group| ForestRow {
            name: capital(parts::group(group).get(LANG)).into(),
            figure: ForestFigure::Words("".into()),
        },
        |child| ForestRow {
            name: child.unit.name.clone().into(),
            figure: if child.unit.kind == UnitKind::Line {
                ForestFigure::Words(words::OUTSIDE.into())
            } else {
                interval(facts, child.headline.as_ref(), !facts.figures.is_line_agency())
            },
        },
    );
    plot(facts, number, words::CHART_UNITS, rows)
}

/// How people answered on the five levels.
pub(super) fn criteria(facts: &Facts, number: usize) -> anyhow::Result<Vec<Block>> {
    let Some((source, installed)) = facts.figures.source(Source::Headline).zip(facts.figures.edition.as_ref()) else {
        return Ok(Vec::new());
    };
    let edition = &installed.edition;
    let scale = edition.ratings().map(|(_, rating)| rating.scale.as_ref()).find(|scale| scale.levels.len() == FIVE);
    let Some(scale) = scale else { return Ok(Vec::new()) };
    let label = |level: u8| scale.label(level).map_or_else(String::new, |text| text.get(LANG).to_owned()).into();
    let rows: Vec<LevelsRow> = edition
        .ratings()
        .filter(|(_, rating)| rating.scale.code == scale.code)
        .filter_map(|(place, rating)| {
            let what = What::Item(rating.code.clone());
            let estimate = source.estimates.iter().find(|one| one.what == what)?;
            let figure = bar(estimate, source.tally.item(place)?);
            Some(LevelsRow { name: name_of(facts, &what).into(), figure })
        })
        .collect();
    if !rows.iter().any(|row| matches!(row.figure, LevelsFigure::Shares { .. })) {
        return Ok(Vec::new());
    }
    let told = rows.iter().map(|row| match &row.figure {
        LevelsFigure::Shares { sum, .. } => format!("{}: {sum}", row.name),
        LevelsFigure::Words(words) => format!("{}: {words}", row.name),
    });
    let told: Vec<String> = told.collect();
    let description = format!("{}. {}", words::CHART_CRITERIA, told.join("; "));
    let chart = LevelsChart {
        id: format!("b{number}").into(),
        title: words::CHART_CRITERIA.into(),
        description: "".into(),
        scale: [label(1), label(2), label(3), label(4), label(5)],
        rows,
    };
    blocks(number, words::CHART_CRITERIA, &description, levels_on_paper(&chart))
}

fn bar(estimate: &Estimate, tally: &crate::questionnaire::ItemTally) -> LevelsFigure {
    let value = match visible(estimate) {
        Visible::Shown { estimate, .. } => estimate,
        Visible::Masked(bound) => {
            return LevelsFigure::Words(format!("{} · {}", bound.say().get(LANG), answers(LANG, estimate.n)).into());
        }
        Visible::Nothing => return LevelsFigure::Words(chart::EMPTY.get(LANG).into()),
        Visible::Few | Visible::NoInterval => {
            return LevelsFigure::Words(Standing::NotPublishable.label().get(LANG).into());
        }
    };
    let answered = tally.answered();
    let mut percent = [0.0; FIVE];
    for (share, count) in percent.iter_mut().zip(tally.levels) {
        *share = part(count, answered) * 100.0;
    }
    LevelsFigure::Shares {
        percent,
        labels: percent.map(|value| decimal(LANG, value, 1).into()),
        sum: share(LANG, value).into(),
        aside: answers(LANG, estimate.n).into(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers lie far below 2^53")]
fn part(count: i64, all: i64) -> f64 {
    if all > 0 { count as f64 / all as f64 } else { 0.0 }
}

/// The quarters of three years, with the sentences below them.
pub(super) fn trend(facts: &Facts, number: usize) -> anyhow::Result<Vec<Block>> {
    let series = &facts.figures.quarters;
    let points: Vec<&SeriesPoint> = series.points.iter().filter(|point| point.period.from <= facts.period.to).collect();
    let has_any = points.iter().any(|point| point.headline.as_ref().is_some_and(is_shown));
    if !has_any {
        return Ok(Vec::new());
    }
    let breaks = series
        .breaks
        .iter()
        .filter(|found| found.before < points.len())
        .map(|found| TrendBreak { before: found.before, reason: reason(&points, found.before, found.why).into() });
    let chart = Trend {
        id: format!("b{number}").into(),
        title: words::CHART_TREND.into(),
        description: "".into(),
        axis: chart::AXIS_SATISFACTION.get(LANG).into(),
        periods: points.iter().map(|point| period(facts, point)).collect(),
        targets: target_line(facts, &points),
        breaks: breaks.collect(),
        words: TrendWords::of(LANG),
    };
    let told = chart.periods.iter().map(|period| match &period.figure {
        TrendFigure::Figure { label, answers, .. } => format!("{}: {label} ({answers})", period.label),
        TrendFigure::Gap(words) => format!("{}: {words}", period.label),
    });
    let told: Vec<String> = told.collect();
    let description = format!("{}. {}", words::CHART_TREND, told.join("; "));
    let (svgs, notes) = trend_on_paper(&chart);
    let mut found = blocks(number, words::CHART_TREND, &description, svgs)?;
    found.extend(notes.into_iter().map(Block::Note));
    Ok(found)
}

fn is_shown(estimate: &Estimate) -> bool {
    matches!(visible(estimate), Visible::Shown { .. })
}

fn reason(points: &[&SeriesPoint], before: usize, why: Why) -> String {
    let since = points
        .get(before.saturating_sub(1))
        .map_or_else(String::new, |point| crate::text::date::name(LANG, point.period).unwrap_or_default());
    series_break(
        LANG,
        match why {
            Why::Reorganised(day) => Break::Reorganised(day),
            Why::Questionnaire(_) => Break::Questionnaire(&since),
        },
    )
}

fn period(facts: &Facts, point: &SeriesPoint) -> TrendPeriod {
    let open = point.open.as_ref().and_then(|open| match visible(open) {
        Visible::Shown { estimate, .. } => {
            Some(TrendOpen { estimate: estimate * 100.0, label: share(LANG, estimate).into() })
        }
        _ => None,
    });
    let none = || TrendFigure::Gap(few_or_none(LANG, FEWEST_PUBLISHED).into());
    let figure = point.headline.as_ref().map_or_else(none, |estimate| match visible(estimate) {
        Visible::Shown { estimate: value, interval } => TrendFigure::Figure {
            estimate: value * 100.0,
            low: interval.low * 100.0,
            high: interval.high * 100.0,
            mark: mark(standing(estimate, &held(estimate, facts.figures.is_line_agency()))),
            label: share(LANG, value).into(),
            answers: count(LANG, estimate.n).into(),
        },
        Visible::Masked(bound) => TrendFigure::Gap(capital(bound.say().get(LANG)).into()),
        Visible::Nothing | Visible::Few | Visible::NoInterval => none(),
    });
    TrendPeriod {
        label: chart::tick(LANG, point.period).into(),
        figure,
        open,
        is_running: point.state == PeriodState::Running,
    }
}

/// The first target of each quarter, with a step wherever it changes.
fn target_line(facts: &Facts, points: &[&SeriesPoint]) -> Vec<TrendTarget> {
    if facts.figures.is_line_agency() {
        return Vec::new();
    }
    let mut steps: Vec<TargetStep> = Vec::new();
    for (at, point) in points.iter().enumerate() {
        let Some(threshold) = thresholds(&point.targets).into_iter().next() else { continue };
        match steps.last_mut() {
            Some(last) if last.to + 1 == at && last.at.to_bits() == (threshold.value * 100.0).to_bits() => last.to = at,
            _ => steps.push(TargetStep {
                from: at,
                to: at,
                at: threshold.value * 100.0,
                short: threshold.shown(LANG).into(),
            }),
        }
    }
    if steps.is_empty() { Vec::new() } else { vec![TrendTarget { label: chart::HEAD_TARGET.get(LANG).into(), steps }] }
}
