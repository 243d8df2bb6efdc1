//! What is wrong with a file: every fault with its line, and the promise that nothing was changed.

use std::collections::BTreeSet;

use crate::text::Both;
use crate::text::import::{self as say, digits};
use crate::words::Lang;

/// Problems that are listed; a person mends a thousand lines with one rule, not one by one.
const MOST_LISTED: usize = 1_000;

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Physical line, the header being line 1.
    pub line: u64,
    /// Column; `None` where the whole line is meant.
    pub column: Option<String>,
    /// What is wrong and how to mend it, in both languages.
    pub told: Both,
}

impl Problem {
    /// What is wrong and how to mend it.
    pub fn what(&self, lang: Lang) -> &str {
        self.told.get(lang)
    }

    /// The same with its place: file, line and column.
    fn placed(&self, file: &str, lang: Lang) -> String {
        let (line, what) = (digits(self.line), self.what(lang));
        match &self.column {
            Some(column) => say::at_column(lang, file, line, column, what),
            None => say::at_line(lang, file, line, what),
        }
    }
}

/// A file that was not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Name of the file as it was given.
    pub file: String,
    /// The faults, by line.
    pub problems: Vec<Problem>,
    /// Faults that are not listed.
    pub more: u64,
}

impl Refused {
    /// Every fault on a line of its own, and that nothing was changed.
    pub fn in_language(&self, lang: Lang) -> String {
        let mut lines: Vec<String> = self.problems.iter().map(|problem| problem.placed(&self.file, lang)).collect();
        if self.more > 0 {
            lines.push(say::more_problems(lang, &self.file, digits(self.more)));
        }
        lines.push(say::NOTHING_CHANGED.get(lang).to_owned());
        lines.join("\n")
    }

    /// The sentence above the list of faults: how many lines are bad, and what to do.
    pub fn heading(&self, lang: Lang) -> String {
        let lines: BTreeSet<u64> = self.problems.iter().map(|problem| problem.line).collect();
        let n = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        if self.more == 0 { say::refused(lang, n) } else { say::refused_more(lang, n) }
    }
}

/// English, as the command line speaks.
impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.in_language(Lang::En))
    }
}

impl std::error::Error for Refused {}

/// Why an import did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file wants mending.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] anyhow::Error),
}

/// The faults found so far.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    found: Vec<Problem>,
    more: u64,
}

impl Problems {
    /// Notes a fault in a column of a line.
    pub fn add(&mut self, line: u64, column: &str, what: impl Into<Both>) {
        self.note(Problem { line, column: Some(column.to_owned()), told: what.into() });
    }

    /// Notes a fault of a whole line.
    pub fn add_line(&mut self, line: u64, what: impl Into<Both>) {
        self.note(Problem { line, column: None, told: what.into() });
    }

    /// Keeps a value that could be read, or notes why it could not.
    pub fn keep<T>(&mut self, line: u64, column: &str, read: Result<T, Both>) -> Option<T> {
        read.map_err(|what| self.add(line, column, what)).ok()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Nothing if there is no fault, else the refusal of the file.
    pub fn into_result(mut self, file: &str) -> Result<(), Refused> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort_by_key(|problem| problem.line);
        Err(Refused { file: file.to_owned(), problems: self.found, more: self.more })
    }

    fn note(&mut self, problem: Problem) {
        if self.found.len() < MOST_LISTED {
            self.found.push(problem);
        } else {
            self.more += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_one_line_and_the_last_line_says_that_nothing_was_changed() {
        let mut problems = Problems::default();
        problems.add_line(7, crate::text::import::file::TOO_LARGE);
        problems.add(2, "kind", crate::text::import::values::EMPTY);
        let refused = problems.into_result("u.csv").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "u.csv, line 2, column kind: is empty; fill it in\n\
             u.csv, line 7: the file is larger than 64 MiB; cut it into several files, each with the header line\n\
             nothing was changed"
        );
        let told = refused.in_language(Lang::Vi);
        assert!(told.starts_with("u.csv, dòng 2, cột kind: để trống; xin điền vào\nu.csv, dòng 7: tệp lớn hơn"));
        assert!(told.ends_with("\nchưa thay đổi gì"));
        assert!(refused.heading(Lang::Vi).starts_with("Tệp có 2 dòng lỗi nên chưa nhập dòng nào."));
    }

    #[test]
    fn a_thousand_faults_are_listed_and_the_rest_is_counted() {
        let mut problems = Problems::default();
        for line in 0..1_500 {
            problems.add_line(line, crate::text::import::values::EMPTY);
        }
        let refused = problems.into_result("u.csv").unwrap_err();
        assert_eq!((refused.problems.len(), refused.more), (1_000, 500));
        assert!(refused.to_string().contains("and 500 more problems"));
        assert!(refused.heading(Lang::Vi).starts_with("Tệp có hơn 1.000 dòng lỗi"));
    }
}
