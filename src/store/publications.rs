//! Publications, and requests for the records behind them.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::rows::{self, Row, all, bind, one};
use crate::words::{Day, Moment, Province, StaffId};

/// Publications that are listed at most.
pub const MOST_LISTED: u16 = 500;

/// What became of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicationState {
    /// It waits for somebody else.
    Submitted,
    /// It was approved; it is public from its hour on.
    Approved,
    /// It was not.
    Refused,
    /// Whoever submitted took it back.
    Withdrawn,
}

impl PublicationState {
    const ALL: [Self; 4] = [Self::Submitted, Self::Approved, Self::Refused, Self::Withdrawn];

    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn read(word: &str) -> Result<Self, DbErr> {
        let found = Self::ALL.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| DbErr::Type(format!("a publication is never {word:?}")))
    }
}

/// A version without its large parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPublication {
    /// Name in the address.
    pub slug: String,
    /// Version.
    pub version: i32,
    /// Title in Vietnamese and English.
    pub title: (String, String),
    /// What was chosen.
    pub choice: String,
    /// Why an earlier version is corrected.
    pub reason: Option<String>,
    /// Checkpoint of the record.
    pub checkpoint_size: i64,
    /// Who submitted.
    pub submitter: StaffId,
    /// When.
    pub submitted_at: Moment,
    /// Line of the staff log.
    pub submit_line: i32,
    /// State.
    pub state: PublicationState,
    /// Who decided.
    pub decider: Option<StaffId>,
    /// When.
    pub decided_at: Option<Moment>,
    /// Number and date of the decision.
    pub decision: Option<(String, Day)>,
    /// From when it is public.
    pub release_at: Option<Moment>,
    /// Line of the staff log that tells of it.
    pub decide_line: Option<i32>,
    /// Hash of the approval.
    pub approval_hash: Option<String>,
    /// Whether the signed decision is attached.
    pub has_document: bool,
}

impl StoredPublication {
    /// Whether everybody may read it now.
    pub fn is_public(&self, now: Moment) -> bool {
        self.state == PublicationState::Approved && self.release_at.is_some_and(|at| at <= now)
    }
}

const COLUMNS: &str = "slug, version, title_vi, title_en, choice, reason, checkpoint_size, submitter, submitted_at, \
    submit_line, state, decider, decided_at, decision, decision_day, release_at, approval_hash, \
    CASE WHEN document IS NULL THEN 0 ELSE 1 END, decide_line";

fn read(row: &Row<'_>) -> Result<StoredPublication, DbErr> {
    let decision = row.get::<Option<String>>(13)?.zip(row.get::<Option<i32>>(14)?.map(Day));
    Ok(StoredPublication {
        slug: row.get(0)?,
        version: row.get(1)?,
        title: (row.get(2)?, row.get(3)?),
        choice: row.get(4)?,
        reason: row.get(5)?,
        checkpoint_size: row.get(6)?,
        submitter: StaffId(row.get(7)?),
        submitted_at: Moment::from_unix(row.get(8)?),
        submit_line: row.get(9)?,
        state: PublicationState::read(&row.get::<String>(10)?)?,
        decider: row.get::<Option<i32>>(11)?.map(StaffId),
        decided_at: row.get::<Option<i64>>(12)?.map(Moment::from_unix),
        decision,
        release_at: row.get::<Option<i64>>(15)?.map(Moment::from_unix),
        decide_line: row.get(18)?,
        approval_hash: row.get(16)?,
        has_document: row.get::<i32>(17)? == 1,
    })
}

/// Lets nodes of PostgreSQL that submit or decide at once do so one after the other; SQLite has one writer.
pub async fn take_turn(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7416)").await?;
    }
    Ok(())
}

/// All versions, the last submitted first.
pub async fn list(db: &impl ConnectionTrait, province: Province) -> Result<Vec<StoredPublication>, DbErr> {
    let sql = format!(
        "SELECT {COLUMNS} FROM publication WHERE p = $1 ORDER BY submitted_at DESC, slug, version DESC LIMIT {MOST_LISTED}"
    );
    all(db, sql, [province.0.into()], read).await
}

/// The versions of a name, the latest first.
pub async fn versions(
    db: &impl ConnectionTrait,
    province: Province,
    slug: &str,
) -> Result<Vec<StoredPublication>, DbErr> {
    let sql = format!(
        "SELECT {COLUMNS} FROM publication WHERE p = $1 AND slug = $2 ORDER BY version DESC LIMIT {MOST_LISTED}"
    );
    all(db, sql, [province.0.into(), slug.into()], read).await
}

