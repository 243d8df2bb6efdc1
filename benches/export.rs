//! How long files of answers take, and how much memory: 100,000 answers to a questionnaire of more than 30 items.
//!
//! `cargo bench --bench export`; `-- --rows 20000` makes it smaller. Every format is written by a process of its own, five times;
//! the median is judged, and the growth of its memory over what it held before, in the first round, where nothing is kept yet.

mod bars;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use bars::{Bars, number, say};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thuocdo::app::{self, Data, Prepared};
use thuocdo::collect::storing::store;
use thuocdo::collect::{Submission, seal};
use thuocdo::config::Settings;
use thuocdo::export::{Asked, Format, Order, Plan, Progress, export};
use thuocdo::questionnaire::{Answer, Edition, Item};
use thuocdo::record::FormKey;
use thuocdo::registry::import::{Kind, Mode, Run, Source};
use thuocdo::registry::{By, InstalledEdition, Snapshot};
use thuocdo::store::Opening;
use thuocdo::words::{Channel, Day, FieldId, Helper, Level, LevelReason, PointId, ProcedureId, UnitId};

const ROWS: u64 = 100_000;
const UNITS: u64 = 10;
/// Answers stored with one statement each.
const CHUNK: u64 = 4_096;
const ROUNDS: usize = 5;
const QUESTIONNAIRE: &str = "sipas_policy_service";
/// Seconds that each format may take.
const SECONDS: [(Format, f64); 4] = [(Format::Csv, 2.0), (Format::Xlsx, 10.0), (Format::Sav, 5.0), (Format::Json, 5.0)];
/// MiB by which the memory may grow.
const GROWTH: f64 = 50.0;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let words: Vec<String> = std::env::args().collect();
    if let [_, part, folder, word] = words.as_slice()
        && part == "--part"
    {
        let format = Format::parse(word).context("a format")?;
        return measure(Path::new(folder), format).await.map(|()| ExitCode::SUCCESS);
    }
    let rows = number("--rows", ROWS)?;
    let folder = tempfile::tempdir().context("while making a folder")?;
    let began = Instant::now();
    fill(folder.path(), rows).await?;
    say(&format!(
        "{rows} answers to {QUESTIONNAIRE} in {UNITS} units, filled in {:.0} s",
        began.elapsed().as_secs_f64()
    ))?;
    let mut bars = Bars::default();
    for (format, most) in SECONDS {
        one_format(folder.path(), format, most, &mut bars)?;
    }
    bars.end()
}

fn one_format(folder: &Path, format: Format, most: f64, bars: &mut Bars) -> anyhow::Result<()> {
    let word = format.word();
    let this = std::env::current_exe().context("while looking for this program")?;
    let ended = Command::new(this).arg("--part").arg(folder).arg(word).output().context("while starting a part")?;
    let told = String::from_utf8_lossy(&ended.stdout).into_owned();
    let numbers: Vec<f64> = told.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    let [seconds, growth, megabytes, columns] = numbers.as_slice() else {
        anyhow::bail!("{word}: {told} {}", String::from_utf8_lossy(&ended.stderr));
    };
    let time = bars.judge(&format!("{word}: {seconds:.2} s, bar {most}"), *seconds <= most);
    let memory = bars.judge(&format!("{word}: {growth:.1} MiB, bar {GROWTH}"), *growth <= GROWTH);
    say(&format!(
        "  {word}: {seconds:.2} s (bar: {most}) {time}; memory grows by {growth:.1} MiB (bar: {GROWTH}) {memory}; \
         {megabytes:.1} MB, {columns:.0} columns"
    ))
}

/// Writes the file five times: median seconds, growth of the memory in MiB, length in MB, columns.
async fn measure(folder: &Path, format: Format) -> anyhow::Result<()> {
    let prepared = prepare(folder, Opening::Existing).await?;
    let snapshot = Snapshot::load(&prepared.db, prepared.province).await?;
    let edition = edition_of(&snapshot)?;
    let unit = snapshot.directory.unit_by_code("P").context("no province")?;
    let (from, to) = (first_day().half().first(), last_day().half().last());
    let period = thuocdo::words::Period::new(from, to).context("a period")?;
    let asked = Asked { unit, period, edition: edition.number, level: None };
    // Whatever the first question to the database costs is not the file's.
    Plan::make(prepared.db.reader(), &snapshot, asked).await?;
    let before = memory("VmRSS")?;
    let (mut seconds, mut growth, mut length) = (Vec::new(), 0.0, 0);
    for round in 0..ROUNDS {
        let path: PathBuf = folder.join(format!("answers.{}", format.word()));
        let began = Instant::now();
        let plan = Plan::make(prepared.db.reader(), &snapshot, asked).await?;
        let order = Order { snapshot: &snapshot, plan, format, made: to, folder };
        let file = fs::File::create(&path).context("while making a file")?;
        export(&prepared.db, order, file, &Arc::new(Progress::default())).await?;
        seconds.push(began.elapsed().as_secs_f64());
        if round == 0 {
            growth = memory("VmHWM")? - before;
        }
        length = fs::metadata(&path).context("while looking at the file")?.len();
        fs::remove_file(&path).context("while removing the file")?;
    }
    seconds.sort_by(f64::total_cmp);
    let median = seconds.get(ROUNDS / 2).copied().context("a median")?;
    let columns = edition.edition.items().len();
    let megabytes = f64::from(u32::try_from(length).unwrap_or(u32::MAX)) / 1e6;
    say(&format!("{median} {growth} {megabytes} {columns}"))?;
    prepared.db.close().await.context("while closing the database")
}

