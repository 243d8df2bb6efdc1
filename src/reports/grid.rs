//! Tables as the paper and the workbook both show them, so that neither has a number the other does not.

use crate::documents::{Cell, Column, Sheet, SheetColumn, Table};
use crate::index::Estimate;
use crate::publish::verdicts::{brief, held};
use crate::publish::visible::{Visible, visible};
use crate::text::chart;
use crate::text::figure::standing::Standing;
use crate::text::figures::NO_FIGURE;
use crate::text::number::{count, decimal, share, share_beside};
use crate::text::reports::LANG;
use crate::text::reports::paper::{NO_ROWS, OUTSIDE};

/// Letters across a column of a sheet.
const NARROWEST: u16 = 10;
const WIDEST: u16 = 70;

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Words.
    Words(String),
    /// A whole number.
    Count(u64),
    /// A share, 0 to 1.
    Share(f64),
    /// A share beside a threshold, onto which it is not rounded.
    Beside(f64, f64),
    /// A number with decimals.
    Number(f64, u8),
    /// What is not told.
    None,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// What it holds.
    pub name: String,
    /// Columns: name, part of the width, whether numbers.
    pub heads: Vec<(&'static str, u16, bool)>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Line below it.
    pub note: &'static str,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    /// Values, one for each column.
    Of(Vec<Value>),
    /// A heading over the rows below it.
    Heading(String),
}

impl Value {
    pub(super) fn words(text: impl Into<String>) -> Self {
        Self::Words(text.into())
    }

    fn text(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Count(n) => count(LANG, *n),
            Self::Share(value) => share(LANG, *value),
            Self::Beside(value, threshold) => share_beside(LANG, *value, *threshold),
            Self::Number(value, places) => decimal(LANG, *value, usize::from(*places)),
            Self::None => NO_FIGURE.to_owned(),
        }
    }

    fn cell(&self) -> Cell {
        match self {
            Self::Words(words) => Cell::Words(words.clone()),
            Self::Count(n) => Cell::Count(*n),
            Self::Share(value) | Self::Beside(value, _) => Cell::Share(*value),
            Self::Number(value, places) => Cell::Number(*value, *places),
            Self::None => Cell::Empty,
        }
    }
}

impl Grid {
    /// As a table of a paper, under a caption.
    pub(super) fn table(&self, caption: String) -> Table {
        let columns = self.heads.iter().map(|(name, part, is_number)| Column {
            name: (*name).to_owned(),
            part: *part,
            is_number: *is_number,
        });
        let row = |row: &Row| match row {
            Row::Of(values) => values.iter().map(Value::text).collect(),
            Row::Heading(text) => vec![text.clone()],
        };
        let mut rows: Vec<Vec<String>> = self.rows.iter().map(row).collect();
        if rows.is_empty() {
            rows.push(vec![NO_ROWS.to_owned()]);
        }
        Table { caption, columns: columns.collect(), rows }
    }

    /// As a sheet.
    pub(super) fn sheet(&self, tab: String) -> Sheet {
        let text = |row: &Row, at: usize| match row {
            Row::Of(values) => values.get(at).map_or(0, |value| value.text().chars().count()),
            Row::Heading(_) => 0,
        };
        let letters = |at: usize, name: &str| {
            let longest = self.rows.iter().map(|row| text(row, at)).chain([name.chars().count()]).max().unwrap_or(0);
            u16::try_from(longest + 2).unwrap_or(WIDEST).clamp(NARROWEST, WIDEST)
        };
        let row = |row: &Row| match row {
            Row::Of(values) => values.iter().map(Value::cell).collect(),
            Row::Heading(text) => vec![Cell::Words(text.clone())],
        };
        Sheet {
            name: tab,
            title: self.name.clone(),
            columns: self
                .heads
                .iter()
                .enumerate()
                .map(|(at, (name, ..))| SheetColumn { name: (*name).to_owned(), letters: letters(at, name) })
                .collect(),
            rows: self.rows.iter().map(row).collect(),
            notes: if self.note.is_empty() { Vec::new() } else { vec![self.note.to_owned()] },
        }
    }
}

/// Heads of the values of an estimate.
pub(super) const OF_ESTIMATE: [(&str, u16, bool); 5] = [
    (chart::HEAD_ANSWERS.vi, 2, true),
    (chart::HEAD_ESTIMATE.vi, 2, true),
    (crate::text::reports::paper::HEAD_LOW, 2, true),
    (crate::text::reports::paper::HEAD_HIGH, 2, true),
    (chart::HEAD_VERDICT.vi, 5, false),
];

/// Answers, estimate, limits and verdict, as far as they may be shown.
pub(super) fn of_estimate(estimate: Option<&Estimate>, is_line_agency: bool) -> [Value; 5] {
    let none = |why: &str| [Value::None, Value::None, Value::None, Value::None, Value::words(why)];
    let Some(estimate) = estimate else { return none(chart::EMPTY.vi) };
    let held = held(estimate, is_line_agency);
    let verdict = || Value::words(if is_line_agency { OUTSIDE.to_owned() } else { brief(LANG, estimate, &held) });
    match visible(estimate) {
        Visible::Nothing => none(chart::EMPTY.vi),
        Visible::Few | Visible::NoInterval => none(Standing::NotPublishable.label().vi),
        Visible::Masked(bound) => {
            [Value::Count(estimate.n), Value::words(bound.say().vi), Value::None, Value::None, verdict()]
        }
        Visible::Shown { estimate: value, interval } => {
            let limit = |at: f64| held.first().map_or(Value::Share(at), |held| Value::Beside(at, held.threshold.value));
            [Value::Count(estimate.n), Value::Share(value), limit(interval.low), limit(interval.high), verdict()]
        }
    }
}
