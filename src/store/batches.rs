//! The tree over the sealed answers: batches, complete subtrees, and the leaves themselves in the order of the tree.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::rows::{self, Row, all, one};
use crate::record::Leaf;
use crate::record::tree::{Hash, Subtree};
use crate::words::{Day, Province};

/// Heights of the subtrees that are stored; between two of them a proof reads at most 255 hashes.
pub const LEVELS: [u8; 3] = [8, 16, 24];

/// One sealed day in the tree, or what came late to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Number, from 1.
    pub number: i32,
    /// Day of its answers.
    pub day: Day,
    /// Place of its first leaf, from 0.
    pub first: i64,
    /// Number of leaves.
    pub n: i64,
    /// Root of its own leaves, of whatever length it was found.
    pub root: Vec<u8>,
    /// Complete subtrees of the whole tree after it.
    pub peaks: Vec<u8>,
}

const COLUMNS: &str = "number, day, first, n, root, peaks";

fn read(row: &Row<'_>) -> Result<Batch, DbErr> {
    Ok(Batch {
        number: row.get(0)?,
        day: Day(row.get(1)?),
        first: row.get(2)?,
        n: row.get(3)?,
        root: row.get(4)?,
        peaks: row.get(5)?,
    })
}

/// The last batch.
pub async fn last(db: &impl ConnectionTrait, province: Province) -> Result<Option<Batch>, DbErr> {
    let sql = format!("SELECT {COLUMNS} FROM batch WHERE p = $1 ORDER BY p DESC, number DESC LIMIT 1");
    one(db, sql, [province.0.into()], read).await
}

/// Up to `limit` batches after a number.
pub async fn after(
    db: &impl ConnectionTrait,
    province: Province,
    number: i32,
    limit: u16,
) -> Result<Vec<Batch>, DbErr> {
    let sql = format!("SELECT {COLUMNS} FROM batch WHERE p = $1 AND number > $2 ORDER BY p, number LIMIT $3");
    all(db, sql, [province.0.into(), number.into(), i64::from(limit).into()], read).await
}

/// The batches of a day, by number.
pub async fn of_day(db: &impl ConnectionTrait, province: Province, day: Day) -> Result<Vec<Batch>, DbErr> {
    let sql = format!("SELECT {COLUMNS} FROM batch WHERE p = $1 AND day = $2 ORDER BY number");
    all(db, sql, [province.0.into(), day.0.into()], read).await
}

/// The batches of days, by number.
pub async fn of_days(
    db: &impl ConnectionTrait,
    province: Province,
    (from, to): (Day, Day),
) -> Result<Vec<Batch>, DbErr> {
    let sql = format!("SELECT {COLUMNS} FROM batch WHERE p = $1 AND day BETWEEN $2 AND $3 ORDER BY number");
    all(db, sql, [province.0.into(), from.0.into(), to.0.into()], read).await
}

/// The batches that hold leaves `from..to` of the tree, by number.
pub async fn holding(
    db: &impl ConnectionTrait,
    province: Province,
    (from, to): (i64, i64),
) -> Result<Vec<Batch>, DbErr> {
    let sql = format!("SELECT {COLUMNS} FROM batch WHERE p = $1 AND first < $3 AND first + n > $2 ORDER BY number");
    all(db, sql, [province.0.into(), from.into(), to.into()], read).await
}

/// Days that have a batch.
pub async fn days(db: &impl ConnectionTrait, province: Province) -> Result<BTreeSet<Day>, DbErr> {
    let sql = "SELECT DISTINCT day FROM batch WHERE p = $1";
    Ok(all(db, sql, [province.0.into()], |row| row.get(0).map(Day)).await?.into_iter().collect())
}

/// Appends a batch.
pub async fn append(db: &impl ConnectionTrait, province: Province, batch: &Batch) -> Result<(), DbErr> {
    let row = [
        province.0.into(),
        batch.number.into(),
        batch.day.0.into(),
        batch.first.into(),
        batch.n.into(),
        batch.root.clone().into(),
        batch.peaks.clone().into(),
    ];
    rows::insert(db, "batch", ["p", "number", "day", "first", "n", "root", "peaks"], "", vec![row]).await
}

