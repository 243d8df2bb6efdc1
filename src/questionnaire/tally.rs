//! Counts of answers: what the cells of the database hold, item by item and pair by pair.

use super::item::bit;
use super::{Answer, Edition, Item};

/// Mark of an answer whose ratings are all the same level (at least three rated).
pub const FLAG_ALL_EQUAL: i16 = 1;
/// Mark of an answer to one item only.
pub const FLAG_ONE_ITEM: i16 = 2;

/// Counts of one item. For a number, `levels[0]` counts the numbers given; for a choice, `levels` counts each option, and one
/// person may have chosen several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ItemTally {
    /// Left open.
    pub blank: i64,
    /// "Not applicable" chosen, or not asked.
    pub not_applicable: i64,
    /// Answers at level 1 to 7.
    pub levels: [i64; 7],
    /// Sum of numbers given.
    pub sum: i64,
    /// Sum of their squares.
    pub sum_squares: i64,
}

impl ItemTally {
    /// Answers that count: a level or a number was given. Of a choice of several, options chosen.
    pub fn answered(&self) -> i64 {
        self.levels.iter().sum()
    }

    /// Answers at the given levels.
    pub fn at(&self, levels: &[u8]) -> i64 {
        levels.iter().filter_map(|level| self.levels.get(usize::from(*level).checked_sub(1)?)).sum()
    }

    fn zip(&mut self, other: &Self, join: impl Fn(i64, i64) -> i64) {
        self.blank = join(self.blank, other.blank);
        self.not_applicable = join(self.not_applicable, other.not_applicable);
        for (mine, theirs) in self.levels.iter_mut().zip(other.levels) {
            *mine = join(*mine, theirs);
        }
        self.sum = join(self.sum, other.sum);
        self.sum_squares = join(self.sum_squares, other.sum_squares);
    }
}

/// Counts of two rated items together. With the item counts they give the variance of every composite exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PairTally {
    /// Both answered (`n_aa`).
    pub both: i64,
    /// Both answered, the second satisfied (`n_as`).
    pub both_second: i64,
    /// Both answered, the first satisfied (`n_sa`).
    pub both_first: i64,
    /// Both satisfied (`n_ss`).
    pub satisfied_both: i64,
}

impl PairTally {
    /// The same counts seen from the second item.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self { both_second: self.both_first, both_first: self.both_second, ..self }
    }

    fn zip(&mut self, other: &Self, join: impl Fn(i64, i64) -> i64) {
        self.both = join(self.both, other.both);
        self.both_second = join(self.both_second, other.both_second);
        self.both_first = join(self.both_first, other.both_first);
        self.satisfied_both = join(self.satisfied_both, other.satisfied_both);
    }
}

/// Counts of a set of answers to one edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// 0 = the forms themselves (`levels[0]` with a level of at least one item of the index, `blank` without any), then items
    /// by their numbers.
    pub items: Vec<ItemTally>,
    /// Forms with a level of at least one criterion, of each factor; 0 where it follows from the other counts.
    pub factors: Vec<i64>,
    /// Pairs of rated items by rank: (1,2), (1,3), …, (2,3), …; empty where they are not counted.
    pub pairs: Vec<PairTally>,
}

impl Tally {
    /// No answers yet.
    pub fn empty(edition: &Edition) -> Self {
        Self::sized(edition, edition.counts_pairs())
    }

    /// No answers yet, with room for pairs also where cells have none: for counting from the answers themselves.
    pub fn with_pairs(edition: &Edition) -> Self {
        Self::sized(edition, edition.counts_pairs() || edition.pairs_from_answers())
    }

    fn sized(edition: &Edition, with_pairs: bool) -> Self {
        let rated = if with_pairs { edition.ratings().count() } else { 0 };
        Self {
            items: vec![ItemTally::default(); edition.answer_count() + 1],
            factors: vec![0; edition.factors().len()],
            pairs: vec![PairTally::default(); rated * rated.saturating_sub(1) / 2],
        }
    }

