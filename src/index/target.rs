//! Targets (chỉ tiêu): which ones are in force, which are coming, and whether they contradict each other.

use std::collections::BTreeMap;

use crate::words::{FieldId, Measure, UnitId, UnknownWord};

/// What kind of number a target names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TargetValue {
    /// Per cent of satisfied.
    Percent,
    /// Minutes.
    Minutes,
    /// Points of a scheme.
    Points,
}

impl TargetValue {
    const ALL: [Self; 3] = [Self::Percent, Self::Minutes, Self::Points];

    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Minutes => "minutes",
            Self::Points => "points",
        }
    }

    /// Reads the word used in files.
    pub fn parse(word: &str) -> Result<Self, UnknownWord> {
        find(&Self::ALL, Self::word, word)
    }
}

/// How the figure is compared with the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// At least the threshold.
    AtLeast,
    /// More than the threshold.
    MoreThan,
    /// At most the threshold.
    AtMost,
    /// More than the year before; has no threshold.
    Rises,
}

impl Comparison {
    const ALL: [Self; 4] = [Self::AtLeast, Self::MoreThan, Self::AtMost, Self::Rises];

    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::MoreThan => ">",
            Self::AtMost => "<=",
            Self::Rises => "rises",
        }
    }

    /// Reads the word used in files; `≥` and `≤` are accepted.
    pub fn parse(word: &str) -> Result<Self, UnknownWord> {
        find(&Self::ALL, Self::word, &word.trim().replace('≥', ">=").replace('≤', "<="))
    }
}

fn find<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str, word: &str) -> Result<T, UnknownWord> {
    all.iter().copied().find(|one| name(*one) == word.trim()).ok_or_else(|| UnknownWord {
        word: word.to_owned(),
        allowed: all.iter().map(|one| name(*one)).collect::<Vec<_>>().join(", "),
    })
}

/// A target with its citation.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The measures it speaks of; empty = the document does not say: shown so, and no verdict.
    pub measures: Vec<Measure>,
    /// Field; `FieldId::NONE` = all.
    pub field: FieldId,
    /// Unit it is set for.
    pub unit: UnitId,
    /// First year.
    pub year_from: i32,
    /// Last year.
    pub year_to: Option<i32>,
    /// Threshold: a share between 0 and 1, minutes, or points.
    pub threshold: Option<f64>,
    /// Kind of number.
    pub value: TargetValue,
    /// Comparison.
    pub comparison: Comparison,
    /// Document, number, date, place.
    pub citation: String,
    /// Who issued it.
    pub issuer: String,
}

impl Target {
    /// Whether both say the same of the same, whatever document they stand in.
    fn agrees_with(&self, other: &Self) -> bool {
        let threshold = |target: &Self| target.threshold.map(f64::to_bits);
        threshold(self) == threshold(other) && self.comparison == other.comparison && self.value == other.value
    }
}

/// Two targets in force that speak of the same and do not say the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction<'a> {
    /// One of them.
    pub one: &'a Target,
    /// The other one.
    pub other: &'a Target,
    /// The measures both speak of; none where neither document says which it means.
    pub measures: Vec<Measure>,
}

/// The pairs of targets in force in a year that contradict each other, each pair once, in the order of the targets.
pub fn contradictory<'a>(targets: impl Iterator<Item = &'a Target>, year: i32) -> Vec<Contradiction<'a>> {
    type About = (UnitId, FieldId, Option<Measure>);
    let targets: Vec<&Target> = targets.collect();
    let mut about: BTreeMap<About, Vec<usize>> = BTreeMap::new();
    for (at, target) in targets.iter().enumerate() {
        let undecided = target.measures.is_empty().then_some(None);
        for measure in target.measures.iter().copied().map(Some).chain(undecided) {
            about.entry((target.unit, target.field, measure)).or_default().push(at);
        }
    }
    let mut pairs: BTreeMap<(usize, usize), Vec<Measure>> = BTreeMap::new();
    for ((_, _, measure), of) in about {
        let current = in_force(of.iter().filter_map(|at| targets.get(*at).copied()), year);
        let current: Vec<(usize, &Target)> = of
            .iter()
            .filter_map(|at| Some((*at, *targets.get(*at)?)))
            .filter(|(_, target)| current.iter().any(|one| std::ptr::eq(*one, *target)))
            .collect();
        for (place, (at, one)) in current.iter().enumerate() {
            for (other_at, _) in current.iter().skip(place + 1).filter(|(_, other)| !one.agrees_with(other)) {
                pairs.entry((*at, *other_at)).or_default().extend(measure);
            }
        }
    }
    let pair = |((one, other), measures): ((usize, usize), Vec<Measure>)| {
        Some(Contradiction { one: *targets.get(one)?, other: *targets.get(other)?, measures })
    };
    pairs.into_iter().filter_map(pair).collect()
}

