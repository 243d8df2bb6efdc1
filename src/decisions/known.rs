//! What is stored, read in the transaction of an act, and what of it matters to each kind of decision.

use anyhow::Context;

use super::act::Who;
use super::edition;
use super::exclusions;
use super::execute::{self, Asked, Before};
use super::moves::{self, Stored};
use super::refusal::Refusal;
use super::rules::{self, Then};
use super::subject::Subject;
use super::tickets;
use crate::registry::Directory;
use crate::registry::decided::Decided;
use crate::registry::disputes::Disputes;
use crate::store::decisions::StoredDecision;
use crate::store::installation::{self, Installation};
use crate::store::{DatabaseTransaction, places};
use crate::words::{Day, DecisionId, Moment, Period, Province, UnitId};

/// What is stored.
pub(super) struct Known {
    /// Units and points.
    pub directory: Directory,
    installation: Installation,
    decided: Decided,
}

impl Known {
    pub(super) async fn load(tx: &DatabaseTransaction, province: Province) -> anyhow::Result<Self> {
        let installation = installation::find(tx, province).await?.context("the installation is missing")?;
        let places = places::all(tx, province).await.context("while reading units and points")?;
        let decided = Decided::load(tx, province).await?;
        Ok(Self { directory: Directory::new(places), installation, decided })
    }

    /// Everything that stands against it as things are now.
    pub(super) async fn against(
        &self,
        tx: &DatabaseTransaction,
        province: Province,
        subject: &Subject,
        now: Moment,
    ) -> anyhow::Result<Vec<Refusal>> {
        let today = now.day();
        let stored = |(are_waiting, is_anything)| Stored {
            directory: &self.directory,
            sealed_through: self.installation.sealed_through,
            are_waiting,
            is_anything,
            decided: &self.decided,
            today,
        };
        Ok(match subject {
            Subject::Move(moved) => {
                let asked = Asked { point: moved.from, days: moved.days, level: None, channel: None };
                moves::against(moved, &stored(execute::state_of(tx, province, &asked).await?))
            }
            Subject::Exclude(exclusion) => {
                let (point, days, channel) = (exclusion.point, exclusion.days, exclusion.channel);
                let asked = Asked { point, days, level: Some(exclusion.level), channel };
                exclusions::against(exclusion, &stored(execute::state_of(tx, province, &asked).await?))
            }
            Subject::Restore(id) => exclusions::against_restoring(*id, &self.decided),
            Subject::Tickets(of) => {
                let disputes = Disputes::load(tx, province, &self.directory, &[]).await?;
                let is_disputed = disputes.of(of.unit, of.days()).next().is_some();
                tickets::against(of, &self.directory, &self.decided, (is_disputed, today))
            }
            Subject::Edition(file) => edition::against(tx, file).await?,
        })
    }

    /// The units it is about; none where it concerns the province as a whole.
    pub(super) fn rated(&self, subject: &Subject, today: Day) -> Vec<UnitId> {
        match subject {
            Subject::Move(moved) => moves::rated(moved, &self.directory, today),
            Subject::Exclude(exclusion) => exclusions::rated(exclusion, &self.directory, today),
            Subject::Restore(id) => {
                let known = self.decided.exclusion(*id);
                known.map(|known| exclusions::rated(&known.exclusion, &self.directory, today)).unwrap_or_default()
            }
            Subject::Tickets(of) => vec![of.unit],
            Subject::Edition(_) => Vec::new(),
        }
    }

    /// Whether a person is outside the units it is about. What concerns the province as a whole has no outside.
    pub(super) fn outside(&self, who: &Who<'_>, subject: &Subject, rated: &[UnitId]) -> Result<(), Refusal> {
        let today = who.now.day();
        let days = match subject {
            Subject::Move(moved) => moved.days,
            Subject::Exclude(exclusion) => exclusion.days,
            Subject::Restore(id) => {
                let known = self.decided.exclusion(*id);
                known.map_or(Period { from: today, to: today }, |known| known.exclusion.days)
            }
            Subject::Tickets(of) => of.days(),
            Subject::Edition(_) => return Ok(()),
        };
        rules::outside(who.person, rated, &self.directory, Then { days, today })
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
        (id, subject): (DecisionId, &Subject),
        today: Day,
    ) -> anyhow::Result<()> {
        let simulated = self.installation.simulated;
        let before = Before { id, directory: &self.directory, decided: &self.decided, simulated };
        match subject {
            Subject::Move(moved) => execute::moved(tx, province, moved, &before).await,
            Subject::Exclude(exclusion) => execute::excluded(tx, province, exclusion, &before).await,
            Subject::Restore(id) => {
                let known = self.decided.exclusion(*id).context("the exclusion is missing")?;
                execute::restored(tx, province, (*id, &known.exclusion), &before).await
            }
            // It changes no count: pages that read it do the rest.
            Subject::Tickets(_) => Ok(()),
            Subject::Edition(file) => edition::execute(tx, file, today).await,
        }
    }
}
