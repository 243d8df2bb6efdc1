//! Everything that is wrong with a file, in one go.

/// Complaints, the first hundred of them kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems {
    listed: Vec<String>,
    more: u64,
}

/// Complaints that are kept; the others are counted.
const MOST: usize = 100;

impl Problems {
    /// Adds one.
    pub(super) fn add(&mut self, problem: String) {
        if self.listed.len() < MOST { self.listed.push(problem) } else { self.more += 1 }
    }

    /// Counts some that are not told one by one.
    pub(super) fn count_more(&mut self, more: u64) {
        self.more += more;
    }

    /// Adds those of another file or part.
    pub(super) fn extend(&mut self, other: Self) {
        other.listed.into_iter().for_each(|problem| self.add(problem));
        self.more += other.more;
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Those that are kept.
    pub fn listed(&self) -> &[String] {
        &self.listed
    }
}

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.listed.join("\n"))?;
        if self.more > 0 { write!(f, "\nand {} more like these", self.more) } else { Ok(()) }
    }
}

impl std::error::Error for Problems {}
