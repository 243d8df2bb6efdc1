//! Single acts of whoever administers the machine, with every guard taken away: an answer edited, removed, put in, exchanged,
//! moved; a batch, a node, a checkpoint, a key, a count changed; everything rolled back. The verifier finds each of them and
//! says where, and is silent when nothing was done.
//!
//! `TAMPER_ACTS` says how many acts there are on each database (500 without it).

use std::collections::BTreeMap;

use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend};
use thuocdo::audit::rotation;
use thuocdo::audit::verify::Report;
use thuocdo::record::{Keys, Leaf, Receipt, Secret};
use thuocdo::store::Dump;
use thuocdo::store::schema::{self, Datum, Table};
use thuocdo::words::{Day, Moment};

use super::{FIRST, bytes, drop_guards};
use crate::world::{World, databases};

const TABLES: [&str; 11] = [
    "response",
    "response_open",
    "comment",
    "comment_open",
    "batch",
    "batch_late",
    "tree_node",
    "checkpoint",
    "record_key",
    "cell",
    "cell_pair",
];

struct Rows {
    table: Table,
    rows: Vec<Vec<Datum>>,
}

/// A record with everything: several days, late answers, comments, an open day, a key that was turned.
async fn furnish(world: &mut World) {
    let edition = world.with_town().await;
    let mut serial = 0;
    for offset in 0..5 {
        world.answers(&edition, &mut serial, FIRST.plus(offset), 60).await;
        if offset == 3 {
            world.answers(&edition, &mut serial, FIRST.plus(1), 9).await;
        }
        world.signs(FIRST.plus(offset)).await;
        if offset == 2 {
            let new = Secret::new([77; 32]);
            rotation::turn(&world.db, &world.keys, world.province, &new, false, Moment::now()).await.unwrap();
            world.keys = Keys { checkpoint: vec![new], ..world.keys.clone() };
        }
    }
    world.answers(&edition, &mut serial, FIRST.plus(5), 20).await;
}

async fn read(world: &World) -> BTreeMap<&'static str, Rows> {
    let dump = Dump::begin(&world.db).await.unwrap();
    let mut all = BTreeMap::new();
    let tables = schema::tables().unwrap();
    for name in TABLES {
        let table = tables.iter().find(|table| table.name == name).unwrap().clone();
        let rows = dump.page(&table, None, 100_000).await.unwrap();
        assert!(!rows.is_empty(), "{name}");
        all.insert(name, Rows { table, rows });
    }
    dump.end().await.unwrap();
    all
}

fn literal(backend: DbBackend, datum: &Datum) -> String {
    match datum {
        Datum::Null => "NULL".to_owned(),
        Datum::Number(number) => number.to_string(),
        Datum::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Datum::Bytes(value) => bytes(backend, value),
        other => panic!("no column of the record holds {other:?}"),
    }
}

impl Rows {
    fn column(&self, name: &str) -> usize {
        self.table.columns.iter().position(|column| column.name == name).unwrap()
    }

    fn of_key(&self, backend: DbBackend, row: &[Datum]) -> String {
        let part = |at: &usize| format!("{} = {}", self.table.columns[*at].name, literal(backend, &row[*at]));
        self.table.key.iter().map(part).collect::<Vec<_>>().join(" AND ")
    }

    fn insert(&self, backend: DbBackend, row: &[Datum]) -> String {
        let values: Vec<String> = row.iter().map(|datum| literal(backend, datum)).collect();
        let names: Vec<&str> = self.table.columns.iter().map(|column| column.name.as_str()).collect();
        format!("INSERT INTO {} ({}) VALUES ({})", self.table.name, names.join(", "), values.join(", "))
    }

    fn number(&self, row: &[Datum], column: &str) -> i64 {
        match &row[self.column(column)] {
            Datum::Number(number) => *number,
            other => panic!("{column} is {other:?}"),
        }
    }

