//! Estimators that work from row values: totals, means, ratios, shares of levels and variances, under linearisation or
//! replication, with their covariances.
//!
//! Slower than [`super::estimate`] by the factor of figures, but open: any figures of one sample can be put together
//! ([`Figure::linear`]) and their covariance asked for.

use super::super::design::{Design, sum};
use super::super::interval::{Confidence, Interval, NoInterval, from_logit, real};
use super::Variance;
use super::figure::{Figure, NoFigure, count};
use super::intervals::{DesignShare, IntervalMethod, mean_interval};

/// A design and how errors are found under it.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    pub(super) design: &'a Design,
    pub(super) variance: Variance<'a>,
}

/// The simple random sample a design effect compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SimpleSample {
    /// Drawn without replacement from as many as the weights add up to (R's `deff = TRUE`).
    WithoutReplacement,
    /// Drawn with replacement (R's `deff = "replace"`).
    WithReplacement,
}

/// Values of the rows that take part, 0 elsewhere, and which rows these are.
pub(super) struct Taken<const N: usize> {
    pub(super) columns: [Vec<f64>; N],
    pub(super) used: Vec<bool>,
}

impl<'a> Sample<'a> {
    /// A sample. The design must hold the final weights: after a calibration those of
    /// [`super::Calibration::weights`].
    pub fn new(design: &'a Design, variance: Variance<'a>) -> Self {
        Self { design, variance }
    }

    /// The domain of all rows.
    pub fn everybody(&self) -> Vec<bool> {
        vec![true; self.design.rows()]
    }

    /// Σ w y over the rows of the domain that have a value; numbers that are not finite count as missing.
    pub fn total(&self, values: &[Option<f64>], domain: &[bool]) -> Result<Figure, NoFigure> {
        let Taken { columns: [values], used } = self.taken([values], domain)?;
        let of = |weights: &[f64]| Some(weighted(weights, &values));
        self.figure(&used, of, |_| Some(values.clone())).ok_or(NoFigure::Nobody)
    }

    /// Σ w y / Σ w over the rows of the domain that have a value: with y of 0 and 1 a share.
    pub fn mean(&self, values: &[Option<f64>], domain: &[bool]) -> Result<Figure, NoFigure> {
        let Taken { columns: [values], used } = self.taken([values], domain)?;
        let marks = marks(&used);
        self.ratio_of(&values, &marks, &used).ok_or(NoFigure::Nobody)
    }

    /// Σ w y / Σ w x over the rows of the domain that have both.
    pub fn ratio(
        &self,
        numerator: &[Option<f64>],
        denominator: &[Option<f64>],
        domain: &[bool],
    ) -> Result<Figure, NoFigure> {
        let Taken { columns: [above, below], used } = self.taken([numerator, denominator], domain)?;
        self.ratio_of(&above, &below, &used).ok_or(NoFigure::NoDenominator)
    }

    /// The share of each of `number` levels, counted from 0, among the rows of the domain that have one. Levels from
    /// `number` up are answers too, but get no figure.
    pub fn shares(&self, levels: &[Option<u32>], number: u32, domain: &[bool]) -> Result<Vec<Figure>, NoFigure> {
        let share = |level: u32| {
            let marks: Vec<Option<f64>> =
                levels.iter().map(|own| own.map(|own| if own == level { 1.0 } else { 0.0 })).collect();
            self.mean(&marks, domain)
        };
        (0..number).map(share).collect()
    }

    /// The variance of a value in the population: n/(n−1) Σ w (y − ȳ)² / Σ w over n rows (R's `svyvar`).
    pub fn spread(&self, values: &[Option<f64>], domain: &[bool]) -> Result<Figure, NoFigure> {
        let Taken { columns: [values], used } = self.taken([values], domain)?;
        let rows = real(count(&used));
        if rows < 2.0 {
            return Err(NoFigure::OneRow);
        }
        let marks = marks(&used);
        let squares = |weights: &[f64]| {
            let all = weighted(weights, &marks);
            let mean = weighted(weights, &values) / all;
            let squares: Vec<f64> = values
                .iter()
                .zip(&marks)
                .map(|(y, mark)| mark * (y - mean) * (y - mean) * rows / (rows - 1.0))
                .collect();
            (all > 0.0).then_some((squares, all))
        };
        let of = |weights: &[f64]| squares(weights).map(|(squares, all)| weighted(weights, &squares) / all);
        let moves = |estimate: f64| {
            let (squares, all) = squares(self.design.weights())?;
            Some(squares.iter().zip(&marks).map(|(square, mark)| mark * (square - estimate) / all).collect())
        };
        self.figure(&used, of, moves).ok_or(NoFigure::Nobody)
    }

