//! One-time tickets by their hashes: what each is for, which are spent, which are disputed.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::rows::{Row, all, bind, insert, one};
use crate::record::TicketHash;
use crate::words::{Day, FieldId, Half, LevelReason, Period, PointId, ProcedureId, Province, TicketStage, UnitId};

/// Hashes asked for in one statement.
const AT_A_TIME: usize = 500;

/// A ticket as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredTicket {
    /// Hash.
    pub hash: TicketHash,
    /// Stage of the dossier.
    pub stage: TicketStage,
    /// Receiving point.
    pub point: PointId,
    /// Deciding unit, where known.
    pub deciding_unit: UnitId,
    /// Procedure, where known.
    pub procedure: ProcedureId,
    /// Field, where known.
    pub field: FieldId,
    /// Day of issue.
    pub issued: Day,
    /// Last day on which it gives its level; `None` while the result is not returned.
    pub expires: Option<Day>,
    /// Why it gives a lower level.
    pub reason: LevelReason,
    /// Whether a link was sent for it, or is about to be.
    pub invited: bool,
}

/// What became of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Nobody spent it.
    Unspent,
    /// It was spent.
    Spent,
    /// It was spent, and somebody says: not by me.
    Disputed,
}

const COLUMNS: &str = "hash, stage, point, deciding_unit, procedure, field, issued_day, expires_day, reason, invited";

/// Tickets given out in a period by point and day; of one field alone where it is named.
pub async fn issued_by_point(
    db: &impl ConnectionTrait,
    province: Province,
    field: Option<FieldId>,
    period: Period,
) -> Result<Vec<(PointId, Day, i64)>, DbErr> {
    let sql = "SELECT point, issued_day, COUNT(*) FROM ticket
               WHERE p = $1 AND issued_day BETWEEN $2 AND $3 AND ($4 = 0 OR field = $4)
               GROUP BY point, issued_day ORDER BY point, issued_day";
    let field = i32::from(field.map_or(0, |field| field.0));
    let values: [Value; 4] = [province.0.into(), period.from.0.into(), period.to.0.into(), field.into()];
    all(db, sql, values, |row| Ok((PointId(row.get(0)?), Day(row.get(1)?), row.get(2)?))).await
}

/// Adds tickets and brings known ones up to date: whom they are for, until when, at which level. The day of issue stays.
pub async fn put(tx: &impl ConnectionTrait, province: Province, tickets: &[StoredTicket]) -> Result<(), DbErr> {
    let rows = tickets.iter().map(|ticket| -> [Value; 11] {
        [
            province.0.into(),
            ticket.hash.0.to_vec().into(),
            ticket.stage.code().into(),
            ticket.point.0.into(),
            ticket.deciding_unit.0.into(),
            ticket.procedure.0.into(),
            ticket.field.0.into(),
            ticket.issued.0.into(),
            ticket.expires.map(|day| day.0).into(),
            ticket.reason.code().into(),
            ticket.invited.into(),
        ]
    });
    let columns = [
        "p",
        "hash",
        "stage",
        "point",
        "deciding_unit",
        "procedure",
        "field",
        "issued_day",
        "expires_day",
        "reason",
        "invited",
    ];
    let again = "ON CONFLICT (p, hash) DO UPDATE SET point = excluded.point, deciding_unit = excluded.deciding_unit,
                 procedure = excluded.procedure, field = excluded.field, expires_day = excluded.expires_day,
                 reason = excluded.reason, invited = excluded.invited";
    insert(tx, "ticket", columns, again, rows.collect()).await
}

/// A ticket and what became of it.
pub async fn find(
    db: &impl ConnectionTrait,
    province: Province,
    hash: TicketHash,
) -> Result<Option<(StoredTicket, Use)>, DbErr> {
    let sql = format!(
        "SELECT {COLUMNS},
                CASE WHEN EXISTS (SELECT 1 FROM ticket_spent s WHERE s.p = $1 AND s.hash = $2)
                       OR EXISTS (SELECT 1 FROM ticket_spent_open s WHERE s.p = $1 AND s.hash = $2) THEN 1 ELSE 0 END,
                CASE WHEN EXISTS (SELECT 1 FROM dispute d WHERE d.p = $1 AND d.ticket_hash = $2) THEN 1 ELSE 0 END
         FROM ticket WHERE p = $1 AND hash = $2"
    );
    one(db, sql, [province.0.into(), hash.0.to_vec().into()], |row| {
        let (is_spent, is_disputed): (i32, i32) = (row.get(10)?, row.get(11)?);
        let use_made = match (is_spent, is_disputed) {
            (0, _) => Use::Unspent,
            (_, 0) => Use::Spent,
            _ => Use::Disputed,
        };
        Ok((read(row)?, use_made))
    })
    .await
}

/// Those of these tickets that are known.
pub async fn known(
    db: &impl ConnectionTrait,
    province: Province,
    hashes: &BTreeSet<TicketHash>,
) -> Result<BTreeMap<TicketHash, StoredTicket>, DbErr> {
    let sql = |marks: &str| format!("SELECT {COLUMNS} FROM ticket WHERE p = $1 AND hash IN ({marks})");
    let found = of_hashes(db, province, hashes, sql, read).await?;
    Ok(found.into_iter().map(|ticket| (ticket.hash, ticket)).collect())
}

/// Those of these tickets that are spent.
pub async fn spent_of(
    db: &impl ConnectionTrait,
    province: Province,
    hashes: &BTreeSet<TicketHash>,
) -> Result<BTreeSet<TicketHash>, DbErr> {
    let sql = |marks: &str| {
        format!(
            "SELECT hash FROM ticket_spent WHERE p = $1 AND hash IN ({marks})
             UNION ALL SELECT hash FROM ticket_spent_open WHERE p = $1 AND hash IN ({marks})"
        )
    };
    let found = of_hashes(db, province, hashes, sql, |row| hash(row, 0)).await?;
    Ok(found.into_iter().collect())
}

