//! What was done, said on the page to which an act leads back.

use crate::text::Say;
use crate::text::office as words;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// Something was saved.
    Saved,
    /// Something was added.
    Added,
    /// Something was closed.
    Closed,
    /// Something was withdrawn or ended.
    Withdrawn,
    /// Somebody else has to approve what was proposed.
    Proposed,
    /// Something was approved and carried out.
    Approved,
    /// Something was refused.
    Refused,
}

impl Done {
    const ALL: [Self; 7] =
        [Self::Saved, Self::Added, Self::Closed, Self::Withdrawn, Self::Proposed, Self::Approved, Self::Refused];

    /// The word in the address.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Saved => "luu",
            Self::Added => "them",
            Self::Closed => "dong",
            Self::Withdrawn => "thoi",
            Self::Proposed => "trinh",
            Self::Approved => "duyet",
            Self::Refused => "khong-duyet",
        }
    }

    /// What an address says was done.
    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.word() == word)
    }

    /// As people read it.
    pub(super) const fn say(self) -> Say {
        match self {
            Self::Saved => words::DONE_SAVED,
            Self::Added => words::DONE_ADDED,
            Self::Closed => words::DONE_CLOSED,
            Self::Withdrawn => words::DONE_WITHDRAWN,
            Self::Proposed => words::DONE_PROPOSED,
            Self::Approved => words::DONE_APPROVED,
            Self::Refused => words::DONE_REFUSED,
        }
    }
}
