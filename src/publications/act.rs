//! The acts of two persons: submit, withdraw, refuse, approve; and what may follow: attach the signed decision, ask for the
//! records and let them go.

use anyhow::Context;

use super::files::{self, Definition, Site};
use super::freeze::{Choice, Freezing, NotFrozen, freeze};
use super::slug::{slug_of, title_of};
use crate::bundle::container::Writer;
use crate::bundle::{Act, Approval, LONGEST_NUMBER, Publication};
use crate::collect::signer_of;
use crate::publish::Figures;
use crate::questionnaire;
use crate::record::{Keys, write_keys};
use crate::registry::{Directory, Snapshot};
use crate::store::publications::{self as stored, Approved, Contents, PublicationState, StoredPublication};
use crate::store::{ConnectionTrait, Database, checkpoints, editions, installation, staff_log};
use crate::words::{Day, Moment, Province, Role, StaffId, UnitId};

/// Longest reason of a correction or a request, in characters.
pub const LONGEST_REASON: usize = 1_000;
/// Largest signed decision, in bytes.
pub const LARGEST_DOCUMENT: usize = 10 * 1024 * 1024;
/// Days that an embargo may last.
const LONGEST_EMBARGO: i32 = 366;

/// Who acts.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The person.
    pub staff: StaffId,
    /// Where they work.
    pub own_unit: UnitId,
    /// The role by which they may.
    pub role: Role,
    /// Their name in the staff log.
    pub by: &'a str,
    /// When.
    pub now: Moment,
}

/// Why an act is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing can be frozen.
    NotFrozen(NotFrozen),
    /// A version of it waits for approval.
    Waiting(String),
    /// It is out already: only a correction with a reason can follow.
    NeedsReason,
    /// Nothing would change.
    Unchanged,
    /// Title or reason is empty or too long.
    Words,
    /// There is no such version.
    Unknown,
    /// It does not wait any more.
    Decided,
    /// Whoever submitted cannot approve.
    SamePerson,
    /// Nor can somebody of the same unit.
    SameUnit,
    /// Nobody approves the figure of their own unit.
    OwnUnit,
    /// Their unit is not known.
    OwnUnitUnknown,
    /// Number or date of the decision is missing, or the date lies ahead.
    NoDecision,
    /// The hour of release lies too far ahead.
    Release,
    /// The registry, counts or answers changed since: what was submitted would not be frozen alike today.
    NoKey,
    /// The file is no PDF, or too large.
    NoDocument,
    /// A document is attached already, or the version is not approved.
    NotAttached,
}

/// An act that did not happen.
#[derive(Debug)]
pub enum NotDone {
    /// It is refused.
    Refused(Refusal),
    /// Something failed.
    Fault(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for NotDone {
    fn from(error: E) -> Self {
        Self::Fault(error.into())
    }
}

impl From<Refusal> for NotDone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What would be submitted, to look at before.
pub async fn preview(
    db: &Database,
    snapshot: &Snapshot,
    figures: &Figures,
    choice: &Choice,
    today: Day,
) -> Result<Publication, NotDone> {
    let title = title_of(snapshot, choice);
    let slug = slug_of(snapshot, choice);
    let meta = Freezing { slug: &slug, version: 1, title, reason: None, previous: None };
    let frozen = freeze(db, snapshot, figures, choice, &meta, today).await?;
    frozen.map(|(publication, _)| publication).map_err(|why| Refusal::NotFrozen(why).into())
}

/// Freezes what was chosen and lays it before whoever approves: name and version.
pub async fn submit(
    db: &Database,
    snapshot: &Snapshot,
    figures: &Figures,
    who: &Who<'_>,
    choice: &Choice,
    reason: &str,
) -> Result<(String, i32), NotDone> {
    let province = snapshot.province;
    let slug = slug_of(snapshot, choice);
    let reason = reason.trim();
    if reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::Words.into());
    }
    if snapshot.directory.unit_on(who.own_unit, who.now.day()).is_none() {
        return Err(Refusal::OwnUnitUnknown.into());
    }
    let before = stored::versions(db.reader(), province, &slug).await.context("while reading earlier versions")?;
    if before.iter().any(|one| one.state == PublicationState::Submitted) {
        return Err(Refusal::Waiting(slug).into());
    }
    let corrected = before.iter().find(|one| one.state == PublicationState::Approved);
    if corrected.is_some() && reason.is_empty() {
        return Err(Refusal::NeedsReason.into());
    }
    let version = before.iter().map(|one| one.version).max().unwrap_or(0) + 1;
    let meta = Freezing {
        slug: &slug,
        version: u32::try_from(version).unwrap_or(1),
        title: title_of(snapshot, choice),
        reason: corrected.map(|_| reason.to_owned()),
        previous: corrected.and_then(|one| one.approval_hash.clone()),
    };
    let frozen = freeze(db, snapshot, figures, choice, &meta, who.now.day()).await?;
    let (publication, evidence) = frozen.map_err(Refusal::NotFrozen)?;
    if let Some(corrected) = corrected {
        let known = stored::contents(db.reader(), province, &slug, corrected.version).await?;
        let known = known.and_then(|known| Publication::read(&known.canonical).ok());
        if known.is_some_and(|known| known.groups == publication.groups && known.units == publication.units) {
            return Err(Refusal::Unchanged.into());
        }
    }
    let tx = db.begin().await.context("while taking the turn to write")?;
    stored::take_turn(&tx).await.context("while taking the turn to submit")?;
    let again = stored::versions(&tx, province, &slug).await.context("while reading earlier versions")?;
    if again.len() != before.len() {
        return Err(Refusal::Waiting(slug).into());
    }
    let object = format!("publication {slug} version {version}: content {}", publication.hash());
    let line = staff_log::append_line(&tx, province, who.now, who.by, "submit publication", &object).await;
    let row = StoredPublication {
        slug: slug.clone(),
        version,
        title: (publication.title.vi.clone(), publication.title.en.clone()),
        choice: serde_json::to_string(choice)?,
        reason: publication.reason.clone(),
        checkpoint_size: i64::try_from(publication.checkpoint.as_ref().map_or(0, |of| of.size))?,
        submitter: who.staff,
        submitted_at: who.now,
        submit_line: line.context("while writing the staff log")?,
        state: PublicationState::Submitted,
        decider: None,
        decided_at: None,
        decision: None,
        release_at: None,
        decide_line: None,
        approval_hash: None,
        has_document: false,
    };
    let (canonical, evidence) = (publication.canonical(), evidence.canonical());
    stored::add(&tx, province, &row, canonical, evidence).await.context("while storing the publication")?;
    tx.commit().await.context("while committing")?;
    Ok((slug, version))
}

