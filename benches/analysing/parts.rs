//! One measurement in a process of its own, and what it prints.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::Context;
use thuocdo::analysis::{Loaded, Progress};
use thuocdo::index::{ShownShare, Verdict, judge_survey};
use thuocdo::statistics::design::{Design, LonelyRule, Plan, StagePlan};
use thuocdo::statistics::survey::{
    Answers, DesignShare, Domains, IntervalMethod, Level, Measure, Rules, Statistic, Variance, estimate,
};
use thuocdo::statistics::{Confidence, Share};

use super::file::{ITEMS, NOT_APPLICABLE, Row, Survey};
use crate::bars::say;

/// The mark on the command line of a process that measures.
const MARK: &str = "--part";

/// A measurement.
#[derive(Debug)]
pub(crate) struct Part {
    name: String,
    folder: PathBuf,
}

impl Part {
    /// What this process was started for; `None` if it is the one that starts the others.
    pub(crate) fn of_this_process() -> anyhow::Result<Option<Self>> {
        let mut words = std::env::args().skip_while(|word| word != MARK).skip(1);
        let Some(name) = words.next() else { return Ok(None) };
        let folder = words.next().context("a folder is needed")?.into();
        Ok(Some(Self { name, folder }))
    }
}

/// What a measurement printed.
#[derive(Debug)]
pub(crate) struct Measured(HashMap<String, f64>);

impl Measured {
    pub(crate) fn of(&self, name: &str) -> anyhow::Result<f64> {
        self.0.get(name).copied().with_context(|| format!("nothing was measured of {name}"))
    }
}

/// Measures in a new process.
pub(crate) fn measure(part: &str, folder: &Path) -> anyhow::Result<Measured> {
    let program = std::env::current_exe().context("this program is not found")?;
    let output = Command::new(program).args([MARK, part]).arg(folder).output().context("while starting a part")?;
    anyhow::ensure!(output.status.success(), "{part}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).context("while reading a part")?;
    let pairs = text.lines().filter_map(|line| line.split_once(' '));
    Ok(Measured(pairs.filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?))).collect()))
}

/// Measures in this process and prints what came out.
pub(crate) fn run(part: &Part) -> anyhow::Result<()> {
    let data = part.folder.join("data.csv");
    let (before, began) = (processor_ms()?, Instant::now());
    match part.name.as_str() {
        "visit" => visit(&data)?,
        "whole" => whole(&part.folder.join("design.toml"), &data)?,
        name => whole(&part.folder.join(format!("{name}.toml")), &data)?,
    }
    told("ms", began)?;
    say(&format!("used {}", processor_ms()? - before))?;
    say(&format!("memory {}", peak_memory()?))
}

fn told(name: &str, began: Instant) -> anyhow::Result<()> {
    say(&format!("{name} {}", 1_000.0 * began.elapsed().as_secs_f64()))
}

/// Every record by the `csv` crate, and nothing done with them.
fn visit(data: &Path) -> anyhow::Result<()> {
    let mut reader = csv::ReaderBuilder::new().from_path(data)?;
    let (mut record, mut bytes) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record)? {
        bytes += record.as_slice().len();
    }
    anyhow::ensure!(bytes > 0, "the file is empty");
    Ok(())
}

fn whole(design: &Path, data: &Path) -> anyhow::Result<()> {
    let (progress, began) = (Progress::default(), Instant::now());
    let loaded = Loaded::read(design, data, &progress)?;
    told("reading", began)?;
    let began = Instant::now();
    let report = loaded.compute(&progress)?;
    told("computing", began)?;
    std::hint::black_box(&report);
    // The report is not taken apart: a process ends faster without.
    std::mem::forget(report);
    Ok(())
}

/// Levels of the codes of every item.
fn levels(names: &[Vec<String>]) -> Vec<Vec<Level>> {
    let level = |name: &String| Level {
        answered: !name.is_empty() && *name != NOT_APPLICABLE.to_string(),
        value: name.parse().ok(),
        satisfied: name == "4" || name == "5",
    };
    names.iter().map(|names| names.iter().map(level).collect()).collect()
}

