//! The sums of a set of questions answered by the same people.
//!
//! Shares of several items and everything about their common variance need only counts per item and per pair of
//! items, so no row has to be kept and two sets of sums can be merged without rounding.

use super::proportion::Count;

/// What one person said to one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Not asked, not applicable or left empty: the person leaves numerator and denominator of the item.
    Absent,
    /// Answered and not satisfied.
    Unsatisfied,
    /// Answered and satisfied.
    Satisfied,
}

/// Of the people who answered both items of a pair, how many were satisfied with which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairCount {
    /// Answered both.
    pub both: u64,
    /// Answered both and are satisfied with the first.
    pub first: u64,
    /// Answered both and are satisfied with the second.
    pub second: u64,
    /// Are satisfied with both.
    pub satisfied: u64,
}

/// Counts of respondents, items and pairs of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointCounts {
    respondents: u64,
    items: Vec<Count>,
    /// Pairs (0,1), (0,2), … (1,2), … in this order.
    pairs: Vec<PairCount>,
}

/// Why counts do not fit each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JointCountsError {
    /// The number of pairs is not items × (items - 1) / 2.
    Pairs {
        /// Pairs needed.
        needed: usize,
        /// Pairs given.
        given: usize,
    },
    /// A row or another set of counts has a different number of items.
    Items {
        /// Items needed.
        needed: usize,
        /// Items given.
        given: usize,
    },
    /// No set of respondents has these counts.
    Impossible {
        /// The item, or the first of the pair, counted from 0.
        item: usize,
        /// The second of the pair; `None` when the item itself is impossible.
        other: Option<usize>,
    },
    /// More respondents than [`Count::MAX_TRIALS`].
    TooMany,
}

impl std::fmt::Display for JointCountsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pairs { needed, given } => {
                write!(f, "{given} pairs of items: give {needed}, in the order (0,1), (0,2), …, (1,2), …")
            }
            Self::Items { needed, given } => write!(f, "{given} items: give {needed}, absent answers included"),
            Self::Impossible { item, other: None } => {
                write!(f, "item {item} has more answers than there are respondents: count respondents with an answer")
            }
            Self::Impossible { item, other: Some(other) } => {
                write!(f, "items {item} and {other}: no respondents have these common counts, count the pair again")
            }
            Self::TooMany => write!(f, "more than {} respondents: split the period", Count::MAX_TRIALS),
        }
    }
}

impl std::error::Error for JointCountsError {}

impl JointCounts {
    /// No respondents yet.
    pub fn empty(items: usize) -> Self {
        Self {
            respondents: 0,
            items: vec![Count::default(); items],
            pairs: vec![PairCount::default(); number_of_pairs(items)],
        }
    }

    /// Counts that fit each other: respondents with at least one answer, items, and pairs in the order (0,1), (0,2), …
    pub fn new(respondents: u64, items: Vec<Count>, pairs: Vec<PairCount>) -> Result<Self, JointCountsError> {
        let needed = number_of_pairs(items.len());
        if pairs.len() != needed {
            return Err(JointCountsError::Pairs { needed, given: pairs.len() });
        }
        if respondents > Count::MAX_TRIALS {
            return Err(JointCountsError::TooMany);
        }
        if let Some(item) = items.iter().position(|count| count.trials() > respondents) {
            return Err(JointCountsError::Impossible { item, other: None });
        }
        let counts = Self { respondents, items, pairs };
        for (item, other, first, second, pair) in counts.pairs() {
            if !pair.is_possible(first, second, respondents) {
                return Err(JointCountsError::Impossible { item, other: Some(other) });
            }
        }
        Ok(counts)
    }

    /// Adds one person; someone without any answer is not counted.
    pub fn record(&mut self, answers: &[Answer]) -> Result<(), JointCountsError> {
        let row: Vec<Count> = answers.iter().map(|answer| answer.count()).collect();
        if row.iter().all(|count| count.trials() == 0) && row.len() == self.items.len() {
            return Ok(());
        }
        let mut pairs = Vec::with_capacity(self.pairs.len());
        for (index, first) in answers.iter().enumerate() {
            pairs.extend(answers.iter().skip(index + 1).map(|second| PairCount::of(*first, *second)));
        }
        self.merge(&Self { respondents: 1, items: row, pairs })
    }

    /// Adds the counts of other people; on an error nothing is changed.
    pub fn merge(&mut self, other: &Self) -> Result<(), JointCountsError> {
        if other.items.len() != self.items.len() {
            return Err(JointCountsError::Items { needed: self.items.len(), given: other.items.len() });
        }
        let respondents = self.respondents + other.respondents;
        if respondents > Count::MAX_TRIALS {
            return Err(JointCountsError::TooMany);
        }
        let items: Result<Vec<_>, _> =
            self.items.iter().zip(&other.items).map(|(mine, theirs)| mine.merged(*theirs)).collect();
        let Ok(items) = items else {
            return Err(JointCountsError::TooMany);
        };
        self.respondents = respondents;
        self.items = items;
        for (mine, theirs) in self.pairs.iter_mut().zip(&other.pairs) {
            mine.both += theirs.both;
            mine.first += theirs.first;
            mine.second += theirs.second;
            mine.satisfied += theirs.satisfied;
        }
        Ok(())
    }

