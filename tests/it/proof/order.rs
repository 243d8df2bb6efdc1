//! Sealed answers hold no order of arrival: not in a column, not in the order of the rows, not in the file.
//!
//! Seen failing on PostgreSQL with the cells left as the open day had written them; the statistic is shown to find the order
//! of the open day there, and of planted orders in the module `chance`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{DbBackend, QueryResult};
use thuocdo::collect::storing::Outcome;
use thuocdo::collect::{Submission, seal};
use thuocdo::record::Ticket;
use thuocdo::words::{Channel, Day, FieldId, Level, PointId, TicketStage, UnitId};

use super::chance::{BOUND, neighbours_by_chance, rank_score};
use super::{Draws, POINTS, query};
use crate::world::{World, databases};

const DAYS: i32 = 20;
/// Answers of a day; `ORDER_A_DAY` names another number.
const A_DAY: u64 = 150;
const FIRST: Day = Day(20_508);

fn a_day() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; whoever runs it names the number")]
    std::env::var("ORDER_A_DAY").map_or(A_DAY, |number| number.parse().unwrap())
}

/// How the answers of a day reach the database.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Storing {
    OneByOne,
    Batched,
}

/// The order in which answers came, by the first 60 bits of the leaf: all that the test knows of it is the receipts.
struct Arrival {
    by_leaf: BTreeMap<[u8; 32], (Day, usize)>,
    /// The tickets that were spent.
    by_ticket: HashMap<Vec<u8>, (Day, usize)>,
    /// The answer of every cell series that only one answer of its day has.
    alone: HashMap<Vec<i64>, (Day, usize)>,
}

impl Arrival {
    fn of(&self, leaf: &[u8]) -> (Day, usize) {
        let leaf: [u8; 32] = leaf.try_into().unwrap();
        let (_, place) = self.by_leaf.range(..=leaf).next_back().unwrap();
        *place
    }
}

/// Stores twenty days and seals each when it has ended.
async fn fill(world: &World, storing: Storing) -> Arrival {
    let edition = world.with_town().await;
    let mut draws = Draws::of(41);
    let mut arrival = Arrival { by_leaf: BTreeMap::new(), by_ticket: HashMap::new(), alone: HashMap::new() };
    for day in (0..DAYS).map(|day| FIRST.plus(day)) {
        let forms: Vec<Submission> = (0..a_day())
            .map(|at| {
                let mut form = world.form(&edition, u64::try_from(day.0).unwrap() * 100_000 + at, day);
                form.point = PointId(draws.pick(&POINTS).0);
                form.deciding_unit = UnitId(draws.pick(&[0, 2, 3, 5]));
                form.field = FieldId(draws.pick(&[0, 1, 2]));
                form.channel = draws.pick(&[Channel::CounterQr, Channel::Paper, Channel::Kiosk]);
                form.level = draws.pick(&[Level::B, Level::D]);
                form.ticket = (form.level == Level::B).then(|| {
                    let dossier = format!("{}-{at}", day.0);
                    Ticket::of(&world.keys, world.province, &dossier, TicketStage::Result).hash()
                });
                form.answers = draws.sheet();
                form.comment = (draws.below(3) == 0).then(|| format!("Góp ý {}", draws.below(9)));
                form
            })
            .collect();
        let mut seen: HashMap<Vec<i64>, usize> = HashMap::new();
        let mut rest = forms.as_slice();
        let mut at = 0;
        while !rest.is_empty() {
            let size = if storing == Storing::OneByOne { 1 } else { usize::try_from(draws.below(30)).unwrap() + 1 };
            let (batch, later) = rest.split_at(size.min(rest.len()));
            for (form, outcome) in batch.iter().zip(world.stores(day, batch).await) {
                let Outcome::Stored(receipt) = outcome else { panic!("{outcome:?}") };
                arrival.by_leaf.insert(receipt.leaf_range().0.0, (day, at));
                arrival.by_ticket.extend(form.ticket.map(|ticket| (ticket.0.to_vec(), (day, at))));
                let series = series(form, day);
                *seen.entry(series.clone()).or_default() += 1;
                arrival.alone.insert(series, (day, at));
                at += 1;
            }
            rest = later;
        }
        arrival.alone.retain(|series, _| seen.get(series).is_none_or(|n| *n == 1));
        if day == FIRST && storing == Storing::OneByOne && is_postgres(world) {
            open_day_shows_its_order_to_the_owner(world, &arrival).await;
        }
        seal::seal(&world.db, world.province, day, day.plus(1)).await.unwrap();
        if let Some(file) = world.db.file() {
            let log = file.with_extension("db-wal");
            assert_eq!(std::fs::metadata(&log).map_or(0, |log| log.len()), 0, "the log is emptied with the day");
        }
    }
    arrival
}

