//! Forms that were excluded, or moved because a QR hung in the wrong place: raw figures, and cleaned ones beside them.

use maud::{Markup, html};

use super::cells::{HEADS, figure_cells};
use super::headline::subject;
use super::unit_page::View;
use super::verdict_words::{held, sentence};
use crate::index::{Basis, Estimate, FEWEST_PUBLISHED, PeriodState, Source};
use crate::publish::figures::{ExcludedForms, MovedFigures, MovedForms, MovedSource};
use crate::publish::visible::{Visible, visible};
use crate::text::Say;
use crate::text::decision::{moved as words, reason};
use crate::text::figure::level::{self, level_short};
use crate::text::figure::open;
use crate::text::figure::verdict::ShareText;
use crate::text::figures::NO_FIGURE;
use crate::text::{chart, site};
use crate::web::view::table::{Cell, Row, Table};
use crate::web::view::unit::Part;
use crate::words::Lang;

/// The part on excluded and moved forms; nothing where nothing was excluded or moved over the unit's border.
pub(super) fn moved(view: &View<'_>) -> Option<Part<Markup>> {
    let lang = view.lang;
    let figures = view.figures.moved.as_ref()?;
    let shown: Vec<&MovedSource> = figures.sources.iter().filter(|source| is_enough(view, source)).collect();
    let is_excluding = !figures.exclusions.is_empty();
    let (title, lead, few) = if is_excluding {
        (words::TITLE_EXCLUDED, words::LEAD_EXCLUDED, words::few_excluded(lang, FEWEST_PUBLISHED))
    } else {
        (words::TITLE, words::LEAD, words::few(lang, FEWEST_PUBLISHED))
    };
    let content = html! {
        ul {
            @for known in &figures.exclusions { li { (told_exclusion(lang, known)) } }
            @for known in &figures.moves { li { (told(lang, known)) } }
        }
        @for source in &shown { (counted(view, source)) }
        @if shown.is_empty() && is_any_in_force(figures) { p { (few) } }
        @if !shown.is_empty() { (table(view, figures, &shown).render()) }
        @if view.figures.state == PeriodState::Running {
            p { (words::RUNNING.get(lang)) }
        } @else {
            @for text in shown.iter().filter_map(|source| conclusion(view, figures, source)) { p { (text) } }
        }
    };
    Some(Part { title: title.get(lang).into(), lead: Some(lead.get(lang).into()), content })
}

/// Whether anything is excluded or moved now: what was taken back counts as usual.
fn is_any_in_force(figures: &MovedFigures) -> bool {
    !figures.moves.is_empty() || figures.exclusions.iter().any(|known| known.restored.is_none())
}

/// How the cleaned figures are called.
fn cleaned_name(figures: &MovedFigures) -> Say {
    if figures.exclusions.is_empty() { words::CLEANED } else { words::CLEANED_EXCLUDED }
}

/// Whether enough were moved; nobody is behind the answers of a simulation.
fn is_enough(view: &View<'_>, source: &MovedSource) -> bool {
    let is_enough = |n: u64| n == 0 || n >= FEWEST_PUBLISHED;
    view.is_simulated || [source.excluded, source.out, source.into].into_iter().all(is_enough)
}

/// One decision in three sentences.
fn told(lang: Lang, known: &MovedForms) -> String {
    let which = words::which(lang, &known.from, &known.to, known.days.from, known.days.to);
    format!("{which} {} {}", words::why(lang, reason(known.reason).get(lang)), words::by_two(lang, known.decided))
}

/// One exclusion in three sentences, and that it was taken back.
fn told_exclusion(lang: Lang, known: &ExcludedForms) -> String {
    let channel = known.channel.map(|channel| level::channel(channel).get(lang));
    let what: Vec<&str> = [Some(level_short(known.level).get(lang)), channel].into_iter().flatten().collect();
    let which = words::which_excluded(lang, &known.point, &what.join("; "), known.days.from, known.days.to);
    let why = words::why(lang, reason(known.reason).get(lang));
    let back = known.restored.map(|day| words::taken_back(lang, day)).unwrap_or_default();
    format!("{which} {why} {} {back}", words::by_two(lang, known.decided)).trim_end().to_owned()
}

