//! Forms of a file that are nearly the same as one shortly before: what copying with small changes leaves behind.
//!
//! Forms with all levels equal are passed over; they have a mark of their own, and content people give many of them. What is
//! left is compared with how often it happens at other units, never with a fixed limit.

use std::collections::{BTreeMap, VecDeque};

use crate::questionnaire::Answer;
use crate::store::signals::Marks;
use crate::words::{Day, EditionNumber, Mark, PointId};

/// Forms of a point that are looked back at.
const LOOKED_BACK_AT: usize = 20;
/// Of a hundred answers, how many have to be the same.
const ALIKE_PERCENT: usize = 85;
/// Answers that two forms must have in common to be compared.
const FEWEST_ANSWERS: usize = 4;

/// The forms of a file, as they are stored one after another.
#[derive(Debug, Default)]
pub struct Keyed {
    recent: BTreeMap<(PointId, EditionNumber), VecDeque<Vec<Answer>>>,
    /// What was counted.
    pub marks: Marks,
}

impl Keyed {
    /// Counts a form of `day` that is keyed in `today`; `is_straight` = all its levels are equal.
    pub fn count(
        &mut self,
        (point, edition): (PointId, EditionNumber),
        (day, today): (Day, Day),
        answers: &[Answer],
        is_straight: bool,
    ) {
        let half = day.half();
        let mut add = |mark| *self.marks.entry((point, half, mark)).or_default() += 1;
        add(Mark::Keyed);
        if half < today.half() {
            add(Mark::Late);
        }
        if is_straight {
            return;
        }
        let recent = self.recent.entry((point, edition)).or_default();
        if recent.iter().any(|before| are_alike(before, answers)) {
            add(Mark::Alike);
        }
        if recent.len() == LOOKED_BACK_AT {
            recent.pop_front();
        }
        recent.push_back(answers.to_vec());
    }
}

/// Whether two forms of one edition are nearly the same.
fn are_alike(one: &[Answer], other: &[Answer]) -> bool {
    let is_given = |answer: &Answer| !matches!(answer, Answer::Blank | Answer::NotAsked);
    let asked = one.iter().zip(other).filter(|(a, b)| is_given(a) || is_given(b));
    let (all, same) = asked.fold((0, 0), |(all, same), (a, b)| (all + 1, same + usize::from(a == b)));
    all >= FEWEST_ANSWERS && same * 100 >= all * ALIKE_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;
    use Answer::{Blank, Level, Number};

    #[test]
    fn forms_are_alike_if_at_most_one_answer_in_seven_differs() {
        let long: Vec<Answer> = (0..20).map(|n| Level(n % 5 + 1)).collect();
        let mut other = long.clone();
        for at in 0..3 {
            other[at] = Level(6);
            assert!(are_alike(&long, &other), "{at}");
        }
        other[3] = Level(6);
        assert!(!are_alike(&long, &other));
        assert!(are_alike(&[Level(1), Level(2), Level(3), Number(9)], &[Level(1), Level(2), Level(3), Number(9)]));
        assert!(!are_alike(&[Level(1), Level(2), Level(3), Number(9)], &[Level(1), Level(2), Level(3), Number(8)]));
    }

    #[test]
    fn what_nobody_answered_makes_no_forms_alike() {
        assert!(!are_alike(&[Level(1), Blank, Blank, Blank, Blank], &[Level(1), Blank, Blank, Blank, Blank]));
        assert!(!are_alike(&[], &[]));
    }
}
