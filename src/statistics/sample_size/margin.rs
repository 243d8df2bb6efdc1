//! Answers for a margin of error.

use super::super::interval::{Confidence, Share, real};
use super::super::special::normal_quantile;
use super::{PlanError, whole_answers};

/// A survey that is to know a share within a margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarginPlan {
    /// The share expected; ½ needs the most answers.
    pub share: Share,
    /// Half the length of the interval, strictly between 0 and 1: 0.03 for 3 points.
    pub margin: f64,
    /// The level of the interval.
    pub confidence: Confidence,
    /// The variance over that of a simple random sample of the same size, above 0.
    pub design_effect: f64,
    /// The size of the population; `None` for an endless one.
    pub members: Option<u64>,
    /// The part of those invited who answer, above 0 and at most 1.
    pub response_rate: f64,
}

/// How many people a survey needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleSize {
    /// The answers before rounding.
    pub exact: f64,
    /// The answers.
    pub answers: u64,
    /// The people to invite. More than the population has means that the margin cannot be kept at this response rate.
    pub invited: u64,
}

impl MarginPlan {
    /// n = n0 / (1 + (n0 - 1) / N) with n0 = z² p (1 - p) deff / margin² (Cochran 1977, Sampling Techniques, chapter
    /// 4), at least 1; invited are n over the response rate, both rounded up.
    pub fn size(&self) -> Result<SampleSize, PlanError> {
        if !(self.margin > 0.0 && self.margin < 1.0) {
            return Err(PlanError::Margin(self.margin));
        }
        if !(self.response_rate > 0.0 && self.response_rate <= 1.0) {
            return Err(PlanError::ResponseRate(self.response_rate));
        }
        let endless = self.z_squared_variance()? / (self.margin * self.margin);
        let exact = match self.members {
            Some(0) => return Err(PlanError::NoMembers),
            Some(members) => endless / (1.0 + (endless - 1.0) / real(members)),
            None => endless,
        };
        let answers = whole_answers(exact)?;
        Ok(SampleSize { exact, answers, invited: whole_answers(real(answers) / self.response_rate)? })
    }

    /// The margin that a number of answers really has under this plan, whose own margin and response rate play no part.
    ///
    /// The inverse of [`Self::size`]: z √(p (1 - p) deff / n0) with n0 = n (N - 1) / (N - n); 0 when everyone answers.
    pub fn margin_of(&self, answers: u64) -> Result<f64, PlanError> {
        if answers == 0 {
            return Err(PlanError::NoAnswers);
        }
        let scale = self.z_squared_variance()?;
        let endless = match self.members {
            Some(0) => return Err(PlanError::NoMembers),
            Some(members) if answers >= members => return Ok(0.0),
            Some(members) => real(answers) * real(members - 1) / real(members - answers),
            None => real(answers),
        };
        Ok((scale / endless).sqrt())
    }

    fn z_squared_variance(&self) -> Result<f64, PlanError> {
        if !(self.design_effect > 0.0 && self.design_effect.is_finite()) {
            return Err(PlanError::DesignEffect(self.design_effect));
        }
        let (share, z) = (self.share.value(), normal_quantile(0.5 * self.confidence.error()));
        let variance = share * (1.0 - share);
        if variance > 0.0 { Ok(z * z * variance * self.design_effect) } else { Err(PlanError::ShareAtEnd) }
    }
}

/// What the formula of the older guidance asks for, and what it delivers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GuidanceSize {
    /// The answers, N / (1 + N margin²) rounded up.
    pub answers: u64,
    /// The margin these answers really have at a share of ½, with the design effect and the level given.
    pub margin: f64,
}

/// The number of answers by N / (1 + N margin²) (Yamane 1967), beside its true margin under a design effect.
///
/// The formula stands for a simple random sample, a share of ½ and z = 2. With a design effect of 3, usual where whole
/// communes are drawn, the true margin is 1.7 times the one promised.
pub fn guidance_size(
    members: u64,
    margin: f64,
    design_effect: f64,
    confidence: Confidence,
) -> Result<GuidanceSize, PlanError> {
    if !(margin > 0.0 && margin < 1.0) {
        return Err(PlanError::Margin(margin));
    }
    let answers = whole_answers(real(members) / (1.0 + real(members) * margin * margin))?;
    let half = Share::new(0.5).ok_or(PlanError::ShareAtEnd)?;
    let plan =
        MarginPlan { share: half, margin, confidence, design_effect, members: Some(members), response_rate: 1.0 };
    Ok(GuidanceSize { answers, margin: plan.margin_of(answers)? })
}

