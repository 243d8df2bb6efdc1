//! What may be excluded, and what may be taken back. Pure: everything it depends on is given.

use std::collections::BTreeSet;

use super::moves::{LONGEST_MOVE, Stored};
use super::refusal::Refusal;
use crate::registry::Directory;
use crate::registry::decided::Decided;
use crate::registry::exclusions::{ApprovedExclusion, Exclusion};
use crate::words::{Channel, Day, DecisionId, DecisionKind, DecisionReason, Level, Period, PointId, UnitId};

/// What somebody proposes to exclude.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExclusionProposal<'a> {
    /// Where the answers came in.
    pub point: PointId,
    /// Their level.
    pub level: Level,
    /// Their channel; `None` = every channel.
    pub channel: Option<Channel>,
    /// First day.
    pub day_from: Day,
    /// Last day.
    pub day_to: Day,
    /// Why.
    pub reason: DecisionReason,
    /// What else there is to say about it.
    pub note: &'a str,
}

/// What somebody proposes to take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestorationProposal<'a> {
    /// The decision that excluded.
    pub exclusion: DecisionId,
    /// Why.
    pub reason: DecisionReason,
    /// What else there is to say about it.
    pub note: &'a str,
}

/// The exclusion that is proposed, if it is one at all.
pub(super) fn asked(proposal: &ExclusionProposal<'_>) -> Result<Exclusion, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !DecisionKind::Exclude.reasons().contains(&proposal.reason) {
        refusals.push(Refusal::OtherReason);
    }
    let Some(days) = Period::new(proposal.day_from, proposal.day_to) else {
        refusals.push(Refusal::EndsBeforeItBegins);
        return Err(refusals);
    };
    if days.to.0.saturating_sub(days.from.0) >= LONGEST_MOVE {
        refusals.push(Refusal::TooManyDays(LONGEST_MOVE));
    }
    let exclusion = Exclusion { point: proposal.point, level: proposal.level, channel: proposal.channel, days };
    if refusals.is_empty() { Ok(exclusion) } else { Err(refusals) }
}

/// The exclusion that is to be taken back.
pub(super) fn asked_back(proposal: &RestorationProposal<'_>) -> Result<DecisionId, Vec<Refusal>> {
    let is_one = DecisionKind::Restore.reasons().contains(&proposal.reason);
    if is_one { Ok(proposal.exclusion) } else { Err(vec![Refusal::OtherReason]) }
}

/// Everything that stands against an exclusion now.
pub(super) fn against(exclusion: &Exclusion, stored: &Stored<'_>) -> Vec<Refusal> {
    let is_known = stored.directory.point(exclusion.point).is_some();
    let mut refusals: Vec<Refusal> =
        (!is_known).then_some(Refusal::UnknownPoint(exclusion.point)).into_iter().collect();
    let (_, last) = exclusion.halves();
    let is_sealed = stored.sealed_through.is_some_and(|through| through >= last.last());
    if !is_sealed || stored.are_waiting {
        refusals.push(Refusal::NotOver(last.last().max(stored.today).plus(1)));
    } else if refusals.is_empty() && !stored.is_anything {
        refusals.push(Refusal::NothingToExclude);
    }
    let moved = stored.decided.moves.iter().find(|known| exclusion.overlaps_move(&known.moved));
    refusals.extend(moved.map(|known| Refusal::Overlaps(known.id, known.moved.days)));
    let mut in_force = stored.decided.exclusions.iter().filter(|known| known.is_in_force());
    let excluded = in_force.find(|known| known.exclusion.overlaps(exclusion));
    refusals.extend(excluded.map(|known| Refusal::OverlapsExclusion(known.id, known.exclusion.days)));
    refusals
}

/// Everything that stands against taking an exclusion back now.
pub(super) fn against_restoring(id: DecisionId, decided: &Decided) -> Vec<Refusal> {
    let is_in_force = decided.exclusion(id).is_some_and(ApprovedExclusion::is_in_force);
    (!is_in_force).then_some(Refusal::NotExcluded(id)).into_iter().collect()
}

/// The units of the point, on the days and today.
pub(super) fn rated(exclusion: &Exclusion, directory: &Directory, today: Day) -> Vec<UnitId> {
    let days = (exclusion.days.from.0..=exclusion.days.to.0).map(Day).chain([today]);
    let units: BTreeSet<UnitId> = days.filter_map(|day| directory.receiving_unit(exclusion.point, day)).collect();
    units.into_iter().collect()
}
