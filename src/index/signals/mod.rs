//! Signals of a unit in a month: marks beside the index that ask somebody from outside the unit to look. Never verdicts:
//! nothing is deleted for them and no figure changes.
//!
//! Most are shares that are held against those of the other units of the same kind: a funnel around the middle unit, as wide
//! as units usually differ. The levels are chosen so that all signals of a unit-month together mark at most one honest
//! unit-month in a hundred; a simulation shows what they really do (`stuffing` in the tests).

mod peers;
mod reading;

pub use peers::Peers;
pub use reading::{Class, Gap, Reading, Shown};

use std::collections::BTreeMap;

use crate::statistics::Estimated;
use crate::words::Mark;

/// Answers below which a share says nothing.
pub const FEWEST_ANSWERS: u64 = 30;
/// Answers with a mark below which nobody is pointed at and no number is shown.
pub const FEWEST_MARKED: u64 = 10;
/// Units, the one in question among them, below which there is nothing to hold it against.
pub const FEWEST_UNITS: usize = 8;
/// Chance that one signal marks an honest unit-month. There are eleven.
pub const ERROR: f64 = 0.000_5;
/// What comes in by ticket may be this much more content than the drawn sample without a signal: the content answer more
/// readily.
pub const TOLERATED_GAP: f64 = 0.05;
/// Disputed tickets from which there is a signal.
pub const FEWEST_DISPUTES: u64 = 3;
/// One in so many spent tickets has to be disputed.
pub const DISPUTED_ONE_IN: u64 = 100;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signal {
    /// Answers for each dossier returned.
    Reach,
    /// What comes in by ticket against the drawn sample.
    Gap,
    /// Tickets whose owners say that they have not answered.
    Disputes,
    /// From a device that had answered at the same point on the same day.
    RepeatDevice,
    /// Within half a minute of the answer before.
    SoonAfter,
    /// Less than five seconds after the form was opened.
    Quick,
    /// All levels equal.
    Straight,
    /// Keyed in, and nearly the same as one shortly before.
    Alike,
    /// Pressed by staff.
    StaffHelped,
    /// Excluded by two persons.
    Excluded,
    /// Keyed in after the half-month was over.
    Late,
}

impl Signal {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 11] = [
        Self::Reach,
        Self::Gap,
        Self::Disputes,
        Self::RepeatDevice,
        Self::SoonAfter,
        Self::Quick,
        Self::Straight,
        Self::Alike,
        Self::StaffHelped,
        Self::Excluded,
        Self::Late,
    ];

    /// The mark that is counted, and what it is a share of.
    const fn marks(self) -> Option<(Mark, Mark)> {
        Some(match self {
            Self::RepeatDevice => (Mark::RepeatDevice, Mark::Watched),
            Self::SoonAfter => (Mark::SoonAfter, Mark::Watched),
            Self::Quick => (Mark::Quick, Mark::Watched),
            Self::Straight => (Mark::Straight, Mark::Answered),
            Self::StaffHelped => (Mark::StaffHelped, Mark::Answered),
            Self::Alike => (Mark::Alike, Mark::Keyed),
            Self::Late => (Mark::Late, Mark::Keyed),
            Self::Reach | Self::Gap | Self::Disputes | Self::Excluded => return None,
        })
    }
}

/// Tickets of a unit-month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tickets {
    /// That were spent.
    pub spent: u64,
    /// Of these: whose owners say that they have not answered.
    pub disputed: u64,
}

/// What is known of a unit in a month.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitMonth {
    /// Counts of its own points.
    pub marks: BTreeMap<Mark, u64>,
    /// Dossiers returned; `None` where nobody recorded them.
    pub returned: Option<u64>,
    /// Answers excluded by two persons.
    pub excluded: u64,
    /// The part that is satisfied: of the drawn sample, over twelve months.
    pub sample: Option<Estimated>,
    /// The same of what came in by ticket, in this month.
    pub tickets: Option<Estimated>,
    /// Tickets spent and disputed; `None` where there are none.
    pub disputes: Option<Tickets>,
}

impl UnitMonth {
    fn count(&self, mark: Mark) -> u64 {
        self.marks.get(&mark).copied().unwrap_or_default()
    }

    /// Numerator and denominator of a signal that is a share.
    fn share(&self, signal: Signal) -> Option<(u64, u64)> {
        let answered = self.count(Mark::Answered);
        match signal {
            Signal::Reach => Some((answered, self.returned?)),
            Signal::Excluded => Some((self.excluded, answered)),
            _ => signal.marks().map(|(mark, of)| (self.count(mark), self.count(of))),
        }
    }
}
