//! One block for each trust level with answers.

use super::headline::volume;
use super::unit_page::View;
use super::verdict_words::{held, mark, standing};
use crate::index::{Basis, FEWEST_PUBLISHED, Source};
use crate::publish::figures::SourceFigures;
use crate::publish::visible::{Visible, visible};
use crate::statistics::{Confidence, Estimated, independent_difference};
use crate::text::figure::level::{level_long, level_short};
use crate::text::figure::note::{answers, from_to};
use crate::text::figure::open;
use crate::text::figure::standing::Standing;
use crate::text::figure::withheld::{Withheld, withheld};
use crate::text::number::share;
use crate::text::site;
use crate::text::{chart, parts};
use crate::web::view::Wording;
use crate::web::view::figure::{LevelBlock, Verdict};
use crate::web::view::unit::Part;
use crate::words::Level;

/// The row of blocks, A to D.
pub(super) fn levels(view: &View<'_>) -> Part<Vec<LevelBlock>> {
    let of = |level: &Level| view.figures.source(Source::Level(*level)).map(|source| block(view, *level, source));
    let content: Vec<LevelBlock> = Level::ALL.iter().filter_map(of).collect();
    Part {
        title: site::UNIT_SOURCES.get(view.lang).into(),
        lead: content.is_empty().then(|| chart::EMPTY.get(view.lang).into()),
        content,
    }
}

/// The drawn sample against every other level: the difference that choosing oneself to answer makes.
pub(super) fn differences(view: &View<'_>) -> Vec<Wording> {
    let shown = |level: Level| -> Option<Estimated> {
        let estimate = view.figures.source(Source::Level(level))?.estimates.first()?;
        let Visible::Shown { estimate: value, .. } = visible(estimate) else { return None };
        Some(Estimated { value, se: estimate.se?, df: estimate.df? })
    };
    let Some(sample) = shown(Level::A) else { return Vec::new() };
    let others = [Level::B, Level::C, Level::D].into_iter().filter_map(|level| Some((level, shown(level)?)));
    others
        .filter_map(|(level, other)| {
            let found = independent_difference(other, sample, Confidence::P95)?;
            let (low, high) = (found.interval.low, found.interval.high);
            let sentence = open::counter_against_sample(view.lang, found.estimate, low, high);
            Some(format!("{}: {sentence}", level_short(level).get(view.lang)).into())
        })
        .collect()
}

fn block(view: &View<'_>, level: Level, source: &SourceFigures) -> LevelBlock {
    let lang = view.lang;
    let mut block = LevelBlock {
        name: level_short(level).get(lang).into(),
        long: level_long(level).get(lang).into(),
        estimate: None,
        detail: None,
        verdict: None,
        sentences: Vec::new(),
    };
    let Some(estimate) = source.estimates.first() else { return block };
    let held = held(estimate, view.figures.is_line_agency());
    let threshold = held.first().map(|one| one.threshold.value);
    match visible(estimate) {
        Visible::Shown { estimate: value, interval } => {
            let interval = if estimate.basis == Basis::Census && interval.high <= interval.low {
                block.long = parts::EVERYBODY_ASKED.get(lang).into();
                chart::ANSWERED.get(lang).to_owned()
            } else {
                from_to(lang, interval.low, interval.high, threshold)
            };
            block.estimate = Some(share(lang, value).into());
            block.detail = Some(format!("{interval} · {}", answers(lang, estimate.n)).into());
            if estimate.basis == Basis::Open {
                block.sentences.push(open::open_figure(lang, value, estimate.n).to_string().into());
            }
        }
        Visible::Masked(bound) => {
            block.estimate = Some(bound.say().get(lang).into());
            block.detail = Some(answers(lang, estimate.n).into());
        }
        Visible::Few => {
            let parent = view.figures.above.first().map(|unit| unit.name.as_str());
            block.sentences.push(withheld(lang, Withheld::Few { k: FEWEST_PUBLISHED, parent }).to_string().into());
            return block;
        }
        Visible::Nothing | Visible::NoInterval => {
            block.sentences.push(Standing::NotPublishable.label().get(lang).into());
            return block;
        }
    }
    let standing = standing(estimate, &held);
    block.verdict = Some(Verdict { mark: mark(standing), label: standing.label().get(lang).into() });
    block.sentences.extend(volume(view, estimate, &held).map(Wording::from));
    block
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Given};
    use super::*;
    use crate::index::PeriodState;

    #[test]
    fn levels_stand_in_order_and_small_ones_show_no_number() {
        let given = [Given(Level::D, 900, 1_000), Given(Level::B, 8, 9), Given(Level::A, 300, 400)];
        let figures = sample::figures(&given, PeriodState::Closed);
        let part = levels(&sample::view(&figures));
        let names: Vec<&str> = part.content.iter().map(|block| block.name.as_ref()).collect();
        assert_eq!(names, ["A · Mẫu ngẫu nhiên", "B · Theo hồ sơ", "D · Góp ý mở"]);
        let few = &part.content[1];
        assert!(few.estimate.is_none() && few.detail.is_none() && few.verdict.is_none());
        assert!(few.sentences[0].contains("dưới 10 phiếu"));
    }
}
