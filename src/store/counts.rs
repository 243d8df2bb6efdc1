//! Cells: counts by day, updated in the transaction of the answers; and their sums by half-month.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::answers::{channel, level};
use super::rows::{self, Row, all, one};
use crate::questionnaire::{Edition, ItemTally, PairTally, Tally};
use crate::words::{Channel, Day, EditionNumber, FieldId, Half, Level, PointId, Province, UnitId};

/// What a cell counts: the answers of one day that have all this in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// Day.
    pub day: Day,
    /// Collection point.
    pub point: PointId,
    /// Deciding unit.
    pub deciding_unit: UnitId,
    /// Edition.
    pub edition: EditionNumber,
    /// Level.
    pub level: Level,
    /// Channel.
    pub channel: Channel,
    /// Field.
    pub field: FieldId,
}

/// What a subtotal counts: the sealed answers of a unit's subtree in a half-month that have all this in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitSeries {
    /// Unit.
    pub unit: UnitId,
    /// Half-month.
    pub half: Half,
    /// Edition.
    pub edition: EditionNumber,
    /// Level.
    pub level: Level,
    /// Channel.
    pub channel: Channel,
    /// Field.
    pub field: FieldId,
}

/// Counts of one item or of two items together, as a row holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Item number and its counts. 0 are the forms; −1, −2, … the factors in their order, with their respondents in `n1`.
    Item(i16, ItemTally),
    /// Two item numbers and their counts.
    Pair(i16, i16, PairTally),
}

impl Count {
    /// The same counts with the other sign, to take them away.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Item(item, t) => Self::Item(
                item,
                ItemTally {
                    blank: -t.blank,
                    not_applicable: -t.not_applicable,
                    levels: t.levels.map(|n| -n),
                    sum: -t.sum,
                    sum_squares: -t.sum_squares,
                },
            ),
            Self::Pair(first, second, t) => Self::Pair(
                first,
                second,
                PairTally {
                    both: -t.both,
                    both_second: -t.both_second,
                    both_first: -t.both_first,
                    satisfied_both: -t.satisfied_both,
                },
            ),
        }
    }
}

/// Columns of the counts of an item.
pub(super) const ITEM_COLUMNS: [&str; 12] =
    ["item", "n_blank", "n_na", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "sum_x", "sum_xx"];
/// Columns of the counts of a pair.
pub(super) const PAIR_COLUMNS: [&str; 6] = ["item", "item2", "n_aa", "n_as", "n_sa", "n_ss"];

/// The rows of a tally that hold anything.
pub fn counts_of(edition: &Edition, tally: &Tally) -> Vec<Count> {
    let number = |n: usize| i16::try_from(n).unwrap_or(i16::MAX);
    let items = tally.items.iter().enumerate().filter(|(_, item)| **item != ItemTally::default());
    let mut counts: Vec<Count> = items.map(|(n, item)| Count::Item(number(n), *item)).collect();
    for (place, forms) in tally.factors.iter().enumerate().filter(|(_, forms)| **forms != 0) {
        let mut respondents = ItemTally::default();
        respondents.levels[0] = *forms;
        counts.push(Count::Item(-number(place) - 1, respondents));
    }
    let rated: Vec<usize> = edition.ratings().map(|(n, _)| n).collect();
    for (at, first) in rated.iter().enumerate() {
        for (rank, second) in rated.iter().enumerate().skip(at + 1) {
            if let Some(pair) = tally.pair(edition, at + 1, rank + 1).filter(|pair| *pair != PairTally::default()) {
                counts.push(Count::Pair(number(*first), number(*second), pair));
            }
        }
    }
    counts
}

