//! From an estimate and its judgements to the words, the sign and the sentence of its verdict.

use super::charts::Mark;
use super::visible::{Visible, visible};
use crate::index::{Basis, Comparison, Estimate, Judgement, Target, TargetValue, Verdict};
use crate::statistics::BreakEven;
use crate::text::figure::open;
use crate::text::figure::standing::Standing;
use crate::text::figure::verdict::{
    Bound, Finding, ShareText, Threshold, administrative_reading, several, verdict, without_target,
};
use crate::words::Lang;

/// A share held against one target.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// The target.
    pub threshold: Threshold,
    /// What was found.
    pub judgement: &'a Judgement,
}

/// The targets a share is held against, each once however many documents repeat it. A line agency stands outside what the
/// province measures: the province's targets do not judge it.
pub fn held(estimate: &Estimate, is_line_agency: bool) -> Vec<Held<'_>> {
    let mut found: Vec<Held<'_>> = Vec::new();
    for judgement in estimate.judgements.iter().filter(|_| !is_line_agency) {
        let Some(threshold) = threshold(judgement.value, judgement.comparison, judgement.threshold) else { continue };
        if !found.iter().any(|known| known.threshold == threshold) {
            found.push(Held { threshold, judgement });
        }
    }
    found
}

/// A target for a share as sentences tell it.
pub fn threshold(value: TargetValue, comparison: Comparison, threshold: f64) -> Option<Threshold> {
    let bound = match (value, comparison) {
        (TargetValue::Percent, Comparison::AtLeast) => Bound::AtLeast,
        (TargetValue::Percent, Comparison::MoreThan) => Bound::Above,
        _ => return None,
    };
    Some(Threshold { value: threshold, bound })
}

/// The thresholds of targets, each once.
pub fn thresholds(targets: &[Target]) -> Vec<Threshold> {
    let mut found = Vec::new();
    for target in targets {
        let known = target.threshold.and_then(|value| threshold(target.value, target.comparison, value));
        found.extend(known.filter(|threshold| !found.contains(threshold)));
    }
    found
}

fn finding(held: &Held<'_>, users: Option<u64>) -> Option<Finding> {
    match held.judgement.verdict? {
        Verdict::Met => Some(Finding::Met),
        Verdict::NotMet => Some(Finding::NotMet),
        Verdict::Undetermined { answers_needed } => Some(Finding::Undetermined { needed: answers_needed, users }),
        Verdict::NotPublishable => None,
    }
}

fn findings(held: &[Held<'_>], users: Option<u64>) -> Vec<(Threshold, Finding)> {
    held.iter().filter_map(|one| Some((one.threshold, finding(one, users)?))).collect()
}

/// Where a figure stands towards its targets.
pub fn standing(estimate: &Estimate, held: &[Held<'_>]) -> Standing {
    let may_be_judged = matches!(visible(estimate), Visible::Shown { .. } | Visible::Masked(_));
    if !may_be_judged {
        return Standing::NotPublishable;
    }
    if estimate.basis == Basis::Open {
        return Standing::Open;
    }
    let is_census = estimate.basis == Basis::Census;
    match (held, findings(held, None).as_slice()) {
        ([], _) => Standing::NoTarget,
        ([_], [(_, Finding::Met)]) if is_census => Standing::CensusMet,
        ([_], [(_, Finding::Met)]) => Standing::Met,
        ([_], [(_, Finding::NotMet)]) if is_census => Standing::CensusNotMet,
        ([_], [(_, Finding::NotMet)]) => Standing::NotMet,
        ([_], [(_, Finding::Undetermined { .. })]) => Standing::Undetermined,
        (_, []) => Standing::NotPublishable,
        _ => Standing::Contradictory,
    }
}

/// The sign of a standing.
pub const fn mark(standing: Standing) -> Mark {
    match standing {
        Standing::Met => Mark::Met,
        Standing::NotMet => Mark::NotMet,
        Standing::Undetermined => Mark::Undetermined,
        Standing::CensusMet => Mark::CensusMet,
        Standing::CensusNotMet => Mark::CensusNotMet,
        Standing::NotPublishable => Mark::Withheld,
        Standing::Open => Mark::Open,
        Standing::NoTarget => Mark::NoTarget,
        Standing::Contradictory => Mark::Conflict,
    }
}

/// The verdict in a table: its label, or the conclusion towards each of the contradictory targets.
pub fn brief(lang: Lang, estimate: &Estimate, held: &[Held<'_>]) -> String {
    match standing(estimate, held) {
        Standing::Contradictory => several(lang, &findings(held, None)),
        standing => standing.label().get(lang).to_owned(),
    }
}

/// The whole sentence of a shown share. Open feedback has its own.
pub fn sentence(lang: Lang, text: &ShareText<'_>, held: &[Held<'_>], users: Option<u64>) -> String {
    match findings(held, users).as_slice() {
        [] => without_target(lang, text),
        [(threshold, finding)] => verdict(lang, text, *threshold, *finding).to_string(),
        many => format!("{} {}", several(lang, many), without_target(lang, text)),
    }
}

/// The conclusions alone, for a share that is masked; `None` without a target.
pub fn conclusions(lang: Lang, held: &[Held<'_>]) -> Option<String> {
    Some(several(lang, &findings(held, None))).filter(|text| !text.is_empty())
}

/// The administrative reading towards each target; `None` without a target.
pub fn administrative(lang: Lang, estimate: f64, held: &[Held<'_>]) -> Option<String> {
    let readings: Vec<String> = held.iter().map(|one| administrative_reading(lang, estimate, one.threshold)).collect();
    (!readings.is_empty()).then(|| readings.join(" "))
}

/// What those who did not answer would have to think, for each target; nothing where the dossiers are not known.
pub fn break_even(lang: Lang, held: &[Held<'_>]) -> Vec<String> {
    let needed = |even: &BreakEven| match even {
        BreakEven::Holds => 0.0,
        BreakEven::AtLeast(share) => *share,
        BreakEven::OutOfReach => f64::INFINITY,
    };
    held.iter()
        .filter_map(|one| Some((one.threshold.value, needed(one.judgement.break_even.as_ref()?))))
        .map(|(threshold, needed)| open::break_even(lang, threshold, needed))
        .collect()
}
