//! The criteria: how people answered on the five levels, and the table of estimates.

use super::cells::figure_cells;
use super::unit_page::View;
use crate::index::{Estimate, Statistic, What};
use crate::publish::charts::{LevelsChart, LevelsFigure, LevelsRow};
use crate::publish::figures::SourceFigures;
use crate::publish::visible::{Visible, visible};
use crate::questionnaire::{Edition, ItemTally, Rating, Scale};
use crate::text::chart;
use crate::text::figure::measure::SATISFACTION_LINE;
use crate::text::figure::note::answers;
use crate::text::figure::standing::Standing;
use crate::text::figures::SUM_IS_SATISFIED;
use crate::text::number::{decimal, share};
use crate::text::site;
use crate::web::view::table::{Data, Row, Table};
use crate::web::view::{Link, Wording};

/// Levels a scale must have to be drawn.
const FIVE: usize = 5;

/// The criteria of the source that is shown.
#[derive(Debug)]
pub(super) struct CriteriaPart {
    /// The heading.
    pub title: Wording,
    /// What the shares are.
    pub lead: Wording,
    /// The answers; only upon a scale of five levels.
    pub chart: Option<LevelsChart>,
    /// The estimates.
    pub data: Data,
}

/// The part on the criteria.
pub(super) fn criteria(view: &View<'_>, source: &SourceFigures) -> Option<CriteriaPart> {
    let edition = &view.figures.edition.as_ref()?.edition;
    let chart = drawn_scale(edition).map(|scale| drawing(view, edition, scale, source));
    let lead = if chart.is_some() { SUM_IS_SATISFIED } else { SATISFACTION_LINE };
    Some(CriteriaPart {
        title: site::UNIT_CRITERIA.get(view.lang).into(),
        lead: lead.get(view.lang).into(),
        chart,
        data: table(view, edition, source),
    })
}

/// The first scale of five levels; ratings upon another one stand in the table only.
fn drawn_scale(edition: &Edition) -> Option<&Scale> {
    edition.ratings().map(|(_, rating)| rating.scale.as_ref()).find(|scale| scale.levels.len() == FIVE)
}

fn drawing(view: &View<'_>, edition: &Edition, scale: &Scale, source: &SourceFigures) -> LevelsChart {
    let lang = view.lang;
    let label = |level: u8| scale.label(level).map_or_else(String::new, |text| text.get(lang).to_owned()).into();
    let rows =
        edition.ratings().filter(|(_, rating)| rating.scale.code == scale.code).filter_map(|(number, rating)| {
            let tally = source.tally.item(number)?;
            let estimate = source.estimates.iter().find(|one| one.what == What::Item(rating.code.clone()))?;
            Some(LevelsRow {
                name: rating.label.get(lang).to_owned().into(),
                figure: bar(view, rating, tally, estimate),
            })
        });
    LevelsChart {
        id: "tieu-chi".into(),
        title: chart::ANSWER_SHARES.get(lang).into(),
        description: format!("{}. {}.", SUM_IS_SATISFIED.get(lang), chart::LINK_TABLE.get(lang))
            .replace("..", ".")
            .into(),
        scale: [label(1), label(2), label(3), label(4), label(5)],
        rows: rows.collect(),
    }
}

