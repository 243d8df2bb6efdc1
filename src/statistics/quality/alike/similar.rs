//! Similar pairs of respondents, and how many the items alone would give.

use std::collections::BTreeMap;

use super::super::super::interval::{Share, real};
use super::super::QualityError;
use super::super::items::size;
use super::super::packed::{Packed, pairs};
use super::{AlikePair, InterviewerAlike, MAX_LISTED};

/// Two similar respondents, by their places in the order of the strata, and in how many items they differ.
pub(super) struct Alike {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) apart: u32,
}

/// The similar pairs of each stratum; refused when there are more than `limit`.
pub(super) fn similar_pairs(
    packed: &Packed,
    strata: &[Vec<usize>],
    least_match: Share,
    limit: u64,
) -> Result<Vec<Alike>, QualityError> {
    let allowed = packed.items() - needed(packed.items(), least_match);
    let (mut found, mut number, mut offset) = (Vec::new(), 0_u64, 0);
    for stratum in strata {
        packed.group(stratum).each_row_of_differences(|place, differences| {
            for (step, apart) in differences.iter().enumerate() {
                if usize::try_from(*apart).is_ok_and(|apart| apart <= allowed) {
                    number += 1;
                    if number <= limit {
                        let first = offset + place;
                        found.push(Alike { first, second: first + 1 + step, apart: *apart });
                    }
                }
            }
        });
        offset += stratum.len();
    }
    if number > limit {
        return Err(QualityError::TooMuchWork { steps: number, limit });
    }
    Ok(found)
}

/// How many items two respondents must answer alike.
fn needed(items: usize, least_match: Share) -> usize {
    let required = size(items) * least_match.value() - 1e-9;
    (0..=items).find(|&count| size(count) >= required).unwrap_or(items)
}

/// Gives each interviewer the most similar pairs.
pub(super) fn list_pairs(
    found: &mut [InterviewerAlike],
    alike: &[Alike],
    hands: &[usize],
    order: &[usize],
    items: usize,
) {
    for pair in alike {
        let (Some(one), Some(other)) = (hands.get(pair.first), hands.get(pair.second)) else { continue };
        let (Some(&first), Some(&second)) = (order.get(pair.first), order.get(pair.second)) else { continue };
        if one == other
            && let Some(interviewer) = found.get_mut(*one)
        {
            let matching = 1.0 - f64::from(pair.apart) / size(items);
            interviewer.pairs.push(AlikePair { first: first.min(second), second: first.max(second), matching });
        }
    }
    for interviewer in found {
        interviewer
            .pairs
            .sort_by(|a, b| b.matching.total_cmp(&a.matching).then((a.first, a.second).cmp(&(b.first, b.second))));
        interviewer.pairs.truncate(MAX_LISTED);
    }
}

/// The share of similar pairs over all permutations within items and strata.
///
/// A random pair agrees in an item with the chance Σ n_v (n_v - 1) / (n (n - 1)) over its answers v, in each item
/// independently; the number of items in which it agrees has a Poisson binomial distribution.
pub(super) fn expected_by_items(packed: &Packed, strata: &[Vec<usize>], least_match: Share) -> f64 {
    let needed = needed(packed.items(), least_match);
    let (mut alike, mut all) = (0.0, 0.0);
    for stratum in strata {
        let number = real(pairs(stratum.len()));
        // chances[m] is the chance of m agreements in the items so far.
        let mut chances = vec![1.0];
        for codes in packed.codes() {
            let mut counts = BTreeMap::<u16, usize>::new();
            for code in stratum.iter().filter_map(|&respondent| codes.get(respondent)) {
                *counts.entry(*code).or_default() += 1;
            }
            let agree = real(counts.values().map(|&count| pairs(count)).sum()) / number;
            let more = chances.iter().map(|chance| chance * agree);
            let same = chances.iter().map(|chance| chance * (1.0 - agree));
            chances = same.chain([0.0]).zip([0.0].into_iter().chain(more)).map(|(same, more)| same + more).collect();
        }
        alike += number * chances.iter().skip(needed).sum::<f64>();
        all += number;
    }
    if all > 0.0 { alike / all } else { 0.0 }
}
