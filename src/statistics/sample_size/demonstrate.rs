//! Answers that demonstrate a target.

use super::super::interval::{Confidence, Share, real};
use super::super::proportion::Count;
use super::super::special::Binomial;
use super::{PlanError, Power};

/// The most answers that are looked at.
pub const MOST_ANSWERS: u64 = 1_000_000;

/// Which lower limit must reach the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The one-sided Wilson limit.
    OneSidedWilson,
    /// The lower limit of the two-sided Clopper-Pearson interval, which decides on counts.
    TwoSidedClopperPearson,
}

/// A survey that is to demonstrate a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demonstration {
    /// The true share that is expected, above the target.
    pub truth: Share,
    /// The target, strictly between 0 and 1.
    pub target: Share,
    /// The level of the limit.
    pub confidence: Confidence,
    /// The chance of success that is wanted.
    pub power: Power,
    /// The limit.
    pub rule: Rule,
    /// The fewest answers that are considered, such as those without which nothing is decided.
    pub at_least: u64,
}

/// How many answers demonstrate a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DemonstrationSize {
    /// The smallest number of answers with the power wanted.
    pub answers: u64,
    /// The power they have.
    pub power: f64,
}

impl Demonstration {
    /// The smallest number of answers of a simple random sample for which the limit reaches the target with the power
    /// wanted. Multiply by the design effect for other samples.
    ///
    /// The power goes up and down as answers are added, because successes are whole; a few answers more than the
    /// smallest number may have less. Numbers are looked at one after the other up to [`MOST_ANSWERS`], which takes
    /// less than a tenth of a second.
    pub fn size(&self) -> Result<DemonstrationSize, PlanError> {
        self.check()?;
        let mut truth: Option<Carried> = None;
        let mut target: Option<Carried> = None;
        for answers in 1..=MOST_ANSWERS {
            truth = truth.map(Carried::one_more_answer);
            target = target.map(Carried::one_more_answer);
            // With each answer at most one more failure is allowed.
            let none = |share: Share| Carried::none(answers, share.value());
            let next_target = target.map_or_else(|| none(self.target), Carried::one_more_failure);
            let allowed = match self.rule {
                Rule::TwoSidedClopperPearson => next_target.at_most <= self.confidence.tail(),
                Rule::OneSidedWilson => self.reaches(answers - next_target.failures, answers),
            };
            if allowed {
                target = Some(next_target);
                truth = Some(truth.map_or_else(|| none(self.truth), Carried::one_more_failure));
            }
            let promising = truth.is_some_and(|truth| truth.at_most >= self.power.chance() - 1e-9);
            if promising && answers >= self.at_least {
                let power = self.power_with(answers)?;
                if power >= self.power.chance() {
                    return Ok(DemonstrationSize { answers, power });
                }
            }
        }
        Err(PlanError::TooMany)
    }

    /// The chance that the limit of so many answers reaches the target.
    pub fn power_with(&self, answers: u64) -> Result<f64, PlanError> {
        self.check()?;
        if answers == 0 {
            return Err(PlanError::NoAnswers);
        }
        if answers > Count::MAX_TRIALS {
            return Err(PlanError::TooMany);
        }
        // The first number of successes that is enough; at most 41 questions.
        let (mut low, mut high) = (0, answers + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.reaches(middle, answers) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if high > answers {
            return Ok(0.0);
        }
        // A true share of 1 has no failures.
        Ok(Binomial::new(real(answers), self.truth.value()).map_or(1.0, |truth| truth.at_least(high)))
    }

    fn check(&self) -> Result<(), PlanError> {
        let (truth, target) = (self.truth.value(), self.target.value());
        if target <= 0.0 || target >= 1.0 {
            Err(PlanError::ShareAtEnd)
        } else if truth <= target {
            Err(PlanError::NoDifference)
        } else {
            Ok(())
        }
    }

    fn reaches(&self, successes: u64, answers: u64) -> bool {
        let limit = Count::new(successes, answers).ok().and_then(|count| match self.rule {
            Rule::OneSidedWilson => count.wilson_lower(self.confidence),
            Rule::TwoSidedClopperPearson => count.clopper_pearson(self.confidence).map(|limits| limits.low),
        });
        limit.is_some_and(|limit| limit >= self.target.value())
    }
}

/// The chance of a number of failures or fewer, carried along as answers and failures are added.
#[derive(Clone, Copy, Debug)]
struct Carried {
    answers: u64,
    failures: u64,
    /// The chance of a success.
    share: f64,
    /// The chance of exactly so many failures.
    exactly: f64,
    /// The chance of so many or fewer.
    at_most: f64,
}

impl Carried {
    fn none(answers: u64, share: f64) -> Self {
        let exactly = (real(answers) * share.ln()).exp();
        Self { answers, failures: 0, share, exactly, at_most: exactly }
    }