fn bar(view: &View<'_>, rating: &Rating, tally: &ItemTally, estimate: &Estimate) -> LevelsFigure {
    let lang = view.lang;
    let value = match visible(estimate) {
        Visible::Shown { estimate, .. } => estimate,
        Visible::Masked(bound) => {
            let words = format!("{} · {}", bound.say().get(lang), answers(lang, estimate.n));
            return LevelsFigure::Words(words.into());
        }
        Visible::Nothing => return LevelsFigure::Words(chart::EMPTY.get(lang).into()),
        Visible::Few | Visible::NoInterval => {
            return LevelsFigure::Words(Standing::NotPublishable.label().get(lang).into());
        }
    };
    let answered = tally.answered();
    let mut percent = [0.0; FIVE];
    for (share, count) in percent.iter_mut().zip(tally.levels) {
        *share = part(count, answered) * 100.0;
    }
    let not_applicable =
        rating.not_applicable.as_ref().map_or_else(|| chart::NOT_APPLICABLE.get(lang), |own| own.get(lang));
    let forms = answered + tally.not_applicable + tally.blank;
    let left_out = |name: &str, count: i64| format!("{name} {}", share(lang, part(count, forms)));
    let aside = [
        answers(lang, estimate.n),
        left_out(not_applicable, tally.not_applicable),
        left_out(chart::BLANK.get(lang), tally.blank),
    ];
    LevelsFigure::Shares {
        percent,
        labels: percent.map(|value| decimal(lang, value, 1).into()),
        sum: share(lang, value).into(),
        aside: aside.join(" · ").into(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers lie far below 2^53")]
fn part(count: i64, all: i64) -> f64 {
    if all > 0 { count as f64 / all as f64 } else { 0.0 }
}

fn table(view: &View<'_>, edition: &Edition, source: &SourceFigures) -> Data {
    let lang = view.lang;
    let is_shown = |estimate: &&Estimate| estimate.statistic == Statistic::Share && estimate.what != What::Composite;
    let rows = source.estimates.iter().filter(is_shown).map(|estimate| Row {
        name: name(view, edition, &estimate.what).into(),
        href: None,
        cells: figure_cells(lang, Some(estimate), view.figures.is_line_agency()),
    });
    let head =
        [chart::HEAD_CRITERION, chart::HEAD_ANSWERS, chart::HEAD_ESTIMATE, chart::HEAD_INTERVAL, chart::HEAD_VERDICT];
    Data {
        open: chart::LINK_TABLE.get(lang).into(),
        table: Table {
            caption: format!("{} · {}", site::UNIT_CRITERIA.get(lang), SATISFACTION_LINE.get(lang)).into(),
            head: head.map(|say| say.get(lang).into()).to_vec(),
            rows: rows.collect(),
        },
        downloads: vec![Link { label: chart::LINK_CSV.get(lang).into(), href: view.csv.to_owned().into() }],
    }
}

fn name(view: &View<'_>, edition: &Edition, what: &What) -> String {
    let code = what.code();
    let title = match what {
        What::Factor(_) => edition.factors().iter().find(|factor| factor.code == code).map(|factor| &factor.title),
        What::Item(_) | What::Option(_) | What::Composite => edition.item(code).map(crate::questionnaire::Item::label),
    };
    title.map_or_else(|| code.to_owned(), |title| title.get(view.lang).to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Given};
    use super::*;
    use crate::index::{PeriodState, Source};
    use crate::words::Level;

    fn part_of(given: Given) -> (LevelsChart, Data) {
        let figures = sample::figures(&[given], PeriodState::Closed);
        let view = sample::view(&figures);
        let part = criteria(&view, figures.source(Source::Headline).unwrap()).unwrap();
        (part.chart.unwrap(), part.data)
    }

    #[test]
    fn bars_sum_to_all_answers_and_tell_what_was_left_open() {
        let (chart, _) = part_of(Given(Level::B, 450, 500));
        assert_eq!(chart.rows.len(), 5);
        let LevelsFigure::Shares { percent, sum, aside, .. } = &chart.rows[0].figure else {
            panic!("no bar");
        };
        assert!((percent.iter().sum::<f64>() - 100.0).abs() < 1e-9);
        assert_eq!((sum.as_ref(), aside.as_ref()), ("90,0%", "500 phiếu · Không có ý kiến 0,0% · Bỏ trống 0,0%"));
    }

    #[test]
    fn a_criterion_upon_which_everybody_agrees_has_no_bar() {
        let (chart, data) = part_of(Given(Level::B, 60, 60));
        let LevelsFigure::Words(words) = &chart.rows[0].figure else { panic!("a bar") };
        assert_eq!(words, "từ 95% trở lên · 60 phiếu");
        let text = data.table.render().into_string();
        assert!(!text.contains("100"), "{text}");
    }
}
