//! Short labels for chips, table cells and legends, each with a sign that works in black and white.

use crate::text::Say;

says! {
    MET = "Đạt", "Met";
    NOT_MET = "Chưa đạt", "Not met";
    UNDETERMINED = "Chưa đủ cơ sở kết luận", "Not enough evidence";
    CENSUS_MET = "Đạt (hỏi toàn bộ)", "Met (everybody asked)";
    CENSUS_NOT_MET = "Chưa đạt (hỏi toàn bộ)", "Not met (everybody asked)";
    NOT_PUBLISHABLE = "Chưa đủ số liệu để công bố", "Too little data to publish";
    OPEN = "Góp ý mở, không đại diện", "Open feedback, not representative";
    NO_TARGET = "Chưa có chỉ tiêu áp dụng", "No target in force";
    CONTRADICTORY = "Chỉ tiêu mâu thuẫn giữa các văn bản", "Contradictory targets";
}

/// The three outcomes of a comparison with a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Demonstrably met.
    Met,
    /// Demonstrably missed.
    NotMet,
    /// Neither.
    Undetermined,
}

/// Where a figure stands towards its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The whole interval meets the target.
    Met,
    /// The whole interval misses the target.
    NotMet,
    /// The interval contains the target.
    Undetermined,
    /// Everybody was asked; the target is met.
    CensusMet,
    /// Everybody was asked; the target is missed.
    CensusNotMet,
    /// Too few answers, or too wide an interval.
    NotPublishable,
    /// Open feedback, which carries no verdict.
    Open,
    /// No target applies.
    NoTarget,
    /// Documents give different targets.
    Contradictory,
}

impl Standing {
    /// All of them, in the order of a legend.
    pub const ALL: [Self; 9] = [
        Self::Met,
        Self::NotMet,
        Self::Undetermined,
        Self::CensusMet,
        Self::CensusNotMet,
        Self::NotPublishable,
        Self::Open,
        Self::NoTarget,
        Self::Contradictory,
    ];

    /// The short label.
    pub const fn label(self) -> Say {
        match self {
            Self::Met => MET,
            Self::NotMet => NOT_MET,
            Self::Undetermined => UNDETERMINED,
            Self::CensusMet => CENSUS_MET,
            Self::CensusNotMet => CENSUS_NOT_MET,
            Self::NotPublishable => NOT_PUBLISHABLE,
            Self::Open => OPEN,
            Self::NoTarget => NO_TARGET,
            Self::Contradictory => CONTRADICTORY,
        }
    }

    /// The sign beside the label; no meaning rests on colour.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Met => "●",
            Self::NotMet => "▼",
            Self::Undetermined => "◐",
            Self::CensusMet => "■",
            Self::CensusNotMet => "□",
            Self::NotPublishable => "–",
            Self::Open => "○",
            Self::NoTarget => "·",
            Self::Contradictory => "≠",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_standings_share_a_sign_or_a_label() {
        for (place, one) in Standing::ALL.into_iter().enumerate() {
            for other in &Standing::ALL[..place] {
                assert_ne!(one.symbol(), other.symbol());
                assert_ne!(one.label(), other.label());
            }
        }
    }
}
