//! Reads values out of a TOML table and notes everything that is wrong with them, with the line.

use super::component::Bilingual;
use crate::questionnaire::Problem;
use crate::words::Day;
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

/// Longest text, in characters.
const MAX_TEXT: usize = 600;

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

    /// Whether the key is there.
    pub(super) fn has(self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether the value of a key is a table.
    pub(super) fn holds_table(self, key: &str) -> bool {
        self.get(key).is_some_and(|found| found.value.is_table())
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
    problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn new(text: &str) -> Self {
        Self { starts: text.match_indices('\n').map(|(at, _)| at + 1).collect(), problems: Vec::new() }
    }

    /// Notes a problem at an offset of the text.
    pub(super) fn refuse(&mut self, at: usize, what: impl Into<String>) {
        let line = 1 + self.starts.partition_point(|start| *start <= at);
        self.problems.push(Problem { line, what: what.into() });
    }

    /// Whether nothing was refused so far.
    pub(super) const fn is_content(&self) -> bool {
        self.problems.is_empty()
    }

    /// All problems in the order of lines.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort();
        self.problems.dedup();
        self.problems
    }

    /// Refuses keys that mean nothing and keys that are needed and absent.
    pub(super) fn keys(&mut self, part: Part<'_>, needed: &[&str], optional: &[&str]) {
        for key in part.table.keys() {
            let name: &str = key.get_ref();
            if !needed.contains(&name) && !optional.contains(&name) {
                let allowed = [needed, optional].concat().join(", ");
                let what = format!("{} has no key “{name}”; allowed are {allowed}", part.what);
                self.refuse(key.span().start, what);
            }
        }
        for key in needed.iter().filter(|key| !part.has(key)) {
            self.refuse(part.at, format!("{} needs the key “{key}”; add it", part.what));
        }
    }

    fn wrong_kind(&mut self, key: &str, found: At<&DeValue<'_>>, expected: &str) {
        let what = format!("“{key}” must be {expected}, not a value of the kind {}", found.value.type_str());
        self.refuse(found.at, what);
    }

    /// A string in quotes, as it stands.
    pub(super) fn string<'t>(&mut self, part: Part<'t>, key: &str) -> Option<At<&'t str>> {
        let found = part.get(key)?;
        let Some(value) = found.value.as_str() else {
            self.wrong_kind(key, found, "a text in quotes");
            return None;
        };
        Some(At { value, at: found.at })
    }

    /// A text people read: NFC, one line, not empty.
    pub(super) fn text(&mut self, part: Part<'_>, key: &str) -> Option<String> {
        let found = self.string(part, key)?;
        let text: String = found.value.nfc().collect();
        let text = text.trim();
        let length = text.chars().count();
        if text.is_empty() {
            self.refuse(found.at, format!("“{key}” is empty; write the text"));
        } else if length > MAX_TEXT {
            self.refuse(found.at, format!("“{key}” has {length} characters; shorten it to {MAX_TEXT}"));
        } else if text.chars().any(char::is_control) {
            self.refuse(found.at, format!("“{key}” holds a line break or control character; write it on one line"));
        } else {
            return Some(text.to_owned());
        }
        None
    }

    /// A text in both languages: `{ vi = "…", en = "…" }`.
    pub(super) fn bilingual(&mut self, part: Part<'_>, key: &str) -> Option<Bilingual> {
        let texts = self.table(part, key, "a text")?;
        self.keys(texts, &["vi", "en"], &[]);
        let (vi, en) = (self.text(texts, "vi"), self.text(texts, "en"));
        Some(Bilingual { vi: vi?, en: en? })
    }

    /// One word of a closed list.
    pub(super) fn word<T: Copy>(
        &mut self,
        part: Part<'_>,
        key: &str,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let found = self.string(part, key)?;
        let read = all.iter().copied().find(|one| name(*one) == found.value);
        if read.is_none() {
            let allowed: Vec<&str> = all.iter().map(|one| name(*one)).collect();
            let what = format!("“{key}” knows no “{}”; allowed are {}", found.value, allowed.join(", "));
            self.refuse(found.at, what);
        }
        read
    }

    /// `true` or `false`; nothing where the key is absent.
    pub(super) fn boolean(&mut self, part: Part<'_>, key: &str) -> Option<bool> {
        let found = part.get(key)?;
        let read = found.value.as_bool();
        if read.is_none() {
            self.wrong_kind(key, found, "true or false");
        }
        read
    }

    /// A whole number within limits.
    pub(super) fn whole(&mut self, part: Part<'_>, key: &str, min: u16, max: u16) -> Option<u16> {
        let found = part.get(key)?;
        let read = integer(found.value).and_then(|n| u16::try_from(n).ok()).filter(|n| (min..=max).contains(n));
        if read.is_none() {
            self.refuse(found.at, format!("“{key}” must be a whole number from {min} to {max}"));
        }
        read
    }

    /// A finite number within limits.
    pub(super) fn number(&mut self, part: Part<'_>, key: &str, min: f64, max: f64) -> Option<f64> {
        let found = part.get(key)?;
        self.finite(key, found, min, max)
    }

    fn finite(&mut self, key: &str, found: At<&DeValue<'_>>, min: f64, max: f64) -> Option<f64> {
        let read = match found.value {
            DeValue::Float(float) => float.as_str().parse::<f64>().ok(),
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse().ok(),
            _ => None,
        };
        let read = read.filter(|number| number.is_finite() && (min..=max).contains(number));
        if read.is_none() {
            self.refuse(found.at, format!("“{key}” must be a number from {min} to {max}"));
        }
        read
    }

    /// A list of finite numbers within limits.
    pub(super) fn numbers(&mut self, part: Part<'_>, key: &str, min: f64, max: f64) -> Option<Vec<f64>> {
        let values = self.list(part, key)?;
        let given = values.len();
        let read: Vec<f64> = values.into_iter().filter_map(|found| self.finite(key, found, min, max)).collect();
        (read.len() == given).then_some(read)
    }

    /// A list of whole numbers from 0 to 60000.
    pub(super) fn wholes(&mut self, part: Part<'_>, key: &str) -> Option<Vec<u16>> {
        let mut wholes = Vec::new();
        for found in self.list(part, key)? {
            match integer(found.value).and_then(|n| u16::try_from(n).ok()).filter(|n| *n <= 60_000) {
                Some(whole) => wholes.push(whole),
                None => self.refuse(found.at, format!("“{key}” holds whole numbers from 0 to 60000 only")),
            }
        }
        Some(wholes)
    }

    /// A date, written without quotes: `2023-12-11`.
    pub(super) fn date(&mut self, part: Part<'_>, key: &str) -> Option<Day> {
        let found = part.get(key)?;
        let plain = found.value.as_datetime().filter(|given| given.time.is_none());
        let date = plain.and_then(|given| given.date);
        let read = date.and_then(|date| Day::of(i32::from(date.year), date.month, date.day));
        if read.is_none() {
            self.refuse(found.at, format!("“{key}” must be a date without quotes, such as {key} = 2023-12-11"));
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

    /// A list of levels from 1 to 10, each once, ascending.
    pub(super) fn levels(&mut self, part: Part<'_>, key: &str) -> Option<Vec<u8>> {
        let mut levels = Vec::new();
        for found in self.list(part, key)? {
            match integer(found.value).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=10).contains(n)) {
                Some(level) if levels.contains(&level) => {
                    self.refuse(found.at, format!("“{key}” lists the level {level} twice; keep it once"));
                }
                Some(level) => levels.push(level),
                None => self.refuse(found.at, format!("“{key}” may hold the levels 1 to 10 only")),
            }
        }
        levels.sort_unstable();
        Some(levels)
    }

    /// A table under a key.
    pub(super) fn table<'t>(&mut self, part: Part<'t>, key: &str, what: &'static str) -> Option<Part<'t>> {
        let found = part.get(key)?;
        let Some(table) = found.value.as_table() else {
            self.wrong_kind(key, found, "a table");
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

    /// The key `code`: a small letter, then small letters, digits or low lines, at most 32 characters.
    pub(super) fn code<'t>(&mut self, part: Part<'t>) -> Option<At<&'t str>> {
        let found = self.string(part, "code")?;
        let mut bytes = found.value.bytes();
        let first = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase());
        let rest = bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !first || !rest || found.value.len() > 32 {
            let what = format!("the code “{}” is not a letter a-z followed by a-z, 0-9 or _ (at most 32)", found.value);
            self.refuse(found.at, what);
        }
        Some(found)
    }
}

/// The value of a whole number.
fn integer(value: &DeValue<'_>) -> Option<i64> {
    value.as_integer().and_then(|integer| i64::from_str_radix(integer.as_str(), integer.radix()).ok())
}
