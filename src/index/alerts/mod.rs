//! Alerts: which counters and units are below the target in force, looked for at fixed moments. Signals, never verdicts.
//!
//! At each moment (the end of a half-month) every rated item of a node gets an e-value against the claim "the share
//! satisfied is the target or higher", from all answers of the running reporting quarter. The mean of the items' e-values is
//! an e-value again, however much the items have to do with each other: one for each node. e-BH over all nodes then says
//! which of them to look at.
//!
//! What is promised, and why:
//!
//! - Of the nodes marked at one moment, the expected part that is not below the target is [`ERROR`] at most, whatever the
//!   nodes have to do with each other (e-BH).
//! - If no node is below its target, the chance that any is marked in a whole year is [`YEAR_ERROR`] at most. Without a node
//!   below, e-BH marks one only where the mean of all e-values reaches 1/[`ERROR`]; that mean is itself watched evidence
//!   from the first answer of the quarter on, so by Ville's inequality it ever does so with chance [`ERROR`] at most, however
//!   often one looks. Evidence begins anew with each quarter, otherwise a target would be held against the mean of years;
//!   four quarters, hence a quarter of the year's error each.
//!
//! The e-values are those of the moment, never the highest so far: running maxima are no e-values, and e-BH keeps no promise
//! for them. So a mark ends when later answers take the evidence away.

mod plan;

pub use plan::{Needed, needed};

use crate::statistics::evidence::{Claim, e_benjamini_hochberg, log_e_value};
use crate::statistics::{Count, Share};

/// Answers to an item below which it says nothing.
pub const FEWEST_ANSWERS: u64 = 30;
/// Chance that anybody is marked in a year in which no node is below its target.
pub const YEAR_ERROR: f64 = 0.05;
/// The part of it that each of the four quarters has.
pub const ERROR: f64 = YEAR_ERROR / 4.0;
/// Error of the sign that a node is above its target: it concerns that node alone.
const GOOD_ERROR: f64 = 0.05;

/// What a signal says of a node at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// Below the target: somebody should look for the reason.
    Look,
    /// Above the target with every item.
    Good,
    /// Neither.
    Unclear,
    /// Too few answers.
    TooFew,
}

impl Sign {
    /// All of them, the gravest first.
    pub const ALL: [Self; 4] = [Self::Look, Self::Good, Self::Unclear, Self::TooFew];

    /// The number under which it is stored. Never changes.
    pub const fn code(self) -> i16 {
        match self {
            Self::Look => 1,
            Self::Good => 2,
            Self::Unclear => 3,
            Self::TooFew => 4,
        }
    }

    /// The one with this stored number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|sign| sign.code() == code)
    }
}

/// A node at a moment: what came in since the quarter began.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// Satisfied of answered, for every rated item of the edition, answered or not.
    pub items: Vec<Count>,
    /// The target in force: between 0 and 1, both left out.
    pub target: Share,
}

/// What is found of a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// What it says.
    pub sign: Sign,
    /// Place of the item with the most evidence that it is below the target, among those with enough answers.
    pub lowest: Option<usize>,
    /// Natural logarithm of the node's e-value; `None` without an item that has enough answers.
    pub log_e: Option<f64>,
}

/// Natural logarithm of the e-value of a node, and the place of the item with the most evidence.
///
/// The mean is over all items: one with too few answers counts as 0, which loses evidence and no promise.
pub fn log_e_of(watched: &Watched) -> Option<(f64, usize)> {
    let claim = Claim::AtLeast(watched.target);
    let known: Vec<(usize, f64)> = watched
        .items
        .iter()
        .enumerate()
        .filter(|(_, count)| count.trials() >= FEWEST_ANSWERS)
        .filter_map(|(place, count)| Some((place, log_e_value(*count, claim)?)))
        .collect();
    let (lowest, highest) = known.iter().copied().max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    let sum: f64 = known.iter().map(|(_, log_e)| (log_e - highest).exp()).sum();
    let items = u32::try_from(watched.items.len()).map_or(f64::from(u32::MAX), f64::from);
    Some((highest + sum.ln() - items.ln(), lowest))
}

