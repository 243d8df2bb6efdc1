//! The acts: propose, approve, refuse, withdraw, look.

use anyhow::Context;

use super::execute::{self, Before};
use super::moves::{MoveProposal, Stored, against, asked, rated};
use super::refusal::{NotDone, Refusal, none_or_all};
use super::rules::{LONGEST_NOTE, Person, Then, against_deciding, expiry, is_open, outside};
use crate::registry::Directory;
use crate::registry::moves::{self, ApprovedMove, Move};
use crate::store::decisions::{self, Closing, StoredDecision};
use crate::store::installation::{self, Installation};
use crate::store::{ConnectionTrait, Database, DatabaseTransaction, places, seal, staff_log};
use crate::words::{DecisionId, DecisionKind, DecisionState, Moment, Province};

/// Who acts, under which name in the staff log, and when.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The person.
    pub person: Person,
    /// Their name in the staff log.
    pub by: &'a str,
    /// When.
    pub now: Moment,
}

/// Proposes a move.
pub async fn propose_move(
    db: &Database,
    province: Province,
    who: &Who<'_>,
    proposal: &MoveProposal<'_>,
) -> Result<DecisionId, NotDone> {
    let note = proposal.note.trim();
    let mut refusals = Vec::new();
    if note.chars().count() > LONGEST_NOTE {
        refusals.push(Refusal::NoteTooLong(LONGEST_NOTE));
    }
    let moved = match asked(proposal) {
        Ok(moved) => moved,
        Err(more) => return Err(NotDone::Refused([refusals, more].concat())),
    };
    let tx = db.begin().await.context("while taking the turn to write")?;
    decisions::take_turn(&tx).await.context("while taking the turn to propose")?;
    let known = Known::load(&tx, province).await?;
    refusals.extend(known.against(&tx, province, &moved, who.now).await?);
    let rated = rated(&moved, &known.directory, who.now.day());
    let then = Then { days: moved.days, today: who.now.day() };
    refusals.extend(outside(who.person, &rated, &known.directory, then).err());
    none_or_all(refusals)?;
    let id = decisions::next_id(&tx, province).await.context("while numbering the decision")?;
    let decision = StoredDecision {
        id,
        kind: DecisionKind::Move,
        reason: proposal.reason,
        note: note.to_owned(),
        subject: moved.subject(),
        rated,
        proposer: who.person.staff,
        proposed_at: who.now,
        expires_at: expiry(who.now),
        state: DecisionState::Proposed,
        decider: None,
        decided_at: None,
        log_seq: None,
    };
    decisions::add(&tx, province, &decision).await.context("while storing the proposal")?;
    log(&tx, province, who, "propose", &decision, &known.directory).await?;
    tx.commit().await.context("while committing")?;
    Ok(id)
}

/// Approves a proposal and does what it says, in one transaction.
pub async fn approve(db: &Database, province: Province, who: &Who<'_>, id: DecisionId) -> Result<(), NotDone> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    // Nobody stores or seals answers while counts are moved.
    seal::take_open_day(&tx).await.context("while waiting for the open day")?;
    decisions::take_turn(&tx).await.context("while taking the turn to decide")?;
    let decision = open(&tx, province, who, id).await?;
    let known = Known::load(&tx, province).await?;
    let moved = Move::parse(&decision.subject)?;
    let mut refusals = known.against_deciding(who, &decision, &moved);
    refusals.extend(known.against(&tx, province, &moved, who.now).await?);
    none_or_all(refusals)?;
    let before =
        Before { directory: &known.directory, approved: &known.approved, simulated: known.installation.simulated };
    execute::execute(&tx, province, &moved, &before).await?;
    let line = log(&tx, province, who, "approve", &decision, &known.directory).await?;
    close(&tx, province, who, &decision, (DecisionState::Approved, Some(line))).await?;
    installation::revise(&tx, province).await.context("while noting the change")?;
    Ok(tx.commit().await.context("while committing")?)
}

/// Refuses a proposal; the same persons may as may approve it.
pub async fn refuse(db: &Database, province: Province, who: &Who<'_>, id: DecisionId) -> Result<(), NotDone> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    decisions::take_turn(&tx).await.context("while taking the turn to decide")?;
    let decision = open(&tx, province, who, id).await?;
    let known = Known::load(&tx, province).await?;
    none_or_all(known.against_deciding(who, &decision, &Move::parse(&decision.subject)?))?;
    log(&tx, province, who, "refuse", &decision, &known.directory).await?;
    close(&tx, province, who, &decision, (DecisionState::Refused, None)).await?;
    Ok(tx.commit().await.context("while committing")?)
}

