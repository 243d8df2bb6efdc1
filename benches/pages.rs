//! How long the pages and the index take with 100,000 and with 1,000,000 stored answers.
//!
//! `cargo bench --bench pages`, or with other numbers: `cargo bench --bench pages -- 20000`.

mod filling;
mod program;

use anyhow::Context;
use filling::{Fill, POINTS, UNITS, fill};
use program::load::{drive, get};
use program::{Home, median, say};

const SIZES: [u64; 2] = [100_000, 1_000_000];
const DAYS: i32 = 365;
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
    fill(&home, Fill { size, days: DAYS, fields: 0 }).await?;
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
