//! Answers of respondents to items.

use super::super::interval::real;
use super::QualityError;

/// Answers of respondents to items, one column an item; an empty answer is missing.
///
/// All columns have the same length, and every answer is a finite number.
#[derive(Clone, Debug, PartialEq)]
pub struct Items {
    columns: Vec<Vec<Option<f64>>>,
    respondents: usize,
}

impl Items {
    /// One column for each item, with one place for each respondent.
    ///
    /// Refused without a column, with columns of different lengths, and with answers that are no finite number.
    pub fn new(columns: Vec<Vec<Option<f64>>>) -> Result<Self, QualityError> {
        let Some(respondents) = columns.first().map(Vec::len) else {
            return Err(QualityError::TooFewItems { given: 0, least: 1 });
        };
        for (item, column) in columns.iter().enumerate() {
            if column.len() != respondents {
                return Err(QualityError::Lengths { given: column.len(), expected: respondents });
            }
            if let Some(respondent) = column.iter().position(|answer| answer.is_some_and(|value| !value.is_finite())) {
                return Err(QualityError::AnswerUnusable { item, respondent });
            }
        }
        Ok(Self { columns, respondents })
    }

    /// How many items.
    pub fn items(&self) -> usize {
        self.columns.len()
    }

    /// How many respondents.
    pub fn respondents(&self) -> usize {
        self.respondents
    }

    /// The columns as given.
    pub fn columns(&self) -> &[Vec<Option<f64>>] {
        &self.columns
    }

    /// The answers of one respondent, in the order of the items.
    pub fn row(&self, respondent: usize) -> impl Iterator<Item = Option<f64>> {
        self.columns.iter().map(move |column| column.get(respondent).copied().flatten())
    }

    /// Of each respondent's answers, the share that is at least `level`; `None` without an answer.
    pub fn shares_at_least(&self, level: f64) -> Vec<Option<f64>> {
        let share = |respondent| {
            let (mut answered, mut reached) = (0, 0);
            for value in self.row(respondent).flatten() {
                answered += 1;
                reached += u64::from(value >= level);
            }
            (answered > 0).then(|| real(reached) / real(answered))
        };
        (0..self.respondents).map(share).collect()
    }

    /// The columns of those who answered every item, and who they are.
    pub(crate) fn complete(&self) -> (Vec<Vec<f64>>, Vec<usize>) {
        let who: Vec<usize> = (0..self.respondents).filter(|&row| self.row(row).all(|a| a.is_some())).collect();
        let kept = |column: &Vec<Option<f64>>| -> Vec<f64> {
            who.iter().filter_map(|&row| column.get(row).copied().flatten()).collect()
        };
        (self.columns.iter().map(kept).collect(), who)
    }
}

/// A number of things as a number.
pub(crate) fn size(count: usize) -> f64 {
    real(u64::try_from(count).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_are_no_answers_are_refused() {
        assert_eq!(Items::new(vec![]), Err(QualityError::TooFewItems { given: 0, least: 1 }));
        let uneven = Items::new(vec![vec![Some(1.0)], vec![]]);
        assert_eq!(uneven, Err(QualityError::Lengths { given: 0, expected: 1 }));
        let strange = Items::new(vec![vec![None, Some(f64::NAN)]]);
        assert_eq!(strange, Err(QualityError::AnswerUnusable { item: 0, respondent: 1 }));
        assert_eq!(Items::new(vec![vec![]]).unwrap().respondents(), 0);
    }

    #[test]
    fn shares_and_complete_rows_pass_over_missing_answers() {
        let items = Items::new(vec![vec![Some(4.0), None, Some(5.0)], vec![Some(3.0), None, Some(4.0)]]).unwrap();
        assert_eq!(items.shares_at_least(4.0), [Some(0.5), None, Some(1.0)]);
        assert_eq!(items.complete(), (vec![vec![4.0, 5.0], vec![3.0, 4.0]], vec![0, 2]));
        assert!(items.row(9).all(|answer| answer.is_none()));
    }
}