/// Adds a row's counts to a tally of its edition; counts of items the edition does not have are passed over.
pub fn add_count(edition: &Edition, tally: &mut Tally, count: &Count) {
    match count {
        Count::Item(factor @ ..0, t) => {
            let place = usize::try_from(-i32::from(*factor) - 1).ok();
            if let Some(forms) = place.and_then(|place| tally.factors.get_mut(place)) {
                *forms += t.levels[0];
            }
        }
        Count::Item(item, t) => {
            if let Some(into) = usize::try_from(*item).ok().and_then(|item| tally.items.get_mut(item)) {
                into.blank += t.blank;
                into.not_applicable += t.not_applicable;
                for (mine, theirs) in into.levels.iter_mut().zip(t.levels) {
                    *mine += theirs;
                }
                into.sum += t.sum;
                into.sum_squares += t.sum_squares;
            }
        }
        Count::Pair(first, second, t) => {
            let rank = |number: i16| edition.ratings().position(|(n, _)| i16::try_from(n) == Ok(number));
            let place = rank(*first).zip(rank(*second)).and_then(|(a, b)| pair_place(edition.ratings().count(), a, b));
            if let Some(into) = place.and_then(|at| tally.pairs.get_mut(at)) {
                into.both += t.both;
                into.both_second += t.both_second;
                into.both_first += t.both_first;
                into.satisfied_both += t.satisfied_both;
            }
        }
    }
}

/// Place of the pair of ranks `a < b` (from 0) among all pairs of `rated` items.
fn pair_place(rated: usize, a: usize, b: usize) -> Option<usize> {
    (a < b && b < rated).then(|| a * (2 * rated - a - 1) / 2 + b - a - 1)
}

/// `n_blank = cell.n_blank + excluded.n_blank, …`
pub(super) fn added(table: &str, columns: &[&str]) -> String {
    let sums: Vec<String> = columns.iter().map(|c| format!("{c} = {table}.{c} + excluded.{c}")).collect();
    sums.join(", ")
}

/// The values of an item's counts, in the order of the columns.
pub(super) fn item_values(item: i16, t: &ItemTally) -> [Value; 12] {
    let [n1, n2, n3, n4, n5, n6, n7] = t.levels;
    [
        item.into(),
        t.blank.into(),
        t.not_applicable.into(),
        n1.into(),
        n2.into(),
        n3.into(),
        n4.into(),
        n5.into(),
        n6.into(),
        n7.into(),
        t.sum.into(),
        t.sum_squares.into(),
    ]
}

/// The values of a pair's counts, in the order of the columns.
pub(super) fn pair_values(first: i16, second: i16, t: &PairTally) -> [Value; 6] {
    [first.into(), second.into(), t.both.into(), t.both_second.into(), t.both_first.into(), t.satisfied_both.into()]
}

/// The counts of an item that begin at a column.
pub(super) fn read_item(row: &Row<'_>, at: usize) -> Result<Count, DbErr> {
    let mut levels = [0; 7];
    for (offset, level) in levels.iter_mut().enumerate() {
        *level = row.get(at + 3 + offset)?;
    }
    Ok(Count::Item(
        row.get(at)?,
        ItemTally {
            blank: row.get(at + 1)?,
            not_applicable: row.get(at + 2)?,
            levels,
            sum: row.get(at + 10)?,
            sum_squares: row.get(at + 11)?,
        },
    ))
}

/// The counts of a pair that begin at a column.
pub(super) fn read_pair(row: &Row<'_>, at: usize) -> Result<Count, DbErr> {
    Ok(Count::Pair(
        row.get(at)?,
        row.get(at + 1)?,
        PairTally {
            both: row.get(at + 2)?,
            both_second: row.get(at + 3)?,
            both_first: row.get(at + 4)?,
            satisfied_both: row.get(at + 5)?,
        },
    ))
}

/// `CAST(SUM(n_blank) AS BIGINT), …` (PostgreSQL sums whole numbers into decimals).
pub(super) fn sums(columns: &[&str]) -> String {
    let sums: Vec<String> = columns.iter().map(|c| format!("CAST(SUM({c}) AS BIGINT)")).collect();
    sums.join(", ")
}

/// Joins the key of a row and its counts into one array of values.
pub(super) fn joined<const N: usize>(key: &[Value], counts: &[Value]) -> [Value; N] {
    let mut values = key.iter().chain(counts).cloned();
    std::array::from_fn(|_| values.next().unwrap_or(Value::BigInt(None)))
}

