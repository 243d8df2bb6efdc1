//! What two persons decided about answers, in the order in which they decided.

use anyhow::Context;

use super::exclusions::{ApprovedExclusion, Exclusion, parse_restoration};
use super::moves::{ApprovedMove, Move};
use super::tickets::ApprovedTickets;
use crate::store::ConnectionTrait;
use crate::store::decisions;
use crate::words::{Day, DecisionId, DecisionKind, PointId, Province};

/// Everything that was approved about answers.
#[derive(Debug, Clone, Default)]
pub struct Decided {
    /// Moves, in the order of approval.
    pub moves: Vec<ApprovedMove>,
    /// Exclusions, in the order of approval.
    pub exclusions: Vec<ApprovedExclusion>,
    /// Unit-months of which the figure by dossier codes counts again.
    pub tickets: Vec<ApprovedTickets>,
    /// What changed cleaned counts, in the order of approval.
    pub steps: Vec<DecidedStep>,
}

/// One approval that changed cleaned counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecidedStep {
    /// Answers were moved.
    Moved(DecisionId, Move),
    /// Answers were excluded.
    Excluded(DecisionId, Exclusion),
    /// The exclusion of this number was taken back.
    Restored(DecisionId),
}

impl Decided {
    /// Reads all of it.
    pub async fn load(db: &impl ConnectionTrait, province: Province) -> anyhow::Result<Self> {
        use DecisionKind as K;
        let kinds = [K::Move, K::Exclude, K::Restore, K::Tickets];
        let found = decisions::approved(db, province, &kinds).await.context("while reading what was decided")?;
        let mut decided = Self::default();
        for decision in &found {
            match decision.kind {
                K::Move => {
                    let known = ApprovedMove::of(decision)?;
                    decided.steps.push(DecidedStep::Moved(known.id, known.moved));
                    decided.moves.push(known);
                }
                K::Exclude => {
                    let known = ApprovedExclusion::of(decision)?;
                    decided.steps.push(DecidedStep::Excluded(known.id, known.exclusion));
                    decided.exclusions.push(known);
                }
                K::Restore => {
                    let id = parse_restoration(&decision.subject)?;
                    let day = decision.decided_at.context("an approved decision has no time")?.day();
                    let known = decided.exclusions.iter_mut().find(|known| known.id == id);
                    known.with_context(|| format!("decision {} restores no exclusion", decision.id))?.restored =
                        Some(day);
                    decided.steps.push(DecidedStep::Restored(id));
                }
                K::Tickets => decided.tickets.push(ApprovedTickets::of(decision)?),
                K::Edition => {}
            }
        }
        Ok(decided)
    }

    /// The exclusion of a number.
    pub fn exclusion(&self, id: DecisionId) -> Option<&ApprovedExclusion> {
        self.exclusions.iter().find(|known| known.id == id)
    }

    /// The decision that closed the half-month of a day for a point: what it moved or excluded was all there was.
    pub fn closed_by(&self, point: PointId, day: Day) -> Option<DecisionId> {
        let by_move = self.moves.iter().find(|known| known.moved.from == point && known.moved.touches(day));
        let by_exclusion =
            || self.exclusions.iter().find(|known| known.exclusion.point == point && known.exclusion.touches(day));
        by_move.map(|known| known.id).or_else(|| by_exclusion().map(|known| known.id))
    }
}