    /// Variances and covariances of some figures, row by row. `None` for figures of another sample, for figures without
    /// an influence under linearisation, and where the design's rule for lonely units leaves nothing to compute from.
    pub fn covariance(&self, figures: &[&Figure]) -> Option<Vec<Vec<f64>>> {
        let calibration = match self.variance {
            Variance::Linearised(calibration) => calibration,
            Variance::Replicated(replicates, _) => {
                let of = |one: &Figure, other: &Figure| {
                    replicates.covariance((one.estimate, &one.replicates), (other.estimate, &other.replicates))
                };
                return figures.iter().map(|one| figures.iter().map(|other| of(one, other)).collect()).collect();
            }
        };
        let weights = self.design.weights();
        let mut used = vec![calibration.is_some(); weights.len()];
        let mut columns = Vec::with_capacity(figures.len());
        for figure in figures {
            let own = figure.influence.as_ref().filter(|own| own.len() == weights.len())?;
            let residuals = calibration.map_or_else(|| own.clone(), |calibration| calibration.residuals(own));
            columns.push(residuals.iter().zip(weights).map(|(value, weight)| value * weight).collect::<Vec<f64>>());
            used.iter_mut().zip(&figure.used).for_each(|(used, own)| *used |= own);
        }
        if let [_] = columns.as_slice() {
            let variance = self.design.variances(&slices(&columns), &used).first().copied()??;
            return Some(vec![vec![variance]]);
        }
        // Figures of very different size would lose the covariance to rounding: each is scaled to an error near 1.
        let variances: Option<Vec<f64>> = self.design.variances(&slices(&columns), &used).into_iter().collect();
        let scales: Vec<f64> = variances?
            .into_iter()
            .map(|variance| if variance > 0.0 { variance.sqrt().log2().round().exp2() } else { 1.0 })
            .collect();
        for (column, scale) in columns.iter_mut().zip(&scales) {
            for value in column {
                *value /= scale;
            }
        }
        let mut matrix = self.design.covariance(&slices(&columns), &used)?;
        for (row, scale) in matrix.iter_mut().zip(&scales) {
            row.iter_mut().zip(&scales).for_each(|(cell, other)| *cell *= scale * other);
        }
        Some(matrix)
    }

    /// The variance of a figure.
    pub fn variance(&self, figure: &Figure) -> Option<f64> {
        self.covariance(&[figure])?.first()?.first().copied()
    }

    /// The standard error of a figure.
    pub fn standard_error(&self, figure: &Figure) -> Option<f64> {
        self.variance(figure).map(f64::sqrt)
    }

    /// Degrees of freedom of a figure: first-stage units minus strata of its rows.
    pub fn df(&self, figure: &Figure) -> f64 {
        self.design.degrees_of_freedom(&figure.used)
    }

    /// Design effect of a total, mean, ratio or of what is put together from them: its variance over that under a simple
    /// random sample of as many rows. Infinite where such a sample would leave no doubt (all values agree); `None`
    /// below two rows, where the weights add up to no more than the rows, or without a variance.
    pub fn deff(&self, figure: &Figure, simple: SimpleSample) -> Option<f64> {
        let (weights, influence) = (self.design.weights(), figure.influence.as_ref()?);
        let marks = marks(&figure.used);
        let (all, rows) = (weighted(weights, &marks), real(figure.rows));
        let mean = weighted(weights, influence) / all;
        let squares: Vec<f64> = influence.iter().zip(&marks).map(|(u, mark)| mark * (u - mean) * (u - mean)).collect();
        let left_out = match simple {
            SimpleSample::WithReplacement => 1.0,
            SimpleSample::WithoutReplacement => 1.0 - rows / all,
        };
        let of_simple = weighted(weights, &squares) * all / (rows - 1.0) * left_out;
        let variance = self.variance(figure)?;
        (rows > 1.0 && all > 0.0 && left_out > 0.0 && !(variance <= 0.0 && of_simple <= 0.0))
            .then_some(variance / of_simple)
    }

    /// estimate ± t √v with the figure's own degrees of freedom, or with those given.
    pub fn interval(&self, figure: &Figure, df: Option<f64>, confidence: Confidence) -> Result<Interval, NoInterval> {
        let df = df.unwrap_or_else(|| self.df(figure));
        let variance = self.variance(figure).ok_or(NoInterval::NoVariation)?;
        mean_interval(figure.estimate, variance, df, confidence)
    }