    /// What has to be named when this row is touched; each of them is enough.
    fn places(&self, row: &[Datum]) -> Vec<String> {
        let day = || Day(i32::try_from(self.number(row, "day")).unwrap()).iso();
        let code = || match &row[self.column("leaf")] {
            Datum::Bytes(leaf) => match leaf.as_slice().try_into() {
                Ok(leaf) => Receipt::of(Day(i32::try_from(self.number(row, "day")).unwrap()), &Leaf(leaf)).to_string(),
                Err(_length) => thuocdo::record::hex(&leaf[..4]),
            },
            other => panic!("a leaf is {other:?}"),
        };
        match self.table.name.as_str() {
            "response" | "response_open" | "comment" | "comment_open" => vec![code()],
            "batch" => vec![format!("batch {}", self.number(row, "number"))],
            "batch_late" => vec![code(), format!("batch {} of {}", self.number(row, "number"), day())],
            "tree_node" => vec![format!("level {} number {}", self.number(row, "level"), self.number(row, "idx"))],
            "checkpoint" => {
                vec![format!("size {}", self.number(row, "size")), format!("over {}", self.number(row, "size"))]
            }
            "record_key" => vec![format!("key {}", self.number(row, "id"))],
            _ => vec![format!("{} point {}", day(), self.number(row, "point"))],
        }
    }
}

/// A value that is another one.
fn other(random: &mut ChaCha8Rng, datum: &Datum, kind: schema::Kind) -> Datum {
    match datum {
        Datum::Null if kind == schema::Kind::Bytes => Datum::Bytes(vec![7; 32]),
        Datum::Null if kind == schema::Kind::Text => Datum::Text("khác".to_owned()),
        Datum::Null => Datum::Number(1),
        Datum::Number(number) => Datum::Number(number + [-1, 1, 2, 7][random.random_range(0..4)]),
        Datum::Text(text) => {
            let mut letters: Vec<char> = text.chars().collect();
            let at = random.random_range(0..=letters.len());
            if random.random_bool(0.5) || letters.is_empty() {
                letters.insert(at, 'x');
            } else {
                letters.remove(at.min(letters.len() - 1));
            }
            Datum::Text(letters.into_iter().collect())
        }
        Datum::Bytes(value) => {
            let mut value = value.clone();
            match random.random_range(0..6) {
                0 => value.push(0),
                1 => drop(value.pop()),
                _ if value.is_empty() => value.push(1),
                _ => {
                    let at = random.random_range(0..value.len());
                    value[at] ^= 1 << random.random_range(0..8);
                }
            }
            Datum::Bytes(value)
        }
        other => panic!("no column of the record holds {other:?}"),
    }
}

struct Act {
    table: &'static str,
    kind: String,
    sql: Vec<String>,
    /// Any of these has to be named.
    places: Vec<String>,
}

fn act(random: &mut ChaCha8Rng, backend: DbBackend, all: &BTreeMap<&'static str, Rows>) -> Act {
    let table = *TABLES.choose(random).unwrap();
    let of = &all[table];
    let row = of.rows.choose(random).unwrap();
    let is_leaf = ["response", "response_open", "comment", "comment_open", "batch_late"].contains(&table);
    // A row that is gone, or moved, cannot be named by itself: its day and batch can, its comment and its counts.
    let mut wider = of.places(row);
    if is_leaf || table.starts_with("cell") || table == "batch" {
        wider.push(Day(i32::try_from(of.number(row, "day")).unwrap()).iso());
    }
    let key = of.of_key(backend, row);
    match random.random_range(0..10) {
        0..=4 => {
            let at = random.random_range(0..of.table.columns.len());
            let column = &of.table.columns[at];
            let value = other(random, &row[at], column.kind);
            let mut places = of.places(row);
            if of.table.key.contains(&at) {
                let mut moved = row.clone();
                moved[at] = value.clone();
                places = [wider, of.places(&moved)].concat();
            }
            let sql = format!("UPDATE {table} SET {} = {} WHERE {key}", column.name, literal(backend, &value));
            Act { table, kind: format!("edit {table}"), sql: vec![sql], places }
        }
        5 | 6 => Act {
            table,
            kind: format!("delete {table}"),
            sql: vec![format!("DELETE FROM {table} WHERE {key}")],
            places: wider,
        },
        7 | 8 => {
            let mut new = row.clone();
            let at = of.table.key[of.table.key.len() - 1];
            new[at] = match &row[at] {
                Datum::Bytes(_) => Datum::Bytes((0..32).map(|_| random.random()).collect()),
                Datum::Number(number) => Datum::Number(number + random.random_range(1..5_000)),
                other => panic!("a key holds {other:?}"),
            };
            let places = [of.places(&new), if is_leaf { Vec::new() } else { wider }].concat();
            Act { table, kind: format!("insert {table}"), sql: vec![of.insert(backend, &new)], places }
        }
        _ => {
            // Two rows exchange a value; where they have the same one, another column is tried by the next act.
            let other = of.rows.choose(random).unwrap();
            let free: Vec<usize> =
                (0..row.len()).filter(|at| !of.table.key.contains(at) && row[*at] != other[*at]).collect();
            let Some(at) = free.choose(random) else {
                return act(random, backend, all);
            };
            let name = &of.table.columns[*at].name;
            let set = |row: &[Datum], value: &Datum| {
                format!("UPDATE {table} SET {name} = {} WHERE {}", literal(backend, value), of.of_key(backend, row))
            };
            let sql = vec![set(row, &other[*at]), set(other, &row[*at])];
            let places = [of.places(row), of.places(other)].concat();
            Act { table, kind: format!("exchange {table}"), sql, places }
        }
    }
}

