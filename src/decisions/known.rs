//! What is stored, read in the transaction of an act, and what of it matters to each kind of decision.

use anyhow::Context;

use super::act::Who;
use super::edition;
use super::execute::{self, Before};
use super::moves::{self, Stored};
use super::refusal::Refusal;
use super::rules::{self, Then};
use super::subject::Subject;
use crate::registry::Directory;
use crate::registry::moves::{self as registry, ApprovedMove};
use crate::store::decisions::StoredDecision;
use crate::store::installation::{self, Installation};
use crate::store::{DatabaseTransaction, places};
use crate::words::{Day, Moment, Province, UnitId};

/// What is stored.
pub(super) struct Known {
    /// Units and points.
    pub directory: Directory,
    installation: Installation,
    approved: Vec<ApprovedMove>,
}

impl Known {
    pub(super) async fn load(tx: &DatabaseTransaction, province: Province) -> anyhow::Result<Self> {
        let installation = installation::find(tx, province).await?.context("the installation is missing")?;
        let places = places::all(tx, province).await.context("while reading units and points")?;
        let approved = registry::approved(tx, province).await?;
        Ok(Self { directory: Directory::new(places), installation, approved })
    }

    /// Everything that stands against it as things are now.
    pub(super) async fn against(
        &self,
        tx: &DatabaseTransaction,
        province: Province,
        subject: &Subject,
        now: Moment,
    ) -> anyhow::Result<Vec<Refusal>> {
        let moved = match subject {
            Subject::Move(moved) => moved,
            Subject::Edition(file) => return edition::against(tx, file).await,
        };
        let (are_waiting, is_anything) = execute::state_of(tx, province, moved).await?;
        let stored = Stored {
            directory: &self.directory,
            sealed_through: self.installation.sealed_through,
            are_waiting,
            is_anything,
            approved: &self.approved,
            today: now.day(),
        };
        Ok(moves::against(moved, &stored))
    }

    /// The units it is about; none where it concerns the province as a whole.
    pub(super) fn rated(&self, subject: &Subject, today: Day) -> Vec<UnitId> {
        match subject {
            Subject::Move(moved) => moves::rated(moved, &self.directory, today),
            Subject::Edition(_) => Vec::new(),
        }
    }

    /// Whether a person is outside the units it is about. What concerns the province as a whole has no outside.
    pub(super) fn outside(&self, who: &Who<'_>, subject: &Subject, rated: &[UnitId]) -> Result<(), Refusal> {
        match subject {
            Subject::Move(moved) => {
                let then = Then { days: moved.days, today: who.now.day() };
                rules::outside(who.person, rated, &self.directory, then)
            }
            Subject::Edition(_) => Ok(()),
        }
    }

    /// Everything that stands against this person's deciding.
    pub(super) fn against_deciding(&self, who: &Who<'_>, decision: &StoredDecision, subject: &Subject) -> Vec<Refusal> {
        // Units of the day of the proposal, and of today.
        let rated = [decision.rated.clone(), self.rated(subject, who.now.day())].concat();
        rules::against_deciding(who.person, decision, self.outside(who, subject, &rated))
    }

    /// Does what was proposed, in the transaction of the approval.
    pub(super) async fn execute(
        &self,
        tx: &DatabaseTransaction,
        province: Province,
        subject: &Subject,
        today: Day,
    ) -> anyhow::Result<()> {
        match subject {
            Subject::Move(moved) => {
                let simulated = self.installation.simulated;
                let before = Before { directory: &self.directory, approved: &self.approved, simulated };
                execute::execute(tx, province, moved, &before).await
            }
            Subject::Edition(file) => edition::execute(tx, file, today).await,
        }
    }
}