    /// The interval of a share by one method. From replicates, method [`IntervalMethod::Logit`] uses the spread of the
    /// replicates' logits, as R's does; the other methods use the variance of the share.
    pub fn share_interval(
        &self,
        figure: &Figure,
        method: IntervalMethod,
        df: Option<f64>,
        confidence: Confidence,
    ) -> Result<Interval, NoInterval> {
        let df = df.unwrap_or_else(|| self.df(figure));
        let variance = self.variance(figure).ok_or(NoInterval::NoVariation)?;
        if method == IntervalMethod::Logit && matches!(self.variance, Variance::Replicated(..)) {
            let logit = figure
                .transformed(|share| (share / (1.0 - share)).ln(), |share| 1.0 / (share * (1.0 - share)))
                .ok_or(NoInterval::ShareAtEnd)?;
            let limits = self.interval(&logit, Some(df), confidence)?;
            return Ok(Interval { low: from_logit(limits.low), high: from_logit(limits.high) });
        }
        DesignShare { share: figure.estimate, variance, rows: figure.rows, df }.interval(method, confidence)
    }

    fn ratio_of(&self, above: &[f64], below: &[f64], used: &[bool]) -> Option<Figure> {
        let parts = |weights: &[f64]| {
            let all = weighted(weights, below);
            (all.abs() > 0.0).then(|| (weighted(weights, above) / all, all))
        };
        let moves = |estimate: f64| {
            let (_, all) = parts(self.design.weights())?;
            Some(above.iter().zip(below).map(|(above, below)| (above - estimate * below) / all).collect())
        };
        self.figure(used, |weights| parts(weights).map(|(ratio, _)| ratio), moves)
    }

    /// A figure from a statistic of the weights, and from how far each row moves it.
    pub(super) fn figure(
        &self,
        used: &[bool],
        statistic: impl Fn(&[f64]) -> Option<f64>,
        influence: impl Fn(f64) -> Option<Vec<f64>>,
    ) -> Option<Figure> {
        let estimate = statistic(self.design.weights()).filter(|value| value.is_finite())?;
        let replicates = match self.variance {
            Variance::Linearised(_) => Vec::new(),
            Variance::Replicated(replicates, calibration) => {
                let value = |replicate| statistic(&replicates.final_weights(replicate, self.design, calibration)?);
                (0..replicates.number()).map(value).collect()
            }
        };
        Some(Figure { estimate, influence: influence(estimate), replicates, used: used.to_vec(), rows: count(used) })
    }

    pub(super) fn taken<const N: usize>(
        &self,
        columns: [&[Option<f64>]; N],
        domain: &[bool],
    ) -> Result<Taken<N>, NoFigure> {
        let weights = self.design.weights();
        let rows = weights.len();
        let lengths = columns.iter().map(|column| column.len()).chain([domain.len()]);
        if let Some(given) = lengths.into_iter().find(|given| *given != rows) {
            return Err(NoFigure::Length { given, rows });
        }
        let mut used: Vec<bool> =
            domain.iter().zip(weights).map(|(inside, weight)| *inside && *weight != 0.0).collect();
        for column in columns {
            used.iter_mut().zip(column).for_each(|(used, value)| *used &= value.is_some_and(f64::is_finite));
        }
        if !used.contains(&true) {
            return Err(NoFigure::Nobody);
        }
        let own = |column: &[Option<f64>]| {
            column.iter().zip(&used).map(|(value, used)| value.filter(|_| *used).unwrap_or_default()).collect()
        };
        Ok(Taken { columns: columns.map(own), used })
    }
}

fn slices(columns: &[Vec<f64>]) -> Vec<&[f64]> {
    columns.iter().map(Vec::as_slice).collect()
}

/// Σ w y.
pub(super) fn weighted(weights: &[f64], values: &[f64]) -> f64 {
    sum(weights.iter().zip(values).map(|(weight, value)| weight * value))
}

/// 1 for rows that take part.
pub(super) fn marks(used: &[bool]) -> Vec<f64> {
    used.iter().map(|used| if *used { 1.0 } else { 0.0 }).collect()
}

/// What unequal weights alone cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightEffect {
    /// n Σ w² / (Σ w)²: one plus the squared coefficient of variation of the weights.
    pub deff: f64,
    /// (Σ w)² / Σ w².
    pub effective_rows: f64,
}

