//! What a design is built from, and what may be wrong with it.

use super::MAX_STAGES;
use super::tree::{LonelyRule, Tree};

/// Population counts of a stage.
#[derive(Clone, Debug, PartialEq)]
pub enum Population {
    /// Units in the population, of the stratum of each row.
    Counts(Vec<f64>),
    /// Share of units drawn, of the stratum of each row.
    Fractions(Vec<f64>),
}

/// One stage of drawing, with one value per row in each list. Codes may be any numbers; their order settles ties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StagePlan {
    /// Sampling unit; `None`: every row is its own.
    pub units: Option<Vec<u32>>,
    /// Stratum, inside the unit of the stage before; `None`: one stratum.
    pub strata: Option<Vec<u32>>,
    /// Population; `None`: drawn with replacement, or treated so.
    pub population: Option<Population>,
}

/// The parts of a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Weight of each row, not negative.
    pub weights: Vec<f64>,
    /// Stages, the first drawn first; 1 to [`MAX_STAGES`].
    pub stages: Vec<StagePlan>,
    /// Whether first-stage unit codes repeat between strata.
    pub nest: bool,
    /// What to do about strata with one unit.
    pub lonely: LonelyRule,
}

/// What is wrong with a plan. Rows and stages count from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlanError {
    /// No rows.
    Empty,
    /// More than 2^31 rows.
    TooManyRows,
    /// No stage, or more than [`MAX_STAGES`].
    Stages(usize),
    /// A list has another length than there are weights.
    Length {
        /// The stage.
        stage: usize,
        /// Values given.
        given: usize,
    },
    /// A weight is negative, infinite or not a number.
    Weight {
        /// The row.
        row: usize,
    },
    /// No weight is positive.
    NothingWeighs,
    /// A first-stage unit stands in two strata.
    UnitInTwoStrata {
        /// A row of it.
        row: usize,
        /// A row of it in another stratum.
        other: usize,
    },
    /// A population count below 1, or a fraction outside (0, 1].
    BadPopulation {
        /// The stage.
        stage: usize,
        /// The row.
        row: usize,
    },
    /// Rows of one stratum have different population counts.
    PopulationVaries {
        /// The stage.
        stage: usize,
        /// A row.
        row: usize,
        /// A row of the same stratum with another count.
        other: usize,
    },
    /// The population is smaller than the sample.
    PopulationTooSmall {
        /// The stage.
        stage: usize,
        /// A row of the stratum.
        row: usize,
        /// Units in the sample.
        sampled: usize,
        /// Units in the population.
        population: f64,
    },
    /// A stage after the first without units that is not the last.
    UnitsMissing {
        /// The stage.
        stage: usize,
    },
}

impl std::fmt::Display for PlanError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("there is no row: give at least one"),
            Self::TooManyRows => f.write_str("more than 2,147,483,647 rows: split the file"),
            Self::Stages(given) => write!(f, "{given} stages: give 1 to {MAX_STAGES}"),
            Self::Length { stage, given } => write!(f, "stage {}: {given} values, one per row is needed", stage + 1),
            Self::Weight { row } => write!(f, "row {}: the weight must be a number from 0 to 1e100", row + 1),
            Self::NothingWeighs => f.write_str("all weights are zero or below 1e-100: at least one must be larger"),
            Self::UnitInTwoStrata { row, other } => write!(
                f,
                "rows {} and {}: the same sampling unit in two strata; if names repeat between strata, set nest = true",
                row + 1,
                other + 1
            ),
            Self::BadPopulation { stage, row } => write!(
                f,
                "row {}, stage {}: give population counts from 1 up, or sampling fractions above 0 and at most 1",
                row + 1,
                stage + 1
            ),
            Self::PopulationVaries { stage, row, other } => write!(
                f,
                "rows {} and {}, stage {}: one stratum with two population counts",
                row + 1,
                other + 1,
                stage + 1
            ),
            Self::PopulationTooSmall { stage, row, sampled, population } => write!(
                f,
                "row {}, stage {}: {sampled} units in the sample but only {population} in the population",
                row + 1,
                stage + 1
            ),
            Self::UnitsMissing { stage } => {
                write!(f, "stage {}: only the last stage may have rows as its units", stage + 1)
            }
        }
    }
}

