//! Answers: what is stored of a form, and what became of it.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::rows::{self, Row, all, bind, one};
use crate::record::{Comment, FormKey, Leaf, Receipt, Record};
use crate::words::{Channel, Day, EditionNumber, FieldId, Level, PointId, Province, UnitId};

/// An answer about to be stored.
#[derive(Debug, Clone)]
pub struct NewAnswer {
    /// The record.
    pub record: Record,
    /// Edition as this installation numbers it.
    pub edition: EditionNumber,
    /// Key.
    pub leaf: Leaf,
    /// Salt of the leaf.
    pub salt: [u8; 32],
    /// Masked comment.
    pub comment: Option<Comment>,
}

/// What counting needs to know of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedAnswer {
    /// Day.
    pub day: Day,
    /// Edition.
    pub edition: EditionNumber,
    /// Collection point.
    pub point: PointId,
    /// Deciding unit.
    pub deciding_unit: UnitId,
    /// Field.
    pub field: FieldId,
    /// Channel.
    pub channel: Channel,
    /// Level.
    pub level: Level,
    /// Canonical answers.
    pub answers: Vec<u8>,
}

/// Where an answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Stored today, not sealed yet.
    Open(Level),
    /// Sealed.
    Sealed(Level),
}

/// Lets a node that stores answers on PostgreSQL and one that seals the day wait for each other; SQLite has one writer.
pub async fn share_open_day(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock_shared(7412)").await?;
    }
    Ok(())
}

/// Of these form keys, the ones that were used before, each with the day on which its answer was stored.
pub async fn used_keys(
    db: &impl ConnectionTrait,
    province: Province,
    keys: &[(Day, [u8; 32])],
) -> Result<Vec<([u8; 32], Day)>, DbErr> {
    let mut used = Vec::new();
    for chunk in keys.chunks(256) {
        // Keys asked for are filled up with the first one, so that only one statement has to be prepared.
        let Some(first) = chunk.first() else { continue };
        let filled = chunk.iter().chain(std::iter::repeat(first)).take(if chunk.len() == 1 { 1 } else { 256 });
        let mut values: Vec<Value> = Vec::new();
        for (opened, hash) in filled {
            values.extend([opened.0.into(), hash.to_vec().into()]);
        }
        let rows = values.len() / 2;
        let backend = db.get_database_backend();
        let province_mark = if backend == DbBackend::Sqlite { "?".to_owned() } else { format!("${}", rows * 2 + 1) };
        values.push(province.0.into());
        // The keys asked for stand on the outer side of the join, so that each is looked up and the table never scanned.
        let sql = format!(
            "WITH asked (opened_day, key_hash) AS (VALUES {})
             SELECT i.key_hash, i.stored_day FROM asked CROSS JOIN idempotency i
             WHERE i.opened_day = asked.opened_day AND i.key_hash = asked.key_hash AND i.p = {province_mark}",
            rows::placeholders(backend, rows, 2)
        );
        used.extend(all(db, sql, values, |row| Ok((hash(row, 0)?, Day(row.get(1)?)))).await?);
    }
    Ok(used)
}

/// Whether an answer with this leaf is stored on this day.
pub async fn is_stored(db: &impl ConnectionTrait, province: Province, day: Day, leaf: &Leaf) -> Result<bool, DbErr> {
    let sql = "SELECT 1 FROM response_open WHERE p = $1 AND day = $2 AND leaf = $3
               UNION ALL SELECT 1 FROM response WHERE p = $1 AND day = $2 AND leaf = $3";
    let values = [province.0.into(), day.0.into(), leaf.0.to_vec().into()];
    Ok(one(db, sql, values, |row| row.get::<i32>(0)).await?.is_some())
}

/// Appends answers, their comments and the keys of their forms, all in key order.
pub async fn append(db: &impl ConnectionTrait, answers: &[NewAnswer], keys: &[(FormKey, Day)]) -> Result<(), DbErr> {
    let mut sorted: Vec<&NewAnswer> = answers.iter().collect();
    sorted.sort_by_key(|answer| (answer.record.province, answer.record.day, answer.leaf));
    let columns = [
        "p",
        "day",
        "leaf",
        "format",
        "edition",
        "point",
        "deciding_unit",
        "procedure",
        "field",
        "channel",
        "level",
        "reason",
        "helper",
        "flags",
        "wave",
        "place",
        "answers",
        "comment_hash",
        "salt",
    ];
    let values = sorted.iter().map(|answer| answer_row(answer)).collect();
    rows::insert(db, "response_open", columns, "", values).await?;
    let comments = sorted
        .iter()
        .filter_map(|answer| {
            let comment = answer.comment.as_ref()?;
            Some([
                answer.record.province.0.into(),
                answer.record.day.0.into(),
                answer.leaf.0.to_vec().into(),
                comment.text.clone().into(),
                comment.salt.to_vec().into(),
            ])
        })
        .collect();
    rows::insert(db, "comment_open", ["p", "day", "leaf", "text", "salt"], "", comments).await?;
    let province = answers.first().map_or(0, |answer| answer.record.province.0);
    let mut keys: Vec<(Day, [u8; 32], Day)> = keys.iter().map(|(key, day)| (key.opened(), key.hash(), *day)).collect();
    keys.sort_unstable();
    let keys = keys
        .into_iter()
        .map(|(opened, hash, stored)| [province.into(), opened.0.into(), hash.to_vec().into(), stored.0.into()])
        .collect();
    rows::insert(db, "idempotency", ["p", "opened_day", "key_hash", "stored_day"], "", keys).await
}

