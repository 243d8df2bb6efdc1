//! Answers packed into words, so that a pair of respondents is compared in a few steps.
//!
//! Each answer becomes a code of 4, 8 or 16 bits, 0 for a missing one; the codes of 32, 16 or 8 items fill a word of
//! 128 bits. Two rows agree where the exclusive or of their words has a code of zeros.

use std::collections::BTreeMap;

use super::straight::code;
use super::{Items, QualityError};

/// The most pairs of respondents that are compared: some 14,000 respondents in one group.
pub const MAX_PAIRS: u64 = 100_000_000;

/// The rows of items as words.
pub(super) struct Packed {
    /// For each word, its value for each respondent.
    words: Vec<Vec<u128>>,
    /// Bits of a code: 4, 8 or 16.
    bits: u32,
    /// How many items.
    items: usize,
    /// For each item, the codes of the respondents.
    codes: Vec<Vec<u16>>,
}

impl Packed {
    /// Refused when an item has more than 65,535 different answers.
    pub(super) fn new(items: &Items) -> Result<Self, QualityError> {
        let mut most = 0;
        let mut codes = Vec::with_capacity(items.items());
        for (item, column) in items.columns().iter().enumerate() {
            let mut known = BTreeMap::new();
            let mut numbers = Vec::with_capacity(column.len());
            for answer in column {
                let Some(value) = answer else {
                    numbers.push(0);
                    continue;
                };
                let next = u16::try_from(known.len() + 1);
                let code = *known.entry(code(*value)).or_insert(next);
                numbers.push(code.or(Err(QualityError::TooManyValues { item }))?);
            }
            most = most.max(known.len());
            codes.push(numbers);
        }
        let (bits, per_word) = match most {
            0..=15 => (4, 32),
            16..=255 => (8, 16),
            _ => (16, 8),
        };
        let words = codes.chunks(per_word).map(|items| {
            let mut word = vec![0_u128; items.first().map_or(0, Vec::len)];
            for item in items {
                for (word, code) in word.iter_mut().zip(item) {
                    *word = *word << bits | u128::from(*code);
                }
            }
            word
        });
        Ok(Self { words: words.collect(), bits, items: items.items(), codes })
    }

    pub(super) fn items(&self) -> usize {
        self.items
    }

    /// For each item, the codes of the respondents; 0 is a missing answer.
    pub(super) fn codes(&self) -> &[Vec<u16>] {
        &self.codes
    }

    /// Whether a respondent gave any answer.
    pub(super) fn has_answer(&self, respondent: usize) -> bool {
        self.row(respondent).any(|word| word != 0)
    }

    /// The words of one respondent.
    pub(super) fn row(&self, respondent: usize) -> impl Iterator<Item = u128> {
        self.words.iter().map(move |word| word.get(respondent).copied().unwrap_or(0))
    }

    /// The rows of a group of respondents, in the order given.
    pub(super) fn group(&self, members: &[usize]) -> Group {
        let of_word = |word: &Vec<u128>| members.iter().filter_map(|&member| word.get(member).copied()).collect();
        Group { words: self.words.iter().map(of_word).collect(), bits: self.bits, size: members.len() }
    }
}

/// The words of a group of respondents that are compared with each other.
pub(super) struct Group {
    words: Vec<Vec<u128>>,
    bits: u32,
    size: usize,
}

impl Group {
    /// Gives for each member but the last, by its place, the number of different answers to every later member.
    pub(super) fn each_row_of_differences(&self, mut found: impl FnMut(usize, &[u32])) {
        let mut differences = Vec::with_capacity(self.size);
        for place in 0..self.size.saturating_sub(1) {
            differences.clear();
            differences.resize(self.size - place - 1, 0);
            for word in &self.words {
                let Some((own, later)) = word.get(place..).and_then(<[u128]>::split_first) else { continue };
                count_differences(&mut differences, *own, later, self.bits);
            }
            found(place, &differences);
        }
    }
}

