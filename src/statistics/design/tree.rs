//! The rows of a design, sorted into strata and sampling units of every stage.
#![expect(clippy::indexing_slicing, reason = "every index below comes from the boundaries this file builds")]

use std::ops::Range;

use super::plan::{PlanError, Population, StagePlan};

/// What to do about a stratum from which one unit was drawn although there are more. Names and effects as in R's
/// `survey.lonely.psu`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LonelyRule {
    /// Refuse.
    #[default]
    Fail,
    /// The stratum contributes nothing.
    Remove,
    /// The unit was drawn with certainty: it contributes nothing at this stage.
    Certainty,
    /// The unit is compared with the mean of all units instead of its stratum's.
    Adjust,
    /// The stratum contributes the average of the others.
    Average,
}

/// A stratum with one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lonely {
    /// The stage, counted from 0.
    pub stage: usize,
    /// A row of it.
    pub row: usize,
}

/// One stage: units in groups, a group being a stratum inside a unit of the stage before.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    /// First position of each unit, and the end; `None` when every position is a unit.
    starts: Option<Vec<u32>>,
    /// First unit of each group, and the end.
    groups: Vec<u32>,
    /// First group of each unit of the stage before, and the end; of the first stage: all.
    of_parent: Vec<u32>,
    /// Units in the population of each group; infinite without a count.
    population: Vec<f64>,
}

impl Stage {
    pub(super) fn positions(&self, unit: usize) -> Range<usize> {
        match &self.starts {
            None => unit..unit + 1,
            Some(starts) => starts[unit] as usize..starts[unit + 1] as usize,
        }
    }

    pub(super) fn units(&self, group: usize) -> Range<usize> {
        self.groups[group] as usize..self.groups[group + 1] as usize
    }

    pub(super) fn groups_of(&self, parent: usize) -> Range<usize> {
        self.of_parent[parent] as usize..self.of_parent[parent + 1] as usize
    }

    pub(super) fn population(&self, group: usize) -> f64 {
        self.population[group]
    }

    pub(super) fn number_of_groups(&self) -> usize {
        self.population.len()
    }

    pub(super) fn number_of_units(&self) -> usize {
        self.groups.last().map_or(0, |end| *end as usize)
    }

    fn is_lonely(&self, group: usize) -> bool {
        self.units(group).len() == 1 && self.population[group] > 1.0 + 1e-7
    }
}

/// The sorted design.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    order: Vec<u32>,
    stages: Vec<Stage>,
    /// Stages that enter the variance: all while the population of the stages before is known.
    depth: usize,
}

