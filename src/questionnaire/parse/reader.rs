//! Reads values out of a TOML table and notes what is wrong with them, with the line, without stopping at the first.

use super::Rule;
use crate::questionnaire::{Localized, Problem};
use crate::words::Lang;
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

/// Longest text, in characters.
const MAX_TEXT: usize = 500;

/// A value with the place it stands at.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) at: usize,
}

/// A table with its place and the name it has in sentences.
#[derive(Clone, Copy)]
pub(super) struct Part<'t> {
    pub(super) table: &'t DeTable<'t>,
    pub(super) at: usize,
    pub(super) what: &'static str,
}

impl<'t> Part<'t> {
    fn get(self, key: &str) -> Option<At<&'t DeValue<'t>>> {
        self.table.get(key).map(|value| At { value: value.get_ref(), at: value.span().start })
    }

    /// Place of a key's value, or of the table where the key is absent.
    pub(super) fn place(self, key: &str) -> usize {
        self.get(key).map_or(self.at, |found| found.at)
    }
}

/// Collects problems while a definition is read.
pub(super) struct Reader {
    /// Offsets at which lines begin.
    starts: Vec<usize>,
    /// Languages every text needs; `None` while that list itself is wrong.
    pub(super) languages: Option<Vec<Lang>>,
    problems: Vec<(Problem, Rule)>,
}

