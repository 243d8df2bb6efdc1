//! The analysis: columns become a design and answers, and these become estimates.
#![expect(clippy::indexing_slicing, reason = "columns are looked up by names that were checked when they were read")]

mod answers;
mod calibration;
mod design;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::design_file::{CompositePlan, DesignFile, LevelName};
use super::problems::Problems;
use super::progress::Progress;
use super::reader::{self, Data, Names, Wanted};
use super::report::{Card, DifferenceLine, EstimateLine, MeasureKind, Report};
use crate::statistics::Confidence;
use crate::statistics::design::Design;
use crate::statistics::survey::{
    Answers, Calibration, CalibrationMethod, Domains, Measure, Replicates, Statistic, Variance, contrast, estimate,
};

/// More domains in one set are refused.
const MOST_DOMAINS: usize = 100_000;

/// Runs the analysis of a design file on a data file.
pub fn analyse(design_file: &Path, data_file: &Path, progress: &Progress) -> Result<Report, Problems> {
    Loaded::read(design_file, data_file, progress)?.compute(progress)
}

/// A design file and the columns it names.
#[derive(Debug)]
pub struct Loaded {
    file: DesignFile,
    data: Data,
    /// Where the files of totals lie.
    folder: PathBuf,
    design_sha256: String,
    data_file: PathBuf,
}

impl Loaded {
    /// Reads both files.
    pub fn read(design_file: &Path, data_file: &Path, progress: &Progress) -> Result<Self, Problems> {
        let text = read_text(design_file)?;
        let file = DesignFile::parse(&text)?;
        let data = reader::read(data_file, &wanted(&file), progress)?;
        Ok(Self {
            file,
            data,
            folder: design_file.parent().unwrap_or(Path::new("")).to_path_buf(),
            design_sha256: super::hex(&crate::record::sha256(&[text.as_bytes()])),
            data_file: data_file.to_path_buf(),
        })
    }

    /// Checks what needs the data, and computes everything.
    pub fn compute(self, progress: &Progress) -> Result<Report, Problems> {
        std::thread::scope(|scope| {
            let hash = scope.spawn(|| super::hash_of(&self.data_file));
            let mut report = computed(&self.file, self.data, &self.folder, progress)?;
            report.card.design_sha256 = self.design_sha256;
            report.card.data_sha256 = hash.join().ok().flatten();
            Ok(report)
        })
    }
}

fn computed(file: &DesignFile, data: Data, folder: &Path, progress: &Progress) -> Result<Report, Problems> {
    let mut analysis = Analysis::new(file, data);
    // Everything that is wrong is told together, whatever part of the files it is in.
    let mut problems = analysis.empty_names();
    let named = problems.is_empty();
    problems.extend(analysis.unknown_values());
    let answers = kept(analysis.answers(), &mut problems);
    let calibration = kept(analysis.calibration(folder), &mut problems);
    // A design needs a name for every row, and the weights that a calibration makes.
    let design = calibration
        .as_ref()
        .filter(|_| named)
        .and_then(|calibration| kept(analysis.design(calibration.as_ref()), &mut problems));
    let replicates = design.as_ref().and_then(|design| kept(analysis.replicates(design), &mut problems));
    let (Some(answers), Some(calibration), Some(design), Some(replicates)) = (answers, calibration, design, replicates)
    else {
        return Err(problems);
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    // From here on nothing is told by the number of a row. Replicates and calibrations keep the order of the file.
    let (design, answers) = match (&calibration, &replicates) {
        (None, None) => analysis.sorted(design, &answers),
        _ => (design, answers),
    };
    analysis.report(&design, &answers, calibration.as_ref(), replicates.as_ref(), progress)
}

/// The value of one step, or its problems with those of the others.
fn kept<T>(step: Result<T, Problems>, problems: &mut Problems) -> Option<T> {
    step.map_err(|more| problems.extend(more)).ok()
}

fn read_text(path: &Path) -> Result<String, Problems> {
    let mut problems = Problems::default();
    let size = std::fs::metadata(path).map_or(0, |data| data.len());
    if size > 16 * 1024 * 1024 {
        problems.add(format!("{} has {size} bytes: that is no design file", path.display()));
        return Err(problems);
    }
    std::fs::read(path)
        .map_err(|error| error.to_string())
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_not_utf8| "it is not UTF-8".to_owned()))
        .map_err(|error| {
            problems.add(format!("cannot read {}: {error}", path.display()));
            problems
        })
}

