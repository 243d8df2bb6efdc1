//! Answers as the estimators read them: one code per person and item.

/// What a code of an item stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Level {
    /// Whether it is an answer; empty and "not applicable" are none.
    pub answered: bool,
    /// The number of the level, where it has one.
    pub value: Option<f64>,
    /// Whether it counts as satisfied.
    pub satisfied: bool,
}

/// Which number of an answer is averaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Statistic {
    /// Share of the satisfied.
    Share,
    /// Mean of the levels' numbers.
    Mean,
}

impl Statistic {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Mean => "mean",
        }
    }
}

/// Codes of all items of one person after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    items: usize,
    codes: std::sync::Arc<Vec<u16>>,
    levels: Vec<Vec<Level>>,
    /// The code of somebody who was asked and did not answer.
    missing: Option<u16>,
}

/// The most levels of an item.
pub const MOST_LEVELS: usize = 65_536;

/// Why codes are no answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswersError {
    /// No item.
    NoItems,
    /// The number of codes is not rows × items.
    Length,
    /// An item has more than [`MOST_LEVELS`] levels.
    TooManyLevels {
        /// The item, counted from 0.
        item: usize,
    },
    /// A code without a level.
    UnknownCode {
        /// The row, counted from 0.
        row: usize,
        /// The item, counted from 0.
        item: usize,
    },
}

impl std::fmt::Display for AnswersError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoItems => f.write_str("no items: give at least one"),
            Self::Length => f.write_str("the number of codes must be rows × items"),
            Self::TooManyLevels { item } => write!(f, "item {}: at most {MOST_LEVELS} levels", item + 1),
            Self::UnknownCode { row, item } => write!(f, "row {}, item {}: a code without a level", row + 1, item + 1),
        }
    }
}

impl std::error::Error for AnswersError {}

/// What a code adds to the sums of its item.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    /// 1 for an answer, 0 otherwise.
    pub(super) is: f64,
    /// The number that is averaged.
    pub(super) value: f64,
    /// 1 for somebody who was asked, whether there is an answer or not.
    pub(super) asked: f64,
    /// The bit of the item in its word, for an answer.
    pub(super) bit: u64,
}

/// What every code of an item adds.
pub(super) type Table = Vec<Entry>;

impl Answers {
    /// Codes row by row; `levels[item][code]` says what a code stands for.
    pub fn new<C: Into<u16>>(codes: Vec<C>, levels: Vec<Vec<Level>>) -> Result<Self, AnswersError> {
        let codes: Vec<u16> = codes.into_iter().map(Into::into).collect();
        let items = levels.len();
        if items == 0 {
            return Err(AnswersError::NoItems);
        }
        if !codes.len().is_multiple_of(items) {
            return Err(AnswersError::Length);
        }
        if let Some(item) = levels.iter().position(|levels| levels.len() > MOST_LEVELS) {
            return Err(AnswersError::TooManyLevels { item });
        }
        let known: Vec<usize> = levels.iter().map(Vec::len).collect();
        for (row, codes) in codes.chunks_exact(items).enumerate() {
            let unknown = codes.iter().zip(&known).position(|(code, known)| usize::from(*code) >= *known);
            if let Some(item) = unknown {
                return Err(AnswersError::UnknownCode { row, item });
            }
        }
        Ok(Self { items, codes: std::sync::Arc::new(codes), levels, missing: None })
    }

    /// The same answers, in which one code stands for somebody who was asked and did not answer: for response rates.
    #[must_use]
    pub fn with_missing(self, code: u16) -> Self {
        Self { missing: Some(code), ..self }
    }

    /// The same answers with row `order[i]` in place i; rows that do not exist are left out.
    #[must_use]
    pub fn reordered(&self, order: &[u32]) -> Self {
        let mut codes = Vec::with_capacity(self.codes.len());
        for row in order {
            codes.extend_from_slice(self.row(*row as usize));
        }
        Self { codes: std::sync::Arc::new(codes), ..self.clone() }
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.items
    }

    /// Number of persons.
    pub fn rows(&self) -> usize {
        self.codes.len() / self.items
    }

    /// The codes of one person.
    pub fn row(&self, row: usize) -> &[u16] {
        self.codes.get(row * self.items..(row + 1) * self.items).unwrap_or_default()
    }

    /// What the codes of an item stand for.
    pub fn levels(&self, item: usize) -> &[Level] {
        self.levels.get(item).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a person answered an item, and with which number.
    pub fn value(&self, row: usize, item: usize, statistic: Statistic) -> Option<f64> {
        let code = usize::from(*self.row(row).get(item)?);
        let level = self.levels.get(item)?.get(code)?;
        level.answered.then(|| number(level, statistic))?
    }

    /// The numbers of every code of every item.
    pub(super) fn tables(&self, statistic: Statistic) -> Vec<Table> {
        let table = |(item, levels): (usize, &Vec<Level>)| {
            let mut table = vec![Entry::default(); levels.len()];
            for (code, (entry, level)) in table.iter_mut().zip(levels).enumerate() {
                // A level without a number leaves the mean.
                if let Some(value) = number(level, statistic).filter(|_| level.answered) {
                    *entry = Entry { is: 1.0, value, asked: 1.0, bit: 1 << (item % 64) };
                } else if level.answered || self.missing.is_some_and(|missing| usize::from(missing) == code) {
                    entry.asked = 1.0;
                }
            }
            table
        };
        self.levels.iter().enumerate().map(table).collect()
    }
}

fn number(level: &Level, statistic: Statistic) -> Option<f64> {
    match statistic {
        Statistic::Share => Some(if level.satisfied { 1.0 } else { 0.0 }),
        Statistic::Mean => level.value,
    }
}

/// Some items that are reported as one number.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Items with the weight of each.
    pub items: Vec<(usize, f64)>,
    /// Whether answers are pooled: Σ satisfied / Σ answers of all items.
    pub pooled: bool,
}

impl Measure {
    /// One item.
    pub fn item(item: usize) -> Self {
        Self { items: vec![(item, 1.0)], pooled: false }
    }

    /// The mean of some items.
    pub fn mean_of(items: &[usize]) -> Self {
        Self { items: items.iter().map(|item| (*item, 1.0)).collect(), pooled: false }
    }
}

/// A partition of the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Domains {
    /// Number of domains.
    pub number: usize,
    /// The domain of each row; [`Domains::NONE`] for rows in none. Empty: all rows are in domain 0.
    pub of_row: Vec<u32>,
}

impl Domains {
    /// The mark of a row in no domain.
    pub const NONE: u32 = u32::MAX;

    /// All rows in one domain.
    pub fn whole() -> Self {
        Self { number: 1, of_row: Vec::new() }
    }

    #[inline]
    pub(super) fn of(&self, row: u32) -> Option<usize> {
        if self.of_row.is_empty() {
            return Some(0);
        }
        let domain = *self.of_row.get(row as usize)?;
        (domain != Self::NONE).then_some(domain as usize)
    }
}
