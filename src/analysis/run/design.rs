//! Columns become a design, and what is wrong with it is told by the names in the file.
#![expect(clippy::indexing_slicing, reason = "columns are looked up by names that were checked when they were read")]

use std::collections::BTreeMap;

use super::super::problems::Problems;
use super::Analysis;
use crate::statistics::design::{Design, LonelyRule, Plan, PlanError, Population, StagePlan};
use crate::statistics::survey::{Answers, Calibration, Centre, ReplicateError, ReplicateMethod, Replicates};

impl Analysis<'_> {
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

    pub(super) fn design(&mut self, calibration: Option<&Calibration>) -> Result<Design, Problems> {
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
    pub(super) fn sorted(&mut self, design: Design, answers: &Answers) -> (Design, Answers) {
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

    pub(super) fn replicates(&mut self, design: &Design) -> Result<Option<Replicates>, Problems> {
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
}