    fn one_more_answer(self) -> Self {
        let answers = self.answers + 1;
        let exactly = self.exactly * self.share * (real(answers) / real(answers - self.failures));
        Self { answers, exactly, at_most: self.at_most - (1.0 - self.share) * self.exactly, ..self }
    }

    fn one_more_failure(self) -> Self {
        let failures = self.failures + 1;
        let odds = (1.0 - self.share) / self.share;
        let exactly = self.exactly * odds * (real(self.answers - self.failures) / real(failures));
        Self { failures, exactly, at_most: self.at_most + exactly, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plan(truth: f64, target: f64, rule: Rule) -> Demonstration {
        let [truth, target] = [truth, target].map(|share| Share::new(share).unwrap());
        Demonstration { truth, target, confidence: Confidence::P95, power: Power::P80, rule, at_least: 1 }
    }

    #[test]
    fn what_is_not_above_the_target_cannot_be_demonstrated() {
        assert_eq!(plan(0.9, 0.9, Rule::OneSidedWilson).size(), Err(PlanError::NoDifference));
        assert_eq!(plan(1.0, 1.0, Rule::OneSidedWilson).size(), Err(PlanError::ShareAtEnd));
        assert_eq!(plan(0.5, 0.0, Rule::OneSidedWilson).size(), Err(PlanError::ShareAtEnd));
        assert_eq!(plan(0.95, 0.9, Rule::OneSidedWilson).power_with(0), Err(PlanError::NoAnswers));
        assert_eq!(plan(0.9001, 0.9, Rule::TwoSidedClopperPearson).size(), Err(PlanError::TooMany));
    }

    #[test]
    fn unanimous_answers_need_as_many_as_the_error_says() {
        // 0.9^n falls to 2.5 % at 36 answers.
        let size = plan(1.0, 0.9, Rule::TwoSidedClopperPearson).size().unwrap();
        assert_eq!(size, DemonstrationSize { answers: 36, power: 1.0 });
        assert_eq!(plan(1.0, 0.9, Rule::TwoSidedClopperPearson).power_with(35), Ok(0.0));
    }

    #[test]
    fn fewer_answers_than_anything_is_decided_with_are_not_proposed() {
        let eager = plan(0.97, 0.8, Rule::TwoSidedClopperPearson).size().unwrap();
        let patient = Demonstration { at_least: 30, ..plan(0.97, 0.8, Rule::TwoSidedClopperPearson) }.size().unwrap();
        assert!(eager.answers < 30 && patient.answers >= 30, "{eager:?} {patient:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn no_smaller_number_has_the_power(
            target in 0.3_f64..0.95, gap in 0.3_f64..1.0, power in 0.5_f64..0.95, exact in any::<bool>(),
        ) {
            let rule = if exact { Rule::TwoSidedClopperPearson } else { Rule::OneSidedWilson };
            let power = Power::new(power).unwrap();
            let plan = Demonstration { power, ..plan(target + gap * (1.0 - target), target, rule) };
            let size = plan.size().unwrap();
            prop_assert!((plan.power_with(size.answers).unwrap() - size.power).abs() < 1e-15);
            prop_assert!(size.power >= power.chance());
            for fewer in (1..size.answers).rev().take(60) {
                prop_assert!(plan.power_with(fewer).unwrap() < power.chance());
            }
        }
    }
}
