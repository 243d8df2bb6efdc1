//! The figure at the top of a unit's page, or which of the reasons there is for none.

use super::census;
use super::unit_page::View;
use super::verdict_words::{Held, administrative, break_even, brief, conclusions, held, mark, sentence, standing};
use crate::index::{Basis, Estimate, FEWEST_PUBLISHED, PeriodState, Source};
use crate::publish::charts::{Forest, ForestFigure, ForestRow, TargetLine};
use crate::publish::figures::SourceFigures;
use crate::publish::visible::{Visible, visible};
use crate::text::figure::census::{UNANIMOUS_DISSATISFIED, UNANIMOUS_SATISFIED};
use crate::text::figure::level::level_short;
use crate::text::figure::measure::COUNTER_SUBJECT;
use crate::text::figure::note::{NO_MARGIN, answers, confidence_interval, few_or_none};
use crate::text::figure::open;
use crate::text::figure::standing::Standing;
use crate::text::figure::verdict::ShareText;
use crate::text::figure::withheld::{Withheld, withheld};
use crate::text::figures::AMONG_RESPONDENTS;
use crate::text::number::{Share, share};
use crate::text::parts::measured_here;
use crate::text::{chart, site};
use crate::web::view::Wording;
use crate::web::view::figure::{Figure, Headline, Verdict};
use crate::words::{Level, Measure};

/// The source whose figure stands at the top: the headline, otherwise open feedback.
pub(super) fn shown_source<'a>(view: &View<'a>) -> Option<&'a SourceFigures> {
    let only = view.figures.only.level.map(Source::Level);
    let usual = [Source::Headline, Source::Level(Level::D)];
    let asked: Vec<Source> = only.map_or_else(|| usual.to_vec(), |only| vec![only]);
    asked
        .into_iter()
        .filter_map(|source| view.figures.source(source))
        .find(|source| source.estimates.first().is_some_and(|estimate| estimate.n >= FEWEST_PUBLISHED))
}

