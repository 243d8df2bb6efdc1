//! Whether an answer is discontent with anything: with a comment, it is a complaint.

use super::{Answer, Edition, Scale};

/// Whether any rated item was answered below the neutral level of its scale: 1 or 2 of 5.
pub fn is_discontent(edition: &Edition, answers: &[Answer]) -> bool {
    edition.ratings().any(|(number, rating)| {
        let answer = number.checked_sub(1).and_then(|at| answers.get(at));
        matches!(answer, Some(Answer::Level(level)) if is_below_neutral(&rating.scale, *level))
    })
}

/// Whether a level lies below the middle of a scale; where there is no middle level, below the upper half.
fn is_below_neutral(scale: &Scale, level: u8) -> bool {
    2 * usize::from(level) < scale.levels.len() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{Localized, ScaleLevel, embedded};

    fn bad_levels(levels: u8) -> Vec<u8> {
        let label = Localized::new(Vec::new());
        let levels: Vec<ScaleLevel> = (1..=levels).map(|level| ScaleLevel { level, label: label.clone() }).collect();
        let scale = Scale { code: String::new(), levels, satisfied: Vec::new() };
        scale.levels.iter().map(|level| level.level).filter(|level| is_below_neutral(&scale, *level)).collect()
    }

    #[test]
    fn what_lies_below_the_middle_of_the_scale_is_bad() {
        assert_eq!(bad_levels(5), [1, 2]);
        assert_eq!(bad_levels(7), [1, 2, 3]);
        assert_eq!(bad_levels(3), [1]);
        assert_eq!(bad_levels(4), [1, 2]);
        assert_eq!(bad_levels(2), [1]);
    }

    #[test]
    fn one_bad_rating_of_many_is_enough_and_what_was_not_rated_is_none() {
        let editions = embedded().unwrap();
        let counter = editions.iter().find(|edition| edition.code() == "counter").unwrap();
        let with = |answer: Answer| {
            let mut answers = vec![Answer::Level(5); counter.answer_count()];
            answers[2] = answer;
            answers
        };
        assert!(is_discontent(counter, &with(Answer::Level(2))) && is_discontent(counter, &with(Answer::Level(1))));
        for fine in [Answer::Level(3), Answer::Blank, Answer::NotApplicable, Answer::NotAsked] {
            assert!(!is_discontent(counter, &with(fine)), "{fine:?}");
        }
        let minutes = counter.answer_count() - 1;
        let mut waited = vec![Answer::Level(4); counter.answer_count()];
        waited[minutes] = Answer::Number(1);
        assert!(!is_discontent(counter, &waited), "a number is no rating");
        assert!(!is_discontent(counter, &[]));
    }
}
