//! Counts by run: editions that continue each other without a break count as one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Only;
use crate::index::{Estimate, FEWEST_PUBLISHED, Figure, PeriodState, Source, Target, overall};
use crate::questionnaire::Tally;
use crate::registry::{InstalledEdition, Snapshot};
use crate::words::{EditionNumber, Level, Measure};

/// Counts told apart by something, by run (named by its last edition) and level.
pub(super) type Counts<K> = BTreeMap<(K, EditionNumber, Level), Tally>;

/// Joins the counts of editions that continue each other.
pub(super) fn joined<K: Ord>(snapshot: &Snapshot, counts: Counts<K>) -> Counts<K> {
    let mut joined: Counts<K> = BTreeMap::new();
    for ((key, edition, level), tally) in counts {
        let run = snapshot.editions.continued_by(edition);
        joined.entry((key, run, level)).or_default().merge(&tally);
    }
    joined
}

/// Forms of a key and run.
pub(super) fn forms<K: Ord>(counts: &Counts<K>, of: impl Fn(&K) -> bool, run: EditionNumber) -> i64 {
    counts.iter().filter(|((key, own, _), _)| *own == run && of(key)).map(|(_, tally)| tally.forms()).sum()
}

/// The runs with answers of these keys, by number.
pub(super) fn runs<K: Ord>(counts: &Counts<K>, of: impl Fn(&K) -> bool) -> Vec<EditionNumber> {
    let mut runs: Vec<EditionNumber> = counts.keys().filter(|(key, ..)| of(key)).map(|(_, run, _)| *run).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// The measures of runs, counters first.
pub(super) fn measures(snapshot: &Snapshot, runs: &[EditionNumber]) -> Vec<Measure> {
    let of = |run: &EditionNumber| snapshot.editions.get(*run).map(|installed| installed.edition.measure());
    let mut measures: Vec<Measure> = runs.iter().filter_map(of).collect();
    measures.sort_unstable_by_key(|measure| (*measure != Measure::Counter, *measure));
    measures.dedup();
    measures
}

/// The run that is shown of several: of the questionnaire with most answers, the latest with enough of them to be
/// published, otherwise the latest.
pub(super) fn shown(
    snapshot: &Snapshot,
    candidates: &[EditionNumber],
    forms: impl Fn(EditionNumber) -> i64,
) -> Option<EditionNumber> {
    let fewest = i64::try_from(FEWEST_PUBLISHED).unwrap_or(i64::MAX);
    let code = |run: &EditionNumber| snapshot.editions.get(*run).map(|installed| installed.edition.code());
    let mut by_code: BTreeMap<&str, i64> = BTreeMap::new();
    for run in candidates {
        *by_code.entry(code(run)?).or_default() += forms(*run);
    }
    let (most, _) = by_code.into_iter().max_by_key(|(_, n)| *n)?;
    let own = || candidates.iter().rev().copied().filter(|run| code(run) == Some(most));
    own().find(|run| forms(*run) >= fewest).or_else(|| own().next())
}

/// The levels that an edition declares as its headline, together; where one level alone is asked for, that one. Open
/// feedback is never a headline.
pub(super) fn headline<K: Ord + Clone>(
    only: Only,
    edition: &InstalledEdition,
    counts: &Counts<K>,
    key: &K,
) -> Option<Tally> {
    let asked: Option<&[Level]> = match only.level {
        None => None,
        Some(Level::A) => Some(&[Level::A]),
        Some(Level::B) => Some(&[Level::B]),
        Some(Level::C) => Some(&[Level::C]),
        Some(Level::D) => Some(&[]),
    };
    let levels = asked.unwrap_or(edition.edition.headline_levels()).iter();
    let mut sum: Option<Tally> = None;
    for tally in levels.filter_map(|level| counts.get(&(key.clone(), edition.number, *level))) {
        sum.get_or_insert_with(|| Tally::empty(&edition.edition)).merge(tally);
    }
    sum
}

/// The composites of headline and open feedback of one key.
pub(super) struct Composites<'a> {
    /// What alone is asked for.
    pub only: Only,
    /// Edition of the run.
    pub edition: &'a Arc<InstalledEdition>,
    /// Whether the period still runs.
    pub state: PeriodState,
    /// Targets in force.
    pub targets: &'a [&'a Target],
    /// Dossiers returned.
    pub transactions: Option<u64>,
}

impl Composites<'_> {
    /// The composite of the headline, where there are answers.
    pub(super) fn headline<K: Ord + Clone>(&self, counts: &Counts<K>, key: &K) -> Option<Estimate> {
        headline(self.only, self.edition, counts, key).map(|tally| self.of(&tally, self.only.source()))
    }

    /// The composite of open feedback, where there are answers and open feedback is not the headline itself.
    pub(super) fn open<K: Ord + Clone>(&self, counts: &Counts<K>, key: &K) -> Option<Estimate> {
        let tally = counts.get(&(key.clone(), self.edition.number, Level::D))?;
        Some(self.of(tally, Source::Level(Level::D)))
    }

    /// The composite of a tally.
    pub(super) fn of(&self, tally: &Tally, source: Source) -> Estimate {
        overall(&self.figure(tally, source))
    }

    /// A tally with everything it is scored by.
    pub(super) fn figure<'b>(&'b self, tally: &'b Tally, source: Source) -> Figure<'b> {
        Figure {
            edition: &self.edition.edition,
            tally,
            source,
            state: self.state,
            targets: self.targets,
            transactions: self.transactions,
        }
    }
}
