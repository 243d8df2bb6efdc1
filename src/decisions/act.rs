//! The acts: propose, approve, refuse, withdraw, look.

use anyhow::Context;

use super::edition::{self, EditionProposal};
use super::exclusions::{self, ExclusionProposal, RestorationProposal};
use super::known::Known;
use super::moves::{self, MoveProposal};
use super::refusal::{NotDone, Refusal, none_or_all};
use super::rules::{LONGEST_NOTE, Person, expiry, is_open};
use super::subject::Subject;
use super::tickets::{self, TicketsProposal};
use crate::registry::Directory;
use crate::store::decisions::{self, Closing, StoredDecision};
use crate::store::{ConnectionTrait, Database, DatabaseTransaction, installation, places, seal, staff_log};
use crate::words::{DecisionId, DecisionReason, DecisionState, Moment, Province, StaffId, UnitId};

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
    let asked = moves::asked(proposal).map(Subject::Move);
    propose(db, province, who, (asked, proposal.reason, proposal.note)).await
}

/// Proposes to put an uploaded questionnaire into use.
pub async fn propose_edition(
    db: &Database,
    province: Province,
    who: &Who<'_>,
    proposal: &EditionProposal<'_>,
) -> Result<DecisionId, NotDone> {
    let asked = edition::asked(proposal).map(Subject::Edition);
    propose(db, province, who, (asked, DecisionReason::Questionnaire, proposal.note)).await
}

/// Proposes to exclude the answers of whole days of one point and level.
pub async fn propose_exclusion(
    db: &Database,
    province: Province,
    who: &Who<'_>,
    proposal: &ExclusionProposal<'_>,
) -> Result<DecisionId, NotDone> {
    let asked = exclusions::asked(proposal).map(Subject::Exclude);
    propose(db, province, who, (asked, proposal.reason, proposal.note)).await
}

/// Proposes to take an exclusion back.
pub async fn propose_restoration(
    db: &Database,
    province: Province,
    who: &Who<'_>,
    proposal: &RestorationProposal<'_>,
) -> Result<DecisionId, NotDone> {
    let asked = exclusions::asked_back(proposal).map(Subject::Restore);
    propose(db, province, who, (asked, proposal.reason, proposal.note)).await
}

/// Proposes that the figure by dossier codes of a unit-month counts again.
pub async fn propose_tickets(
    db: &Database,
    province: Province,
    who: &Who<'_>,
    proposal: &TicketsProposal<'_>,
) -> Result<DecisionId, NotDone> {
    let asked = tickets::asked(proposal).map(Subject::Tickets);
    propose(db, province, who, (asked, proposal.reason, proposal.note)).await
}

/// Stores a proposal, unless something stands against it by itself or as things are.
async fn propose(
    db: &Database,
    province: Province,
    who: &Who<'_>,
    (asked, reason, note): (Result<Subject, Vec<Refusal>>, DecisionReason, &str),
) -> Result<DecisionId, NotDone> {
    let note = note.trim();
    let mut refusals = Vec::new();
    if note.chars().count() > LONGEST_NOTE {
        refusals.push(Refusal::NoteTooLong(LONGEST_NOTE));
    }
    let subject = match asked {
        Ok(subject) => subject,
        Err(more) => return Err(NotDone::Refused([refusals, more].concat())),
    };
    let tx = db.begin().await.context("while taking the turn to write")?;
    decisions::take_turn(&tx).await.context("while taking the turn to propose")?;
    let known = Known::load(&tx, province).await?;
    refusals.extend(known.against(&tx, province, &subject, who.now).await?);
    let rated = known.rated(&subject, who.now.day());
    refusals.extend(known.outside(who, &subject, &rated).err());
    none_or_all(refusals)?;
    let id = decisions::next_id(&tx, province).await.context("while numbering the decision")?;
    let decision = StoredDecision {
        id,
        kind: subject.kind(),
        reason,
        note: note.to_owned(),
        subject: subject.text(),
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
    // Nobody changes the registry meanwhile, and nobody stores or seals answers while counts are moved.
    installation::take_turn(&tx).await.context("while taking the turn to change the registry")?;
    seal::take_open_day(&tx).await.context("while waiting for the open day")?;
    decisions::take_turn(&tx).await.context("while taking the turn to decide")?;
    let decision = open(&tx, province, who, id).await?;
    let known = Known::load(&tx, province).await?;
    let subject = Subject::of(&decision)?;
    let mut refusals = known.against_deciding(who, &decision, &subject);
    refusals.extend(known.against(&tx, province, &subject, who.now).await?);
    none_or_all(refusals)?;
    known.execute(&tx, province, (id, &subject), who.now.day()).await?;
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
    none_or_all(known.against_deciding(who, &decision, &Subject::of(&decision)?))?;
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

/// What waits for a second person: the units each proposal is about, and who proposed.
pub async fn waiting(
    db: &impl ConnectionTrait,
    province: Province,
    now: Moment,
) -> anyhow::Result<Vec<(Vec<UnitId>, StaffId)>> {
    decisions::waiting(db, province, now).await.context("while reading the proposals")
}

/// One decision.
pub async fn get(
    db: &impl ConnectionTrait,
    province: Province,
    id: DecisionId,
) -> anyhow::Result<Option<StoredDecision>> {
    decisions::find(db, province, id).await.context("while reading a decision")
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
    let told = Subject::of(decision)?.told(directory);
    let object = format!("decision {}: {told} ({})", decision.id, decision.reason);
    let act = format!("{verb} {}", decision.kind);
    staff_log::append_line(tx, province, who.now, who.by, &act, &object).await.context("while writing the staff log")
}
