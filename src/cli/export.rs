//! `thuocdo export`: answers as a file, under the same rules as in the office.

use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use clap::{Args, Subcommand, ValueEnum};

use super::{read_day, say};
use crate::config::Settings;
use crate::export::{Asked, Format, Meant, Order, Plan, Progress, choose, editions_of, export, period_of};
use crate::registry::{By, Snapshot};
use crate::store::{Database, staff_log};
use crate::text::Both;
use crate::text::office::exports::refused;
use crate::words::{Day, Level, Measure, Moment, Period, UnitId};

/// What is exported.
#[derive(Debug, Subcommand)]
pub(super) enum ExportAct {
    /// Sealed answers that count in the figures: as many rows as the pages say there are answers
    ///
    /// Comments, days, points, procedures, receipts and sensitive questions are in no file. The staff log gets a line.
    #[command(
        after_help = "Examples:\n  thuocdo export responses --unit MH.P01 --from 2026-06-15 --to 2026-09-14 --format xlsx -o p01.xlsx\n  thuocdo export responses --unit MH --from 2026-01-01 --to 2026-12-31 --edition counter-1 --level B --format csv -o b.csv"
    )]
    Responses(ResponsesArgs),
}

/// Which answers, and how.
#[derive(Debug, Args)]
pub(super) struct ResponsesArgs {
    /// Code of the unit, with everything below it
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// First day: the 1st or the 15th of a month
    #[arg(long, value_name = "DAY", value_parser = read_day)]
    from: Day,
    /// Last day: the 14th or the last of a month
    #[arg(long, value_name = "DAY", value_parser = read_day)]
    to: Day,
    /// Measure, where the period has questionnaires of several: counter, province, sipas, …
    #[arg(long, value_name = "M", value_parser = |word: &str| Measure::parse(word))]
    measure: Option<Measure>,
    /// Questionnaire with its version, as counter-1
    #[arg(long, value_name = "CODE-VERSION", conflicts_with = "measure")]
    edition: Option<String>,
    /// One level of trust alone: A, B, C or D
    #[arg(long, value_name = "LEVEL", value_parser = |word: &str| Level::parse(word))]
    level: Option<Level>,
    /// Form of the file
    #[arg(long, value_enum)]
    format: FileFormat,
    /// The file to write; it must not be there yet
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Form of a file.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FileFormat {
    Xlsx,
    Csv,
    Sav,
    Json,
}

impl FileFormat {
    const fn format(self) -> Format {
        match self {
            Self::Xlsx => Format::Xlsx,
            Self::Csv => Format::Csv,
            Self::Sav => Format::Sav,
            Self::Json => Format::Json,
        }
    }
}

/// `thuocdo export responses`.
pub(super) async fn responses(settings: &Settings, args: ResponsesArgs) -> anyhow::Result<()> {
    let period = period_of(args.from, args.to).map_err(|refusal| told(&refusal))?;
    let (prepared, snapshot) = super::data::existing(settings).await?;
    let unit = snapshot.directory.unit_by_code(&args.unit);
    let unit = unit.ok_or_else(|| told(&Both::of(|lang| refused::no_unit(lang, &args.unit))))?;
    let plan = plan(&prepared.db, &snapshot, (unit, period), &args).await?;
    let began = Instant::now();
    let (rows, bytes) = write(&prepared.db, &snapshot, plan, &args).await?;
    let (file, seconds) = (args.output.display(), began.elapsed().as_secs_f64());
    say(format!("{file}: {rows} answers, {bytes} bytes, in {seconds:.1} s\n").as_bytes())?;
    Ok(prepared.db.close().await?)
}

fn told(refusal: &Both) -> anyhow::Error {
    anyhow!("{refusal}")
}

async fn plan(
    db: &Database,
    snapshot: &Snapshot,
    (unit, period): (UnitId, Period),
    args: &ResponsesArgs,
) -> anyhow::Result<Plan> {
    let found = editions_of(db.reader(), snapshot, unit, period, args.level).await?;
    let meant = match (&args.edition, args.measure) {
        (Some(name), _) => Meant::Named(name),
        (None, Some(measure)) => Meant::Of(measure),
        (None, None) => Meant::Only,
    };
    let edition = choose(snapshot, &found, meant).map_err(|refusal| told(&refusal))?;
    Plan::make(db.reader(), snapshot, Asked { unit, period, edition, level: args.level }).await
}

/// Writes the file after the line in the staff log; how many rows and bytes it has.
async fn write(db: &Database, snapshot: &Snapshot, plan: Plan, args: &ResponsesArgs) -> anyhow::Result<(u64, u64)> {
    let (rows, format, now) = (plan.rows, args.format.format(), Moment::now());
    let partial = Partial::create(&args.output)?;
    let tx = db.begin().await.context("while taking the turn to write")?;
    let line = plan.log_line(&snapshot.directory, format.word());
    let by = By::CommandLine.actor();
    staff_log::append(&tx, snapshot.province, now, by, "export responses", &line).await?;
    tx.commit().await.context("while committing")?;
    let folder = args.output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let order = Order { snapshot, plan, format, made: now.day(), folder };
    let watched = Watched::begin();
    let written = export(db, order, partial.file.try_clone()?, &watched.progress).await;
    watched.end();
    let file = written.with_context(|| format!("{} was not written", args.output.display()))?;
    file.sync_all().with_context(|| format!("cannot write {}", args.output.display()))?;
    let bytes = file.metadata()?.len();
    partial.keep();
    Ok((rows, bytes))
}

/// A file that is removed again unless it became whole.
struct Partial {
    file: File,
    path: Option<PathBuf>,
}

impl Partial {
    fn create(path: &Path) -> anyhow::Result<Self> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self { file, path: Some(path.to_path_buf()) })
    }

    fn keep(mut self) {
        self.path = None;
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // Half a file must not be taken for a whole one; the error names it.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Progress that is shown on a terminal, and nowhere else.
struct Watched {
    progress: Arc<Progress>,
    task: Option<tokio::task::JoinHandle<()>>,
}

impl Watched {
    fn begin() -> Self {
        let progress = Arc::new(Progress::default());
        let task = std::io::stderr().is_terminal().then(|| tokio::spawn(show(Arc::clone(&progress))));
        Self { progress, task }
    }

    fn end(self) {
        if let Some(task) = self.task {
            task.abort();
            // If standard error is gone nobody watches.
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

async fn show(progress: Arc<Progress>) {
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let _ = write!(std::io::stderr(), "\r\x1b[K{}", progress.line());
    }
}