/// How many forms were excluded, went out and came in.
fn counted(view: &View<'_>, source: &MovedSource) -> Markup {
    let lang = view.lang;
    html! {
        p {
            (name(lang, source.source)) ": "
            @if source.excluded > 0 { (words::excluded(lang, source.excluded)) " " }
            @if source.out > 0 { (words::out(lang, source.out)) " " }
            @if source.into > 0 { (words::into(lang, source.into)) }
        }
    }
}

fn name(lang: Lang, source: Source) -> &'static str {
    match source {
        Source::Headline => site::HOME_HEADLINE.get(lang),
        Source::Level(level) => level_short(level).get(lang),
    }
}

fn table(view: &View<'_>, figures: &MovedFigures, shown: &[&MovedSource]) -> Table {
    let lang = view.lang;
    let is_line = view.figures.is_line_agency();
    let is_one = figures.sources.len() == 1;
    let rows = shown.iter().flat_map(|source| {
        let named = |words: &'static str| {
            if is_one { words.to_owned() } else { format!("{} – {words}", name(lang, source.source)) }
        };
        let cleaned = Some(&source.cleaned);
        let cleaned_name = cleaned_name(figures);
        [(words::RAW, source.raw.as_ref()), (cleaned_name, cleaned)].map(|(say, estimate)| {
            let mut cells = figure_cells(lang, estimate, is_line);
            if say == cleaned_name && view.figures.state == PeriodState::Running {
                cells.pop();
                cells.push(Cell::Words(NO_FIGURE.into()));
            }
            Row { name: named(say.get(lang)).into(), href: None, cells }
        })
    });
    let head = [words::HEAD_COUNTED].into_iter().chain(HEADS).map(|say| say.get(lang).into()).collect();
    Table { caption: chart::PERFORMANCE.get(lang).into(), head, rows: rows.collect() }
}