impl Reader {
    pub(super) fn new(text: &str) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self { starts, languages: None, problems: Vec::new() }
    }

    /// Notes a problem at an offset of the text.
    pub(super) fn refuse(&mut self, rule: Rule, at: usize, what: impl Into<String>) {
        let line = 1 + self.starts.partition_point(|start| *start <= at);
        self.problems.push((Problem { line, what: what.into() }, rule));
    }

    /// All problems in the order of lines, each with the rule that is broken.
    pub(super) fn into_problems(mut self) -> Vec<(Problem, Rule)> {
        self.problems.sort();
        self.problems.dedup();
        self.problems
    }

    /// Refuses keys that mean nothing.
    pub(super) fn check_keys(&mut self, part: Part<'_>, allowed: &[&str]) {
        for key in part.table.keys() {
            let name: &str = key.get_ref();
            if !allowed.contains(&name) {
                let what = format!("{} has no key “{name}”; allowed are {}", part.what, allowed.join(", "));
                self.refuse(Rule::UnknownKey, key.span().start, what);
            }
        }
    }

    /// Passes a value on; where the key is absent, says that it is needed. A value of the wrong kind was refused already.
    pub(super) fn need<T>(&mut self, part: Part<'_>, key: &str, found: Option<T>) -> Option<T> {
        if found.is_none() && part.get(key).is_none() {
            self.refuse(Rule::MissingKey, part.at, format!("{} needs the key “{key}”; add it", part.what));
        }
        found
    }

    fn wrong_kind(&mut self, key: &str, found: At<&DeValue<'_>>, expected: &str) {
        let what = format!("“{key}” must be {expected}, not a value of the kind {}", found.value.type_str());
        self.refuse(Rule::WrongKind, found.at, what);
    }

    /// A string in quotes.
    pub(super) fn string<'t>(&mut self, part: Part<'t>, key: &str) -> Option<At<&'t str>> {
        let found = part.get(key)?;
        let Some(value) = found.value.as_str() else {
            self.wrong_kind(key, found, "a text in quotes");
            return None;
        };
        Some(At { value, at: found.at })
    }

    /// `true` or `false`; `false` where the key is absent.
    pub(super) fn boolean(&mut self, part: Part<'_>, key: &str) -> bool {
        let Some(found) = part.get(key) else { return false };
        found.value.as_bool().unwrap_or_else(|| {
            self.wrong_kind(key, found, "true or false");
            false
        })
    }

    /// A whole number within limits.
    pub(super) fn number(&mut self, part: Part<'_>, key: &str, min: u16, max: u16) -> Option<u16> {
        let found = part.get(key)?;
        let read = whole(found.value).and_then(|n| u16::try_from(n).ok()).filter(|n| (min..=max).contains(n));
        if read.is_none() {
            let what = format!("“{key}” must be a whole number from {min} to {max}, such as {key} = {min}");
            self.refuse(Rule::NumberOutside, found.at, what);
        }
        read
    }

    /// A list in square brackets.
    pub(super) fn list<'t>(&mut self, part: Part<'t>, key: &str) -> Option<Vec<At<&'t DeValue<'t>>>> {
        let found = part.get(key)?;
        let Some(values) = found.value.as_array() else {
            self.wrong_kind(key, found, "a list in square brackets");
            return None;
        };
        Some(values.iter().map(|value| At { value: value.get_ref(), at: value.span().start }).collect())
    }

    /// A list of strings.
    pub(super) fn strings<'t>(&mut self, part: Part<'t>, key: &str) -> Option<Vec<At<&'t str>>> {
        let values = self.list(part, key)?;
        let mut strings = Vec::with_capacity(values.len());
        for found in values {
            match found.value.as_str() {
                Some(value) => strings.push(At { value, at: found.at }),
                None => self.wrong_kind(key, found, "a list of texts in quotes"),
            }
        }
        Some(strings)
    }

    /// A list of whole numbers from 1 to 7, ascending.
    pub(super) fn levels(&mut self, part: Part<'_>, key: &str) -> Option<At<Vec<u8>>> {
        let at = part.place(key);
        let mut levels = Vec::new();
        for found in self.list(part, key)? {
            match whole(found.value).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=7).contains(n)) {
                Some(level) if levels.contains(&level) => {
                    self.refuse(
                        Rule::LevelListedTwice,
                        found.at,
                        format!("“{key}” lists the level {level} twice; keep it once"),
                    );
                }
                Some(level) => levels.push(level),
                None => self.refuse(
                    Rule::NoLevel,
                    found.at,
                    format!("“{key}” may hold whole numbers from 1 to 7 only; correct it"),
                ),
            }
        }
        levels.sort_unstable();
        Some(At { value: levels, at })
    }

    /// A table under a key.
    pub(super) fn table<'t>(&mut self, part: Part<'t>, key: &str, what: &'static str) -> Option<Part<'t>> {
        let found = part.get(key)?;
        let Some(table) = found.value.as_table() else {
            self.wrong_kind(key, found, "a table in braces");
            return None;
        };
        Some(Part { table, at: found.at, what })
    }

    /// A list of tables, each written under `[[key]]`.
    pub(super) fn tables<'t>(&mut self, part: Part<'t>, key: &str, what: &'static str) -> Vec<Part<'t>> {
        let mut parts = Vec::new();
        for found in self.list(part, key).unwrap_or_default() {
            match found.value.as_table() {
                Some(table) => parts.push(Part { table, at: found.at, what }),
                None => self.wrong_kind(key, found, &format!("a list of tables, each under [[{key}]]")),
            }
        }
        parts
    }

    /// A text in every language of the edition, such as `{ vi = "…", en = "…" }`.
    pub(super) fn localized(&mut self, part: Part<'_>, key: &str) -> Option<Localized> {
        let texts = self.table(part, key, "a text")?;
        let words: Vec<&str> = Lang::ALL.iter().map(|lang| lang.word()).collect();
        self.check_keys(texts, &words);
        let mut read = Vec::new();
        for lang in Lang::ALL.iter().copied() {
            let listed = self.languages.as_ref().map(|languages| languages.contains(&lang));
            match self.string(texts, lang.word()) {
                Some(found) if listed == Some(false) => {
                    let what =
                        format!("“{key}” is in “{lang}”, which “languages” does not list; list it or remove the text");
                    self.refuse(Rule::UnlistedLanguage, found.at, what);
                }
                Some(found) => read.extend(self.text(key, found).map(|text| (lang, text))),
                None if listed == Some(true) && texts.get(lang.word()).is_none() => {
                    self.refuse(
                        Rule::LanguageMissing,
                        texts.at,
                        format!("“{key}” has no text in “{lang}”; add {lang} = \"…\""),
                    );
                }
                None => {}
            }
        }
        Some(Localized::new(read))
    }

    /// A text in one language, as it is kept.
    pub(super) fn plain(&mut self, part: Part<'_>, key: &str) -> Option<String> {
        let found = self.string(part, key)?;
        self.text(key, found)
    }

    /// A text as it is kept: NFC, without white space around it.
    fn text(&mut self, key: &str, found: At<&str>) -> Option<String> {
        let text: String = found.value.nfc().collect();
        let text = text.trim();
        let length = text.chars().count();
        if text.is_empty() {
            self.refuse(Rule::EmptyText, found.at, format!("“{key}” is empty; write the text"));
        } else if length > MAX_TEXT {
            self.refuse(Rule::LongText, found.at, format!("“{key}” has {length} characters; shorten it to {MAX_TEXT}"));
        } else if text.chars().any(char::is_control) {
            self.refuse(
                Rule::ControlCharacter,
                found.at,
                format!("“{key}” holds a line break or control character; write it on one line"),
            );
        } else {
            return Some(text.to_owned());
        }
        None
    }
}

/// The value of a whole number.
fn whole(value: &DeValue<'_>) -> Option<i64> {
    value.as_integer().and_then(|integer| i64::from_str_radix(integer.as_str(), integer.radix()).ok())
}