/// The design effect 1 + (m - 1) ρ of clusters with m answers each and an intraclass correlation ρ (Kish 1965).
///
/// `None` for fewer than one answer in a cluster, a correlation outside -1..1, or one so negative that nothing is left.
pub fn cluster_design_effect(answers_in_cluster: f64, intraclass: f64) -> Option<f64> {
    let effect = 1.0 + (answers_in_cluster - 1.0) * intraclass;
    let allowed = answers_in_cluster >= 1.0 && (-1.0..=1.0).contains(&intraclass);
    (allowed && effect > 0.0 && effect.is_finite()).then_some(effect)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plan(share: f64, margin: f64, members: Option<u64>) -> MarginPlan {
        MarginPlan {
            share: Share::new(share).unwrap(),
            margin,
            confidence: Confidence::P95,
            design_effect: 1.0,
            members,
            response_rate: 1.0,
        }
    }

    #[test]
    fn plans_that_cannot_be_are_refused_with_the_reason() {
        let good = plan(0.5, 0.03, Some(500));
        assert_eq!(plan(1.0, 0.03, None).size(), Err(PlanError::ShareAtEnd));
        assert_eq!(plan(0.5, 0.0, None).size(), Err(PlanError::Margin(0.0)));
        assert_eq!(plan(0.5, 1e-9, None).size(), Err(PlanError::TooMany));
        assert_eq!(plan(0.5, 0.03, Some(0)).size(), Err(PlanError::NoMembers));
        assert_eq!(MarginPlan { design_effect: 0.0, ..good }.size(), Err(PlanError::DesignEffect(0.0)));
        assert_eq!(MarginPlan { response_rate: 1.5, ..good }.size(), Err(PlanError::ResponseRate(1.5)));
        assert_eq!(good.margin_of(0), Err(PlanError::NoAnswers));
        assert!(guidance_size(0, 0.05, 1.0, Confidence::P95).is_err());
        assert!(PlanError::ResponseRate(1.5).to_string().contains("0.7 for 70 %"));
        for (answers, correlation) in [(0.5, 0.1), (10.0, 1.5), (11.0, -0.2), (f64::NAN, 0.1)] {
            assert_eq!(cluster_design_effect(answers, correlation), None);
        }
    }

    #[test]
    fn a_population_of_one_is_asked_and_known() {
        let one = plan(0.5, 0.03, Some(1));
        assert_eq!(one.size().map(|size| (size.answers, size.invited)), Ok((1, 1)));
        assert_eq!(one.margin_of(1), Ok(0.0));
    }

    #[test]
    fn the_guidance_keeps_its_promise_only_in_simple_samples() {
        let simple = guidance_size(20_000, 0.05, 1.0, Confidence::P95).unwrap();
        assert!(simple.answers == 393 && simple.margin < 0.05, "{simple:?}");
        let clusters = guidance_size(20_000, 0.05, 3.0, Confidence::P95).unwrap();
        assert!((1.65..1.75).contains(&(clusters.margin / 0.05)), "{clusters:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn the_answers_planned_keep_the_margin_and_one_fewer_does_not(
            share in 0.02_f64..0.98, margin in 0.005_f64..0.2, effect in 0.5_f64..5.0, members in 1_u64..1_000_000,
        ) {
            for members in [None, Some(members)] {
                let plan = MarginPlan { design_effect: effect, ..plan(share, margin, members) };
                let size = plan.size().unwrap();
                prop_assert!(members.is_none_or(|members| size.answers <= members));
                prop_assert!(plan.margin_of(size.answers).unwrap() <= margin * (1.0 + 1e-9));
                prop_assert!(size.answers == 1 || plan.margin_of(size.answers - 1).unwrap() > margin);
            }
        }
    }
}