    /// Counts one more form. `answers` are those of this edition, one per counted item; what has no place is not counted.
    pub fn add_answers(&mut self, edition: &Edition, answers: &[Answer]) {
        let mut rated = Vec::new();
        let mut in_index = false;
        for ((number, item), answer) in edition.numbered().zip(answers) {
            if let Item::Rating(rating) = item {
                let level = if let Answer::Level(level) = answer { Some(rating.is_satisfied(*level)) } else { None };
                in_index |= level.is_some() && !rating.beside;
                rated.push(level);
            }
            if let Some(tally) = self.items.get_mut(number) {
                tally.count(*answer);
            }
        }
        if let Some(forms) = self.items.first_mut() {
            if in_index {
                forms.levels[0] += 1;
            } else {
                forms.blank += 1;
            }
        }
        for (factor, criteria) in edition.counted_factors() {
            let is_level =
                |number: &usize| matches!(number.checked_sub(1).and_then(|at| answers.get(at)), Some(Answer::Level(_)));
            if let Some(forms) = self.factors.get_mut(factor) {
                *forms += i64::from(criteria.iter().any(is_level));
            }
        }
        let pairs = (0..rated.len()).flat_map(|i| (i + 1..rated.len()).map(move |j| (i, j)));
        for (pair, (i, j)) in self.pairs.iter_mut().zip(pairs) {
            if let (Some(Some(first)), Some(Some(second))) = (rated.get(i), rated.get(j)) {
                pair.both += 1;
                pair.both_first += i64::from(*first);
                pair.both_second += i64::from(*second);
                pair.satisfied_both += i64::from(*first && *second);
            }
        }
    }

    /// Adds the counts of another set of answers to the same edition.
    pub fn merge(&mut self, other: &Self) {
        self.zip(other, |a, b| a + b);
    }

    /// Takes the counts of another set away.
    pub fn subtract(&mut self, other: &Self) {
        self.zip(other, |a, b| a - b);
    }

    fn zip(&mut self, other: &Self, join: impl Fn(i64, i64) -> i64 + Copy) {
        let items = self.items.len().max(other.items.len());
        self.items.resize(items, ItemTally::default());
        let pairs = self.pairs.len().max(other.pairs.len());
        self.pairs.resize(pairs, PairTally::default());
        for (mine, theirs) in self.items.iter_mut().zip(&other.items) {
            mine.zip(theirs, join);
        }
        let factors = self.factors.len().max(other.factors.len());
        self.factors.resize(factors, 0);
        for (mine, theirs) in self.factors.iter_mut().zip(&other.factors) {
            *mine = join(*mine, *theirs);
        }
        for (mine, theirs) in self.pairs.iter_mut().zip(&other.pairs) {
            mine.zip(theirs, join);
        }
    }

    /// Number of forms.
    pub fn forms(&self) -> i64 {
        self.items.first().map_or(0, |forms| forms.answered() + forms.blank)
    }

    /// Counts of the item with this number (from 1).
    pub fn item(&self, number: usize) -> Option<&ItemTally> {
        self.items.get(number).filter(|_| number > 0)
    }

    /// Forms that answered the item with this number (from 1); what was not asked or does not apply is no answer.
    pub fn answering(&self, number: usize) -> i64 {
        self.item(number).map_or(0, |item| self.forms() - item.blank - item.not_applicable)
    }

    /// Satisfied and answered of the rated item with this number (from 1); `None` for other items.
    pub fn satisfied(&self, edition: &Edition, number: usize) -> Option<(i64, i64)> {
        let rating = edition.item_numbered(number)?.rating()?;
        let item = self.item(number)?;
        Some((item.at(&rating.satisfied), item.answered()))
    }

    /// Counts of two different rated items by their ranks (from 1), seen from the first.
    pub fn pair(&self, edition: &Edition, first: usize, second: usize) -> Option<PairTally> {
        let rated = edition.ratings().count();
        let (low, high) = (first.min(second), first.max(second));
        if low == 0 || low == high || high > rated {
            return None;
        }
        // Pairs before those that begin with `low`: (rated - 1) + (rated - 2) + … , low - 1 terms.
        let before = (low - 1) * (2 * rated - low) / 2;
        let pair = *self.pairs.get(before + high - low - 1)?;
        Some(if first < second { pair } else { pair.turned() })
    }
}