/// What waits, by name and version.
async fn waiting(
    tx: &impl ConnectionTrait,
    province: Province,
    (slug, version): (&str, i32),
) -> Result<StoredPublication, NotDone> {
    let found = stored::versions(tx, province, slug).await.context("while reading the publication")?;
    let found = found.into_iter().find(|one| one.version == version).ok_or(Refusal::Unknown)?;
    if found.state == PublicationState::Submitted { Ok(found) } else { Err(Refusal::Decided.into()) }
}

/// Takes back what was submitted; only whoever submitted does.
pub async fn withdraw(db: &Database, province: Province, who: &Who<'_>, of: (&str, i32)) -> Result<(), NotDone> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    stored::take_turn(&tx).await.context("while taking the turn to withdraw")?;
    let found = waiting(&tx, province, of).await?;
    if found.submitter != who.staff {
        return Err(Refusal::SamePerson.into());
    }
    close(&tx, province, who, of, (PublicationState::Withdrawn, "withdraw publication"), None).await?;
    Ok(tx.commit().await.context("while committing")?)
}

/// Refuses what was submitted.
pub async fn refuse(db: &Database, snapshot: &Snapshot, who: &Who<'_>, of: (&str, i32)) -> Result<(), NotDone> {
    let province = snapshot.province;
    let tx = db.begin().await.context("while taking the turn to write")?;
    stored::take_turn(&tx).await.context("while taking the turn to refuse")?;
    let found = waiting(&tx, province, of).await?;
    may_decide(&snapshot.directory, who, &found, submitter_unit(&tx, province, &found).await?)?;
    close(&tx, province, who, of, (PublicationState::Refused, "refuse publication"), None).await?;
    Ok(tx.commit().await.context("while committing")?)
}

async fn submitter_unit(
    tx: &impl ConnectionTrait,
    province: Province,
    found: &StoredPublication,
) -> anyhow::Result<UnitId> {
    let person = crate::store::staff::find(tx, province, found.submitter).await.context("while reading the account")?;
    Ok(person.map_or(UnitId::NONE, |person| person.own_unit))
}

/// Who may decide: somebody else, of another unit, and not about their own unit or what lies below it. That the whole
/// province lies above everybody keeps nobody away.
fn may_decide(
    directory: &Directory,
    who: &Who<'_>,
    found: &StoredPublication,
    submitter: UnitId,
) -> Result<(), Refusal> {
    let today = who.now.day();
    if who.staff == found.submitter {
        return Err(Refusal::SamePerson);
    }
    if directory.unit_on(who.own_unit, today).is_none() {
        return Err(Refusal::OwnUnitUnknown);
    }
    if who.own_unit == submitter {
        return Err(Refusal::SameUnit);
    }
    let choice: Option<Choice> = serde_json::from_str(&found.choice).ok();
    let is_own = choice.is_some_and(|choice| directory.path(UnitId(choice.unit), today).contains(&who.own_unit));
    if is_own { Err(Refusal::OwnUnit) } else { Ok(()) }
}

