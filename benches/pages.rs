//! How long the pages and the index take with 100,000 and with 1,000,000 stored answers.
//!
//! `cargo bench --bench pages`, or with other numbers: `cargo bench --bench pages -- 20000`.

mod program;

use std::fmt::Write as _;
use std::time::Instant;

use anyhow::Context;
use program::load::{drive, get};
use program::{Home, median, say};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thuocdo::app::{self, Data, Prepared};
use thuocdo::collect::storing::store;
use thuocdo::collect::{Submission, seal};
use thuocdo::config::Settings;
use thuocdo::questionnaire::Answer;
use thuocdo::record::FormKey;
use thuocdo::registry::Snapshot;
use thuocdo::store::Opening;
use thuocdo::words::{Channel, Day, FieldId, Helper, Level, LevelReason, Moment, PointId, ProcedureId, UnitId};

const SIZES: [u64; 2] = [100_000, 1_000_000];
const UNITS: u64 = 300;
const POINTS: u64 = 900;
const DAYS: i32 = 365;
/// Answers stored with one statement each.
const CHUNK: u64 = 8_192;
const STARTS: usize = 5;
const WARM: usize = 40;
const PATHS: [&str; 10] = [
    "/",
    "/don-vi/P",
    "/don-vi/X7",
    "/don-vi/P?lang=en",
    "/don-vi/P/tieu-chi.csv",
    "/don-vi",
    "/don-vi?tim=xa%207",
    "/phuong-phap",
    "/quyen-rieng-tu",
    "/bien-nhan",
];
/// Milliseconds a warm page may take: up to a million answers, and beyond.
const BAR: (u64, u64) = (20, 50);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let asked: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    for size in sizes {
        measure(size).await?;
    }
    Ok(())
}

async fn measure(size: u64) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("while making a folder")?;
    let database = format!("sqlite://{}", folder.path().join("thuocdo.db").display());
    let home = Home { folder: folder.path(), database: &database };
    fill(&home, size).await?;
    say(&format!("{size} answers, {UNITS} units, {POINTS} points, {DAYS} days; milliseconds, median"))?;
    let bar = if size <= 1_000_000 { BAR.0 } else { BAR.1 };
    for path in PATHS {
        let (mut cold, mut warm) = (Vec::new(), Vec::new());
        let (mut used, mut rates) = (Vec::new(), Vec::new());
        for _ in 0..STARTS {
            let server = home.serve()?;
            cold.extend(drive(server.address, 1, &[get(path)], 200, false).await?.latencies);
            let before = server.processor_seconds()?;
            let again = drive(server.address, 1, &vec![get(path); WARM], 200, false).await?;
            used.push((server.processor_seconds()? - before) * 1_000.0 / again.count());
            rates.push(again.count() / again.seconds);
            warm.extend(again.latencies);
        }
        let (used, rate) = (median(&mut used), median(&mut rates));
        say(&format!(
            "  {path:<24} cold {:>7.1}   warm {:>6.1} (bar: {bar}), of the processor {used:.1}; {rate:.0} a second",
            median(&mut cold),
            median(&mut warm)
        ))?;
    }
    for unit in ["P", "X7"] {
        let mut took = Vec::new();
        for _ in 0..STARTS {
            let asked = ["index", "--measure", "counter", "--unit", unit, "--format", "json"];
            took.push(home.run(&asked)?.1.as_secs_f64() * 1_000.0);
        }
        say(&format!("  thuocdo index, unit {unit:<4} {:>12.1} (bar: 300)", median(&mut took)))?;
    }
    Ok(())
}

/// Fills a new database with answers of the year that ended yesterday, and seals it.
async fn fill(home: &Home<'_>, size: u64) -> anyhow::Result<()> {
    let began = Instant::now();
    let mut units = String::from("code,name,kind,parent\nP,Tỉnh,province,\n");
    let mut points = String::from("code,unit,name,kind,questionnaire,officers\n");
    for unit in 1..UNITS {
        writeln!(units, "X{unit},Xã {unit},commune,P").context("while writing a line")?;
    }
    for point in 0..POINTS {
        writeln!(points, "Q{point},X{},Quầy {point},counter,counter,2", 1 + point % (UNITS - 1)).context("a line")?;
    }
    for (name, text) in [("units", units), ("points", points)] {
        let file = home.folder.join(name);
        std::fs::write(&file, text).context("while writing a file")?;
        home.run(&["import", name, &file.display().to_string()])?;
    }
    let keys = home.folder.join("thuocdo.keys");
    let settings = Settings { database: home.database.to_owned(), keys: Some(keys), ..Settings::default() };
    let prepared = app::prepare(&settings, Opening::Existing, Data::Real).await?;
    let today = Moment::now().day();
    store_all(&prepared, size, today).await?;
    let stored = began.elapsed();
    let sealed = seal::seal(&prepared.db, prepared.province, today.plus(-1), today).await?;
    prepared.db.close().await.context("while closing the database")?;
    let (stored, all) = (stored.as_secs_f64(), began.elapsed().as_secs_f64());
    say(&format!("filled in {all:.0} s (storing {stored:.0} s): {} answers, {} blocks", sealed.answers, sealed.blocks))
}

async fn store_all(prepared: &Prepared, size: u64, today: Day) -> anyhow::Result<()> {
    let snapshot = Snapshot::load(&prepared.db, prepared.province).await?;
    let edition = snapshot.editions.in_force("counter", today).context("no counter edition")?.clone();
    let points: Vec<PointId> = snapshot.directory.points().into_iter().map(|(point, _)| point.point).collect();
    let mut random = ChaCha8Rng::seed_from_u64(size);
    let submission = |random: &mut ChaCha8Rng, serial: u64, day: Day| {
        let is_open = random.random_bool(0.5);
        let mut answers: Vec<Answer> = (0..5)
            .map(|_| if random.random_bool(0.1) { Answer::Blank } else { Answer::Level(random.random_range(2..=5)) })
            .collect();
        answers.push(Answer::Number(random.random_range(0..60)));
        Submission {
            key: FormKey::of_import(&prepared.keys, &serial.to_be_bytes(), day),
            day: Some(day),
            edition: edition.clone(),
            point: points.get(random.random_range(0..points.len())).copied().unwrap_or(PointId(1)),
            deciding_unit: UnitId::NONE,
            procedure: ProcedureId::NONE,
            field: FieldId::NONE,
            channel: if is_open { Channel::CounterQr } else { Channel::Paper },
            level: if is_open { Level::D } else { Level::B },
            reason: LevelReason::None,
            ticket: None,
            helper: Helper::None,
            answers,
            comment: None,
        }
    };
    let days = u64::try_from(DAYS).unwrap_or(1);
    let tx = prepared.db.begin().await.context("while taking the turn to write")?;
    let mut serial = 0;
    while serial < size {
        let end = (serial + CHUNK).min(size);
        // In order of time, as answers come: the first day first.
        let day = |serial: u64| today.plus(i32::try_from(serial * days / size).unwrap_or(0) - DAYS);
        let chunk: Vec<Submission> = (serial..end).map(|serial| submission(&mut random, serial, day(serial))).collect();
        store(&tx, prepared.province, &prepared.keys, today, &chunk).await.context("while storing answers")?;
        serial = end;
    }
    tx.commit().await.context("while committing")
}
