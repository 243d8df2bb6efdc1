//! Comparing two groups, and trends: t tests and logistic regression under a design.
#![expect(clippy::indexing_slicing, reason = "matrices are indexed by the rows and terms they are made of")]

use nalgebra::{DMatrix, DVector};

use super::super::interval::{Confidence, Interval, NoInterval, real};
use super::super::special::StudentT;
use super::figure::{Figure, NoFigure, count};
use super::general::{Sample, Taken, weighted};
use super::intervals::mean_interval;
use super::linear::inverse;
use super::rao_scott::{Below, NoTest, TestResult};

/// The difference of two means with its t test.
#[derive(Clone, Debug)]
pub struct TwoGroups {
    /// Mean of the second group minus mean of the first.
    pub difference: Figure,
    /// Its standard error.
    pub standard_error: f64,
    /// Difference over standard error.
    pub t: f64,
    /// Units minus strata of both groups together, minus one.
    pub df: f64,
    /// Two-sided.
    pub p_value: f64,
}

impl TwoGroups {
    /// difference ± t × standard error.
    pub fn interval(&self, confidence: Confidence) -> Result<Interval, NoInterval> {
        mean_interval(self.difference.estimate(), self.standard_error * self.standard_error, self.df, confidence)
    }
}

/// A logistic regression fitted to a sample.
#[derive(Clone, Debug)]
pub struct Logistic {
    /// The constant, then one coefficient per predictor.
    pub coefficients: Vec<Figure>,
    /// Their standard errors; `None` where the design does not allow one.
    pub standard_errors: Vec<Option<f64>>,
    /// Units minus strata of the rows used, plus one, minus coefficients.
    pub df: f64,
}

impl Logistic {
    /// The two-sided t test of one coefficient.
    pub fn p_value(&self, term: usize) -> Option<f64> {
        let (figure, error) = (self.coefficients.get(term)?, (*self.standard_errors.get(term)?)?);
        let tails = StudentT::new(self.df)?.tails(figure.estimate() / error);
        let p = 2.0 * tails.lower.min(tails.upper);
        (!p.is_nan()).then_some(p)
    }
}

/// Newton steps at most.
const MOST_STEPS: usize = 100;
/// Gains per weight below which a fit has settled.
const SETTLED: f64 = 1e-20;
/// Gains per weight that rounding may hide.
const ROUNDED: f64 = 1e-12;
/// A linear predictor beyond this is a chance of 0 or 1.
const CERTAIN: f64 = 30.0;

