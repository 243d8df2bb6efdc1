//! What is wrong with a file: every fault with its line, and the promise that nothing was changed.

/// Problems that are listed; a person mends a thousand lines with one rule, not one by one.
const MOST_LISTED: usize = 1_000;

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Physical line, the header being line 1.
    pub line: u64,
    /// Column; `None` where the whole line is meant.
    pub column: Option<String>,
    /// What is wrong and how to mend it.
    pub what: String,
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

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for Problem { line, column, what } in &self.problems {
            write!(f, "{}, line {line}", self.file)?;
            if let Some(column) = column {
                write!(f, ", column {column}")?;
            }
            writeln!(f, ": {what}")?;
        }
        if self.more > 0 {
            writeln!(f, "{}: and {} more problems of the same file", self.file, self.more)?;
        }
        f.write_str("nothing was changed")
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
    pub fn add(&mut self, line: u64, column: &str, what: impl Into<String>) {
        self.note(Problem { line, column: Some(column.to_owned()), what: what.into() });
    }

    /// Notes a fault of a whole line.
    pub fn add_line(&mut self, line: u64, what: impl Into<String>) {
        self.note(Problem { line, column: None, what: what.into() });
    }

    /// Keeps a value that could be read, or notes why it could not.
    pub fn keep<T>(&mut self, line: u64, column: &str, read: Result<T, String>) -> Option<T> {
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
        problems.add_line(7, "too short");
        problems.add(2, "kind", "not a kind");
        let refused = problems.into_result("u.csv").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "u.csv, line 2, column kind: not a kind\nu.csv, line 7: too short\nnothing was changed"
        );
    }

    #[test]
    fn a_thousand_faults_are_listed_and_the_rest_is_counted() {
        let mut problems = Problems::default();
        for line in 0..1_500 {
            problems.add_line(line, "bad");
        }
        let refused = problems.into_result("u.csv").unwrap_err();
        assert_eq!((refused.problems.len(), refused.more), (1_000, 500));
        assert!(refused.to_string().contains("and 500 more problems"));
    }
}
