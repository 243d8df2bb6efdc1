//! Shares of small, countable groups: the question is the share among all members, not among those who answered.
//!
//! When everyone answered, the share is counted and there is no interval. Otherwise two statements stand side by side:
//! limits that hold whatever the silent members think ([`FiniteCount::possible`]), and exact hypergeometric limits
//! that hold if those who answered are a random part of the group ([`FiniteCount::exact`]).

use super::interval::{Confidence, Interval, Share, real};
use super::proportion::Count;
use super::special::Hypergeometric;

/// How many of the members of a group answered, and how many of those are satisfied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FiniteCount {
    count: Count,
    members: u64,
}

/// Why numbers are not a count in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FiniteCountError {
    /// More answers than members.
    MoreAnswersThanMembers {
        /// The answers given.
        answers: u64,
        /// The members given.
        members: u64,
    },
    /// More members than [`FiniteCount::MAX_MEMBERS`].
    TooMany {
        /// The members given.
        members: u64,
    },
}

impl std::fmt::Display for FiniteCountError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::MoreAnswersThanMembers { answers, members } => write!(
                f,
                "{answers} answers from {members} members: count one answer for each member, or correct the number of \
                 members"
            ),
            Self::TooMany { members } => write!(
                f,
                "{members} members: at most {} can be treated as a countable group; use the interval of a sample",
                FiniteCount::MAX_MEMBERS
            ),
        }
    }
}

impl std::error::Error for FiniteCountError {}

/// From how many to how many members are satisfied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Members {
    /// The smallest number.
    pub low: u64,
    /// The largest number.
    pub high: u64,
}

/// What the answers of a group say about a target, from the strongest statement for it to the strongest against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Reached even if every silent member is dissatisfied: demonstrated without caveat.
    Reached,
    /// The exact lower limit reaches it: demonstrated if those who answered are a random part of the group.
    ReachedIfRandom,
    /// Neither.
    Open,
    /// The exact upper limit is below it: missed if those who answered are a random part of the group.
    MissedIfRandom,
    /// Missed even if every silent member is satisfied: without caveat.
    Missed,
}

impl FiniteCount {
    /// The most members.
    pub const MAX_MEMBERS: u64 = 1_000_000_000;

    /// A count in a group, refused when there are more answers than members.
    pub fn new(count: Count, members: u64) -> Result<Self, FiniteCountError> {
        if members > Self::MAX_MEMBERS {
            Err(FiniteCountError::TooMany { members })
        } else if count.trials() > members {
            Err(FiniteCountError::MoreAnswersThanMembers { answers: count.trials(), members })
        } else {
            Ok(Self { count, members })
        }
    }

    /// The answers.
    pub fn count(self) -> Count {
        self.count
    }

    /// The members of the group.
    pub fn members(self) -> u64 {
        self.members
    }

    /// Whether everyone answered, so that the share is counted and not estimated; a group without members has not.
    pub fn is_census(self) -> bool {
        self.members > 0 && self.count.trials() == self.members
    }

    /// How many members can be satisfied whatever the silent ones think: x to x + N - n.
    pub fn possible_members(self) -> Members {
        let low = self.count.successes();
        Members { low, high: low + self.silent() }
    }

    /// The share among all members whatever the silent ones think: x/N to (x + N - n)/N; `None` without members.
    ///
    /// Without an answer everything from 0 to 1 is possible; in a census both ends are the share.
    pub fn possible(self) -> Option<Interval> {
        self.shares(self.possible_members())
    }

    /// Exact limits of the number of satisfied members: the smallest and the largest number K for which the chance of
    /// what was seen, or more of it in its direction, is above half the error.
    ///
    /// The inversion of the hypergeometric tails, as Clopper & Pearson (1934) do for the binomial; see Wright (1991,
    /// Exact confidence bounds when sampling from small finite universes). It covers at its level at least if every
    /// member was equally likely to answer. In a census both limits are the count; `None` without an answer.
    pub fn exact_members(self, confidence: Confidence) -> Option<Members> {
        self.count.share()?;
        let Members { low, high } = self.possible_members();
        let tail = confidence.tail();
        let guess = self.guess(confidence)?;
        let (x, n, all) = (self.count.successes(), self.count.trials(), self.members);
        let lowest = first(low, high, guess.low, |k| {
            Hypergeometric::new(all, k, n).is_some_and(|drawn| drawn.at_least(x) > tail)
        });
        // The other way round: satisfied and dissatisfied change places.
        let dissatisfied = self.count.failures();
        let fewest = first(dissatisfied, all - x, all - guess.high, |k| {
            Hypergeometric::new(all, k, n).is_some_and(|drawn| drawn.at_least(dissatisfied) > tail)
        });
        Some(Members { low: lowest, high: all - fewest })
    }

    /// [`Self::exact_members`] as shares of all members.
    pub fn exact(self, confidence: Confidence) -> Option<Interval> {
        self.shares(self.exact_members(confidence)?)
    }