/// What counts say beside the answers as they came in. Cleaned counts are raw − excluded − moved out + moved in, always on
/// the answer's own day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Adjustment {
    /// As the answers came in.
    Raw,
    /// Excluded, as long as the exclusion holds.
    Excluded,
    /// Moved to another point.
    MovedOut,
    /// Moved here from another point.
    MovedIn,
}

impl Adjustment {
    /// The number under which it is stored.
    pub const fn code(self) -> i16 {
        match self {
            Self::Raw => 0,
            Self::Excluded => 1,
            Self::MovedOut => 2,
            Self::MovedIn => 3,
        }
    }
}

/// Adds counts to the cells of the day, in key order, so that nodes never wait for each other in a circle.
pub async fn add_to_cells(
    db: &impl ConnectionTrait,
    province: Province,
    cells: &BTreeMap<Series, Vec<Count>>,
) -> Result<(), DbErr> {
    adjust_cells(db, province, Adjustment::Raw, cells).await
}

/// Adds counts of one kind to the cells of their days, in key order.
pub async fn adjust_cells(
    db: &impl ConnectionTrait,
    province: Province,
    adjustment: Adjustment,
    cells: &BTreeMap<Series, Vec<Count>>,
) -> Result<(), DbErr> {
    let mut items: Vec<[Value; 21]> = Vec::new();
    let mut pairs: Vec<[Value; 15]> = Vec::new();
    for (series, counts) in cells {
        let key: [Value; 9] = [
            province.0.into(),
            series.day.0.into(),
            series.point.0.into(),
            series.deciding_unit.0.into(),
            series.edition.0.into(),
            series.level.code().into(),
            series.channel.code().into(),
            series.field.0.into(),
            adjustment.code().into(),
        ];
        for count in counts {
            match count {
                Count::Item(item, tally) => items.push(joined(&key, &item_values(*item, tally))),
                Count::Pair(a, b, tally) => pairs.push(joined(&key, &pair_values(*a, *b, tally))),
            }
        }
    }
    let key = ["p", "day", "point", "deciding_unit", "edition", "level", "channel", "field", "adj"];
    upsert(db, "cell", "cell_pair", &key, items, pairs).await
}

/// Adds counts to the subtotals of units.
pub async fn add_to_subtotals(
    db: &impl ConnectionTrait,
    province: Province,
    subtotals: &BTreeMap<UnitSeries, Vec<Count>>,
) -> Result<(), DbErr> {
    let mut items: Vec<[Value; 20]> = Vec::new();
    let mut pairs: Vec<[Value; 14]> = Vec::new();
    for (series, counts) in subtotals {
        let key: [Value; 8] = [
            province.0.into(),
            series.unit.0.into(),
            series.half.0.into(),
            series.edition.0.into(),
            series.level.code().into(),
            series.channel.code().into(),
            series.field.0.into(),
            0_i16.into(),
        ];
        for count in counts {
            match count {
                Count::Item(item, tally) => items.push(joined(&key, &item_values(*item, tally))),
                Count::Pair(a, b, tally) => pairs.push(joined(&key, &pair_values(*a, *b, tally))),
            }
        }
    }
    let key = ["p", "unit", "half", "edition", "level", "channel", "field", "adj"];
    upsert(db, "subtotal", "subtotal_pair", &key, items, pairs).await
}