/// What the figures are of.
pub(super) fn subject(view: &View<'_>) -> &'static str {
    match view.figures.measure {
        Measure::Counter => COUNTER_SUBJECT.get(view.lang),
        other => measured_here(other).get(view.lang),
    }
}

/// The block at the top of the page.
pub(super) fn headline(view: &View<'_>) -> Headline {
    let source = shown_source(view);
    let Some((source, estimate)) = source.and_then(|source| Some((source, source.estimates.first()?))) else {
        return empty(view, nothing_yet(view));
    };
    let held = held(estimate, view.figures.is_line_agency());
    match visible(estimate) {
        Visible::Shown { estimate: share, interval } => {
            let text = ShareText {
                subject: subject(view),
                estimate: share,
                low: interval.low,
                high: interval.high,
                n: estimate.n,
            };
            Headline::Figure(Box::new(figure(view, source, estimate, &text, &held)))
        }
        Visible::Masked(bound) => {
            let said = match bound {
                crate::publish::visible::Bound::NearlyAll => UNANIMOUS_SATISFIED,
                crate::publish::visible::Bound::NearlyNone => UNANIMOUS_DISSATISFIED,
            };
            let mut sentences = vec![format!("{} ({})", said.get(view.lang), answers(view.lang, estimate.n)).into()];
            sentences.extend(conclusions(view.lang, &held).map(Wording::from));
            sentences.push(basis(view, source, estimate).into());
            empty(view, sentences)
        }
        Visible::NoInterval | Visible::Few | Visible::Nothing => {
            empty(view, vec![Standing::NotPublishable.label().get(view.lang).into()])
        }
    }
}

fn empty(view: &View<'_>, sentences: Vec<Wording>) -> Headline {
    Headline::Empty { name: subject(view).into(), sentences }
}

/// Which of the reasons: no point, no answers, or too few.
fn nothing_yet(view: &View<'_>) -> Vec<Wording> {
    let lang = view.lang;
    let has_some = view.figures.sources.iter().any(|source| source.forms > 0);
    if has_some {
        let parent = view.figures.above.first().map(|unit| unit.name.as_str());
        return vec![withheld(lang, Withheld::Few { k: FEWEST_PUBLISHED, parent }).to_string().into()];
    }
    if !view.around.has_points && view.around.ended.is_none() {
        return vec![site::UNIT_NO_POINT.get(lang).into()];
    }
    if !view.is_simulated && view.figures.state == PeriodState::Running {
        // Answers may be there that are not shown yet: the page does not say that there are none.
        let why = site::wait_for_some(lang, FEWEST_PUBLISHED).into();
        return vec![format!("{}.", site::EMPTY_NO_ANSWERS.get(lang)).into(), why];
    }
    vec![nothing_in_period(view)]
}

/// No figure of a period that has ended. A real installation does not tell none from too few; a simulation may.
pub(super) fn nothing_in_period(view: &View<'_>) -> Wording {
    if view.is_simulated {
        site::UNIT_NO_ANSWERS.get(view.lang).into()
    } else {
        few_or_none(view.lang, FEWEST_PUBLISHED).into()
    }
}

fn figure(
    view: &View<'_>,
    source: &SourceFigures,
    estimate: &Estimate,
    text: &ShareText<'_>,
    held: &[Held<'_>],
) -> Figure {
    let lang = view.lang;
    let is_open = estimate.basis == Basis::Open;
    let mut basis = basis(view, source, estimate);
    if view.figures.state != PeriodState::Closed && estimate.basis != Basis::Census {
        let threshold = held.first().map(|one| one.threshold.value);
        basis = format!("{basis} {}", open::daily_interval(lang, text.low, text.high, threshold));
    }
    let standing = standing(estimate, held);
    Figure {
        name: text.subject.to_owned().into(),
        estimate: share(lang, text.estimate).into(),
        interval: census::in_place_of_interval(view, estimate)
            .unwrap_or_else(|| confidence_interval(lang, text.low, text.high).into()),
        answers: answers(lang, estimate.n).into(),
        volume: volume(view, estimate, held).map(Into::into),
        verdict: Verdict { mark: mark(standing), label: standing.label().get(lang).into() },
        sentence: match census::sentence(view, source, estimate, held) {
            Some(told) => told.into(),
            None if is_open => open::open_figure(lang, text.estimate, text.n).to_string().into(),
            None => sentence(lang, text, held, view.figures.transactions).into(),
        },
        administrative: if is_open { None } else { administrative(lang, text.estimate, held).map(Into::into) },
        basis: basis.into(),
        gauge: Some(gauge(view, estimate, text, held)),
    }
}

/// Measure, levels, and about whom the figure speaks.
fn basis(view: &View<'_>, source: &SourceFigures, estimate: &Estimate) -> String {
    let lang = view.lang;
    let edition = view.figures.edition.as_ref();
    let measure = view.figures.measure;
    if let Some(everybody) = census::in_place_of_interval(view, estimate) {
        return format!("{}: {everybody}.", measured_here(measure).get(lang));
    }
    let levels: Vec<&str> = match source.source {
        Source::Level(level) => vec![level_short(level).get(lang)],
        Source::Headline => Level::ALL
            .iter()
            .filter(|level| edition.is_some_and(|edition| edition.edition.headline_levels().contains(level)))
            .filter(|level| view.figures.source(Source::Level(**level)).is_some())
            .map(|level| level_short(*level).get(lang))
            .collect(),
    };
    let mut told = format!("{}: {}.", measured_here(measure).get(lang), levels.join("; "));
    if matches!(estimate.basis, Basis::Respondents | Basis::Open) {
        for say in [AMONG_RESPONDENTS, NO_MARGIN] {
            told.push(' ');
            told.push_str(say.get(lang));
        }
    }
    told
}

/// Response ratio with its counts, and what it means for the target.
pub(super) fn volume(view: &View<'_>, estimate: &Estimate, held: &[Held<'_>]) -> Option<String> {
    let lang = view.lang;
    let ratio = estimate.response_ratio.filter(|_| estimate.basis != Basis::Census)?;
    let served = view.figures.transactions?;
    let mut told = match estimate.basis {
        Basis::Open => vec![open::open_reach(lang, estimate.n, served)?],
        _ => vec![format!("{}.", site::response_ratio(lang, Share(ratio), estimate.n, served))],
    };
    if estimate.basis != Basis::Sample {
        told.extend(break_even(lang, held));
    }
    Some(told.join(" "))
}

/// The interval against its targets as one line of a plot.
fn gauge(view: &View<'_>, estimate: &Estimate, text: &ShareText<'_>, held: &[Held<'_>]) -> Forest {
    let lang = view.lang;
    let label = share(lang, text.estimate);
    let interval = census::in_place_of_interval(view, estimate)
        .unwrap_or_else(|| confidence_interval(lang, text.low, text.high).into());
    Forest {
        id: "chung".into(),
        title: text.subject.to_owned().into(),
        description: format!("{label}, {interval}. {}.", brief(lang, estimate, held).trim_end_matches('.')).into(),
        targets: target_lines(view, held),
        rows: vec![ForestRow {
            name: "".into(),
            figure: ForestFigure::Interval {
                estimate: text.estimate * 100.0,
                low: text.low * 100.0,
                high: text.high * 100.0,
                mark: mark(standing(estimate, held)),
                label: label.into(),
                detail: "".into(),
                own_target: None,
            },
        }],
    }
}

fn target_lines(view: &View<'_>, held: &[Held<'_>]) -> Vec<TargetLine> {
    held.iter()
        .map(|one| TargetLine {
            at: one.threshold.value * 100.0,
            short: one.threshold.shown(view.lang).into(),
            label: chart::target_line(
                view.lang,
                crate::text::number::Goal(one.threshold.value),
                &one.judgement.citation,
            )
            .into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Given};
    use super::*;

    fn headline_of(given: &[Given]) -> Headline {
        let figures = sample::figures(given, PeriodState::Closed);
        headline(&sample::view(&figures))
    }

    #[test]
    fn the_headline_stands_before_open_feedback() {
        let Headline::Figure(figure) = headline_of(&[Given(Level::B, 470, 500), Given(Level::D, 990, 1_000)]) else {
            panic!("no figure");
        };
        assert_eq!((figure.estimate.as_ref(), figure.verdict.mark.symbol()), ("94,0%", "●"));
        assert!(figure.sentence.starts_with("Đạt chỉ tiêu 90%."), "{}", figure.sentence);
        assert!(figure.administrative.is_some() && figure.basis.contains("những người đã trả lời"));
    }

    #[test]
    fn open_feedback_alone_is_shown_without_a_verdict() {
        let Headline::Figure(figure) = headline_of(&[Given(Level::D, 990, 1_000)]) else { panic!("no figure") };
        assert_eq!(figure.verdict.mark.symbol(), "○");
        assert!(figure.sentence.starts_with("Góp ý mở:") && figure.administrative.is_none());
    }

    #[test]
    fn a_running_period_says_that_its_interval_may_be_looked_at_daily() {
        let figures = sample::figures(&[Given(Level::B, 470, 500)], PeriodState::Running);
        let Headline::Figure(figure) = headline(&sample::view(&figures)) else { panic!("no figure") };
        assert!(figure.basis.contains("được phép xem hằng ngày"), "{}", figure.basis);
    }

    #[test]
    fn each_reason_for_no_figure_is_told_apart() {
        let told = |headline: Headline| match headline {
            Headline::Empty { sentences, .. } => sentences.join(" "),
            Headline::Figure(figure) => panic!("{figure:?}"),
        };
        assert!(told(headline_of(&[])).starts_with("Kỳ này chưa có phiếu hoặc có dưới 10 phiếu"));
        assert!(told(headline_of(&[Given(Level::D, 7, 7)])).contains("dưới 10 phiếu"));
        assert!(told(headline_of(&[Given(Level::B, 40, 40)])).contains("từ 95% trở lên"));
        let figures = sample::figures(&[], PeriodState::Closed);
        let mut view = sample::view(&figures);
        let around = super::super::surroundings::Surroundings::default();
        view.around = &around;
        assert_eq!(told(headline(&view)), "Đơn vị chưa có điểm khảo sát.");
    }
}