impl std::error::Error for PlanError {}

/// Weights beyond these leave no room for sums and squares.
const LARGEST_WEIGHT: f64 = 1e100;
const SMALLEST_WEIGHT: f64 = 1e-100;

/// Complaints of one kind beyond which no more are collected.
const MOST_ERRORS: usize = 1000;

impl Plan {
    /// Checks the parts and sorts the rows into a tree.
    pub(super) fn build(self) -> Result<(Vec<f64>, Tree), Vec<PlanError>> {
        let rows = self.weights.len();
        let mut errors = Vec::new();
        if rows == 0 {
            return Err(vec![PlanError::Empty]);
        }
        if rows > 0x7fff_ffff {
            return Err(vec![PlanError::TooManyRows]);
        }
        if self.stages.is_empty() || self.stages.len() > MAX_STAGES {
            errors.push(PlanError::Stages(self.stages.len()));
        }
        for (stage, plan) in self.stages.iter().enumerate() {
            let population = plan.population.as_ref().map(|population| match population {
                Population::Counts(values) | Population::Fractions(values) => values.len(),
            });
            let lengths = [plan.units.as_ref().map(Vec::len), plan.strata.as_ref().map(Vec::len), population];
            errors.extend(
                lengths
                    .into_iter()
                    .flatten()
                    .filter(|given| *given != rows)
                    .map(|given| PlanError::Length { stage, given }),
            );
            if plan.units.is_none() && stage + 1 < self.stages.len() {
                errors.push(PlanError::UnitsMissing { stage });
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let bad_weights =
            self.weights.iter().enumerate().filter(|(_, weight)| !(0.0..=LARGEST_WEIGHT).contains(*weight));
        errors.extend(bad_weights.map(|(row, _)| PlanError::Weight { row }).take(MOST_ERRORS));
        if errors.is_empty() && self.weights.iter().all(|weight| *weight < SMALLEST_WEIGHT) {
            errors.push(PlanError::NothingWeighs);
        }
        for (stage, plan) in self.stages.iter().enumerate() {
            let bad: Vec<usize> = match &plan.population {
                None => Vec::new(),
                Some(Population::Counts(counts)) => rows_where(counts, |n| !(n.is_finite() && n >= 1.0)),
                Some(Population::Fractions(shares)) => rows_where(shares, |share| !(share > 0.0 && share <= 1.0)),
            };
            errors.extend(bad.into_iter().map(|row| PlanError::BadPopulation { stage, row }));
        }
        if !self.nest {
            errors.extend(self.units_in_two_strata());
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let tree = Tree::new(rows, &self.stages)?;
        Ok((self.weights, tree))
    }

    fn units_in_two_strata(&self) -> Vec<PlanError> {
        let Some(StagePlan { units: Some(units), strata: Some(strata), .. }) = self.stages.first() else {
            return Vec::new();
        };
        let mut first: std::collections::HashMap<u32, (u32, usize, bool)> = std::collections::HashMap::new();
        let mut errors = Vec::new();
        for (row, (unit, stratum)) in units.iter().zip(strata).enumerate() {
            let (home, seen, told) = first.entry(*unit).or_insert((*stratum, row, false));
            if home != stratum && !*told && errors.len() < MOST_ERRORS {
                *told = true;
                errors.push(PlanError::UnitInTwoStrata { row: *seen, other: row });
            }
        }
        errors
    }
}

fn rows_where(values: &[f64], wrong: impl Fn(f64) -> bool) -> Vec<usize> {
    values.iter().enumerate().filter(|(_, value)| wrong(**value)).map(|(row, _)| row).take(MOST_ERRORS).collect()
}