impl Sample<'_> {
    /// Compares the mean of a value between two groups of rows (`Some(true)` is the second) inside a domain, as R's
    /// `svyttest`: the groups may share sampling units.
    pub fn two_groups(
        &self,
        values: &[Option<f64>],
        second: &[Option<bool>],
        domain: &[bool],
    ) -> Result<TwoGroups, NoTest> {
        let group = |wanted: bool| {
            let inside: Vec<bool> =
                domain.iter().zip(second).map(|(inside, own)| *inside && *own == Some(wanted)).collect();
            self.mean(values, &inside)
        };
        if second.len() != values.len() {
            return Err(NoFigure::Length { given: second.len(), rows: self.design.rows() }.into());
        }
        let (one, two) = (group(false)?, group(true)?);
        let difference = Figure::linear(&[(1.0, &two), (-1.0, &one)]).ok_or(NoTest::Dependent)?;
        let standard_error = self.standard_error(&difference).filter(|error| *error > 0.0).ok_or(NoTest::Dependent)?;
        let df = self.df(&difference) - 1.0;
        if df < 1.0 {
            return Err(NoTest::TooFewUnits);
        }
        let t = difference.estimate() / standard_error;
        let tails = StudentT::new(df).ok_or(NoTest::TooFewUnits)?.tails(t);
        Ok(TwoGroups { p_value: 2.0 * tails.lower.min(tails.upper), difference, standard_error, t, df })
    }

    /// Logistic regression of an outcome on predictors, with the errors of the design (Binder 1983), as R's `svyglm` with
    /// the quasibinomial family. Rows with the outcome and all predictors take part. A trend over waves is the
    /// coefficient of the wave's number.
    pub fn logistic(
        &self,
        outcome: &[Option<bool>],
        predictors: &[Vec<Option<f64>>],
        domain: &[bool],
    ) -> Result<Logistic, NoTest> {
        let outcome: Vec<Option<f64>> = outcome.iter().map(|own| own.map(|own| if own { 1.0 } else { 0.0 })).collect();
        let Taken { columns: [_], mut used } = self.taken([&outcome], domain)?;
        for predictor in predictors {
            let Taken { columns: [_], used: own } = self.taken([predictor], &used)?;
            used = own;
        }
        let rows: Vec<usize> = used.iter().enumerate().filter(|(_, used)| **used).map(|(row, _)| row).collect();
        let at = |column: &[Option<f64>], row: &usize| column.get(*row).copied().flatten().unwrap_or_default();
        let y = DVector::from_iterator(rows.len(), rows.iter().map(|row| at(&outcome, row)));
        let terms = 1 + predictors.len();
        let columns = std::iter::repeat_n(1.0, rows.len())
            .chain(predictors.iter().flat_map(|column| rows.iter().map(|row| at(column, row))));
        let x = DMatrix::from_iterator(rows.len(), terms, columns);
        let of = |weights: &[f64]| {
            DVector::from_iterator(rows.len(), rows.iter().map(|row| weights.get(*row).copied().unwrap_or_default()))
        };
        let fitted = fit(&x, &y, &of(self.design.weights()))?;
        // (Σ w μ(1 − μ) x x')⁻¹ x (y − μ): how far a row moves the coefficients.
        let moves = DMatrix::from_fn(rows.len(), terms, |row, term| x[(row, term)] * (y[row] - fitted.shares[row]))
            * &fitted.inverse;
        let replicates: Vec<Option<DVector<f64>>> = match self.variance {
            super::Variance::Linearised(_) => Vec::new(),
            super::Variance::Replicated(replicates, calibration) => {
                let one = |replicate| {
                    let weights = replicates.final_weights(replicate, self.design, calibration)?;
                    fit(&x, &y, &of(&weights)).ok().map(|fitted| fitted.coefficients)
                };
                (0..replicates.number()).map(one).collect()
            }
        };
        let number = count(&used);
        let coefficient = |term: usize| {
            let mut influence = vec![0.0; used.len()];
            for (place, row) in rows.iter().enumerate() {
                if let Some(cell) = influence.get_mut(*row) {
                    *cell = moves[(place, term)];
                }
            }
            Figure {
                estimate: fitted.coefficients[term],
                influence: Some(influence),
                replicates: replicates.iter().map(|own| own.as_ref().map(|own| own[term])).collect(),
                used: used.clone(),
                rows: number,
            }
        };
        let coefficients: Vec<Figure> = (0..terms).map(coefficient).collect();
        let standard_errors = coefficients.iter().map(|figure| self.standard_error(figure)).collect();
        let df = self.design.degrees_of_freedom(&used) + 1.0 - real(terms as u64);
        Ok(Logistic { coefficients, standard_errors, df })
    }

    /// Wald's F test that the coefficients of some terms are all zero (the constant is term 0), as R's `regTermTest`.
    pub fn test_terms(&self, fit: &Logistic, terms: &[usize]) -> Result<TestResult, NoTest> {
        let chosen: Result<Vec<&Figure>, NoTest> =
            terms.iter().map(|term| fit.coefficients.get(*term).ok_or(NoTest::UnknownTerm(*term))).collect();
        self.wald(&chosen?, Below::Plain(fit.df))
    }
}

struct Fitted {
    coefficients: DVector<f64>,
    shares: DVector<f64>,
    /// The inverse of Σ w μ(1 − μ) x x'.
    inverse: DMatrix<f64>,
}

/// Newton's method on the weighted likelihood, halving steps that make it worse.
fn fit(x: &DMatrix<f64>, y: &DVector<f64>, weights: &DVector<f64>) -> Result<Fitted, NoTest> {
    let shares = |coefficients: &DVector<f64>| (x * coefficients).map(super::super::interval::from_logit);
    let likelihood = |coefficients: &DVector<f64>| {
        let predictor = x * coefficients;
        // ln μ = −ln(1 + e^−η), without overflow.
        let terms: Vec<f64> = predictor
            .iter()
            .zip(y)
            .map(|(eta, y)| {
                let eta = if *y > 0.5 { *eta } else { -*eta };
                if eta > 0.0 { -(-eta).exp().ln_1p() } else { eta - eta.exp().ln_1p() }
            })
            .collect();
        weighted(weights.as_slice(), &terms)
    };
    let mut coefficients = DVector::zeros(x.ncols());
    let mut best = likelihood(&coefficients);
    let all = weights.sum();
    if all.is_nan() || all <= 0.0 {
        return Err(NoFigure::Nobody.into());
    }
    for _ in 0..MOST_STEPS {
        let far = (x * &coefficients).amax();
        if far > CERTAIN {
            return Err(NoTest::Separated);
        }
        let shares = shares(&coefficients);
        let score = x.transpose() * weights.component_mul(&(y - &shares));
        let spread = weights.component_mul(&shares.map(|share| share * (1.0 - share)));
        let scaled = DMatrix::from_fn(x.nrows(), x.ncols(), |row, term| x[(row, term)] * spread[row]);
        let why = if far > 0.5 * CERTAIN { NoTest::Separated } else { NoTest::Dependent };
        let inverse = inverse(&(x.transpose() * scaled)).ok_or(why)?;
        let step = &inverse * &score;
        // Twice what the step would gain in likelihood.
        let gain = score.dot(&step);
        let better = |factor: &f64| likelihood(&(&coefficients + *factor * &step)) > best;
        let factor = if gain <= SETTLED * all { None } else { (0..40).map(|half| 0.5_f64.powi(half)).find(better) };
        match factor {
            Some(factor) => {
                coefficients += factor * &step;
                best = likelihood(&coefficients);
            }
            None if gain <= ROUNDED * all => return Ok(Fitted { coefficients: coefficients + step, shares, inverse }),
            None => return Err(NoTest::Separated),
        }
    }
    Err(NoTest::Separated)
}

