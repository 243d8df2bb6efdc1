//! After how many answers a fall is found.

use super::{ERROR, FEWEST_ANSWERS};
use crate::statistics::Binomial;
use crate::statistics::evidence::{Claim, log_e_value};
use crate::statistics::{Count, Share};

/// Beyond this many answers nothing is planned.
const MOST: u64 = 1_000_000;

/// Answers within one quarter, all since the fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// With these every second fall is found.
    pub median: u64,
    /// With these 95 of 100 falls are found.
    pub most: u64,
}

/// After how many answers of a quarter a node is marked whose share satisfied has fallen, if no other node is below its
/// target. `items` are the items of its form, of which one alone has fallen: the harder case. `None` if the share is not
/// below the target, or beyond a million answers.
///
/// Exact: the chance that a binomial count of that many answers is low enough. With 900 nodes, five items and a fall to 80 %
/// against a target of 90 %: see the test.
pub fn needed(fallen: Share, target: Share, items: usize, nodes: usize) -> Option<Needed> {
    if fallen.value() >= target.value() {
        return None;
    }
    let number = |n: usize| u32::try_from(n.max(1)).map_or(f64::from(u32::MAX), f64::from);
    let wanted = number(items).ln() + number(nodes).ln() - ERROR.ln();
    let search = Search { fallen, claim: Claim::AtLeast(target), wanted };
    Some(Needed { median: search.answers(0.5)?, most: search.answers(0.95)? })
}

struct Search {
    fallen: Share,
    claim: Claim,
    wanted: f64,
}

impl Search {
    /// The answers with which the chance is reached, by doubling and halving. The chance is a saw as answers grow, with teeth
    /// of one answer satisfied more or less.
    fn answers(&self, chance: f64) -> Option<u64> {
        let enough = |n: u64| self.chance(n).is_some_and(|found| found >= chance);
        let (mut open, mut reached) = (FEWEST_ANSWERS, 2 * FEWEST_ANSWERS);
        if enough(open) {
            return Some(open);
        }
        while !enough(reached) {
            if reached >= MOST {
                return None;
            }
            (open, reached) = (reached, 2 * reached);
        }
        while reached - open > 1 {
            let middle = open + (reached - open) / 2;
            if enough(middle) {
                reached = middle;
            } else {
                open = middle;
            }
        }
        Some(reached)
    }

    /// The chance that the evidence of `n` answers is enough.
    fn chance(&self, n: u64) -> Option<f64> {
        let is_enough = |s: u64| {
            Count::new(s, n).ok().and_then(|count| log_e_value(count, self.claim)).is_some_and(|e| e >= self.wanted)
        };
        if !is_enough(0) {
            return Some(0.0);
        }
        // Evidence falls with every satisfied answer.
        let (mut low, mut high) = (0, n);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if is_enough(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        let n = u32::try_from(n).ok()?;
        Some(Binomial::new(f64::from(n), self.fallen.value())?.at_most(low))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(value: f64) -> Share {
        Share::new(value).unwrap()
    }

    fn of(fallen: f64, items: usize, nodes: usize) -> Option<Needed> {
        needed(share(fallen), share(0.9), items, nodes)
    }

    #[test]
    fn a_fall_to_eighty_per_cent_among_nine_hundred_counters_is_found_within_the_answers_stated() {
        assert_eq!(of(0.8, 5, 900), Some(Needed { median: 359, most: 624 }));
    }

    #[test]
    fn fewer_nodes_fewer_items_and_a_deeper_fall_need_fewer_answers() {
        let (all, one) = (of(0.8, 5, 900).unwrap(), of(0.8, 1, 1).unwrap());
        let deep = of(0.5, 5, 900).unwrap();
        assert!(one.most < all.most && deep.most < all.most && deep.median >= FEWEST_ANSWERS);
        assert!(all.median < all.most);
        assert_eq!((of(0.9, 5, 900), of(0.95, 5, 900)), (None, None), "there is no fall");
        assert_eq!(of(0.8999, 5, 900), None, "no number of answers tells it apart");
    }
}
