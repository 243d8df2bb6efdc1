//! Sentences about figures: a number never stands without its interval, its count and what may be concluded from it.
//!
//! Callers hand over plain numbers; which verdict holds is decided in the index, how it is told is decided here. Every
//! sentence of a verdict starts with a lead printed bold ([`super::Sentence`]).

pub mod census;
pub mod change;
pub mod level;
pub mod measure;
pub mod note;
pub mod open;
pub mod standing;
pub mod verdict;
pub mod waiting;
pub mod withheld;

#[cfg(test)]
use super::Say;

pub use census::{CensusIndex, CensusText, census, census_index, unanimity};
pub use change::{Break, ChangeText, Group, change, points_and_rank, rank_set, series_break};
pub use level::{channel, level_long, level_short};
pub use measure::{SIDE_BY_SIDE, measure_line, measure_name, satisfaction_with};
pub use note::{ATTRIBUTION, ATTRIBUTION_UNKNOWN, GLOSS, answers, brief, confidence_interval, few_or_none, from_to};
pub use open::{Signal, break_even, counter_against_sample, daily_interval, open_figure, open_reach, signal};
pub use standing::{Outcome, Standing};
pub use verdict::{Bound, Finding, ShareText, Threshold, administrative_reading, several, verdict, without_target};
pub use waiting::{WaitingText, waiting, waiting_open};
pub use withheld::{Withheld, withheld};

/// The texts of the files below, walked by the test that reads them all.
#[cfg(test)]
pub(crate) fn lists() -> Vec<&'static [(&'static str, Say)]> {
    vec![
        census::SAYS,
        census::SENTENCES,
        change::SAYS,
        change::SENTENCES,
        level::SAYS,
        measure::SAYS,
        note::SAYS,
        note::SENTENCES,
        open::SAYS,
        open::SENTENCES,
        standing::SAYS,
        verdict::SENTENCES,
        verdict::SAYS,
        waiting::SENTENCES,
        withheld::SAYS,
        withheld::SENTENCES,
    ]
}
