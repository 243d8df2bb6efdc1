//! Survey designs: who was drawn how, and what that does to the variance.
//!
//! A [`Design`] holds weights and up to four stages of sampling units with their strata and population counts. From the
//! linearised values of an estimate it gives the variance, as R's `survey` does (`svyrecvar`): at each stage the spread
//! of unit totals inside strata, the first-stage units of a stratum without a respondent counting as zeros.

mod exact;
mod plan;
mod tree;
mod variance;

pub use plan::{Plan, PlanError, Population, StagePlan};
pub use tree::{Lonely, LonelyRule};

pub(crate) use exact::{Exact, Grid, sum};
pub(crate) use variance::Influences;

use tree::Tree;

/// The most stages of a design.
pub const MAX_STAGES: usize = 4;

/// A sample with its weights and the structure of its drawing.
#[derive(Clone, Debug)]
pub struct Design {
    weights: Vec<f64>,
    tree: Tree,
    rule: LonelyRule,
    lonely_domains: bool,
}

impl Design {
    /// Builds the design, or tells everything that is wrong with it.
    pub fn new(plan: Plan) -> Result<Self, Vec<PlanError>> {
        let rule = plan.lonely;
        let (weights, tree) = plan.build()?;
        Ok(Self { weights, tree, rule, lonely_domains: false })
    }

    /// Independent draws with these weights: every row its own sampling unit, one stratum.
    pub fn independent(weights: Vec<f64>) -> Result<Self, Vec<PlanError>> {
        Self::new(Plan { weights, stages: vec![StagePlan::default()], nest: false, lonely: LonelyRule::Fail })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.weights.len()
    }

    /// The weight of each row.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The sum of the weights, and Kish's design effect of weighting n Σ w² / (Σ w)², which knows of no clusters.
    pub fn weight_total_and_kish(&self) -> (f64, Option<f64>) {
        let total = sum(self.weights.iter().copied());
        let squares = sum(self.weights.iter().map(|weight| weight * weight));
        let rows = super::interval::real(self.weights.len() as u64);
        (total, (total > 0.0).then(|| rows * squares / (total * total)))
    }

    /// The same drawing with other weights, such as calibrated ones; `None` if their number differs.
    pub fn with_weights(&self, weights: Vec<f64>) -> Option<Self> {
        (weights.len() == self.weights.len()).then(|| Self { weights, ..self.clone() })
    }

    /// The same design with its rows in the order of strata and units, and the former place of each row.
    ///
    /// Passes over the rows of such a design read memory in order, which is several times as fast for many rows. Whatever
    /// else has a value per row must be brought into the same order.
    pub fn into_sorted(mut self) -> (Self, Vec<u32>) {
        let order = self.tree.take_order();
        self.weights = order.iter().map(|row| self.weight(*row as usize)).collect();
        (self, order)
    }

    /// What is done about a stratum with one sampling unit.
    pub fn lonely_rule(&self) -> LonelyRule {
        self.rule
    }

    /// The same design under another rule.
    #[must_use]
    pub fn with_lonely_rule(mut self, rule: LonelyRule) -> Self {
        self.rule = rule;
        self
    }

    /// The same design where a stratum with several units counts as lonely for domains that have rows in only one of them
    /// (R's `survey.adjust.domain.lonely`). Changes [`LonelyRule::Adjust`] and [`LonelyRule::Average`] only.
    #[must_use]
    pub fn with_lonely_domains(mut self, lonely_domains: bool) -> Self {
        self.lonely_domains = lonely_domains;
        self
    }

    /// Whether variances depend on which strata and units a domain has rows in.
    pub(crate) fn counts_presence(&self) -> bool {
        !matches!(self.rule, LonelyRule::Remove | LonelyRule::Certainty)
            && (self.lonely_domains || !self.lonely().is_empty())
    }

    /// Strata from which only one unit was drawn although there are more, at the stages that enter the variance.
    pub fn lonely(&self) -> Vec<Lonely> {
        self.tree.lonely()
    }

    /// Whether nothing was left out: every stage's units were all drawn.
    pub fn is_census(&self) -> bool {
        self.tree.is_census()
    }

    /// First-stage units and strata of the rows that `used` marks and whose weight is not zero.
    pub fn units_and_strata(&self, used: &[bool]) -> (usize, usize) {
        self.tree.units_and_strata(|row| used.get(row) == Some(&true) && self.weight(row) != 0.0)
    }

    /// Degrees of freedom of a domain: its first-stage units minus their strata, as R's `degf` of the subset.
    pub fn degrees_of_freedom(&self, used: &[bool]) -> f64 {
        let (units, strata) = self.units_and_strata(used);
        super::interval::real(units.saturating_sub(strata) as u64)
    }

    fn weight(&self, row: usize) -> f64 {
        self.weights.get(row).copied().unwrap_or_default()
    }

    /// Variances of sums of weighted linearised values, one column each, with one value per row.
    ///
    /// `used` marks the rows of the domain: under [`LonelyRule::Average`] only strata with such a row count, and under
    /// [`LonelyRule::Adjust`] only their units enter the overall mean, as in R. `None` where the rule leaves nothing to
    /// compute from.
    pub fn variances(&self, columns: &[&[f64]], used: &[bool]) -> Vec<Option<f64>> {
        let dense = variance::Dense::new(columns, used);
        self.tree.variances(&dense, self.rule, self.lonely_domains)
    }

    /// The covariance matrix of such sums, row by row.
    pub fn covariance(&self, columns: &[&[f64]], used: &[bool]) -> Option<Vec<Vec<f64>>> {
        let size = columns.len();
        // Cov(a, b) = (Var(a + b) − Var(a) − Var(b)) / 2, each by the same sums.
        let mut sums: Vec<Vec<f64>> = Vec::new();
        for (index, first) in columns.iter().enumerate() {
            for second in columns.iter().skip(index + 1) {
                sums.push(first.iter().zip(*second).map(|(a, b)| a + b).collect());
            }
        }
        let mut all = columns.to_vec();
        all.extend(sums.iter().map(Vec::as_slice));
        let variances: Option<Vec<f64>> = self.variances(&all, used).into_iter().collect();
        let variances = variances?;
        let (own, joint) = variances.split_at_checked(size)?;
        let mut joint = joint.iter();
        let mut matrix = vec![vec![0.0; size]; size];
        for (index, first) in own.iter().enumerate() {
            for (other, second) in own.iter().enumerate().skip(index) {
                let value = if index == other { *first } else { 0.5 * (joint.next()? - first - second) };
                *matrix.get_mut(index)?.get_mut(other)? = value;
                *matrix.get_mut(other)?.get_mut(index)? = value;
            }
        }
        Some(matrix)
    }

    /// Variances of what `influences` hands out leaf by leaf.
    pub(crate) fn variances_of<I: Influences>(&self, influences: &I) -> Vec<Option<f64>> {
        self.tree.variances(influences, self.rule, self.lonely_domains)
    }

    pub(crate) fn tree(&self) -> &Tree {
        &self.tree
    }
}