fn series(form: &Submission, day: Day) -> Vec<i64> {
    let codes = [form.level.code(), form.channel.code(), form.field.0].map(i64::from);
    [day.0, form.point.0, form.deciding_unit.0].map(i64::from).into_iter().chain(codes).collect()
}

fn is_postgres(world: &World) -> bool {
    world.db.reader().get_database_backend() == DbBackend::Postgres
}

/// The statistic finds what is there: before the day is sealed, PostgreSQL's file holds the order, for the owner.
async fn open_day_shows_its_order_to_the_owner(world: &World, arrival: &Arrival) {
    let owner = sea_orm::Database::connect(&world.url).await.unwrap();
    let rows = query(&owner, "SELECT leaf FROM response_open ORDER BY ctid").await;
    owner.close().await.unwrap();
    let days = by_day(rows.iter().enumerate().map(|(at, row)| (at, arrival.of(&bytes(row, 0)))));
    assert!(rank_score(&days) > 10.0);
    assert!(neighbours_by_chance(&stored(days)) < 1e-6);
}

fn bytes(row: &QueryResult, at: usize) -> Vec<u8> {
    row.try_get_by_index(at).unwrap()
}

/// Values and places of arrival, day by day.
fn by_day<T>(rows: impl Iterator<Item = (T, (Day, usize))>) -> Vec<(Vec<T>, Vec<usize>)> {
    let mut days: BTreeMap<Day, (Vec<T>, Vec<usize>)> = BTreeMap::new();
    for (value, (day, at)) in rows {
        let (values, places) = days.entry(day).or_default();
        values.push(value);
        places.push(at);
    }
    days.into_values().collect()
}

/// Places of arrival in the order of the values; equal values stay as they came from the database.
fn stored<T: Ord>(days: Vec<(Vec<T>, Vec<usize>)>) -> Vec<Vec<usize>> {
    days.into_iter()
        .map(|(values, places)| {
            let mut pairs: Vec<_> = values.into_iter().zip(places).collect();
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            pairs.into_iter().map(|(_, at)| at).collect()
        })
        .collect()
}

fn assert_no_order<T: Ord>(what: &str, days: Vec<(Vec<T>, Vec<usize>)>) {
    let score = rank_score(&days);
    assert!(score.abs() < BOUND, "{what}: rank correlation {score:.2} of a normal that chance keeps below {BOUND}");
    let p = neighbours_by_chance(&stored(days));
    assert!(p > 0.001, "{what}: so many neighbours in common happen by chance with p = {p}");
}

/// A value of any column, so that it can be ranked and compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Absent,
    Number(i64),
    Bytes(Vec<u8>),
}

fn value(row: &QueryResult, column: &str) -> Value {
    let number = || row.try_get_by::<Option<i16>, _>(column).map(|n| n.map(i64::from));
    let wide = || row.try_get_by::<Option<i32>, _>(column).map(|n| n.map(i64::from));
    let text = || row.try_get_by::<Option<String>, _>(column).map(|text| text.map(String::into_bytes));
    if let Ok(found) = number().or_else(|_| wide()) {
        return found.map_or(Value::Absent, Value::Number);
    }
    let found = row.try_get_by::<Option<Vec<u8>>, _>(column).or_else(|_| text()).unwrap();
    found.map_or(Value::Absent, Value::Bytes)
}

