//! The analysis: columns become a design and answers, and these become estimates.
#![expect(clippy::indexing_slicing, reason = "columns are looked up by names that were checked when they were read")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::design_file::{CompositePlan, DesignFile, LevelName};
use super::problems::Problems;
use super::progress::Progress;
use super::reader::{self, Data, Names, Wanted};
use super::report::{Card, DifferenceLine, EstimateLine, MeasureKind, Report};
use crate::statistics::Confidence;
use crate::statistics::design::{Design, LonelyRule, Plan, PlanError, Population, StagePlan};
use crate::statistics::survey::{
    Answers, Calibration, CalibrationError, CalibrationMethod, Centre, Domains, Level, Margin, Measure, ReplicateError,
    ReplicateMethod, Replicates, Statistic, Variance, contrast, estimate,
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

    // ---- answers ----------------------------------------------------------------------------------------------------

    fn level(&self, name: &str) -> Level {
        let is = |levels: &[LevelName]| levels.iter().any(|level| level.is(name));
        Level {
            answered: !name.is_empty() && !is(&self.file.not_applicable),
            value: name.parse().ok().filter(|value: &f64| value.is_finite()),
            satisfied: is(&self.file.satisfied),
        }
    }

    /// Whether a level lies outside the scale, and why.
    fn outside(&self, name: &str) -> Option<String> {
        let file = self.file;
        let listed = |levels: &[LevelName]| levels.iter().any(|level| level.is(name));
        if name.is_empty() || listed(&file.not_applicable) || listed(&file.satisfied) {
            return None;
        }
        if let Some(levels) = &file.levels {
            let known: Vec<String> = levels.iter().map(ToString::to_string).collect();
            return (!listed(levels)).then(|| format!("the levels are {}", known.join(", ")));
        }
        let numbers: Option<Vec<f64>> = file
            .satisfied
            .iter()
            .map(|level| if let LevelName::Number(number) = level { Some(*number) } else { None })
            .collect();
        let value = name.parse::<f64>().ok().filter(|value| value.is_finite());
        if file.statistics.contains(&Statistic::Mean) && value.is_none() {
            return Some("a mean needs numbers".to_owned());
        }
        let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
        let Some(value) = value else { return Some("the satisfied levels are numbers".to_owned()) };
        let scale = Scale::of(&numbers)?;
        (!scale.holds(value)).then(|| {
            let last = scale.last;
            format!("the scale is taken as {} to {last}; list other levels under [answers] levels", scale.first)
        })
    }

    fn answers(&mut self) -> Result<Answers, Problems> {
        let mut problems = Problems::default();
        let names = std::mem::take(&mut self.data.levels);
        let items = names.len();
        for (item, levels) in names.iter().enumerate() {
            for (code, level) in levels.iter().enumerate() {
                let Some(why) = self.outside(level) else { continue };
                let rows = self.data.codes.chunks_exact(items).enumerate();
                let found = rows.filter(|(_, codes)| usize::from(codes[item]) == code).map(|(row, _)| row + 1);
                let (rows, count) = first_and_count(found);
                let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
                let more = if count > rows.len() { format!(" and {} more", count - rows.len()) } else { String::new() };
                let column = &self.file.items[item];
                problems.add(format!(
                    "{column}: level “{level}” is outside the scale ({why}); data rows {}{more}",
                    rows.join(", ")
                ));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        for level in &self.file.satisfied {
            if !names.iter().flatten().any(|name| level.is(name)) {
                self.warnings.push(format!("nobody gave the satisfied level “{level}”: check how it is written"));
            }
        }
        let others = names.iter().flatten().filter(|name| {
            let level = self.level(name);
            level.answered && !level.satisfied
        });
        // For people to look over: of a number with many values the first are enough.
        self.not_satisfied =
            others.cloned().collect::<std::collections::BTreeSet<String>>().into_iter().take(50).collect();
        let levels = names.iter().map(|levels| levels.iter().map(|name| self.level(name)).collect()).collect();
        let answers = Answers::new(std::mem::take(&mut self.data.codes), levels);
        // Code 0 is an empty cell.
        answers.map(|answers| answers.with_missing(0)).map_err(|error| {
            problems.add(error.to_string());
            problems
        })
    }

    // ---- design -----------------------------------------------------------------------------------------------------

    /// Strata of the first stage after joining, as codes, with their names.
    fn first_strata(&self, problems: &mut Problems) -> Option<(Vec<u32>, Vec<String>)> {
        let names = self.names(self.file.sampling.strata.first()?);
        let mut place: Vec<u32> = (0..u32::try_from(names.names.len()).unwrap_or(u32::MAX)).collect();
        for (from, into) in &self.file.sampling.collapse {
            let find = |name: &String| names.names.iter().position(|known| known == name);
            match (find(from), find(into)) {
                (Some(from), Some(into)) => place[from] = u32::try_from(into).unwrap_or(u32::MAX),
                _ => problems
                    .add(format!("[design] collapse: there is no stratum {from} or no stratum {into} in the data")),
            }
        }
        Some((
            names.of_row.iter().map(|code| place.get(*code as usize).copied().unwrap_or(*code)).collect(),
            names.names.clone(),
        ))
    }

    fn population(&self, stage: usize, problems: &mut Problems) -> Option<Population> {
        let sampling = &self.file.sampling;
        let given = sampling.fpc.len();
        let columns = &self.data.numbers[..given];
        let values = columns.get(stage)?.clone();
        let counts = columns.iter().flatten().any(|value| *value > 1.0);
        if stage == 0 && counts {
            let small = columns.iter().enumerate().flat_map(|(column, values)| {
                values.iter().enumerate().filter(|(_, value)| **value < 1.0).map(move |(row, _)| (column, row))
            });
            for (column, row) in small.take(1000) {
                let name = &sampling.fpc[column];
                problems.add(format!(
                    "data row {}: {name} is below 1 while others are above: give counts throughout, or fractions throughout",
                    row + 1
                ));
            }
        }
        if stage == 0 && !sampling.collapse.is_empty() {
            if !counts {
                problems.add("[design] collapse: give population counts instead of sampling fractions".to_owned());
                return None;
            }
            return Some(Population::Counts(self.joined_counts(values, problems)));
        }
        Some(if counts { Population::Counts(values) } else { Population::Fractions(values) })
    }

    /// The population of joined strata is the sum of theirs.
    fn joined_counts(&self, values: Vec<f64>, problems: &mut Problems) -> Vec<f64> {
        let Some((joined, _)) = self.first_strata(&mut Problems::default()) else { return values };
        let own = self.file.sampling.strata.first().map(|column| self.names(column));
        let mut of_stratum: BTreeMap<u32, f64> = BTreeMap::new();
        let mut total: BTreeMap<u32, f64> = BTreeMap::new();
        for (row, value) in values.iter().enumerate() {
            let stratum = own.map_or(0, |names| names.of_row[row]);
            match of_stratum.get(&stratum) {
                None => {
                    of_stratum.insert(stratum, *value);
                    *total.entry(joined[row]).or_default() += value;
                }
                Some(known) if (known - value).abs() > 1e-9 * known.abs() => {
                    problems.add(format!("data row {}: one stratum with two population counts", row + 1));
                }
                Some(_) => {}
            }
        }
        joined.iter().map(|stratum| total.get(stratum).copied().unwrap_or_default()).collect()
    }

    fn design(&mut self, calibration: Option<&Calibration>) -> Result<Design, Problems> {
        let mut problems = Problems::default();
        let file = self.file;
        let stages = file.sampling.ids.len().max(1);
        let mut plans = Vec::new();
        for stage in 0..stages {
            let strata = match (stage, file.sampling.strata.get(stage)) {
                (0, Some(_)) => self.first_strata(&mut problems).map(|(codes, _)| codes),
                (_, Some(column)) => Some(self.names(column).of_row.clone()),
                (_, None) => None,
            };
            let units = file.sampling.ids.get(stage).map(|column| self.names(column).of_row.clone());
            plans.push(StagePlan { units, strata, population: self.population(stage, &mut problems) });
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let weights = match calibration {
            Some(calibration) => calibration.weights(),
            None => std::mem::take(&mut self.data.weights),
        };
        // Calibrated weights may be negative, which a plan refuses: they are put in afterwards.
        let first = calibration.map_or_else(|| weights.clone(), |calibration| calibration.base().to_vec());
        let plan = Plan { weights: first, stages: plans, nest: file.sampling.nest, lonely: file.sampling.lonely };
        let design = Design::new(plan).map_err(|errors| self.told(&errors))?;
        if file.sampling.replicates.is_none() && file.sampling.lonely == LonelyRule::Fail {
            for lonely in design.lonely() {
                let what = if lonely.stage == 0 {
                    let name = file.sampling.strata.first().map(|column| self.names(column).name(lonely.row));
                    name.map_or("the only stratum".to_owned(), |name| format!("stratum {name}"))
                } else {
                    let unit = self.names(&file.sampling.ids[lonely.stage - 1]).name(lonely.row);
                    format!("{} {unit}", file.sampling.ids[lonely.stage - 1])
                };
                problems.add(format!(
                    "{what} has only one sampling unit at stage {}: its variance cannot be seen. Say what to do: \
                     [design] lonely_psu = \"remove\", \"certainty\", \"adjust\" or \"average\", or join strata with \
                     collapse",
                    lonely.stage + 1
                ));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let clusters = design.rows() > design.units_and_strata(&vec![true; design.rows()]).0;
        if file.sampling.fpc.len() == 1 && stages == 1 && clusters {
            self.warnings.push(
                "population counts of the first stage alone make errors too small unless all members of the units were \
                 asked: name the later stages under ids and fpc, or leave fpc out"
                    .to_owned(),
            );
        }
        match calibration {
            None => Ok(design),
            Some(_) => design.with_weights(weights).ok_or(problems),
        }
    }

    /// Brings everything into the order of strata and units.
    fn sorted(&mut self, design: Design, answers: &Answers) -> (Design, Answers) {
        let (design, order) = design.into_sorted();
        for names in &mut self.data.names {
            names.of_row = order.iter().map(|row| names.of_row[*row as usize]).collect();
        }
        (design, answers.reordered(&order))
    }

    fn told(&self, errors: &[PlanError]) -> Problems {
        let sampling = &self.file.sampling;
        let mut problems = Problems::default();
        let place = |stage: usize, row: usize| {
            let names: Vec<String> = sampling
                .strata
                .iter()
                .take(1)
                .chain(sampling.ids.iter().take(stage))
                .map(|column| format!("{column} {}", self.names(column).name(row)))
                .collect();
            if names.is_empty() { "the sample".to_owned() } else { names.join(", ") }
        };
        for error in errors {
            problems.add(match error {
                PlanError::UnitInTwoStrata { row, other } => {
                    let unit = sampling.ids.first().map_or("", |column| self.names(column).name(*row));
                    let stratum = |row: usize| sampling.strata.first().map_or("", |column| self.names(column).name(row));
                    format!(
                        "sampling unit {unit} stands in two strata: {} (data row {}) and {} (data row {}); if unit names \
                         repeat between strata, set [design] nest = true",
                        stratum(*row),
                        row + 1,
                        stratum(*other),
                        other + 1
                    )
                }
                PlanError::PopulationTooSmall { stage, row, sampled, population } => format!(
                    "{}: {sampled} units in the sample but {} ({}) says {population} in the population (data row {})",
                    place(*stage, *row),
                    sampling.fpc.get(*stage).map_or("fpc", String::as_str),
                    format_args!("stage {}", stage + 1),
                    row + 1
                ),
                PlanError::PopulationVaries { stage, row, other } => format!(
                    "{}: {} differs inside one stratum of stage {} (data rows {} and {})",
                    place(*stage, *row),
                    sampling.fpc.get(*stage).map_or("fpc", String::as_str),
                    stage + 1,
                    row + 1,
                    other + 1
                ),
                PlanError::BadPopulation { stage, row } => format!(
                    "data row {}: {} must be a count from 1 up, or a fraction above 0 and at most 1",
                    row + 1,
                    sampling.fpc.get(*stage).map_or("fpc", String::as_str)
                ),
                PlanError::NothingWeighs => error.to_string(),
                other => format!("data {other}"),
            });
        }
        problems
    }

    fn replicates(&mut self, design: &Design) -> Result<Option<Replicates>, Problems> {
        let Some(plan) = &self.file.sampling.replicates else { return Ok(None) };
        let made = if plan.columns.is_empty() {
            if plan.scales.is_some() || plan.scale.is_some() {
                self.warnings.push("scale and rscales are for given columns and were not used".to_owned());
            }
            if !self.file.sampling.fpc.is_empty()
                && matches!(plan.method, ReplicateMethod::Brr | ReplicateMethod::Fay { .. })
            {
                self.warnings.push("half samples take no account of population counts".to_owned());
            }
            Replicates::of_design(design, plan.method)
        } else {
            let columns = self.data.numbers.split_off(self.file.sampling.fpc.len());
            Replicates::given(design.rows(), plan.method, columns, plan.scale, plan.scales.clone())
        };
        let centre = if plan.mse { Centre::Estimate } else { Centre::Mean };
        made.map(|made| Some(made.around(centre))).map_err(|error| {
            let mut problems = Problems::default();
            let stratum = |row: usize| {
                self.file.sampling.strata.first().map_or("the sample", |column| self.names(column).name(row)).to_owned()
            };
            problems.add(match error {
                ReplicateError::Lonely { row } => format!(
                    "stratum {} has only one sampling unit, which no replicate can leave out: set [design] lonely_psu or \
                     collapse",
                    stratum(row)
                ),
                ReplicateError::NotPaired { row, units } => {
                    format!("stratum {} has {units} sampling units: half samples need two, or an even number", stratum(row))
                }
                other => format!("[design] replicates: {other}"),
            });
            problems
        })
    }

    // ---- calibration ------------------------------------------------------------------------------------------------

    fn calibration(&mut self, folder: &Path) -> Result<Option<Calibration>, Problems> {
        let Some(plan) = &self.file.calibration else { return Ok(None) };
        let mut problems = Problems::default();
        let (mut margins, mut levels) = (Vec::new(), Vec::new());
        for (columns, totals) in &plan.margins {
            match self.margin(columns, &folder.join(totals)) {
                Ok((margin, names)) => {
                    margins.push(margin);
                    levels.push(names);
                }
                Err(more) => problems.extend(more),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let calibration = Calibration::new(self.data.weights.clone(), plan.method, margins).map_err(|errors| {
            for error in errors {
                let name = |margin: usize| plan.margins[margin].0.join(" × ");
                let level = |margin: usize, level: usize| levels[margin][level].join(", ");
                problems.add(match error {
                    CalibrationError::EmptyLevel { margin, level: place } => format!(
                        "{}: “{}” has a total but nobody in the sample; merge it with another level",
                        name(margin),
                        level(margin, place)
                    ),
                    CalibrationError::BadTotal { margin, level: place } => {
                        format!("{}: the total of “{}” must be a number from 0 up", name(margin), level(margin, place))
                    }
                    CalibrationError::TotalsDiffer { margin, sum, first } => format!(
                        "the totals of {} add up to {sum}, those of {} to {first}: they must agree",
                        name(margin),
                        name(0)
                    ),
                    other => format!("[calibration] {other}"),
                });
            }
            problems
        })?;
        if calibration.range().0 < 0.0 {
            self.warnings.push("calibration made some weights negative: merge levels, or rake instead".to_owned());
        }
        Ok(Some(calibration))
    }

    /// Reads a file of totals and finds the level of every row.
    fn margin(&self, columns: &[String], path: &Path) -> Result<(Margin, Vec<Vec<String>>), Problems> {
        let (keys, totals) = super::totals_file::read(path, columns)?;
        let known: BTreeMap<&[String], u32> = keys
            .iter()
            .enumerate()
            .map(|(level, key)| (key.as_slice(), u32::try_from(level).unwrap_or(u32::MAX)))
            .collect();
        let names: Vec<&Names> = columns.iter().map(|column| self.names(column)).collect();
        let mut seen: std::collections::HashMap<Vec<u32>, u32> = std::collections::HashMap::new();
        let mut of_row = Vec::with_capacity(self.data.rows);
        let mut problems = Problems::default();
        let mut codes = vec![0; names.len()];
        for row in 0..self.data.rows {
            for (code, names) in codes.iter_mut().zip(&names) {
                *code = names.of_row[row];
            }
            if let Some(level) = seen.get(&codes) {
                of_row.push(*level);
                continue;
            }
            let key: Vec<String> = names.iter().map(|names| names.name(row).to_owned()).collect();
            let level = known.get(key.as_slice()).copied().unwrap_or_else(|| {
                let what = key
                    .iter()
                    .map(|name| if name.is_empty() { "(empty)" } else { name })
                    .collect::<Vec<_>>()
                    .join(", ");
                problems.add(format!("{}: no total for “{what}” (data row {})", path.display(), row + 1));
                0
            });
            seen.insert(codes.clone(), level);
            of_row.push(level);
        }
        if problems.is_empty() { Ok((Margin { of_row, totals }, keys)) } else { Err(problems) }
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

/// The first ten rows, and how many there are.
fn first_and_count(rows: impl Iterator<Item = usize>) -> (Vec<usize>, usize) {
    let (mut first, mut count) = (Vec::new(), 0);
    for row in rows {
        if first.len() < 10 {
            first.push(row);
        }
        count += 1;
    }
    (first, count)
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

/// A scale of whole numbers, taken from the satisfied levels where these leave no doubt.
struct Scale {
    first: f64,
    last: f64,
}

impl Scale {
    /// Satisfied levels that are a run of at least two whole numbers from 2 up end the scale: (4, 5) means 1 to 5. A scale
    /// that ends otherwise than at 5 may begin at 0.
    fn of(satisfied: &[f64]) -> Option<Self> {
        let mut run = satisfied.to_vec();
        run.sort_by(f64::total_cmp);
        let whole = run.iter().all(|level| level.fract().abs() < 1e-12 && *level >= 2.0);
        let steps = run.windows(2).all(|pair| (pair[1] - pair[0] - 1.0).abs() < 1e-12);
        let last = *run.last()?;
        (whole && steps && run.len() >= 2)
            .then(|| Self { first: if (last - 5.0).abs() < 1e-12 { 1.0 } else { 0.0 }, last })
    }

    fn holds(&self, value: f64) -> bool {
        (self.first..=self.last).contains(&value) && value.fract().abs() < 1e-12
    }
}
