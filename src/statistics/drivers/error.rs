//! Why there is no statement on drivers.

/// Why there is no statement on drivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriversError {
    /// More drivers than can be decomposed.
    TooManyDrivers {
        /// The drivers given.
        given: usize,
    },
    /// A list has not one entry for each respondent.
    Lengths {
        /// The length found.
        given: usize,
        /// The length expected.
        expected: usize,
    },
    /// An outcome is infinite or not a number.
    AnswerUnusable {
        /// The respondent, counted from 0.
        respondent: usize,
    },
    /// A weight is negative, infinite or not a number.
    WeightUnusable {
        /// The respondent, counted from 0.
        respondent: usize,
    },
    /// Too few respondents answered everything.
    TooFewRespondents {
        /// Those who did.
        given: usize,
        /// Those needed.
        least: usize,
    },
    /// Too few sampling units to draw from.
    TooFewUnits {
        /// The units given.
        given: usize,
        /// The units needed.
        least: usize,
    },
    /// All answers to the outcome are equal.
    OutcomeDoesNotVary,
    /// All answers to a driver are equal.
    DoesNotVary {
        /// The driver, counted from 0.
        driver: usize,
    },
    /// A driver follows from the ones before it.
    Collinear {
        /// The driver, counted from 0.
        driver: usize,
    },
    /// Eigenvectors were not found.
    NotConverged,
    /// A number of replicates out of range.
    Replicates {
        /// The replicates asked for.
        given: u32,
    },
    /// More than a tenth of the replicates had drivers that do not vary or follow from each other.
    ReplicatesUnusable {
        /// Those replicates.
        unusable: u32,
        /// All replicates.
        replicates: u32,
    },
    /// More units times replicates than are worked through.
    TooMuchWork {
        /// The steps asked for.
        steps: u64,
        /// The most that are made.
        limit: u64,
    },
}

impl std::fmt::Display for DriversError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooManyDrivers { given } => {
                write!(f, "{given} drivers: choose at most {}", super::MAX_DRIVERS)
            }
            Self::Lengths { given, expected } => {
                write!(f, "a list of {given} for {expected} respondents: give one entry for each")
            }
            Self::AnswerUnusable { respondent } => {
                write!(f, "the outcome of respondent {respondent} is no number: leave it empty")
            }
            Self::WeightUnusable { respondent } => {
                write!(f, "the weight of respondent {respondent} must be a number from 0 up")
            }
            Self::TooFewRespondents { given, least } => {
                write!(f, "{given} respondents answered everything: at least {least} are needed")
            }
            Self::TooFewUnits { given, least } => {
                write!(f, "{given} sampling units: an interval needs at least {least}")
            }
            Self::OutcomeDoesNotVary => f.write_str("all answers to the outcome are equal: nothing can go with it"),
            Self::DoesNotVary { driver } => write!(f, "all answers to driver {driver} are equal: leave it out"),
            Self::Collinear { driver } => {
                write!(f, "driver {driver} follows from the ones before it: leave one of them out")
            }
            Self::NotConverged => f.write_str("the correlations cannot be decomposed: leave out similar drivers"),
            Self::Replicates { given } => write!(f, "{given} replicates: choose from 100 to 10,000"),
            Self::ReplicatesUnusable { unusable, replicates } => {
                write!(f, "{unusable} of {replicates} replicates cannot be used: leave out drivers that hardly vary")
            }
            Self::TooMuchWork { steps, limit } => {
                write!(f, "{steps} steps, at most {limit} are made: ask for fewer replicates or give sampling units")
            }
        }
    }
}

impl std::error::Error for DriversError {}
