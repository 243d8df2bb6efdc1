//! Why an act of two persons is refused.

use crate::questionnaire::EditionRef;
use crate::registry::editions::UploadRefusal;
use crate::text::decision as words;
use crate::text::number::count;
use crate::words::{Day, DecisionId, DecisionKind, DecisionState, Lang, Period, PointId};

/// Why it is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such decision.
    Unknown(DecisionId),
    /// Nobody knows in which unit the person works.
    OwnUnitUnknown,
    /// It is about the person's own unit or its subtree, then or today.
    OwnUnit,
    /// Whoever proposed does not decide.
    Proposer(DecisionKind),
    /// Only whoever proposed takes it back.
    NotTheProposer,
    /// Nobody decided until this day.
    Expired(Day),
    /// It is decided already.
    Decided(DecisionState),
    /// The note is longer than this.
    NoteTooLong(usize),
    /// The reason is one for something else.
    OtherReason,
    /// There is no such point.
    UnknownPoint(PointId),
    /// From a point to itself.
    SamePoint,
    /// The last day is before the first.
    EndsBeforeItBegins,
    /// More than this number of days.
    TooManyDays(i32),
    /// Something of these half-months may still come; it can be done from this day.
    NotOver(Day),
    /// The second point was not open on all of these days, and is not open today.
    ToPointNotThere,
    /// No form of the first point on these days.
    NothingThere,
    /// Another decision has moved forms of the first point on some of these days.
    Overlaps(DecisionId, Period),
    /// No form of the point of this level and channel on these days.
    NothingToExclude,
    /// Another decision has excluded forms of the point on some of these days.
    OverlapsExclusion(DecisionId, Period),
    /// The decision is no exclusion that holds.
    NotExcluded(DecisionId),
    /// There was no such unit in the month.
    UnitNotThere,
    /// The month still runs; it can be done from this day.
    MonthNotOver(Day),
    /// Another decision has done this already.
    CountsAgain(DecisionId),
    /// Nothing of this unit and month is set aside.
    NotDisputed,
    /// The uploaded questionnaire cannot be put into use.
    Edition(UploadRefusal),
    /// The same questionnaire is in use already.
    EditionThere(EditionRef),
}

impl Refusal {
    /// What happened and what to do, in one or two sentences.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Unknown(id) => words::unknown_decision(lang, &id.to_string()),
            Self::OwnUnitUnknown => words::OWN_UNIT_UNKNOWN.get(lang).to_owned(),
            Self::OwnUnit => words::OWN_UNIT.get(lang).to_owned(),
            Self::Proposer(kind) => words::second_person(*kind).get(lang).to_owned(),
            Self::NotTheProposer => words::NOT_THE_PROPOSER.get(lang).to_owned(),
            Self::Expired(day) => words::expired_on(lang, *day),
            Self::Decided(state) => words::decided_already(lang, words::state(*state).get(lang)),
            Self::NoteTooLong(most) => words::note_too_long(lang, u64::try_from(*most).unwrap_or(u64::MAX)),
            Self::OtherReason => words::OTHER_REASON.get(lang).to_owned(),
            Self::UnknownPoint(point) => words::unknown_point(lang, &count(lang, point_number(*point))),
            Self::SamePoint => words::SAME_POINT.get(lang).to_owned(),
            Self::EndsBeforeItBegins => words::ENDS_BEFORE.get(lang).to_owned(),
            Self::TooManyDays(most) => words::too_long(lang, u64::try_from(*most).unwrap_or(u64::MAX)),
            Self::NotOver(day) => words::not_over(lang, *day),
            Self::ToPointNotThere => words::TO_NOT_THERE.get(lang).to_owned(),
            Self::NothingThere => words::NOTHING_THERE.get(lang).to_owned(),
            Self::Overlaps(id, days) => words::overlaps(lang, &id.to_string(), days.from, days.to),
            Self::NothingToExclude => words::NOTHING_TO_EXCLUDE.get(lang).to_owned(),
            Self::OverlapsExclusion(id, days) => words::overlaps_exclusion(lang, &id.to_string(), days.from, days.to),
            Self::NotExcluded(id) => words::not_excluded(lang, &id.to_string()),
            Self::UnitNotThere => words::UNIT_NOT_THERE.get(lang).to_owned(),
            Self::MonthNotOver(day) => words::month_not_over(lang, *day),
            Self::CountsAgain(id) => words::counts_again(lang, &id.to_string()),
            Self::NotDisputed => words::NOT_DISPUTED.get(lang).to_owned(),
            Self::Edition(refusal) => refusal.told(lang),
            Self::EditionThere(name) => words::edition_there(lang, &name.to_string()),
        }
    }
}

fn point_number(point: PointId) -> u64 {
    u64::try_from(point.0).unwrap_or(0)
}

/// Why an act did not happen.
#[derive(Debug)]
pub enum NotDone {
    /// It is refused: everything that is wrong with it.
    Refused(Vec<Refusal>),
    /// The database failed.
    Fault(anyhow::Error),
}

impl From<Refusal> for NotDone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<anyhow::Error> for NotDone {
    fn from(fault: anyhow::Error) -> Self {
        Self::Fault(fault)
    }
}

impl std::fmt::Display for NotDone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusals) => {
                let told: Vec<String> = refusals.iter().map(|refusal| refusal.say(Lang::En)).collect();
                f.write_str(&told.join(" "))
            }
            Self::Fault(fault) => write!(f, "{fault:#}"),
        }
    }
}

impl std::error::Error for NotDone {}

/// Nothing, or all refusals at once.
pub(super) fn none_or_all(refusals: Vec<Refusal>) -> Result<(), NotDone> {
    if refusals.is_empty() { Ok(()) } else { Err(NotDone::Refused(refusals)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_is_told_in_both_languages() {
        let day = Day(20_500);
        let all = [
            Refusal::Unknown(DecisionId(1)),
            Refusal::OwnUnitUnknown,
            Refusal::OwnUnit,
            Refusal::Proposer(DecisionKind::Move),
            Refusal::Proposer(DecisionKind::Edition),
            Refusal::NotTheProposer,
            Refusal::Expired(day),
            Refusal::Decided(DecisionState::Approved),
            Refusal::NoteTooLong(9),
            Refusal::OtherReason,
            Refusal::UnknownPoint(PointId(9)),
            Refusal::SamePoint,
            Refusal::EndsBeforeItBegins,
            Refusal::TooManyDays(9),
            Refusal::NotOver(day),
            Refusal::ToPointNotThere,
            Refusal::NothingThere,
            Refusal::Overlaps(DecisionId(1), Period { from: day, to: day }),
            Refusal::NothingToExclude,
            Refusal::OverlapsExclusion(DecisionId(1), Period { from: day, to: day }),
            Refusal::NotExcluded(DecisionId(1)),
            Refusal::UnitNotThere,
            Refusal::MonthNotOver(day),
            Refusal::CountsAgain(DecisionId(1)),
            Refusal::NotDisputed,
            Refusal::Edition(UploadRefusal::NotText { at: 1 }),
            Refusal::EditionThere(EditionRef { code: "own".to_owned(), version: 2 }),
        ];
        let told: Vec<String> = all.iter().map(|refusal| refusal.say(Lang::Vi)).collect();
        for (at, refusal) in all.iter().enumerate() {
            assert!(!told[..at].contains(&told[at]), "{}", told[at]);
            assert!(refusal.say(Lang::En) != told[at] && refusal.say(Lang::En).ends_with('.'));
        }
    }
}
