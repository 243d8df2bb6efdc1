//! Why there is no model-based estimate.

/// Why there is no model-based estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmallAreaError {
    /// Too few areas with a direct estimate for this many features.
    TooFewAreas {
        /// The areas that can be used.
        given: usize,
        /// The areas needed.
        least: usize,
    },
    /// More areas or features than are fitted.
    TooMany {
        /// The number given.
        given: usize,
        /// The most.
        most: usize,
    },
    /// An area has not as many features, or a list not as many entries, as the others.
    Lengths {
        /// The length found.
        given: usize,
        /// The length expected.
        expected: usize,
    },
    /// A feature or a direct estimate of an area is infinite or not a number.
    Unusable {
        /// The area, counted from 0.
        area: usize,
    },
    /// A variance, effective number of answers or size of an area is not above zero.
    NotPositive {
        /// The area, counted from 0.
        area: usize,
    },
    /// A direct share is 0 or 1, which has no logit.
    ShareAtEnd {
        /// The area, counted from 0.
        area: usize,
    },
    /// Features follow from each other or do not vary.
    Collinear,
    /// The likelihood has no maximum to be found.
    NotConverged,
    /// The direct variances do not grow with p (1-p) / n.
    NoPattern,
    /// Benchmarking would take an estimate above 1.
    LeavesShares {
        /// The area, counted from 0.
        area: usize,
    },
    /// All estimates are zero, which no factor brings to a total.
    NothingToScale,
}

impl std::fmt::Display for SmallAreaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooFewAreas { given, least } => {
                write!(f, "{given} areas with a direct estimate: at least {least} are needed, or fewer features")
            }
            Self::TooMany { given, most } => write!(f, "{given} are given: at most {most} are fitted"),
            Self::Lengths { given, expected } => {
                write!(f, "{given} entries where {expected} are expected: give the same number for each area")
            }
            Self::Unusable { area } => write!(f, "area {area} has an entry that is no number"),
            Self::NotPositive { area } => write!(
                f,
                "area {area} needs a variance or a size above zero: smooth the variances, or leave its estimate out"
            ),
            Self::ShareAtEnd { area } => write!(
                f,
                "the share of area {area} is 0 or 1 and has no logit: use the arcsine scale, or leave its estimate out"
            ),
            Self::Collinear => f.write_str("features of areas follow from each other: leave some out"),
            Self::NotConverged => f.write_str("the model cannot be fitted: check the variances of the areas"),
            Self::NoPattern => {
                f.write_str("the variances do not grow with p (1-p) / n: use the direct variances as they are")
            }
            Self::LeavesShares { area } => {
                write!(f, "the share of area {area} would exceed 1: benchmark the share of the dissatisfied instead")
            }
            Self::NothingToScale => f.write_str("all estimates are zero: no factor brings them to the total"),
        }
    }
}

impl std::error::Error for SmallAreaError {}