/// Takes a proposal back; only whoever proposed does.
pub async fn withdraw(db: &Database, province: Province, who: &Who<'_>, id: DecisionId) -> Result<(), NotDone> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    decisions::take_turn(&tx).await.context("while taking the turn to decide")?;
    let decision = open(&tx, province, who, id).await?;
    if decision.proposer != who.person.staff {
        return Err(Refusal::NotTheProposer.into());
    }
    let places = places::all(&tx, province).await.context("while reading units and points")?;
    log(&tx, province, who, "withdraw", &decision, &Directory::new(places)).await?;
    close(&tx, province, who, &decision, (DecisionState::Withdrawn, None)).await?;
    Ok(tx.commit().await.context("while committing")?)
}

/// The latest decisions, the latest first.
pub async fn list(db: &impl ConnectionTrait, province: Province) -> anyhow::Result<Vec<StoredDecision>> {
    decisions::latest(db, province).await.context("while reading the decisions")
}

/// One decision.
pub async fn get(
    db: &impl ConnectionTrait,
    province: Province,
    id: DecisionId,
) -> anyhow::Result<Option<StoredDecision>> {
    decisions::find(db, province, id).await.context("while reading a decision")
}

/// What is stored, read in the transaction of the act.
struct Known {
    directory: Directory,
    installation: Installation,
    approved: Vec<ApprovedMove>,
}

impl Known {
    async fn load(tx: &DatabaseTransaction, province: Province) -> anyhow::Result<Self> {
        let installation = installation::find(tx, province).await?.context("the installation is missing")?;
        let places = places::all(tx, province).await.context("while reading units and points")?;
        let approved = moves::approved(tx, province).await?;
        Ok(Self { directory: Directory::new(places), installation, approved })
    }

    async fn against(
        &self,
        tx: &DatabaseTransaction,
        province: Province,
        moved: &Move,
        now: Moment,
    ) -> anyhow::Result<Vec<Refusal>> {
        let (are_waiting, is_anything) = execute::state_of(tx, province, moved).await?;
        let stored = Stored {
            directory: &self.directory,
            sealed_through: self.installation.sealed_through,
            are_waiting,
            is_anything,
            approved: &self.approved,
            today: now.day(),
        };
        Ok(against(moved, &stored))
    }

    fn against_deciding(&self, who: &Who<'_>, decision: &StoredDecision, moved: &Move) -> Vec<Refusal> {
        let then = Then { days: moved.days, today: who.now.day() };
        // Units of the day of the proposal, and of today.
        let rated = [decision.rated.clone(), rated(moved, &self.directory, then.today)].concat();
        against_deciding(who.person, decision.proposer, &rated, &self.directory, then)
    }
}

/// The proposal with this number, if it may still be decided.
async fn open(
    tx: &DatabaseTransaction,
    province: Province,
    who: &Who<'_>,
    id: DecisionId,
) -> Result<StoredDecision, NotDone> {
    let found = decisions::find(tx, province, id).await.context("while reading the proposal")?;
    let decision = found.ok_or(Refusal::Unknown(id))?;
    is_open(&decision, who.now)?;
    Ok(decision)
}

async fn close(
    tx: &DatabaseTransaction,
    province: Province,
    who: &Who<'_>,
    decision: &StoredDecision,
    (state, log_seq): (DecisionState, Option<i32>),
) -> Result<(), NotDone> {
    let closing = Closing { state, by: who.person.staff, at: who.now, log_seq };
    let closed = decisions::close(tx, province, decision.id, &closing).await.context("while closing the proposal")?;
    if closed { Ok(()) } else { Err(Refusal::Decided(decision.state).into()) }
}

/// The line of an act in the staff log; its number.
async fn log(
    tx: &DatabaseTransaction,
    province: Province,
    who: &Who<'_>,
    verb: &str,
    decision: &StoredDecision,
    directory: &Directory,
) -> anyhow::Result<i32> {
    let moved = Move::parse(&decision.subject)?;
    let object = format!("decision {}: {} ({})", decision.id, execute::told(&moved, directory), decision.reason);
    let act = format!("{verb} {}", decision.kind);
    staff_log::append_line(tx, province, who.now, who.by, &act, &object).await.context("while writing the staff log")
}