/// The targets that concern one figure of one unit in one year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Applicable<'a> {
    /// In force; several if the documents contradict each other or repeat each other.
    pub current: Vec<&'a Target>,
    /// For later years.
    pub coming: Vec<&'a Target>,
    /// In force, but the document does not say which measure it means.
    pub undecided: Vec<&'a Target>,
    /// No longer in force.
    pub past: Vec<&'a Target>,
}

impl Applicable<'_> {
    /// Whether targets in force contradict each other.
    pub fn is_contradictory(&self) -> bool {
        self.current.iter().any(|one| self.current.iter().any(|other| !one.agrees_with(other)))
    }
}

/// The targets for a measure and field of a unit in a year. `path` is the unit and its ancestors, nearest first: a unit
/// without a target of its own takes that of its nearest ancestor.
///
/// In force: the latest `year_from` not after the year among those whose `year_to` has not passed.
pub fn applicable<'a>(
    targets: &'a [Target],
    measure: Measure,
    field: FieldId,
    path: &[UnitId],
    year: i32,
) -> Applicable<'a> {
    let mut found = Applicable::default();
    for unit in path {
        let own = |decided: bool| {
            targets.iter().filter(move |target| {
                let measured = if decided { target.measures.contains(&measure) } else { target.measures.is_empty() };
                target.unit == *unit && target.field == field && measured
            })
        };
        if found.current.is_empty() {
            found.current = in_force(own(true), year);
            if !found.current.is_empty() || found.coming.is_empty() {
                found.coming = own(true).filter(|target| target.year_from > year).collect();
            }
            found.past = own(true).filter(|target| target.year_to.is_some_and(|to| to < year)).collect();
        }
        if found.undecided.is_empty() && measure != Measure::Minutes {
            found.undecided = in_force(own(false).filter(|target| target.value == TargetValue::Percent), year);
        }
    }
    found
}

fn in_force<'a>(targets: impl Iterator<Item = &'a Target>, year: i32) -> Vec<&'a Target> {
    let alive: Vec<&Target> =
        targets.filter(|target| target.year_from <= year && target.year_to.is_none_or(|to| to >= year)).collect();
    let latest = alive.iter().map(|target| target.year_from).max();
    alive.into_iter().filter(|target| Some(target.year_from) == latest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(unit: i32, year_from: i32, year_to: Option<i32>, threshold: f64) -> Target {
        Target {
            measures: vec![Measure::Counter],
            field: FieldId::NONE,
            unit: UnitId(unit),
            year_from,
            year_to,
            threshold: Some(threshold),
            value: TargetValue::Percent,
            comparison: Comparison::AtLeast,
            citation: String::new(),
            issuer: String::new(),
        }
    }

    fn thresholds(targets: &[&Target]) -> Vec<f64> {
        targets.iter().filter_map(|target| target.threshold).collect()
    }

    #[test]
    fn the_latest_target_that_has_begun_is_in_force_and_a_later_one_is_coming() {
        let all = [target(1, 2021, Some(2025), 0.8), target(1, 2025, None, 0.9), target(1, 2030, None, 0.95)];
        let found = applicable(&all, Measure::Counter, FieldId::NONE, &[UnitId(1)], 2026);
        assert_eq!(thresholds(&found.current), [0.9]);
        assert_eq!(thresholds(&found.coming), [0.95]);
        assert_eq!(thresholds(&found.past), [0.8]);
        assert!(!found.is_contradictory());
    }

    #[test]
    fn contradictory_targets_of_one_plan_are_both_in_force() {
        let all = [target(1, 2023, None, 0.95), target(1, 2023, None, 0.85)];
        let found = applicable(&all, Measure::Counter, FieldId::NONE, &[UnitId(1)], 2023);
        assert_eq!(thresholds(&found.current), [0.95, 0.85]);
        assert!(found.is_contradictory());
    }

    #[test]
    fn a_unit_without_its_own_target_takes_its_nearest_ancestors() {
        let all = [target(1, 2025, None, 0.9), target(2, 2025, None, 0.85)];
        let of = |path: &[UnitId]| thresholds(&applicable(&all, Measure::Counter, FieldId::NONE, path, 2026).current);
        assert_eq!(of(&[UnitId(3), UnitId(2), UnitId(1)]), [0.85]);
        assert_eq!(of(&[UnitId(4), UnitId(1)]), [0.9]);
        assert_eq!(of(&[UnitId(4)]), [] as [f64; 0]);
    }

    #[test]
    fn an_undecided_target_is_shown_and_is_not_in_force() {
        let all = [Target { measures: Vec::new(), ..target(1, 2025, None, 0.9) }];
        let found = applicable(&all, Measure::Counter, FieldId::NONE, &[UnitId(1)], 2026);
        assert_eq!((found.current.len(), found.undecided.len()), (0, 1));
    }
}
