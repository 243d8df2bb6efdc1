//! Weights after non-response, and weights that are not to become too large.

use super::super::design::sum;

/// Base weights and what those who did not answer leave to the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Responded {
    /// The weight of each row; 0 for those who did not answer.
    pub weights: Vec<f64>,
    /// The factor of each class: Σ w of all over Σ w of those who answered; 1 for classes without a weight.
    pub factors: Vec<f64>,
    /// Classes whose factor is above the bound, counted from 0: their few speak for many; merge them with a neighbour.
    pub large: Vec<usize>,
}

/// Why weights cannot be adjusted.
#[derive(Clone, Debug, PartialEq)]
pub enum NonresponseError {
    /// A list has another length than there are weights.
    Length {
        /// Values given.
        given: usize,
        /// Weights.
        rows: usize,
    },
    /// A weight is negative, infinite or not a number.
    Weight {
        /// The row, counted from 0.
        row: usize,
    },
    /// A row's class has no name.
    UnknownClass {
        /// The row, counted from 0.
        row: usize,
        /// The class, counted from 0.
        class: u32,
    },
    /// Nobody in a class answered.
    NobodyAnswered {
        /// The class, counted from 0.
        class: usize,
        /// Its name.
        name: String,
    },
}

impl std::fmt::Display for NonresponseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Length { given, rows } => write!(f, "{given} values for {rows} weights: give one per row"),
            Self::Weight { row } => write!(f, "row {}: the weight must be a number from 0 up", row + 1),
            Self::UnknownClass { row, class } => write!(f, "row {}: class {} has no name", row + 1, class + 1),
            Self::NobodyAnswered { name, .. } => {
                write!(f, "class \"{name}\": nobody answered; merge it with another class")
            }
        }
    }
}

impl std::error::Error for NonresponseError {}

/// Weighting-class adjustment (Oh & Scheuren 1983): in each class those who answered take over the weight of those who did
/// not, w × Σ w of all / Σ w of those who answered. Unbiased if, inside a class, answering has nothing to do with the
/// answers. Factors above `bound` are reported, not cut. Everything that is wrong is told at once.
pub fn weighting_classes(
    weights: &[f64],
    class_of_row: &[u32],
    names: &[String],
    responded: &[bool],
    bound: f64,
) -> Result<Responded, Vec<NonresponseError>> {
    let rows = weights.len();
    let lengths = [class_of_row.len(), responded.len()].into_iter().filter(|given| *given != rows);
    let mut errors: Vec<NonresponseError> = lengths.map(|given| NonresponseError::Length { given, rows }).collect();
    let bad = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0));
    errors.extend(bad.map(|row| NonresponseError::Weight { row }));
    let unknown = class_of_row.iter().enumerate().find(|(_, class)| **class as usize >= names.len());
    errors.extend(unknown.map(|(row, class)| NonresponseError::UnknownClass { row, class: *class }));
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut members: Vec<Vec<(f64, bool)>> = vec![Vec::new(); names.len()];
    for ((weight, class), answered) in weights.iter().zip(class_of_row).zip(responded) {
        if let Some(own) = members.get_mut(*class as usize) {
            own.push((*weight, *answered));
        }
    }
    let mut factors = Vec::with_capacity(names.len());
    for (class, (own, name)) in members.iter().zip(names).enumerate() {
        let all = sum(own.iter().map(|(weight, _)| *weight));
        let answered = sum(own.iter().map(|(weight, answered)| if *answered { *weight } else { 0.0 }));
        if all > 0.0 && answered <= 0.0 {
            errors.push(NonresponseError::NobodyAnswered { class, name: name.clone() });
        }
        factors.push(if all > 0.0 { all / answered } else { 1.0 });
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let large = factors.iter().enumerate().filter(|(_, factor)| **factor > bound).map(|(class, _)| class).collect();
    let adjusted = |((weight, class), answered): ((&f64, &u32), &bool)| {
        if *answered { weight * factors.get(*class as usize).copied().unwrap_or(1.0) } else { 0.0 }
    };
    let weights = weights.iter().zip(class_of_row).zip(responded).map(adjusted).collect();
    Ok(Responded { weights, factors, large })
}

/// Why weights cannot be trimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrimError {
    /// The limits are no numbers, or the lower one is above the upper one.
    Limits,
    /// Every weight is outside the limits, or would have to be: nothing is left to take over what is cut off.
    NothingInside,
}

impl std::fmt::Display for TrimError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Limits => f.write_str("the lower limit of weights must be a number not above the upper limit"),
            Self::NothingInside => {
                f.write_str("no weight is left between the limits to take over what is cut off: widen the limits")
            }
        }
    }
}

impl std::error::Error for TrimError {}

/// Rounds of trimming at most.
const MOST_ROUNDS: usize = 10_000;