fn answer_row(answer: &NewAnswer) -> [Value; 19] {
    let record = &answer.record;
    [
        record.province.0.into(),
        record.day.0.into(),
        answer.leaf.0.to_vec().into(),
        Record::format().into(),
        answer.edition.0.into(),
        record.point.0.into(),
        record.deciding_unit.0.into(),
        record.procedure.0.into(),
        record.field.0.into(),
        record.channel.code().into(),
        record.level.code().into(),
        record.reason.into(),
        record.helper.code().into(),
        record.flags.into(),
        record.wave.into(),
        record.place.into(),
        record.answers.clone().into(),
        record.comment.map(|hash| hash.to_vec()).into(),
        answer.salt.to_vec().into(),
    ]
}

/// Where the answer of a receipt stands; `None` if there is none.
pub async fn standing(
    db: &impl ConnectionTrait,
    province: Province,
    receipt: &Receipt,
) -> Result<Option<Standing>, DbErr> {
    let (low, high) = receipt.leaf_range();
    let question = |table: &str| {
        let sql = format!("SELECT level FROM {table} WHERE p = $1 AND day = $2 AND leaf BETWEEN $3 AND $4");
        let values: [Value; 4] =
            [province.0.into(), receipt.day().0.into(), low.0.to_vec().into(), high.0.to_vec().into()];
        (sql, values)
    };
    let (sql, values) = question("response");
    if let Some(level) = one(db, sql, values, |row| level(row, 0)).await? {
        return Ok(Some(Standing::Sealed(level)));
    }
    let (sql, values) = question("response_open");
    Ok(one(db, sql, values, |row| level(row, 0)).await?.map(Standing::Open))
}

/// The point at which the sealed answer of a receipt came in, its level and its channel; `None` if there is none.
pub async fn source_of(
    db: &impl ConnectionTrait,
    province: Province,
    receipt: &Receipt,
) -> Result<Option<(PointId, Level, Channel)>, DbErr> {
    let (low, high) = receipt.leaf_range();
    let sql = "SELECT point, level, channel FROM response WHERE p = $1 AND day = $2 AND leaf BETWEEN $3 AND $4";
    let values = [province.0.into(), receipt.day().0.into(), low.0.to_vec().into(), high.0.to_vec().into()];
    one(db, sql, values, |row| Ok((PointId(row.get(0)?), level(row, 1)?, channel(row, 2)?))).await
}

/// Answers that are not sealed yet, up to a day, in key order.
pub async fn open_answers(
    db: &impl ConnectionTrait,
    province: Province,
    through: Day,
) -> Result<Vec<CountedAnswer>, DbErr> {
    counted(db, "response_open", province, through).await
}

/// All sealed answers up to a day, in key order; for checking counts, not for pages.
pub async fn sealed_answers(
    db: &impl ConnectionTrait,
    province: Province,
    through: Day,
) -> Result<Vec<CountedAnswer>, DbErr> {
    counted(db, "response", province, through).await
}

/// The answers of a day to some editions, sealed and open.
pub async fn of_day(
    db: &impl ConnectionTrait,
    province: Province,
    day: Day,
    editions: &[EditionNumber],
) -> Result<Vec<CountedAnswer>, DbErr> {
    let marks: Vec<String> = (0..editions.len()).map(|at| format!("${}", at + 3)).collect();
    let of = |table: &str| {
        let marks = marks.join(", ");
        format!("SELECT {COUNTED} FROM {table} WHERE p = $1 AND day = $2 AND edition IN ({marks})")
    };
    let sql = format!("{} UNION ALL {}", of("response"), of("response_open"));
    let values = [province.0.into(), day.0.into()];
    let values = values.into_iter().chain(editions.iter().map(|edition| Value::from(edition.0)));
    all(db, sql, values, read_counted).await
}

