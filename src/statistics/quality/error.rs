//! Why a question about the quality of answers has no result.

/// Why a question about the quality of answers has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QualityError {
    /// Fewer items than the method needs.
    TooFewItems {
        /// The items given.
        given: usize,
        /// The items needed.
        least: usize,
    },
    /// Fewer usable respondents, values or slots than the method needs.
    TooFew {
        /// Those that can be used.
        given: usize,
        /// Those that are needed.
        least: usize,
    },
    /// Two lists that belong together have different lengths.
    Lengths {
        /// The length found.
        given: usize,
        /// The length expected.
        expected: usize,
    },
    /// An answer is infinite or not a number.
    AnswerUnusable {
        /// The item, counted from 0.
        item: usize,
        /// The respondent, counted from 0.
        respondent: usize,
    },
    /// A weight, an exposure or a sum of weights is negative, infinite or not a number, or all of them are zero.
    WeightUnusable {
        /// The place, counted from 0.
        place: usize,
    },
    /// Nothing varies, so that nothing can be compared.
    NoVariation,
    /// Two items, or several together, say the same.
    Singular,
    /// The iteration did not come to rest.
    NotConverged,
    /// An item has more different answers than can be compared.
    TooManyValues {
        /// The item, counted from 0.
        item: usize,
    },
    /// More pairs of respondents than are compared.
    TooManyPairs {
        /// The pairs asked for.
        pairs: u64,
        /// The most that are compared.
        limit: u64,
    },
    /// More similar pairs, interviewers or permutations than can be worked through.
    TooMuchWork {
        /// The steps asked for.
        steps: u64,
        /// The most that are made.
        limit: u64,
    },
    /// No stratum has two interviewers, so that "same interviewer" cannot be told from "same stratum".
    NothingToCompare,
    /// A number of repetitions out of range.
    Repetitions {
        /// The number given.
        given: u32,
        /// The fewest.
        least: u32,
        /// The most.
        most: u32,
    },
}

impl std::fmt::Display for QualityError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooFewItems { given, least } => write!(f, "{given} items: at least {least} are needed"),
            Self::TooFew { given, least } => write!(f, "{given} can be used: at least {least} are needed"),
            Self::Lengths { given, expected } => {
                write!(f, "a list of {given} where {expected} are expected: give one entry for each")
            }
            Self::AnswerUnusable { item, respondent } => {
                write!(f, "the answer of respondent {respondent} to item {item} is no number: leave it empty")
            }
            Self::WeightUnusable { place } => {
                write!(f, "entry {place} must be a number from 0 up, and one of them above 0")
            }
            Self::NoVariation => f.write_str("all values are equal: there is nothing to compare"),
            Self::Singular => f.write_str("some items say the same: leave one of them out"),
            Self::NotConverged => f.write_str("the estimate does not come to rest: leave out items that hardly vary"),
            Self::TooManyValues { item } => {
                write!(f, "item {item} has more than 65,535 different answers: compare coded answers only")
            }
            Self::TooManyPairs { pairs, limit } => {
                write!(f, "{pairs} pairs of respondents, at most {limit} are compared: give strata or fewer answers")
            }
            Self::TooMuchWork { steps, limit } => write!(
                f,
                "{steps} steps, at most {limit} are made: ask for a higher match, fewer permutations or more strata"
            ),
            Self::NothingToCompare => {
                f.write_str("no stratum has two interviewers with two answers between them: give wider strata, or none")
            }
            Self::Repetitions { given, least, most } => {
                write!(f, "{given} repetitions: choose from {least} to {most}")
            }
        }
    }
}

impl std::error::Error for QualityError {}
