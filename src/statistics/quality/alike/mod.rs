//! Near-duplicates: more similar answers from one interviewer than from different ones?
//!
//! How many pairs of honest answers are nearly the same depends on the questionnaire and on how satisfied people are,
//! so no fixed limit tells invention from agreement. The comparison that can be made is between pairs of the same
//! interviewer and pairs of different ones in the same stratum. Its null is that within a stratum it does not matter
//! who asked whom: whole respondents are dealt to the interviewers anew, each keeping its number. This keeps what the
//! answers of one person have in common. Permuting each item on its own destroys that: on honest synthetic answers of
//! 100 people to 22 items with one common factor a test at 5 % then "found" an excess within interviewers in 45 of 100
//! surveys, and too many similar pairs in 99. It serves here only to say how many matches the items alone would give.

mod dealing;
mod similar;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::super::interval::{Share, real};
#[cfg(test)]
use super::items::size;
use super::packed::{Packed, check_pairs, members, pairs};
use super::{Items, QualityError};
use dealing::{Dealing, judge};
use similar::{expected_by_items, list_pairs, similar_pairs};

/// The fewest and the most permutations.
const PERMUTATIONS: std::ops::RangeInclusive<u32> = 99..=9_999;

/// The most steps: permutations (and the answers as they are) times similar pairs, respondents and interviewers.
const MAX_STEPS: u64 = 1_000_000_000;

/// The most counts that are kept: permutations times interviewers.
const MAX_COUNTS: u64 = 20_000_000;

/// The most pairs that are listed for an interviewer.
const MAX_LISTED: usize = 100;

/// What is asked of [`near_duplicates`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlikeTest {
    /// The share of items answered alike from which on a pair is similar, such as 0.85.
    pub least_match: Share,
    /// How often respondents are dealt to interviewers anew, from 99 to 9,999; 999 gives p-values down to 0.001.
    pub permutations: u32,
    /// The seed of the permutations: the same seed gives the same result.
    pub seed: u64,
}

/// Pairs of respondents, and how many of them are similar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairTally {
    /// The pairs compared.
    pub pairs: u64,
    /// The similar ones.
    pub alike: u64,
}

impl PairTally {
    /// The share of similar pairs; `None` without a pair.
    pub fn share(&self) -> Option<f64> {
        (self.pairs > 0).then(|| real(self.alike) / real(self.pairs))
    }
}

/// A similar pair, by the places of the respondents counted from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlikePair {
    /// The earlier respondent.
    pub first: usize,
    /// The later respondent.
    pub second: usize,
    /// The share of items they answered alike.
    pub matching: f64,
}

/// The similar pairs of one interviewer.
#[derive(Clone, Debug, PartialEq)]
pub struct InterviewerAlike {
    /// The label given.
    pub interviewer: usize,
    /// Respondents compared.
    pub respondents: usize,
    /// Pairs of this interviewer's respondents in the same stratum.
    pub tally: PairTally,
    /// The similar pairs to be expected if it did not matter who asked whom: the mean over the permutations.
    pub expected: f64,
    /// Chance that any interviewer at all stands out this much if it does not matter who asked whom (largest
    /// standardised count over all interviewers, Westfall & Young 1993): the looks at all of them are paid for.
    pub p: f64,
    /// The most similar pairs, at most 100, the most similar first.
    pub pairs: Vec<AlikePair>,
}

/// Similar pairs within and between interviewers.
#[derive(Clone, Debug, PartialEq)]
pub struct NearDuplicates {
    /// Respondents compared.
    pub respondents: usize,
    /// Respondents left out: without any answer, or in a stratum with a single interviewer.
    pub left_out: usize,
    /// Pairs of the same interviewer and stratum.
    pub within: PairTally,
    /// Pairs of different interviewers in the same stratum.
    pub between: PairTally,
    /// The share of similar pairs if every item were answered independently of the others, each with the shares it has
    /// in the stratum: exact, the mean over all permutations within items.
    pub expected_by_items: f64,
    /// Share of similar pairs within interviewers minus that between them.
    pub excess: f64,
    /// Chance of such an excess, or a larger one, if it does not matter who asked whom.
    pub p: f64,
    /// Each interviewer compared, in the order of the labels.
    pub interviewers: Vec<InterviewerAlike>,
}