/// The effect of unequal weights on a mean that has nothing to do with them (Kish 1965, section 11.7); `None` when the
/// weights add up to nothing. Rows of weight 0 count as rows.
pub fn kish(weights: &[f64]) -> Option<WeightEffect> {
    let (all, squares) = (sum(weights.iter().copied()), sum(weights.iter().map(|weight| weight * weight)));
    let effective_rows = all * all / squares;
    let deff = real(weights.len() as u64) / effective_rows;
    (effective_rows > 0.0 && deff.is_finite()).then_some(WeightEffect { deff, effective_rows })
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests index what they have just made")]
mod tests {
    use super::super::super::design::{LonelyRule, Plan, StagePlan};
    use super::*;

    const PLAIN: Variance<'_> = Variance::Linearised(None);

    fn design(weights: &[f64]) -> Design {
        Design::independent(weights.to_vec()).unwrap()
    }

    #[test]
    fn rows_without_a_value_a_weight_or_a_place_in_the_domain_take_no_part() {
        let design = design(&[1.0, 2.0, 0.0, 4.0, 5.0, 6.0]);
        let sample = Sample::new(&design, PLAIN);
        let values = [Some(1.0), Some(0.0), Some(1.0), None, Some(f64::NAN), Some(1.0)];
        let domain = [true, true, true, true, true, false];
        let mean = sample.mean(&values, &domain).unwrap();
        assert_eq!((mean.rows(), mean.used()), (2, [true, true, false, false, false, false].as_slice()));
        assert!((mean.estimate() - 1.0 / 3.0).abs() < 1e-15);
        let total = sample.total(&values, &domain).unwrap();
        assert!((total.estimate() - 1.0).abs() < 1e-15);
        assert_eq!(sample.mean(&values, &[false; 6]).unwrap_err(), NoFigure::Nobody);
        assert_eq!(sample.mean(&values[..5], &domain).unwrap_err(), NoFigure::Length { given: 5, rows: 6 });
        assert_eq!(sample.ratio(&values, &[Some(0.0); 6], &domain).unwrap_err(), NoFigure::NoDenominator);
        assert_eq!(
            sample.spread(&[Some(1.0); 6], &[true, false, false, false, false, false]).unwrap_err(),
            NoFigure::OneRow
        );
        assert!(NoFigure::NoDenominator.to_string().contains("denominator"));
    }

    #[test]
    fn where_all_agree_there_is_no_design_effect_and_the_error_is_nothing() {
        let design = design(&[3.0; 5]);
        let sample = Sample::new(&design, PLAIN);
        let mean = sample.mean(&[Some(1.0); 5], &sample.everybody()).unwrap();
        assert_eq!(sample.standard_error(&mean), Some(0.0));
        assert_eq!(sample.deff(&mean, SimpleSample::WithoutReplacement), None);
    }

    #[test]
    fn an_equally_weighted_simple_sample_has_a_design_effect_of_one() {
        let design = design(&[3.0; 8]);
        let sample = Sample::new(&design, PLAIN);
        let values = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0].map(Some);
        let mean = sample.mean(&values, &sample.everybody()).unwrap();
        assert!((sample.deff(&mean, SimpleSample::WithReplacement).unwrap() - 1.0).abs() < 1e-12);
        // Without replacement 8 of 24 were drawn, which the design does not say.
        assert!((sample.deff(&mean, SimpleSample::WithoutReplacement).unwrap() - 1.5).abs() < 1e-12);
    }

    #[test]
    fn figures_of_very_different_size_keep_their_covariance() {
        let design = design(&[1.0, 2.0, 3.0, 1.0, 2.0]);
        let sample = Sample::new(&design, PLAIN);
        let (small, all) = ([0.1, 0.4, 0.2, 0.9, 0.5].map(Some), sample.everybody());
        let large = small.map(|value| value.map(|value| value * 1e12));
        let [small, large] = [small, large].map(|values| sample.mean(&values, &all).unwrap());
        let matrix = sample.covariance(&[&small, &large]).unwrap();
        assert!((matrix[0][1] / (matrix[0][0] * 1e12) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn one_unit_has_no_variance_unless_a_rule_says_so() {
        let stage = StagePlan { units: Some(vec![0; 4]), strata: None, population: None };
        let plan = Plan { weights: vec![1.0; 4], stages: vec![stage], nest: false, lonely: LonelyRule::Fail };
        let design = Design::new(plan).unwrap();
        let sample = Sample::new(&design, PLAIN);
        let mean = sample.mean(&[1.0, 0.0, 1.0, 1.0].map(Some), &sample.everybody()).unwrap();
        assert_eq!((sample.variance(&mean), sample.df(&mean).to_bits()), (None, 0.0_f64.to_bits()));
        assert!(sample.interval(&mean, None, Confidence::P95).is_err());
    }

    #[test]
    fn equal_weights_cost_nothing_and_no_weight_has_no_effect() {
        let equal = kish(&[2.0; 7]).unwrap();
        assert!((equal.deff - 1.0).abs() < 1e-15 && (equal.effective_rows - 7.0).abs() < 1e-12);
        assert_eq!(kish(&[]), None);
        assert_eq!(kish(&[0.0, 0.0]), None);
    }
}