async fn close(
    tx: &impl ConnectionTrait,
    province: Province,
    who: &Who<'_>,
    (slug, version): (&str, i32),
    (state, act): (PublicationState, &str),
    approved: Option<Approved>,
) -> Result<(), NotDone> {
    let object = format!("publication {slug} version {version}");
    let line = staff_log::append_line(tx, province, who.now, who.by, act, &object).await;
    let line = line.context("while writing the staff log")?;
    let by = (who.staff, who.now, line);
    let closed = stored::close(tx, province, (slug, version), state, by, approved).await.context("while deciding")?;
    if closed { Ok(()) } else { Err(Refusal::Decided.into()) }
}

/// What an approval says.
#[derive(Debug, Clone, Copy)]
pub struct Approving<'a> {
    /// Number of the decision.
    pub decision: &'a str,
    /// Its date.
    pub decided: Option<Day>,
    /// From when it is public; at once if that has passed.
    pub release_at: Moment,
    /// Role of whoever submitted, for the text that is signed.
    pub submitted_role: Role,
}

/// Approves what was submitted and signs it.
pub async fn approve(
    db: &Database,
    snapshot: &Snapshot,
    keys: &Keys,
    site: &Site<'_>,
    who: &Who<'_>,
    of: (&str, i32),
    approving: &Approving<'_>,
) -> Result<(), NotDone> {
    let province = snapshot.province;
    let decision = approving.decision.trim();
    let is_plain = !decision.chars().any(char::is_control) && decision.chars().count() <= LONGEST_NUMBER;
    let decided = approving.decided.filter(|day| *day <= who.now.day());
    let Some(decided) = decided.filter(|_| is_plain && !decision.is_empty()) else {
        return Err(Refusal::NoDecision.into());
    };
    if approving.release_at.day() > who.now.day().plus(LONGEST_EMBARGO) {
        return Err(Refusal::Release.into());
    }
    let released = approving.release_at.max(who.now);
    let tx = db.begin().await.context("while taking the turn to write")?;
    stored::take_turn(&tx).await.context("while taking the turn to approve")?;
    let found = waiting(&tx, province, of).await?;
    let submitter = submitter_unit(&tx, province, &found).await?;
    may_decide(&snapshot.directory, who, &found, submitter)?;
    let contents = stored::contents(&tx, province, of.0, of.1).await?.context("the content is missing")?;
    let publication = Publication::read(&contents.canonical).context("while reading the content")?;
    let (signed_keys, checkpoint) = record_of(&tx, province, &found).await?;
    let definitions = definitions(&tx, &publication).await?;
    let files = files::listed_files(&publication, &definitions, site, (&signed_keys, &checkpoint))?;
    let list = files.last().map(|(_, bytes)| crate::record::hex(&crate::record::sha256(&[bytes]))).unwrap_or_default();
    let mut archive = Writer::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in &files {
        archive.add(name, bytes)?;
    }
    let previous = stored::last_approved(&tx, province).await.context("while reading the approval before")?;
    let code = |unit: UnitId| snapshot.directory.unit_on(unit, who.now.day()).map(|unit| unit.code.clone());
    let object = format!("publication {} version {}: decision {decision} of {}", of.0, of.1, decided.iso());
    let line = staff_log::append_line(&tx, province, who.now, who.by, "approve publication", &object).await;
    let line = line.context("while writing the staff log")?;
    let approval = Approval {
        origin: publication.origin.clone(),
        slug: found.slug.clone(),
        version: publication.version,
        content: publication.hash(),
        files: list,
        previous: previous.map(|(hash, _)| hash),
        decision: decision.to_owned(),
        decided,
        submitted: Act {
            role: approving.submitted_role,
            unit: code(submitter).unwrap_or_else(|| "-".to_owned()),
            line: found.submit_line,
        },
        approved: Act { role: who.role, unit: code(who.own_unit).unwrap_or_else(|| "-".to_owned()), line },
        released,
    };
    let current = checkpoints::current_key(&tx, province).await.context("while reading the keys of the record")?;
    let signer = current.and_then(|(_, vkey)| signer_of(&vkey, &keys.checkpoint)).ok_or(Refusal::NoKey)?;
    let approved = Approved {
        decision: (decision.to_owned(), decided),
        release_at: released,
        approval: signer.sign(&approval.text()),
        hash: approval.hash(),
        files: archive.finish()?.into_inner(),
    };
    let by = (who.staff, who.now, line);
    if !stored::close(&tx, province, of, PublicationState::Approved, by, Some(approved)).await? {
        return Err(Refusal::Decided.into());
    }
    installation::revise(&tx, province).await.context("while noting the change")?;
    Ok(tx.commit().await.context("while committing")?)
}