#[cfg(test)]
mod tests {
    use super::super::super::design::Design;
    use super::super::Variance;
    use super::*;

    const PLAIN: Variance<'_> = Variance::Linearised(None);

    #[test]
    fn the_slope_of_two_groups_is_the_log_of_their_odds_ratio() {
        let rows: Vec<(bool, f64)> = [(true, 0.0, 6), (false, 0.0, 4), (true, 2024.0, 9), (false, 2024.0, 3)]
            .into_iter()
            .flat_map(|(good, year, count)| std::iter::repeat_n((good, year), count))
            .collect();
        let design = Design::independent(vec![1.5; rows.len()]).unwrap();
        let sample = Sample::new(&design, PLAIN);
        let outcome: Vec<Option<bool>> = rows.iter().map(|row| Some(row.0)).collect();
        let years: Vec<Option<f64>> = rows.iter().map(|row| Some(row.1)).collect();
        let fit = sample.logistic(&outcome, std::slice::from_ref(&years), &sample.everybody()).unwrap();
        assert!((fit.coefficients[0].estimate() - 1.5_f64.ln()).abs() < 1e-12);
        assert!((fit.coefficients[1].estimate() * 2024.0 - 2.0_f64.ln()).abs() < 1e-12);
        let test = sample.test_terms(&fit, &[1]).unwrap();
        assert!((test.p_value / fit.p_value(1).unwrap() - 1.0).abs() < 1e-9, "F of one term is t squared");
        assert_eq!(sample.test_terms(&fit, &[2]).unwrap_err(), NoTest::UnknownTerm(2));
        assert_eq!(fit.p_value(7), None);
    }

    #[test]
    fn an_outcome_that_a_predictor_tells_with_certainty_is_refused() {
        let design = Design::independent(vec![1.0; 8]).unwrap();
        let sample = Sample::new(&design, PLAIN);
        let outcome = [false, false, false, false, true, true, true, true].map(Some);
        let predictor = vec![(0..8).map(|row| Some(f64::from(row))).collect::<Vec<_>>()];
        let all = sample.everybody();
        assert_eq!(sample.logistic(&outcome, &predictor, &all).unwrap_err(), NoTest::Separated);
        assert_eq!(sample.logistic(&[Some(true); 8], &[], &all).unwrap_err(), NoTest::Separated);
        assert_eq!(sample.logistic(&outcome, &[vec![Some(1.0); 8]], &all).unwrap_err(), NoTest::Dependent);
        assert!(sample.logistic(&[None; 8], &predictor, &all).is_err());
    }

    #[test]
    fn equal_groups_have_a_p_value_of_one_and_groups_that_do_not_vary_have_none() {
        let design = Design::independent(vec![1.0; 8]).unwrap();
        let sample = Sample::new(&design, PLAIN);
        let values = [1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 4.0].map(Some);
        let second = [false, false, false, false, true, true, true, true].map(Some);
        let test = sample.two_groups(&values, &second, &sample.everybody()).unwrap();
        assert!((test.p_value - 1.0).abs() < 1e-12 && (test.df - 6.0).abs() < 1e-12);
        assert!(test.interval(Confidence::P95).unwrap().contains(0.0));
        assert_eq!(sample.two_groups(&[Some(1.0); 8], &second, &[true; 8]).unwrap_err(), NoTest::Dependent);
        assert_eq!(
            sample.two_groups(&values, &[Some(true); 8], &[true; 8]).unwrap_err(),
            NoTest::NoFigure(NoFigure::Nobody)
        );
    }
}