fn wanted(file: &DesignFile) -> Wanted {
    let mut names: Vec<String> = Vec::new();
    let margins = file.calibration.iter().flat_map(|plan| plan.margins.iter().flat_map(|(columns, _)| columns));
    let sampling = &file.sampling;
    let columns = sampling.strata.iter().chain(&sampling.ids).chain(file.by.iter().flatten()).chain(margins);
    for column in columns.chain(file.differences.iter().map(|difference| &difference.by)) {
        if !names.contains(column) {
            names.push(column.clone());
        }
    }
    let replicates = sampling.replicates.iter().flat_map(|plan| plan.columns.iter());
    Wanted {
        weights: sampling.weights.clone(),
        numbers: sampling.fpc.iter().chain(replicates).cloned().collect(),
        names,
        items: file.items.clone(),
    }
}

/// One set of domains: the partition, and the values of each domain.
struct Set {
    columns: Vec<String>,
    domains: Domains,
    values: Vec<Vec<String>>,
}

struct Analysis<'a> {
    file: &'a DesignFile,
    data: Data,
    columns: Vec<String>,
    warnings: Vec<String>,
    /// Levels that are answers and not satisfied.
    not_satisfied: Vec<String>,
}

impl<'a> Analysis<'a> {
    fn new(file: &'a DesignFile, data: Data) -> Self {
        let mut warnings = Vec::new();
        if data.not_available > 0 {
            warnings.push(format!("{} cells “NA” were read as empty", data.not_available));
        }
        let mut analysis = Self { file, data, columns: wanted(file).names, warnings, not_satisfied: Vec::new() };
        if file.sampling.weights.is_none() {
            analysis.data.weights = vec![1.0; analysis.data.rows];
            if !file.sampling.fpc.is_empty() {
                analysis.warnings.push("no weights are named: every row weighs the same".to_owned());
            }
        }
        analysis
    }

    /// Rows without a stratum or a sampling unit.
    fn empty_names(&self) -> Problems {
        let mut problems = Problems::default();
        let sampling = &self.file.sampling;
        for (what, columns) in [("stratum", &sampling.strata), ("sampling unit", &sampling.ids)] {
            for column in columns {
                let names = self.names(column);
                let empty = |row: &usize| names.of_row[*row] == Names::EMPTY;
                for row in (0..self.data.rows).filter(empty).take(1000) {
                    problems.add(format!("data row {}: the {what} ({column}) is empty, or “NA”", row + 1));
                }
            }
        }
        problems
    }

    /// Values of differences that the data do not have.
    fn unknown_values(&self) -> Problems {
        let mut problems = Problems::default();
        for difference in &self.file.differences {
            let names = self.names(&difference.by);
            for level in difference.of.iter().filter(|level| !names.names.iter().any(|name| level.is(name))) {
                problems.add(format!("[report] differences: {} has no value “{level}” in the data", difference.by));
            }
        }
        problems
    }

    fn names(&self, column: &str) -> &Names {
        let place = self.columns.iter().position(|known| known == column).unwrap_or(0);
        &self.data.names[place]
    }

    // ---- domains ----------------------------------------------------------------------------------------------------

    fn set(&self, columns: &[String]) -> Result<Set, Problems> {
        let names: Vec<&Names> = columns.iter().map(|column| self.names(column)).collect();
        let domains = match names.as_slice() {
            // One column: its names are the domains already.
            [only] => Some((only.of_row.clone(), only.names.iter().map(|name| vec![name.clone()]).collect::<Vec<_>>())),
            _ => None,
        };
        let (of_row, values) = domains.unwrap_or_else(|| crossed(&names, self.data.rows));
        if values.len() > MOST_DOMAINS {
            let mut problems = Problems::default();
            let columns = columns.join(" × ");
            problems
                .add(format!("[answers] by {columns}: {} domains; at most {MOST_DOMAINS} are reported", values.len()));
            return Err(problems);
        }
        Ok(Set { columns: columns.to_vec(), domains: Domains { number: values.len(), of_row }, values })
    }

