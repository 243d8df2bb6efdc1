//! Decisions of two persons.

use entity::decision::{ActiveModel, Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::words::{
    DecisionId, DecisionKind, DecisionReason, DecisionState, Moment, Province, StaffId, UnitId, UnknownWord,
};

/// Decisions that are listed at most.
pub const MOST_LISTED: u64 = 200;
/// Between the units a decision is about.
const BETWEEN: char = '|';

/// A decision as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDecision {
    /// Number.
    pub id: DecisionId,
    /// What is decided on.
    pub kind: DecisionKind,
    /// Why.
    pub reason: DecisionReason,
    /// What the proposer adds.
    pub note: String,
    /// What is to be done, in the canonical form of its kind.
    pub subject: String,
    /// The units it is about.
    pub rated: Vec<UnitId>,
    /// Who proposed.
    pub proposer: StaffId,
    /// When.
    pub proposed_at: Moment,
    /// From when on nobody may decide it any more.
    pub expires_at: Moment,
    /// What became of it.
    pub state: DecisionState,
    /// Who decided, or took it back.
    pub decider: Option<StaffId>,
    /// When.
    pub decided_at: Option<Moment>,
    /// Line of the staff log that tells of the approval.
    pub log_seq: Option<i32>,
}

impl StoredDecision {
    /// Whether nobody decided in time.
    pub fn has_expired(&self, now: Moment) -> bool {
        self.state == DecisionState::Proposed && now >= self.expires_at
    }
}

/// Who closes a decision, when, and with which line of the staff log.
#[derive(Debug, Clone, Copy)]
pub struct Closing {
    /// What becomes of it.
    pub state: DecisionState,
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: Moment,
    /// The line, of an approval.
    pub log_seq: Option<i32>,
}

/// Lets nodes of PostgreSQL that propose or decide at once do so one after the other; SQLite has one writer.
pub async fn take_turn(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7414)").await?;
    }
    Ok(())
}

/// The number the next decision gets.
pub async fn next_id(tx: &impl ConnectionTrait, province: Province) -> Result<DecisionId, DbErr> {
    let last = Entity::find().filter(Column::P.eq(province.0)).order_by_desc(Column::Id).one(tx).await?;
    Ok(DecisionId(last.map_or(1, |last| last.id + 1)))
}

/// Adds a proposal.
pub async fn add(tx: &impl ConnectionTrait, province: Province, decision: &StoredDecision) -> Result<(), DbErr> {
    let rated: Vec<String> = decision.rated.iter().map(ToString::to_string).collect();
    let row = ActiveModel {
        p: Set(province.0),
        id: Set(decision.id.0),
        kind: Set(decision.kind.word().to_owned()),
        reason: Set(decision.reason.word().to_owned()),
        note: Set(decision.note.clone()),
        subject: Set(decision.subject.clone()),
        rated: Set(rated.join(&BETWEEN.to_string())),
        proposer: Set(decision.proposer.0),
        proposed_at: Set(decision.proposed_at.unix()),
        expires_at: Set(decision.expires_at.unix()),
        state: Set(decision.state.word().to_owned()),
        decider: Set(decision.decider.map(|staff| staff.0)),
        decided_at: Set(decision.decided_at.map(Moment::unix)),
        log_seq: Set(decision.log_seq),
    };
    Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Closes a proposal; `false` if somebody else closed it meanwhile.
pub async fn close(
    tx: &impl ConnectionTrait,
    province: Province,
    id: DecisionId,
    closing: &Closing,
) -> Result<bool, DbErr> {
    let closed = Entity::update_many()
        .col_expr(Column::State, Expr::value(closing.state.word()))
        .col_expr(Column::Decider, Expr::value(closing.by.0))
        .col_expr(Column::DecidedAt, Expr::value(closing.at.unix()))
        .col_expr(Column::LogSeq, Expr::value(closing.log_seq))
        .filter(Column::P.eq(province.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(DecisionState::Proposed.word()))
        .exec(tx)
        .await?;
    Ok(closed.rows_affected == 1)
}

/// One decision.
pub async fn find(
    db: &impl ConnectionTrait,
    province: Province,
    id: DecisionId,
) -> Result<Option<StoredDecision>, DbErr> {
    Entity::find_by_id((province.0, id.0)).one(db).await?.map(read).transpose()
}

/// The latest decisions, the latest first; at most [`MOST_LISTED`].
pub async fn latest(db: &impl ConnectionTrait, province: Province) -> Result<Vec<StoredDecision>, DbErr> {
    let found = Entity::find().filter(Column::P.eq(province.0)).order_by_desc(Column::Id).limit(MOST_LISTED);
    found.all(db).await?.into_iter().map(read).collect()
}

/// What waits for a second person: the units each proposal is about, and who proposed. The contents of proposals, which may
/// be long, are not read.
pub async fn waiting(
    db: &impl ConnectionTrait,
    province: Province,
    now: Moment,
) -> Result<Vec<(Vec<UnitId>, StaffId)>, DbErr> {
    let found: Vec<(String, i32)> = Entity::find()
        .select_only()
        .columns([Column::Rated, Column::Proposer])
        .filter(Column::P.eq(province.0))
        .filter(Column::State.eq(DecisionState::Proposed.word()))
        .filter(Column::ExpiresAt.gt(now.unix()))
        .order_by_desc(Column::Id)
        .limit(MOST_LISTED)
        .into_tuple()
        .all(db)
        .await?;
    found.into_iter().map(|(rated, proposer)| Ok((units(&rated)?, StaffId(proposer)))).collect()
}

fn units(rated: &str) -> Result<Vec<UnitId>, DbErr> {
    let unit = |unit: &str| {
        unit.parse().map(UnitId).map_err(|_error: std::num::ParseIntError| DbErr::Type(format!("{unit} is no unit")))
    };
    rated.split(BETWEEN).filter(|unit| !unit.is_empty()).map(unit).collect()
}

/// Everything of these kinds that was approved, in the order of approval.
pub async fn approved(
    db: &impl ConnectionTrait,
    province: Province,
    kinds: &[DecisionKind],
) -> Result<Vec<StoredDecision>, DbErr> {
    let found = Entity::find()
        .filter(Column::P.eq(province.0))
        .filter(Column::Kind.is_in(kinds.iter().map(|kind| kind.word())))
        .filter(Column::State.eq(DecisionState::Approved.word()))
        .order_by_asc(Column::LogSeq);
    found.all(db).await?.into_iter().map(read).collect()
}

fn read(row: Model) -> Result<StoredDecision, DbErr> {
    let unknown = |error: UnknownWord| DbErr::Type(error.to_string());
    Ok(StoredDecision {
        id: DecisionId(row.id),
        kind: DecisionKind::parse(&row.kind).map_err(unknown)?,
        reason: DecisionReason::parse(&row.reason).map_err(unknown)?,
        note: row.note,
        subject: row.subject,
        rated: units(&row.rated)?,
        proposer: StaffId(row.proposer),
        proposed_at: Moment::from_unix(row.proposed_at),
        expires_at: Moment::from_unix(row.expires_at),
        state: DecisionState::parse(&row.state).map_err(unknown)?,
        decider: row.decider.map(StaffId),
        decided_at: row.decided_at.map(Moment::from_unix),
        log_seq: row.log_seq,
    })
}
