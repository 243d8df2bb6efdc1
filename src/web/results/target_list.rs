//! The targets of a unit: in force with their documents, to come, undecided, and where they contradict each other.

use super::unit_page::View;
use super::verdict_words::threshold;
use crate::index::{Comparison, Target, TargetValue};
use crate::publish::figures::OwnedTargets;
use crate::text::chart::AXIS_MINUTES;
use crate::text::figure::measure::measure_name;
use crate::text::number::{Goal, as_written};
use crate::text::parts;
use crate::text::site::{self, CitedTarget};
use crate::web::view::figure::TargetEntry;
use crate::web::view::unit::Part;
use crate::words::Lang;

/// All targets with a heading.
pub(in crate::web) fn targets(view: &View<'_>) -> Part<Vec<TargetEntry>> {
    let lang = view.lang;
    let of = [&view.figures.targets, &view.figures.minutes];
    let mut content: Vec<TargetEntry> = of.iter().flat_map(|owned| current(view, owned)).collect();
    for target in &view.figures.targets.undecided {
        let citation = format!("{}. {}", target.citation.trim_end_matches('.'), site::TARGET_UNDECIDED.get(lang));
        content.push(TargetEntry { text: goal(lang, target).into(), citation: citation.into(), ..entry() });
    }
    for (field, owned) in &view.figures.field_targets {
        let named = |mut entry: TargetEntry| {
            entry.text = format!("{} – {}", parts::target_of_field(lang, field), entry.text).into();
            entry
        };
        content.extend(current(view, owned).into_iter().map(named));
        content.extend(owned.coming.iter().map(|target| named(coming(lang, target))));
    }
    let has_current = of.iter().any(|owned| !owned.current.is_empty());
    for target in of.iter().flat_map(|owned| &owned.coming) {
        content.push(coming(lang, target));
    }
    Part {
        title: site::UNIT_TARGETS.get(lang).into(),
        lead: (!has_current).then(|| format!("{}.", site::TARGET_NONE.get(lang)).into()),
        content,
    }
}

const fn entry() -> TargetEntry {
    TargetEntry {
        text: std::borrow::Cow::Borrowed(""),
        citation: std::borrow::Cow::Borrowed(""),
        source: None,
        conflict: None,
    }
}

fn current(view: &View<'_>, owned: &OwnedTargets) -> Vec<TargetEntry> {
    let lang = view.lang;
    let cited: Vec<CitedTarget<'_>> = owned
        .current
        .iter()
        .filter(|target| target.value == TargetValue::Percent)
        .filter_map(|target| Some(CitedTarget { value: target.threshold?, citation: &target.citation }))
        .collect();
    let mut conflict = owned.is_contradictory.then(|| match cited.len() {
        0 | 1 => site::TARGET_CONTRADICTORY_NOTE.get(lang).to_owned(),
        _ => site::contradiction(lang, &cited),
    });
    owned
        .current
        .iter()
        .map(|target| TargetEntry {
            text: goal(lang, target).into(),
            citation: citation(view, target).into(),
            source: None,
            conflict: conflict.take().map(Into::into),
        })
        .collect()
}

fn citation(view: &View<'_>, target: &Target) -> String {
    if target.unit == view.figures.unit.unit {
        return target.citation.clone();
    }
    let inherited = match view.figures.above.iter().find(|unit| unit.unit == target.unit) {
        Some(unit) => site::target_from_unit(view.lang, &unit.name),
        None => site::TARGET_INHERITED.get(view.lang).to_owned(),
    };
    format!("{}. {inherited}", target.citation.trim_end_matches('.'))
}

/// “Khảo sát tại nơi tiếp nhận: ≥ 90%”.
fn goal(lang: Lang, target: &Target) -> String {
    let measures: Vec<&str> = target.measures.iter().map(|measure| measure_name(*measure).get(lang)).collect();
    let number = level(lang, target);
    if measures.is_empty() { number } else { format!("{}: {number}", measures.join(", ")) }
}

/// “≥ 90%”.
pub(in crate::web) fn level(lang: Lang, target: &Target) -> String {
    match (target.threshold, target.value) {
        (None, _) => site::TARGET_RISES.get(lang).to_owned(),
        (Some(value), TargetValue::Percent) => match threshold(target.value, target.comparison, value) {
            Some(threshold) => threshold.with_sign(lang),
            None => format!("{} {}", sign(target.comparison), crate::text::Shown::shown(&Goal(value), lang)),
        },
        (Some(value), TargetValue::Minutes) => {
            let minutes = AXIS_MINUTES.get(lang).to_lowercase();
            format!("{} {} {minutes}", sign(target.comparison), as_written(lang, value))
        }
        (Some(value), TargetValue::Points) => format!("{} {}", sign(target.comparison), as_written(lang, value)),
    }
}

const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => "≥",
        Comparison::MoreThan => ">",
        Comparison::AtMost => "≤",
        Comparison::Rises => "↑",
    }
}

fn coming(lang: Lang, target: &Target) -> TargetEntry {
    let year = target.year_from.to_string();
    let plain =
        target.threshold.filter(|_| target.value == TargetValue::Percent && target.comparison == Comparison::AtLeast);
    match plain {
        Some(value) => TargetEntry {
            text: format!("{}:", site::UNIT_COMING_TARGETS.get(lang)).into(),
            citation: site::target_from_year(lang, Goal(value), &year, &target.citation).into(),
            ..entry()
        },
        None => TargetEntry {
            text: format!("{} ({year}): {}", site::UNIT_COMING_TARGETS.get(lang), goal(lang, target)).into(),
            citation: target.citation.clone().into(),
            ..entry()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::index::PeriodState;

    #[test]
    fn contradictory_undecided_and_coming_targets_are_all_shown() {
        let mut figures = sample::figures(&[], PeriodState::Closed);
        let undecided = Target { measures: Vec::new(), ..sample::target(0.95) };
        let coming = Target { year_from: 2027, ..sample::target(0.92) };
        figures.targets = OwnedTargets {
            current: vec![sample::target(0.90), sample::target(0.95)],
            undecided: vec![undecided],
            coming: vec![coming],
            is_contradictory: true,
            ..OwnedTargets::default()
        };
        let part = targets(&sample::view(&figures));
        let texts: Vec<&str> = part.content.iter().map(|entry| entry.text.as_ref()).collect();
        let measure = "Khảo sát tại nơi tiếp nhận";
        assert_eq!(texts[..2], [format!("{measure}: ≥ 90%"), format!("{measure}: ≥ 95%")]);
        assert!(part.content[0].conflict.as_ref().unwrap().contains("90%"));
        assert!(part.content[3].citation.contains("không kết luận"));
        assert!(part.content[4].citation.starts_with("Từ năm 2027: 92%"));
        assert_eq!(part.lead, None);
    }

    #[test]
    fn a_limit_of_minutes_is_told_in_minutes() {
        assert_eq!(goal(Lang::Vi, &sample::minutes(25.0)), "Thời gian chờ trung bình: ≤ 25 phút");
    }
}
