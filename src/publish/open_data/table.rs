//! A table of open data: columns with their meaning, rows of plain values.

use serde_json::{Map, Value, json};

use crate::text::Both;
use crate::words::Lang;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A text or a code.
    Text,
    /// A number, with a dot before its decimals.
    Number,
    /// A day as 2026-11-21.
    Day,
    /// `true` or `false`.
    Truth,
}

impl Holds {
    /// The word in a code book.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Day => "date",
            Self::Truth => "boolean",
        }
    }
}

/// A column and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Name in the files.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What it means.
    pub meaning: Both,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Nothing.
    None,
    /// A text.
    Text(String),
    /// A number, with as many decimals as it is to show.
    Number(f64, usize),
    /// Yes or no.
    Truth(bool),
}

impl Datum {
    /// A text; an empty one is nothing.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::None } else { Self::Text(text) }
    }

    /// A whole number.
    pub fn whole(number: impl Into<f64>) -> Self {
        Self::Number(number.into(), 0)
    }

    /// The value in a cell of a CSV file.
    pub fn cell(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number, decimals) => format!("{number:.decimals$}"),
            Self::Truth(truth) => truth.to_string(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::None => Value::Null,
            Self::Text(text) => Value::from(text.as_str()),
            // Through its text, so that both files hold the same number.
            Self::Number(..) => serde_json::from_str(&self.cell()).unwrap_or(Value::Null),
            Self::Truth(truth) => Value::from(*truth),
        }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct DataTable {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has as many values as there are columns.
    pub rows: Vec<Vec<Datum>>,
}

impl DataTable {
    /// Code book and rows as one JSON object, after `about`.
    pub fn json(&self, about: Map<String, Value>) -> Value {
        let mut whole = about;
        let columns = self.columns.iter().map(|column| {
            json!({
                "name": column.name, "type": column.holds.word(),
                "meaning": { "vi": column.meaning.get(Lang::Vi), "en": column.meaning.get(Lang::En) },
            })
        });
        whole.insert("columns".to_owned(), columns.collect());
        let row = |row: &Vec<Datum>| -> Value {
            let named = self.columns.iter().zip(row).map(|(column, value)| (column.name.to_owned(), value.json()));
            Value::Object(named.collect())
        };
        whole.insert("rows".to_owned(), self.rows.iter().map(row).collect());
        Value::Object(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_hold_the_same_numbers_and_nothing_is_null() {
        assert_eq!(Datum::Number(66.46, 2).cell(), "66.46");
        assert_eq!(Datum::Number(66.46, 2).json().to_string(), "66.46");
        assert_eq!(Datum::whole(59).json().to_string(), "59");
        assert_eq!((Datum::text("").cell(), Datum::text("").json()), (String::new(), Value::Null));
        assert_eq!(Datum::Number(f64::NAN, 0).json(), Value::Null);
    }
}