/// Reads all nodes of a moment together. `tested` is how many nodes there are, those without answers yet among them: it
/// hardly grows within a quarter, so that no moment has fewer nodes to choose from than a later one.
pub fn read(all: &[Watched], tested: usize) -> Vec<Reading> {
    let found: Vec<Option<(f64, usize)>> = all.iter().map(log_e_of).collect();
    let mut log_e: Vec<f64> = found.iter().map(|known| known.map_or(f64::NAN, |(log_e, _)| log_e)).collect();
    log_e.resize(tested.max(all.len()), f64::NAN);
    let rates = e_benjamini_hochberg(&log_e);
    all.iter()
        .zip(found)
        .zip(rates)
        .map(|((watched, known), rate)| {
            let sign = match known {
                None => Sign::TooFew,
                Some(_) if rate <= ERROR => Sign::Look,
                Some(_) if is_above(watched) => Sign::Good,
                Some(_) => Sign::Unclear,
            };
            Reading { sign, lowest: known.map(|(_, lowest)| lowest), log_e: known.map(|(log_e, _)| log_e) }
        })
        .collect()
}

/// Whether every item with enough answers has evidence that it is above the target.
fn is_above(watched: &Watched) -> bool {
    let claim = Claim::AtMost(watched.target);
    let enough = watched.items.iter().filter(|count| count.trials() >= FEWEST_ANSWERS);
    let wanted = -GOOD_ERROR.ln();
    enough.map(|count| log_e_value(*count, claim)).all(|log_e| log_e.is_some_and(|log_e| log_e >= wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(items: &[(u64, u64)]) -> Watched {
        let items = items.iter().map(|(satisfied, answered)| Count::new(*satisfied, *answered).unwrap()).collect();
        Watched { items, target: Share::new(0.9).unwrap() }
    }

    #[test]
    fn a_counter_far_below_is_marked_with_its_lowest_item_and_others_are_not() {
        let all = [
            watched(&[(280, 400), (300, 400), (360, 400)]),
            watched(&[(392, 400), (395, 400), (392, 400)]),
            watched(&[(27, 30), (26, 30), (28, 30)]),
            watched(&[(0, 29), (5, 29), (0, 0)]),
        ];
        let found = read(&all, all.len());
        let signs: Vec<Sign> = found.iter().map(|reading| reading.sign).collect();
        assert_eq!(signs, [Sign::Look, Sign::Good, Sign::Unclear, Sign::TooFew]);
        assert_eq!(found[0].lowest, Some(0));
        assert_eq!((found[3].lowest, found[3].log_e), (None, None), "29 answers say nothing, however bad");
    }

    #[test]
    fn the_more_nodes_are_looked_at_the_more_evidence_one_of_them_needs() {
        let one = [watched(&[(150, 200)])];
        let log_e = read(&one, 1)[0].log_e.unwrap();
        let most = (log_e.exp() * ERROR).floor();
        assert!((1.0..1e9).contains(&most), "{most}");
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 1 and a billion")]
        let nodes = most as usize;
        // At most so many that the vector stays small; beyond it the sign is the same.
        if nodes < 1_000_000 {
            assert_eq!(read(&one, nodes)[0].sign, Sign::Look);
            assert_eq!(read(&one, nodes + 2)[0].sign, Sign::Unclear);
        }
        assert_eq!(read(&[], 0), []);
    }

    #[test]
    fn the_e_value_of_a_node_is_the_mean_over_all_its_items_and_thin_items_count_as_nothing() {
        let single = log_e_of(&watched(&[(70, 100)])).unwrap().0;
        let with_thin = log_e_of(&watched(&[(70, 100), (0, 29), (0, 0), (1, 12), (2, 3)])).unwrap().0;
        assert!((single - 5_f64.ln() - with_thin).abs() < 1e-12);
        let twice = log_e_of(&watched(&[(70, 100), (70, 100)])).unwrap().0;
        assert!((single - twice).abs() < 1e-12);
    }

    #[test]
    fn a_mark_ends_when_later_answers_take_the_evidence_away() {
        let signs = [(70, 100), (70 + 905, 1_100)].map(|count| read(&[watched(&[count])], 1)[0].sign);
        assert_eq!(signs, [Sign::Look, Sign::Unclear], "evidence of the moment, not the highest so far");
    }

    #[test]
    fn signs_keep_their_numbers() {
        assert_eq!(Sign::ALL.map(Sign::code), [1, 2, 3, 4]);
        assert!(Sign::ALL.into_iter().all(|sign| Sign::from_code(sign.code()) == Some(sign)));
        assert_eq!(Sign::from_code(0), None);
    }
}
