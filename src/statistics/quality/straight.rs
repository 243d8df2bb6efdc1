//! Straight-lining: the same answer down the whole list.

use super::super::interval::real;
use super::Items;

/// How much one respondent's answers vary along the list of items; missing answers are passed over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StraightLine {
    /// How many answers there are.
    pub answers: u64,
    /// The longest run of the same answer; 0 without an answer.
    pub longest_run: u64,
    /// How many different answers; 0 without an answer.
    pub distinct: u64,
    /// The standard deviation (n - 1) of the answers, "intra-individual response variability" (Dunn, Heggestad,
    /// Shanock & Theilgard 2018); `None` with fewer than two answers, 0 when all agree.
    pub variability: Option<f64>,
}

/// Run length, different answers and variability of each respondent, in their order.
///
/// Long runs are what satisfied people give too: a reason to look, not a sign of invention.
pub fn straight_lines(items: &Items) -> Vec<StraightLine> {
    (0..items.respondents()).map(|respondent| of_answers(items.row(respondent).flatten())).collect()
}

fn of_answers(answers: impl Iterator<Item = f64>) -> StraightLine {
    let (mut longest, mut run, mut before) = (0, 0, None);
    // Welford's mean and sum of squares: equal answers give exactly zero.
    let (mut n, mut mean, mut squares) = (0_u64, 0.0, 0.0);
    let mut seen = std::collections::BTreeSet::new();
    for value in answers {
        let code = code(value);
        run = if before == Some(code) { run + 1 } else { 1 };
        longest = longest.max(run);
        before = Some(code);
        seen.insert(code);
        n += 1;
        let ahead = value - mean;
        mean += ahead / real(n);
        squares += ahead * (value - mean);
    }
    StraightLine {
        answers: n,
        longest_run: longest,
        distinct: u64::try_from(seen.len()).unwrap_or(u64::MAX),
        variability: (n >= 2).then(|| (squares / real(n - 1)).sqrt()),
    }
}

/// The same code for the same number; both zeros are the same number.
pub(crate) fn code(value: f64) -> u64 {
    (value + 0.0).to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(answers: &[Option<f64>]) -> StraightLine {
        let columns = answers.iter().map(|answer| vec![*answer]).collect();
        straight_lines(&Items::new(columns).unwrap()).first().copied().unwrap()
    }

    #[test]
    fn a_straight_line_has_one_run_one_value_and_no_variability() {
        let line = of(&[Some(4.0); 22]);
        assert_eq!((line.longest_run, line.distinct, line.variability), (22, 1, Some(0.0)));
    }

    #[test]
    fn a_missing_answer_does_not_break_a_run() {
        let line = of(&[Some(4.0), None, Some(4.0), Some(5.0), Some(4.0)]);
        assert_eq!((line.answers, line.longest_run, line.distinct), (4, 2, 2));
        assert!((line.variability.unwrap() - 0.5).abs() < 1e-15);
    }

    #[test]
    fn no_answer_and_one_answer_have_no_variability() {
        let none = of(&[None, None]);
        assert_eq!((none.answers, none.longest_run, none.distinct, none.variability), (0, 0, 0, None));
        let one = of(&[Some(0.0)]);
        assert_eq!((one.longest_run, one.distinct, one.variability), (1, 1, None));
        assert_eq!(of(&[Some(0.0), Some(-0.0)]).distinct, 1);
    }
}