impl ItemTally {
    fn count(&mut self, answer: Answer) {
        match answer {
            Answer::Blank => self.blank += 1,
            // What is not asked leaves numerator and denominator as what does not apply.
            Answer::NotApplicable | Answer::NotAsked => self.not_applicable += 1,
            Answer::Level(number) | Answer::Choice(number) => self.choose(bit(number)),
            Answer::Choices(options) => self.choose(options),
            Answer::Number(number) => {
                self.levels[0] += 1;
                self.sum += i64::from(number);
                self.sum_squares += i64::from(number) * i64::from(number);
            }
        }
    }

    fn choose(&mut self, options: u8) {
        for (n, number) in self.levels.iter_mut().zip(1..) {
            *n += i64::from(options & bit(number) != 0);
        }
    }
}

/// Marks that an answer itself shows: `FLAG_ALL_EQUAL`, `FLAG_ONE_ITEM`. They mark, they never delete.
pub fn flags(edition: &Edition, answers: &[Answer]) -> i16 {
    let levels: Vec<u8> = edition
        .numbered()
        .zip(answers)
        .filter_map(|((_, item), answer)| match (item, answer) {
            (Item::Rating(_), Answer::Level(level)) => Some(*level),
            _ => None,
        })
        .collect();
    let given = answers.iter().filter(|answer| !matches!(answer, Answer::Blank | Answer::NotAsked)).count();
    let mut flags = 0;
    if levels.len() >= 3 && levels.iter().all(|level| Some(level) == levels.first()) {
        flags |= FLAG_ALL_EQUAL;
    }
    if given == 1 {
        flags |= FLAG_ONE_ITEM;
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::embedded;
    use Answer::{Blank, Level, NotApplicable, Number};

    #[test]
    fn marks_say_what_the_answer_itself_shows() {
        let edition = embedded().unwrap().remove(0);
        let of = |answers: [Answer; 6]| flags(&edition, &answers);
        assert_eq!(of([Level(5), Level(5), Level(5), Blank, NotApplicable, Number(5)]), FLAG_ALL_EQUAL);
        assert_eq!(of([Level(5), Level(5), Blank, Blank, Blank, Blank]), 0);
        assert_eq!(of([Level(5), Level(5), Level(4), Blank, Blank, Blank]), 0);
        assert_eq!(of([Blank, Blank, Level(1), Blank, Blank, Blank]), FLAG_ONE_ITEM);
        assert_eq!(of([Blank, Blank, Blank, Blank, Blank, Number(9)]), FLAG_ONE_ITEM);
        assert_eq!(of([Blank; 6]), 0);
    }

    #[test]
    fn a_form_without_a_level_is_counted_apart() {
        let edition = embedded().unwrap().remove(0);
        let mut tally = Tally::empty(&edition);
        tally.add_answers(&edition, &[Blank, Blank, NotApplicable, Blank, Blank, Number(9)]);
        tally.add_answers(&edition, &[Level(2), Blank, Blank, Blank, Blank, Blank]);
        assert_eq!((tally.items[0].levels[0], tally.items[0].blank, tally.forms()), (1, 1, 2));
        assert_eq!((tally.items[6].levels[0], tally.items[6].sum, tally.items[6].sum_squares), (1, 9, 81));
        assert_eq!(tally.pairs.len(), 10);
    }

    #[test]
    fn a_pair_is_seen_from_either_side() {
        let edition = embedded().unwrap().remove(0);
        let mut tally = Tally::empty(&edition);
        tally.add_answers(&edition, &[Blank, Level(5), Blank, Level(1), Blank, Blank]);
        let seen = PairTally { both: 1, both_second: 0, both_first: 1, satisfied_both: 0 };
        assert_eq!(tally.pair(&edition, 2, 4), Some(seen));
        assert_eq!(tally.pair(&edition, 4, 2), Some(seen.turned()));
        assert_eq!(
            (tally.pair(&edition, 2, 2), tally.pair(&edition, 0, 2), tally.pair(&edition, 2, 6)),
            (None, None, None)
        );
    }
}