    /// Wilson's interval with the effective number of answers n (N-1) / (N-n): the fast approximation.
    ///
    /// In a census it has no width; `None` without an answer.
    pub fn wilson(self, confidence: Confidence) -> Option<Interval> {
        let share = self.count.share()?;
        if self.is_census() {
            return Some(Interval { low: share, high: share });
        }
        let effective = real(self.count.trials()) * real(self.members - 1) / real(self.silent());
        let z = confidence.z();
        let square = z * z / effective;
        let centre = (share + 0.5 * square) / (1.0 + square);
        let half = z * (share * (1.0 - share) / effective + 0.25 * square / effective).sqrt() / (1.0 + square);
        let low = if self.count.successes() == 0 { 0.0 } else { centre - half };
        let high = if self.count.failures() == 0 { 1.0 } else { centre + half };
        Some(Interval { low, high }.within_shares())
    }

    /// What the answers say about a target; [`Support::Open`] without an answer.
    ///
    /// Shares of whole members are compared with the target unrounded: 45 of 50 reach 90 %. In a census the answer is
    /// [`Support::Reached`] or [`Support::Missed`].
    pub fn support(self, target: Share, confidence: Confidence) -> Support {
        let (Some(possible), Some(exact)) = (self.possible(), self.exact(confidence)) else {
            return Support::Open;
        };
        let target = target.value();
        if possible.low >= target {
            Support::Reached
        } else if possible.high < target {
            Support::Missed
        } else if exact.low >= target {
            Support::ReachedIfRandom
        } else if exact.high < target {
            Support::MissedIfRandom
        } else {
            Support::Open
        }
    }

    fn silent(self) -> u64 {
        self.members - self.count.trials()
    }

    fn shares(self, members: Members) -> Option<Interval> {
        let share = |k| real(k) / real(self.members);
        (self.members > 0).then(|| Interval { low: share(members.low), high: share(members.high) })
    }