/// The approval that came last, of whatever publication: its hash, and the checkpoint it was of.
pub async fn last_approved(db: &impl ConnectionTrait, province: Province) -> Result<Option<(String, i64)>, DbErr> {
    let sql = "SELECT approval_hash, checkpoint_size FROM publication WHERE p = $1 AND state = 'approved'
        ORDER BY decide_line DESC LIMIT 1";
    one(db, sql, [province.0.into()], |row| Ok((row.get(0)?, row.get(1)?))).await
}

/// Checkpoint of the publication that was approved last before a line of the staff log.
pub async fn approved_before(db: &impl ConnectionTrait, province: Province, line: i32) -> Result<Option<i64>, DbErr> {
    let sql = "SELECT checkpoint_size FROM publication WHERE p = $1 AND state = 'approved' AND decide_line < $2
        ORDER BY decide_line DESC LIMIT 1";
    one(db, sql, [province.0.into(), line.into()], |row| row.get(0)).await
}

/// The large parts of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Canonical content.
    pub canonical: Vec<u8>,
    /// The single blocks.
    pub evidence: Vec<u8>,
    /// The signed approval.
    pub approval: Option<String>,
    /// The files it commits to.
    pub files: Option<Vec<u8>>,
}

/// The large parts of a version.
pub async fn contents(
    db: &impl ConnectionTrait,
    province: Province,
    slug: &str,
    version: i32,
) -> Result<Option<Contents>, DbErr> {
    let sql =
        "SELECT canonical, evidence, approval, files FROM publication WHERE p = $1 AND slug = $2 AND version = $3";
    one(db, sql, [province.0.into(), slug.into(), version.into()], |row| {
        Ok(Contents { canonical: row.get(0)?, evidence: row.get(1)?, approval: row.get(2)?, files: row.get(3)? })
    })
    .await
}

/// The signed decision of a version.
pub async fn document(
    db: &impl ConnectionTrait,
    province: Province,
    slug: &str,
    version: i32,
) -> Result<Option<Vec<u8>>, DbErr> {
    let sql = "SELECT document FROM publication WHERE p = $1 AND slug = $2 AND version = $3";
    let found =
        one(db, sql, [province.0.into(), slug.into(), version.into()], |row| row.get::<Option<Vec<u8>>>(0)).await?;
    Ok(found.flatten())
}

/// Adds what was submitted.
pub async fn add(
    tx: &impl ConnectionTrait,
    province: Province,
    of: &StoredPublication,
    canonical: Vec<u8>,
    evidence: Vec<u8>,
) -> Result<(), DbErr> {
    let columns = [
        "p",
        "slug",
        "version",
        "title_vi",
        "title_en",
        "choice",
        "reason",
        "canonical",
        "evidence",
        "checkpoint_size",
        "submitter",
        "submitted_at",
        "submit_line",
        "state",
    ];
    let row: [Value; 14] = [
        province.0.into(),
        of.slug.clone().into(),
        of.version.into(),
        of.title.0.clone().into(),
        of.title.1.clone().into(),
        of.choice.clone().into(),
        of.reason.clone().into(),
        canonical.into(),
        evidence.into(),
        of.checkpoint_size.into(),
        of.submitter.0.into(),
        of.submitted_at.unix().into(),
        of.submit_line.into(),
        of.state.word().into(),
    ];
    rows::insert(tx, "publication", columns, "", vec![row]).await
}

/// What an approval adds.
#[derive(Debug, Clone)]
pub struct Approved {
    /// Number and date of the decision.
    pub decision: (String, Day),
    /// From when it is public.
    pub release_at: Moment,
    /// The signed approval.
    pub approval: String,
    /// Its hash.
    pub hash: String,
    /// The files it commits to.
    pub files: Vec<u8>,
}

/// Closes what waits; `false` if it does not wait any more.
pub async fn close(
    tx: &impl ConnectionTrait,
    province: Province,
    (slug, version): (&str, i32),
    state: PublicationState,
    (by, at, line): (StaffId, Moment, i32),
    approved: Option<Approved>,
) -> Result<bool, DbErr> {
    let sql = "UPDATE publication SET state = $4, decider = $5, decided_at = $6, decide_line = $7, decision = $8,
        decision_day = $9, release_at = $10, approval = $11, approval_hash = $12, files = $13
        WHERE p = $1 AND slug = $2 AND version = $3 AND state = 'submitted'";
    let of = approved.map(|of| (of.decision, of.release_at, of.approval, of.hash, of.files));
    let values: [Value; 13] = [
        province.0.into(),
        slug.into(),
        version.into(),
        state.word().into(),
        by.0.into(),
        at.unix().into(),
        line.into(),
        of.as_ref().map(|of| of.0.0.clone()).into(),
        of.as_ref().map(|of| of.0.1.0).into(),
        of.as_ref().map(|of| of.1.unix()).into(),
        of.as_ref().map(|of| of.2.clone()).into(),
        of.as_ref().map(|of| of.3.clone()).into(),
        of.map(|of| of.4).into(),
    ];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() == 1)
}