    // ---- the report -------------------------------------------------------------------------------------------------

    fn measures(&self) -> Vec<(String, MeasureKind, Measure)> {
        let file = self.file;
        let mut measures: Vec<(String, MeasureKind, Measure)> = file
            .items
            .iter()
            .enumerate()
            .map(|(item, name)| (name.clone(), MeasureKind::Item(item), Measure::item(item)))
            .collect();
        for (name, items) in &file.factors {
            measures.push((name.clone(), MeasureKind::Composite, Measure::mean_of(items)));
        }
        let all: Vec<usize> = (0..file.items.len()).collect();
        let composite = match &file.composite {
            None => return measures,
            Some(CompositePlan::MeanOfItems) => Measure::mean_of(&all),
            Some(CompositePlan::PooledAnswers) => Measure { pooled: true, ..Measure::mean_of(&all) },
            Some(CompositePlan::MeanOfFactors) => of_factors(&file.factors, &vec![1.0; file.factors.len()]),
            Some(CompositePlan::Weighted(weights)) => of_factors(&file.factors, weights),
        };
        measures.push(("composite".to_owned(), MeasureKind::Composite, composite));
        measures
    }

    fn report(
        &mut self,
        design: &Design,
        answers: &Answers,
        calibration: Option<&Calibration>,
        replicates: Option<&Replicates>,
        progress: &Progress,
    ) -> Result<Report, Problems> {
        let file = self.file;
        let confidence = Confidence::new(file.level).unwrap_or(Confidence::P95);
        let variance = match replicates {
            Some(replicates) => Variance::Replicated(replicates, calibration),
            None => Variance::Linearised(calibration),
        };
        let measures = self.measures();
        let plain: Vec<Measure> = measures.iter().map(|(_, _, measure)| measure.clone()).collect();
        let whole = Set { columns: Vec::new(), domains: Domains::whole(), values: vec![Vec::new()] };
        let mut sets = vec![whole];
        for columns in &file.by {
            sets.push(self.set(columns)?);
        }
        progress.begin("computing", ((sets.len() + file.differences.len()) * file.statistics.len()) as u64);
        let mut report = Report {
            card: self.card(design, answers, calibration, replicates),
            estimates: Vec::new(),
            differences: Vec::new(),
            targets: file.targets.clone(),
            confidence,
        };
        for statistic in &file.statistics {
            for set in &sets {
                let found = estimate(design, answers, *statistic, &plain, &set.domains, variance);
                let line = |domain: usize, place: usize| {
                    let (name, kind, measure) = &measures[place];
                    let values = set.values[domain].iter().cloned();
                    let of = set.columns.iter().cloned().zip(values).collect();
                    let of_domain = &found[domain * plain.len()..(domain + 1) * plain.len()];
                    let mut line = EstimateLine::new(name, *kind, *statistic, of, of_domain[place]);
                    if *kind == MeasureKind::Composite {
                        let silent = measure.items.iter().filter(|(item, _)| of_domain[*item].rows == 0);
                        line.without(&silent.map(|(item, _)| file.items[*item].as_str()).collect::<Vec<_>>());
                    }
                    line.judged(file, confidence, design.is_census())
                };
                report
                    .estimates
                    .extend(in_parallel(found.len(), |index| line(index / plain.len(), index % plain.len())));
                progress.add(1);
            }
            for difference in &file.differences {
                self.difference(design, answers, *statistic, (&measures, &plain), difference, variance, &mut report);
                progress.add(1);
            }
        }
        Ok(report)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one analysis, put together once")]
    fn difference(
        &self,
        design: &Design,
        answers: &Answers,
        statistic: Statistic,
        (measures, plain): (&[(String, MeasureKind, Measure)], &[Measure]),
        difference: &super::design_file::DifferencePlan,
        variance: Variance<'_>,
        report: &mut Report,
    ) {
        let names = self.names(&difference.by);
        let find = |level: &LevelName| names.names.iter().position(|name| level.is(name));
        let [first, second] = &difference.of;
        // Both were looked for before anything was computed.
        let (Some(one), Some(two)) = (find(first), find(second)) else { return };
        let domains = Domains { number: names.names.len(), of_row: names.of_row.clone() };
        let narrow = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let pair = (&domains, narrow(one), narrow(two));
        let found = contrast(design, answers, statistic, plain, pair, variance);
        for ((name, _, _), estimate) in measures.iter().zip(found) {
            let of = [names.names[one].clone(), names.names[two].clone()];
            report.differences.push(DifferenceLine::new(
                (&difference.by, &difference.of),
                of,
                name,
                statistic,
                estimate,
                report.confidence,
            ));
        }
    }

    fn card(
        &self,
        design: &Design,
        answers: &Answers,
        calibration: Option<&Calibration>,
        replicates: Option<&Replicates>,
    ) -> Card {
        let file = self.file;
        let all = vec![true; design.rows()];
        let (units, strata) = design.units_and_strata(&all);
        let (weight_total, kish) = design.weight_total_and_kish();
        Card {
            rows: answers.rows(),
            file: file.clone(),
            units,
            strata,
            kish,
            weight_total,
            calibration: calibration.map(Calibration::range),
            calibration_method: file.calibration.as_ref().map(|plan| match plan.method {
                CalibrationMethod::Poststratify => "poststratify",
                CalibrationMethod::Rake => "rake",
                CalibrationMethod::Linear => "linear",
                CalibrationMethod::Exponential => "exponential",
                CalibrationMethod::Bounded { .. } => "bounded",
            }),
            replicates: replicates.map(Replicates::number),
            census: design.is_census(),
            not_satisfied: self.not_satisfied.clone(),
            warnings: self.warnings.clone(),
            design_sha256: String::new(),
            data_sha256: None,
        }
    }
}

/// Results for 0 to `number`, in order; many of them from several threads.
fn in_parallel<T: Send>(number: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8);
    if number < 200 || threads < 2 {
        return (0..number).map(of).collect();
    }
    let chunk = number.div_ceil(threads);
    std::thread::scope(|scope| {
        let of = &of;
        let running: Vec<_> = (0..number)
            .step_by(chunk)
            .map(|start| scope.spawn(move || (start..(start + chunk).min(number)).map(of).collect::<Vec<T>>()))
            .collect();
        let joined = running.into_iter().flat_map(|thread| match thread.join() {
            Ok(values) => values,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.collect()
    })
}

/// Factors with weights, inside a factor every item the same.
fn of_factors(factors: &[(String, Vec<usize>)], weights: &[f64]) -> Measure {
    let total: f64 = weights.iter().sum();
    let mut items = Vec::new();
    for ((_, own), weight) in factors.iter().zip(weights) {
        items.extend(own.iter().map(|item| (*item, weight / total / crate::analysis::real(own.len().max(1)))));
    }
    Measure { items, pooled: false }
}

fn crossed(names: &[&Names], rows: usize) -> (Vec<u32>, Vec<Vec<String>>) {
    let key = |row: usize| names.iter().map(|names| names.of_row[row]).collect::<Vec<u32>>();
    let mut known: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    for row in 0..rows {
        let key = key(row);
        if !key.contains(&Names::EMPTY) {
            known.entry(key).or_default();
        }
    }
    for (place, number) in known.values_mut().enumerate() {
        *number = u32::try_from(place).unwrap_or(Domains::NONE);
    }
    let of_row = (0..rows).map(|row| known.get(&key(row)).copied().unwrap_or(Domains::NONE)).collect();
    let values =
        |key: &Vec<u32>| key.iter().zip(names).map(|(code, names)| names.names[*code as usize].clone()).collect();
    (of_row, known.keys().map(values).collect())
}