/// Values of every column of a table, as the program reads them, rows in the order the database gives them.
async fn columns(world: &World, table: &str) -> BTreeMap<String, Vec<Value>> {
    let rows = query(world.db.reader(), &format!("SELECT * FROM {table}")).await;
    let names = rows[0].column_names();
    names.into_iter().map(|name| (name.clone(), rows.iter().map(|row| value(row, &name)).collect())).collect()
}

async fn check(storing: Storing) {
    for world in databases().await {
        let arrival = fill(&world, storing).await;
        for open in ["response_open", "comment_open", "ticket_spent_open"] {
            assert_eq!(world.rows(open).await, 0, "{open}");
        }
        let mut tables = BTreeMap::new();
        for table in ["response", "comment", "idempotency", "ticket_spent"] {
            tables.insert(table, columns(&world, table).await);
        }
        assert_eq!(
            tables["response"]["leaf"].len(),
            usize::try_from(DAYS).unwrap() * usize::try_from(a_day()).unwrap()
        );
        for table in ["response", "comment"] {
            let places: Vec<(Day, usize)> = tables[table]["leaf"]
                .iter()
                .map(|leaf| if let Value::Bytes(leaf) = leaf { arrival.of(leaf) } else { panic!("{leaf:?}") })
                .collect();
            assert_no_order(&format!("{table}, as it is read"), by_day((0..).zip(places.iter().copied())));
            for (column, values) in &tables[table] {
                let days = by_day(values.iter().zip(places.iter().copied()));
                assert_no_order(&format!("{table}.{column}"), days);
            }
        }
        let cases = query(world.db.reader(), "SELECT leaf FROM complaint").await;
        assert!(cases.len() > 100, "{} cases", cases.len());
        let places = cases.iter().enumerate().map(|(at, row)| (at, arrival.of(&bytes(row, 0))));
        assert_no_order("complaint, as it is read", by_day(places));
        let spent = &tables["ticket_spent"]["hash"];
        assert_eq!(spent.len(), arrival.by_ticket.len());
        let of =
            |hash: &Value| if let Value::Bytes(hash) = hash { arrival.by_ticket[hash] } else { panic!("{hash:?}") };
        assert_no_order("ticket_spent, as it is read", by_day((0..).zip(spent.iter().map(of))));
        assert_no_order("ticket_spent.hash", by_day(spent.iter().zip(spent.iter().map(of))));
        nothing_joins_but_the_key(&tables);
        cells_hold_no_order(&world, &arrival).await;
        if is_postgres(&world) {
            not_even_for_the_owner(&world, &arrival).await;
        } else {
            not_even_in_the_file(&world, &arrival, &tables).await;
        }
        world.close().await;
    }
}

/// Answer and comment have their key in common, answer and form key not even that.
fn nothing_joins_but_the_key(tables: &BTreeMap<&str, BTreeMap<String, Vec<Value>>>) {
    let of_bytes = |table: &str| -> Vec<(String, BTreeSet<Value>)> {
        let columns = tables[table].iter().map(|(name, values)| {
            let own = values.iter().filter(|value| matches!(value, Value::Bytes(_))).cloned().collect();
            (format!("{table}.{name}"), own)
        });
        columns.filter(|(_, values): &(String, BTreeSet<Value>)| !values.is_empty()).collect()
    };
    let all: Vec<_> = ["response", "comment", "idempotency", "ticket_spent"].into_iter().flat_map(of_bytes).collect();
    let mut shared = Vec::new();
    for (at, (first, values)) in all.iter().enumerate() {
        for (second, others) in &all[at + 1..] {
            if !values.is_disjoint(others) {
                shared.push((first.as_str(), second.as_str()));
            }
        }
    }
    assert_eq!(shared, [("response.leaf", "comment.leaf")]);
    let names = |table: &str| tables[table].keys().cloned().collect::<BTreeSet<_>>();
    let common: Vec<String> = names("idempotency").intersection(&names("response")).cloned().collect();
    assert_eq!(common, ["p"]);
    let common: Vec<String> = names("ticket_spent").intersection(&names("response")).cloned().collect();
    assert_eq!(
        (common.as_slice(), names("ticket_spent").len()),
        (&["p".to_owned()][..], 2),
        "province and hash, and no day"
    );
    assert_eq!(names("idempotency").len(), 4, "province, day of opening, hash, day of storing and no more");
}