/// The keys of the record and the checkpoint of a publication, as texts.
async fn record_of(
    tx: &impl ConnectionTrait,
    province: Province,
    found: &StoredPublication,
) -> anyhow::Result<(String, String)> {
    let keys = checkpoints::keys(tx, province).await.context("while reading the keys of the record")?;
    let checkpoint = checkpoints::of_size(tx, province, found.checkpoint_size).await;
    let checkpoint = checkpoint.context("while reading the checkpoint")?.context("the checkpoint is missing")?;
    Ok((write_keys(&keys), checkpoint.note))
}

/// The editions of a publication with the texts of their definitions.
async fn definitions(tx: &impl ConnectionTrait, publication: &Publication) -> anyhow::Result<Vec<Definition>> {
    let known = editions::all(tx).await.context("while reading the editions")?;
    let of = |name: &str| known.iter().find(|one| format!("{}-{}", one.code, one.version) == name);
    let parsed = publication.editions.iter().map(|edition| {
        let found = of(&edition.name).with_context(|| format!("edition {} is not stored", edition.name))?;
        Ok(Definition {
            name: edition.name.clone(),
            run: edition.run.clone(),
            text: found.definition.clone(),
            edition: questionnaire::parse(&edition.name, &found.definition)?,
        })
    });
    parsed.collect()
}

/// Attaches the signed decision.
pub async fn attach(
    db: &Database,
    province: Province,
    who: &Who<'_>,
    of: (&str, i32),
    document: Vec<u8>,
) -> Result<(), NotDone> {
    if !document.starts_with(b"%PDF-") || document.len() > LARGEST_DOCUMENT {
        return Err(Refusal::NoDocument.into());
    }
    let tx = db.begin().await.context("while taking the turn to write")?;
    let hash = crate::record::hex(&crate::record::sha256(&[&document]));
    let object = format!("publication {} version {}: document {hash}", of.0, of.1);
    staff_log::append(&tx, province, who.now, who.by, "attach document", &object)
        .await
        .context("while writing the log")?;
    if !stored::attach(&tx, province, of, document).await.context("while attaching the document")? {
        return Err(Refusal::NotAttached.into());
    }
    installation::revise(&tx, province).await.context("while noting the change")?;
    Ok(tx.commit().await.context("while committing")?)
}

/// Asks for the records behind an approved version; the number of the request.
pub async fn ask_for_records(
    db: &Database,
    province: Province,
    who: &Who<'_>,
    of: (&str, i32),
    reason: &str,
) -> Result<i32, NotDone> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::Words.into());
    }
    let tx = db.begin().await.context("while taking the turn to write")?;
    stored::take_turn(&tx).await.context("while taking the turn to ask")?;
    let found = stored::versions(&tx, province, of.0).await.context("while reading the publication")?;
    let is_approved = |one: &StoredPublication| one.version == of.1 && one.state == PublicationState::Approved;
    if !found.iter().any(is_approved) {
        return Err(Refusal::Unknown.into());
    }
    let id = stored::ask(&tx, province, of, reason, (who.staff, who.now)).await.context("while storing the request")?;
    let object = format!("records of publication {} version {}: request {id}", of.0, of.1);
    staff_log::append(&tx, province, who.now, who.by, "ask for records", &object)
        .await
        .context("while writing the log")?;
    tx.commit().await.context("while committing")?;
    Ok(id)
}

/// Lets the records go to whoever asked, or refuses: somebody else of another unit does.
pub async fn answer_request(
    db: &Database,
    province: Province,
    who: &Who<'_>,
    id: i32,
    is_allowed: bool,
) -> Result<(), NotDone> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    stored::take_turn(&tx).await.context("while taking the turn to decide")?;
    let found =
        stored::request(&tx, province, id).await.context("while reading the request")?.ok_or(Refusal::Unknown)?;
    if found.asker == who.staff {
        return Err(Refusal::SamePerson.into());
    }
    let asker = crate::store::staff::find(&tx, province, found.asker).await.context("while reading the account")?;
    if asker.is_some_and(|asker| asker.own_unit == who.own_unit) {
        return Err(Refusal::SameUnit.into());
    }
    let act = if is_allowed { "allow records" } else { "refuse records" };
    let object = format!("request {id}: publication {} version {}", found.slug, found.version);
    staff_log::append(&tx, province, who.now, who.by, act, &object).await.context("while writing the log")?;
    if !stored::answer(&tx, province, id, is_allowed, (who.staff, who.now)).await.context("while deciding")? {
        return Err(Refusal::Decided.into());
    }
    Ok(tx.commit().await.context("while committing")?)
}

/// The large parts of a version.
pub async fn contents(db: &Database, province: Province, of: (&str, i32)) -> anyhow::Result<Option<Contents>> {
    stored::contents(db.reader(), province, of.0, of.1).await.context("while reading the publication")
}
