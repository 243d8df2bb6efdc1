//! Respondents dealt to interviewers anew, within strata.

use std::collections::BTreeMap;

use super::super::Draws;
use super::super::items::size;
use super::super::packed::pairs;
use super::similar::Alike;

/// Who asked whom, in the order of the strata.
pub(super) struct Dealing {
    /// The sizes of the strata.
    pub(super) sizes: Vec<usize>,
    /// The interviewer of each respondent, counted from 0.
    pub(super) hands: Vec<usize>,
    /// How many interviewers.
    pub(super) interviewers: usize,
}

impl Dealing {
    /// The pairs of each interviewer's respondents in the same stratum.
    pub(super) fn possible_pairs(&self) -> Vec<u64> {
        let mut possible = vec![0; self.interviewers];
        let mut rest = self.hands.as_slice();
        for size in &self.sizes {
            let Some((stratum, later)) = rest.split_at_checked(*size) else { break };
            let mut respondents = BTreeMap::<usize, usize>::new();
            for hand in stratum {
                *respondents.entry(*hand).or_default() += 1;
            }
            for (hand, count) in respondents {
                if let Some(possible) = possible.get_mut(hand) {
                    *possible += pairs(count);
                }
            }
            rest = later;
        }
        possible
    }

    /// The similar pairs of each interviewer, as they are and after each dealing anew.
    pub(super) fn counts(&self, alike: &[Alike], permutations: u32, seed: u64) -> Vec<Vec<u32>> {
        let mut draws = Draws::new(seed);
        let mut hands = self.hands.clone();
        let mut counts = vec![self.tally(alike, &hands)];
        for _ in 0..permutations {
            let mut rest = hands.as_mut_slice();
            for size in &self.sizes {
                let Some((stratum, later)) = rest.split_at_mut_checked(*size) else { break };
                draws.shuffle(stratum);
                rest = later;
            }
            counts.push(self.tally(alike, &hands));
        }
        counts
    }

    fn tally(&self, alike: &[Alike], hands: &[usize]) -> Vec<u32> {
        let mut counts = vec![0; self.interviewers];
        for pair in alike {
            if let (Some(one), Some(other)) = (hands.get(pair.first), hands.get(pair.second))
                && one == other
                && let Some(count) = counts.get_mut(*one)
            {
                *count += 1;
            }
        }
        counts
    }
}

/// What the dealings say of the counts as they are.
pub(super) struct Judged {
    pub(super) alike: u64,
    pub(super) p: f64,
    pub(super) interviewers: Vec<JudgedInterviewer>,
}

/// What they say of one interviewer.
pub(super) struct JudgedInterviewer {
    pub(super) alike: u64,
    pub(super) expected: f64,
    pub(super) p: f64,
}

/// Sets the first counts against all of them, themselves included, which makes the p-values exact.
pub(super) fn judge(counts: &[Vec<u32>], interviewers: usize) -> Judged {
    let rounds = size(counts.len());
    let mut scales = Vec::with_capacity(interviewers);
    for place in 0..interviewers {
        let values = || counts.iter().filter_map(|round| round.get(place)).map(|count| f64::from(*count));
        let mean = values().sum::<f64>() / rounds;
        let deviation = (values().map(|value| (value - mean).powi(2)).sum::<f64>() / rounds).sqrt();
        scales.push((mean, deviation));
    }
    let standardised = |count: u32, (mean, deviation): (f64, f64)| {
        if deviation > 0.0 { (f64::from(count) - mean) / deviation } else { 0.0 }
    };
    let largest = |round: &Vec<u32>| {
        round.iter().zip(&scales).map(|(count, scale)| standardised(*count, *scale)).fold(f64::MIN, f64::max)
    };
    let largest: Vec<f64> = counts.iter().map(largest).collect();
    let share_reaching = |value: f64| size(largest.iter().filter(|other| **other >= value - 1e-9).count()) / rounds;
    let total = |round: &Vec<u32>| round.iter().map(|count| u64::from(*count)).sum::<u64>();
    let alike = counts.first().map_or(0, total);
    let interviewer = |(count, scale): (&u32, &(f64, f64))| JudgedInterviewer {
        alike: u64::from(*count),
        expected: scale.0,
        p: share_reaching(standardised(*count, *scale)),
    };
    Judged {
        alike,
        p: size(counts.iter().filter(|round| total(round) >= alike).count()) / rounds,
        interviewers: counts.first().into_iter().flatten().zip(&scales).map(interviewer).collect(),
    }
}