/// Weights cut at limits; what is cut off is spread evenly over the rows whose weight was inside, so that the sum of
/// weights stays. `strict` repeats this until what was spread lies inside the limits too; without it a weight may end a
/// little outside (R's `trimWeights`). Trimming buys variance with bias (Potter 1990).
pub fn trim(weights: &[f64], low: f64, high: f64, strict: bool) -> Result<Vec<f64>, TrimError> {
    if low.is_nan() || high.is_nan() || low > high {
        return Err(TrimError::Limits);
    }
    let all = sum(weights.iter().copied());
    let rows = super::super::interval::real(weights.len() as u64);
    if strict && !(low * rows <= all && all <= high * rows) {
        return Err(TrimError::NothingInside);
    }
    let mut weights = weights.to_vec();
    for _ in 0..if strict { MOST_ROUNDS } else { 1 } {
        let inside: Vec<bool> = weights.iter().map(|weight| low <= *weight && *weight <= high).collect();
        let number = super::figure::count(&inside);
        if number == weights.len() as u64 {
            return Ok(weights);
        }
        if number == 0 {
            return Err(TrimError::NothingInside);
        }
        let cut = |weight: &f64| weight.clamp(low, high);
        let share = sum(weights.iter().map(|weight| weight - cut(weight))) / super::super::interval::real(number);
        for (weight, inside) in weights.iter_mut().zip(inside) {
            *weight = if inside { *weight + share } else { cut(weight) };
        }
    }
    if strict {
        // What is still outside after that many rounds must be nothing to speak of.
        for weight in &mut weights {
            *weight = weight.clamp(low, high);
        }
        if (sum(weights.iter().copied()) - all).abs() > 1e-9 * all.abs() {
            return Err(TrimError::NothingInside);
        }
    }
    Ok(weights)
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests index what they have just made")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn those_who_answered_take_over_the_weight_of_their_class() {
        let weights = [10.0, 10.0, 20.0, 5.0, 5.0];
        let answered = [true, false, true, true, false];
        let found = weighting_classes(&weights, &[0, 0, 0, 1, 1], &names(&["a", "b", "c"]), &answered, 1.5).unwrap();
        let wanted = [40.0 / 3.0, 0.0, 80.0 / 3.0, 10.0, 0.0];
        assert!(found.weights.iter().zip(wanted).all(|(own, wanted)| (own - wanted).abs() < 1e-12));
        assert_eq!(found.large, [1]);
        assert!((found.factors[2] - 1.0).abs() < 1e-15, "a class without a row has nothing to take over");
    }

    #[test]
    fn classes_without_an_answer_are_named_all_at_once() {
        let errors = weighting_classes(
            &[1.0; 4],
            &[0, 1, 1, 2],
            &names(&["north", "south", "east"]),
            &[true, false, false, false],
            3.0,
        )
        .unwrap_err();
        assert_eq!(errors.len(), 2);
        assert!(errors[0].to_string().contains("south") && errors[1].to_string().contains("east"));
        let wrong = weighting_classes(&[-1.0], &[7], &names(&["a"]), &[], 3.0).unwrap_err();
        assert_eq!(wrong.len(), 3);
        assert!(wrong.iter().all(|error| !error.to_string().is_empty()));
    }

    #[test]
    fn limits_nothing_fits_between_are_refused() {
        assert_eq!(trim(&[1.0, 2.0], 3.0, 1.0, true), Err(TrimError::Limits));
        assert_eq!(trim(&[1.0, 2.0], f64::NAN, 1.0, true), Err(TrimError::Limits));
        assert_eq!(trim(&[5.0, 6.0], 0.0, 1.0, false), Err(TrimError::NothingInside));
        // The mean is above the upper limit: whatever is cut off ends outside again.
        assert!(trim(&[1.0, 9.0], 0.0, 2.0, true).is_err());
        assert_eq!(trim(&[], 0.0, 1.0, true), Ok(Vec::new()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn trimming_keeps_the_sum_and_strictly_the_limits(
            weights in prop::collection::vec(0.5..20.0_f64, 1..60),
            part in 0.2..1.0_f64,
        ) {
            let (all, most) = (sum(weights.iter().copied()), weights.iter().copied().fold(0.0, f64::max));
            let mean = all / crate::statistics::interval::real(weights.len() as u64);
            let high = mean + part * (most - mean);
            let trimmed = trim(&weights, 0.0, high, true).unwrap();
            prop_assert!(trimmed.iter().all(|weight| *weight <= high));
            prop_assert!((sum(trimmed.iter().copied()) / all - 1.0).abs() < 1e-9);
        }

        #[test]
        fn the_adjusted_weights_of_a_class_add_up_to_all_of_it(
            rows in prop::collection::vec((0.1..9.0_f64, 0..3_u32, any::<bool>()), 1..60),
        ) {
            let weights: Vec<f64> = rows.iter().map(|row| row.0).collect();
            let classes: Vec<u32> = rows.iter().map(|row| row.1).collect();
            let answered: Vec<bool> = rows.iter().map(|row| row.2).collect();
            if let Ok(found) = weighting_classes(&weights, &classes, &names(&["a", "b", "c"]), &answered, 3.0) {
                prop_assert!((sum(found.weights.iter().copied()) / sum(weights.iter().copied()) - 1.0).abs() < 1e-12);
                prop_assert!(found.factors.iter().all(|factor| *factor >= 1.0 - 1e-12));
            }
        }
    }
}
