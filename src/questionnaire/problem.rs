//! What is wrong with a definition, where, and how to mend it.

/// One fault of a definition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub what: String,
}

/// A definition that is refused, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.lines().join("\n"))]
pub struct Unsound {
    /// Name of the file or other origin.
    pub file: String,
    /// All faults, in the order of lines; never empty.
    pub problems: Vec<Problem>,
}

impl Unsound {
    /// One sentence per fault: file, line, what and how to mend.
    pub fn lines(&self) -> Vec<String> {
        self.problems.iter().map(|p| format!("{}, line {}: {}", self.file, p.line, p.what)).collect()
    }
}