    /// People with at least one answer.
    pub fn respondents(&self) -> u64 {
        self.respondents
    }

    /// Satisfied and answered of each item.
    pub fn items(&self) -> &[Count] {
        &self.items
    }

    /// Every pair: both indices, both items' counts, and the pair's.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (usize, usize, Count, Count, &PairCount)> {
        let places = self.items.iter().enumerate().flat_map(|(index, first)| {
            self.items.iter().enumerate().skip(index + 1).map(move |(other, second)| (index, other, *first, *second))
        });
        places.zip(&self.pairs).map(|((index, other, first, second), pair)| (index, other, first, second, pair))
    }
}

impl Answer {
    fn count(self) -> Count {
        let count = match self {
            Self::Absent => Count::new(0, 0),
            Self::Unsatisfied => Count::new(0, 1),
            Self::Satisfied => Count::new(1, 1),
        };
        count.unwrap_or_default()
    }
}

impl PairCount {
    fn of(first: Answer, second: Answer) -> Self {
        if first == Answer::Absent || second == Answer::Absent {
            return Self::default();
        }
        let (one, two) = (first.count().successes(), second.count().successes());
        Self { both: 1, first: one, second: two, satisfied: one * two }
    }

    fn is_possible(&self, first: Count, second: Count, respondents: u64) -> bool {
        let fits = |satisfied: u64, item: Count| {
            // Inside the pair and outside of it, satisfied people are among those who answered.
            satisfied <= self.both
                && satisfied <= item.successes()
                && self.both <= item.trials()
                && item.successes() - satisfied <= item.trials() - self.both
        };
        fits(self.first, first)
            && fits(self.second, second)
            && self.satisfied <= self.first.min(self.second)
            && self.first - self.satisfied <= self.both - self.second
            && first.trials() - self.both <= respondents - second.trials()
    }
}

fn number_of_pairs(items: usize) -> usize {
    items * items.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ANSWERS: [Answer; 3] = [Answer::Absent, Answer::Unsatisfied, Answer::Satisfied];

    fn of(rows: &[Vec<Answer>]) -> JointCounts {
        let mut counts = JointCounts::empty(3);
        for row in rows {
            counts.record(row).unwrap();
        }
        counts
    }

    #[test]
    fn a_row_of_the_wrong_length_changes_nothing() {
        let mut counts = of(&[vec![Answer::Satisfied; 3]]);
        let before = counts.clone();
        for row in [vec![Answer::Satisfied; 2], vec![Answer::Absent; 2]] {
            assert_eq!(counts.record(&row), Err(JointCountsError::Items { needed: 3, given: 2 }));
        }
        assert_eq!(counts, before);
    }

    #[test]
    fn someone_without_an_answer_is_no_respondent() {
        assert_eq!(of(&[vec![Answer::Absent; 3]]), JointCounts::empty(3));
    }

    #[test]
    fn counts_no_people_could_give_are_refused_with_their_place() {
        let item = |s, d| Count::new(s, d).unwrap();
        let pair = |both, first, second, satisfied| PairCount { both, first, second, satisfied };
        let of = |n, items: [Count; 2], pairs: Vec<PairCount>| JointCounts::new(n, items.to_vec(), pairs);
        assert!(of(10, [item(8, 9), item(7, 8)], vec![pair(7, 6, 6, 5)]).is_ok());
        assert_eq!(of(10, [item(8, 9), item(7, 8)], vec![]), Err(JointCountsError::Pairs { needed: 1, given: 0 }));
        assert_eq!(
            of(8, [item(8, 9), item(7, 8)], vec![pair(7, 6, 6, 5)]),
            Err(JointCountsError::Impossible { item: 0, other: None })
        );
        let impossible = Err(JointCountsError::Impossible { item: 0, other: Some(1) });
        for wrong in [pair(6, 6, 6, 5), pair(7, 8, 6, 5), pair(7, 6, 6, 7), pair(7, 6, 6, 4), pair(9, 8, 7, 7)] {
            assert_eq!(of(10, [item(8, 9), item(7, 8)], vec![wrong]), impossible, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn merging_commutes_and_row_order_is_irrelevant(
            mut rows in prop::collection::vec(prop::collection::vec(prop::sample::select(&ANSWERS[..]), 3), 0..30),
            cut in 0_usize..30,
        ) {
            let whole = of(&rows);
            let (left, right) = rows.split_at(cut.min(rows.len()));
            let (mut one, mut two) = (of(left), of(right));
            let first = one.clone();
            one.merge(&two).unwrap();
            two.merge(&first).unwrap();
            prop_assert_eq!(&one, &two);
            prop_assert_eq!(&one, &whole);
            rows.reverse();
            prop_assert_eq!(of(&rows), whole.clone());
            // What people gave is always accepted.
            prop_assert_eq!(JointCounts::new(whole.respondents, whole.items.clone(), whole.pairs.clone()), Ok(whole));
        }
    }
}
