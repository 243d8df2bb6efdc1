//! The words of official reports (Decree 30/2020/NĐ-CP). They are documents of Vietnamese offices, so they have one language;
//! the page they are taken from speaks both. A paragraph is a function: values in, words out. What stands between two stars is
//! bold, what stands in square brackets is left to the officer.

pub mod groups;
pub mod letter;
pub mod paper;
pub mod scope;
mod tables;
pub mod verdict;

use crate::words::Lang;

/// The language of reports.
pub const LANG: Lang = Lang::Vi;
/// The beginning of every sentence about what is not known.
pub const MISSING: &str = "Chưa có số liệu về";

/// A place that the officer fills in.
pub fn filled_in(what: &str) -> String {
    format!("[Đơn vị bổ sung {what}]")
}

/// A name within a sentence: its first letter small, unless the second is a capital too.
pub fn small(name: &str) -> String {
    let mut letters = name.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return name.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_within_a_sentence_begin_small_unless_they_are_abbreviations() {
        assert_eq!(small("Đất đai"), "đất đai");
        assert_eq!((small("BHXH"), small("")), ("BHXH".to_owned(), String::new()));
    }
}