/// What the system says of this process, in MiB.
fn memory(name: &str) -> anyhow::Result<f64> {
    let status = fs::read_to_string("/proc/self/status").context("while asking for the memory")?;
    let line = status.lines().find(|line| line.starts_with(name)).context("no such line")?;
    let kilobytes: f64 = line.split_whitespace().nth(1).context("no number")?.parse().context("a number")?;
    Ok(kilobytes / 1024.0)
}

async fn prepare(folder: &Path, opening: Opening) -> anyhow::Result<Prepared> {
    let database = format!("sqlite://{}", folder.join("thuocdo.db").display());
    let settings = Settings { database, keys: Some(folder.join("thuocdo.keys")), ..Settings::default() };
    app::prepare(&settings, opening, Data::Real).await
}

fn edition_of(snapshot: &Snapshot) -> anyhow::Result<Arc<InstalledEdition>> {
    Ok(snapshot.editions.in_force(QUESTIONNAIRE, last_day()).context("no such questionnaire")?.clone())
}

fn first_day() -> Day {
    Day::of(2026, 1, 1).unwrap_or(Day(0))
}

fn last_day() -> Day {
    Day::of(2026, 6, 30).unwrap_or(Day(0))
}

/// A province with answers of half a year, sealed.
async fn fill(folder: &Path, rows: u64) -> anyhow::Result<()> {
    let prepared = prepare(folder, Opening::Create).await?;
    let units: Vec<String> = (1..=UNITS).map(|unit| format!("X{unit},Xã {unit},commune,P\n")).collect();
    let points: Vec<String> =
        (1..=UNITS).map(|unit| format!("Q{unit},X{unit},Quầy {unit},counter,{QUESTIONNAIRE},,2\n")).collect();
    let units = format!("code,name,kind,parent\nP,Tỉnh,province,\n{}", units.concat());
    let points = format!("code,unit,name,kind,questionnaire,field,officers\n{}", points.concat());
    let today = last_day().plus(1);
    for (kind, text) in [(Kind::Units, units), (Kind::Points, points)] {
        let source = Source { name: "file", bytes: text.as_bytes() };
        let run = Run { today: first_day(), mode: Mode::Write, by: By::CommandLine };
        thuocdo::collect::import::import(&prepared.db, &prepared.keys, prepared.province, kind, &source, run).await?;
    }
    let snapshot = Snapshot::load(&prepared.db, prepared.province).await?;
    let edition = edition_of(&snapshot)?;
    let mut random = ChaCha8Rng::seed_from_u64(rows);
    let days = u64::try_from(last_day().0 - first_day().0 + 1)?;
    let tx = prepared.db.begin().await.context("while taking the turn to write")?;
    let mut serial = 0;
    while serial < rows {
        let end = (serial + CHUNK).min(rows);
        let day = |serial: u64| first_day().plus(i32::try_from(serial * days / rows).unwrap_or(0));
        let chunk: Vec<Submission> =
            (serial..end).map(|serial| submission(&prepared, &edition, &mut random, serial, day(serial))).collect();
        store(&tx, prepared.province, &prepared.keys, today, &chunk).await.context("while storing answers")?;
        serial = end;
    }
    tx.commit().await.context("while committing")?;
    seal::seal(&prepared.db, prepared.province, last_day(), today).await?;
    prepared.db.close().await.context("while closing the database")
}

fn submission(
    prepared: &Prepared,
    edition: &Arc<InstalledEdition>,
    random: &mut ChaCha8Rng,
    serial: u64,
    day: Day,
) -> Submission {
    Submission {
        key: FormKey::of_import(&prepared.keys, &serial.to_be_bytes(), day),
        day: Some(day),
        edition: edition.clone(),
        point: PointId(1 + i32::try_from(serial % UNITS).unwrap_or(0)),
        deciding_unit: UnitId::NONE,
        procedure: ProcedureId::NONE,
        field: FieldId::NONE,
        channel: Channel::Interviewer,
        level: if random.random_bool(0.5) { Level::A } else { Level::D },
        reason: LevelReason::None,
        ticket: None,
        helper: Helper::None,
        answers: sheet(&edition.edition, random),
        comment: None,
    }
}

/// Any answers.
fn sheet(edition: &Edition, random: &mut ChaCha8Rng) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (at, item) in edition.items().iter().enumerate().filter(|(_, item)| !item.is_comment()) {
        if !edition.is_asked(at, &answers) {
            answers.push(Answer::NotAsked);
            continue;
        }
        answers.push(match item {
            _ if random.random_bool(0.1) => Answer::Blank,
            Item::Rating(rating) => {
                Answer::Level(random.random_range(1..=u8::try_from(rating.scale.levels.len()).unwrap_or(1)))
            }
            Item::Choice(choice) if choice.several => Answer::Choices(random.random_range(1..=3)),
            Item::Choice(choice) => {
                Answer::Choice(random.random_range(1..=u8::try_from(choice.options.len()).unwrap_or(1)))
            }
            _ => Answer::Blank,
        });
    }
    answers
}