fn is_located(report: &Report, places: &[String]) -> bool {
    let told = report.faults.iter().map(ToString::to_string);
    told.into_iter().any(|fault| places.iter().any(|place| fault.contains(place.as_str())))
}

async fn run(owner: &DatabaseConnection, statements: &[String]) -> Result<(), sea_orm::DbErr> {
    for statement in statements {
        owner.execute_unprepared(statement).await?;
    }
    Ok(())
}

async fn repair(owner: &DatabaseConnection, table: &str) {
    let back = [format!("DELETE FROM {table}"), format!("INSERT INTO {table} SELECT * FROM keep_{table}")];
    run(owner, &back).await.unwrap();
}

fn acts() -> usize {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test has no settings; how long it runs is said by whoever runs it"
    )]
    let asked = std::env::var("TAMPER_ACTS");
    asked.ok().and_then(|asked| asked.parse().ok()).unwrap_or(500)
}

#[tokio::test]
async fn each_single_act_of_tampering_is_found_and_located() {
    for mut world in databases().await {
        furnish(&mut world).await;
        let all = read(&world).await;
        let mut options = ConnectOptions::new(&world.url);
        options.max_connections(1);
        let owner = sea_orm::Database::connect(options).await.unwrap();
        let backend = owner.get_database_backend();
        drop_guards(&owner).await;
        if backend == DbBackend::Sqlite {
            owner.execute_unprepared("PRAGMA synchronous = OFF").await.unwrap();
        }
        for table in TABLES {
            owner.execute_unprepared(&format!("CREATE TABLE keep_{table} AS SELECT * FROM {table}")).await.unwrap();
        }
        world.is_whole().await;
        let mut random = ChaCha8Rng::seed_from_u64(6_962);
        let (mut done, mut found, mut located, mut alarms) = (0, 0, 0, 0);
        let mut kinds = BTreeMap::<String, usize>::new();
        let began = std::time::Instant::now();
        while done < acts() {
            let act = act(&mut random, backend, &all);
            if run(&owner, &act.sql).await.is_err() {
                // The table itself refuses it, as a second row with the same key.
                repair(&owner, act.table).await;
                continue;
            }
            done += 1;
            *kinds.entry(act.kind.clone()).or_default() += 1;
            let report = world.checked(None).await;
            found += usize::from(!report.is_good());
            let is_located = is_located(&report, &act.places);
            located += usize::from(is_located);
            if !is_located {
                let told: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
                println!("{} {:?} is to be told at {:?}: {told:?}", act.kind, act.sql, act.places);
            }
            repair(&owner, act.table).await;
            if done % 25 == 0 {
                alarms += world.checked(None).await.faults.len();
            }
        }
        let seconds = began.elapsed().as_secs_f64();
        println!("{backend:?}: {done} acts in {seconds:.0} s, {found} found, {located} located, {alarms} false alarms");
        println!("{kinds:?}");
        assert_eq!((found, located, alarms), (done, done, 0));
        owner.close().await.unwrap();
        world.close().await;
    }
}
