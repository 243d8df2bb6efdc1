//! Waiting time against the minutes a plan allows.

use super::unit_page::View;
use crate::index::{Basis, Comparison, Estimate, Statistic, TargetValue, Verdict};
use crate::publish::figures::SourceFigures;
use crate::publish::visible::{Visible, visible};
use crate::text::figure::measure::MINUTES;
use crate::text::figure::note::answers;
use crate::text::figure::standing::Outcome;
use crate::text::figure::waiting::{WaitingText, waiting as told, waiting_open};
use crate::text::number::as_written;
use crate::text::{chart, number, site};
use crate::web::view::Wording;
use crate::web::view::unit::Part;

/// The part on waiting, where minutes were given by enough people.
pub(super) fn waiting(view: &View<'_>, source: &SourceFigures) -> Option<Part<Vec<Wording>>> {
    let means = source.estimates.iter().filter(|estimate| estimate.statistic == Statistic::Mean);
    let content: Vec<Wording> = means.flat_map(|estimate| sentences(view, estimate)).map(Into::into).collect();
    (!content.is_empty()).then(|| Part { title: site::UNIT_WAITING.get(view.lang).into(), lead: None, content })
}

fn sentences(view: &View<'_>, estimate: &Estimate) -> Vec<String> {
    let lang = view.lang;
    let Visible::Shown { estimate: mean, interval } = visible(estimate) else { return Vec::new() };
    if estimate.basis == Basis::Open {
        return vec![waiting_open(lang, mean, estimate.n)];
    }
    let judged: Vec<String> = estimate
        .judgements
        .iter()
        .filter(|_| !view.figures.is_line_agency())
        .filter(|one| one.value == TargetValue::Minutes && one.comparison == Comparison::AtMost)
        .filter_map(|one| {
            let outcome = match one.verdict? {
                Verdict::Met => Outcome::Met,
                Verdict::NotMet => Outcome::NotMet,
                Verdict::Undetermined { .. } => Outcome::Undetermined,
                Verdict::NotPublishable => return None,
            };
            let text = WaitingText { mean, low: interval.low, high: interval.high, limit: one.threshold };
            let limit = format!("≤ {} ({})", as_written(lang, one.threshold), one.citation);
            Some(format!("{} {}: {limit}.", told(lang, text, outcome), chart::HEAD_TARGET.get(lang)))
        })
        .collect();
    if !judged.is_empty() {
        return judged;
    }
    let decimal = |value| number::decimal(lang, value, 1);
    let range = format!("{} – {}", decimal(interval.low), decimal(interval.high));
    let interval = format!("{} {range}", chart::INTERVAL.get(lang).to_lowercase());
    vec![format!("{}: {}; {interval} ({}).", MINUTES.get(lang), decimal(mean), answers(lang, estimate.n))]
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Given};
    use super::*;
    use crate::index::{PeriodState, Source};
    use crate::words::Level;

    fn of(level: Level) -> String {
        let source = if level == Level::D { Source::Level(level) } else { Source::Headline };
        let figures = sample::figures(&[Given(level, 470, 500)], PeriodState::Closed);
        let view = sample::view(&figures);
        waiting(&view, figures.source(source).unwrap()).unwrap().content.join(" ")
    }

    #[test]
    fn minutes_of_proven_users_are_held_against_the_limit() {
        assert!(of(Level::B).contains("đạt yêu cầu không quá 25 phút"), "{}", of(Level::B));
    }

    #[test]
    fn minutes_of_open_feedback_are_hearsay() {
        assert!(of(Level::D).starts_with("Theo lời người góp ý (không đại diện)"));
    }
}