/// A cell that counts one answer stands where it stands for another reason than when that answer came.
async fn cells_hold_no_order(world: &World, arrival: &Arrival) {
    let sql = "SELECT day, point, deciding_unit, level, channel, field FROM cell WHERE item + 0 = 0";
    let rows = query(world.db.reader(), sql).await;
    let places = rows.iter().enumerate().filter_map(|(at, row)| {
        let names = ["day", "point", "deciding_unit", "level", "channel", "field"];
        let series: Vec<i64> = names
            .into_iter()
            .map(|name| if let Value::Number(n) = value(row, name) { n } else { panic!("{name}") })
            .collect();
        Some((at, *arrival.alone.get(&series)?))
    });
    let days = by_day(places);
    assert!(days.iter().map(|(at, _)| at.len()).sum::<usize>() > 500, "enough cells of one answer to see an order");
    assert_no_order("cell, as it is read", days);
}

/// The sealed rows of a day were written in key order in one transaction.
async fn not_even_for_the_owner(world: &World, arrival: &Arrival) {
    let owner = sea_orm::Database::connect(&world.url).await.unwrap();
    for table in ["response", "comment", "complaint"] {
        let rows = query(&owner, &format!("SELECT leaf FROM {table} ORDER BY ctid")).await;
        let places = rows.iter().enumerate().map(|(at, row)| (at, arrival.of(&bytes(row, 0))));
        assert_no_order(&format!("{table}, as it lies in the file"), by_day(places));
        let sql = format!("SELECT CAST(COUNT(DISTINCT xmin::text) AS INTEGER) FROM {table} GROUP BY day");
        let days: Vec<i32> = query(&owner, &sql).await.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert_eq!(days, [1; 20], "{table}");
    }
    let rows = query(&owner, "SELECT hash FROM ticket_spent ORDER BY ctid").await;
    let places = rows.iter().enumerate().map(|(at, row)| (at, arrival.by_ticket[&bytes(row, 0)]));
    assert_no_order("ticket_spent, as it lies in the file", by_day(places));
    owner.close().await.unwrap();
}

/// Every copy of a leaf in the file is in an order that chance could have made.
async fn not_even_in_the_file(world: &World, arrival: &Arrival, tables: &BTreeMap<&str, BTreeMap<String, Vec<Value>>>) {
    let file = world.db.file().unwrap().to_owned();
    world.db.clone().close().await.unwrap();
    let log = std::fs::metadata(file.with_extension("db-wal")).map_or(0, |log| log.len());
    assert_eq!(log, 0, "nothing is left in the log");
    let content = std::fs::read(&file).unwrap();
    let leaves: HashMap<&[u8], &[u8]> = tables["response"]["leaf"]
        .iter()
        .map(|leaf| if let Value::Bytes(leaf) = leaf { (&leaf[..8], &leaf[..]) } else { panic!("{leaf:?}") })
        .collect();
    let mut first_bytes = vec![false; 65_536];
    for leaf in leaves.keys() {
        first_bytes[usize::from(leaf[0]) * 256 + usize::from(leaf[1])] = true;
    }
    let mut copies: Vec<(usize, &[u8])> = Vec::new();
    for (at, window) in content.windows(32).enumerate() {
        if first_bytes[usize::from(window[0]) * 256 + usize::from(window[1])]
            && let Some(leaf) = leaves.get(&window[..8])
            && *leaf == window
        {
            copies.push((at, leaf));
        }
    }
    let (answers, comments) = (tables["response"]["leaf"].len(), tables["comment"]["leaf"].len());
    assert!(copies.len() >= answers + comments);
    println!("{} copies of {} leaves in the file", copies.len(), answers + comments);
    assert_no_order("leaves in the file", by_day(copies.iter().map(|(at, leaf)| (*at, arrival.of(leaf)))));
}

#[tokio::test]
async fn answers_stored_one_by_one_hold_no_order_once_sealed() {
    check(Storing::OneByOne).await;
}

#[tokio::test]
async fn answers_stored_in_batches_hold_no_order_once_sealed() {
    check(Storing::Batched).await;
}