fn measures() -> Vec<Measure> {
    let items: Vec<usize> = (0..ITEMS as usize).collect();
    items.iter().map(|item| Measure::item(*item)).chain([Measure::mean_of(&items)]).collect()
}

fn design(weights: Vec<f64>, stage: StagePlan) -> anyhow::Result<Design> {
    let plan = Plan { weights, stages: vec![stage], nest: false, lonely: LonelyRule::Fail };
    Design::new(plan).map_err(|errors| anyhow::anyhow!("the design is refused: {errors:?}"))
}

/// Intervals and two verdicts of every estimate; how many are publishable.
fn verdicts(found: &[thuocdo::statistics::survey::Estimate]) -> anyhow::Result<usize> {
    let targets: Vec<Share> = [0.85, 0.90].into_iter().filter_map(Share::new).collect();
    let mut publishable = 0;
    for found in found {
        let (share, variance) = found.estimate.zip(found.variance).context("no share or no variance")?;
        let share = DesignShare { share, variance, rows: found.rows, df: found.df() };
        let decision = Rules::NCHS_2017.decide(&share);
        let (method, confidence) = (IntervalMethod::KornGraubardNchs, Confidence::P95);
        let shown = ShownShare { share, method, confidence, interval: decision.interval, shown: decision.shows() };
        for target in &targets {
            publishable += usize::from(judge_survey(&shown, *target) != Verdict::NotPublishable);
        }
    }
    Ok(publishable)
}

/// Milliseconds of one unit's page of figures, many times: from a design in memory, and with the design built anew.
pub(crate) fn dashboard(seed: u64) -> anyhow::Result<(Vec<f64>, Vec<f64>)> {
    const ROUNDS: usize = 101;
    let mut survey = Survey::new(seed);
    let rows: Vec<Row> = (0..5_000).map(|row| survey.person(row % 10)).collect();
    let names: Vec<String> =
        (0..=NOT_APPLICABLE).map(|code| if code == 0 { String::new() } else { code.to_string() }).collect();
    let codes: Vec<u8> = rows.iter().flat_map(|row| row.answers).collect();
    let weights: Vec<f64> = rows.iter().map(|row| row.weight).collect();
    let stage = StagePlan {
        strata: Some(rows.iter().map(|row| row.stratum).collect()),
        units: Some(rows.iter().map(|row| row.cluster).collect()),
        population: None,
    };
    let levels = levels(&vec![names; ITEMS as usize]);
    let answers = Answers::new(codes, levels)?.with_missing(0);
    let measures = measures();
    let figures = |design: &Design, answers: &Answers| {
        let variance = Variance::Linearised(None);
        let found = estimate(design, answers, Statistic::Share, &measures, &Domains::whole(), variance);
        verdicts(&found)
    };
    let (mut prepared, mut fresh) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let (built, order) = design(weights.clone(), stage.clone())?.into_sorted();
        let sorted = answers.reordered(&order);
        let ready = Instant::now();
        anyhow::ensure!(figures(&built, &sorted)? > 0, "nothing is publishable");
        prepared.push(1_000.0 * ready.elapsed().as_secs_f64());
        fresh.push(1_000.0 * began.elapsed().as_secs_f64());
    }
    Ok((prepared, fresh))
}

/// Processor time of this process so far.
fn processor_ms() -> anyhow::Result<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").context("processor times are read under Linux only")?;
    // The name of the process, which may hold spaces, ends with a bracket; times are counted in hundredths.
    let after = text.rsplit(')').next().unwrap_or_default();
    let ticks: Vec<f64> = after.split_whitespace().skip(11).take(2).filter_map(|word| word.parse().ok()).collect();
    Ok(10.0 * ticks.iter().sum::<f64>())
}

/// Peak of the memory of this process, MiB.
fn peak_memory() -> anyhow::Result<f64> {
    let text = std::fs::read_to_string("/proc/self/status").context("memory is read under Linux only")?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:")).context("no peak of memory")?;
    let kib: f64 = line.split_whitespace().nth(1).context("no peak of memory")?.parse()?;
    Ok(kib / 1024.0)
}