/// Notes answers that came after their day had been sealed, with the batch they stand in; given in key order.
pub async fn append_late(
    db: &impl ConnectionTrait,
    province: Province,
    late: &[(Day, Leaf, i32)],
) -> Result<(), DbErr> {
    let rows = late
        .iter()
        .map(|(day, leaf, number)| [province.0.into(), day.0.into(), leaf.0.to_vec().into(), (*number).into()])
        .collect();
    rows::insert(db, "batch_late", ["p", "day", "leaf", "number"], "", rows).await
}

/// The batch of an answer that came late; none for one that stands in the batch of its day.
pub async fn late_batch(
    db: &impl ConnectionTrait,
    province: Province,
    day: Day,
    leaf: &Leaf,
) -> Result<Option<i32>, DbErr> {
    let sql = "SELECT number FROM batch_late WHERE p = $1 AND day = $2 AND leaf = $3";
    one(db, sql, [province.0.into(), day.0.into(), leaf.0.to_vec().into()], |row| row.get(0)).await
}

/// The late answers of a day with their batches, in key order.
pub async fn late_of_day(
    db: &impl ConnectionTrait,
    province: Province,
    day: Day,
) -> Result<Vec<(Vec<u8>, i32)>, DbErr> {
    let sql = "SELECT leaf, number FROM batch_late WHERE p = $1 AND day = $2 ORDER BY p, day, leaf";
    all(db, sql, [province.0.into(), day.0.into()], |row| Ok((row.get(0)?, row.get(1)?))).await
}

/// Which rows stand in a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Members {
    /// The whole day: nothing came late to it.
    Day,
    /// The day but for what came late.
    Timely,
    /// What came late.
    Late,
}

impl Members {
    /// `$1` province, `$2` day, `$3` number.
    const fn sql(self) -> &'static str {
        match self {
            Self::Day => "FROM response r WHERE r.p = $1 AND r.day = $2 AND $3 > 0",
            Self::Timely => {
                "FROM response r WHERE r.p = $1 AND r.day = $2 AND $3 > 0 AND NOT EXISTS
                 (SELECT 1 FROM batch_late l WHERE l.p = r.p AND l.day = r.day AND l.leaf = r.leaf)"
            }
            Self::Late => "FROM batch_late r WHERE r.p = $1 AND r.day = $2 AND r.number = $3",
        }
    }
}

/// The table of whole answers of a batch, `r`, with the condition.
pub(super) async fn rows_of(
    db: &impl ConnectionTrait,
    province: Province,
    batch: &Batch,
) -> Result<&'static str, DbErr> {
    Ok(match members(db, province, batch).await? {
        Members::Late => {
            "FROM batch_late l JOIN response r ON r.p = l.p AND r.day = l.day AND r.leaf = l.leaf
             WHERE l.p = $1 AND l.day = $2 AND l.number = $3"
        }
        whole => whole.sql(),
    })
}

/// The first batch of a day holds the day, every further one what came late to it.
async fn members(db: &impl ConnectionTrait, province: Province, batch: &Batch) -> Result<Members, DbErr> {
    let sql = "SELECT 1 FROM batch WHERE p = $1 AND day = $2 AND number < $3 LIMIT 1";
    let values = [province.0.into(), batch.day.0.into(), batch.number.into()];
    if one(db, sql, values, |row| row.get::<i32>(0)).await?.is_some() {
        return Ok(Members::Late);
    }
    let sql = "SELECT 1 FROM batch_late WHERE p = $1 AND day = $2 LIMIT 1";
    let any = one(db, sql, [province.0.into(), batch.day.0.into()], |row| row.get::<i32>(0)).await?;
    Ok(if any.is_some() { Members::Timely } else { Members::Day })
}

/// Leaves of a batch in the order of the tree: `limit` of them after `offset`.
pub async fn leaves(
    db: &impl ConnectionTrait,
    province: Province,
    batch: &Batch,
    (offset, limit): (i64, i64),
) -> Result<Vec<Hash>, DbErr> {
    let of = members(db, province, batch).await?.sql();
    let sql = format!("SELECT r.leaf {of} ORDER BY r.p, r.day, r.leaf LIMIT $4 OFFSET $5");
    let values: [Value; 5] = [province.0.into(), batch.day.0.into(), batch.number.into(), limit.into(), offset.into()];
    all(db, sql, values, |row| hash(row, 0)).await
}