/// What counting needs, in the order in which it is read.
const COUNTED: &str = "day, edition, point, deciding_unit, field, channel, level, answers";

fn read_counted(row: &Row<'_>) -> Result<CountedAnswer, DbErr> {
    Ok(CountedAnswer {
        day: Day(row.get(0)?),
        edition: EditionNumber(row.get(1)?),
        point: PointId(row.get(2)?),
        deciding_unit: UnitId(row.get(3)?),
        field: FieldId(row.get(4)?),
        channel: channel(row, 5)?,
        level: level(row, 6)?,
        answers: row.get(7)?,
    })
}

/// Which sealed answers are read, page by page.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// First and last day.
    pub days: (Day, Day),
    /// Edition.
    pub edition: EditionNumber,
    /// Points; none for all of them.
    pub points: &'a [PointId],
}

/// A page of sealed answers with the key after which the next one begins; `None` where this is the last.
pub type Page = (Vec<CountedAnswer>, Option<(Day, Leaf)>);

/// Sealed answers in key order, from a key on, at most `most`.
pub async fn sealed_page(
    db: &impl ConnectionTrait,
    province: Province,
    wanted: &Wanted<'_>,
    after: Option<(Day, Leaf)>,
    most: usize,
) -> Result<Page, DbErr> {
    let (from, leaf) = after.unwrap_or((wanted.days.0.plus(-1), Leaf([0xff; 32])));
    let mut values: Vec<Value> = vec![
        province.0.into(),
        from.0.into(),
        leaf.0.to_vec().into(),
        wanted.days.1.0.into(),
        wanted.edition.0.into(),
        i64::try_from(most).unwrap_or(i64::MAX).into(),
    ];
    values.extend(wanted.points.iter().map(|point| Value::from(point.0)));
    let marks: Vec<String> = (0..wanted.points.len()).map(|at| format!("${}", at + 7)).collect();
    let of_points = if marks.is_empty() { String::new() } else { format!(" AND point IN ({})", marks.join(", ")) };
    let sql = format!(
        "SELECT {COUNTED}, leaf FROM response
         WHERE p = $1 AND (day, leaf) > ($2, $3) AND day <= $4 AND edition = $5{of_points}
         ORDER BY day, leaf LIMIT $6"
    );
    let mut next = None;
    let read = all(db, sql, values, |row| Ok((read_counted(row)?, self::leaf(row, 8)?))).await?;
    if read.len() >= most {
        next = read.last().map(|(answer, leaf)| (answer.day, *leaf));
    }
    Ok((read.into_iter().map(|(answer, _)| answer).collect(), next))
}

async fn counted(
    db: &impl ConnectionTrait,
    table: &str,
    province: Province,
    through: Day,
) -> Result<Vec<CountedAnswer>, DbErr> {
    let sql = format!(
        "SELECT {COUNTED} FROM {table}
         WHERE p = $1 AND day <= $2 ORDER BY p, day, leaf"
    );
    all(db, sql, [province.0.into(), through.0.into()], read_counted).await
}

/// Forgets form keys that were opened before a day: after 30 days a key brings the form back filled in. Keys of days that are
/// not sealed stay, because until then they alone tell a form that is imported again. How many there were.
pub async fn forget_keys_before(db: &impl ConnectionTrait, province: Province, day: Day) -> Result<u64, DbErr> {
    let sql = "DELETE FROM idempotency WHERE p = $1 AND opened_day < $2
               AND stored_day <= (SELECT sealed_through FROM installation WHERE p = $1)";
    Ok(db.execute_raw(bind(db, sql, [province.0.into(), day.0.into()])).await?.rows_affected())
}

/// A leaf in a column.
pub(super) fn leaf(row: &Row<'_>, column: usize) -> Result<Leaf, DbErr> {
    hash(row, column).map(Leaf)
}

/// A hash of 32 bytes in a column.
fn hash(row: &Row<'_>, column: usize) -> Result<[u8; 32], DbErr> {
    let bytes: Vec<u8> = row.get(column)?;
    bytes.try_into().map_err(|_bytes| DbErr::Type("a hash has 32 bytes".to_owned()))
}

/// A level in a column.
pub(super) fn level(row: &Row<'_>, column: usize) -> Result<Level, DbErr> {
    let code = row.get(column)?;
    Level::from_code(code).ok_or_else(|| DbErr::Type(format!("there is no level {code}")))
}

/// A channel in a column.
pub(super) fn channel(row: &Row<'_>, column: usize) -> Result<Channel, DbErr> {
    let code = row.get(column)?;
    Channel::from_code(code).ok_or_else(|| DbErr::Type(format!("there is no channel {code}")))
}