impl NearDuplicates {
    /// Interviewers whose answers are to be reviewed, most striking first: those with p up to `error`.
    ///
    /// With `error` = 0.05 a survey in which it did not matter who asked whom names anybody at all in one of twenty
    /// cases. A candidate is a reason to look, never one to remove an answer: a village of like mind looks the same.
    pub fn candidates(&self, error: f64) -> Vec<&InterviewerAlike> {
        let mut found: Vec<_> = self.interviewers.iter().filter(|interviewer| interviewer.p <= error).collect();
        let ahead = |one: &InterviewerAlike| real(one.tally.alike) - one.expected;
        found.sort_by(|a, b| a.p.total_cmp(&b.p).then(ahead(b).total_cmp(&ahead(a))));
        found
    }
}

/// Compares the similar pairs within interviewers with those between them.
///
/// `interviewers` labels who asked each respondent, `strata` (such as the unit or the week) within what it should not
/// matter who asked whom; only pairs of the same stratum are compared. Takes at most [`super::MAX_PAIRS`] pairs (10,000
/// respondents in one stratum are half of them) and a billion permutation steps; more is refused by name. Strata make
/// it cheaper and the null more believable. Refused with [`QualityError::NothingToCompare`] where interviewers cannot
/// be told from strata.
pub fn near_duplicates(
    items: &Items,
    interviewers: &[usize],
    strata: Option<&[usize]>,
    test: AlikeTest,
) -> Result<NearDuplicates, QualityError> {
    let (least, most) = (*PERMUTATIONS.start(), *PERMUTATIONS.end());
    if !PERMUTATIONS.contains(&test.permutations) {
        return Err(QualityError::Repetitions { given: test.permutations, least, most });
    }
    if interviewers.len() != items.respondents() {
        return Err(QualityError::Lengths { given: interviewers.len(), expected: items.respondents() });
    }
    let packed = Packed::new(items)?;
    let label = |respondent: usize| interviewers.get(respondent).copied().unwrap_or_default();
    let mut strata = members(items.respondents(), strata)?;
    for stratum in &mut strata {
        stratum.retain(|&respondent| packed.has_answer(respondent));
    }
    strata.retain(|stratum| stratum.iter().map(|&respondent| label(respondent)).collect::<BTreeSet<_>>().len() > 1);
    check_pairs(&strata)?;
    let order: Vec<usize> = strata.iter().flatten().copied().collect();
    let names: Vec<usize> =
        order.iter().map(|&respondent| label(respondent)).collect::<BTreeSet<_>>().into_iter().collect();
    let place = |respondent: &usize| names.binary_search(&label(*respondent)).unwrap_or_default();
    let dealing = Dealing {
        sizes: strata.iter().map(Vec::len).collect(),
        hands: order.iter().map(place).collect(),
        interviewers: names.len(),
    };
    let rounds = u64::from(test.permutations) + 1;
    let alike = similar_pairs(&packed, &strata, test.least_match, MAX_STEPS / rounds)?;
    let wide = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let steps = (wide(alike.len()) + wide(order.len()) + wide(names.len())) * rounds;
    let kept = wide(names.len()) * rounds;
    if steps > MAX_STEPS || kept > MAX_COUNTS {
        return Err(if kept > MAX_COUNTS {
            QualityError::TooMuchWork { steps: kept, limit: MAX_COUNTS }
        } else {
            QualityError::TooMuchWork { steps, limit: MAX_STEPS }
        });
    }
    let possible = dealing.possible_pairs();
    let within_pairs: u64 = possible.iter().sum();
    let all_pairs: u64 = strata.iter().map(|stratum| pairs(stratum.len())).sum();
    if within_pairs == 0 {
        return Err(QualityError::NothingToCompare);
    }
    let counts = dealing.counts(&alike, test.permutations, test.seed);
    let judged = judge(&counts, names.len());
    let within = PairTally { pairs: within_pairs, alike: judged.alike };
    let between = PairTally { pairs: all_pairs - within_pairs, alike: wide(alike.len()) - judged.alike };
    let mut found: Vec<InterviewerAlike> = names
        .iter()
        .zip(&possible)
        .zip(judged.interviewers)
        .map(|((&interviewer, &pairs), one)| InterviewerAlike {
            interviewer,
            respondents: 0,
            tally: PairTally { pairs, alike: one.alike },
            expected: one.expected,
            p: one.p,
            pairs: Vec::new(),
        })
        .collect();
    for hand in &dealing.hands {
        if let Some(one) = found.get_mut(*hand) {
            one.respondents += 1;
        }
    }
    list_pairs(&mut found, &alike, &dealing.hands, &order, packed.items());
    Ok(NearDuplicates {
        respondents: order.len(),
        left_out: items.respondents() - order.len(),
        within,
        between,
        expected_by_items: expected_by_items(&packed, &strata, test.least_match),
        excess: within.share().unwrap_or_default() - between.share().unwrap_or_default(),
        p: judged.p,
        interviewers: found,
    })
}