impl Tree {
    /// Sorts the rows and finds the boundaries; the lengths were checked.
    pub(super) fn new(rows: usize, plans: &[StagePlan]) -> Result<Self, Vec<PlanError>> {
        let mut order: Vec<u32> = (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect();
        for plan in plans.iter().rev() {
            for codes in [&plan.units, &plan.strata].into_iter().flatten() {
                order = sorted_by(&order, codes);
            }
        }
        let mut stages: Vec<Stage> = Vec::new();
        let mut errors = Vec::new();
        for (number, plan) in plans.iter().enumerate() {
            let stage = boundaries(&order, stages.last(), plan);
            errors.extend(wrong_populations(number, &stage.stage, &order, plan));
            stages.push(stage.stage);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let known = stages.iter().take_while(|stage| stage.population.iter().all(|n| n.is_finite())).count();
        let depth = (known + 1).min(stages.len());
        Ok(Self { order, stages, depth })
    }

    pub(crate) fn order(&self) -> &[u32] {
        &self.order
    }

    /// The order, leaving the rows numbered in it.
    pub(super) fn take_order(&mut self) -> Vec<u32> {
        let rows = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
        std::mem::replace(&mut self.order, (0..rows).collect())
    }

    /// Whether every row is a first-stage unit of its own.
    pub(crate) fn rows_are_units(&self) -> bool {
        self.stages[0].starts.is_none()
    }

    pub(super) fn stage(&self, stage: usize) -> &Stage {
        &self.stages[stage]
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// First-stage units, each with its stratum and its rows.
    pub(crate) fn first_stage(&self) -> impl Iterator<Item = (usize, usize, &[u32])> {
        let stage = &self.stages[0];
        (0..stage.number_of_groups()).flat_map(move |group| {
            stage.units(group).map(move |unit| (group, unit, &self.order[stage.positions(unit)]))
        })
    }

    /// First-stage strata that have some of these first-stage units.
    pub(crate) fn groups_of_units(&self, units: &Range<usize>) -> Range<usize> {
        let groups = &self.stages[0].groups;
        let at = |unit: usize| groups.partition_point(|start| *start as usize <= unit).saturating_sub(1);
        if units.is_empty() { 0..0 } else { at(units.start)..at(units.end - 1) + 1 }
    }

    /// First-stage units of a stratum.
    pub(crate) fn units_of_group(&self, group: usize) -> Range<usize> {
        self.stages[0].units(group)
    }

    /// Rows of a first-stage unit.
    pub(crate) fn rows_of_unit(&self, unit: usize) -> &[u32] {
        &self.order[self.stages[0].positions(unit)]
    }

    /// First-stage strata: units drawn, units in the population.
    pub(crate) fn first_stage_strata(&self) -> Vec<(usize, f64)> {
        let stage = &self.stages[0];
        (0..stage.number_of_groups()).map(|group| (stage.units(group).len(), stage.population[group])).collect()
    }

    /// The first-stage unit of each row.
    pub(crate) fn unit_of_row(&self) -> Vec<u32> {
        let mut of_row = vec![0; self.order.len()];
        for (_, unit, rows) in self.first_stage() {
            for row in rows {
                of_row[*row as usize] = u32::try_from(unit).unwrap_or(u32::MAX);
            }
        }
        of_row
    }

    pub(super) fn lonely(&self) -> Vec<Lonely> {
        let mut found = Vec::new();
        for (number, stage) in self.stages.iter().enumerate().take(self.depth) {
            for group in (0..stage.number_of_groups()).filter(|group| stage.is_lonely(*group)) {
                let first = stage.positions(stage.units(group).start).start;
                found.push(Lonely { stage: number, row: self.order[first] as usize });
            }
        }
        found
    }

    pub(super) fn is_census(&self) -> bool {
        self.depth == self.stages.len()
            && self.stages.iter().all(|stage| {
                (0..stage.number_of_groups()).all(|group| {
                    stage.population[group] <= super::super::interval::real(stage.units(group).len() as u64) + 1e-7
                })
            })
    }

    pub(super) fn units_and_strata(&self, used: impl Fn(usize) -> bool) -> (usize, usize) {
        let (mut units, mut strata) = (0, 0);
        let mut last = None;
        for (group, _, rows) in self.first_stage() {
            if rows.iter().any(|row| used(*row as usize)) {
                units += 1;
                if last != Some(group) {
                    strata += 1;
                    last = Some(group);
                }
            }
        }
        (units, strata)
    }
}

/// A stable counting sort when the codes are dense, a stable sort otherwise.
fn sorted_by(order: &[u32], codes: &[u32]) -> Vec<u32> {
    let largest = codes.iter().copied().max().unwrap_or(0) as usize;
    let mut sorted = order.to_vec();
    if largest > 4 * order.len() + 1024 {
        sorted.sort_by_key(|row| codes[*row as usize]);
        return sorted;
    }
    let mut starts = vec![0_usize; largest + 2];
    for code in codes {
        starts[*code as usize + 1] += 1;
    }
    for index in 1..starts.len() {
        starts[index] += starts[index - 1];
    }
    for row in order {
        let place = &mut starts[codes[*row as usize] as usize];
        sorted[*place] = *row;
        *place += 1;
    }
    sorted
}

struct Found {
    stage: Stage,
}

/// Where units and groups begin, inside the units of the stage before.
fn boundaries(order: &[u32], before: Option<&Stage>, plan: &StagePlan) -> Found {
    let code =
        |codes: &Option<Vec<u32>>, position: usize| codes.as_ref().map_or(0, |codes| codes[order[position] as usize]);
    let (mut starts, mut groups, mut of_parent) = (Vec::new(), Vec::new(), Vec::new());
    let narrow = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    let parents = before.map_or(1, Stage::number_of_units);
    let mut units = 0_usize;
    for parent in 0..parents {
        of_parent.push(narrow(groups.len()));
        let positions = before.map_or(0..order.len(), |stage| stage.positions(parent));
        let mut last: Option<(u32, u32)> = None;
        for position in positions {
            let here = (code(&plan.strata, position), code(&plan.units, position));
            let new_group = last.is_none_or(|(stratum, _)| stratum != here.0);
            if new_group {
                groups.push(narrow(units));
            }
            if new_group || plan.units.is_none() || last.is_none_or(|(_, unit)| unit != here.1) {
                if plan.units.is_some() {
                    starts.push(narrow(position));
                }
                units += 1;
            }
            last = Some(here);
        }
    }
    of_parent.push(narrow(groups.len()));
    let number = groups.len();
    groups.push(narrow(units));
    let starts = plan.units.is_some().then(|| {
        starts.push(narrow(order.len()));
        starts
    });
    let mut stage = Stage { starts, groups, of_parent, population: vec![f64::INFINITY; number] };
    if let Some(population) = &plan.population {
        for group in 0..number {
            let units = stage.units(group);
            let row = order[stage.positions(units.start).start] as usize;
            stage.population[group] = match population {
                Population::Counts(counts) => counts[row],
                Population::Fractions(shares) => super::super::interval::real(units.len() as u64) / shares[row],
            };
        }
    }
    Found { stage }
}

/// Groups whose rows disagree about the population, or whose population is smaller than the sample.
fn wrong_populations(number: usize, stage: &Stage, order: &[u32], plan: &StagePlan) -> Vec<PlanError> {
    let Some(Population::Counts(values) | Population::Fractions(values)) = &plan.population else {
        return Vec::new();
    };
    let mut errors = Vec::new();
    for group in 0..stage.number_of_groups() {
        let units = stage.units(group);
        let positions = stage.positions(units.start).start..stage.positions(units.end - 1).end;
        let first = order[positions.start] as usize;
        let rows = order[positions].iter().map(|row| *row as usize);
        let same = |row: &usize| (values[*row] - values[first]).abs() <= 1e-9 * values[first].abs();
        if let Some(other) = rows.into_iter().find(|row| !same(row)) {
            errors.push(PlanError::PopulationVaries { stage: number, row: first, other });
        } else if stage.population[group] < super::super::interval::real(units.len() as u64) - 1e-6 {
            let population = stage.population[group];
            errors.push(PlanError::PopulationTooSmall { stage: number, row: first, sampled: units.len(), population });
        }
    }
    errors.truncate(1000);
    errors
}