/// Inserts counts or adds them to what is there.
pub(super) async fn upsert<const I: usize, const P: usize>(
    db: &impl ConnectionTrait,
    item_table: &str,
    pair_table: &str,
    key: &[&str],
    items: Vec<[Value; I]>,
    pairs: Vec<[Value; P]>,
) -> Result<(), DbErr> {
    let columns = |counts: &[&'static str]| -> Vec<String> {
        key.iter().chain(counts).map(|column| (*column).to_owned()).collect()
    };
    let item_tail = format!(
        "ON CONFLICT ({}, item) DO UPDATE SET {}",
        key.join(", "),
        added(item_table, ITEM_COLUMNS.get(1..).unwrap_or_default())
    );
    let pair_tail = format!(
        "ON CONFLICT ({}, item, item2) DO UPDATE SET {}",
        key.join(", "),
        added(pair_table, PAIR_COLUMNS.get(2..).unwrap_or_default())
    );
    let item_columns = columns(&ITEM_COLUMNS);
    let pair_columns = columns(&PAIR_COLUMNS);
    let item_names: [&str; I] = std::array::from_fn(|at| item_columns.get(at).map_or("", String::as_str));
    let pair_names: [&str; P] = std::array::from_fn(|at| pair_columns.get(at).map_or("", String::as_str));
    rows::insert(db, item_table, item_names, &item_tail, items).await?;
    rows::insert(db, pair_table, pair_names, &pair_tail, pairs).await
}

/// All raw cells of these days, in key order, open days included.
pub async fn cells(
    db: &impl ConnectionTrait,
    province: Province,
    from: Day,
    to: Day,
) -> Result<Vec<(Series, Count)>, DbErr> {
    let values = [province.0.into(), from.0.into(), to.0.into()];
    cells_of(db, "adj = 0", &values).await
}

/// The cells of one point on these days, of one kind, in key order, open days included.
pub async fn cells_of_point(
    db: &impl ConnectionTrait,
    province: Province,
    (point, adjustment): (PointId, Adjustment),
    from: Day,
    to: Day,
) -> Result<Vec<(Series, Count)>, DbErr> {
    let values = [province.0.into(), from.0.into(), to.0.into(), point.0.into(), adjustment.code().into()];
    cells_of(db, "point = $4 AND adj = $5", &values).await
}

async fn cells_of(db: &impl ConnectionTrait, which: &str, values: &[Value]) -> Result<Vec<(Series, Count)>, DbErr> {
    let key = "day, point, deciding_unit, edition, level, channel, field";
    let read_series = |row: &Row<'_>| -> Result<Series, DbErr> {
        Ok(Series {
            day: Day(row.get(0)?),
            point: PointId(row.get(1)?),
            deciding_unit: UnitId(row.get(2)?),
            edition: EditionNumber(row.get(3)?),
            level: level(row, 4)?,
            channel: channel(row, 5)?,
            field: FieldId(row.get(6)?),
        })
    };
    let of = format!("WHERE p = $1 AND day BETWEEN $2 AND $3 AND {which}");
    let sql = format!("SELECT {key}, {} FROM cell {of} ORDER BY {key}, item", ITEM_COLUMNS.join(", "));
    let mut found = all(db, sql, values.iter().cloned(), |row| Ok((read_series(row)?, read_item(row, 7)?))).await?;
    let sql = format!("SELECT {key}, {} FROM cell_pair {of} ORDER BY {key}, item, item2", PAIR_COLUMNS.join(", "));
    found.extend(all(db, sql, values.iter().cloned(), |row| Ok((read_series(row)?, read_pair(row, 7)?))).await?);
    Ok(found)
}

/// Counts of forms and items, without pairs, of raw cells by day: of all deciding units, channels and fields together. In key
/// order: point, edition, level, day.
pub async fn items_by_day(
    db: &impl ConnectionTrait,
    province: Province,
    from: Day,
    to: Day,
) -> Result<Vec<((PointId, EditionNumber, Level, Day), Count)>, DbErr> {
    let key = "point, edition, level, day";
    let sql = format!(
        "SELECT {key}, item, {} FROM cell WHERE p = $1 AND day BETWEEN $2 AND $3 AND adj = 0 AND item >= 0
         GROUP BY {key}, item ORDER BY {key}, item",
        sums(ITEM_COLUMNS.get(1..).unwrap_or_default())
    );
    all(db, sql, [province.0.into(), from.0.into(), to.0.into()], |row| {
        let stream = (PointId(row.get(0)?), EditionNumber(row.get(1)?), level(row, 2)?, Day(row.get(3)?));
        Ok((stream, read_item(row, 4)?))
    })
    .await
}

