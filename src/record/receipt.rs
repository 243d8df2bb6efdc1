//! The receipt: 16 characters with which a person finds out later that the form was counted, and nothing else.

use super::{Leaf, crockford};
use crate::words::Day;

/// Characters that carry the day, and characters that carry the leaf.
const DAY_SYMBOLS: u32 = 3;
const LEAF_SYMBOLS: u32 = 12;

/// Day and the first 60 bits of the leaf. Not signed, shows no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    day: Day,
    prefix: u64,
}

/// Why a receipt code cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptRefusal {
    /// Not sixteen characters of the alphabet.
    Malformed,
    /// The check character says that one was mistyped.
    Mistyped,
}

impl Receipt {
    /// The receipt of an answer stored on `day`.
    pub fn of(day: Day, leaf: &Leaf) -> Self {
        let prefix = leaf.0.iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte)) >> 4;
        Self { day, prefix }
    }

    /// Reads a code as a person types it.
    pub fn parse(text: &str) -> Result<Self, ReceiptRefusal> {
        let values = crockford::values(text).ok_or(ReceiptRefusal::Malformed)?;
        let Some((check, body)) = values.split_last().filter(|_| values.len() == 16) else {
            return Err(ReceiptRefusal::Malformed);
        };
        if crockford::check(body) != *check {
            return Err(ReceiptRefusal::Mistyped);
        }
        let number = |part: &[u8]| part.iter().fold(0_u64, |sum, value| (sum << 5) | u64::from(*value));
        let (day, leaf) = body.split_at(3);
        Ok(Self { day: Day(i32::try_from(number(day)).unwrap_or(0)), prefix: number(leaf) })
    }

    /// The day of storing.
    pub const fn day(&self) -> Day {
        self.day
    }

    /// Smallest and largest leaf that fit the code.
    pub fn leaf_range(&self) -> (Leaf, Leaf) {
        let (mut low, mut high) = ([0; 32], [0xFF; 32]);
        let first = (self.prefix << 4).to_be_bytes();
        for (at, byte) in first.iter().enumerate() {
            let rest = if at == 7 { 0x0F } else { 0 };
            if let (Some(low), Some(high)) = (low.get_mut(at), high.get_mut(at)) {
                *low = *byte;
                *high = *byte | rest;
            }
        }
        (Leaf(low), Leaf(high))
    }
}

impl std::fmt::Display for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = u64::try_from(self.day.0).unwrap_or(0);
        let digits = |number: u64, count: u32| {
            (0..count).rev().map(move |at| u8::try_from((number >> (5 * at)) & 31).unwrap_or(0))
        };
        let mut values: Vec<u8> = digits(day, DAY_SYMBOLS).chain(digits(self.prefix, LEAF_SYMBOLS)).collect();
        values.push(crockford::check(&values));
        for (at, value) in values.into_iter().enumerate() {
            let hyphen = if at > 0 && at % 4 == 0 { "-" } else { "" };
            write!(f, "{hyphen}{}", crockford::symbol(value))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sha256;
    use super::*;

    #[test]
    fn a_receipt_names_the_day_and_the_leaf_it_was_made_of() {
        for seed in 0_u32..500 {
            let leaf = Leaf(sha256(&[&seed.to_be_bytes()]));
            let receipt = Receipt::of(Day(20_778), &leaf);
            let text = receipt.to_string();
            assert_eq!((text.len(), text.matches('-').count()), (19, 3));
            let read = Receipt::parse(&text.to_lowercase().replace('-', " ")).unwrap();
            assert_eq!(read, receipt);
            let (low, high) = read.leaf_range();
            assert!(low <= leaf && leaf <= high);
        }
    }

    #[test]
    fn a_mistyped_receipt_is_told_from_an_unknown_one() {
        let receipt = Receipt::of(Day(20_778), &Leaf([5; 32])).to_string();
        let swapped = format!("{}{}", if receipt.starts_with('A') { "B" } else { "A" }, &receipt[1..]);
        assert_eq!(Receipt::parse(&swapped), Err(ReceiptRefusal::Mistyped));
        assert_eq!(Receipt::parse("1234"), Err(ReceiptRefusal::Malformed));
    }
}
