//! Why an act on a case was not done.

use crate::text::cases as words;
use crate::words::{CaseState, Day, Lang};

/// Why an act was not done; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such case for this person.
    Unknown,
    /// It has ended, or somebody else acted meanwhile.
    Ended(CaseState),
    /// Nobody was charged with it yet.
    NotCharged,
    /// The task is empty.
    NoTask,
    /// The task is too long by so many characters.
    TaskTooLong(usize),
    /// The task repeats the comment.
    TaskRepeats,
    /// The unit does not exist today.
    NoUnit,
    /// The answer is empty.
    NoAnswer,
    /// The answer is too long by so many characters.
    AnswerTooLong(usize),
    /// The answer repeats the comment.
    AnswerRepeats,
    /// From the day after this one on it has to be answered.
    TooLateToClose(Day),
}

impl Refusal {
    /// What, where, how to mend.
    pub fn say(self, lang: Lang) -> String {
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        match self {
            Self::Unknown => words::UNKNOWN.get(lang).to_owned(),
            Self::Ended(state) => words::ended(lang, words::state(state, false).get(lang)),
            Self::NotCharged => words::NOT_CHARGED.get(lang).to_owned(),
            Self::NoTask => words::NO_TASK.get(lang).to_owned(),
            Self::TaskTooLong(over) | Self::AnswerTooLong(over) => words::too_long(lang, count(over)),
            Self::TaskRepeats | Self::AnswerRepeats => words::repeats(lang, count(super::ONES_OWN_WORDS)),
            Self::NoUnit => words::NO_UNIT.get(lang).to_owned(),
            Self::NoAnswer => words::NO_ANSWER.get(lang).to_owned(),
            Self::TooLateToClose(day) => words::too_late_to_close(lang, day),
        }
    }
}

/// Why an act on a case was not done.
#[derive(Debug)]
pub enum NotDone {
    /// Everything that stands against it.
    Refused(Vec<Refusal>),
    /// The database failed.
    Fault(anyhow::Error),
}

impl From<anyhow::Error> for NotDone {
    fn from(fault: anyhow::Error) -> Self {
        Self::Fault(fault)
    }
}

impl From<Refusal> for NotDone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}