/// Spends tickets, in the transaction of the answers and in the order of their hashes.
pub async fn spend(tx: &impl ConnectionTrait, province: Province, hashes: &BTreeSet<TicketHash>) -> Result<(), DbErr> {
    let rows = hashes.iter().map(|hash| -> [Value; 2] { [province.0.into(), hash.0.to_vec().into()] });
    insert(tx, "ticket_spent_open", ["p", "hash"], "", rows.collect()).await
}

/// Lowers the level of tickets for a reason, unless they have one already.
pub async fn lower(
    tx: &impl ConnectionTrait,
    province: Province,
    hashes: &BTreeSet<TicketHash>,
    reason: LevelReason,
) -> Result<(), DbErr> {
    for hash in hashes {
        let sql = "UPDATE ticket SET reason = $3 WHERE p = $1 AND hash = $2 AND reason = 0";
        let values = [province.0.into(), hash.0.to_vec().into(), reason.code().into()];
        tx.execute_raw(bind(tx, sql, values)).await?;
    }
    Ok(())
}

/// Withdraws a ticket; whether there was one.
pub async fn withdraw(tx: &impl ConnectionTrait, province: Province, hash: TicketHash) -> Result<bool, DbErr> {
    let sql = "UPDATE ticket SET reason = $3 WHERE p = $1 AND hash = $2";
    let values = [province.0.into(), hash.0.to_vec().into(), LevelReason::Withdrawn.code().into()];
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() > 0)
}

/// Notes that somebody else spent a ticket. Saying it twice counts once; true where it was said for the first time.
pub async fn dispute(
    tx: &impl ConnectionTrait,
    province: Province,
    ticket: &StoredTicket,
    half: Half,
) -> Result<bool, DbErr> {
    // No conflict clause: the trigger that keeps the table appended would abort it.
    let sql = "INSERT INTO dispute (p, ticket_hash, point, half) SELECT $1, $2, $3, $4
               WHERE NOT EXISTS (SELECT 1 FROM dispute WHERE p = $1 AND ticket_hash = $2)";
    let values = [province.0.into(), ticket.hash.0.to_vec().into(), ticket.point.0.into(), half.0.into()];
    let sql = if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
        sql.replace("SELECT $1, $2, $3, $4", "SELECT $1::smallint, $2::bytea, $3::integer, $4::integer")
    } else {
        sql.to_owned()
    };
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() > 0)
}

/// How many disputes there are, by point and half-month.
pub async fn disputes(
    db: &impl ConnectionTrait,
    province: Province,
    from: Half,
    to: Half,
) -> Result<BTreeMap<(PointId, Half), i64>, DbErr> {
    let sql = "SELECT point, half, count(*) FROM dispute WHERE p = $1 AND half BETWEEN $2 AND $3 GROUP BY point, half";
    let values = [province.0.into(), from.0.into(), to.0.into()];
    let found = all(db, sql, values, |row| Ok(((PointId(row.get(0)?), Half(row.get(1)?)), row.get(2)?))).await?;
    Ok(found.into_iter().collect())
}

async fn of_hashes<T>(
    db: &impl ConnectionTrait,
    province: Province,
    hashes: &BTreeSet<TicketHash>,
    sql: impl Fn(&str) -> String,
    read: impl Fn(&Row<'_>) -> Result<T, DbErr>,
) -> Result<Vec<T>, DbErr> {
    let hashes: Vec<&TicketHash> = hashes.iter().collect();
    let mut found = Vec::new();
    for chunk in hashes.chunks(AT_A_TIME) {
        // Few different lengths, so that few statements have to be prepared: the last hash fills the rest.
        let Some(last) = chunk.last() else { continue };
        let size = [1, 8, 64, AT_A_TIME].into_iter().find(|size| *size >= chunk.len()).unwrap_or(AT_A_TIME);
        let marks: Vec<String> = (0..size).map(|at| format!("${}", at + 2)).collect();
        let filled = chunk.iter().chain(std::iter::repeat(last)).take(size);
        let values = [Value::from(province.0)].into_iter().chain(filled.map(|hash| hash.0.to_vec().into()));
        found.extend(all(db, sql(&marks.join(", ")), values, &read).await?);
    }
    Ok(found)
}

fn hash(row: &Row<'_>, column: usize) -> Result<TicketHash, DbErr> {
    let bytes: Vec<u8> = row.get(column)?;
    bytes.try_into().map(TicketHash).map_err(|_bytes| DbErr::Type("the hash of a ticket has 32 bytes".to_owned()))
}

fn read(row: &Row<'_>) -> Result<StoredTicket, DbErr> {
    let (stage, reason): (i16, i16) = (row.get(1)?, row.get(8)?);
    Ok(StoredTicket {
        hash: hash(row, 0)?,
        stage: TicketStage::from_code(stage).ok_or_else(|| DbErr::Type(format!("there is no stage {stage}")))?,
        point: PointId(row.get(2)?),
        deciding_unit: UnitId(row.get(3)?),
        procedure: ProcedureId(row.get(4)?),
        field: FieldId(row.get(5)?),
        issued: Day(row.get(6)?),
        expires: row.get::<Option<i32>>(7)?.map(Day),
        reason: LevelReason::from_code(reason).ok_or_else(|| DbErr::Type(format!("there is no reason {reason}")))?,
        invited: row.get(9)?,
    })
}
