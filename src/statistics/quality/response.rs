//! Item non-response: what the empty answers could do to a share.

use super::super::interval::Interval;
use super::QualityError;

/// The part of empty answers above which a share needs a warning.
pub const NON_RESPONSE_WARNING: f64 = 0.10;

/// Who answered an item how, as counts or as sums of weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ItemResponse {
    satisfied: f64,
    answered: f64,
    not_applicable: f64,
    empty: f64,
}

impl ItemResponse {
    /// Those satisfied, those who answered (satisfied or not), those to whom the item does not apply, and those who
    /// left it empty: counts, or sums of weights.
    ///
    /// Refused when one of the four is negative or no finite number, or when more are satisfied than answered; the
    /// place is counted from 0.
    pub fn new(satisfied: f64, answered: f64, not_applicable: f64, empty: f64) -> Result<Self, QualityError> {
        let parts = [satisfied, answered, not_applicable, empty];
        if let Some(place) = parts.iter().position(|part| !part.is_finite() || *part < 0.0) {
            return Err(QualityError::WeightUnusable { place });
        }
        if satisfied > answered {
            return Err(QualityError::WeightUnusable { place: 0 });
        }
        Ok(Self { satisfied, answered, not_applicable, empty })
    }

    /// The share of those satisfied among those who answered; `None` without an answer.
    pub fn share(&self) -> Option<f64> {
        ratio(self.satisfied, self.answered)
    }

    /// The share of all that answered, to be shown beside [`Self::share`]; `None` without a respondent.
    pub fn answered_share(&self) -> Option<f64> {
        ratio(self.answered, self.answered + self.not_applicable + self.empty)
    }

    /// The share left empty among those to whom the item applies; `None` if it applies to nobody.
    pub fn empty_share(&self) -> Option<f64> {
        ratio(self.empty, self.answered + self.empty)
    }

    /// Whether more than [`NON_RESPONSE_WARNING`] is empty.
    pub fn needs_warning(&self) -> bool {
        self.empty_share().is_some_and(|share| share > NON_RESPONSE_WARNING)
    }

    /// The share if all empty answers were dissatisfied, and if all were satisfied.
    ///
    /// Bounds without an assumption on those who left the item empty (Manski 1989); the whole range from 0 to 1 when
    /// nobody answered, `None` if the item applies to nobody.
    pub fn bounds(&self) -> Option<Interval> {
        let applies = self.answered + self.empty;
        Some(Interval { low: ratio(self.satisfied, applies)?, high: ratio(self.satisfied + self.empty, applies)? })
    }
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| (part / whole).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn empty_answers_widen_the_bounds_and_answers_that_do_not_apply_leave_them() {
        let item = ItemResponse::new(80.0, 90.0, 50.0, 10.0).unwrap();
        assert!((item.share().unwrap() - 80.0 / 90.0).abs() < 1e-15);
        assert!((item.answered_share().unwrap() - 0.6).abs() < 1e-15);
        assert_eq!(item.bounds(), Some(Interval { low: 0.8, high: 0.9 }));
        assert!((item.empty_share().unwrap() - 0.1).abs() < 1e-15 && !item.needs_warning());
        assert!(ItemResponse::new(80.0, 90.0, 50.0, 10.1).unwrap().needs_warning());
    }

    #[test]
    fn nobody_and_nonsense_have_stated_answers() {
        let nobody = ItemResponse::new(0.0, 0.0, 0.0, 0.0).unwrap();
        assert_eq!((nobody.share(), nobody.answered_share(), nobody.bounds()), (None, None, None));
        assert!(!nobody.needs_warning());
        let silent = ItemResponse::new(0.0, 0.0, 0.0, 7.0).unwrap();
        assert_eq!((silent.share(), silent.bounds()), (None, Some(Interval { low: 0.0, high: 1.0 })));
        let place = |place| Err(QualityError::WeightUnusable { place });
        assert_eq!(ItemResponse::new(2.0, 1.0, 0.0, 0.0), place(0));
        assert_eq!(ItemResponse::new(0.0, 1.0, f64::NAN, 0.0), place(2));
        assert_eq!(ItemResponse::new(0.0, 1.0, 0.0, -1.0), place(3));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn the_share_of_the_answers_lies_within_the_bounds_whose_width_is_the_empty_share(
            satisfied in 0_u32..500, other in 0_u32..500, elsewhere in 0_u32..500, empty in 0_u32..500,
        ) {
            let [satisfied, other, elsewhere, empty] = [satisfied, other, elsewhere, empty].map(f64::from);
            let item = ItemResponse::new(satisfied, satisfied + other, elsewhere, empty).unwrap();
            if let Some(bounds) = item.bounds() {
                prop_assert!((bounds.width() - item.empty_share().unwrap()).abs() < 1e-12);
                if let Some(share) = item.share() {
                    prop_assert!(bounds.low <= share + 1e-12 && share <= bounds.high + 1e-12);
                }
            }
        }
    }
}