/// What the cleaned figure says of the target, in the same words as the raw one.
fn conclusion(view: &View<'_>, figures: &MovedFigures, source: &MovedSource) -> Option<String> {
    let lang = view.lang;
    let cleaned: &Estimate = &source.cleaned;
    let Visible::Shown { estimate, interval } = visible(cleaned) else { return None };
    let n = cleaned.n;
    let told = if cleaned.basis == Basis::Open {
        open::open_figure(lang, estimate, n).to_string()
    } else {
        let text = ShareText { subject: subject(view), estimate, low: interval.low, high: interval.high, n };
        sentence(lang, &text, &held(cleaned, view.figures.is_line_agency()), view.figures.transactions)
    };
    Some(format!("{}: {told}", cleaned_name(figures).get(lang)))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Given};
    use super::*;
    use crate::words::{Channel, Day, DecisionReason, Level, Period};

    fn page(out: u64, state: PeriodState, cleaned: (u64, u64), source: Source) -> Option<String> {
        let mut figures = sample::figures(&[Given(Level::B, 300, 500), Given(Level::D, 990, 1_000)], state);
        let raw = figures.source(source).unwrap().estimates.first().cloned();
        let days = Period { from: Day(20_500), to: Day(20_501) };
        figures.moved = Some(MovedFigures {
            moves: vec![MovedForms {
                from: "Quầy 1, Xã A".to_owned(),
                to: "Quầy 2, Xã B".to_owned(),
                days,
                reason: DecisionReason::WrongPlace,
                decided: Day(20_540),
            }],
            exclusions: Vec::new(),
            sources: vec![MovedSource {
                source,
                excluded: 0,
                out,
                into: 0,
                raw,
                cleaned: sample::judged(cleaned, source, &[sample::target(0.90)], PeriodState::Closed),
            }],
        });
        moved(&sample::view(&figures)).map(|part| part.content.into_string())
    }

    #[test]
    fn raw_and_cleaned_stand_side_by_side_with_reason_and_persons() {
        let text = page(200, PeriodState::Closed, (290, 300), Source::Headline).unwrap();
        for part in [
            "Từ Quầy 1, Xã A về Quầy 2, Xã B, phiếu từ ngày 16/02/2026 đến hết ngày 17/02/2026.",
            "Lý do: mã QR bị treo nhầm chỗ. Một người đề xuất, một người khác phê duyệt ngày 28/3/2026",
            "200 phiếu ghi nhận tại đơn vị này",
            "60,0%",
            "96,7%",
            "Sau khi chuyển: Đạt chỉ tiêu 90%.",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        assert!(!text.contains("chuyển về đơn vị này"), "nothing came in");
    }

    #[test]
    fn fewer_than_k_are_told_in_words_alone() {
        let text = page(9, PeriodState::Closed, (290, 491), Source::Headline).unwrap();
        assert!(text.contains("dưới 10 phiếu") && text.contains("Quầy 1"));
        assert!(!text.contains('%') && !text.contains("9 phiếu ghi nhận"), "{text}");
    }

    #[test]
    fn a_running_period_and_open_feedback_conclude_nothing() {
        let running = page(200, PeriodState::Running, (290, 300), Source::Headline).unwrap();
        assert!(running.contains("96,7%") && running.contains("chỉ dựa trên số liệu gốc"));
        assert!(!running.contains("Đạt chỉ tiêu 90%"), "{running}");
        let open = page(200, PeriodState::Closed, (290, 300), Source::Level(Level::D)).unwrap();
        assert!(open.contains("Góp ý mở: 96,7% trong 300 phiếu tự nguyện") && !open.contains("Đạt chỉ tiêu 90%"));
    }

    #[test]
    fn an_exclusion_is_told_with_what_it_took_and_that_it_was_taken_back() {
        let mut figures =
            sample::figures(&[Given(Level::B, 300, 500), Given(Level::D, 990, 1_000)], PeriodState::Closed);
        let source = Source::Level(Level::D);
        let raw = figures.source(source).unwrap().estimates.first().cloned();
        let days = Period { from: Day(20_500), to: Day(20_501) };
        let excluded = ExcludedForms {
            point: "Quầy 1, Xã A".to_owned(),
            level: Level::D,
            channel: Some(Channel::Paper),
            days,
            reason: DecisionReason::Script,
            decided: Day(20_540),
            restored: None,
        };
        let cleaned = sample::judged((390, 400), source, &[sample::target(0.90)], PeriodState::Closed);
        let sources = vec![MovedSource { source, excluded: 600, out: 0, into: 0, raw, cleaned }];
        figures.moved = Some(MovedFigures { moves: Vec::new(), exclusions: vec![excluded.clone()], sources });
        let text = moved(&sample::view(&figures)).unwrap().content.into_string();
        for part in [
            "Loại phiếu của Quầy 1, Xã A (D · Góp ý mở; Phiếu giấy), ",
            "từ ngày 16/02/2026 đến hết ngày 17/02/2026.",
            "Lý do: có tín hiệu gửi tự động hoặc quét mã lặp lại nhiều lần.",
            "phê duyệt ngày 28/3/2026",
            "600 phiếu trong kỳ không được tính",
            "97,5%",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        let back = ExcludedForms { restored: Some(Day(20_550)), ..excluded };
        figures.moved = Some(MovedFigures { moves: Vec::new(), exclusions: vec![back], sources: Vec::new() });
        let text = moved(&sample::view(&figures)).unwrap().content.into_string();
        assert!(text.contains("Đã khôi phục ngày 07/4/2026") && !text.contains('%'), "{text}");
        assert!(!text.contains("dưới 10 phiếu"), "nothing is excluded any more: {text}");
    }

    #[test]
    fn where_nothing_was_moved_nothing_is_said() {
        let figures = sample::figures(&[Given(Level::B, 300, 500)], PeriodState::Closed);
        assert!(moved(&sample::view(&figures)).is_none());
    }
}