/// Attaches the signed decision to an approved version that has none; `false` otherwise.
pub async fn attach(
    tx: &impl ConnectionTrait,
    province: Province,
    (slug, version): (&str, i32),
    document: Vec<u8>,
) -> Result<bool, DbErr> {
    let sql = "UPDATE publication SET document = $4
        WHERE p = $1 AND slug = $2 AND version = $3 AND state = 'approved' AND document IS NULL";
    let values: [Value; 4] = [province.0.into(), slug.into(), version.into(), document.into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() == 1)
}

/// A request for records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRequest {
    /// Number.
    pub id: i32,
    /// Publication.
    pub slug: String,
    /// Version.
    pub version: i32,
    /// What for.
    pub reason: String,
    /// Who asked.
    pub asker: StaffId,
    /// When.
    pub asked_at: Moment,
    /// asked, allowed or refused.
    pub state: String,
    /// Who decided.
    pub decider: Option<StaffId>,
    /// When.
    pub decided_at: Option<Moment>,
}

const REQUEST: &str = "id, slug, version, reason, asker, asked_at, state, decider, decided_at";

fn read_request(row: &Row<'_>) -> Result<RecordRequest, DbErr> {
    Ok(RecordRequest {
        id: row.get(0)?,
        slug: row.get(1)?,
        version: row.get(2)?,
        reason: row.get(3)?,
        asker: StaffId(row.get(4)?),
        asked_at: Moment::from_unix(row.get(5)?),
        state: row.get(6)?,
        decider: row.get::<Option<i32>>(7)?.map(StaffId),
        decided_at: row.get::<Option<i64>>(8)?.map(Moment::from_unix),
    })
}

/// Requests about a version, the latest first.
pub async fn requests(
    db: &impl ConnectionTrait,
    province: Province,
    (slug, version): (&str, i32),
) -> Result<Vec<RecordRequest>, DbErr> {
    let sql = format!(
        "SELECT {REQUEST} FROM record_request WHERE p = $1 AND slug = $2 AND version = $3 ORDER BY id DESC LIMIT 100"
    );
    all(db, sql, [province.0.into(), slug.into(), version.into()], read_request).await
}

/// A request by its number.
pub async fn request(db: &impl ConnectionTrait, province: Province, id: i32) -> Result<Option<RecordRequest>, DbErr> {
    let sql = format!("SELECT {REQUEST} FROM record_request WHERE p = $1 AND id = $2");
    one(db, sql, [province.0.into(), id.into()], read_request).await
}

/// Adds a request; its number.
pub async fn ask(
    tx: &impl ConnectionTrait,
    province: Province,
    (slug, version): (&str, i32),
    reason: &str,
    (asker, at): (StaffId, Moment),
) -> Result<i32, DbErr> {
    let sql = "SELECT id FROM record_request WHERE p = $1 ORDER BY id DESC LIMIT 1";
    let id = one(tx, sql, [province.0.into()], |row| row.get::<i32>(0)).await?.unwrap_or(0) + 1;
    let columns = ["p", "id", "slug", "version", "reason", "asker", "asked_at", "state"];
    let row: [Value; 8] = [
        province.0.into(),
        id.into(),
        slug.into(),
        version.into(),
        reason.into(),
        asker.0.into(),
        at.unix().into(),
        "asked".into(),
    ];
    rows::insert(tx, "record_request", columns, "", vec![row]).await?;
    Ok(id)
}

/// Decides a request; `false` if it was decided before.
pub async fn answer(
    tx: &impl ConnectionTrait,
    province: Province,
    id: i32,
    is_allowed: bool,
    (by, at): (StaffId, Moment),
) -> Result<bool, DbErr> {
    let sql = "UPDATE record_request SET state = $3, decider = $4, decided_at = $5 WHERE p = $1 AND id = $2 AND state = 'asked'";
    let state = if is_allowed { "allowed" } else { "refused" };
    let values: [Value; 5] = [province.0.into(), id.into(), state.into(), by.0.into(), at.unix().into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() == 1)
}