/// Leaves of a batch in the order of the tree, `limit` of them after one, of whatever length they were found.
pub async fn leaves_after(
    db: &impl ConnectionTrait,
    province: Province,
    batch: &Batch,
    after: &[u8],
    limit: u16,
) -> Result<Vec<Vec<u8>>, DbErr> {
    let of = members(db, province, batch).await?.sql();
    let sql = format!("SELECT r.leaf {of} AND r.leaf > $4 ORDER BY r.p, r.day, r.leaf LIMIT $5");
    let values: [Value; 5] =
        [province.0.into(), batch.day.0.into(), batch.number.into(), after.to_vec().into(), i64::from(limit).into()];
    all(db, sql, values, |row| row.get(0)).await
}

/// Number of leaves of a batch that come before one.
pub async fn rank(db: &impl ConnectionTrait, province: Province, batch: &Batch, leaf: &Leaf) -> Result<i64, DbErr> {
    let of = members(db, province, batch).await?.sql();
    let sql = format!("SELECT COUNT(*) {of} AND r.leaf < $4");
    let values: [Value; 4] = [province.0.into(), batch.day.0.into(), batch.number.into(), leaf.0.to_vec().into()];
    Ok(one(db, sql, values, |row| row.get(0)).await?.unwrap_or(0))
}

/// Stores complete subtrees.
pub async fn put_nodes(db: &impl ConnectionTrait, province: Province, nodes: &[(Subtree, Hash)]) -> Result<(), DbErr> {
    let mut sorted: Vec<&(Subtree, Hash)> = nodes.iter().collect();
    sorted.sort_unstable();
    let row = |(at, hash): &(Subtree, Hash)| -> [Value; 4] {
        let index = i64::try_from(at.index).unwrap_or(i64::MAX);
        [province.0.into(), i16::from(at.level).into(), index.into(), hash.to_vec().into()]
    };
    let rows = sorted.into_iter().map(row).collect();
    rows::insert(db, "tree_node", ["p", "level", "idx", "hash"], "", rows).await
}

/// Stored subtrees of a height, `from..to`, each with its place and its hash, of whatever length it was found.
pub async fn nodes(
    db: &impl ConnectionTrait,
    province: Province,
    level: i16,
    (from, to): (i64, i64),
) -> Result<Vec<(i64, Vec<u8>)>, DbErr> {
    let sql = "SELECT idx, hash FROM tree_node WHERE p = $1 AND level = $2 AND idx >= $3 AND idx < $4
               ORDER BY p, level, idx";
    let values: [Value; 4] = [province.0.into(), level.into(), from.into(), to.into()];
    all(db, sql, values, |row| Ok((row.get(0)?, row.get(1)?))).await
}

/// Stored subtrees after one, by height and place, whatever they are.
pub async fn nodes_after(
    db: &impl ConnectionTrait,
    province: Province,
    (level, index): (i16, i64),
    limit: u16,
) -> Result<Vec<(i16, i64)>, DbErr> {
    let sql = "SELECT level, idx FROM tree_node WHERE p = $1 AND (level, idx) > ($2, $3) ORDER BY level, idx LIMIT $4";
    let values: [Value; 4] = [province.0.into(), level.into(), index.into(), i64::from(limit).into()];
    all(db, sql, values, |row| Ok((row.get(0)?, row.get(1)?))).await
}

/// Which answers are read for the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Those that are sealed.
    Sealed,
    /// Those of the open days.
    Open,
}

/// The keys of answers up to a day, after one, in key order.
pub async fn keys(
    db: &impl ConnectionTrait,
    province: Province,
    source: Source,
    through: Day,
    after: Option<(Day, Leaf)>,
    limit: u16,
) -> Result<Vec<(Day, Leaf)>, DbErr> {
    let table = if source == Source::Open { "response_open" } else { "response" };
    let (day, leaf) = after.map_or((Day(i32::MIN), Vec::new()), |(day, leaf)| (day, leaf.0.to_vec()));
    let sql = format!(
        "SELECT day, leaf FROM {table} WHERE p = $1 AND (day, leaf) > ($2, $3) AND day <= $4 ORDER BY p, day, leaf LIMIT $5"
    );
    let values: [Value; 5] = [province.0.into(), day.0.into(), leaf.into(), through.0.into(), i64::from(limit).into()];
    all(db, sql, values, |row| Ok((Day(row.get(0)?), Leaf(hash(row, 1)?)))).await
}

/// A hash of 32 bytes in a column.
fn hash(row: &Row<'_>, column: usize) -> Result<Hash, DbErr> {
    let bytes: Vec<u8> = row.get(column)?;
    bytes.try_into().map_err(|_bytes| DbErr::Type("a hash has 32 bytes".to_owned()))
}