/// Adds to each count the codes in which a word differs from `own`.
fn count_differences(counts: &mut [u32], own: u128, others: &[u128], bits: u32) {
    // The lowest bit of each code.
    let ones = match bits {
        4 => u128::MAX / 0xF,
        8 => u128::MAX / 0xFF,
        _ => u128::MAX / 0xFFFF,
    };
    for (count, other) in counts.iter_mut().zip(others) {
        // Each shift gathers a code's bits into its lowest one; what moves in from the next code stays above it.
        let mut apart = own ^ other;
        apart |= apart >> 1;
        apart |= apart >> 2;
        if bits > 4 {
            apart |= apart >> 4;
        }
        if bits > 8 {
            apart |= apart >> 8;
        }
        *count += (apart & ones).count_ones();
    }
}

/// The members of each group, in the order of the respondents; one group of all without labels.
pub(super) fn members(respondents: usize, groups: Option<&[usize]>) -> Result<Vec<Vec<usize>>, QualityError> {
    let Some(groups) = groups else {
        return Ok(vec![(0..respondents).collect()]);
    };
    if groups.len() != respondents {
        return Err(QualityError::Lengths { given: groups.len(), expected: respondents });
    }
    let mut found = BTreeMap::<usize, Vec<usize>>::new();
    for (respondent, group) in groups.iter().enumerate() {
        found.entry(*group).or_default().push(respondent);
    }
    Ok(found.into_values().collect())
}

/// The pairs within a group of this size.
pub(super) fn pairs(size: usize) -> u64 {
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    size.saturating_mul(size.saturating_sub(1)) / 2
}

/// Refuses groups with more than [`MAX_PAIRS`] pairs within them.
pub(super) fn check_pairs(groups: &[Vec<usize>]) -> Result<(), QualityError> {
    let asked = groups.iter().fold(0_u64, |sum, group| sum.saturating_add(pairs(group.len())));
    if asked > MAX_PAIRS {
        return Err(QualityError::TooManyPairs { pairs: asked, limit: MAX_PAIRS });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn packed_rows_differ_where_the_answers_do(
            values in prop::sample::select(vec![3_u32, 15, 16, 300]), items in 1_usize..70,
            draws in prop::collection::vec(prop::num::u32::ANY, 70..140),
        ) {
            // Respondent r answers item i with draw (i + 7 r) mod the number of values, and sometimes not at all.
            let answer = |item: usize, respondent: usize| {
                let draw = draws.get((item + 7 * respondent) % draws.len()).copied().unwrap();
                (draw % 11 != 0).then(|| f64::from(draw % values))
            };
            // A first item with every value makes the codes as wide as `values` asks for.
            let mut columns: Vec<Vec<Option<f64>>> = vec![(0..values).map(|value| Some(f64::from(value))).collect()];
            let people = columns.first().unwrap().len();
            columns.extend((0..items).map(|item| (0..people).map(|r| answer(item, r)).collect()));
            let items = Items::new(columns).unwrap();
            let packed = Packed::new(&items).unwrap();
            let group = packed.group(&(0..people.min(20)).collect::<Vec<_>>());
            let mut seen = 0;
            group.each_row_of_differences(|place, differences| {
                for (step, difference) in differences.iter().enumerate() {
                    let other = place + 1 + step;
                    let apart = items.row(place).zip(items.row(other)).filter(|(a, b)| a != b).count();
                    assert_eq!(usize::try_from(*difference).unwrap(), apart, "{place} {other}");
                    seen += 1;
                }
            });
            prop_assert_eq!(seen, pairs(people.min(20)));
        }
    }

    #[test]
    fn too_many_pairs_or_values_are_refused() {
        assert_eq!(check_pairs(&members(14_142, None).unwrap()), Ok(()));
        let limit = MAX_PAIRS;
        let refused = Err(QualityError::TooManyPairs { pairs: 100_005_153, limit });
        assert_eq!(check_pairs(&members(14_143, None).unwrap()), refused);
        let blocks: Vec<usize> = (0..100_000).map(|row| row / 1_000).collect();
        assert_eq!(check_pairs(&members(100_000, Some(&blocks)).unwrap()), Ok(()));
        let many = Items::new(vec![(0..70_000_u32).map(|value| Some(f64::from(value))).collect()]).unwrap();
        assert_eq!(Packed::new(&many).err(), Some(QualityError::TooManyValues { item: 0 }));
    }
}