/// Forms of a unit that came with a ticket in these half-months, as far as they are sealed.
pub async fn tickets_spent(
    db: &impl ConnectionTrait,
    province: Province,
    unit: UnitId,
    (from, to): (Half, Half),
) -> Result<i64, DbErr> {
    let sql = "SELECT CAST(COALESCE(SUM(n1 + n_blank), 0) AS BIGINT) FROM subtotal
               WHERE p = $1 AND unit = $2 AND half BETWEEN $3 AND $4 AND channel = $5 AND adj = 0 AND item = 0";
    let values =
        [province.0.into(), unit.0.into(), from.0.into(), to.0.into(), crate::words::Channel::Slip.code().into()];
    Ok(one(db, sql, values, |row| row.get(0)).await?.unwrap_or(0))
}

/// Sums of a unit's subtotals over whole half-months, by edition, level, channel and field.
pub async fn subtotals(
    db: &impl ConnectionTrait,
    province: Province,
    unit: UnitId,
    from: Half,
    to: Half,
) -> Result<Vec<(UnitSeries, Count)>, DbErr> {
    let key = "edition, level, channel, field";
    let read_series = |row: &Row<'_>| -> Result<UnitSeries, DbErr> {
        Ok(UnitSeries {
            unit,
            half: from,
            edition: EditionNumber(row.get(0)?),
            level: level(row, 1)?,
            channel: channel(row, 2)?,
            field: FieldId(row.get(3)?),
        })
    };
    let values = || -> [Value; 4] { [province.0.into(), unit.0.into(), from.0.into(), to.0.into()] };
    let of = "WHERE p = $1 AND unit = $2 AND half BETWEEN $3 AND $4 AND adj = 0";
    let sql = format!(
        "SELECT {key}, item, {} FROM subtotal {of} GROUP BY {key}, item ORDER BY {key}, item",
        sums(ITEM_COLUMNS.get(1..).unwrap_or_default())
    );
    let mut found = all(db, sql, values(), |row| Ok((read_series(row)?, read_item(row, 4)?))).await?;
    let sql = format!(
        "SELECT {key}, item, item2, {} FROM subtotal_pair {of} GROUP BY {key}, item, item2 ORDER BY {key}, item, item2",
        sums(PAIR_COLUMNS.get(2..).unwrap_or_default())
    );
    found.extend(all(db, sql, values(), |row| Ok((read_series(row)?, read_pair(row, 4)?))).await?);
    Ok(found)
}

/// Days with an answer to one of these editions, ascending, open days included.
pub async fn days_of(
    db: &impl ConnectionTrait,
    province: Province,
    (from, to): (Day, Day),
    editions: &[EditionNumber],
) -> Result<Vec<Day>, DbErr> {
    let marks: Vec<String> = (0..editions.len()).map(|at| format!("${}", at + 4)).collect();
    let sql = format!(
        "SELECT DISTINCT day FROM cell WHERE p = $1 AND day BETWEEN $2 AND $3 AND item = 0 AND edition IN ({}) ORDER BY day",
        marks.join(", ")
    );
    let values = [province.0.into(), from.0.into(), to.0.into()];
    let values = values.into_iter().chain(editions.iter().map(|edition| Value::from(edition.0)));
    all(db, sql, values, |row| row.get(0).map(Day)).await
}

/// Days of the first and the last stored answer, open days included; `None` while there is none.
pub async fn days(db: &impl ConnectionTrait, province: Province) -> Result<Option<(Day, Day)>, DbErr> {
    let end = |order: &str| format!("SELECT day FROM cell WHERE p = $1 ORDER BY p {order}, day {order} LIMIT 1");
    let first = rows::one(db, end("ASC"), [province.0.into()], |row| row.get(0)).await?;
    let last = rows::one(db, end("DESC"), [province.0.into()], |row| row.get(0)).await?;
    Ok(first.zip(last).map(|(first, last)| (Day(first), Day(last))))
}