    /// Where to start looking: the limits of an endless group, drawn in by the part that was asked.
    fn guess(self, confidence: Confidence) -> Option<Members> {
        let (share, endless) = (self.count.share()?, self.count.clopper_pearson(confidence)?);
        let (all, Members { low, high }) = (real(self.members), self.possible_members());
        let shrink = (real(self.silent()) / (all - 1.0).max(1.0)).sqrt();
        let near = |limit: f64| nearest(all * (share + (limit - share) * shrink)).clamp(low, high);
        Some(Members { low: near(endless.low), high: near(endless.high) })
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the members, give or take")]
fn nearest(members: f64) -> u64 {
    members.round() as u64
}

/// The first number from `low` to `high` that is `enough`, known to hold for `high` and for all numbers after the
/// first: by steps away from the guess that double, then by halving; at most 62 questions.
fn first(low: u64, high: u64, guess: u64, enough: impl Fn(u64) -> bool) -> u64 {
    // Nothing before `below` is enough, `reached` is.
    let (mut below, mut reached) = (low, high);
    let (mut place, mut step) = (guess, 1);
    let rising = !enough(guess);
    for _ in 0..u64::BITS {
        if rising {
            below = place + 1;
        } else {
            reached = place;
        }
        if below >= reached {
            return reached;
        }
        place = if rising { place.saturating_add(step).min(high) } else { place.saturating_sub(step).max(low) };
        step *= 2;
        if enough(place) == rising {
            if rising {
                reached = place;
            } else {
                below = place + 1;
            }
            break;
        }
    }
    for _ in 0..u64::BITS {
        if below >= reached {
            break;
        }
        let middle = below + (reached - below) / 2;
        if enough(middle) {
            reached = middle;
        } else {
            below = middle + 1;
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn group(satisfied: u64, answers: u64, members: u64) -> FiniteCount {
        FiniteCount::new(Count::new(satisfied, answers).unwrap(), members).unwrap()
    }

    fn share(value: f64) -> Share {
        Share::new(value).unwrap()
    }

    #[test]
    fn more_answers_than_members_are_refused_with_the_numbers() {
        let refused = FiniteCount::new(Count::new(3, 6).unwrap(), 5).unwrap_err();
        assert!(refused.to_string().contains("6 answers from 5 members"));
        assert!(FiniteCount::new(Count::default(), FiniteCount::MAX_MEMBERS + 1).is_err());
    }

    #[test]
    fn without_answers_everything_is_possible_and_nothing_is_said() {
        let silent = group(0, 0, 40);
        assert_eq!(silent.possible(), Some(Interval { low: 0.0, high: 1.0 }));
        assert_eq!((silent.exact(Confidence::P95), silent.wilson(Confidence::P95)), (None, None));
        assert_eq!(silent.support(share(0.9), Confidence::P95), Support::Open);
        let nobody = group(0, 0, 0);
        assert!(!nobody.is_census() && nobody.possible().is_none() && nobody.exact(Confidence::P95).is_none());
    }

    #[test]
    fn the_only_member_is_a_census() {
        for satisfied in [0, 1] {
            let one = group(satisfied, 1, 1);
            let counted = Some(Interval { low: real(satisfied), high: real(satisfied) });
            assert!(one.is_census());
            assert_eq!(
                (one.possible(), one.exact(Confidence::P95), one.wilson(Confidence::P95)),
                (counted, counted, counted)
            );
        }
    }

    #[test]
    fn a_target_is_demonstrated_without_caveat_only_if_the_silent_cannot_change_it() {
        let support =
            |satisfied, answers, members| group(satisfied, answers, members).support(share(0.9), Confidence::P95);
        assert_eq!(support(45, 50, 50), Support::Reached);
        assert_eq!(support(44, 50, 50), Support::Missed);
        assert_eq!(support(45, 45, 50), Support::Reached);
        assert_eq!(support(190, 195, 300), Support::ReachedIfRandom);
        assert_eq!(support(40, 45, 50), Support::Open);
        assert_eq!(support(24, 30, 60), Support::MissedIfRandom);
        assert_eq!(support(20, 30, 60), Support::Missed);
    }

    #[test]
    fn a_billion_members_have_limits_close_to_those_of_an_endless_group() {
        let count = Count::new(900, 1_000).unwrap();
        let endless = count.clopper_pearson(Confidence::P95).unwrap();
        let limits = FiniteCount::new(count, FiniteCount::MAX_MEMBERS).unwrap().exact(Confidence::P95).unwrap();
        assert!((limits.low - endless.low).abs() < 1e-6 && (limits.high - endless.high).abs() < 1e-6, "{limits:?}");
        let half = group(450_000_000, 500_000_000, FiniteCount::MAX_MEMBERS);
        let (exact, fast) = (half.exact(Confidence::P95).unwrap(), half.wilson(Confidence::P95).unwrap());
        assert!((exact.low - fast.low).abs() < 1e-8 && (exact.high - fast.high).abs() < 1e-8, "{exact:?} {fast:?}");
    }

    fn groups() -> impl Strategy<Value = FiniteCount> {
        (1_u64..400)
            .prop_flat_map(|members| (Just(members), 1..=members))
            .prop_flat_map(|(members, answers)| (Just(members), Just(answers), 0..=answers))
            .prop_map(|(members, answers, satisfied)| group(satisfied, answers, members))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn exact_limits_hold_the_share_and_lie_within_what_is_possible(group in groups(), level in 0.5_f64..0.999) {
            let confidence = Confidence::new(level).unwrap();
            let (exact, possible) = (group.exact(confidence).unwrap(), group.possible().unwrap());
            prop_assert!(possible.low <= exact.low && exact.high <= possible.high);
            // The share of those who answered need not be a share of whole members.
            let share = group.count().share().unwrap();
            let step = 1.0 / real(group.members());
            prop_assert!(exact.low - step < share && share < exact.high + step, "{group:?} {exact:?}");
            let fast = group.wilson(confidence).unwrap();
            prop_assert!(fast.contains(share) && 0.0 <= fast.low && fast.high <= 1.0);
        }

        #[test]
        fn each_limit_is_the_last_number_that_is_not_rejected(group in groups()) {
            let tail = Confidence::P95.tail();
            let Members { low, high } = group.exact_members(Confidence::P95).unwrap();
            let (all, n) = (group.members(), group.count().trials());
            let above = |k: u64| Hypergeometric::new(all, k, n).unwrap().at_least(group.count().successes());
            let below = |k: u64| Hypergeometric::new(all, all - k, n).unwrap().at_least(group.count().failures());
            prop_assert!(above(low) > tail && below(high) > tail);
            let possible = group.possible_members();
            prop_assert!(low == possible.low || above(low - 1) <= tail);
            prop_assert!(high == possible.high || below(high + 1) <= tail);
        }

        #[test]
        fn a_higher_level_widens_and_everyone_answering_leaves_the_count(group in groups(), level in 0.5_f64..0.99) {
            let [narrow, wide] = [level, level + 0.009].map(|level| {
                group.exact_members(Confidence::new(level).unwrap()).unwrap()
            });
            prop_assert!(wide.low <= narrow.low && narrow.high <= wide.high);
            let census = FiniteCount::new(group.count(), group.count().trials()).unwrap();
            let counted = group.count().successes();
            prop_assert_eq!(census.exact_members(Confidence::P95), Some(Members { low: counted, high: counted }));
            prop_assert_eq!(census.possible_members(), Members { low: counted, high: counted });
        }

        #[test]
        fn the_search_finds_the_first_from_any_guess(
            (low, high) in (0_u64..1_000).prop_flat_map(|low| (Just(low), low..2_000)),
            wanted in 0_u64..2_000,
            guess in 0_u64..2_000,
        ) {
            let (wanted, guess) = (wanted.clamp(low, high), guess.clamp(low, high));
            prop_assert_eq!(first(low, high, guess, |k| k >= wanted), wanted);
        }
    }
}
