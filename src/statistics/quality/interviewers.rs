//! How much answers go with the interviewer.

use std::collections::BTreeMap;

use super::super::special::FisherF;
use super::QualityError;
use super::items::size;

/// One-way analysis of variance of a score over interviewers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InterviewerEffect {
    /// Respondents with a score.
    pub respondents: usize,
    /// Interviewers with a respondent.
    pub interviewers: usize,
    /// Mean square between interviewers over mean square within.
    pub f: f64,
    /// Chance of such an F, or a larger one, if interviewers do not differ.
    pub p: f64,
    /// Intraclass correlation (MSB - MSW) / (MSB + (n₀ - 1) MSW); below zero when interviewers differ less than chance.
    pub icc: f64,
    /// The average load n₀ = (n - Σn_i²/n) / (interviewers - 1) (Snedecor & Cochran 1989).
    pub load: f64,
}

/// The interviewer effect on a score, such as each respondent's share of satisfied items.
///
/// `interviewers` labels who asked each respondent; respondents without a score are passed over. Answers differ between
/// interviewers also because the people they visit do: an effect is a reason to look. Refused with fewer than two
/// interviewers or no second respondent of any, and when scores do not vary within interviewers.
pub fn interviewer_effect(scores: &[Option<f64>], interviewers: &[usize]) -> Result<InterviewerEffect, QualityError> {
    if scores.len() != interviewers.len() {
        return Err(QualityError::Lengths { given: interviewers.len(), expected: scores.len() });
    }
    if let Some(respondent) = scores.iter().position(|score| score.is_some_and(|value| !value.is_finite())) {
        return Err(QualityError::AnswerUnusable { item: 0, respondent });
    }
    let mut groups = BTreeMap::<usize, Vec<f64>>::new();
    for (score, interviewer) in scores.iter().zip(interviewers) {
        if let Some(score) = score {
            groups.entry(*interviewer).or_default().push(*score);
        }
    }
    let respondents: usize = groups.values().map(Vec::len).sum();
    if groups.len() < 2 {
        return Err(QualityError::TooFew { given: groups.len(), least: 2 });
    }
    if respondents <= groups.len() {
        return Err(QualityError::TooFew { given: respondents, least: groups.len() + 1 });
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / size(values.len());
    let overall = groups.values().flatten().sum::<f64>() / size(respondents);
    let (mut between, mut within, mut magnitude) = (0.0, 0.0, 0.0);
    for values in groups.values() {
        let own = mean(values);
        between += size(values.len()) * (own - overall).powi(2);
        within += values.iter().map(|value| (value - own).powi(2)).sum::<f64>();
        magnitude += values.iter().map(|value| value * value).sum::<f64>();
    }
    // What rounding leaves of a sum of squares is no variation.
    if within <= 1e-24 * magnitude {
        return Err(QualityError::NoVariation);
    }
    let (first, second) = (size(groups.len() - 1), size(respondents - groups.len()));
    let (msb, msw) = (between / first, within / second);
    let squares: f64 = groups.values().map(|values| size(values.len()).powi(2)).sum();
    let load = (size(respondents) - squares / size(respondents)) / first;
    let f = msb / msw;
    Ok(InterviewerEffect {
        respondents,
        interviewers: groups.len(),
        f,
        p: FisherF::new(first, second).ok_or(QualityError::NoVariation)?.tails(f).upper,
        icc: (msb - msw) / (msb + (load - 1.0) * msw),
        load,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().map(|value| Some(*value)).collect()
    }

    #[test]
    fn two_interviewers_have_the_square_of_the_t_test() {
        // Means 2 and 5, within sum of squares 4: t = 3 / √(1 · 2/3), and F = t² = 13.5 with 1 and 4 degrees.
        let found = interviewer_effect(&some(&[1., 2., 3., 4., 5., 6.]), &[8, 8, 8, 3, 3, 3]).unwrap();
        assert!((found.f - 13.5).abs() < 1e-12 && (found.load - 3.0).abs() < 1e-15);
        assert!((found.icc - 12.5 / 15.5).abs() < 1e-12);
        let t = super::super::super::special::StudentT::new(4.0).unwrap().tails(13.5_f64.sqrt());
        assert!((found.p - 2.0 * t.upper).abs() < 1e-14);
    }

    #[test]
    fn what_cannot_be_compared_is_named() {
        let of = |scores: &[f64], who: &[usize]| interviewer_effect(&some(scores), who);
        assert_eq!(of(&[], &[]), Err(QualityError::TooFew { given: 0, least: 2 }));
        assert_eq!(of(&[1.0, 2.0], &[1, 1]), Err(QualityError::TooFew { given: 1, least: 2 }));
        assert_eq!(of(&[1.0, 2.0], &[1, 2]), Err(QualityError::TooFew { given: 2, least: 3 }));
        assert_eq!(of(&[0.1, 0.1, 0.3], &[1, 1, 2]), Err(QualityError::NoVariation));
        assert_eq!(of(&[1.0], &[1, 2]), Err(QualityError::Lengths { given: 2, expected: 1 }));
        let infinite = Err(QualityError::AnswerUnusable { item: 0, respondent: 1 });
        assert_eq!(of(&[1.0, f64::INFINITY], &[1, 2]), infinite);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn shifting_and_scaling_scores_or_renaming_interviewers_changes_nothing(
            pairs in prop::collection::vec((0_u8..20, 0_usize..4), 6..60),
            shift in -5.0_f64..5.0,
            scale in 0.1_f64..9.0,
        ) {
            let (scores, who): (Vec<_>, Vec<_>) = pairs.iter().map(|(score, who)| (f64::from(*score), *who)).unzip();
            let moved: Vec<Option<f64>> = scores.iter().map(|score| Some(shift + scale * score)).collect();
            let renamed: Vec<usize> = who.iter().map(|who| 100 - who).collect();
            let (plain, other) = (interviewer_effect(&some(&scores), &who), interviewer_effect(&moved, &renamed));
            if let (Ok(one), Ok(other)) = (plain, other) {
                prop_assert!((one.f - other.f).abs() <= 1e-6 * (1.0 + one.f) && (one.icc - other.icc).abs() < 1e-6);
                prop_assert!((0.0..=1.0).contains(&one.p) && one.icc <= 1.0 + 1e-12);
            }
        }
    }
}
